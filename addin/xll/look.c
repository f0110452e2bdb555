/* SPDX-License-Identifier: MIT */
/* Fills and notes by GET.CELL, PATTERNS, GET.NOTE and NOTE ("Excel 4.0 Macro Functions Reference"). */
#include "look.h"

/* -- fills -- */

bool
look_get_fill(struct excel *excel, struct xl *at, struct fill *fill)
{
    return excel_get_number(excel, XL_GET_CELL, CELL_PATTERN, at, &fill->pattern)
        && excel_get_number(excel, XL_GET_CELL, CELL_FORE, at, &fill->fore)
        && excel_get_number(excel, XL_GET_CELL, CELL_BACK, at, &fill->back);
}

/* The fourth argument: as Excel has meant it since version 5, where a solid fill shows its background. */
bool
look_set_fill(struct excel *excel, struct fill fill)
{
    struct xl pattern = xl_number(fill.pattern), fore = xl_number(fill.fore), back = xl_number(fill.back), new_way = xl_boolean(true);
    return excel_do(excel, XL_PATTERNS, 4, &pattern, &fore, &back, &new_way);
}

/* -- notes -- */

/* The units from `n` on, of which there are at most NOTE_CHUNK. False: Excel does not give them. */
static bool
note_part(struct excel *excel, struct xl *at, unsigned n, wchar_t *units, unsigned *got)
{
    struct xl start = xl_number(n + 1), most = xl_number(NOTE_CHUNK), part;
    bool read = excel_call(excel, XL_GET_NOTE, &part, 3, at, &start, &most) && xl_is(&part, XL_TEXT) && part.text[0] <= NOTE_CHUNK;
    *got = read ? part.text[0] : 0;
    if (read)
        wmemcpy(units, part.text + 1, *got);
    excel_free(excel, &part);
    return read;
}

/* What is said to be empty is asked for again: a note that is taken for nothing would be lost. */
const char *
look_get_note(struct excel *excel, struct arena *arena, struct xl *at)
{
    bool there;
    if (!excel_get_boolean(excel, XL_GET_CELL, CELL_HAS_NOTE, at, &there))
        return NULL;
    wchar_t *units = there ? arena_array(arena, XL_TEXT_MOST + 1, sizeof *units) : NULL;
    if (units == NULL)
        return there ? NULL : "";
    unsigned n = 0, got = NOTE_CHUNK;
    for (; got == NOTE_CHUNK && n + NOTE_CHUNK <= XL_TEXT_MOST; n += got)
        if (!note_part(excel, at, n, units + 1 + n, &got) || (got == 0 && !note_part(excel, at, n, units + 1 + n, &got)))
            return NULL;
    units[0] = (wchar_t)n;
    return xl_narrow(arena, &(struct xl){ .text = units, .type = XL_TEXT });
}

/* By pieces that never part a pair of surrogates. */
bool
look_set_note(struct excel *excel, struct xl *at, const struct xl *note)
{
    wchar_t piece[NOTE_CHUNK + 1];
    bool done = note != NULL;
    for (unsigned n = 0, length = done ? note->text[0] : 0; done && n < length; n += piece[0]) {
        unsigned most = length - n < NOTE_CHUNK ? length - n : NOTE_CHUNK;
        if (n + most < length && (note->text[n + most] & 0xFC00) == 0xD800)
            most--;
        piece[0] = (wchar_t)most;
        wmemcpy(piece + 1, note->text + 1 + n, most);
        struct xl text = { .text = piece, .type = XL_TEXT }, start = xl_number(n + 1);
        done = excel_do(excel, XL_NOTE, n > 0 ? 3 : 2, &text, at, &start);
    }
    return done;
}
