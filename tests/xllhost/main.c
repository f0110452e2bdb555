/* SPDX-License-Identifier: MIT */
/* xllhost XLL LIST: plays Excel for the add-in XLL. LIST has a line per workbook: its path, the files with what `nianbao marks` says of it
 * and what functions of cells have to answer, a file of edits and the same two of the workbook with those edits ("-": none),
 * and "faults" when calls shall fail on it too, divided by tabs. Last line: counts. */
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "heap.h"
#include "host.h"
#include "runs.h"
#include "wide.h"

/* "/tmp/x" and "Z:\tmp\x" alike. */
static wchar_t *
windows_path(const char *path)
{
    wchar_t *plain = wide(path), *full = wide_join(*plain == L'/' ? L"Z:" : L"", plain, L"");
    for (wchar_t *c = full; *c != L'\0'; c++)
        if (*c == L'/')
            *c = L'\\';
    disown(plain);
    return full;
}

static void
run_line(char *line)
{
    const char *fields[7] = { line, "-", "-", "-", "-", "-", "-" };
    for (int i = 1; i < 7 && (line = strchr(line, '\t')) != NULL; i++) {
        *line++ = '\0';
        fields[i] = line;
    }
    struct book_case c = { windows_path(fields[0]), fields[1], strcmp(fields[2], "-") != 0 ? fields[2] : NULL, strcmp(fields[3], "-") != 0 ? fields[3] : NULL, fields[4], fields[5],
                           strcmp(fields[6], "faults") == 0 };
    run_workbook(&c);
    disown(c.path);
}

/* A crash is a failure with a place, not a dialog. */
static LONG WINAPI
crashed(EXCEPTION_POINTERS *what)
{
    const char *at = what->ExceptionRecord->ExceptionAddress, *base = (const char *)host.module;
    fail("crash %#lx at %p, %#llx into the add-in", what->ExceptionRecord->ExceptionCode, (const void *)at,
         (unsigned long long)(base != NULL && at > base ? at - base : 0));
    fail_summary();
    TerminateProcess(GetCurrentProcess(), 3);
    return EXCEPTION_EXECUTE_HANDLER;
}

int wmain(int argc, wchar_t **argv);

int
wmain(int argc, wchar_t **argv)
{
    char line[8192];
    if (argc != 3) {
        fputs("xllhost XLL LIST\n", stderr);
        return 2;
    }
    SetUnhandledExceptionFilter(crashed);
    wchar_t *xll = windows_path(utf8(argv[1]));
    FILE *list = _wfopen(argv[2], L"rb");
    scene("loading");
    if (list == NULL)
        give_up("no list");
    if (addin_load(xll)) {
        run_registration();
        while (fgets(line, sizeof line, list) != NULL) {
            line[strcspn(line, "\r\n")] = '\0';
            if (*line != '\0')
                run_line(line);
        }
        scene("closing");
        desk_close(&host.desk);
        addin_unload();
    }
    fclose(list);
    fail_summary();
    return fail_count() == 0 ? 0 : 1;
}
