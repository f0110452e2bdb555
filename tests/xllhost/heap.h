/* SPDX-License-Identifier: MIT */
/* heap: memory whose every block is known. The host hands out values from one heap, and stands behind malloc and its kin of the
 * add-in with another: what is freed twice, never, by the wrong side, or written where it may not be is a failure. */
#ifndef XLLHOST_HEAP_H
#define XLLHOST_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct block;
struct heap {
    const char *name;
    bool sealed;                 /* nobody may write into a block after heap_seal */
    struct block *live, *dead;   /* the dead stay poisoned until heap_bury */
    size_t nlive, ndead, total;
    long fail_after;             /* the n-th request from now fails, once; negative: never */
};

void *heap_take(struct heap *heap, size_t n);                /* zeroed; NULL only when it has to fail */
void heap_seal(struct heap *heap, void *data);               /* its contents are final */
bool heap_has(const struct heap *heap, const void *data);    /* a live block begins here */
void heap_give(struct heap *heap, void *data);               /* free; NULL is allowed */
void *heap_resize(struct heap *heap, void *data, size_t n);
void heap_empty(struct heap *heap);                           /* free what is live */
void heap_bury(struct heap *heap);                           /* check all guards and poison; release the dead */

/* The host's own memory: never NULL, never accounted. */
void *own(size_t n);
void *own_resize(void *data, size_t n);
void disown(void *data);

#endif
