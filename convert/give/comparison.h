/* SPDX-License-Identifier: MIT */
/* comparison: this year's numbers beside last year's: the lines, and the sheet 与上年对比 that shows them. */
#ifndef NIANBAO_COMPARISON_H
#define NIANBAO_COMPARISON_H

#include "decimal.h"
#include "paper.h"
#include "report.h"
#include "text.h"

struct comparison_line {
    const char *table, *row, *column;
    const struct slot *slot;         /* the (first) number that it is about */
    const struct value *value;       /* that number this year; NULL: a sum of several, or none */
    bool part;                       /* a total of the same row counts it too */
    bool has_now, has_last;
    struct decimal now, last;
    const char *formula;             /* what gives `now` on the sheet; NULL: it is a plain number */
};

struct comparison {
    int year;                        /* 0: unknown */
    const char *remark;              /* under the title */
    struct comparison_line *lines; size_t n;
};

/* "（三）不予公开·1.属于国家秘密": a row with its group, where groups lie in groups. */
void row_words(struct text *out, const struct node *row);

/* The words of a line about a slot. False: out of memory. */
bool comparison_name(struct arena *arena, struct comparison_line *line, const struct slot *slot);

/* A report and what it is compared with: a line per number of its tables, and where last year's form counted several as one, a line for
 * their sum. False: out of memory. */
bool comparison_make(struct arena *arena, const struct report *report, struct comparison *out);

/* The change in percent with one decimal, "12.5%", "-3.0%"; "—" where last year's number is 0. Returns out. */
enum { PERCENT_TEXT = 40 };
const char *comparison_percent(struct decimal now, struct decimal last, char out[PERCENT_TEXT]);

/* The sheet. `paper` is for what else the caller does with it. False: out of memory. */
bool comparison_sheet(struct arena *arena, struct draft *draft, const struct comparison *comparison, const char *footer, struct paper *paper);

/* For the summary: the lines that say something, and the largest movements in a sentence. */
void comparison_text(struct text *out, const struct comparison *comparison);

#endif
