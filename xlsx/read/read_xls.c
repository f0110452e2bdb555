/* SPDX-License-Identifier: MIT */
/* read_xls: .xls and .et workbooks after [MS-XLS]: the streams of BIFF8 and BIFF5 from an OLE container, and those of BIFF2 to BIFF4,
 * whose records differ in a few numbers and widths (tables `records` and the notes at each reader).
 * Read: cells with their cached values, merged ranges, number formats, hidden sheets, the date system, the code page.
 * Left out: formula texts (their tokens are not decompiled), everything drawn, charts, macro and Visual Basic sheets, BIFF4
 * workspaces, and encrypted files, which are told apart from damaged ones.
 * freexl 1.0.6 is not used: it drops formulas, turns booleans and errors into numbers and texts and dates into texts, and loses
 * whole sheets of good files without a word. */
#include "read.h"

#include <math.h>
#include <string.h>

#include "biff.h"
#include "limits.h"
#include "number_format.h"
#include "text.h"

enum {
    BOF = 0x0809, BOF2 = 0x0009, BOF3 = 0x0209, BOF4 = 0x0409, END = 0x000A,        /* records the walk itself looks at */
    INTEGER = 0x0002, RK = 0x027E,                                                  /* numbers, if not doubles */
    GLOBALS = 0x0005, WORKSHEET = 0x0010                                            /* types of substreams: BOF 2.4.21 */
};

struct xls {
    struct arena *arena;
    struct book *book;
    struct fault *fault;
    struct biff biff;
    int version;                        /* of BIFF: 2, 3, 4, 5 or 8 */
    unsigned codepage;
    struct sheet *sheet;                /* being read; NULL in the globals */
    struct bound { const char *name; uint32_t at; bool hidden; } *bounds;   /* the worksheets, and where they begin */
    size_t nbounds, bounds_cap;
    const char **strings;               /* shared strings */
    size_t nstrings, strings_cap;
    struct number_formats formats;
    uint16_t *styles;                   /* cell style -> index in book.formats */
    size_t nstyles, styles_cap;
    struct text scratch;                /* the string just read */
    size_t walked;                      /* bytes of substreams read so far */
};

static enum status
no_memory(struct xls *x)
{
    return fault_set(x->fault, STATUS_MEMORY, "xls: at byte %zu", x->biff.next);
}

static enum status
damaged(struct xls *x, const char *what)
{
    return fault_set(x->fault, STATUS_DAMAGED, "xls: sheet '%s': record 0x%04X before byte %zu: %s",
                     x->sheet ? x->sheet->name : "", (unsigned)x->biff.id, x->biff.next, what);
}

/* -- strings: each reads into x->scratch -- */

/* A string whose length is `width` bytes wide: UTF-16 in BIFF8, bytes in a code page before. Some programs end the record behind the length
 * of an empty one. */
static enum status
read_string(struct xls *x, int width)
{
    size_t count = width == 1 ? biff_u8(&x->biff) : biff_u16(&x->biff);
    x->scratch.n = 0;
    text_puts(&x->scratch, "");
    if (count == 0 && !biff_more(&x->biff))
        return STATUS_OK;
    if (x->version == 8)
        biff_unicode(&x->biff, count, &x->scratch);
    else if (!biff_bytes(&x->biff, count, x->codepage, &x->scratch))
        return fault_set(x->fault, STATUS_UNSUPPORTED, "xls: code page %u", x->codepage);
    return x->scratch.failed ? no_memory(x) : STATUS_OK;
}

static const char *
kept(struct xls *x)
{
    return x->scratch.n ? arena_text(x->arena, x->scratch.at, x->scratch.n) : "";
}

/* -- globals -- */

static enum status
read_codepage(struct xls *x)
{
    x->codepage = biff_u16(&x->biff);
    return STATUS_OK;
}

static enum status
read_datemode(struct xls *x)
{
    x->book->date1904 = biff_u16(&x->biff) == 1;
    return STATUS_OK;
}

static enum status
read_filepass(struct xls *x)
{
    return fault_set(x->fault, STATUS_ENCRYPTED, "xls: FILEPASS");
}

static enum status
read_boundsheet(struct xls *x)
{
    uint32_t at = biff_u32(&x->biff);
    bool hidden = (biff_u8(&x->biff) & 3) != 0;     /* 1 hidden, 2 very hidden */
    bool worksheet = biff_u8(&x->biff) == 0;
    enum status status = read_string(x, 1);
    if (status != STATUS_OK || !worksheet)
        return status;
    if (x->nbounds == LIMIT_SHEETS)
        return fault_set(x->fault, STATUS_TOO_BIG, "xls: more than %d sheets", LIMIT_SHEETS);
    const char *name = kept(x);
    if (!name || !arena_room(x->arena, &x->bounds, x->nbounds, &x->bounds_cap, sizeof *x->bounds))
        return no_memory(x);
    x->bounds[x->nbounds++] = (struct bound){ name, at, hidden };
    return STATUS_OK;
}

static enum status
read_format(struct xls *x)
{
    uint16_t id = biff_u16(&x->biff);
    enum status status = read_string(x, x->version == 8 ? 2 : 1);
    if (status != STATUS_OK)
        return status;
    x->biff.failed = false;             /* a code that is cut off: what is there of it */
    const char *code = kept(x);
    return code ? number_format_define(x->arena, &x->formats, id, code, x->fault) : no_memory(x);
}

static enum status
read_xf(struct xls *x)
{
    biff_skip(&x->biff, 2);
    uint16_t id = biff_u16(&x->biff);
    if (!arena_room(x->arena, &x->styles, x->nstyles, &x->styles_cap, sizeof *x->styles))
        return no_memory(x);
    return number_format_use(x->book, &x->formats, id, &x->styles[x->nstyles++], x->fault);     /* FORMAT comes before XF: 2.1.7.20.1 */
}

/* The shared strings. Their number is not believed: makers get it wrong. What ends too early, or is no string, is left; if a
 * string is lost by that, the cell that wants it will say so. */
static enum status
read_sst(struct xls *x)
{
    biff_skip(&x->biff, 8);
    while (biff_more(&x->biff)) {
        enum status status = read_string(x, 2);
        if (status != STATUS_OK || x->biff.failed) {
            x->biff.failed = false;
            return status;
        }
        const char *text = kept(x);
        if (!text || !arena_room(x->arena, &x->strings, x->nstrings, &x->strings_cap, sizeof *x->strings))
            return no_memory(x);
        x->strings[x->nstrings++] = text;
    }
    return STATUS_OK;
}

/* -- cells -- */

static enum status
add_cell(struct xls *x, struct cell cell)
{
    if (x->biff.failed || cell.col >= LIMIT_COLS)
        return damaged(x, "a cell that is too short or outside the sheet");
    if (cell.kind == CELL_NUMBER && !isfinite(cell.number)) {
        cell.kind = CELL_ERROR;
        cell.text = "#NUM!";
    }
    return sheet_add_cell(x->arena, x->sheet, &cell) ? STATUS_OK : no_memory(x);
}

static uint16_t
read_style(struct xls *x)
{
    uint16_t style = biff_u16(&x->biff);
    return style < x->nstyles ? x->styles[style] : 0;
}

/* A record of BIFF2? Sheets of BIFF2 may hold later ones, too. */
static bool
is_short(const struct xls *x)
{
    return x->version == 2 && x->biff.id < 0x0100;
}

/* What every cell record begins with. */
static struct cell
read_place(struct xls *x)
{
    struct cell cell = { .row = biff_u16(&x->biff) };
    cell.col = biff_u16(&x->biff);
    if (is_short(x))
        biff_skip(&x->biff, 3);         /* the attributes stand here themselves */
    else
        cell.format = read_style(x);
    return cell;
}

static enum status
read_number(struct xls *x)
{
    uint16_t id = x->biff.id;
    struct cell cell = read_place(x);
    cell.number = id == INTEGER ? biff_u16(&x->biff) : id == RK ? biff_rk(&x->biff) : biff_double(&x->biff);
    return add_cell(x, cell);
}

static enum status
read_mulrk(struct xls *x)
{
    uint16_t row = biff_u16(&x->biff), col = biff_u16(&x->biff);
    enum status status = STATUS_OK;
    for (; status == STATUS_OK && x->biff.left > 2; col++) {        /* the last column closes the record */
        struct cell cell = { .row = row, .col = col, .format = read_style(x) };
        cell.number = biff_rk(&x->biff);
        status = add_cell(x, cell);
    }
    return status;
}

static enum status
add_text(struct xls *x, struct cell cell, const char *text)
{
    if (!text)
        return no_memory(x);
    cell.kind = CELL_TEXT;
    cell.text = text;
    return *text ? add_cell(x, cell) : STATUS_OK;
}

static enum status
read_label(struct xls *x)
{
    struct cell cell = read_place(x);
    enum status status = read_string(x, is_short(x) ? 1 : 2);
    return status == STATUS_OK ? add_text(x, cell, kept(x)) : status;
}

static enum status
read_labelsst(struct xls *x)
{
    struct cell cell = read_place(x);
    uint32_t i = biff_u32(&x->biff);
    return i < x->nstrings ? add_text(x, cell, x->strings[i]) : damaged(x, "no such shared string");
}

/* BErr 2.5.10 */
static const char *
error_text(uint8_t code)
{
    switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    case 0x2B: return "#GETTING_DATA";
    default: return "#N/A";
    }
}

static void
set_bool_or_error(struct cell *cell, bool is_error, uint8_t value)
{
    cell->kind = is_error ? CELL_ERROR : CELL_BOOLEAN;
    if (is_error)
        cell->text = error_text(value);
    else
        cell->number = value != 0;
}

static enum status
read_boolerr(struct xls *x)
{
    struct cell cell = read_place(x);
    uint8_t value = biff_u8(&x->biff);
    set_bool_or_error(&cell, biff_u8(&x->biff) != 0, value);
    return add_cell(x, cell);
}

/* True if the tokens of a formula (Rgce 2.5.198.104) end in arithmetic or SUM. Such a formula never gives a text: if it holds
 * the empty one, its maker did not calculate (xlwt does so). */
static bool
gives_number(const struct biff *biff)
{
    struct biff b = *biff;
    biff_skip(&b, 4);
    size_t n = biff_u16(&b);
    if (n < 4 || n > b.left)
        return false;
    const unsigned char *end = b.at + n;
    bool arithmetic = (end[-1] >= 0x03 && end[-1] <= 0x07) || (end[-1] >= 0x12 && end[-1] <= 0x14);
    bool sum = (end[-4] & 0x1F) == 0x02 && end[-2] == 4 && end[-1] == 0;        /* PtgFuncVar */
    bool sum_of_one = end[-4] == 0x19 && end[-3] == 0x10;                       /* PtgAttrSum */
    return arithmetic || sum || sum_of_one;
}

/* A formula with its cached value, FormulaValue 2.5.133: a number, or a mark in the place of a NaN. */
static enum status
read_formula(struct xls *x)
{
    enum { IS_BOOLEAN = 1, IS_ERROR = 2, IS_EMPTY = 3, MARK = 0xFFFF };
    struct cell cell = read_place(x);
    cell.computed = true;
    struct biff value = x->biff;
    cell.number = biff_double(&x->biff);
    uint8_t type = biff_u8(&value);
    biff_skip(&value, 1);
    uint8_t code = biff_u8(&value);
    biff_skip(&value, 3);
    if (biff_u16(&value) != MARK)
        return add_cell(x, cell);
    cell.number = 0;
    biff_skip(&x->biff, is_short(x) ? 1 : 2);
    if (type == IS_BOOLEAN || type == IS_ERROR)
        set_bool_or_error(&cell, type == IS_ERROR, code);
    else if (type == IS_EMPTY && !gives_number(&x->biff))
        return STATUS_OK;               /* the empty text is nothing, as in any cell */
    else
        cell.kind = CELL_FORMULA;       /* until the STRING record comes */
    return add_cell(x, cell);
}

/* The text that the formula before it gave. */
static enum status
read_formula_text(struct xls *x)
{
    enum status status = read_string(x, is_short(x) ? 1 : 2);
    struct cell *last = x->sheet->ncells ? &x->sheet->cells[x->sheet->ncells - 1] : NULL;
    if (status != STATUS_OK || !last || last->kind != CELL_FORMULA)
        return status;
    struct cell cell = *last;
    x->sheet->ncells--;
    return add_text(x, cell, kept(x));
}

static enum status
read_mergecells(struct xls *x)
{
    for (size_t n = biff_u16(&x->biff); n > 0; n--) {
        struct area area = { .row = biff_u16(&x->biff) };
        area.row2 = biff_u16(&x->biff);
        area.col = biff_u16(&x->biff);
        area.col2 = biff_u16(&x->biff);
        if (x->biff.failed || area.row > area.row2 || area.col > area.col2 || area.col2 >= LIMIT_COLS)
            return damaged(x, "a merged range that is none");
        if (x->sheet->nmerges == LIMIT_MERGES)
            return fault_set(x->fault, STATUS_TOO_BIG, "xls: more than %d merged ranges", LIMIT_MERGES);
        if (!sheet_add_merge(x->arena, x->sheet, area))
            return no_memory(x);
    }
    return STATUS_OK;
}

/* Which record means what, in which versions and where. */
enum { IN_GLOBALS = 1, IN_SHEET = 2, ANYWHERE = 3 };

static const struct {
    uint16_t id;
    uint8_t from, to, where;
    enum status (*read)(struct xls *x);
} records[] = {
    { INTEGER, 2, 2, IN_SHEET, read_number },
    { 0x0003, 2, 2, IN_SHEET, read_number },
    { 0x0203, 2, 8, IN_SHEET, read_number },
    { RK, 2, 8, IN_SHEET, read_number },
    { 0x00BD, 5, 8, IN_SHEET, read_mulrk },
    { 0x00FD, 8, 8, IN_SHEET, read_labelsst },
    { 0x0004, 2, 2, IN_SHEET, read_label },
    { 0x0204, 2, 8, IN_SHEET, read_label },
    { 0x00D6, 5, 8, IN_SHEET, read_label },                 /* RSTRING: formatting follows, not wanted */
    { 0x0005, 2, 2, IN_SHEET, read_boolerr },
    { 0x0205, 2, 8, IN_SHEET, read_boolerr },
    { 0x0006, 2, 8, IN_SHEET, read_formula },
    { 0x0206, 2, 8, IN_SHEET, read_formula },
    { 0x0406, 2, 8, IN_SHEET, read_formula },
    { 0x0007, 2, 2, IN_SHEET, read_formula_text },
    { 0x0207, 2, 8, IN_SHEET, read_formula_text },
    { 0x00E5, 8, 8, IN_SHEET, read_mergecells },
    { 0x0085, 5, 8, IN_GLOBALS, read_boundsheet },
    { 0x00FC, 8, 8, IN_GLOBALS, read_sst },
    { 0x041E, 5, 8, ANYWHERE, read_format },
    { 0x00E0, 5, 8, ANYWHERE, read_xf },
    { 0x0042, 2, 8, ANYWHERE, read_codepage },              /* files of one sheet have their globals in it */
    { 0x0022, 2, 8, ANYWHERE, read_datemode },
    { 0x002F, 2, 8, ANYWHERE, read_filepass },
};

static enum status
read_record(struct xls *x)
{
    unsigned here = x->sheet ? IN_SHEET : IN_GLOBALS;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        if (x->biff.id != records[i].id || x->version < records[i].from || x->version > records[i].to || !(records[i].where & here))
            continue;
        enum status status = records[i].read(x);
        if (status == STATUS_OK && x->biff.failed)
            status = damaged(x, "too short");
        return status;
    }
    return STATUS_OK;
}

/* -- substreams -- */

static bool
is_bof(uint16_t id)
{
    return id == BOF || id == BOF2 || id == BOF3 || id == BOF4;
}

/* Step onto the BOF record at `at`: the version and what kind of substream it opens. */
static enum status
read_bof(struct xls *x, size_t at, uint16_t *type)
{
    x->biff.next = at;
    if (!biff_next(&x->biff) || !is_bof(x->biff.id))
        return fault_set(x->fault, STATUS_DAMAGED, "xls: no BOF record at byte %zu", at);
    uint16_t version = biff_u16(&x->biff);
    *type = biff_u16(&x->biff);
    if (!x->version)
        x->version = x->biff.id == BOF ? (version == 0x0600 ? 8 : 5) : x->biff.id == BOF4 ? 4 : x->biff.id == BOF3 ? 3 : 2;
    return x->biff.failed ? damaged(x, "too short") : STATUS_OK;
}

/* The records up to the EOF of the substream just opened; others inside it (charts) are passed over. Substreams do not overlap:
 * when together they are longer than the stream, many sheets were put at one place to cost time. */
static enum status
read_substream(struct xls *x)
{
    size_t depth = 1, begin = x->biff.next;
    while (biff_next(&x->biff)) {
        enum status status = STATUS_OK;
        if (is_bof(x->biff.id))
            depth++;
        else if (x->biff.id == END)
            depth--;
        else if (depth == 1)
            status = read_record(x);
        if (status != STATUS_OK)
            return status;
        if (depth == 0) {
            x->walked += x->biff.next - begin;
            return x->walked <= x->biff.n ? STATUS_OK : damaged(x, "the sheets are longer than the stream");
        }
    }
    return damaged(x, "the stream ends here");
}

static enum status
read_sheet(struct xls *x, const char *name, bool hidden)
{
    x->sheet = book_add_sheet(x->book, name, hidden);
    if (!x->sheet)
        return no_memory(x);
    enum status status = read_substream(x);
    if (status == STATUS_OK)
        sheet_finish(x->sheet);
    return status;
}

/* A workbook stream: the globals and the sheets they name; or, before BIFF5, a single sheet. */
static enum status
read_stream(struct xls *x)
{
    uint16_t type;
    enum status status = read_bof(x, 0, &type);
    if (status == STATUS_OK && type == WORKSHEET)
        return read_sheet(x, "Sheet1", false);
    if (status == STATUS_OK && type != GLOBALS)
        return fault_set(x->fault, STATUS_UNSUPPORTED, "xls: BIFF%d stream of type 0x%04X", x->version, (unsigned)type);
    if (status == STATUS_OK)
        status = read_substream(x);
    for (size_t i = 0; i < x->nbounds && status == STATUS_OK; i++) {
        status = read_bof(x, x->bounds[i].at, &type);
        if (status == STATUS_OK && type == WORKSHEET)
            status = read_sheet(x, x->bounds[i].name, x->bounds[i].hidden);
    }
    return status;
}

enum status
read_xls(struct arena *arena, const unsigned char *stream, size_t n, struct book *book, struct fault *fault)
{
    *book = (struct book){ .arena = arena, .kind = FILE_XLS };
    struct xls x = { .arena = arena, .book = book, .fault = fault, .biff = { .bytes = stream, .n = n },
                     .codepage = 1252, .scratch = text_new(arena) };
    return number_format_begin(book) == STATUS_OK ? read_stream(&x) : no_memory(&x);
}
