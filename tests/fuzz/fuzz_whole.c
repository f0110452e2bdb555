/* SPDX-License-Identifier: MIT */
/* A file as it lies on disk, all the way to everything that is given back. */
#include "fuzz.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    fuzz_whole(arena, "年报2023.xlsx", bytes, n);
}
