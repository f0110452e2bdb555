/* SPDX-License-Identifier: MIT */
/* window: the result as a task dialog (TaskDialogIndirect of comctl32 6, found at run time), which stays open while its buttons open
 * things (open.c); where that is not to be had, a message box that can open one. Shortcuts are followed by IShellLink. */
#define COBJMACROS
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <commctrl.h>
#include <shlobj.h>

#include "ask.h"
#include "install.h"
#include "open.h"
#include "text.h"
#include "wide.h"
#include "window.h"

static const wchar_t title[] = L"年报校验";

enum { BUTTON_WORKBOOK = 100, BUTTON_SUMMARY, BUTTON_FOLDER, BUTTON_COPY, BUTTON_CHOOSE, BUTTON_INSTALL, BUTTONS = 5 };
enum { WIDTH = 340 };                    /* dialog units: a finding takes two lines */
enum { LONGEST = 32768 };                /* path of Windows */

/* -- what the buttons do -- */

static void
copy_text(struct arena *arena, HWND owner, const struct window_result *result)
{
    struct text text = text_new(arena);
    text_printf(&text, "%s\n\n%s", result->headline, result->full);
    const wchar_t *wide = text.failed ? NULL : wide_text(arena, text.at);
    size_t bytes = wide != NULL ? (wcslen(wide) + 1) * sizeof *wide : 0;
    HGLOBAL memory = bytes > 0 ? GlobalAlloc(GMEM_MOVEABLE, bytes) : NULL;
    void *to = memory != NULL ? GlobalLock(memory) : NULL;
    if (to == NULL)
        return;
    memcpy(to, wide, bytes);
    GlobalUnlock(memory);
    bool given = OpenClipboard(owner) && EmptyClipboard() && SetClipboardData(CF_UNICODETEXT, memory) != NULL;
    CloseClipboard();
    if (!given)
        GlobalFree(memory);              /* else it is the clipboard's */
}

/* -- the result -- */

struct show { struct arena *arena; const struct window_result *result; };

static HRESULT CALLBACK
result_handle(HWND window, UINT message, WPARAM what, LPARAM with, LONG_PTR data)
{
    const struct show *show = (const struct show *)data;
    const struct window_result *result = show->result;
    (void)with;
    if (message == TDN_CREATED)
        SetForegroundWindow(window);
    if (message != TDN_BUTTON_CLICKED)
        return S_OK;
    switch (what) {
    case BUTTON_WORKBOOK: open_workbook(show->arena, result->workbook); return S_FALSE;
    case BUTTON_SUMMARY: open_text(show->arena, result->summary); return S_FALSE;
    case BUTTON_FOLDER: open_folder(show->arena, result->file); return S_FALSE;
    case BUTTON_COPY: copy_text(show->arena, window, result); return S_FALSE;
    default: return S_OK;                /* closes */
    }
}

typedef HRESULT(WINAPI *task_dialog)(const TASKDIALOGCONFIG *, int *, int *, BOOL *);

/* False: this system has no task dialogs. */
static bool
run_task_dialog(TASKDIALOGCONFIG *config, int *button)
{
    HMODULE library = LoadLibraryW(L"comctl32.dll");
    task_dialog run = library != NULL ? (task_dialog)(UINT_PTR)GetProcAddress(library, "TaskDialogIndirect") : NULL;
    bool ok = run != NULL && SUCCEEDED(run(config, button, NULL, NULL));
    if (library != NULL)
        FreeLibrary(library);
    return ok;
}

static bool
show_task_dialog(const struct show *show, const wchar_t *headline, const wchar_t *text)
{
    const struct window_result *result = show->result;
    TASKDIALOG_BUTTON buttons[BUTTONS];
    UINT n = 0;
    int chosen;
    if (result->workbook != NULL && result->summary != NULL) {
        buttons[n++] = (TASKDIALOG_BUTTON){ BUTTON_WORKBOOK, L"打开工作簿" };
        buttons[n++] = (TASKDIALOG_BUTTON){ BUTTON_SUMMARY, L"打开摘要" };
    }
    if (result->file != NULL)
        buttons[n++] = (TASKDIALOG_BUTTON){ BUTTON_FOLDER, L"打开文件夹" };
    buttons[n++] = (TASKDIALOG_BUTTON){ BUTTON_COPY, L"复制结果" };
    buttons[n++] = (TASKDIALOG_BUTTON){ IDCANCEL, L"关闭" };
    TASKDIALOGCONFIG config = {
        .cbSize = sizeof config, .dwFlags = TDF_ALLOW_DIALOG_CANCELLATION, .pszWindowTitle = title, .pszMainInstruction = headline,
        .pszMainIcon = result->good ? TD_INFORMATION_ICON : TD_WARNING_ICON, .pszContent = text, .cButtons = n, .pButtons = buttons,
        .nDefaultButton = buttons[0].nButtonID, .pfCallback = result_handle, .lpCallbackData = (LONG_PTR)show, .cxWidth = WIDTH,
    };
    return run_task_dialog(&config, &chosen);
}

static void
show_message_box(const struct show *show, const wchar_t *headline, const wchar_t *text)
{
    const struct window_result *result = show->result;
    size_t room = wcslen(headline) + wcslen(text) + 80;
    wchar_t *whole = arena_array(show->arena, room, sizeof *whole);
    if (whole == NULL)
        return;
    bool open = result->workbook != NULL;
    _snwprintf(whole, room, L"%ls\r\n\r\n%ls%ls", headline, text, open ? L"\r\n\r\n现在打开工作簿吗？" : L"");
    UINT style = (UINT)(open ? MB_YESNO : MB_OK) | (result->good ? MB_ICONINFORMATION : MB_ICONWARNING) | MB_SETFOREGROUND;
    if (MessageBoxW(NULL, whole, title, style) == IDYES)
        open_workbook(show->arena, result->workbook);
}

void
window_show(struct arena *arena, const struct window_result *result)
{
    struct show show = { arena, result };
    const wchar_t *headline = wide_text(arena, result->headline), *text = wide_text(arena, result->text);
    bool com = SUCCEEDED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE));
    if (headline == NULL || text == NULL)
        MessageBoxW(NULL, L"内存不够，结果没有显示。", title, MB_OK | MB_ICONWARNING);
    else if (!show_task_dialog(&show, headline, text))
        show_message_box(&show, headline, text);
    if (com)
        CoUninitialize();
}

/* -- started without a file -- */

#define WELCOME \
    L"核对政府信息公开工作年度报告的表格。\r\n\r\n" \
    L"把填好的年报表格（.xlsx、.xls、.ods、WPS 的 .et 或 Word 的 .docx），或者装着它们的文件夹，拖到这个程序的图标上。结果写在原文件旁边：" \
    L"一份工作簿（标出要改的格子，或者整理好可以上交）和一份文字摘要。\r\n\r\n" \
    L"不改动您的原文件，不连网。"

bool
window_welcome(struct arena *arena, const char ***files, size_t *n)
{
    static const TASKDIALOG_BUTTON buttons[] = {
        { BUTTON_CHOOSE, L"选择文件…" }, { BUTTON_INSTALL, L"放到桌面和右键菜单" }, { IDCANCEL, L"关闭" },
    };
    TASKDIALOGCONFIG config = {
        .cbSize = sizeof config, .dwFlags = TDF_ALLOW_DIALOG_CANCELLATION, .pszWindowTitle = title,
        .pszMainInstruction = L"把年报表格拖到这个程序上", .pszMainIcon = TD_INFORMATION_ICON, .pszContent = WELCOME,
        .cButtons = sizeof buttons / sizeof *buttons, .pButtons = buttons, .nDefaultButton = BUTTON_CHOOSE, .cxWidth = WIDTH,
    };
    int chosen = BUTTON_CHOOSE;
    if (!run_task_dialog(&config, &chosen))
        chosen = MessageBoxW(NULL, WELCOME L"\r\n\r\n点“确定”选择文件。", title, MB_OKCANCEL | MB_ICONINFORMATION) == IDOK ? BUTTON_CHOOSE : IDCANCEL;
    if (chosen == BUTTON_INSTALL)
        install_main(INSTALL, SAY_WINDOW, true);
    return chosen == BUTTON_CHOOSE && window_choose(arena, files, n);
}

/* -- shortcuts -- */

static bool
ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n > m && _stricmp(path + n - m, ending) == 0;
}

/* Where the shortcut leads; "" when to no file. A path too long for MAX_PATH is whole in its list of items only. */
static void
find_target(IShellLinkW *link, wchar_t target[LONGEST])
{
    LPITEMIDLIST item = NULL;
    target[0] = L'\0';
    IShellLinkW_Resolve(link, NULL, SLR_NO_UI | SLR_NOUPDATE | SLR_NOTRACK | SLR_NOSEARCH);
    if (IShellLinkW_GetPath(link, target, MAX_PATH, NULL, 0) == S_OK && target[0] != L'\0' && wcslen(target) < MAX_PATH - 1)
        return;
    if (IShellLinkW_GetIDList(link, &item) != S_OK || !SHGetPathFromIDListEx(item, target, LONGEST, GPFIDL_DEFAULT))
        target[0] = L'\0';
    ILFree(item);
}

static void
read_shortcut(IShellLinkW *link, const wchar_t *path, wchar_t target[LONGEST])
{
    IPersistFile *file;
    if (FAILED(IShellLinkW_QueryInterface(link, &IID_IPersistFile, (void **)&file)))
        return;
    if (SUCCEEDED(IPersistFile_Load(file, path, STGM_READ | STGM_SHARE_DENY_NONE)))
        find_target(link, target);
    IPersistFile_Release(file);
}

const char *
window_target(struct arena *arena, const char *path)
{
    const wchar_t *wide = ends_in(path, ".lnk") ? wide_path(arena, path) : NULL;
    wchar_t *target = wide != NULL ? arena_array(arena, LONGEST, sizeof *target) : NULL;
    IShellLinkW *link;
    if (target == NULL)
        return path;
    bool com = SUCCEEDED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED));
    if (SUCCEEDED(CoCreateInstance(&CLSID_ShellLink, NULL, CLSCTX_INPROC_SERVER, &IID_IShellLinkW, (void **)&link))) {
        read_shortcut(link, wide, target);
        IShellLinkW_Release(link);
    }
    if (com)
        CoUninitialize();
    return target[0] != L'\0' ? narrow_path(arena, target) : path;
}
