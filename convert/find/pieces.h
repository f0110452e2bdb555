/* SPDX-License-Identifier: MIT */
/* pieces: one statutory table is often several of a document: cut at the end of a page, or one for each article of the law. */
#ifndef NIANBAO_PIECES_H
#define NIANBAO_PIECES_H

#include "locate.h"

/* Join those tables of a document that make more of a statutory table together than alone: the first of them then holds the rows of all,
 * one below the other, as "表 3～6", and the others are empty. *joined: something has changed, and tables are to be located anew. */
enum status pieces_join(struct arena *arena, struct book *book, const struct forms *forms, struct placement *const *placements, size_t n,
                        bool *joined);

#endif
