/* SPDX-License-Identifier: MIT */
/* ods_number_style: a data style as a format code of Excel's: ODF 1.2 part 1, 16.27 (number:*), as far as it matters what kind of thing
 * a number is: a date, an amount with its unit, a percentage. Left out: conditions (style:map), colours, calendars, scripts. */
#include "ods_parts.h"
#include "xlsx_parts.h"

enum { DIGITS = 30 };        /* of a number format: Excel's own bound */

static bool
has(const struct ods *o, enum xml_space space, const char *name, const char *value)
{
    const struct slice *s = xml_get_in(&o->xml, space, name);
    return s != NULL && slice_is(s, value);
}

static uint32_t
count(const struct ods *o, const char *name, uint32_t otherwise)
{
    const struct slice *s = xml_get_in(&o->xml, SPACE_NUMBER, name);
    uint32_t n;
    if (s == NULL || !xlsx_index(s, &n))
        return otherwise;
    return n < DIGITS ? n : DIGITS;
}

/* "#,##0.00": no digits are told for what is shown as it is. */
static void
put_number(const struct ods *o, struct text *code)
{
    uint32_t whole = count(o, "min-integer-digits", 1), decimals = count(o, "decimal-places", DIGITS);
    if (decimals == DIGITS && whole <= 1) {
        text_puts(code, "General");
        return;
    }
    text_puts(code, has(o, SPACE_NUMBER, "grouping", "true") ? "#,##" : whole == 0 ? "#" : "");
    for (; whole > 0; whole--)
        text_putc(code, '0');
    if (decimals > 0 && decimals < DIGITS)
        text_putc(code, '.');
    for (; decimals > 0 && decimals < DIGITS; decimals--)
        text_putc(code, '0');
}

/* Append the element's own text in quotes. */
static enum status
put_literal(struct ods *o, struct text *code)
{
    xlsx_cut(&o->value, 0);
    enum status status = xml_content(&o->xml, &o->value);
    if (status != STATUS_OK || o->value.n == 0)
        return status;
    text_putc(code, '"');
    for (size_t i = 0; i < o->value.n; i++)
        if (o->value.at[i] != '"')
            text_putc(code, o->value.at[i]);
    text_putc(code, '"');
    return STATUS_OK;
}

/* A part of a date or time: the short form, the long one. */
static bool
put_part(const struct ods *o, struct text *code)
{
    static const struct { const char *name, *brief, *full; } parts[] = {
        { "year", "yy", "yyyy" }, { "month", "m", "mm" }, { "day", "d", "dd" }, { "day-of-week", "ddd", "dddd" }, { "era", "g", "gg" },
        { "hours", "h", "hh" }, { "minutes", "m", "mm" }, { "seconds", "s", "ss" }, { "am-pm", "AM/PM", "AM/PM" },
    };
    bool full = has(o, SPACE_NUMBER, "style", "long"), word = has(o, SPACE_NUMBER, "textual", "true");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (xml_is(&o->xml, parts[i].name)) {
            text_puts(code, word ? "mm" : "");
            text_puts(code, full ? parts[i].full : parts[i].brief);
            return true;
        }
    return false;
}

enum status
ods_number_style(struct ods *o, struct text *code)
{
    struct xml *xml = &o->xml;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (xml->space != SPACE_NUMBER)
            continue;
        if (xml_is(xml, "text") || xml_is(xml, "currency-symbol"))
            status = put_literal(o, code);
        else if (xml_is(xml, "number"))
            put_number(o, code);
        else if (xml_is(xml, "scientific-number"))
            text_puts(code, "0.00E+00");
        else if (xml_is(xml, "fraction"))
            text_puts(code, "# ?/?");
        else if (xml_is(xml, "text-content"))
            text_puts(code, "@");
        else
            put_part(o, code);
        if (code->n > LIMIT_CELL_TEXT)
            return fault_set(o->fault, STATUS_TOO_BIG, "%s: a number format of more than %d bytes", xml->part, LIMIT_CELL_TEXT);
    }
    return status != STATUS_OK ? status : code->failed ? STATUS_MEMORY : xml->status;
}
