/* SPDX-License-Identifier: MIT */
/* predecessors: reading last year's reports, before the run that compares with them. */
#ifndef NIANBAO_PREDECESSORS_H
#define NIANBAO_PREDECESSORS_H

#include "convert.h"
#include "previous.h"

/* Read all that the paths name (files, or folders that are walked) on all processors. `single`: one report alone is to be compared, so
 * that files, unlike folders, are its predecessors whatever unit they name. Memory: the arena. False: out of memory, or stopped by the
 * interrupt key. */
bool predecessors_read(struct arena *arena, const struct forms *forms, const char *const *paths, size_t n, bool single,
                       struct predecessors *out);

/* The first of them that cannot be read, where they were not named one by one; *n is how many. NULL: none. */
const struct predecessor *predecessors_unreadable(const struct predecessors *all, size_t *n);

#endif
