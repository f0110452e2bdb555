/* SPDX-License-Identifier: MIT */
/* play_commands: what only a command may do: select, colour, note, enter, sheets, alerts; argument order and refusals as in the Excel 4
 * macro function reference. What Excel would do to nobody's benefit (a dialog over a deletion, text cut at 255) is a failure. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

static int
done(struct oper *res)
{
    give_boolean(res, true);
    return RET_SUCCESS;
}

/* A number that may be left out. False: something else is there. */
static bool
number_at(int n, struct oper **args, int i, double *number)
{
    return i >= n || missing(args[i]) || taken_number(args[i], number);
}

/* -- selecting -- */

static bool
select_area(struct page *page, struct oper_area area)
{
    if (page == NULL || page->hidden)
        return false;
    struct area plain = { (uint32_t)area.row, (uint32_t)area.row2, (uint16_t)area.col, (uint16_t)area.col2 };
    page->selected = page_grown(page, plain);
    return true;
}

int
call_select(int n, struct oper **args, struct oper *res)
{
    struct oper_area area;
    struct page *page = n > 0 ? taken_area(args[0], &area) : NULL;
    if (page == NULL || page != desk_page_id(&host.desk, 0) || !select_area(page, area))
        return RET_FAILED;
    return done(res);
}

int
call_formula_goto(int n, struct oper **args, struct oper *res)
{
    struct oper_area area;
    struct page *page = n > 0 ? taken_area(args[0], &area) : NULL;
    if (page == NULL || !select_area(page, area))
        return RET_FAILED;
    host.desk.active = (size_t)(page - host.desk.pages);
    return done(res);
}

/* -- how cells look -- */

int
call_patterns(int n, struct oper **args, struct oper *res)
{
    struct page *page = desk_page_id(&host.desk, 0);
    double pattern = 1, fore = 0, back = 0, new_colours = 1;
    if (!number_at(n, args, 0, &pattern) || !number_at(n, args, 1, &fore) || !number_at(n, args, 2, &back) || !number_at(n, args, 3, &new_colours)
        || pattern < 0 || pattern > 18 || fore < 0 || fore > 56 || back < 0 || back > 56 || (page->locked && !page->formats_allowed))
        return RET_FAILED;
    bool swap = pattern == 1 && new_colours == 0;
    struct look look = { (int)pattern, (int)(swap ? back : fore), (int)(swap ? fore : back) };
    if (pattern == 0)
        look = (struct look){ 0, 0, 0 };
    for (uint32_t row = page->selected.row; row <= page->selected.row2; row++)
        for (uint16_t col = page->selected.col; col <= page->selected.col2; col++)
            page_place(page, row, col)->look = look;
    return done(res);
}

int
call_column_width(int n, struct oper **args, struct oper *res)
{
    struct page *page = desk_page_id(&host.desk, 0);
    struct oper_area area = { 0, 0, page->selected.col, page->selected.col2 };
    double width = 0, type = 0;
    wchar_t *text = n > 1 ? taken_text(args[1]) : NULL;
    bool text_given = text != NULL;
    int first, last;
    if (text_given && swscanf(text, L"C%d:C%d", &first, &last) == 2)
        area = (struct oper_area){ 0, 0, first - 1, last - 1 };
    disown(text);
    if (!number_at(n, args, 0, &width) || !number_at(n, args, 3, &type)
        || (!text_given && n > 1 && !missing(args[1]) && taken_area(args[1], &area) != page))
        return RET_FAILED;
    if (!expect(type == 1 || type == 2 || type == 3 || (width >= 0 && width <= 255), "COLUMN.WIDTH(%g, , , %g)", width, type))
        return RET_FAILED;
    for (int32_t col = area.col; col <= area.col2 && page->nnarrow < 64; col++) {
        page->narrow[page->nnarrow].col = (uint16_t)col;
        page->narrow[page->nnarrow++].hidden = type == 1 || (type == 0 && width == 0);
    }
    return done(res);
}

int call_alignment(int n, struct oper **args, struct oper *res) { (void)n, (void)args; return done(res); }
int call_format_font(int n, struct oper **args, struct oper *res) { (void)n, (void)args; return done(res); }

int
call_format_number(int n, struct oper **args, struct oper *res)
{
    (void)n;
    struct page *page = desk_page_id(&host.desk, 0);
    wchar_t *format = taken_text(args[0]);
    if (format == NULL || (page->selected.row2 - page->selected.row) > 10000)
        return RET_FAILED;
    for (uint32_t row = page->selected.row; row <= page->selected.row2; row++)
        for (uint16_t col = page->selected.col; col <= page->selected.col2; col++) {
            struct place *place = page_place(page, row, col);
            place->format = wide_take(place->format, wide_copy(format));
        }
    disown(format);
    return done(res);
}

int
call_clear(int n, struct oper **args, struct oper *res)
{
    struct page *page = desk_page_id(&host.desk, 0);
    double type = 3;
    if (!number_at(n, args, 0, &type) || page->locked)
        return RET_FAILED;
    for (size_t i = 0; i < page->nplaces; i++) {
        struct place *place = &page->places[i];
        if (place->row < page->selected.row || place->row > page->selected.row2 || place->col < page->selected.col || place->col > page->selected.col2)
            continue;
        if (type == 1 || type == 3)
            place_set(place, HELD_NOTHING, 0, NULL);
        if (type == 1 || type == 2)
            place->look = (struct look){ 0, 0, 0 };
        if (type == 1 || type == 4)
            place->note = wide_take(place->note, NULL);
    }
    return done(res);
}

/* -- notes and contents -- */

int
call_note(int n, struct oper **args, struct oper *res)
{
    struct page *page = desk_page_id(&host.desk, 0);
    struct oper_area area = { (int32_t)page->selected.row, 0, page->selected.col, 0 };
    double start = 1, count = -1;
    if ((n > 1 && !missing(args[1]) && (page = taken_area(args[1], &area)) == NULL) || page->locked
        || !number_at(n, args, 2, &start) || !number_at(n, args, 3, &count))
        return RET_FAILED;
    wchar_t *text = n > 0 && !missing(args[0]) ? taken_text(args[0]) : wide("");
    if (text == NULL)
        return RET_FAILED;
    struct place *place = page_place(page, (uint32_t)area.row, (uint16_t)area.col);
    const wchar_t *old = place->note != NULL ? place->note : L"";
    size_t length = wcslen(old), from = (size_t)start - 1 < length ? (size_t)start - 1 : length;
    size_t gone = count < 0 || (size_t)count > length - from ? length - from : (size_t)count;
    bool fits = expect(wcslen(text) <= 255 && start >= 1, "NOTE with %zu characters at %g", wcslen(text), start);
    if (fits) {
        wchar_t *before = wide_n(old, from);
        place->note = wide_take(place->note, wide_join(before, text, old + from + gone));
        disown(before);
        if (*place->note == L'\0')
            place->note = wide_take(place->note, NULL);
        give_number(res, (double)(from + wcslen(text)));
    }
    disown(text);
    return fits ? RET_SUCCESS : RET_FAILED;
}

/* Text as if typed. */
static bool
enter(struct place *place, const wchar_t *text)
{
    wchar_t *end;
    double number = wcstod(text, &end);
    if (*text == L'=') {
        wchar_t *a1 = formula_to_a1(text + 1, place->row, place->col);
        if (!expect(a1 != NULL, "FORMULA with a reference in A1 notation: %s", utf8(text)))
            return false;
        place_set(place, HELD_NUMBER, 0, NULL);
        place->formula = a1;
        place->entered = true;
        desk_recalc(&host.desk);
    }
    else if (*text != L'\0' && *end == L'\0')
        place_set(place, HELD_NUMBER, number, NULL);
    else
        place_set(place, *text != L'\0' ? HELD_TEXT : HELD_NOTHING, 0, *text != L'\0' ? text : NULL);
    return true;
}

int
call_formula(int n, struct oper **args, struct oper *res)
{
    struct page *page = desk_page_id(&host.desk, 0);
    struct oper_area area = { (int32_t)page->selected.row, 0, page->selected.col, 0 };
    double number;
    if ((n > 1 && !missing(args[1]) && (page = taken_area(args[1], &area)) == NULL) || page->locked)
        return RET_FAILED;
    wchar_t *text = taken_text(args[0]);
    struct place *place = page_place(page, (uint32_t)area.row, (uint16_t)area.col);
    bool entered = text != NULL ? enter(place, text) : taken_number(args[0], &number);
    if (text == NULL && entered)
        place_set(place, HELD_NUMBER, number, NULL);
    if (text != NULL && wcslen(text) > 8192)
        fail("FORMULA with %zu characters", wcslen(text));
    disown(text);
    return entered ? done(res) : RET_FAILED;
}

/* -- sheets -- */

/* The sheet that an argument names, or the active one when it is left out. */
static struct page *
page_at(int n, struct oper **args, int i)
{
    if (i >= n || missing(args[i]))
        return desk_page_id(&host.desk, 0);
    wchar_t *name = taken_text((args[i]->type & OPER_KINDS) == OPER_MANY ? &args[i]->many.items[0] : args[i]);
    struct page *page = name != NULL ? taken_page(name) : NULL;
    disown(name);
    return page;
}

int
call_workbook_select(int n, struct oper **args, struct oper *res)
{
    const struct page *page = page_at(n, args, n > 1 && !missing(args[1]) ? 1 : 0);
    if (page == NULL || page->hidden)
        return RET_FAILED;
    host.desk.active = (size_t)(page - host.desk.pages);
    return done(res);
}

int
call_workbook_activate(int n, struct oper **args, struct oper *res)
{
    return call_workbook_select(n > 1 ? 1 : n, args, res);
}

int
call_workbook_insert(int n, struct oper **args, struct oper *res)
{
    double type = 1;
    if (!number_at(n, args, 0, &type) || type != 1 || host.desk.structure_locked)
        return RET_FAILED;
    desk_insert(&host.desk);
    return done(res);
}

static size_t
visible(void)
{
    size_t count = 0;
    for (size_t i = 0; i < host.desk.npages; i++)
        count += !host.desk.pages[i].hidden;
    return count;
}

int
call_workbook_hide(int n, struct oper **args, struct oper *res)
{
    struct page *page = page_at(n, args, 0);
    if (page == NULL || host.desk.structure_locked || (visible() == 1 && !page->hidden))
        return RET_FAILED;
    page->hidden = true;
    for (size_t k = 0; k < host.desk.npages && host.desk.pages[host.desk.active].hidden; k++)
        host.desk.active = (host.desk.active + 1) % host.desk.npages;
    return done(res);
}

int
call_workbook_unhide(int n, struct oper **args, struct oper *res)
{
    struct page *page = page_at(n, args, 0);
    if (page == NULL || host.desk.structure_locked)
        return RET_FAILED;
    page->hidden = false;
    return done(res);
}

int
call_workbook_delete(int n, struct oper **args, struct oper *res)
{
    struct page *page = page_at(n, args, 0);
    if (page == NULL || host.desk.structure_locked || (visible() == 1 && !page->hidden))
        return RET_FAILED;
    expect(host.errors_off || host.troubled, "WORKBOOK.DELETE asks for confirmation unless ERROR(FALSE)");
    desk_remove(&host.desk, page);
    return done(res);
}

int
call_workbook_name(int n, struct oper **args, struct oper *res)
{
    struct page *page = page_at(n, args, 0);
    wchar_t *name = taken_text(args[1]);
    bool good = page != NULL && name != NULL && desk_page(&host.desk, name) == NULL && wcslen(name) >= 1 && wcslen(name) <= 31
                && wcspbrk(name, L":\\/?*[]") == NULL && !host.desk.structure_locked;
    if (good)
        page->name = wide_take(page->name, wide_copy(name));
    disown(name);
    return good ? done(res) : RET_FAILED;
}

/* -- talking -- */

int
call_alert(int n, struct oper **args, struct oper *res)
{
    double type = 2;
    wchar_t *text = taken_text(args[0]);
    if (text == NULL || !number_at(n, args, 1, &type) || type < 1 || type > 3)
        return RET_FAILED;
    expect(wcslen(text) <= 255, "ALERT with %zu characters", wcslen(text));
    host.alert = wide_take(host.alert, text);
    host.alerts++;
    return done(res);
}

int
call_message(int n, struct oper **args, struct oper *res)
{
    double on = 0;
    if (!number_at(n, args, 0, &on))
        return RET_FAILED;
    host.status_text = on != 0;
    return done(res);
}

int
call_echo(int n, struct oper **args, struct oper *res)
{
    double on = host.screen_off;
    if (!number_at(n, args, 0, &on))
        return RET_FAILED;
    host.screen_off = on == 0;
    return done(res);
}

int
call_error(int n, struct oper **args, struct oper *res)
{
    double on = 1;
    if (!number_at(n, args, 0, &on))
        return RET_FAILED;
    host.errors_off = on == 0;
    return done(res);
}
