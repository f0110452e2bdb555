/* SPDX-License-Identifier: MIT */
/* check_previous: ties to last year, tables that are last year's again, amounts that leap. Nothing here is an error: last year's
 * report may have been corrected since, units merge, and one report never decides whether another passes. */
#include "check_previous.h"

#include "check.h"
#include "previous.h"

/* The value of a slot of the section's form, in whatever table; NULL: that is not there, or has no number. */
static const struct value *
number_of(const struct report *report, const struct section *section, size_t slot)
{
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *s = &report->sections[i];
        if (s->table->form == section->table->form && slot >= s->table->first && slot < s->table->first + s->table->nslots
            && s->values[slot - s->table->first].has)
            return &s->values[slot - s->table->first];
    }
    return NULL;
}

/* What last year's report, and this year's terms, say that the number is. False: some of it is not known. */
static bool
expect(const struct report *report, const struct section *section, const struct tie *tie, struct decimal *sum)
{
    const struct form *form = section->table->form;
    struct decimal number;
    *sum = (struct decimal){ 0 };
    for (size_t i = 0; i < tie->nlast; i++)
        if (!previous_number(report->previous, &form->slots[tie->last[i]], &number) || !decimal_add(*sum, number, sum))
            return false;
    for (size_t i = 0; i < tie->nplus + tie->nminus; i++) {
        bool plus = i < tie->nplus;
        const struct value *term = number_of(report, section, plus ? tie->plus[i] : tie->minus[i - tie->nplus]);
        if (term == NULL || !(plus ? decimal_add(*sum, term->number, sum) : decimal_sub(*sum, term->number, sum)))
            return false;
    }
    return true;
}

static bool
add_anchor(struct report *report, const struct value *value, struct decimal expected)
{
    if (!arena_room(report->arena, &report->anchors, report->nanchors, &report->anchors_cap, sizeof *report->anchors))
        return false;
    report->anchors[report->nanchors++] = (struct anchor){ value, expected };
    return true;
}

/* This year's numbers that the expectation is made of. */
static bool
add_terms(struct report *report, const struct section *section, const struct tie *tie, struct finding *f)
{
    size_t n = tie->nplus + tie->nminus;
    f->terms = arena_array(report->arena, n + 1, sizeof(struct value *));
    for (f->nterms = 0; f->terms && f->nterms < n; f->nterms++)
        f->terms[f->nterms] = number_of(report, section, f->nterms < tie->nplus ? tie->plus[f->nterms] : tie->minus[f->nterms - tie->nplus]);
    return f->terms != NULL;
}

static bool
judge_tie(struct report *report, const struct section *section, const struct tie *tie)
{
    const struct value *now = number_of(report, section, tie->now);
    struct decimal expected, difference;
    if (now == NULL || !expect(report, section, tie, &expected) || !decimal_sub(now->number, expected, &difference))
        return true;
    bool exact = !tie->at_least && tie->nplus + tie->nminus == 0 && !report->previous->doubtful;
    if (exact && !add_anchor(report, now, expected))
        return false;
    if (tie->at_least ? difference.micros >= 0 : difference.micros == 0)
        return true;
    struct finding *f = finding_add(report, tie->rule->id, tie->severity, section);
    if (f == NULL || !finding_add_value(report, f, now) || !add_terms(report, section, tie, f))
        return false;
    f->tie = tie;
    f->numbers = true;
    f->found = now->number;
    f->expected = expected;
    f->difference = difference;
    return true;
}

/* Is every number of the table last year's, and some not 0? */
static bool
is_repeated(const struct report *report, const struct section *section)
{
    bool any = false;
    struct decimal last;
    for (size_t i = 0; i < section->table->nslots; i++) {
        const struct value *value = &section->values[i];
        if (!value->has || !previous_number(report->previous, value->slot, &last) || last.micros != value->number.micros)
            return false;
        any = any || last.micros != 0;
    }
    return any;
}

static bool
add_repeated(struct report *report, const struct section *section)
{
    struct finding *f = finding_add(report, section->table->repeated->id, section->table->repeated->severity, section);
    if (f == NULL || (f->cells = arena_array(report->arena, 1, sizeof *f->cells)) == NULL)
        return false;
    f->cells[f->ncells++] = section_place(report->arena, section);
    return f->cells[0] != NULL;
}

/* An amount that is many times last year's. When nobody has said its unit, that has been found already. */
static bool
judge_leap(struct report *report, const struct section *section, const struct leap *leap)
{
    const struct value *now = number_of(report, section, leap->slot);
    struct decimal last, least;
    if (now == NULL || now->writing & WRITING_NO_UNIT || !previous_number(report->previous, now->slot, &last) || last.micros <= 0
        || !decimal_scale(last, leap->factor, 1, &least) || now->number.micros < least.micros)
        return true;
    struct finding *f = finding_add(report, "unit-unclear", SEVERITY_WARNING, section);
    if (f == NULL || !finding_add_value(report, f, now))
        return false;
    f->leap = leap;
    return true;
}

static bool
check_section(struct report *report, const struct section *section)
{
    const struct table *table = section->table;
    for (size_t i = 0; i < table->nties; i++)
        if (!judge_tie(report, section, &table->ties[i]))
            return false;
    for (size_t i = 0; i < table->nleaps; i++)
        if (!judge_leap(report, section, &table->leaps[i]))
            return false;
    return table->repeated == NULL || !is_repeated(report, section) || add_repeated(report, section);
}

bool
check_previous(struct report *report, const struct predecessors *all)
{
    if (!previous_find(report, all))
        return false;
    for (size_t i = 0; previous_known(report) && i < report->nsections; i++)
        if (report->sections[i].placement != NULL && !report->sections[i].empty && !check_section(report, &report->sections[i]))
            return false;
    return true;
}
