/* SPDX-License-Identifier: MIT */
/* dictionary: all labels of some forms at once, and which of them a text in a cell is like. What the labels themselves and their
 * variants are like, which is what most cells of a report say, is worked out beforehand. Read only once made. */
#ifndef NIANBAO_DICTIONARY_H
#define NIANBAO_DICTIONARY_H

#include "form.h"

/* The labels that a text is like, by their number; none is there twice. */
struct likes {
    const struct like { uint32_t label; float likeness; } *at;
    size_t n;
};

struct dictionary;

/* Numbers every label and every block of the forms (label.number, block.number) that has no number yet: where some are from another
 * dictionary, `numbered`, they keep theirs. NULL: out of memory. */
struct dictionary *dictionary_new(struct arena *arena, const struct forms *forms, const struct dictionary *numbered);

/* Which labels the text is like; memory from `arena` when it is none of theirs. False: out of memory. */
bool dictionary_match(const struct dictionary *dictionary, struct arena *arena, const char *text, struct likes *likes);

/* The texts of the labels and their variants, and which of them this one is, character for character; false: none. */
size_t dictionary_texts(const struct dictionary *dictionary);
const char *dictionary_text(const struct dictionary *dictionary, size_t i);
bool dictionary_find(const struct dictionary *dictionary, const char *text, size_t *i);

/* Has it so few characters in common with all labels, and words of covers, that it is like none of them, and holds none of these words (of two
 * characters or more)? */
bool dictionary_is_foreign(const struct dictionary *dictionary, const char *text);

size_t dictionary_blocks(const struct dictionary *dictionary);

/* The blocks, by number, that have a column of this label. */
const size_t *dictionary_heads(const struct dictionary *dictionary, size_t label, size_t *n);

#endif
