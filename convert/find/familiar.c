/* SPDX-License-Identifier: MIT */
/* familiar: see familiar.h. A place in the list is taken once, filled, and shown when it is whole; nobody waits for anybody. */
#include "familiar.h"

#include <stdatomic.h>
#include <string.h>

enum {
    SHEETS = 128,
    IMAGE_MOST = 4096,          /* numbers; a sheet of a report has some 1000 */
    TABLES_MOST = 8,
    PLACES_MOST = 512           /* all forms have 400 */
};

struct familiar_sheet {
    atomic_bool whole;
    size_t nimage, ntables, tried;
    uint32_t image[IMAGE_MOST];
    struct placement tables[TABLES_MOST];
    struct place places[PLACES_MOST];
};

struct familiar {
    atomic_size_t n;            /* places taken; may be more than there are */
    struct familiar_sheet sheets[SHEETS];
};

struct familiar *
familiar_new(struct arena *arena)
{
    return arena_alloc(arena, sizeof(struct familiar));
}

/* -- images -- */

/* What locate asks of a cell by itself, but for its label. */
static uint32_t
traits(const struct cell *cell)
{
    return (uint32_t)cell->kind << 1 | numberlike(cell);
}

static size_t
image_size(const struct sight *sight)
{
    size_t n = 4 + 2 * sight->sheet->ncells + 3 * sight->sheet->nmerges;
    for (size_t i = 0; i < sight->nwords; i++)
        n += 1 + 2 * sight->words[i].likes.n;
    return n;
}

/* The words are cells too, in the same order. */
static void
put_cells(const struct sight *sight, uint32_t *at)
{
    const struct sheet *sheet = sight->sheet;
    const struct word *word = sight->words, *end = word + sight->nwords;
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *cell = &sheet->cells[i];
        bool is_word = word < end && word->row == cell->row && word->col == cell->col;
        *at++ = cell->row;
        *at++ = (uint32_t)cell->col << 16 | traits(cell) << 1 | is_word;
        if (!is_word)
            continue;
        *at++ = (uint32_t)word->likes.n;
        for (size_t k = 0; k < word->likes.n; k++) {
            *at++ = word->likes.at[k].label;
            memcpy(at++, &word->likes.at[k].likeness, sizeof *at);
        }
        word++;
    }
}

_Static_assert(sizeof(float) == sizeof(uint32_t), "a likeness is one number of an image");

bool
image_of(const struct sight *sight, struct image *image)
{
    const struct sheet *sheet = sight->sheet;
    size_t n = sheet->ncells <= IMAGE_MOST && sheet->nmerges <= IMAGE_MOST ? image_size(sight) : SIZE_MAX;
    *image = (struct image){ NULL, 0 };
    if (n > IMAGE_MOST)
        return true;
    uint32_t *at = arena_raw(sight->arena, n * sizeof *at);
    if (at == NULL)
        return false;
    *image = (struct image){ at, n };
    *at++ = (uint32_t)sheet->ncells;
    *at++ = (uint32_t)sheet->nmerges;
    *at++ = (uint32_t)sight->nwords;
    *at++ = sheet->counted;
    for (size_t i = 0; i < sheet->nmerges; i++) {
        *at++ = sheet->merges[i].row;
        *at++ = sheet->merges[i].row2;
        *at++ = (uint32_t)sheet->merges[i].col << 16 | sheet->merges[i].col2;
    }
    put_cells(sight, at);
    return true;
}

/* -- what is familiar -- */

const struct familiar_sheet *
familiar_find(const struct familiar *familiar, const struct image *image)
{
    size_t n = image->n > 0 ? atomic_load(&familiar->n) : 0;
    for (size_t i = 0; i < n && i < SHEETS; i++) {
        const struct familiar_sheet *sheet = &familiar->sheets[i];
        if (atomic_load(&sheet->whole) && sheet->nimage == image->n && memcmp(sheet->image, image->at, image->n * sizeof *image->at) == 0)
            return sheet;
    }
    return NULL;
}

bool
familiar_take(const struct familiar_sheet *sheet, const struct sight *sight, struct tables *tables)
{
    struct placement *copies = arena_array(sight->arena, sheet->ntables, sizeof *copies);
    *tables = (struct tables){ .at = arena_array(sight->arena, sheet->ntables, sizeof(struct placement *)), .tried = sheet->tried };
    if (copies == NULL || tables->at == NULL)
        return false;
    for (; tables->n < sheet->ntables; tables->n++) {
        struct placement *copy = tables->at[tables->n] = &copies[tables->n];
        *copy = sheet->tables[tables->n];
        size_t size = copy->table->nslots * sizeof *copy->places;
        struct place *places = arena_raw(sight->arena, size);
        if (places == NULL)
            return false;
        copy->places = memcpy(places, copy->places, size);
        copy->sheet = sight->sheet;
    }
    return true;
}

/* Does the image tell all of these tables, and is there room for them? Strays hold what their cells say. */
static bool
is_told(const struct image *image, const struct sight *sight, const struct tables *tables)
{
    size_t places = 0;
    bool told = image->n > 0 && !*sight->by_numbers && tables->n <= TABLES_MOST;
    for (size_t i = 0; i < tables->n && told; i++) {
        places += tables->at[i]->table->nslots;
        told = tables->at[i]->nstrays == 0 && places <= PLACES_MOST;
    }
    return told;
}

void
familiar_keep(struct familiar *familiar, const struct image *image, const struct sight *sight, const struct tables *tables)
{
    if (!is_told(image, sight, tables) || atomic_load(&familiar->n) >= SHEETS)
        return;
    size_t taken = atomic_fetch_add(&familiar->n, 1);
    if (taken >= SHEETS)
        return;
    struct familiar_sheet *sheet = &familiar->sheets[taken];
    struct place *places = sheet->places;
    memcpy(sheet->image, image->at, image->n * sizeof *image->at);
    sheet->nimage = image->n;
    sheet->ntables = tables->n;
    sheet->tried = tables->tried;
    for (size_t i = 0; i < tables->n; i++) {
        struct placement *p = &sheet->tables[i];
        *p = *tables->at[i];
        p->sheet = NULL;
        p->places = memcpy(places, p->places, p->table->nslots * sizeof *places);
        places += p->table->nslots;
    }
    atomic_store(&sheet->whole, true);
}
