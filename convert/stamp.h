/* SPDX-License-Identifier: MIT */
/* stamp: says of a workbook that we wrote it, and whether a cell has changed since: custom document properties with a digest over
 * every cell. A re-save by a spreadsheet program is not a change. It tells apart and proves nothing: anyone can make a stamp. */
#ifndef NIANBAO_STAMP_H
#define NIANBAO_STAMP_H

#include "report.h"

enum stamp {
    STAMP_NONE,          /* not a workbook of ours */
    STAMP_INTACT,        /* as it was written */
    STAMP_CHANGED,       /* a cell is not as it was written */
    STAMP_NEWER          /* written by a later program with another digest */
};

#define STAMP_SCHEMA "nianbao.stamp/1"

/* Stamp a finished book (cells in order: sheet_finish) with what its report says. False: out of memory. */
bool stamp_put(struct book *book, const struct report *report);

/* What the stamp of a book says. */
enum stamp stamp_check(const struct book *book);

/* 校验码, "K7QM-2F9D": the same unit, year, form and numbers give the same code. In the report's arena; NULL: out of memory. */
const char *stamp_code(const struct report *report);

#endif
