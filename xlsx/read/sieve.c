/* SPDX-License-Identifier: MIT */
/* sieve: nothing is forgotten before there are LIMIT_CELLS_KEPT cells; a report has some 500. Then, whenever the array of cells is full,
 * those behind the last settled one are looked through: what is near a text that matters is settled, the last rows wait for what
 * follows, and all others go. Texts of cells that wait lie one after another in a room of their own, in the order of the cells, so that
 * they can be moved down in it; those of settled cells are copied to the arena. */
#include <string.h>

#include "bytes.h"
#include "limits.h"
#include "sieve.h"

enum {
    TEXTS = 1 << 20,            /* bytes of texts of cells that wait */
    MEMORY = 1 << 14,           /* texts outside of that room whose importance is remembered by their address */
    SAID = 1 << 10,             /* texts in it whose importance is remembered by their bytes, */
    SHORT = 32                  /* if they are fewer */
};

struct sieve {
    struct arena *arena;
    struct sheet *sheet;
    const struct interest *interest;    /* NULL: everything is kept */
    size_t settled;             /* cells in front of it stay */
    uint32_t near;              /* rows up to it stay */
    uint32_t last;              /* the row of the last cell */
    bool failed;
    char *texts; size_t ntexts; /* the room; NULL: none is needed yet */
    struct known { const char *text; bool matters; } *known;
    struct said { char text[SHORT - 1]; bool matters; } *said;
};

struct sieve *
sieve_new(struct arena *arena, struct sheet *sheet, const struct interest *interest)
{
    struct sieve *sieve = arena_alloc(arena, sizeof *sieve);
    if (sieve == NULL)
        return NULL;
    *sieve = (struct sieve){ .arena = arena, .sheet = sheet };
    if (interest != NULL && !interest->whole(interest->context, sheet)) {
        sieve->interest = interest;
        sieve->near = interest->before;
    }
    return sieve;
}

/* Is the text in the room, which others will have after it? */
static bool
in_room(const struct sieve *sieve, const char *text)
{
    return text != NULL && (uintptr_t)text >= (uintptr_t)sieve->texts && (uintptr_t)text < (uintptr_t)sieve->texts + TEXTS;
}

/* A text in the room, as many others may be. */
static bool
matters_said(struct sieve *sieve, const char *text)
{
    const struct interest *interest = sieve->interest;
    struct said key = { .matters = false };
    size_t n = strlen(text);
    if (n >= sizeof key.text)
        return interest->matters(interest->context, text);
    memcpy(key.text, text, n);
    const unsigned char *p = (const unsigned char *)key.text;
    uint64_t hash = ((le64(p) * UINT64_C(0x9E3779B97F4A7C15) ^ le64(p + 8)) * UINT64_C(0x9E3779B97F4A7C15) ^ le64(p + 16)) * UINT64_C(0x9E3779B97F4A7C15);
    struct said *said = &sieve->said[hash >> 32 & (SAID - 1)];
    if (memcmp(said->text, key.text, sizeof key.text) != 0) {
        key.matters = interest->matters(interest->context, text);
        *said = key;
    }
    return said->matters;
}

static bool
matters(struct sieve *sieve, const char *text)
{
    const struct interest *interest = sieve->interest;
    if (in_room(sieve, text))
        return matters_said(sieve, text);
    struct known *known = &sieve->known[((uintptr_t)text >> 3) * 0x9E3779B1u >> 8 & (MEMORY - 1)];
    if (known->text != text)
        *known = (struct known){ text, interest->matters(interest->context, text) };
    return known->matters;
}

/* -- texts -- */

const char *
sieve_text(struct sieve *sieve, const char *s, size_t n)
{
    if (sieve->texts == NULL || n >= TEXTS - sieve->ntexts)
        return arena_text(sieve->arena, s, n);
    char *copy = sieve->texts + sieve->ntexts;
    memcpy(copy, s, n);
    copy[n] = '\0';
    sieve->ntexts += n + 1;
    return copy;
}

/* A text that is kept for good leaves the room. */
static bool
settle_text(struct sieve *sieve, const char **text)
{
    if (!in_room(sieve, *text))
        return true;
    *text = arena_text(sieve->arena, *text, strlen(*text));
    return *text != NULL;
}

/* Move a text down in the room, where only texts of earlier cells lie. */
static void
move_text(struct sieve *sieve, const char **text)
{
    if (!in_room(sieve, *text))
        return;
    size_t n = strlen(*text) + 1;
    *text = memmove(sieve->texts + sieve->ntexts, *text, n);
    sieve->ntexts += n;
}

/* -- cells -- */

/* Keep a cell for good: it becomes the next settled one. */
static bool
settle(struct sieve *sieve, const struct cell *cell)
{
    struct cell *kept = &sieve->sheet->cells[sieve->settled];
    *kept = *cell;
    kept->order = (uint32_t)sieve->settled++;
    return settle_text(sieve, &kept->text) && settle_text(sieve, &kept->formula);
}

/* The cells from `from` on wait for what follows, close behind the settled ones. */
static void
let_wait(struct sieve *sieve, size_t from)
{
    struct sheet *sheet = sieve->sheet;
    size_t n = sieve->settled;
    sieve->ntexts = 0;
    for (; from < sheet->ncells; from++) {
        struct cell *cell = &sheet->cells[n++];
        *cell = sheet->cells[from];
        cell->order = (uint32_t)n - 1;
        bool formula_first = (uintptr_t)cell->formula < (uintptr_t)cell->text;
        move_text(sieve, formula_first ? &cell->formula : &cell->text);
        move_text(sieve, formula_first ? &cell->text : &cell->formula);
    }
    sheet->ncells = n;
}

/* Settle or forget what can be. False: out of memory. */
static bool
sift(struct sieve *sieve)
{
    struct sheet *sheet = sieve->sheet;
    size_t from = sieve->settled;       /* what is in front is settled or forgotten */
    bool ok = true;
    for (size_t i = from; i < sheet->ncells && ok; i++) {
        const struct cell *cell = &sheet->cells[i];
        if (cell->kind == CELL_TEXT && matters(sieve, cell->text))
            sieve->near = cell->row + sieve->interest->after;
        else if (cell->row > sieve->near)
            continue;
        for (; from < i && sheet->cells[from].row + sieve->interest->before < cell->row; from++)
            sheet->passed++;
        while (from <= i && ok)
            ok = settle(sieve, &sheet->cells[from++]);
    }
    for (; from < sheet->ncells && sheet->cells[from].row + sieve->interest->before < sieve->last; from++)
        sheet->passed++;
    let_wait(sieve, from);
    return ok;
}

/* The sheet has become large: get ready to forget. */
static bool
begin(struct sieve *sieve)
{
    sieve->texts = arena_raw(sieve->arena, TEXTS);
    sieve->known = arena_array(sieve->arena, MEMORY, sizeof *sieve->known);
    sieve->said = arena_array(sieve->arena, SAID, sizeof *sieve->said);
    return sieve->texts != NULL && sieve->known != NULL && sieve->said != NULL;
}

/* Make room for more cells and texts: by forgetting, and where that gives little, by keeping what waits and growing. */
static bool
make_room(struct sieve *sieve)
{
    struct sheet *sheet = sieve->sheet;
    if ((sieve->texts == NULL && !begin(sieve)) || !sift(sieve))
        return false;
    if (sieve->ntexts > TEXTS / 2) {
        while (sieve->settled < sheet->ncells)
            if (!settle(sieve, &sheet->cells[sieve->settled]))
                return false;
        sieve->ntexts = 0;
    }
    return sheet->ncells <= sheet->cap / 2 || arena_room(sieve->arena, &sheet->cells, sheet->cap, &sheet->cap, sizeof *sheet->cells);
}

bool
sieve_add_cell(struct sieve *sieve, const struct cell *cell)
{
    struct sheet *sheet = sieve->sheet;
    if (!sheet_add_cell(sieve->arena, sheet, cell))
        return false;
    if (sieve->interest != NULL && cell->row < sieve->last) {
        sieve->failed = sheet->passed > 0;
        sieve->interest = NULL;
    }
    sieve->last = cell->row;
    if (sieve->interest == NULL)
        return true;
    bool full = sieve->texts == NULL ? sheet->ncells == LIMIT_CELLS_KEPT : sheet->ncells == sheet->cap || sieve->ntexts > TEXTS / 4 * 3;
    return !full || make_room(sieve);
}

bool
sieve_failed(const struct sieve *sieve)
{
    return sieve->failed;
}
