/* SPDX-License-Identifier: MIT */
/* xlsx_tables: the parts that cells refer to, and document properties. ECMA-376 part 1: 18.4 (shared strings), 18.8.30, 18.8.31 and 18.8.10
 * (number formats and cell styles), 22.3 (custom properties). Of styles only the number format is read. */
#include "xlsx_parts.h"

enum status
xlsx_strings(struct xlsx *x, const char *part)
{
    struct xml *xml = &x->xml;
    enum status status = xlsx_open(x, part, "sst");
    if (status != STATUS_OK)
        return status;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (!xml_is(xml, "si"))
            continue;
        xlsx_cut(&x->value, 0);
        status = xlsx_rich_text(x, &x->value);
        if (status != STATUS_OK)
            return status;
        const char *copy = x->value.n > 0 ? arena_text(x->arena, x->value.at, x->value.n) : "";
        if (copy == NULL || !arena_room(x->arena, &x->strings, x->nstrings, &x->strings_cap, sizeof *x->strings))
            return STATUS_MEMORY;
        x->strings[x->nstrings++] = copy;
    }
    return xml->status;
}

/* -- styles -- */

/* Number formats by id, while the styles are read. */
struct number_formats {
    struct number_format { const char *code; uint16_t format; } *items;     /* format: its index in the book; 0: not there yet */
    size_t cap;
};

/* The formats that every program knows (18.8.30), as far as they are the same in every language. */
static const char *
built_in(uint32_t id)
{
    static const char *const codes[] = {
        [0] = "General", [1] = "0", [2] = "0.00", [3] = "#,##0", [4] = "#,##0.00", [9] = "0%", [10] = "0.00%", [11] = "0.00E+00",
        [12] = "# ?/?", [13] = "# \?\?/\?\?", [37] = "#,##0;-#,##0", [38] = "#,##0;[Red]-#,##0", [39] = "#,##0.00;-#,##0.00",
        [40] = "#,##0.00;[Red]-#,##0.00", [45] = "mm:ss", [46] = "[h]:mm:ss", [47] = "mm:ss.0", [48] = "##0.0E+0", [49] = "@",
    };
    const char *code = id < sizeof codes / sizeof *codes ? codes[id] : NULL;
    return code != NULL ? code : "";
}

static enum status
number_format(struct xlsx *x, struct number_formats *formats, uint32_t id, struct number_format **found)
{
    if (id >= LIMIT_FORMATS)
        return xml_damaged(&x->xml, "a number format beyond all");
    while (formats->cap <= id)
        if (!arena_room(x->arena, &formats->items, formats->cap, &formats->cap, sizeof *formats->items))
            return STATUS_MEMORY;
    *found = &formats->items[id];
    return STATUS_OK;
}

/* <numFmts>: the codes that the workbook brings. */
static enum status
read_codes(struct xlsx *x, struct number_formats *formats)
{
    struct xml *xml = &x->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        const struct slice *id = xml_get(xml, "numFmtId"), *code = xml_get(xml, "formatCode");
        struct number_format *format;
        uint32_t n;
        if (!xml_is(xml, "numFmt"))
            continue;
        if (id == NULL || code == NULL || !xlsx_index(id, &n))
            return xml_damaged(xml, "a number format without id or code");
        enum status status = number_format(x, formats, n, &format);
        if (status != STATUS_OK)
            return status;
        format->code = xlsx_copy(x, code);
        if (format->code == NULL)
            return STATUS_MEMORY;
    }
    return xml->status;
}

/* The index in the book of the number format `id`; it is added when it is new. */
static enum status
book_format(struct xlsx *x, struct number_formats *formats, uint32_t id, uint16_t *index)
{
    struct book *book = x->book;
    struct number_format *format;
    enum status status = number_format(x, formats, id, &format);
    if (status != STATUS_OK)
        return status;
    const char *code = format->code != NULL ? format->code : built_in(id);
    if (format->format == 0 && strcmp(code, "General") != 0) {
        if (book->nformats == LIMIT_FORMATS)
            return fault_set(x->fault, STATUS_TOO_BIG, "more than %d number formats", LIMIT_FORMATS);
        if (!arena_room(x->arena, &book->formats, book->nformats, &book->formats_cap, sizeof *book->formats))
            return STATUS_MEMORY;
        format->format = (uint16_t)book->nformats;
        book->formats[book->nformats++] = code;
    }
    *index = format->format;
    return STATUS_OK;
}

/* <cellXfs>: which cell style has which number format. */
static enum status
read_cell_styles(struct xlsx *x, struct number_formats *formats)
{
    struct xml *xml = &x->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        const struct slice *id = xml_get(xml, "numFmtId");
        uint32_t n = 0;
        if (!xml_is(xml, "xf"))
            continue;
        if (id != NULL && !xlsx_index(id, &n))
            return xml_damaged(xml, "a cell style with a bad number format");
        if (x->nformats == LIMIT_FORMATS)
            return fault_set(x->fault, STATUS_TOO_BIG, "more than %d cell styles", LIMIT_FORMATS);
        if (!arena_room(x->arena, &x->formats, x->nformats, &x->formats_cap, sizeof *x->formats))
            return STATUS_MEMORY;
        enum status status = book_format(x, formats, n, &x->formats[x->nformats++]);
        if (status != STATUS_OK)
            return status;
    }
    return xml->status;
}

enum status
xlsx_styles(struct xlsx *x, const char *part)
{
    struct xml *xml = &x->xml;
    struct number_formats formats = { 0 };
    enum status status = xlsx_open(x, part, "styleSheet");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (xml_is(xml, "numFmts"))
            status = read_codes(x, &formats);
        else if (xml_is(xml, "cellXfs"))
            status = read_cell_styles(x, &formats);
    }
    return status != STATUS_OK ? status : xml->status;
}

/* -- custom document properties -- */

enum status
xlsx_properties(struct xlsx *x, const char *part)
{
    struct xml *xml = &x->xml;
    enum status status = xlsx_open(x, part, "Properties");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        const struct slice *attribute = xml_get(xml, "name");
        const char *name = attribute != NULL ? xlsx_copy(x, attribute) : "";
        if (name == NULL)
            return STATUS_MEMORY;
        for (size_t property = xml->depth; status == STATUS_OK && xml_child(xml, property); ) {
            if (!xml_is(xml, "lpwstr") && !xml_is(xml, "lpstr") && !xml_is(xml, "bstr"))
                continue;
            xlsx_cut(&x->value, 0);
            status = xlsx_text(x, &x->value);
            if (status == STATUS_OK && !book_add_property(x->book, name, x->value.at))
                status = STATUS_MEMORY;
        }
    }
    return status != STATUS_OK ? status : xml->status;
}
