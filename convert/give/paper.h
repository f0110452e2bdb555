/* SPDX-License-Identifier: MIT */
/* paper: a sheet that will be printed: texts in areas, with rows as high as their texts need, and the printed table of a form.
 * The cleaned workbook and the blank template are made of it. Every function is false when out of memory. */
#ifndef NIANBAO_PAPER_H
#define NIANBAO_PAPER_H

#include "draft.h"
#include "layout.h"

struct paper {
    struct draft *draft;
    size_t sheet;                    /* index in the draft */
    const double *widths;            /* of its columns, in characters */
    uint16_t cols;
    double *heights;                 /* points, by row; 0: the program's own */
    size_t rows, rows_cap;
    struct tall { struct area area; double height; } *talls;      /* texts over several rows, and what they need */
    size_t ntalls, talls_cap;
};

/* Looks that several sheets share. */
extern const struct style look_title, look_text, look_head, look_cell, look_center, look_small;

enum { FILL_RED = 0xFFC7CE, FILL_AMBER = 0xFFEB9C, FILL_YELLOW = 0xFFF9DB, FILL_GREY = 0xF2F2F2, FILL_GREEN = 0xC6EFCE,
       INK_RED = 0x9C0006, INK_GREEN = 0x006100, INK_AMBER = 0x9C5700, INK_GREY = 0x808080, INK_LINK = 0x0563C1 };

/* A new sheet with its columns. */
bool paper_begin(struct paper *paper, struct draft *draft, const char *name, bool hidden, const double *widths, uint16_t cols);

/* One cell, and an area of them (merged). */
struct area paper_cell(uint32_t row, uint16_t col);
struct area paper_area(uint32_t row, uint16_t col, uint16_t col2);
bool paper_text(struct paper *paper, struct area area, const char *text, const struct style *look);
bool paper_number(struct paper *paper, struct area area, double number, const char *formula, const struct style *look);
bool paper_link(struct paper *paper, uint32_t row, uint16_t col, const char *sheet, const char *address);
bool paper_note(struct paper *paper, struct area area, const char *text);
bool paper_height(struct paper *paper, uint32_t row, double points);       /* at least */

/* Points that a text needs in a column of that width; `arena` is for what is needed meanwhile. */
double paper_text_height(struct arena *arena, const char *text, double width, const struct style *look);

/* The last step: sizes, print area (rows x cols from A1) and footer. The page of the sheet: for all that a caller sets itself. */
bool paper_finish(struct paper *paper, uint16_t cols, const char *footer);
struct page *paper_page(const struct paper *paper);

/* -- the table of a form -- */

/* A new sheet with a table's labels and frame; title_fill 0: none. */
bool paper_table(struct paper *paper, struct draft *draft, const char *name, const struct layout *layout, uint32_t title_fill);

/* Its parts: the widths of its columns when it has a page to itself (NULL: out of memory), and its labels and frame. */
const double *paper_table_widths(struct arena *arena, const struct layout *layout);
bool paper_labels(struct paper *paper, const struct layout *layout, uint32_t title_fill);

/* The look of a slot's number. */
struct style paper_number_look(const struct slot *slot, bool whole);

/* Validation and prompt of one slot, whose first line is the reminder ("": none); red when an equation breaks. */
bool paper_input(struct paper *paper, const struct layout *layout, size_t slot, const char *reminder);
bool paper_conditions(struct paper *paper, const struct layouts *layouts, const struct layout *layout);

/* The first n characters of a text, "…" when there were more; NULL: out of memory. */
const char *paper_clip(struct arena *arena, const char *text, size_t n);

#endif
