/* SPDX-License-Identifier: MIT */
/* A sheet of an .xlsx, already inflated, in a workbook with some shared strings and styles. */
#include "fuzz.h"
#include "read.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static const char workbook[] = "<workbook xmlns='" MAIN "'><sheets><sheet name='S'/></sheets></workbook>";
static const char strings[] = "<sst xmlns='" MAIN "'><si><t>总计</t></si><si><r><t>自然</t></r><r><t>人</t></r></si><si><t>12_x0041_</t></si></sst>";
static const char styles[] = "<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='164' formatCode='0.00\"万元\"'/></numFmts>"
    "<cellXfs><xf/><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs></styleSheet>";

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    const struct fuzz_part parts[] = {
        FUZZ_PART("xl/workbook.xml", workbook), FUZZ_PART("xl/sharedStrings.xml", strings), FUZZ_PART("xl/styles.xml", styles),
        { "xl/worksheets/sheet1.xml", bytes, n }, { NULL, NULL, 0 },
    };
    size_t npackage;
    struct book book;
    const unsigned char *package = fuzz_package(arena, parts, &npackage);
    fuzz_check_read(read_book(arena, package, npackage, &book, NULL), &book);
}
