/* SPDX-License-Identifier: MIT */
/* value: a cell as a number of the form. Nothing is converted in silence: how it was written stays in value->writing. */
#ifndef NIANBAO_VALUE_H
#define NIANBAO_VALUE_H

#include "report.h"

/* What our own workbooks write where there is no number, so that reading them again says the same. */
#define MARK_MISSING "【缺】"
#define MARK_NO_FORMULA_VALUE "【公式未计算】"

enum { VALUE_TEXT_MOST = 200 };      /* characters of a number cell; a longer one is a sentence */

/* Read the cell (NULL: empty) of value->sheet into value: origin, trouble, has, number, raw, writing. `format` is its number format code (may be
 * NULL); a unit in it counts as written. False: out of memory. */
bool value_read(struct arena *arena, const struct form *form, const struct cell *cell, const char *format, struct value *value);

#endif
