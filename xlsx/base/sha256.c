/* SPDX-License-Identifier: MIT */
/* sha256: the adapter to libmd (FIPS 180-4). */
#include "sha256.h"

void
sha256_hex(const void *bytes, size_t n, char out[65])
{
    SHA256Data(bytes, n, out);
}

void
sha256_begin(struct sha256 *sha256)
{
    SHA256Init(&sha256->state);
}

void
sha256_add(struct sha256 *sha256, const void *bytes, size_t n)
{
    SHA256Update(&sha256->state, bytes, n);
}

void
sha256_end(struct sha256 *sha256, char out[65])
{
    SHA256End(&sha256->state, out);
}
