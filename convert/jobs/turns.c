/* SPDX-License-Identifier: MIT */
/* turns: inputs are known as one name's by a number made from the folder of their outputs and their stem; capitals count as small
 * letters. Numbers that are the same by chance cost some waiting and nothing else. An input waits only for one that was begun
 * before it, so somebody always goes on. */
#include <string.h>

#include "limits.h"
#include "names.h"
#include "turns.h"

static uint64_t
hash_text(uint64_t hash, const char *s)
{
    for (; *s != '\0'; s++)
        hash = (hash ^ (unsigned char)(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s)) * UINT64_C(0x100000001B3);     /* FNV-1a */
    return hash;
}

static uint64_t
hash_folder(const char *path)
{
    struct os_id id;
    if (!os_identify(path, &id))
        return hash_text(UINT64_C(0xCBF29CE484222325), path);
    return (id.file ^ id.device << 40) * UINT64_C(0x9E3779B97F4A7C15);
}

/* The last input of every name so far. */
struct names { struct last { uint64_t name; uint32_t turn; } *last; size_t size; };

static struct last *
find(const struct names *names, uint64_t name)
{
    size_t at = (size_t)(name >> 20) & (names->size - 1);
    while (names->last[at].turn != 0 && names->last[at].name != name)
        at = (at + 1) & (names->size - 1);
    return &names->last[at];
}

static bool
arrange(struct arena *arena, struct sources *sources, const char *under)
{
    struct names names = { .size = 16 };
    const char *folder = NULL;
    uint64_t place = 0;
    while (names.size / 3 * 2 < sources->n)
        names.size *= 2;
    names.last = arena_array(arena, names.size, sizeof *names.last);
    if (names.last == NULL)
        return false;
    for (size_t i = 0; i < sources->n; i++) {
        struct source *source = &sources->source[i];
        char *mine = source_folder(source, under, arena), *stem = name_stem(arena, source->path);
        if (mine == NULL || stem == NULL)
            return false;
        if (folder == NULL || strcmp(folder, mine) != 0) {
            folder = mine;
            place = hash_folder(*folder != '\0' ? folder : ".");
            os_remove_leftovers(*folder != '\0' ? folder : ".");
        }
        struct last *last = find(&names, hash_text(place, stem));
        source->turn = last->turn;
        if (last->turn != 0)
            source->twin = sources->source[last->turn - 1].twin = true;
        *last = (struct last){ hash_text(place, stem), (uint32_t)i + 1 };
    }
    return true;
}

bool
turns_arrange(struct sources *sources, const char *under)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    bool ok = arena != NULL && sources->n < UINT32_MAX && arrange(arena, sources, under);
    arena_free(arena);
    return ok;
}

void
turn_wait(const struct sources *sources, const struct source *source, struct lock *lock)
{
    if (lock == NULL || source->turn == 0)
        return;
    lock_hold(lock);
    while (!sources->source[source->turn - 1].written)
        lock_wait(lock);
    lock_release(lock);
}

void
turn_end(struct sources *sources, const struct source *source, struct lock *lock)
{
    if (lock == NULL || !source->twin)
        return;
    lock_hold(lock);
    sources->source[source - sources->source].written = true;
    lock_wake(lock);
    lock_release(lock);
}
