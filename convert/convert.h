/* SPDX-License-Identifier: MIT */
/* convert: the job of one input: read it, make the report, write what is given back. Nothing here prints. */
#ifndef NIANBAO_CONVERT_H
#define NIANBAO_CONVERT_H

#include "sources.h"
#include "report.h"

/* What the inputs of one run share. */
struct run {
    struct arena *arena;         /* of what lasts as long as the run */
    const struct forms *forms;
    struct options options;
    bool write;                  /* false: check only */
    const char *folder;          /* of the outputs; NULL: beside each input */
    struct os_id *kept; size_t nkept, kept_cap;     /* inputs and outputs of the run: never written to, never removed */
};

/* An output that could not be made. */
struct failure {
    const char *path;            /* NULL: none failed */
    struct fault fault;
};

/* Protect all inputs. False: out of memory. */
bool run_keep(struct run *run, const struct sources *sources);

/* One input: fills the report (its outputs too). Both outputs are written or, as far as the disk lets us, none. */
void run_source(struct run *run, const struct source *source, struct arena *arena, struct report *report, struct failure *failure);

/* Only the writing: of a Chinese report that was made of the source while a program holds it open. */
void run_report(struct run *run, const struct source *source, struct report *report, struct failure *failure);

/* May a new workbook be put there: nothing is there, or a workbook of ours that nobody has changed. */
bool run_may_replace(const struct run *run, const char *path);

#endif
