/* SPDX-License-Identifier: MIT */
/* xlsx_plain: what nearly all cells and shared strings are, <c r="J8" s="1" t="s"><v>5</v></c>, <c r="J8" t="inlineStr"><is><t>text</t></is></c>, or
 * <c r="J8" s="1"/>, texts with characters given by their numbers (&#24180;), and rows whose tag is that of the row before but for the number, taken from the scanner's window as they lie, at a
 * tenth of the price of their events. What these characters are is fixed by XML and ECMA-376 alike, so nothing is left unchecked;
 * whatever is written in another way, or not all in the window, is left to the events. */
#include "bytes.h"
#include "xlsx_parts.h"

enum {
    DIGITS = 15,            /* a whole number of so many is exact in a double */
    MOST = 160,             /* bytes of a plain cell, but for its text: nothing behind the window is looked at */
    REFERENCE = 32          /* likewise of a reference */
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

/* Behind the digits at p, at most DIGITS, and their number; NULL: there are none or more. */
static inline const char *
whole(const char *p, uint64_t *number)
{
    uint64_t digits = le64((const unsigned char *)p) ^ UINT64_C(0x3030303030303030);        /* 0 to 9 each */
    uint64_t others = ((digits + UINT64_C(0x7676767676767676)) | digits) & UINT64_C(0x8080808080808080);
    unsigned n = others != 0 ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    if (n == 0)
        return NULL;
    *number = together(digits, n);
    for (unsigned digit; n >= 8 && n <= DIGITS && (digit = (unsigned)p[n] - '0') < 10; n++)
        *number = *number * 10 + digit;
    return n <= DIGITS ? p + n : NULL;
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

/* Behind the number of a row at p, from 1. */
static inline const char *
row_number(const char *p, uint32_t *row)
{
    uint64_t number;
    if (*p == '0' || (p = index_at(p, &number)) == NULL || number > LIMIT_ROWS)
        return NULL;
    *row = (uint32_t)number - 1;
    return p;
}

/* Behind the address at p. */
static inline const char *
address(const char *p, struct plain_cell *cell)
{
    uint32_t col = 0;
    for (unsigned n = 0, letter; n < 3 && (letter = (unsigned)*p - 'A') < 26; p++, n++)
        col = col * 26 + letter + 1;
    if (col == 0 || col > LIMIT_COLS)
        return NULL;
    cell->col = (uint16_t)(col - 1);
    return row_number(p, &cell->row);
}

/* Behind the attributes s and t, in this order, each of which may be missing. */
static inline const char *
attributes(const char *p, struct plain_cell *cell)
{
    uint64_t number = 0;
    if (STANDS(p, " s=\"")) {
        p = index_at(p + 4, &number);
        if (p == NULL || *p++ != '"' || number > UINT32_MAX)
            return NULL;
    }
    cell->style = (uint32_t)number;
    cell->kind = PLAIN_NUMBER;
    if (*p == '>' || *p == '/')
        return p;
    if (STANDS(p, " t=\"s\"")) {
        cell->kind = PLAIN_SHARED;
        return p + 6;
    }
    if (STANDS(p, " t=\"n\""))
        return p + 6;
    if (!STANDS(p, " t=\"inlineStr\""))
        return NULL;
    cell->kind = PLAIN_TEXT;
    return p + 14;
}

/* Behind a number as people's programs write it. */
static inline const char *
number(const char *p, struct plain_cell *cell)
{
    char copy[32];
    uint64_t digits;
    const char *end = whole(p, &digits);
    if (end != NULL && *end == '<') {
        cell->number = (double)digits;
        return end;
    }
    size_t n = strspn(p, "0123456789+-.eE");
    if (n == 0 || n >= sizeof copy || p[n] != '<')
        return NULL;
    memcpy(copy, p, n);
    copy[n] = '\0';
    return xlsx_number(copy, &cell->number) ? p + n : NULL;
}

/* Behind a reference to a character beyond ASCII by its number, "&#24180;". */
static inline const char *
reference(const char *p)
{
    uint64_t number;
    const char *end = p[1] == '#' ? whole(p + 2, &number) : NULL;
    if (end == NULL || *end != ';' || number < 0x80 || number > 0xFFFD || (number >= 0xD800 && number < 0xE000))
        return NULL;
    return end + 1;
}

/* Behind a text without other references, escapes (_xHHHH_) and ends of lines. The window ends in NUL. *coded: it has references. */
static inline const char *
text(const char *p, const struct xml *xml, struct slice *text, bool *coded)
{
    const char *first = p;
    *coded = false;
    while ((unsigned char)*p >= ' ' && *p != '<' && *p != ']' && *p != '_') {
        *coded = *coded || *p == '&';
        if (*p != '&')
            p++;
        else if ((const char *)xml->end - p < REFERENCE || (p = reference(p)) == NULL)
            return NULL;
    }
    *text = (struct slice){ first, (size_t)(p - first) };
    return *p == '<' && text->n <= LIMIT_CELL_TEXT ? p : NULL;
}

/* Put characters for references, which have been checked, where the text lies: nobody reads it there again. */
static void
decode(struct slice *text)
{
    char *out = (char *)(uintptr_t)text->at;
    for (const char *p = text->at, *end = p + text->n; p < end;) {
        if (*p != '&') {
            *out++ = *p++;
            continue;
        }
        uint32_t cp = 0;
        for (p += 2; *p != ';'; p++)
            cp = cp * 10 + (uint32_t)(*p - '0');
        p++;
        out += utf8_encode(cp, out);
    }
    text->n = (size_t)(out - text->at);
}

/* Behind what stands in the cell, and its end tag. */
static inline const char *
content(const char *p, const struct xml *xml, struct plain_cell *cell)
{
    if (cell->kind == PLAIN_TEXT) {
        static const char begin[] = "><is><t>", end[] = "</t></is></c>";
        bool coded;
        if (!STANDS(p, begin) || (p = text(p + sizeof begin - 1, xml, &cell->text, &coded)) == NULL
            || (const char *)xml->end - p < (ptrdiff_t)sizeof end || !STANDS(p, end))
            return NULL;
        if (coded)
            decode(&cell->text);
        return p + sizeof end - 1;
    }
    static const char begin[] = "><v>", end[] = "</v></c>";
    if (!STANDS(p, begin))
        return NULL;
    p += sizeof begin - 1;
    p = cell->kind == PLAIN_SHARED ? index_at(p, &cell->index) : number(p, cell);
    return p != NULL && STANDS(p, end) ? p + sizeof end - 1 : NULL;
}

bool
xlsx_plain_cell(struct xml *xml, struct plain_cell *cell)
{
    const char *p = (const char *)xml->at;
    if (xml->empty || xml->default_space != SPACE_OFFICE || xml->end - xml->at < MOST || !STANDS(p, "<c r=\"")
        || (p = address(p + 6, cell)) == NULL || *p != '"' || (p = attributes(p + 1, cell)) == NULL)
        return false;
    size_t empty = STANDS(p, "/>") ? 2 : STANDS(p, "></c>") ? 5 : 0;
    cell->filled = empty == 0;
    p = cell->filled ? content(p, xml, cell) : p + empty;
    if (p == NULL)
        return false;
    xml->at += p - (const char *)xml->at;
    return true;
}

/* -- shared strings -- */

/* Behind an empty element that Excel puts into Chinese strings; p itself where there is none. */
static const char *
no_phonetics(const char *p)
{
    static const char begin[] = "<phoneticPr fontId=\"", end[] = "\" type=\"noConversion\"/>";
    uint64_t font;
    const char *q = STANDS(p, begin) ? whole(p + sizeof begin - 1, &font) : NULL;
    return q != NULL && STANDS(q, end) ? q + sizeof end - 1 : p;
}

bool
xlsx_plain_string(struct xml *xml, struct slice *string)
{
    static const char begin[] = "<si><t>", spaced[] = "<si><t xml:space=\"preserve\">", end[] = "</t>", over[] = "</si>";
    struct slice plain;
    bool coded;
    const char *p = (const char *)xml->at;
    if (xml->empty || xml->default_space != SPACE_OFFICE || xml->end - xml->at < MOST || !STANDS(p, "<si><t"))
        return false;
    p += STANDS(p, begin) ? sizeof begin - 1 : STANDS(p, spaced) ? sizeof spaced - 1 : 0;
    if ((p = text(p, xml, &plain, &coded)) == NULL || (const char *)xml->end - p < MOST || !STANDS(p, end))
        return false;
    p = no_phonetics(p + sizeof end - 1);
    if (!STANDS(p, over))
        return false;
    if (coded)
        decode(&plain);
    *string = plain;
    xml->at += p + sizeof over - 1 - (const char *)xml->at;
    return true;
}

/* -- rows -- */

static const char row_begin[] = "<row r=\"";

void
xlsx_plain_row_like(const struct xml *xml, struct plain_row *like)
{
    const struct xml_attribute *first = &xml->attributes[0];
    const char *tail = xml->nattributes > 0 ? first->value.at + first->value.n : NULL, *begin = xml->name.at - 1;
    like->n = 0;
    if (tail == NULL || !STANDS(begin, row_begin) || first->value.at != begin + sizeof row_begin - 1 || xml->default_space != SPACE_OFFICE)
        return;
    size_t n = (size_t)((const char *)xml->at - tail);
    for (size_t i = 0; i < xml->nattributes; i++)
        if (xml->attributes[i].coded || STANDS(xml->attributes[i].name.at, "xmlns"))
            return;
    if (n > sizeof like->tail)
        return;
    memcpy(like->tail, tail, n);
    like->n = n;
    like->empty = xml->empty;
}

bool
xlsx_plain_row(struct xml *xml, const struct plain_row *like, uint32_t *row)
{
    const char *p = (const char *)xml->at;
    if (like->n == 0 || xml->empty || xml->end - xml->at < MOST + (ptrdiff_t)like->n || !STANDS(p, row_begin)
        || (p = row_number(p + sizeof row_begin - 1, row)) == NULL || memcmp(p, like->tail, like->n) != 0)
        return false;
    if (!like->empty && !xml_enter(xml, "row"))
        return false;
    xml->at += p + like->n - (const char *)xml->at;
    return true;
}
