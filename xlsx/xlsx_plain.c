/* SPDX-License-Identifier: MIT */
/* xlsx_plain: the cell that nearly all cells are, <c r="J8" s="1" t="s"><v>5</v></c>, or <c r="J8" s="1"/>, taken from the scanner's window
 * as it lies, at a fifth of the price of its events. What these characters are is fixed by XML and ECMA-376 alike, so nothing is left
 * unchecked; whatever is written in another way, or not all in the window, is left to the events. */
#include "bytes.h"
#include "xlsx_parts.h"

enum { DIGITS = 15 };           /* a whole number of so many is exact in a double */

/* Behind `word` at p; NULL: it is not there. The window ends in NUL, which no word has. */
static inline const char *
behind(const char *p, const char *word)
{
    for (; *word != '\0'; word++, p++)
        if (*p != *word)
            return NULL;
    return p;
}

/* Behind the digits at p, at most DIGITS, and their number; NULL: there are none or more. */
static inline const char *
whole(const char *p, uint64_t *number)
{
    const char *first = p;
    *number = 0;
    for (; is_digit(*p); p++)
        if (p - first < DIGITS)
            *number = *number * 10 + (uint64_t)(*p - '0');
    return p > first && p - first <= DIGITS ? p : NULL;
}

/* Behind the address at p. */
static inline const char *
address(const char *p, struct plain_cell *cell)
{
    uint64_t row;
    uint32_t col = 0;
    for (unsigned n = 0; *p >= 'A' && *p <= 'Z' && n < 3; p++, n++)
        col = col * 26 + (uint32_t)(*p - 'A') + 1;
    if (col == 0 || col > LIMIT_COLS || *p == '0' || (p = whole(p, &row)) == NULL || row > LIMIT_ROWS)
        return NULL;
    cell->row = (uint32_t)row - 1;
    cell->col = (uint16_t)(col - 1);
    return p;
}

/* Behind the attributes s and t, in this order, each of which may be missing. */
static inline const char *
attributes(const char *p, struct plain_cell *cell)
{
    const char *style = behind(p, " s=\""), *type;
    uint64_t number = 0;
    if (style != NULL) {
        style = whole(style, &number);
        if (style == NULL || *style != '"' || number > UINT32_MAX)
            return NULL;
        p = style + 1;
    }
    cell->style = (uint32_t)number;
    type = behind(p, " t=\"s\"");
    cell->shared = type != NULL;
    return type != NULL ? type : p;
}

/* Behind the value: a number as people's programs write it, or the index of a shared string. */
static inline const char *
value(const char *p, struct plain_cell *cell)
{
    char copy[32];
    uint64_t number;
    const char *end = whole(p, &number);
    cell->index = number;
    cell->number = (double)number;
    if (end != NULL && *end == '<')
        return end;
    size_t n = strspn(p, "0123456789+-.eE");
    if (cell->shared || n == 0 || n >= sizeof copy || p[n] != '<')
        return NULL;
    memcpy(copy, p, n);
    copy[n] = '\0';
    return xlsx_number(copy, &cell->number) ? p + n : NULL;
}

bool
xlsx_plain_cell(struct xml *xml, struct plain_cell *cell)
{
    const char *p = (const char *)xml->at, *end;
    if (xml->empty || xml->default_space != SPACE_OFFICE || (p = behind(p, "<c r=\"")) == NULL || (p = address(p, cell)) == NULL || *p != '"'
        || (p = attributes(p + 1, cell)) == NULL)
        return false;
    if ((end = behind(p, "/>")) != NULL)
        cell->filled = false;
    else {
        if ((p = behind(p, "><v>")) == NULL || (p = value(p, cell)) == NULL || (end = behind(p, "</v></c>")) == NULL)
            return false;
        cell->filled = true;
    }
    xml->at += end - (const char *)xml->at;
    return true;
}
