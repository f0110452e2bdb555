/* SPDX-License-Identifier: MIT */
/* suspect_search: the smallest sets of cells whose change makes all equations hold (Fellegi and Holt, A Systematic Approach to Automatic
 * Edit and Imputation, 1976). The equations are a linear code and what does not add up is its syndrome: A·d = -r, d with as few cells as
 * can be.
 *
 * Depth first, one cell more at a time. Of an equation that fails one cell must change: branch over its cells. The change of the chosen
 * cell is then eliminated (Gauss) from the other equations, whose residuals become those that a further cell has to explain; when none is
 * left the changes follow backwards. Nothing is missed: a reduced equation that fails is a sum of original ones in which the chosen
 * cells cancel out, so another of its cells has to change. Two bounds cut the tree: no cell can mend more failing equations than it is
 * in, and a set is met once, because a cell is barred while its later brothers are tried. */
#include "suspect_parts.h"

struct row { const int32_t *of; int64_t residual; bool spent; };

/* The equations after `level` cells were chosen; each row is the one above or lies in `own`. */
struct level {
    struct row *rows;
    int32_t *own;
    size_t cell;                 /* chosen here, and the row that gives its change */
    const struct row *pivot;
};

struct search {
    const struct puzzle *puzzle;
    struct level levels[CHANGES_MOST + 1];
    unsigned char *barred;       /* of a cell: 0, or from which level on it is not tried again, counted from 1 */
    size_t *weights;             /* of a cell: failing equations that it is in */
    size_t size;                 /* cells to change */
    long work;
    bool any, tired;             /* a set was allowed; the work was too much, or the numbers too large */
};

/* The changes that the pivots give, the last cell's first. False: they are no numbers of six decimals. */
static bool
solve_back(const struct search *search, size_t n, struct change *changes)
{
    for (size_t i = n; i-- > 0;) {
        const struct level *level = &search->levels[i];
        int64_t sum = level->pivot->residual, part;
        for (size_t k = i + 1; k < n; k++)
            if (__builtin_mul_overflow((int64_t)level->pivot->of[search->levels[k].cell], changes[k].by, &part)
                || __builtin_add_overflow(sum, part, &sum))
                return false;
        int32_t factor = level->pivot->of[level->cell];
        if (sum % factor != 0 || sum == 0)
            return false;
        changes[i] = (struct change){ level->cell, -(sum / factor) };
    }
    return true;
}

static void
take_solution(struct search *search, size_t n)
{
    struct change changes[CHANGES_MOST];
    if (!solve_back(search, n, changes))
        return;
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && changes[k - 1].cell > changes[k].cell; k--) {
            struct change swap = changes[k];
            changes[k] = changes[k - 1];
            changes[k - 1] = swap;
        }
    bool allowed = search->puzzle->take(search->puzzle->context, changes, n);
    search->any |= allowed;
    search->work += allowed ? SET_WORK : SET_WORK / 10;
}

/* to = row - (factor of the cell in row / factor in pivot) · pivot, times what keeps it whole. False: too large. */
static bool
eliminate(const struct row *row, const struct row *pivot, size_t cell, size_t n, int32_t *own, struct row *to)
{
    int64_t keep = pivot->of[cell], part = row->of[cell], a, b;
    if (keep == 1 || keep == -1) {
        part *= keep;
        keep = 1;
    }
    for (size_t i = 0; i < n; i++) {
        int64_t sum = keep * row->of[i] - part * pivot->of[i];      /* both are of 31 bits: no overflow */
        own[i] = (int32_t)sum;
        if (sum != own[i] || own[i] == INT32_MIN)
            return false;
    }
    *to = (struct row){ own, 0, false };
    return !__builtin_mul_overflow(keep, row->residual, &a) && !__builtin_mul_overflow(part, pivot->residual, &b)
        && !__builtin_sub_overflow(a, b, &to->residual) && to->residual != INT64_MIN;
}

/* The rows below a chosen cell. False: numbers too large to go on. */
static bool
descend(struct search *search, size_t at, size_t cell, size_t pivot)
{
    const struct puzzle *puzzle = search->puzzle;
    struct level *level = &search->levels[at], *next = level + 1;
    level->cell = cell;
    level->pivot = &level->rows[pivot];
    for (size_t i = 0; i < puzzle->nrows; i++) {
        next->rows[i] = level->rows[i];
        if (i == pivot)
            next->rows[i].spent = true;
        if (level->rows[i].spent || i == pivot || level->rows[i].of[cell] == 0)
            continue;
        search->work += (long)puzzle->ncells;
        if (!eliminate(&level->rows[i], level->pivot, cell, puzzle->ncells, next->own + i * puzzle->ncells, &next->rows[i]))
            return false;
    }
    return true;
}

/* Does this one cell settle all that is left? */
static bool
settles(const struct search *search, const struct level *level, size_t pivot, size_t cell)
{
    const struct row *by = &level->rows[pivot];
    if (by->residual % by->of[cell] != 0)
        return false;
    int64_t change = -(by->residual / by->of[cell]), part;
    for (size_t i = 0; i < search->puzzle->nrows; i++) {
        const struct row *row = &level->rows[i];
        if (!row->spent && (__builtin_mul_overflow((int64_t)row->of[cell], change, &part) || part != -row->residual))
            return false;
    }
    return true;
}

/* The failing row with the fewest cells to choose from: SIZE_MAX when none fails. *hopeless: one has no cell, or there are too many. */
static size_t
choose_row(struct search *search, size_t at, bool *hopeless)
{
    const struct puzzle *puzzle = search->puzzle;
    size_t best = SIZE_MAX, fewest = SIZE_MAX, failing = 0, most = 0;
    for (size_t c = 0; c < puzzle->ncells; c++)
        search->weights[c] = 0;
    for (size_t i = 0; i < puzzle->nrows; i++) {
        const struct row *row = &search->levels[at].rows[i];
        if (row->spent || row->residual == 0)
            continue;
        size_t n = 0;
        for (size_t c = 0; c < puzzle->ncells; c++) {
            size_t in = row->of[c] != 0 && search->barred[c] == 0;
            n += in;
            search->weights[c] += in;
            most = search->weights[c] > most ? search->weights[c] : most;
        }
        search->work += (long)puzzle->ncells;
        failing++;
        if (n < fewest) {
            fewest = n;
            best = i;
        }
    }
    *hopeless = failing > most * (search->size - at);
    return best;
}

static void
search_from(struct search *search, size_t at)
{
    const struct puzzle *puzzle = search->puzzle;
    struct level *level = &search->levels[at];
    bool hopeless;
    size_t pivot = choose_row(search, at, &hopeless);
    if (pivot == SIZE_MAX || hopeless)           /* solved by fewer cells, which were not allowed to change so; or out of reach */
        return;
    const struct row *row = &level->rows[pivot];
    for (size_t c = 0; c < puzzle->ncells && !search->tired; c++) {
        if (row->of[c] == 0 || search->barred[c] != 0)
            continue;
        if (at + 1 < search->size) {
            if (!descend(search, at, c, pivot))
                search->tired = true;
            else
                search_from(search, at + 1);
        } else if (settles(search, level, pivot, c)) {
            level->cell = c;
            level->pivot = row;
            take_solution(search, search->size);
        }
        search->work += (long)puzzle->nrows;
        search->tired |= search->work > puzzle->work;
        search->barred[c] = (unsigned char)(at + 1);
    }
    for (size_t c = 0; c < puzzle->ncells; c++)
        if (search->barred[c] == at + 1)
            search->barred[c] = 0;
}

static bool
make_levels(struct arena *arena, struct search *search)
{
    const struct puzzle *puzzle = search->puzzle;
    for (size_t i = 0; i <= CHANGES_MOST; i++) {
        struct level *level = &search->levels[i];
        level->rows = arena_array(arena, puzzle->nrows, sizeof *level->rows);
        level->own = i > 0 ? arena_array(arena, puzzle->nrows, puzzle->ncells * sizeof *level->own) : NULL;
        if (level->rows == NULL || (i > 0 && level->own == NULL))
            return false;
    }
    for (size_t i = 0; i < puzzle->nrows; i++)
        search->levels[0].rows[i] = (struct row){ puzzle->rows[i].of, puzzle->rows[i].residual, false };
    search->barred = arena_array(arena, puzzle->ncells, sizeof *search->barred);
    search->weights = arena_array(arena, puzzle->ncells, sizeof *search->weights);
    return search->barred != NULL && search->weights != NULL;
}

enum puzzle_end
puzzle_solve(struct arena *arena, struct puzzle *puzzle)
{
    struct search search = { .puzzle = puzzle };
    if (!make_levels(arena, &search))
        return PUZZLE_MEMORY;
    for (search.size = 1; search.size <= CHANGES_MOST && !search.any && !search.tired; search.size++)
        search_from(&search, 0);
    puzzle->work -= search.work;
    return search.any && !search.tired ? PUZZLE_SOLVED : PUZZLE_OPEN;
}
