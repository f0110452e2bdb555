/* SPDX-License-Identifier: MIT */
/* install: the shell's documented places (CSIDL folders, IShellLink, static verbs below SystemFileAssociations, the Uninstall key of
 * the installed programs). All of it is the user's: %LOCALAPPDATA%\nianbao and HKEY_CURRENT_USER. What --install makes, and nothing
 * else, --uninstall takes away: keys above our own only when they are empty. */
#include <string.h>

#include "install.h"
#include "limits.h"
#include "os.h"
#include "wide.h"

/* Behind our headers: its FILE_UNKNOWN is a macro. */
#define COBJMACROS
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <shlobj.h>
#include <shlwapi.h>

static const wchar_t shortcut_name[] = L"年报校验.lnk";
static const wchar_t uninstall_key[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\nianbao";
static const wchar_t associations[] = L"Software\\Classes\\SystemFileAssociations";
static const wchar_t *const endings[] = { L".xlsx", L".xls", L".et", L".ods" };
enum { ENDINGS = sizeof endings / sizeof *endings };

/* Where everything goes. */
struct places {
    struct arena *arena;
    wchar_t *self, *folder, *program, *desktop, *sendto;
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

static bool
set_value(const wchar_t *key, const wchar_t *name, const wchar_t *value)
{
    HKEY handle;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, key, 0, NULL, 0, KEY_SET_VALUE, NULL, &handle, NULL) != ERROR_SUCCESS)
        return false;
    DWORD bytes = (DWORD)((wcslen(value) + 1) * sizeof *value);
    LSTATUS status = RegSetValueExW(handle, name, 0, REG_SZ, (const BYTE *)value, bytes);
    RegCloseKey(handle);
    return status == ERROR_SUCCESS;
}

static bool
is_empty_key(const wchar_t *key)
{
    HKEY handle;
    DWORD keys = 1, values = 1;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, key, 0, KEY_QUERY_VALUE, &handle) != ERROR_SUCCESS)
        return false;
    LSTATUS status = RegQueryInfoKeyW(handle, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
    RegCloseKey(handle);
    return status == ERROR_SUCCESS && keys == 0 && values == 0;
}

static void
remove_empty_key(const wchar_t *key)
{
    if (key != NULL && is_empty_key(key))
        RegDeleteKeyW(HKEY_CURRENT_USER, key);
}

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
    return command_key != NULL && command != NULL && set_value(key, NULL, L"年报校验") && set_value(key, L"Icon", places->program) &&
           set_value(key, L"MultiSelectModel", L"Player") && set_value(command_key, NULL, command);
}

static void
remove_verb(const struct places *places, size_t i)
{
    wchar_t *ending, *shell, *key = verb_key(places->arena, i, &ending, &shell);
    if (key == NULL)
        return;
    SHDeleteKeyW(HKEY_CURRENT_USER, key);
    remove_empty_key(shell);
    remove_empty_key(ending);
}

/* The entry in the list of installed programs. */
static bool
add_entry(const struct places *places)
{
    wchar_t *command = quoted(places->arena, places->program, L"--uninstall");
    return command != NULL && set_value(uninstall_key, L"DisplayName", L"年报校验") && set_value(uninstall_key, L"Publisher", L"nianbao") &&
           set_value(uninstall_key, L"DisplayVersion", L"" NIANBAO_VERSION) && set_value(uninstall_key, L"DisplayIcon", places->program) &&
           set_value(uninstall_key, L"InstallLocation", places->folder) && set_value(uninstall_key, L"UninstallString", command);
}

/* -- the two -- */

static bool
copy_program(const struct places *places)
{
    if (is_installed_copy(places))
        return true;
    CreateDirectoryW(places->folder, NULL);
    return CopyFileW(places->self, places->program, FALSE);
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

static bool
remove_file(const wchar_t *path)
{
    return DeleteFileW(path) || GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND;
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
    bool ok = remove_file(places->desktop) && remove_file(places->sendto);
    for (size_t i = 0; i < ENDINGS; i++)
        remove_verb(places, i);
    remove_empty_key(associations);
    SHDeleteKeyW(HKEY_CURRENT_USER, uninstall_key);
    SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_IDLIST, NULL, NULL);
    if (!is_installed_copy(places)) {
        ok = remove_file(places->program) && ok;
        RemoveDirectoryW(places->folder);            /* kept when somebody put something else there */
    }
    return ok;
}

static void
say(struct arena *arena, const char *text, bool windows)
{
    const wchar_t *wide = windows ? wide_text(arena, text) : NULL;
    if (wide != NULL)
        MessageBoxW(NULL, wide, L"年报校验", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND);
    else
        os_print(1, text, strlen(text));
}

bool
install_main(enum install what, bool windows)
{
    static const char *const said[][2] = {
        [INSTALL] = { "没有装成：“年报校验”正在运行的话请先关闭再试。不安装也可以直接把表格拖到程序上使用。\n",
                      "装好了。把年报表格拖到桌面上的“年报校验”，或者在表格上点右键选“年报校验”（“发送到”里也有）。\n"
                      "不想用时，在 Windows 的“应用”（或“程序和功能”）里卸载“年报校验”。\n" },
        [UNINSTALL] = { "没有卸载干净：请先关闭“年报校验”再试一次。\n",
                        "已经卸载：程序、桌面和“发送到”里的图标、右键菜单都删除了。您的表格和校验结果没有动。\n" },
    };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct places places;
    bool ok = arena != NULL && find_places(arena, &places) && (what == INSTALL ? install(&places) : uninstall(&places));
    say(arena, said[what][ok], windows);
    if (ok && what == UNINSTALL && is_installed_copy(&places))
        ok = remove_program_later(&places);
    arena_free(arena);
    return ok;
}
