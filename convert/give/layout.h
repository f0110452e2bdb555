/* SPDX-License-Identifier: MIT */
/* layout: where the law prints each label and number of a table on a sheet. Blank template and cleaned workbook share it. */
#ifndef NIANBAO_LAYOUT_H
#define NIANBAO_LAYOUT_H

#include "form.h"
#include "grid.h"

/* What a cell of the printed table is. */
enum role { ROLE_TITLE, ROLE_CAPTION, ROLE_CORNER, ROLE_HEADING, ROLE_COLUMN, ROLE_ROW, ROLE_FILLER };

struct printed {                 /* a label of the table */
    enum role role;
    struct area area;            /* more than one cell: merged */
    const char *text;
    const struct node *node;     /* rows and columns */
};

struct layout {
    const struct table *table;
    const char *sheet;           /* where it stands: the sheet of the table's name, unless it was moved */
    struct printed *labels; size_t nlabels, labels_cap;
    struct area *slots;          /* per slot of the table: its cell (merged when the form stretches it) */
    uint32_t rows;               /* rows taken, the title row included */
    uint16_t cols;
    uint32_t header_rows;        /* rows up to and with the (first) header: title, caption, columns */
};

/* The tables of one workbook, each on the sheet of its name; `table` NULL: that one has no sheet. */
struct layouts { struct layout *at; size_t n; };

/* Lay the table out from row 0, column 0: the title row first. False: out of memory. */
bool layout_table(struct arena *arena, const struct table *table, struct layout *layout);

/* Make room for one more row of numbers before `row`. */
void layout_insert(struct layout *layout, uint32_t row);

/* The first sum that gives a slot of the table; NULL: it is not derived. */
const struct equation *layout_sum(const struct layout *layout, size_t slot);

/* Does an equation reach into other tables? */
bool layout_reaches(const struct equation *equation);

/* -- formulas for the sheet where the equation's table stands; every table that it names has a sheet -- */

/* A sum without "=": "SUM(D4:I4,'四、平台'!B3)". NULL: out of memory. */
const char *layout_formula(struct arena *arena, const struct layouts *layouts, const struct equation *sum);

/* An equation: left side minus right side, rounded to six places, and the lists of all its cells ("D26,D27,D4:D5") and of those of
 * the right side, the terms of a sum. False: out of memory. */
struct equation_text { const char *difference, *members, *right; };
bool layout_equation(struct arena *arena, const struct layouts *layouts, const struct equation *equation, struct equation_text *out);

#endif
