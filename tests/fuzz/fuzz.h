/* SPDX-License-Identifier: MIT */
/* fuzz: what the targets share. A target is one file with one function; the fuzzer calls it with bytes of its own making, the replay
 * with files that are kept. What must never happen ends the program: a crash, a leak, a hang, or a promise that is not kept. */
#ifndef NIANBAO_FUZZ_H
#define NIANBAO_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "grid.h"
#include "report.h"

/* The target. The arena has the budget of one input and is freed afterwards. */
void fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n);

/* Bytes as a source for the scanner (struct xml_source). */
struct fuzz_feed { const unsigned char *at; size_t n; };
enum status fuzz_feed_read(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault);

/* A promise of the code under test. */
#define FUZZ_HOLDS(cond) \
    do { \
        if (!(cond)) { \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #cond); \
            abort(); \
        } \
    } while (0)

/* Everything that grid.h says of a book that was read. */
void fuzz_check_book(const struct book *book);

/* A promise of every reader: what it reads is a sound book, what it does not read has a reason. */
void fuzz_check_read(enum status status, const struct book *book);

/* The forms of the program, loaded once. */
const struct forms *fuzz_forms(void);

/* Judge the bytes of a file and give back everything there is to give; the cleaned workbook must be judged alike. */
void fuzz_whole(struct arena *arena, const char *name, const unsigned char *bytes, size_t n);

/* A package (zip) of stored members, whose sums are right; parts[i].name NULL ends them. */
struct fuzz_part { const char *name; const void *bytes; size_t n; };
unsigned char *fuzz_package(struct arena *arena, const struct fuzz_part *parts, size_t *n);

/* A text without its NUL, as a part. */
#define FUZZ_PART(name, text) { name, text, sizeof text - 1 }

#endif
