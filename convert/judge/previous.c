/* SPDX-License-Identifier: MIT */
/* previous: a unit is found as the roll-up finds it on its list (roster.h), among last year's reports of all units; of several of one
 * unit one that passes counts, and of such the newest file. Numbers are found by key, whatever form last year's tables are of. */
#include "previous.h"

#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "roster.h"

/* -- keeping -- */

bool
predecessor_take(struct arena *arena, const struct lexicon *lexicon, const struct report *report, int64_t modified, struct predecessor *out)
{
    *out = (struct predecessor){ .file = arena_copy(arena, report->file), .unit = arena_copy(arena, report->unit), .year = report->year,
                                 .verdict = report->verdict, .fault = report->fault, .modified = modified };
    report_sha256(report, out->sha256);
    out->past = arena_array(arena, report->nsections + 1, sizeof *out->past);
    if (out->file == NULL || (report->unit != NULL && out->unit == NULL) || out->past == NULL)
        return false;
    if (out->unit != NULL && (out->folded = roster_folded(lexicon, arena, out->unit)) == NULL)
        return false;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (section->placement == NULL || section->empty)
            continue;
        struct past *past = &out->past[out->npast++];
        *past = (struct past){ section->table, arena_array(arena, section->table->nslots, sizeof *past->micros) };
        if (past->micros == NULL)
            return false;
        for (size_t v = 0; v < section->table->nslots; v++)
            past->micros[v] = section->values[v].has ? section->values[v].number.micros : NO_NUMBER;
    }
    return true;
}

bool
predecessor_keep(struct arena *arena, const struct predecessor *it, struct predecessor *out)
{
    *out = *it;
    out->file = arena_copy(arena, it->file);
    out->unit = arena_copy(arena, it->unit);
    out->folded = arena_copy(arena, it->folded);
    out->past = arena_array(arena, it->npast + 1, sizeof *out->past);
    if (out->file == NULL || (it->unit != NULL && (out->unit == NULL || out->folded == NULL)) || out->past == NULL)
        return false;
    for (size_t i = 0; i < it->npast; i++) {
        size_t n = it->past[i].table->nslots;
        out->past[i] = (struct past){ it->past[i].table, arena_array(arena, n, sizeof *out->past[i].micros) };
        if (out->past[i].micros == NULL)
            return false;
        memcpy(out->past[i].micros, it->past[i].micros, n * sizeof *out->past[i].micros);
    }
    return true;
}

/* By unit; of each what passes first (a corrected report lies beside the one it was made from), and the newest file. */
static int
compare_units(const void *a, const void *b)
{
    const struct predecessor *x = a, *y = b;
    int order = (x->folded == NULL) - (y->folded == NULL);
    if (order == 0 && x->folded != NULL)
        order = strcmp(x->folded, y->folded);
    if (order == 0)
        order = (x->verdict > y->verdict) - (x->verdict < y->verdict);
    if (order == 0)
        order = (x->modified < y->modified) - (x->modified > y->modified);
    return order != 0 ? order : strcmp(x->file, y->file);
}

bool
predecessors_index(struct arena *arena, const struct lexicon *lexicon, struct predecessors *all)
{
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    struct fault fault;
    struct roster *roster = all->roster = arena_alloc(arena, sizeof *roster);
    if (roster == NULL) {
        arena_free(scratch);
        return false;
    }
    roster->lexicon = lexicon;
    roster->members = arena_array(arena, all->n + 1, sizeof *roster->members);
    all->first = arena_array(arena, all->n + 2, sizeof *all->first);
    uint32_t *rows = arena_array(arena, all->n + 1, sizeof *rows);
    bool ok = scratch != NULL && roster->members != NULL && all->first != NULL && rows != NULL;
    if (ok && all->n > 0)
        qsort(all->at, all->n, sizeof *all->at, compare_units);
    size_t named = 0;
    for (; ok && named < all->n && all->at[named].folded != NULL; named++) {
        if (named > 0 && strcmp(all->at[named - 1].folded, all->at[named].folded) == 0)
            continue;
        all->first[roster->n] = named;
        roster->members[roster->n++] = (struct member){ .name = all->at[named].unit, .code = "", .kind = "", .counted = true, .merged = "",
                                                        .contact = "", .phone = "" };
    }
    if (ok)
        all->first[roster->n] = named;
    ok = ok && roster_index(arena, scratch, roster, rows, &fault) == STATUS_OK;
    arena_free(scratch);
    return ok;
}

/* -- finding -- */

static bool
add_remark(struct report *report, struct previous *previous, enum remark_kind kind, const struct predecessor *about)
{
    if (!arena_room(report->arena, &previous->remarks, previous->nremarks, &previous->remarks_cap, sizeof *previous->remarks))
        return false;
    previous->remarks[previous->nremarks++] = (struct remark){ kind, about };
    previous->doubtful |= kind == REMARK_FAILING || kind == REMARK_UNIT;
    return true;
}

/* The roster's number for the unit of a report; SIZE_MAX: none of them. A folder's name says too little. */
static size_t
member_of(const struct report *report, const struct predecessors *all)
{
    enum recognised how;
    size_t member = roster_find(all->roster, report->arena, report->unit, report->file, &how);
    return how == RECOGNISED_FOLDER ? SIZE_MAX : member;
}

static bool
used_already(const struct previous *previous, const struct predecessor *it)
{
    for (size_t i = 0; i < previous->n; i++)
        if (strcmp(previous->from[i]->sha256, it->sha256) == 0)
            return true;
    return false;
}

/* Those that were named: all of them, but for what cannot be of last year. */
static bool
take_chosen(struct report *report, struct previous *previous)
{
    const struct predecessors *all = previous->all;
    size_t member = member_of(report, all);
    bool ok = true;
    for (size_t i = 0; ok && i < all->n; i++) {
        const struct predecessor *it = &all->at[i];
        bool other_year = it->year != 0 && report->year != 0 && it->year != report->year - 1;
        if (it->verdict == VERDICT_UNREADABLE || other_year || used_already(previous, it)) {
            enum remark_kind why = it->verdict == VERDICT_UNREADABLE ? REMARK_UNREADABLE : other_year ? REMARK_YEAR : REMARK_TWICE;
            ok = add_remark(report, previous, why, it);
            continue;
        }
        previous->from[previous->n++] = it;
        bool same = member != SIZE_MAX && i >= all->first[member] && i < all->first[member + 1];
        if (all->n == 1 && report->unit != NULL && it->unit != NULL && !same)
            ok = add_remark(report, previous, REMARK_UNIT, it);
        if (ok && it->year == 0)
            ok = add_remark(report, previous, REMARK_NO_YEAR, it);
    }
    return ok && (previous->n < 2 || add_remark(report, previous, REMARK_MERGED, NULL));
}

/* Of all reports that lie in the folders the one of this unit and of last year. */
static void
take_found(const struct report *report, struct previous *previous)
{
    const struct predecessors *all = previous->all;
    size_t member = report->year != 0 && all->roster->n > 0 ? member_of(report, all) : SIZE_MAX;
    for (size_t i = member != SIZE_MAX ? all->first[member] : 0; member != SIZE_MAX && i < all->first[member + 1] && previous->n == 0; i++)
        if (all->at[i].verdict != VERDICT_UNREADABLE && all->at[i].year == report->year - 1)
            previous->from[previous->n++] = &all->at[i];
}

bool
previous_find(struct report *report, const struct predecessors *all)
{
    struct previous *previous = all != NULL ? arena_alloc(report->arena, sizeof *previous) : NULL;
    if (previous == NULL)
        return all == NULL;
    previous->all = all;
    previous->from = arena_array(report->arena, all->chosen ? all->n + 1 : 1, sizeof *previous->from);
    if (previous->from == NULL || (all->chosen && !take_chosen(report, previous)))
        return false;
    if (!all->chosen)
        take_found(report, previous);
    for (size_t i = 0; i < previous->n; i++)
        if (previous->from[i]->verdict == VERDICT_FAIL && !add_remark(report, previous, REMARK_FAILING, previous->from[i]))
            return false;
    report->previous = previous;
    return previous->n > 0 || add_remark(report, previous, REMARK_NONE, NULL);
}

bool
previous_known(const struct report *report)
{
    return report->previous != NULL && report->previous->n > 0;
}

/* -- numbers -- */

/* Add what one of last year's reports has under a key. */
static bool
add_number(const struct predecessor *from, const char *key, struct decimal *sum)
{
    for (size_t i = 0; i < from->npast; i++) {
        const struct table *table = from->past[i].table;
        const struct slot *slot = form_slot(table->form, key);
        if (slot == NULL || slot->table != table)
            continue;
        int64_t micros = from->past[i].micros[slot - &table->form->slots[table->first]];
        return micros != NO_NUMBER && decimal_add(*sum, (struct decimal){ micros }, sum);
    }
    return false;
}

bool
previous_number(const struct previous *previous, const struct slot *slot, struct decimal *out)
{
    *out = (struct decimal){ 0 };
    for (size_t i = 0; i < previous->n; i++)
        if (!add_number(previous->from[i], slot->key, out))
            return false;
    return previous->n > 0;
}

/* The kin's form alone has those keys. */
bool
previous_kin(const struct previous *previous, const struct kin *kin, struct decimal *out)
{
    *out = (struct decimal){ 0 };
    for (size_t i = 0; i < previous->n; i++)
        for (size_t k = 0; k < kin->nlast; k++)
            if (!add_number(previous->from[i], kin->last[k], out))
                return false;
    return previous->n > 0;
}
