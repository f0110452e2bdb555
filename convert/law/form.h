/* SPDX-License-Identifier: MIT */
/* form: one legal format of the report (国办公开办函〔2019〕60号, 〔2021〕30号, or one you add), as read from templates/FORM.yaml.
 * The whole law of the program is in these structs; no other file knows a row. A form is read-only once loaded and may be shared
 * by threads. All memory belongs to the arena given to form_load, or is the program's own. templates/README.md explains the file format. */
#ifndef NIANBAO_FORM_H
#define NIANBAO_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "status.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_COUNT };

/* Report years: those that a workbook may name. 2008 is the year of the first 条例. */
enum { YEAR_LEAST = 2008, YEAR_MOST = 2099 };

enum number_kind {
    KIND_COUNT,      /* a whole number, not below zero */
    KIND_CHANGE,     /* a whole number, may be below zero, may be written 增10 */
    KIND_MONEY       /* 万元, up to 6 decimals */
};

/* A text in both languages of the messages; `en` may be NULL. */
struct wording { const char *zh, *en; };

/* A printed label and what people write instead of it. */
struct label {
    const char *text;                   /* character for character as the law prints it */
    const char **variants;  size_t nvariants;
    size_t number;                      /* the same wherever a label is printed (dictionary.h); 0: no text */
};

/* A row or a column, or a group of them. */
struct node {
    struct label label;
    const char *key;                    /* own segment; NULL for a group that is not part of the key */
    const char *path_key;               /* segments joined by '.': "refused.state_secret"; "" for a row without key */
    const char *path;                   /* labels joined by '/', from the outermost group */
    const char *brief;                  /* short name for messages: "一、新收"; the label when not given */
    const char *help;                   /* filling rule, shown as the prompt of its cells; NULL: none */
    struct node *parent;                /* NULL at the top */
    struct node *children;  size_t nchildren;   /* 0: a leaf, one row or column of numbers */
    size_t leaf;                        /* leaves: index among the leaves of the block; groups: of its first leaf */
    size_t nleaves;                     /* leaves below (1 for a leaf) */
    size_t depth;                       /* 0 at the top */
    /* columns that are leaves */
    enum number_kind kind;
    bool unit_printed;                  /* money: the label names the unit */
    double width;                       /* characters; 0: default */
};

/* A rectangle of numbers under one header: all rows cross all columns. */
struct block {
    struct label caption;               /* full-width row above ("第二十条第（一）项"); text NULL: none */
    struct label corner;                /* top left cell of the header ("信息内容"); text NULL: none */
    struct label heading;               /* cell over all columns ("申请人情况"); text NULL: none */
    struct node *rows;      size_t nrows;        /* top level; one row whose texts are all "" where the law prints no label */
    struct node *columns;   size_t ncolumns;
    struct node **row_leaf; size_t nrow_leaves;
    struct node **column_leaf; size_t ncolumn_leaves;
    size_t row_depth, column_depth;     /* levels of the label columns (0: rows have no label) and of the header (without heading) */
    bool stretch;                       /* the last column takes the rest of the table's width (else the rest stays empty) */
    size_t first;                       /* its slots: form->slots[first ..], (row 0, column 0) first, row by row */
    size_t number;                      /* among the blocks of all forms (dictionary.h) */
};

/* One number of the form. */
struct slot {
    const char *key;                    /* "requests.granted.total" */
    const struct table *table;
    const struct block *block;
    const struct node *row, *column;
    enum number_kind kind;
    bool unit_printed;
    bool derived;                       /* some sum gives it */
};

enum relation { RELATION_SUM, RELATION_EQUAL, RELATION_AT_MOST };

/* Σ left  (= | ≤)  Σ right. For a sum: left is the one derived slot, right its terms. A finding's `found` is the left side and
 * `expected` the right side. */
struct equation {
    const struct rule *rule;
    const struct table *table;
    enum relation relation;
    const struct node *row, *column;    /* the row or column it runs along; NULL when it does not */
    size_t *left, nleft, *right, nright;    /* indexes into form->slots */
};

/* A rule of this form: wording and legal basis. The rules that every form shares are in rules.h. */
struct rule {
    const char *id;                     /* "row-total" */
    enum severity severity;
    struct wording title, message, hint;    /* placeholders as in templates/README.md */
    const char *basis;
};

/* What last year's report says of this year's numbers: now (= | ≥) Σ last (of last year's report) + Σ plus − Σ minus (of this year's). */
struct tie {
    const struct rule *rule;
    enum severity severity;
    bool at_least;                      /* ≥ */
    size_t now, *last, nlast, *plus, nplus, *minus, nminus;     /* indexes into form->slots */
};

struct table {
    const char *id;                     /* "requests" */
    struct label title;                 /* "三、收到和处理政府信息公开申请情况" */
    const char *brief;                  /* "表三" */
    const char *sheet;                  /* sheet name in our workbooks */
    bool landscape;
    bool joint;                         /* several units count the same thing: their sum may be more than the number of a whole area */
    struct block *blocks;   size_t nblocks;
    size_t first, nslots;               /* its slots: form->slots[first .. first+nslots) */
    struct equation *equations; size_t nequations;   /* sums first, in the order of the file; a term of a sum may itself be given by
                                                        a sum of any table, an earlier or a later one, but never in a circle */
    struct tie *ties;       size_t nties;            /* to last year's numbers */
    const struct rule *repeated;                     /* found when every number is last year's, and not all are 0; NULL: never */
    struct leap { size_t slot; int factor; } *leaps; size_t nleaps;     /* an amount so many times last year's may be in another unit */
    const struct form *form;
};

struct form {
    const char *id;                     /* "2021" */
    const char *name;                   /* "国办公开办函〔2021〕30号" */
    const char *title;                  /* "政府信息公开工作年度报告" */
    const char *source;                 /* file name, for messages */
    char digest[65];                    /* SHA-256 of the definition */
    int year_from, year_to;             /* report years it is for; year_to 0: until the next form begins */
    int year_checked;                   /* last report year for which it was seen to be in force; 0: unknown */
    const char **law;       size_t nlaw;            /* citations */
    struct table *tables;   size_t ntables;
    struct slot *slots;     size_t nslots;          /* every number, in legal order */
    struct rule *rules;     size_t nrules;
    const char **instructions; size_t ninstructions;   /* paragraphs of 填报说明 */
    /* standard sentences of the summary: "{requests.received.total}" is a value, "{requests.refused.*.total}" the sum of all that match */
    const char **sentences; size_t nsentences;
    const struct doc *narrative;        /* how running text names the numbers (sayings.h); NULL: not said */
    /* what a report of another form has under other keys (equal keys mean the same): the sum of `now`, of this form, is that of `last` */
    struct kin { const char *form, *label; size_t *now, nnow; const char **last; size_t nlast; const char *place; } *kin; size_t nkin;
    /* how a workbook names its unit and year */
    const char **title_words; size_t ntitle_words;  /* "政府信息公开工作年度报告", "年报", longest first */
    const char **unit_labels; size_t nunit_labels;  /* "单位名称", "填报单位" */
    const char **year_labels; size_t nyear_labels;  /* "报告年度" */
    /* words that may follow a number in a cell */
    struct unit { const char *word; enum number_kind kind; int64_t numerator, denominator; } *units; size_t nunits;
};

/* Read one definition. `source` names it in messages. On STATUS_DEFINITION fault->where says "FILE:LINE: KEY PATH: reason". */
enum status form_load(struct arena *arena, const char *source, const char *yaml, size_t n, struct form **form, struct fault *fault);

/* The form's own rule of that id, or NULL. */
const struct rule *form_rule(const struct form *form, const char *id);

/* The slot of a key, or NULL. */
const struct slot *form_slot(const struct form *form, const char *key);

/* "三、收到和处理政府信息公开申请情况 → 三、本年度办理结果/（一）予以公开 → 总计". NULL: out of memory. */
const char *slot_path(struct arena *arena, const struct slot *slot);

/* The table of an id, or NULL. */
const struct table *form_table(const struct form *form, const char *id);

/* True if a key is named by pattern[0..n), in which each "*" stands for one segment: "requests.refused.*.total". */
bool form_key_matches(const char *key, const char *pattern, size_t n);

/* All forms the program knows: the embedded ones, then those of `directory` (NULL: none), which replace embedded ones of the same
 * id; ordered by year_from. */
struct forms {
    const struct form **form; size_t n;
    const struct dictionary *dictionary;        /* of all */
    const struct hint_words *hints;             /* of the newest, which names unit and year as all before it did */
    struct familiar *familiar;                  /* sheets on which tables were found (convert/find/familiar.h), for who reads many; NULL: not kept */
    struct seen *seen;                          /* the same of their packages (xlsx/read/read.h) */
};
enum status forms_load(struct arena *arena, const char *directory, struct forms *forms, struct fault *fault);

/* The form of an id; NULL: none. */
const struct form *forms_find(const struct forms *forms, const char *id);

/* The form for a report year: the newest whose years contain it, else the newest that had begun. NULL: none (year before all). */
const struct form *forms_for_year(const struct forms *forms, int year);

#endif
