# SPDX-License-Identifier: MIT
# make            build/nianbao
# make run        install what is missing, build, convert a sample
# make check      install what is missing, build, run the quick tests
# make help       everything else
VERSION := $(shell cat VERSION)
B       := build
VARIANT ?= release

CC      ?= gcc
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes -Wconversion -Wvla -Werror
CFLAGS  ?= -O2 -g
DEFS    := -DNIANBAO_VERSION='"$(VERSION)"'
LDLIBS  := -lxlsxwriter -lyaml -lz -lmd

# Variants of the same build: make VARIANT=san check-unit
ifeq ($(VARIANT),san)
O       := $(B)/san
CFLAGS  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),clang)
O       := $(B)/clang
CC      := clang
else
O       := $(B)/obj
endif

PROGRAM := $(if $(filter $(O),$(B)/obj),$(B)/nianbao,$(O)/nianbao)
XLSX    := $(patsubst %.c,$(O)/%.o,$(wildcard xlsx/*.c))
CONVERT := $(patsubst %.c,$(O)/%.o,$(filter-out convert/main.c,$(wildcard convert/*.c)))
LIB     := $(O)/libnianbao.a
FORMS   := $(sort $(wildcard templates/*.yaml))
UNITS   := $(patsubst tests/unit/%.c,$(O)/%,$(wildcard tests/unit/test_*.c))

all: $(PROGRAM)

# The compiler enforces the direction: xlsx/ never sees convert/.
$(O)/xlsx/%.o: xlsx/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(CFLAGS) $(WARN) $(DEFS) -Ixlsx -MMD -MP -c $< -o $@

$(O)/convert/%.o: convert/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(CFLAGS) $(WARN) $(DEFS) -Ixlsx -Iconvert -MMD -MP -c $< -o $@

# The form definitions travel inside the program.
$(O)/embedded.c: convert/embed.sh $(FORMS)
	@mkdir -p $(@D)
	sh convert/embed.sh $(FORMS) > $@.tmp && mv $@.tmp $@

$(O)/embedded.o: $(O)/embedded.c
	$(CC) -std=c11 $(CFLAGS) -Iconvert -c $< -o $@

$(LIB): $(XLSX) $(CONVERT) $(O)/embedded.o
	@rm -f $@
	$(AR) rcs $@ $^

$(PROGRAM): $(O)/convert/main.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(O)/test_%: tests/unit/test_%.c tests/unit/test.h $(LIB)
	@mkdir -p $(@D)
	$(CC) -std=c11 $(CFLAGS) $(WARN) $(DEFS) -Ixlsx -Iconvert -Itests/unit -MMD -MP -o $@ $< $(LIB) $(LDLIBS)

-include $(wildcard $(O)/*.d $(O)/*/*.d)
