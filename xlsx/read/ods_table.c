/* SPDX-License-Identifier: MIT */
/* ods_table: a table as a sheet: ODF 1.2 part 1, 9.1 (table:table, table:table-row, table:table-cell, table:covered-table-cell), 9.1.6
 * to 9.1.13 (columns, groups of rows and columns), 19.675 and 19.679 (what is repeated). Whatever says it is repeated is repeated only
 * where it holds something, and what that costs is paid from the memory of the file. A table inside a cell is one of its own. */
#include "ods_parts.h"
#include "xlsx_parts.h"

struct reader {
    struct ods *o;
    size_t sheet;                                                       /* its index in the book: sheets move when one is added */
    uint32_t row, col;                                                  /* where the next cell stands */
    struct run { uint32_t end; uint16_t format; } *runs;                /* the number format of columns before `end` */
    size_t nruns, runs_cap;
    bool styled_row;                                                    /* the row has a style for cells without one */
    uint16_t row_format;
    bool layout;                                                        /* the cell holds a table, in a text: what it shows is running text too */
    size_t told;                                                        /* of what it shows, bytes that are running text already */
};

static struct sheet *
sheet_of(const struct reader *r)
{
    return &r->o->book->sheets[r->sheet];
}

static enum status
outside(const struct reader *r)
{
    return fault_set(r->o->fault, STATUS_TOO_BIG, "%s: cells outside of %d rows and %d columns", r->o->xml.part, LIMIT_ROWS, LIMIT_COLS);
}

/* How often, or how far: an attribute that counts from 1. */
static enum status
count_of(const struct reader *r, const char *name, uint32_t *count)
{
    const struct slice *s = xml_get_in(&r->o->xml, SPACE_TABLE, name);
    *count = 1;
    if (s != NULL && (!xlsx_index(s, count) || *count == 0))
        return xml_damaged(&r->o->xml, "a bad number of rows or columns");
    return STATUS_OK;
}

/* Positions stop at the edge of what a sheet can hold; cells beyond it are refused when there are any. */
static uint32_t
advance(uint32_t at, uint32_t by, uint32_t limit)
{
    return by < limit - at ? at + by : limit;
}

/* -- columns -- */

static enum status
read_column(struct reader *r)
{
    struct ods *o = r->o;
    const struct slice *style = xml_get_in(&o->xml, SPACE_TABLE, "default-cell-style-name");
    uint32_t count, from = r->nruns > 0 ? r->runs[r->nruns - 1].end : 0;
    uint16_t format = 0;
    enum status status = count_of(r, "number-columns-repeated", &count);
    if (status == STATUS_OK && style != NULL)
        status = ods_format(o, style, &format);
    if (status != STATUS_OK || from >= LIMIT_COLS)
        return status;
    if (!arena_room(o->arena, &r->runs, r->nruns, &r->runs_cap, sizeof *r->runs))
        return STATUS_MEMORY;
    r->runs[r->nruns++] = (struct run){ advance(from, count, LIMIT_COLS), format };
    return STATUS_OK;
}

static uint16_t
column_format(const struct reader *r, uint32_t col)
{
    size_t low = 0, high = r->nruns;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->runs[middle].end > col)
            high = middle;
        else
            low = middle + 1;
    }
    return low < r->nruns ? r->runs[low].format : 0;
}

/* -- cells -- */

/* What a cell says of itself. */
struct told {
    struct ods_value value;
    uint32_t repeated, rows, cols;
    bool styled, has_formula;
    uint16_t format;
    const char *formula;
};

static enum status
read_told(struct reader *r, struct told *told)
{
    struct ods *o = r->o;
    const struct slice *style = xml_get_in(&o->xml, SPACE_TABLE, "style-name"), *formula = xml_get_in(&o->xml, SPACE_TABLE, "formula");
    *told = (struct told){ .styled = style != NULL, .has_formula = formula != NULL };
    enum status status = count_of(r, "number-columns-repeated", &told->repeated);
    if (status == STATUS_OK)
        status = count_of(r, "number-columns-spanned", &told->cols);
    if (status == STATUS_OK)
        status = count_of(r, "number-rows-spanned", &told->rows);
    if (status == STATUS_OK && style != NULL)
        status = ods_format(o, style, &told->format);
    if (status == STATUS_OK && formula != NULL && !ods_formula(o->arena, formula, &told->formula))
        status = STATUS_MEMORY;
    return status == STATUS_OK ? ods_value(o, &told->value) : status;
}

/* The lines that the cell shows so far are running text. False: no memory. */
static bool
tell(struct reader *r)
{
    struct text *shown = &r->o->value;
    bool ok = true;
    while (ok && r->told < shown->n) {
        char *s = shown->at + r->told, *end = strchr(s, '\n');
        if (end != NULL)
            *end = '\0';
        ok = book_add_paragraph(r->o->book, s);
        if (end != NULL)
            *end = '\n';
        r->told = end != NULL ? (size_t)(end + 1 - shown->at) : shown->n;
    }
    return ok;
}

enum status
ods_inner_table(struct ods *o)
{
    struct text outer = o->value;
    o->value = text_new(o->arena);
    enum status status = ods_table(o, true);
    o->value = outer;
    return status;
}

/* A paragraph of a cell. A text box that is all it holds is what the cell says. */
static enum status
read_line(struct ods *o)
{
    size_t told = o->book->nparagraphs, n = o->value.n;
    enum status status = ods_paragraph(o, &o->value);
    if (status == STATUS_OK && o->value.n == n && o->book->nparagraphs == told + 1)
        text_puts(&o->value, o->book->paragraphs[told]);
    return status;
}

/* Append the paragraphs of the cell just started, one to a line, and read to its end. What else may stand between them is a list. In a
 * text a cell that holds a table is layout, and what else it shows is running text too. */
static enum status
read_shown(struct reader *r, size_t depth, bool *any)
{
    struct ods *o = r->o;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && xml_child(&o->xml, depth)) {
        if (ods_is(o, SPACE_TEXT, "p") || ods_is(o, SPACE_TEXT, "h")) {
            if (*any)
                text_putc(&o->value, '\n');
            *any = true;
            status = read_line(o);
        } else if (ods_is(o, SPACE_TABLE, "table")) {
            r->layout |= o->document;
            status = !r->layout || tell(r) ? ods_inner_table(o) : STATUS_MEMORY;
        } else if (o->xml.space == SPACE_TEXT) {
            status = read_shown(r, o->xml.depth, any);
        }
    }
    return status != STATUS_OK ? status : o->xml.status;
}

static bool
is_error(const char *s)
{
    static const char *const errors[] = { "#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!" };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(s, errors[i]) == 0)
            return true;
    return false;
}

/* Turn what the cell says and shows into a cell; *any: there is one. Excel writes the error of a formula as an empty text that
 * shows it. */
static enum status
make_cell(struct reader *r, const struct told *told, struct cell *cell, bool *any)
{
    struct ods *o = r->o;
    const struct ods_value *value = &told->value;
    *cell = (struct cell){ .kind = (uint8_t)value->kind, .number = value->number, .text = value->text, .formula = told->formula };
    cell->computed = told->has_formula;
    if ((!value->typed || value->error) && o->value.n > 0) {
        bool error = value->error || (told->has_formula && is_error(o->value.at));
        cell->kind = error ? CELL_ERROR : CELL_TEXT;
        cell->number = 0;
        cell->text = arena_text(o->arena, o->value.at, o->value.n);
        if (cell->text == NULL)
            return STATUS_MEMORY;
    } else if (!value->typed && told->has_formula && !value->empty_text) {
        cell->kind = CELL_FORMULA;
    } else if (!value->typed) {
        return STATUS_OK;
    }
    *any = true;
    return STATUS_OK;
}

/* Put the cell wherever it is repeated. */
static enum status
put_cell(struct reader *r, const struct told *told, struct cell *cell)
{
    struct ods *o = r->o;
    if (r->row >= LIMIT_ROWS || told->repeated > LIMIT_COLS - r->col)
        return outside(r);
    for (uint32_t i = 0; i < told->repeated; i++) {
        cell->row = r->row;
        cell->col = (uint16_t)(r->col + i);
        cell->format = told->styled ? told->format : r->styled_row ? r->row_format : column_format(r, cell->col);
        if (told->value.date && cell->format == 0)
            cell->format = o->date_format;
        if (!sheet_add_cell(o->arena, sheet_of(r), cell))
            return STATUS_MEMORY;
    }
    return STATUS_OK;
}

static enum status
put_merge(struct reader *r, const struct told *told)
{
    struct sheet *sheet = sheet_of(r);
    if (told->cols == 1 && told->rows == 1)
        return STATUS_OK;
    if (r->row >= LIMIT_ROWS || r->col >= LIMIT_COLS)
        return outside(r);
    if (sheet->nmerges == LIMIT_MERGES)
        return fault_set(r->o->fault, STATUS_TOO_BIG, "%s: more than %d merged ranges", r->o->xml.part, LIMIT_MERGES);
    struct area area = { r->row, advance(r->row, told->rows, LIMIT_ROWS) - 1, (uint16_t)r->col,
                         (uint16_t)(advance(r->col, told->cols, LIMIT_COLS) - 1) };
    return sheet_add_merge(r->o->arena, sheet, area) ? STATUS_OK : STATUS_MEMORY;
}

/* The cell just started, covered or not: what a covered one holds LibreOffice keeps. */
static enum status
read_cell(struct reader *r)
{
    struct ods *o = r->o;
    struct told told;
    struct cell cell;
    bool shown = false, any = false;
    enum status status = read_told(r, &told);
    xlsx_cut(&o->value, 0);
    r->layout = false;
    r->told = 0;
    if (status == STATUS_OK)
        status = read_shown(r, o->xml.depth, &shown);
    if (status == STATUS_OK && (o->value.failed || (r->layout && !tell(r))))
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        status = make_cell(r, &told, &cell, &any);
    if (status == STATUS_OK && any)
        status = put_cell(r, &told, &cell);
    if (status == STATUS_OK)
        status = put_merge(r, &told);
    r->col = advance(r->col, told.repeated, LIMIT_COLS);
    return status;
}

/* -- rows -- */

/* Repeat the cells of the row just read, which are the last ones of the sheet. */
static enum status
repeat_row(struct reader *r, size_t first, uint32_t repeated)
{
    size_t after = sheet_of(r)->ncells;
    if (after == first || repeated == 1)
        return STATUS_OK;
    if (repeated > LIMIT_ROWS - r->row)
        return outside(r);
    for (uint32_t i = 1; i < repeated; i++)
        for (size_t j = first; j < after; j++) {
            struct cell cell = sheet_of(r)->cells[j];
            cell.row = r->row + i;
            if (!sheet_add_cell(r->o->arena, sheet_of(r), &cell))
                return STATUS_MEMORY;
        }
    return STATUS_OK;
}

static enum status
read_row(struct reader *r)
{
    struct ods *o = r->o;
    struct xml *xml = &o->xml;
    const struct slice *style = xml_get_in(xml, SPACE_TABLE, "default-cell-style-name");
    size_t first = sheet_of(r)->ncells;
    uint32_t repeated;
    r->col = 0;
    r->styled_row = style != NULL;
    enum status status = count_of(r, "number-rows-repeated", &repeated);
    if (status == STATUS_OK && style != NULL)
        status = ods_format(o, style, &r->row_format);
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); )
        if (ods_is(o, SPACE_TABLE, "table-cell") || ods_is(o, SPACE_TABLE, "covered-table-cell"))
            status = read_cell(r);
    if (status == STATUS_OK)
        status = xml->status;
    if (status == STATUS_OK)
        status = repeat_row(r, first, repeated);
    r->row = advance(r->row, repeated, LIMIT_ROWS);
    return status;
}

/* Is the element just started only a bracket around rows or columns? */
static bool
is_group(const struct ods *o)
{
    static const char *const names[] = {
        "table-rows", "table-row-group", "table-header-rows", "table-columns", "table-column-group", "table-header-columns",
    };
    for (size_t i = 0; o->xml.space == SPACE_TABLE && i < sizeof names / sizeof *names; i++)
        if (xml_is(&o->xml, names[i]))
            return true;
    return false;
}

/* Rows and columns, however they are grouped. A scenario is a sheet that no one sees. */
static enum status
read_parts(struct reader *r)
{
    struct ods *o = r->o;
    enum status status = STATUS_OK;
    for (size_t depth = o->xml.depth; status == STATUS_OK && xml_child(&o->xml, depth); ) {
        if (ods_is(o, SPACE_TABLE, "table-row"))
            status = read_row(r);
        else if (ods_is(o, SPACE_TABLE, "table-column"))
            status = read_column(r);
        else if (ods_is(o, SPACE_TABLE, "scenario"))
            sheet_of(r)->hidden = true;
        else if (is_group(o))
            status = read_parts(r);
    }
    return status != STATUS_OK ? status : o->xml.status;
}

/* LibreOffice keeps what it knows of other files in tables called 'file:///…'#$Sheet1. */
static bool
is_external(const struct slice *name)
{
    return name != NULL && name->n > 0 && name->at[0] == '\'' && memchr(name->at, ':', name->n) != NULL && memchr(name->at, '#', name->n) != NULL;
}

enum status
ods_table(struct ods *o, bool nested)
{
    const struct slice *name = xml_get_in(&o->xml, SPACE_TABLE, "name"), *style = xml_get_in(&o->xml, SPACE_TABLE, "style-name");
    bool hidden = style != NULL && ods_hidden(o, style), table = o->document || nested;
    if (!table && is_external(name))
        return STATUS_OK;
    if (o->book->nsheets == LIMIT_SHEETS)
        return fault_set(o->fault, STATUS_TOO_BIG, "%s: more than %d tables", o->xml.part, LIMIT_SHEETS);
    const char *given = !table && name != NULL ? ods_copy(o, name) : "";
    struct sheet *sheet = table ? book_add_table(o->book) : given != NULL ? book_add_sheet(o->book, given, hidden) : NULL;
    if (sheet == NULL)
        return STATUS_MEMORY;
    struct reader r = { .o = o, .sheet = o->book->nsheets - 1 };
    enum status status = read_parts(&r);
    if (status == STATUS_OK)
        sheet_finish(sheet_of(&r));
    return status;
}
