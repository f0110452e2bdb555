/* SPDX-License-Identifier: MIT */
/* narrative: the running text of a report against its tables. Every number that the text states of something the tables hold too is
 * found by the words of the form (sayings.h) and compared; what is not surely said of a table's number is left alone. Limits: numbers
 * are paired with words of their own clause, so that a count told over two sentences is not seen. */
#ifndef NIANBAO_NARRATIVE_H
#define NIANBAO_NARRATIVE_H

#include "report.h"
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

/* Compare the text of the report with its tables: findings `narrative`, and report->narrative. False: out of memory. */
bool narrative(struct report *report, const struct options *options);

/* The text of another file (options.text): a document, a workbook, or plain text without any table. */
enum status narrative_read(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

/* -- inside: a paragraph as words and numbers (narrative_token.c) -- */

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

bool narrative_tokens(const struct reading *reading, struct arena *scratch, const char *text, struct tokens *tokens);

#endif
