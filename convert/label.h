/* SPDX-License-Identifier: MIT */
/* label: is this text in a cell that label of the form? People break lines, put spaces between characters, lose quotes and brackets,
 * renumber, shorten, mistype and append explanations; the law's characters stay recognisable. */
#ifndef NIANBAO_LABEL_H
#define NIANBAO_LABEL_H

#include "form.h"

enum { LABEL_CHARACTERS = 64 };          /* the longest legal label has 40; what follows in a cell is explanation */

/* A text reduced to what identifies it: letters, digits and ideographs, full-width folded, its number ("（三）", "1.") apart. */
struct label_key {
    uint32_t cp[LABEL_CHARACTERS];
    unsigned n;                          /* characters */
    unsigned head;                       /* characters before the first bracket (all, when there is none) */
    int ordinal;                         /* the number in front: 3 for "（三）" and "3."; 0: none */
    uint64_t mask;                       /* which characters occur, hashed to 64: a cheap "cannot be alike" */
};

void label_key(const char *text, struct label_key *key);

/* How well a cell's text fits a printed label: 1 the same but for spaces, brackets and punctuation; above LABEL_ALIKE believable; 0 no. */
#define LABEL_ALIKE 0.6
double label_likeness(const struct label_key *printed, const struct label_key *written);

/* All distinct labels of some forms, each with its variants; a label's number is the same wherever it is printed. */
struct dictionary;
struct dictionary *dictionary_new(struct arena *arena, const struct forms *forms);       /* NULL: out of memory */
size_t dictionary_size(const struct dictionary *dictionary);
size_t dictionary_find(const struct dictionary *dictionary, const struct label *label);  /* its number */

/* The likeness of a text to every label of the dictionary, into likeness[dictionary_size]; false when it is like none. */
bool dictionary_match(const struct dictionary *dictionary, const char *text, float *likeness);

#endif
