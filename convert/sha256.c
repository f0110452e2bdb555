/* SPDX-License-Identifier: MIT */
/* sha256: the adapter to libmd (FIPS 180-4). */
#include <stdint.h>
#include <sys/types.h>
#include <sha2.h>

#include "sha256.h"

void
sha256_hex(const void *bytes, size_t n, char out[65])
{
    SHA256Data(bytes, n, out);
}
