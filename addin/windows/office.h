/* SPDX-License-Identifier: MIT */
/* office: the Excel of this machine, and the list of add-ins that it loads for this user. */
#ifndef NIANBAO_OFFICE_H
#define NIANBAO_OFFICE_H

#include <stdbool.h>
#include <wchar.h>

#include "arena.h"

/* The file name of our add-in for an Excel of 64 or 32 bits. */
extern const wchar_t *const office_addins[2];

/* Which of the two suits; NULL: there is no Excel, or nothing says how many bits it has. */
const wchar_t *office_addin(void);

/* Excel loads the add-in of this path from its next start on. */
bool office_switch_on(struct arena *arena, const wchar_t *path);

/* It no longer does. Other programs' add-ins stay as they are. */
void office_switch_off(struct arena *arena, const wchar_t *path);

#endif
