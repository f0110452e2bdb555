/* SPDX-License-Identifier: MIT */
/* xlsx_plain.h: what is taken from the scanner's window as it lies there: digits, addresses, texts. Each function that is given a place p in
 * the window returns the place behind what it took, NULL when something else stands there. The window has whole characters and ends in NUL,
 * which ends everything here too. Internal to xlsx_plain.c and xlsx_cells.c. */
#ifndef NIANBAO_XLSX_PLAIN_H
#define NIANBAO_XLSX_PLAIN_H

#include "bytes.h"
#include "xlsx_parts.h"

enum {
    DIGITS = 15,            /* of a whole number, which is exact in a double */
    MOST = 160              /* bytes of a plain cell or string between its texts: nothing behind the window is looked at */
};

/* Does the constant `word` stand at p, which has as many bytes? */
#define STANDS(p, word) (memcmp(p, word, sizeof word - 1) == 0)

/* The number of n digits, 1 to 8 of them, the first in the lowest byte: neighbours are put together, then pairs, then fours. */
static inline uint64_t
together(uint64_t digits, unsigned n)
{
    digits <<= 64 - 8 * n;
    digits = (digits & UINT64_C(0x0F0F0F0F0F0F0F0F)) * (10 << 8 | 1) >> 8;
    digits = (digits & UINT64_C(0x00FF00FF00FF00FF)) * (100 << 16 | 1) >> 16;
    return (digits & UINT64_C(0x0000FFFF0000FFFF)) * (UINT64_C(10000) << 32 | 1) >> 32;
}

/* How many of the eight bytes are digits, from the first one on; *digits: 0 to 9 each. */
static inline unsigned
count_digits(uint64_t bytes, uint64_t *digits)
{
    *digits = bytes ^ UINT64_C(0x3030303030303030);
    uint64_t others = ((*digits + UINT64_C(0x7676767676767676)) | *digits) & UINT64_C(0x8080808080808080);
    return others != 0 ? (unsigned)__builtin_ctzll(others) / 8 : 8;
}

/* How many digits stand at p, of 8 at most; they are put behind those of *number. */
static inline unsigned
eight(const char *p, uint64_t *number)
{
    static const uint64_t tens[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
    uint64_t digits;
    unsigned n = count_digits(le64((const unsigned char *)p), &digits);
    if (n > 0)
        *number = *number * tens[n] + together(digits, n);
    return n;
}

/* The digits at p, at most DIGITS, and their number. */
static inline const char *
whole(const char *p, uint64_t *number)
{
    *number = 0;
    unsigned n = eight(p, number);
    if (n == 8)
        n += eight(p + n, number);
    return n > 0 && n <= DIGITS ? p + n : NULL;
}

/* The same, of `most` digits at most; rows, styles and texts of a report are few, so that it has a digit or two. */
static inline const char *
index_at(const char *p, unsigned most, uint64_t *number)
{
    unsigned first = (unsigned)p[0] - '0', second = (unsigned)p[1] - '0';
    if (first > 9 || (second < 10 && (unsigned)p[2] - '0' < 10)) {
        const char *end = whole(p, number);
        return end != NULL && end - p <= (ptrdiff_t)most ? end : NULL;
    }
    *number = second < 10 ? first * 10 + second : first;
    return p + 1 + (second < 10);
}

/* The letters of a column; nearly always it is one. */
static inline const char *
column_letters(const char *p, uint32_t *col)
{
    uint32_t number = (unsigned)*p++ - 'A';
    if (number >= 26)
        return NULL;
    for (unsigned n = 1, letter; n < 3 && (letter = (unsigned)*p - 'A') < 26; p++, n++)
        number = (number + 1) * 26 + letter;
    *col = number;
    return number < LIMIT_COLS ? p : NULL;
}

/* -- xlsx_plain.c; MOST bytes are left in the window behind both -- */

/* The characters of a text up to a tag. */
const char *plain_characters(const char *p, const struct xml *xml, struct plain_text *text);

/* What stands in a shared or inline string: a text, or runs of it. */
const char *plain_string(const char *p, const struct xml *xml, struct plain_text *text);

#endif
