/* SPDX-License-Identifier: MIT */
/* main: the door on Windows. The words of the command line become UTF-8 with '/' between folders; then it is the same program.
 * Started by a drop or a double click (the console is ours alone and shows our output), it speaks by windows. NIANBAO_CONSOLE=1
 * keeps to the console, NIANBAO_CONSOLE=0 to windows. --install, --uninstall and --gather (gather.c) are of this system alone. */
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

static int
run(int argc, char **argv)
{
    bool windows = by_windows();
    bool add = argc == 2 && strcmp(argv[1], "--install") == 0, remove = argc == 2 && strcmp(argv[1], "--uninstall") == 0;
    if (windows)
        FreeConsole();                  /* else an empty one stays behind the window */
    if (add || remove)
        return install_main(add ? INSTALL : UNINSTALL, windows) ? EXIT_VALID : EXIT_OUTPUT;
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
