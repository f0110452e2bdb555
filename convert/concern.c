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
    const struct form *form = concern->hints->form;
    char squeezed[TITLE_BYTES + 1];
    struct hint hint;
    size_t length;
    if (strlen(text) > TITLE_BYTES || !hint_of(concern->hints, text, &hint))
        return false;
    if (hint.label && hint_labelled(form, text))
        return true;
    return (hint.title || hint.year) && title_squeeze(text, false, squeezed)
        && ((hint.title && title_word(form, squeezed, &length) != NULL) || title_is_year(squeezed));
}

static bool
is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

static bool
matters(void *context, const char *text)
{
    struct concern *concern = context;
    struct likes likes = { NULL, 0 };
    bool foreign = dictionary_is_foreign(concern->dictionary, text);
    if (foreign && !concern->hints->ascii && is_ascii(text))
        return false;                               /* a code, a number: most texts of a sheet of something else */
    bool dated = !foreign || strstr(text, "年") != NULL;
    if (narrative_is_prose(text) || (dated && tells(concern, text)))
        return true;
    if (!foreign && strlen(text) <= LIMIT_LABEL_TEXT && !dictionary_match(concern->dictionary, concern->arena, text, &likes))
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
