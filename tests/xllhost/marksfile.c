/* SPDX-License-Identifier: MIT */
/* marksfile: lines of fields divided by tabs (convert/give/marks.h). Where the findings stand on their sheet, and which colours of Excel's
 * palette pass for red and amber, is known here only. */
#include "marksfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "heap.h"
#include "oper.h"
#include "wide.h"

#define SHEET L"年报校验"

enum { LINES_ROW = 2, WORD_COL = 0, LINK_COL = 1, PLACE_COL = 2, TEXT_COL = 3 };

static const int reds[] = { 3, 22, 38 }, ambers[] = { 6, 36, 40, 44, 45 };

/* -- reading -- */

static wchar_t *
field(char **at)
{
    char *from = *at, *to = from, *start = from;
    for (; *from != '\0' && *from != '\t' && *from != '\n'; from++)
        if (*from == '\\' && from[1] != '\0') {
            from++;
            *to++ = (char)(*from == 't' ? '\t' : *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from);
        }
        else
            *to++ = *from;
    *at = from + (*from == '\t');
    char end = *to;
    *to = '\0';
    wchar_t *text = wide(start);
    *to = to == from ? end : '\0';
    return text;
}

static void
read_line(struct told_all *all, char *at)
{
    struct told told = { .kind = TOLD_MARK };
    size_t used;
    wchar_t *kind = field(&at), *severity = NULL;
    if (wcscmp(kind, L"verdict") == 0) {
        wchar_t *code = field(&at);
        all->readable = wcscmp(code, L"unreadable") != 0;
        disown(code);
        all->verdict = field(&at);
    }
    else if (wcscmp(kind, L"unfilled") == 0)
        all->unfilled = (unsigned)atoi(at);
    else if (wcscmp(kind, L"mark") == 0 || wcscmp(kind, L"line") == 0 || wcscmp(kind, L"fill") == 0) {
        told.kind = *kind == L'm' ? TOLD_MARK : *kind == L'l' ? TOLD_LINE : TOLD_FILL;
        severity = told.kind != TOLD_FILL ? field(&at) : NULL;
        told.error = severity != NULL && wcscmp(severity, L"error") == 0;
        told.word = told.kind == TOLD_LINE ? field(&at) : NULL;
        told.sheet = field(&at);
        wchar_t *cell = field(&at);
        if (*cell != L'\0' && !cell_of_a1(cell, &told.row, &told.col, &used))
            give_up("a marks file with a bad cell");
        disown(cell);
        told.place = told.kind == TOLD_LINE ? field(&at) : NULL;
        told.text = field(&at);
        all->told = own_resize(all->told, (all->n + 1) * sizeof *all->told);
        all->told[all->n++] = told;
    }
    disown(severity);
    disown(kind);
}

bool
told_read(struct told_all *all, const char *path)
{
    wchar_t *name = wide(path);
    FILE *file = _wfopen(name, L"rb");
    disown(name);
    *all = (struct told_all){ .verdict = NULL };
    if (file == NULL)
        return false;
    char *bytes = own(1 << 22);
    size_t n = fread(bytes, 1, (1 << 22) - 1, file);
    fclose(file);
    for (char *line = bytes, *next; line < bytes + n; line = next) {
        char *end = memchr(line, '\n', (size_t)(bytes + n - line));
        next = end != NULL ? end + 1 : bytes + n;
        if (end != NULL)
            *end = '\0';
        read_line(all, line);
    }
    disown(bytes);
    return all->verdict != NULL;
}

void
told_free(struct told_all *all)
{
    for (size_t i = 0; i < all->n; i++) {
        disown(all->told[i].word);
        disown(all->told[i].sheet);
        disown(all->told[i].place);
        disown(all->told[i].text);
    }
    disown(all->told);
    disown(all->verdict);
}

const struct told *
told_first(const struct told_all *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->told[i].kind == TOLD_LINE && *all->told[i].sheet != L'\0')
            return &all->told[i];
    return NULL;
}

/* -- marks -- */

static bool
among(int colour, const int *colours, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (colours[i] == colour)
            return true;
    return false;
}

static const struct told *
mark_of(const struct told_all *all, const struct page *page, uint32_t row, uint16_t col)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->told[i].kind == TOLD_MARK && all->told[i].row == row && all->told[i].col == col && wide_same(all->told[i].sheet, page->name))
            return &all->told[i];
    return NULL;
}

static void
compare_mark(const struct told *told, struct desk *was, struct desk *is)
{
    struct page *page = desk_page(is, told->sheet), *before = desk_page(was, told->sheet);
    const struct place *place = page != NULL ? page_look(page, told->row, told->col) : NULL;
    const struct place *old = before != NULL ? page_look(before, told->row, told->col) : NULL;
    char address[A1_SIZE];
    a1(told->row, told->col, address);
    if (!expect(place != NULL, "%s!%s is not marked", utf8(told->sheet), address))
        return;
    if (before->hidden || (before->locked && !before->formats_allowed))
        return;
    bool red = place->look.pattern == 1 && among(place->look.back, reds, 3), amber = place->look.pattern == 1 && among(place->look.back, ambers, 5);
    expect(told->error ? red : amber, "%s!%s has the fill %d,%d,%d, is an %s", utf8(told->sheet), address, place->look.pattern, place->look.fore,
           place->look.back, told->error ? "error" : "warning");
    if (*told->text != L'\0' && !before->locked)
        expect(place->note != NULL && wcsstr(place->note, told->text) != NULL, "%s!%s has the note “%s”, not “%s”", utf8(told->sheet), address,
               utf8(place->note), utf8(told->text));
    if (old != NULL && old->note != NULL)
        expect(place->note != NULL && wcslen(place->note) >= wcslen(old->note) && wcscmp(place->note + wcslen(place->note) - wcslen(old->note), old->note) == 0,
               "%s!%s: the note of the user is gone: “%s”", utf8(told->sheet), address, utf8(place->note));
}

/* All that is no mark is as it was. */
static void
compare_rest(const struct told_all *all, struct desk *was, struct desk *is)
{
    struct desk masked = desk_copy(is);
    struct page *list = desk_page(&masked, SHEET);
    if (list != NULL)
        desk_remove(&masked, list);
    for (size_t i = 0; i < masked.npages; i++) {
        struct page *before = desk_page(was, masked.pages[i].name);
        for (size_t k = 0; before != NULL && k < masked.pages[i].nplaces; k++) {
            struct place *place = &masked.pages[i].places[k];
            const struct area *merge = NULL;
            for (size_t m = 0; m < before->nmerges && merge == NULL; m++)
                if (place->row >= before->merges[m].row && place->row <= before->merges[m].row2 && place->col >= before->merges[m].col && place->col <= before->merges[m].col2)
                    merge = &before->merges[m];
            if (mark_of(all, before, place->row, place->col) == NULL && (merge == NULL || mark_of(all, before, merge->row, merge->col) == NULL))
                continue;
            const struct place *old = page_look(before, place->row, place->col);
            place->look = old != NULL ? old->look : (struct look){ 0, 0, 0 };
            place->note = wide_take(place->note, old != NULL ? wide_copy(old->note) : NULL);
        }
    }
    struct desk before = desk_copy(was);
    if ((list = desk_page(&before, SHEET)) != NULL)
        desk_remove(&before, list);
    expect(desk_same(&before, &masked), "more was changed than marks");
    desk_close(&before);
    desk_close(&masked);
}

/* -- findings -- */

static const wchar_t *
text_at(const struct page *page, uint32_t row, uint16_t col)
{
    const struct place *place = page_look(page, row, col);
    return place != NULL && place->held == HELD_TEXT ? place->text : L"";
}

/* With quotes doubled, those of the name and those of the formula. */
static wchar_t *
doubled(const wchar_t *name)
{
    wchar_t *out = wide_join(L"", L"", L"");
    for (; *name != L'\0'; name++)
        out = wide_take(out, wide_join(out, (wchar_t[]){ *name, L'\0' }, *name == L'\'' ? L"'" : *name == L'"' ? L"\"" : L""));
    return out;
}

/* Does the link lead to the cell? #'甲 乙'!C5 or #甲!C5 */
static bool
leads_to(const wchar_t *formula, const struct told *told)
{
    char address[A1_SIZE];
    wchar_t *cell = wide(a1(told->row, told->col, address));
    wchar_t *name = doubled(told->sheet), *plain = wide_join(told->sheet, L"!", cell), *quoted = wide_join(L"'", name, L"'!");
    quoted = wide_take(quoted, wide_join(quoted, cell, L"\""));
    plain = wide_take(plain, wide_join(L"#", plain, L"\""));
    bool leads = formula != NULL && (wcsstr(formula, plain) != NULL || wcsstr(formula, quoted) != NULL);
    disown(name);
    disown(cell);
    disown(plain);
    disown(quoted);
    return leads;
}

static void
compare_lines(const struct told_all *all, struct desk *is)
{
    const struct page *page = desk_page(is, SHEET);
    uint32_t row = LINES_ROW;
    if (!expect(page != NULL && !page->hidden, "there is no sheet of the findings"))
        return;
    for (size_t i = 0; i < all->n; i++) {
        const struct told *told = &all->told[i];
        if (told->kind != TOLD_LINE)
            continue;
        const struct place *link = page_look(page, row, LINK_COL);
        expect(wide_same(text_at(page, row, WORD_COL), told->word), "line %u has the severity “%s”, not “%s”", row, utf8(text_at(page, row, WORD_COL)), utf8(told->word));
        expect(wide_same(text_at(page, row, TEXT_COL), told->text), "line %u says “%s”, not “%s”", row, utf8(text_at(page, row, TEXT_COL)), utf8(told->text));
        expect(wide_same(text_at(page, row, PLACE_COL), told->place), "line %u has the place “%s”, not “%s”", row, utf8(text_at(page, row, PLACE_COL)), utf8(told->place));
        if (*told->sheet != L'\0')
            expect(link != NULL && leads_to(link->formula, told), "line %u leads to %s", row, utf8(link != NULL ? link->formula : NULL));
        row++;
    }
    expect(*text_at(page, row, TEXT_COL) == L'\0', "there is a finding too many: “%s”", utf8(text_at(page, row, TEXT_COL)));
    bool said = false;
    for (uint32_t r = 0; r < LINES_ROW; r++)
        said |= wcsstr(text_at(page, r, 0), all->verdict) != NULL;
    expect(said, "the verdict is not on the sheet of the findings: “%s”", utf8(text_at(page, 0, 0)));
}

static void
compare_selection(const struct told_all *all, struct desk *is)
{
    const struct told *first = told_first(all);
    const struct page *page = desk_page_id(is, 0), *target = first != NULL ? desk_page(is, first->sheet) : NULL;
    if (target != NULL && !target->hidden)
        expect(page == target && first->row >= page->selected.row && first->row <= page->selected.row2 && first->col >= page->selected.col
               && first->col <= page->selected.col2, "selected is %s row %u column %u", utf8(page->name), page->selected.row + 1, page->selected.col + 1u);
}

void
told_compare(const struct told_all *all, struct desk *was, struct desk *is)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->told[i].kind == TOLD_MARK)
            compare_mark(&all->told[i], was, is);
    compare_rest(all, was, is);
    compare_lines(all, is);
    compare_selection(all, is);
}

void
told_compare_fills(const struct told_all *all, struct desk *was, struct desk *is)
{
    struct desk rest = desk_copy(is);
    struct page *list = desk_page(&rest, SHEET);
    if (list != NULL && desk_page(was, SHEET) == NULL)
        desk_remove(&rest, list);
    for (size_t i = 0; i < all->n; i++) {
        const struct told *told = &all->told[i];
        if (told->kind != TOLD_FILL)
            continue;
        struct page *page = desk_page(&rest, told->sheet), *before = desk_page(was, told->sheet);
        char address[A1_SIZE];
        a1(told->row, told->col, address);
        if (page == NULL || before->locked)
            continue;
        struct place *place = page_place(page, told->row, told->col);
        const struct place *old = page_look(before, told->row, told->col);
        expect(wide_same(place->formula, told->text), "%s!%s is =%s, not =%s", utf8(told->sheet), address, utf8(place->formula), utf8(told->text));
        place_set(place, old != NULL ? old->held : HELD_NOTHING, old != NULL ? old->number : 0, old != NULL ? old->text : NULL);
    }
    expect(desk_same(was, &rest), "more was changed than blank totals");
    desk_close(&rest);
}
