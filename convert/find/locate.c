/* SPDX-License-Identifier: MIT */
/* From blocks to tables. Every sheet is read once into words; every table of every form is then laid over it, as often as its first
 * block's header occurs. Among tables that claim the same place the best fit stays: two forms differ in a few rows only, and a row
 * that is missing or left over costs more than a badly written one. */
#include <string.h>

#include "familiar.h"
#include "limits.h"

#define MISSING_COST 0.6         /* a row or column of the form that is not on the sheet, a labelled one that is not in the form */
#define ENOUGH 3                 /* a table is there when at least one in three of its numbers has a place */

/* -- a table over a stretch of a sheet -- */

static bool
place_block(const struct sight *sight, const struct fit *fit, size_t first, struct placement *p, size_t *found)
{
    size_t n = fit->block->ncolumn_leaves;
    uint16_t *cols = arena_array(sight->arena, n, sizeof *cols);
    if (!cols)
        return false;
    area_widen(&p->range, fit->top, fit->first);
    area_widen(&p->range, fit->bottom, fit->last);
    for (size_t r = 0; r < fit->block->nrow_leaves; r++) {
        if (!fit->rows[r].found)
            continue;
        fit_cells(sight, fit, &fit->rows[r], cols);
        uint16_t left = fit->rows[r].label == UINT16_MAX ? fit->first : fit->rows[r].label, right = left;
        for (size_t c = 0; c < n; c++) {
            if (cols[c] == UINT16_MAX)
                continue;
            p->places[first + r * n + c] = (struct place){ .found = true, .row = fit->rows[r].row, .col = cols[c] };
            left = cols[c] < left ? cols[c] : left;
            right = cols[c] > right ? cols[c] : right;
            (*found)++;
        }
        area_widen(&p->range, fit->rows[r].row, left);
        area_widen(&p->range, fit->rows[r].row, right);
    }
    return true;
}

static bool
make_placement(const struct sight *sight, const struct try *try, struct placement **out)
{
    const struct table *table = try->table;
    struct placement *p = arena_alloc(sight->arena, sizeof *p);
    *out = NULL;
    if (!p || !(p->places = arena_array(sight->arena, table->nslots, sizeof *p->places)))
        return false;
    p->table = table;
    p->sheet = sight->sheet;
    p->range = (struct area){ .row = UINT32_MAX, .col = UINT16_MAX };
    size_t found = 0;
    for (size_t b = 0; b < table->nblocks; b++) {
        const struct fit *fit = try->fits[b];
        const struct block *block = &table->blocks[b];
        if (!fit) {
            p->score -= MISSING_COST * (double)(block->ncolumn_leaves + block->nrow_leaves);
            continue;
        }
        p->score += fit->column_score + fit->row_score -
                    MISSING_COST * (double)(block->ncolumn_leaves - fit->columns_found + block->nrow_leaves - fit->rows_found);
        if (!place_block(sight, fit, block->first - table->first, p, &found) || !locate_strays(sight, try, fit, p))
            return false;
    }
    p->score -= MISSING_COST * (double)p->nstrays;
    p->complete = found == table->nslots;
    if (found * ENOUGH >= table->nslots && found > 0)
        *out = p;
    return true;
}

struct list { struct placement **at; size_t n, cap; };

static bool
add(struct arena *arena, struct list *list, struct placement *p)
{
    if (!arena_room(arena, &list->at, list->n, &list->cap, sizeof(struct placement *)))
        return false;
    list->at[list->n++] = p;
    return true;
}

/* A table's possible headers on a sheet, per block. */
struct headers { const struct table *table; struct fit **fits; size_t *nfits; };

/* Where the rows above it, in the same columns, end at the latest: titles of tables, and headers (`table` NULL: everybody's stop). */
struct stop { uint32_t row; uint16_t col, col2; const struct table *table; };
struct stops { struct stop *at; size_t n, cap; };

#define SURE_TITLE (double)0.85f         /* a row that is the title of a table, and not merely like it */
enum { SURE_HEADER = 3 };        /* columns that make a header one of another table, and not a word by chance */

static bool
add_stop(const struct sight *sight, struct stops *stops, struct stop stop)
{
    if (!arena_room(sight->arena, &stops->at, stops->n, &stops->cap, sizeof *stops->at))
        return false;
    stops->at[stops->n++] = stop;
    return true;
}

static bool
find_headers(const struct sight *sight, const struct table *table, struct headers *headers, struct stops *stops)
{
    headers->table = table;
    headers->fits = arena_array(sight->arena, table->nblocks, sizeof(struct fit *));
    headers->nfits = arena_array(sight->arena, table->nblocks, sizeof *headers->nfits);
    if (!headers->fits || !headers->nfits)
        return false;
    for (size_t b = 0; b < table->nblocks; b++) {
        if (!fit_headers(sight, &table->blocks[b], &headers->fits[b], &headers->nfits[b]))
            return false;
        for (size_t i = 0; i < headers->nfits[b]; i++) {
            const struct fit *fit = &headers->fits[b][i];
            const struct table *whose = fit->columns_found >= SURE_HEADER ? NULL : table;
            if (!add_stop(sight, stops, (struct stop){ fit->top, fit->first, fit->last, whose }))
                return false;
        }
    }
    for (size_t i = 0; i < sight->nwords; i++) {
        const struct word *w = &sight->words[i];
        if (word_likeness(w, &table->title) >= SURE_TITLE && !add_stop(sight, stops, (struct stop){ w->row, w->col, w->col2, NULL }))
            return false;
    }
    return true;
}

/* Tables side by side: the labels of the one on the right begin after the columns of the one on the left, if it has labels there. */
static void
part(const struct sight *sight, const struct headers *headers, size_t n, struct fit *fit)
{
    for (size_t h = 0; h < n; h++)
        for (size_t b = 0; b < headers[h].table->nblocks; b++)
            for (size_t i = 0; i < headers[h].nfits[b]; i++) {
                const struct fit *left = &headers[h].fits[b][i];
                bool beside = left->last < fit->first && left->top <= fit->bottom && fit->top <= left->bottom;
                if (beside && left->last >= fit->label_from &&
                    (fit->block->row_depth == 0 || fit_has_labels(sight, fit, (uint16_t)(left->last + 1))))
                    fit->label_from = (uint16_t)(left->last + 1);
            }
}

/* The rows of a header end at the next stop. */
static uint32_t
end_of(const struct table *table, const struct fit *fit, const struct stops *stops, uint32_t to)
{
    for (size_t i = 0; i < stops->n; i++)
        if ((!stops->at[i].table || stops->at[i].table == table) && stops->at[i].row > fit->bottom && stops->at[i].row < to &&
            stops->at[i].col <= fit->last && stops->at[i].col2 >= fit->label_from)
            to = stops->at[i].row;
    return to;
}

/* What of a sheet one table may take: rows from..to (to outside), columns first..last. */
struct stretch { uint32_t from, to; uint16_t first, last; };

/* From the a-th header of the first block to the next one below it in the same columns. */
static struct stretch
stretch_of(const struct headers *headers, size_t a)
{
    struct stretch s = { .to = UINT32_MAX, .last = UINT16_MAX };
    bool above = false;
    if (headers->nfits[0] == 0)
        return s;
    const struct fit *heads = headers->fits[0], *head = &heads[a];
    s.first = head->label_from;
    for (size_t i = 0; i < headers->nfits[0]; i++) {
        bool below = heads[i].top > head->top && heads[i].first <= head->last && heads[i].last >= head->first;
        above = above || (heads[i].top < head->top && heads[i].first <= head->last && heads[i].last >= head->first);
        if (below && heads[i].top < s.to)
            s.to = heads[i].top;
        if (heads[i].label_from > head->last && heads[i].top <= head->bottom && head->top <= heads[i].bottom && heads[i].label_from <= s.last)
            s.last = (uint16_t)(heads[i].label_from - 1);
    }
    s.from = above ? head->top : 0;          /* blocks may stand above the first one only where no other table does */
    return s;
}

/* Does another block of the table lie on the same rows? */
static bool
contested(const struct try *try, const struct fit *fit)
{
    for (size_t r = 0; r < fit->block->nrow_leaves; r++)
        if (fit->rows[r].found && try_claims(try, fit->rows[r].row))
            return true;
    return false;
}

/* The best header of block b in the stretch, with its rows, that no earlier block of the table has taken: blocks may be alike. */
static bool
best_fit(const struct sight *sight, const struct headers *headers, size_t b, const struct stops *stops, const struct stretch *stretch,
         struct try *try)
{
    struct fit *best = NULL;
    uint32_t to = stretch->to;
    for (size_t i = 0; i < headers->nfits[b]; i++) {
        struct fit *fit = &headers->fits[b][i];
        if (fit->bottom < stretch->from || fit->bottom >= to || fit->first > stretch->last || fit->last < stretch->first)
            continue;
        if (!fit_rows(sight, fit, end_of(headers->table, fit, stops, to)))
            return false;
        if (fit->rows_found > 0 && !contested(try, fit) &&
            (!best || fit->row_score + fit->column_score > best->row_score + best->column_score + 1e-9))
            best = fit;
    }
    try->fits[b] = best;
    return true;
}

/* A header printed again after a page break: its rows go on where the first one's end, and none is there twice. */
static bool
continues(const struct fit *fit, const struct fit *next)
{
    for (size_t r = 0; r < fit->block->nrow_leaves; r++)
        if (fit->rows[r].found && next->rows[r].found)
            return false;
    return fit->block->row_depth > 0 && fit->rows_found < fit->block->nrow_leaves && next->rows_found > 0;
}

static void
join(struct fit *fit, const struct fit *next)
{
    for (size_t r = 0; r < fit->block->nrow_leaves; r++)
        if (next->rows[r].found)
            fit->rows[r] = next->rows[r];
    fit->rows_found += next->rows_found;
    fit->row_score += next->row_score;
}

/* One table from each occurrence of its first block's header (one in all when that header is lost). */
static bool
lay(const struct sight *sight, const struct headers *headers, const struct stops *stops, struct list *list)
{
    const struct table *table = headers->table;
    size_t anchors = headers->nfits[0] > 0 ? headers->nfits[0] : 1;
    struct try try = { .table = table, .fits = arena_array(sight->arena, table->nblocks, sizeof(struct fit *)) };
    if (!try.fits)
        return false;
    bool *joined = arena_array(sight->arena, anchors, sizeof *joined);
    if (!joined)
        return false;
    for (size_t a = 0; a < anchors; a++) {
        struct stretch stretch = stretch_of(headers, a);
        size_t any = 0;
        if (joined[a])
            continue;
        memset(try.fits, 0, table->nblocks * sizeof(struct fit *));
        for (size_t b = 0; b < table->nblocks; b++) {
            if (!best_fit(sight, headers, b, stops, &stretch, &try))
                return false;
            any += try.fits[b] != NULL;
        }
        for (size_t next = a + 1; table->nblocks == 1 && try.fits[0] && next < anchors; next++) {
            struct fit *fit = &headers->fits[0][next];
            if (fit->first != try.fits[0]->first || fit->last != try.fits[0]->last)
                continue;
            if (!fit_rows(sight, fit, end_of(table, fit, stops, stretch_of(headers, next).to)))
                return false;
            if (!continues(try.fits[0], fit))
                break;
            join(try.fits[0], fit);
            joined[next] = true;
        }
        struct placement *p;
        if (any == 0)
            continue;
        if (!make_placement(sight, &try, &p) || (p && !add(sight->arena, list, p)))
            return false;
    }
    return true;
}

/* A table that the law prints as one row, when it is not there in one piece. */
static bool
lay_turned(const struct sight *sight, const struct table *table, size_t from, struct list *list)
{
    struct placement *p;
    for (size_t i = from; i < list->n; i++)
        if (list->at[i]->complete)
            return true;
    return locate_turned(sight, table, &p) && (!p || add(sight->arena, list, p));
}

/* Every table of every form over one sheet. */
static bool
lay_all(const struct sight *sight, const struct forms *forms, struct list *list)
{
    struct stops stops = { 0 };
    size_t n = 0;
    for (size_t f = 0; f < forms->n; f++)
        n += forms->form[f]->ntables;
    struct headers *headers = arena_array(sight->arena, n, sizeof *headers);
    if (!headers)
        return false;
    n = 0;
    for (size_t f = 0; f < forms->n; f++)
        for (size_t t = 0; t < forms->form[f]->ntables; t++)
            if (!find_headers(sight, &forms->form[f]->tables[t], &headers[n++], &stops))
                return false;
    for (size_t h = 0; h < n; h++)
        for (size_t b = 0; b < headers[h].table->nblocks; b++)
            for (size_t i = 0; i < headers[h].nfits[b]; i++)
                part(sight, headers, n, &headers[h].fits[b][i]);
    for (size_t i = 0; i < n; i++) {
        size_t from = list->n;
        if (!lay(sight, &headers[i], &stops, list) || !lay_turned(sight, headers[i].table, from, list))
            return false;
    }
    return true;
}

/* -- which of those that claim the same place -- */

bool
placements_overlap(const struct placement *p, const struct placement *q)
{
    const struct area *a = &p->range, *b = &q->range;
    return p->sheet == q->sheet && a->row <= b->row2 && b->row <= a->row2 && a->col <= b->col2 && b->col <= a->col2;
}

static bool
beaten(const struct list *list, size_t i)
{
    const struct placement *p = list->at[i];
    for (size_t j = 0; j < list->n; j++) {
        const struct placement *q = list->at[j];
        if (j == i || !placements_overlap(p, q))
            continue;
        if (q->score > p->score + 1e-6)
            return true;
        if (q->score > p->score - 1e-6 && strcmp(q->table->id, p->table->id) != 0 && j < i)
            return true;
    }
    return false;
}

/* In the order of sheets (tabs), rows, forms. */
static void
sort(struct placement **list, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0; j--) {
            struct placement *a = list[j - 1], *b = list[j];
            if (a->sheet < b->sheet || (a->sheet == b->sheet && a->range.row <= b->range.row))
                break;
            list[j - 1] = b;
            list[j] = a;
        }
}

/* The tables of a sheet that none of it beats. */
static bool
find_tables(struct sight *sight, const struct forms *forms, struct tables *tables)
{
    struct list list = { 0 }, kept = { 0 };
    if (!sight_survey(sight) || !lay_all(sight, forms, &list))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (!beaten(&list, i) && !add(sight->arena, &kept, list.at[i]))
            return false;
    *tables = (struct tables){ kept.at, kept.n, list.n };
    return true;
}

/* The same, if need be: a sheet like it may be familiar. */
static bool
read_sheet(struct sight *sight, const struct forms *forms, struct tables *tables)
{
    struct image image = { NULL, 0 };
    const struct familiar_sheet *like = NULL;
    if (forms->familiar && !image_of(sight, &image))
        return false;
    if (forms->familiar && (like = familiar_find(forms->familiar, &image)) != NULL)
        return familiar_take(like, sight, tables);
    if (!find_tables(sight, forms, tables))
        return false;
    if (forms->familiar)
        familiar_keep(forms->familiar, &image, sight, tables);
    return true;
}

enum status
locate(struct arena *arena, const struct book *book, const struct forms *forms, struct placement **placements[],
       size_t *n)
{
    struct list all = { 0 };
    struct memory memory;
    size_t tried = 0;
    if (!memory_new(&memory, arena, book))
        return STATUS_MEMORY;
    for (size_t s = 0; s < book->nsheets; s++) {
        struct sight sight;
        struct tables tables = { 0 };
        enum status status = sight_new(&sight, arena, &book->sheets[s], forms->dictionary, &memory);
        if (status != STATUS_OK)
            return status;
        if (sight.nwords > 0 && !read_sheet(&sight, forms, &tables))
            return STATUS_MEMORY;
        for (size_t i = 0; i < tables.n; i++)
            if (!add(arena, &all, tables.at[i]))
                return STATUS_MEMORY;
        if ((tried += tables.tried) > LIMIT_TABLES)
            return STATUS_TOO_BIG;
    }
    sort(all.at, all.n);
    *placements = all.at;
    *n = all.n;
    return STATUS_OK;
}
