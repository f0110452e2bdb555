/* SPDX-License-Identifier: MIT */
/* ask: the dialog of Windows to choose files. False: none was chosen. (The other boxes of ask.c are window.h's.) */
#ifndef NIANBAO_ASK_H
#define NIANBAO_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

bool window_choose(struct arena *arena, const char ***files, size_t *n);

#endif
