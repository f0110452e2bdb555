/* SPDX-License-Identifier: MIT */
/* familiar: sheets whose tables have been found before. Offices fill in one blank, so that sheet after sheet of a batch differs in its
 * numbers and names, and in nothing else; where its tables lie need not be worked out again. What locate looks at is written down as
 * an image, and only of an equal image anything is taken over: the result is what locate would have found. */
#ifndef NIANBAO_FAMILIAR_H
#define NIANBAO_FAMILIAR_H

#include "locate_parts.h"

/* A sheet of struct familiar (locate.h); it never changes. */
struct familiar_sheet;

/* All that the tables found on a sheet depend on, but the forms and, where sight.by_numbers says so, the numbers in its cells. */
struct image { const uint32_t *at; size_t n; };         /* n 0: the sheet is too large to be familiar */
bool image_of(const struct sight *sight, struct image *image);      /* in the arena of the sight; false: out of memory */

/* The tables of a sheet that no other table of it beats; `tried`: how many were laid for them. */
struct tables { struct placement **at; size_t n, tried; };

/* The sheet of this image; NULL: it is not familiar. */
const struct familiar_sheet *familiar_find(const struct familiar *familiar, const struct image *image);

/* Its tables, as those of `sight`. False: out of memory. */
bool familiar_take(const struct familiar_sheet *sheet, const struct sight *sight, struct tables *tables);

/* From now on it is familiar where these tables were found, unless the image does not tell all of them. */
void familiar_keep(struct familiar *familiar, const struct image *image, const struct sight *sight, const struct tables *tables);

#endif
