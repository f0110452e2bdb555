/* SPDX-License-Identifier: MIT */
/* Labels are compared as short strings of code points. What the forms print is compared with what a cell says in order of trust:
 * the same characters; the same up to a bracket (an appended explanation, or a legal one left out); one inside the other (a lost
 * or added word); few characters different (typing). DOMAIN 6 lists the variants seen; those no rule of this kind can bring
 * together (合计 for 总计) stand in the form definitions. */
#include "label.h"

#include <string.h>

#include "text.h"

#define VARIANT 0.94           /* what the form prints is preferred to what people write instead */
#define UNNUMBERED 0.98        /* the number in front is not there */
#define RENUMBERED 0.9         /* or is another */

static const char *const numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" };

static int
numeral(uint32_t cp)
{
    for (int i = 0; i < 10; i++) {
        size_t used;
        if (utf8_decode(numerals[i], strlen(numerals[i]), &used) == cp)
            return i + 1;
    }
    return 0;
}

static bool opens(uint32_t cp) { return cp == '(' || cp == '[' || cp == 0x3010 || cp == 0x3014; }
static bool closes(uint32_t cp) { return cp == ')' || cp == ']' || cp == 0x3011 || cp == 0x3015; }
static bool separates(uint32_t cp) { return cp == '.' || cp == 0x3001 || cp == ',' || closes(cp); }

/* Letters that carry meaning: ASCII letters and digits, and everything past the CJK punctuation. */
static bool
identifies(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    if (cp < 0x3040)
        return cp >= 0xC0 && cp < 0x2000;
    return !(cp >= 0xFE10 && cp <= 0xFE6F) && !(cp >= 0xFF00 && cp <= 0xFF0F) && cp != 0x30FB && cp != 0xFFFD;
}

/* The text without spaces, full-width folded; at most `cap` characters. */
static unsigned
squeeze(const char *text, uint32_t *out, unsigned cap)
{
    size_t left = strlen(text);
    unsigned n = 0;
    while (left > 0 && n < cap) {
        size_t used;
        uint32_t cp = fold_width(utf8_decode(text, left, &used));
        text += used;
        left -= used;
        if (!is_space(cp) && cp >= 0x20)
            out[n++] = cp;
    }
    return n;
}

/* Length of a number in front ("（三）", "三、", "1."), and its value. 0 when there is none. */
static unsigned
ordinal_length(const uint32_t *cp, unsigned n, int *value)
{
    unsigned i = 0;
    bool bracket = n > 0 && opens(cp[0]);
    if (bracket)
        i++;
    int v = 0;
    unsigned digits = 0;
    for (; i < n && digits < 2; i++, digits++) {
        if (cp[i] >= '0' && cp[i] <= '9')
            v = v * 10 + (int)(cp[i] - '0');
        else if (numeral(cp[i]))
            v = v >= 10 ? v + numeral(cp[i]) : numeral(cp[i]);
        else
            break;
    }
    if (digits == 0 || i >= n)
        return 0;
    bool arabic = cp[i - 1] >= '0' && cp[i - 1] <= '9';
    if (separates(cp[i]) && (!bracket || closes(cp[i]))) {
        while (i < n && separates(cp[i]))
            i++;
    } else if (bracket || !arabic || (cp[i] >= '0' && cp[i] <= '9')) {
        return 0;                                        /* "一稳定" is a word, "2020年" no list number */
    }
    *value = v;
    return i < n ? i : 0;
}

void
label_key(const char *text, struct label_key *key)
{
    uint32_t cp[2 * LABEL_CHARACTERS];
    unsigned n = squeeze(text, cp, 2 * LABEL_CHARACTERS);
    memset(key, 0, sizeof *key);
    unsigned i = ordinal_length(cp, n, &key->ordinal);
    bool headed = false;
    for (; i < n && key->n < LABEL_CHARACTERS; i++) {
        if (opens(cp[i]) && key->n > 0 && !headed) {
            key->head = key->n;
            headed = true;
        }
        if (!identifies(cp[i]))
            continue;
        key->cp[key->n++] = cp[i] >= 'A' && cp[i] <= 'Z' ? cp[i] + 32 : cp[i];
        key->mask |= UINT64_C(1) << ((cp[i] * UINT32_C(2654435761)) >> 26);
    }
    if (!headed)
        key->head = key->n;
}

static bool same(const uint32_t *a, const uint32_t *b, unsigned n) { return memcmp(a, b, n * sizeof *a) == 0; }

/* Is a[0..n) a run inside b[0..m)? */
static bool
inside(const uint32_t *a, unsigned n, const uint32_t *b, unsigned m)
{
    for (unsigned i = 0; i + n <= m; i++)
        if (same(a, b + i, n))
            return true;
    return false;
}

/* Characters to insert, remove or replace. */
static unsigned
edits(const struct label_key *a, const struct label_key *b)
{
    unsigned row[LABEL_CHARACTERS + 1];
    for (unsigned j = 0; j <= b->n; j++)
        row[j] = j;
    for (unsigned i = 1; i <= a->n; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= b->n; j++) {
            unsigned best = diagonal + (a->cp[i - 1] != b->cp[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b->n];
}

static unsigned
ones(uint64_t x)
{
    unsigned n = 0;
    for (; x != 0; x &= x - 1)
        n++;
    return n;
}

double
label_likeness(const struct label_key *p, const struct label_key *w)
{
    if (p->n == 0 || w->n == 0)
        return 0;
    double renumbered = p->ordinal == w->ordinal || p->ordinal == 0 ? 1 : w->ordinal == 0 ? UNNUMBERED : RENUMBERED;
    unsigned shared = ones(p->mask & w->mask), fewer = ones(p->mask) < ones(w->mask) ? ones(p->mask) : ones(w->mask);
    if (2 * shared < fewer + 1)
        return 0;
    if (p->n == w->n && same(p->cp, w->cp, p->n))
        return renumbered;
    if (p->head == w->head && p->head >= 2 && same(p->cp, w->cp, p->head))
        return 0.95 * renumbered;
    if (w->n > p->n && p->n >= 3 && same(p->cp, w->cp, p->n))
        return 0.9 * renumbered;                         /* an explanation without a bracket */
    if (p->n >= 4 && inside(p->cp, p->n, w->cp, w->n) && 2 * p->n >= w->n)
        return 0.85 * renumbered;
    if (w->head >= 3 && w->head < p->n && same(p->cp, w->cp, w->head))
        return 0.7 * renumbered;                         /* cut short */
    unsigned longer = p->n > w->n ? p->n : w->n, shorter = p->n > w->n ? w->n : p->n;
    if (shorter < 3 || 2 * shorter < longer)
        return 0;
    double alike = 1 - (double)edits(p, w) / longer;
    return alike >= LABEL_ALIKE ? 0.95 * alike * renumbered : 0;
}

struct entry { const char *text; struct label_key *keys; size_t nkeys; };

struct dictionary {
    struct arena *arena;
    struct entry *entries;
    size_t n, cap;
    struct place { const struct label *label; size_t entry; } *places;      /* open addressing by the label's address */
    size_t nplaces, mask;
};

static size_t
place_of(const struct dictionary *d, const struct label *label)
{
    size_t at = ((uintptr_t)label >> 4) * 11 & d->mask;
    while (d->places[at].label && d->places[at].label != label)
        at = (at + 1) & d->mask;
    return at;
}

static size_t
entry_of(const struct dictionary *d, const struct label *label)
{
    size_t i = 0;
    while (i < d->n && (strcmp(d->entries[i].text, label->text) != 0 || d->entries[i].nkeys != 1 + label->nvariants))
        i++;
    return i;
}

static bool
new_entry(struct dictionary *d, const struct label *label)
{
    if (!arena_room(d->arena, &d->entries, d->n, &d->cap, sizeof *d->entries))
        return false;
    struct entry *e = &d->entries[d->n];
    *e = (struct entry){ .text = label->text, .nkeys = 1 + label->nvariants };
    e->keys = arena_array(d->arena, e->nkeys, sizeof *e->keys);
    if (!e->keys)
        return false;
    label_key(label->text, &e->keys[0]);
    for (size_t i = 0; i < label->nvariants; i++)
        label_key(label->variants[i], &e->keys[i + 1]);
    d->n++;
    return true;
}

/* Double the places when they are half full. */
static bool
more_places(struct dictionary *d)
{
    if (d->places && 2 * d->nplaces < d->mask)
        return true;
    struct dictionary old = *d;
    d->mask = d->places ? 2 * d->mask + 1 : 255;
    d->places = arena_array(d->arena, d->mask + 1, sizeof *d->places);
    if (!d->places)
        return false;
    for (size_t i = 0; old.places && i <= old.mask; i++)
        if (old.places[i].label)
            d->places[place_of(d, old.places[i].label)] = old.places[i];
    return true;
}

static bool
add(struct dictionary *d, const struct label *label)
{
    if (!label->text)
        return true;
    if (!more_places(d))
        return false;
    size_t entry = entry_of(d, label);
    if (entry == d->n && !new_entry(d, label))
        return false;
    d->places[place_of(d, label)] = (struct place){ label, entry };
    d->nplaces++;
    return true;
}

static bool
add_nodes(struct dictionary *d, const struct node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!add(d, &nodes[i].label) || !add_nodes(d, nodes[i].children, nodes[i].nchildren))
            return false;
    return true;
}

static bool
add_table(struct dictionary *d, const struct table *table)
{
    for (size_t b = 0; b < table->nblocks; b++) {
        const struct block *block = &table->blocks[b];
        if (!add(d, &block->caption) || !add(d, &block->corner) || !add(d, &block->heading) || !add_nodes(d, block->rows, block->nrows) || !add_nodes(d, block->columns, block->ncolumns))
            return false;
    }
    return add(d, &table->title);
}

struct dictionary *
dictionary_new(struct arena *arena, const struct forms *forms)
{
    struct dictionary *d = arena_alloc(arena, sizeof *d);
    if (!d)
        return NULL;
    d->arena = arena;
    for (size_t f = 0; f < forms->n; f++)
        for (size_t t = 0; t < forms->form[f]->ntables; t++)
            if (!add_table(d, &forms->form[f]->tables[t]))
                return NULL;
    return d;
}

size_t dictionary_size(const struct dictionary *d) { return d->n; }

size_t dictionary_find(const struct dictionary *d, const struct label *label) { return d->places[place_of(d, label)].entry; }

bool
dictionary_match(const struct dictionary *d, const char *text, float *likeness)
{
    struct label_key key;
    label_key(text, &key);
    bool any = false;
    for (size_t i = 0; i < d->n; i++) {
        double best = 0;
        for (size_t k = 0; k < d->entries[i].nkeys; k++) {
            double l = label_likeness(&d->entries[i].keys[k], &key) * (k == 0 ? 1 : VARIANT);
            if (l > best)
                best = l;
        }
        likeness[i] = (float)best;
        any = any || best > 0;
    }
    return any;
}
