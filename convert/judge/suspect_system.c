/* SPDX-License-Identifier: MIT */
/* suspect_system: the equations that must hold, of all tables, written over the numbers that people typed: a filled total, and a formula
 * that shows the sum it should, stands for its terms. They fall apart into components without a common cell. */
#include "check.h"
#include "suspect_parts.h"

static bool
must_hold(const struct equation *e)
{
    return e->relation != RELATION_AT_MOST && e->rule->severity == SEVERITY_ERROR;
}

/* -- the equations over typed numbers -- */

static size_t
cell_number(const struct system *system, const struct value *value)
{
    const struct section *section = system->report->sections;
    while (section->table != value->slot->table)
        section++;
    return system->first[section - system->report->sections] + (size_t)(value - section->values);
}

/* Numbers, in tables that are not empty: the judge's own condition. */
static bool
judged(const struct report *report, const struct section *section, const struct equation *e, int64_t *residual)
{
    struct decimal left, right, difference;
    if (section->placement == NULL || section->empty || !equation_sides(report, e, &left, &right) || !decimal_sub(left, right, &difference))
        return false;
    *residual = difference.micros;
    return true;
}

/* A total that was filled, or that a formula gives, stands for the first sum that comes to it. */
static void
find_sources(struct system *system)
{
    const struct report *report = system->report;
    for (size_t s = 0; s < report->nsections; s++) {
        const struct table *table = report->sections[s].table;
        for (size_t i = 0; i < table->nequations; i++) {
            const struct equation *e = &table->equations[i];
            int64_t residual;
            if (e->relation != RELATION_SUM || !judged(report, &report->sections[s], e, &residual) || residual != 0)
                continue;
            const struct value *total = equation_value(report, e, e->left[0]);
            size_t cell = cell_number(system, total);
            if (system->source[cell] == NULL && (total->origin == ORIGIN_FILLED || total->computed))
                system->source[cell] = e;
        }
    }
}

/* Add a value to a condition, in the place of a total its terms. Sums do not go in circles. */
static void
add_terms(const struct system *system, int32_t *of, const struct value *value, int32_t sign)
{
    size_t cell = cell_number(system, value);
    const struct equation *sum = system->source[cell];
    if (sum == NULL)
        of[cell] += sign;
    for (size_t i = 0; sum != NULL && i < sum->nright; i++)
        add_terms(system, of, equation_value(system->report, sum, sum->right[i]), sign);
}

int32_t
system_share(const struct system *system, size_t total, size_t cell)
{
    const struct equation *sum = system->source[total];
    int32_t share = total == cell;
    for (size_t i = 0; sum != NULL && i < sum->nright; i++)
        share += system_share(system, cell_number(system, equation_value(system->report, sum, sum->right[i])), cell);
    return share;
}

static bool
add_condition(struct system *system, size_t section, const struct equation *e)
{
    struct condition *condition = &system->conditions[system->nconditions];
    const struct report *report = system->report;
    int64_t residual;
    if (!must_hold(e) || !judged(report, &report->sections[section], e, &residual))
        return true;
    int32_t *of = arena_array(report->arena, system->ncells, sizeof *of);
    if (of == NULL)
        return false;
    for (size_t i = 0; i < e->nleft; i++)
        add_terms(system, of, equation_value(report, e, e->left[i]), 1);
    for (size_t i = 0; i < e->nright; i++)
        add_terms(system, of, equation_value(report, e, e->right[i]), -1);
    *condition = (struct condition){ section, of, residual, system->nconditions };
    system->nconditions++;
    return true;
}

/* -- what hangs together -- */

static void
join_components(struct system *system, size_t a, size_t b)
{
    size_t keep = a < b ? a : b, drop = a < b ? b : a;
    for (size_t i = 0; i < system->nconditions; i++)
        if (system->conditions[i].component == drop)
            system->conditions[i].component = keep;
}

static void
join_groups(struct system *system, size_t a, size_t b)
{
    size_t keep = a < b ? a : b, drop = a < b ? b : a;
    for (size_t i = 0; i < system->report->nsections; i++)
        if (system->group[i] == drop)
            system->group[i] = keep;
}

static void
find_components(struct system *system)
{
    for (size_t s = 0; s < system->report->nsections; s++) {
        size_t end = system->first[s] + system->report->sections[s].table->nslots;
        for (size_t c = system->first[s]; c < end; c++) {
            const struct condition *other = NULL;
            for (struct condition *r = system->conditions; r < system->conditions + system->nconditions; r++) {
                if (r->of[c] == 0)
                    continue;
                if (system->group[r->section] != system->group[s])
                    join_groups(system, system->group[r->section], system->group[s]);
                if (other != NULL && other->component != r->component)
                    join_components(system, other->component, r->component);
                other = r;
            }
        }
    }
}

bool
system_make(struct system *system, struct report *report)
{
    size_t nequations = 0;
    *system = (struct system){ .report = report, .work = REPORT_WORK };
    for (size_t s = 0; s < report->nsections; s++) {
        system->ncells += report->sections[s].table->nslots;
        nequations += report->sections[s].table->nequations;
    }
    system->cells = arena_array(report->arena, system->ncells, sizeof *system->cells);
    system->source = arena_array(report->arena, system->ncells, sizeof *system->source);
    system->conditions = arena_array(report->arena, nequations, sizeof *system->conditions);
    system->first = arena_array(report->arena, report->nsections, sizeof *system->first);
    system->group = arena_array(report->arena, report->nsections, sizeof *system->group);
    if (!system->cells || !system->source || !system->conditions || !system->first || !system->group)
        return false;
    for (size_t s = 0, c = 0; s < report->nsections; s++) {
        system->group[s] = s;
        system->first[s] = c;
        for (size_t i = 0; i < report->sections[s].table->nslots; i++)
            system->cells[c++] = &report->sections[s].values[i];
    }
    find_sources(system);
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nequations; i++)
            if (!add_condition(system, s, &report->sections[s].table->equations[i]))
                return false;
    find_components(system);
    return true;
}
