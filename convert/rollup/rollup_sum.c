/* SPDX-License-Identifier: MIT */
/* rollup_sum: the sum itself. Leaves are added as whole micros; totals are computed from the sums of the leaves by the form's own
 * sums, so that they are right whatever the units typed. */
#include "limits.h"
#include "rollup.h"

static void
add(struct sum *sum, int64_t micros)
{
    sum->overflow = sum->overflow || __builtin_add_overflow(sum->micros, micros, &sum->micros);
}

/* -- leaves -- */

static void
add_filing(const struct rollup *rollup, const struct filing *filing, struct entry *entry)
{
    for (size_t i = 0; i < filing->nvalues; i++) {
        if (rollup->form->slots[i].derived)
            continue;
        if (filing->values[i].has)
            add(&rollup->sums[i], filing->values[i].micros);
        else
            entry->uncounted++;
    }
}

/* -- totals -- */

/* Compute what the sum of a form gives, once its terms are there. */
static bool
total(const struct rollup *rollup, const struct equation *sum, bool *known)
{
    struct sum result = { 0 };
    for (size_t i = 0; i < sum->nright; i++) {
        const struct sum *term = &rollup->sums[sum->right[i]];
        if (!known[sum->right[i]])
            return false;
        add(&result, term->micros);
        result.overflow = result.overflow || term->overflow;
    }
    rollup->sums[sum->left[0]] = result;
    return known[sum->left[0]] = true;
}

/* Sums never feed themselves (form_load sees to it), so every round computes one at least until all are known. */
static bool
add_totals(const struct rollup *rollup)
{
    const struct form *form = rollup->form;
    bool *known = arena_array(rollup->arena, form->nslots, sizeof *known);
    if (known == NULL)
        return false;
    for (size_t i = 0; i < form->nslots; i++)
        known[i] = !form->slots[i].derived;
    for (bool again = true; again;) {
        again = false;
        for (size_t t = 0; t < form->ntables; t++)
            for (size_t e = 0; e < form->tables[t].nequations; e++) {
                const struct equation *equation = &form->tables[t].equations[e];
                if (equation->relation == RELATION_SUM && !known[equation->left[0]])
                    again = total(rollup, equation, known) || again;
            }
    }
    return true;
}

/* -- the parent -- */

static bool
compare_parent(struct rollup *rollup, struct arena *scratch)
{
    const struct filing *filing = spool_get(rollup->spool, rollup->entries[rollup->parent].filing, scratch);
    rollup->differences = arena_array(rollup->arena, rollup->form->nslots, sizeof *rollup->differences);
    if (filing == NULL || rollup->differences == NULL)
        return false;
    for (size_t i = 0; i < filing->nvalues; i++) {
        const struct filing_value *value = &filing->values[i];
        if (rollup->sums[i].overflow || (value->has && value->micros == rollup->sums[i].micros))
            continue;
        enum severity severity = rollup->form->slots[i].table->joint ? SEVERITY_NOTE : SEVERITY_WARNING;
        rollup->differences[rollup->ndifferences++] = (struct difference){ i, severity, value->has, value->micros };
    }
    return true;
}

static bool
add_all(struct rollup *rollup, struct arena *scratch)
{
    for (size_t i = 0; i < rollup->nentries; i++) {
        struct entry *entry = &rollup->entries[i];
        if (!entry_counts(entry))
            continue;
        arena_reset(scratch);
        const struct filing *filing = spool_get(rollup->spool, entry->filing, scratch);
        if (filing == NULL)
            return false;
        add_filing(rollup, filing, entry);
        rollup->counted++;
        rollup->units += entry->covered;
    }
    return add_totals(rollup) && (rollup->parent == SIZE_MAX || compare_parent(rollup, scratch));
}

bool
rollup_add(struct rollup *rollup)
{
    if (rollup->form == NULL)
        return true;
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    rollup->sums = arena_array(rollup->arena, rollup->form->nslots, sizeof *rollup->sums);
    bool ok = scratch != NULL && rollup->sums != NULL && add_all(rollup, scratch);
    arena_free(scratch);
    return ok;
}

/* -- the sum as a report -- */

static bool
make_section(const struct rollup *rollup, struct arena *arena, const struct table *table, struct section *section)
{
    *section = (struct section){ .table = table, .values = arena_array(arena, table->nslots, sizeof *section->values) };
    for (size_t i = 0; section->values != NULL && i < table->nslots; i++) {
        const struct sum *sum = &rollup->sums[table->first + i];
        section->values[i] = (struct value){
            .slot = &table->form->slots[table->first + i], .origin = ORIGIN_GIVEN, .raw = "", .has = !sum->overflow,
            .number = { sum->micros }, .trouble = sum->overflow ? TROUBLE_NOT_A_NUMBER : TROUBLE_NONE,
        };
    }
    return section->values != NULL;
}

bool
rollup_report(const struct rollup *rollup, struct arena *arena, struct report *report)
{
    const struct form *form = rollup->form;
    *report = (struct report){
        .arena = arena, .file = rollup->options.output, .unit = rollup->area, .year = rollup->year, .form = form,
        .sections = arena_array(arena, form->ntables, sizeof *report->sections), .nsections = form->ntables,
    };
    if (report->sections == NULL)
        return false;
    for (size_t i = 0; i < form->ntables; i++)
        if (!make_section(rollup, arena, &form->tables[i], &report->sections[i]))
            return false;
    return true;
}
