/* SPDX-License-Identifier: MIT */
/* rollup_workbook: what the sheets of 汇总.xlsx share. Every function is false (or NULL) when out of memory, or when the spool cannot be
 * read. Lists of inputs come row by row from the spool, so that memory does not grow with their number. */
#ifndef NIANBAO_ROLLUP_WORKBOOK_H
#define NIANBAO_ROLLUP_WORKBOOK_H

#include "comparison.h"
#include "paper.h"
#include "rollup.h"
#include "sheets.h"
#include "text.h"

/* Looks of the lists. */
enum look { LOOK_PLAIN, LOOK_CELL, LOOK_CENTER, LOOK_LINK, LOOK_HASH, LOOK_RED, LOOK_RED_CENTER, LOOK_RED_LINK, LOOK_AMBER, LOOK_GREY, LOOKS };

struct rollup_book {
    struct arena *arena;             /* for all that the workbook needs */
    struct rollup *rollup;
    const char *path;                /* of the workbook, for links to the inputs */
    const char *details; char details_sha256[65];        /* the text file with the numbers of the units; NULL: they are on a sheet */
    struct report report;            /* the sum, judged */
    struct draft draft;
    const char *footer, *code;       /* 校验码 */
    const char *places;              /* where the sums stand (STAMP_PLACES) */
    uint16_t looks[LOOKS];           /* in the draft */
    /* what one look at every filing told */
    size_t *units, nunits;           /* entries that count, in the order of 分单位明细 */
    uint32_t *rows;                  /* per entry: its row there; 0: none */
    size_t *warnings;                /* per entry */
    bool *used;                      /* per slot: some unit has something other than 0 there */
    struct sum *written;             /* per slot: what the units wrote, added up; totals may be wrong */
    size_t ranked;                   /* the slot by whose size units are ranked; SIZE_MAX: none */
    struct rank { size_t entry; int64_t micros; } *largest; size_t nlargest;      /* descending */
    struct list *lists[8]; size_t nlists;        /* the sources of its sheets */
};

enum { LARGEST = 10 };

/* The sheets. */
bool rollup_totals(struct rollup_book *book);
bool rollup_details(struct rollup_book *book);
bool rollup_verdicts(struct rollup_book *book);
bool rollup_missing(struct rollup_book *book);       /* none without a list of bodies */
bool rollup_register(struct rollup_book *book);
bool rollup_charts(struct rollup_book *book);        /* none when the form has nothing to show */
bool rollup_compare(struct rollup_book *book);       /* none without last year */
bool rollup_values(struct rollup_book *book);        /* hidden */

/* 汇总.分单位明细.csv beside the workbook, when there are more units than the sheet takes; before the sheets, which name it. Nothing is
 * replaced but that of the roll-up before. */
enum status rollup_details_csv(struct rollup_book *book, struct fault *fault);

/* Slots that charts and ranks are about: of the first table whose columns and rows are both summed. */
struct highlights {
    const struct equation *outcomes;     /* the sum of all outcomes, in the column of totals */
    const struct equation *applicants;   /* the sum over the columns, in the first row that the table balances */
};
struct highlights rollup_highlights(const struct form *form);

/* -- words -- */

const char *verdict_word(enum verdict verdict);
const char *recognised_word(enum recognised how);

/* "表三 （三）不予公开·1.属于国家秘密·总计". */
void slot_words(struct text *out, const struct slot *slot);

/* A time here, as strftime says it; "" when it is unknown (0). */
const char *time_words(int64_t seconds, const char *format, char out[32]);

/* The decimal of a sum; "" of one that is too large. */
const char *sum_text(struct sum sum, char out[DECIMAL_TEXT]);

/* -- lists: a title, a remark, heads with a filter, and rows from a source -- */

struct column { const char *head; double width; };

struct list {
    struct row_source source;        /* context: the list */
    struct rollup_book *book;
    const struct column *columns; uint16_t ncolumns;
    struct arena *scratch;           /* for the filing at hand */
    const struct filing *filing;     /* NULL: none at hand */
    const size_t *order; size_t norder;      /* of its entries, when it has one */
    const struct item *items; size_t nitems; /* what else it lists */
    size_t entry, part, rows;        /* the next entry of the list, the next part of it; rows given */
    const uint16_t *styles;          /* of its numbers, when it has many */
    struct cell *cells; size_t ncells;
    struct link links[2]; size_t nlinks, links_left;
    double height;
    bool failed;                     /* out of memory in this row */
};

/* Rows of `cells` cells at most that `next` gives; what it holds is freed by lists_free. */
struct list *list_new(struct rollup_book *book, size_t cells, bool (*next)(void *list, struct row *row));

/* The sheet of a list. */
struct list *list_sheet(struct rollup_book *book, const char *name, const char *title, const char *remark, const struct column *columns,
                        uint16_t n, bool (*next)(void *list, struct row *row));

/* The filing of an entry, in the scratch of the list, which it empties. */
bool list_take(struct list *list, size_t entry);

/* A row: begun, its cells by column, its links, given. What is put must last until the next one is begun. */
void list_row(struct list *list);
void list_text(struct list *list, uint16_t col, const char *text, enum look look);
void list_number(struct list *list, uint16_t col, double number, uint16_t style);
void list_link_row(struct list *list, uint16_t col, const char *sheet, uint32_t row);
void list_link_file(struct list *list, uint16_t col, const char *path);
bool list_give(struct list *list, struct row *row);

/* No more rows. */
bool list_end(struct row *row);

void lists_free(struct rollup_book *book);

#endif
