/* SPDX-License-Identifier: MIT */
/* The rows of a block and their cells: the words left of the numbers are aligned with the form's rows from top to bottom, so that
 * missing, added and mistyped rows fall into place; what is left over is looked for out of order. Which cell of a row belongs to which
 * column is told by the header, by the row's own merges, or by order alone where a row was pasted from text. */
#include <string.h>

#include "locate_parts.h"

enum { ROWS_SLACK = 24 };
#define GROUP_BONUS 0.15       /* for standing in the right group */
#define OTHER_WORD 0.9         /* for a label that is not the last word left of the numbers */
#define OUT_OF_ORDER 0.8       /* only sure labels are looked for out of order */

/* What holds a number in a row under a column of the header, or NULL. */
static const struct cell *
number_below(const struct sight *sight, const struct fit *fit, uint32_t row, size_t column)
{
    const struct cell *cell = fit->columns[column].found ? sight_cell(sight, row, fit->columns[column].a) : NULL;
    return numberlike(cell) ? cell : NULL;
}

static size_t
numbers_below(const struct sight *sight, const struct fit *fit, uint32_t row)
{
    size_t numbers = 0;
    for (size_t c = 0; c < fit->block->ncolumn_leaves; c++)
        numbers += number_below(sight, fit, row, c) != NULL;
    return numbers;
}

/* Are they 1, 2, 3 …, the numbers of the columns themselves? */
static bool
is_counting(const struct sight *sight, const struct fit *fit, uint32_t row)
{
    size_t numbers = 0;
    struct decimal last = { 0 };
    *sight->by_numbers = true;
    for (size_t c = 0; c < fit->block->ncolumn_leaves; c++) {
        const struct cell *cell = number_below(sight, fit, row, c);
        struct decimal number = { 0 };
        if (!cell)
            continue;
        bool known = cell->kind == CELL_NUMBER ? decimal_from_double(cell->number, &number, NULL)
                                               : !cell->text || decimal_parse(cell->text, strlen(cell->text), &number);
        if (!known || number.micros <= 0 || (numbers > 0 && number.micros != last.micros + DECIMAL_ONE))
            return false;
        last = number;
        numbers++;
    }
    return numbers > 2;
}

/* Is a row with so many numbers rather the one than another with so many? */
static bool
is_better(const struct sight *sight, const struct fit *fit, uint32_t row, size_t numbers, uint32_t other, size_t others)
{
    bool counting = is_counting(sight, fit, row), other_counts = is_counting(sight, fit, other);
    return counting == other_counts ? numbers > others : other_counts;
}

static bool
has_text(const struct sight *sight, uint32_t row)
{
    for (size_t i = sight_row_cells(sight, row); i < sight->sheet->ncells && sight->sheet->cells[i].row == row; i++)
        if (!numberlike(&sight->sheet->cells[i]))
            return true;
    return false;
}

/* A block that the law prints without row labels: the row below the header with the most numbers. A row that numbers the columns (栏次)
 * is taken only when there is no other. */
static void
fit_unlabelled(const struct sight *sight, struct fit *fit, uint32_t end)
{
    uint32_t best = fit->bottom + 1;
    size_t most = 0;
    for (uint32_t row = fit->bottom + 1; row < end && row <= fit->bottom + 4; row++) {
        size_t numbers = numbers_below(sight, fit, row);
        if (row > fit->bottom + 1 && 2 * numbers < fit->columns_found && has_text(sight, row))
            break;                             /* signatures and notes below an empty table */
        if (numbers > 0 && (most == 0 || is_better(sight, fit, row, numbers, best, most))) {
            most = numbers;
            best = row;
        }
    }
    if (best >= end)
        return;
    fit->rows[0] = (struct match){ .found = true, .row = best, .label = UINT16_MAX };
    fit->rows_found = 1;
    fit->row_score = 1;
}

struct line { uint32_t row; size_t from, to; const struct node *group; };    /* a row's label words; the group it stands in */

/* Is the word a row label: left of the numbers, or (pasted text, shifted to the right) surely one? */
static bool
label_word(const struct fit *fit, const struct word *w)
{
    if (w->col < fit->label_from)
        return false;
    if (w->col < fit->first)
        return true;
    for (size_t r = 0; r < fit->block->nrow_leaves && w->col <= fit->first + 2; r++)
        if (word_likeness(w, &fit->block->row_leaf[r]->label) >= OUT_OF_ORDER)
            return true;
    return false;
}

/* The groups among the rows of a block, each before those within it. */
struct groups { const struct node **at; size_t n, cap; };

static bool
add_groups(struct arena *arena, struct groups *groups, const struct node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (nodes[i].nchildren == 0)
            continue;
        if (!arena_room(arena, &groups->at, groups->n, &groups->cap, sizeof *groups->at))
            return false;
        groups->at[groups->n++] = &nodes[i];
        if (!add_groups(arena, groups, nodes[i].children, nodes[i].nchildren))
            return false;
    }
    return true;
}

/* The last group that the word is like; NULL: none. */
static const struct node *
group_of(const struct word *w, const struct groups *groups)
{
    for (size_t i = groups->n; i-- > 0;)
        if (word_likeness(w, &groups->at[i]->label) > 0)
            return groups->at[i];
    return NULL;
}

static bool
gather_lines(const struct sight *sight, const struct fit *fit, uint32_t end, struct line **lines, size_t *n)
{
    size_t cap = 0, count = 0;
    struct line *list = NULL;
    struct groups groups = { 0 };
    const struct node *group = NULL;
    if (!add_groups(sight->arena, &groups, fit->block->rows, fit->block->nrows))
        return false;
    for (size_t i = sight_row(sight, fit->bottom + 1); i < sight->nwords && sight->words[i].row < end; i++) {
        const struct word *w = &sight->words[i];
        if (!label_word(fit, w))
            continue;
        const struct node *g = group_of(w, &groups);
        group = g ? g : group;
        if (count == 0 || list[count - 1].row != w->row) {
            if (!arena_room(sight->arena, &list, count, &cap, sizeof *list))
                return false;
            list[count++] = (struct line){ .row = w->row, .from = i };
        }
        list[count - 1].to = i + 1;
        list[count - 1].group = group;
    }
    *lines = list;
    *n = count;
    return true;
}

/* How well a line fits each leaf, and which of its words says so. */
static void
score_line(const struct sight *sight, const struct fit *fit, const struct line *line, double *score, const struct word **label)
{
    size_t leaves = fit->block->nrow_leaves;
    for (size_t j = 0; j < leaves; j++)
        score[j] = 0;
    for (size_t i = line->from; i < line->to; i++) {
        const struct word *w = &sight->words[i];
        if (!label_word(fit, w))
            continue;
        for (size_t k = 0; k < w->likes.n; k++) {
            const struct like *like = &w->likes.at[k];
            double l = (double)like->likeness * (i + 1 == line->to ? 1 : OTHER_WORD);
            for (size_t j = 0; j < leaves && (double)like->likeness >= LABEL_ALIKE; j++)
                if (fit->block->row_leaf[j]->label.number == like->label && l > score[j]) {
                    score[j] = l;
                    label[j] = w;
                }
        }
    }
    for (size_t j = 0; j < leaves; j++) {
        const struct node *leaf = fit->block->row_leaf[j];
        if (score[j] > 0 && leaf->parent && leaf->parent == line->group)
            score[j] += GROUP_BONUS;
    }
}

static void
set_row(struct fit *fit, size_t leaf, const struct line *line, const struct word *label, double score)
{
    fit->rows[leaf] = (struct match){ .found = true, .row = line->row, .label = label->col };
    fit->rows_found++;
    fit->row_score += score;
}

bool
fit_rows(const struct sight *sight, struct fit *fit, uint32_t end)
{
    const struct block *block = fit->block;
    size_t leaves = block->nrow_leaves, n;
    fit->rows = arena_array(sight->arena, leaves, sizeof *fit->rows);
    fit->rows_found = 0;
    fit->row_score = 0;
    if (!fit->rows)
        return false;
    if (block->row_depth == 0) {
        fit_unlabelled(sight, fit, end);
        return true;
    }
    uint32_t reach = fit->bottom + 3 * (uint32_t)leaves + ROWS_SLACK;
    struct line *lines;
    if (!gather_lines(sight, fit, reach < end ? reach : end, &lines, &n))
        return false;
    double *score = arena_raw(sight->arena, (n * leaves + 1) * sizeof *score);
    const struct word **label = arena_raw(sight->arena, (n * leaves + 1) * sizeof(struct word *));
    size_t *of_leaf = arena_array(sight->arena, leaves, sizeof *of_leaf);
    bool *taken = arena_array(sight->arena, n + 1, sizeof *taken);
    if (!score || !label || !of_leaf || !taken)
        return false;
    for (size_t i = 0; i < n; i++)
        score_line(sight, fit, &lines[i], &score[i * leaves], &label[i * leaves]);
    if (!align(sight->arena, score, n, leaves, of_leaf))
        return false;
    for (size_t j = 0, next = 0; j < leaves; j++) {
        if (of_leaf[j] == SIZE_MAX)
            continue;
        size_t i = next;                   /* of two that are surely this row the first counts, however the second is written */
        while (i < of_leaf[j] && score[i * leaves + j] < SURE_ROW)
            i++;
        set_row(fit, j, &lines[i], label[i * leaves + j], score[i * leaves + j]);
        taken[i] = true;
        next = of_leaf[j] + 1;
    }
    for (size_t j = 0; j < leaves; j++)
        for (size_t i = 0; i < n && !fit->rows[j].found; i++)
            if (!taken[i] && score[i * leaves + j] >= OUT_OF_ORDER) {
                set_row(fit, j, &lines[i], label[i * leaves + j], score[i * leaves + j]);
                taken[i] = true;
            }
    return true;
}

/* -- cells -- */

static uint16_t
resolve(const struct sight *sight, uint32_t row, uint16_t col)
{
    const struct area *m = sight_merge(sight, row, col);
    return m && m->row == row ? m->col : col;
}

/* A row pasted from text may have lost the empty cells of its merged labels, so that all its numbers moved: if exactly as many
 * number-like cells follow the label as there are columns, and they do not begin where the header says, they count in order. */
static bool
moved_row(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols)
{
    size_t leaves = fit->block->ncolumn_leaves, n = 0;
    if (row->label == UINT16_MAX || fit->columns_found < leaves || leaves < 2)
        return false;
    for (size_t i = sight_row_cells(sight, row->row); i < sight->sheet->ncells && sight->sheet->cells[i].row == row->row; i++) {
        const struct cell *c = &sight->sheet->cells[i];
        if (c->col <= row->label || !numberlike(c))
            continue;
        if (n == leaves || (n == 0 && !fit->ragged && c->col >= fit->first && row->label < fit->first))
            return false;
        cols[n++] = c->col;
    }
    return n == leaves && cols[n - 1] - cols[0] == (int)n - 1;
}

/* Does the header say anything over the column? */
static bool
headed(const struct sight *sight, const struct fit *fit, uint16_t col)
{
    for (uint32_t row = fit->top; row <= fit->bottom; row++)
        if (sight_cell(sight, row, col))
            return true;
    return false;
}

/* Where empty cells leave no trace, a row is read only when it has as many numbers as the header has columns: no column is guessed. */
static void
counted_row(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols)
{
    size_t leaves = fit->block->ncolumn_leaves, n = 0;
    for (size_t i = sight_row_cells(sight, row->row); i < sight->sheet->ncells && sight->sheet->cells[i].row == row->row; i++) {
        const struct cell *c = &sight->sheet->cells[i];
        if (!numberlike(c) || (row->label != UINT16_MAX && c->col <= row->label))
            continue;
        if (n < leaves)
            cols[n] = c->col;
        n++;
    }
    for (size_t j = 0; j < leaves && (n != leaves || fit->shuffled || fit->columns_found < leaves); j++)
        cols[j] = UINT16_MAX;
}

/* Below a header whose columns nobody knows the numbers begin right behind the label. */
static bool
ragged_row(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols)
{
    size_t leaves = fit->block->ncolumn_leaves, at = sight_row_cells(sight, row->row + 1);
    uint16_t last = at > 0 ? sight->sheet->cells[at - 1].col : 0;
    if (!fit->ragged || row->label == UINT16_MAX || last > row->label + leaves)
        return false;
    for (size_t j = 0; j < leaves; j++)
        cols[j] = (uint16_t)(row->label + 1 + j);
    return true;
}

/* A table set on more columns than it prints, its merges lost: as many numbers as columns, some of them where the header says nothing,
 * count in order too. */
static bool
loose_row(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols)
{
    size_t leaves = fit->block->ncolumn_leaves, n = 0, outside = 0;
    if (sight->sheet->nmerges > 0 || fit->columns_found < leaves || leaves < 2 || fit->ragged)
        return false;
    for (size_t i = sight_row_cells(sight, row->row); i < sight->sheet->ncells && sight->sheet->cells[i].row == row->row; i++) {
        const struct cell *c = &sight->sheet->cells[i];
        if (!numberlike(c) || c->col < fit->first)
            continue;
        if (n == leaves || c->col > fit->last)
            return false;
        outside += !headed(sight, fit, c->col);
        cols[n++] = c->col;
    }
    return n == leaves && outside > 0;
}

/* When merges cut the row into exactly as many cells as there are columns, the cells are the columns in order, whatever the merges of
 * the header are (published tables are often set on more grid columns than they print). */
static bool
merged_row(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols)
{
    size_t leaves = fit->block->ncolumn_leaves, n = 0;
    if (fit->columns_found < leaves)
        return false;
    for (uint32_t col = fit->first; col <= fit->last; col++) {
        const struct area *m = sight_merge(sight, row->row, (uint16_t)col);
        if (n == leaves)
            return false;
        cols[n++] = m && m->row == row->row ? m->col : (uint16_t)col;
        col = m && m->col2 > col ? m->col2 : col;
    }
    return n == leaves && cols[0] >= fit->first;
}

void
fit_cells(const struct sight *sight, const struct fit *fit, const struct match *row, uint16_t *cols)
{
    if (sight->sheet->counted) {
        counted_row(sight, fit, row, cols);
        return;
    }
    if (!fit->shuffled && (moved_row(sight, fit, row, cols) || ragged_row(sight, fit, row, cols) || loose_row(sight, fit, row, cols) ||
                           merged_row(sight, fit, row, cols)))
        return;
    int used = -1;                         /* cells are taken from left to right, each once */
    for (size_t j = 0; j < fit->block->ncolumn_leaves; j++) {
        cols[j] = UINT16_MAX;
        const struct span *s = &fit->columns[j];
        if (!s->found)
            continue;
        int empty = -1;
        for (int c = s->a; c <= (int)s->b && cols[j] == UINT16_MAX; c++) {
            uint16_t at = resolve(sight, row->row, (uint16_t)c);
            if ((int)at <= used && !fit->shuffled)
                continue;
            if (sight_cell(sight, row->row, at))
                cols[j] = at;
            else if (empty < 0)
                empty = at;
        }
        if (cols[j] == UINT16_MAX)
            cols[j] = empty >= 0 ? (uint16_t)empty : s->a;
        used = cols[j];
    }
}
