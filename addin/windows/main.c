/* SPDX-License-Identifier: MIT */
/* main: the door on Windows. The words of the command line become UTF-8 with '/' between folders; then it is the same program.
 * Started by a drop or a double click (the console is ours alone and shows our output), it speaks by windows. NIANBAO_CONSOLE=1
 * keeps to the console, NIANBAO_CONSOLE=0 to windows. Of this system alone are --install and --uninstall, which say nothing with
 * --silent or, as installers have it, /S, and leave Excel alone with --no-addin; and --gather (gather.c). */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "desktop.h"
#include "gather.h"
#include "install.h"
#include "limits.h"

/* Behind our headers: its FILE_UNKNOWN is a macro. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

int _dowildcard = -1;                   /* of the C library's start: "*.xlsx" becomes the files */
int wmain(int argc, wchar_t **wide);

/* From malloc. */
static char *
word(const wchar_t *wide)
{
    int n = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *out = n > 0 ? malloc((size_t)n) : NULL;
    if (out == NULL)
        return NULL;
    WideCharToMultiByte(CP_UTF8, 0, wide, -1, out, n, NULL, NULL);
    for (char *c = out; *c != '\0'; c++)
        if (*c == '\\')
            *c = '/';
    return out;
}

static bool
by_windows(void)
{
    wchar_t choice[2];
    DWORD mode, process;
    if (GetEnvironmentVariableW(L"NIANBAO_CONSOLE", choice, 2) == 1)
        return choice[0] == L'0';
    return GetConsoleProcessList(&process, 1) == 1 && GetConsoleMode(GetStdHandle(STD_OUTPUT_HANDLE), &mode);
}

/* Files that were dropped, or selected for the right-click verb. */
static int
run_windows(const char **files, size_t n)
{
    bool verb = n > 1 && strcmp(files[0], "--gather") == 0, mine = true;
    struct arena *arena = verb ? arena_new(LIMIT_MEMORY) : NULL;
    if (verb) {
        files++;
        n--;
    }
    if (arena != NULL)
        mine = gather_files(arena, &files, &n);
    int status = mine ? desktop_main(files, n) : (int)EXIT_VALID;
    arena_free(arena);
    return status;
}

/* --install or --uninstall and the words that go with them; false: the command line is another. */
static bool
is_install(int argc, char **argv, enum install *what, enum say *say, bool *addin)
{
    bool add = argc > 1 && strcmp(argv[1], "--install") == 0;
    *what = add ? INSTALL : UNINSTALL;
    *addin = true;
    if (!add && (argc < 2 || strcmp(argv[1], "--uninstall") != 0))
        return false;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--silent") == 0 || strcmp(argv[i], "/S") == 0)
            *say = SAY_NOTHING;
        else if (strcmp(argv[i], "--no-addin") == 0)
            *addin = false;
        else
            return false;
    }
    return true;
}

static int
run(int argc, char **argv)
{
    bool windows = by_windows(), addin;
    enum install what;
    enum say say = windows ? SAY_WINDOW : SAY_CONSOLE;
    if (windows)
        FreeConsole();                  /* else an empty one stays behind the window */
    if (is_install(argc, argv, &what, &say, &addin))
        return install_main(what, say, addin) ? EXIT_VALID : EXIT_OUTPUT;
    return windows ? run_windows((const char **)argv + 1, argc > 1 ? (size_t)argc - 1 : 0) : cli_main(argc, argv);
}

int
wmain(int argc, wchar_t **wide)
{
    SetDllDirectoryW(L"");              /* no library is ever taken from the current folder */
    char **argv = calloc((size_t)argc + 1, sizeof *argv);
    bool ok = argv != NULL;
    for (int i = 0; ok && i < argc; i++)
        ok = (argv[i] = word(wide[i])) != NULL;
    int status = ok ? run(argc, argv) : (int)EXIT_UNREADABLE;
    for (int i = 0; ok && i < argc; i++)
        free(argv[i]);
    free(argv);
    return status;
}
