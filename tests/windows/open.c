/* SPDX-License-Identifier: MIT */
/* open.exe FILE: stands for Excel, the editor and the Explorer; the path becomes the last line of C:\opened.txt. */
#include <stdio.h>
#include <windows.h>

int
wmain(int argc, wchar_t **argv)
{
    char path[4096];
    FILE *out = _wfopen(L"C:\\opened.txt", L"ab");
    if (out == NULL || argc < 2)
        return 1;
    WideCharToMultiByte(CP_UTF8, 0, argv[argc - 1], -1, path, sizeof path, NULL, NULL);
    fprintf(out, "%s\n", path);
    return fclose(out);
}
