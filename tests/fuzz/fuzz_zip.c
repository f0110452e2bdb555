/* SPDX-License-Identifier: MIT */
/* The directory of a zip archive, and every member of it. */
#include "fuzz.h"
#include "limits.h"
#include "zip.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    unsigned char room[1000];
    struct zip zip;
    uint64_t inflated = 0;
    if (zip_open(&zip, arena, bytes, n, NULL) != STATUS_OK)
        return;
    for (size_t i = 0; i < zip.nmembers; i++) {
        size_t got = sizeof room;
        if (zip_start(&zip, &zip.members[i], NULL) != STATUS_OK)
            continue;
        while (got == sizeof room && zip_read(&zip, room, sizeof room, &got, NULL) == STATUS_OK)
            inflated += got;
    }
    FUZZ_HOLDS(inflated <= LIMIT_INFLATED);
}
