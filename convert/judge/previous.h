/* SPDX-License-Identifier: MIT */
/* previous: last year's reports, and which of them a report is compared with. They are read once, before the first report is judged
 * (predecessors_read), and only looked at from then on, so that threads may share them. Of each only its numbers are kept. */
#ifndef NIANBAO_PREVIOUS_H
#define NIANBAO_PREVIOUS_H

#include "report.h"

struct lexicon;
struct roster;

/* One report that may be last year's of some other. */
struct predecessor {
    const char *file;                /* as given; FOLDER/relative for what was found in a folder */
    const char *unit;                /* NULL: unknown */
    const char *folded;              /* the same for all names of the unit; NULL: unknown */
    int year;                        /* 0: unknown */
    enum verdict verdict;
    struct fault fault;              /* why it is unreadable */
    char sha256[65];
    int64_t modified;                /* of the file; 0: unknown */
    /* per table that is there, per slot: NO_NUMBER or its number */
    struct past { const struct table *table; int64_t *micros; } *past; size_t npast;
};
#define NO_NUMBER INT64_MIN

struct predecessors {
    struct predecessor *at; size_t n, cap;       /* once indexed: those of one unit are neighbours, those without a unit come last */
    bool chosen;                     /* each was named, for one report: they are its predecessors whatever unit they name */
    struct roster *roster;           /* of their units */
    size_t *first;                   /* per member of the roster, and one more: its first predecessor */
};

/* What is to be said of what a report is compared with. */
enum remark_kind {
    REMARK_NONE,             /* there is no report of last year */
    REMARK_YEAR,             /* of another year: not used */
    REMARK_NO_YEAR,          /* does not say its year: taken for last year's */
    REMARK_UNIT,             /* of another unit: used, since it was named */
    REMARK_FAILING,          /* has errors itself */
    REMARK_UNREADABLE,
    REMARK_TWICE,            /* the same bytes as another: not used */
    REMARK_MERGED            /* several are added up */
};

struct previous {
    const struct predecessors *all;
    const struct predecessor **from; size_t n;   /* those that are added up; none: nothing was found */
    struct remark { enum remark_kind kind; const struct predecessor *about; } *remarks; size_t nremarks, remarks_cap;
    bool doubtful;           /* a predecessor has errors, or is of another unit */
};

/* Keep what a finished report says; readable or not. Memory: the arena. False: out of memory. */
bool predecessor_take(struct arena *arena, const struct lexicon *lexicon, const struct report *report, int64_t modified,
                      struct predecessor *out);

/* A copy of it in another arena. False: out of memory. */
bool predecessor_keep(struct arena *arena, const struct predecessor *it, struct predecessor *out);

/* Put them in order and make the roster of their units, once all are there. False: out of memory. */
bool predecessors_index(struct arena *arena, const struct lexicon *lexicon, struct predecessors *all);

/* Find what the report is to be compared with: report->previous. `all` NULL: nobody has asked. False: out of memory. */
bool previous_find(struct report *report, const struct predecessors *all);

/* Was anything found? */
bool previous_known(const struct report *report);

/* What last year's reports say under this number's key, and for a kin under theirs. False: not all of them have it. */
bool previous_number(const struct previous *previous, const struct slot *slot, struct decimal *out);
bool previous_kin(const struct previous *previous, const struct kin *kin, struct decimal *out);

#endif
