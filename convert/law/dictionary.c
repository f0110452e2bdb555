/* SPDX-License-Identifier: MIT */
/* dictionary: the labels of all forms as keys (label.c), those of one label one after another, and a hash table of the keys that are
 * there. Two labels of one text and as many variants are one: the forms print most of theirs alike. */
#include "dictionary_parts.h"

#include <string.h>

#include "bytes.h"
#include "text.h"

#define VARIANT 0.94           /* what the form prints is preferred to what people write instead */

/* Where the key is, or would be. Equal keys have one mask, and others rarely. */
static size_t *
place_of(const struct dictionary *d, const struct label_key *key)
{
    size_t at = (size_t)((key->mask ^ key->n) * UINT64_C(0x9E3779B97F4A7C15) >> 32) & d->mask;
    while (d->places[at] != 0 && !label_key_same(&d->keys[d->places[at] - 1].key, key))
        at = (at + 1) & d->mask;
    return &d->places[at];
}

static uint64_t
mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static uint64_t
hash_of(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t n = strlen(text);
    uint64_t hash = n;
    for (size_t i = 8; i < n; i += 8)
        hash = mix(hash, le64(p + i - 8));
    if (n >= 8)
        return mix(hash, le64(p + n - 8));      /* of which some were there already */
    while (n > 0)
        hash = hash << 8 ^ p[--n];
    return mix(hash, 0);
}

/* Where the text itself is, or would be: most cells say a label character for character. */
static size_t *
text_place(const struct dictionary *d, const char *text)
{
    size_t at = (size_t)hash_of(text) & d->mask;
    while (d->texts[at] != 0 && strcmp(d->keys[d->texts[at] - 1].text, text) != 0)
        at = (at + 1) & d->mask;
    return &d->texts[at];
}

static void
add_letters(struct dictionary *d, const struct label_key *key)
{
    for (unsigned i = 0; i < key->n; i++)
        d->letters[key->cp[i] % LETTERS / 64] |= UINT64_C(1) << key->cp[i] % 64;
}

/* The words of a cover are no labels of tables, but no foreign ones either. */
static void
add_words(struct dictionary *d, const char **words, size_t n)
{
    struct label_key key;
    for (size_t i = 0; i < n; i++) {
        label_key(words[i], &key);
        add_letters(d, &key);
    }
}

static bool
add_key(struct dictionary *d, size_t label, const char *text, bool variant)
{
    if (!arena_room(d->arena, &d->keys, d->nkeys, &d->keys_cap, sizeof *d->keys))
        return false;
    struct key *key = &d->keys[d->nkeys++];
    key->text = text;
    key->label = (uint32_t)label;
    key->variant = variant;
    label_key(text, &key->key);
    add_letters(d, &key->key);
    return true;
}

static bool
add_label(struct dictionary *d, struct label *label)
{
    if (label->text == NULL)
        return true;
    size_t n = label->number;
    for (; n < d->nentries && label->number == 0; n++) {
        const struct label *other = d->entries[n].label;
        if (other != NULL && other->nvariants == label->nvariants && strcmp(other->text, label->text) == 0)
            break;
    }
    if (label->number == 0)
        label->number = n;
    if (n < d->nentries && d->entries[n].label != NULL)
        return true;
    if (n == d->nentries && !arena_room(d->arena, &d->entries, d->nentries, &d->entries_cap, sizeof *d->entries))
        return false;
    d->nentries += n == d->nentries;
    d->entries[n].label = label;
    if (!add_key(d, n, label->text, false))
        return false;
    for (size_t i = 0; i < label->nvariants; i++)
        if (!add_key(d, n, label->variants[i], true))
            return false;
    return true;
}

static bool
add_nodes(struct dictionary *d, struct node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!add_label(d, &nodes[i].label) || !add_nodes(d, nodes[i].children, nodes[i].nchildren))
            return false;
    return true;
}

static bool
add_heads(struct dictionary *d, const struct block *block)
{
    for (size_t i = 0; i < block->ncolumn_leaves; i++) {
        struct entry *entry = &d->entries[block->column_leaf[i]->label.number];
        if (entry->nheads > 0 && entry->heads[entry->nheads - 1] == block->number)
            continue;
        if (!arena_room(d->arena, &entry->heads, entry->nheads, &entry->heads_cap, sizeof *entry->heads))
            return false;
        entry->heads[entry->nheads++] = block->number;
    }
    return true;
}

static bool
add_table(struct dictionary *d, struct table *table)
{
    bool numbered = table->title.number != 0;
    for (size_t b = 0; b < table->nblocks; b++) {
        struct block *block = &table->blocks[b];
        if (!numbered)
            block->number = d->blocks++;
        if (!add_label(d, &block->caption) || !add_label(d, &block->corner) || !add_label(d, &block->heading)
            || !add_nodes(d, block->rows, block->nrows) || !add_nodes(d, block->columns, block->ncolumns) || !add_heads(d, block))
            return false;
    }
    return add_label(d, &table->title);
}

/* Compare a key with all: each label counts as the best of its own key and its variants'. */
static bool
compare(const struct dictionary *d, struct arena *arena, const struct label_key *key, struct likes *likes)
{
    struct like *found = NULL;
    size_t n = 0, cap = 0;
    for (size_t k = 0; k < d->nkeys; k++) {
        if (label_unlike(&d->keys[k].key, key))
            continue;
        double likeness = label_likeness(&d->keys[k].key, key) * (d->keys[k].variant ? VARIANT : 1);
        if (likeness <= 0)
            continue;
        if (n == 0 || found[n - 1].label != d->keys[k].label) {
            if (!arena_room(arena, &found, n, &cap, sizeof *found))
                return false;
            found[n++] = (struct like){ d->keys[k].label, (float)likeness };
        } else if ((float)likeness > found[n - 1].likeness) {
            found[n - 1].likeness = (float)likeness;
        }
    }
    *likes = (struct likes){ found, n };
    return true;
}

static bool
hash_keys(struct dictionary *d)
{
    for (d->mask = 255; d->mask < 4 * d->nkeys; )
        d->mask = 2 * d->mask + 1;
    d->places = arena_array(d->arena, d->mask + 1, sizeof *d->places);
    d->texts = arena_array(d->arena, d->mask + 1, sizeof *d->texts);
    if (d->places == NULL || d->texts == NULL)
        return false;
    for (size_t k = 0; k < d->nkeys; k++) {
        size_t *place = place_of(d, &d->keys[k].key);
        if (*place == 0)
            *place = k + 1;
        d->keys[k].first = (uint32_t)*place - 1;
        *text_place(d, d->keys[k].text) = k + 1;
    }
    return true;
}

/* What every key is like, itself among the others. */
static bool
prepare(struct dictionary *d)
{
    for (size_t k = 0; k < d->nkeys; k++)
        if (d->keys[k].first == k && !compare(d, d->arena, &d->keys[k].key, &d->keys[k].likes))
            return false;
    return true;
}

struct dictionary *
dictionary_new(struct arena *arena, const struct forms *forms, const struct dictionary *numbered)
{
    struct dictionary *d = arena_alloc(arena, sizeof *d);
    if (d == NULL)
        return NULL;
    d->arena = arena;
    d->nentries = d->entries_cap = numbered != NULL ? numbered->nentries : 1;
    d->blocks = numbered != NULL ? numbered->blocks : 0;
    d->entries = arena_array(arena, d->nentries, sizeof *d->entries);
    if (d->entries == NULL)
        return NULL;
    for (size_t f = 0; f < forms->n; f++) {
        const struct form *form = forms->form[f];
        add_words(d, form->unit_labels, form->nunit_labels);
        add_words(d, form->year_labels, form->nyear_labels);
        add_words(d, form->title_words, form->ntitle_words);
        for (size_t t = 0; t < form->ntables; t++)
            if (!add_table(d, &form->tables[t]))
                return NULL;
    }
    return hash_keys(d) && prepare(d) ? d : NULL;
}

static bool
has_letter(const struct dictionary *d, uint32_t cp)
{
    return d->letters[cp % LETTERS / 64] >> cp % 64 & 1;
}

/* What label_likeness asks for at least are two characters, or the only one. Of the others those count that are no numeral in front ("三、"), of
 * which 四 is the last; a text too long for a key is not looked into. */
bool
dictionary_is_foreign(const struct dictionary *d, const char *text)
{
    enum { UTF8_MOST = 4, NUMERAL_LAST = 0x56DB, IDEOGRAPH_END = 0xA000 };      /* the NUL ends a character too */
    unsigned common = 0, others = 0, n = 0;
    while (*text != '\0' && (unsigned char)*text < 0x80 && !has_letter(d, (uint32_t)lower(*text)))
        text++;                                             /* a code or a number: most texts of a sheet of something else */
    for (size_t used = 1; *text != '\0'; text += used, used = 1) {
        uint32_t cp = (unsigned char)*text;
        if (cp >= 0x80)
            cp = fold_width(utf8_decode(text, UTF8_MOST, &used));
        bool shared = has_letter(d, cp < 0x80 ? (uint32_t)lower((char)cp) : cp);
        common += shared;
        others += !shared && cp > NUMERAL_LAST && cp < IDEOGRAPH_END;
        if (common == 2 || ++n > LABEL_CHARACTERS || cp > 0xFFFF)
            return false;
    }
    return common == 0 || others > 0;
}

/* The same of a key. */
static bool
is_foreign(const struct dictionary *d, const struct label_key *key)
{
    unsigned common = 0;
    for (unsigned i = 0; i < key->n && common < 2; i++)
        common += has_letter(d, key->cp[i]);
    return common == 0 || (common == 1 && key->n > 1);
}

bool
dictionary_match(const struct dictionary *d, struct arena *arena, const char *text, struct likes *likes)
{
    struct label_key key;
    size_t place = *text_place(d, text);
    if (place == 0) {
        label_key(text, &key);
        if (is_foreign(d, &key)) {
            *likes = (struct likes){ NULL, 0 };
            return true;
        }
        place = *place_of(d, &key);
    }
    if (place == 0)
        return compare(d, arena, &key, likes);
    *likes = d->keys[d->keys[place - 1].first].likes;
    return true;
}

size_t
dictionary_texts(const struct dictionary *d)
{
    return d->nkeys;
}

const char *
dictionary_text(const struct dictionary *d, size_t i)
{
    return d->keys[i].text;
}

bool
dictionary_find(const struct dictionary *d, const char *text, size_t *i)
{
    size_t place = *text_place(d, text);
    *i = place - 1;
    return place > 0;
}

size_t
dictionary_blocks(const struct dictionary *d)
{
    return d->blocks;
}

const size_t *
dictionary_heads(const struct dictionary *d, size_t label, size_t *n)
{
    *n = d->entries[label].nheads;
    return d->entries[label].heads;
}
