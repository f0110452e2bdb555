/* SPDX-License-Identifier: MIT */
/* hold.exe none|read FILE PROGRAM WORD...: runs the program while FILE is open for reading and writing, and shared with nobody or, as
 * Excel does, with readers. Its exit status is the program's. */
#include <process.h>
#include <wchar.h>
#include <windows.h>

int
wmain(int argc, wchar_t **argv)
{
    if (argc < 4)
        return 90;
    DWORD share = wcscmp(argv[1], L"read") == 0 ? FILE_SHARE_READ : 0;
    HANDLE file = CreateFileW(argv[2], GENERIC_READ | GENERIC_WRITE, share, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 91;
    int status = (int)_wspawnv(_P_WAIT, argv[3], (const wchar_t *const *)argv + 3);
    CloseHandle(file);
    return status;
}
