/* SPDX-License-Identifier: MIT */
/* narrative_scan: what the files of narrative share. Reading a paragraph has four parts: narrative_token.c makes words and numbers of it,
 * narrative_scan.c goes over them, narrative_terms.c keeps what is being named, narrative_numbers.c pairs numbers with it. */
#ifndef NIANBAO_NARRATIVE_SCAN_H
#define NIANBAO_NARRATIVE_SCAN_H

#include "narrative.h"
#include "sayings.h"

struct lexicon;

/* Whose numbers a sentence tells. */
enum told_of { OF_NOBODY, OF_AREA, OF_BODY };

/* A number that a text states. */
struct statement {
    const struct addends *any; size_t nany;       /* what it may be the sum of; the first is what it says */
    const struct topic *topic;
    bool percent;                               /* of one of topic->whole */
    struct decimal number;
    struct decimal more;                        /* may come on top of it: 废止7件，宣布失效5件 */
    int64_t slack;                              /* micros: what rounding may take */
    enum told_of told_of;
    size_t from, to, at;                        /* its sentence, and the number in it: bytes of the text */
};

struct statements { struct statement *at; size_t n, cap; };

/* What texts are read with. */
struct reading {
    struct arena *arena;                        /* of the statements */
    const struct form *form;
    const struct sayings *own, *common;         /* words of the form, and of every report */
    const struct lexicon *lexicon;              /* names of bodies; NULL: none */
    const char *unit;                           /* whose report, in plain writing; NULL: unknown */
    int year;                                   /* of the report; 0: unknown */
};

/* Add what one paragraph states. *topic is what the heading above it speaks of, and becomes what this one does when it is a heading.
 * `scratch` is memory for the work. False: out of memory. */
bool narrative_scan(const struct reading *reading, struct arena *scratch, const char *text, const struct topic **topic,
                    struct statements *statements);

/* -- words and numbers (narrative_token.c) -- */

enum token_kind {
    TOKEN_TEXT,             /* anything else */
    TOKEN_SAYING,           /* a word: `saying`; NULL: as good as a filler */
    TOKEN_NUMBER,
    TOKEN_STOP,             /* 。；？！ and the end of a line */
    TOKEN_COMMA, TOKEN_COLON, TOKEN_OPEN, TOKEN_CLOSE,
    TOKEN_OTHER_YEAR,       /* a year that is neither the report's nor a neighbour */
    TOKEN_PART_YEAR,        /* a day or month that is no end of the year */
    TOKEN_BODY              /* the name of another body */
};

enum number_unit { UNIT_NONE, UNIT_COUNT, UNIT_MONEY, UNIT_PERCENT };

struct token {
    enum token_kind kind;
    size_t at, end;                     /* bytes of the text */
    const struct saying *saying;
    struct decimal number;              /* money in 万元 */
    int64_t slack;
    enum number_unit unit;
    bool vague;                         /* 余, 多, 以上 */
    bool semicolon;                     /* a stop that does not end the sentence */
};

struct tokens { struct token *at; size_t n, cap; };

/* The tokens of a paragraph, in `scratch`. False: out of memory. */
bool narrative_tokens(const struct reading *reading, struct arena *scratch, const char *text, struct tokens *tokens);

/* -- what is known while they are gone over -- */

enum { CHAIN = 12, DEPTH = 4, MORE = 4 };    /* terms that are told together; brackets in brackets; numbers on top in a sentence */

/* What a word says is counted. A verb whose topic is not known yet has a saying and no count; a topic alone may have no count. */
struct term { const struct topic *topic; const struct count *count; const struct saying *saying; };

/* A word that makes numbers a part of something: in this piece, or in the one before, whose list goes on ("公示行政许可3条、行政处罚2条"). */
enum part { PART_NONE, PART_HERE, PART_LISTED, PART_BEFORE };

/* What is known at a place of the text; brackets have their own. */
struct frame {
    const struct topic *topic;          /* what is talked about */
    bool lost;                          /* something that no topic names */
    bool among;                         /* 其中: what follows in the sentence is some of the same */
    const struct topic *kept;           /* what was talked about when that was lost among some of it */
    struct term chain[CHAIN]; size_t nchain;
    bool touching, joined;              /* nothing but fillers since the chain; and a 和 or 、 among them */
    bool each, respectively;            /* 均, 分别 */
    enum part part;                     /* of the piece between two 、 */
    bool other, cause, verb_lost;
    bool aside, about;                  /* of the piece between two commas */
    bool elsewhen, foreign;             /* of the sentence */
    bool dated, of_this_year;           /* a year was named; the first was this one */
    bool origin;                        /* 系去年申请: elsewhen to its end */
    bool muted;                         /* of the bracket: what it explains is silent */
    bool none, gap, tail, none_cause;   /* 没有; text behind it; text behind the chain */
    struct term before[CHAIN]; size_t nbefore;      /* the chain in front of 没有 */
    bool sharing;                       /* 占: the percentage to come is of `shared` */
    struct term shared[CHAIN]; size_t nshared;
    const struct saying *verb;          /* of the number before, in this clause: 制发规章2件、规范性文件3件 */
    struct term then; size_t nthen;     /* of the numbers of other times in this sentence: 上半年收到5件，…，全年合计12件 */
};

struct scan {
    const struct reading *reading;
    const struct tokens *tokens;
    struct statements *statements;
    struct frame frame, outer[DEPTH];
    size_t depth;
    enum told_of told_of;
    bool numbered_heading;              /* "三、收到和处理…情况", which a table of contents gives a page */
    size_t sentence;                    /* the first statement of the sentence */
    struct { const struct count *count; struct decimal number; } more[MORE]; size_t nmore;      /* of the sentence */
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

/* The end of a sentence: what else comes on top of its numbers, and which of them contradict each other. */
void scan_settle_sentence(struct scan *scan);

/* The end of a piece that said 没有: what stands there is none. */
void scan_settle_none(struct scan *scan);

#endif
