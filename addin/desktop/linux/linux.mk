# SPDX-License-Identifier: MIT
# Linux desktops: one program without shared libraries for each architecture, its archive and its package. Included by the Makefile.
# make static        build/linux/{amd64,arm64}/nianbao
# make dist-linux    build/dist/nianbao-VERSION-linux-{amd64,arm64}.tar.gz
# make deb           build/dist/nianbao_VERSION_{amd64,arm64}.deb
# make check-linux   both, installed and used
# These four install what they need; loongarch64 has no compiler in Debian 12.
LINUX          := $(B)/linux
LINUX_HERE     := addin/desktop/linux
LINUX_ARCHES   := amd64 arm64
TRIPLET_amd64  := x86_64-linux-gnu
TRIPLET_arm64  := aarch64-linux-gnu
LINUX_SOURCES  := libxlsxwriter libyaml zlib libdeflate libmd libxml2
LINUX_NATIVE   := $(if $(filter aarch64,$(shell uname -m)),arm64,amd64)
LINUX_PACKAGES := gcc libc6-dev dpkg-dev xz-utils \
                  $(if $(filter arm64,$(LINUX_NATIVE)),gcc-x86-64-linux-gnu libc6-dev-amd64-cross,gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
LINUX_TESTERS  := qemu-user-static lintian desktop-file-utils libglib2.0-bin debootstrap
LINUX_CFLAGS   := -O2 -fPIE -fno-asynchronous-unwind-tables -fstack-protector-strong -ffunction-sections \
                  -fdata-sections -ffile-prefix-map=$(CURDIR)=. -D_FORTIFY_SOURCE=2
LINUX_LDFLAGS  := -static-pie -s -Wl,--gc-sections,--build-id=none,-z,relro,-z,now,--wrap=lxw_tmpfile
LINUX_LIBS     := -lxlsxwriter -lyaml -lz -ldeflate -lmd -lxml2 -pthread

.PHONY: static dist-linux deb check-linux linux-ready
static: $(LINUX_ARCHES:%=$(LINUX)/%/nianbao)
dist-linux: $(LINUX_ARCHES:%=$(B)/dist/nianbao-$(VERSION)-linux-%.tar.gz)
deb: $(LINUX_ARCHES:%=$(B)/dist/nianbao_$(VERSION)_%.deb)
check-linux: ready
	@sh setup.sh --quiet $(LINUX_TESTERS)
	@$(MAKE) --no-print-directory $(B)/nianbao dist-linux deb
	@sh tests/run-linux.sh $(B)

linux-ready:
	@sh setup.sh --quiet $(LINUX_PACKAGES)

# -- programs --

# Not touched when it names these packages already.
$(LINUX)/src/stamp: $(LINUX_HERE)/linux.mk | linux-ready
	$(SAY) SOURCES "$(LINUX_SOURCES)"
	$(Q)sh addin/sources.sh $(LINUX)/src $(LINUX_SOURCES)

$(LINUX)/codepages.h: $(LINUX_HERE)/codepages.c | linux-ready
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 $(CFLAGS) $(WARN) -o $(LINUX)/codepages $<
	$(Q)$(LINUX)/codepages >$@.tmp && mv $@.tmp $@

LINUX_UNITS := $(patsubst %.c,%.o,$(filter-out %-windows.c,$(MAIN) $(SOURCES)) $(LINUX_HERE)/iconv.c)

define linux_program
$(LINUX)/$(1)/libs/versions: $(LINUX_HERE)/deps.sh $(LINUX)/src/stamp | linux-ready
	$(SAY) LIBS $(1)
	$(Q)sh $$< $(LINUX)/src $(LINUX)/$(1)/libs $(TRIPLET_$(1))

$(LINUX)/$(1)/%.o: %.c VERSION $(LINUX_HERE)/linux.mk $(LINUX)/$(1)/libs/versions | $(LINUX)/codepages.h
	@mkdir -p $$(@D)
	$(SAY) CC "$$< ($(1))"
	$(Q)$(TRIPLET_$(1))-gcc -std=c11 $(LINUX_CFLAGS) $(WARN) $(DEFS) -DLIBXML_STATIC -DXLSXWRITER_STATIC $$(call sees,$$<) -I$(LINUX) \
	    -isystem $(LINUX)/$(1)/libs/include -MMD -MP -c $$< -o $$@

$(LINUX)/$(1)/embedded.o: $(O)/embedded.c $(LINUX_HERE)/linux.mk | linux-ready
	@mkdir -p $$(@D)
	$(Q)$(TRIPLET_$(1))-gcc -std=c11 $(LINUX_CFLAGS) $(SEES) -c $$< -o $$@

$(LINUX)/$(1)/nianbao: $(addprefix $(LINUX)/$(1)/,$(LINUX_UNITS) embedded.o)
	$(SAY) LINK $$@
	$(Q)$(TRIPLET_$(1))-gcc $(LINUX_CFLAGS) $(LINUX_LDFLAGS) -o $$@ $$(filter %.o,$$^) -L$(LINUX)/$(1)/libs/lib $(LINUX_LIBS)

-include $(wildcard $(LINUX)/$(1)/*/*.d $(LINUX)/$(1)/*/*/*.d $(LINUX)/$(1)/*/*/*/*.d)
endef
$(foreach arch,$(LINUX_ARCHES),$(eval $(call linux_program,$(arch))))

# -- what is given away --

OXT         := $(B)/dist/nianbao-$(VERSION).oxt
LINUX_GIVEN := $(OXT) $(wildcard $(LINUX_HERE)/*) addin/desktop/icon.svg LICENSE VERSION $(wildcard templates/*.xlsx)

define linux_given
$(B)/dist/nianbao-$(VERSION)-linux-$(1).tar.gz: $(LINUX)/$(1)/nianbao $(LINUX_GIVEN)
	$(SAY) DIST $$@
	$(Q)sh $(LINUX_HERE)/dist.sh $(1) $(LINUX)/$(1) $(OXT) $$@

$(B)/dist/nianbao_$(VERSION)_$(1).deb: $(LINUX)/$(1)/nianbao $(LINUX)/$(LINUX_NATIVE)/nianbao $(LINUX_GIVEN)
	$(SAY) DEB $$@
	$(Q)sh $(LINUX_HERE)/deb.sh $(1) $(LINUX)/$(1) $(LINUX)/$(LINUX_NATIVE)/nianbao $(OXT) $$@
endef
$(foreach arch,$(LINUX_ARCHES),$(eval $(call linux_given,$(arch))))
