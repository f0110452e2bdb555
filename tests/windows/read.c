/* SPDX-License-Identifier: MIT */
/* read.exe: all texts in the visible windows named 年报校验, in UTF-8, a control after the other. */
#include <stdio.h>
#include <windows.h>

static BOOL CALLBACK
put(HWND window, LPARAM with)
{
    wchar_t text[8192];
    char out[3 * 8192];
    (void)with;
    SendMessageW(window, WM_GETTEXT, sizeof text / sizeof *text, (LPARAM)text);
    if (WideCharToMultiByte(CP_UTF8, 0, text, -1, out, sizeof out, NULL, NULL) > 1)
        printf("%s\n", out);
    return TRUE;
}

static BOOL CALLBACK
find(HWND window, LPARAM with)
{
    wchar_t name[64] = L"";
    GetWindowTextW(window, name, 64);
    if (IsWindowVisible(window) && lstrcmpW(name, L"年报校验") == 0)
        EnumChildWindows(window, put, with);
    return TRUE;
}

int
wmain(void)
{
    return EnumWindows(find, 0) ? 0 : 1;
}
