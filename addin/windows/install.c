/* SPDX-License-Identifier: MIT */
/* install: the shell's documented places (CSIDL folders, IShellLink, static verbs below SystemFileAssociations, the Uninstall key of
 * the installed programs). All of it is the user's: %LOCALAPPDATA%\nianbao and HKEY_CURRENT_USER. What --install makes, and nothing
 * else, --uninstall takes away: keys above our own only when they are empty. */
#include <string.h>

#include "install.h"
#include "limits.h"
#include "office.h"
#include "os.h"
#include "registry.h"
#include "text.h"
#include "wide.h"

/* Behind our headers: its FILE_UNKNOWN is a macro. */
#define COBJMACROS
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <shlobj.h>

static const wchar_t shortcut_name[] = L"年报校验.lnk";
static const wchar_t uninstall_key[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\nianbao";
static const wchar_t associations[] = L"Software\\Classes\\SystemFileAssociations";
static const wchar_t *const endings[] = { L".xlsx", L".xls", L".et", L".ods", L".docx" };
enum { ENDINGS = sizeof endings / sizeof *endings };

/* Where everything goes. */
struct places {
    struct arena *arena;
    wchar_t *self, *folder, *program, *desktop, *sendto;
    wchar_t *addin_given, *addin;        /* Excel's, as it was given away, and installed; NULL: there is none, or no Excel */
};

static wchar_t *
known_folder(struct arena *arena, int id, const wchar_t *name)
{
    wchar_t folder[MAX_PATH];
    return SHGetFolderPathW(NULL, id | CSIDL_FLAG_CREATE, NULL, SHGFP_TYPE_CURRENT, folder) == S_OK ? wide_join(arena, folder, name) : NULL;
}

static bool
find_places(struct arena *arena, struct places *places)
{
    enum { ROOM = 32768 };               /* the longest path of Windows */
    *places = (struct places){ .arena = arena };
    places->self = arena_array(arena, ROOM, sizeof *places->self);
    if (places->self == NULL || GetModuleFileNameW(NULL, places->self, ROOM) == 0)
        return false;
    places->folder = known_folder(arena, CSIDL_LOCAL_APPDATA, L"nianbao");
    places->program = places->folder != NULL ? wide_join(arena, places->folder, L"nianbao.exe") : NULL;
    places->desktop = known_folder(arena, CSIDL_DESKTOPDIRECTORY, shortcut_name);
    places->sendto = known_folder(arena, CSIDL_SENDTO, shortcut_name);
    return places->program != NULL && places->desktop != NULL && places->sendto != NULL;
}

static bool
is_installed_copy(const struct places *places)
{
    return lstrcmpiW(places->self, places->program) == 0;
}

/* -- files -- */

/* Without the mark that Windows puts on files from the web, a stream of the file: whoever installs the program trusts it, and Excel
 * loads no add-in that is marked. */
static bool
copy_unmarked(struct arena *arena, const wchar_t *from, const wchar_t *to)
{
    static const wchar_t mark[] = L":Zone.Identifier";
    size_t n = wcslen(to) + sizeof mark / sizeof *mark;
    wchar_t *stream = arena_array(arena, n, sizeof *stream);
    if (stream == NULL || !CopyFileW(from, to, FALSE))
        return false;
    _snwprintf(stream, n, L"%ls%ls", to, mark);
    DeleteFileW(stream);
    return true;
}

static bool
remove_file(const wchar_t *path)
{
    return DeleteFileW(path) || GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND;
}

/* -- shortcuts -- */

static bool
save_shortcut(IShellLinkW *link, const wchar_t *path)
{
    IPersistFile *file;
    if (FAILED(IShellLinkW_QueryInterface(link, &IID_IPersistFile, (void **)&file)))
        return false;
    bool ok = SUCCEEDED(IPersistFile_Save(file, path, TRUE));
    IPersistFile_Release(file);
    return ok;
}

static bool
make_shortcut(const struct places *places, const wchar_t *path)
{
    IShellLinkW *link;
    if (FAILED(CoCreateInstance(&CLSID_ShellLink, NULL, CLSCTX_INPROC_SERVER, &IID_IShellLinkW, (void **)&link)))
        return false;
    bool ok = SUCCEEDED(IShellLinkW_SetPath(link, places->program)) && SUCCEEDED(IShellLinkW_SetIconLocation(link, places->program, 0)) &&
              SUCCEEDED(IShellLinkW_SetDescription(link, L"把年报表格拖到这里校验")) && save_shortcut(link, path);
    IShellLinkW_Release(link);
    return ok;
}

/* -- registry -- */

static wchar_t *
quoted(struct arena *arena, const wchar_t *program, const wchar_t *rest)
{
    size_t n = wcslen(program) + wcslen(rest) + 4;
    wchar_t *out = arena_array(arena, n, sizeof *out);
    if (out != NULL)
        _snwprintf(out, n, L"\"%ls\" %ls", program, rest);
    return out;
}

/* The key of our verb for an ending: …\.xlsx\shell\nianbao. The two above it are *shell and *ending. */
static wchar_t *
verb_key(struct arena *arena, size_t i, wchar_t **ending, wchar_t **shell)
{
    *ending = wide_join(arena, associations, endings[i]);
    *shell = *ending != NULL ? wide_join(arena, *ending, L"shell") : NULL;
    return *shell != NULL ? wide_join(arena, *shell, L"nianbao") : NULL;
}

/* One process for each selected file, however many (Player); gather.c brings them together. */
static bool
add_verb(const struct places *places, size_t i)
{
    wchar_t *ending, *shell, *key = verb_key(places->arena, i, &ending, &shell);
    wchar_t *command_key = key != NULL ? wide_join(places->arena, key, L"command") : NULL;
    wchar_t *command = quoted(places->arena, places->program, L"--gather \"%1\"");
    return command_key != NULL && command != NULL && registry_set(key, NULL, L"年报校验") && registry_set(key, L"Icon", places->program) &&
           registry_set(key, L"MultiSelectModel", L"Player") && registry_set(command_key, NULL, command);
}

static void
remove_verb(const struct places *places, size_t i)
{
    wchar_t *ending, *shell, *key = verb_key(places->arena, i, &ending, &shell);
    if (key == NULL)
        return;
    RegDeleteTreeW(HKEY_CURRENT_USER, key);
    registry_remove_empty(shell);
    registry_remove_empty(ending);
}

/* The entry in the list of installed programs. */
static bool
add_entry(const struct places *places)
{
    wchar_t *command = quoted(places->arena, places->program, L"--uninstall");
    wchar_t *quiet = quoted(places->arena, places->program, L"--uninstall --silent");
    return command != NULL && quiet != NULL && registry_set(uninstall_key, L"DisplayName", L"年报校验") &&
           registry_set(uninstall_key, L"Publisher", L"nianbao") && registry_set(uninstall_key, L"DisplayVersion", L"" NIANBAO_VERSION) &&
           registry_set(uninstall_key, L"DisplayIcon", places->program) && registry_set(uninstall_key, L"InstallLocation", places->folder) &&
           registry_set(uninstall_key, L"UninstallString", command) && registry_set(uninstall_key, L"QuietUninstallString", quiet);
}

/* -- the add-in of Excel -- */

/* Beside the program, or as the zip has it. */
static void
find_addin(struct places *places)
{
    static const wchar_t *const beside[] = { L"%ls%ls", L"%ls插件\\%ls" };
    const wchar_t *name = office_addin();
    size_t folder = (size_t)(wcsrchr(places->self, L'\\') + 1 - places->self), n = folder + 32;
    wchar_t *self = arena_array(places->arena, folder + 1, sizeof *self), *path = arena_array(places->arena, n, sizeof *path);
    if (name == NULL || self == NULL || path == NULL)
        return;
    wmemcpy(self, places->self, folder);
    for (size_t i = 0; i < sizeof beside / sizeof *beside && places->addin_given == NULL; i++) {
        _snwprintf(path, n, beside[i], self, name);
        if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
            places->addin_given = path;
    }
    places->addin = places->addin_given != NULL ? wide_join(places->arena, places->folder, name) : NULL;
}

static bool
add_addin(const struct places *places)
{
    return (is_installed_copy(places) || copy_unmarked(places->arena, places->addin_given, places->addin)) &&
           office_switch_on(places->arena, places->addin);
}

/* False: Excel has it open. */
static bool
remove_addins(const struct places *places)
{
    bool ok = true;
    for (size_t i = 0; i < sizeof office_addins / sizeof *office_addins; i++) {
        wchar_t *path = wide_join(places->arena, places->folder, office_addins[i]);
        bool gone = path != NULL && remove_file(path);
        if (gone)
            office_switch_off(places->arena, path);
        ok = ok && gone;
    }
    return ok;
}

/* -- the two -- */

static bool
copy_program(const struct places *places)
{
    if (is_installed_copy(places))
        return true;
    CreateDirectoryW(places->folder, NULL);
    return copy_unmarked(places->arena, places->self, places->program);
}

static bool
install(const struct places *places)
{
    bool com = SUCCEEDED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED));
    bool ok = copy_program(places) && make_shortcut(places, places->desktop) &&
              make_shortcut(places, places->sendto) && add_entry(places);
    for (size_t i = 0; i < ENDINGS && ok; i++)
        ok = add_verb(places, i);
    if (ok)
        SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_IDLIST, NULL, NULL);
    if (com)
        CoUninitialize();
    return ok;
}

/* A running program cannot delete itself: the command processor does it a moment later, when this one has ended. */
static bool
remove_program_later(const struct places *places)
{
    static const wchar_t pattern[] = L"cmd.exe /d /c \"ping -n 3 127.0.0.1 >nul & del \"%ls\" & rmdir \"%ls\"\"";
    size_t n = sizeof pattern / sizeof *pattern + wcslen(places->program) + wcslen(places->folder);
    wchar_t *command = arena_array(places->arena, n, sizeof *command), system[MAX_PATH];
    STARTUPINFOW start = { .cb = sizeof start };
    PROCESS_INFORMATION process;
    UINT length = GetSystemDirectoryW(system, MAX_PATH);
    wchar_t *cmd = length > 0 && length < MAX_PATH ? wide_join(places->arena, system, L"cmd.exe") : NULL;
    if (command == NULL || cmd == NULL)
        return false;
    _snwprintf(command, n, pattern, places->program, places->folder);
    if (!CreateProcessW(cmd, command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, system, &start, &process))
        return false;
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return true;
}

/* What there is to take away, but for a program that is running. */
static bool
uninstall(const struct places *places)
{
    if (!remove_addins(places))
        return false;
    bool ok = remove_file(places->desktop) && remove_file(places->sendto);
    for (size_t i = 0; i < ENDINGS; i++)
        remove_verb(places, i);
    registry_remove_empty(associations);
    RegDeleteTreeW(HKEY_CURRENT_USER, uninstall_key);
    SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_IDLIST, NULL, NULL);
    if (!is_installed_copy(places)) {
        ok = remove_file(places->program) && ok;
        RemoveDirectoryW(places->folder);            /* kept when somebody put something else there */
    }
    return ok;
}

static void
put(struct arena *arena, const char *text, enum say say)
{
    const wchar_t *wide = say == SAY_WINDOW && arena != NULL ? wide_text(arena, text) : NULL;
    if (wide != NULL)
        MessageBoxW(NULL, wide, L"年报校验", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND);
    else if (say != SAY_NOTHING)
        os_print(1, text, strlen(text));
}

static bool
wants_addin(enum say say)
{
    return say != SAY_WINDOW ||
           MessageBoxW(NULL, L"这台电脑上有 Excel。要在 Excel 里也加上“年报”菜单，在打开的表格里直接校验吗？", L"年报校验",
                       MB_YESNO | MB_ICONQUESTION | MB_SETFOREGROUND) == IDYES;
}

static bool
install_and_say(struct places *places, enum say say, bool addin)
{
    if (addin)
        find_addin(places);
    if (places->addin != NULL && !wants_addin(say))
        places->addin = NULL;
    if (!install(places)) {
        put(places->arena, "没有装成：“年报校验”正在运行的话请先关闭再试。不安装也可以直接把表格拖到程序上使用。\n", say);
        return false;
    }
    bool added = places->addin != NULL && add_addin(places);
    struct text text = text_new(places->arena);
    text_puts(&text, "装好了。把年报表格拖到桌面上的“年报校验”，或者在表格上点右键选“年报校验”（“发送到”里也有）。\n");
    if (added)
        text_puts(&text, "Excel 里也有了“年报”菜单，在“加载项”选项卡里：请关闭 Excel 再打开。\n");
    else if (places->addin != NULL)
        text_puts(&text, "Excel 里的“年报”菜单没有装上：请关闭 Excel，再装一次。\n");
    text_puts(&text, "不想用时，在 Windows 的“应用”（或“程序和功能”）里卸载“年报校验”。\n");
    put(places->arena, text.failed ? "装好了。\n" : text.at, say);
    return added || places->addin == NULL;
}

static bool
uninstall_and_say(const struct places *places, enum say say)
{
    bool ok = uninstall(places);
    put(places->arena, ok ? "已经卸载：程序、桌面和“发送到”里的图标、右键菜单、Excel 里的“年报”菜单都删除了。您的表格和校验结果没有动。\n"
                          : "没有卸载干净：请先关闭“年报校验”和 Excel 再试一次。\n", say);
    return ok && (!is_installed_copy(places) || remove_program_later(places));
}

bool
install_main(enum install what, enum say say, bool addin)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct places places;
    bool ok = arena != NULL && find_places(arena, &places);
    if (!ok)
        put(arena, "Windows 没有说出程序和桌面在哪个文件夹，或者内存不足，什么都没有做。\n", say);
    ok = ok && (what == INSTALL ? install_and_say(&places, say, addin) : uninstall_and_say(&places, say));
    arena_free(arena);
    return ok;
}
