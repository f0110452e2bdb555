# SPDX-License-Identifier: MIT
# make fuzz T=xml [SECONDS=60]     one target under libFuzzer with the address and undefined behaviour sanitizers
# make fuzz-all [SECONDS=60]       all of them, one after another
# make check-fuzz                  kept inputs and seeds through every target in the ordinary build; no libFuzzer
# make check-hostile               workbooks made to do harm
# make check-faults                one call that fails at a time, and a program that is killed
FUZZ         := tests/fuzz
FUZZ_TARGETS := $(sort $(patsubst $(FUZZ)/fuzz_%.c,%,$(wildcard $(FUZZ)/fuzz_*.c)))
SECONDS      ?= 60
FUZZ_PACKAGES := clang libclang-rt-14-dev libexpat1-dev

.PHONY: fuzz fuzz-all fuzz-build replays check-fuzz check-hostile check-faults $(B)/seeds

.SECONDARY: $(patsubst %,$(O)/$(FUZZ)/%.o,harness replay strict_arena $(addprefix fuzz_,$(FUZZ_TARGETS)))

$(O)/replay_%: $(O)/$(FUZZ)/fuzz_%.o $(O)/$(FUZZ)/harness.o $(O)/$(FUZZ)/replay.o $(LIB)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(LDLATE) $(if $(filter xmldiff,$*),-lexpat)

# The strict arena stands before the library, so that the library's own is not taken.
$(O)/fuzz_%: $(O)/$(FUZZ)/fuzz_%.o $(O)/$(FUZZ)/harness.o $(O)/$(FUZZ)/strict_arena.o $(LIB)
	$(SAY) FUZZ $*
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS) $(LDLATE) $(if $(filter xmldiff,$*),-lexpat)

replays: $(patsubst %,$(O)/replay_%,$(FUZZ_TARGETS))

fuzz-build: $(patsubst %,$(O)/fuzz_%,$(FUZZ_TARGETS))

$(B)/seeds:
	$(Q)/usr/bin/python3 -B $(FUZZ)/seeds.py $@

fuzz: $(B)/seeds
	@sh setup.sh --quiet $(FUZZ_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=fuzz $(B)/fuzz/fuzz_$(T)
	@sh $(FUZZ)/run.sh $(B)/fuzz $(B)/seeds $(SECONDS) $(T)

fuzz-all: $(B)/seeds
	@sh setup.sh --quiet $(FUZZ_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-build
	@sh $(FUZZ)/run.sh $(B)/fuzz $(B)/seeds $(SECONDS) $(FUZZ_TARGETS)

check-fuzz: $(B)/seeds
	@sh setup.sh --quiet libexpat1-dev
	@$(MAKE) --no-print-directory VARIANT=$(VARIANT) replays
	@sh tests/run-fuzz.sh $(O) $(B)/seeds

check-hostile: $(PROGRAM)
	@sh setup.sh --quiet strace
	@sh tests/run-hostile.sh $(PROGRAM)

$(O)/faults.so: tests/faults/faults.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -O2 $(WARN) -Wno-missing-prototypes -shared -fPIC -o $@ $<

$(O)/memory: tests/faults/memory.c $(LIB)
	$(Q)$(CC) -std=c11 $(CFLAGS) $(WARN) $(SEES) -o $@ $< $(LIB) $(LDLIBS) $(LDLATE)

check-faults: $(PROGRAM) $(O)/faults.so $(O)/memory
	@sh tests/run-faults.sh $(PROGRAM) $(O)/faults.so $(O)/memory
