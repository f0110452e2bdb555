/* SPDX-License-Identifier: MIT */
/* The content of an .ods, already inflated; what is no <office:document-content> is tried as a flat file too. */
#include "fuzz.h"
#include "read.h"

static const char type[] = "application/vnd.oasis.opendocument.spreadsheet";

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    const struct fuzz_part parts[] = { FUZZ_PART("mimetype", type), { "content.xml", bytes, n }, { NULL, NULL, 0 } };
    size_t npackage;
    struct book book;
    const unsigned char *package = fuzz_package(arena, parts, &npackage);
    enum status status = read_book(arena, package, npackage, &book, NULL);
    fuzz_check_read(status, &book);
    if (status != STATUS_OK)
        fuzz_check_read(read_fods(arena, bytes, n, &book, NULL), &book);
}
