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

/* How many digits stand at p, of 8 at most; they are put behind those of *number. */
static inline unsigned
eight(const char *p, uint64_t *number)
{
    static const uint64_t tens[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
    uint64_t digits = le64((const unsigned char *)p) ^ UINT64_C(0x3030303030303030);        /* 0 to 9 each */
    uint64_t others = ((digits + UINT64_C(0x7676767676767676)) | digits) & UINT64_C(0x8080808080808080);
    unsigned n = others != 0 ? (unsigned)__builtin_ctzll(others) / 8 : 8;
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

/* The same; rows, styles and texts of a report are few, so that it has a digit or two. */
static inline const char *
index_at(const char *p, uint64_t *number)
{
    unsigned first = (unsigned)p[0] - '0', second = (unsigned)p[1] - '0';
    if (first > 9 || (second < 10 && (unsigned)p[2] - '0' < 10))
        return whole(p, number);
    *number = second < 10 ? first * 10 + second : first;
    return p + 1 + (second < 10);
}

/* The number of a row, from 1. */
static inline const char *
row_number(const char *p, uint32_t *row)
{
    uint64_t number;
    if (*p == '0' || (p = index_at(p, &number)) == NULL || number > LIMIT_ROWS)
        return NULL;
    *row = (uint32_t)number - 1;
    return p;
}

/* The letters of a column. */
static inline const char *
column_letters(const char *p, uint32_t *col)
{
    uint32_t number = 0;
    for (unsigned n = 0, letter; n < 3 && (letter = (unsigned)*p - 'A') < 26; p++, n++)
        number = number * 26 + letter + 1;
    *col = number - 1;
    return number > 0 && number <= LIMIT_COLS ? p : NULL;
}

/* -- xlsx_plain.c; MOST bytes are left in the window behind both -- */

/* The characters of a text up to a tag, behind those that are there. */
const char *plain_characters(const char *p, const struct xml *xml, struct plain_text *text);

/* What stands in a shared or inline string: a text, or runs of it. */
const char *plain_string(const char *p, const struct xml *xml, struct plain_text *text);

#endif
