# SPDX-License-Identifier: MIT
# The program that plays Excel (tests/xllhost). Included by addin/xll/xll.mk after windows.mk, whose objects of xlsx/ it links.
# make check-xll        the XLL under wine, in this program
XLLHOST         := tests/xllhost
XLLHOST_SOURCES := $(wildcard $(XLLHOST)/*.c)
XLLHOST_READER  := $(patsubst %.c,%.o,$(filter-out %-posix.c,$(wildcard xlsx/*.c xlsx/base/*.c xlsx/package/*.c xlsx/read/*.c)))
XLLHOST_FLAGS   := $(WARN) $(WIN_CFLAGS) -D_WIN32_WINNT=0x0601 -D__USE_MINGW_ANSI_STDIO=1 -DUNICODE -D_UNICODE \
                   -Wno-cast-function-type

# xllhost_program NAME TARGET OBJECTS: build/windows/NAME.exe, with the reader's objects in build/windows/OBJECTS
define xllhost_program
$(WIN)/$(1)/%.o: $(XLLHOST)/%.c $(XLLHOST)/host.mk
	@mkdir -p $$(@D)
	$(SAY) CC "$$< ($(2))"
	$(Q)$(2)-gcc -std=c11 $(XLLHOST_FLAGS) $(WIN_CPU_$(2)) $(SEES_xlsx/read) -I$(XLLHOST) -MMD -MP -c $$< -o $$@

$(WIN)/$(1).exe: $(patsubst $(XLLHOST)/%.c,$(WIN)/$(1)/%.o,$(XLLHOST_SOURCES)) $(addprefix $(WIN)/$(3)/,$(XLLHOST_READER)) $(XLLHOST)/xllhost.def
	$(SAY) LINK $$@
	$(Q)$(2)-gcc $(WIN_CFLAGS) -municode -flto=auto -static -Wl,--gc-sections,--enable-stdcall-fixup,--stack,8388608 -o $$@ $$^ -L$(WIN)/$(2)/lib $(WIN_LIBS)

-include $(wildcard $(WIN)/$(1)/*.d)
endef
$(eval $(call xllhost_program,xllhost,x86_64-w64-mingw32,nianbao))
$(eval $(call xllhost_program,xllhost-win32,i686-w64-mingw32,nianbao-win32))

.PHONY: check-xll xllhost-programs
xllhost-programs: $(WIN)/xllhost.exe $(WIN)/xllhost-win32.exe
check-xll: ready windows-ready
	@sh setup.sh --quiet $(WIN_TESTERS) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory $(B)/nianbao xll-programs xllhost-programs
	@sh tests/run-xll.sh $(WIN) $(B)/nianbao
