# SPDX-License-Identifier: MIT
# LibreOffice Calc: the checks inside the open workbook. Included by the Makefile.
# make extension          build/dist/nianbao-VERSION.oxt
# make check-extension    installed into a LibreOffice of its own, used there on every sample; as the package and the archive install it
# Both install what they need.
OXT_HERE     := addin/libreoffice
OXT_SIZES    := 16 26 64
OXT_ICONS    := $(OXT_SIZES:%=$(LINUX)/icon-%.png)
OXT_GIVEN    := $(wildcard $(OXT_HERE)/* $(OXT_HERE)/*/*) LICENSE VERSION
OXT_PACKAGES := python3 librsvg2-bin
OXT_TESTERS  := libreoffice-calc python3-uno

.PHONY: extension check-extension extension-ready
extension: $(OXT)
check-extension: ready
	@sh setup.sh --quiet $(OXT_TESTERS) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory $(B)/nianbao $(OXT) dist-linux deb
	@sh tests/run-extension.sh $(OXT) $(B)/nianbao

extension-ready:
	@sh setup.sh --quiet $(OXT_PACKAGES)

$(LINUX)/icon-%.png: addin/desktop/icon.svg | extension-ready
	@mkdir -p $(@D)
	$(Q)rsvg-convert -w $* -h $* -o $@ $<

$(LINUX)/notices.txt: $(LINUX_HERE)/notices.sh $(LINUX)/amd64/nianbao LICENSE
	$(Q)sh $< $(LINUX)/amd64 >$@.tmp && mv $@.tmp $@

$(OXT): $(LINUX_ARCHES:%=$(LINUX)/%/nianbao) $(LINUX)/notices.txt $(OXT_ICONS) $(OXT_GIVEN)
	@mkdir -p $(@D)
	$(SAY) OXT $@
	$(Q)/usr/bin/python3 $(OXT_HERE)/extension.py $(VERSION) $(LINUX) $@
