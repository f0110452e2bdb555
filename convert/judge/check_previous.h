/* SPDX-License-Identifier: MIT */
/* check_previous: what last year's numbers say of this year's (`previous` in the form definitions). Judges; puts nothing into words. */
#ifndef NIANBAO_CHECK_PREVIOUS_H
#define NIANBAO_CHECK_PREVIOUS_H

#include "report.h"

/* Find last year's report, and add the findings and the anchors; nothing when `all` is NULL. False: out of memory. */
bool check_previous(struct report *report, const struct predecessors *all);

#endif
