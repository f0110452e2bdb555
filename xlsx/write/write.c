/* SPDX-License-Identifier: MIT */
/* write: a draft as an .xlsx file (ECMA-376 part 1, SpreadsheetML), by libxlsxwriter 1.1.4. All objects of the library live and
 * end inside write_xlsx; what it writes goes into memory (write_package.c). The library prints when it refuses something, so lengths and
 * names are checked first. Its gmtime(3) shares one buffer between threads, which is no harm as long as all of them write the same time,
 * CREATED, into it. A sheet whose rows come from a source is written in its way of constant memory: each row goes to disk when the next one
 * begins, texts stand in their cells, and what the disk lost is found at the end (whole.c). Left out: numbers keep the 16 significant
 * digits of its "%.16G". */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "text.h"
#include "write_package.h"
#include "write_parts.h"

enum {
    CREATED = 946684800         /* 2000-01-01 00:00 UTC: the same draft gives the same bytes on any day */
};

/* Rows of a sheet, both ends inside. */
struct band { uint32_t first, last; };

void
note_error(struct writer *w, lxw_error error)
{
    if (w->error == LXW_NO_ERROR)
        w->error = error;
}

/* -- texts -- */

size_t
write_units(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80 ? 1u + ((unsigned char)*s >= 0xF0) : 0u;
    return n;
}

/* "_x000D_" and the like, which readers take for an escaped character. */
static bool
like_escape(const char *s)
{
    return strncmp(s, "_x", 2) == 0 && strspn(s + 2, "0123456789ABCDEFabcdef") >= 4 && s[6] == '_';
}

/* True if the character at s must be escaped: XML cannot hold it (U+FFFE and U+FFFF are EF BF BE and EF BF BF), or an escape would seem to
 * begin there. */
static bool
special(const char *s)
{
    const unsigned char *at = (const unsigned char *)s;
    return (*at < 0x20 && *at != '\t' && *at != '\n') || (*at == 0xEF && at[1] == 0xBF && at[2] >= 0xBE) || (*at == '_' && like_escape(s));
}

/* Can no special character begin with this byte? */
static bool
is_plain(unsigned char byte)
{
    return byte > '_' ? byte != 0xEF : byte >= 0x20 && byte < '_';
}

/* Bytes of s before the first special character. */
static size_t
plain(const char *s)
{
    for (size_t n = 0;; n++) {
        while (is_plain((unsigned char)s[n]))
            n++;
        if (s[n] == '\0' || special(s + n))
            return n;
    }
}

const char *
escaped(struct writer *w, const char *s, size_t limit)
{
    if (s == NULL)
        return NULL;
    size_t n = strlen(s), used;
    if (n > limit && write_units(s) > limit)
        note_error(w, LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED);
    if (plain(s) == n)
        return s;
    struct text out = text_new(w->arena);
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = utf8_decode(s + i, n - i, &used);
        if (special(s + i))
            text_printf(&out, "_x%04X_", (unsigned)cp);
        else
            text_put_cp(&out, cp);
    }
    if (out.failed)
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return out.at;
}

/* -- styles -- */

static void
set_format(const struct writer *w, lxw_format *format, const struct style *style)
{
    static const uint8_t aligns[] = {
        [ALIGN_GENERAL] = LXW_ALIGN_NONE, [ALIGN_LEFT] = LXW_ALIGN_LEFT, [ALIGN_CENTER] = LXW_ALIGN_CENTER, [ALIGN_RIGHT] = LXW_ALIGN_RIGHT,
    };
    w->lib.format_set_font_name(format, style->font != NULL ? style->font : "宋体");
    w->lib.format_set_font_size(format, style->size != 0 ? style->size : 11);
    w->lib.format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    w->lib.format_set_align(format, aligns[style->align]);
    if (style->bold)
        w->lib.format_set_bold(format);
    if (style->wrap)
        w->lib.format_set_text_wrap(format);
    if (style->shrink)
        w->lib.format_set_shrink(format);
    if (style->border)
        w->lib.format_set_border(format, LXW_BORDER_THIN);
    if (style->unlocked)
        w->lib.format_set_unlocked(format);
    if (style->indent)
        w->lib.format_set_indent(format, 1);
    if (style->color != 0)
        w->lib.format_set_font_color(format, style->color);
    if (style->fill != 0) {
        w->lib.format_set_pattern(format, LXW_PATTERN_SOLID);
        w->lib.format_set_fg_color(format, style->fill);
    }
    if (style->number_format != NULL)
        w->lib.format_set_num_format(format, style->number_format);
}

static void
add_formats(struct writer *w)
{
    size_t n = w->draft->nstyles;
    w->formats = arena_array(w->arena, n, sizeof(lxw_format *));
    w->tints = arena_array(w->arena, n, sizeof(lxw_format *));
    if (w->formats == NULL || w->tints == NULL) {
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        /* Style 0 takes the place of the library's own default, so that column widths and empty cells follow its font. */
        w->formats[i] = i == 0 ? STAILQ_FIRST(w->workbook->formats) : w->lib.workbook_add_format(w->workbook);
        if (w->formats[i] != NULL)
            set_format(w, w->formats[i], &w->draft->styles[i]);
        else
            note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
}

lxw_format *
format_of(struct writer *w, uint16_t style)
{
    if (style < w->draft->nstyles)
        return w->formats[style];
    note_error(w, LXW_ERROR_PARAMETER_VALIDATION);
    return NULL;
}

/* -- sheets -- */

static void
write_cell(struct writer *w, lxw_worksheet *out, const struct cell *cell)
{
    lxw_format *format = format_of(w, cell->format);
    const char *text = escaped(w, cell->text, CELL_UNITS);
    lxw_error error = LXW_ERROR_PARAMETER_VALIDATION;
    if (w->error != LXW_NO_ERROR)
        return;
    if (cell->kind == CELL_NUMBER && isfinite(cell->number))
        error = cell->formula == NULL ? w->lib.worksheet_write_number(out, cell->row, cell->col, cell->number, format)
                                      : w->lib.worksheet_write_formula_num(out, cell->row, cell->col, cell->formula, format, cell->number);
    else if (cell->kind == CELL_TEXT && text != NULL)
        error = cell->formula == NULL ? w->lib.worksheet_write_string(out, cell->row, cell->col, text, format)
                                      : w->lib.worksheet_write_formula_str(out, cell->row, cell->col, cell->formula, format, text);
    note_error(w, error);
}

static void
write_link(struct writer *w, lxw_worksheet *out, const struct link *link, uint32_t row, const struct cell *cell)
{
    const char *text = cell != NULL ? escaped(w, cell->text, CELL_UNITS) : NULL;
    lxw_format *format = format_of(w, cell != NULL ? cell->format : 0);
    if (w->error == LXW_NO_ERROR)
        note_error(w, w->lib.worksheet_write_url_opt(out, row, link->col, link->target, format, text, NULL));
}

static bool
within(uint32_t row, struct band band)
{
    return row >= band.first && row <= band.last;
}

/* The later write to a place wins: links first (without a text they write their target), then blanks, then what cells hold. */
static void
write_cells(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page, struct band band)
{
    for (size_t i = 0; i < sheet->nmerges; i++) {
        const struct area *area = &sheet->merges[i];
        if (within(area->row, band))
            note_error(w, w->lib.worksheet_merge_range(out, area->row, area->col, area->row2, area->col2, "", NULL));
    }
    for (size_t i = 0; i < page->nlinks; i++)
        if (within(page->links[i].row, band))
            write_link(w, out, &page->links[i], page->links[i].row, sheet_cell(sheet, page->links[i].row, page->links[i].col));
    for (size_t i = 0; i < page->nblanks; i++) {
        const struct blank *blank = &page->blanks[i];
        if (within(blank->row, band))
            note_error(w, w->lib.worksheet_write_blank(out, blank->row, blank->col, format_of(w, blank->style)));
    }
    for (size_t i = sheet_row(sheet, band.first); i < sheet->ncells && sheet->cells[i].row <= band.last && w->error == LXW_NO_ERROR; i++)
        write_cell(w, out, &sheet->cells[i]);
    for (size_t i = 0; i < page->nheights; i++)
        if (within(page->heights[i].row, band))
            note_error(w, w->lib.worksheet_set_row(out, page->heights[i].row, page->heights[i].height, NULL));
}

/* -- rows from a source -- */

static void
write_row(struct writer *w, lxw_worksheet *out, const struct row *row, uint32_t at)
{
    for (size_t i = 0, c = 0; i < row->nlinks; i++) {
        while (c < row->ncells && row->cells[c].col < row->links[i].col)
            c++;
        write_link(w, out, &row->links[i], at, c < row->ncells && row->cells[c].col == row->links[i].col ? &row->cells[c] : NULL);
    }
    for (size_t i = 0; i < row->ncells && w->error == LXW_NO_ERROR; i++) {
        struct cell cell = row->cells[i];
        cell.row = at;
        if (cell.kind == CELL_TEXT && cell.text != NULL && *cell.text == '\0')
            note_error(w, w->lib.worksheet_write_blank(out, at, cell.col, format_of(w, cell.format)));
        else
            write_cell(w, out, &cell);
    }
    if (row->height > 0)
        note_error(w, w->lib.worksheet_set_row(out, at, row->height, NULL));
}

/* What stands before the rows, then the rows; returns the last one. */
static uint32_t
write_source(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page)
{
    const struct row_source *source = page->source;
    uint32_t at = page->source_row;
    struct row row = { 0 };
    for (uint32_t head = 0; head < at && w->error == LXW_NO_ERROR; head++)
        write_cells(w, out, sheet, page, (struct band){ head, head });
    bool ok = source->begin(source->context);
    for (; ok && (ok = source->next(source->context, &row)) && row.ncells > 0 && w->error == LXW_NO_ERROR; at++)
        write_row(w, out, &row, at);
    if (!ok)
        note_error(w, LXW_ERROR_READING_TMPFILE);
    return at - 1;
}

/* Make the sheet that `draft->active` names the one shown, or the first visible one; a workbook without any is refused. */
static void
show(struct writer *w, lxw_worksheet **sheets)
{
    const struct book *book = &w->draft->book;
    size_t first = 0, active = w->draft->active;
    while (first < book->nsheets && book->sheets[first].hidden)
        first++;
    if (first == book->nsheets) {
        note_error(w, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
        return;
    }
    if (active >= book->nsheets || book->sheets[active].hidden)
        active = first;
    w->lib.worksheet_activate(sheets[active]);
    w->lib.worksheet_set_first_sheet(sheets[first]);
    for (size_t i = 0; i < book->nsheets; i++)
        if (book->sheets[i].hidden)
            w->lib.worksheet_hide(sheets[i]);
}

static void
write_sheet(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page)
{
    uint32_t last = page->filter.row2;
    if (page->source != NULL)
        last = write_source(w, out, sheet, page);
    else
        write_cells(w, out, sheet, page, (struct band){ 0, LIMIT_ROWS - 1 });
    if (page->has_filter && w->error == LXW_NO_ERROR)
        note_error(w, w->lib.worksheet_autofilter(out, page->filter.row, page->filter.col, last, page->filter.col2));
    write_page(w, out, sheet, page);
}

/* Is a sheet hidden, and nothing but cells? It is written in constant memory too: hardly a text of it stands twice, and a shared one costs as
 * much as its cell. Of a sheet without cells the library would not close the temporary file. */
static bool
is_list(const struct draft *draft, size_t sheet)
{
    const struct sheet *cells = &draft->book.sheets[sheet];
    const struct page *page = &draft->pages[sheet];
    return cells->hidden && cells->ncells > 0 && cells->nmerges + page->nlinks + page->nblanks + page->nheights == 0;
}

static void
write_sheets(struct writer *w)
{
    const struct book *book = &w->draft->book;
    if (w->error != LXW_NO_ERROR)
        return;
    lxw_worksheet **sheets = arena_array(w->arena, book->nsheets, sizeof(lxw_worksheet *));
    if (sheets == NULL)
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    for (size_t i = 0; i < book->nsheets && w->error == LXW_NO_ERROR; i++) {
        const char *name = book->sheets[i].name;
        w->place = name;
        w->workbook->options.constant_memory = w->draft->pages[i].source != NULL || is_list(w->draft, i);     /* looked at here only */
        note_error(w, *name != '\0' ? w->lib.workbook_validate_sheet_name(w->workbook, name) : LXW_ERROR_INVALID_SHEETNAME_CHARACTER);
        if (w->error == LXW_NO_ERROR && (sheets[i] = w->lib.workbook_add_worksheet(w->workbook, name)) == NULL)
            note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    for (size_t i = 0; i < book->nsheets && w->error == LXW_NO_ERROR; i++) {
        const struct page *page = &w->draft->pages[i];
        w->place = book->sheets[i].name;
        write_sheet(w, sheets[i], &book->sheets[i], page);
    }
    if (w->error == LXW_NO_ERROR)
        show(w, sheets);
}

static void
write_properties(struct writer *w)
{
    const struct book *book = &w->draft->book;
    if (w->error != LXW_NO_ERROR)
        return;
    w->place = "properties";
    lxw_doc_properties properties = {
        .title = (char *)escaped(w, w->draft->title, PROPERTY_UNITS), .author = (char *)escaped(w, w->draft->author, PROPERTY_UNITS),
        .created = CREATED,
    };
    if (w->error == LXW_NO_ERROR)
        note_error(w, w->lib.workbook_set_properties(w->workbook, &properties));
    for (size_t i = 0; i < book->nproperties && w->error == LXW_NO_ERROR; i++) {
        const char *name = escaped(w, book->properties[i].name, PROPERTY_UNITS);
        const char *value = escaped(w, book->properties[i].value, PROPERTY_UNITS);
        if (w->error == LXW_NO_ERROR)
            note_error(w, w->lib.workbook_set_custom_property_string(w->workbook, name, value));
    }
}

/* Fill the library's workbook and let it write the file. Closing is the only way to free it, so that is done in any case. */
static void
write_file(struct writer *w, char *name)
{
    w->workbook = w->lib.workbook_new_opt(name, &(lxw_workbook_options){ .tmpdir = name });
    if (w->workbook == NULL) {
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    add_formats(w);
    write_sheets(w);
    write_properties(w);
    if (w->error == LXW_NO_ERROR)
        w->place = "package";
    note_error(w, w->lib.workbook_close(w->workbook));
}

/* Is there memory for what the library is going to ask for? It has places where it does not look whether it got any, and crashes; so
 * the whole is asked for first, at twice what it was seen to take, and given back. */
static bool
has_memory(const struct draft *draft)
{
    enum { BASE = 4 << 20, SHEET = 256 << 10, CELL = 512 };
    size_t n = BASE;
    for (size_t i = 0; i < draft->book.nsheets; i++) {
        const struct sheet *sheet = &draft->book.sheets[i];
        n += SHEET + sheet->ncells * CELL;
        for (size_t c = 0; c < sheet->ncells; c++)
            n += sheet->cells[c].text != NULL ? 2 * strlen(sheet->cells[c].text) : 0;
    }
    void *volatile room = malloc(n);                /* volatile: a compiler may leave out a malloc that is freed again */
    free(room);
    return room != NULL;
}

static bool
has_source(const struct draft *draft)
{
    for (size_t i = 0; i < draft->npages; i++)
        if (draft->pages[i].source != NULL)
            return true;
    return false;
}

enum status
write_xlsx(struct arena *arena, struct draft *draft, unsigned char **bytes, size_t *n, struct fault *fault)
{
    struct writer w = { .arena = arena, .draft = draft, .place = "styles" };
    struct package package;
    for (size_t i = 0; i < draft->book.nsheets; i++)
        sheet_finish(&draft->book.sheets[i]);
    if (!libxlsxwriter_load(&w.lib))
        return fault_set(fault, STATUS_OUTPUT, "libxlsxwriter.so.4 is missing (Debian: apt install libxlsxwriter4)");
    if (!has_memory(draft) || package_begin(&package, arena, has_source(draft)) != STATUS_OK)
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    write_file(&w, package.name);
    enum status status = package_end(&package, w.error == LXW_NO_ERROR ? bytes : NULL, n, fault);
    if (w.error != LXW_NO_ERROR && status == STATUS_OK)
        status = fault_set(fault, w.error == LXW_ERROR_MEMORY_MALLOC_FAILED ? STATUS_MEMORY : STATUS_OUTPUT, "%s: %s", w.place,
            w.lib.lxw_strerror(w.error));
    return status == STATUS_OK && draft->nnames > 0 ? write_names(arena, draft, bytes, n, fault) : status;
}
