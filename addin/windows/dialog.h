/* SPDX-License-Identifier: MIT */
/* dialog: a dialog box as a list of its items; the DLGTEMPLATE that Windows wants is made in memory of the arena. */
#ifndef NIANBAO_DIALOG_H
#define NIANBAO_DIALOG_H

#include <windows.h>

#include "arena.h"

enum dialog_class { DIALOG_BUTTON = 0x0080, DIALOG_EDIT = 0x0081, DIALOG_STATIC = 0x0082 };

/* Places in dialog units: a quarter of a character's width, an eighth of its height. */
struct dialog_item { enum dialog_class kind; DWORD style; short x, y, width, height; WORD id; const wchar_t *text; };
struct dialog { const wchar_t *title; short width, height; const struct dialog_item *items; WORD nitems; };

/* NULL: out of memory. */
const DLGTEMPLATE *dialog_template(struct arena *arena, const struct dialog *dialog);

#endif
