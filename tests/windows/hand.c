/* SPDX-License-Identifier: MIT */
/* hand.exe TEXT [BUTTON]: waits for a visible window that has TEXT in its title or in a control, as long as that takes or half a minute;
 * prints the number that the X server knows it by and then all its texts, UTF-8, a control after the other; presses the button.
 * 1: there is no such window, and the texts are those of all that are there; 2: it has no such button. */
#include <stdio.h>
#include <windows.h>

enum { PATIENCE = 30000, TURN = 50, ANSWER = 2000 };     /* milliseconds; the last for one control of a program that ends just now */
enum { LONGEST = 8192 };

struct search { const wchar_t *text; HWND found; HWND button; BOOL print; };

static const wchar_t *
text_of(HWND window)
{
    static wchar_t text[LONGEST];
    DWORD_PTR n = 0;
    text[0] = L'\0';
    SendMessageTimeoutW(window, WM_GETTEXT, LONGEST, (LPARAM)text, SMTO_ABORTIFHUNG, ANSWER, &n);
    return text;
}

static void
print(const wchar_t *text)
{
    static char out[3 * LONGEST];
    if (WideCharToMultiByte(CP_UTF8, 0, text, -1, out, sizeof out, NULL, NULL) > 1)
        printf("%s\n", out);
}

static BOOL CALLBACK
try_control(HWND control, LPARAM with)
{
    struct search *search = (struct search *)with;
    const wchar_t *text = text_of(control);
    if (search->print)
        print(text);
    else if (wcsstr(text, search->text) != NULL)
        search->found = control;
    return search->found == NULL;
}

static BOOL CALLBACK
try_button(HWND control, LPARAM with)
{
    struct search *search = (struct search *)with;
    if (lstrcmpW(text_of(control), search->text) == 0)
        search->button = control;
    return search->button == NULL;
}

static BOOL CALLBACK
try_window(HWND window, LPARAM with)
{
    struct search *search = (struct search *)with;
    if (!IsWindowVisible(window))
        return TRUE;
    if (try_control(window, with))
        EnumChildWindows(window, try_control, with);
    if (search->found != NULL)
        search->found = window;
    return search->found == NULL;
}

int
wmain(int argc, wchar_t **argv)
{
    struct search search = { .text = argc > 1 ? argv[1] : L"" };
    for (DWORD start = GetTickCount(); search.found == NULL && GetTickCount() - start < PATIENCE; Sleep(search.found == NULL ? TURN : 0))
        EnumWindows(try_window, (LPARAM)&search);
    struct search all = { .print = TRUE };
    if (search.found == NULL) {
        EnumWindows(try_window, (LPARAM)&all);
        return 1;
    }
    printf("%lu\n", (unsigned long)(ULONG_PTR)GetPropA(search.found, "__wine_x11_whole_window"));
    try_window(search.found, (LPARAM)&all);
    if (argc < 3)
        return 0;
    struct search press = { .text = argv[2] };
    EnumChildWindows(search.found, try_button, (LPARAM)&press);
    if (press.button == NULL)
        return 2;
    WPARAM clicked = MAKEWPARAM(GetDlgCtrlID(press.button), BN_CLICKED);     /* BM_CLICK may fail in a window that is not active */
    return PostMessageW(GetParent(press.button), WM_COMMAND, clicked, (LPARAM)press.button) ? 0 : 2;
}
