/* SPDX-License-Identifier: MIT */
/* hint: which texts of a workbook deserve a closer look, when its unit and year are sought. Nearly all others are labels of the tables
 * and nothing else, so they are sorted out cheaply: by the characters they are made of, and
 * those labels beforehand. */
#ifndef NIANBAO_HINT_H
#define NIANBAO_HINT_H

#include "dictionary.h"
#include "grid.h"

/* The words of a form that make a hint, as what they are made of. Worked out once, and read only. */
struct hint_words {
    const struct form *form;
    const struct dictionary *dictionary;
    const unsigned char *labels;        /* what its texts hold: a set of enum hint_kind each */
    const uint64_t *units, *years, *titles;
    uint64_t nian;
    bool ascii;                 /* there is a word of ASCII alone */
};
/* False: out of memory. */
bool hint_words_new(struct hint_words *words, struct arena *arena, const struct form *form, const struct dictionary *dictionary);

/* What a text may hold; false: nothing. */
struct hint { const struct sheet *sheet; const struct cell *cell; bool label, title, year; };
bool hint_of(const struct hint_words *words, const char *text, struct hint *hint);

/* Does the text, or what follows a gap in it, begin with a label of the cover, alone or before a colon? The label of a hint, looked at closely. */
bool hint_labelled(const struct form *form, const char *text);

/* Texts that may hold a label of the cover, the words of a title, a year; sheet by sheet, in the order of the cells. */
struct hints {
    struct hint *at;
    size_t n, cap;
};

/* In the arena; sheets and cells stay the book's. False: out of memory. */
bool hints_find(struct arena *arena, const struct hint_words *words, const struct book *book, struct hints *hints);

#endif
