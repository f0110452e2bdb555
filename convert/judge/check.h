/* SPDX-License-Identifier: MIT */
/* check: what is wrong or worth knowing in the values of a report. Judges; puts nothing into words. */
#ifndef NIANBAO_CHECK_H
#define NIANBAO_CHECK_H

#include "report.h"

/* A new finding of the report; NULL: out of memory. */
struct finding *finding_add(struct report *report, const char *rule, enum severity severity, const struct section *section);

/* One more value that the finding is about. False: out of memory. */
bool finding_add_value(struct report *report, struct finding *finding, const struct value *value);

/* Compute the blank totals of all sections: each by the first sum that gives it, once its terms are numbers. */
void fill_totals(const struct report *report);

/* Does the table have totals? */
bool table_has_sums(const struct table *table);

/* All findings of the report, in the order of the form and then of the file, without their sentences. False: out of memory. */
bool check(struct report *report, const struct forms *forms);

/* Both sides of an equation. False: a term has no number. */
bool equation_sides(const struct report *report, const struct equation *equation, struct decimal *left, struct decimal *right);

/* The value of a slot of the equation's form (its own table's section, or another table's). NULL: that table is not there. */
const struct value *equation_value(const struct report *report, const struct equation *equation, size_t slot);

#endif
