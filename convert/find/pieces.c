/* SPDX-License-Identifier: MIT */
/* pieces: all tables of the document are laid one below the other, as on a sheet, and tables are looked for there. Where one is found
 * that reaches over several and has more of its numbers than any of them has alone, those are joined. What stands between them, captions
 * and page numbers, is running text and is not asked: what a table's rows may reach over is known to locate. */
#include "pieces.h"

#include <stdio.h>
#include <string.h>

#include "limits.h"

/* The tables first..last as one; starts[i]: where the rows of table first + i begin, one more for the end. */
static enum status
stack(struct arena *arena, const struct book *book, size_t first, size_t last, struct sheet *out, uint32_t *starts)
{
    uint32_t row = 0;
    *out = (struct sheet){ .name = book->sheets[first].name, .table = true, .counted = book->sheets[first].counted, .before = book->sheets[first].before };
    for (size_t t = first; t <= last; t++) {
        const struct sheet *sheet = &book->sheets[t];
        uint32_t rows = sheet->ncells > 0 ? sheet->cells[sheet->ncells - 1].row + 1 : 0;
        starts[t - first] = row;
        for (size_t i = 0; i < sheet->ncells; i++) {
            struct cell cell = sheet->cells[i];
            if (out->ncells == LIMIT_PIECES)
                return STATUS_TOO_BIG;
            cell.row += row;
            if (!sheet_add_cell(arena, out, &cell))
                return STATUS_MEMORY;
        }
        for (size_t i = 0; i < sheet->nmerges; i++) {
            struct area merge = sheet->merges[i];
            rows = merge.row2 >= rows ? merge.row2 + 1 : rows;
            merge.row += row;
            merge.row2 += row;
            if (!sheet_add_merge(arena, out, merge))
                return STATUS_MEMORY;
        }
        if (rows > LIMIT_ROWS - row)
            return STATUS_TOO_BIG;
        row += rows;
    }
    starts[last - first + 1] = row;
    sheet_finish(out);
    return STATUS_OK;
}

static size_t
places_found(const struct placement *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->table->nslots; i++)
        n += p->places[i].found;
    return n;
}

/* Has no table of first..last alone as many of the numbers? */
static bool
is_more(const struct placement *whole, const struct book *book, size_t first, size_t last, struct placement *const *alone, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t t = (size_t)(alone[i]->sheet - book->sheets);
        if (t >= first && t <= last && strcmp(alone[i]->table->id, whole->table->id) == 0 && places_found(alone[i]) >= places_found(whole))
            return false;
    }
    return true;
}

static size_t
table_at(const uint32_t *starts, size_t n, uint32_t row)
{
    size_t t = 0;
    while (t + 1 < n && starts[t + 1] <= row)
        t++;
    return t;
}

/* Which tables are to be joined with the next one? */
static enum status
find_pieces(struct arena *arena, const struct book *book, const struct forms *forms, struct placement *const *alone, size_t n, bool *with_next,
            bool *any)
{
    struct sheet sheet;
    struct book whole = { .arena = arena, .sheets = &sheet, .nsheets = 1 };
    struct placement **found;
    size_t nfound;
    uint32_t *starts = arena_array(arena, book->nsheets + 1, sizeof *starts);
    enum status status = starts == NULL ? STATUS_MEMORY : stack(arena, book, 0, book->nsheets - 1, &sheet, starts);
    if (status == STATUS_OK)
        status = locate(arena, &whole, forms, &found, &nfound);
    for (size_t i = 0; status == STATUS_OK && i < nfound; i++) {
        size_t first = table_at(starts, book->nsheets, found[i]->range.row), last = table_at(starts, book->nsheets, found[i]->range.row2);
        if (first == last || !is_more(found[i], book, first, last, alone, n))
            continue;
        *any = true;
        for (size_t t = first; t < last; t++)
            with_next[t] = true;
    }
    return status;
}

static enum status
join(struct arena *arena, struct book *book, size_t first, size_t last)
{
    char name[64];
    struct sheet sheet;
    uint32_t *starts = arena_array(arena, last - first + 2, sizeof *starts);
    enum status status = starts == NULL ? STATUS_MEMORY : stack(arena, book, first, last, &sheet, starts);
    if (status != STATUS_OK)
        return status;
    snprintf(name, sizeof name, "表 %zu～%zu", first + 1, last + 1);
    starts[last - first + 1] = UINT32_MAX;
    sheet.starts = starts;
    sheet.first = first;
    if ((sheet.name = arena_copy(arena, name)) == NULL)
        return STATUS_MEMORY;
    book->sheets[first] = sheet;
    for (size_t t = first + 1; t <= last; t++)
        book->sheets[t].ncells = book->sheets[t].nmerges = 0;
    return STATUS_OK;
}

/* Is every table there, and whole? */
static bool
all_whole(const struct form *form, struct placement *const *placements, size_t n)
{
    bool whole = true;
    for (size_t i = 0; i < n; i++)
        whole = whole && placements[i]->complete;
    for (size_t t = 0; t < form->ntables && whole; t++) {
        size_t i = 0;
        while (i < n && strcmp(placements[i]->table->id, form->tables[t].id) != 0)
            i++;
        whole = i < n;
    }
    return whole;
}

enum status
pieces_join(struct arena *arena, struct book *book, const struct forms *forms, struct placement *const *placements, size_t n, bool *joined)
{
    *joined = false;
    if (book->nsheets < 2 || !book->sheets[0].table || all_whole(forms->form[forms->n - 1], placements, n))
        return STATUS_OK;
    bool *with_next = arena_array(arena, book->nsheets, sizeof *with_next);
    enum status status = with_next == NULL ? STATUS_MEMORY : find_pieces(arena, book, forms, placements, n, with_next, joined);
    for (size_t first = 0, last; status == STATUS_OK && first < book->nsheets; first = last + 1) {
        last = first;
        while (with_next[last])
            last++;
        if (last > first)
            status = join(arena, book, first, last);
    }
    return status == STATUS_TOO_BIG ? STATUS_OK : status;        /* then it is no report that was cut */
}
