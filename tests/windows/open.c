/* SPDX-License-Identifier: MIT */
/* open.exe FILE: stands for Excel, the editor and the Explorer; the path becomes the last line of C:\opened.txt. It is what follows on
 * the command line without quotes, because wine puts more of them around a folder than can be read back. */
#include <stdio.h>
#include <windows.h>

int
wmain(void)
{
    static const wchar_t self[] = L"open.exe", around[] = L"\" ";
    wchar_t *path = wcsstr(GetCommandLineW(), self);
    char bytes[4096];
    FILE *out = _wfopen(L"C:\\opened.txt", L"ab");
    if (out == NULL || path == NULL)
        return 1;
    path += wcslen(self);
    path += wcsspn(path, around);
    for (size_t n = wcslen(path); n > 0 && wcschr(around, path[n - 1]) != NULL; n--)
        path[n - 1] = L'\0';
    WideCharToMultiByte(CP_UTF8, 0, path, -1, bytes, sizeof bytes, NULL, NULL);
    fprintf(out, "%s\n", bytes);
    return fclose(out);
}
