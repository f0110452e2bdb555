/* SPDX-License-Identifier: MIT */
/* charset: the bytes of a text as UTF-8. */
#ifndef NIANBAO_CHARSET_H
#define NIANBAO_CHARSET_H

#include <stddef.h>

#include "arena.h"
#include "status.h"

/* Decode n bytes. `label`: the name of the encoding as a page or a message declares it ("gb2312", in any case), or NULL. What the bytes
 * themselves show goes before what is declared: a byte order mark, then text that is plainly UTF-8. Other text without a name that is
 * known is GB18030. Bytes that mean nothing become U+FFFD; byte order marks and NULs are left out. *text is in the arena or is `bytes`
 * themselves, has *ntext bytes of well-formed UTF-8, and need not end with a NUL. Fails only for want of memory. */
enum status charset_decode(struct arena *arena, const unsigned char *bytes, size_t n, const char *label, const char **text, size_t *ntext,
                           struct fault *fault);

/* What the first bytes of HTML or XML declare: <meta charset=…>, <meta … content="…; charset=…">, <?xml … encoding="…"?>. False: nothing. */
enum { CHARSET_LABEL = 32 };
bool charset_declared(const unsigned char *bytes, size_t n, char label[CHARSET_LABEL]);

#endif
