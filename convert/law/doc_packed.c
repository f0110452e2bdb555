/* SPDX-License-Identifier: MIT */
/* Documents packed while the program is built, and unpacked where they are needed: a value, then its items, each in turn. A value is a
 * byte with its kind and PACKED_NAMED, its line (two bytes, the lower first), its name when it has one, and then its text, or the
 * number of its items (two bytes). Names and texts end in NUL and stay where they lie. The bytes are the program's own, so nothing is
 * checked. */
#include "bytes.h"
#include "doc.h"

#include <string.h>

static const char *
take_text(const unsigned char **at)
{
    const char *s = (const char *)*at;
    *at += strlen(s) + 1;
    return s;
}

static unsigned
take_number(const unsigned char **at)
{
    unsigned n = le16(*at);
    *at += 2;
    return n;
}

static bool
unpack(struct arena *arena, const unsigned char **at, struct doc *doc)
{
    unsigned head = *(*at)++;
    doc->kind = (enum doc_kind)(head & ~(unsigned)PACKED_NAMED);
    doc->line = take_number(at);
    doc->name = head & PACKED_NAMED ? take_text(at) : NULL;
    if (doc->kind == DOC_TEXT) {
        doc->text = take_text(at);
        return true;
    }
    doc->nitems = take_number(at);
    doc->items = arena_array(arena, doc->nitems, sizeof *doc->items);
    for (unsigned i = 0; doc->items != NULL && i < doc->nitems; i++) {
        doc->items[i].parent = doc;
        doc->items[i].index = i;
        if (!unpack(arena, at, &doc->items[i]))
            return false;
    }
    return doc->items != NULL;
}

const struct doc *
doc_unpacked(struct arena *arena, const struct doc *doc)
{
    const unsigned char *at = (const unsigned char *)doc->text;
    if (doc->kind != DOC_PACKED)
        return doc;
    struct doc *root = arena_alloc(arena, sizeof *root);
    return root != NULL && unpack(arena, &at, root) ? root : NULL;
}
