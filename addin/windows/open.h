/* SPDX-License-Identifier: MIT */
/* open: what was written, in the program that Windows has for it; what keeps it from being opened is said in a box. */
#ifndef NIANBAO_OPEN_H
#define NIANBAO_OPEN_H

#include "arena.h"

void open_workbook(struct arena *arena, const char *path);
void open_text(struct arena *arena, const char *path);
void open_folder(struct arena *arena, const char *path);       /* with the file selected */

#endif
