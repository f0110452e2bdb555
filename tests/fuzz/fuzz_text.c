/* SPDX-License-Identifier: MIT */
/* A text: its encoding, its records, its tables. */
#include "fuzz.h"
#include "read.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct book book;
    fuzz_check_read(read_txt(arena, bytes, n, &book, NULL), &book);
}
