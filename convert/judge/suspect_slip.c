/* SPDX-License-Identifier: MIT */
/* suspect_slip: how likely it is that people wrote these numbers when they meant those. A cost is -10·log2 of a probability: what is
 * rarer by half costs ten more. The cost of a changed cell is that of its likeliest slip, and for a number that no sum gives also how
 * much rarer the number meant is in such tables than the one that stands there: most cells are 0, and small numbers more frequent.
 * Two cells of one slip (exchanged, or booked in the wrong one) are cheaper than two slips. */
#include <string.h>

#include "suspect_parts.h"

struct slip {
    const struct value *value;
    int64_t typed, meant;        /* millionths */
    char typed_text[DECIMAL_TEXT], meant_text[DECIMAL_TEXT];
    size_t ntyped, nmeant;       /* characters */
};

/* 10·log2, the part behind the comma as a straight line. */
static int
bits(uint64_t n)
{
    int whole = 0;
    while (n >> whole > 1)
        whole++;
    uint64_t power = UINT64_C(1) << whole;
    return 10 * whole + (int)((n - power) / (power / 10 + 1));
}

static uint64_t distance(int64_t a, int64_t b) { return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a; }

/* In units of the number: whole, at least. */
static uint64_t units(int64_t micros) { return distance(micros, 0) / DECIMAL_ONE; }

/* -- where a cell stands: the values of a section lie as its blocks do, row by row -- */

static size_t
place_in_block(const struct value *value)
{
    return (size_t)(value->slot - value->slot->table->form->slots) - value->slot->block->first;
}

/* The value so many rows and columns further in the block; NULL: outside, or no number. */
static const struct value *
neighbour(const struct value *value, int rows, int columns)
{
    const struct block *block = value->slot->block;
    size_t place = place_in_block(value), width = block->ncolumn_leaves;
    size_t row = place / width + (size_t)rows, column = place % width + (size_t)columns;      /* before the first: huge */
    if (row >= block->nrow_leaves || column >= width)
        return NULL;
    const struct value *other = value - place + row * width + column;
    return other->has ? other : NULL;
}

/* Is this number, not 0, in a cell that touches it? */
static bool
is_beside(const struct value *value, int64_t number)
{
    static const int steps[][2] = { { 0, -1 }, { 0, 1 }, { -1, 0 }, { 1, 0 } };
    for (size_t i = 0; number != 0 && i < sizeof steps / sizeof *steps; i++) {
        const struct value *other = neighbour(value, steps[i][0], steps[i][1]);
        if (other != NULL && other->number.micros == number)
            return true;
    }
    return false;
}

/* -- the slips of one cell: in how many ways each can go wrong from what was meant; 0: it was not this one -- */

static unsigned left_blank(const struct slip *s) { return s->value->origin == ORIGIN_BLANK; }

static unsigned
left_zero(const struct slip *s)
{
    return s->typed == 0 && s->value->origin != ORIGIN_BLANK;
}

static unsigned zero_total(const struct slip *s) { return left_zero(s) && s->value->slot->derived; }
static unsigned one_off(const struct slip *s) { return distance(s->typed, s->meant) == DECIMAL_ONE ? 2 : 0; }
static unsigned wrong_sign(const struct slip *s) { return s->typed == -s->meant; }

/* The first place where the texts differ. */
static size_t
parting(const struct slip *s)
{
    size_t i = 0;
    while (i < s->ntyped && s->typed_text[i] == s->meant_text[i])
        i++;
    return i;
}

static unsigned
digits_swapped(const struct slip *s)
{
    size_t i = parting(s);
    const char *a = s->typed_text + i, *b = s->meant_text + i;
    bool swapped = s->ntyped == s->nmeant && i + 1 < s->ntyped && a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0;
    return swapped ? (unsigned)s->nmeant - 1 : 0;
}

static unsigned
digit_lost(const struct slip *s)
{
    size_t i = parting(s);
    return s->nmeant == s->ntyped + 1 && strcmp(s->typed_text + i, s->meant_text + i + 1) == 0 ? (unsigned)s->nmeant : 0;
}

static unsigned
digit_inserted(const struct slip *s)
{
    size_t i = parting(s);
    return s->ntyped == s->nmeant + 1 && strcmp(s->typed_text + i + 1, s->meant_text + i) == 0 ? 10 * (unsigned)s->ntyped : 0;
}

static unsigned
digit_doubled(const struct slip *s)
{
    size_t i = parting(s);
    return digit_inserted(s) && i > 0 && s->typed_text[i] == s->typed_text[i - 1] ? (unsigned)s->nmeant : 0;
}

static unsigned
digit_changed(const struct slip *s)
{
    size_t i = parting(s);
    bool changed = s->ntyped == s->nmeant && i < s->ntyped && strcmp(s->typed_text + i + 1, s->meant_text + i + 1) == 0;
    return changed ? 9 * (unsigned)s->nmeant : 0;
}

/* Neighbours on the row of digits and on the number pad, and shapes that are taken for each other. */
static unsigned
digit_mistaken(const struct slip *s)
{
    static const char pairs[] = "12 23 34 45 56 67 78 89 90 14 25 36 47 58 69 01 02 17 06 38 49 08 35";
    char pair[3] = "", back[3] = "";
    size_t i = parting(s);
    if (!digit_changed(s))
        return 0;
    pair[0] = back[1] = s->typed_text[i];
    pair[1] = back[0] = s->meant_text[i];
    return strstr(pairs, pair) != NULL || strstr(pairs, back) != NULL ? 4 * (unsigned)s->nmeant : 0;
}

static unsigned
power_of_ten(const struct slip *s)
{
    int64_t large = s->typed > s->meant ? s->typed : s->meant, small = s->typed > s->meant ? s->meant : s->typed;
    for (int64_t power = 10; small > 0 && power <= 10000; power *= 10)
        if (large % power == 0 && large / power == small)
            return 8;
    return 0;
}

static unsigned copied(const struct slip *s) { return is_beside(s->value, s->typed) ? 4 : 0; }
static unsigned counted_twice(const struct slip *s) { return is_beside(s->value, s->typed - s->meant) ? 4 : 0; }

/* A total that lacks one of the numbers of its row or column. */
static unsigned
one_left_out(const struct slip *s)
{
    const struct block *block = s->value->slot->block;
    size_t place = place_in_block(s->value), width = block->ncolumn_leaves, n = width + block->nrow_leaves;
    const struct value *first = s->value - place;
    bool found = false;
    for (size_t i = 0; i < width; i++)
        found |= first[place / width * width + i].number.micros == s->meant - s->typed;
    for (size_t i = 0; i < block->nrow_leaves; i++)
        found |= first[i * width + place % width].number.micros == s->meant - s->typed;
    return found && s->value->slot->derived && s->meant != s->typed ? (unsigned)n : 0;
}

/* Any number at all: as large as they come, so that n is as likely as 2n and 2n+1 together; a million is the 20th doubling. */
static unsigned
anything(const struct slip *s)
{
    uint64_t n = units(s->typed);
    return n < 100000000 ? 14 * ((unsigned)n + 1) : 14u * 100000000;
}

/* The shares are of all slips that we would expect of people who copy numbers from a register; only their order of size matters. */
static const struct { unsigned (*ways)(const struct slip *); int rarity; } kinds[] = {
    { zero_total, 10 },         /* a sixth: the total was not filled in; 洪泽区 2023 twice in one table */
    { left_zero, 35 },           /* a twelfth: a number forgotten where 0 was prepared */
    { left_blank, 60 },          /* offices that leave blanks mean 0 by them */
    { one_off, 30 },             /* an eighth: one request counted too much or too little */
    { digits_swapped, 35 }, { digit_lost, 35 }, { digit_mistaken, 35 },      /* a twelfth each: the classes of typing errors */
    { digit_changed, 45 }, { digit_doubled, 45 }, { digit_inserted, 50 },
    { power_of_ten, 45 },
    { copied, 35 },              /* a twelfth: slipped into the next row or column */
    { counted_twice, 40 },       /* also counted in the cell beside: 部分公开 in 予以公开 as well */
    { one_left_out, 35 },        /* a total that was not updated */
    { wrong_sign, 45 },
    { anything, 25 },
};

/* Of 31: how many of the other numbers of the row (or column) are 0. */
static int
zeros_beside(const struct value *first, size_t n, size_t step, const struct value *own)
{
    size_t zeros = 0, others = 0;
    for (size_t i = 0; i < n; i++) {
        const struct value *v = first + i * step;
        if (v == own || v->slot->derived)
            continue;
        others++;
        zeros += v->number.micros == 0;
    }
    return others > 0 ? (int)(31 * zeros / others) : 16;
}

/* How rare a number is in a cell that no sum gives: 0 as often as in its row and column, others the rarer the larger. */
static int
number_rarity(const struct value *value, int64_t micros)
{
    const struct block *block = value->slot->block;
    size_t place = place_in_block(value), width = block->ncolumn_leaves;
    const struct value *first = value - place;
    int zeros = 1 + zeros_beside(first + place / width * width, width, 1, value)
              + zeros_beside(first + place % width, block->nrow_leaves, width, value);
    uint64_t n = units(micros);
    return n == 0 ? 60 - bits((uint64_t)zeros) : 60 - bits((uint64_t)(64 - zeros)) + 13 + 3 * bits(n) / 2;
}

static int
prior_cost(const struct remedy *change)
{
    bool given = !change->value->slot->derived;
    return given ? number_rarity(change->value, change->to.micros) - number_rarity(change->value, change->value->number.micros) : 0;
}

static int
single_cost(const struct remedy *change)
{
    struct slip slip = { .value = change->value, .typed = change->value->number.micros, .meant = change->to.micros };
    slip.ntyped = strlen(decimal_text(change->value->number, slip.typed_text));
    slip.nmeant = strlen(decimal_text(change->to, slip.meant_text));
    int least = INT32_MAX;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        unsigned ways = kinds[i].ways(&slip);
        int cost = ways > 0 ? kinds[i].rarity + bits(ways) : INT32_MAX;
        least = cost < least ? cost : least;
    }
    return least + prior_cost(change);
}

/* Two cells of one row or column: their numbers exchanged, or some of one booked in the other. INT32_MAX: not so. */
static int
pair_cost(const struct remedy *a, const struct remedy *b)
{
    const struct slot *s = a->value->slot, *t = b->value->slot;
    int64_t moved = a->to.micros - a->value->number.micros;
    bool near = s->block == t->block && (s->row == t->row || s->column == t->column) && s->derived == t->derived;
    if (!near || moved != b->value->number.micros - b->to.micros)
        return INT32_MAX;
    bool exchanged = a->to.micros == b->value->number.micros;
    int cost = exchanged ? 40 : 45 + 2 * bits(units(moved) + 1);       /* one request moved is likelier than a hundred */
    size_t gap = (size_t)distance((int64_t)s->row->leaf, (int64_t)t->row->leaf) + (size_t)distance((int64_t)s->column->leaf, (int64_t)t->column->leaf);
    return cost + bits(8 * gap) + prior_cost(a) + prior_cost(b);
}

/* The first cell that is not settled yet is a slip of its own, or one with another. */
static int
rest_cost(const struct remedy *changes, size_t n, unsigned settled)
{
    size_t first = 0;
    while (first < n && settled >> first & 1)
        first++;
    if (first == n)
        return 0;
    settled |= 1u << first;
    int least = single_cost(&changes[first]) + rest_cost(changes, n, settled);
    for (size_t i = first + 1; i < n; i++) {
        int pair = settled >> i & 1 ? INT32_MAX : pair_cost(&changes[first], &changes[i]);
        if (pair == INT32_MAX)
            continue;
        int cost = pair + rest_cost(changes, n, settled | 1u << i);
        least = cost < least ? cost : least;
    }
    return least;
}

int
slips_cost(const struct remedy *changes, size_t n)
{
    return rest_cost(changes, n, 0);
}
