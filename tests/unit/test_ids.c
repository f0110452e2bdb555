/* SPDX-License-Identifier: MIT */
#include "ids.h"
#include "test.h"

int
main(void)
{
    struct arena *arena = arena_new(4 << 20);
    struct ids ids = { .n = 0 };
    CHECK(!ids_have(&ids, (struct os_id){ 1, 1 }));
    for (uint64_t i = 0; i < 1000; i++)
        CHECK(ids_add(arena, &ids, (struct os_id){ i % 3, i << (i % 50) }) && ids_add(arena, &ids, (struct os_id){ i % 3, i << (i % 50) }));
    for (uint64_t i = 0; i < 1000; i++) {
        CHECK(ids_have(&ids, (struct os_id){ i % 3, i << (i % 50) }));      /* the first one is all zero */
        CHECK(!ids_have(&ids, (struct os_id){ 3 + i % 3, i << (i % 50) }));
    }
    CHECK(ids.n <= 1000);

    struct ids room = { .n = 0 };
    CHECK(ids_room(arena, &room, 500));
    arena_fail_after(arena, 0);
    for (uint64_t i = 0; i < 500; i++)
        CHECK(ids_add(arena, &room, (struct os_id){ 7, i }));
    size_t n = room.n;
    while (n < 10000 && ids_add(arena, &room, (struct os_id){ 7, n }))
        n++;
    CHECK(n < 10000 && room.n == n);
    CHECK(ids_have(&room, (struct os_id){ 7, 499 }) && !ids_have(&room, (struct os_id){ 7, n }));
    arena_free(arena);
    return test_summary();
}
