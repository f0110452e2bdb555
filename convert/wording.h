/* SPDX-License-Identifier: MIT */
/* wording: how a rule (rules.h) is put into words for a finding, and what is said of a file that cannot be read. Every other sentence for
 * people that is not in a form definition stands here, too. */
#ifndef NIANBAO_WORDING_H
#define NIANBAO_WORDING_H

#include "report.h"
#include "rules.h"
#include "text.h"

/* A wording in the language; zh when there is no en. */
const char *wording_text(struct wording wording, enum language language);

/* The placeholders of a message: `{name}` is replaced by the value of that name; unknown ones stay. */
struct slot_text { const char *name, *value; };
char *wording_fill(struct arena *arena, const char *pattern, const struct slot_text *slots, size_t n);   /* NULL: out of memory */

/* The placeholder {right} of a finding by last year's numbers: what its number should be, as it works out. NULL: out of memory. */
char *tie_words(const struct report *report, const struct finding *finding);

/* The sentence for an amount that is many times last year's. NULL: out of memory. */
char *leap_words(const struct report *report, const struct finding *finding);

/* What is said of what a report is compared with: "上一年度报告“…”是 2021 年度的…"; its file named as given. NULL: out of memory. */
struct remark;
char *remark_sentence(const struct report *report, const struct remark *remark, enum language language);

/* Put every finding of the report into words: message, hint, basis, cells, path. False: out of memory. */
bool wording_findings(struct report *report);

/* Put every table's suspects into words: report->leads. False: out of memory. */
bool wording_leads(struct report *report);

/* For the unit, from whoever checks its report: the cells that a finding is most likely due to, or all that it may be due to; never a
 * number. Nothing when another finding of the same cause comes first, or nobody can tell. Always Chinese. */
void wording_lead_cells(struct text *out, const struct report *report, const struct finding *finding);

/* The same as a line of its own, for the note on a cell of every finding of the cause, when one suspect is far likelier than all others. */
void wording_lead_note(struct text *out, const struct report *report, const struct finding *finding);

/* The note on a cell that is among the suspects; nothing on any other. Always Chinese. */
void wording_suspect_note(struct text *out, const struct report *report, const struct value *value);

/* A row's or column's name in a message: with the groups that its key names, so that 总计 says whose. */
void wording_name(struct text *out, const struct node *node);

/* 必须改 / 请核实 / 提示; error / warning / note. */
const char *severity_word(enum severity severity, enum language language);
const char *lead_word(enum language language);                /* 先查; look here first */
const char *severity_code(enum severity severity);            /* "error": JSON */
const char *origin_code(enum origin origin);                  /* "given" */
const char *verdict_code(enum verdict verdict);               /* "pass" */

/* One line for an unreadable file: what it is and what to do. */
char *fault_sentence(struct arena *arena, const char *file, const struct fault *fault, enum language language);

/* The same without the name of the file, for when there is no memory left. */
const char *fault_plain(enum status status, enum language language);

/* One line for an output that could not be made. */
char *output_sentence(struct arena *arena, const char *path, const struct fault *fault, enum language language);

/* Why a file in the place of an output was not replaced: it is an input (or another output) of the run, it is not as we wrote it, or a
 * program has it open. */
enum obstacle { OBSTACLE_NONE, OBSTACLE_KEPT, OBSTACLE_CHANGED, OBSTACLE_HELD };

/* The sentence for it: {what} was in the way of {why}, whose name has a number. */
struct wording obstacle_wording(enum obstacle obstacle);

/* Why a failing workbook was not given back with marks; "" when it was, or could not have been. */
const char *unmarked_sentence(enum unmarked unmarked, enum language language);

/* The last line of a result: verdict, unit, year, counts. */
char *verdict_sentence(const struct report *report);

#endif
