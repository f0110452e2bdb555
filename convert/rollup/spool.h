/* SPDX-License-Identifier: MIT */
/* spool: filings on disk, in a temporary file that nobody else sees: memory does not grow with their number. */
#ifndef NIANBAO_SPOOL_H
#define NIANBAO_SPOOL_H

#include "filing.h"

struct spool;
struct spool *spool_new(void);                                          /* NULL: no room */
void spool_free(struct spool *spool);
bool spool_put(struct spool *spool, const struct filing *filing);       /* false: the disk or the memory is full */
size_t spool_count(const struct spool *spool);
struct filing *spool_get(struct spool *spool, size_t i, struct arena *arena);       /* NULL: out of memory, or it cannot be read back */

#endif
