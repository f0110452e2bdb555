/* SPDX-License-Identifier: MIT */
/* give: what a report gives back. Each takes a finished report and changes nothing in it. */
#ifndef NIANBAO_GIVE_H
#define NIANBAO_GIVE_H

#include "report.h"
#include "text.h"

/* The cleaned workbook as .xlsx bytes, stamped. */
enum status give_workbook(const struct report *report, unsigned char **bytes, size_t *n, struct fault *fault);

/* The input itself, an .xlsx or .xlsm that failed, with marks on the cells that findings are about and the findings on a sheet behind its
 * own, stamped. `bytes` NULL: there is no such workbook to give back, for the reason returned. */
struct marked { unsigned char *bytes; size_t n; bool macros; };
enum unmarked give_marked(struct arena *arena, const struct report *report, struct marked *marked);

/* The blank workbook of a form, for clerks to fill in: 封面, the tables, 校验, 填报说明. With last year's reports (NULL: none) what they say
 * is filled in, and their numbers stand beside the tables. */
struct previous;
enum status give_template(struct arena *arena, const struct form *form, const struct previous *previous, unsigned char **bytes, size_t *n, struct fault *fault);

/* The plaintext summary, UTF-8 with LF; always Chinese. How it begins, so that it is not taken for a report. */
#define SUMMARY_FIRST "没有改动您的文件。"
void give_summary(const struct report *report, struct text *out);

/* One line of JSON with its newline. */
void give_json(const struct report *report, struct text *out);

/* The result of a readable file on the terminal: findings, outputs, and the verdict as last line. */
void give_terminal(const struct report *report, bool color, struct text *out);

/* The same in one line, for one of many: "【待改】a/年报.xlsx：必须改 3 项，请核实 1 项". */
void give_line(const struct report *report, bool color, struct text *out);

#endif
