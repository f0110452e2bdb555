/* SPDX-License-Identifier: MIT */
/* xlsx_plain: what nearly all cells and shared strings are, <c r="J8" s="1" t="s"><v>5</v></c>, <c r="J8" t="inlineStr"><is><t>text</t></is></c>, or
 * <c r="J8" s="1"/>, texts in runs (ECMA-376 part 1, 18.4.4) and with characters given by their numbers (&#24180;), rows whose tag is that of the row
 * before but for the number, and merged ranges, taken from the scanner's window as they lie, at a tenth of the price of their events. What these
 * characters are is fixed by XML and ECMA-376 alike, so nothing is left unchecked; whatever is written in another way, or not all in the window, is
 * left to the events. */
#include "bytes.h"
#include "xlsx_parts.h"

enum {
    DIGITS = 15,            /* a whole number of so many is exact in a double */
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
address(const char *p, uint32_t *row, uint32_t *col)
{
    uint32_t number = 0;
    for (unsigned n = 0, letter; n < 3 && (letter = (unsigned)*p - 'A') < 26; p++, n++)
        number = number * 26 + letter + 1;
    if (number == 0 || number > LIMIT_COLS)
        return NULL;
    *col = number - 1;
    return row_number(p, row);
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
    const char *end = index_at(p, &digits);
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

/* -- texts -- */

/* The character that the reference at p gives in five digits, "&#24180;", as Chinese has them; 0: this is another one. */
static inline uint32_t
five_digits(const char *p)
{
    uint64_t digits = (le64((const unsigned char *)p + 1) ^ UINT64_C(0x003B303030303023)) << 8;      /* but for "#" and ";" */
    if ((((digits + UINT64_C(0x7F76767676767F00)) | digits) & UINT64_C(0x8080808080808000)) != 0)
        return 0;
    uint32_t cp = (uint32_t)together(digits >> 16, 5);
    return cp < 0x800 || cp > 0xFFFD || (cp >= 0xD800 && cp < 0xE000) ? 0 : cp;
}

/* Behind the characters at p that stand for themselves: up to a tag, a reference, and what may be an escape (_xHHHH_), the end of a line
 * as Windows writes it, or "]]>". The window has whole characters, and ends in NUL. */
static inline const char *
themselves(const char *p)
{
    for (;;) {
        unsigned char c = (unsigned char)*p;
        if (c >= 0xE0)
            p += 3;             /* what is left of one of four bytes is no end either */
        else if (c != '<' && c != '&' && c != '_' && c != ']' && c != '\r' && c != '\0')
            p++;
        else
            return p;
    }
}

/* Append the character of the reference at p; MOST bytes are left in the window. NULL: there is none, or it may begin an escape. */
static inline const char *
gather_reference(const char *p, const struct xml *xml, struct plain_text *text)
{
    char *out = text->room + text->n;
    size_t used;
    uint32_t cp = five_digits(p);
    if (cp != 0) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        text->n += 3;
        return p + 8;
    }
    cp = xml_reference((const unsigned char *)p, (size_t)((const char *)xml->end - p), &used);
    text->n += utf8_encode(cp, out);
    return cp != 0 && cp != '_' ? p + used : NULL;
}

/* Append the text at p to what is there, in the room for it. NULL: that is too small, or this is no plain text. */
static const char *
gather(const char *p, const struct xml *xml, struct plain_text *text)
{
    enum { ROOM = sizeof text->room - 4 };      /* with one character more it is full */
    const char *last = (const char *)xml->end - MOST;
    if (text->n > ROOM)
        return NULL;
    if (text->n > 0 && text->at != text->room)
        memcpy(text->room, text->at, text->n);
    text->at = text->room;
    while (*p != '<') {
        if (*p == '&') {
            if (p > last || text->n > ROOM || (p = gather_reference(p, xml, text)) == NULL)
                return NULL;
            continue;
        }
        const char *first = p;
        p = themselves(p);
        if (p == first || (size_t)(p - first) > sizeof text->room - text->n)
            return NULL;
        while (first < p)
            text->room[text->n++] = *first++;
    }
    return p;
}

/* Behind <t>text</t>, which is appended to what is there. */
static inline const char *
piece(const char *p, const struct xml *xml, struct plain_text *text)
{
    static const char begin[] = "<t>", spaced[] = "<t xml:space=\"preserve\">", end[] = "</t>";
    if (!STANDS(p, begin) && !STANDS(p, spaced))
        return NULL;
    const char *first = p + (p[2] == '>' ? sizeof begin : sizeof spaced) - 1;
    p = themselves(first);
    if (*p == '<' && text->n == 0 && p - first <= LIMIT_CELL_TEXT) {
        text->at = first;
        text->n = (size_t)(p - first);
    } else if ((p = gather(first, xml, text)) == NULL) {
        return NULL;
    }
    return (const char *)xml->end - p >= MOST && STANDS(p, end) ? p + sizeof end - 1 : NULL;
}

static inline const char *
letters(const char *p)
{
    while ((unsigned)(*p | 0x20) - 'a' < 26)
        p++;
    return p;
}

/* Behind properties that are known. */
static const char *
known_properties(const char *p, const struct xml *xml, const struct plain_text *text)
{
    size_t left = (size_t)((const char *)xml->end - p);
    for (size_t i = 0; i < text->nknown && i < PLAIN_KNOWN; i++)
        if (left >= text->known[i].n + MOST && memcmp(p, text->known[i].bytes, text->known[i].n) == 0)
            return p + text->known[i].n;
    return NULL;
}

/* Behind the properties of a run, which say nothing here, and their end tag: empty elements of at most one attribute, as
 * <b/><rFont val="宋体"/>. One of a namespace is left to the events. */
static const char *
properties(const char *p, const struct xml *xml, struct plain_text *text)
{
    static const char end[] = "</rPr>";
    const char *first = p, *known = known_properties(p, xml, text);
    if (known != NULL)
        return known;
    while (*p == '<' && p[1] != '/') {
        const char *name = ++p;
        p = letters(p);
        if (p > name && *p == ' ' && p[1] != 'x') {
            name = ++p;
            p = letters(p);
            if (p == name || *p++ != '=' || *p++ != '"')
                return NULL;
            while (*p != '"' && *p != '<' && *p != '&' && *p != '\0')
                p++;
            if (*p++ != '"')
                return NULL;
        }
        if (p == name || *p++ != '/' || *p++ != '>')
            return NULL;
    }
    if ((const char *)xml->end - p < MOST || !STANDS(p, end))
        return NULL;
    p += sizeof end - 1;
    size_t n = (size_t)(p - first), place = text->nknown % PLAIN_KNOWN;
    if (n <= sizeof text->known[place].bytes) {
        memcpy(text->known[place].bytes, first, n);
        text->known[place].n = n;
        text->nknown++;
    }
    return p;
}

/* Behind what stands in a shared or inline string: a text, or runs of it. */
static const char *
string(const char *p, const struct xml *xml, struct plain_text *text)
{
    static const char run[] = "<r>", about[] = "<rPr>", end[] = "</r>";
    text->n = 0;
    if (!STANDS(p, run))
        return piece(p, xml, text);
    do {
        p += sizeof run - 1;
        if (STANDS(p, about))
            p = properties(p + sizeof about - 1, xml, text);
        if (p == NULL || (p = piece(p, xml, text)) == NULL || !STANDS(p, end))
            return NULL;
        p += sizeof end - 1;
    } while (STANDS(p, run));
    return p;
}

/* Behind what stands in the cell, and its end tag. */
static inline const char *
content(const char *p, const struct xml *xml, struct plain_cell *cell)
{
    if (cell->kind == PLAIN_TEXT) {
        static const char begin[] = "><is>", end[] = "</is></c>";
        if (!STANDS(p, begin) || (p = string(p + sizeof begin - 1, xml, &cell->text)) == NULL || !STANDS(p, end))
            return NULL;
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
xlsx_plain_cell(struct xml *xml, uint32_t *row, uint32_t *next, struct plain_cell *cell)
{
    for (bool empty = true; empty; ) {
        const char *p = (const char *)xml->at;
        uint32_t r, c;
        if (xml->empty || xml->default_space != SPACE_OFFICE || xml->end - xml->at < MOST || !STANDS(p, "<c r=\"")
            || (p = address(p + 6, &r, &c)) == NULL || *p != '"' || (p = attributes(p + 1, cell)) == NULL)
            return false;
        empty = STANDS(p, "/>") || STANDS(p, "></c>");
        p = empty ? p + (*p == '/' ? 2 : 5) : content(p, xml, cell);
        if (p == NULL)
            return false;
        xml->at += p - (const char *)xml->at;
        *row = r;
        *next = c + 1;
    }
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
xlsx_plain_string(struct xml *xml, struct plain_text *text)
{
    static const char begin[] = "<si>", end[] = "</si>";
    const char *p = (const char *)xml->at;
    if (xml->empty || xml->default_space != SPACE_OFFICE || xml->end - xml->at < MOST || !STANDS(p, begin)
        || (p = string(p + sizeof begin - 1, xml, text)) == NULL)
        return false;
    p = no_phonetics(p);
    if (!STANDS(p, end))
        return false;
    xml->at += p + sizeof end - 1 - (const char *)xml->at;
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

/* -- merged ranges -- */

bool
xlsx_plain_merge(struct xml *xml, struct area *area)
{
    static const char begin[] = "<mergeCell ref=\"", end[] = "\"/>";
    const char *p = (const char *)xml->at;
    uint32_t col, col2;
    if (xml->empty || xml->default_space != SPACE_OFFICE || xml->end - xml->at < MOST || !STANDS(p, begin)
        || (p = address(p + sizeof begin - 1, &area->row, &col)) == NULL || *p != ':'
        || (p = address(p + 1, &area->row2, &col2)) == NULL || !STANDS(p, end) || area->row2 < area->row || col2 < col)
        return false;
    area->col = (uint16_t)col;
    area->col2 = (uint16_t)col2;
    xml->at += p + sizeof end - 1 - (const char *)xml->at;
    return true;
}
