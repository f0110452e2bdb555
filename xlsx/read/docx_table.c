/* SPDX-License-Identifier: MIT */
/* docx_table: tables of a Word document as sheets, ECMA-376 part 1, 17.4. A cell stands at the grid column where the spans of those left
 * of it end (17.4.17 gridSpan, 17.4.15 gridBefore); 17.4.84 vMerge and 17.4.22 hMerge make merged ranges, of which only the first cell is
 * printed. Deleted rows and cells are not there (17.13.5.12, 17.13.5.1). Each table is a sheet, named by its number in the order in
 * which tables begin, nested ones too, so that a person who counts them finds it. Widths are not asked, nor is tblGrid. */
#include "docx_parts.h"

#define NOWHERE UINT32_MAX

enum merging { MERGING_NONE, MERGING_BEGINS, MERGING_GOES_ON };

/* A cell being read. */
struct docx_cell {
    uint32_t span;
    enum merging down, along;
    bool deleted;
    const char *boxed;              /* the only paragraph of a text box in it; NULL: none */
};

/* What the last cell that began in a column covers. */
struct docx_span { struct area area; bool there, down; };

struct docx_table {
    size_t sheet;                   /* index into book->sheets, which may move */
    uint32_t row, col;              /* where the next cell stands */
    struct docx_span *spans;        /* by column */
    size_t spans_cap;
    uint32_t left;                  /* where the cell left of the next one begins; NOWHERE: there is none */
    bool dropped;                   /* the row is deleted */
    struct docx_cell *cell;
};

static struct sheet *
sheet_of(struct docx *d, const struct docx_table *table)
{
    return &d->package.book->sheets[table->sheet];
}

static enum status
too_big(struct docx *d, const char *what, int most)
{
    return fault_set(d->package.fault, STATUS_TOO_BIG, "%s: a table of more than %d %s", d->package.xml.part, most, what);
}

/* What a span covers is known: it is a merged range when it is more than a cell. */
static enum status
close_span(struct docx *d, const struct docx_table *table, struct docx_span *span)
{
    struct sheet *sheet = sheet_of(d, table);
    bool merged = span->there && (span->area.row < span->area.row2 || span->area.col < span->area.col2);
    span->there = false;
    if (merged && sheet->nmerges == LIMIT_MERGES)
        return too_big(d, "merged ranges", LIMIT_MERGES);
    return !merged || sheet_add_merge(d->package.arena, sheet, span->area) ? STATUS_OK : STATUS_MEMORY;
}

/* Room for what begins in column `col`. */
static bool
span_room(struct docx *d, struct docx_table *table, uint32_t col)
{
    while (table->spans_cap <= col)
        if (!arena_room(d->package.arena, &table->spans, table->spans_cap, &table->spans_cap, sizeof *table->spans))
            return false;
    return true;
}

/* The cell's place: a span of its own, or more of the one on the left or above. One that goes on from nothing, or from a cell of another
 * width, is its own: it must cover none of its neighbours. *printed: of its own. */
static enum status
place_cell(struct docx *d, struct docx_table *table, const struct docx_cell *cell, bool *printed)
{
    if (!span_room(d, table, table->col))
        return STATUS_MEMORY;
    uint16_t col = (uint16_t)table->col, last = (uint16_t)(col + cell->span - 1);
    struct docx_span *span = &table->spans[col];
    *printed = false;
    if (cell->along == MERGING_GOES_ON && table->left != NOWHERE) {
        table->spans[table->left].area.col2 = last;
        return STATUS_OK;
    }
    table->left = col;
    if (cell->down == MERGING_GOES_ON && span->there && span->down && span->area.row2 + 1 == table->row && span->area.col2 == last) {
        span->area.row2 = table->row;
        return STATUS_OK;
    }
    enum status status = close_span(d, table, span);
    *span = (struct docx_span){ { table->row, table->row, col, last }, true, cell->down != MERGING_NONE };
    *printed = true;
    return status;
}

static enum status
end_cell(struct docx *d, struct docx_table *table, const struct docx_cell *cell, const struct docx_flow *flow)
{
    bool printed;
    uint32_t col = table->col;
    if (cell->span > LIMIT_COLS - col)
        return too_big(d, "columns", LIMIT_COLS);
    enum status status = place_cell(d, table, cell, &printed);
    if (status != STATUS_OK)
        return status;
    table->col += cell->span;
    const char *text = d->text.at + flow->begin;
    if (cell->boxed != NULL && text[strspn(text, "\n")] == '\0')
        text = cell->boxed;
    return !printed || sheet_add_text(d->package.arena, sheet_of(d, table), table->row, (uint16_t)col, text) ? STATUS_OK : STATUS_MEMORY;
}

enum status
docx_cell(struct docx *d)
{
    struct docx_table *table = d->table;
    if (table == NULL)
        return docx_walk(d);
    if (table->dropped)
        return docx_skip(d);
    struct docx_cell cell = { .span = 1 }, *outer_cell = table->cell;
    struct docx_flow flow = { .begin = d->text.n, .told = d->text.n, .cell = true }, *outer = d->flow;
    uint64_t codes = d->codes;
    table->cell = &cell;
    d->flow = &flow;
    d->codes = 0;
    enum status status = docx_walk(d);
    if (status == STATUS_OK && !cell.deleted)
        status = end_cell(d, table, &cell, &flow);
    if (status == STATUS_OK)
        status = docx_end_flow(d, &flow);
    table->cell = outer_cell;
    d->flow = outer;
    d->codes = codes;
    return status;
}

void
docx_boxed(const struct docx *d, const char *text)
{
    if (d->table != NULL && d->table->cell != NULL)
        d->table->cell->boxed = text;
}

/* 17.18.57 ST_Merge: nothing said is that it goes on. 17.18.1 ST_AnnotationVMerge shortens the words. */
static enum merging
merging_of(const struct slice *value)
{
    return value != NULL && (slice_is(value, "restart") || slice_is(value, "rest")) ? MERGING_BEGINS : MERGING_GOES_ON;
}

enum status
docx_cell_properties(struct docx *d)
{
    struct xml *xml = &d->package.xml;
    struct docx_cell *cell = d->table != NULL ? d->table->cell : NULL;
    if (cell == NULL)
        return docx_skip(d);
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (xml_is(xml, "gridSpan"))
            cell->span = docx_number(xml, "val", 1);
        else if (xml_is(xml, "vMerge"))
            cell->down = merging_of(docx_attribute(xml, "val"));
        else if (xml_is(xml, "hMerge"))
            cell->along = merging_of(docx_attribute(xml, "val"));
        else if (xml_is(xml, "cellMerge") && docx_attribute(xml, "vMerge") != NULL)
            cell->down = merging_of(docx_attribute(xml, "vMerge"));
        else if (xml_is(xml, "cellDel"))
            cell->deleted = true;
        d->package.book->revised |= xml_is(xml, "cellMerge") || xml_is(xml, "cellDel") || xml_is(xml, "cellIns");
    }
    cell->span += cell->span == 0;
    return xml->status;
}

enum status
docx_row(struct docx *d)
{
    struct docx_table *table = d->table;
    if (table == NULL)
        return docx_walk(d);
    if (table->row == LIMIT_ROWS)
        return too_big(d, "rows", LIMIT_ROWS);
    table->col = 0;
    table->left = NOWHERE;
    table->dropped = false;
    enum status status = docx_walk(d);
    table->row += !table->dropped;
    return status;
}

enum status
docx_row_properties(struct docx *d)
{
    struct xml *xml = &d->package.xml;
    struct docx_table *table = d->table;
    if (table == NULL)
        return docx_skip(d);
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (xml_is(xml, "gridBefore"))
            table->col = docx_number(xml, "val", 0);
        table->dropped |= xml_is(xml, "del");
        d->package.book->revised |= xml_is(xml, "del") || xml_is(xml, "ins");
    }
    return table->col < LIMIT_COLS ? xml->status : too_big(d, "columns", LIMIT_COLS);
}

enum status
docx_table(struct docx *d)
{
    struct book *book = d->package.book;
    struct docx_table table = { .sheet = book->nsheets, .left = NOWHERE }, *outer = d->table;
    if (book->nsheets == LIMIT_SHEETS)
        return fault_set(d->package.fault, STATUS_TOO_BIG, "%s: more than %d tables", d->package.xml.part, LIMIT_SHEETS);
    enum status status = docx_tell(d);
    if (status == STATUS_OK && book_add_table(book) == NULL)
        status = STATUS_MEMORY;
    if (status != STATUS_OK)
        return status;
    d->given++;
    d->table = &table;
    status = docx_walk(d);
    d->table = outer;
    for (size_t col = 0; status == STATUS_OK && col < table.spans_cap; col++)
        status = close_span(d, &table, &table.spans[col]);
    if (status != STATUS_OK)
        return status;
    const struct sheet *sheet = sheet_of(d, &table);
    sheet_finish(sheet_of(d, &table));
    if (sheet->ncells == 1 && table.row == 1)           /* a table of one cell is a box, too */
        docx_boxed(d, sheet->cells[0].text);
    return STATUS_OK;
}
