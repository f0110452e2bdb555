/* SPDX-License-Identifier: MIT */
/* page: the texts of the result window. Of one file everything that fits: verdict, findings with their cells, what was written. Of
 * several a row each, the worst first, and what does not fit is counted. For the clipboard all of it, in the order of the run. */
#ifndef NIANBAO_PAGE_H
#define NIANBAO_PAGE_H

#include "convert.h"
#include "text.h"

struct page {
    struct arena *arena;
    size_t total;                /* files of the run */
    struct passed aside;         /* documents that are no reports, and are not of it */
    const struct sources *sources;       /* they know what was not read */
    const char *opened;          /* the file whose outputs the buttons open; NULL: none */
    struct text one, full;
    struct row *rows; size_t n, cap;
    size_t verdicts[VERDICT_UNREADABLE + 1], counts[SEVERITY_COUNT], beside, elsewhere, unwritten;
    bool failed;                 /* out of memory */
};

struct page page_new(struct arena *arena, const struct sources *sources);

/* One more file is done. `elsewhere`: its outputs are in the folder that was chosen. Nothing of the job is kept. */
void page_add(struct page *page, const struct job *job, const char *name, bool elsewhere);

/* When all are done; NULL: out of memory. "待改：必须改 3 项，请核实 1 项"; of several files how many passed. */
const char *page_headline(const struct page *page);
const char *page_text(struct page *page);
const char *page_full(struct page *page);

#endif
