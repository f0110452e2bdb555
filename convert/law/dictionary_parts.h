/* SPDX-License-Identifier: MIT */
/* dictionary: what it is made of. That of the forms inside the program is made while it is built (templates/embed_dictionary.c). */
#ifndef NIANBAO_DICTIONARY_PARTS_H
#define NIANBAO_DICTIONARY_PARTS_H

#include "dictionary.h"
#include "label.h"

enum { LETTERS = 4096 };                 /* bits; the forms have some 300 characters */

struct key {
    const char *text;
    struct label_key key;
    uint32_t label;
    uint32_t first;                      /* the index of the first of the keys that are equal */
    bool variant;
    struct likes likes;                  /* of a cell that says just this; of equal keys the first has them */
};

struct entry {
    const struct label *label;           /* one of those that have the number; only while the dictionary is made */
    size_t *heads, nheads, heads_cap;
};

struct dictionary {
    struct arena *arena;
    struct entry *entries; size_t nentries, entries_cap;     /* by number; [0] is no label */
    struct key *keys; size_t nkeys, keys_cap;
    uint64_t letters[LETTERS / 64];      /* the characters of all keys and of the words of covers, hashed */
    size_t *places, *texts, mask;        /* open addressing by key and by text: key + 1, 0 is free */
    size_t blocks;
};

#endif
