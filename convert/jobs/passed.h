/* SPDX-License-Identifier: MIT */
/* passed: files of the folders that are not judged, and what is said of them. */
#ifndef NIANBAO_PASSED_H
#define NIANBAO_PASSED_H

#include "report.h"
#include "text.h"

struct passed { const char **path; size_t n, cap, own; };        /* own: so many more, texts that nianbao wrote */

/* Add one more. False: out of memory. */
bool passed_add(struct arena *arena, struct passed *passed, const char *path);

/* Files that are not read; documents that hold none of the tables (job.aside). How many, and the names of the first, or `all`: one line
 * without its end; nothing when there are none. */
void passed_unread(struct text *out, const struct passed *others, bool all, enum language language);
void passed_aside(struct text *out, const struct passed *aside, bool all, enum language language);

#endif
