/* SPDX-License-Identifier: MIT */
/* read_xmlss: SpreadsheetML of Excel 2002 and 2003 ("XML Spreadsheet Reference", Microsoft 2001), which Excel, WPS and LibreOffice save and
 * programs of offices like to give out with the name .xls. Left out: formulas (R1C1; of them it is only said that they are there), names
 * and what cells look like, but for number formats. */
#include <stdlib.h>
#include <string.h>

#include "charset.h"
#include "number_format.h"
#include "read.h"
#include "xlsx_parts.h"

struct style { const char *id; uint16_t format; };

struct xmlss {
    struct arena *arena;
    struct book *book;
    struct fault *fault;
    struct xml xml;
    struct slice rest;              /* of the text, not yet scanned */
    struct number_formats formats;
    struct style *styles;           /* by their ids */
    size_t nstyles, styles_cap;
    struct text value;              /* scratch */
    struct sheet *sheet;
    uint32_t row, col;              /* of the next row, of the next cell */
};

static enum status
read_rest(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault)
{
    struct slice *rest = from;
    (void)fault;
    *got = rest->n < room ? rest->n : room;
    memcpy(out, rest->at, *got);
    rest->at += *got;
    rest->n -= *got;
    return STATUS_OK;
}

/* The attribute of this name, whatever its prefix; NULL: none. */
static const struct slice *
attribute(const struct xml *xml, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < xml->nattributes; i++) {
        const struct slice *s = &xml->attributes[i].name;
        if (s->n >= n && memcmp(s->at + s->n - n, name, n) == 0 && (s->n == n || s->at[s->n - n - 1] == ':'))
            return &xml->attributes[i].value;
    }
    return NULL;
}

/* The attribute as a number from `least` to `most`; it stays as it is when there is none. */
static enum status
count(struct xmlss *x, const char *name, uint32_t least, uint32_t most, uint32_t *number)
{
    const struct slice *s = attribute(&x->xml, name);
    if (s == NULL)
        return STATUS_OK;
    return xlsx_index(s, number) && *number >= least && *number <= most ? STATUS_OK : xml_damaged(&x->xml, "a bad number of a place");
}

/* The text of the element just started and of all inside it (bold and the like), in x->value. */
static enum status
read_text(struct xmlss *x)
{
    xlsx_cut(&x->value, 0);
    return xml_content_deep(&x->xml, &x->value);
}

/* -- styles -- */

/* The code of a format that has a name of its own. */
static const char *
code_of(const char *name)
{
    static const struct { const char *name, *code; } named[] = {
        { "General Number", "General" }, { "General Date", "m/d/yy h:mm" }, { "Long Date", "yyyy\"年\"m\"月\"d\"日\"" },
        { "Medium Date", "d-mmm-yy" }, { "Short Date", "m/d/yy" }, { "Long Time", "h:mm:ss" }, { "Medium Time", "h:mm AM/PM" },
        { "Short Time", "h:mm" }, { "Currency", "" }, { "Euro Currency", "" }, { "Fixed", "0.00" }, { "Standard", "#,##0.00" },
        { "Percent", "0.00%" }, { "Scientific", "0.00E+00" }, { "Yes/No", "" }, { "True/False", "" }, { "On/Off", "" },
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(name, named[i].name) == 0)
            return named[i].code;
    return name;
}

static int
compare_styles(const void *a, const void *b)
{
    const struct style *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static uint16_t
format_of(const struct xmlss *x, const char *id)
{
    struct style key = { id, 0 };
    const struct style *style = x->nstyles > 0 ? bsearch(&key, x->styles, x->nstyles, sizeof key, compare_styles) : NULL;
    return style != NULL ? style->format : 0;
}

/* The <Style> just started. */
static enum status
read_style(struct xmlss *x)
{
    enum { OWN = 164 };                     /* ids below are every program's own */
    struct xml *xml = &x->xml;
    const struct slice *id = attribute(xml, "ID"), *code;
    if (id == NULL)
        return STATUS_OK;
    if (!arena_room(x->arena, &x->styles, x->nstyles, &x->styles_cap, sizeof *x->styles))
        return STATUS_MEMORY;
    struct style *style = &x->styles[x->nstyles++];
    *style = (struct style){ arena_text(x->arena, id->at, id->n), 0 };
    if (style->id == NULL)
        return STATUS_MEMORY;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (!xml_is(xml, "NumberFormat") || (code = attribute(xml, "Format")) == NULL)
            continue;
        uint32_t number = OWN + (uint32_t)x->nstyles;
        const char *copy = arena_text(x->arena, code->at, code->n);
        if (copy == NULL)
            return STATUS_MEMORY;
        enum status status = number_format_define(x->arena, &x->formats, number, code_of(copy), x->fault);
        if (status == STATUS_OK)
            status = number_format_use(x->book, &x->formats, number, &style->format, x->fault);
        if (status != STATUS_OK)
            return status;
    }
    return xml->status;
}

static enum status
read_styles(struct xmlss *x)
{
    enum status status = STATUS_OK;
    for (size_t depth = x->xml.depth; status == STATUS_OK && xml_child(&x->xml, depth); )
        if (xml_is(&x->xml, "Style"))
            status = read_style(x);
    if (status == STATUS_OK && x->nstyles > 1)
        qsort(x->styles, x->nstyles, sizeof *x->styles, compare_styles);
    return status == STATUS_OK ? x->xml.status : status;
}

/* -- cells -- */

/* The <Data> just started, as the value of the cell. */
static enum status
read_data(struct xmlss *x, struct cell *cell, bool *has_value)
{
    const struct slice *type = attribute(&x->xml, "Type");
    bool number = type != NULL && slice_is(type, "Number"), date = type != NULL && slice_is(type, "DateTime");
    bool boolean = type != NULL && slice_is(type, "Boolean"), error = type != NULL && slice_is(type, "Error");
    enum status status = read_text(x);
    *has_value = status == STATUS_OK && x->value.n > 0;
    if (!*has_value)
        return status;
    if (number || date || boolean) {
        const char *s = x->value.at;
        bool good = date ? xlsx_date(s, x->book->date1904, &cell->number) : xlsx_number(s, &cell->number);
        cell->kind = boolean ? CELL_BOOLEAN : CELL_NUMBER;
        return good && (!boolean || cell->number == 0 || cell->number == 1) ? STATUS_OK : xml_damaged(&x->xml, "a value of another type");
    }
    cell->kind = error ? CELL_ERROR : CELL_TEXT;
    cell->text = arena_text(x->arena, x->value.at, x->value.n);
    return cell->text != NULL ? STATUS_OK : STATUS_MEMORY;
}

static enum status
add_merge(struct xmlss *x, uint32_t across, uint32_t down)
{
    struct area area = { x->row, x->row + down, (uint16_t)x->col, (uint16_t)(x->col + across) };
    if (across == 0 && down == 0)
        return STATUS_OK;
    if (x->sheet->nmerges == LIMIT_MERGES)
        return fault_set(x->fault, STATUS_TOO_BIG, "%s: more than %d merged ranges", x->xml.part, LIMIT_MERGES);
    return sheet_add_merge(x->arena, x->sheet, area) ? STATUS_OK : STATUS_MEMORY;
}

/* The <Cell> just started. */
static enum status
read_cell(struct xmlss *x)
{
    struct xml *xml = &x->xml;
    uint32_t index = x->col + 1, across = 0, down = 0;
    enum status status = count(x, "Index", x->col + 1, LIMIT_COLS, &index);
    x->col = index - 1;
    if (status == STATUS_OK && x->col >= LIMIT_COLS)
        status = xml_damaged(xml, "a cell outside the sheet");
    if (status == STATUS_OK)
        status = count(x, "MergeAcross", 0, LIMIT_COLS - 1 - x->col, &across);
    if (status == STATUS_OK)
        status = count(x, "MergeDown", 0, LIMIT_ROWS - 1 - x->row, &down);
    if (status == STATUS_OK)
        status = add_merge(x, across, down);
    if (status != STATUS_OK)
        return status;
    bool computed = attribute(xml, "Formula") != NULL, has_value = false;
    struct cell cell = { .row = x->row, .col = (uint16_t)x->col, .kind = CELL_FORMULA, .computed = computed };
    const struct slice *style = attribute(xml, "StyleID");
    if (style != NULL) {
        xlsx_cut(&x->value, 0);
        text_put(&x->value, style->at, style->n);
        cell.format = format_of(x, x->value.at);
    }
    x->col += across + 1;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); )
        if (xml_is(xml, "Data"))
            status = read_data(x, &cell, &has_value);
    if (status != STATUS_OK || xml->status != STATUS_OK)
        return status != STATUS_OK ? status : xml->status;
    return (!has_value && !computed) || sheet_add_cell(x->arena, x->sheet, &cell) ? STATUS_OK : STATUS_MEMORY;
}

/* The <Table> just started. */
static enum status
read_table(struct xmlss *x)
{
    struct xml *xml = &x->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (!xml_is(xml, "Row"))
            continue;
        uint32_t index = x->row + 1, more = 0;
        enum status status = count(x, "Index", x->row + 1, LIMIT_ROWS, &index);
        x->row = index - 1;
        if (status == STATUS_OK && x->row >= LIMIT_ROWS)
            status = xml_damaged(xml, "a row outside the sheet");
        if (status == STATUS_OK)
            status = count(x, "Span", 0, LIMIT_ROWS - 1 - x->row, &more);
        x->col = 0;
        for (size_t row = xml->depth; status == STATUS_OK && xml_child(xml, row); )
            if (xml_is(xml, "Cell"))
                status = read_cell(x);
        if (status != STATUS_OK)
            return status;
        x->row += more + 1;
    }
    return xml->status;
}

/* <WorksheetOptions>: is the sheet hidden? */
static enum status
read_options(struct xmlss *x)
{
    for (size_t depth = x->xml.depth; xml_child(&x->xml, depth); ) {
        if (!xml_is(&x->xml, "Visible"))
            continue;
        enum status status = read_text(x);
        if (status != STATUS_OK)
            return status;
        x->sheet->hidden = strncmp(x->value.at, "Sheet", 5) == 0 && strcmp(x->value.at, "SheetVisible") != 0;
    }
    return x->xml.status;
}

static enum status
read_worksheet(struct xmlss *x)
{
    struct xml *xml = &x->xml;
    const struct slice *name = attribute(xml, "Name");
    if (x->book->nsheets == LIMIT_SHEETS)
        return fault_set(x->fault, STATUS_TOO_BIG, "%s: more than %d sheets", xml->part, LIMIT_SHEETS);
    if (name == NULL)
        return xml_damaged(xml, "a sheet without a name");
    const char *copy = arena_text(x->arena, name->at, name->n);
    x->sheet = copy != NULL ? book_add_sheet(x->book, copy, false) : NULL;
    if (x->sheet == NULL)
        return STATUS_MEMORY;
    x->row = 0;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); )
        status = xml_is(xml, "Table") ? read_table(x) : xml_is(xml, "WorksheetOptions") ? read_options(x) : STATUS_OK;
    sheet_finish(x->sheet);
    return status == STATUS_OK ? xml->status : status;
}

/* <ExcelWorkbook>: from when are days counted? */
static enum status
read_settings(struct xmlss *x)
{
    for (size_t depth = x->xml.depth; xml_child(&x->xml, depth); )
        if (xml_is(&x->xml, "Date1904"))
            x->book->date1904 = true;
    return x->xml.status;
}

static enum status
read_workbook(struct xmlss *x)
{
    struct xml *xml = &x->xml;
    enum status status = xml_root(xml, "Workbook");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (xml_is(xml, "Styles"))
            status = read_styles(x);
        else if (xml_is(xml, "ExcelWorkbook"))
            status = read_settings(x);
        else if (xml_is(xml, "Worksheet"))
            status = read_worksheet(x);
    }
    return status == STATUS_OK ? xml->status : status;
}

enum status
read_xmlss(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    static const char declaration[] = "<?xml";
    *book = (struct book){ .arena = arena, .kind = FILE_XMLSS };
    struct xmlss *x = arena_alloc(arena, sizeof *x);
    char label[CHARSET_LABEL];
    const char *text;
    if (x == NULL)
        return STATUS_MEMORY;
    *x = (struct xmlss){ .arena = arena, .book = book, .fault = fault, .value = text_new(arena) };
    enum status status = charset_decode(arena, bytes, n, charset_declared(bytes, n, label) ? label : NULL, &text, &n, fault);
    if (status != STATUS_OK)
        return status;
    x->rest = (struct slice){ text, n };
    while (x->rest.n > 0 && (*x->rest.at == ' ' || (*x->rest.at >= '\t' && *x->rest.at <= '\r'))) {        /* Excel takes no offence */
        x->rest.at++;
        x->rest.n--;
    }
    const char *end = x->rest.n > sizeof declaration && memcmp(x->rest.at, declaration, sizeof declaration - 1) == 0
                          ? memchr(x->rest.at, '>', x->rest.n) : NULL;
    if (end != NULL)                        /* what it says of the encoding is no longer so */
        x->rest = (struct slice){ end + 1, x->rest.n - (size_t)(end + 1 - x->rest.at) };
    status = number_format_begin(book);
    if (status == STATUS_OK)
        status = xml_open(&x->xml, arena, "xml", (struct xml_source){ read_rest, &x->rest }, fault);
    return status == STATUS_OK ? read_workbook(x) : status;
}
