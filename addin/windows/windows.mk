# SPDX-License-Identifier: MIT
# Windows: one program in one file, cross-built. Included by the Makefile.
# make windows          build/windows/nianbao.exe (64 bits), build/windows/nianbao-win32.exe (for old machines)
# make check-windows    the same tests as for Linux, under wine
# Both install what they need.
WIN           := $(B)/windows
WIN_HERE      := addin/windows
WIN_SOURCES   := libxlsxwriter libyaml libdeflate libmd libxml2
WIN_PACKAGES  := gcc-mingw-w64-x86-64 gcc-mingw-w64-i686 libz-mingw-w64-dev dpkg-dev python3
WIN_TESTERS   := wine wine64 xvfb xauth xdotool imagemagick fonts-noto-cjk
WIN_PROGRAMS  := $(WIN)/nianbao.exe $(WIN)/nianbao-win32.exe
WIN_DEFS      := $(DEFS) -D_WIN32_WINNT=0x0601 -D__USE_MINGW_ANSI_STDIO=1 -DUNICODE -D_UNICODE -DYAML_DECLARE_STATIC -DLIBXML_STATIC -DXLSXWRITER_STATIC
# Reading workbooks is to be fast, all else small. The formats of our own functions are checked by the Linux build; here printf would mean
# that of an old Microsoft library. isfinite of these headers casts to all its types.
WIN_CFLAGS    := -O2 -ffunction-sections -fdata-sections -fstack-protector-strong -ffile-prefix-map=$(CURDIR)=. -Wno-format -Wno-float-conversion
WIN_FAST      := $(addprefix xlsx/,package/xml.c package/xml_window.c package/zip.c grid.c read/xlsx_plain.c read/xlsx_sheet.c)
# The old coprocessor rounds twice; every machine with Windows 7 has SSE2.
WIN_CPU_i686-w64-mingw32 := -msse2 -mfpmath=sse -fno-asynchronous-unwind-tables
WIN_LDFLAGS   := -municode -flto=auto -static -s -Wl,--gc-sections,--no-insert-timestamp,--dynamicbase,--nxcompat,--stack,8388608 \
                 -Wl,--wrap=lxw_tmpfile
WIN_LIBS      := -lxlsxwriter -lyaml -lz -ldeflate -lmd -lxml2 -luuid
# Loaded when first called: they would be most of the start of a command in a console.
WIN_LATE      := user32 shell32 ole32 comdlg32 advapi32

.PHONY: windows check-windows windows-ready windows-programs
windows: windows-ready
	@$(MAKE) --no-print-directory windows-programs
check-windows: ready windows-ready
	@sh setup.sh --quiet $(WIN_TESTERS) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory $(B)/nianbao windows-programs xll-programs
	@sh tests/run-windows.sh $(WIN)/nianbao.exe $(B)/nianbao
windows-ready:
	@sh setup.sh --quiet $(WIN_PACKAGES)
windows-programs: $(WIN_PROGRAMS)

$(WIN)/nianbao.ico: $(WIN_HERE)/icon.py addin/desktop/icon.svg
	@mkdir -p $(@D)
	$(Q)/usr/bin/python3 $^ $@

$(WIN)/nianbao.manifest: $(WIN_HERE)/manifest.xml VERSION
	@mkdir -p $(@D)
	$(Q)sed 's/@VERSION@/$(VERSION).0/' $< >$@

WIN_UNITS := $(patsubst %.c,%.o,$(filter-out %-posix.c,$(SOURCES) $(wildcard addin/desktop/*.c $(WIN_HERE)/*.c))) embedded.o resource.o

# Not touched when it names these packages already.
$(WIN)/src/stamp: $(WIN_HERE)/windows.mk
	$(SAY) SOURCES "$(WIN_SOURCES)"
	$(Q)sh addin/sources.sh $(WIN)/src $(WIN_SOURCES)

define windows_program
$(WIN)/$(2)/stamp: $(WIN_HERE)/deps.sh $(WIN)/src/stamp
	$(SAY) LIBS $(2)
	$(Q)sh $$< $(WIN) $(2)

$(WIN)/$(1)/%.o: %.c VERSION $(WIN_HERE)/windows.mk $(WIN)/$(2)/stamp
	@mkdir -p $$(@D)
	$(SAY) CC "$$< ($(2))"
	$(Q)$(2)-gcc -std=c11 $(WARN) $(WIN_CFLAGS) $(WIN_CPU_$(2)) $(WIN_DEFS) $$(call sees,$$<) $$(if $$(filter addin/%,$$<),-Iaddin/desktop) \
	    $$(if $$(filter $(WIN_FAST),$$<),,-Os) \
	    -isystem $(WIN)/$(2)/include -MMD -MP -c $$< -o $$@

$(WIN)/$(1)/embedded.o: $(O)/embedded.c
	@mkdir -p $$(@D)
	$(Q)$(2)-gcc -std=c11 $(WIN_CFLAGS) $(SEES) -c $$< -o $$@

$(WIN)/$(1)/resource.o: $(WIN_HERE)/nianbao.rc $(WIN)/nianbao.ico $(WIN)/nianbao.manifest VERSION
	@mkdir -p $$(@D)
	$(Q)$(2)-windres -I$(WIN) -DVERSION_NUMBERS=$$(subst .,$$(COMMA),$(VERSION)),0 -DVERSION_TEXT='\"$(VERSION)\"' $$< $$@

# The number of bytes behind a name is that of 32 bits.
$(WIN)/$(1)/late_%.a: $(WIN_HERE)/late/%.def
	@mkdir -p $$(@D)
	$(Q)$(if $(filter x86_64-%,$(2)),sed 's/@.*//',cat) $$< >$$(@:.a=.def)
	$(Q)$(2)-dlltool --kill-at -d $$(@:.a=.def) -y $$@

$(WIN)/$(1).exe: $(addprefix $(WIN)/$(1)/,$(WIN_UNITS) $(WIN_LATE:%=late_%.a))
	$(SAY) LINK $$@
	$(Q)$(2)-gcc $(WIN_CFLAGS) $(WIN_LDFLAGS) -o $$@ $$^ -ldelayimp -L$(WIN)/$(2)/lib $(WIN_LIBS)

-include $(wildcard $(WIN)/$(1)/*/*.d $(WIN)/$(1)/*/*/*.d)
endef
COMMA := ,
$(eval $(call windows_program,nianbao,x86_64-w64-mingw32))
$(eval $(call windows_program,nianbao-win32,i686-w64-mingw32))
