/* SPDX-License-Identifier: MIT */
/* arena: all memory of one conversion, with a budget. One file = one arena; the door that made it frees it or resets it for the next
 * file, nothing inside is freed alone. Every function that can run out returns NULL (or false), and its caller returns STATUS_MEMORY. */
#ifndef NIANBAO_ARENA_H
#define NIANBAO_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena that gives out at most `budget` bytes in all. NULL when there is no memory. */
struct arena *arena_new(size_t budget);

/* Free the arena and all it gave. NULL is allowed. */
void arena_free(struct arena *arena);

/* Take back all it gave, as if it were new, and keep some of the memory for what comes next: for one file after another. */
void arena_reset(struct arena *arena);

/* The place, one for each arena, of a thing that is dear to make and stays when all else is taken back; NULL until somebody puts it there.
 * With the arena it is freed by `release`. */
void **arena_lasting(struct arena *arena, void (*release)(void *thing));

/* n zeroed bytes, aligned for any type but long double. NULL when over the budget or out of memory. */
void *arena_alloc(struct arena *arena, size_t n) __attribute__((warn_unused_result));

/* The same, not zeroed: for what is written at once. */
void *arena_raw(struct arena *arena, size_t n) __attribute__((warn_unused_result));

/* n zeroed items of `size` bytes; NULL on overflow too. */
void *arena_array(struct arena *arena, size_t n, size_t size) __attribute__((warn_unused_result));

/* A NUL-terminated copy of n bytes. */
char *arena_text(struct arena *arena, const char *s, size_t n) __attribute__((warn_unused_result));

/* A copy of a text; of NULL, NULL. */
char *arena_copy(struct arena *arena, const char *s) __attribute__((warn_unused_result));

/* Room for one more item in a growing array: *items holds *cap items of `size` bytes, n are in use. False when out of memory
 * (the old array stays valid). New items are zeroed. Use: `if (!arena_room(a, &v, n, &cap, sizeof *v)) return STATUS_MEMORY;`
 * `items` is the address of any object pointer. */
bool arena_room(struct arena *arena, void *items, size_t n, size_t *cap, size_t size) __attribute__((warn_unused_result));

/* The same, for items that are written whole before they are read: new ones hold anything. */
bool arena_room_raw(struct arena *arena, void *items, size_t n, size_t *cap, size_t size) __attribute__((warn_unused_result));

/* Bytes given out so far. */
size_t arena_used(const struct arena *arena);

/* Test hook: the n-th request from now fails, and every one after it (n = 0: the next one). Negative: never. */
void arena_fail_after(struct arena *arena, long n);

#endif
