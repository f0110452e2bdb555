/* SPDX-License-Identifier: MIT */
/* workbook: the sheets of the cleaned workbook, inside give_workbook. Every function is false when out of memory. */
#ifndef NIANBAO_WORKBOOK_H
#define NIANBAO_WORKBOOK_H

#include "paper.h"
#include "report.h"
#include "sheets.h"

#define CHECKS_LABEL "勾稽检查"              /* beside and below the tables of the template; there a rule may follow it */

/* Headings by which explained.c finds its way in 校验结果. */
#define RESULTS_MESSAGE "问题与建议"
#define RESULTS_EXPLAINED "说明"
#define RESULTS_ID "编号"

struct workbook {
    struct arena *arena;
    const struct report *report;
    struct draft draft;
    struct layouts layouts;          /* per section */
    uint32_t **rows;                 /* per section and stray: its row when it is a row that is there twice; 0: none */
    const char *footer, *code;       /* 校验码 */
};

/* 封面. `workbook` for the cleaned one, after its other sheets; the blank template's has neither numbers nor verdict. */
bool cover_write(struct workbook *workbook, struct paper *paper);
struct previous;
bool cover_template(struct paper *paper, const struct form *form, const struct previous *previous);       /* NULL: none */
bool cover_begin(struct paper *paper, struct draft *draft);

bool results_write(struct workbook *workbook);      /* 校验结果 */
bool compare_write(struct workbook *workbook);      /* 与上年对比; no sheet without last year */
bool cleaning_write(struct workbook *workbook);     /* 格式整理记录; no sheet when there is nothing to say */

/* Where a value stands in this workbook: false when its table has no sheet. */
bool workbook_place(const struct workbook *workbook, const struct value *value, const char **sheet, struct area *area);

/* "C5、C6 等 125 格". */
const char *places_in_words(struct arena *arena, const char *const *places, size_t n);

#endif
