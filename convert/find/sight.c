/* SPDX-License-Identifier: MIT */
/* A sheet as the labels on it: every cell whose text is like some label of the forms, with how like it is to each. What the header and
 * the rows of a block have in common is here too: likeness of words to nodes, and the alignment of words with the form's order, which
 * is the classic one of two sequences. */
#include <string.h>

#include "limits.h"
#include "locate_parts.h"
#include "text.h"

enum {
    MEMORY = 4096,               /* texts that are remembered */
    SPOTS = 1 << 14              /* rows times columns of a sheet that is no larger than a form: the largest has 40 by 15 */
};

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

/* -- texts -- */

bool
memory_new(struct memory *memory, struct arena *arena, const struct book *book)
{
    size_t texts = 0;
    for (size_t s = 0; s < book->nsheets; s++)
        for (size_t i = 0; i < book->sheets[s].ncells; i++)
            texts += book->sheets[s].cells[i].kind == CELL_TEXT;
    for (memory->mask = 63; memory->mask < texts && memory->mask < MEMORY - 1; )
        memory->mask = 2 * memory->mask + 1;
    memory->known = arena_array(arena, memory->mask + 1, sizeof *memory->known);
    return memory->known != NULL;
}

/* What the text is like, remembered where no other text has taken the place. NULL: out of memory. */
static const struct likes *
recall(struct sight *sight, struct memory *memory, const char *text)
{
    struct known *known = &memory->known[((uintptr_t)text >> 3) * 0x9E3779B1u >> 8 & memory->mask];
    if (known->text == text)
        return &known->likes;
    known->text = text;
    known->likes = (struct likes){ NULL, 0 };
    bool label = strlen(text) <= LIMIT_LABEL_TEXT;
    return !label || dictionary_match(sight->dictionary, sight->arena, text, &known->likes) ? &known->likes : NULL;
}

/* -- places -- */

/* The sheet has `rows` rows and `cols` columns, as far as cells and merged ranges reach. */
static void
measure(struct sight *sight)
{
    const struct sheet *sheet = sight->sheet;
    for (size_t i = 0; i < sheet->ncells; i++)
        if (sheet->cells[i].col >= sight->cols)
            sight->cols = sheet->cells[i].col + 1u;
    sight->rows = sheet->ncells > 0 ? sheet->cells[sheet->ncells - 1].row + 1 : 0;
    for (size_t i = 0; i < sheet->nmerges; i++) {
        const struct area *m = &sheet->merges[i];
        sight->cols = m->col2 >= sight->cols ? m->col2 + 1u : sight->cols;
        sight->rows = m->row2 >= sight->rows ? m->row2 + 1 : sight->rows;
    }
}

/* Note what stands at each place, if there are not too many. Of merged ranges that overlap the later one counts: it is the one that
 * sheet_merge finds (grid.c). */
static bool
note_spots(struct sight *sight)
{
    const struct sheet *sheet = sight->sheet;
    measure(sight);
    if (sight->rows > SPOTS || sight->cols > SPOTS || sight->rows * sight->cols > SPOTS || sheet->nmerges >= UINT16_MAX)
        return true;
    sight->spots = arena_array(sight->arena, sight->rows * sight->cols, sizeof *sight->spots);
    sight->begins = arena_array(sight->arena, sight->rows, sizeof *sight->begins);
    if (sight->spots == NULL || sight->begins == NULL)
        return false;
    for (size_t i = 0; i < sheet->ncells; i++)
        sight->spots[sheet->cells[i].row * sight->cols + sheet->cells[i].col].cell = (uint16_t)(i + 1);
    for (size_t i = 0; i < sheet->nmerges; i++)
        for (uint32_t row = sheet->merges[i].row; row <= sheet->merges[i].row2; row++)
            for (uint32_t col = sheet->merges[i].col; col <= sheet->merges[i].col2; col++)
                sight->spots[row * sight->cols + col].merge = (uint16_t)(i + 1);
    return true;
}

static const struct spot *
spot_at(const struct sight *sight, uint32_t row, uint16_t col)
{
    static const struct spot outside;
    return row < sight->rows && col < sight->cols ? &sight->spots[row * sight->cols + col] : &outside;
}

const struct cell *
sight_cell(const struct sight *sight, uint32_t row, uint16_t col)
{
    if (sight->spots == NULL)
        return sheet_cell(sight->sheet, row, col);
    size_t cell = spot_at(sight, row, col)->cell;
    return cell > 0 ? &sight->sheet->cells[cell - 1] : NULL;
}

const struct area *
sight_merge(const struct sight *sight, uint32_t row, uint16_t col)
{
    if (sight->spots == NULL)
        return sheet_merge(sight->sheet, row, col);
    size_t merge = spot_at(sight, row, col)->merge;
    return merge > 0 ? &sight->sheet->merges[merge - 1] : NULL;
}

/* -- words -- */

/* The word stands in the list of every block that has a column like it. */
static bool
add_heads(struct sight *sight, size_t word)
{
    const struct likes *likes = &sight->words[word].likes;
    for (size_t i = 0; i < likes->n; i++) {
        size_t n;
        const size_t *blocks = dictionary_heads(sight->dictionary, likes->at[i].label, &n);
        for (size_t b = 0; b < n && (double)likes->at[i].likeness >= LABEL_ALIKE; b++) {
            struct heads *heads = &sight->heads[blocks[b]];
            if (heads->n > 0 && heads->words[heads->n - 1] == word)
                continue;
            if (!arena_room(sight->arena, &heads->words, heads->n, &heads->cap, sizeof *heads->words))
                return false;
            heads->words[heads->n++] = word;
        }
    }
    return true;
}

/* Note where the cells and words of each row begin. */
static void
note_begins(struct sight *sight)
{
    const struct sheet *sheet = sight->sheet;
    size_t cell = 0, word = 0;
    for (uint32_t row = 0; sight->spots != NULL && row < sight->rows; row++) {
        while (cell < sheet->ncells && sheet->cells[cell].row < row)
            cell++;
        while (word < sight->nwords && sight->words[word].row < row)
            word++;
        sight->begins[row] = (struct begin){ (uint16_t)cell, (uint16_t)word };
    }
}

enum status
sight_new(struct sight *sight, struct arena *arena, const struct sheet *sheet, const struct dictionary *dictionary, struct memory *memory)
{
    *sight = (struct sight){ .arena = arena, .sheet = sheet, .dictionary = dictionary };
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *c = &sheet->cells[i];
        if (c->kind != CELL_TEXT || c->col >= LIMIT_LABEL_COLUMN)
            continue;
        const struct likes *likes = recall(sight, memory, c->text);
        if (likes == NULL)
            return STATUS_MEMORY;
        if (likes->n == 0)
            continue;
        if (sight->nwords == LIMIT_LABELS)
            return STATUS_TOO_BIG;
        if (!arena_room(arena, &sight->words, sight->nwords, &sight->words_cap, sizeof *sight->words))
            return STATUS_MEMORY;
        sight->words[sight->nwords++] = (struct word){ .row = c->row, .row2 = c->row, .col = c->col, .col2 = c->col, .likes = *likes };
    }
    return STATUS_OK;
}

bool
sight_survey(struct sight *sight)
{
    sight->heads = arena_array(sight->arena, dictionary_blocks(sight->dictionary), sizeof *sight->heads);
    sight->by_numbers = arena_alloc(sight->arena, sizeof *sight->by_numbers);
    if (sight->heads == NULL || sight->by_numbers == NULL || !note_spots(sight))
        return false;
    for (size_t i = 0; i < sight->nwords; i++) {
        struct word *w = &sight->words[i];
        const struct area *m = sight_merge(sight, w->row, w->col);
        w->row2 = m != NULL ? m->row2 : w->row;
        w->col2 = m != NULL ? m->col2 : w->col;
        if (!add_heads(sight, i))
            return false;
    }
    note_begins(sight);
    return true;
}

size_t
sight_row_cells(const struct sight *sight, uint32_t row)
{
    if (sight->spots == NULL)
        return sheet_row(sight->sheet, row);
    return row < sight->rows ? sight->begins[row].cell : sight->sheet->ncells;
}

size_t
sight_row(const struct sight *sight, uint32_t row)
{
    if (sight->spots != NULL)
        return row < sight->rows ? sight->begins[row].word : sight->nwords;
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

/* Align `items` with `leaves`, both in order, for the greatest sum of score(i, j); pairs that score 0 are never made.
 * of_leaf[j] = item or SIZE_MAX. */
bool
align(struct arena *arena, const double *score, size_t items, size_t leaves, size_t *of_leaf)
{
    size_t width = leaves + 1;
    double *sum = arena_raw(arena, (items + 1) * width * sizeof *sum);       /* LIMIT_LABELS words, FORM_LEAVES leaves */
    if (!sum)
        return false;
    memset(sum + items * width, 0, width * sizeof *sum);
    for (size_t i = items; i-- > 0;) {
        sum[i * width + leaves] = 0;
        for (size_t j = leaves; j-- > 0;) {
            double skip = sum[(i + 1) * width + j] > sum[i * width + j + 1] ? sum[(i + 1) * width + j] : sum[i * width + j + 1];
            double s = score[i * leaves + j];
            double take = s > 0 ? s + sum[(i + 1) * width + j + 1] : 0;
            sum[i * width + j] = take > skip ? take : skip;
        }
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
