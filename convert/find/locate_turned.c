/* SPDX-License-Identifier: MIT */
/* locate_turned: the law prints some tables as one wide row without a label, its columns in groups (四、行政复议、行政诉讼). People cut such
 * a row into one table for each group, or turn it: a row for each group, a column for each, or one number below the other. What stays
 * together is a run: the labels of a group in the law's order, along a row or down a column. The numbers stand in the lines behind the
 * run; the word for the group stands at the head of such a line, or before the run.
 *
 * Both directions are one: `axis` is the direction of the run; lines are counted across it. */
#include <string.h>

#include "locate_parts.h"

enum axis { DOWN, ALONG };             /* positions on a run are rows, or columns */
enum { LINES = 8, BEFORE = 4 };        /* how far from a run its numbers and the word for its group may be */

static uint32_t
low(const struct word *w, enum axis axis)
{
    return axis == DOWN ? w->row : w->col;
}

static uint32_t
high(const struct word *w, enum axis axis)
{
    return axis == DOWN ? w->row2 : w->col2;
}

static enum axis
across(enum axis axis)
{
    return axis == DOWN ? ALONG : DOWN;
}

static struct place
place_at(enum axis axis, uint32_t at, uint32_t line)
{
    return axis == DOWN ? (struct place){ .found = true, .row = at, .col = (uint16_t)line }
                        : (struct place){ .found = true, .row = line, .col = (uint16_t)at };
}

struct run { const struct word **at; size_t n; enum axis axis; double score; };

/* The word of the block's header that comes next after w on the axis; NULL: none. */
static const struct word *
next_word(const struct sight *sight, const struct heads *heads, const struct word *w, enum axis axis)
{
    const struct word *next = NULL;
    for (size_t i = 0; i < heads->n; i++) {
        const struct word *other = &sight->words[heads->words[i]];
        if (low(other, across(axis)) == low(w, across(axis)) && low(other, axis) > high(w, axis) && (!next || low(other, axis) < low(next, axis)))
            next = other;
    }
    return next;
}

/* Do the labels of a group's columns stand in a run from `first` on? */
static bool
is_run(const struct sight *sight, const struct heads *heads, const struct node *group, const struct word *first, struct run *run)
{
    const struct word *w = first;
    run->score = 0;
    for (run->n = 0; run->n < group->nchildren; run->n++) {
        double like = w ? word_likeness(w, &group->children[run->n].label) : 0;
        if (like <= 0)
            return false;
        run->score += like;
        run->at[run->n] = w;
        w = next_word(sight, heads, w, run->axis);
    }
    return true;
}

/* Which group of columns a word names: `like` is how surely. A group within others has the leaves itself. */
static const struct node *
group_named(const struct block *block, const struct word *w, double *like)
{
    const struct node *best = NULL;
    *like = 0;
    for (size_t c = 0; c < block->ncolumn_leaves; c++) {
        const struct node *group = block->column_leaf[c]->parent;
        double l = group ? word_likeness(w, &group->label) : 0;
        if (l > *like) {
            *like = l;
            best = group;
        }
    }
    return best;
}

/* The group that the head of a line names, in front of the run. */
static const struct node *
line_group(const struct sight *sight, const struct block *block, const struct run *run, uint32_t line)
{
    enum axis axis = run->axis;
    for (size_t i = sight->nwords; i-- > 0;) {
        const struct word *w = &sight->words[i];
        double like;
        const struct node *group;
        if (low(w, across(axis)) <= line && line <= high(w, across(axis)) && high(w, axis) < low(run->at[0], axis) &&
            low(w, axis) + BEFORE >= low(run->at[0], axis) && (group = group_named(block, w, &like)) != NULL)
            return group;
    }
    return NULL;
}

/* The group named before the run: the word nearest to its beginning. */
static const struct node *
run_group(const struct sight *sight, const struct block *block, const struct run *run)
{
    enum axis axis = run->axis;
    const struct word *first = run->at[0], *best = NULL;
    const struct node *group = NULL;
    for (size_t i = 0; i < sight->nwords; i++) {
        const struct word *w = &sight->words[i];
        double like;
        if (high(w, across(axis)) >= low(first, across(axis)) || high(w, across(axis)) + BEFORE < low(first, across(axis)) ||
            low(w, axis) > low(first, axis) || (best && low(w, axis) < low(best, axis)))
            continue;
        const struct node *named = group_named(block, w, &like);
        if (named) {
            best = w;
            group = named;
        }
    }
    return group;
}

/* Numbers, or nothing, in a line beside each word of the run? Fills places[]. */
static bool
read_line(const struct sight *sight, const struct run *run, uint32_t line, struct place *places, size_t *numbers)
{
    *numbers = 0;
    for (size_t i = 0; i < run->n; i++) {
        const struct word *w = run->at[i];
        places[i] = place_at(run->axis, low(w, run->axis), line);
        for (uint32_t at = low(w, run->axis); at <= high(w, run->axis); at++) {
            struct place place = place_at(run->axis, at, line);
            const struct cell *cell = sight_cell(sight, place.row, place.col);
            if (cell && !numberlike(cell))
                return false;
            if (cell) {
                places[i] = place;
                ++*numbers;
                break;
            }
        }
    }
    return true;
}

/* A table that is being put together. */
struct turned {
    struct place *places, *line;       /* of the table, and of the line that is being read */
    struct area range;
    size_t found;
    double score;
    bool twice;                        /* a group stands there twice: nobody knows which one counts */
};

static void
put_line(const struct node *group, const struct run *run, struct turned *t)
{
    if (group->nchildren != run->n)
        return;
    t->twice = t->twice || t->places[group->leaf].found;
    memcpy(&t->places[group->leaf], t->line, run->n * sizeof *t->line);
    t->found += run->n;
    t->score += run->score;
    for (size_t i = 0; i < run->n; i++) {
        area_widen(&t->range, run->at[i]->row, run->at[i]->col);
        area_widen(&t->range, t->line[i].row, t->line[i].col);
    }
}

/* The lines of a run. */
static void
put_run(const struct sight *sight, const struct block *block, const struct run *run, struct turned *t)
{
    uint32_t line = high(run->at[0], across(run->axis));
    for (size_t i = 1; i < run->n; i++)
        line = high(run->at[i], across(run->axis)) > line ? high(run->at[i], across(run->axis)) : line;
    bool any = false;
    for (uint32_t n = 0; n < LINES; n++) {
        size_t numbers;
        if (!read_line(sight, run, ++line, t->line, &numbers))
            return;
        const struct node *group = line_group(sight, block, run, line);
        if (!group && !any && (numbers > 0 || n == 0))
            group = run_group(sight, block, run);
        if (group)
            put_line(group, run, t);
        any = any || group;
    }
}

static bool
put_runs(const struct sight *sight, const struct block *block, enum axis axis, struct turned *t)
{
    const struct heads *heads = &sight->heads[block->number];
    struct run run = { .axis = axis };
    if (!(run.at = arena_array(sight->arena, block->ncolumn_leaves, sizeof *run.at)))
        return false;
    for (size_t i = 0; i < heads->n; i++) {
        const struct node *tried = NULL;
        for (size_t c = 0; c < block->ncolumn_leaves; c++) {
            const struct node *group = block->column_leaf[c]->parent;
            if (!group || group == tried || group->nleaves != group->nchildren)
                continue;
            tried = group;
            if (is_run(sight, heads, group, &sight->words[heads->words[i]], &run)) {
                put_run(sight, block, &run, t);
                break;                  /* groups may have the same labels: it is the word for the group that decides */
            }
        }
    }
    return true;
}

bool
locate_turned(const struct sight *sight, const struct table *table, struct placement **out)
{
    const struct block *block = &table->blocks[0];
    *out = NULL;
    if (table->nblocks != 1 || block->row_depth > 0 || block->column_depth < 2 || sight->heads[block->number].n < block->columns[0].nleaves)
        return true;
    struct placement *p = arena_alloc(sight->arena, sizeof *p);
    struct turned t = { .range = { .row = UINT32_MAX, .col = UINT16_MAX } };
    t.places = arena_array(sight->arena, table->nslots, sizeof *t.places);
    t.line = arena_array(sight->arena, table->nslots, sizeof *t.line);
    if (!p || !t.places || !t.line || !put_runs(sight, block, ALONG, &t) || !put_runs(sight, block, DOWN, &t))
        return false;
    *p = (struct placement){ .table = table, .sheet = sight->sheet, .range = t.range, .score = t.score, .places = t.places, .complete = true };
    if (t.found == table->nslots && !t.twice)
        *out = p;
    return true;
}
