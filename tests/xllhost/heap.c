/* SPDX-License-Identifier: MIT */
/* heap: blocks in two lists, each with a guard before and behind it. */
#include "heap.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "fail.h"

enum { GUARD = 32, GUARD_BYTE = 0xA5, POISON = 0xDD, DEAD_MOST = 1 << 24 };

struct block {
    struct block *next, *before;
    const struct heap *heap;
    size_t n;
    uint64_t sum;                /* of sealed contents */
    bool sealed;
    unsigned char guard[GUARD];
};

static HANDLE heap_of_the_host;

void *
own(size_t n)
{
    if (heap_of_the_host == NULL)
        heap_of_the_host = HeapCreate(0, 0, 0);
    void *data = HeapAlloc(heap_of_the_host, HEAP_ZERO_MEMORY, n > 0 ? n : 1);
    if (data == NULL)
        give_up("no memory");
    return data;
}

void *
own_resize(void *data, size_t n)
{
    if (data == NULL)
        return own(n);
    data = HeapReAlloc(heap_of_the_host, HEAP_ZERO_MEMORY, data, n > 0 ? n : 1);
    if (data == NULL)
        give_up("no memory");
    return data;
}

void
disown(void *data)
{
    if (data != NULL)
        HeapFree(heap_of_the_host, 0, data);
}

/* -- blocks -- */

static unsigned char *
data_of(const struct block *block)
{
    return (unsigned char *)(block + 1);
}

static uint64_t
sum_of(const struct block *block)
{
    uint64_t sum = 14695981039346656037u;
    const unsigned char *data = data_of(block);
    for (size_t i = 0; i < block->n; i++)
        sum = (sum ^ data[i]) * 1099511628211u;
    return sum;
}

static bool
filled(const unsigned char *bytes, size_t n, unsigned char with)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != with)
            return false;
    return true;
}

static void
check(const struct heap *heap, const struct block *block)
{
    if (!filled(block->guard, GUARD, GUARD_BYTE) || !filled(data_of(block) + block->n, GUARD, GUARD_BYTE))
        fail("%s: memory beside a block of %zu bytes was written", heap->name, block->n);
    if (block->sealed && sum_of(block) != block->sum)
        fail("%s: a block of %zu bytes that belongs to Excel was written", heap->name, block->n);
}

static struct block *
block_of(const struct heap *heap, const void *data)
{
    for (struct block *block = heap->live; block != NULL; block = block->next)
        if (data_of(block) == data)
            return block;
    return NULL;
}

bool
heap_has(const struct heap *heap, const void *data)
{
    return block_of(heap, data) != NULL;
}

void *
heap_take(struct heap *heap, size_t n)
{
    if (heap->fail_after >= 0 && heap->fail_after-- == 0)
        return NULL;
    struct block *block = own(sizeof *block + n + GUARD);
    block->heap = heap;
    block->n = n;
    memset(block->guard, GUARD_BYTE, GUARD);
    memset(data_of(block) + n, GUARD_BYTE, GUARD);
    block->next = heap->live;
    if (block->next != NULL)
        block->next->before = block;
    heap->live = block;
    heap->nlive++;
    heap->total++;
    return data_of(block);
}

void
heap_seal(struct heap *heap, void *data)
{
    struct block *block = data != NULL ? block_of(heap, data) : NULL;
    if (block != NULL) {
        block->sealed = true;
        block->sum = sum_of(block);
    }
}

void
heap_give(struct heap *heap, void *data)
{
    struct block *block = data != NULL ? block_of(heap, data) : NULL;
    if (data == NULL)
        return;
    if (block == NULL) {
        for (block = heap->dead; block != NULL && data_of(block) != data; block = block->next)
            continue;
        fail("%s: %s", heap->name, block != NULL ? "freed twice" : "memory was freed that is not from here");
        return;
    }
    check(heap, block);
    *(block->before != NULL ? &block->before->next : &heap->live) = block->next;
    if (block->next != NULL)
        block->next->before = block->before;
    heap->nlive--;
    memset(data_of(block), POISON, block->n);
    block->before = NULL;
    block->next = heap->dead;
    heap->dead = block;
    heap->ndead += block->n;
    if (heap->ndead > DEAD_MOST)
        heap_bury(heap);
}

void *
heap_resize(struct heap *heap, void *data, size_t n)
{
    if (data == NULL)
        return heap_take(heap, n);
    struct block *block = block_of(heap, data);
    if (block == NULL) {
        fail("%s: memory was resized that is not from here", heap->name);
        return NULL;
    }
    void *larger = heap_take(heap, n);
    if (larger != NULL) {
        memcpy(larger, data, block->n < n ? block->n : n);
        heap_give(heap, data);
    }
    return larger;
}

void
heap_bury(struct heap *heap)
{
    for (const struct block *block = heap->live; block != NULL; block = block->next)
        check(heap, block);
    for (struct block *block = heap->dead, *next; block != NULL; block = next) {
        next = block->next;
        if (!filled(block->guard, GUARD, GUARD_BYTE) || !filled(data_of(block), block->n, POISON)
            || !filled(data_of(block) + block->n, GUARD, GUARD_BYTE))
            fail("%s: a block of %zu bytes was written after it was freed", heap->name, block->n);
        disown(block);
    }
    heap->dead = NULL;
    heap->ndead = 0;
}

void
heap_empty(struct heap *heap)
{
    while (heap->live != NULL)
        heap_give(heap, data_of(heap->live));
}
