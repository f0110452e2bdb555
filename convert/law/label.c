/* SPDX-License-Identifier: MIT */
/* Labels are compared as short strings of code points. What the forms print is compared with what a cell says in order of trust:
 * the same characters; the same up to a bracket (an appended explanation, or a legal one left out); one inside the other (a lost
 * or added word); few characters different (typing). DOMAIN 6 lists the variants seen; those no rule of this kind can bring
 * together (合计 for 总计) stand in the form definitions. */
#include "label.h"

#include <string.h>

#include "text.h"

#define UNNUMBERED 0.98        /* the number in front is not there */
#define RENUMBERED 0.9         /* or is another */

/* 一, the first of all ideographs, to 十; 0: none of them. 四 is the last in Unicode. */
static int
numeral(uint32_t cp)
{
    static const uint32_t numerals[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 };
    for (int i = 0; i < 10 && cp >= numerals[0] && cp <= numerals[3]; i++)
        if (numerals[i] == cp)
            return i + 1;
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

static uint64_t
label_bit(uint32_t cp)
{
    return UINT64_C(1) << ((cp * UINT32_C(2654435761)) >> 26);
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
        uint32_t letter = cp[i] <= 0xFFFF ? cp[i] : 0xD800 | (cp[i] & 0x7FF);
        key->cp[key->n++] = (uint16_t)(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
        key->mask |= label_bit(letter);
    }
    if (!headed)
        key->head = key->n;
    key->kinds = label_ones(key->mask);
}

static bool same(const uint16_t *a, const uint16_t *b, unsigned n) { return memcmp(a, b, n * sizeof *a) == 0; }

bool
label_key_same(const struct label_key *a, const struct label_key *b)
{
    return a->mask == b->mask && a->n == b->n && a->head == b->head && a->ordinal == b->ordinal && same(a->cp, b->cp, a->n);
}

/* Is a[0..n) a run inside b[0..m)? */
static bool
inside(const uint16_t *a, unsigned n, const uint16_t *b, unsigned m)
{
    for (unsigned i = 0; i + n <= m; i++)
        if (same(a, b + i, n))
            return true;
    return false;
}

/* Characters to insert, remove or replace; as soon as there are more than `most`, any number above it. A column of the classic table is
 * kept as bits, where its numbers go up and where down by one (Myers, Journal of the ACM 46, 1999, as Hyyrö put it). */
static unsigned
edits(const struct label_key *a, const struct label_key *b, unsigned most)
{
    uint64_t up = ~UINT64_C(0), down = 0, last = UINT64_C(1) << (a->n - 1);
    unsigned sum = a->n;
    for (unsigned j = 0; j < b->n && sum <= most + (b->n - j); j++) {
        uint64_t equal = 0;
        for (unsigned i = 0; i < a->n && a->mask & label_bit(b->cp[j]); i++)
            equal |= (uint64_t)(a->cp[i] == b->cp[j]) << i;
        uint64_t level = equal | down, across = (((equal & up) + up) ^ up) | equal;
        uint64_t right_up = down | ~(across | up), right_down = up & across;
        sum += (right_up & last) != 0;
        sum -= (right_down & last) != 0;
        right_up = right_up << 1 | 1;
        up = right_down << 1 | ~(level | right_up);
        down = right_up & level;
    }
    return sum;
}

double
label_likeness(const struct label_key *p, const struct label_key *w)
{
    if (label_unlike(p, w))
        return 0;
    double renumbered = p->ordinal == w->ordinal || p->ordinal == 0 ? 1 : w->ordinal == 0 ? UNNUMBERED : RENUMBERED;
    if (p->n == w->n && same(p->cp, w->cp, p->n))
        return renumbered;
    if (p->head == w->head && p->head >= 2 && same(p->cp, w->cp, p->head))
        return 0.95 * renumbered;
    if (w->n > p->n && p->n >= 3 && same(p->cp, w->cp, p->n))
        return 0.9 * renumbered;                         /* an explanation without a bracket */
    if (p->n >= 4 && 2 * p->n >= w->n && (p->mask & ~w->mask) == 0 && inside(p->cp, p->n, w->cp, w->n))
        return 0.85 * renumbered;
    if (w->head >= 3 && w->head < p->n && same(p->cp, w->cp, w->head))
        return 0.7 * renumbered;                         /* cut short */
    unsigned longer = p->n > w->n ? p->n : w->n, shorter = p->n > w->n ? w->n : p->n;
    if (shorter < 3 || 2 * shorter < longer)
        return 0;
    unsigned more = (p->kinds > w->kinds ? p->kinds : w->kinds) - label_ones(p->mask & w->mask), most = 2 * longer / 5;     /* LABEL_ALIKE */
    if (more > most)                                     /* each takes an edit */
        return 0;
    double alike = 1 - (double)edits(p, w, most) / longer;
    return alike >= LABEL_ALIKE ? 0.95 * alike * renumbered : 0;
}
