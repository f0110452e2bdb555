/* SPDX-License-Identifier: MIT */
/* ask: the boxes that ask: unit and year, another folder, files to choose. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <commdlg.h>
#include <shlobj.h>

#include "ask.h"
#include "dialog.h"
#include "wide.h"
#include "window.h"

enum { ID_UNIT = 101, ID_YEAR, ID_DESKTOP, ID_DOCUMENTS, UNIT_ROOM = 128 };
enum { YEAR_FROM = 2008, YEAR_TO = 2099 };           /* the regulations are of 2008 */

/* -- unit and year -- */

struct identity_box { const wchar_t *unit, *year; wchar_t typed[UNIT_ROOM]; int typed_year; };

static bool
take_identity(HWND window, struct identity_box *box)
{
    GetDlgItemTextW(window, ID_UNIT, box->typed, UNIT_ROOM);
    box->typed_year = (int)GetDlgItemInt(window, ID_YEAR, NULL, FALSE);
    if (box->typed_year == 0 || (box->typed_year >= YEAR_FROM && box->typed_year <= YEAR_TO))
        return true;
    MessageBoxW(window, L"年度请填四位数字，例如 2024。", L"年报校验", MB_OK | MB_ICONINFORMATION);
    SetFocus(GetDlgItem(window, ID_YEAR));
    return false;
}

static INT_PTR CALLBACK
identity_handle(HWND window, UINT message, WPARAM what, LPARAM with)
{
    if (message == WM_INITDIALOG) {
        const struct identity_box *box = (const struct identity_box *)with;
        SetWindowLongPtrW(window, DWLP_USER, with);
        SetDlgItemTextW(window, ID_UNIT, box->unit);
        SetDlgItemTextW(window, ID_YEAR, box->year);
        SendDlgItemMessageW(window, ID_UNIT, EM_SETLIMITTEXT, UNIT_ROOM / 3, 0);
        SetFocus(GetDlgItem(window, *box->unit != L'\0' ? ID_YEAR : ID_UNIT));
        return FALSE;
    }
    if (message != WM_COMMAND)
        return FALSE;
    if (LOWORD(what) == IDOK && take_identity(window, (struct identity_box *)GetWindowLongPtrW(window, DWLP_USER)))
        EndDialog(window, IDOK);
    if (LOWORD(what) == IDCANCEL)
        EndDialog(window, IDCANCEL);
    return TRUE;
}

/* Blanks at both ends are nobody's name. */
static wchar_t *
trimmed(wchar_t *s)
{
    static const wchar_t blanks[] = L" \t\u3000";
    s += wcsspn(s, blanks);
    for (size_t n = wcslen(s); n > 0 && wcschr(blanks, s[n - 1]) != NULL; n--)
        s[n - 1] = L'\0';
    return s;
}

bool
window_ask_identity(struct arena *arena, const char *name, const char **unit, int *year)
{
    wchar_t year_text[16] = L"";
    const wchar_t *file = wide_text(arena, name), *known = wide_text(arena, *unit != NULL ? *unit : "");
    if (file == NULL || known == NULL)
        return false;
    const struct dialog_item items[] = {
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX, 10, 8, 230, 20, 0, L"这个文件里没有写明是哪个单位、哪一年的年报。请填一下（不知道可以空着）：" },
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX | SS_ENDELLIPSIS, 10, 30, 230, 10, 0, file },
        { DIALOG_STATIC, SS_LEFT, 10, 48, 40, 10, 0, L"单位(&U)：" },
        { DIALOG_EDIT, WS_BORDER | WS_TABSTOP | ES_AUTOHSCROLL, 54, 46, 186, 13, ID_UNIT, L"" },
        { DIALOG_STATIC, SS_LEFT, 10, 66, 40, 10, 0, L"年度(&Y)：" },
        { DIALOG_EDIT, WS_BORDER | WS_TABSTOP | ES_NUMBER, 54, 64, 40, 13, ID_YEAR, L"" },
        { DIALOG_BUTTON, WS_TABSTOP | BS_DEFPUSHBUTTON, 124, 86, 56, 15, IDOK, L"继续(&O)" },
        { DIALOG_BUTTON, WS_TABSTOP, 184, 86, 56, 15, IDCANCEL, L"不再问(&N)" },
    };
    const struct dialog dialog = { L"年报校验", 250, 108, items, sizeof items / sizeof *items };
    struct identity_box box = { .unit = known, .year = year_text };
    const DLGTEMPLATE *shape = dialog_template(arena, &dialog);
    if (*year != 0)
        _snwprintf(year_text, 16, L"%d", *year);
    if (shape == NULL || DialogBoxIndirectParamW(NULL, shape, NULL, identity_handle, (LPARAM)&box) != IDOK)
        return false;
    const wchar_t *typed = trimmed(box.typed);
    if (*typed != L'\0')
        *unit = narrow_text(arena, typed);
    if (box.typed_year != 0)
        *year = box.typed_year;
    return true;
}

/* -- another folder -- */

static INT_PTR CALLBACK
choice_handle(HWND window, UINT message, WPARAM what, LPARAM with)
{
    (void)with;
    if (message == WM_COMMAND)
        EndDialog(window, LOWORD(what));
    return message == WM_INITDIALOG || message == WM_COMMAND;
}

const char *
window_ask_folder(struct arena *arena, const char *name)
{
    const wchar_t *file = wide_text(arena, name);
    if (file == NULL)
        return NULL;
    const struct dialog_item items[] = {
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX, 10, 8, 230, 20, 0, L"这个文件所在的文件夹不能写入（只读，或者没有权限）。结果放到哪里？" },
        { DIALOG_STATIC, SS_LEFT | SS_NOPREFIX | SS_ENDELLIPSIS, 10, 30, 230, 10, 0, file },
        { DIALOG_BUTTON, WS_TABSTOP | BS_DEFPUSHBUTTON, 40, 48, 64, 15, ID_DESKTOP, L"桌面(&D)" },
        { DIALOG_BUTTON, WS_TABSTOP, 108, 48, 64, 15, ID_DOCUMENTS, L"文档(&W)" },
        { DIALOG_BUTTON, WS_TABSTOP, 176, 48, 64, 15, IDCANCEL, L"不写(&N)" },
    };
    const struct dialog dialog = { L"年报校验", 250, 70, items, sizeof items / sizeof *items };
    const DLGTEMPLATE *shape = dialog_template(arena, &dialog);
    INT_PTR chosen = shape != NULL ? DialogBoxIndirectParamW(NULL, shape, NULL, choice_handle, 0) : IDCANCEL;
    wchar_t folder[MAX_PATH];
    if (chosen != ID_DESKTOP && chosen != ID_DOCUMENTS)
        return NULL;
    if (SHGetFolderPathW(NULL, chosen == ID_DESKTOP ? CSIDL_DESKTOPDIRECTORY : CSIDL_PERSONAL, NULL, SHGFP_TYPE_CURRENT, folder) != S_OK)
        return NULL;
    return narrow_path(arena, folder);
}

/* -- files to choose -- */

/* One path, or a folder and the names in it, each ending in NUL, the list in another. */
static bool
split_chosen(struct arena *arena, const wchar_t *chosen, const char ***files, size_t *n)
{
    const wchar_t *name = chosen + wcslen(chosen) + 1;
    size_t cap = 0;
    *n = 0;
    *files = NULL;
    bool single = *name == L'\0';
    for (; single || *name != L'\0'; name += wcslen(name) + 1) {
        const wchar_t *path = single ? chosen : wide_join(arena, chosen, name);
        if (path == NULL || !arena_room(arena, files, *n, &cap, sizeof **files) || ((*files)[*n] = narrow_path(arena, path)) == NULL)
            return false;
        ++*n;
        if (single)
            break;
    }
    return *n > 0;
}

bool
window_choose(struct arena *arena, const char ***files, size_t *n)
{
    enum { ROOM = 32768 };                       /* some hundreds of names */
    wchar_t *chosen = arena_array(arena, ROOM, sizeof *chosen);
    OPENFILENAMEW open = {
        .lStructSize = sizeof open, .lpstrFile = chosen, .nMaxFile = ROOM, .lpstrTitle = L"请选择年报表格",
        .lpstrFilter = L"年报表格和 Word 文档\0*.xlsx;*.xlsm;*.xls;*.et;*.ods;*.docx\0所有文件\0*.*\0",
        .Flags = OFN_ALLOWMULTISELECT | OFN_EXPLORER | OFN_FILEMUSTEXIST | OFN_HIDEREADONLY | OFN_NOCHANGEDIR | OFN_DONTADDTORECENT,
    };
    return chosen != NULL && GetOpenFileNameW(&open) && split_chosen(arena, chosen, files, n);
}
