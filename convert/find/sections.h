/* SPDX-License-Identifier: MIT */
/* sections: the tables that a report consists of, with their values. */
#ifndef NIANBAO_SECTIONS_H
#define NIANBAO_SECTIONS_H

#include "years.h"

/* Make the report's sections: a table each of its form, there or not, and those of its year that only the other form has; and its
 * `ignored` ones. Its year and form are set. False: out of memory. */
bool sections_make(struct report *report, const struct forms *forms, const struct candidates *all);

#endif
