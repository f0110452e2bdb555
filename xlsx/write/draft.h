/* SPDX-License-Identifier: MIT */
/* draft: a workbook about to be written: a book (the same cells the readers give) and what a reader does not need: styles, sizes,
 * validations, comments, charts, print set-up, and rows too many to be kept. The stamp's digest is taken over `book` before anything is
 * written. Memory: the arena. */
#ifndef NIANBAO_DRAFT_H
#define NIANBAO_DRAFT_H

#include "grid.h"

enum align { ALIGN_GENERAL, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* The look of a cell. In a draft, cell.format is an index into draft.styles. */
struct style {
    const char *font;            /* NULL: the default (宋体) */
    uint8_t size;                /* points; 0: 11 */
    bool bold, wrap, border, unlocked, indent, shrink;    /* shrink: smaller rather than ### */
    uint8_t align;               /* enum align; vertical alignment is always centre */
    uint32_t color, fill;        /* 0xRRGGBB; 0 = automatic / no fill (use 0x000001 for black fill) */
    const char *number_format;   /* NULL: General */
};

enum input { INPUT_WHOLE, INPUT_SIGNED_WHOLE, INPUT_AMOUNT, INPUT_ANY };   /* >= 0 whole; whole; >= 0 decimal; anything: a prompt only */

/* A chart over data of its own sheet. */
enum chart_kind { CHART_COLUMNS, CHART_BARS };
struct chart {
    uint8_t kind;                /* enum chart_kind */
    uint32_t row; uint16_t col;  /* its upper left corner */
    uint16_t width, height;      /* pixels */
    const char *title;
    struct area names;           /* of what is compared */
    struct series { const char *name; struct area values; } series[2];
    size_t nseries;
};

/* Rows that never are in memory together: asked for one after another, and twice, for the stamp and for the file. */
struct row {
    struct cell *cells; size_t ncells;      /* by column; their `row` is not looked at; a text "" is a styled empty cell */
    struct link *links; size_t nlinks;      /* likewise */
    double height;                          /* points; 0: the program's own */
};
struct row_source {
    bool (*begin)(void *context);                       /* the next one is the first */
    bool (*next)(void *context, struct row *row);       /* ncells 0: there is no more. Both are false when it cannot be read */
    void *context;
};

struct page {                                                /* one per sheet of the book, same index */
    struct width { uint16_t col, col2; double width; bool grouped, collapsed; } *widths;    size_t nwidths, widths_cap;
    struct height { uint32_t row; double height; } *heights;            size_t nheights, heights_cap;
    struct blank { uint32_t row; uint16_t col, style; } *blanks;        size_t nblanks, blanks_cap;      /* styled cells without a value */
    struct note { uint32_t row; uint16_t col; const char *text; } *notes;   size_t nnotes, notes_cap;    /* comments */
    struct link { uint32_t row; uint16_t col; const char *target; } *links; size_t nlinks, links_cap;    /* "internal:'二、主动公开'!C5" */
    struct input_rule { struct area area; uint8_t input; const char *title, *prompt, *refusal; } *inputs; size_t ninputs, inputs_cap;
    struct condition { struct area area; const char *formula; uint16_t style; } *conditions; size_t nconditions, conditions_cap;
    struct chart *charts; size_t ncharts, charts_cap;
    const struct row_source *source; uint32_t source_row;    /* rows that follow the cells, from this row on; NULL: none */
    bool has_filter; struct area filter;                     /* the row of the buttons and what they filter; with a source to its last row */
    uint32_t *breaks; size_t nbreaks, breaks_cap;            /* rows that begin a page */
    uint16_t scale;              /* percent when printed; 0: as wide as the page */
    bool landscape, protect, show_zero_off;
    bool has_print_area; struct area print_area;
    uint32_t repeat_rows;        /* the first n rows on every page; 0: none */
    uint16_t repeat_cols;        /* likewise */
    uint32_t freeze_row; uint16_t freeze_col;
    const char *footer;          /* Excel footer code; NULL: none */
    uint32_t tab_color;          /* 0: none */
};

struct draft {
    struct book book;            /* cells with cell.format = style; CELL_NUMBER with formula != NULL is written as formula + cached value */
    struct style *styles;        size_t nstyles, styles_cap;      /* [0] is the default */
    struct page *pages;          size_t npages, pages_cap;
    struct name { const char *name, *formula; } *names; size_t nnames, names_cap;     /* of formulas, for all sheets */
    size_t active;               /* sheet shown first */
    const char *title, *author;  /* document properties; NULL: none */
};

/* Start a draft: an empty book and the default style. False: out of memory. */
bool draft_init(struct arena *arena, struct draft *draft);

/* A style equal to `style` (found or added); 0 when out of memory. */
uint16_t draft_style(struct draft *draft, const struct style *style);

/* A new sheet; its index, or SIZE_MAX when out of memory. The name must be legal for Excel (<= 31 characters, none of []:*?/\). */
size_t draft_sheet(struct draft *draft, const char *name, bool hidden);

/* Put one cell. Text "" or NULL puts a styled empty cell. Numbers: `formula` NULL for a plain number. False: out of memory.
 * A text is always written as text, also when it begins with '='. */
bool draft_text(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *text, uint16_t style);
bool draft_number(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, double number, const char *formula, uint16_t style);
/* A formula with a text result. */
bool draft_formula_text(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *formula, const char *result, uint16_t style);
/* Merge an area and put the text in it (every cell of it gets the style, so that borders show). */
bool draft_merge(struct draft *draft, size_t sheet, struct area area, const char *text, uint16_t style);

/* A width again replaces that of the same column. */
bool draft_width(struct draft *draft, size_t sheet, uint16_t col, uint16_t col2, double width);
/* Columns that are folded away under a [+]; widths that they have must have been set column by column. */
bool draft_group(struct draft *draft, size_t sheet, uint16_t col, uint16_t col2, double width);
bool draft_height(struct draft *draft, size_t sheet, uint32_t row, double height);
bool draft_note(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *text);
bool draft_link(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *target);
bool draft_input(struct draft *draft, size_t sheet, struct input_rule rule);
bool draft_condition(struct draft *draft, size_t sheet, struct condition condition);
bool draft_chart(struct draft *draft, size_t sheet, struct chart chart);
bool draft_break(struct draft *draft, size_t sheet, uint32_t row);

/* A name for a formula; its addresses without $ are relative to A1. */
bool draft_name(struct draft *draft, const char *name, const char *formula);

/* The draft as the bytes of an .xlsx file (in the arena). The same draft gives the same bytes. STATUS_OUTPUT when the library fails. */
enum status write_xlsx(struct arena *arena, struct draft *draft, unsigned char **bytes, size_t *n, struct fault *fault);

#endif
