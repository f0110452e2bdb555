/* SPDX-License-Identifier: MIT */
/* rollup_tell: what the command rollup prints: text, one object of JSON, or CSV, input by input, so that it needs no more memory for more. */
#ifndef NIANBAO_ROLLUP_TELL_H
#define NIANBAO_ROLLUP_TELL_H

#include "cli.h"
#include "rollup.h"

/* A roll-up at its end. */
struct telling {
    struct cli *cli;
    const struct rollup *rollup;
    const char **missing; size_t nmissing;       /* members of the list from whom nothing came */
};

/* False: not all could be printed. */
bool rollup_tell(const struct telling *telling);

/* How many entries are so. */
size_t entries_that(const struct rollup *rollup, bool (*are)(const struct entry *entry));
bool entry_failing(const struct entry *entry);       /* to be corrected, counted or left out */
bool entry_readable(const struct entry *entry);

#endif
