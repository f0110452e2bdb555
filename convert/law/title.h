/* SPDX-License-Identifier: MIT */
/* title: what one text of a cover says: is it a title, of which year, and what does it leave for the unit? Which words make a title is
 * the form's (`cover` of its definition). Pure functions on strings; all but year_in take squeezed ones. */
#ifndef NIANBAO_TITLE_H
#define NIANBAO_TITLE_H

#include "form.h"

enum { TITLE_BYTES = 600, UNIT_BYTES = 150 };   /* a longer title is prose, a longer name no name */

/* The text full-width folded, without spaces; where `gaps` a run of them is one space. `out` has room for TITLE_BYTES and a NUL. False:
 * too long for a title. */
bool title_squeeze(const char *s, bool gaps, char *out);

/* The report year a title names ("2020年", "二〇二〇年度", "２０２０ 年"); 0: none. A date ("2021年1月20日") is no report year. */
int year_in(const char *text);

/* The same of a squeezed text; where `bare`, "2020" alone is one too. */
int title_year(const char *s, bool bare);

/* The same, taken out of the text. */
int title_cut_year(char *s, bool bare);

/* The year whose four digits, ASCII or Chinese, the text begins with; *length: their bytes. 0: none, or no year of a report. */
int title_digits(const char *s, size_t *length);

/* The title word in the text ("政府信息公开工作年度报告"), the longest first, and its bytes; NULL: it is no title. */
const char *title_word(const struct form *form, const char *s, size_t *length);

/* Is it a title? A sentence that mentions a report (“应等于上一年度报告中…”) is none: no stop in it, and little behind the title words. */
bool title_is(const struct form *form, const char *s);

/* "2023年度" and nothing else. */
bool title_is_year(const char *s);

/* A heading of last year's numbers: “附：上年度报表”. */
bool title_is_last_year(const char *s);

/* Is there a stop in it, or another mark of a sentence? */
bool title_has_stop(const char *s);

/* Cut a title down to its unit ("" when it names none); returns its year, 0 when it has none. */
int title_split(const struct form *form, char *s);

/* Does the text (with gaps) begin with one of the labels, alone or before a colon, “（盖章）” between allowed? Then *value is what the
 * label is given, without gaps, up to the next label on the line. */
bool title_labelled(const char *s, const char **labels, size_t n, char *value);

/* Trim what may be a unit's name, and say whether it is one: two ideographs at least, no label, no person's, no unit of measure. */
bool title_is_unit(const struct form *form, char *s);

#endif
