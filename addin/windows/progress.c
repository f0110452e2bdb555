/* SPDX-License-Identifier: MIT */
/* progress: the window that shows how far a run is. It lives on a thread of its own, so that it can be moved and its button pressed
 * while a file is being read; the run looks at the button between two files. The bar is of text: no common control is needed. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "dialog.h"
#include "wide.h"
#include "window.h"

enum { ID_DONE = 101, ID_FILE, ID_BAR };
enum { PATIENCE = 1000, MANY = 3, BAR = 30 };        /* milliseconds; files; characters */
enum { CLOSE = WM_APP };                             /* the run is over */

struct window_progress {
    size_t n;
    ULONGLONG started;
    const DLGTEMPLATE *shape;
    HANDLE thread, shown;
    HWND window;                                     /* set before `shown` */
    volatile LONG cancelled;
};

static INT_PTR CALLBACK
progress_handle(HWND window, UINT message, WPARAM what, LPARAM with)
{
    struct window_progress *progress = (struct window_progress *)GetWindowLongPtrW(window, DWLP_USER);
    if (message == WM_INITDIALOG)
        SetWindowLongPtrW(window, DWLP_USER, with);
    if (message == WM_COMMAND && LOWORD(what) == IDCANCEL) {
        InterlockedExchange(&progress->cancelled, 1);
        SetDlgItemTextW(window, ID_DONE, L"做完这一个文件就停：");
        EnableWindow(GetDlgItem(window, IDCANCEL), FALSE);
    }
    if (message == CLOSE)
        PostQuitMessage(0);              /* also when the window is just being moved, by a loop of Windows' own */
    return message == WM_INITDIALOG || message == WM_COMMAND || message == CLOSE;
}

static DWORD WINAPI
run_window(void *with)
{
    struct window_progress *progress = with;
    HWND window = CreateDialogIndirectParamW(NULL, progress->shape, NULL, progress_handle, (LPARAM)progress);
    MSG message;
    if (window != NULL)
        ShowWindow(window, SW_SHOW);
    progress->window = window;
    SetEvent(progress->shown);
    while (window != NULL && GetMessageW(&message, NULL, 0, 0) > 0)
        if (!IsDialogMessageW(window, &message)) {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
    if (window != NULL)
        DestroyWindow(window);
    return 0;
}

struct window_progress *
window_progress_new(struct arena *arena, size_t n)
{
    struct window_progress *progress = arena_alloc(arena, sizeof *progress);
    if (progress != NULL)
        *progress = (struct window_progress){ .n = n, .started = GetTickCount64() };
    return progress;
}

static void
open_progress(struct window_progress *progress, struct arena *arena)
{
    static const struct dialog_item items[] = {
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX, 10, 8, 230, 10, ID_DONE, L"" },
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX | SS_ENDELLIPSIS, 10, 22, 230, 10, ID_FILE, L"" },
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX, 10, 36, 230, 10, ID_BAR, L"" },
        { DIALOG_BUTTON, WS_TABSTOP | BS_DEFPUSHBUTTON, 184, 52, 56, 15, IDCANCEL, L"取消(&C)" },
    };
    static const struct dialog dialog = { L"年报校验", 250, 74, items, sizeof items / sizeof *items };
    progress->shape = dialog_template(arena, &dialog);
    progress->shown = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (progress->shape != NULL && progress->shown != NULL)
        progress->thread = CreateThread(NULL, 0, run_window, progress, 0, NULL);
    if (progress->thread != NULL)
        WaitForSingleObject(progress->shown, INFINITE);
}

static void
show_step(const struct window_progress *progress, struct arena *arena, size_t done, const char *name)
{
    wchar_t line[64], bar[BAR + 1];
    const wchar_t *file = wide_text(arena, name);
    _snwprintf(line, 64, L"正在校验第 %lu 个，共 %lu 个：", (unsigned long)done + 1, (unsigned long)progress->n);
    for (size_t i = 0; i < BAR; i++)
        bar[i] = i * progress->n < done * BAR ? L'■' : L'□';
    bar[BAR] = L'\0';
    SetDlgItemTextW(progress->window, ID_DONE, line);
    SetDlgItemTextW(progress->window, ID_FILE, file != NULL ? file : L"");
    SetDlgItemTextW(progress->window, ID_BAR, bar);
}

bool
window_progress_step(struct window_progress *progress, struct arena *arena, size_t done, const char *name)
{
    if (progress == NULL)
        return true;
    bool worth = progress->n > MANY || (progress->n > 1 && GetTickCount64() - progress->started > PATIENCE);
    if (progress->shown == NULL && worth)
        open_progress(progress, arena);
    if (InterlockedCompareExchange(&progress->cancelled, 0, 0) != 0)
        return false;
    if (progress->window != NULL)
        show_step(progress, arena, done, name);
    return true;
}

void
window_progress_close(struct window_progress *progress)
{
    if (progress == NULL || progress->shown == NULL)
        return;
    if (progress->window != NULL)
        PostMessageW(progress->window, CLOSE, 0, 0);
    if (progress->thread != NULL) {
        WaitForSingleObject(progress->thread, INFINITE);
        CloseHandle(progress->thread);
    }
    CloseHandle(progress->shown);
}
