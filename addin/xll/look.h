/* SPDX-License-Identifier: MIT */
/* look: the fill and the note of a cell. Fills are numbers of the palette of 56 colours, 0: automatic; one that is not of the palette
 * is read as the nearest. Notes have at most XL_TEXT_MOST units. */
#ifndef NIANBAO_LOOK_H
#define NIANBAO_LOOK_H

#include "call.h"

struct fill { double pattern, fore, back; };

bool look_get_fill(struct excel *excel, struct xl *at, struct fill *fill);
bool look_set_fill(struct excel *excel, struct fill fill);       /* of what is selected */

/* "" when there is none; NULL: out of memory, or Excel does not give it. */
const char *look_get_note(struct excel *excel, struct arena *arena, struct xl *at);

/* In place of the one that is there. NULL, what an allocation gave, sets nothing. */
bool look_set_note(struct excel *excel, struct xl *at, const struct xl *note);

#endif
