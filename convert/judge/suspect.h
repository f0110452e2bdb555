/* SPDX-License-Identifier: MIT */
/* suspect: which cells are most likely wrong, when something does not add up. Nothing is changed: the register decides. */
#ifndef NIANBAO_SUSPECT_H
#define NIANBAO_SUSPECT_H

#include "report.h"

/* At most so many alternatives of a table are listed; struct suspect says how many there are. */
enum { SUSPECTS_LISTED = 5 };

/* Fill report->suspects from its values, anchors and arithmetic findings, table by table, the likeliest first. A table with findings
 * and no suspect: its equations cannot tell. False: out of memory. */
bool suspects_find(struct report *report);

/* Is it a relation that must hold and does not? Such findings are what suspects explain. */
bool suspects_explain(const struct finding *finding);

/* The likeliest suspect that would settle a finding of the report; NULL: none. */
const struct suspect *suspect_of(const struct report *report, const struct finding *finding);

/* Is the finding one of those that are shown with this lead of the report? */
bool lead_covers(const struct report *report, const struct finding *lead, const struct finding *finding);

#endif
