/* SPDX-License-Identifier: MIT */
/* arena: blocks cut one after another from chunks that grow with use. Large chunks come zeroed from the system, by way of calloc, small ones
 * as they are; what was written before has to be zeroed when it is cut (again). Only the newest block of the newest chunk can grow in place. */
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

/* Not max_align_t: on 32-bit Windows it asks for more than its malloc gives. */
union widest { long long number; double real; void *pointer; };

enum {
    ALIGNMENT = alignof(union widest),
    CHUNK_FIRST = 2 << 10,      /* the result of one file of many needs no more */
    CHUNK_ZEROED = 256 << 10,   /* from here on calloc has nothing to do: they are pages of the system, which are zero */
    CHUNK_LAST = 4 << 20,       /* beyond this a bigger chunk saves nothing */
    CHUNK_KEPT = 1 << 20        /* a reset gives a bigger one back */
};

struct chunk {
    struct chunk *older;
    size_t size, used;          /* of bytes */
    size_t dirty;               /* of bytes: may not be zero */
    alignas(union widest) unsigned char bytes[];
};

struct arena {
    struct chunk *chunk;        /* the newest; NULL before the first request */
    size_t budget, used;        /* used <= budget */
    size_t chunk_size;          /* of the next ordinary chunk */
    long fail_after;            /* requests that still succeed; negative: all */
    void *lasting;              /* NULL: nothing */
    void (*release)(void *thing);
};

struct arena *
arena_new(size_t budget)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        return NULL;
    arena->budget = budget;
    arena->chunk_size = CHUNK_FIRST;
    arena->fail_after = -1;
    return arena;
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct chunk *chunk = arena->chunk, *older; chunk != NULL; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    if (arena->lasting != NULL)
        arena->release(arena->lasting);
    free(arena);
}

void **
arena_lasting(struct arena *arena, void (*release)(void *thing))
{
    arena->release = release;
    return &arena->lasting;
}

void
arena_reset(struct arena *arena)
{
    struct chunk *kept = arena->chunk;
    if (kept != NULL && kept->size > CHUNK_KEPT) {
        kept = NULL;
        arena->chunk_size = CHUNK_FIRST;
    }
    for (struct chunk *chunk = arena->chunk, *older; chunk != NULL; chunk = older) {
        older = chunk->older;
        if (chunk != kept)
            free(chunk);
    }
    if (kept != NULL) {
        kept->older = NULL;
        kept->dirty = kept->used > kept->dirty ? kept->used : kept->dirty;
        kept->used = 0;
    }
    arena->chunk = kept;
    arena->used = 0;
}

/* Round *n up to whole units of alignment and say whether the budget (and the test hook) still allows them. */
static bool
allowed(struct arena *arena, size_t *n)
{
    if (arena->fail_after == 0)
        return false;
    if (arena->fail_after > 0)
        arena->fail_after--;
    size_t units = (*n + (*n == 0) - 1) / ALIGNMENT + 1;    /* no bytes still get an address of their own */
    if (units > (arena->budget - arena->used) / ALIGNMENT)
        return false;
    *n = units * ALIGNMENT;
    return true;
}

static bool
add_chunk(struct arena *arena, size_t n)
{
    size_t size = n > arena->chunk_size ? n : arena->chunk_size;
    if (size > SIZE_MAX - sizeof(struct chunk))
        return false;
    bool zeroed = size >= CHUNK_ZEROED;
    struct chunk *chunk = zeroed ? calloc(1, sizeof *chunk + size) : malloc(sizeof *chunk + size);
    if (chunk == NULL)
        return false;
    *chunk = (struct chunk){ .older = arena->chunk, .size = size, .dirty = zeroed ? 0 : size };
    arena->chunk = chunk;
    if (arena->chunk_size < CHUNK_LAST)
        arena->chunk_size *= 2;
    return true;
}

/* Cut the next n bytes off the newest chunk. */
static unsigned char *
cut(struct arena *arena, size_t n)
{
    unsigned char *block = arena->chunk->bytes + arena->chunk->used;
    arena->chunk->used += n;
    arena->used += n;
    return block;
}

/* Zero what an earlier use left in the newest n bytes that were cut. */
static void
clean(const struct chunk *chunk, unsigned char *block, size_t n)
{
    size_t at = chunk->used - n;
    if (at < chunk->dirty)
        memset(block, 0, chunk->dirty - at < n ? chunk->dirty - at : n);
}

/* The next n bytes, which become whole units of alignment; NULL when there are none. */
static unsigned char *
take(struct arena *arena, size_t *n)
{
    if (!allowed(arena, n))
        return NULL;
    if (arena->chunk == NULL || *n > arena->chunk->size - arena->chunk->used)
        if (!add_chunk(arena, *n))
            return NULL;
    return cut(arena, *n);
}

void *
arena_raw(struct arena *arena, size_t n)
{
    return take(arena, &n);
}

void *
arena_alloc(struct arena *arena, size_t n)
{
    unsigned char *block = take(arena, &n);
    if (block != NULL)
        clean(arena->chunk, block, n);
    return block;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    return arena_alloc(arena, n * size);
}

char *
arena_text(struct arena *arena, const char *s, size_t n)
{
    char *copy = n < SIZE_MAX ? arena_raw(arena, n + 1) : NULL;
    if (copy == NULL)
        return NULL;
    if (n > 0)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *
arena_copy(struct arena *arena, const char *s)
{
    return s != NULL ? arena_text(arena, s, strlen(s)) : NULL;
}

/* Grow the block [old, old + n) by `more` bytes where it lies, if it is the newest and its chunk has room. */
static bool
grow_in_place(struct arena *arena, const unsigned char *old, size_t n, size_t more, bool zeroed)
{
    struct chunk *chunk = arena->chunk;
    size_t room = n % ALIGNMENT == 0 && more % ALIGNMENT == 0 && chunk != NULL ? chunk->size - chunk->used : 0;
    if (more > room || old + n != chunk->bytes + chunk->used || !allowed(arena, &more))
        return false;
    unsigned char *block = cut(arena, more);
    if (zeroed)
        clean(chunk, block, more);
    return true;
}

static bool
make_room(struct arena *arena, void *items, size_t n, size_t *cap, size_t size, bool zeroed)
{
    size_t more = *cap > 0 ? *cap : 8;
    if (more > SIZE_MAX - *cap || *cap + more > SIZE_MAX / size)
        return false;
    unsigned char *old;
    memcpy(&old, items, sizeof old);            /* `items` points at some object pointer; all have one representation */
    if (old == NULL || !grow_in_place(arena, old, *cap * size, more * size, zeroed)) {
        unsigned char *grown = (zeroed ? arena_alloc : arena_raw)(arena, (*cap + more) * size);
        if (grown == NULL)
            return false;
        if (old != NULL)
            memcpy(grown, old, n * size);
        memcpy(items, &grown, sizeof grown);
    }
    *cap += more;
    return true;
}

bool
arena_room(struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
    return n < *cap || make_room(arena, items, n, cap, size, true);
}

bool
arena_room_raw(struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
    return n < *cap || make_room(arena, items, n, cap, size, false);
}

size_t
arena_used(const struct arena *arena)
{
    return arena->used;
}

void
arena_fail_after(struct arena *arena, long n)
{
    arena->fail_after = n;
}
