/* SPDX-License-Identifier: MIT */
/* status: the public codes, and the one way to record a fault. */
#include <stdarg.h>
#include <stdio.h>

#include "status.h"

const char *
status_code(enum status status)
{
    static const char *const codes[STATUS_COUNT] = {
#define X(name, code) [STATUS_##name] = code,
        STATUS_LIST(X)
#undef X
    };
    return (unsigned)status < STATUS_COUNT ? codes[status] : "unknown";
}

bool
file_is_document(enum file_kind kind)
{
    return kind == FILE_DOCX || kind == FILE_ODT || kind == FILE_HTML || kind == FILE_MHT;
}

enum status
fault_set(struct fault *fault, enum status status, const char *where, ...)
{
    if (fault == NULL)
        return status;
    fault->status = status;
    va_list args;
    va_start(args, where);
    int n = vsnprintf(fault->where, sizeof fault->where, where, args);
    va_end(args);
    if (n < 0)
        fault->where[0] = '\0';
    if (n >= (int)sizeof fault->where) {
        /* Cut: the last character may be half of one, so it goes as a whole. */
        size_t end = sizeof fault->where - 2;
        while (end > 0 && ((unsigned char)fault->where[end] & 0xC0) == 0x80)
            end--;
        fault->where[end] = '\0';
    }
    return status;
}
