/* SPDX-License-Identifier: MIT */
/* batch: many inputs on all processors, their results in the order of the inputs. A worker does one file at a time in an arena that
 * is used again for the next; of a file only what `work` puts on paper is kept, and only until `take` has had it, so that memory
 * does not grow with the number of files. */
#ifndef NIANBAO_BATCH_H
#define NIANBAO_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* What a job makes of an input: anything, in the arena `paper`, which is freed after `take`. */
struct batch {
    size_t n;                        /* inputs */
    unsigned workers;                /* 0: one per processor */
    /* Do input i. `scratch` is emptied afterwards, `paper` is kept for take. Several threads at once. NULL: out of memory. */
    void *(*work)(void *context, size_t i, struct arena *scratch, struct arena *paper);
    /* Have the result of input i: one at a time, i = 0, 1, 2, …; false: stop. `result` is what work returned. */
    bool (*take)(void *context, size_t i, void *result);
    void *context;
};

/* Number of inputs taken: fewer than n when it was stopped (by take, or by the interrupt key: os_interrupted), or when no memory was
 * left to begin. Every job begun is ended, so that no output is cut. */
size_t batch_run(const struct batch *batch);

#endif
