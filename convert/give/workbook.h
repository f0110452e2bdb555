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
#define RESULTS_IN_PLACE "这是您自己的工作簿：只给有问题的格子加了底色和批注（红的必须改，黄的请核实），在最后加了这张表；数一个没动，空着的总计也没有代填。" \
    "改好后保存，再核对一次，底色、批注和这张表会自动换新。"

struct workbook {
    struct arena *arena;
    const struct report *report;
    struct draft draft;
    struct layouts layouts;          /* per section */
    uint32_t **rows;                 /* per section and stray: its row when it is a row that is there twice; 0: none */
    const char *footer, *code;       /* 校验码 */
    bool in_place;                   /* the tables are those of the input itself; no layouts */
};

/* The footer with the 校验码, and the hidden sheet with the values as they were read. */
bool footer_make(struct workbook *workbook);
bool values_write(struct workbook *workbook);

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
