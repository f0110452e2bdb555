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

/* Is the number of the cell %s a date, to CELL? It is "D1" to "D5" then. */
#define CHECK_DATE "COUNT(FIND(LEFT(CELL(\"format\",%s)&\"??\",2),\"D1D2D3D4D5\"))>0"

/* The sheet 校验 has, from left to right: what people see, hidden columns that work, and hidden pictures of all tables: what each
 * of their cells counts as, and from right to left the steps towards it (template_texts.c): what was typed, a text without its
 * peculiarities, the number in it with its sign, and what it is. */
enum picture { PICTURE_COUNTED, PICTURE_READ, PICTURE_NUMBER, PICTURE_FOLDED, PICTURE_TYPED, PICTURES };
enum { CHECKS_TABLE, CHECKS_PLACE, CHECKS_RULE, CHECKS_RESULT, CHECKS_LINK, CHECKS_SEEN, CHECKS_DIFFERENCE = CHECKS_SEEN, CHECKS_PICTURE };
enum { CHECKS_COUNT_ROW, CHECKS_HELP_ROW, CHECKS_HEAD_ROW, CHECKS_FIRST_ROW };

struct template {
    struct draft *draft;
    const struct form *form;
    const struct previous *previous;             /* last year's numbers; NULL: none */
    struct layouts layouts, pictures[PICTURES];  /* per table of the form: its sheet, its pictures */
    uint16_t cols;                               /* from one picture to the next */
    struct check {
        const struct equation *equation;
        struct area place, first;    /* where its table says 平; the first of its own numbers there */
    } *checks;                       /* per equation of the form */
    size_t nchecks;
};

/* -- template_checks.c: beside the tables -- */

/* A check cell per equation of a table, and red numbers where it says 不平. */
bool template_put_checks(struct template *template, struct paper *paper, const struct layout *layout);

/* -- template_previous.c: last year's numbers -- */

/* What the form says a number is by last year's reports alone (上年结转), when any such number of the table is not 0. False: nothing; *out
 * is 0. */
bool template_known(const struct template *template, const struct layout *layout, size_t slot, struct decimal *out);

/* What a total shows before anybody has filled in anything; false: nothing. */
bool template_total(const struct template *template, const struct layout *layout, size_t slot, struct decimal *out);

/* The first line of the prompt of a cell: "上年：12"; NULL: out of memory, "" when there is none. */
const char *template_reminder(const struct template *template, const struct layout *layout, size_t slot);

/* Last year's numbers beside the table, after its checks. */
bool template_put_previous(const struct template *template, struct paper *paper, const struct layout *layout);

/* -- template_summary.c: the sheet 校验 -- */

/* Its row for an equation, and the row of the cell (in CHECKS_PICTURE) that says how many numbers were typed into a table. */
uint32_t template_check_row(const struct template *template, const struct equation *equation);
uint32_t template_typed_row(const struct template *template, const struct layout *layout);

/* Green for 平, red for 不平, amber for what is no number; by the first cell of the area and on from there. */
bool template_colour(struct paper *paper, struct area area);

/* -- template_texts.c: texts as numbers -- */

/* The names that the steps use; a step is `cols` columns right of the next one. */
bool template_put_names(struct draft *draft, const struct form *form, uint16_t cols);

/* Lay out the tables, their pictures and the list of checks, before anything refers to them. */
bool template_lay_out(struct template *template);

/* The sheet, after those of the tables; none when the form has no equations. */
bool template_put_summary(struct template *template);

#endif
