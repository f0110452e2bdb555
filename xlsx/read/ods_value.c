/* SPDX-License-Identifier: MIT */
/* ods_value: values as the attributes of a cell give them: ODF 1.2 part 1, 19.385 (office:value-type) and the attributes it names; XML
 * Schema part 2 (double, date, dateTime, duration). Dates become serial numbers of the book's date system. What a cell shows (text:p)
 * is its text only where no attribute says more. */
#include "bytes.h"
#include "ods_parts.h"
#include "xlsx_parts.h"

enum { DAYS_1900 = -25569, DAYS_1904 = -24107 };     /* 1899-12-30 and 1904-01-01, in days since 1970-01-01 */

const char *
ods_copy(struct ods *o, const struct slice *value)
{
    return arena_text(o->arena, value->at, value->n);
}

/* The slice as a string of its own in the scratch text. */
static const char *
scratch(struct ods *o, const struct slice *s)
{
    xlsx_cut(&o->value, 0);
    text_put(&o->value, s->at, s->n);
    return o->value.at;
}

static bool
date_of(const struct ods *o, const char *s, double *serial)
{
    int days;
    bool dated;
    double part;
    if (!xlsx_moment(s, &days, &dated, &part) || !dated)
        return false;
    *serial = days - (o->book->date1904 ? DAYS_1904 : DAYS_1900) + part;
    return true;
}

/* The value attribute of a type, and what reads it. */
static enum status
read_typed(struct ods *o, const char *type, struct ods_value *value)
{
    static const struct { const char *type, *attribute; } types[] = {
        { "float", "value" }, { "percentage", "value" }, { "currency", "value" }, { "date", "date-value" }, { "time", "time-value" },
        { "boolean", "boolean-value" }, { "string", "string-value" },
    };
    const struct slice *given = NULL;
    size_t t = 0;
    while (t < sizeof types / sizeof *types && strcmp(types[t].type, type) != 0)
        t++;
    if (t < sizeof types / sizeof *types)
        given = xml_get_in(&o->xml, SPACE_ODF, types[t].attribute);
    if (given == NULL || given->n == 0) {       /* the cell is what it shows */
        value->empty_text = strcmp(type, "string") == 0;
        return STATUS_OK;
    }
    bool truth, ok = true;
    value->typed = true;
    switch (types[t].attribute[0]) {
    case 'v':
        ok = xlsx_number(scratch(o, given), &value->number);
        break;
    case 'd':
        value->date = true;
        ok = date_of(o, scratch(o, given), &value->number);
        break;
    case 't':
        ok = xlsx_duration(scratch(o, given), &value->number);
        break;
    case 'b':
        value->kind = CELL_BOOLEAN;
        ok = xlsx_boolean(given, &truth);
        value->number = ok && truth;
        if (!ok && (ok = xlsx_number(scratch(o, given), &value->number)))      /* LibreOffice writes a number that is shown as a truth */
            value->number = value->number != 0;
        break;
    default:
        value->kind = CELL_TEXT;
        value->text = ods_copy(o, given);
        return value->text != NULL ? STATUS_OK : STATUS_MEMORY;
    }
    return ok ? STATUS_OK : xml_damaged(&o->xml, "a cell whose value is not of its type");
}

enum status
ods_value(struct ods *o, struct ods_value *value)
{
    const struct slice *type = xml_get_in(&o->xml, SPACE_ODF, "value-type"), *shown = xml_get_in(&o->xml, SPACE_CALCEXT, "value-type");
    char name[16] = "";
    *value = (struct ods_value){ .kind = CELL_NUMBER, .error = shown != NULL && slice_is(shown, "error") };
    if (type == NULL || type->n >= sizeof name)
        return STATUS_OK;
    memcpy(name, type->at, type->n);
    return read_typed(o, name, value);
}
