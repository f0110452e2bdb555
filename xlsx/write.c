/* SPDX-License-Identifier: MIT */
/* write: a draft as an .xlsx file (ECMA-376 part 1, SpreadsheetML), by libxlsxwriter 1.1.4. All objects of the library live and
 * end inside write_xlsx; it writes to a file in memory. The library prints when it refuses something, so lengths and names are
 * checked first, and what its temporary files lost is found at the end (whole.c). Its gmtime(3) shares one buffer between threads, which
 * is no harm as long as all of them write the same time, CREATED, into it. A sheet whose rows come from a source is written in its way
 * of constant memory: each row goes to disk when the next one begins, texts stand in their cells. Left out: numbers keep the 16 significant
 * digits of its "%.16G". */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "os.h"
#include "text.h"
#include "whole.h"
#include "write_parts.h"

enum {
    CELL_UNITS = 32767,         /* Excel's limits, in UTF-16 units: the text of a cell or a comment */
    PROPERTY_UNITS = 255,       /* a custom property, name or value; a footer */
    PROMPT_UNITS = 255,         /* the prompt or the error message of a validation */
    TITLE_UNITS = 32,           /* their titles */
    CREATED = 946684800,        /* 2000-01-01 00:00 UTC: the same draft gives the same bytes on any day */
    NOTE_WIDTH = 260,           /* pixels of a comment box */
    NOTE_COLUMNS = 40,          /* half-width characters of 9 points in it */
    NOTE_LINE = 16,             /* pixels of a line */
    PAPER_A4 = 9
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

static size_t
units(const char *s)
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

/* True if a character at s, decoded as cp, must be escaped: XML cannot hold it, or an escape would seem to begin there. */
static bool
special(const char *s, uint32_t cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0xFFFE || cp == 0xFFFF || like_escape(s);
}

const char *
escaped(struct writer *w, const char *s, size_t limit)
{
    if (s == NULL)
        return NULL;
    if (units(s) > limit)
        note_error(w, LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED);
    size_t n = strlen(s), i = 0, used;
    while (i < n && !special(s + i, utf8_decode(s + i, n - i, &used)))
        i += used;
    if (i == n)
        return s;
    struct text out = text_new(w->arena);
    for (i = 0; i < n; i += used) {
        uint32_t cp = utf8_decode(s + i, n - i, &used);
        if (special(s + i, cp))
            text_printf(&out, "_x%04X_", (unsigned)cp);
        else
            text_put_cp(&out, cp);
    }
    if (out.failed)
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return out.at;
}

/* The same for texts that may be cut: those over `limit` units end in "…". */
static const char *
cut(struct writer *w, const char *s, size_t limit)
{
    const char *whole = escaped(w, s, SIZE_MAX);
    if (whole == NULL || units(whole) <= limit)
        return whole;
    struct text out = text_new(w->arena);
    size_t n = strlen(whole), count = 1;        /* the dots */
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = utf8_decode(whole + i, n - i, &used);
        count += cp > 0xFFFF ? 2 : 1;
        if (count > limit)
            break;
        text_put_cp(&out, cp);
    }
    text_puts(&out, "…");
    if (out.failed)
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return out.at;
}

/* -- styles -- */

static void
set_format(lxw_format *format, const struct style *style)
{
    static const uint8_t aligns[] = {
        [ALIGN_GENERAL] = LXW_ALIGN_NONE, [ALIGN_LEFT] = LXW_ALIGN_LEFT, [ALIGN_CENTER] = LXW_ALIGN_CENTER, [ALIGN_RIGHT] = LXW_ALIGN_RIGHT,
    };
    format_set_font_name(format, style->font != NULL ? style->font : "宋体");
    format_set_font_size(format, style->size != 0 ? style->size : 11);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(format, aligns[style->align]);
    if (style->bold)
        format_set_bold(format);
    if (style->wrap)
        format_set_text_wrap(format);
    if (style->shrink)
        format_set_shrink(format);
    if (style->border)
        format_set_border(format, LXW_BORDER_THIN);
    if (style->unlocked)
        format_set_unlocked(format);
    if (style->indent)
        format_set_indent(format, 1);
    if (style->color != 0)
        format_set_font_color(format, style->color);
    if (style->fill != 0) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_fg_color(format, style->fill);
    }
    if (style->number_format != NULL)
        format_set_num_format(format, style->number_format);
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
        w->formats[i] = i == 0 ? STAILQ_FIRST(w->workbook->formats) : workbook_add_format(w->workbook);
        if (w->formats[i] != NULL)
            set_format(w->formats[i], &w->draft->styles[i]);
        else
            note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
}

static lxw_format *
format_of(struct writer *w, uint16_t style)
{
    if (style < w->draft->nstyles)
        return w->formats[style];
    note_error(w, LXW_ERROR_PARAMETER_VALIDATION);
    return NULL;
}

/* The colours and weight of a style, which is all that a conditional format may change. */
static lxw_format *
tint_of(struct writer *w, uint16_t style)
{
    if (format_of(w, style) == NULL || w->tints[style] != NULL)
        return w->error == LXW_NO_ERROR ? w->tints[style] : NULL;
    const struct style *look = &w->draft->styles[style];
    lxw_format *tint = w->tints[style] = workbook_add_format(w->workbook);
    if (tint == NULL) {
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    if (look->bold)
        format_set_bold(tint);
    if (look->color != 0)
        format_set_font_color(tint, look->color);
    if (look->fill != 0)
        format_set_bg_color(tint, look->fill);
    return tint;
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
        error = cell->formula == NULL ? worksheet_write_number(out, cell->row, cell->col, cell->number, format)
                                      : worksheet_write_formula_num(out, cell->row, cell->col, cell->formula, format, cell->number);
    else if (cell->kind == CELL_TEXT && text != NULL)
        error = cell->formula == NULL ? worksheet_write_string(out, cell->row, cell->col, text, format)
                                      : worksheet_write_formula_str(out, cell->row, cell->col, cell->formula, format, text);
    note_error(w, error);
}

static void
write_link(struct writer *w, lxw_worksheet *out, const struct link *link, uint32_t row, const struct cell *cell)
{
    const char *text = cell != NULL ? escaped(w, cell->text, CELL_UNITS) : NULL;
    lxw_format *format = format_of(w, cell != NULL ? cell->format : 0);
    if (w->error == LXW_NO_ERROR)
        note_error(w, worksheet_write_url_opt(out, row, link->col, link->target, format, text, NULL));
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
            note_error(w, worksheet_merge_range(out, area->row, area->col, area->row2, area->col2, "", NULL));
    }
    for (size_t i = 0; i < page->nlinks; i++)
        if (within(page->links[i].row, band))
            write_link(w, out, &page->links[i], page->links[i].row, sheet_cell(sheet, page->links[i].row, page->links[i].col));
    for (size_t i = 0; i < page->nblanks; i++) {
        const struct blank *blank = &page->blanks[i];
        if (within(blank->row, band))
            note_error(w, worksheet_write_blank(out, blank->row, blank->col, format_of(w, blank->style)));
    }
    for (size_t i = sheet_row(sheet, band.first); i < sheet->ncells && sheet->cells[i].row <= band.last && w->error == LXW_NO_ERROR; i++)
        write_cell(w, out, &sheet->cells[i]);
    for (size_t i = 0; i < page->nheights; i++)
        if (within(page->heights[i].row, band))
            note_error(w, worksheet_set_row(out, page->heights[i].row, page->heights[i].height, NULL));
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
            note_error(w, worksheet_write_blank(out, at, cell.col, format_of(w, cell.format)));
        else
            write_cell(w, out, &cell);
    }
    if (row->height > 0)
        note_error(w, worksheet_set_row(out, at, row->height, NULL));
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

static void
write_notes(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    char font[] = "宋体";
    for (size_t i = 0; i < page->nnotes; i++) {
        const struct note *note = &page->notes[i];
        size_t lines = 1, column = 0, used, n = strlen(note->text);
        for (const char *s = note->text; *s != '\0'; s += used) {
            char one[5] = "";
            utf8_encode(utf8_decode(s, n - (size_t)(s - note->text), &used), one);
            column += text_width(one);
            if (*s == '\n' || column > NOTE_COLUMNS) {
                lines++;
                column = *s == '\n' ? 0 : text_width(one);
            }
        }
        if (lines > 40)
            lines = 40;                 /* taller than a screen; the box scrolls by hand */
        lxw_comment_options options = {
            .visible = LXW_COMMENT_DISPLAY_HIDDEN, .width = NOTE_WIDTH, .height = (uint16_t)(lines * NOTE_LINE + 12),
            .font_name = font, .font_size = 9, .font_family = 3,
        };
        const char *text = escaped(w, note->text, CELL_UNITS);
        if (w->error == LXW_NO_ERROR)
            note_error(w, worksheet_write_comment_opt(out, note->row, note->col, text, &options));
    }
    if (page->nnotes > 0)
        worksheet_set_comments_author(out, w->draft->author != NULL ? w->draft->author : "nianbao");
}

static void
write_inputs(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    static const struct { uint8_t type, criteria; double least, most; } kinds[] = {
        [INPUT_WHOLE] = { LXW_VALIDATION_TYPE_INTEGER, LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO, 0, 0 },
        [INPUT_SIGNED_WHOLE] = { LXW_VALIDATION_TYPE_INTEGER, LXW_VALIDATION_CRITERIA_BETWEEN, -1e9, 1e9 },
        [INPUT_AMOUNT] = { LXW_VALIDATION_TYPE_DECIMAL, LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO, 0, 0 },
        [INPUT_ANY] = { LXW_VALIDATION_TYPE_ANY, LXW_VALIDATION_CRITERIA_NONE, 0, 0 },
    };
    for (size_t i = 0; i < page->ninputs; i++) {
        const struct input_rule *rule = &page->inputs[i];
        const char *title = cut(w, rule->title, TITLE_UNITS), *prompt = cut(w, rule->prompt, PROMPT_UNITS);
        const char *refusal = cut(w, rule->refusal, PROMPT_UNITS);
        lxw_data_validation validation = {
            .validate = kinds[rule->input].type, .criteria = kinds[rule->input].criteria,
            .value_number = kinds[rule->input].least,
            .minimum_number = kinds[rule->input].least, .maximum_number = kinds[rule->input].most,
            .ignore_blank = LXW_VALIDATION_ON, .error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
            .input_title = (char *)title, .input_message = (char *)prompt,      /* the library copies them */
            .error_title = (char *)title, .error_message = (char *)refusal,
        };
        const struct area *area = &rule->area;
        if (w->error == LXW_NO_ERROR)
            note_error(w, worksheet_data_validation_range(out, area->row, area->col, area->row2, area->col2, &validation));
    }
}

static void
write_conditions(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    for (size_t i = 0; i < page->nconditions; i++) {
        const struct condition *condition = &page->conditions[i];
        const struct area *area = &condition->area;
        lxw_conditional_format rule = {
            .type = LXW_CONDITIONAL_TYPE_FORMULA, .value_string = (char *)condition->formula,
            .format = tint_of(w, condition->style),
        };
        if (w->error == LXW_NO_ERROR)
            note_error(w, worksheet_conditional_format_range(out, area->row, area->col, area->row2, area->col2, &rule));
    }
}

static void
set_page(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    for (size_t i = 0; i < page->nwidths; i++) {
        const struct width *width = &page->widths[i];
        lxw_row_col_options fold = { .hidden = width->grouped, .level = width->grouped, .collapsed = width->collapsed };
        note_error(w, worksheet_set_column_opt(out, width->col, width->col2, width->width, NULL, &fold));
    }
    if (page->freeze_row > 0 || page->freeze_col > 0)
        worksheet_freeze_panes(out, page->freeze_row, page->freeze_col);
    if (page->show_zero_off)
        worksheet_hide_zero(out);
    if (page->tab_color != 0)
        worksheet_set_tab_color(out, page->tab_color);
    if (page->protect)
        worksheet_protect(out, NULL, &(lxw_protection){ .format_cells = 1, .format_columns = 1, .format_rows = 1 });
}

static void
set_print(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    if (page->landscape)
        worksheet_set_landscape(out);
    worksheet_set_paper(out, PAPER_A4);
    worksheet_set_margins(out, 0.5, 0.5, 0.6, 0.7);
    worksheet_center_horizontally(out);
    if (page->scale != 0)
        worksheet_set_print_scale(out, page->scale);
    else
        worksheet_fit_to_pages(out, 1, 0);
    if (page->nbreaks > 0)
        note_error(w, worksheet_set_h_pagebreaks(out, page->breaks));       /* ends at a 0, which draft_break leaves */
    if (page->repeat_rows > 0)
        note_error(w, worksheet_repeat_rows(out, 0, page->repeat_rows - 1));
    if (page->repeat_cols > 0)
        note_error(w, worksheet_repeat_columns(out, 0, (lxw_col_t)(page->repeat_cols - 1)));
    if (page->has_print_area) {
        const struct area *area = &page->print_area;
        note_error(w, worksheet_print_area(out, area->row, area->col, area->row2, area->col2));
    }
    const char *footer = escaped(w, page->footer, PROPERTY_UNITS);
    if (footer != NULL && w->error == LXW_NO_ERROR)
        note_error(w, worksheet_set_footer(out, footer));
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
    worksheet_activate(sheets[active]);
    worksheet_set_first_sheet(sheets[first]);
    for (size_t i = 0; i < book->nsheets; i++)
        if (book->sheets[i].hidden)
            worksheet_hide(sheets[i]);
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
        note_error(w, worksheet_autofilter(out, page->filter.row, page->filter.col, last, page->filter.col2));
    write_notes(w, out, page);
    write_inputs(w, out, page);
    write_conditions(w, out, page);
    write_charts(w, out, sheet, page);
    set_page(w, out, page);
    set_print(w, out, page);
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
        w->workbook->options.constant_memory = w->draft->pages[i].source != NULL;       /* looked at when a sheet is added, and only then */
        note_error(w, *name != '\0' ? workbook_validate_sheet_name(w->workbook, name) : LXW_ERROR_INVALID_SHEETNAME_CHARACTER);
        if (w->error == LXW_NO_ERROR && (sheets[i] = workbook_add_worksheet(w->workbook, name)) == NULL)
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
        note_error(w, workbook_set_properties(w->workbook, &properties));
    for (size_t i = 0; i < book->nproperties && w->error == LXW_NO_ERROR; i++) {
        const char *name = escaped(w, book->properties[i].name, PROPERTY_UNITS);
        const char *value = escaped(w, book->properties[i].value, PROPERTY_UNITS);
        if (w->error == LXW_NO_ERROR)
            note_error(w, workbook_set_custom_property_string(w->workbook, name, value));
    }
}

/* Fill the library's workbook and let it write the file. Closing is the only way to free it, so that is done in any case. */
static void
write_file(struct writer *w, const char *path)
{
    w->workbook = workbook_new(path);
    if (w->workbook == NULL) {
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    add_formats(w);
    write_sheets(w);
    write_properties(w);
    if (w->error == LXW_NO_ERROR)
        w->place = "package";
    note_error(w, workbook_close(w->workbook));
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

enum status
write_xlsx(struct arena *arena, struct draft *draft, unsigned char **bytes, size_t *n, struct fault *fault)
{
    struct writer w = { .arena = arena, .draft = draft, .place = "styles" };
    for (size_t i = 0; i < draft->book.nsheets; i++)
        sheet_finish(&draft->book.sheets[i]);
    if (!has_memory(draft))
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    char path[64];
    int file = os_memory_file_new(NULL, 0, path);
    if (file < 0)
        return fault_set(fault, STATUS_OUTPUT, "no file in memory");
    write_file(&w, path);
    enum status status = STATUS_OK;
    if (w.error != LXW_NO_ERROR)
        status = fault_set(fault, w.error == LXW_ERROR_MEMORY_MALLOC_FAILED ? STATUS_MEMORY : STATUS_OUTPUT, "%s: %s", w.place,
            lxw_strerror(w.error));
    else
        status = os_memory_file_read(file, arena, bytes, n);
    os_memory_file_close(file);
    return status == STATUS_OK ? whole_check(arena, *bytes, *n, fault) : status;
}
