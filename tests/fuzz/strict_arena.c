/* SPDX-License-Identifier: MIT */
/* strict_arena: arena.h in place of xlsx/base/arena.c while fuzzing: every block is its own malloc, so that the sanitizer sees each byte
 * read or written beside one; what arena_raw gives is not zero; a grown array moves, and its old place is filled with junk. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

enum { JUNK = 0xA5, UNIT = 8 };

struct block {
    struct block *older;
    unsigned char *bytes;
};

struct arena {
    struct block *newest;
    size_t budget, used;
    long fail_after;
    void *lasting;
    void (*release)(void *thing);
};

struct arena *
arena_new(size_t budget)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        return NULL;
    arena->budget = budget;
    arena->fail_after = -1;
    return arena;
}

void
arena_reset(struct arena *arena)
{
    for (struct block *block = arena->newest, *older; block != NULL; block = older) {
        older = block->older;
        free(block->bytes);
        free(block);
    }
    arena->newest = NULL;
    arena->used = 0;
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    arena_reset(arena);
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

void *
arena_raw(struct arena *arena, size_t n)
{
    if (arena->fail_after == 0)
        return NULL;
    if (arena->fail_after > 0)
        arena->fail_after--;
    size_t units = (n + (n == 0) - 1) / UNIT + 1;
    if (units > (arena->budget - arena->used) / UNIT)
        return NULL;
    struct block *block = malloc(sizeof *block);
    unsigned char *bytes = malloc(n);
    if (block == NULL || bytes == NULL) {
        free(block);
        free(bytes);
        return NULL;
    }
    memset(bytes, JUNK, n);
    *block = (struct block){ arena->newest, bytes };
    arena->newest = block;
    arena->used += units * UNIT;
    return bytes;
}

void *
arena_alloc(struct arena *arena, size_t n)
{
    void *bytes = arena_raw(arena, n);
    return bytes != NULL ? memset(bytes, 0, n) : NULL;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
    return size != 0 && n > SIZE_MAX / size ? NULL : arena_alloc(arena, n * size);
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

static bool
make_room(struct arena *arena, void *items, size_t n, size_t *cap, size_t size, bool zeroed)
{
    if (n < *cap)
        return true;
    size_t more = *cap > 0 ? *cap : 8;
    if (more > SIZE_MAX - *cap || *cap + more > SIZE_MAX / size)
        return false;
    unsigned char *old, *grown = (zeroed ? arena_alloc : arena_raw)(arena, (*cap + more) * size);
    if (grown == NULL)
        return false;
    memcpy(&old, items, sizeof old);
    if (old != NULL) {
        memcpy(grown, old, n * size);
        memset(old, JUNK, *cap * size);
    }
    memcpy(items, &grown, sizeof grown);
    *cap += more;
    return true;
}

bool
arena_room(struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
    return make_room(arena, items, n, cap, size, true);
}

bool
arena_room_raw(struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
    return make_room(arena, items, n, cap, size, false);
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
