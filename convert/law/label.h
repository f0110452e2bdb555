/* SPDX-License-Identifier: MIT */
/* label: is this text in a cell that label of the form? People break lines, put spaces between characters, lose quotes and brackets,
 * renumber, shorten, mistype and append explanations; the law's characters stay recognisable. */
#ifndef NIANBAO_LABEL_H
#define NIANBAO_LABEL_H

#include "form.h"

enum { LABEL_CHARACTERS = 64 };          /* the longest legal label has 40; what follows in a cell is explanation */

/* A text reduced to what identifies it: letters, digits and ideographs, full-width folded, its number ("（三）", "1.") apart. */
struct label_key {
    uint16_t cp[LABEL_CHARACTERS];       /* those beyond 16 bits as surrogates: no label of the law has one */
    unsigned n;                          /* characters */
    unsigned head;                       /* characters before the first bracket (all, when there is none) */
    int ordinal;                         /* the number in front: 3 for "（三）" and "3."; 0: none */
    uint64_t mask;                       /* which characters occur, hashed to 64: a cheap "cannot be alike" */
    unsigned kinds;                      /* bits of mask */
};

void label_key(const char *text, struct label_key *key);

/* Bits that are set: of pairs, fours, eights, all. */
static inline unsigned
label_ones(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* Have they so few characters in common that they cannot be alike? */
static inline bool
label_unlike(const struct label_key *a, const struct label_key *b)
{
    unsigned fewer = a->kinds < b->kinds ? a->kinds : b->kinds;
    return 2 * label_ones(a->mask & b->mask) < fewer + 1;
}

/* Are they one and the same key? */
bool label_key_same(const struct label_key *a, const struct label_key *b);

/* How well a cell's text fits a printed label: 1 the same but for spaces, brackets and punctuation; above LABEL_ALIKE believable; 0 no. */
#define LABEL_ALIKE 0.6
double label_likeness(const struct label_key *printed, const struct label_key *written);

#endif
