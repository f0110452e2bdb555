# SPDX-License-Identifier: MIT
# Included by the Makefile, behind the add-in of Excel.
# make dist             build/dist/nianbao-VERSION-windows.zip (portable) and build/dist/nianbao-setup.exe
# make check-desktop    windows, drops, installing and uninstalling under wine, with pictures in build/desktop
DIST       := $(B)/dist
DIST_ZIP   := $(DIST)/nianbao-$(VERSION)-windows.zip
DIST_SETUP := $(DIST)/nianbao-setup.exe
DIST_GIVEN := $(WIN_HERE)/dist.py $(WIN_HERE)/使用说明.html $(WIN_HERE)/软件安全说明.txt $(XLL)/怎样启用.txt $(wildcard $(WIN_HERE)/pictures/*.png) \
              $(wildcard templates/*.xlsx) LICENSE VERSION

.PHONY: dist check-desktop dist-files
dist: windows-ready
	@sh setup.sh --quiet nsis
	@$(MAKE) --no-print-directory windows-programs xll-programs dist-files
dist-files: $(DIST_ZIP) $(DIST_SETUP)

$(DIST_ZIP): $(WIN_PROGRAMS) $(XLL_PROGRAMS) $(DIST_SETUP) $(DIST_GIVEN)
	@mkdir -p $(@D)
	$(SAY) ZIP $@
	$(Q)/usr/bin/python3 $(WIN_HERE)/dist.py $(VERSION) $(WIN) $(DIST_SETUP) $@

# The date in the program's header is that of the version, not of the day.
$(DIST_SETUP): $(WIN_HERE)/setup.nsi $(WIN)/nianbao.exe $(XLL_PROGRAMS) $(WIN)/nianbao.ico
	@mkdir -p $(@D)
	$(SAY) NSIS $@
	$(Q)SOURCE_DATE_EPOCH=1704067200 makensis -V2 -INPUTCHARSET UTF8 -DVERSION=$(VERSION) -DWIN=$(abspath $(WIN)) -DOUT=$(abspath $@) $<

check-desktop: dist
	@sh setup.sh --quiet $(WIN_TESTERS) $(TEST_PACKAGES) wkhtmltopdf poppler-utils
	@sh tests/run-desktop.sh $(WIN)/nianbao.exe $(DIST_SETUP) $(DIST_ZIP)
