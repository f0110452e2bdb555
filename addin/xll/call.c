/* SPDX-License-Identifier: MIT */
/* Excel's callback ("Excel4v/Excel12v") and its values. Excel marks nothing of what it gives: texts, references and arrays are its
 * own and go back through xlFree; other kinds hold no memory. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "call.h"
#include "text.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

enum { ARGUMENTS = 32 };         /* most that any call here has */

xl_callback *
excel_callback(void)
{
    xl_callback *callback;
    FARPROC found = GetProcAddress(GetModuleHandleW(NULL), XL_CALLBACK_NAME);
    memcpy(&callback, &found, sizeof callback);          /* C has no conversion between kinds of functions that is not warned of */
    return callback;
}

bool
excel_callv(struct excel *excel, int function, struct xl *result, unsigned n, struct xl **arguments)
{
    *result = xl_nil();
    if (excel->callback == NULL || excel->halted)
        return false;
    for (unsigned i = 0; i < n; i++)
        if (arguments[i] == NULL)
            return false;
    int code = excel->callback(function, (int)n, arguments, result);
    if (code == XL_ABORT || code == XL_UNCALCED)
        excel->halted = true;
    if (code != XL_SUCCESS) {
        *result = xl_nil();
        return false;
    }
    return !xl_is(result, XL_ERROR);
}

bool
excel_call(struct excel *excel, int function, struct xl *result, unsigned n, ...)
{
    struct xl *arguments[ARGUMENTS];
    va_list list;
    va_start(list, n);
    for (unsigned i = 0; i < n && i < ARGUMENTS; i++)
        arguments[i] = va_arg(list, struct xl *);
    va_end(list);
    return excel_callv(excel, function, result, n, arguments);
}

bool
excel_do(struct excel *excel, int function, unsigned n, ...)
{
    struct xl *arguments[ARGUMENTS], result;
    va_list list;
    va_start(list, n);
    for (unsigned i = 0; i < n && i < ARGUMENTS; i++)
        arguments[i] = va_arg(list, struct xl *);
    va_end(list);
    bool done = excel_callv(excel, function, &result, n, arguments) && !(xl_is(&result, XL_BOOLEAN) && !result.boolean);
    excel_free(excel, &result);
    return done;
}

/* Allowed even when Excel wants control back. */
void
excel_free(struct excel *excel, struct xl *value)
{
    struct xl *arguments[1] = { value };
    if (value->type & (XL_TEXT | XL_REF | XL_MULTI))
        excel->callback(XL_FREE, 1, arguments, NULL);
    *value = xl_nil();
}

struct xl xl_number(double number) { return (struct xl){ .number = number, .type = XL_NUMBER }; }
struct xl xl_boolean(bool boolean) { return (struct xl){ .boolean = boolean, .type = XL_BOOLEAN }; }
struct xl xl_nil(void) { return (struct xl){ .type = XL_NIL }; }
struct xl xl_missing(void) { return (struct xl){ .type = XL_MISSING }; }

struct xl *
xl_text(struct arena *arena, const char *text)
{
    size_t bytes = text != NULL ? strlen(text) : 0;
    int n = bytes > 0 && bytes < INT32_MAX ? MultiByteToWideChar(CP_UTF8, 0, text, (int)bytes, NULL, 0) : 0;
    struct xl *value = text != NULL ? arena_alloc(arena, sizeof *value) : NULL;
    wchar_t *units = value != NULL ? arena_array(arena, (size_t)n + 1, sizeof *units) : NULL;
    if (units == NULL)
        return NULL;
    if (n > 0)
        MultiByteToWideChar(CP_UTF8, 0, text, (int)bytes, units + 1, n);
    if (n > XL_TEXT_MOST)
        n = IS_HIGH_SURROGATE(units[XL_TEXT_MOST]) ? XL_TEXT_MOST - 1 : XL_TEXT_MOST;
    units[0] = (wchar_t)n;
    *value = (struct xl){ .text = units, .type = XL_TEXT };
    return value;
}

struct xl
xl_cells(uintptr_t sheet, struct xl_area area, struct xl_areas *areas)
{
    *areas = (struct xl_areas){ 1, { area } };
    return (struct xl){ .ref = { areas, sheet }, .type = XL_REF };
}

struct xl
xl_cell(uintptr_t sheet, uint32_t row, uint16_t col, struct xl_areas *areas)
{
    return xl_cells(sheet, (struct xl_area){ (int32_t)row, (int32_t)row, col, col }, areas);
}

bool
xl_is(const struct xl *value, uint32_t kind)
{
    return value != NULL && (value->type & XL_KIND) == kind;
}

bool
xl_is_whole(const struct xl *value, double least, double most)
{
    return xl_is(value, XL_NUMBER) && value->number >= least && value->number <= most && floor(value->number) == value->number;
}

char *
xl_narrow(struct arena *arena, const struct xl *value)
{
    if (!xl_is(value, XL_TEXT) || value->text == NULL)
        return NULL;
    int length = (int)value->text[0];
    int n = length > 0 ? WideCharToMultiByte(CP_UTF8, 0, value->text + 1, length, NULL, 0, NULL, NULL) : 0;
    char *out = arena_alloc(arena, (size_t)n + 1);
    if (out != NULL && n > 0)
        WideCharToMultiByte(CP_UTF8, 0, value->text + 1, length, out, n, NULL, NULL);
    return out;
}

bool
excel_get(struct excel *excel, int function, int what, struct xl *of, struct xl *result)
{
    struct xl type = xl_number(what);
    return excel_call(excel, function, result, of != NULL ? 2 : 1, &type, of);
}

bool
excel_get_number(struct excel *excel, int function, int what, struct xl *of, double *number)
{
    struct xl result;
    bool got = excel_get(excel, function, what, of, &result);
    bool integer = xl_is(&result, XL_INTEGER);
    if (got && (integer || xl_is(&result, XL_NUMBER)))
        *number = integer ? result.integer : result.number;
    else
        got = false;
    excel_free(excel, &result);
    return got;
}

bool
excel_get_boolean(struct excel *excel, int function, int what, struct xl *of, bool *boolean)
{
    struct xl result;
    bool got = excel_get(excel, function, what, of, &result) && xl_is(&result, XL_BOOLEAN);
    if (got)
        *boolean = result.boolean != 0;
    excel_free(excel, &result);
    return got;
}

char *
excel_get_text(struct excel *excel, struct arena *arena, int function, int what, struct xl *of)
{
    struct xl result;
    char *text = excel_get(excel, function, what, of, &result) ? xl_narrow(arena, &result) : NULL;
    excel_free(excel, &result);
    return text;
}

bool
excel_sheet_id(struct excel *excel, struct arena *arena, const char *book, const char *sheet, uintptr_t *id)
{
    struct text name = text_new(arena);
    struct xl result;
    text_printf(&name, "[%s]%s", book, sheet);
    bool got = excel_call(excel, XL_SHEET_ID, &result, 1, name.failed ? NULL : xl_text(arena, name.at)) && xl_is(&result, XL_REF);
    if (got)
        *id = result.ref.sheet;
    excel_free(excel, &result);
    return got;
}

bool
excel_select(struct excel *excel, struct xl *cells)
{
    return excel_do(excel, XL_SELECT, 1, cells);
}

struct stay
stay_begin(struct excel *excel)
{
    struct stay stay = { .excel = excel };
    excel_call(excel, XL_SELECTION, &stay.selection, 0);
    excel_call(excel, XL_ACTIVE_CELL, &stay.cell, 0);
    return stay;
}

void
stay_end(struct stay *stay)
{
    bool cells = xl_is(&stay->selection, XL_REF) || xl_is(&stay->selection, XL_HERE);
    bool cell = xl_is(&stay->cell, XL_REF) || xl_is(&stay->cell, XL_HERE);
    if (cells)
        excel_do(stay->excel, XL_SELECT, cell ? 2 : 1, &stay->selection, &stay->cell);
    excel_free(stay->excel, &stay->selection);
    excel_free(stay->excel, &stay->cell);
}
