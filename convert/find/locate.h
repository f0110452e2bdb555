/* SPDX-License-Identifier: MIT */
/* locate: where are the tables? By their labels alone: header words first, then the rows below them, in the form's order; merges
 * help but are never needed. Every form the program knows is tried on every sheet; the one whose labels fit best names the table. */
#ifndef NIANBAO_LOCATE_H
#define NIANBAO_LOCATE_H

#include "report.h"

/* All tables of all forms found in the book, in the order of sheets and rows. Where two forms fit the same place equally well (table 四
 * is the same in both), both are given, one after the other. */
enum status locate(struct arena *arena, const struct book *book, const struct forms *forms, struct placement **placements[],
                   size_t *n);

/* Do the two claim the same place of one sheet? */
bool placements_overlap(const struct placement *a, const struct placement *b);

/* For the forms of somebody who reads many books: the first sheets on which tables are found are kept in mind (familiar.h). Threads may
 * share it. NULL: out of memory. */
struct familiar *familiar_new(struct arena *arena);

#endif
