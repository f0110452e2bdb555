/* SPDX-License-Identifier: MIT */
/* dictionary: all labels of some forms at once, and which of them a text in a cell is like. Made once for all files: where
 * many come, what the labels themselves and their variants are like, which is what most cells of a report say, is worked out beforehand. */
#ifndef NIANBAO_DICTIONARY_H
#define NIANBAO_DICTIONARY_H

#include "form.h"

/* The labels that a text is like, by their number; none is there twice. */
struct likes {
    const struct like { size_t label; float likeness; } *at;
    size_t n;
};

struct dictionary;

/* Numbers every label and every block of the forms (label.number, block.number). NULL: out of memory. */
struct dictionary *dictionary_new(struct arena *arena, const struct forms *forms);

/* Get ready for so many files: unless they are few, what the labels and their variants are like is worked out now. Nobody may use the
 * dictionary meanwhile; without memory nothing changes. */
void dictionary_prepare(struct dictionary *dictionary, size_t files);

/* Which labels the text is like; memory from `arena` when it is none of theirs. False: out of memory. */
bool dictionary_match(const struct dictionary *dictionary, struct arena *arena, const char *text, struct likes *likes);

/* Is it plain ASCII without any letter or digit of a label? It is like none of them. */
bool dictionary_is_foreign(const struct dictionary *dictionary, const char *text);

size_t dictionary_blocks(const struct dictionary *dictionary);

/* The blocks, by number, that have a column of this label. */
const size_t *dictionary_heads(const struct dictionary *dictionary, size_t label, size_t *n);

#endif
