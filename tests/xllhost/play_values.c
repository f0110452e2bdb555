/* SPDX-License-Identifier: MIT */
/* play_values: the C API's own calls, as the pages "xlFree", "xlCoerce", "xlSet", "xlSheetId", "xlSheetNm" ... of Microsoft's documentation
 * say, and the few functions of a worksheet that the add-in uses. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

#define UNUSED(n, args, res) ((void)(n), (void)(args), (void)(res))

int
call_free(int n, struct oper **args, struct oper *res)
{
    (void)res;
    for (int i = 0; i < n; i++)
        if (args[i] != NULL && !IsBadReadPtr(args[i], sizeof *args[i]))
            release(args[i]);
    return RET_SUCCESS;
}

int
call_stack(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    if (res != NULL) {
        res->integer = 65536;
        res->type = OPER_INTEGER;
    }
    return RET_SUCCESS;
}

int
call_abort(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    give_boolean(res, false);
    return RET_SUCCESS;
}

int
call_instance(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    if (res != NULL) {
        res->integer = (int32_t)(uintptr_t)GetModuleHandleW(NULL);
        res->type = OPER_INTEGER;
    }
    return RET_SUCCESS;
}

int
call_instance_pointer(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    if (res != NULL) {
        res->big.data = GetModuleHandleW(NULL);
        res->type = OPER_BIG;
    }
    return RET_SUCCESS;
}

int
call_window(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    if (res != NULL) {
        res->integer = 0;
        res->type = OPER_INTEGER;
    }
    return RET_SUCCESS;
}

int
call_name(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    give_text(res, host.module_path);
    return RET_SUCCESS;
}

/* -- xlCoerce -- */

/* One value as the kinds that were asked for. */
static int
coerce_value(const struct oper *value, int kinds, struct oper *res)
{
    uint32_t kind = value->type & OPER_KINDS;
    double number;
    wchar_t *text = taken_text(value), *end = NULL, digits[64];
    if ((int)kind & kinds) {
        if (kind == OPER_TEXT)
            give_text(res, text);
        else if (res != NULL)
            *res = *value;
        disown(text);
        return RET_SUCCESS;
    }
    bool numeric = taken_number(value, &number) || kind == OPER_NIL;
    if (kind == OPER_NIL)
        number = 0;
    if (text != NULL && *text != L'\0') {
        number = wcstod(text, &end);
        numeric = *end == L'\0';
    }
    int ret = RET_SUCCESS;
    if (kinds & OPER_NUMBER && numeric)
        give_number(res, number);
    else if (kinds & OPER_INTEGER && numeric && res != NULL) {
        res->integer = (int32_t)number;
        res->type = OPER_INTEGER;
    }
    else if (kinds & OPER_TEXT && kind != OPER_ERROR) {
        swprintf(digits, 64, L"%.15g", numeric ? number : 0);
        give_text(res, kind == OPER_NIL ? L"" : kind == OPER_BOOLEAN ? (value->boolean ? L"TRUE" : L"FALSE") : digits);
    }
    else if (kinds & OPER_BOOLEAN && numeric)
        give_boolean(res, number != 0);
    else
        ret = RET_FAILED;
    disown(text);
    return ret;
}

static bool
uncalced(const struct page *page, struct oper_area area)
{
    for (size_t i = 0; i < page->nplaces; i++) {
        const struct place *place = &page->places[i];
        if (place->uncalced && (int32_t)place->row >= area.row && (int32_t)place->row <= area.row2 && place->col >= area.col && place->col <= area.col2)
            return true;
    }
    return false;
}

int
call_coerce(int n, struct oper **args, struct oper *res)
{
    double wanted;
    int kinds = n > 1 && taken_number(args[1], &wanted) ? (int)wanted : OPER_KINDS & ~(OPER_HERE | OPER_THERE);
    struct oper_area area;
    struct oper value = { .type = OPER_NIL };
    if (args[0] == NULL)
        return RET_BAD_OPER;
    uint32_t kind = args[0]->type & OPER_KINDS;
    if (kind != OPER_HERE && kind != OPER_THERE && kind != OPER_MANY)
        return coerce_value(args[0], kinds, res);
    if (kind == OPER_MANY)
        return coerce_value(&args[0]->many.items[0], kinds, res);
    struct page *page = taken_area(args[0], &area);
    if (page == NULL)
        return RET_FAILED;
    if (host.mode == MODE_FUNCTION && uncalced(page, area)) {
        host.aborted = host.refused_uncalced = true;
        return RET_UNCALCED;
    }
    if ((kinds & OPER_MANY && (area.row != area.row2 || area.col != area.col2)) || kinds == OPER_MANY)
        return res == NULL || give_cells(res, page, area) ? RET_SUCCESS : RET_FAILED;
    give_place(&value, page_look(page, (uint32_t)area.row, (uint16_t)area.col));
    int ret = coerce_value(&value, kinds, res);
    release(&value);
    return ret;
}

/* -- xlSet -- */

static void
set_one(struct page *page, uint32_t row, uint16_t col, const struct oper *value)
{
    double number;
    wchar_t *text = taken_text(value);
    if (missing(value) && page_look(page, row, col) == NULL)
        return;
    struct place *place = page_place(page, row, col);
    if (text != NULL)
        place_set(place, *text != L'\0' ? HELD_TEXT : HELD_NOTHING, 0, *text != L'\0' ? text : NULL);
    else if (missing(value))
        place_set(place, HELD_NOTHING, 0, NULL);
    else if ((value->type & OPER_KINDS) == OPER_ERROR)
        place_set(place, HELD_ERROR, value->error, NULL);
    else if (taken_number(value, &number))
        place_set(place, (value->type & OPER_KINDS) == OPER_BOOLEAN ? HELD_BOOLEAN : HELD_NUMBER, number, NULL);
    disown(text);
}

int
call_set(int n, struct oper **args, struct oper *res)
{
    struct oper_area area;
    const struct oper *value = n > 1 ? args[1] : NULL;
    struct page *page = taken_area(args[0], &area);
    if (page == NULL || page->locked)
        return RET_FAILED;
    if (!expect((int64_t)(area.row2 - area.row + 1) * (area.col2 - area.col + 1) <= 1000000, "xlSet of a huge range"))
        return RET_FAILED;
    bool many = value != NULL && (value->type & OPER_KINDS) == OPER_MANY;
    for (int32_t row = area.row; row <= area.row2; row++)
        for (int32_t col = area.col; col <= area.col2; col++) {
            static const struct oper not_there = { .error = ERROR_NA, .type = OPER_ERROR };
            int32_t r = row - area.row, c = col - area.col;
            const struct oper *one = !many ? value : r < value->many.rows && c < value->many.cols ? &value->many.items[r * value->many.cols + c] : &not_there;
            set_one(page, (uint32_t)row, (uint16_t)col, one);
        }
    give_boolean(res, true);
    return RET_SUCCESS;
}

/* -- sheets -- */

int
call_sheet_id(int n, struct oper **args, struct oper *res)
{
    wchar_t *name = n > 0 && !missing(args[0]) ? taken_text(args[0]) : NULL;
    const struct page *page = name != NULL ? taken_page(name) : n > 0 && !missing(args[0]) ? NULL : desk_page_id(&host.desk, 0);
    disown(name);
    if (page == NULL)
        return RET_FAILED;
    if (res != NULL) {
        res->there.areas = NULL;
        res->there.sheet = page->id;
        res->type = OPER_THERE;
    }
    return RET_SUCCESS;
}

int
call_sheet_name(int n, struct oper **args, struct oper *res)
{
    (void)n;
    uint32_t kind = args[0] != NULL ? args[0]->type & OPER_KINDS : 0;
    const struct page *page = kind == OPER_THERE ? desk_page_id(&host.desk, (unsigned)args[0]->there.sheet)
                              : kind == OPER_HERE ? desk_page_id(&host.desk, host.mode == MODE_COMMAND ? 0 : host.caller_page) : NULL;
    if (page == NULL)
        return RET_FAILED;
    wchar_t *name = book_sheet(page);
    give_text(res, name);
    disown(name);
    return RET_SUCCESS;
}

int
call_caller(int n, struct oper **args, struct oper *res)
{
    UNUSED(n, args, res);
    if (host.mode == MODE_COMMAND || host.mode == MODE_LOADING)
        give_error(res, ERROR_REF);
    else if (res != NULL) {
        res->here.count = 1;
        res->here.area = host.caller;
        res->type = OPER_HERE;
    }
    return RET_SUCCESS;
}

int
call_volatile(int n, struct oper **args, struct oper *res)
{
    double on = 1;
    if (n > 0 && !missing(args[0]) && !taken_number(args[0], &on))
        return RET_FAILED;
    host.said_volatile = on != 0 ? SAID_VOLATILE : SAID_NOT_VOLATILE;
    give_boolean(res, true);
    return RET_SUCCESS;
}

int
call_counta(int n, struct oper **args, struct oper *res)
{
    double count = 0;
    for (int i = 0; i < n; i++) {
        struct oper_area area;
        const struct page *page = taken_area(args[i], &area);
        for (size_t k = 0; page != NULL && k < page->nplaces; k++) {
            const struct place *place = &page->places[k];
            count += place->held != HELD_NOTHING && (int32_t)place->row >= area.row && (int32_t)place->row <= area.row2
                && place->col >= area.col && place->col <= area.col2;
        }
        count += page == NULL && !missing(args[i]);
    }
    give_number(res, count);
    return RET_SUCCESS;
}
