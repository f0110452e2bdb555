# SPDX-License-Identifier: MIT
# Excel add-in: the library behind Excel's C API, cross-built with the flags and the libraries of windows.mk. Included by the Makefile.
# make xll              build/windows/nianbao64.xll, build/windows/nianbao32.xll
XLL          := addin/xll
XLL_PROGRAMS := $(WIN)/nianbao64.xll $(WIN)/nianbao32.xll
XLL_LIBRARY  := $(patsubst %.c,%.o,$(filter-out %-posix.c,$(SOURCES))) embedded.o
XLL_UNITS    := $(patsubst %.c,%.o,$(wildcard $(XLL)/*.c)) xll.o
XLL_LDFLAGS  := -shared -flto=auto -static -s -Wl,--gc-sections,--no-insert-timestamp,--dynamicbase,--nxcompat,--kill-at,--enable-stdcall-fixup \
                -Wl,--wrap=lxw_tmpfile

.PHONY: xll xll-programs
xll: windows-ready
	@$(MAKE) --no-print-directory xll-programs
xll-programs: $(XLL_PROGRAMS)

# $(1) the add-in, $(2) the program whose objects it shares, $(3) the machine
define xll_program
$(WIN)/$(2)/xll.o: $(XLL)/xll.rc VERSION
	@mkdir -p $$(@D)
	$(Q)$(3)-windres -DVERSION_NUMBERS=$$(subst .,$$(COMMA),$(VERSION)),0 -DVERSION_TEXT='\"$(VERSION)\"' $$< $$@

# The library as an archive: what only the command line needs is left out.
$(WIN)/$(2)/library.a: $(addprefix $(WIN)/$(2)/,$(XLL_LIBRARY))
	@rm -f $$@
	$(Q)$(3)-ar rcsD $$@ $$^

$(WIN)/$(1).xll: $(addprefix $(WIN)/$(2)/,$(XLL_UNITS)) $(XLL)/xll.def $(WIN)/$(2)/library.a
	$(SAY) LINK $$@
	$(Q)$(3)-gcc $(WIN_CFLAGS) $(XLL_LDFLAGS) -o $$@ $$^ -L$(WIN)/$(3)/lib $(WIN_LIBS)
endef
$(eval $(call xll_program,nianbao64,nianbao,x86_64-w64-mingw32))
$(eval $(call xll_program,nianbao32,nianbao-win32,i686-w64-mingw32))
-include tests/xllhost/host.mk
