/* SPDX-License-Identifier: MIT */
/* desk: sheets of sorted cells, copied whole and compared whole. */
#include "desk.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "heap.h"
#include "oper.h"
#include "os.h"
#include "read.h"
#include "wide.h"

static const struct { int number; const wchar_t *text; } error_texts[] = {
    { ERROR_NULL, L"#NULL!" }, { ERROR_DIV0, L"#DIV/0!" }, { ERROR_VALUE, L"#VALUE!" }, { ERROR_REF, L"#REF!" }, { ERROR_NAME, L"#NAME?" },
    { ERROR_NUM, L"#NUM!" }, { ERROR_NA, L"#N/A" }, { ERROR_GETTING, L"#GETTING_DATA" },
};

int
error_number(const wchar_t *text)
{
    for (size_t i = 0; i < sizeof error_texts / sizeof *error_texts; i++)
        if (wcscmp(error_texts[i].text, text) == 0)
            return error_texts[i].number;
    return -1;
}

const wchar_t *
error_text(int number)
{
    for (size_t i = 0; i < sizeof error_texts / sizeof *error_texts; i++)
        if (error_texts[i].number == number)
            return error_texts[i].text;
    return L"#?";
}

/* -- cells -- */

static size_t
index_of(const struct page *page, uint32_t row, uint16_t col)
{
    size_t low = 0, high = page->nplaces;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct place *place = &page->places[middle];
        if (place->row < row || (place->row == row && place->col < col))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct place *
page_look(const struct page *page, uint32_t row, uint16_t col)
{
    size_t i = index_of(page, row, col);
    return i < page->nplaces && page->places[i].row == row && page->places[i].col == col ? &page->places[i] : NULL;
}

struct place *
page_place(struct page *page, uint32_t row, uint16_t col)
{
    size_t i = index_of(page, row, col);
    if (i < page->nplaces && page->places[i].row == row && page->places[i].col == col)
        return &page->places[i];
    if (page->nplaces == page->cap) {
        page->cap = page->cap * 2 + 64;
        page->places = own_resize(page->places, page->cap * sizeof *page->places);
    }
    memmove(&page->places[i + 1], &page->places[i], (page->nplaces++ - i) * sizeof *page->places);
    page->places[i] = (struct place){ .row = row, .col = col };
    return &page->places[i];
}

void
place_set(struct place *place, enum held held, double number, const wchar_t *text)
{
    wchar_t *copy = wide_copy(text);
    disown(place->text);
    disown(place->formula);
    place->text = copy;
    place->formula = NULL;
    place->held = held;
    place->number = number;
    place->uncalced = place->entered = false;
}

bool
page_used(const struct page *page, struct area *used)
{
    bool any = false;
    for (size_t i = 0; i < page->nplaces; i++) {
        const struct place *place = &page->places[i];
        if (place->held == HELD_NOTHING && place->formula == NULL)
            continue;
        if (!any)
            *used = (struct area){ place->row, place->row, place->col, place->col };
        any = true;
        used->row2 = place->row;
        used->col = place->col < used->col ? place->col : used->col;
        used->col2 = place->col > used->col2 ? place->col : used->col2;
    }
    return any;
}

struct area
page_grown(const struct page *page, struct area area)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < page->nmerges; i++) {
            struct area m = page->merges[i];
            if (m.row > area.row2 || m.row2 < area.row || m.col > area.col2 || m.col2 < area.col)
                continue;
            struct area grown = { m.row < area.row ? m.row : area.row, m.row2 > area.row2 ? m.row2 : area.row2,
                                  m.col < area.col ? m.col : area.col, m.col2 > area.col2 ? m.col2 : area.col2 };
            again |= memcmp(&grown, &area, sizeof area) != 0;
            area = grown;
        }
    }
    return area;
}

/* -- from a file -- */

static void
load_cell(struct page *page, const struct book *book, const struct cell *cell)
{
    static const enum held kinds[] = { HELD_NUMBER, HELD_TEXT, HELD_BOOLEAN, HELD_ERROR, HELD_NUMBER };
    struct place *place = page_place(page, cell->row, cell->col);
    place->held = kinds[cell->kind];
    place->number = cell->number;
    place->text = wide(cell->text);
    if (cell->kind == CELL_ERROR) {
        int number = error_number(place->text);
        place->number = number < 0 ? ERROR_NA : number;
    }
    place->formula = cell->formula != NULL ? wide(cell->formula) : cell->computed ? wide("1*1") : NULL;
    place->uncalced = cell->kind == CELL_FORMULA;
    if (cell->format != 0 && *book->formats[cell->format] != '\0')
        place->format = wide(book->formats[cell->format]);
}

static void
load_sheet(struct desk *desk, const struct book *book, const struct sheet *sheet)
{
    struct page *page = &desk->pages[desk->npages++];
    *page = (struct page){ .name = wide(sheet->name), .id = ++desk->next_id, .hidden = sheet->hidden };
    page->merges = own((sheet->nmerges + 1) * sizeof *page->merges);
    memcpy(page->merges, sheet->merges, sheet->nmerges * sizeof *page->merges);
    page->nmerges = sheet->nmerges;
    for (size_t i = 0; i < sheet->ncells; i++)
        load_cell(page, book, &sheet->cells[i]);
}

bool
desk_open(struct desk *desk, const wchar_t *path)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct book book;
    struct fault fault;
    unsigned char *bytes;
    char name[4096];
    size_t n;
    *desk = (struct desk){ .book = NULL };
    snprintf(name, sizeof name, "%s", utf8(path));
    if (os_read_file(arena, name, &bytes, &n, &fault) != STATUS_OK || read_book(arena, bytes, n, &book, &fault) != STATUS_OK) {
        arena_free(arena);
        return false;
    }
    const wchar_t *slash = wcsrchr(path, L'\\');
    desk->book = wide_copy(slash + 1);
    desk->folder = wide_n(path, (size_t)(slash - path));
    desk->pages = own((book.nsheets + 1) * sizeof *desk->pages);
    for (size_t i = 0; i < book.nsheets; i++)
        load_sheet(desk, &book, &book.sheets[i]);
    while (desk->active + 1 < desk->npages && desk->pages[desk->active].hidden)
        desk->active++;
    desk->date1904 = book.date1904;
    arena_free(arena);
    return true;
}

/* -- whole desks -- */

static void
page_free(struct page *page)
{
    for (size_t i = 0; i < page->nplaces; i++) {
        disown(page->places[i].text);
        disown(page->places[i].formula);
        disown(page->places[i].note);
        disown(page->places[i].format);
    }
    disown(page->places);
    disown(page->merges);
    disown(page->name);
}

void
desk_close(struct desk *desk)
{
    for (size_t i = 0; i < desk->npages; i++)
        page_free(&desk->pages[i]);
    disown(desk->pages);
    disown(desk->book);
    disown(desk->folder);
    *desk = (struct desk){ .book = NULL };
}

struct desk
desk_copy(const struct desk *desk)
{
    struct desk copy = *desk;
    copy.book = wide_copy(desk->book);
    copy.folder = wide_copy(desk->folder);
    copy.pages = own((desk->npages + 1) * sizeof *copy.pages);
    for (size_t i = 0; i < desk->npages; i++) {
        struct page *page = &copy.pages[i];
        *page = desk->pages[i];
        page->name = wide_copy(page->name);
        page->merges = memcpy(own((page->nmerges + 1) * sizeof *page->merges), page->merges, page->nmerges * sizeof *page->merges);
        page->places = memcpy(own((page->cap + 1) * sizeof *page->places), page->places, page->nplaces * sizeof *page->places);
        for (size_t k = 0; k < page->nplaces; k++) {
            struct place *place = &page->places[k];
            place->text = wide_copy(place->text);
            place->formula = wide_copy(place->formula);
            place->note = wide_copy(place->note);
            place->format = wide_copy(place->format);
        }
    }
    return copy;
}

static bool
place_same(const struct page *page, const struct place *was, const struct place *is, bool looks)
{
    static const struct place nothing;
    const struct place *at = was != NULL ? was : is;
    char address[A1_SIZE];
    const char *what = NULL;
    was = was != NULL ? was : &nothing;
    is = is != NULL ? is : &nothing;
    if (was->held != is->held || was->number != is->number || (was->held == HELD_TEXT && !wide_same(was->text, is->text)))
        what = "value";
    else if ((was->formula == NULL) != (is->formula == NULL) || !wide_same(was->formula, is->formula))
        what = "formula";
    else if (looks && ((was->note == NULL) != (is->note == NULL) || !wide_same(was->note, is->note)))
        what = "note";
    else if (looks && memcmp(&was->look, &is->look, sizeof was->look) != 0)
        what = "fill";
    else if (looks && !wide_same(was->format, is->format))
        what = "number format";
    if (what == NULL)
        return true;
    fail("%s!%s: %s differs: was %g “%s” =%s note “%s” fill %d,%d,%d; is %g “%s” =%s note “%s” fill %d,%d,%d", utf8(page->name),
         a1(at->row, at->col, address), what, was->number, utf8(was->text), utf8(was->formula), utf8(was->note), was->look.pattern,
         was->look.fore, was->look.back, is->number, utf8(is->text), utf8(is->formula), utf8(is->note), is->look.pattern, is->look.fore,
         is->look.back);
    return false;
}

static bool
page_same(const struct page *was, const struct page *is, bool looks)
{
    if (!wide_same(was->name, is->name) || was->hidden != is->hidden) {
        fail("sheet “%s” was “%s”, or was hidden or shown", utf8(is->name), utf8(was->name));
        return false;
    }
    for (size_t i = 0; i < was->nplaces; i++)
        if (!place_same(was, &was->places[i], page_look(is, was->places[i].row, was->places[i].col), looks))
            return false;
    for (size_t i = 0; i < is->nplaces; i++)
        if (page_look(was, is->places[i].row, is->places[i].col) == NULL && !place_same(was, NULL, &is->places[i], looks))
            return false;
    return true;
}

bool
desk_same(const struct desk *was, const struct desk *is)
{
    if (was->npages != is->npages) {
        fail("there were %zu sheets, there are %zu", was->npages, is->npages);
        return false;
    }
    for (size_t i = 0; i < was->npages; i++)
        if (!page_same(&was->pages[i], &is->pages[i], true))
            return false;
    return true;
}

bool
desk_same_numbers(const struct desk *was, const struct desk *is)
{
    for (size_t i = 0; i < was->npages; i++) {
        const struct page *page = NULL;
        for (size_t k = 0; k < is->npages && page == NULL; k++)
            page = wcscmp(is->pages[k].name, was->pages[i].name) == 0 ? &is->pages[k] : NULL;
        if (page == NULL && wcscmp(was->pages[i].name, L"年报校验") == 0)
            continue;
        if (page == NULL || !page_same(&was->pages[i], page, false)) {
            fail("sheet “%s” is not what it was", utf8(was->pages[i].name));
            return false;
        }
    }
    return true;
}

/* -- sheets -- */

struct page *
desk_page(struct desk *desk, const wchar_t *name)
{
    for (size_t i = 0; i < desk->npages; i++)
        if (_wcsicmp(desk->pages[i].name, name) == 0)
            return &desk->pages[i];
    return NULL;
}

struct page *
desk_page_id(struct desk *desk, unsigned id)
{
    if (id == 0)
        return &desk->pages[desk->active];
    for (size_t i = 0; i < desk->npages; i++)
        if (desk->pages[i].id == id)
            return &desk->pages[i];
    return NULL;
}

struct page *
desk_insert(struct desk *desk)
{
    wchar_t name[32];
    unsigned n = 1;
    desk->pages = own_resize(desk->pages, (desk->npages + 2) * sizeof *desk->pages);
    do
        swprintf(name, 32, L"Sheet%u", n++);
    while (desk_page(desk, name) != NULL);
    struct page *page = &desk->pages[desk->active];
    memmove(page + 1, page, (desk->npages++ - desk->active) * sizeof *page);
    *page = (struct page){ .name = wide_copy(name), .id = ++desk->next_id, .merges = own(1) };
    return page;
}

void
desk_remove(struct desk *desk, struct page *page)
{
    size_t i = (size_t)(page - desk->pages);
    page_free(page);
    memmove(page, page + 1, (--desk->npages - i) * sizeof *page);
    if (desk->active > i || desk->active == desk->npages)
        desk->active--;
    for (size_t k = 0; k < desk->npages && desk->pages[desk->active].hidden; k++)
        desk->active = (desk->active + 1) % desk->npages;
}

/* -- formulas that were entered -- */

/* The sum of "D5:I5", "D5" or "'甲 乙'!D5:I5"; *at is moved behind it. False: something else. */
static bool
sum_term(struct desk *desk, struct page *page, const wchar_t **at, double *sum)
{
    const wchar_t *p = *at;
    const wchar_t *sign = *p == L'\'' ? wcschr(p + 1, L'\'') : p + wcscspn(p, L"!,:)");
    if (sign != NULL && (*sign == L'!' || (*p == L'\'' && sign[1] == L'!'))) {
        wchar_t *name = wide_n(p + (*p == L'\''), (size_t)(sign - p) - (*p == L'\''));
        page = desk_page(desk, name);
        disown(name);
        p = wcschr(sign, L'!') + 1;
    }
    struct area area;
    size_t used;
    if (page == NULL || !cell_of_a1(p, &area.row, &area.col, &used))
        return false;
    p += used;
    area.row2 = area.row;
    area.col2 = area.col;
    if (*p == L':' && !cell_of_a1(p + 1, &area.row2, &area.col2, &used))
        return false;
    p += *p == L':' ? used + 1 : 0;
    for (uint32_t row = area.row; row <= area.row2; row++)
        for (uint16_t col = area.col; col <= area.col2; col++) {
            const struct place *place = page_look(page, row, col);
            *sum += place != NULL && place->held == HELD_NUMBER ? place->number : 0;
        }
    *at = p;
    return true;
}

/* What HYPERLINK shows: the last string of the formula. */
static wchar_t *
shown_text(const wchar_t *formula)
{
    const wchar_t *first = NULL, *end = formula;
    for (const wchar_t *at = wcschr(formula, L'"'); at != NULL; at = wcschr(end, L'"')) {
        first = at + 1;
        for (end = first; *end != L'\0' && (*end != L'"' || end[1] == L'"'); end += *end == L'"' ? 2 : 1)
            continue;
        end += *end == L'"';
    }
    wchar_t *text = wide_n(first != NULL ? first : L"", first != NULL ? (size_t)(end - 1 - first) : 0), *to = text;
    for (const wchar_t *from = text; *from != L'\0'; from += *from == L'"' ? 2 : 1)
        *to++ = *from;
    *to = L'\0';
    return text;
}

static bool
evaluate(struct desk *desk, struct page *page, struct place *place)
{
    const wchar_t *at = place->formula;
    double sum = 0;
    if (wcsncmp(at, L"HYPERLINK(", 10) == 0) {
        place->text = wide_take(place->text, shown_text(at));
        place->held = HELD_TEXT;
        return true;
    }
    if (wcsncmp(at, L"SUM(", 4) != 0)
        return false;
    for (at += 4; sum_term(desk, page, &at, &sum) && *at == L',';)
        at++;
    place->held = HELD_NUMBER;
    place->number = sum;
    return wcscmp(at, L")") == 0;
}

void
desk_recalc(struct desk *desk)
{
    for (int pass = 0; pass < 4; pass++)
        for (size_t i = 0; i < desk->npages; i++)
            for (size_t k = 0; k < desk->pages[i].nplaces; k++) {
                struct place *place = &desk->pages[i].places[k];
                if (place->entered && !evaluate(desk, &desk->pages[i], place))
                    fail("the host cannot compute =%s", utf8(place->formula));
            }
}
