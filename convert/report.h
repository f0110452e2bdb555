/* SPDX-License-Identifier: MIT */
/* report: the waist of the program. One file's way: bytes → book → placements → values → findings. Everything that is given back
 * (workbook, summary, JSON) is made from this struct and adds nothing to it. All memory belongs to the report's arena. */
#ifndef NIANBAO_REPORT_H
#define NIANBAO_REPORT_H

#include "decimal.h"
#include "form.h"
#include "grid.h"

enum origin {
    ORIGIN_GIVEN,        /* a number, or what stands in its place, was in the cell */
    ORIGIN_BLANK,        /* nothing (or / - — 无): counts as 0 */
    ORIGIN_FILLED,       /* a blank total: computed */
    ORIGIN_MISSING       /* the row, the column or the whole table is not there */
};

/* Why a cell that is due a number has none. */
enum trouble { TROUBLE_NONE, TROUBLE_NOT_A_NUMBER, TROUBLE_CELL_ERROR, TROUBLE_NO_FORMULA_VALUE };

/* How a number was written; each becomes a finding. */
enum writing {
    WRITING_TEXT = 1,            /* a number stored as text */
    WRITING_UNIT = 2,            /* unit, sign word or remark in the cell, digits unchanged */
    WRITING_CONVERTED = 4,       /* the unit changed the digits (元 → 万元) */
    WRITING_NO_UNIT = 8,         /* money without a unit where the form prints none */
    WRITING_DASH = 16            /* a blank written as / - — 无 */
};

struct value {
    const struct slot *slot;
    enum origin origin;
    enum trouble trouble;
    bool has;                    /* `number` is there */
    bool computed;               /* the cell holds a formula */
    unsigned writing;            /* set of enum writing */
    struct decimal number;       /* what the cleaned workbook holds */
    const char *raw;             /* as written; "" for a blank */
    const struct sheet *sheet;   /* NULL: missing */
    uint32_t row;
    uint16_t col;
};

/* A labelled row or column with numbers that is not the form's, or is there twice. */
struct stray {
    bool column, repeated;
    uint32_t row;                /* its place: the label's cell */
    uint16_t col;
    const char *label;
    const struct node *like;     /* repeated: the row that it repeats */
    const char **texts;          /* repeated rows: one per column of the block, as written ("" = empty) */
};

/* One table of the form found in the book: which cell holds which slot. */
struct placement {
    const struct table *table;
    const struct sheet *sheet;
    struct area range;
    int year;                    /* as its title or sheet says; 0: unknown */
    double score;                /* how well the labels fit; compares forms */
    struct place { bool found; uint32_t row; uint16_t col; } *places;   /* per slot of the table, in order */
    struct stray *strays; size_t nstrays, strays_cap;
    bool complete;               /* every slot has a place */
};

/* A table of the report: the placement that counts (NULL: missing), its values, and others of the same table and year. */
struct section {
    const struct table *table;
    const struct placement *placement;
    struct value *values;        /* per slot of the table */
    const struct placement **repeats; size_t nrepeats, repeats_cap;
    bool empty;                  /* there, without a single number */
};

struct finding {
    const char *rule;            /* public id */
    enum severity severity;
    const struct section *section;       /* NULL: the whole file */
    const struct equation *equation;     /* arithmetic findings */
    const struct tie *tie;               /* findings by last year's numbers */
    const struct leap *leap;
    const struct value **values; size_t nvalues, values_cap;      /* `keys`: the cells it is about */
    const struct value **terms; size_t nterms;       /* arithmetic: what is summed */
    const char **cells; size_t ncells;   /* places in Excel's notation, parallel to values, or of its own */
    bool numbers;                /* found, expected, difference are set */
    struct decimal found, expected, difference;
    const char *path;            /* label path in words; NULL for grouped ones */
    const char *message, *hint, *basis;  /* in the language asked for; "" when there is none */
    const char *quote, *place;   /* the sentence of the text that it is about, shortened, and where that stands; NULL: none */
    bool percent;                /* its numbers are percentages */
    const char *explained;       /* what the unit wrote in 说明; NULL: nothing */
};

/* What another report says a number must be: last year's 结转下年度 is this year's 上年结转. */
struct anchor {
    const struct value *value;
    struct decimal expected;
};

/* One way to mend everything that does not add up in a table: the cells to change, and the number each would then have. `explains`:
 * the findings, as indexes into the report's, that it would settle. */
struct suspect {
    const struct section *section;       /* the first of those that its equations tie together */
    struct remedy { const struct value *value; struct decimal to; } *changes; size_t nchanges;
    size_t typed;                /* of the changes, the first so many: the others are formulas and follow them */
    size_t *explains; size_t nexplains;
    size_t alternatives;         /* sets of as few cells that would do, this one counted; the report lists the likeliest */
    bool likely;                 /* the only such set, and more equations fail than it has cells: 最可能, else 可能 */
    bool commoner;               /* there are others, but it supposes by far commoner slips */
};

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_UNREADABLE };

/* Why a failing workbook is not given back as it is with marks, but in the legal layout. */
enum unmarked { UNMARKED_NO_MATTER, UNMARKED_SIGNED, UNMARKED_NAMED, UNMARKED_UNUSUAL, UNMARKED_TOO_BIG };

enum language { LANGUAGE_ZH, LANGUAGE_EN };

struct report {
    struct arena *arena;
    const char *file;            /* as given */
    const unsigned char *bytes; size_t nbytes;       /* of the input; NULL when it could not be read, or is no file */
    enum language language;
    enum verdict verdict;
    struct fault fault;          /* why it is unreadable */
    const char *error_message;   /* the sentence for it; NULL when readable */
    struct book book;
    const char *unit;            /* NULL: unknown */
    int year;                    /* 0: unknown */
    const struct form *form;     /* the form of the report year, else of most tables */
    struct section *sections; size_t nsections;
    const struct placement **ignored; size_t nignored;   /* tables of other years */
    const struct previous *previous;     /* last year's numbers; NULL: nobody has asked for them */
    struct finding *findings; size_t nfindings, findings_cap;
    struct anchor *anchors; size_t nanchors, anchors_cap;
    struct suspect *suspects; size_t nsuspects, suspects_cap;       /* by table; the most likely first */
    struct finding *leads; size_t nleads;        /* the suspects in words, one a table: its likeliest cells, where to look first; no rule */
    size_t counts[SEVERITY_COUNT];
    size_t equations_judged, equations_unjudged;
    struct { size_t texts, stated, agreed; } narrative;      /* pieces of prose; numbers in them that the tables hold too; those that agree */
    const char **outputs; size_t noutputs;
    enum unmarked unmarked;
    bool unchanged;              /* they were there already, made from the same, and were not written again */
};

struct options {
    enum language language;
    bool strict;
    const char *unit;            /* of last resort, when the file names none; NULL: unknown */
    int year;                    /* likewise; 0: unknown */
    const struct book *text;     /* more running text of the report; NULL: none */
    const struct predecessors *predecessors;     /* where last year's numbers are found; NULL: not asked for */
};

/* Read, locate, value, check. Never fails: trouble is in report->verdict and fault. `bytes` must last as long as the report. `name` is the
 * file name as given; it is a source for year and unit of last resort. */
void report_make(struct report *report, struct arena *arena, const struct forms *forms, const struct options *options,
                 const char *name, const unsigned char *bytes, size_t n);

/* The same for a workbook that a spreadsheet program holds in memory; no file, no digest. Its texts must last as long as the arena. */
void report_make_book(struct report *report, struct arena *arena, const struct forms *forms, const struct options *options,
                      const char *name, const struct book *book);

/* A file that could not be read at all. */
void report_unreadable(struct report *report, struct arena *arena, const struct options *options, const char *name,
                       const struct fault *fault);

/* The SHA-256 of the input in hexadecimal; "" when there are no bytes. Worked out anew each time: it costs as much as the judging. */
const char *report_sha256(const struct report *report, char out[65]);

/* The value of a slot, or NULL when the report has no such key. */
const struct value *report_value(const struct report *report, const char *key);

/* The section of a table id, or NULL. */
const struct section *report_section(const struct report *report, const char *id);

/* The place of a section's table: "三、依申请公开!A3:K32". NULL: out of memory. */
char *section_place(struct arena *arena, const struct section *section);

/* "表三 J8" in Excel's notation with the sheet: "三、依申请公开!J8"; "" for a missing cell. NULL: out of memory. */
const char *value_cell(struct arena *arena, const struct value *value);

#endif
