/* SPDX-License-Identifier: MIT */
/* guess: what was meant. Of a misspelt name: offer every name that would have been right, then ask for the remark. Of a line of YAML:
 * which key of a Chinese keyboard slipped in. */
#ifndef NIANBAO_GUESS_H
#define NIANBAO_GUESS_H

#include <stddef.h>

struct guess {
    const char *word;
    const char *best;           /* the nearest name so far that is near enough; NULL: none */
    size_t distance;
    char names[96];             /* the first names offered: "a、b、…" */
    char remark[128];
};

struct guess guess_new(const char *word);
void guess_offer(struct guess *guess, const char *name);

/* "，是不是“columns”？", or "（有 rows、columns）" when nothing is near, or "" when nothing was offered. */
const char *guess_remark(struct guess *guess);

/* "：冒号“：”是全角的，…"; "" when nothing of the kind is on the line. */
const char *guess_slip(const char *line);

#endif
