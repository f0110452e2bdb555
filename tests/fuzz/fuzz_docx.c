/* SPDX-License-Identifier: MIT */
/* The main part of a .docx, already inflated. */
#include "fuzz.h"
#include "read.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    const struct fuzz_part parts[] = { { "word/document.xml", bytes, n }, { NULL, NULL, 0 } };
    size_t npackage;
    struct book book;
    const unsigned char *package = fuzz_package(arena, parts, &npackage);
    fuzz_check_read(read_book(arena, package, npackage, &book, NULL), &book);
}
