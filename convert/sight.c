/* SPDX-License-Identifier: MIT */
/* A sheet as the labels on it: every cell whose text is like some label of the forms, with how like it is to each. What the header and
 * the rows of a block have in common is here too: likeness of words to nodes, and the alignment of words with the form's order, which
 * is the classic one of two sequences. */
#include <string.h>

#include "limits.h"
#include "locate.h"
#include "text.h"

enum { CACHE = 4096 };         /* texts whose likeness is remembered; cells that share a string share its address */

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

/* The likeness of a text, from the cache when it was asked for before; *likeness NULL: like nothing. False: out of memory. */
struct cache { struct { const char *text; const float *likeness; } entries[CACHE]; float *spare; };

static bool
cached_match(struct sight *sight, struct cache *cache, const char *text, const float **likeness)
{
    size_t at = ((uintptr_t)text >> 3) % CACHE;
    if (cache->entries[at].text != text) {
        if (!cache->spare && !(cache->spare = arena_array(sight->arena, dictionary_size(sight->dictionary), sizeof(float))))
            return false;
        bool any = dictionary_match(sight->dictionary, text, cache->spare);
        cache->entries[at].text = text;
        cache->entries[at].likeness = any ? cache->spare : NULL;
        cache->spare = any ? NULL : cache->spare;
    }
    *likeness = cache->entries[at].likeness;
    return true;
}

enum status
sight_new(struct sight *sight, struct arena *arena, const struct sheet *sheet, const struct dictionary *dictionary)
{
    *sight = (struct sight){ .arena = arena, .sheet = sheet, .dictionary = dictionary };
    struct cache *cache = arena_alloc(arena, sizeof *cache);
    for (size_t i = 0; i < sheet->ncells && cache; i++) {
        const struct cell *c = &sheet->cells[i];
        const float *likeness;
        if (c->kind != CELL_TEXT || c->col >= LIMIT_LABEL_COLUMN || strlen(c->text) > LIMIT_LABEL_TEXT)
            continue;
        if (!cached_match(sight, cache, c->text, &likeness))
            return STATUS_MEMORY;
        if (!likeness)
            continue;
        if (sight->nwords == LIMIT_LABELS)
            return STATUS_TOO_BIG;
        if (!arena_room(arena, &sight->words, sight->nwords, &sight->words_cap, sizeof *sight->words))
            return STATUS_MEMORY;
        const struct area *m = sheet_merge(sheet, c->row, c->col);
        sight->words[sight->nwords++] = (struct word){ .row = c->row, .row2 = m ? m->row2 : c->row, .col = c->col,
                                                       .col2 = m ? m->col2 : c->col, .likeness = likeness };
    }
    return cache ? STATUS_OK : STATUS_MEMORY;
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

double
word_likeness(const struct sight *sight, const struct word *word, const struct label *label)
{
    double l = label->text ? (double)word->likeness[dictionary_find(sight->dictionary, label)] : 0;
    return l >= LABEL_ALIKE ? l : 0;
}

/* Align `items` with `leaves`, both in order, for the greatest sum of score(i, j); pairs that score 0 are never made.
 * of_leaf[j] = item or SIZE_MAX. */
bool
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
