/* SPDX-License-Identifier: MIT */
/* The way from Excel: names of the sheets (GET.WORKBOOK), their used ranges (GET.DOCUMENT), values by blocks of rows (xlCoerce). Number
 * formats and formulas cost a call a cell (GET.CELL), so they are asked for the cells of the report only, once a first look has found
 * them; where cells lie does not hang on them. Two things Excel's C API does not tell, but a command can see: a hidden sheet cannot be
 * selected, and of merged cells all are selected when one is. Custom properties nobody can see. */
#include "livebook.h"

#include <string.h>

#include "limits.h"
#include "sheets.h"
#include "text.h"

enum {
    BLOCK = 1 << 14,             /* cells asked for at once */
    AREA_OF_COMMAND = 1 << 25,   /* cells read of one workbook, empty ones too: about a second */
    AREA_OF_FUNCTION = 1 << 19,  /* likewise, while Excel computes */
    PROBED = 6000,               /* cells of one sheet that are selected to see whether they are merged: a form has some 900 */
    ASKED = 20000                /* texts of which a command asks whether they are formulas */
};

/* -- a fingerprint: FNV-1a -- */

static void
hash(struct live *live, const void *bytes, size_t n)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < n; i++)
        live->hash = (live->hash ^ byte[i]) * UINT64_C(0x100000001B3);
}

static void
hash_cell(struct live *live, const struct cell *cell)
{
    uint32_t place[3] = { cell->row, cell->col, cell->kind };
    hash(live, place, sizeof place);
    hash(live, &cell->number, sizeof cell->number);
    if (cell->text != NULL)
        hash(live, cell->text, strlen(cell->text) + 1);
}

/* -- values -- */

static const char *
error_text(int error)
{
    static const struct { int error; const char *text; } errors[] = {
        { XL_NULL, "#NULL!" }, { XL_DIV0, "#DIV/0!" }, { XL_VALUE, "#VALUE!" }, { XL_REFERENCE, "#REF!" }, { XL_NAME, "#NAME?" },
        { XL_NUM, "#NUM!" }, { XL_NA, "#N/A" }, { XL_GETTING_DATA, "#GETTING_DATA" }
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].error == error)
            return errors[i].text;
    return "#VALUE!";
}

/* An empty text is what a formula shows to say nothing; readers of files leave it out too. */
static bool
add_value(struct live *live, struct sheet *sheet, struct cell cell, const struct xl *value)
{
    switch (value->type & XL_KIND) {
    case XL_NUMBER: cell.kind = CELL_NUMBER; cell.number = value->number; break;
    case XL_INTEGER: cell.kind = CELL_NUMBER; cell.number = value->integer; break;
    case XL_BOOLEAN: cell.kind = CELL_BOOLEAN; cell.number = value->boolean != 0; break;
    case XL_ERROR: cell.kind = CELL_ERROR; cell.text = error_text(value->error); break;
    case XL_TEXT:
        cell.kind = CELL_TEXT;
        if ((cell.text = xl_narrow(live->arena, value)) == NULL)
            return false;
        if (*cell.text == '\0')
            return true;
        break;
    default: return true;
    }
    hash_cell(live, &cell);
    return sheet_add_cell(live->arena, sheet, &cell);
}

static bool
read_block(struct live *live, struct sheet *sheet, uintptr_t id, struct xl_area area)
{
    struct xl_areas areas;
    struct xl cells = xl_cells(id, area, &areas), result;
    bool got = excel_call(live->excel, XL_COERCE, &result, 1, &cells) || xl_is(&result, XL_ERROR);
    bool multi = xl_is(&result, XL_MULTI), kept = got;
    live->refused |= !got;
    int32_t rows = multi ? result.multi.rows : 1, cols = multi ? result.multi.cols : 1;
    const struct xl *items = multi ? result.multi.items : &result;
    for (int32_t row = 0; kept && row < rows && row <= area.row2 - area.row; row++)
        for (int32_t col = 0; kept && col < cols && col <= area.col2 - area.col; col++)
            kept = add_value(live, sheet, (struct cell){ .row = (uint32_t)(area.row + row), .col = (uint16_t)(area.col + col) },
                             &items[(ptrdiff_t)row * cols + col]);
    excel_free(live->excel, &result);
    return kept;
}

/* Columns that are formatted down to the last row make a used range of a million empty rows. */
static bool
is_empty(struct live *live, uintptr_t id, struct xl_area area)
{
    struct xl_areas areas;
    struct xl cells = xl_cells(id, area, &areas), result;
    bool empty = excel_call(live->excel, XL_COUNTA, &result, 1, &cells) && xl_is(&result, XL_NUMBER) && result.number <= 0;
    excel_free(live->excel, &result);
    return empty;
}

static bool
read_area(struct live *live, struct sheet *sheet, uintptr_t id, struct xl_area used, long *left)
{
    int32_t width = used.col2 - used.col + 1, height = BLOCK / width > 0 ? BLOCK / width : 1;
    for (struct xl_area block = used; block.row <= used.row2; block.row = block.row2 + 1) {
        block.row2 = used.row2 - block.row < height ? used.row2 : block.row + height - 1;
        if (block.row > used.row && is_empty(live, id, block))
            continue;
        *left -= (long)width * (block.row2 - block.row + 1);
        live->too_big |= *left < 0;
        if (*left < 0 || live->excel->halted || !read_block(live, sheet, id, block))
            return false;
    }
    return true;
}

/* -- merged cells, on the sheet that is active -- */

static bool
is_merged(const struct sheet *sheet, int32_t row, int32_t col)
{
    for (size_t i = 0; i < sheet->nmerges; i++) {
        const struct area *area = &sheet->merges[i];
        if ((uint32_t)row >= area->row && (uint32_t)row <= area->row2 && col >= area->col && col <= area->col2)
            return true;
    }
    return false;
}

/* Where the selection is more than the cell, the cell is merged. False: no memory, or cells here cannot be selected. */
static bool
probe_cell(struct live *live, struct sheet *sheet, uintptr_t id, int32_t row, int32_t col)
{
    struct xl_areas areas;
    struct xl at = xl_cell(id, (uint32_t)row, (uint16_t)col, &areas), selection;
    bool kept = excel_select(live->excel, &at);
    if (!kept)
        return false;
    bool seen = excel_call(live->excel, XL_SELECTION, &selection, 0) && xl_is(&selection, XL_REF) && selection.ref.areas != NULL;
    if (seen && selection.ref.areas->n == 1) {
        struct xl_area found = selection.ref.areas->area[0];
        struct area area = { (uint32_t)found.row, (uint32_t)found.row2, (uint16_t)found.col, (uint16_t)found.col2 };
        bool here = found.row <= row && row <= found.row2 && found.col <= col && col <= found.col2;
        if (here && (found.row < found.row2 || found.col < found.col2))
            kept = sheet_add_merge(live->arena, sheet, area);
    }
    excel_free(live->excel, &selection);
    return kept;
}

static void
probe_merges(struct live *live, struct sheet *sheet, uintptr_t id, struct xl_area used)
{
    struct stay stay = stay_begin(live->excel);
    size_t left = PROBED;
    for (int32_t row = used.row; row <= used.row2 && left > 0; row++)
        for (int32_t col = used.col; col <= used.col2 && left > 0; col++)
            if (!is_merged(sheet, row, col))
                left = probe_cell(live, sheet, id, row, col) ? left - 1 : 0;
    stay_end(&stay);
}

/* -- sheets -- */

/* The used range of a worksheet; false with refused unset: no worksheet, or an empty one. */
static bool
used_area(struct live *live, struct xl *name, struct xl_area *used)
{
    double type, row, row2, col, col2;
    if (!excel_get_number(live->excel, XL_GET_DOCUMENT, DOCUMENT_TYPE, name, &type)) {
        live->refused = true;
        return false;
    }
    if (type != DOCUMENT_IS_WORKSHEET)
        return false;
    if (!excel_get_number(live->excel, XL_GET_DOCUMENT, DOCUMENT_FIRST_ROW, name, &row)
        || !excel_get_number(live->excel, XL_GET_DOCUMENT, DOCUMENT_LAST_ROW, name, &row2)
        || !excel_get_number(live->excel, XL_GET_DOCUMENT, DOCUMENT_FIRST_COL, name, &col)
        || !excel_get_number(live->excel, XL_GET_DOCUMENT, DOCUMENT_LAST_COL, name, &col2)) {
        live->refused = true;
        return false;
    }
    if (!(row >= 1 && row2 >= row && row2 <= LIMIT_ROWS && col >= 1 && col2 >= col && col2 <= LIMIT_COLS))
        return false;
    *used = (struct xl_area){ (int32_t)row - 1, (int32_t)row2 - 1, (int32_t)col - 1, (int32_t)col2 - 1 };
    return true;
}

/* A hidden sheet cannot be selected; there is no other way to know. */
static bool
is_hidden(struct live *live, struct xl *name)
{
    return live->command && !excel_do(live->excel, XL_WORKBOOK_SELECT, 1, name);
}

static bool
read_sheet(struct live *live, struct xl *full, long *left)
{
    struct xl_area used;
    uintptr_t id;
    const char *whole = xl_narrow(live->arena, full), *end = whole != NULL ? strrchr(whole, ']') : NULL;
    const char *name = end != NULL ? end + 1 : whole;
    if (whole == NULL)
        return false;
    if (sheets_alike(name, MARKS_SHEET))
        return true;
    bool any = used_area(live, full, &used);
    if (live->refused)
        return false;
    if (!any)
        return true;
    live->refused = !excel_sheet_id(live->excel, live->arena, live->name, name, &id);
    struct sheet *sheet = live->refused ? NULL : book_add_sheet(&live->book, name, is_hidden(live, full));
    if (sheet == NULL)
        return false;
    live->sheets[live->book.nsheets - 1] = id;
    hash(live, name, strlen(name) + 1);
    bool kept = read_area(live, sheet, id, used, left);
    if (kept && live->command && !sheet->hidden)
        probe_merges(live, sheet, id, used);
    sheet_finish(sheet);
    return kept;
}

static bool
read_sheets(struct live *live, struct xl *names)
{
    struct xl *items = xl_is(names, XL_MULTI) ? names->multi.items : names;
    int32_t n = xl_is(names, XL_MULTI) ? names->multi.rows * names->multi.cols : 1;
    long left = live->command ? AREA_OF_COMMAND : AREA_OF_FUNCTION;
    live->too_big = n > LIMIT_SHEETS;
    live->sheets = arena_array(live->arena, (size_t)n + 1, sizeof *live->sheets);
    if (live->too_big || live->sheets == NULL)
        return false;
    for (int32_t i = 0; i < n; i++)
        if (!read_sheet(live, &items[i], &left))
            return false;
    return true;
}

/* Its place on the disk. */
static bool
find_path(struct live *live, struct xl *name)
{
    struct text path = text_new(live->arena);
    const char *folder = excel_get_text(live->excel, live->arena, XL_GET_DOCUMENT, DOCUMENT_FOLDER, name);
    live->saved = folder != NULL && *folder != '\0';
    for (const char *c = live->saved ? folder : ""; *c != '\0'; c++)
        text_putc(&path, *c == '\\' ? '/' : *c);
    if (live->saved && path.n > 0 && path.at[path.n - 1] != '/')
        text_putc(&path, '/');
    text_puts(&path, live->name);
    live->path = path.at;
    return !path.failed;
}

bool
live_read(struct live *live, struct excel *excel, struct arena *arena, const char *name, bool command)
{
    struct xl *book = xl_text(arena, name), names;
    *live = (struct live){ .excel = excel, .arena = arena, .scratch = arena, .name = name, .command = command,
                           .book = { .arena = arena, .kind = FILE_XLSX }, .hash = UINT64_C(0xCBF29CE484222325) };
    if (!arena_room(arena, &live->book.formats, 0, &live->book.formats_cap, sizeof *live->book.formats) || !find_path(live, book))
        return false;
    live->book.formats[live->book.nformats++] = "General";
    bool got = excel_get(excel, XL_GET_WORKBOOK, WORKBOOK_SHEETS, book, &names);
    live->refused = !got;
    bool read = got && read_sheets(live, &names);
    excel_free(excel, &names);
    return read && !excel->halted;
}

uintptr_t
live_sheet(const struct live *live, const struct sheet *sheet)
{
    return live->sheets[sheet - live->book.sheets];
}

/* -- formulas and formats -- */

/* The index of a format code among the book's. */
static bool
format_index(struct live *live, const char *code, uint16_t *index)
{
    struct book *book = &live->book;
    size_t i = 0;
    while (i < book->nformats && strcmp(book->formats[i], code) != 0)
        i++;
    if (i == LIMIT_FORMATS)
        return false;
    if (i == book->nformats) {
        const char *kept = arena_text(live->arena, code, strlen(code));
        if (kept == NULL || !arena_room(live->arena, &book->formats, i, &book->formats_cap, sizeof *book->formats))
            return false;
        book->formats[book->nformats++] = kept;
    }
    *index = (uint16_t)i;
    return true;
}

/* Ask of one cell; *same turns false when the answer is new. */
static bool
ask_cell(struct live *live, uintptr_t id, struct cell *cell, bool *same)
{
    struct xl_areas areas;
    struct xl at = xl_cell(id, cell->row, cell->col, &areas);
    bool computed;
    uint16_t format = cell->format;
    live->refused |= !excel_get_boolean(live->excel, XL_GET_CELL, CELL_HAS_FORMULA, &at, &computed);
    if (live->refused)
        return false;
    if (cell->kind == CELL_NUMBER) {
        const char *code = excel_get_text(live->excel, live->scratch, XL_GET_CELL, CELL_NUMBER_FORMAT, &at);
        live->refused = code == NULL;
        if (code == NULL || !format_index(live, code, &format))
            return false;
    }
    *same = *same && computed == cell->computed && format == cell->format;
    cell->computed = computed;
    cell->format = format;
    return true;
}

static bool
ask_values(struct live *live, const struct report *report, bool *same)
{
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
            const struct value *value = &report->sections[s].values[i];
            const struct cell *cell = value->sheet != NULL ? sheet_cell(value->sheet, value->row, value->col) : NULL;
            if (cell == NULL)
                continue;
            struct sheet *sheet = &live->book.sheets[value->sheet - live->book.sheets];
            if (!ask_cell(live, live_sheet(live, sheet), &sheet->cells[cell - sheet->cells], same))
                return false;
        }
    return true;
}

/* The check cells of a template are formulas that speak; what the cleaned workbook says it left out does not name them. */
static bool
ask_texts(struct live *live, const struct report *report, bool *same)
{
    size_t left = ASKED;
    for (size_t s = 0; s < report->nsections; s++) {
        const struct placement *placement = report->sections[s].placement;
        struct sheet *sheet = placement != NULL ? &live->book.sheets[placement->sheet - live->book.sheets] : NULL;
        for (size_t i = 0; sheet != NULL && i < sheet->ncells && left > 0; i++)
            if (sheet->cells[i].kind == CELL_TEXT) {
                left--;
                if (!ask_cell(live, live_sheet(live, sheet), &sheet->cells[i], same))
                    return false;
            }
    }
    return true;
}

bool
live_same_details(struct live *live, const struct report *report)
{
    bool same = true;
    return ask_values(live, report, &same) && (!live->command || ask_texts(live, report, &same)) && same;
}

bool
live_report(struct live *live, const struct forms *forms, struct report *report)
{
    struct options options = { .language = LANGUAGE_ZH };
    bool same = true;
    report_make_book(report, live->arena, forms, &options, live->path, &live->book);
    if (report->fault.status == STATUS_MEMORY)
        return false;
    if (report->verdict == VERDICT_UNREADABLE)
        return true;
    if (!ask_values(live, report, &same) || (live->command && !ask_texts(live, report, &same)))
        return false;
    if (!same)
        report_make_book(report, live->arena, forms, &options, live->path, &live->book);
    return report->fault.status != STATUS_MEMORY;
}
