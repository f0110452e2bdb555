/* SPDX-License-Identifier: MIT */
/* html_parts: what the readers of web pages share: a page being read, its tables and its running text. Internal to read_html.c,
 * html_table.c and read_mht.c. */
#ifndef NIANBAO_HTML_PARTS_H
#define NIANBAO_HTML_PARTS_H

#include "grid.h"
#include "text.h"

/* Text as a browser shows it: runs of blanks are one, none at the ends of a line. */
struct lines { struct text text; char gap; };           /* gap: ' ', '\\n' or LINK_END that goes in front of what follows; 0: none */
enum { LINK_END = '\r' };                               /* ends a line of a cell that is nothing but links */

/* Rows that stay together: thead, tbody, tfoot, or rows between them. */
struct row_group { enum row_place { ROWS_HEAD, ROWS_BODY, ROWS_FOOT } place; uint32_t first, n; };

/* A table that is open. */
struct html_table {
    size_t sheet;                   /* index into book->sheets */
    size_t outer;                   /* page->cell before its own cells */
    uint32_t rows;                  /* begun so far */
    uint16_t col;                   /* of the next cell of the row that is open */
    bool row_open;
    uint32_t *taken;                /* per column: the first row that no cell above reaches into */
    size_t ntaken, taken_cap;
    struct row_group *groups;       /* the last one is open */
    size_t ngroups, groups_cap, group_merges;       /* group_merges: merged ranges before that one */
    struct area area;               /* of the cell that is open */
    struct lines lines;
    size_t said;                    /* bytes of it that were given to the running text already */
    bool spoken;                    /* its last line has text that is no link */
    bool layout;                    /* there is a table in it */
    bool exact;                     /* a spreadsheet program says that it is a number … */
    const char *number;             /* … and which; NULL: the one that it shows */
    const char *error;              /* "#REF!" and the like, as such a program says it */
};

struct page {
    struct arena *arena;
    struct book *book;
    struct fault *fault;
    size_t depth, hidden;           /* elements open; the depth of the one that nobody sees, 0: none */
    size_t bytes;                   /* of all pages read into the book */
    bool link;                      /* inside <a href> */
    bool workbook;                  /* written by a spreadsheet program: hidden rows are read, as in its other formats */
    bool kept;                      /* inside <pre> */
    struct lines prose;             /* the paragraph outside all cells */
    bool spoken;                    /* … has text that is no link */
    bool broken;                    /* … ends with a <br> */
    struct html_table *tables;      /* one inside the other */
    size_t ntables, tables_cap;
    size_t cell;                    /* 1 + index of the table whose cell takes the text; 0: none does */
    const char *frame;              /* where the first frame is */
};

/* -- read_html.c -- */

void lines_clear(struct lines *lines);
void cell_break(struct html_table *table);              /* a line of the open cell ends */

/* Read one page into the book; `label`: the encoding that was declared beside it, or NULL. */
enum status html_read_page(struct page *page, const unsigned char *bytes, size_t n, const char *label);

/* The book is whole: tables get their numbers. */
enum status html_finish(struct page *page);

/* -- html_table.c -- */

enum status html_table_open(struct page *page);
enum status html_table_close(struct page *page);
enum status html_group(struct page *page, enum row_place place);
enum status html_group_end(struct page *page);
enum status html_row(struct page *page);
enum status html_row_end(struct page *page);
enum status html_cell(struct page *page, uint32_t rows, uint32_t cols);
enum status html_cell_end(struct page *page);

#endif
