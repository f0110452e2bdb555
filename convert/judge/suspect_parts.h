/* SPDX-License-Identifier: MIT */
/* suspect_parts: what the files of suspect share: equations over typed numbers, the search for cells that do not fit, and what a slip of
 * the pen costs. */
#ifndef NIANBAO_SUSPECT_PARTS_H
#define NIANBAO_SUSPECT_PARTS_H

#include "report.h"

/* An equation that must hold, over the cells that people typed. */
struct condition {
    size_t section;              /* of its table */
    int32_t *of;                 /* per cell of the system; all 0 for the sum that gives a total */
    int64_t residual;            /* left - right, micros */
    size_t component;            /* the least number of a condition that shares cells with it, if only by way of others */
};

struct system {
    struct report *report;
    const struct value **cells; size_t ncells;   /* every value of the report, by section and slot */
    const struct equation **source;              /* per cell: the sum it stands for; NULL: a number of its own */
    struct condition *conditions; size_t nconditions;
    size_t *first;               /* per section: its first cell */
    size_t *group;               /* per section: the least section that equations tie it to */
    long work;                   /* that searches may still do */
};

/* The equations of a report that can be judged, and what hangs together. False: out of memory. */
bool system_make(struct system *system, struct report *report);

/* How often a cell is in a total that stands for its terms; of a number of its own: once in itself. */
int32_t system_share(const struct system *system, size_t total, size_t cell);

/* At most so many cells at once. The cells of one table are tied by some forty equations; more wrong cells than this are no slips. */
enum { CHANGES_MOST = 6 };

/* Coefficients that one search, and all of a report, may touch before they say that they cannot tell: some 10 and 20 ms at worst. Three
 * wrong cells whose totals are given take a fiftieth of it. To look at a set that solves all equations costs as much as SET_WORK. */
enum { SEARCH_WORK = 8000000, REPORT_WORK = 2 * SEARCH_WORK, SET_WORK = 1000 };

/* One cell's change, in millionths. */
struct change { size_t cell; int64_t by; };

/* Equations over the changes: Σ of[cell] · by + residual = 0. `take` is shown every smallest set of changes that solves them all, cells
 * ascending, and says whether it is allowed. */
struct puzzle {
    struct puzzle_row { int32_t *of; int64_t residual; } *rows;
    size_t nrows, ncells;
    long work;                   /* that may be done; afterwards what is left of it */
    bool (*take)(void *context, const struct change *changes, size_t n);
    void *context;
};

enum puzzle_end {
    PUZZLE_SOLVED,               /* `take` was shown all sets of the smallest size of which it allowed any */
    PUZZLE_OPEN,                 /* no set of CHANGES_MOST cells, or too much work: nobody can tell */
    PUZZLE_MEMORY
};
enum puzzle_end puzzle_solve(struct arena *arena, struct puzzle *puzzle);

/* How unlikely it is that these cells, and no others, were written as they are when the numbers meant were `to`: −10·log2 of a
 * probability, up to a constant. */
int slips_cost(const struct remedy *changes, size_t n);

#endif
