/* SPDX-License-Identifier: MIT */
/* ole: the compound file (OLE2) that holds an .xls, .et, .doc or encrypted workbook. Everything allocated is the arena's; `bytes`
 * must stay as long as the container is used. */
#ifndef NIANBAO_OLE_H
#define NIANBAO_OLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "status.h"

/* Sectors and the table that chains them. A container has two: the file's own, and the small sectors inside one of its streams. */
struct ole_space {
    const unsigned char *bytes;
    size_t n;
    size_t first;               /* where sector 0 begins */
    unsigned shift;             /* a sector holds 1 << shift bytes */
    const unsigned char *next;  /* 32 bits per sector: the one that follows it */
    size_t nnext;
};

struct ole {
    struct ole_space big, small;
    uint32_t cutoff;                    /* streams below this size are in small sectors */
    const unsigned char *directory;
    size_t nentries;
    uint32_t *top;                      /* entries directly below the root */
    size_t ntop;
};

/* Open a container: bytes with its signature (sniff.h). STATUS_TRUNCATED when a sector lies beyond the end, STATUS_DAMAGED
 * when its tables contradict themselves. */
enum status ole_open(struct arena *arena, const unsigned char *bytes, size_t n, struct ole *ole, struct fault *fault);

/* The entry of a stream directly below the root, by its ASCII name in any case; -1 when there is none. */
long ole_find(const struct ole *ole, const char *name);

/* The whole content of the stream. */
enum status ole_read(struct arena *arena, const struct ole *ole, long entry, const unsigned char **bytes, size_t *n, struct fault *fault);

#endif
