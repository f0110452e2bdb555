/* SPDX-License-Identifier: MIT */
/* libxml2: linked where the program is one file (LIBXML_STATIC, the library's own word for that), else loaded by its name. The library
 * stays: its threads' data would outlive it. */
#include "libxml2.h"

#ifdef LIBXML_STATIC

bool
libxml2_load(struct libxml2 *library)
{
    *library = (struct libxml2){ htmlNewParserCtxt, htmlCtxtReadIO, xmlStopParser, htmlFreeParserCtxt, xmlDictSize, xmlSetStructuredErrorFunc };
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
libxml2_load(struct libxml2 *library)
{
    void *handle = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    return handle != NULL && find(handle, "htmlNewParserCtxt", &library->new_parser)
        && find(handle, "htmlCtxtReadIO", &library->read) && find(handle, "xmlStopParser", &library->stop)
        && find(handle, "htmlFreeParserCtxt", &library->free_parser) && find(handle, "xmlDictSize", &library->count_names)
        && find(handle, "xmlSetStructuredErrorFunc", &library->report);
}

#endif
