/* SPDX-License-Identifier: MIT */
/* open: ShellExecute, and the Explorer with a file selected. Both take paths of less than 260 characters, Excel of at most 218
 * (Microsoft's "Excel specifications and limits"); a longer one is given by the short (8.3) names of its folders, where the drive has
 * them. The file keeps its name: that of 8.3 ends in .XLS, which is another kind of file. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <shellapi.h>
#include <shlobj.h>

#include "open.h"
#include "wide.h"

enum { WORKBOOK_PATH = 218, ANY_PATH = MAX_PATH - 1, LONGEST = 32768 };

static void
say(const wchar_t *text)
{
    MessageBoxW(GetActiveWindow(), text, L"年报校验", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND);
}

/* A folder by short names; NULL: no memory, or there are none. */
static wchar_t *
shortened(struct arena *arena, const wchar_t *folder)
{
    bool share = folder[0] == L'\\' && folder[1] == L'\\';
    const wchar_t *prefix = share ? L"\\\\?\\UNC" : L"\\\\?\\";
    size_t n = wcslen(prefix), m = wcslen(folder);
    wchar_t *name = arena_array(arena, n + m + 1, sizeof *name), *brief = arena_array(arena, LONGEST, sizeof *brief);
    if (name == NULL || brief == NULL)
        return NULL;
    wmemcpy(name, prefix, n);
    wmemcpy(name + n, folder + share, m + 1 - share);
    DWORD length = GetShortPathNameW(name, brief, LONGEST);
    if (length <= n || length >= LONGEST)
        return NULL;
    brief += n - share;
    brief[0] = share ? L'\\' : brief[0];
    return brief;
}

/* The absolute path, at most so long. NULL: there is none. */
static wchar_t *
openable(struct arena *arena, const char *path, size_t most)
{
    const wchar_t *given = wide_path(arena, path);
    wchar_t *full = arena_array(arena, LONGEST, sizeof *full);
    if (given == NULL || full == NULL || GetFullPathNameW(given, LONGEST, full, NULL) == 0)
        return NULL;
    wchar_t *slash = wcsrchr(full, L'\\');
    if (wcslen(full) > most && slash != NULL) {
        *slash = L'\0';
        const wchar_t *folder = shortened(arena, full);
        full = folder != NULL ? wide_join(arena, folder, slash + 1) : NULL;
    }
    return full != NULL && wcslen(full) <= most ? full : NULL;
}

static void
execute(const wchar_t *path, const wchar_t *otherwise)
{
    if ((INT_PTR)ShellExecuteW(NULL, L"open", path, NULL, NULL, SW_SHOWNORMAL) <= 32)
        say(otherwise);
}

void
open_workbook(struct arena *arena, const char *path)
{
    const wchar_t *file = openable(arena, path, WORKBOOK_PATH);
    if (file != NULL)
        execute(file, L"没有找到能打开它的程序（Excel 或 WPS）。可以点“打开文件夹”，再自己打开。");
    else
        say(L"结果已经写好，但是它的路径太长：Excel 打不开路径超过 218 个字符的文件。\r\n\r\n"
            L"请把它所在的文件夹往上移几层（例如移到桌面），或者把文件夹的名字改短，再打开。");
}

void
open_text(struct arena *arena, const char *path)
{
    const wchar_t *file = openable(arena, path, ANY_PATH);
    if (file != NULL)
        execute(file, L"没有找到能打开它的程序（记事本）。可以点“打开文件夹”，再自己打开。");
    else
        say(L"结果已经写好，但是它的路径太长，记事本打不开。\r\n\r\n"
            L"请把它所在的文件夹往上移几层（例如移到桌面），再打开；或者点“复制结果”贴到别处。");
}

void
open_folder(struct arena *arena, const char *path)
{
    wchar_t *file = openable(arena, path, ANY_PATH);
    LPITEMIDLIST item = file != NULL ? ILCreateFromPathW(file) : NULL;
    wchar_t *slash = file != NULL ? wcsrchr(file, L'\\') : NULL;
    if (slash == NULL)
        say(L"这个文件夹的路径太长，打不开。请把它往上移几层（例如移到桌面）。");
    else if (item == NULL || FAILED(SHOpenFolderAndSelectItems(item, 0, NULL, 0))) {
        *slash = L'\0';
        execute(file, L"这个文件夹没有打开。");
    }
    ILFree(item);
}
