/* SPDX-License-Identifier: MIT */
/* marks: a report as it is shown inside the very workbook it was made of: cells to colour, with their notes, the findings as lines
 * of a sheet of their own, and the blank totals that may be filled in. The doors into spreadsheet programs put them there and add
 * nothing. Made from a finished report; memory belongs to the arena. */
#ifndef NIANBAO_MARKS_H
#define NIANBAO_MARKS_H

#include "report.h"
#include "text.h"

struct spot { const struct sheet *sheet; uint32_t row; uint16_t col; };      /* sheet NULL: no cell of the workbook */

/* A cell that an error or a warning is about, or that is among the suspects. */
struct mark { struct spot at; enum severity severity; const char *note; };

/* A finding, the most serious first. */
struct mark_line { enum severity severity; struct spot at; const char *place, *message; };

/* A blank total whose terms are all numbers or blanks of the workbook. */
struct mark_fill {
    struct spot at;
    const char *formula;         /* "SUM(D5:I5)", without "=" */
    const struct spot *terms; size_t nterms;
};

struct marks {
    const char *verdict;         /* one sentence */
    struct mark *marks; size_t nmarks, marks_cap;              /* each cell once */
    struct mark_line *lines; size_t nlines;
    struct mark_fill *fills; size_t nfills, fills_cap;
    size_t unfilled;             /* blank totals with a term that is written as text: a formula would pass over it */
};

/* False: out of memory. An unreadable report has only its verdict. */
bool marks_make(struct arena *arena, const struct report *report, struct marks *marks);

/* For a door that runs the program: a line each, tab separated, with \t \n \r \\ escaped:
 *   verdict  pass|fail|unreadable  sentence
 *   mark     error|warning  sheet  cell  note
 *   line     error|warning|note  severity word  sheet  cell  place  message      (sheet and cell empty: no cell)
 *   fill     sheet  cell  formula
 *   unfilled  number */
void marks_put(struct text *out, const struct report *report, const struct marks *marks);

#endif
