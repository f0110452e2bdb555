/* SPDX-License-Identifier: MIT */
/* xlsx_cells: rows and cells (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4) taken from the scanner's window as they lie, at a tenth of the price of
 * their events: attributes in any order, a formula, a value or an inline string, and white space between the tags. What these characters are is
 * fixed by XML and ECMA-376 alike, so nothing is left unchecked; whatever is written in another way (prefixes, comments, CDATA, single quotes,
 * references in an attribute, dates, wrong values), or not all in the window, is left to the events. */
#include "xlsx_plain.h"

enum { AHEAD = 1024 };          /* bytes of the window: with fewer left it is moved on */

/* Behind the characters at p that are `what`; behind those that are not. */
static inline const char *
skip(const char *p, int what)
{
    while (xml_class[(unsigned char)*p] & what)
        p++;
    return p;
}

static inline const char *
skip_to(const char *p, int what)
{
    while (!(xml_class[(unsigned char)*p] & what))
        p++;
    return p;
}

/* The next tag, with MOST bytes of the window. */
static inline const char *
next_tag(struct xml *xml)
{
    if (xml->end - xml->at < AHEAD)
        xml_window_more(xml);
    const char *p = (const char *)xml->at;
    p = *p == '<' ? p : skip(p, BLANK);
    return (const char *)xml->end - p >= MOST ? p : NULL;
}

/* Everything in front of p is taken. */
static inline void
take(struct xml *xml, const char *p)
{
    xml->at += p - (const char *)xml->at;
}

/* -- attributes -- */

static inline const char *
name_part(const char *p)
{
    return p != NULL && xml_class[(unsigned char)*p] & NAME_START ? skip(p + 1, NAME) : NULL;
}

/* An attribute, whatever it is called, but for namespaces. *seen: a bit of 64 for each one before it, which two of one name share, and others of
 * rows and formulas do not. */
static const char *
attribute(const char *p, const struct xml *xml, uint64_t *seen, struct slice *name, struct slice *value)
{
    const char *first = p;
    p = name_part(p);
    if (p != NULL && *p == ':')
        p = name_part(p + 1);
    if (p == NULL || *p != '=' || p[1] != '"' || (first[0] == 'x' && first[1] == 'm'))
        return NULL;
    *name = (struct slice){ first, (size_t)(p - first) };
    unsigned mix = (unsigned char)first[0] + 2u * (unsigned char)p[-1] + (unsigned char)first[name->n / 2] + (unsigned)name->n;
    uint64_t bit = UINT64_C(1) << (mix & 63);
    value->at = p + 2;
    p = skip_to(p + 2, QUOTE2_STOP);
    value->n = (size_t)(p - value->at);
    if (*p != '"' || *seen & bit || (const char *)xml->end - p < MOST)
        return NULL;
    *seen |= bit;
    return p + 1;
}

/* The number of a row with the quote behind it, which are eight bytes at most. Its cells repeat it as it was written. */
static inline const char *
quoted_row(const char *p, struct plain_place *place, uint32_t *row)
{
    uint64_t word = le64((const unsigned char *)p), digits;
    if ((word & place->mask) != place->written) {
        unsigned n = count_digits(word, &digits);
        if (n == 0 || n == 8 || *p == '0' || p[n] != '"' || (digits = together(digits, n)) > LIMIT_ROWS)
            return NULL;
        place->length = n + 1;
        place->mask = ~UINT64_C(0) >> (56 - 8 * n);
        place->written = word & place->mask;
        place->number = (uint32_t)digits - 1;
    }
    *row = place->number;
    return p + place->length;
}

/* -- cells -- */

/* An index, as xlsx_index takes it. */
static inline const char *
short_index(const char *p, uint32_t *index)
{
    uint64_t number = 0;
    p = index_at(p, 9, &number);
    *index = (uint32_t)number;
    return p;
}

/* The attributes that say something, behind their names and first quotes. */
static inline const char *
cell_address(const char *p, struct plain_place *place, uint32_t *row, uint32_t *col)
{
    p = column_letters(p, col);
    return p != NULL ? quoted_row(p, place, row) : NULL;
}

static inline const char *
cell_style(const char *p, uint32_t *style)
{
    p = short_index(p, style);
    return p != NULL && *p == '"' ? p + 1 : NULL;
}

static inline const char *
cell_type(const char *p, char *type)
{
    if ((*p == 's' || *p == 'n' || *p == 'e' || *p == 'b') && p[1] == '"') {
        *type = *p;
        return p + 2;
    }
    if (STANDS(p, "str\"")) {
        *type = 'S';
        return p + 4;
    }
    *type = 'i';
    return STANDS(p, "inlineStr\"") ? p + 10 : NULL;
}

static const char address_begin[] = " r=\"", style_begin[] = " s=\"", type_begin[] = " t=\"";
enum { BEGIN = sizeof address_begin - 1 };

/* The attributes of a cell in any order, once each; those of longer names say nothing here. */
static const char *
any_attributes(const char *p, const struct xml *xml, struct plain_place *place, struct raw_cell *raw, uint32_t *col)
{
    bool placed = false, styled = false, typed = false;
    uint64_t seen = 0;
    struct slice name = { "", 0 }, value;
    while (p != NULL && *p == ' ' && p[1] != '/' && name.n != 1) {
        if (!placed && STANDS(p, address_begin)) {
            placed = true;
            p = cell_address(p + BEGIN, place, &raw->cell.row, col);
        } else if (!styled && STANDS(p, style_begin)) {
            styled = true;
            p = cell_style(p + BEGIN, &raw->style);
        } else if (!typed && STANDS(p, type_begin)) {
            typed = true;
            p = cell_type(p + BEGIN, &raw->type);
        } else {
            p = attribute(p + 1, xml, &seen, &name, &value);
        }
    }
    return p == NULL || name.n == 1 ? NULL : p + (*p == ' ');
}

/* The attributes of a cell: in the order of the standard, or in another. */
static inline const char *
cell_attributes(const char *p, const struct xml *xml, struct plain_place *place, struct raw_cell *raw)
{
    const char *first = p;
    uint32_t col = place->col;
    raw->cell.row = place->row;
    raw->style = 0;
    raw->type = 'n';
    if (STANDS(p, address_begin))
        p = cell_address(p + BEGIN, place, &raw->cell.row, &col);
    else if (col >= LIMIT_COLS || place->row >= LIMIT_ROWS)
        return NULL;
    if (p != NULL && STANDS(p, style_begin))
        p = cell_style(p + BEGIN, &raw->style);
    if (p != NULL && STANDS(p, type_begin))
        p = cell_type(p + BEGIN, &raw->type);
    if (p != NULL && *p == ' ') {
        raw->cell.row = place->row;
        raw->style = 0;
        p = any_attributes(first, xml, place, raw, &col);
    }
    raw->cell.col = (uint16_t)col;
    return p;
}

/* A number as people's programs write it. */
static inline const char *
number(const char *p, double *number)
{
    enum { EXACT = 19 };                    /* digits that 64 bits can hold */
    uint64_t digits;
    bool negative = *p == '-';
    const char *first = p + negative, *end = index_at(first, DIGITS, &digits);
    unsigned places = 0;
    if (end != NULL && *end == '<') {
        *number = negative ? -(double)digits : (double)digits;
        return end;
    }
    if (end != NULL && *end == '.') {
        const char *point = end++;
        for (unsigned n = 8; n == 8 && end - first <= EXACT; end += n)
            n = eight(end, &digits);
        places = (unsigned)(end - point) - 1;
    }
    if (end != NULL && *end == '<' && end - first <= EXACT && xlsx_decimal(digits, places, number)) {
        *number = negative ? -*number : *number;
        return end;
    }
    char copy[32];
    size_t n = strspn(p, "0123456789+-.eE");
    if (n == 0 || n >= sizeof copy || p[n] != '<')
        return NULL;
    memcpy(copy, p, n);
    copy[n] = '\0';
    return xlsx_number(copy, number) ? p + n : NULL;
}

/* The value behind <v>, up to its end tag. White space around anything but a text is left to the events. */
static inline const char *
value(const char *p, const struct xml *xml, struct raw_cell *raw, struct plain_text *text)
{
    const char *first = p;
    raw->has_value = true;
    if (*p == '<')
        return p;
    raw->parsed = true;
    if (raw->type == 'n')
        return number(p, &raw->cell.number);
    if (raw->type == 's')
        return short_index(p, &raw->index);
    raw->parsed = false;
    p = plain_characters(p, xml, text);
    raw->value = (struct slice){ text->at, text->n };
    if (p != NULL && raw->type != 'S' && ((unsigned char)*first <= ' ' || (unsigned char)p[-1] <= ' '))
        return NULL;
    return p;
}

/* A formula behind "<f". */
static const char *
formula(const char *p, const struct xml *xml, struct raw_cell *raw, struct plain_text *text)
{
    uint64_t seen = 0;
    struct slice name, given;
    bool shared = false, numbered = false;
    while (p != NULL && *p == ' ' && p[1] != '/') {
        p = attribute(p + 1, xml, &seen, &name, &given);
        if (p != NULL && slice_is(&name, "t")) {
            shared = slice_is(&given, "shared");
        } else if (p != NULL && slice_is(&name, "si")) {
            numbered = true;
            if (short_index(given.at, &raw->share) != p - 1 || raw->share >= LIMIT_ROWS)
                return NULL;
        }
    }
    if (p == NULL)
        return NULL;
    raw->has_formula = true;
    raw->shared = shared && numbered;
    raw->formula.n = 0;
    if (*p != '>')
        return STANDS(p, "/>") ? p + 2 : STANDS(p, " />") ? p + 3 : NULL;
    p = plain_characters(p + 1, xml, text);
    raw->formula = (struct slice){ text->at, text->n };
    return p != NULL && STANDS(p, "</f>") ? p + 4 : NULL;
}

/* White space, and a formula, if there are any. */
static const char *
formula_between(const char *p, const struct xml *xml, struct raw_cell *raw, struct plain_text *text)
{
    const char *last = (const char *)xml->end - MOST;
    p = skip(p, BLANK);
    if (p <= last && STANDS(p, "<f") && (p[2] == ' ' || p[2] == '>' || p[2] == '/')) {
        p = formula(p + 2, xml, raw, text);
        p = p != NULL ? skip(p, BLANK) : NULL;
    }
    return p != NULL && p <= last ? p : NULL;
}

/* What stands in the cell, and its end tag. */
static inline const char *
content(const char *p, const struct xml *xml, struct raw_cell *raw, struct plain_texts *texts)
{
    static const char begin[] = "<v>", end[] = "</v>", nothing[] = "<v/>", string[] = "<is>", string_end[] = "</is>", close[] = "</c>";
    raw->cell = (struct cell){ .row = raw->cell.row, .col = raw->cell.col };
    raw->has_value = raw->has_inline = raw->has_formula = raw->parsed = raw->shared = false;
    raw->value.n = 0;
    if (!STANDS(p, begin) && (p = formula_between(p, xml, raw, &texts->formula)) == NULL)
        return NULL;
    if (STANDS(p, begin)) {
        p = value(p + sizeof begin - 1, xml, raw, &texts->value);
        if (p == NULL || !STANDS(p, end))
            return NULL;
        p += sizeof end - 1;
    } else if (STANDS(p, nothing)) {
        raw->has_value = true;
        p += sizeof nothing - 1;
    } else if (raw->type == 'i' && STANDS(p, string)) {
        p = plain_string(p + sizeof string - 1, xml, &texts->value);
        if (p == NULL || !STANDS(p, string_end))
            return NULL;
        p += sizeof string_end - 1;
        raw->value = (struct slice){ texts->value.at, texts->value.n };
    }
    if (!STANDS(p, close))
        p = skip(p, BLANK);
    return (const char *)xml->end - p >= MOST && STANDS(p, close) ? p + sizeof close - 1 : NULL;
}

enum plain
xlsx_plain_cell(struct xml *xml, bool closes, struct plain_place *place, struct raw_cell *raw, struct plain_texts *texts)
{
    static const char begin[] = "<c", nothing[] = "></c>", end[] = "</row>";
    const char *p;
    for (bool empty = true; empty; take(xml, p)) {
        p = next_tag(xml);
        if (p != NULL && STANDS(p, begin)) {
            p = cell_attributes(p + sizeof begin - 1, xml, place, raw);
        } else if (p != NULL && closes && STANDS(p, end)) {
            take(xml, p + sizeof end - 1);
            return PLAIN_END;
        } else {
            p = NULL;
        }
        if (p == NULL)
            return PLAIN_OTHER;
        bool bare = STANDS(p, "/>");
        empty = bare || STANDS(p, nothing);
        if (empty)
            p += bare ? 2 : sizeof nothing - 1;
        else if (*p != '>' || (p = content(p + 1, xml, raw, texts)) == NULL)
            return PLAIN_OTHER;
        place->row = raw->cell.row;
        place->col = raw->cell.col + 1u;
    }
    return PLAIN_CELL;
}

/* -- rows -- */

/* The attributes of a row, in any order; only its number matters. If that is the first one, the others are remembered as they are. */
static const char *
row_attributes(const char *p, const struct xml *xml, struct plain_place *place, struct plain_row *like, uint32_t *row)
{
    uint64_t seen = 0;
    struct slice name, value;
    const char *tail = NULL;
    bool numbered = false;
    while (p != NULL && *p == ' ' && p[1] != '/') {
        if (STANDS(p, " r=\"")) {
            p = numbered ? NULL : quoted_row(p + 4, place, row);
            numbered = true;
            tail = seen == 0 ? p : NULL;
        } else {
            p = attribute(p + 1, xml, &seen, &name, &value);
        }
    }
    if (p == NULL || *row >= LIMIT_ROWS)
        return NULL;
    p += *p == ' ';
    bool open = *p == '>';
    if (!open && !STANDS(p, "/>"))
        return NULL;
    p += open ? 1 : 2;
    like->open = open;
    like->n = 0;
    if (tail != NULL && (size_t)(p - tail) <= sizeof like->tail)
        memcpy(like->tail, tail, like->n = (size_t)(p - tail));
    return p;
}

bool
xlsx_plain_row(struct xml *xml, struct plain_place *place, struct plain_row *like)
{
    static const char begin[] = "<row", numbered[] = " r=\"";
    const char *p = xlsx_plain(xml) ? next_tag(xml) : NULL, *tail = NULL;
    uint32_t row = place->row;
    if (p == NULL || !STANDS(p, begin))
        return false;
    p += sizeof begin - 1;
    if (like->n > 0 && STANDS(p, numbered))
        tail = quoted_row(p + sizeof numbered - 1, place, &row);
    if (tail != NULL && (const char *)xml->end - tail >= MOST + (ptrdiff_t)like->n && memcmp(tail, like->tail, like->n) == 0)
        p = tail + like->n;
    else if ((p = row_attributes(p, xml, place, like, &row)) == NULL)
        return false;
    take(xml, p);
    place->row = row;
    return true;
}
