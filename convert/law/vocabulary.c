/* SPDX-License-Identifier: MIT */
/* vocabulary: see vocabulary.h. Open addressing, linear probing, at most half full. The hash (FNV-1a) grows with the word, byte by byte
 * from the end of the text where words are looked for, so that each longer word costs one step more. */
#include "vocabulary.h"

#include <stdint.h>
#include <string.h>

static const uint64_t hash_begin = 14695981039346656037u;

static uint64_t
hash_byte(uint64_t hash, char c)
{
    return (hash ^ (unsigned char)c) * 1099511628211u;
}

static struct vocable *
place_of(const struct vocabulary *vocabulary, const char *s, size_t n, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 32) & vocabulary->mask;
    while (vocabulary->table[at].s != NULL && (vocabulary->table[at].n != n || memcmp(vocabulary->table[at].s, s, n) != 0))
        at = (at + 1) & vocabulary->mask;
    return &vocabulary->table[at];
}

bool
vocabulary_make(struct arena *arena, size_t words, bool backwards, struct vocabulary *out)
{
    size_t size = 16;
    while (size / 2 < words)
        size *= 2;
    *out = (struct vocabulary){ .table = arena_array(arena, size, sizeof *out->table), .mask = size - 1, .backwards = backwards };
    return out->table != NULL;
}

void **
vocabulary_put(struct vocabulary *vocabulary, const char *s, size_t n)
{
    uint64_t hash = hash_begin;
    for (size_t i = 0; i < n; i++)
        hash = hash_byte(hash, s[vocabulary->backwards ? n - 1 - i : i]);
    struct vocable *place = place_of(vocabulary, s, n, hash);
    place->s = s;
    place->n = n;
    vocabulary->longest = n > vocabulary->longest ? n : vocabulary->longest;
    return &place->means;
}

void *
vocabulary_find(const struct vocabulary *vocabulary, const char *s, size_t n)
{
    void *found = NULL;
    uint64_t hash = hash_begin;
    for (size_t length = 1; length <= n && length <= vocabulary->longest; length++) {
        size_t edge = vocabulary->backwards ? n - length : length;       /* the end of the word that moves */
        hash = hash_byte(hash, s[vocabulary->backwards ? edge : length - 1]);
        if (edge < n && (s[edge] & 0xC0) == 0x80)
            continue;
        void *means = place_of(vocabulary, vocabulary->backwards ? s + edge : s, length, hash)->means;
        found = means != NULL ? means : found;
    }
    return found;
}
