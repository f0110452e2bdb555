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

#include "late.h"

bool
libxlsxwriter_load(struct libxlsxwriter *library)
{
    void *handle = dlopen("libxlsxwriter.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
#define FIND(name) && late_function(handle, #name, &library->name)
    return handle != NULL LIBXLSXWRITER(FIND);
}

#endif
