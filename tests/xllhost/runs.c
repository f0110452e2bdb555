/* SPDX-License-Identifier: MIT */
/* runs: the commands on one workbook. Before that, some cells get fills and notes of a user, so that there is something to lose. */
#include "runs.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

const wchar_t COMMAND_CHECK[] = L"校验", COMMAND_FILL[] = L"填充合计", COMMAND_EXPORT[] = L"导出校验版", COMMAND_CLEAR[] = L"清除标记", COMMAND_ABOUT[] = L"关于";
const wchar_t FUNCTION_CHECK[] = L"NB.CHECK", FUNCTION_VERDICT[] = L"NB.VERDICT", FUNCTION_EXPECTED[] = L"NB.EXPECTED";

void
run_registration(void)
{
    static const wchar_t *const commands[] = { COMMAND_CHECK, COMMAND_FILL, COMMAND_EXPORT, COMMAND_CLEAR, COMMAND_ABOUT };
    static const wchar_t *const functions[] = { FUNCTION_CHECK, FUNCTION_VERDICT, FUNCTION_EXPECTED };
    scene("registration");
    expect(host.menu != NULL && wcscmp(host.menu, L"年报") == 0, "the menu is “%s”", utf8(host.menu));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        bool there = false;
        for (size_t k = 0; k < host.nitems; k++)
            there |= wcsncmp(host.items[k].text, commands[i], wcslen(commands[i])) == 0;
        expect(there, "the menu has no “%s”", utf8(commands[i]));
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const struct entry *entry = addin_entry(functions[i]);
        expect(entry != NULL && !entry->command, "%s is not registered", utf8(functions[i]));
        expect(entry != NULL && entry->macro && entry->vol, "%s is registered as “%s”: may not ask, or keeps an old answer", utf8(functions[i]),
               utf8(entry != NULL ? entry->types : NULL));
    }
}

/* -- a user's fills and notes -- */

static void
give_note(struct page *page, uint32_t row, uint16_t col, unsigned seed)
{
    static const wchar_t *const pieces[] = { L"核对过", L"见附件\n第二行", L"𠀀𫝆emoji📊", L"=SUM(A1)", L"年报校验" };
    wchar_t *note = wide("");
    for (unsigned i = 0; i <= seed % 5 * 40; i++)
        note = wide_take(note, wide_join(note, pieces[(seed + i) % 5], L" "));
    page_place(page, row, col)->note = note;
}

static void
give_look(struct page *page, uint32_t row, uint16_t col, unsigned seed)
{
    static const struct look looks[] = { { 1, 0, 36 }, { 1, 0, 3 }, { 4, 5, 40 }, { 17, 0, 0 }, { 1, 2, 44 }, { 1, 38, 38 } };
    struct area area = page_grown(page, (struct area){ row, row, col, col });
    for (uint32_t r = area.row; r <= area.row2; r++)
        for (uint16_t c = area.col; c <= area.col2; c++)
            page_place(page, r, c)->look = looks[seed % 6];
}

/* On cells that will be marked, and on their neighbours. */
static void
decorate(const struct told_all *told)
{
    for (unsigned i = 0; i < told->n; i++) {
        struct page *page = told->told[i].kind == TOLD_MARK ? desk_page(&host.desk, told->told[i].sheet) : NULL;
        if (page == NULL)
            continue;
        if (i % 2 == 0)
            give_look(page, told->told[i].row, told->told[i].col, i);
        if (i % 3 == 0)
            give_note(page, told->told[i].row, told->told[i].col, i);
        if (i % 5 == 0)
            give_note(page, told->told[i].row + 1, told->told[i].col, i);
    }
    struct page *first = desk_page_id(&host.desk, 0);
    give_look(first, 0, 0, 2);
    give_note(first, 0, 0, 1);
}

/* -- as after saving and opening again: other ids, nothing selected -- */

static void
reopen(void)
{
    for (size_t i = 0; i < host.desk.npages; i++) {
        host.desk.pages[i].id += 1000;
        host.desk.pages[i].selected = (struct area){ 0, 0, 0, 0 };
        for (size_t k = 0; k < host.desk.pages[i].nplaces; k++)
            host.desk.pages[i].places[k].entered = false;
    }
    host.desk.next_id += 1000;
}

/* -- edits: "sheet TAB cell TAB number or text" -- */

void
edit(const char *path, bool only_wait)
{
    char line[4096];
    wchar_t *name = wide(path);
    FILE *file = _wfopen(name, L"rb");
    disown(name);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char *cell = strchr(line, '\t'), *value = cell != NULL ? strchr(cell + 1, '\t') : NULL;
        uint32_t row;
        uint16_t col;
        size_t used;
        double number;
        if (value == NULL)
            continue;
        *cell++ = *value++ = '\0';
        value[strcspn(value, "\r\n")] = '\0';
        wchar_t *sheet = wide(line), *at = wide(cell), *text = wide(value);
        struct page *page = desk_page(&host.desk, sheet);
        if (expect(page != NULL && cell_of_a1(at, &row, &col, &used), "an edit of %s!%s", line, cell)) {
            bool numeric = sscanf(value, "%lf", &number) == 1;
            if (only_wait)
                page_place(page, row, col)->uncalced = true;
            else
                place_set(page_place(page, row, col), numeric ? HELD_NUMBER : HELD_TEXT, numeric ? number : 0, numeric ? NULL : text);
        }
        disown(sheet);
        disown(at);
        disown(text);
    }
    expect(file != NULL, "there are no edits");
    if (file != NULL)
        fclose(file);
}

static bool
has_uncalced(void)
{
    for (size_t i = 0; i < host.desk.npages; i++)
        for (size_t k = 0; k < host.desk.pages[i].nplaces; k++)
            if (host.desk.pages[i].places[k].uncalced)
                return true;
    return false;
}

/* -- the commands -- */

static void
run_check(const struct told_all *told, const char *name)
{
    struct desk was = desk_copy(&host.desk);
    scene("校验 %s", name);
    addin_command(COMMAND_CHECK);
    if (told->comparable)
        told_compare(told, &was, &host.desk);
    struct desk once = desk_copy(&host.desk);
    scene("校验 twice %s", name);
    addin_command(COMMAND_CHECK);
    expect(desk_same(&once, &host.desk), "a second 校验 gives something else");
    scene("清除标记 after reopening %s", name);
    reopen();
    addin_command(COMMAND_CLEAR);
    expect(desk_same(&was, &host.desk), "清除标记 leaves traces");
    scene("清除标记 twice %s", name);
    addin_command(COMMAND_CLEAR);
    expect(desk_same(&was, &host.desk), "清除标记 of nothing changes something");
    desk_close(&once);
    desk_close(&was);
}

static void
run_fill(const struct told_all *told, const char *name)
{
    struct desk was = desk_copy(&host.desk);
    scene("填充合计 %s", name);
    addin_command(COMMAND_FILL);
    told_compare_fills(told, &was, &host.desk);
    scene("填充合计 twice %s", name);
    struct desk filled = desk_copy(&host.desk);
    addin_command(COMMAND_FILL);
    expect(desk_same(&filled, &host.desk), "a second 填充合计 changes something");
    desk_close(&filled);
    desk_close(&host.desk);
    host.desk = was;
}

static void
run_edits(const struct book_case *c, const char *name)
{
    struct told_all told;
    scene("校验 of edits %s", name);
    if (c->edits == NULL || !expect(told_read(&told, c->marks_edited), "there are no marks"))
        return;
    struct desk kept = desk_copy(&host.desk);
    addin_command(COMMAND_CHECK);
    edit(c->edits, false);
    struct desk was = desk_copy(&kept), is = host.desk;
    host.desk = was;
    edit(c->edits, false);
    was = host.desk;
    host.desk = is;
    addin_command(COMMAND_CHECK);
    told_compare(&told, &was, &host.desk);
    addin_command(COMMAND_CLEAR);
    expect(desk_same(&was, &host.desk), "清除标记 after edits leaves traces, or takes them back");
    told_free(&told);
    desk_close(&was);
    desk_close(&host.desk);
    host.desk = kept;
}

static void
run_others(const char *name)
{
    struct desk was = desk_copy(&host.desk);
    scene("导出校验版 %s", name);
    int alerts = host.alerts;
    addin_command(COMMAND_EXPORT);
    expect(host.alerts == alerts + 1, "导出校验版 says nothing");
    expect(desk_same(&was, &host.desk), "导出校验版 changes the workbook");
    scene("关于 %s", name);
    alerts = host.alerts;
    addin_command(COMMAND_ABOUT);
    expect(host.alerts == alerts + 1, "关于 says nothing");
    desk_close(&was);
}

static void
lock(bool locked, bool formats_allowed)
{
    for (size_t i = 0; i < host.desk.npages; i++) {
        host.desk.pages[i].locked = locked;
        host.desk.pages[i].formats_allowed = formats_allowed;
    }
}

/* Sheets on which cells may be formatted, as those of our template: fills, no notes, and it is said. */
static void
run_half_locked(const struct told_all *told, const char *name)
{
    bool notes = false;
    scene("locked sheets that allow fills %s", name);
    lock(true, true);
    struct desk was = desk_copy(&host.desk);
    addin_command(COMMAND_CHECK);
    told_compare(told, &was, &host.desk);
    for (size_t i = 0; i < told->n; i++) {
        const struct page *page = told->told[i].kind == TOLD_MARK ? desk_page(&host.desk, told->told[i].sheet) : NULL;
        notes |= page != NULL && !page->hidden && *told->told[i].text != L'\0';
    }
    expect((wcsstr(host.alert, L"没有加批注") != NULL) == notes, "what could not be noted is told as “%s”", utf8(host.alert));
    addin_command(COMMAND_CLEAR);
    expect(desk_same(&was, &host.desk), "清除标记 leaves traces");
    lock(false, false);
    desk_close(&was);
}

/* Sheets that are locked, and a workbook whose structure is: nothing breaks, nothing is half done. */
static void
run_locked(const struct told_all *told, const char *name)
{
    if (told->comparable)
        run_half_locked(told, name);
    struct desk was = desk_copy(&host.desk);
    scene("locked sheets %s", name);
    lock(true, false);
    addin_command(COMMAND_CHECK);
    addin_command(COMMAND_FILL);
    addin_command(COMMAND_CLEAR);
    lock(false, false);
    expect(desk_same(&was, &host.desk), "commands on locked sheets leave traces");
    scene("locked workbook %s", name);
    host.desk.structure_locked = true;
    addin_command(COMMAND_CHECK);
    addin_command(COMMAND_CLEAR);
    host.desk.structure_locked = false;
    expect(desk_same(&was, &host.desk), "commands in a locked workbook leave traces");
    desk_close(&was);
}

/* A sheet of the name of ours that somebody else has made stays. */
static void
run_taken(const char *name)
{
    struct desk kept = desk_copy(&host.desk);
    scene("a sheet 年报校验 of somebody else's %s", name);
    struct page *page = desk_insert(&host.desk);
    page->name = wide_take(page->name, wide_copy(L"年报校验"));
    place_set(page_place(page, 0, 0), HELD_TEXT, 0, L"我自己的");
    struct desk was = desk_copy(&host.desk);
    addin_command(COMMAND_CHECK);
    expect(wcsstr(host.alert, L"不是在这里生成的") != NULL, "it is told as “%s”", utf8(host.alert));
    addin_command(COMMAND_CLEAR);
    expect(wcsstr(host.alert, L"不是在这里生成的") != NULL, "it is told as “%s”", utf8(host.alert));
    expect(desk_same(&was, &host.desk), "something is changed");
    desk_close(&was);
    desk_close(&host.desk);
    host.desk = kept;
}

void
run_workbook(const struct book_case *c)
{
    struct told_all told;
    char name[512];
    snprintf(name, sizeof name, "%s", utf8(wcsrchr(c->path, L'\\') + 1));
    scene("opening %s", name);
    desk_close(&host.desk);
    if (!expect(told_read(&told, c->marks), "there are no marks: %s", c->marks) || !expect(desk_open(&host.desk, c->path), "cannot be read"))
        return;
    addin_command(COMMAND_ABOUT);
    host.warm = true;
    run_others(name);
    decorate(&told);
    /* in Excel every formula has a value */
    told.comparable = told.readable && !has_uncalced();
    run_check(&told, name);
    if (told.comparable) {
        run_fill(&told, name);
        run_edits(c, name);
        run_taken(name);
    }
    run_locked(&told, name);
    scene("functions %s", name);
    run_functions();
    if (told.comparable && c->answers != NULL)
        run_answers(c, name);
    if (c->faults)
        run_faults(name);
    told_free(&told);
}
