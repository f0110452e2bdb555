/* SPDX-License-Identifier: MIT */
/* The dictionary of the embedded forms, and their hints, as C data. */
#include <inttypes.h>
#include <stdio.h>

#include "dictionary_parts.h"
#include "embed_parts.h"
#include "hint.h"

static void
put_key(const struct key *key)
{
    printf("{ .label = %" PRIu32 ", .first = %" PRIu32 ", .variant = %d", key->label, key->first, key->variant);
    put_text("text", key->text);
    printf(", .key = { .n = %u, .head = %u, .ordinal = %d, .mask = UINT64_C(%" PRIu64 "), .kinds = %u, .cp = {%u", key->key.n,
           key->key.head, key->key.ordinal, key->key.mask, key->key.kinds, (unsigned)key->key.cp[0]);
    for (unsigned i = 1; i < key->key.n; i++)
        printf(",%u", (unsigned)key->key.cp[i]);
    printf("} }");
    if (key->likes.n > 0) {
        printf(", .likes = { .n = %zu, .at = (const struct like[]){", key->likes.n);
        for (size_t i = 0; i < key->likes.n; i++)
            printf("{%u,%af},", key->likes.at[i].label, (double)key->likes.at[i].likeness);
        printf("} }");
    }
    puts(" },");
}

static void
put_places(const char *field, const size_t *places, size_t mask)
{
    printf(", .%s = (void *)(const size_t[]){", field);
    for (size_t i = 0; i <= mask; i++)
        printf("%zu,", places[i]);
    putchar('}');
}

void
put_dictionary(const struct dictionary *d)
{
    puts("static const struct key keys[] = {");
    for (size_t i = 0; i < d->nkeys; i++)
        put_key(&d->keys[i]);
    puts("};\nstatic const struct entry entries[] = {");
    for (size_t i = 0; i < d->nentries; i++) {
        printf("{ .heads_cap = 0");
        put_numbers("heads", "nheads", d->entries[i].heads, d->entries[i].nheads);
        puts(" },");
    }
    printf("};\nconst struct dictionary embedded_dictionary = { .blocks = %zu, .entries = (void *)entries, .nentries = %zu, .keys = (void *)keys,\n"
           "    .nkeys = %zu, .letters = {", d->blocks, d->nentries, d->nkeys);
    for (size_t i = 0; i < LETTERS / 64; i++)
        printf("UINT64_C(%" PRIu64 "),", d->letters[i]);
    putchar('}');
    put_places("places", d->places, d->mask);
    put_places("texts", d->texts, d->mask);
    printf(", .mask = %zu };\n", d->mask);
}

static void
put_sets(const char *field, const uint64_t *sets, size_t n)
{
    printf(", .%s = (const uint64_t[]){", field);
    for (size_t i = 0; i < n; i++)
        printf("UINT64_C(%" PRIu64 "),", sets[i]);
    putchar('}');
}

void
put_hints(size_t number, const struct hint_words *hints)
{
    const struct form *form = hints->form;
    printf("const struct hint_words embedded_hints = { .form = &form_%zu, .dictionary = &embedded_dictionary, .nian = UINT64_C(%" PRIu64 "), .ascii = %d",
           number, hints->nian, hints->ascii);
    put_sets("units", hints->units, form->nunit_labels);
    put_sets("years", hints->years, form->nyear_labels);
    put_sets("titles", hints->titles, form->ntitle_words);
    printf(", .labels = (const unsigned char[]){");
    for (size_t i = 0; i < dictionary_texts(hints->dictionary); i++)
        printf("%d,", hints->labels[i]);
    puts("} };");
}
