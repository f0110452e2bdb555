/* SPDX-License-Identifier: MIT */
/* marksfile: what `nianbao marks` says of a file, read back; and how far the open workbook shows just that. */
#ifndef XLLHOST_MARKSFILE_H
#define XLLHOST_MARKSFILE_H

#include "desk.h"

struct told {
    enum { TOLD_MARK, TOLD_LINE, TOLD_FILL } kind;
    bool error;                  /* mark: error, not warning */
    wchar_t *word;               /* line: severity as the clerk reads it */
    wchar_t *sheet; uint32_t row; uint16_t col;      /* sheet "": no cell */
    wchar_t *place, *text;       /* text: note, message or formula */
};

struct told_all { wchar_t *verdict; bool readable, comparable; struct told *told; size_t n; unsigned unfilled; };

bool told_read(struct told_all *all, const char *path);
void told_free(struct told_all *all);
const struct told *told_first(const struct told_all *all);       /* the first line with a cell; NULL: none */

/* Do the marks, the sheet of the findings and the selection show what was told? `was`: the workbook before. Differences are failures. */
void told_compare(const struct told_all *all, struct desk *was, struct desk *is);

/* Are just the told totals filled, and all else as it was? */
void told_compare_fills(const struct told_all *all, struct desk *was, struct desk *is);

#endif
