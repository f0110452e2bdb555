/* SPDX-License-Identifier: MIT */
/* locate_parts: what the files of locate share: a sheet as words, a block on it, the whole table. Memory belongs to the arena of the
 * sight. */
#ifndef NIANBAO_LOCATE_PARTS_H
#define NIANBAO_LOCATE_PARTS_H

#include "dictionary.h"
#include "label.h"
#include "locate.h"

/* -- a sheet as words (sight.c) -- */

/* A cell whose text is like some label of the forms. */
struct word { uint32_t row, row2; uint16_t col, col2; struct likes likes; };

/* What is known of the texts of a book; cells that share a string share its address. */
struct memory { struct known { const char *text; struct likes likes; } *known; size_t mask; };
bool memory_new(struct memory *memory, struct arena *arena, const struct book *book);

/* A sheet: its words by row and column; and, where it is no larger than a form, what stands at each place, so that nothing is
 * searched for: index + 1 of the cell and of the merged range. */
struct sight {
    struct arena *arena;
    const struct sheet *sheet;
    const struct dictionary *dictionary;
    struct word *words; size_t nwords, words_cap;
    struct heads { size_t *words, n, cap; } *heads;     /* per block of all forms: the words that are like one of its columns */
    struct spot { uint16_t cell, merge; } *spots;       /* row by row; NULL: the sheet is larger */
    struct begin { uint16_t cell, word; } *begins;      /* per row, where spots are: indexes of the first in it or later */
    uint32_t rows, cols;
    bool *by_numbers;                                   /* set when numbers themselves, and not only where they stand, have told something */
};

enum status sight_new(struct sight *sight, struct arena *arena, const struct sheet *sheet, const struct dictionary *dictionary,
                      struct memory *memory);           /* its words, where they begin, and nothing else */
bool sight_survey(struct sight *sight);                 /* all the rest, for laying tables; false: out of memory */
size_t sight_row(const struct sight *sight, uint32_t row);      /* index of the first word in row `row` or later */
size_t sight_row_cells(const struct sight *sight, uint32_t row);                            /* as sheet_row */
const struct cell *sight_cell(const struct sight *sight, uint32_t row, uint16_t col);       /* as sheet_cell */
const struct area *sight_merge(const struct sight *sight, uint32_t row, uint16_t col);      /* as sheet_merge */

/* Likeness to a label, 0 when below LABEL_ALIKE. */
static inline double
word_likeness(const struct word *word, const struct label *label)
{
    for (size_t i = 0; i < word->likes.n; i++)
        if (word->likes.at[i].label == label->number)
            return (double)word->likes.at[i].likeness >= LABEL_ALIKE ? (double)word->likes.at[i].likeness : 0;
    return 0;
}

/* Align `items` with `leaves`, both in order, for the greatest sum of score[item * leaves + leaf]; pairs that score 0 are never made.
 * of_leaf[leaf] = item or SIZE_MAX. False: out of memory. */
bool align(struct arena *arena, const double *score, size_t items, size_t leaves, size_t *of_leaf);

/* Does the cell hold a number, or what clerks write for one? */
bool numberlike(const struct cell *cell);

/* Surely this row: its label, or a variant of it with its number. */
#define SURE_ROW 0.93

/* -- one block on one sheet (locate_header.c, locate_rows.c) -- */

/* How a block lies on a sheet. */
struct fit {
    const struct block *block;
    uint32_t top, bottom;                /* header rows, the caption included in top */
    uint16_t first, last;                /* columns of the numbers */
    uint16_t label_from;                 /* its row labels stand in columns label_from .. first - 1 */
    struct span { bool found; uint16_t a, b; } *columns;    /* per column leaf */
    struct match { bool found; uint32_t row; uint16_t label; } *rows;    /* per row leaf; label: column of its text */
    double column_score, row_score;
    size_t columns_found, rows_found;
    bool shuffled;                       /* columns are not in the form's order */
    bool ragged;                         /* where the columns stand is not known, only that the numbers follow the labels in the form's order */
};

/* Places where the header of the block may be, by row. */
bool fit_headers(const struct sight *sight, const struct block *block, struct fit **fits, size_t *n);

/* Do labels of the block's rows stand below the header in columns from .. first - 1? */
bool fit_has_labels(const struct sight *sight, const struct fit *fit, uint16_t from);

/* Find the rows of a header's block in the rows above `end`. */
bool fit_rows(const struct sight *sight, struct fit *fit, uint32_t end);

/* The cell of each column in one row (UINT16_MAX: none), however its merges differ from the header's. */
void fit_cells(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols);

/* -- what is left over (locate_strays.c) -- */

/* A table over one stretch of a sheet. */
struct try {
    const struct table *table;
    struct fit **fits;           /* per block; NULL: not found */
};

/* Is the row one that some block of the table has found? */
bool try_claims(const struct try *try, uint32_t row);

/* Add the strays of a block to the placement. False: out of memory. */
bool locate_strays(const struct sight *sight, const struct try *try, const struct fit *fit, struct placement *placement);

/* -- a table of one row that was cut or turned (locate_turned.c) -- */

/* *out: where every number of it stands; NULL when it is not whole, or is there twice. False: out of memory. */
bool locate_turned(const struct sight *sight, const struct table *table, struct placement **out);

#endif
