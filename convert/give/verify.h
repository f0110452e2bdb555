/* SPDX-License-Identifier: MIT */
/* verify: is a workbook as nianbao wrote it? The stamp says whether a cell has changed, the copy of all cells that lies on the hidden
 * sheet says which and from what. Tamper-evident, not a signature: whoever has the program can write a stamp. */
#ifndef NIANBAO_VERIFY_H
#define NIANBAO_VERIFY_H

#include "stamp.h"

enum change_kind { CHANGE_CELL, CHANGE_SHEET_ADDED, CHANGE_SHEET_REMOVED, CHANGE_SHEET_RENAMED, CHANGE_SHEET_MOVED,
                   CHANGE_SHEET_CONTENT };      /* some cell; which cannot be said, because no copy is kept of persons and telephone numbers */

struct change {
    enum change_kind kind;
    const char *sheet, *cell;        /* a sheet itself: cell "" */
    const char *key;                 /* of the value that lies there; NULL: none */
    const char *before, *now;        /* as shown ("=SUM(A1:A2)", "'5" for a text where a number is on the other side): what people fill in
                                        on the cover is "…"; NULL: not there. Of a sheet: its names; its places among the sheets, from 1,
                                        when it was moved */
    const char *value;               /* what a formula with a key gave before; NULL: there was none */
};

struct verification {
    enum stamp stamp;
    const char *code;                /* 校验码; NULL: not said */
    const char *version, *form, *verdict, *unit;     /* as stamped; NULL: not said */
    int year;
    struct change *changes; size_t nchanges, changes_cap;
    bool cells;                      /* some cell that people see has changed; without `changes` it cannot be said which */
    bool stamp_touched;              /* the stamp itself, or the hidden sheet, is not as it was written */
    bool rollup;
    struct verify_input { const char *sha256, *file; } *inputs; size_t ninputs, inputs_cap;      /* a roll-up: what it was made of */
};

/* Compare a book with its stamp. False: out of memory. */
bool verify_book(struct arena *arena, const struct book *book, struct verification *out);

/* -- the inputs of a roll-up, when they are at hand -- */

/* A file that is there now. */
struct verify_file { const char *path; char sha256[65]; };

struct recheck {
    size_t same;
    const char **changed, **missing, **fresh;        /* files: of the roll-up, of the roll-up, of those at hand */
    size_t nchanged, nmissing, nfresh;
};

/* Put files in the order that verify_inputs needs. */
void verify_sort(struct verify_file *files, size_t n);

/* What has become of the inputs. A file that is not as it was is known by its name, and of files of one name by their folders. False: out
 * of memory. */
bool verify_inputs(struct arena *arena, const struct verification *verification, const struct verify_file *files, size_t n, struct recheck *out);

/* -- in words, and as one line of JSON (nianbao.verify/1) -- */

struct verify_result {
    const char *file;
    const struct verification *verification;         /* NULL: unreadable */
    const struct fault *fault;                       /* why */
    const struct recheck *recheck;                   /* NULL: not asked for */
};

void verify_text(const struct verify_result *result, const struct forms *forms, enum language language, struct text *out);
void verify_json(const struct verify_result *result, enum language language, struct text *out);

#endif
