# SPDX-License-Identifier: MIT
# make            build/nianbao
# make run        install what is missing, build, convert a sample
# make check      install what is missing, build, run the quick tests
# make help       the other targets
VERSION := $(shell cat VERSION)
B       := build
VARIANT ?= release

CC      ?= gcc
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes -Wconversion -Wvla -Werror
CFLAGS  ?= -O2 -g
DEFS    := -DNIANBAO_VERSION='"$(VERSION)"'
LDLIBS  := -Wl,-Bstatic -lyaml -lz -ldeflate -lmd -Wl,-Bdynamic -pthread
# What libxlsxwriter, loaded late, is to find in the program (xlsx/write/write_package.c).
LDLATE  := $(foreach name,lxw_tmpfile zipOpen zipOpenNewFileInZip4_64 zipWriteInFileInZip zipCloseFileInZip zipClose,-Wl,--export-dynamic-symbol=$(name))

# Variants of the same build: make VARIANT=san check-unit
ifeq ($(VARIANT),san)
O       := $(B)/san
CFLAGS  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),fuzz)
O       := $(B)/fuzz
CC      := clang
CFLAGS  := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),clang)
O       := $(B)/clang
CC      := clang
else
O       := $(B)/obj
endif

# The way of the data: a folder sees itself and those before it, and the compiler enforces it. convert/ itself is the waist, the report,
# which finding, judging and giving back share; what uses it from outside (tests, add-ins) sees all.
SEES_xlsx/base       := -Ixlsx/base
SEES_xlsx/package    := $(SEES_xlsx/base) -Ixlsx/package
SEES_xlsx            := $(SEES_xlsx/base) -Ixlsx
SEES_xlsx/read       := $(SEES_xlsx/package) -Ixlsx -Ixlsx/read
SEES_xlsx/write      := $(SEES_xlsx/package) -Ixlsx -Ixlsx/write
SEES_xlsx/patch      := $(SEES_xlsx/read) -Ixlsx/write -Ixlsx/patch
SEES_convert/law     := $(SEES_xlsx) -Iconvert/law
SEES_convert/find    := $(SEES_convert/law) -Ixlsx/read -Iconvert -Iconvert/find
SEES_convert/judge   := $(SEES_convert/find) -Iconvert/judge
SEES_convert/give    := $(SEES_convert/judge) -Ixlsx/write -Ixlsx/patch -Iconvert/give
SEES_convert         := $(SEES_convert/give)
SEES_convert/jobs    := $(SEES_convert/give) -Iconvert/jobs
SEES_convert/rollup  := $(SEES_convert/jobs) -Iconvert/rollup
SEES_convert/command := $(SEES_convert/rollup) -Iconvert/command
SEES                 := $(SEES_convert/command) -Ixlsx/package
sees                  = $(or $(SEES_$(patsubst %/,%,$(dir $1))),$(SEES))

PROGRAM := $(if $(filter $(O),$(B)/obj),$(B)/nianbao,$(O)/nianbao)
MAIN    := convert/command/main.c
SOURCES := $(filter-out $(MAIN),$(wildcard xlsx/*.c xlsx/*/*.c convert/*.c convert/*/*.c))
OBJECTS := $(patsubst %.c,$(O)/%.o,$(filter-out %-windows.c,$(SOURCES)))
LIB     := $(O)/libnianbao.a
FORMS   := $(sort $(wildcard templates/*.yaml))
WORDS   := templates/words/names.yaml templates/words/narrative.yaml
UNITS   := $(patsubst tests/unit/%.c,$(O)/%,$(wildcard tests/unit/test_*.c))

Q       := $(if $(V),,@)
SAY     = @printf '  %-8s %s\n'

.PHONY: all run setup setup-all ready check check-unit check-golden check-bad check-cli check-judge check-documents check-formats check-corpus check-templates \
        check-office check-judge-long check-documents-long check-san check-valgrind check-clang templates golden-update clean help

all: $(PROGRAM)

$(O)/xlsx/read/%.o: CPPFLAGS += -isystem /usr/include/libxml2
$(O)/%.o: %.c VERSION
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) -std=c11 $(CFLAGS) $(CPPFLAGS) $(WARN) $(DEFS) $(call sees,$<) -MMD -MP -c $< -o $@

# The form definitions and the words travel inside the program, read and checked while it is built.
READING := form form_load form_tables form_relate form_select form_previous form_words sheets rules doc doc_packed guess sayings vocabulary dictionary label hint title
$(O)/embed: $(patsubst %,$(O)/templates/%.o,embed embed_form embed_dictionary) $(patsubst %,$(O)/convert/law/%.o,$(READING)) \
            $(patsubst %,$(O)/xlsx/base/%.o,arena sha256 status text)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lyaml -lmd

$(O)/embedded.c: $(O)/embed $(WORDS) $(FORMS)
	$(SAY) EMBED "$(notdir $(WORDS) $(FORMS))"
	$(Q)$(O)/embed $(WORDS) $(FORMS) > $@.tmp && mv $@.tmp $@

$(O)/embedded.o: $(O)/embedded.c
	$(Q)$(CC) -std=c11 $(CFLAGS) $(WARN) $(SEES) -c $< -o $@

$(LIB): $(OBJECTS) $(O)/embedded.o
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(PROGRAM): $(MAIN:%.c=$(O)/%.o) $(LIB)
	$(SAY) LINK $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(LDLATE)

$(O)/test_%: tests/unit/test_%.c tests/unit/test.h $(LIB)
	@mkdir -p $(@D)
	$(SAY) TEST $<
	$(Q)$(CC) -std=c11 $(CFLAGS) $(WARN) $(DEFS) $(SEES) -Itests/unit -MMD -MP -o $@ $< $(LIB) $(LDLIBS) $(LDLATE)

-include $(wildcard $(O)/*.d $(O)/*/*.d $(O)/*/*/*.d)

# -- packages: `run` and `check` install when something is missing; no other target ever installs --

BUILD_PACKAGES := gcc libc6-dev libxlsxwriter-dev libyaml-dev zlib1g-dev libdeflate-dev libmd-dev libxml2-dev
TEST_PACKAGES  := python3 python3-openpyxl python3-xlsxwriter python3-xlwt python3-xlrd python3-docx
SLOW_PACKAGES  := clang libclang-rt-14-dev valgrind libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk

setup:
	sh setup.sh $(BUILD_PACKAGES) $(TEST_PACKAGES)

setup-all:
	sh setup.sh $(BUILD_PACKAGES) $(TEST_PACKAGES) $(SLOW_PACKAGES)

ready:
	@sh setup.sh --quiet $(BUILD_PACKAGES) $(TEST_PACKAGES)

# -- use --

SAMPLE := samples/宿迁市2023多处笔误.xlsx

run: ready
	@$(MAKE) --no-print-directory all
	@mkdir -p $(B)/run
	@$(B)/nianbao convert -o $(B)/run $(SAMPLE) || [ $$? = 1 ]     # 1: the sample has something to correct

templates: $(B)/nianbao
	$(Q)for f in $(notdir $(FORMS:.yaml=)); do $(B)/nianbao template $$f -o templates/$$f.xlsx >/dev/null || exit 1; done

golden-update: $(B)/nianbao
	sh tests/run-golden.sh $(B)/nianbao --update
	sh tests/run-bad.sh $(B)/nianbao --update
	sh tests/run-hostile.sh $(B)/nianbao --update

clean:
	rm -rf $(B)

help:
	@echo "all run check setup setup-all templates golden-update bench clean"
	@echo "check-unit check-golden check-bad check-cli check-judge check-patch check-documents check-formats check-pages check-templates      (all in check)"
	@echo "check-office check-judge-long check-documents-long check-san check-valgrind check-clang  (slower; .ci/run)"
	@echo "check-hostile check-faults check-fuzz; fuzz T=TARGET, fuzz-all [SECONDS=60]              (surviving anything; tests/fuzz)"
	@echo "windows dist static dist-linux deb check-windows check-linux check-desktop               (for clerks' desktops; install what they need)"
	@echo "xll extension check-xll check-extension                                                  (inside Excel and LibreOffice; likewise)"

# -- tests --

check: ready
	@$(MAKE) --no-print-directory $(B)/nianbao units
	@sh tests/run-all.sh unit golden bad cli judge patch documents formats pages corpus templates

units: $(UNITS)
.PHONY: units

.PHONY: check-unit
check-unit: $(UNITS)
	@sh tests/run-unit.sh $(O)

$(dir $(PROGRAM))patch/mark: tests/patch/mark.c $(LIB)
	@mkdir -p $(@D)
	$(SAY) TEST $<
	$(Q)$(CC) -std=c11 $(CFLAGS) $(WARN) $(SEES) -o $@ $< $(LIB) $(LDLIBS) $(LDLATE)

.PHONY: check-patch
check-patch: $(PROGRAM) $(dir $(PROGRAM))patch/mark
	@sh tests/run-patch.sh $(PROGRAM)

check-golden check-bad check-cli check-judge check-documents check-formats check-corpus check-templates: check-%: $(PROGRAM)
	@sh tests/run-$*.sh $(PROGRAM)

# Reports as web pages and XML; PAGES_OFFICE=1: as LibreOffice saves them, too.
.PHONY: check-pages
check-pages: $(PROGRAM)
	@/usr/bin/python3 tests/pages.py $(PROGRAM) samples/*.xlsx

check-office: $(PROGRAM)
	@sh tests/run-office.sh $(PROGRAM)

check-judge-long: $(PROGRAM)
	@sh tests/run-judge.sh $(PROGRAM) long

check-documents-long: $(PROGRAM)
	@sh tests/run-documents.sh $(PROGRAM) long

# Address and undefined behaviour sanitizers over the unit tests, the samples and the bad inputs.
check-san:
	@$(MAKE) --no-print-directory VARIANT=san all units
	@sh tests/run-unit.sh $(B)/san
	@sh tests/run-golden.sh $(B)/san/nianbao
	@sh tests/run-bad.sh $(B)/san/nianbao

check-valgrind: $(PROGRAM) $(UNITS)
	@sh tests/run-valgrind.sh $(PROGRAM) $(O)

check-clang:
	@$(MAKE) --no-print-directory VARIANT=clang all units
	@sh tests/run-unit.sh $(B)/clang

include tests/fuzz/fuzz.mk
include addin/desktop/linux/linux.mk
include addin/windows/windows.mk
include addin/xll/xll.mk
include addin/windows/dist.mk
include addin/libreoffice/extension.mk

# Not a test: times depend on the machine. N: how many workbooks.
N ?= 1000 10000
.PHONY: bench
bench: $(PROGRAM) $(LINUX)/$(LINUX_NATIVE)/nianbao
	/usr/bin/python3 -B tests/bench/bench.py $(PROGRAM) $(B)/bench tests/bench/RESULTS.md tests/bench/growth.svg tests/bench/sheets.svg
	sh tests/bench/rollup.sh $(PROGRAM) $(B)/bench $(N)
