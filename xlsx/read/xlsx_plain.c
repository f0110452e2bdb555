/* SPDX-License-Identifier: MIT */
/* xlsx_plain: texts as nearly all cells and shared strings have them, in runs too (ECMA-376 part 1, 18.4.4) and with characters given by their
 * numbers (&#24180;), and merged ranges, taken from the scanner's window as they lie. What these characters are is fixed by XML and ECMA-376 alike,
 * so nothing is left unchecked; whatever is written in another way, or not all in the window, is left to the events. Rows and cells: xlsx_cells.c. */
#include "xlsx_plain.h"

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
        else if ((c != '<' && c != '&' && c != '_' && c != ']' && c != '\r' && c != '\0') || (c == '_' && p[1] != 'x' && p[1] != '&')
                 || (c == ']' && p[1] != ']'))
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

/* The characters of a text up to a tag, behind those that are there. */
static inline const char *
characters(const char *p, const struct xml *xml, struct plain_text *text)
{
    const char *first = p;
    p = themselves(first);
    if (*p == '<' && text->n == 0 && p - first <= LIMIT_CELL_TEXT) {
        text->at = first;
        text->n = (size_t)(p - first);
    } else {
        p = gather(first, xml, text);
    }
    return p != NULL && (const char *)xml->end - p >= MOST ? p : NULL;
}

const char *
plain_characters(const char *p, const struct xml *xml, struct plain_text *text)
{
    text->n = 0;
    return characters(p, xml, text);
}

/* Behind <t>text</t>, which is appended to what is there. */
static inline const char *
piece(const char *p, const struct xml *xml, struct plain_text *text)
{
    static const char begin[] = "<t>", spaced[] = "<t xml:space=\"preserve\">", end[] = "</t>";
    if (!STANDS(p, begin) && !STANDS(p, spaced))
        return NULL;
    p = characters(p + (p[2] == '>' ? sizeof begin : sizeof spaced) - 1, xml, text);
    return p != NULL && STANDS(p, end) ? p + sizeof end - 1 : NULL;
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

const char *
plain_string(const char *p, const struct xml *xml, struct plain_text *text)
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
    if (!xlsx_plain(xml) || xml->end - xml->at < MOST || !STANDS(p, begin)
        || (p = plain_string(p + sizeof begin - 1, xml, text)) == NULL)
        return false;
    p = no_phonetics(p);
    if (!STANDS(p, end))
        return false;
    xml->at += p + sizeof end - 1 - (const char *)xml->at;
    return true;
}

/* -- merged ranges -- */

static const char *
address(const char *p, uint32_t *row, uint32_t *col)
{
    uint64_t number;
    p = column_letters(p, col);
    if (p == NULL || *p == '0' || (p = index_at(p, DIGITS, &number)) == NULL || number > LIMIT_ROWS)
        return NULL;
    *row = (uint32_t)number - 1;
    return p;
}

bool
xlsx_plain_merge(struct xml *xml, struct area *area)
{
    static const char begin[] = "<mergeCell ref=\"", end[] = "\"/>";
    const char *p = (const char *)xml->at;
    uint32_t col, col2;
    if (!xlsx_plain(xml) || xml->end - xml->at < MOST || !STANDS(p, begin)
        || (p = address(p + sizeof begin - 1, &area->row, &col)) == NULL || *p != ':'
        || (p = address(p + 1, &area->row2, &col2)) == NULL || !STANDS(p, end) || area->row2 < area->row || col2 < col)
        return false;
    area->col = (uint16_t)col;
    area->col2 = (uint16_t)col2;
    xml->at += p + sizeof end - 1 - (const char *)xml->at;
    return true;
}
