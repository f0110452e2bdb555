/* SPDX-License-Identifier: MIT */
/* suspect: from findings to the cells behind them. The equations over typed numbers (suspect_system) fall apart into components; each that
 * fails is a puzzle for suspect_search. Of its smallest answers the likeliest are kept, by the slips that they suppose (suspect_slip) and
 * the numbers that other reports fix (anchors); those of the components of one table together are its suspects. */
#include "suspect.h"

#include <string.h>

#include "check.h"
#include "suspect_parts.h"

enum {
    CLEARLY = 60,                /* so much cheaper, in tenths of bits, is by far the commoner slip: 64 times */
    ANCHOR_BROKEN = 60           /* last year's number is not met: it is, in far more than nine of ten reports */
};

/* One way to mend a component, or all of a table: changes of cells, by their numbers in the system. */
struct guess { struct change *changes; size_t n; int cost; };
struct guesses {
    struct guess best[SUSPECTS_LISTED]; size_t n, found;
    bool confirmed;              /* more equations fail than cells change: numbers that fit are no accident. Five numbers in one
                                    equation can always be made to fit, and two wrong ones look like a third */
};

bool
suspects_explain(const struct finding *finding)
{
    return finding->equation != NULL && finding->equation->relation != RELATION_AT_MOST && finding->severity == SEVERITY_ERROR;
}

const struct suspect *
suspect_of(const struct report *report, const struct finding *finding)
{
    for (size_t i = 0; i < report->nsuspects; i++)
        for (size_t k = 0; k < report->suspects[i].nexplains; k++)
            if (&report->findings[report->suspects[i].explains[k]] == finding)
                return &report->suspects[i];
    return NULL;
}

bool
lead_covers(const struct report *report, const struct finding *lead, const struct finding *finding)
{
    const struct suspect *suspect = suspect_of(report, finding);
    return suspect != NULL && suspect->section == lead->section;
}

/* -- the answers of one component -- */

/* The search's cells are those of the component alone. */
struct puzzling {
    const struct system *system;
    size_t *cells; size_t ncells;
    size_t unlawful;             /* of these: what can never stand */
    struct guesses guesses;
    bool no_memory;
};

static struct decimal
after(const struct value *value, const struct remedy *changes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (changes[i].value == value)
            return changes[i].to;
    return value->number;
}

static bool
may_stand(const struct value *value, struct decimal number)
{
    return (value->slot->kind == KIND_CHANGE || number.micros >= 0) && (value->slot->kind == KIND_MONEY || decimal_whole(number))
        && number.micros < DECIMAL_LIMIT && number.micros > -DECIMAL_LIMIT;
}

/* Left minus right of a plausibility; false: not judged. */
static bool
excess(const struct report *report, const struct equation *e, const struct remedy *changes, size_t n, int64_t *out)
{
    struct decimal sum = { 0 };
    for (size_t i = 0; i < e->nleft + e->nright; i++) {
        const struct value *v = equation_value(report, e, i < e->nleft ? e->left[i] : e->right[i - e->nleft]);
        if (v == NULL || !v->has)
            return false;
        struct decimal number = after(v, changes, n);
        if (!(i < e->nleft ? decimal_add(sum, number, &sum) : decimal_sub(sum, number, &sum)))
            return false;
    }
    *out = sum.micros;
    return true;
}

/* Would it break a plausibility that held? */
static bool
breaks_something(const struct report *report, const struct remedy *changes, size_t n)
{
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nequations; i++) {
            const struct equation *e = &report->sections[s].table->equations[i];
            int64_t before, then;
            if (e->relation == RELATION_AT_MOST && excess(report, e, NULL, 0, &before) && before <= 0
                && excess(report, e, changes, n, &then) && then > 0)
                return true;
        }
    return false;
}

static int
anchor_cost(const struct report *report, const struct remedy *changes, size_t n)
{
    int cost = 0;
    for (size_t i = 0; i < report->nanchors; i++)
        if (after(report->anchors[i].value, changes, n).micros != report->anchors[i].expected.micros)
            cost += ANCHOR_BROKEN;
    return cost;
}

/* Keep a guess if it is among the best; of equal ones the first. */
static bool
keep_guess(struct arena *arena, struct guesses *guesses, const struct change *changes, size_t n, int cost)
{
    size_t at = guesses->n;
    while (at > 0 && guesses->best[at - 1].cost > cost)
        at--;
    if (at == SUSPECTS_LISTED)
        return true;
    struct change *own = arena_array(arena, n, sizeof *own);
    if (own == NULL)
        return false;
    memcpy(own, changes, n * sizeof *own);
    if (guesses->n < SUSPECTS_LISTED)
        guesses->n++;
    memmove(&guesses->best[at + 1], &guesses->best[at], (guesses->n - 1 - at) * sizeof *guesses->best);
    guesses->best[at] = (struct guess){ own, n, cost };
    return true;
}

/* What the search shows: changes that solve all equations of the component. */
static bool
take_guess(void *context, const struct change *changes, size_t n)
{
    struct puzzling *p = context;
    const struct report *report = p->system->report;
    struct remedy remedies[CHANGES_MOST];
    struct change global[CHANGES_MOST];
    size_t unlawful = p->unlawful;
    for (size_t i = 0; i < n; i++) {
        global[i] = (struct change){ p->cells[changes[i].cell], changes[i].by };
        remedies[i].value = p->system->cells[global[i].cell];
        if (remedies[i].value->origin == ORIGIN_FILLED
            || !decimal_add(remedies[i].value->number, (struct decimal){ global[i].by }, &remedies[i].to)
            || !may_stand(remedies[i].value, remedies[i].to))
            return false;
        unlawful -= !may_stand(remedies[i].value, remedies[i].value->number);
    }
    if (unlawful > 0 || breaks_something(report, remedies, n))
        return false;
    p->guesses.found++;
    if (!keep_guess(report->arena, &p->guesses, global, n, slips_cost(remedies, n) + anchor_cost(report, remedies, n)))
        p->no_memory = true;
    return true;
}

/* How many equations of a component fail. */
static size_t
failing(const struct system *system, size_t component)
{
    size_t n = 0;
    for (size_t i = 0; i < system->nconditions; i++)
        n += system->conditions[i].component == component && system->conditions[i].residual != 0;
    return n;
}

static enum puzzle_end
solve_component(struct system *system, size_t component, struct guesses *guesses)
{
    struct arena *arena = system->report->arena;
    struct puzzling p = { .system = system };
    struct puzzle puzzle = { .take = take_guess, .context = &p };
    p.cells = arena_array(arena, system->ncells, sizeof *p.cells);
    puzzle.rows = arena_array(arena, system->nconditions, sizeof *puzzle.rows);
    if (p.cells == NULL || puzzle.rows == NULL)
        return PUZZLE_MEMORY;
    for (size_t c = 0; c < system->ncells; c++)
        for (size_t i = 0; i < system->nconditions; i++)
            if (system->conditions[i].component == component && system->conditions[i].of[c] != 0) {
                p.cells[p.ncells++] = c;
                break;
            }
    puzzle.ncells = p.ncells;
    for (size_t c = 0; c < p.ncells; c++)
        p.unlawful += !may_stand(system->cells[p.cells[c]], system->cells[p.cells[c]]->number);
    for (size_t i = 0; i < system->nconditions; i++) {
        const struct condition *condition = &system->conditions[i];
        if (condition->component != component)
            continue;
        int32_t *of = arena_array(arena, p.ncells, sizeof *of);
        if (of == NULL)
            return PUZZLE_MEMORY;
        for (size_t c = 0; c < p.ncells; c++)
            of[c] = condition->of[p.cells[c]];
        puzzle.rows[puzzle.nrows++] = (struct puzzle_row){ of, condition->residual };
    }
    puzzle.work = system->work < SEARCH_WORK ? system->work : SEARCH_WORK;
    system->work -= puzzle.work;
    enum puzzle_end end = puzzle_solve(arena, &puzzle);
    system->work += puzzle.work;
    *guesses = p.guesses;
    guesses->confirmed = guesses->n > 0 && failing(system, component) > guesses->best[0].n;
    return p.no_memory ? PUZZLE_MEMORY : end;
}

/* -- all components of a table together -- */

/* Every guess of one with every guess of the other. */
static bool
combine(struct arena *arena, struct guesses *all, const struct guesses *more)
{
    struct guesses both = { .found = all->found < SIZE_MAX / more->found ? all->found * more->found : SIZE_MAX,
                            .confirmed = all->confirmed && more->confirmed };
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < more->n; k++) {
            const struct guess *a = &all->best[i], *b = &more->best[k];
            struct change *changes = arena_array(arena, a->n + b->n, sizeof *changes);
            if (changes == NULL)
                return false;
            memcpy(changes, a->changes, a->n * sizeof *changes);
            memcpy(changes + a->n, b->changes, b->n * sizeof *changes);
            if (!keep_guess(arena, &both, changes, a->n + b->n, a->cost + b->cost))
                return false;
        }
    *all = both;
    return true;
}

static bool
explain(const struct system *system, size_t group, struct suspect *suspect)
{
    const struct report *report = system->report;
    suspect->explains = arena_array(report->arena, report->nfindings, sizeof *suspect->explains);
    if (suspect->explains == NULL)
        return false;
    for (size_t i = 0; i < report->nfindings; i++)
        if (suspects_explain(&report->findings[i]) && system->group[report->findings[i].section - report->sections] == group)
            suspect->explains[suspect->nexplains++] = i;
    return true;
}

/* What a guess adds to a total that a formula gives. */
static int64_t
follows_by(const struct system *system, size_t total, const struct guess *guess)
{
    int64_t by = 0;
    for (size_t i = 0; i < guess->n; i++)
        by += system_share(system, total, guess->changes[i].cell) * guess->changes[i].by;
    return by;
}

/* The guess's cells, then the totals whose formulas would show another number. */
static bool
list_changes(const struct system *system, const struct guess *guess, struct suspect *suspect)
{
    struct arena *arena = system->report->arena;
    suspect->changes = arena_array(arena, guess->n + system->ncells, sizeof *suspect->changes);
    if (suspect->changes == NULL)
        return false;
    for (; suspect->typed < guess->n; suspect->typed++) {
        const struct value *value = system->cells[guess->changes[suspect->typed].cell];
        suspect->changes[suspect->nchanges++] = (struct remedy){ value, { value->number.micros + guess->changes[suspect->typed].by } };
    }
    for (size_t c = 0; c < system->ncells; c++) {
        const struct value *value = system->cells[c];
        bool formula = system->source[c] != NULL && value->origin == ORIGIN_GIVEN;
        int64_t by = formula ? follows_by(system, c, guess) : 0;
        if (by != 0)
            suspect->changes[suspect->nchanges++] = (struct remedy){ value, { value->number.micros + by } };
    }
    return true;
}

static bool
add_suspects(const struct system *system, size_t group, const struct guesses *guesses)
{
    struct report *report = system->report;
    bool sure = guesses->confirmed && guesses->found == 1, commoner = guesses->n > 1 && guesses->best[1].cost - guesses->best[0].cost >= CLEARLY;
    for (size_t i = 0; i < guesses->n; i++) {
        struct suspect suspect = { .section = &report->sections[group], .alternatives = guesses->found, .likely = sure,
                                   .commoner = commoner && i == 0 };
        if (!list_changes(system, &guesses->best[i], &suspect) || !explain(system, group, &suspect)
            || !arena_room(report->arena, &report->suspects, report->nsuspects, &report->suspects_cap, sizeof *report->suspects))
            return false;
        report->suspects[report->nsuspects++] = suspect;
    }
    return true;
}

/* The suspects of the tables that hang together with section `group`; none when one of its components is open. */
static bool
solve_group(struct system *system, size_t group)
{
    struct guesses all = { .n = 0 };
    for (size_t i = 0; i < system->nconditions; i++) {
        const struct condition *condition = &system->conditions[i];
        struct guesses guesses = { .n = 0 };
        if (condition->component != i || system->group[condition->section] != group || failing(system, i) == 0)
            continue;
        enum puzzle_end end = solve_component(system, i, &guesses);
        if (end != PUZZLE_SOLVED)
            return end != PUZZLE_MEMORY;
        if (all.n == 0)
            all = guesses;
        else if (!combine(system->report->arena, &all, &guesses))
            return false;
    }
    return add_suspects(system, group, &all);
}

bool
suspects_find(struct report *report)
{
    struct system system;
    bool any = false;
    for (size_t i = 0; i < report->nfindings && !any; i++)
        any = suspects_explain(&report->findings[i]);
    if (!any)
        return true;
    if (!system_make(&system, report))
        return false;
    for (size_t s = 0; s < report->nsections; s++)
        if (system.group[s] == s && !solve_group(&system, s))
            return false;
    return true;
}
