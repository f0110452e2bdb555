/* SPDX-License-Identifier: MIT */
/* wide: UTF-8 to UTF-16 and back, at the edge of the windows. Memory belongs to the arena; NULL: out of memory. */
#ifndef NIANBAO_WIDE_H
#define NIANBAO_WIDE_H

#include <wchar.h>

#include "arena.h"

wchar_t *wide_text(struct arena *arena, const char *text);     /* lines end in CR LF */
wchar_t *wide_path(struct arena *arena, const char *path);     /* with '\' between folders */
char *narrow_text(struct arena *arena, const wchar_t *text);
char *narrow_path(struct arena *arena, const wchar_t *path);   /* with '/' between folders */

/* "folder\name" */
wchar_t *wide_join(struct arena *arena, const wchar_t *folder, const wchar_t *name);

#endif
