/* SPDX-License-Identifier: MIT */
/* The parts of a package, packed by the harness so that sums and sizes are right, all the way to everything that is given back. The
 * input is the parts one after another: "\n@@NAME\n" and what is in it. */
#include <string.h>

#include "fuzz.h"

enum { PARTS = 32 };

static const unsigned char *
next_mark(const unsigned char *at, const unsigned char *end)
{
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        if (end - at > 3 && at[1] == '@' && at[2] == '@')
            return at;
        at++;
    }
    return end;
}

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct fuzz_part parts[PARTS + 1] = { { NULL, NULL, 0 } };
    const unsigned char *end = bytes + n, *at = next_mark(bytes, end);
    for (size_t i = 0; i < PARTS && at < end; i++) {
        const unsigned char *name = at + 3, *line = memchr(name, '\n', (size_t)(end - name));
        if (line == NULL)
            break;
        at = next_mark(line, end);
        parts[i] = (struct fuzz_part){ arena_text(arena, (const char *)name, (size_t)(line - name)), line + 1,
                                       at > line ? (size_t)(at - line) - 1 : 0 };
    }
    size_t npackage;
    const unsigned char *package = fuzz_package(arena, parts, &npackage);
    fuzz_whole(arena, "年报2023.xlsx", package, npackage);
}
