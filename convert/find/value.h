/* SPDX-License-Identifier: MIT */
/* value: a cell as a number of the form. Nothing is converted in silence: how it was written stays in value->writing. */
#ifndef NIANBAO_VALUE_H
#define NIANBAO_VALUE_H

#include "report.h"

/* What our own workbooks write where there is no number, so that reading them again says the same. */
#define MARK_MISSING "【缺】"
#define MARK_NO_FORMULA_VALUE "【公式未计算】"

enum { VALUE_TEXT_MOST = 200 };      /* characters of a number cell; a longer one is a sentence */

/* How a cell shows its number: the code of its format (NULL: General), and whether that is of a date. Many cells have one look. */
struct look { const char *format; bool is_date; };
struct look value_look(const char *format);

/* Read the cell (NULL: empty) of value->sheet into value: origin, trouble, has, number, raw, writing. A unit in its format counts as
 * written. False: out of memory. */
bool value_read(struct arena *arena, const struct form *form, const struct cell *cell, const struct look *look, struct value *value);

#endif
