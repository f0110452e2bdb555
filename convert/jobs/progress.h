/* SPDX-License-Identifier: MIT */
/* progress: a bar on stderr with rate and time left, drawn only when stderr is a terminal and at most some times a second. */
#ifndef NIANBAO_PROGRESS_H
#define NIANBAO_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

struct progress {
    bool shown;                      /* there is a terminal, and enough to do */
    bool visible;                    /* it stands on the line of the cursor */
    enum language language;
    size_t n, done;
    uint64_t began, drawn;           /* milliseconds */
};

struct progress progress_new(size_t n, enum language language);
void progress_step(struct progress *progress, size_t done);
void progress_clear(struct progress *progress);      /* before anything else is printed, and at the end */

#endif
