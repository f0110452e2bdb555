/* SPDX-License-Identifier: MIT */
/* play_facts: what an add-in may ask about the open workbook: GET.CELL, GET.DOCUMENT, GET.WORKBOOK, GET.FORMULA, GET.NOTE, SELECTION, as
 * the Excel 4.0 macro function reference says. Types that it has and this host has not are failures. */
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

static struct oper_area
oper_area(struct area area)
{
    return (struct oper_area){ (int32_t)area.row, (int32_t)area.row2, area.col, area.col2 };
}

int
call_active_cell(int n, struct oper **args, struct oper *res)
{
    (void)n, (void)args;
    const struct page *page = desk_page_id(&host.desk, 0);
    struct area first = { page->selected.row, page->selected.row, page->selected.col, page->selected.col };
    give_area(res, page, oper_area(first));
    return RET_SUCCESS;
}

int
call_selection(int n, struct oper **args, struct oper *res)
{
    (void)n, (void)args;
    const struct page *page = desk_page_id(&host.desk, 0);
    give_area(res, page, oper_area(page->selected));
    return RET_SUCCESS;
}

/* The first cell of a reference, or the active cell when it is left out. */
static struct page *
cell_meant(const struct oper *oper, struct oper_area *area)
{
    if (!missing(oper))
        return taken_area(oper, area);
    struct page *page = desk_page_id(&host.desk, 0);
    *area = oper_area(page->selected);
    return page;
}

/* As in the formula bar. */
static void
give_bar(struct oper *res, const struct place *place, bool r1c1)
{
    wchar_t text[64] = L"";
    if (place != NULL && place->formula != NULL) {
        wchar_t *formula = r1c1 ? formula_to_r1c1(place->formula, place->row, place->col) : wide_copy(place->formula);
        formula = wide_take(formula, wide_join(L"=", formula, L""));
        give_text(res, formula);
        disown(formula);
        return;
    }
    switch (place != NULL ? place->held : HELD_NOTHING) {
    case HELD_TEXT: give_text(res, place->text); return;
    case HELD_NUMBER: swprintf(text, 64, L"%.15g", place->number); break;
    case HELD_BOOLEAN: wcscpy(text, place->number != 0 ? L"TRUE" : L"FALSE"); break;
    case HELD_ERROR: wcscpy(text, error_text((int)place->number)); break;
    case HELD_NOTHING: break;
    }
    give_text(res, text);
}

int
call_get_formula(int n, struct oper **args, struct oper *res)
{
    struct oper_area area;
    (void)n;
    const struct page *page = taken_area(args[0], &area);
    if (page == NULL)
        return RET_FAILED;
    give_bar(res, page_look(page, (uint32_t)area.row, (uint16_t)area.col), true);
    return RET_SUCCESS;
}

static int
give_cell_fact(struct oper *res, int type, const struct page *page, const struct place *place)
{
    static const struct look none;
    const struct look *look = place != NULL ? &place->look : &none;
    wchar_t *name;
    switch (type) {
    case 5: give_place(res, place); break;
    case 6: give_bar(res, place, false); break;
    case 7: give_text(res, place != NULL && place->format != NULL ? place->format : L"General"); break;
    case 13: give_number(res, look->pattern); break;
    case 14: give_boolean(res, true); break;
    /* 38 and 39 are Excel 4's: there a solid fill shows its foreground; 63 and 64 are Excel 5's: it shows its background */
    case 38: give_number(res, look->pattern == 1 ? look->back : look->fore); break;
    case 39: give_number(res, look->pattern == 1 ? look->fore : look->back); break;
    case 46: give_boolean(res, place != NULL && place->note != NULL); break;
    case 48: give_boolean(res, place != NULL && place->formula != NULL); break;
    case 62: case 32: give_text(res, name = book_sheet(page)); disown(name); break;
    case 63: give_number(res, look->back); break;
    case 64: give_number(res, look->fore); break;
    case 66: give_text(res, host.desk.book); break;
    default: fail("GET.CELL(%d) is not played", type); return RET_FAILED;
    }
    return RET_SUCCESS;
}

int
call_get_cell(int n, struct oper **args, struct oper *res)
{
    struct oper_area area;
    double type;
    struct page *page = cell_meant(n > 1 ? args[1] : NULL, &area);
    if (page == NULL || !taken_number(args[0], &type))
        return RET_FAILED;
    return give_cell_fact(res, (int)type, page, page_look(page, (uint32_t)area.row, (uint16_t)area.col));
}

int
call_get_note(int n, struct oper **args, struct oper *res)
{
    struct oper_area area;
    double start = 1, count = 255;
    struct page *page = cell_meant(n > 0 ? args[0] : NULL, &area);
    if (page == NULL || (n > 1 && !missing(args[1]) && !taken_number(args[1], &start)) || (n > 2 && !missing(args[2]) && !taken_number(args[2], &count)))
        return RET_FAILED;
    if (!expect(start >= 1 && count >= 0 && count <= 255, "GET.NOTE from %g, %g characters", start, count))
        return RET_FAILED;
    const struct place *place = page_look(page, (uint32_t)area.row, (uint16_t)area.col);
    const wchar_t *note = place != NULL && place->note != NULL ? place->note : L"";
    size_t length = wcslen(note), from = (size_t)start - 1 < length ? (size_t)start - 1 : length;
    give_text_n(res, note + from, (size_t)count < length - from ? (size_t)count : length - from);
    return RET_SUCCESS;
}

/* -- sheets and workbook -- */

static int
give_sheet_fact(struct oper *res, int type, const struct page *page)
{
    struct area used = { 0, 0, 0, 0 };
    bool any = page_used(page, &used);
    wchar_t *name;
    switch (type) {
    case 1: give_text(res, name = book_sheet(page)); disown(name); break;
    case 2: if (host.desk.folder != NULL) give_text(res, host.desk.folder); else give_error(res, ERROR_NA); break;
    case 3: give_number(res, 1); break;
    case 5: case 34: give_boolean(res, false); break;
    case 7: case 44: give_boolean(res, page->locked); break;
    case 9: give_number(res, any ? used.row + 1 : 0); break;
    case 10: give_number(res, any ? used.row2 + 1 : 0); break;
    case 11: give_number(res, any ? used.col + 1 : 0); break;
    case 12: give_number(res, any ? used.col2 + 1 : 0); break;
    case 14: give_number(res, 1); break;
    case 20: give_boolean(res, host.desk.date1904); break;
    case 68: give_text(res, host.desk.book); break;
    case 76: give_text(res, name = book_sheet(desk_page_id(&host.desk, 0))); disown(name); break;
    case 87: give_number(res, (double)(page - host.desk.pages + 1)); break;
    case 88: give_text(res, host.desk.book); break;
    default: fail("GET.DOCUMENT(%d) is not played", type); return RET_FAILED;
    }
    return RET_SUCCESS;
}

int
call_get_document(int n, struct oper **args, struct oper *res)
{
    double type;
    wchar_t *name = n > 1 && !missing(args[1]) ? taken_text(args[1]) : NULL;
    const struct page *page = name == NULL || _wcsicmp(name, host.desk.book) == 0 ? desk_page_id(&host.desk, 0) : taken_page(name);
    bool book = name != NULL && _wcsicmp(name, host.desk.book) == 0;
    disown(name);
    if (!taken_number(args[0], &type))
        return RET_FAILED;
    if (page == NULL) {
        give_error(res, ERROR_NA);
        return RET_SUCCESS;
    }
    if (type == 3 && book) {
        give_number(res, 5);
        return RET_SUCCESS;
    }
    return give_sheet_fact(res, (int)type, page);
}

int
call_get_workbook(int n, struct oper **args, struct oper *res)
{
    double type;
    wchar_t *name = n > 1 && !missing(args[1]) ? taken_text(args[1]) : NULL;
    bool other = name != NULL && _wcsicmp(name, host.desk.book) != 0;
    disown(name);
    if (!taken_number(args[0], &type) || other)
        return RET_FAILED;
    size_t first = type == 3 ? host.desk.active : 0, end = type == 3 ? first + 1 : host.desk.npages;
    wchar_t **names = own((end + 1) * sizeof *names);
    switch ((int)type) {
    case 1: case 3:
        for (size_t i = first; i < end; i++)
            names[i] = book_sheet(&host.desk.pages[i]);
        give_texts(res, (const wchar_t *const *)names + first, end - first);
        break;
    case 4: give_number(res, (double)host.desk.npages); break;
    case 14: give_boolean(res, host.desk.structure_locked); break;
    case 16: give_text(res, host.desk.book); break;
    case 38: give_text(res, desk_page_id(&host.desk, 0)->name); break;
    default: fail("GET.WORKBOOK(%g) is not played", type); break;
    }
    for (size_t i = 0; i < end; i++)
        disown(names[i]);
    disown(names);
    return RET_SUCCESS;
}

int
call_get_name(int n, struct oper **args, struct oper *res)
{
    (void)n, (void)args;
    give_error(res, ERROR_NAME);
    return RET_SUCCESS;
}
