/* SPDX-License-Identifier: MIT */
/* template: the sheets of the blank workbook, inside give_template. Every function is false when out of memory. */
#ifndef NIANBAO_TEMPLATE_H
#define NIANBAO_TEMPLATE_H

#include "decimal.h"
#include "paper.h"

#define TEMPLATE_FOOTER "&C第&P页 共&N页"

/* What a check cell says. */
#define CHECK_EVEN "平"
#define CHECK_UNEVEN "不平 差 "
#define CHECK_NO_NUMBER "有的不是数字"       /* nobody can tell: a text, an error, a date, more than six decimals */
#define CHECK_UNFILLED "还没填"              /* nobody has typed a number into the table */

/* The sheet 校验 has, from left to right: what people see, hidden columns that work, and hidden pictures of all tables: what each
 * of their cells counts as, and how many numbers people have put into it. */
enum { CHECKS_TABLE, CHECKS_PLACE, CHECKS_RULE, CHECKS_RESULT, CHECKS_LINK, CHECKS_SEEN, CHECKS_DIFFERENCE = CHECKS_SEEN, CHECKS_PICTURE };
enum { CHECKS_COUNT_ROW, CHECKS_HELP_ROW, CHECKS_HEAD_ROW, CHECKS_FIRST_ROW };

struct template {
    struct draft *draft;
    const struct form *form;
    const struct previous *previous;             /* last year's numbers; NULL: none */
    struct layouts layouts, counted, typed;      /* per table of the form: its sheet, its two pictures */
    struct check {
        const struct equation *equation;
        struct area place, first;    /* where its table says 平; the first of its own numbers there */
    } *checks;                       /* per equation of the form */
    size_t nchecks;
};

/* -- template_checks.c: beside the tables -- */

/* A check cell per equation of a table, and red numbers where it says 不平. */
bool template_put_checks(struct template *template, struct paper *paper, const struct layout *layout);

/* Green for 平, red for 不平, amber for what is no number; by the first cell of the area and on from there. */
bool template_colour(struct paper *paper, struct area area);

/* -- template_previous.c: last year's numbers -- */

/* What the form says a number is by last year's reports alone (上年结转), when any such number of the table is not 0. False: nothing; *out
 * is 0. */
bool template_known(const struct template *template, const struct layout *layout, size_t slot, struct decimal *out);

/* What a total shows before anybody has filled in anything. */
struct decimal template_total(const struct template *template, const struct layout *layout, size_t slot);

/* The first line of the prompt of a cell: "上年：12"; NULL: out of memory, "" when there is none. */
const char *template_reminder(const struct template *template, const struct layout *layout, size_t slot);

/* Last year's numbers beside the table, after its checks. */
bool template_put_previous(const struct template *template, struct paper *paper, const struct layout *layout);

/* -- template_summary.c: the sheet 校验 -- */

/* Its row for an equation, and the row of the cell (in CHECKS_PICTURE) that says how many numbers were typed into a table. */
uint32_t template_check_row(const struct template *template, const struct equation *equation);
uint32_t template_typed_row(const struct template *template, const struct layout *layout);

/* Lay out the tables, their pictures and the list of checks, before anything refers to them. */
bool template_lay_out(struct template *template);

/* The sheet, after those of the tables; none when the form has no equations. */
bool template_put_summary(struct template *template);

#endif
