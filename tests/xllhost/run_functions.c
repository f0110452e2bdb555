/* SPDX-License-Identifier: MIT */
/* run_functions: worksheet functions as a sheet calls them: cells, ranges, whole columns, several areas, other sheets, errors, arrays,
 * texts of every length, nothing at all; with cells that are not computed yet. What they were given must stay as it was. */
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "runs.h"
#include "wide.h"

enum { ARGUMENTS = 24 };

struct given { struct oper oper[ARGUMENTS]; const char *what[ARGUMENTS]; size_t n; struct oper_areas *areas[ARGUMENTS]; };

static void
give(struct given *given, struct oper oper, const char *what)
{
    given->what[given->n] = what;
    given->oper[given->n++] = oper;
}

static void
give_ref(struct given *given, uintptr_t sheet, struct oper_area first, uint16_t count, const char *what)
{
    struct oper_areas *areas = given->areas[given->n] = own(sizeof *areas + 2 * sizeof first);
    areas->count = count;
    areas->area[0] = first;
    if (count > 1)
        (&areas->area[0])[1] = (struct oper_area){ 2, 3, 1, 1 };
    give(given, (struct oper){ .there = { areas, sheet }, .type = OPER_THERE }, what);
}

static wchar_t *
long_text(size_t n, wchar_t with)
{
    wchar_t *text = own((n + 1) * sizeof *text);
    text[0] = (wchar_t)n;
    for (size_t i = 1; i <= n; i++)
        text[i] = with;
    return text;
}

static void
give_all(struct given *given)
{
    static struct oper many[6] = { { .type = OPER_NIL }, { .number = 1, .type = OPER_NUMBER }, { .error = ERROR_DIV0, .type = OPER_ERROR },
                                   { .boolean = 1, .type = OPER_BOOLEAN }, { .type = OPER_MISSING }, { .integer = 7, .type = OPER_INTEGER } };
    uintptr_t sheet = host.desk.pages[0].id;
    *given = (struct given){ .n = 0 };
    give(given, (struct oper){ .type = OPER_MISSING }, "missing");
    give(given, (struct oper){ .type = OPER_NIL }, "nil");
    give(given, (struct oper){ .number = -1e300, .type = OPER_NUMBER }, "number");
    give(given, (struct oper){ .boolean = 1, .type = OPER_BOOLEAN }, "boolean");
    give(given, (struct oper){ .integer = 3, .type = OPER_INTEGER }, "integer");
    give(given, (struct oper){ .error = ERROR_NA, .type = OPER_ERROR }, "#N/A");
    give(given, (struct oper){ .text = long_text(0, L'x'), .type = OPER_TEXT }, "empty text");
    give(given, (struct oper){ .text = long_text(TEXT_MOST, L'年'), .type = OPER_TEXT }, "longest text");
    give(given, (struct oper){ .text = long_text(3, 0xD800), .type = OPER_TEXT }, "half surrogates");
    give(given, (struct oper){ .many = { many, 2, 3 }, .type = OPER_MANY }, "array");
    give(given, (struct oper){ .here = { 1, { 0, 0, 0, 0 } }, .type = OPER_HERE }, "A1");
    give(given, (struct oper){ .here = { 1, { 0, 40, 0, 14 } }, .type = OPER_HERE }, "A1:O41");
    give(given, (struct oper){ .here = { 1, { 0, ROWS_MOST - 1, 0, 0 } }, .type = OPER_HERE }, "A:A");
    give(given, (struct oper){ .here = { 1, { 0, ROWS_MOST - 1, 0, COLS_MOST - 1 } }, .type = OPER_HERE }, "the whole sheet");
    give(given, (struct oper){ .here = { 1, { ROWS_MOST - 1, ROWS_MOST - 1, COLS_MOST - 1, COLS_MOST - 1 } }, .type = OPER_HERE }, "XFD1048576");
    give_ref(given, sheet, (struct oper_area){ 4, 4, 3, 3 }, 1, "a cell of the first sheet");
    give_ref(given, sheet, (struct oper_area){ 0, ROWS_MOST - 1, 0, COLS_MOST - 1 }, 1, "all of the first sheet");
    give_ref(given, sheet, (struct oper_area){ 0, 5, 0, 5 }, 2, "two areas");
    give_ref(given, host.desk.pages[host.desk.npages - 1].id, (struct oper_area){ 0, 0, 0, 0 }, 1, "A1 of the last sheet");
    give(given, (struct oper){ .there = { NULL, sheet }, .type = OPER_THERE }, "a sheet without areas");
}

static void
give_back(struct given *given)
{
    for (size_t i = 0; i < given->n; i++) {
        if (given->oper[i].type == OPER_TEXT)
            disown(given->oper[i].text);
        disown(given->areas[i]);
    }
}

/* One call; what came back must be a plain value. */
static void
call_one(const wchar_t *function, int n, struct oper *argument, const char *what)
{
    struct oper before = argument != NULL ? *argument : (struct oper){ .type = OPER_NIL };
    struct oper *result = addin_function(function, n, &argument);
    uint32_t kind = result != NULL ? result->type & OPER_KINDS : 0;
    expect(result != NULL && kind != OPER_HERE && kind != OPER_THERE && kind != OPER_FLOW && kind != OPER_MISSING, "%s(%s) returned type %#x",
           utf8(function), what, (unsigned)kind);
    addin_done(result);
    expect(argument == NULL || memcmp(&before, argument, sizeof before) == 0, "%s(%s) wrote to its argument", utf8(function), what);
}

/* What it computed last may stay, once. */
static void
call_twice(const wchar_t *function, int n, struct oper *argument, const char *what)
{
    call_one(function, n, argument, what);
    size_t live = host.addin.nlive;
    call_one(function, n, argument, what);
    expect(host.addin.nlive == live, "%s(%s) leaves %zd blocks of its memory behind each time", utf8(function), what, host.addin.nlive - live);
}

static void
call_all(void)
{
    static const wchar_t *const functions[] = { FUNCTION_CHECK, FUNCTION_EXPECTED };
    struct given given;
    give_all(&given);
    for (size_t f = 0; f < 2; f++)
        for (size_t i = 0; i < given.n; i++)
            call_twice(functions[f], 1, &given.oper[i], given.what[i]);
    call_twice(FUNCTION_VERDICT, 0, NULL, "");
    give_back(&given);
}

void
run_functions(void)
{
    struct desk was = desk_copy(&host.desk);
    host.caller = (struct oper_area){ 60, 60, 20, 20 };
    host.caller_page = host.desk.pages[host.desk.active].id;
    call_all();
    for (size_t i = 0; i < host.desk.npages; i++)        /* as during a computation of everything */
        for (size_t k = 0; k < host.desk.pages[i].nplaces; k++)
            host.desk.pages[i].places[k].uncalced = true;
    call_all();
    expect(desk_same(&was, &host.desk), "functions changed the workbook");
    desk_close(&host.desk);
    host.desk = was;
}
