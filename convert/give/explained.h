/* SPDX-License-Identifier: MIT */
/* explained: what a unit wrote into the 说明 column of 校验结果 before it converted the workbook again. */
#ifndef NIANBAO_EXPLAINED_H
#define NIANBAO_EXPLAINED_H

#include "report.h"

/* What names a finding from one conversion to the next: "carry-over@requests.carried_in.total"; its table or the rule alone when
 * it is about no single number. NULL: out of memory. */
const char *finding_id(struct arena *arena, const struct finding *finding);

/* The explanation beside that id in the book's sheet 校验结果; NULL when there is none. */
const char *explained_find(const struct book *book, const char *id);

/* What was explained and no longer comes up: the conversion itself has settled it (251000元 is 25.1 万元 now). It is carried on, for
 * whoever checks the report next. */
struct explanation { const char *id, *question, *text; };

/* False: out of memory. */
bool explanations_left(const struct report *report, struct explanation **left, size_t *n);

#endif
