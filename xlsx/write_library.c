/* SPDX-License-Identifier: MIT */
/* write_library: linked where the program is one file (XLSXWRITER_STATIC), else loaded by its name, and then it stays. */
#include "write_library.h"

#ifdef XLSXWRITER_STATIC

bool
libxlsxwriter_load(struct libxlsxwriter *library)
{
#define GIVE(function) .function = function,
    *library = (struct libxlsxwriter){ LIBXLSXWRITER(GIVE) };
    return true;
}

#else

#include <dlfcn.h>
#include <string.h>

/* An object pointer that is a function's, as POSIX has it (dlsym, rationale). */
static bool
find(void *handle, const char *name, void *function)
{
    void *symbol = dlsym(handle, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

bool
libxlsxwriter_load(struct libxlsxwriter *library)
{
    void *handle = dlopen("libxlsxwriter.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
#define FIND(name) && find(handle, #name, &library->name)
    return handle != NULL LIBXLSXWRITER(FIND);
}

#endif
