/* SPDX-License-Identifier: MIT */
/* clip.exe: the text on the clipboard, in UTF-8. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int
wmain(void)
{
    HANDLE held = OpenClipboard(NULL) ? GetClipboardData(CF_UNICODETEXT) : NULL;
    const wchar_t *text = held != NULL ? GlobalLock(held) : NULL;
    int n = text != NULL ? WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL) : 0;
    char *out = n > 0 ? malloc((size_t)n) : NULL;
    if (out == NULL)
        return 1;
    WideCharToMultiByte(CP_UTF8, 0, text, -1, out, n, NULL, NULL);
    fputs(out, stdout);
    return 0;
}
