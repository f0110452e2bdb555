/* SPDX-License-Identifier: MIT */
/* late: for the two files that load a shared library when it is first needed. */
#ifndef NIANBAO_LATE_H
#define NIANBAO_LATE_H

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

/* The function of that name, into a pointer to it: an object pointer that is a function's, as POSIX has it (dlsym, rationale). False: the
 * library has none. */
static inline bool
late_function(void *handle, const char *name, void *function)
{
    void *symbol = dlsym(handle, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

#endif
