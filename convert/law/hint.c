/* SPDX-License-Identifier: MIT */
/* hint: see hint.h. */
#include "hint.h"

#include <string.h>

#include "text.h"
#include "title.h"

/* The characters of a text, each as one of 64 bits, full-width folded, without spaces. A word whose bits are not all there is not in it. */
static uint64_t
characters(const char *s)
{
    uint64_t set = 0;
    for (size_t left = strlen(s), used; left > 0; s += used, left -= used) {
        uint32_t cp = utf8_decode(s, left, &used);
        cp = cp < 0xFF00 ? cp : fold_width(cp);
        if (cp > ' ')
            set |= UINT64_C(1) << (cp * UINT32_C(2654435761) >> 26);
    }
    return set;
}

static bool
has_one(uint64_t set, const uint64_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((set & words[i]) == words[i])
            return true;
    return false;
}

/* May it hold a report year, or speak of the year before (title.h)? Most texts with 年 are labels that do neither. */
static bool
has_year(const char *text)
{
    static const char *const marks[] = { "2", "二", "２", "上", "去" };
    bool yes = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !yes; i++)
        yes = strstr(text, marks[i]) != NULL;
    return yes && strstr(text, "年") != NULL;
}

static bool
is_ascii(const char *s)
{
    size_t used;
    while (*s != '\0' && fold_width(utf8_decode(s, strlen(s), &used)) < 0x80)
        s += used;
    return *s == '\0';
}

static const uint64_t *
sets_of(struct arena *arena, const char **words, size_t n, bool *ascii)
{
    uint64_t *sets = arena_array(arena, n, sizeof *sets);
    for (size_t i = 0; sets != NULL && i < n; i++) {
        sets[i] = characters(words[i]);
        *ascii = *ascii || is_ascii(words[i]);
    }
    return sets;
}

enum hint_kind { HINT_LABEL = 1, HINT_TITLE = 2, HINT_YEAR = 4 };

/* What a text may hold, by its characters. */
static unsigned
kinds_of(const struct hint_words *words, const char *text)
{
    const struct form *form = words->form;
    uint64_t set = characters(text);
    bool label = has_one(set, words->units, form->nunit_labels) || has_one(set, words->years, form->nyear_labels);
    bool title = has_one(set, words->titles, form->ntitle_words);
    bool year = (set & words->nian) != 0 && has_year(text);
    return (label ? HINT_LABEL : 0u) | (title ? HINT_TITLE : 0u) | (year ? HINT_YEAR : 0u);
}

bool
hint_labelled(const struct form *form, const char *text)
{
    char s[TITLE_BYTES + 1], value[TITLE_BYTES + 1];
    if (!title_squeeze(text, true, s))
        return false;
    for (const char *at = s;; at++) {
        if (title_labelled(at, form->unit_labels, form->nunit_labels, value) || title_labelled(at, form->year_labels, form->nyear_labels, value))
            return true;
        at = strchr(at, ' ');
        if (at == NULL)
            return false;
    }
}

/* The same of a label of the forms, which is looked at more closely, because it is met again and again. */
static unsigned
kinds_of_known(const struct hint_words *words, const char *text)
{
    unsigned kinds = kinds_of(words, text);
    return kinds & HINT_LABEL && !hint_labelled(words->form, text) ? kinds - HINT_LABEL : kinds;
}

bool
hint_words_new(struct hint_words *words, struct arena *arena, const struct form *form, const struct dictionary *dictionary)
{
    size_t n = dictionary_texts(dictionary);
    unsigned char *labels = arena_array(arena, n, 1);
    *words = (struct hint_words){ .form = form, .dictionary = dictionary, .labels = labels, .nian = characters("年") };
    words->units = sets_of(arena, form->unit_labels, form->nunit_labels, &words->ascii);
    words->years = sets_of(arena, form->year_labels, form->nyear_labels, &words->ascii);
    words->titles = sets_of(arena, form->title_words, form->ntitle_words, &words->ascii);
    if (!words->units || !words->years || !words->titles || !labels)
        return false;
    for (size_t i = 0; i < n; i++)
        labels[i] = (unsigned char)kinds_of_known(words, dictionary_text(dictionary, i));
    return true;
}

bool
hint_of(const struct hint_words *words, const char *text, struct hint *hint)
{
    size_t label;
    unsigned kinds = dictionary_find(words->dictionary, text, &label) ? words->labels[label] : kinds_of(words, text);
    hint->label = (kinds & HINT_LABEL) != 0;
    hint->title = (kinds & HINT_TITLE) != 0;
    hint->year = (kinds & HINT_YEAR) != 0;
    return kinds != 0;
}

bool
hints_find(struct arena *arena, const struct hint_words *words, const struct book *book, struct hints *hints)
{
    *hints = (struct hints){ 0 };
    for (size_t i = 0; i < book->nsheets; i++) {
        struct hint hint = { .sheet = &book->sheets[i] };
        const char *last = NULL;                            /* a column of “/” is one text */
        bool any = false;
        for (size_t k = 0; k < hint.sheet->ncells; k++) {
            hint.cell = &hint.sheet->cells[k];
            if (hint.cell->kind != CELL_TEXT || strlen(hint.cell->text) > TITLE_BYTES)
                continue;
            if (hint.cell->text != last)
                any = hint_of(words, last = hint.cell->text, &hint);
            if (!any)
                continue;
            if (!arena_room(arena, &hints->at, hints->n, &hints->cap, sizeof *hints->at))
                return false;
            hints->at[hints->n++] = hint;
        }
    }
    return true;
}
