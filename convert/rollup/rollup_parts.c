/* SPDX-License-Identifier: MIT */
/* rollup_parts: roll-ups among the inputs. A roll-up says what it was made of (filing.h), so that nothing is counted twice: when all of
 * that is here too, the files count and the roll-up does not (it is the parent when it is the whole); else it counts, and those of its
 * parts that are here do not; and of two roll-ups that share a part only one counts. */
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "rollup_choose.h"

/* Something that a roll-up was made of. */
struct part {
    const char *sha256, *name, *same_as; /* same_as: "" when it has no name */
    bool rollup;
    struct entry *whole;                 /* the roll-up */
};

/* A roll-up that counts. */
struct whole { struct entry *entry; size_t first, end; };        /* its parts */

/* What is known about all roll-ups and inputs, in orders to be searched. */
struct parts {
    struct rollup *rollup;
    struct whole *wholes; size_t nwholes;
    struct part *part; size_t n, cap;            /* of all roll-ups */
    const struct part **by_digest;
    struct entry **digests, **units; size_t ndigests, nunits;    /* inputs that count, by digest; those of single units, by unit */
    bool *accepted;                              /* per entry: a roll-up that was asked and counts */
};

/* -- orders -- */

static int
newest_first(const void *a, const void *b)
{
    const struct entry *x = ((const struct whole *)a)->entry, *y = ((const struct whole *)b)->entry;
    if (x->modified != y->modified)
        return x->modified > y->modified ? -1 : 1;
    return (x < y) - (x > y);
}

/* The largest may hold the others. */
static int
largest_first(const void *a, const void *b)
{
    size_t x = ((const struct whole *)a)->entry->covered, y = ((const struct whole *)b)->entry->covered;
    return x != y ? (x > y ? -1 : 1) : newest_first(a, b);
}

static int
by_part(const void *a, const void *b)
{
    const struct part *x = *(const struct part *const *)a, *y = *(const struct part *const *)b;
    int order = strcmp(x->sha256, y->sha256);
    return order != 0 ? order : (x > y) - (x < y);
}

static int
by_digest(const void *a, const void *b)
{
    return strcmp((*(const struct entry *const *)a)->sha256, (*(const struct entry *const *)b)->sha256);
}

static int
by_unit(const void *a, const void *b)
{
    return strcmp((*(const struct entry *const *)a)->same_as, (*(const struct entry *const *)b)->same_as);
}

/* -- gathering -- */

static const char *
same_as(const struct rollup *rollup, struct arena *scratch, const char *name)
{
    const struct roster *roster = rollup->options.roster;
    enum recognised how;
    if (*name == '\0')
        return "";
    size_t member = roster != NULL ? roster_find(roster, scratch, name, "", &how) : SIZE_MAX;
    if (member != SIZE_MAX) {
        rollup->present[member] = true;
        name = roster->members[member].name;
    }
    return roster_folded(rollup->lexicon, rollup->arena, name);
}

static bool
take_parts(struct parts *parts, struct whole *whole, struct arena *scratch)
{
    struct arena *arena = parts->rollup->arena;
    const struct filing *filing = spool_get(parts->rollup->spool, whole->entry->filing, scratch);
    whole->first = parts->n;
    for (size_t i = 0; filing != NULL && i < filing->ninputs; i++) {
        const struct filing_input *input = &filing->inputs[i];
        struct part part = { arena_copy(arena, input->sha256), arena_copy(arena, input->name),
                             same_as(parts->rollup, scratch, input->name), input->rollup, whole->entry };
        if (part.sha256 == NULL || part.name == NULL || part.same_as == NULL || !arena_room(arena, &parts->part, parts->n, &parts->cap, sizeof *parts->part))
            return false;
        parts->part[parts->n++] = part;
    }
    whole->end = parts->n;
    return filing != NULL;
}

static bool
gather_parts(struct parts *parts)
{
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool ok = scratch != NULL;
    for (size_t i = 0; ok && i < parts->nwholes; i++) {
        arena_reset(scratch);
        ok = take_parts(parts, &parts->wholes[i], scratch);
    }
    arena_free(scratch);
    parts->by_digest = ok ? arena_array(parts->rollup->arena, parts->n + 1, sizeof *parts->by_digest) : NULL;
    for (size_t i = 0; parts->by_digest != NULL && i < parts->n; i++)
        parts->by_digest[i] = &parts->part[i];
    if (parts->by_digest != NULL)
        qsort(parts->by_digest, parts->n, sizeof *parts->by_digest, by_part);
    return parts->by_digest != NULL;
}

static bool
gather_inputs(struct parts *parts)
{
    struct rollup *rollup = parts->rollup;
    parts->digests = entries_counting(rollup, &parts->ndigests);
    parts->units = entries_counting(rollup, &parts->nunits);
    parts->wholes = arena_array(rollup->arena, parts->ndigests + 1, sizeof *parts->wholes);
    parts->accepted = arena_array(rollup->arena, rollup->nentries + 1, sizeof *parts->accepted);
    if (parts->digests == NULL || parts->units == NULL || parts->wholes == NULL || parts->accepted == NULL)
        return false;
    parts->nunits = 0;
    for (size_t i = 0; i < parts->ndigests; i++)
        if (parts->digests[i]->rollup)
            parts->wholes[parts->nwholes++].entry = parts->digests[i];
        else
            parts->units[parts->nunits++] = parts->digests[i];
    return true;
}

/* -- questions -- */

/* The input that is this part: the same bytes, or else a file of the same unit. NULL: none that counts. */
static struct entry *
input_of(const struct parts *parts, const struct part *part, bool *other_version)
{
    struct entry like = { .same_as = part->same_as };
    const struct entry *key = &like;
    memcpy(like.sha256, part->sha256, strlen(part->sha256) < sizeof like.sha256 ? strlen(part->sha256) + 1 : 0);
    struct entry **found = bsearch(&key, parts->digests, parts->ndigests, sizeof *parts->digests, by_digest);
    *other_version = found == NULL;
    if (found == NULL && *part->same_as != '\0')
        found = bsearch(&key, parts->units, parts->nunits, sizeof *parts->units, by_unit);
    return found != NULL && *found != part->whole && entry_counts(*found) ? *found : NULL;
}

/* Another roll-up, asked before, that has this part and counts; NULL: none. */
static struct entry *
owner_of(const struct parts *parts, const struct part *part)
{
    size_t low = 0, high = parts->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(parts->by_digest[middle]->sha256, part->sha256) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < parts->n && strcmp(parts->by_digest[low]->sha256, part->sha256) == 0; low++) {
        struct entry *whole = parts->by_digest[low]->whole;
        if (whole != part->whole && parts->accepted[whole - parts->rollup->entries] && entry_counts(whole))
            return whole;
    }
    return NULL;
}

/* The first that shares a part with this roll-up; `version`: of the same name. */
static struct entry *
sharer_of(const struct parts *parts, const struct whole *whole, bool version)
{
    for (size_t i = whole->first; i < whole->end; i++) {
        struct entry *owner = owner_of(parts, &parts->part[i]);
        if (owner != NULL && (!version || strcmp(owner->same_as, whole->entry->same_as) == 0))
            return owner;
    }
    return NULL;
}

/* How many inputs but this one count? */
static size_t
others(const struct parts *parts, const struct entry *whole)
{
    size_t n = 0;
    for (size_t i = 0; i < parts->ndigests; i++)
        n += parts->digests[i] != whole && entry_counts(parts->digests[i]);
    return n;
}

/* An older version gives way to a newer one. */
static void
ask_versions(struct parts *parts)
{
    const struct entry *entries = parts->rollup->entries;
    qsort(parts->wholes, parts->nwholes, sizeof *parts->wholes, newest_first);
    for (size_t i = 0; i < parts->nwholes; i++) {
        struct entry *entry = parts->wholes[i].entry, *newer = sharer_of(parts, &parts->wholes[i], true);
        if (newer != NULL)
            entry_set_aside(entry, FATE_OLDER, (size_t)(newer - entries));
        parts->accepted[entry - entries] = newer == NULL;
    }
    memset(parts->accepted, 0, parts->rollup->nentries * sizeof *parts->accepted);
}

static void
ask(const struct parts *parts, const struct whole *whole)
{
    struct rollup *rollup = parts->rollup;
    struct entry *entry = whole->entry, *larger = sharer_of(parts, whole, false);
    size_t here = 0, n = whole->end - whole->first;
    bool other_version;
    if (larger != NULL) {
        entry_set_aside(entry, FATE_COVERED, (size_t)(larger - rollup->entries));
        return;
    }
    for (size_t i = whole->first; i < whole->end; i++)
        here += input_of(parts, &parts->part[i], &other_version) != NULL;
    if (here > 0 && here == n) {
        bool all = rollup->parent == SIZE_MAX && here >= others(parts, entry);
        rollup->parent = all ? (size_t)(entry - rollup->entries) : rollup->parent;
        entry_set_aside(entry, all ? FATE_PARENT : FATE_COVERED, SIZE_MAX);
        return;
    }
    parts->accepted[entry - rollup->entries] = true;
    for (size_t i = whole->first; here > 0 && i < whole->end; i++) {
        struct entry *part = input_of(parts, &parts->part[i], &other_version);
        if (part == NULL)
            continue;
        entry_set_aside(part, FATE_COVERED, (size_t)(entry - rollup->entries));
        part->other_version = other_version;
    }
}

/* -- what cannot be put right, because a roll-up is one sum: it is said -- */

static int
by_name(const void *a, const void *b)
{
    return strcmp((*(const struct part *const *)a)->same_as, (*(const struct part *const *)b)->same_as);
}

/* Of a roll-up that gave way: how many of its units are in nothing that counts? `counted`: the units of those that count, by name. */
static void
find_lost(const struct parts *parts, const struct whole *whole, const struct part **counted, size_t n)
{
    bool other_version;
    for (size_t i = whole->first; i < whole->end; i++) {
        const struct part *part = &parts->part[i];
        bool named = *part->same_as != '\0' && bsearch(&part, counted, n, sizeof *counted, by_name) != NULL;
        whole->entry->lost += !part->rollup && !named && owner_of(parts, part) == NULL && input_of(parts, part, &other_version) == NULL;
    }
}

/* Units of one name in two roll-ups that count. */
static bool
find_repeats(struct rollup *rollup, const struct part **counted, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct part *a = counted[i - 1], *b = counted[i];
        if (strcmp(a->same_as, b->same_as) != 0 || a->whole == b->whole)
            continue;
        if (!arena_room(rollup->arena, &rollup->repeats, rollup->nrepeats, &rollup->repeats_cap, sizeof *rollup->repeats))
            return false;
        rollup->repeats[rollup->nrepeats++] = (struct repeat){ b->name, (size_t)(a->whole - rollup->entries), (size_t)(b->whole - rollup->entries) };
    }
    return true;
}

static bool
find_doubts(const struct parts *parts)
{
    struct rollup *rollup = parts->rollup;
    const struct part **counted = arena_array(rollup->arena, parts->n + 1, sizeof *counted);
    size_t n = 0;
    if (counted == NULL)
        return false;
    for (size_t i = 0; i < parts->n; i++)
        if (!parts->part[i].rollup && *parts->part[i].same_as != '\0' && entry_counts(parts->part[i].whole))
            counted[n++] = &parts->part[i];
    qsort(counted, n, sizeof *counted, by_name);
    for (size_t i = 0; i < parts->nwholes; i++)
        if (!entry_counts(parts->wholes[i].entry) && parts->wholes[i].entry->with != SIZE_MAX)
            find_lost(parts, &parts->wholes[i], counted, n);
    return find_repeats(rollup, counted, n);
}

bool
choose_parts(struct rollup *rollup)
{
    struct parts parts = { .rollup = rollup };
    if (!gather_inputs(&parts))
        return false;
    if (parts.nwholes == 0)
        return true;
    qsort(parts.digests, parts.ndigests, sizeof *parts.digests, by_digest);
    qsort(parts.units, parts.nunits, sizeof *parts.units, by_unit);
    if (!gather_parts(&parts))
        return false;
    ask_versions(&parts);
    qsort(parts.wholes, parts.nwholes, sizeof *parts.wholes, largest_first);
    for (size_t i = 0; i < parts.nwholes; i++)
        if (entry_counts(parts.wholes[i].entry))
            ask(&parts, &parts.wholes[i]);
    return find_doubts(&parts);
}
