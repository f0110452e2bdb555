/* SPDX-License-Identifier: MIT */
/* office: how many bits Excel has says Bitness below Outlook ("64-bit editions of Office", Microsoft's documentation of Office 2010 and
 * later), Platform of the Click-to-Run configuration, else Excel's own program, found by App Paths ("Application Registration"). What
 * Excel loads it keeps itself, below its key Options: values OPEN, OPEN1, OPEN2… of the form /R "path". An add-in that was taken off
 * that list in Excel's own window stands below Add-in Manager, a value with its path for a name. */
#include "office.h"
#include "limits.h"
#include "registry.h"
#include "wide.h"

const wchar_t *const office_addins[2] = { L"nianbao64.xll", L"nianbao32.xll" };

enum { LONGEST = 32768, ROOM = 64, NAME = 256, PLENTY = 1000 };

/* Excel 2016 and all later ones, 2013, 2010. */
static const struct version { const wchar_t *office, *click_to_run; } versions[] = {
    { L"Software\\Microsoft\\Office\\16.0", L"Software\\Microsoft\\Office\\ClickToRun\\Configuration" },
    { L"Software\\Microsoft\\Office\\15.0", L"Software\\Microsoft\\Office\\15.0\\ClickToRun\\Configuration" },
    { L"Software\\Microsoft\\Office\\14.0", NULL },
};
enum { VERSIONS = sizeof versions / sizeof *versions };

/* The longest key that is put together here. */
struct key { wchar_t path[ROOM * 2]; };

static const wchar_t *
below(const struct version *version, const wchar_t *name, struct key *key)
{
    _snwprintf(key->path, ROOM * 2, L"%ls\\%ls", version->office, name);
    return key->path;
}

static bool
has_excel(const struct version *version)
{
    struct key key;
    return registry_has_key(HKEY_CURRENT_USER, below(version, L"Excel", &key))
        || registry_has_key(HKEY_LOCAL_MACHINE, below(version, L"Excel\\InstallRoot", &key));
}

/* -- how many bits -- */

static const wchar_t *
addin_of_program(void)
{
    static const wchar_t key[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe";
    wchar_t program[MAX_PATH];
    DWORD type;
    if (!registry_get(HKEY_LOCAL_MACHINE, key, NULL, program, MAX_PATH) || !GetBinaryTypeW(program, &type))
        return NULL;
    return type == SCS_64BIT_BINARY ? office_addins[0] : type == SCS_32BIT_BINARY ? office_addins[1] : NULL;
}

static const wchar_t *
addin_of_version(const struct version *version)
{
    struct key key;
    wchar_t said[ROOM];
    if (!registry_get(HKEY_LOCAL_MACHINE, below(version, L"Outlook", &key), L"Bitness", said, ROOM)
        && (version->click_to_run == NULL || !registry_get(HKEY_LOCAL_MACHINE, version->click_to_run, L"Platform", said, ROOM)))
        return addin_of_program();
    return lstrcmpiW(said, L"x64") == 0 ? office_addins[0] : lstrcmpiW(said, L"x86") == 0 ? office_addins[1] : NULL;
}

const wchar_t *
office_addin(void)
{
    for (size_t i = 0; i < VERSIONS; i++)
        if (has_excel(&versions[i]))
            return addin_of_version(&versions[i]);
    return NULL;
}

/* -- the list -- */

/* Is it `/R "path"`, or the path alone? */
static bool
names_path(const wchar_t *value, const wchar_t *path)
{
    size_t n = wcslen(path);
    if (_wcsnicmp(value, L"/R", 2) == 0)
        value += 2;
    value += wcsspn(value, L" \"");
    return _wcsnicmp(value, path, n) == 0 && wcsspn(value + n, L" \"") == wcslen(value + n);
}

/* The first value of the list that is our add-in's; name has room for NAME. */
static bool
find_ours(HKEY options, const wchar_t *path, wchar_t *name, wchar_t *value)
{
    for (DWORD i = 0, type;; i++) {
        DWORD length = NAME, bytes = (LONGEST - 1) * sizeof *value;
        LSTATUS status = RegEnumValueW(options, i, name, &length, NULL, &type, (BYTE *)value, &bytes);
        if (status != ERROR_SUCCESS && status != ERROR_MORE_DATA)
            return false;
        if (status != ERROR_SUCCESS || type != REG_SZ)
            continue;
        value[bytes / sizeof *value] = L'\0';
        if (_wcsnicmp(name, L"OPEN", 4) == 0 && names_path(value, path))
            return true;
    }
}

static bool
put_on_list(const struct version *version, const wchar_t *path, wchar_t *value)
{
    struct key key;
    HKEY options;
    wchar_t name[NAME];
    if (RegCreateKeyExW(HKEY_CURRENT_USER, below(version, L"Excel\\Options", &key), 0, NULL, 0, KEY_QUERY_VALUE | KEY_SET_VALUE, NULL,
                        &options, NULL) != ERROR_SUCCESS)
        return false;
    bool there = find_ours(options, path, name, value);
    for (unsigned i = 0; !there && i < PLENTY; i++) {
        _snwprintf(name, NAME, i == 0 ? L"OPEN" : L"OPEN%u", i);
        if (RegQueryValueExW(options, name, NULL, NULL, NULL, NULL) != ERROR_FILE_NOT_FOUND)
            continue;
        _snwprintf(value, LONGEST, L"/R \"%ls\"", path);
        DWORD bytes = (DWORD)((wcslen(value) + 1) * sizeof *value);
        there = RegSetValueExW(options, name, 0, REG_SZ, (const BYTE *)value, bytes) == ERROR_SUCCESS;
        break;
    }
    RegCloseKey(options);
    return there;
}

static void
take_off_list(const struct version *version, const wchar_t *path, wchar_t *value)
{
    struct key key;
    HKEY handle;
    wchar_t name[NAME];
    if (RegOpenKeyExW(HKEY_CURRENT_USER, below(version, L"Excel\\Options", &key), 0, KEY_QUERY_VALUE | KEY_SET_VALUE, &handle) == ERROR_SUCCESS) {
        while (find_ours(handle, path, name, value) && RegDeleteValueW(handle, name) == ERROR_SUCCESS)
            continue;
        RegCloseKey(handle);
    }
    if (RegOpenKeyExW(HKEY_CURRENT_USER, below(version, L"Excel\\Add-in Manager", &key), 0, KEY_SET_VALUE, &handle) == ERROR_SUCCESS) {
        RegDeleteValueW(handle, path);
        RegCloseKey(handle);
    }
    static const wchar_t *const ours[] = { L"Excel\\Options", L"Excel" };      /* made by us when Excel was never started */
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        registry_remove_empty(below(version, ours[i], &key));
    registry_remove_empty(version->office);
}

bool
office_switch_on(struct arena *arena, const wchar_t *path)
{
    wchar_t *value = arena_array(arena, LONGEST, sizeof *value);
    bool on = false;
    for (size_t i = 0; i < VERSIONS && value != NULL; i++)
        on = (has_excel(&versions[i]) && put_on_list(&versions[i], path, value)) || on;
    return on;
}

void
office_switch_off(struct arena *arena, const wchar_t *path)
{
    wchar_t *value = arena_array(arena, LONGEST, sizeof *value);
    for (size_t i = 0; i < VERSIONS && value != NULL; i++)
        take_off_list(&versions[i], path, value);
    registry_remove_empty(L"Software\\Microsoft\\Office");
}
