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

#include "late.h"

bool
libxml2_load(struct libxml2 *library)
{
    void *handle = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    return handle != NULL && late_function(handle, "htmlNewParserCtxt", &library->new_parser)
        && late_function(handle, "htmlCtxtReadIO", &library->read) && late_function(handle, "xmlStopParser", &library->stop)
        && late_function(handle, "htmlFreeParserCtxt", &library->free_parser) && late_function(handle, "xmlDictSize", &library->count_names)
        && late_function(handle, "xmlSetStructuredErrorFunc", &library->report);
}

#endif
