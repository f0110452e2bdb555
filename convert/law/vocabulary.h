/* SPDX-License-Identifier: MIT */
/* vocabulary: a table of words, in which the longest that a text begins with (or ends in) is found in one pass over its bytes. */
#ifndef NIANBAO_VOCABULARY_H
#define NIANBAO_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct vocabulary {
    struct vocable { const char *s; size_t n; void *means; } *table;
    size_t mask, longest;                /* longest: bytes */
    bool backwards;                      /* words are looked for at the end of texts */
};

/* An empty one with room for so many words. Memory: the arena. False: out of memory. */
bool vocabulary_make(struct arena *arena, size_t words, bool backwards, struct vocabulary *out);

/* Where it is kept what the word s[0..n) means; a word that is new there means NULL until the caller says. The bytes are not copied. */
void **vocabulary_put(struct vocabulary *vocabulary, const char *s, size_t n);

/* What the longest word means that s[0..n) begins with, or ends in; NULL: there is none. */
void *vocabulary_find(const struct vocabulary *vocabulary, const char *s, size_t n);

#endif
