/* SPDX-License-Identifier: MIT */
/* What calls itself a workbook and is a web page: HTML, MHT, or SpreadsheetML 2003, told by its beginning. */
#include "fuzz.h"
#include "read.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct book book;
    fuzz_check_read(read_book(arena, bytes, n, &book, NULL), &book);
}
