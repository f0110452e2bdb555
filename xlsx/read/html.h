/* SPDX-License-Identifier: MIT */
/* html: the elements and texts of a web page in order, one call each. No tree is built. */
#ifndef NIANBAO_HTML_H
#define NIANBAO_HTML_H

#include <stddef.h>

#include "arena.h"
#include "status.h"

/* What to call. Names are in lower case; attributes are name and value in turn (the value of `hidden` alone is NULL), then NULL. Every
 * element that starts ends, in order. Texts come in pieces, UTF-8, references decoded. Any status but STATUS_OK ends the reading. */
struct html_events {
    enum status (*start)(void *to, const char *name, const char *const *attributes);
    enum status (*end)(void *to, const char *name);
    enum status (*text)(void *to, const char *s, size_t n);
};

/* Read a page of n bytes of UTF-8. STATUS_TOO_BIG: more than LIMIT_HTML, or deeper or more confused than LIMIT_HTML_*. */
enum status html_read(struct arena *arena, const char *page, size_t n, const struct html_events *events, void *to, struct fault *fault);

#endif
