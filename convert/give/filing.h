/* SPDX-License-Identifier: MIT */
/* filing: what a roll-up keeps of one input. */
#ifndef NIANBAO_FILING_H
#define NIANBAO_FILING_H

#include "report.h"

struct filing_finding {
    enum severity severity;
    const char *rule, *place, *message;      /* message: with numbers, for the one who collects */
    const char *letter;                      /* cells and what does not add up, never the number to put in: for the unit */
    const char *explained;                   /* NULL: nothing */
};

/* One number. */
struct filing_value { int64_t micros; bool has; };

struct filing {
    const char *file, *path;                 /* as reported; as opened */
    const char *name;                        /* of the unit, as the file says; NULL: unknown */
    int year;                                /* 0: unknown */
    const char *sha256;
    int64_t modified;                        /* seconds since 1970 of the file; 0: unknown */
    enum verdict verdict;
    bool aside, own;                         /* no report (convert.h), and not put on a spool */
    const char *trouble;                     /* unreadable: the sentence */
    size_t counts[SEVERITY_COUNT];
    const char *form;                        /* id; NULL: unreadable */
    bool whole;                              /* all its tables are of that form */
    struct filing_value *values; size_t nvalues;       /* per slot of the form; none when unreadable */
    struct filing_finding *findings; size_t nfindings;
    bool rollup;                             /* itself a roll-up of ours */
    struct filing_input { const char *sha256, *name; bool rollup; } *inputs; size_t ninputs;      /* a roll-up: what it was made of */
    size_t covered;                          /* a roll-up: how many units it counts; else 1 */
};

/* How a roll-up says of itself what it was made of: a document property with the number of units it counts, and on the hidden sheet a
 * row per input that counts: this word, or the other for a roll-up, its digest, the unit's name; those of a roll-up that counts follow it. */
#define FILING_COVERED "nianbao.units"
#define FILING_INPUT "input"
#define FILING_ROLLUP "roll-up"

/* A document property of a roll-up whose units are too many for a sheet: the digest of the text file beside it that has their numbers. */
#define FILING_DETAILS "nianbao.details"

/* All that a roll-up keeps, from a finished report (readable or not). Memory: `paper`. NULL: out of memory. */
struct filing *filing_make(struct arena *paper, const struct report *report, const char *path, int64_t modified);

#endif
