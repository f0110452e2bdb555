/* SPDX-License-Identifier: MIT */
/* stamp: says of a workbook that we wrote it, and whether a cell has changed since: custom document properties with digests over
 * every cell, and on the hidden sheet a copy of the cells. A re-save by a spreadsheet program is not a change. It tells apart and proves
 * nothing: anyone can make a stamp. */
#ifndef NIANBAO_STAMP_H
#define NIANBAO_STAMP_H

#include "draft.h"
#include "report.h"
#include "text.h"

enum stamp {
    STAMP_NONE,          /* not a workbook of ours */
    STAMP_INTACT,        /* as it was written */
    STAMP_CHANGED,       /* a cell, or the stamp itself, is not as it was written */
    STAMP_NEWER          /* written by a later program with another digest */
};

#define STAMP_SCHEMA "nianbao.stamp/1"

/* A property of a workbook that is the input itself with marks. Of its sheets that hold no table, or are called like one of ours, there is
 * no copy, because nobody knows what is on them: each has a row on the hidden sheet, this word and its name. */
#define STAMP_LAYOUT "nianbao.layout"
#define STAMP_OWN "own"
#define STAMP_PRIVATE "private"

/* Is it such a sheet, or one with persons on it? */
bool stamp_private(const struct book *book, const char *sheet);

/* Columns of the first row of the hidden sheet, beyond the heads of the values that were read: where in the input those values stood, and
 * where in this workbook they stand, in their order; and from there on the copy of the cells, and in the second row what formulas show. */
enum { STAMP_SOURCES = 4, STAMP_PLACES, STAMP_COPY };

/* Stamp a finished draft (cells in order: sheet_finish) with what its report says and its `code` (stamp_code). The rows that a sheet is
 * given by a source count as its cells; a hidden sheet with a source has its first row before them. False: out of memory, or a source
 * cannot be read. */
bool stamp_put(struct draft *draft, const struct report *report, const char *code);

/* What the stamp of a book says. */
enum stamp stamp_check(const struct book *book);

/* The same, and what it is that differs. False: out of memory. */
struct stamp_state {
    enum stamp stamp;
    bool cells;          /* some cell or sheet that people see */
    bool itself;         /* the properties, or the hidden sheet */
};
bool stamp_compare(const struct book *book, struct stamp_state *out);

/* What a workbook is made from, in one digest: the input, its name, the program, the definitions of its forms, what was asked for. The
 * same origin gives the same workbook. False: out of memory. */
enum { STAMP_ORIGIN = 65 };
bool stamp_origin_of(const struct report *report, char out[STAMP_ORIGIN]);

/* The origin in the stamp of a book; NULL: it has none. */
const char *stamp_origin(const struct book *book);

/* 校验码, "K7QM-2F9D": the same unit, year, form and numbers give the same code. In the report's arena; NULL: out of memory. */
const char *stamp_code(const struct report *report);

/* -- lists of cells: items that end in '|': "#" and the name of a sheet, then its cells: address, enum stamp_kind, what is in it. Without an
 * address it is the cell to the right of the last one; "-" is none -- */

enum stamp_kind { STAMP_TEXT = '\'', STAMP_NUMBER = ':', STAMP_FORMULA = '=', STAMP_BOOLEAN = '?', STAMP_ERROR = '!', STAMP_NOWHERE = '-',
                  STAMP_SHEET = '~' };       /* instead of all cells of a sheet, at its first: their digest */

/* Put a part of an item: what would end it, and control characters, are escaped. */
void stamp_put_part(struct text *list, const char *s);

/* Where in a list the next cell comes. */
struct stamp_place { bool after; uint32_t row; uint16_t col; };      /* after: of a cell of the same sheet */

/* Put the head of a sheet, and the address of a cell if it needs one, or that there is none. */
void stamp_put_sheet(struct text *list, struct stamp_place *place, const char *name);
void stamp_put_place(struct text *list, struct stamp_place *place, uint32_t row, uint16_t col);
void stamp_put_nowhere(struct text *list, struct stamp_place *place);

/* Put a cell; nothing when it is empty. */
void stamp_put_cell(struct text *list, struct stamp_place *place, const struct cell *cell);

/* Put what a formula shows, as a cell of its own, an empty text too. */
void stamp_put_result(struct text *list, struct stamp_place *place, const struct cell *cell);

/* Take the address off an item, which is no sheet: where its cell is. Returns what follows; NULL: it is nowhere. */
char *stamp_take_place(char *item, struct stamp_place *place);

/* The next item, its escapes undone in place; NULL: there is no more. *list is what is left of the list. */
char *stamp_next(char **list);

/* The cells as they are now, and as they were written: the copy, NULL when it is not there or not as it was. False: out of memory. */
bool stamp_list(struct arena *arena, const struct book *book, char **out);
bool stamp_copy(struct arena *arena, const struct book *book, char **out);

/* What formulas showed when it was written; "" when that is not there. False: out of memory. */
bool stamp_results(struct arena *arena, const struct book *book, char **out);

/* The hidden sheet; NULL: there is none. */
const struct sheet *stamp_sheet(const struct book *book);

#endif
