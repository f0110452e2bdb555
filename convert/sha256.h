/* SPDX-License-Identifier: MIT */
/* sha256: the digest of some bytes as 64 hexadecimal digits. */
#ifndef NIANBAO_SHA256_H
#define NIANBAO_SHA256_H

#include <stddef.h>

void sha256_hex(const void *bytes, size_t n, char out[65]);

#endif
