/* SPDX-License-Identifier: MIT */
/* rollup_choose: what its parts share. Every function is false (or NULL) when out of memory, or when the spool cannot be read. */
#ifndef NIANBAO_ROLLUP_CHOOSE_H
#define NIANBAO_ROLLUP_CHOOSE_H

#include "rollup.h"

/* Roll-ups among the inputs: nothing is counted twice (rollup_parts.c). */
bool choose_parts(struct rollup *rollup);

/* The report of the whole area among the inputs, which is compared and not added (rollup_parent.c). */
bool choose_parent(struct rollup *rollup);

/* -- rollup_entry.c -- */

/* An entry that counted does so no longer; `with` counts instead (SIZE_MAX: none). */
void entry_set_aside(struct entry *entry, enum fate fate, size_t with);

/* Those that still count, to be sorted. */
struct entry **entries_counting(const struct rollup *rollup, size_t *n);

#endif
