/* SPDX-License-Identifier: MIT */
/* lines: what the texts for people (summary and terminal) share: one-line strings, columns, places, and the order of findings. */
#ifndef NIANBAO_LINES_H
#define NIANBAO_LINES_H

#include "report.h"
#include "text.h"

/* s on one line: control characters become spaces. NULL, what an allocation gave, makes the text fail. */
void line_put(struct text *out, const char *s);

/* s with \t \n \r \\ escaped: a field of a line whose fields are parted by tabs. */
void line_field(struct text *out, const char *s);

/* A finding of the report as the note on a cell: severity, message, what to do, which cell to look at first, and what the unit said of it. */
void line_note(struct text *out, const struct report *report, const struct finding *finding);

/* s in `width` columns, or more when it is longer. */
void line_left(struct text *out, const char *s, size_t width);
void line_right(struct text *out, const char *s, size_t width);

/* The places of a finding: "三、依申请公开!C5:H7、C9、'甲 乙'!B2"; neighbours are one range. At most `most` ranges (0: all), then the number
 * of cells. Nothing when the finding has no place. */
void line_places(struct text *out, const struct finding *finding, size_t most, enum language language);

/* The i-th finding, most serious first, else in the report's order; false: out of memory. */
bool findings_sorted(struct arena *arena, const struct report *report, const struct finding ***sorted);

/* "2021年格式" of a form named by its year, "“example”格式" of another. */
void line_form_id(struct text *out, const struct form *form);

/* "2021年格式（国办公开办函〔2021〕30号）". */
void line_form(struct text *out, const struct form *form, enum language language);

#endif
