/* SPDX-License-Identifier: MIT */
/* registry: texts in the registry. Keys that are written or removed are the current user's. */
#ifndef NIANBAO_REGISTRY_H
#define NIANBAO_REGISTRY_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdbool.h>

bool registry_set(const wchar_t *key, const wchar_t *name, const wchar_t *value);

/* False: there is no such text, or it is longer than room. For the machine's keys: as programs of 64 bits see it, else as those of 32. */
bool registry_get(HKEY root, const wchar_t *key, const wchar_t *name, wchar_t *value, DWORD room);

bool registry_has_key(HKEY root, const wchar_t *key);

/* Remove a key that nothing is in. NULL is allowed. */
void registry_remove_empty(const wchar_t *key);

#endif
