/* SPDX-License-Identifier: MIT */
/* The scanner, with its usual window and with a very small one: both must see the same. */
#include <string.h>

#include "fuzz.h"
#include "xml.h"

/* A number for all that was seen. Pieces of one text count as one. */
static uint64_t
mix(uint64_t sum, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ at[i]) * UINT64_C(0x100000001B3);
    return sum;
}

static uint64_t
scan(struct arena *arena, struct xml *xml, const unsigned char *bytes, size_t n, enum status *status)
{
    struct fuzz_feed feed = { .at = bytes, .n = n };
    uint64_t sum = 0;
    *status = xml_open(xml, arena, "part", (struct xml_source){ fuzz_feed_read, &feed }, NULL);
    if (*status != STATUS_OK)
        return 0;
    for (;;)
        switch (xml_next(xml)) {
        case XML_START:
            sum = mix(mix(sum, "<", 1), xml->name.at, xml->name.n) + (uint64_t)xml->space;
            for (size_t i = 0; i < xml->nattributes; i++) {
                sum = mix(mix(sum, xml->attributes[i].name.at, xml->attributes[i].name.n), "=", 1);
                sum = mix(sum, xml->attributes[i].value.at, xml->attributes[i].value.n);
            }
            break;
        case XML_END:
            sum = mix(sum, ">", 1);
            break;
        case XML_TEXT:
            FUZZ_HOLDS(xml->text.n > 0 && utf8_valid(xml->text.at, xml->text.n));
            sum = mix(sum, xml->text.at, xml->text.n);
            break;
        case XML_FAILED:
            FUZZ_HOLDS(xml->status != STATUS_OK);
            *status = xml->status;
            return 0;
        case XML_FINISHED:
            FUZZ_HOLDS(xml->depth == 0 && xml->rooted);
            return sum;
        }
}

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    enum status first, second;
    if (xml == NULL)
        return;
    uint64_t sum = scan(arena, xml, bytes, n, &first);
    size_t cap = xml->cap;
    if (cap > 64)
        xml->cap = 64;                  /* a window that is soon at its end; the scanner makes it longer when it must */
    uint64_t again = scan(arena, xml, bytes, n, &second);
    FUZZ_HOLDS(first == second && sum == again);
}
