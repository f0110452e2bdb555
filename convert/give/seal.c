/* SPDX-License-Identifier: MIT */
/* seal: see the header. Line ends and a byte order mark are taken away before (notepad.c). Left out: a summary that a program saved
 * anew in another way; it counts as changed and is kept. */
#include <stdio.h>
#include <string.h>

#include "seal.h"
#include "sha256.h"

enum { SEAL_SIZE = 64 };

static size_t
make_seal(const void *bytes, size_t n, char out[SEAL_SIZE])
{
    char digest[65];
    sha256_hex(bytes, n, digest);
    return (size_t)snprintf(out, SEAL_SIZE, "（摘要校验 %.16s）\n", digest);
}

void
seal_put(struct text *out)
{
    char seal[SEAL_SIZE];
    text_put(out, seal, make_seal(out->at, out->n, seal));
}

bool
seal_intact(const unsigned char *bytes, size_t n)
{
    char seal[SEAL_SIZE];
    size_t length = make_seal("", 0, seal);         /* every seal is as long */
    if (n < length)
        return false;
    make_seal(bytes, n - length, seal);
    return memcmp(bytes + n - length, seal, length) == 0;
}
