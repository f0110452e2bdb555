/* SPDX-License-Identifier: MIT */
/* concern: what is like a label of some form, what may tell unit or year, and prose. A table reaches from its header down to its last
 * label, however far down the sheet it stands, and each of them matters by itself: so what no step from here on could ask for is all that
 * is let go. Of sheets of our own everything is kept. */
#include "concern.h"

#include <string.h>

#include "dictionary.h"
#include "limits.h"
#include "narrative.h"
#include "sheets.h"
#include "title.h"

enum {
    BEFORE = 16,            /* rows: a header has four, and a line or two above it */
    AFTER = 1024            /* rows: labels of one table are looked for as far as three times FORM_LEAVES and a few */
};

/* May it tell the unit or the year of a report or a table? Dates of a register do not. */
static bool
tells(const struct concern *concern, const char *text)
{
    char squeezed[TITLE_BYTES + 1];
    struct hint hint;
    if (strlen(text) > TITLE_BYTES || !hint_of(concern->hints, text, &hint))
        return false;
    return hint.label || hint.title || (title_squeeze(text, false, squeezed) && title_is_year(squeezed));
}

static bool
matters(void *context, const char *text)
{
    struct concern *concern = context;
    struct likes likes = { NULL, 0 };
    if (dictionary_is_foreign(concern->dictionary, text) && !concern->hints->ascii)
        return false;                               /* a code, a number: most texts of a sheet of something else */
    if (narrative_is_prose(text) || tells(concern, text))
        return true;
    if (strlen(text) <= LIMIT_LABEL_TEXT && !dictionary_match(concern->dictionary, concern->arena, text, &likes))
        return true;                                /* out of memory: the reader will find out */
    return likes.n > 0;
}

static bool
whole(void *context, const struct sheet *sheet)
{
    (void)context;
    return sheets_ours(sheet->name);
}

void
concern_new(struct concern *concern, struct arena *arena, const struct forms *forms)
{
    *concern = (struct concern){ .arena = arena, .dictionary = forms->dictionary, .hints = forms->hints };
    concern->interest = (struct interest){ .whole = whole, .matters = matters, .context = concern, .before = BEFORE, .after = AFTER,
                                           .seen = forms->seen };
}
