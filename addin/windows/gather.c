/* SPDX-License-Identifier: MIT */
/* gather: who owns a named mutex of the session collects; the others send it their paths by WM_COPYDATA and end. The collector is
 * done when no path has come for a moment; whoever comes later, or finds nobody listening, collects for itself. No path is lost: the
 * sender ends only when the collector has said that it has the path. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdlib.h>
#include <string.h>

#include "gather.h"

enum { QUIET = 400, TURN = 20, PATIENCE = 3000 };    /* milliseconds: after the last path; between two tries; for an answer */
enum { PATH = 0x6E62 };                              /* dwData of our messages */

static const wchar_t name[] = L"nianbao gather";

struct list { struct arena *arena; const char **files; size_t n, cap; };

static bool
add(struct list *list, const char *path, size_t length)
{
    char *own = arena_text(list->arena, path, length);
    if (own == NULL || !arena_room(list->arena, &list->files, list->n, &list->cap, sizeof *list->files))
        return false;
    list->files[list->n++] = own;
    return true;
}

static LRESULT CALLBACK
handle(HWND window, UINT message, WPARAM what, LPARAM with)
{
    struct list *list = (struct list *)GetWindowLongPtrW(window, GWLP_USERDATA);
    const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)with;
    if (message == WM_TIMER)
        PostQuitMessage(0);
    if (message != WM_COPYDATA || list == NULL)
        return DefWindowProcW(window, message, what, with);
    SetTimer(window, 1, QUIET, NULL);
    return data->dwData == PATH && data->cbData > 0 && add(list, data->lpData, data->cbData);
}

/* Take what comes until nothing does. */
static void
collect(struct list *list)
{
    WNDCLASSW class = { .lpfnWndProc = handle, .hInstance = GetModuleHandleW(NULL), .lpszClassName = name };
    RegisterClassW(&class);
    HWND window = CreateWindowExW(0, name, name, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
    MSG message;
    if (window == NULL)
        return;
    SetWindowLongPtrW(window, GWLP_USERDATA, (LONG_PTR)list);
    SetTimer(window, 1, QUIET, NULL);
    while (GetMessageW(&message, NULL, 0, 0) > 0)
        DispatchMessageW(&message);
    DestroyWindow(window);
}

/* Give all paths to the collector; those that it did not take stay in the list. */
static void
send_files(struct list *list)
{
    HWND window = FindWindowExW(HWND_MESSAGE, NULL, name, NULL);
    for (; window != NULL && list->n > 0; list->n--) {
        const char *path = list->files[list->n - 1];
        COPYDATASTRUCT data = { .dwData = PATH, .cbData = (DWORD)strlen(path), .lpData = (void *)(UINT_PTR)path };
        DWORD_PTR taken = 0;
        if (!SendMessageTimeoutW(window, WM_COPYDATA, 0, (LPARAM)&data, SMTO_ABORTIFHUNG, PATIENCE, &taken) || !taken)
            return;
    }
}

static int
compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
gather_files(struct arena *arena, const char ***files, size_t *n)
{
    struct list list = { .arena = arena };
    HANDLE mutex = CreateMutexW(NULL, FALSE, name);
    for (size_t i = 0; i < *n; i++)
        if (!add(&list, (*files)[i], strlen((*files)[i])))
            return true;
    DWORD turn;
    while ((turn = WaitForSingleObject(mutex, TURN)) == WAIT_TIMEOUT && list.n > 0)
        send_files(&list);
    if (turn == WAIT_OBJECT_0 || turn == WAIT_ABANDONED) {
        collect(&list);
        ReleaseMutex(mutex);
    }
    if (mutex != NULL)
        CloseHandle(mutex);
    if (list.n > 0)
        qsort(list.files, list.n, sizeof *list.files, compare);
    *files = list.files;
    *n = list.n;
    return list.n > 0;
}
