/* SPDX-License-Identifier: MIT */
/* An .xls: the container with its chains of sectors, or the stream of records that lies in one. */
#include <string.h>

#include "fuzz.h"
#include "read.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct book book;
    bool container = n >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0;
    fuzz_check_read(container ? read_book(arena, bytes, n, &book, NULL) : read_xls(arena, bytes, n, &book, NULL), &book);
}
