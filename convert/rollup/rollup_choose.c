/* SPDX-License-Identifier: MIT */
/* rollup_choose: what becomes of every input, one question after another: is it readable, of the year and form, not a copy, on the
 * list, the newest of its unit, contained in a roll-up, the report of the whole area? What passes them all counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "names.h"
#include "rollup_choose.h"

/* -- year and form -- */

/* The year that most readable inputs are of; the newer of two. */
static int
year_of_most(const struct rollup *rollup)
{
    size_t n[YEAR_MOST - YEAR_LEAST + 1] = { 0 }, best = 0;
    for (size_t i = 0; i < rollup->nentries; i++) {
        int year = rollup->entries[i].year;
        if (year >= YEAR_LEAST && year <= YEAR_MOST)
            n[year - YEAR_LEAST]++;
    }
    for (size_t y = 0; y < sizeof n / sizeof *n; y++)
        if (n[y] > 0 && n[y] >= n[best])
            best = y;
    return n[best] > 0 ? (int)best + YEAR_LEAST : 0;
}

static const struct form *
form_of_id(const struct forms *forms, const char *id)
{
    for (size_t i = 0; id != NULL && i < forms->n; i++)
        if (strcmp(forms->form[i]->id, id) == 0)
            return forms->form[i];
    return NULL;
}

/* No input says its year: the form of most. */
static const struct form *
form_of_most(const struct rollup *rollup)
{
    const struct form *best = NULL;
    size_t most = 0;
    for (size_t f = 0; f < rollup->forms->n; f++) {
        size_t n = 0;
        for (size_t i = 0; i < rollup->nentries; i++)
            n += rollup->entries[i].form == rollup->forms->form[f];
        if (n > 0 && n >= most) {
            most = n;
            best = rollup->forms->form[f];
        }
    }
    return best;
}

/* -- copies, and versions of one unit: found by sorting, so that 100,000 inputs are no trouble -- */

static int
by_digest(const void *a, const void *b)
{
    const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
    int order = strcmp(x->sha256, y->sha256);
    return order != 0 ? order : (x > y) - (x < y);
}

/* The newest of a unit first, of two of one time the later name. */
static int
by_unit(const void *a, const void *b)
{
    const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
    int order = strcmp(x->same_as, y->same_as);
    if (order != 0)
        return order;
    if (x->modified != y->modified)
        return x->modified > y->modified ? -1 : 1;
    return (x < y) - (x > y);
}

static bool
drop_copies(struct rollup *rollup)
{
    size_t n;
    struct entry **list = entries_counting(rollup, &n);
    if (list == NULL)
        return false;
    qsort(list, n, sizeof *list, by_digest);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (strcmp(list[i]->sha256, list[first]->sha256) == 0)
            entry_set_aside(list[i], FATE_SAME, (size_t)(list[first] - rollup->entries));
        else
            first = i;
    }
    return true;
}

/* Roll-ups are known by what they are made of: several of one area may be parts of it. */
static bool
drop_older(struct rollup *rollup)
{
    size_t n, units = 0;
    struct entry **list = entries_counting(rollup, &n);
    if (list == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!list[i]->rollup)
            list[units++] = list[i];
    n = units;
    qsort(list, n, sizeof *list, by_unit);
    for (size_t i = 1, newest = 0; i < n; i++) {
        if (strcmp(list[i]->same_as, list[newest]->same_as) == 0)
            entry_set_aside(list[i], FATE_OLDER, (size_t)(list[newest] - rollup->entries));
        else
            newest = i;
    }
    return true;
}

/* -- the list -- */

bool
member_reports(const struct member *member)
{
    return member->counted && *member->merged == '\0';
}

/* The name in the list becomes the name of the unit; a report of another year is not the one that is due. */
static bool
take_member(struct rollup *rollup, struct entry *entry, bool *on_time)
{
    const struct member *member = &rollup->options.roster->members[entry->member];
    entry->name = member->name;
    entry->same_as = roster_folded(rollup->lexicon, rollup->arena, member->name);
    entry->late = member->due != 0 && entry->modified > member->due;
    if (entry->fate != FATE_OTHER_FORM || entry->year == 0 || entry->year == rollup->year) {
        rollup->present[entry->member] = true;
        on_time[entry->member] = on_time[entry->member] || !entry->late;
    }
    if (entry_counts(entry) && !member_reports(member))
        entry_set_aside(entry, FATE_NOT_COUNTED, SIZE_MAX);
    return entry->same_as != NULL;
}

static bool
recognise(struct rollup *rollup)
{
    const struct roster *roster = rollup->options.roster;
    if (roster == NULL)
        return true;
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool *on_time = arena_array(rollup->arena, roster->n + 1, sizeof *on_time);
    rollup->present = arena_array(rollup->arena, roster->n + 1, sizeof *rollup->present);
    bool ok = scratch != NULL && rollup->present != NULL && on_time != NULL;
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        struct entry *entry = &rollup->entries[i];
        const char *unit = entry->named ? entry->name : NULL;
        arena_reset(scratch);
        entry->member = roster_find(roster, scratch, unit, entry->file, &entry->how);
        ok = entry->member == SIZE_MAX || take_member(rollup, entry, on_time);
    }
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        struct entry *entry = &rollup->entries[i];
        entry->late = entry->late && !on_time[entry->member];
    }
    arena_free(scratch);
    return ok;
}

/* -- all questions -- */

static enum fate
first_fate(const struct rollup *rollup, const struct entry *entry)
{
    if (entry->verdict == VERDICT_UNREADABLE)
        return FATE_UNREADABLE;
    if (entry->form != rollup->form || !entry->whole || (entry->year != 0 && rollup->year != 0 && entry->year != rollup->year))
        return FATE_OTHER_FORM;
    return entry->verdict == VERDICT_PASS ? FATE_COUNTED : FATE_COUNTED_FAILING;
}

/* Only now: a newest version that is to be corrected does not make an older one count. Roll-ups before single units: what is left out itself
 * does not cover what it was made of, but the report of the whole area is compared with the sums even when it is to be corrected. */
static void
leave_out(struct rollup *rollup, bool rollups)
{
    for (size_t i = 0; rollup->options.only_valid && i < rollup->nentries; i++)
        if (rollup->entries[i].fate == FATE_COUNTED_FAILING && rollup->entries[i].rollup == rollups)
            entry_set_aside(&rollup->entries[i], FATE_LEFT_OUT, SIZE_MAX);
}

bool
rollup_note(struct rollup *rollup, const struct filing *filing)
{
    struct arena *arena = rollup->arena;
    if (!arena_room(arena, &rollup->entries, rollup->nentries, &rollup->entries_cap, sizeof *rollup->entries)
        || !spool_put(rollup->spool, filing))
        return false;
    struct entry *entry = &rollup->entries[rollup->nentries++];
    const char *name = filing->name != NULL ? filing->name : name_base(filing->file);
    *entry = (struct entry){
        .filing = spool_count(rollup->spool) - 1, .name = arena_copy(arena, name), .named = filing->name != NULL,
        .file = arena_copy(arena, filing->file), .modified = filing->modified, .verdict = filing->verdict,
        .errors = filing->counts[SEVERITY_ERROR], .covered = filing->covered, .rollup = filing->rollup, .whole = filing->whole,
        .form = form_of_id(rollup->forms, filing->form), .year = filing->year, .with = SIZE_MAX, .member = SIZE_MAX,
    };
    snprintf(entry->sha256, sizeof entry->sha256, "%s", filing->sha256);
    entry->same_as = filing->name != NULL && entry->name != NULL ? roster_folded(rollup->lexicon, arena, entry->name) : entry->file;
    return entry->name != NULL && entry->same_as != NULL;
}

bool
rollup_choose(struct rollup *rollup)
{
    rollup->parent = SIZE_MAX;
    rollup->year = rollup->options.year != 0 ? rollup->options.year : year_of_most(rollup);
    rollup->form = rollup->year != 0 ? forms_for_year(rollup->forms, rollup->year) : form_of_most(rollup);
    for (size_t i = 0; i < rollup->nentries; i++)
        rollup->entries[i].fate = first_fate(rollup, &rollup->entries[i]);
    if (!drop_copies(rollup) || !recognise(rollup) || !drop_older(rollup))
        return false;
    leave_out(rollup, true);
    if (!choose_parts(rollup) || !choose_parent(rollup))
        return false;
    leave_out(rollup, false);
    return true;
}
