/* SPDX-License-Identifier: MIT */
/* Two texts, parted by a line end, as labels: alike to the same degree as long as they stay the same, and a text is like itself. */
#include <string.h>

#include "fuzz.h"
#include "label.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    const unsigned char *end = n > 0 ? memchr(bytes, '\n', n) : NULL;
    size_t first = end != NULL ? (size_t)(end - bytes) : n;
    char *a = arena_text(arena, (const char *)bytes, first);
    char *b = arena_text(arena, (const char *)bytes + (end != NULL ? first + 1 : n), end != NULL ? n - first - 1 : 0);
    struct label_key printed, written;
    label_key(a, &printed);
    label_key(b, &written);
    FUZZ_HOLDS(printed.n <= LABEL_CHARACTERS && written.n <= LABEL_CHARACTERS && printed.head <= printed.n);
    double likeness = label_likeness(&printed, &written);
    FUZZ_HOLDS(likeness >= 0 && likeness <= 1);
    FUZZ_HOLDS(!label_unlike(&printed, &written) || likeness <= LABEL_ALIKE);
    FUZZ_HOLDS(printed.n == 0 || label_likeness(&printed, &printed) == 1);
    FUZZ_HOLDS(!label_key_same(&printed, &written) || likeness == 1 || printed.n == 0);
}
