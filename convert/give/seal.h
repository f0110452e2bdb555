/* SPDX-License-Identifier: MIT */
/* seal: the last line of a summary, "（摘要校验 0123456789abcdef）": the first 16 digits of the SHA-256 of all before it. It says
 * whether a text file of that name is ours and nobody wrote into it: only then may it be replaced. */
#ifndef NIANBAO_SEAL_H
#define NIANBAO_SEAL_H

#include <stdbool.h>

#include "text.h"

void seal_put(struct text *out);

/* The bytes end in a seal that fits them. */
bool seal_intact(const unsigned char *bytes, size_t n);

#endif
