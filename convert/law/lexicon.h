/* SPDX-License-Identifier: MIT */
/* lexicon: the names of bodies: which words stand for each other (科技局 = 科学技术局), where the name of an area ends. Data:
 * templates/words/names.yaml. Read only once loaded, so threads may share it. Memory belongs to the arena given; NULL: out of memory. */
#ifndef NIANBAO_LEXICON_H
#define NIANBAO_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "status.h"

struct lexicon;

/* The names inside the program. */
enum status lexicon_load(struct arena *arena, const struct lexicon **lexicon, struct fault *fault);

/* The same from a file's text; `source` is its name, for refusals. */
enum status lexicon_read(struct arena *arena, const char *source, const char *yaml, size_t n, const struct lexicon **lexicon,
                         struct fault *fault);

/* A name in plain writing, which the functions below ask for: widths folded, no blanks and control characters, brackets of all shapes
 * as ( and ). */
char *lexicon_plain(struct arena *arena, const char *name);

/* The same for all names of one body: its end written out (宿迁市科学技术局), a government as its area (宿迁市). */
char *lexicon_fold(const struct lexicon *lexicon, struct arena *arena, const char *s, size_t n);

/* May folding change the end of the name (and not only its brackets)? */
bool lexicon_folds(const struct lexicon *lexicon, const char *s, size_t n);

/* A full name, or a short form of one or several full names; without an area. */
struct word {
    const char *s; size_t n;
    bool full;
    const struct word **others; size_t nothers, others_cap;      /* of a full name its short forms, of a short form its full names */
};

/* The longest word that a name ends in; NULL: none. */
const struct word *lexicon_word(const struct lexicon *lexicon, const char *s, size_t n);

/* Bytes of the area that a name begins with (宿迁市) and, in *ending, of what that ends in (市); 0: none. */
size_t lexicon_area(const struct lexicon *lexicon, const char *s, size_t n, size_t *ending);

/* A name that is an area or its government: bytes of the area; 0: it is not. */
size_t lexicon_government(const struct lexicon *lexicon, const char *s, size_t n);

/* Bytes before the bracket that a name ends in (城市管理局(综合行政执法局)); n: none. */
size_t lexicon_unbracketed(const char *s, size_t n);

/* May s[0..n), from the name of a file, stand beside the name of a body: before it, or behind it? */
bool lexicon_beside(const struct lexicon *lexicon, const char *s, size_t n, bool before);

#endif
