/* SPDX-License-Identifier: MIT */
/* ids: a set of files and folders, known by what they are and not by their names. */
#ifndef NIANBAO_IDS_H
#define NIANBAO_IDS_H

#include "os.h"

/* Starts as zeroes; its memory is the arena's that is given. */
struct ids { struct os_id *slot; size_t n, size; };

/* Make room for n in all. False: out of memory. */
bool ids_room(struct arena *arena, struct ids *ids, size_t n);

/* False: out of memory; never where ids_room has made room. */
bool ids_add(struct arena *arena, struct ids *ids, struct os_id id);
bool ids_have(const struct ids *ids, struct os_id id);

#endif
