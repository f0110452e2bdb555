/* SPDX-License-Identifier: MIT */
/* gather: the right-click verb starts the program once for every selected file. The first of these processes takes the paths of the
 * others, so that there is one run and one window. */
#ifndef NIANBAO_GATHER_H
#define NIANBAO_GATHER_H

#include <stdbool.h>

#include "arena.h"

/* Paths of this process in; of all processes out, sorted. False: another process has taken them, and this one is done. Memory
 * belongs to the arena. */
bool gather_files(struct arena *arena, const char ***files, size_t *n);

#endif
