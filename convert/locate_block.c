/* SPDX-License-Identifier: MIT */
/* One block of a table on one sheet. Header: in a window of a few rows the lowest fitting word of each column is that column's leaf
 * label; the words are then aligned with the form's columns from left to right (the groups above decide between equal names). Rows:
 * the words left of the numbers are aligned with the form's rows from top to bottom, so that missing, added and mistyped rows fall
 * into place; what is left over is looked for out of order. Both alignments are the classic one of two sequences. */
#include <string.h>

#include "locate.h"
#include "text.h"

enum { WINDOW_SLACK = 1, ROWS_SLACK = 24, CAPTION_REACH = 2 };
#define GROUP_BONUS 0.15       /* for standing under the right group */
#define CAPTION_BONUS 0.3      /* for standing under the right caption */
#define SURE_CAPTION 0.95f
#define OTHER_WORD 0.9         /* for a label that is not the last word left of the numbers */
#define OUT_OF_ORDER 0.8       /* only sure labels are looked for out of order */

/* Ideographs and letters up to a bracket or the end: 件, 万元, 元整 are units; longer words are labels. */
static bool
is_unit_like(const char *s)
{
    size_t left = strlen(s), used, n = 0;
    for (; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        if (cp == '(')
            break;
        n += !is_space(cp);
    }
    return n <= 3;
}

bool
numberlike(const struct cell *cell)
{
    if (!cell)
        return false;
    if (cell->kind != CELL_TEXT)
        return true;
    const char *s = cell->text;
    size_t left = strlen(s), used;
    bool digits = false;
    for (; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        bool digit = cp >= '0' && cp <= '9';
        if (digit || is_space(cp) || cp == '+' || cp == '-' || cp == '/' || cp == 0x2014 || cp == ',') {
            digits = digits || digit;
            continue;
        }
        if (digits && cp == '.' && s[used] >= '0' && s[used] <= '9')
            continue;
        if (digits)
            return cp != '.' && cp != 0x3001 && is_unit_like(s);       /* “1.” and “1、” number a label */
        if (cp != 0x65E0 && cp != 0x589E && cp != 0x52A0 && cp != 0x51CF && cp != 0x5C11)
            return false;                  /* 无 增加 减少 stand where numbers stand */
    }
    return true;
}

bool
sight_new(struct sight *sight, struct arena *arena, const struct sheet *sheet, const struct dictionary *dictionary)
{
    *sight = (struct sight){ .arena = arena, .sheet = sheet, .dictionary = dictionary };
    float *likeness = NULL;
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *c = &sheet->cells[i];
        if (c->kind != CELL_TEXT || strlen(c->text) > 1000)
            continue;
        if (!likeness && !(likeness = arena_array(arena, dictionary_size(dictionary), sizeof *likeness)))
            return false;
        if (!dictionary_match(dictionary, c->text, likeness))
            continue;
        if (!arena_room(arena, &sight->words, sight->nwords, &sight->words_cap, sizeof *sight->words))
            return false;
        const struct area *m = sheet_merge(sheet, c->row, c->col);
        sight->words[sight->nwords++] = (struct word){ .row = c->row, .row2 = m ? m->row2 : c->row, .col = c->col,
                                                       .col2 = m ? m->col2 : c->col, .likeness = likeness };
        likeness = NULL;
    }
    return true;
}

size_t
sight_row(const struct sight *sight, uint32_t row)
{
    size_t low = 0, high = sight->nwords;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sight->words[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static double
likeness(const struct sight *sight, const struct word *word, const struct node *node)
{
    double l = node->label.text ? (double)word->likeness[dictionary_find(sight->dictionary, &node->label)] : 0;
    return l >= LABEL_ALIKE ? l : 0;
}

static double
best_column(const struct sight *sight, const struct word *word, const struct block *block)
{
    double best = 0;
    for (size_t i = 0; i < block->ncolumn_leaves; i++) {
        double l = likeness(sight, word, block->column_leaf[i]);
        best = l > best ? l : best;
    }
    return best;
}

/* Align `items` with `leaves`, both in order, for the greatest sum of score(i, j); pairs that score 0 are never made.
 * of_leaf[j] = item or SIZE_MAX. */
static bool
align(struct arena *arena, const double *score, size_t items, size_t leaves, size_t *of_leaf)
{
    size_t width = leaves + 1;
    double *sum = arena_array(arena, (items + 1) * width, sizeof *sum);
    if (!sum)
        return false;
    for (size_t i = items; i-- > 0;)
        for (size_t j = leaves; j-- > 0;) {
            double skip = sum[(i + 1) * width + j] > sum[i * width + j + 1] ? sum[(i + 1) * width + j] : sum[i * width + j + 1];
            double s = score[i * leaves + j];
            double take = s > 0 ? s + sum[(i + 1) * width + j + 1] : 0;
            sum[i * width + j] = take > skip ? take : skip;
        }
    for (size_t j = 0; j < leaves; j++)
        of_leaf[j] = SIZE_MAX;
    for (size_t i = 0, j = 0; i < items && j < leaves;) {
        double s = score[i * leaves + j], here = sum[i * width + j];
        if (s > 0 && here <= s + sum[(i + 1) * width + j + 1] + 1e-9) {
            of_leaf[j++] = i++;            /* of equal ways the earliest pair: a repeated row is the later one */
        } else if (here <= sum[i * width + j + 1] + 1e-9) {
            j++;
        } else {
            i++;
        }
    }
    return true;
}

/* -- header -- */

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
        bool like = likeness(sight, w, group) > 0;
        yes = (int)w->col > nearest ? like : yes || like;
        nearest = w->col;
    }
    return yes;
}

/* The lowest fitting word of each column in rows top..bottom, by column. */
static bool
header_words(const struct sight *sight, const struct block *block, uint32_t top, uint32_t bottom,
             const struct word ***words, size_t *n)
{
    size_t from = sight_row(sight, top), to = sight_row(sight, bottom + 1), count = 0;
    const struct word **list = arena_array(sight->arena, to - from + 1, sizeof(struct word *));
    if (!list)
        return false;
    for (size_t i = from; i < to; i++) {
        const struct word *w = &sight->words[i];
        if (best_column(sight, w, block) <= 0)
            continue;
        size_t at = 0;
        while (at < count && list[at]->col < w->col)
            at++;
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

static bool
fit_header(const struct sight *sight, const struct block *block, uint32_t top, uint32_t bottom, struct fit *fit)
{
    size_t leaves = block->ncolumn_leaves, n;
    const struct word **words;
    *fit = (struct fit){ .block = block, .top = bottom, .bottom = bottom };
    fit->columns = arena_array(sight->arena, leaves, sizeof *fit->columns);
    size_t *of_leaf = arena_array(sight->arena, leaves, sizeof *of_leaf);
    if (!fit->columns || !of_leaf || !header_words(sight, block, top, bottom, &words, &n))
        return false;
    double *score = arena_array(sight->arena, n * leaves + 1, sizeof *score);
    if (!score)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < leaves; j++) {
            const struct node *leaf = block->column_leaf[j];
            double l = likeness(sight, words[i], leaf);
            score[i * leaves + j] = l > 0 && leaf->parent && under(sight, words[i], leaf->parent, top) ? l + GROUP_BONUS : l;
        }
    if (!align(sight->arena, score, n, leaves, of_leaf))
        return false;
    fit->first = UINT16_MAX;
    for (size_t j = 0; j < leaves; j++) {
        if (of_leaf[j] == SIZE_MAX)
            continue;
        const struct word *w = words[of_leaf[j]];
        fit->columns[j] = (struct span){ .found = true, .a = w->col, .b = w->col2 };
        fit->columns_found++;
        fit->column_score += score[of_leaf[j] * leaves + j];
        fit->top = w->row < fit->top ? w->row : fit->top;
        fit->bottom = w->row2 > fit->bottom && w->row2 <= bottom + WINDOW_SLACK ? w->row2 : fit->bottom;
        fit->first = w->col < fit->first ? w->col : fit->first;
        fit->last = w->col2 > fit->last ? w->col2 : fit->last;
    }
    return true;
}

static float
word_like(const struct sight *sight, const struct word *word, const struct label *label)
{
    return label->text ? word->likeness[dictionary_find(sight->dictionary, label)] : 0;
}

/* Is the word one of the header that spans columns: the corner, the heading, a group? */
static bool
spans_header(const struct sight *sight, const struct word *word, const struct block *block)
{
    bool yes = word_like(sight, word, &block->corner) >= LABEL_ALIKE || word_like(sight, word, &block->heading) >= LABEL_ALIKE;
    for (size_t c = 0; c < block->ncolumns && !yes; c++)
        yes = block->columns[c].nchildren > 0 && likeness(sight, word, &block->columns[c]) > 0;
    return yes;
}

/* What spans the columns, and the caption right above, belong to the block's range. The caption, when it is surely this block's (第（五）项
 * and 第（六）项 are alike), tells apart blocks that are otherwise the same. */
static void
raise_top(const struct sight *sight, struct fit *fit, uint32_t window)
{
    uint32_t from = fit->bottom + 1 > window ? fit->bottom + 1 - window : 0;
    for (size_t i = sight_row(sight, from); i < sight->nwords && sight->words[i].row < fit->top; i++)
        if (spans_header(sight, &sight->words[i], fit->block))
            fit->top = sight->words[i].row;
    uint32_t above = fit->top > CAPTION_REACH ? fit->top - CAPTION_REACH : 0, top = fit->top;
    for (size_t i = sight_row(sight, above); i < sight->nwords && sight->words[i].row < top; i++) {
        float like = word_like(sight, &sight->words[i], &fit->block->caption);
        if (like < (float)LABEL_ALIKE)
            continue;
        fit->top = sight->words[i].row;
        fit->column_score += like >= SURE_CAPTION ? CAPTION_BONUS : 0;
    }
}

bool
fit_headers(const struct sight *sight, const struct block *block, struct fit **fits, size_t *n)
{
    struct fit *list = NULL;
    size_t count = 0, cap = 0;
    uint32_t tried = UINT32_MAX;
    uint32_t window = (uint32_t)block->column_depth + (block->heading.text != NULL) + WINDOW_SLACK;
    for (size_t i = 0; i < sight->nwords; i++) {
        const struct word *w = &sight->words[i];
        if (tried == w->row || best_column(sight, w, block) <= 0)
            continue;
        tried = w->row;
        struct fit fit;
        if (!fit_header(sight, block, w->row + 1 > window ? w->row + 1 - window : 0, w->row, &fit))
            return false;
        if (fit.columns_found * 2 < block->ncolumn_leaves || fit.columns_found == 0)
            continue;
        if (count > 0 && w->row < list[count - 1].bottom + window) {       /* the same header seen from another row */
            if (fit.column_score > list[count - 1].column_score + 1e-9)
                list[count - 1] = fit;
            continue;
        }
        if (!arena_room(sight->arena, &list, count, &cap, sizeof *list))
            return false;
        list[count++] = fit;
    }
    for (size_t i = 0; i < count; i++)
        raise_top(sight, &list[i], window);
    *fits = list;
    *n = count;
    return true;
}

/* -- rows -- */

/* A block that the law prints without row labels: the row below the header with the most numbers. */
static void
fit_unlabelled(const struct sight *sight, struct fit *fit, uint32_t end)
{
    uint32_t best = fit->bottom + 1;
    size_t most = 0;
    for (uint32_t row = fit->bottom + 1; row < end && row <= fit->bottom + 4; row++) {
        size_t numbers = 0;
        for (size_t c = 0; c < fit->block->ncolumn_leaves; c++)
            if (fit->columns[c].found)
                numbers += numberlike(sheet_cell(sight->sheet, row, fit->columns[c].a));
        if (numbers > most) {
            most = numbers;
            best = row;
        }
    }
    if (best >= end)
        return;
    fit->rows[0] = (struct match){ .found = true, .row = best, .label = UINT16_MAX, .label_end = UINT16_MAX };
    fit->rows_found = 1;
    fit->row_score = 1;
}

struct line { uint32_t row; size_t from, to; const struct node *group; };    /* a row's label words; the group it stands in */

/* Is the word a row label: left of the numbers, or (pasted text, shifted to the right) surely one? */
static bool
label_word(const struct sight *sight, const struct fit *fit, const struct word *w)
{
    if (w->col < fit->first)
        return true;
    for (size_t r = 0; r < fit->block->nrow_leaves && w->col <= fit->first + 2; r++)
        if (likeness(sight, w, fit->block->row_leaf[r]) >= OUT_OF_ORDER)
            return true;
    return false;
}

static const struct node *
group_of(const struct sight *sight, const struct word *w, const struct node *nodes, size_t n)
{
    const struct node *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (nodes[i].nchildren == 0)
            continue;
        if (likeness(sight, w, &nodes[i]) > 0)
            found = &nodes[i];
        const struct node *deeper = group_of(sight, w, nodes[i].children, nodes[i].nchildren);
        found = deeper ? deeper : found;
    }
    return found;
}

static bool
gather_lines(const struct sight *sight, const struct fit *fit, uint32_t end, struct line **lines, size_t *n)
{
    size_t cap = 0, count = 0;
    struct line *list = NULL;
    const struct node *group = NULL;
    for (size_t i = sight_row(sight, fit->bottom + 1); i < sight->nwords && sight->words[i].row < end; i++) {
        const struct word *w = &sight->words[i];
        if (!label_word(sight, fit, w))
            continue;
        const struct node *g = group_of(sight, w, fit->block->rows, fit->block->nrows);
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

static double
line_score(const struct sight *sight, const struct fit *fit, const struct line *line, const struct node *leaf,
           const struct word **label)
{
    double best = 0;
    for (size_t i = line->from; i < line->to; i++) {
        const struct word *w = &sight->words[i];
        if (!label_word(sight, fit, w))
            continue;
        double l = likeness(sight, w, leaf) * (i + 1 == line->to ? 1 : OTHER_WORD);
        if (l > best) {
            best = l;
            *label = w;
        }
    }
    return best > 0 && leaf->parent && leaf->parent == line->group ? best + GROUP_BONUS : best;
}

static void
set_row(struct fit *fit, size_t leaf, const struct line *line, const struct word *label, double score)
{
    fit->rows[leaf] = (struct match){ .found = true, .row = line->row, .label = label->col, .label_end = label->col2 };
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
    double *score = arena_array(sight->arena, n * leaves + 1, sizeof *score);
    const struct word **label = arena_array(sight->arena, n * leaves + 1, sizeof(struct word *));
    size_t *of_leaf = arena_array(sight->arena, leaves, sizeof *of_leaf);
    bool *taken = arena_array(sight->arena, n + 1, sizeof *taken);
    if (!score || !label || !of_leaf || !taken)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < leaves; j++)
            score[i * leaves + j] = line_score(sight, fit, &lines[i], block->row_leaf[j], &label[i * leaves + j]);
    if (!align(sight->arena, score, n, leaves, of_leaf))
        return false;
    for (size_t j = 0; j < leaves; j++)
        if (of_leaf[j] != SIZE_MAX) {
            set_row(fit, j, &lines[of_leaf[j]], label[of_leaf[j] * leaves + j], score[of_leaf[j] * leaves + j]);
            taken[of_leaf[j]] = true;
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
resolve(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    const struct area *m = sheet_merge(sheet, row, col);
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
    for (size_t i = sheet_row(sight->sheet, row->row); i < sight->sheet->ncells && sight->sheet->cells[i].row == row->row; i++) {
        const struct cell *c = &sight->sheet->cells[i];
        if (c->col <= row->label || !numberlike(c))
            continue;
        if (n == leaves)
            return false;
        cols[n++] = c->col;
    }
    return n == leaves && (cols[0] < fit->first || row->label >= fit->first) && cols[n - 1] - cols[0] == (int)n - 1;
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
        const struct area *m = sheet_merge(sight->sheet, row->row, (uint16_t)col);
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
    if (moved_row(sight, fit, row, cols) || merged_row(sight, fit, row, cols))
        return;
    int used = -1;                         /* cells are taken from left to right, each once */
    for (size_t j = 0; j < fit->block->ncolumn_leaves; j++) {
        cols[j] = UINT16_MAX;
        const struct span *s = &fit->columns[j];
        if (!s->found)
            continue;
        int empty = -1;
        for (int c = s->a; c <= (int)s->b && cols[j] == UINT16_MAX; c++) {
            uint16_t at = resolve(sight->sheet, row->row, (uint16_t)c);
            if ((int)at <= used)
                continue;
            if (sheet_cell(sight->sheet, row->row, at))
                cols[j] = at;
            else if (empty < 0)
                empty = at;
        }
        if (cols[j] == UINT16_MAX)
            cols[j] = empty >= 0 ? (uint16_t)empty : s->a;
        used = cols[j];
    }
}
