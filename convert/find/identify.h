/* SPDX-License-Identifier: MIT */
/* identify: whose report is it, and of which year? From the cover's labels, the title, the sheet's name, at last the file's name. */
#ifndef NIANBAO_IDENTIFY_H
#define NIANBAO_IDENTIFY_H

#include "hint.h"
#include "report.h"

/* A text with a year in it, or (year 0) with “last year”; `of_report`: a title, or a year alone (else it may still be a table's title). In a
 * cell, or, without sheet and cell, in the running text: behind so many paragraphs. */
struct title { const struct sheet *sheet; const struct cell *cell; size_t paragraph; const char *text; int year; bool of_report; };

/* What the book and the name of its file say of unit and year: NULL and 0 when they say nothing. */
struct identity {
    const char *unit;
    int year, file_year;
    struct title *titles; size_t ntitles, titles_cap;    /* in order: those of sheets, those of the running text */
};

/* False: out of memory. */
bool identify(struct arena *arena, const struct hint_words *words, const struct book *book, const char *file, struct identity *identity);

/* The year of one table: of the nearest title above it, on its sheet or in the running text, else of the sheet's name; 0: unknown. */
int table_year(const struct identity *identity, const struct placement *placement);

/* The year of a table that is there again, below `first` (NULL: of the first one): the nearest heading between them says it (“附：2022年度报表”,
 * “上年度数据” below a table of `year`). 0: no heading does. */
int table_year_again(const struct identity *identity, const struct placement *first, const struct placement *placement, int year);

#endif
