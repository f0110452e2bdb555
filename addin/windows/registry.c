/* SPDX-License-Identifier: MIT */
/* registry: the few calls that are needed, each opening and closing its key. */
#include "registry.h"

static const REGSAM views[] = { KEY_WOW64_64KEY, KEY_WOW64_32KEY };
enum { VIEWS = sizeof views / sizeof *views };

bool
registry_set(const wchar_t *key, const wchar_t *name, const wchar_t *value)
{
    HKEY handle;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, key, 0, NULL, 0, KEY_SET_VALUE, NULL, &handle, NULL) != ERROR_SUCCESS)
        return false;
    DWORD bytes = (DWORD)((wcslen(value) + 1) * sizeof *value);
    LSTATUS status = RegSetValueExW(handle, name, 0, REG_SZ, (const BYTE *)value, bytes);
    RegCloseKey(handle);
    return status == ERROR_SUCCESS;
}

bool
registry_get(HKEY root, const wchar_t *key, const wchar_t *name, wchar_t *value, DWORD room)
{
    bool found = false;
    for (size_t i = 0; i < VIEWS && !found; i++) {
        HKEY handle;
        DWORD bytes = room * (DWORD)sizeof *value;
        if (RegOpenKeyExW(root, key, 0, KEY_QUERY_VALUE | views[i], &handle) != ERROR_SUCCESS)
            continue;
        found = RegGetValueW(handle, NULL, name, RRF_RT_REG_SZ, NULL, value, &bytes) == ERROR_SUCCESS;
        RegCloseKey(handle);
    }
    return found;
}

bool
registry_has_key(HKEY root, const wchar_t *key)
{
    bool found = false;
    for (size_t i = 0; i < VIEWS && !found; i++) {
        HKEY handle;
        found = RegOpenKeyExW(root, key, 0, KEY_QUERY_VALUE | views[i], &handle) == ERROR_SUCCESS;
        if (found)
            RegCloseKey(handle);
    }
    return found;
}

static bool
is_empty(const wchar_t *key)
{
    HKEY handle;
    DWORD keys = 1, values = 1;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, key, 0, KEY_QUERY_VALUE, &handle) != ERROR_SUCCESS)
        return false;
    LSTATUS status = RegQueryInfoKeyW(handle, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
    RegCloseKey(handle);
    return status == ERROR_SUCCESS && keys == 0 && values == 0;
}

void
registry_remove_empty(const wchar_t *key)
{
    if (key != NULL && is_empty(key))
        RegDeleteKeyW(HKEY_CURRENT_USER, key);
}
