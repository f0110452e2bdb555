/* SPDX-License-Identifier: MIT */
/* desk: the workbook that lies open, with all that an add-in can see and change in it. Made from a file by the project's reader; fills
 * and notes, which the reader does not know, are put there by the tests. Memory: the host's own. */
#ifndef XLLHOST_DESK_H
#define XLLHOST_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "grid.h"

enum held { HELD_NOTHING, HELD_NUMBER, HELD_TEXT, HELD_BOOLEAN, HELD_ERROR };

struct look { int pattern, fore, back; };        /* as PATTERNS takes them; 0: none, automatic */

struct place {
    uint32_t row;
    uint16_t col;
    enum held held;
    double number;               /* an error is its number of oper.h */
    wchar_t *text, *formula;     /* formula without "=", in A1 notation */
    wchar_t *note, *format;
    struct look look;
    bool uncalced;               /* a formula whose value is not known yet */
    bool entered;                /* a formula entered by the add-in */
};

struct page {
    wchar_t *name;
    unsigned id;
    bool hidden, locked, formats_allowed;        /* locked, but cells may be formatted */
    struct place *places;        /* by row, then column */
    size_t nplaces, cap;
    struct area *merges; size_t nmerges;
    struct area selected;
    struct { uint16_t col; bool hidden; } narrow[64]; size_t nnarrow;    /* columns of width 0 */
};

struct desk {
    wchar_t *book, *folder;      /* "年报.xlsx", "Z:\\tmp"; folder NULL: never saved */
    struct page *pages;
    size_t npages, active;
    unsigned next_id;
    bool date1904, structure_locked;
};

bool desk_open(struct desk *desk, const wchar_t *path);          /* false, said: cannot be read */
struct desk desk_copy(const struct desk *desk);
void desk_close(struct desk *desk);
bool desk_same(const struct desk *was, const struct desk *is);   /* values, formulas, formats, fills, notes, sheets; says the first difference */
bool desk_same_numbers(const struct desk *was, const struct desk *is);   /* values and formulas of the sheets that were there */

struct page *desk_page(struct desk *desk, const wchar_t *name);  /* NULL: none; case does not count */
struct page *desk_page_id(struct desk *desk, unsigned id);       /* 0: the active one */
struct page *desk_insert(struct desk *desk);                     /* a new sheet left of the active one, which it becomes */
void desk_remove(struct desk *desk, struct page *page);
void desk_recalc(struct desk *desk);                             /* formulas that were entered: SUM over numbers, HYPERLINK's text */

const struct place *page_look(const struct page *page, uint32_t row, uint16_t col);      /* NULL: nothing there */
struct place *page_place(struct page *page, uint32_t row, uint16_t col);                 /* made when missing */
void place_set(struct place *place, enum held held, double number, const wchar_t *text); /* a constant */
bool page_used(const struct page *page, struct area *used);      /* cells with contents; false: none */
struct area page_grown(const struct page *page, struct area area);       /* to whole merged ranges */

int error_number(const wchar_t *text);           /* "#REF!" → 23; -1: none */
const wchar_t *error_text(int number);

#endif
