/* SPDX-License-Identifier: MIT */
/* grid: a workbook in memory as every reader gives it and every later step sees it: sheets of cells, sorted. Nothing here knows
 * where the bytes came from, or the law. All memory belongs to the arena the book was read into. Rows and columns count from 0. */
#ifndef NIANBAO_GRID_H
#define NIANBAO_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "status.h"

enum cell_kind {
    CELL_NUMBER,        /* number */
    CELL_TEXT,          /* text, never empty */
    CELL_BOOLEAN,       /* number is 0 or 1 */
    CELL_ERROR,         /* text is "#REF!" and the like */
    CELL_FORMULA        /* a formula saved without a value */
};

struct cell {
    uint32_t row;
    uint16_t col;
    uint8_t kind;               /* enum cell_kind */
    bool computed;              /* the value is a formula's cached result (always set for CELL_FORMULA) */
    uint16_t format;            /* index into book.formats; 0 = General */
    uint32_t order;             /* set by sheet_add_cell: which of two cells at one place came later */
    double number;
    const char *text;           /* UTF-8; NULL for numbers and booleans */
    const char *formula;        /* without the leading "="; NULL when it is no formula or the reader does not know it */
};

struct area { uint32_t row, row2; uint16_t col, col2; };   /* both ends inside */

struct sheet {
    const char *name;
    bool hidden;
    bool table;                 /* no sheet but a table of a document, named by its number: "表 3" */
    const uint32_t *starts;     /* of tables put together: where the rows of each begin, and UINT32_MAX; NULL: a single one */
    size_t first;               /* the index of the first of them */
    bool counted;               /* columns mean nothing but an order: text whose cells only blanks part, and empty ones leave no trace */
    struct cell *cells;         /* non-empty cells only, by row, then column, each place once */
    size_t ncells, cap;
    size_t passed;              /* cells that were read and checked, and not kept: no text that matters was near (sieve.h) */
    struct area *merges;        /* merged ranges, in the order of their look-up (grid.c) */
    size_t nmerges, merges_cap;
    size_t before;              /* of a document: how many paragraphs stand in front of it */
};

struct book {
    struct arena *arena;
    enum file_kind kind;
    struct sheet *sheets;       /* in the order of the tabs; chart and macro sheets are left out */
    size_t nsheets, cap;
    const char **formats;       /* number format codes; [0] is "General"; built-in ones other than General may be "" */
    size_t nformats, formats_cap;
    struct property { const char *name, *value; } *properties;   /* custom document properties (texts only) */
    size_t nproperties, properties_cap;
    bool date1904;
    const char **paragraphs;    /* the running text of a document, in order; none is empty */
    size_t nparagraphs, paragraphs_cap;
    bool revised;               /* tracked changes were read as accepted */
};

/* -- for readers -- */
struct sheet *book_add_sheet(struct book *book, const char *name, bool hidden);            /* NULL: out of memory */
struct sheet *book_add_table(struct book *book);                                           /* the next table of a document: "表 3" */
bool sheet_add_cell(struct arena *arena, struct sheet *sheet, const struct cell *cell);    /* any order; false: out of memory */
/* the same of a text: blanks around it are dropped; nothing is no cell */
bool sheet_add_text(struct arena *arena, struct sheet *sheet, uint32_t row, uint16_t col, const char *text);
bool sheet_add_merge(struct arena *arena, struct sheet *sheet, struct area area);
bool book_add_property(struct book *book, const char *name, const char *value);
bool book_add_paragraph(struct book *book, const char *text);                              /* blanks around it and empty ones are dropped */
/* sort; of two cells at one place the later stays, of two merges that overlap perhaps one */
void sheet_finish(struct sheet *sheet);

/* -- for everyone -- */
const struct cell *sheet_cell(const struct sheet *sheet, uint32_t row, uint16_t col);      /* NULL: empty */
const struct area *sheet_merge(const struct sheet *sheet, uint32_t row, uint16_t col);     /* the merged range that covers it, or NULL; after sheet_finish */
const struct sheet *book_sheet_named(const struct book *book, const char *name);           /* NULL: none */
size_t sheet_row(const struct sheet *sheet, uint32_t row);                                 /* index of the first cell in row `row` or later */
const char *book_property(const struct book *book, const char *name);                      /* NULL: none */

enum { A1_SIZE = 32 };
const char *a1(uint32_t row, uint16_t col, char out[A1_SIZE]);                             /* "J8"; returns out */
void area_widen(struct area *area, uint32_t row, uint16_t col);                             /* so far that it holds the cell */
const char *a1_area(struct area area, char out[A1_SIZE]);                                  /* "A3:D20"; one cell: "A3" */
char *a1_quoted(struct arena *arena, const char *sheet, const char *address);              /* "依申请公开!J8", "'a b'!A1" as Excel quotes; NULL: no memory */

/* A place as its kind of file names it: "J8" and "依申请公开!J8" in a workbook, "第 12 行第 4 列" and "表 3 第 12 行第 4 列" in a document,
 * always with the number where tables were put together. */
enum { ADDRESS_SIZE = 80 };
const char *sheet_address(const struct sheet *sheet, struct area area, char out[ADDRESS_SIZE]);
const char *sheet_cell_address(const struct sheet *sheet, uint32_t row, uint16_t col, char out[ADDRESS_SIZE]);
char *sheet_place(struct arena *arena, const struct sheet *sheet, const char *address);    /* NULL: no memory */

/* The shortest decimal that gives the same double ("0.1", "1e+300"); out[32]. */
const char *number_text(double number, char out[32]);

#endif
