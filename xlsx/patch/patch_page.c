/* SPDX-License-Identifier: MIT */
/* patch_page: a sheet of a draft as a worksheet part of its own, ECMA-376 part 1, 18.3.1.99. Texts stand in their cells (18.3.1.53), so
 * that the shared strings stay as they are; styles are those of patch_styles.c. */
#include <stdlib.h>

#include "bytes.h"
#include "patch_parts.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" \
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"

enum { SHEET_ID_MAX = 65534 };          /* that Excel opens */

struct page_writer {
    struct patch *patch;
    const struct draft *draft;
    const struct sheet *sheet;
    const struct page *page;
    size_t *styles;                 /* the cell style of each of the draft's */
    struct text out;
};

static bool
take_styles(struct page_writer *w)
{
    w->styles = arena_array(w->patch->arena, w->draft->nstyles + 1, sizeof *w->styles);
    for (size_t i = 0; w->styles != NULL && i < w->draft->nstyles; i++)
        w->styles[i] = SIZE_MAX;
    return w->styles != NULL;
}

static size_t
style_of(struct page_writer *w, uint16_t style)
{
    if (style >= w->draft->nstyles)
        style = 0;
    if (w->styles[style] == SIZE_MAX)
        w->styles[style] = look_of(w->patch, &w->draft->styles[style]);
    if (w->styles[style] == SIZE_MAX)
        w->out.failed = true;
    return w->styles[style];
}

static void
put_view(struct page_writer *w)
{
    const struct page *page = w->page;
    char corner[A1_SIZE];
    if (page->tab_color != 0 || !page->scale) {
        text_puts(&w->out, "<sheetPr>");
        if (page->tab_color != 0)
            text_printf(&w->out, "<tabColor rgb=\"FF%06X\"/>", (unsigned)page->tab_color);
        text_puts(&w->out, page->scale ? "</sheetPr>" : "<pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    }
    text_puts(&w->out, "<sheetViews><sheetView workbookViewId=\"0\">");
    if (page->freeze_row > 0)
        text_printf(&w->out, "<pane ySplit=\"%lu\" topLeftCell=\"%s\" activePane=\"bottomLeft\" state=\"frozen\"/>",
                    (unsigned long)page->freeze_row, a1(page->freeze_row, 0, corner));
    text_puts(&w->out, "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"14.25\"/>");
    for (size_t i = 0; i < page->nwidths; i++)
        text_printf(&w->out, "%s<col min=\"%u\" max=\"%u\" width=\"%g\" customWidth=\"1\"/>", i == 0 ? "<cols>" : "",
                    page->widths[i].col + 1u, page->widths[i].col2 + 1u, page->widths[i].width);
    text_puts(&w->out, page->nwidths > 0 ? "</cols>" : "");
}

/* -- cells -- */

static void
put_cell(struct page_writer *w, const struct cell *cell)
{
    char address[A1_SIZE], number[32];
    size_t style = style_of(w, cell->format);
    a1(cell->row, cell->col, address);
    if (cell->kind == CELL_NUMBER) {
        text_printf(&w->out, "<c r=\"%s\" s=\"%zu\"><v>%s</v></c>", address, style, number_text(cell->number, number));
        return;
    }
    text_printf(&w->out, "<c r=\"%s\" s=\"%zu\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", address, style);
    tag_put_text(&w->out, cell->text != NULL ? cell->text : "");
    text_puts(&w->out, "</t></is></c>");
}

static int
compare_blanks(const void *a, const void *b)
{
    const struct blank *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->col > y->col) - (x->col < y->col);
}

/* Styled cells without a value before a place; one that has a value is left out. */
static void
put_blanks(struct page_writer *w, const struct blank **blank, const struct blank *end, uint32_t row, uint32_t col)
{
    char address[A1_SIZE];
    for (; *blank < end && (*blank)->row == row && (*blank)->col < col; ++*blank)
        if (sheet_cell(w->sheet, row, (*blank)->col) == NULL && (*blank + 1 == end || compare_blanks(*blank, *blank + 1) != 0))
            text_printf(&w->out, "<c r=\"%s\" s=\"%zu\"/>", a1(row, (*blank)->col, address), style_of(w, (*blank)->style));
}

static double
height_of(const struct page *page, uint32_t row)
{
    double height = 0;
    for (size_t i = 0; i < page->nheights; i++)
        if (page->heights[i].row == row)
            height = page->heights[i].height;
    return height;
}

static bool
put_rows(struct page_writer *w)
{
    const struct sheet *sheet = w->sheet;
    struct blank *blanks = arena_array(w->patch->arena, w->page->nblanks + 1, sizeof *blanks);
    if (blanks == NULL)
        return false;
    if (w->page->nblanks > 0) {
        memcpy(blanks, w->page->blanks, w->page->nblanks * sizeof *blanks);
        qsort(blanks, w->page->nblanks, sizeof *blanks, compare_blanks);
    }
    const struct blank *blank = blanks, *blanks_end = blanks + w->page->nblanks;
    const struct cell *cell = sheet->cells, *end = cell + sheet->ncells;
    text_puts(&w->out, "<sheetData>");
    while (cell < end || blank < blanks_end) {
        uint32_t row = cell == end || (blank < blanks_end && blank->row < cell->row) ? blank->row : cell->row;
        double height = height_of(w->page, row);
        text_printf(&w->out, "<row r=\"%lu\"", (unsigned long)row + 1);
        if (height > 0)
            text_printf(&w->out, " ht=\"%g\" customHeight=\"1\"", height < 409 ? height : 409);
        text_putc(&w->out, '>');
        for (; cell < end && cell->row == row; cell++) {
            put_blanks(w, &blank, blanks_end, row, cell->col);
            put_cell(w, cell);
        }
        put_blanks(w, &blank, blanks_end, row, LIMIT_COLS);
        text_puts(&w->out, "</row>");
    }
    text_puts(&w->out, "</sheetData>");
    return true;
}

/* -- behind the cells -- */

static void
put_rest(struct page_writer *w)
{
    static const char internal[] = "internal:";
    const struct page *page = w->page;
    char place[A1_SIZE];
    for (size_t i = 0; i < w->sheet->nmerges; i++)
        text_printf(&w->out, "%s<mergeCell ref=\"%s\"/>", i == 0 ? "<mergeCells>" : "", a1_area(w->sheet->merges[i], place));
    text_puts(&w->out, w->sheet->nmerges > 0 ? "</mergeCells>" : "");
    for (size_t i = 0; i < page->nlinks; i++) {
        const char *target = page->links[i].target;
        target += strncmp(target, internal, sizeof internal - 1) == 0 ? sizeof internal - 1 : 0;
        text_printf(&w->out, "%s<hyperlink ref=\"%s\" location=\"", i == 0 ? "<hyperlinks>" : "", a1(page->links[i].row, page->links[i].col, place));
        tag_put_text(&w->out, target);
        text_puts(&w->out, "\"/>");
    }
    text_puts(&w->out, page->nlinks > 0 ? "</hyperlinks>" : "");
    text_puts(&w->out, "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
    text_printf(&w->out, "<pageSetup paperSize=\"9\" orientation=\"%s\"%s/>", page->landscape ? "landscape" : "portrait",
                page->scale ? "" : " fitToHeight=\"0\"");
    if (page->footer != NULL) {
        text_puts(&w->out, "<headerFooter><oddFooter>");
        tag_put_text(&w->out, page->footer);
        text_puts(&w->out, "</oddFooter></headerFooter>");
    }
    text_puts(&w->out, "</worksheet>");
}

/* -- the workbook's list of sheets -- */

/* Names of sheets differ by more than the case of letters; this one may be of a chart. */
static bool
is_named(const struct slice *given, const char *name)
{
    size_t n = strlen(name), i = 0;
    while (given != NULL && given->n == n && i < n && lower(given->at[i]) == lower(name[i]))
        i++;
    return i == n;
}

static enum status
add_tab(struct patch *patch, const struct sheet *sheet, const char *id)
{
    struct slice bytes;
    struct splice s;
    struct xml *xml = &patch->xml;
    struct text element = text_new(patch->arena);
    uint32_t last = 0, number;
    bool added = false;
    enum status status = part_get(patch, patch->workbook, &bytes);
    if (status == STATUS_OK)
        status = splice_open(&s, patch->arena, xml, patch->workbook, bytes, "workbook", patch->fault);
    for (size_t depth = xml->depth; status == STATUS_OK && splice_child(&s, depth); ) {
        if (!xml_is(xml, "sheets") || added)
            continue;
        for (size_t sheets = xml->depth; splice_child(&s, sheets); ) {
            const struct slice *given = xml_get(xml, "sheetId");
            if (is_named(xml_get(xml, "name"), sheet->name))
                return fault_set(patch->fault, STATUS_UNSUPPORTED, "a sheet that is called %s", sheet->name);
            if (given != NULL && xlsx_index(given, &number) && number > last)
                last = number;
        }
        if (last >= SHEET_ID_MAX)
            return fault_set(patch->fault, STATUS_UNSUPPORTED, "no number for one more sheet");
        const char *prefix = splice_prefix(&s);
        text_printf(&element, "<%ssheet name=\"", prefix != NULL ? prefix : "");
        tag_put_text(&element, sheet->name);
        text_printf(&element, "\" sheetId=\"%lu\"%s xmlns:r=\"" OFFICE_RELATIONS "\" r:id=\"%s\"/>", last + 1ul, sheet->hidden ? " state=\"hidden\"" : "", id);
        if (element.failed || prefix == NULL)
            return STATUS_MEMORY;
        splice_append(&s, element.at);
        added = true;
    }
    if (status == STATUS_OK)
        status = splice_finish(&s, &bytes);
    return status == STATUS_OK ? part_put(patch, patch->workbook, bytes) : status;
}

/* Somebody has written formulas into a sheet of ours. The list of all cells with formulas names them, so it goes: whoever opens the
 * workbook makes it again, and would call it damaged with cells that have none. */
static enum status
drop_chain(struct patch *patch)
{
    struct relationships relationships;
    enum status status = xlsx_relationships(&patch->xlsx, patch->workbook, &relationships);
    const struct relationship *chain = status == STATUS_OK ? xlsx_related(&relationships, RELATION_CHAIN) : NULL;
    if (chain == NULL)
        return status;
    status = relation_remove(patch, patch->workbook, chain->id);
    if (status == STATUS_OK)
        status = type_remove(patch, chain->target);
    return status == STATUS_OK ? part_remove(patch, chain->target) : status;
}

/* What goes with the sheet of the last time: all that hung on it, and its formulas. */
static enum status
clear_sheet(struct patch *patch, const char *part)
{
    const char *rels = xlsx_relationships_of(patch->arena, part);
    struct slice bytes;
    struct splice s;
    bool formulas = false;
    enum xml_event event;
    enum status status = rels != NULL ? part_get(patch, part, &bytes) : STATUS_MEMORY;
    if (status == STATUS_OK)
        status = splice_open(&s, patch->arena, &patch->xml, part, bytes, "worksheet", patch->fault);
    while (status == STATUS_OK && (event = xml_next(&patch->xml)) != XML_FAILED && event != XML_FINISHED)
        formulas |= event == XML_START && xml_is(&patch->xml, "f");
    if (status == STATUS_OK && formulas)
        status = drop_chain(patch);
    return status == STATUS_OK && zip_find(&patch->zip, rels) != NULL ? part_remove(patch, rels) : status;
}

/* The part of a sheet of ours. */
static enum status
place_sheet(struct patch *patch, const struct sheet *sheet, const char **part)
{
    for (size_t i = 0; i < patch->ntabs; i++)
        if (strcmp(patch->tabs[i].name, sheet->name) == 0)
            return clear_sheet(patch, *part = patch->tabs[i].part);
    const char *id;
    if ((*part = part_free_name(patch, "xl/worksheets/nianbao", ".xml")) == NULL)
        return STATUS_MEMORY;
    enum status status = relation_add(patch, patch->workbook, OFFICE_RELATIONS "/worksheet", *part, &id);
    if (status == STATUS_OK)
        status = type_add(patch, *part, SHEET_TYPES "worksheet+xml");
    return status == STATUS_OK ? add_tab(patch, sheet, id) : status;
}

enum status
patch_sheet(struct patch *patch, const struct draft *draft, size_t sheet)
{
    struct page_writer w = { patch, draft, &draft->book.sheets[sheet], &draft->pages[sheet], NULL, text_new(patch->arena) };
    const char *part;
    text_puts(&w.out, HEAD);
    if (!take_styles(&w))
        return STATUS_MEMORY;
    put_view(&w);
    if (!put_rows(&w))
        return STATUS_MEMORY;
    put_rest(&w);
    if (w.out.failed)
        return STATUS_MEMORY;
    enum status status = place_sheet(patch, w.sheet, &part);
    return status == STATUS_OK ? part_put(patch, part, (struct slice){ w.out.at, w.out.n }) : status;
}
