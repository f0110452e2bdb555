/* SPDX-License-Identifier: MIT */
/* xlsx_sheet: the cells and merged ranges of a worksheet part. ECMA-376 part 1: 18.3.1.73 (row), 18.3.1.4 (c), 18.3.1.96 (v),
 * 18.3.1.40 (f), 18.3.1.53 (is), 18.3.1.55 (mergeCells). The dimension is not believed. A cell without an address follows the one
 * before it. Formulas are kept as text; data tables have none. Everything else of a sheet is scanned and left out. */
#include "sieve.h"
#include "xlsx_parts.h"

/* A shared formula and the cell it was written for. */
struct shared { const char *formula; uint32_t row; uint16_t col; };

struct sheet_reader {
    struct xlsx *x;
    struct sheet *sheet;
    struct sieve *sieve;            /* its cells */
    struct plain_place place;
    struct shared *shared;          /* by their index (si) */
    size_t shared_cap;
    struct plain_row like;          /* the tag of the last plain row */
    size_t root;                    /* where the tag of the root ends; 0: it is an unusual one */
};

static enum status
damaged(struct sheet_reader *s, const struct raw_cell *raw, const char *what)
{
    char at[A1_SIZE];
    return fault_set(s->x->fault, STATUS_DAMAGED, "%s: %s: %s", s->x->xml.part, a1(raw->cell.row, raw->cell.col, at), what);
}

static bool
cell_type(const struct slice *t, char *type)
{
    static const struct { const char *name; char type; } known[] = {
        { "s", 's' }, { "n", 'n' }, { "str", 'S' }, { "inlineStr", 'i' }, { "b", 'b' }, { "e", 'e' }, { "d", 'd' },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_is(t, known[i].name)) {
            *type = known[i].type;
            return true;
        }
    return false;
}

/* Where the <c> just started stands. */
static enum status
read_address(struct sheet_reader *s, uint32_t *row, uint16_t *col)
{
    struct xml *xml = &s->x->xml;
    const struct slice *r = xml_get(xml, "r");
    if (r != NULL) {
        if (!xlsx_address(r, row, col))
            return xml_damaged(xml, "a cell with a bad address");
    } else {
        if (s->place.col >= LIMIT_COLS || s->place.row >= LIMIT_ROWS)
            return xml_damaged(xml, "a cell outside the sheet");
        *row = s->place.row;
        *col = (uint16_t)s->place.col;
    }
    s->place.row = *row;
    s->place.col = *col + 1u;
    return STATUS_OK;
}

/* Its style and type. What is no number of a style is the first one. */
static enum status
read_attributes(struct sheet_reader *s, struct raw_cell *raw)
{
    struct xlsx *x = s->x;
    const struct slice *style = xml_get(&x->xml, "s"), *type = xml_get(&x->xml, "t");
    if (style != NULL && !xlsx_index(style, &raw->style))
        raw->style = 0;
    raw->type = 'n';
    if (type != NULL && !cell_type(type, &raw->type))
        return xml_damaged(&x->xml, "a cell of an unknown type");
    return STATUS_OK;
}

/* Room for the shared formula of index i. */
static enum status
shared_at(struct sheet_reader *s, uint32_t i, struct shared **shared)
{
    while (s->shared_cap <= i)
        if (!arena_room(s->x->arena, &s->shared, s->shared_cap, &s->shared_cap, sizeof *s->shared))
            return STATUS_MEMORY;
    *shared = &s->shared[i];
    return STATUS_OK;
}

/* The formula of a cell. A shared one that is used before it is written stays unknown. */
static enum status
keep_formula(struct sheet_reader *s, struct cell *cell, struct shared *shared, const struct slice *formula)
{
    struct xlsx *x = s->x;
    if (formula->n > 0 && shared != NULL) {
        cell->formula = arena_text(x->arena, formula->at, formula->n);
        *shared = (struct shared){ cell->formula, cell->row, cell->col };
    } else if (formula->n > 0) {
        cell->formula = sieve_text(s->sieve, formula->at, formula->n);
    } else if (shared != NULL && shared->formula != NULL) {
        xlsx_cut(&x->formula, 0);
        xlsx_shift(&x->formula, shared->formula, (int64_t)cell->row - shared->row, (int64_t)cell->col - shared->col);
        cell->formula = x->formula.failed ? NULL : sieve_text(s->sieve, x->formula.at, x->formula.n);
    } else {
        return STATUS_OK;
    }
    return cell->formula != NULL ? STATUS_OK : STATUS_MEMORY;
}

/* The <f> just started. */
static enum status
read_formula(struct sheet_reader *s, struct raw_cell *raw)
{
    struct xlsx *x = s->x;
    struct shared *shared = NULL;
    const struct slice *type = xml_get(&x->xml, "t"), *si = xml_get(&x->xml, "si");
    enum status status = STATUS_OK;
    if (type != NULL && slice_is(type, "shared") && si != NULL)
        status = xlsx_index(si, &raw->share) && raw->share < LIMIT_ROWS ? shared_at(s, raw->share, &shared)
                                                                       : xml_damaged(&x->xml, "a bad shared formula index");
    xlsx_cut(&x->formula, 0);
    if (status == STATUS_OK)
        status = xlsx_text(x, &x->formula);
    if (status != STATUS_OK)
        return status;
    raw->has_formula = true;
    return keep_formula(s, &raw->cell, shared, &(struct slice){ x->formula.at, x->formula.n });
}

/* White space around anything but a text says nothing. */
static void
trim(struct text *value)
{
    static const char blanks[] = " \t\n\r";
    if (value->n == 0 || (value->at[0] > ' ' && value->at[value->n - 1] > ' '))
        return;
    size_t lead = strspn(value->at, blanks), n = value->n;
    while (n > lead && strchr(blanks, value->at[n - 1]) != NULL)
        n--;
    xlsx_cut(value, n);
    if (lead > 0) {
        memmove(value->at, value->at + lead, n - lead);
        xlsx_cut(value, n - lead);
    }
}

/* The children of <c>. An inline text beats a value. */
static enum status
read_children(struct sheet_reader *s, struct raw_cell *raw)
{
    struct xlsx *x = s->x;
    struct xml *xml = &x->xml;
    enum status status = STATUS_OK;
    xlsx_cut(&x->value, 0);
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (xml_is(xml, "v") && !raw->has_inline) {
            raw->has_value = true;
            xlsx_cut(&x->value, 0);
            status = raw->type == 'n' ? xml_content(xml, &x->value) : xlsx_text(x, &x->value);
        } else if (xml_is(xml, "is") && raw->type == 'i') {
            raw->has_inline = true;
            xlsx_cut(&x->value, 0);
            status = xlsx_rich_text(x, &x->value);
        } else if (xml_is(xml, "f")) {
            status = read_formula(s, raw);
        }
    }
    if (raw->type != 'S' && raw->type != 'i')
        trim(&x->value);
    raw->value = (struct slice){ x->value.at, x->value.n };
    return status != STATUS_OK ? status : xml->status;
}

static enum status
text_value(struct sheet_reader *s, struct raw_cell *raw, enum cell_kind kind)
{
    raw->cell.kind = (uint8_t)kind;
    raw->cell.text = sieve_text(s->sieve, raw->value.at, raw->value.n);
    return raw->cell.text != NULL ? STATUS_OK : STATUS_MEMORY;
}

static enum status
shared_text(struct sheet_reader *s, struct raw_cell *raw)
{
    if (raw->index >= s->x->nstrings)
        return damaged(s, raw, "a shared string that is not there");
    raw->cell.kind = CELL_TEXT;
    raw->cell.text = s->x->strings[raw->index];
    return STATUS_OK;
}

/* Turn a value, which is not empty, into what the cell's type says it is. */
static enum status
set_value(struct sheet_reader *s, struct raw_cell *raw)
{
    struct xlsx *x = s->x;
    struct cell *cell = &raw->cell;
    bool truth;
    switch (raw->type) {
    case 's':
        if (!xlsx_index(&raw->value, &raw->index))
            raw->index = UINT32_MAX;
        return shared_text(s, raw);
    case 'S':
    case 'i':
        return text_value(s, raw, CELL_TEXT);
    case 'e':
        return text_value(s, raw, CELL_ERROR);
    case 'b':
        if (!xlsx_boolean(&raw->value, &truth))
            return damaged(s, raw, "not a boolean");
        cell->kind = CELL_BOOLEAN;
        cell->number = truth;
        return STATUS_OK;
    case 'd':
        cell->kind = CELL_NUMBER;
        return xlsx_date(raw->value.at, x->book->date1904, &cell->number) ? STATUS_OK : damaged(s, raw, "not a date");
    default:
        cell->kind = CELL_NUMBER;
        return xlsx_number(raw->value.at, &cell->number) ? STATUS_OK : damaged(s, raw, "not a number");
    }
}

/* Add the cell, unless it has neither value nor formula and is only its style, or its text is empty. */
static inline enum status
add_cell(struct sheet_reader *s, struct raw_cell *raw)
{
    const struct xlsx *x = s->x;
    bool empty_text = raw->type == 'S' && raw->has_value;
    enum status status = STATUS_OK;
    if (raw->parsed && raw->type == 'n')
        raw->cell.kind = CELL_NUMBER;
    else if (raw->parsed)
        status = shared_text(s, raw);
    else if (raw->value.n > 0)
        status = set_value(s, raw);
    else if (raw->has_formula && !empty_text)
        raw->cell.kind = CELL_FORMULA;
    else
        return STATUS_OK;
    if (status != STATUS_OK || (raw->cell.text != NULL && raw->cell.text[0] == '\0'))
        return status;
    if (raw->style < x->nformats)
        raw->cell.format = x->formats[raw->style];
    raw->cell.computed = raw->has_formula;
    return sieve_add_cell(s->sieve, &raw->cell) ? STATUS_OK : STATUS_MEMORY;
}

/* The <c> just started. */
static enum status
read_cell(struct sheet_reader *s)
{
    struct raw_cell raw = { .type = 'n' };
    enum status status = read_address(s, &raw.cell.row, &raw.cell.col);
    if (status != STATUS_OK || s->x->xml.empty)
        return status;
    status = read_attributes(s, &raw);
    if (status == STATUS_OK)
        status = read_children(s, &raw);
    return status == STATUS_OK ? add_cell(s, &raw) : status;
}

/* The cells that come next as far as they are plain. closed: NULL, or, of a row that is not open to the scanner, whether its end was met. */
static enum status
read_plain(struct sheet_reader *s, bool *closed)
{
    struct raw_cell raw;
    struct plain_texts texts;
    enum status status = STATUS_OK;
    enum plain what = PLAIN_CELL;
    texts.value.nknown = 0;
    while (status == STATUS_OK && (what = xlsx_plain_cell(&s->x->xml, closed != NULL, &s->place, &raw, &texts)) == PLAIN_CELL) {
        struct shared *shared = NULL;
        if (raw.has_formula && raw.shared)
            status = shared_at(s, raw.share, &shared);
        if (raw.has_formula && status == STATUS_OK)
            status = keep_formula(s, &raw.cell, shared, &raw.formula);
        if (status == STATUS_OK)
            status = add_cell(s, &raw);
    }
    if (closed != NULL)
        *closed = what == PLAIN_END;
    return status;
}

/* The cells of the row that is open. */
static enum status
read_cells(struct sheet_reader *s)
{
    struct xml *xml = &s->x->xml;
    for (size_t depth = xml->depth;;) {
        enum status status = xml->depth == depth && xlsx_plain(xml) ? read_plain(s, NULL) : STATUS_OK;
        if (status == STATUS_OK && !xml_child(xml, depth))
            return xml->status;
        if (status == STATUS_OK && xml_is(xml, "c"))
            status = read_cell(s);
        if (status != STATUS_OK)
            return status;
    }
}

/* The <row> just started. */
static enum status
read_row(struct sheet_reader *s)
{
    struct xml *xml = &s->x->xml;
    const struct slice *r = xml_get(xml, "r");
    uint32_t row = s->place.row + 1;
    if (r != NULL && (!xlsx_index(r, &row) || row == 0 || row > LIMIT_ROWS))
        return xml_damaged(xml, "a row with a bad number");
    s->place.row = row - 1;
    enum status status = read_cells(s);
    s->place.row = row;
    s->place.col = 0;
    return status;
}

/* The rows that come next as far as they are plain; a cell that is not is read in its row as that of another. */
static enum status
read_plain_rows(struct sheet_reader *s)
{
    struct xml *xml = &s->x->xml;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && xlsx_plain_row(xml, &s->place, &s->like)) {
        uint32_t row = s->place.row + 1;
        bool closed = !s->like.open;
        if (!closed)
            status = read_plain(s, &closed);
        if (!closed && status == STATUS_OK)
            status = xml_enter(xml, "row") ? read_cells(s) : STATUS_MEMORY;
        s->place.row = row;
        s->place.col = 0;
    }
    return status;
}

static enum status
read_rows(struct sheet_reader *s)
{
    struct xml *xml = &s->x->xml;
    for (size_t depth = xml->depth;;) {
        enum status status = xml->depth == depth ? read_plain_rows(s) : STATUS_OK;
        if (status == STATUS_OK && !xml_child(xml, depth))
            return xml->status;
        if (status == STATUS_OK && xml_is(xml, "row"))
            status = read_row(s);
        if (status != STATUS_OK)
            return status;
    }
}

/* "A3:D20", or one cell; the corners may come in any order. */
static bool
parse_area(const struct slice *ref, struct area *area)
{
    const char *colon = memchr(ref->at, ':', ref->n);
    struct slice first = { ref->at, colon != NULL ? (size_t)(colon - ref->at) : ref->n }, second = first;
    if (colon != NULL)
        second = (struct slice){ colon + 1, ref->n - first.n - 1 };
    struct area a;
    if (!xlsx_address(&first, &a.row, &a.col) || !xlsx_address(&second, &a.row2, &a.col2))
        return false;
    *area = (struct area){
        .row = a.row < a.row2 ? a.row : a.row2, .row2 = a.row < a.row2 ? a.row2 : a.row,
        .col = a.col < a.col2 ? a.col : a.col2, .col2 = a.col < a.col2 ? a.col2 : a.col,
    };
    return true;
}

static enum status
add_merge(struct sheet_reader *s, struct area area)
{
    if (s->sheet->nmerges == LIMIT_MERGES)
        return fault_set(s->x->fault, STATUS_TOO_BIG, "%s: more than %d merged ranges", s->x->xml.part, LIMIT_MERGES);
    return sheet_add_merge(s->x->arena, s->sheet, area) ? STATUS_OK : STATUS_MEMORY;
}

static enum status
read_merges(struct sheet_reader *s)
{
    struct xml *xml = &s->x->xml;
    struct area area;
    for (size_t depth = xml->depth;;) {
        if (xml->depth != depth || !xlsx_plain_merge(xml, &area)) {
            if (!xml_child(xml, depth))
                return xml->status;
            if (!xml_is(xml, "mergeCell"))
                continue;
            const struct slice *ref = xml_get(xml, "ref");
            if (ref == NULL || !parse_area(ref, &area))
                return xml_damaged(xml, "a bad merged range");
        }
        enum status status = add_merge(s, area);
        if (status != STATUS_OK)
            return status;
    }
}

/* Where the tag of the root, just started, ends, if its bytes are as they lay in the part. */
static size_t
root_end(const struct xml *xml)
{
    for (size_t i = 0; i < xml->nattributes; i++)
        if (xml->attributes[i].coded)
            return 0;
    return xml_position(xml);
}

/* The next child of the root that says anything here. */
static bool
next_child(struct sheet_reader *s, size_t depth)
{
    static const char end[] = "</worksheet>";
    struct xml *xml = &s->x->xml;
    struct passage passage;
    xlsx_passage(s->x, s->root, &passage);
    while (xml_child(xml, depth))
        if (xml_is(xml, "sheetData") || xml_is(xml, "mergeCells")) {
            xlsx_passage_end(s->x, &passage, xml->name.at - 1);
            return true;
        }
    if (xml->status == STATUS_OK)
        xlsx_passage_end(s->x, &passage, (const char *)xml->at - (sizeof end - 1));
    return false;
}

static enum status
read_sheet(struct xlsx *x, const char *part, struct sheet *sheet, const struct interest *interest, bool *failed)
{
    struct xml *xml = &x->xml;
    struct sheet_reader s = { .x = x, .sheet = sheet, .sieve = sieve_new(x->arena, sheet, interest), .place = { .written = 1 } };
    enum status status = s.sieve != NULL ? xlsx_open(x, part, "worksheet") : STATUS_MEMORY;
    s.root = status == STATUS_OK ? root_end(xml) : 0;
    for (size_t depth = xml->depth; status == STATUS_OK && next_child(&s, depth); )
        status = xml_is(xml, "sheetData") ? read_rows(&s) : read_merges(&s);
    *failed = s.sieve != NULL && sieve_failed(s.sieve);
    return status == STATUS_OK ? xml->status : status;
}

enum status
xlsx_sheet(struct xlsx *x, const char *part, struct sheet *sheet)
{
    bool failed;
    uint64_t allowance = x->zip->allowance;
    enum status status = read_sheet(x, part, sheet, x->interest, &failed);
    if (status == STATUS_OK && failed) {
        sheet->ncells = sheet->nmerges = sheet->passed = 0;
        x->zip->allowance = allowance;
        status = read_sheet(x, part, sheet, NULL, &failed);
    }
    if (status == STATUS_OK)
        sheet_finish(sheet);
    return status;
}
