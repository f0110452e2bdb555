/* SPDX-License-Identifier: MIT */
/* rollup_parent: the report of the whole area among the inputs: added to those of its units it would count everything twice. The list may
 * say which it is; else it is named by an area, and either others are named after that area and none has larger numbers, or its
 * numbers are the sums of all others. A roll-up is none: it says what it is made of (rollup_parts.c). */
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "rollup_choose.h"

enum { PARENT_UNITS = 2, PARENT_NUMBERS = 5 };       /* so many others there must be at least; so many numbers must be their sums */

/* A number over all inputs that count: a sum, and the two largest with the entry of the largest. */
struct extent { struct sum sum; int64_t most, next; size_t entry; };

/* How many of the others are named after the area that this one is named by? `list` is sorted by name. */
static size_t
named_after(const struct rollup *rollup, struct entry *const *list, size_t n, const struct entry *entry)
{
    size_t prefix = roster_area(rollup->lexicon, entry->name), low = 0, high = n, first;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(list[middle]->name, entry->name, prefix) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (first = low; prefix > 0 && low < n && low - first <= PARENT_UNITS && strncmp(list[low]->name, entry->name, prefix) == 0; low++)
        continue;
    return low > first ? low - first - 1 : 0;
}

static int
by_name(const void *a, const void *b)
{
    const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x > y) - (x < y);
}

static void
extend(struct extent *extents, const struct filing *filing, size_t entry)
{
    for (size_t i = 0; i < filing->nvalues; i++) {
        struct extent *extent = &extents[i];
        int64_t micros = filing->values[i].has ? filing->values[i].micros : 0;
        extent->sum.overflow = extent->sum.overflow || __builtin_add_overflow(extent->sum.micros, micros, &extent->sum.micros);
        if (micros > extent->most) {
            extent->next = extent->most;
            extent->most = micros;
            extent->entry = entry;
        } else if (micros > extent->next)
            extent->next = micros;
    }
}

/* One look at all that count. */
static bool
measure(struct rollup *rollup, struct extent *extents)
{
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool ok = scratch != NULL;
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        if (!entry_counts(&rollup->entries[i]))
            continue;
        arena_reset(scratch);
        const struct filing *filing = spool_get(rollup->spool, rollup->entries[i].filing, scratch);
        ok = filing != NULL;
        if (ok)
            extend(extents, filing, i);
    }
    arena_free(scratch);
    return ok;
}

/* Is no other report larger, in nine of ten of its numbers, or is it the sum of the others in more than half of them? (A whole may itself
 * be wrong in some, and joint documents are counted by every issuer.) */
static bool
is_whole(const struct rollup *rollup, const struct filing *filing, const struct extent *extents, size_t entry, bool named)
{
    size_t used = 0, smaller = 0, numbers = 0, sums = 0;
    for (size_t i = 0; i < filing->nvalues; i++) {
        const struct extent *extent = &extents[i];
        int64_t mine = filing->values[i].has ? filing->values[i].micros : 0, most = extent->entry == entry ? extent->next : extent->most, sum;
        used += most > 0;
        smaller += most > 0 && mine < most;
        if (rollup->form->slots[i].derived || extent->sum.overflow || __builtin_sub_overflow(extent->sum.micros, mine, &sum) || (mine == 0 && sum == 0))
            continue;
        numbers++;
        sums += mine == sum;
    }
    return (named && used > 0 && 4 * smaller <= used) || (sums >= PARENT_NUMBERS && 2 * sums > numbers);
}

/* Ask one entry that is named by an area. */
static bool
ask(struct rollup *rollup, const struct extent *extents, struct entry *entry, bool named, struct arena *scratch)
{
    arena_reset(scratch);
    const struct filing *filing = spool_get(rollup->spool, entry->filing, scratch);
    if (filing != NULL && is_whole(rollup, filing, extents, (size_t)(entry - rollup->entries), named))
        rollup->parent = (size_t)(entry - rollup->entries);
    return filing != NULL;
}

static bool
ask_areas(struct rollup *rollup, struct extent *extents, struct entry **list, size_t n)
{
    const struct roster *roster = rollup->options.roster;
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool ok = scratch != NULL, measured = false;
    for (size_t i = 0; ok && n > PARENT_UNITS && i < n && rollup->parent == SIZE_MAX; i++) {
        struct entry *entry = list[i];
        const char *kind = entry->member != SIZE_MAX ? roster->members[entry->member].kind : "";
        if (entry->rollup || *kind != '\0' || roster_area(rollup->lexicon, entry->name) == 0)
            continue;
        ok = measured || measure(rollup, extents);
        measured = true;
        ok = ok && ask(rollup, extents, entry, named_after(rollup, list, n, entry) >= PARENT_UNITS, scratch);
    }
    arena_free(scratch);
    return ok;
}

bool
choose_parent(struct rollup *rollup)
{
    const struct roster *roster = rollup->options.roster;
    size_t n;
    struct entry **list = entries_counting(rollup, &n);
    struct extent *extents = arena_array(rollup->arena, rollup->form != NULL ? rollup->form->nslots : 1, sizeof *extents);
    if (list == NULL || extents == NULL)
        return false;
    for (size_t i = 0; i < n && rollup->parent == SIZE_MAX; i++)
        if (list[i]->member != SIZE_MAX && strstr(roster->members[list[i]->member].kind, "汇总") != NULL)
            rollup->parent = (size_t)(list[i] - rollup->entries);
    qsort(list, n, sizeof *list, by_name);
    if (!ask_areas(rollup, extents, list, n))
        return false;
    if (rollup->parent != SIZE_MAX && entry_counts(&rollup->entries[rollup->parent]))
        entry_set_aside(&rollup->entries[rollup->parent], FATE_PARENT, SIZE_MAX);
    return true;
}
