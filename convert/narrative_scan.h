/* SPDX-License-Identifier: MIT */
/* narrative_scan: what the three parts of reading a paragraph share: narrative_scan.c goes over its tokens, narrative_terms.c keeps what
 * is being named, narrative_numbers.c pairs numbers with it. */
#ifndef NIANBAO_NARRATIVE_SCAN_H
#define NIANBAO_NARRATIVE_SCAN_H

#include "narrative.h"

enum { CHAIN = 12, DEPTH = 4 };     /* terms that are told together; brackets in brackets */

/* What a word says is counted. A verb whose topic is not known yet has a saying and no count; a topic alone may have no count. */
struct term { const struct topic *topic; const struct count *count; const struct saying *saying; };

/* A word that makes numbers a part of something: in this piece, or in the one before, whose list goes on ("公示行政许可3条、行政处罚2条"). */
enum part { PART_NONE, PART_HERE, PART_LISTED, PART_BEFORE };

/* What is known at a place of the text; brackets have their own. */
struct frame {
    const struct topic *topic;          /* what is talked about */
    bool lost;                          /* something that no topic names */
    struct term chain[CHAIN]; size_t nchain;
    bool touching, joined;              /* nothing but fillers since the chain; and a 和 or 、 among them */
    bool each, respectively;            /* 均, 分别 */
    enum part part;                     /* of the piece between two 、 */
    bool other, cause, verb_lost;
    bool aside, about;                  /* of the piece between two commas */
    bool elsewhen, foreign;             /* of the sentence */
    bool muted;                         /* of the bracket: what it explains is silent */
    bool none, gap, tail, none_cause;   /* 没有; text behind it; text behind the chain */
    struct term before[CHAIN]; size_t nbefore;      /* the chain in front of 没有 */
    bool sharing;                       /* 占: the percentage to come is of `shared` */
    struct term shared[CHAIN]; size_t nshared;
    const struct saying *verb;          /* of the number before, in this clause: 制发规章2件、规范性文件3件 */
};

struct scan {
    const struct reading *reading;
    const struct tokens *tokens;
    struct statements *statements;
    struct frame frame, outer[DEPTH];
    size_t depth;
    enum told_of told_of;
    size_t sentence;                    /* the first statement of the sentence */
    size_t at;                          /* the token that is read: bytes of the text */
    bool failed;
};

/* -- terms (narrative_terms.c) -- */

/* The meaning that a word has as this kind in a topic; NULL: none. */
const struct saying *term_meaning(const struct saying *saying, enum saying_kind kind, const struct topic *topic);

/* What a number beside the topic alone counts; NULL: nothing. */
const struct count *term_bare(const struct topic *topic);

/* Does b sum all that a sums, and more? */
bool term_is_part(const struct count *a, const struct count *b);

void chain_forget(struct frame *f);
void chain_put_topic(struct frame *f, const struct topic *topic);       /* verbs in front of it become counts of it */
void chain_put_count(struct frame *f, const struct saying *saying);

/* Is nothing said here of a number of the form? */
bool frame_is_silent(const struct frame *f);

/* -- numbers (narrative_numbers.c) -- */

/* The token at i; beyond the end a stop. */
const struct token *scan_token(const struct scan *scan, size_t i);
bool token_is(const struct token *t, enum saying_kind kind);
size_t scan_skip_fillers(const struct scan *scan, size_t i);

/* The number at token i: what it states; the token to go on with. */
size_t scan_take_number(struct scan *scan, size_t i);

/* The end of a piece that said 没有: what stands there is none. */
void scan_settle_none(struct scan *scan);

#endif
