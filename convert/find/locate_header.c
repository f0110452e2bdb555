/* SPDX-License-Identifier: MIT */
/* Where the header of a block is: in a window of a few rows the lowest fitting word of each column is that column's leaf label; the
 * words are aligned with the form's columns from left to right (the groups above decide between equal names); what is left over is
 * looked for out of order. Two tables may stand side by side: the search goes on right of each header found. */
#include <string.h>

#include "limits.h"
#include "locate_parts.h"

enum { WINDOW_SLACK = 1, CAPTION_REACH = 2, LABEL_REACH = 8 };
#define GROUP_BONUS 0.15       /* for standing under the right group */
#define CAPTION_BONUS 0.3      /* for standing under the right caption */
#define SURE_CAPTION 0.95
#define OUT_OF_ORDER 0.95      /* only labels without a doubt are looked for out of order */

/* The group words nearest to the left above a header word: is `group` among them? */
static bool
under(const struct sight *sight, const struct word *word, const struct node *group, uint32_t top)
{
    bool yes = false;
    int nearest = -1;
    for (size_t i = sight_row(sight, top); i < sight->nwords && sight->words[i].row < word->row; i++) {
        const struct word *w = &sight->words[i];
        if (w->col > word->col || (int)w->col < nearest)
            continue;
        bool like = word_likeness(w, &group->label) > 0;
        yes = (int)w->col > nearest ? like : yes || like;
        nearest = w->col;
    }
    return yes;
}

/* The lowest fitting word of each column in rows top..bottom, by column. */
static bool
header_words(const struct sight *sight, const struct block *block, uint32_t top, uint32_t bottom, uint16_t from_col,
             const struct word ***words, size_t *n)
{
    const struct heads *heads = &sight->heads[block->number];
    const struct word **list = arena_array(sight->arena, heads->n + 1, sizeof(struct word *));
    size_t count = 0;
    if (!list)
        return false;
    for (size_t i = 0; i < heads->n; i++) {
        const struct word *w = &sight->words[heads->words[i]];
        if (w->row < top || w->row > bottom || w->col < from_col)
            continue;
        size_t at = count;
        while (at > 0 && list[at - 1]->col >= w->col)
            at--;
        if (at < count && list[at]->col == w->col) {
            list[at] = w;                  /* words come by row: this one is lower */
            continue;
        }
        memmove(list + at + 1, list + at, (count - at) * sizeof(struct word *));
        list[at] = w;
        count++;
    }
    *words = list;
    *n = count;
    return true;
}

static void
set_column(struct fit *fit, size_t leaf, const struct word *w, double score, uint32_t bottom)
{
    fit->columns[leaf] = (struct span){ .found = true, .a = w->col, .b = w->col2 };
    fit->columns_found++;
    fit->column_score += score;
    fit->top = w->row < fit->top ? w->row : fit->top;
    fit->bottom = w->row2 > fit->bottom && w->row2 <= bottom + WINDOW_SLACK ? w->row2 : fit->bottom;
    fit->first = w->col < fit->first ? w->col : fit->first;
    fit->last = w->col2 > fit->last ? w->col2 : fit->last;
}

/* May a word that was left over be a column out of order: among the others or right beside them, and nobody's yet? */
static bool
free_column(const struct fit *fit, const struct word *w)
{
    for (size_t c = 0; c < fit->block->ncolumn_leaves; c++)
        if (fit->columns[c].found && w->col <= fit->columns[c].b && w->col2 >= fit->columns[c].a)
            return false;
    return w->col2 + 1 >= fit->first && w->col <= fit->last + 1;
}

/* Are so many columns a header? */
static bool
enough(const struct block *block, size_t columns)
{
    return columns > 0 && columns * 2 >= block->ncolumn_leaves;
}

static bool
fit_header(const struct sight *sight, const struct block *block, uint32_t top, uint32_t bottom, uint16_t from_col, struct fit *fit)
{
    size_t leaves = block->ncolumn_leaves, n;
    const struct word **words;
    *fit = (struct fit){ .block = block, .top = bottom, .bottom = bottom };
    if (!header_words(sight, block, top, bottom, from_col, &words, &n))
        return false;
    if (!enough(block, n))
        return true;                       /* no word is two columns */
    fit->columns = arena_array(sight->arena, leaves, sizeof *fit->columns);
    size_t *of_leaf = arena_array(sight->arena, leaves, sizeof *of_leaf);
    if (!fit->columns || !of_leaf)
        return false;
    double *score = arena_array(sight->arena, n * leaves + 1, sizeof *score);
    if (!score)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < leaves; j++) {
            const struct node *leaf = block->column_leaf[j];
            double l = word_likeness(words[i], &leaf->label);
            score[i * leaves + j] = l > 0 && leaf->parent && under(sight, words[i], leaf->parent, top) ? l + GROUP_BONUS : l;
        }
    if (!align(sight->arena, score, n, leaves, of_leaf))
        return false;
    fit->first = UINT16_MAX;
    for (size_t j = 0; j < leaves; j++)
        if (of_leaf[j] != SIZE_MAX)
            set_column(fit, j, words[of_leaf[j]], score[of_leaf[j] * leaves + j], bottom);
    for (size_t j = 0; j < leaves && fit->columns_found > 0; j++)
        for (size_t i = 0; i < n && !fit->columns[j].found; i++)
            if (score[i * leaves + j] >= OUT_OF_ORDER && free_column(fit, words[i])) {
                set_column(fit, j, words[i], score[i * leaves + j], bottom);
                fit->shuffled = true;
            }
    return true;
}

/* Is the word one of the header that spans columns: the corner, the heading, a group? */
static bool
spans_header(const struct word *word, const struct block *block)
{
    bool yes = word_likeness(word, &block->corner) > 0 || word_likeness(word, &block->heading) > 0;
    for (size_t c = 0; c < block->ncolumns && !yes; c++)
        yes = block->columns[c].nchildren > 0 && word_likeness(word, &block->columns[c].label) > 0;
    return yes;
}

/* What spans the columns, and the caption right above, belong to the block's range. The caption, when it is surely this block's (第（五）项
 * and 第（六）项 are alike), tells apart blocks that are otherwise the same. */
static void
raise_top(const struct sight *sight, struct fit *fit, uint32_t window)
{
    uint32_t from = fit->bottom + 1 > window ? fit->bottom + 1 - window : 0;
    for (size_t i = sight_row(sight, from); i < sight->nwords && sight->words[i].row < fit->top; i++)
        if (spans_header(&sight->words[i], fit->block))
            fit->top = sight->words[i].row;
    uint32_t above = fit->top > CAPTION_REACH ? fit->top - CAPTION_REACH : 0, top = fit->top;
    for (size_t i = sight_row(sight, above); i < sight->nwords && sight->words[i].row < top; i++) {
        double like = word_likeness(&sight->words[i], &fit->block->caption);
        if (like <= 0)
            continue;
        fit->top = sight->words[i].row;
        fit->column_score += like >= SURE_CAPTION ? CAPTION_BONUS : 0;
    }
}

/* The first word of the rows top..bottom, in reading order, that is surely the leaf's and nobody's yet; SIZE_MAX: none. */
static size_t
sure_word(const struct sight *sight, const struct node *leaf, uint32_t top, uint32_t bottom, const bool *taken)
{
    size_t from = sight_row(sight, top);
    for (size_t i = from; i < sight->nwords && sight->words[i].row <= bottom; i++)
        if (!taken[i - from] && word_likeness(&sight->words[i], &leaf->label) >= OUT_OF_ORDER)
            return i;
    return SIZE_MAX;
}

static size_t
depth_of(const struct node *node)
{
    size_t depth = 0;
    while ((node = node->parent) != NULL)
        depth++;
    return depth;
}

/* Text without merged cells may have lost the empty cells of its header, so that the words of each of its rows moved to the left, some
 * under others. When every column has its word, in the form's order within each row, the columns are taken to be those of the form. All
 * rows of the header may even stand in one: then that is the order of the columns of each depth. */
static bool
fit_ragged(const struct sight *sight, struct fit *fit, uint32_t window)
{
    size_t leaves = fit->block->ncolumn_leaves;
    uint32_t top = fit->bottom + 1 > window ? fit->bottom + 1 - window : 0, first_row = fit->bottom;
    size_t from = sight_row(sight, top);
    double score = 0;
    bool useless = sight->sheet->counted && fit->shuffled;          /* a row is numbers in order */
    if ((fit->columns_found == leaves && !useless) || sight->sheet->nmerges > 0)
        return true;
    bool *taken = arena_array(sight->arena, sight_row(sight, fit->bottom + 1) - from + 1, sizeof *taken);
    size_t *behind = arena_array(sight->arena, fit->block->column_depth + 1, sizeof *behind);       /* by depth: behind the last word */
    if (!taken || !behind)
        return false;
    for (size_t j = 0; j < leaves; j++) {
        size_t i = sure_word(sight, fit->block->column_leaf[j], top, fit->bottom, taken);
        size_t *before = &behind[depth_of(fit->block->column_leaf[j])];
        if (i == SIZE_MAX || (i < *before && sight->words[i].row == sight->words[*before - 1].row))
            return true;
        taken[i - from] = true;
        *before = i + 1;
        score += word_likeness(&sight->words[i], &fit->block->column_leaf[j]->label);
        first_row = sight->words[i].row < first_row ? sight->words[i].row : first_row;
    }
    fit->ragged = true;
    fit->shuffled = false;
    fit->top = first_row;
    fit->columns_found = leaves;
    fit->column_score = score;
    fit->first = (uint16_t)fit->block->row_depth;
    fit->last = (uint16_t)(fit->first + leaves - 1);
    for (size_t j = 0; j < leaves; j++)
        fit->columns[j] = (struct span){ true, (uint16_t)(fit->first + j), (uint16_t)(fit->first + j) };
    return true;
}

struct list { struct fit *at; size_t n, cap; };

/* The same header, seen from another of its rows; NULL: a new one. */
static struct fit *
seen(const struct list *list, const struct fit *fit, uint32_t row, uint32_t window)
{
    for (size_t i = list->n; i-- > 0 && list->at[i].bottom + window > row;)
        if (list->at[i].first <= fit->last && fit->first <= list->at[i].last)
            return &list->at[i];
    return NULL;
}

bool
fit_has_labels(const struct sight *sight, const struct fit *fit, uint16_t from)
{
    for (size_t i = sight_row(sight, fit->bottom + 1); i < sight->nwords && sight->words[i].row <= fit->bottom + LABEL_REACH; i++)
        for (size_t r = 0; r < fit->block->nrow_leaves; r++)
            if (sight->words[i].col >= from && sight->words[i].col < fit->first &&
                word_likeness(&sight->words[i], &fit->block->row_leaf[r]->label) > 0)
                return true;
    return false;
}

/* All headers whose lowest words stand in this row, from left to right. */
static bool
fit_line(const struct sight *sight, const struct block *block, uint32_t row, uint32_t window, struct list *list)
{
    for (uint32_t from = 0; from < LIMIT_COLS;) {
        struct fit fit;
        if (!fit_header(sight, block, row + 1 > window ? row + 1 - window : 0, row, (uint16_t)from, &fit))
            return false;
        if (!enough(block, fit.columns_found))
            return true;
        /* Right of another header: a table of its own when row labels stand between, else more columns of that one. */
        bool own = from == 0 || block->row_depth == 0 || fit_has_labels(sight, &fit, (uint16_t)from);
        from = (uint32_t)fit.last + 1;
        struct fit *same = own ? seen(list, &fit, row, window) : NULL;
        if (same && fit.column_score > same->column_score + 1e-9)
            *same = fit;
        if (same || !own)
            continue;
        if (list->n == LIMIT_HEADERS)
            return true;
        if (!arena_room(sight->arena, &list->at, list->n, &list->cap, sizeof *list->at))
            return false;
        list->at[list->n++] = fit;
    }
    return true;
}

bool
fit_headers(const struct sight *sight, const struct block *block, struct fit **fits, size_t *n)
{
    struct list list = { 0 };
    uint32_t tried = UINT32_MAX, window = (uint32_t)block->column_depth + (block->heading.text != NULL) + WINDOW_SLACK;
    window += block->column_depth > 1;         /* a header of several rows may be cut by an empty one */
    const struct heads *heads = &sight->heads[block->number];
    for (size_t i = 0; i < heads->n; i++) {
        uint32_t row = sight->words[heads->words[i]].row;
        if (tried == row)
            continue;
        tried = row;
        if (!fit_line(sight, block, row, window, &list))
            return false;
    }
    for (size_t i = 0; i < list.n; i++) {
        if (!fit_ragged(sight, &list.at[i], window))
            return false;
        raise_top(sight, &list.at[i], window);
    }
    *fits = list.at;
    *n = list.n;
    return true;
}
