/* SPDX-License-Identifier: MIT */
/* rollup: many reports into one: which of them count, their exact sum, and the workbook that shows it. The way: every input becomes
 * a filing on the spool (spool.h) → rollup_choose says which count → rollup_add sums their leaves → rollup_workbook and rollup_letters
 * give it back. Money is added as whole micros: sums are exact over any number of units. */
#ifndef NIANBAO_ROLLUP_H
#define NIANBAO_ROLLUP_H

#include "convert.h"
#include "progress.h"
#include "roster.h"
#include "spool.h"

/* What becomes of an input. */
enum fate {
    FATE_COUNTED,            /* its leaves are in the sum */
    FATE_COUNTED_FAILING,    /* likewise, to be corrected: 已计入，待更正 */
    FATE_LEFT_OUT,           /* fails, and only valid ones were asked for */
    FATE_OLDER,              /* a newer file of the same unit counts */
    FATE_SAME,               /* the same bytes as another input */
    FATE_OTHER_FORM,         /* another form, or another year, than the roll-up's; or of two forms */
    FATE_UNREADABLE,
    FATE_NOT_COUNTED,        /* the list says that it does not count, or that it has merged into another */
    FATE_PARENT,             /* the report of the whole area: compared, not added */
    FATE_COVERED             /* it is in a roll-up that counts */
};

/* An input, its texts short enough to keep all of them in memory. */
struct entry {
    size_t filing;           /* index in the spool */
    const char *name;        /* shown: of the roster, else of the file, else the file's name */
    const char *file;
    char sha256[65];
    const char *same_as;     /* equal for names of the same unit */
    int64_t modified;
    enum verdict verdict;
    size_t errors, covered;
    const struct form *form; /* NULL: unreadable */
    int year;
    bool whole, rollup;      /* as of its filing */
    bool named;              /* the file says of which unit it is */
    enum fate fate;
    size_t with;             /* FATE_OLDER, FATE_SAME, FATE_COVERED: the entry that counts instead; SIZE_MAX: none */
    size_t member;           /* of the roster; SIZE_MAX: none */
    enum recognised how;
    bool late;               /* nothing of its unit came before the due date was over */
    bool other_version;      /* FATE_COVERED: the roll-up holds other bytes of this unit */
    size_t lost;             /* FATE_COVERED, FATE_OLDER: a roll-up's units that are in nothing that counts */
    size_t uncounted;        /* leaves without a number: they add nothing, which is said */
};

struct sum { int64_t micros; bool overflow; };

/* A number of the parent that is not the sum (rule rollup-sum). */
struct difference {
    size_t slot;
    enum severity severity;  /* a note where several units count the same thing: a table that the form calls joint */
    bool has;                /* the parent has a number there */
    int64_t micros;          /* that number */
};

/* A unit that is in two roll-ups that count, in two versions: it is in the sum twice. */
struct repeat { const char *name; size_t first, second; };       /* entries */

struct rollup_options {
    const char *output;              /* -o */
    const struct roster *roster;     /* NULL: none */
    bool only_valid;
    int year;                        /* asked for; 0: that of most inputs */
    const char *previous;            /* last year's roll-up or folder; NULL: none */
};

struct rollup {
    struct arena *arena;
    const struct forms *forms;
    struct rollup_options options;
    const struct lexicon *lexicon;
    struct spool *spool;
    struct entry *entries; size_t nentries, entries_cap;     /* in the order of the inputs */
    const struct form *form;         /* of the roll-up; NULL: nothing was readable */
    int year;
    const char *area;                /* "宿迁市", or what -o is called */
    struct sum *sums;                /* per slot of the form: exact sums of the leaves, then totals computed by the form's sums */
    struct sum *before;              /* likewise last year, mapped by key, overflow where that form has no such key; NULL: none given */
    struct passed aside, others;     /* of the folders, and no entries: documents that are no reports; files that are not read */
    size_t counted, units;           /* entries that count; units they stand for */
    size_t parent;                   /* entry of the parent; SIZE_MAX: none */
    struct repeat *repeats; size_t nrepeats, repeats_cap;
    struct difference *differences; size_t ndifferences;     /* of the parent */
    bool *present;                   /* per member of the roster: something of this year came, or is in a roll-up that counts */
    char details[65];                /* digest of the text file of the roll-up that this one replaces (FILING_DETAILS); "": none */
    const char **outputs; size_t noutputs, outputs_cap;      /* written */
};

/* A roll-up of nothing yet; its memory and its spool end with rollup_free. NULL: no room. `options` is copied. */
struct rollup *rollup_new(const struct forms *forms, const struct rollup_options *options);
void rollup_free(struct rollup *rollup);

/* Read and note every source, in order, on all processors. The number of those done: fewer when it was stopped by the interrupt key,
 * or when the memory or the disk is full. `progress` may be NULL. */
size_t rollup_gather(struct rollup *rollup, struct run *run, const struct sources *sources, struct progress *progress);

/* Take last year's sums, from a roll-up that was chosen and added. False: out of memory. */
bool rollup_compare_with(struct rollup *rollup, const struct rollup *last);

/* Is it a member that has to report, for itself? */
bool member_reports(const struct member *member);

/* Note an output that was written. False: out of memory. */
bool rollup_wrote(struct rollup *rollup, const char *path);

/* Keep an input: its filing on the spool, an entry here. False: out of memory, or the disk is full. */
bool rollup_note(struct rollup *rollup, const struct filing *filing);

/* Decide the fate of every entry, the form, the year and the parent. False: out of memory. */
bool rollup_choose(struct rollup *rollup);

/* Sum what counts, and compare with the parent. False: the spool cannot be read, or out of memory. */
bool rollup_add(struct rollup *rollup);

/* The sum as a report, to be judged, shown and stamped like any other (its values have no cells). */
bool rollup_report(const struct rollup *rollup, struct arena *arena, struct report *report);

/* 汇总.xlsx, written to its place whole or not at all. */
enum status rollup_write(struct rollup *rollup, const char *path, struct fault *fault);

/* 退回清单/ and 公布情况.txt in the folder ("" or ending in '/'). Of an earlier run's files those that nobody has changed are replaced or
 * removed. */
enum status rollup_letters(struct rollup *rollup, const char *folder, struct fault *fault);

/* "退回清单": the folder of the letters, which is not walked. */
extern const char rollup_letters_folder[];

/* Its leaves are in the sum. */
bool entry_counts(const struct entry *entry);

/* Nobody says of which unit it is: two versions of it would both count. */
bool entry_unnamed(const struct entry *entry);

/* What is said of a fate: "已计入，待更正"; its public code: "failing". */
const char *fate_word(enum fate fate);
const char *fate_code(enum fate fate);

/* "2 is there, the units add up to 3, 1 less", in the language asked for. NULL: out of memory. */
const char *difference_words(const struct rollup *rollup, const struct difference *difference, struct arena *arena, enum language language);

#endif
