/* SPDX-License-Identifier: MIT */
/* The text of a cell as a number, for every kind of number. What was read as a number is written out as the same number. */
#include <string.h>

#include "fuzz.h"
#include "text.h"
#include "value.h"

static void
read_as(struct arena *arena, const struct slot *slot, const struct form *form, const struct cell *cell)
{
    struct value value = { .slot = slot }, again = { .slot = slot };
    char written[DECIMAL_TEXT];
    if (!value_read(arena, form, cell, NULL, &value))
        return;
    FUZZ_HOLDS(value.has || value.trouble != TROUBLE_NONE || value.origin == ORIGIN_MISSING);
    if (!value.has || value.origin != ORIGIN_GIVEN)
        return;
    FUZZ_HOLDS(value.number.micros <= DECIMAL_LIMIT && value.number.micros >= -DECIMAL_LIMIT);
    const struct cell other = { .kind = CELL_TEXT, .text = decimal_text(value.number, written) };
    FUZZ_HOLDS(value_read(arena, form, &other, NULL, &again) && again.has);
    bool converted = slot->kind == KIND_MONEY;          /* a bare amount has no unit, and may be read otherwise */
    FUZZ_HOLDS(converted || again.number.micros == value.number.micros);
}

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    const char *text = arena_text(arena, (const char *)bytes, n);
    if (text == NULL || text[0] == '\0' || !utf8_valid(text, strlen(text)))
        return;
    const struct forms *forms = fuzz_forms();
    struct cell cell = { .kind = CELL_TEXT, .text = text };
    for (size_t f = 0; f < forms->n; f++) {
        bool seen[KIND_MONEY + 1] = { false };
        for (size_t i = 0; i < forms->form[f]->nslots; i++) {
            const struct slot *slot = &forms->form[f]->slots[i];
            if (!seen[slot->kind])
                read_as(arena, slot, forms->form[f], &cell);
            seen[slot->kind] = true;
        }
    }
}
