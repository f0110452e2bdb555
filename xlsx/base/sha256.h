/* SPDX-License-Identifier: MIT */
/* sha256: the digest of some bytes as 64 hexadecimal digits. */
#ifndef NIANBAO_SHA256_H
#define NIANBAO_SHA256_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sha2.h>

void sha256_hex(const void *bytes, size_t n, char out[65]);

/* The same of bytes that come piece by piece. */
struct sha256 { SHA2_CTX state; };
void sha256_begin(struct sha256 *sha256);
void sha256_add(struct sha256 *sha256, const void *bytes, size_t n);
void sha256_end(struct sha256 *sha256, char out[65]);

#endif
