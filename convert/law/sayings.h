/* SPDX-License-Identifier: MIT */
/* sayings: the words by which running text speaks of the numbers of a form (the section `narrative` of its definition), and those that
 * every report has (templates/words/narrative.yaml). A saying is read in plain writing (sayings_plain). Read only once loaded; memory
 * belongs to the arena given. */
#ifndef NIANBAO_SAYINGS_H
#define NIANBAO_SAYINGS_H

#include "doc.h"
#include "form.h"
#include "vocabulary.h"

/* Numbers that are summed: indexes into form->slots. */
struct addends { size_t *slots, n; };

/* What a word may count. The text agrees when one of `any` has its number; the first is the one that is meant. */
struct count {
    struct addends *any; size_t nany;
    bool alone;                     /* its words say what is counted; else only once the topic is known */
    bool bare;                      /* meant when a number stands beside the topic alone */
    bool none;                      /* 没有 in front says that there is none */
    bool more;                      /* may come on top of the number that other words state of it: 宣布失效 on top of 废止 */
};

/* What is talked about: requests, suits, licences. */
struct topic {
    const char *name;
    struct count *counts; size_t ncounts;
    struct addends *whole; size_t nwhole;         /* percentages are of one of these */
};

enum saying_kind {
    /* of a form */
    SAYING_TOPIC,                   /* names a topic anywhere */
    SAYING_SHORT,                   /* names it where it is talked about already */
    SAYING_COUNT,
    /* of every report */
    SAYING_FILLER, SAYING_COPULA, SAYING_AMONG, SAYING_JOIN, SAYING_EACH, SAYING_RESPECTIVELY, SAYING_NONE, SAYING_SHARE, SAYING_CAUSE, SAYING_EXAMPLES, SAYING_ASIDE,
    SAYING_PART, SAYING_OTHER, SAYING_NOISE, SAYING_ELSEWHEN, SAYING_ABOUT, SAYING_AREA, SAYING_OWN, SAYING_UNIT,
    SAYING_PREVIOUS_YEAR, SAYING_THIS_YEAR, SAYING_NEXT_YEAR
};

/* One meaning of a word; a word of a form may have one in each topic. */
struct saying {
    const char *s; size_t n;
    enum saying_kind kind;
    const struct topic *topic;      /* of a form's */
    const struct count *count;      /* SAYING_COUNT; NULL: of the topic, but no number of the form */
    struct saying *next;            /* the next meaning of the same word */
};

struct sayings {
    struct saying *list; size_t n, cap;
    struct vocabulary vocabulary;   /* the first meaning of each word */
    struct topic *topics; size_t ntopics;       /* of a form */
};

/* The longest word that s[0..n) begins with; NULL: none. */
const struct saying *sayings_find(const struct sayings *sayings, const char *s, size_t n);

/* Those of every report, from inside the program. */
enum status sayings_load(struct arena *arena, const struct sayings **sayings, struct fault *fault);

/* The same from a file's text; `source` is its name, for refusals. */
enum status sayings_read(struct arena *arena, const char *source, const char *yaml, size_t n, const struct sayings **sayings,
                         struct fault *fault);

/* Those of a form that has some. They are made for the text that needs them, not each time the program starts. */
enum status sayings_of_form(struct arena *arena, const struct form *form, const struct sayings **sayings);

/* May the section `narrative` of a form stand as it is? False: refused, or no memory. */
bool form_check_narrative(struct doc_reader *reader, const struct form *form);

/* -- for reading text -- */

/* Plain writing of n bytes: widths folded, no blanks but between digits (one) and no-break. `from` (when not NULL, of n + 1 items) has
 * for each byte, and the end, its place in s. False: out of memory. */
bool sayings_plain(struct arena *arena, const char *s, size_t n, char **plain, size_t *length, size_t **from);

#endif
