/* SPDX-License-Identifier: MIT */
/* convert: the job of one input: read it, make the report, write what is given back. Between reading and writing somebody may be
 * asked for what the file does not say. Nothing here prints. */
#ifndef NIANBAO_CONVERT_H
#define NIANBAO_CONVERT_H

#include "sources.h"
#include "report.h"
#include "wording.h"

/* What the inputs of one run share. */
struct run {
    struct arena *arena;         /* of what lasts as long as the run */
    const struct forms *forms;
    struct options options;
    bool write;                  /* false: check only; run_write does nothing */
    bool force;                  /* write outputs anew that are there already, made from the same */
    const char *folder;          /* of the outputs; NULL: beside each input */
    struct sources *sources;     /* all inputs; NULL before run_keep */
    struct ids kept;             /* inputs, and outputs that another input might want: never written to, never removed */
    struct lock *lock;           /* of what changes in it; NULL: there is one thread only */
};

/* An output that could not be made. */
struct failure {
    const char *path;            /* NULL: none failed */
    struct fault fault;
};

/* One input on its way. */
struct job {
    const struct source *source;
    struct arena *arena;         /* of all below */
    struct options options;
    unsigned char *bytes; size_t n;
    struct report report;
    bool own;                    /* aside: a text that nianbao wrote */
    bool aside;                  /* a document without a table of any form that was only found in a folder: nobody takes it for a report */
    struct failure failure;
    enum obstacle obstacle;      /* why the outputs have a number */
    const char *spared;          /* the file that was in the way */
};

/* Before anything is written: protect all inputs and let those with one name for their outputs take turns. False: out of memory. */
bool run_keep(struct run *run, struct sources *sources);

/* Read the input and judge it with the options of the run. */
void run_read(const struct run *run, const struct source *source, struct arena *arena, struct job *job);

/* Make the report of what was read, with the job's options; once more when they were changed. */
void run_judge(const struct run *run, struct job *job);

/* Write the outputs of an input that was readable: both or, as far as the disk lets us, none. Several threads may do this at once, each
 * with its own input; every input must come here, or its twins wait for it. Once more after a failure, into another folder of the run. A
 * job may also be made by hand, of a Chinese report of a workbook that a program holds open: source, arena, options and report. */
void run_write(struct run *run, struct job *job);

/* May a new workbook be put there: nothing is there, or a workbook of ours that nobody has changed. */
bool run_may_replace(const struct run *run, const char *path);

#endif
