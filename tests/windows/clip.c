/* SPDX-License-Identifier: MIT */
/* clip.exe TEXT: waits for a text on the clipboard that has TEXT, as long as that takes or half a minute, and prints it, UTF-8. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum { PATIENCE = 30000, TURN = 50 };        /* milliseconds */

/* True: it was printed. */
static BOOL
print(const wchar_t *text, const wchar_t *wanted)
{
    int n = wcsstr(text, wanted) != NULL ? WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL) : 0;
    char *out = n > 0 ? malloc((size_t)n) : NULL;
    if (out == NULL)
        return FALSE;
    WideCharToMultiByte(CP_UTF8, 0, text, -1, out, n, NULL, NULL);
    fputs(out, stdout);
    free(out);
    return TRUE;
}

int
wmain(int argc, wchar_t **argv)
{
    for (DWORD start = GetTickCount(); GetTickCount() - start < PATIENCE; Sleep(TURN)) {
        HANDLE held = OpenClipboard(NULL) ? GetClipboardData(CF_UNICODETEXT) : NULL;
        const wchar_t *text = held != NULL ? GlobalLock(held) : NULL;
        BOOL done = text != NULL && print(text, argc > 1 ? argv[1] : L"");
        CloseClipboard();
        if (done)
            return 0;
    }
    return 1;
}
