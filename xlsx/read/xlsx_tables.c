/* SPDX-License-Identifier: MIT */
/* xlsx_tables: the parts that cells refer to, and document properties. ECMA-376 part 1: 18.4 (shared strings), 18.8.31 and 18.8.10
 * (number formats and cell styles), 22.3 (custom properties). Of styles only the number format is read. */
#include "number_format.h"
#include "xlsx_parts.h"

static enum status
add_string(struct xlsx *x, struct slice string)
{
    const char *copy = string.n > 0 ? arena_text(x->arena, string.at, string.n) : "";
    if (copy == NULL || !arena_room(x->arena, &x->strings, x->nstrings, &x->strings_cap, sizeof *x->strings))
        return STATUS_MEMORY;
    x->strings[x->nstrings++] = copy;
    return STATUS_OK;
}

enum status
xlsx_strings(struct xlsx *x, const char *part)
{
    struct xml *xml = &x->xml;
    struct plain_text plain;
    plain.nknown = 0;
    enum status status = xlsx_open(x, part, "sst");
    for (size_t depth = xml->depth; status == STATUS_OK;) {
        if (xml->depth == depth && xlsx_plain_string(xml, &plain)) {
            status = add_string(x, (struct slice){ plain.at, plain.n });
            continue;
        }
        if (!xml_child(xml, depth))
            break;
        if (!xml_is(xml, "si"))
            continue;
        xlsx_cut(&x->value, 0);
        status = xlsx_rich_text(x, &x->value);
        if (status == STATUS_OK)
            status = add_string(x, (struct slice){ x->value.at, x->value.n });
    }
    return status != STATUS_OK ? status : xml->status;
}

/* -- styles -- */

/* <numFmts>: the codes that the workbook brings. */
static enum status
read_codes(struct xlsx *x, struct number_formats *formats)
{
    struct xml *xml = &x->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        const struct slice *id = xml_get(xml, "numFmtId"), *code = xml_get(xml, "formatCode");
        uint32_t n;
        if (!xml_is(xml, "numFmt"))
            continue;
        if (id == NULL || code == NULL || !xlsx_index(id, &n))
            return xml_damaged(xml, "a number format without id or code");
        const char *copy = xlsx_copy(x, code);
        enum status status = copy != NULL ? number_format_define(x->arena, formats, n, copy, x->fault) : STATUS_MEMORY;
        if (status != STATUS_OK)
            return status;
    }
    return xml->status;
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
        enum status status = number_format_use(x->book, formats, n, &x->formats[x->nformats++], x->fault);
        if (status != STATUS_OK)
            return status;
    }
    return xml->status;
}

static enum status
read_styles(struct xlsx *x, const char *part, void *out)
{
    (void)out;
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

/* The number formats behind a letter, but for the first, which is there from the beginning; an empty word, and the bytes of x->formats behind
 * their number. */
static void
tell_styles(const struct xlsx *x, const void *out, struct text *words)
{
    (void)out;
    for (size_t i = 1; i < x->book->nformats; i++) {
        text_putc(words, 'f');
        xlsx_put_word(words, x->book->formats[i]);
    }
    xlsx_put_word(words, "");
    text_put(words, (const char *)&x->nformats, sizeof x->nformats);
    text_put(words, (const char *)x->formats, x->nformats * sizeof *x->formats);
}

static enum status
take_styles(struct xlsx *x, const char *words, void *out)
{
    struct book *book = x->book;
    (void)out;
    while (*words != '\0') {
        if (!arena_room(x->arena, &book->formats, book->nformats, &book->formats_cap, sizeof *book->formats))
            return STATUS_MEMORY;
        book->formats[book->nformats++] = xlsx_word(&words) + 1;
    }
    memcpy(&x->nformats, words + 1, sizeof x->nformats);
    x->formats = arena_array(x->arena, x->nformats, sizeof *x->formats);
    if (x->formats == NULL)
        return STATUS_MEMORY;
    memcpy(x->formats, words + 1 + sizeof x->nformats, x->nformats * sizeof *x->formats);
    x->formats_cap = x->nformats;
    return STATUS_OK;
}

enum status
xlsx_styles(struct xlsx *x, const char *part)
{
    static const struct seen_reader reader = { SEEN_STYLES, read_styles, tell_styles, take_styles };
    return xlsx_seen_read(x, &reader, part, NULL);
}

/* -- custom document properties -- */

static enum status
read_properties(struct xlsx *x, const char *part, void *out)
{
    (void)out;
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

/* Of each its name behind a letter, and its value. */
static void
tell_properties(const struct xlsx *x, const void *out, struct text *words)
{
    (void)out;
    for (size_t i = 0; i < x->book->nproperties; i++) {
        text_putc(words, 'p');
        xlsx_put_word(words, x->book->properties[i].name);
        xlsx_put_word(words, x->book->properties[i].value);
    }
}

static enum status
take_properties(struct xlsx *x, const char *words, void *out)
{
    (void)out;
    while (*words != '\0') {
        const char *name = xlsx_word(&words) + 1, *value = xlsx_word(&words);
        if (!book_add_property(x->book, name, value))
            return STATUS_MEMORY;
    }
    return STATUS_OK;
}

enum status
xlsx_properties(struct xlsx *x, const char *part)
{
    static const struct seen_reader reader = { SEEN_PROPERTIES, read_properties, tell_properties, take_properties };
    return xlsx_seen_read(x, &reader, part, NULL);
}
