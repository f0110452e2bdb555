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
    struct printed *labels; size_t nlabels, labels_cap;
    struct area *slots;          /* per slot of the table: its cell (merged when the form stretches it) */
    uint32_t rows;               /* rows taken, the title row included */
    uint16_t cols;
    uint32_t header_rows;        /* rows up to and with the (first) header: title, caption, columns */
};

/* Lay the table out from row 0, column 0: the title row first. False: out of memory. */
bool layout_table(struct arena *arena, const struct table *table, struct layout *layout);

/* Make room for one more row of numbers before `row`. */
void layout_insert(struct layout *layout, uint32_t row);

/* The first sum that gives a slot of the table; NULL: it is not derived. */
const struct equation *layout_sum(const struct layout *layout, size_t slot);

/* The formula (without "=") of a sum, in A1 of this sheet: "SUM(D4:I4)"; NULL when a term lies in another table. False: out of
 * memory. */
bool layout_formula(struct arena *arena, const struct layout *layout, const struct equation *sum, const char **formula);

/* An equation in A1 of this sheet: left side minus right side, rounded to six places, and the list of all its cells
 * ("D26,D27,D4:D5"); both NULL when a cell lies in another table. False: out of memory. */
struct equation_text { const char *difference, *members; };
bool layout_equation(struct arena *arena, const struct layout *layout, const struct equation *equation, struct equation_text *out);

#endif
