/* SPDX-License-Identifier: MIT */
/* give: values on their way to the add-in and back. All memory of one value is one sealed block of host.excel, an array's texts
 * behind its items; the add-in gives it back with xlFree. */
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

enum { CELLS_MOST = 4000000 };           /* more at once and Excel would seem dead */

/* -- out -- */

void
give_number(struct oper *res, double number)
{
    if (res != NULL) {
        res->number = number;
        res->type = OPER_NUMBER;
    }
}

void
give_boolean(struct oper *res, bool value)
{
    if (res != NULL) {
        res->boolean = value;
        res->type = OPER_BOOLEAN;
    }
}

void
give_error(struct oper *res, int error)
{
    if (res != NULL) {
        res->error = error;
        res->type = OPER_ERROR;
    }
}

static wchar_t *
counted(wchar_t *at, const wchar_t *text, size_t n)
{
    *at = (wchar_t)n;
    memcpy(at + 1, text, n * sizeof *at);
    return at;
}

void
give_text_n(struct oper *res, const wchar_t *text, size_t n)
{
    if (res == NULL)
        return;
    n = n > TEXT_MOST ? TEXT_MOST : n;
    res->text = counted(heap_take(&host.excel, (n + 1) * sizeof *text), text, n);
    res->type = OPER_TEXT;
    heap_seal(&host.excel, res->text);
}

void
give_text(struct oper *res, const wchar_t *text)
{
    give_text_n(res, text, wcslen(text));
}

void
give_texts(struct oper *res, const wchar_t *const *texts, size_t n)
{
    size_t units = 0;
    for (size_t i = 0; i < n; i++)
        units += wcslen(texts[i]) + 1;
    if (res == NULL)
        return;
    struct oper *items = heap_take(&host.excel, n * sizeof *items + units * sizeof(wchar_t));
    wchar_t *at = (wchar_t *)(items + n);
    for (size_t i = 0; i < n; i++) {
        items[i].type = OPER_TEXT;
        items[i].text = counted(at, texts[i], wcslen(texts[i]));
        at += wcslen(texts[i]) + 1;
    }
    res->many.items = items;
    res->many.rows = 1;
    res->many.cols = (int32_t)n;
    res->type = OPER_MANY;
    heap_seal(&host.excel, items);
}

void
give_area(struct oper *res, const struct page *page, struct oper_area area)
{
    if (res == NULL)
        return;
    struct oper_areas *areas = heap_take(&host.excel, sizeof *areas);
    areas->count = 1;
    areas->area[0] = area;
    res->there.areas = areas;
    res->there.sheet = page->id;
    res->type = OPER_THERE;
    heap_seal(&host.excel, areas);
}

/* Everything but the text. */
static void
value_of(struct oper *out, const struct place *place)
{
    static const uint32_t types[] = { OPER_NIL, OPER_NUMBER, OPER_TEXT, OPER_BOOLEAN, OPER_ERROR };
    out->type = types[place != NULL ? place->held : HELD_NOTHING];
    if (out->type == OPER_NUMBER)
        out->number = place->number;
    else if (out->type == OPER_BOOLEAN || out->type == OPER_ERROR)
        out->boolean = (int32_t)place->number;
}

void
give_place(struct oper *res, const struct place *place)
{
    if (place != NULL && place->held == HELD_TEXT)
        give_text(res, place->text);
    else if (res != NULL)
        value_of(res, place);
}

bool
give_cells(struct oper *res, const struct page *page, struct oper_area area)
{
    size_t rows = (size_t)(area.row2 - area.row + 1), cols = (size_t)(area.col2 - area.col + 1), units = 0;
    if (rows * cols > CELLS_MOST) {
        fail("%zu cells were asked for at once", rows * cols);
        return false;
    }
    for (size_t i = 0; i < page->nplaces; i++)
        units += page->places[i].held == HELD_TEXT ? wcslen(page->places[i].text) + 1 : 0;
    struct oper *items = heap_take(&host.excel, rows * cols * sizeof *items + units * sizeof(wchar_t));
    wchar_t *at = (wchar_t *)(items + rows * cols);
    for (size_t i = 0; i < rows * cols; i++)
        items[i].type = OPER_NIL;
    for (size_t i = 0; i < page->nplaces; i++) {
        const struct place *place = &page->places[i];
        if ((int32_t)place->row < area.row || (int32_t)place->row > area.row2 || place->col < area.col || place->col > area.col2)
            continue;
        struct oper *item = &items[((size_t)place->row - (size_t)area.row) * cols + place->col - (size_t)area.col];
        value_of(item, place);
        if (item->type == OPER_TEXT) {
            item->text = counted(at, place->text, wcslen(place->text));
            at += wcslen(place->text) + 1;
        }
    }
    res->many.items = items;
    res->many.rows = (int32_t)rows;
    res->many.cols = (int32_t)cols;
    res->type = OPER_MANY;
    heap_seal(&host.excel, items);
    return true;
}

void
release(struct oper *value)
{
    void **data = NULL;
    switch (value->type & OPER_KINDS) {
    case OPER_TEXT: data = (void **)&value->text; break;
    case OPER_MANY: data = (void **)&value->many.items; break;
    case OPER_THERE: data = (void **)&value->there.areas; break;
    case OPER_NUMBER: case OPER_BOOLEAN: case OPER_ERROR: case OPER_HERE: case OPER_INTEGER: case OPER_NIL: case OPER_MISSING: case OPER_BIG:
    case OPER_FLOW: return;
    default: fail("xlFree of a value of type %#x", (unsigned)value->type); return;
    }
    heap_give(&host.excel, *data);
    *data = NULL;
}

/* -- in -- */

static bool
text_sound(const wchar_t *text)
{
    if (text == NULL || IsBadReadPtr(text, sizeof *text) || (uint16_t)*text > TEXT_MOST || IsBadReadPtr(text, (*text + 1u) * sizeof *text)) {
        fail("a text that cannot be read, or is longer than %d", TEXT_MOST);
        return false;
    }
    return true;
}

bool
oper_sound(const struct oper *oper)
{
    if (oper == NULL)
        return true;
    if (IsBadReadPtr(oper, sizeof *oper)) {
        fail("a value that cannot be read");
        return false;
    }
    switch (oper->type & OPER_KINDS) {
    case OPER_NUMBER: case OPER_BOOLEAN: case OPER_ERROR: case OPER_INTEGER: case OPER_NIL: case OPER_MISSING: case OPER_FLOW: case OPER_BIG:
        return true;
    case OPER_TEXT:
        return text_sound(oper->text);
    case OPER_HERE:
        return expect(oper->here.count == 1, "a reference with %u areas in place of one", oper->here.count);
    case OPER_THERE:
        return oper->there.areas == NULL || !IsBadReadPtr(oper->there.areas, 4 + oper->there.areas->count * sizeof(struct oper_area));
    case OPER_MANY:
        if (oper->many.rows < 1 || oper->many.cols < 1 || oper->many.rows > ROWS_MOST || oper->many.cols > COLS_MOST
            || IsBadReadPtr(oper->many.items, (size_t)oper->many.rows * (size_t)oper->many.cols * sizeof *oper)) {
            fail("an array of %d by %d that cannot be read", (int)oper->many.rows, (int)oper->many.cols);
            return false;
        }
        for (size_t i = 0; i < (size_t)oper->many.rows * (size_t)oper->many.cols; i++)
            if ((oper->many.items[i].type & (OPER_MANY | OPER_THERE | OPER_HERE)) || !oper_sound(&oper->many.items[i]))
                return false;
        return true;
    }
    fail("a value of type %#x", (unsigned)oper->type);
    return false;
}

bool
missing(const struct oper *oper)
{
    return oper == NULL || (oper->type & OPER_KINDS) == OPER_MISSING || (oper->type & OPER_KINDS) == OPER_NIL;
}

wchar_t *
taken_text(const struct oper *oper)
{
    return oper != NULL && (oper->type & OPER_KINDS) == OPER_TEXT ? wide_n(oper->text + 1, *oper->text) : NULL;
}

bool
taken_number(const struct oper *oper, double *number)
{
    switch (oper != NULL ? oper->type & OPER_KINDS : 0) {
    case OPER_NUMBER: *number = oper->number; return true;
    case OPER_INTEGER: case OPER_BOOLEAN: *number = oper->integer; return true;
    }
    return false;
}

struct page *
taken_area(const struct oper *oper, struct oper_area *area)
{
    struct page *page = NULL;
    if (oper != NULL && (oper->type & OPER_KINDS) == OPER_HERE) {
        *area = oper->here.area;
        page = desk_page_id(&host.desk, host.mode == MODE_COMMAND ? 0 : host.caller_page);
    }
    else if (oper != NULL && (oper->type & OPER_KINDS) == OPER_THERE && oper->there.areas != NULL && oper->there.areas->count > 0) {
        *area = oper->there.areas->area[0];
        page = desk_page_id(&host.desk, (unsigned)oper->there.sheet);
        if (page == NULL)
            fail("a reference to a sheet that does not exist (%u)", (unsigned)oper->there.sheet);
    }
    if (page != NULL && (area->row < 0 || area->col < 0 || area->row2 < area->row || area->col2 < area->col || area->row2 >= ROWS_MOST
                         || area->col2 >= COLS_MOST)) {
        fail("a reference outside of the sheet: rows %d to %d, columns %d to %d", (int)area->row, (int)area->row2, (int)area->col, (int)area->col2);
        return NULL;
    }
    return page;
}

wchar_t *
book_sheet(const struct page *page)
{
    wchar_t *book = wide_join(L"[", host.desk.book, L"]"), *both = wide_join(book, page->name, L"");
    disown(book);
    return both;
}

struct page *
taken_page(const wchar_t *text)
{
    const wchar_t *end = *text == L'[' ? wcschr(text, L']') : NULL;
    if (end != NULL && ((size_t)(end - text - 1) != wcslen(host.desk.book) || _wcsnicmp(text + 1, host.desk.book, wcslen(host.desk.book)) != 0))
        return NULL;
    return desk_page(&host.desk, end != NULL ? end + 1 : text);
}
