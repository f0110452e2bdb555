/* SPDX-License-Identifier: MIT */
/* ids: a hash table with open addressing and linear probing; never more than two thirds full. An empty slot is all zero. */
#include "ids.h"

static struct os_id *
find(const struct ids *ids, struct os_id id)
{
    uint64_t hash = (id.file ^ id.device << 32) * UINT64_C(0x9E3779B97F4A7C15);     /* 2^64 / golden ratio: neighbours spread */
    size_t at = (size_t)(hash >> 32) & (ids->size - 1);
    while ((ids->slot[at].file != 0 || ids->slot[at].device != 0) && (ids->slot[at].file != id.file || ids->slot[at].device != id.device))
        at = (at + 1) & (ids->size - 1);
    return &ids->slot[at];
}

/* The id that looks like an empty slot is kept as another. */
static struct os_id
storable(struct os_id id)
{
    if (id.file == 0 && id.device == 0)
        id.file = UINT64_MAX;
    return id;
}

bool
ids_room(struct arena *arena, struct ids *ids, size_t n)
{
    struct ids grown = { .n = ids->n, .size = ids->size > 0 ? ids->size : 16 };
    while (grown.size / 3 * 2 < n && grown.size <= SIZE_MAX / 2)
        grown.size *= 2;
    if (grown.size == ids->size)
        return true;
    grown.slot = arena_array(arena, grown.size, sizeof *grown.slot);
    if (grown.slot == NULL)
        return false;
    for (size_t i = 0; i < ids->size; i++)
        if (ids->slot[i].file != 0 || ids->slot[i].device != 0)
            *find(&grown, ids->slot[i]) = ids->slot[i];
    *ids = grown;
    return true;
}

bool
ids_add(struct arena *arena, struct ids *ids, struct os_id id)
{
    if (!ids_room(arena, ids, ids->n + 1))
        return false;
    struct os_id *slot = find(ids, storable(id));
    ids->n += slot->file == 0 && slot->device == 0;
    *slot = storable(id);
    return true;
}

bool
ids_have(const struct ids *ids, struct os_id id)
{
    const struct os_id *slot = ids->size > 0 ? find(ids, storable(id)) : NULL;
    return slot != NULL && (slot->file != 0 || slot->device != 0);
}
