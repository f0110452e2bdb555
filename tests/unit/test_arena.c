/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <stdint.h>

#include "arena.h"
#include "test.h"
#include "text.h"

static void
blocks(void)
{
    static const size_t sizes[] = { 0, 1, 15, 16, 17, 4096, 100000, 1, 9u << 20, 3 };
    struct arena *arena = arena_new((size_t)64 << 20);
    size_t total = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *block = arena_alloc(arena, sizes[i]);
        CHECK(block != NULL);
        CHECK_INT((uintptr_t)block % alignof(double), 0);
        bool zero = true;
        for (size_t j = 0; j < sizes[i]; j++)
            zero = zero && block[j] == 0;
        CHECK(zero);
        memset(block, 0xA5, sizes[i]);
        total += sizes[i];
    }
    CHECK(arena_used(arena) >= total);
    CHECK_STR(arena_text(arena, "年报abc", 6), "年报");
    CHECK_STR(arena_text(arena, NULL, 0), "");
    CHECK_STR(arena_copy(arena, "年报"), "年报");
    CHECK(arena_copy(arena, NULL) == NULL);
    arena_free(arena);
    arena_free(NULL);
}

static void
budget(void)
{
    struct arena *arena = arena_new(1000);
    CHECK(arena_alloc(arena, 1001) == NULL);
    CHECK(arena_alloc(arena, SIZE_MAX) == NULL);
    CHECK(arena_text(arena, "", SIZE_MAX) == NULL);
    CHECK(arena_array(arena, SIZE_MAX / 2, 3) == NULL);
    CHECK(arena_array(arena, 3, SIZE_MAX / 2) == NULL);
    CHECK_INT(arena_used(arena), 0);
    CHECK(arena_alloc(arena, 900) != NULL);
    CHECK(arena_alloc(arena, 200) == NULL);
    CHECK(arena_alloc(arena, 80) != NULL);
    CHECK(arena_used(arena) <= 1000);
    arena_free(arena);
}

static void
growing(void)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    uint32_t *v = NULL;
    size_t n = 0, cap = 0;
    bool fresh = true, same = true;
    for (uint32_t i = 0; i < 100000; i++) {
        if (!arena_room(arena, &v, n, &cap, sizeof *v))
            break;
        if (i % 1000 == 0 && arena_alloc(arena, 1) == NULL)     /* something in the way, so that not every growth is in place */
            break;
        fresh = fresh && v[n] == 0;
        v[n++] = i;
    }
    CHECK_INT(n, 100000);
    CHECK(fresh);
    for (uint32_t i = 0; i < n; i++)
        same = same && v[i] == i;
    CHECK(same);
    arena_free(arena);

    arena = arena_new(400);
    v = NULL;
    for (n = cap = 0; arena_room(arena, &v, n, &cap, sizeof *v); n++)
        v[n] = (uint32_t)n;
    CHECK(n == cap && n > 0 && v[n - 1] == n - 1);              /* the old array stays valid */
    cap = SIZE_MAX;
    CHECK(!arena_room(arena, &v, SIZE_MAX, &cap, sizeof *v));
    cap = SIZE_MAX / 2 - 1;
    CHECK(!arena_room(arena, &v, cap, &cap, sizeof *v));
    arena_free(arena);
}

static void
failing(void)
{
    struct arena *arena = arena_new(1 << 20);
    arena_fail_after(arena, 2);
    CHECK(arena_alloc(arena, 1) != NULL);
    CHECK(arena_alloc(arena, 1) != NULL);
    CHECK(arena_alloc(arena, 1) == NULL);
    CHECK(arena_alloc(arena, 1) == NULL);
    arena_fail_after(arena, -1);
    CHECK(arena_alloc(arena, 1) != NULL);
    arena_free(arena);
}

/* One file after another in one arena: whatever the last one left, new memory is zero, and the budget is whole again. */
static void
resetting(void)
{
    enum { BUDGET = 8 << 20, FILES = 6 };
    struct arena *arena = arena_new(BUDGET);
    for (size_t file = 0; file < FILES; file++) {
        size_t dirty = 0;
        for (size_t n = 1; n < (size_t)(file == 3 ? 2 << 20 : 50000); n *= 3) {
            unsigned char *block = arena_alloc(arena, n);
            CHECK(block != NULL);
            for (size_t i = 0; block != NULL && i < n; i++)
                dirty += block[i] != 0;
            memset(block, 0xA5, n);
        }
        struct text text = text_new(arena);
        text_puts(&text, "年报");
        CHECK_STR(text.at, "年报");
        unsigned *room = NULL;
        size_t cap = 0;
        for (size_t n = 0; n < 1000; n++) {
            CHECK(arena_room(arena, &room, n, &cap, sizeof *room));
            dirty += room[n] != 0 || room[cap - 1] != 0;
            room[n] = n + 1 < cap ? 7 : 0;
        }
        CHECK_INT((int)dirty, 0);
        CHECK(arena_used(arena) > 0);
        arena_reset(arena);
        CHECK_INT((int)arena_used(arena), 0);
        if (file == 2) {
            CHECK(arena_alloc(arena, BUDGET - 64) != NULL);
            arena_reset(arena);
        }
    }
    arena_free(arena);
}

static void
count(void *times)
{
    ++*(int *)times;
}

/* What lasts is not asked for again after a reset, and is released once. */
static void
lasting(void)
{
    int times = 0;
    struct arena *arena = arena_new(1000);
    CHECK(*arena_lasting(arena, count) == NULL);
    arena_free(arena);
    arena = arena_new(1000);
    *arena_lasting(arena, count) = &times;
    CHECK(arena_alloc(arena, 900) != NULL);
    arena_reset(arena);
    CHECK(*arena_lasting(arena, count) == &times);
    CHECK_INT(times, 0);
    arena_free(arena);
    CHECK_INT(times, 1);
}

int
main(void)
{
    blocks();
    blocks();           /* in memory that the first time has written to */
    lasting();
    budget();
    growing();
    failing();
    resetting();
    return test_summary();
}
