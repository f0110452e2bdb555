/* SPDX-License-Identifier: MIT */
/* notepad: see the header. A summary is sealed as a text with LF; what a share holds may have been written on another system, so
 * stripping is done everywhere. */
#include <string.h>

#include "notepad.h"

static const char mark[] = "\xEF\xBB\xBF";

void
notepad_dress(struct text *text)
{
    struct text out = text_new(text->arena);
    text_puts(&out, mark);
    for (size_t i = 0; i < text->n; i++) {
        if (text->at[i] == '\n')
            text_putc(&out, '\r');
        text_putc(&out, text->at[i]);
    }
    out.failed |= text->failed;
    *text = out;
}

size_t
notepad_strip(unsigned char *bytes, size_t n)
{
    size_t kept = 0;
    for (size_t i = n >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0; i < n; i++)
        if (bytes[i] != '\r' || i + 1 == n || bytes[i + 1] != '\n')
            bytes[kept++] = bytes[i];
    return kept;
}
