/* SPDX-License-Identifier: MIT */
/* run_answers: what the functions of cells answer, against what the program says of the same workbook (answers.py); then through a
 * calculation after edits. While it runs, cells still show what they showed: a function registered with '#' reads that and is not called
 * again for it, one without is refused (xlretUncalced) and called again ("xlfRegister (Form 1)"). The calculation after it calls only
 * what is volatile; then every answer has to be the new one. */
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "runs.h"
#include "wide.h"

enum { LINES = 400 };

/* One function in one cell. */
struct asked {
    const wchar_t *function;
    wchar_t *sheet, *told, *answer;
    struct oper_area area;
    bool again;                  /* the next calculation calls it */
};

static bool
read_area(const char *text, struct oper_area *area)
{
    wchar_t *at = wide(text);
    uint32_t row, row2;
    uint16_t col, col2;
    size_t used;
    bool read = cell_of_a1(at, &row, &col, &used);
    row2 = row;
    col2 = col;
    read = read && (at[used] != L':' || cell_of_a1(at + used + 1, &row2, &col2, &used));
    *area = (struct oper_area){ (int32_t)row, (int32_t)row2, col, col2 };
    disown(at);
    return read;
}

static size_t
read_answers(const char *path, struct asked *asked)
{
    char line[4096];
    wchar_t *name = wide(path);
    FILE *file = _wfopen(name, L"rb");
    size_t n = 0;
    disown(name);
    while (file != NULL && n < LINES && fgets(line, sizeof line, file) != NULL) {
        char *fields[4] = { line, "", "", "" };
        line[strcspn(line, "\r\n")] = '\0';
        for (char *at = line, **field = fields + 1; field < fields + 4 && (at = strchr(at, '\t')) != NULL; field++) {
            *at++ = '\0';
            *field = at;
        }
        bool verdict = strcmp(line, "verdict") == 0;
        struct asked one = { .function = verdict ? FUNCTION_VERDICT : strcmp(line, "check") == 0 ? FUNCTION_CHECK : FUNCTION_EXPECTED };
        if (!expect(verdict || read_area(fields[2], &one.area), "an answer without a place"))
            continue;
        one.sheet = wide(verdict ? "" : fields[1]);
        one.told = wide(verdict ? fields[1] : fields[3]);
        asked[n++] = one;
    }
    if (file != NULL)
        fclose(file);
    expect(n > 0, "there are no answers: %s", path);
    return n;
}

static wchar_t *
shown(const struct oper *result)
{
    wchar_t text[64] = L"", *given = taken_text(result);
    double number;
    if (given != NULL)
        return given;
    if (result != NULL && (result->type & OPER_KINDS) == OPER_ERROR)
        return wide_copy(error_text(result->error));
    if (taken_number(result, &number))
        swprintf(text, 64, L"%.15g", number);
    return wide_copy(text);
}

static void
ask(struct asked *asked)
{
    const struct entry *entry = addin_entry(asked->function);
    const struct page *page = *asked->sheet != L'\0' ? desk_page(&host.desk, asked->sheet) : NULL;
    struct oper_areas areas = { 1, { asked->area } };
    struct oper reference = { .there = { &areas, page != NULL ? page->id : 0 }, .type = OPER_THERE }, *argument = &reference;
    host.refused_uncalced = false;
    host.said_volatile = SAID_NOTHING;
    struct oper *result = addin_function(asked->function, page != NULL, &argument);
    asked->answer = wide_take(asked->answer, shown(result));
    addin_done(result);
    bool kept = entry->vol || (entry->macro && entry->nargs > 0);        /* so, unless it says otherwise */
    asked->again = host.refused_uncalced || host.said_volatile == SAID_VOLATILE || (kept && host.said_volatile != SAID_NOT_VOLATILE);
}

/* Is `cell` there as a word of its own? */
static bool
names(const wchar_t *text, const wchar_t *cell)
{
    size_t n = wcslen(cell);
    for (const wchar_t *at = wcsstr(text, cell); at != NULL; at = wcsstr(at + 1, cell))
        if ((at[n] < L'0' || at[n] > L'9') && (at == text || at[-1] < L'A' || at[-1] > L'Z'))
            return true;
    return false;
}

static bool
answers_well(const struct asked *asked)
{
    if (asked->function == FUNCTION_EXPECTED || (asked->function == FUNCTION_VERDICT && wcscmp(asked->told, L"通过") == 0))
        return wcscmp(asked->answer, asked->told) == 0;
    if (asked->function == FUNCTION_VERDICT)
        return wcsncmp(asked->answer, asked->told, wcslen(asked->told)) == 0;
    bool well = (wcscmp(asked->answer, L"平") == 0) == (*asked->told == L'\0');
    wchar_t *cells = wide_copy(asked->told), *next;
    for (wchar_t *cell = cells; *cell != L'\0'; cell = next) {
        next = cell + wcscspn(cell, L",");
        if (*next == L',')
            *next++ = L'\0';
        well &= names(asked->answer, cell);
    }
    disown(cells);
    return well;
}

static void
compare(const struct asked *asked, size_t n)
{
    char address[A1_SIZE];
    for (size_t i = 0; i < n; i++)
        expect(answers_well(&asked[i]), "%s(%s!%s) answers “%s”, not “%s”", utf8(asked[i].function), utf8(asked[i].sheet),
               a1((uint32_t)asked[i].area.row, (uint16_t)asked[i].area.col, address), utf8(asked[i].answer), utf8(asked[i].told));
}

static void
forget(struct asked *asked, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        disown(asked[i].sheet);
        disown(asked[i].told);
        disown(asked[i].answer);
    }
}

void
run_answers(const struct book_case *c, const char *name)
{
    static struct asked asked[LINES];
    struct desk was = desk_copy(&host.desk);
    scene("answers %s", name);
    host.caller = (struct oper_area){ 60, 60, 20, 20 };
    host.caller_page = host.desk.pages[host.desk.active].id;
    size_t n = read_answers(c->answers, asked);
    for (size_t i = 0; i < n; i++)
        ask(&asked[i]);
    compare(asked, n);
    forget(asked, n);
    if (c->edits != NULL) {
        scene("answers after edits %s", name);
        n = read_answers(c->answers_edited, asked);
        edit(c->edits, true);
        for (size_t i = 0; i < n; i++)
            ask(&asked[i]);
        edit(c->edits, false);
        for (size_t i = 0; i < n; i++)
            if (asked[i].again)
                ask(&asked[i]);
        compare(asked, n);
        forget(asked, n);
    }
    desk_close(&host.desk);
    host.desk = was;
}
