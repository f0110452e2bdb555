/* SPDX-License-Identifier: MIT */
/* patch_sheet: marks on the cells of a worksheet part, ECMA-376 part 1: 18.3.1.99 (worksheet, and the order of its children), 18.3.1.73
 * (row), 18.3.1.4 (c), 18.3.1.13 (col). A mark is another style, the cell's own but for its fill; a cell that is not there is made,
 * with the style of its row or column. How a cell looked before is told as "12 <fill>…": its style and that style's fill, because whoever
 * saves the file numbers its styles anew; "-" for no style, "+" before it when the cell was made, "*" when its row was. */
#include <stdio.h>
#include <stdlib.h>

#include "patch_parts.h"

enum { NO_STYLE = -1 };

struct marker {
    struct patch *patch;
    const struct patch_marking *marking;
    struct splice s;
    struct marked_sheet *sheet;
    struct patch_mark *next, *end;          /* marks still to come */
    const struct patch_mark *old, *old_end;
    uint32_t row;                           /* from 1; of the row or cell last read: 0 is before all */
    uint32_t col;
    long row_style;
    size_t cells, dropped;                  /* of the row */
    bool row_was_made;
    bool made, disorder;                    /* a cell was made; cells are not in order */
    enum status status;
};

static void
fail(struct marker *m, enum status status)
{
    if (m->status == STATUS_OK)
        m->status = status;
}

/* -- styles -- */

/* A number of the cell style, or NO_STYLE. */
static long
style_given(const struct slice *s)
{
    uint32_t style;
    return s != NULL && xlsx_index(s, &style) ? (long)style : NO_STYLE;
}

static size_t
known(const struct marker *m, long style)
{
    return style < 0 || (size_t)style >= m->patch->looks[LOOK_XF].n ? 0 : (size_t)style;
}

static bool
is_ours(const struct marker *m, long style)
{
    return look_is(m->patch, known(m, style), m->marking->colors, sizeof m->marking->colors / sizeof *m->marking->colors);
}

static int
compare_places(const void *a, const void *b)
{
    const struct patch_mark *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->col > y->col) - (x->col < y->col);
}

static const struct patch_mark *
find_old(const struct marker *m, uint32_t row, uint16_t col)
{
    struct patch_mark place = { .row = row, .col = col };
    return m->old < m->old_end ? bsearch(&place, m->old, (size_t)(m->old_end - m->old), sizeof place, compare_places) : NULL;
}

/* Is cell style b what marking a gives? */
static bool
made_from(struct marker *m, size_t a, size_t b)
{
    const struct slice *xf = m->patch->looks[LOOK_XF].items;
    char fill[24];
    snprintf(fill, sizeof fill, "%zu", look_fill(m->patch, b));
    struct slice marked = tag_with(m->patch->arena, xf[a], "fillId", fill);
    if (marked.at != NULL)
        marked = tag_with(m->patch->arena, marked, "applyFill", "1");
    return marked.at != NULL && marked.n == xf[b].n && memcmp(marked.at, xf[b].at, marked.n) == 0;
}

/* The style that a cell of ours had before: the very one, or the present one with the fill of then. */
static long
restore(struct marker *m, const struct patch_mark *old, long style)
{
    if (!is_ours(m, style))
        return style;
    struct text plain = text_new(m->patch->arena);
    text_printf(&plain, "<%sfill><%spatternFill patternType=\"none\"/></%sfill>", m->patch->prefix, m->patch->prefix, m->patch->prefix);
    struct slice fill = { plain.failed ? NULL : plain.at, plain.n };
    if (old != NULL) {
        const char *before = old->before + strspn(old->before, "+*"), *element = strchr(before, '<');
        long was = *before == '-' ? NO_STYLE : strtol(before, NULL, 10);
        size_t n = strlen(m->patch->prefix);
        if (was < (long)m->patch->looks[LOOK_XF].n && made_from(m, known(m, was), known(m, style)))
            return was;
        if (element != NULL && strncmp(element + 1, m->patch->prefix, n) == 0 && strncmp(element + 1 + n, "fill", 4) == 0)
            fill = (struct slice){ element, strlen(element) };
    }
    size_t plainly = look_filled(m->patch, known(m, style), look_index(m->patch, LOOK_FILL, fill));
    if (plainly == SIZE_MAX)
        fail(m, STATUS_MEMORY);
    return (long)plainly;
}

/* The style of a marked cell, and the word about what it was. */
static long
mark_style(struct marker *m, struct patch_mark *mark, long base, const char *made)
{
    const struct slice *fill = &m->patch->looks[LOOK_FILL].items[look_fill(m->patch, known(m, base))];
    struct text before = text_new(m->patch->arena);
    text_puts(&before, made);
    if (base == NO_STYLE)
        text_puts(&before, "-");
    else
        text_printf(&before, "%ld", base);
    text_putc(&before, ' ');
    text_put(&before, fill->at, fill->n);
    mark->before = before.at;
    size_t style = look_filled(m->patch, known(m, base), look_solid(m->patch, m->marking->colors[mark->color]));
    if (before.failed || style == SIZE_MAX)
        fail(m, STATUS_MEMORY);
    return (long)style;
}

/* -- cells that are not there -- */

static long
column_style(const struct marker *m, uint16_t col)
{
    const struct sizes *sizes = &m->sheet->sizes;
    for (size_t i = 0; i < sizes->n; i++)
        if (col >= sizes->wide[i].col && col <= sizes->wide[i].col2)
            return sizes->wide[i].style;
    return NO_STYLE;
}

static void
put_cell(struct marker *m, struct text *out, struct patch_mark *mark, const char *made, long row_style)
{
    char address[A1_SIZE];
    long base = row_style != NO_STYLE ? row_style : column_style(m, mark->col), style = mark_style(m, mark, base, made);
    text_printf(out, "<%sc r=\"%s\" s=\"%ld\"/>", m->sheet->prefix, a1(mark->row, mark->col, address), style);
    m->made = true;
}

/* The cells of marks in this row before a column. */
static const char *
cells_before(struct marker *m, uint32_t row, uint32_t col)
{
    struct text out = text_new(m->patch->arena);
    for (; m->next < m->end && m->next->row == row && m->next->col < col; m->next++)
        put_cell(m, &out, m->next, "+", m->row_style);
    if (out.failed)
        fail(m, STATUS_MEMORY);
    return out.failed ? "" : out.at;
}

/* The rows of marks before a row. */
static const char *
rows_before(struct marker *m, uint32_t row)
{
    struct text out = text_new(m->patch->arena);
    while (m->next < m->end && m->next->row < row) {
        uint32_t here = m->next->row;
        text_printf(&out, "<%srow r=\"%lu\">", m->sheet->prefix, (unsigned long)here + 1);
        for (; m->next < m->end && m->next->row == here; m->next++)
            put_cell(m, &out, m->next, "*", NO_STYLE);
        text_printf(&out, "</%srow>", m->sheet->prefix);
    }
    if (out.failed)
        fail(m, STATUS_MEMORY);
    return out.failed ? "" : out.at;
}

static void
put_before(struct marker *m, const char *content)
{
    if (*content != '\0')
        splice_before(&m->s, content);
}

/* -- cells that are there -- */

static void
read_place(struct marker *m, uint32_t row)
{
    const struct slice *r = xml_get(&m->patch->xml, "r");
    uint16_t col = (uint16_t)(m->col < LIMIT_COLS ? m->col : LIMIT_COLS - 1);
    uint32_t given = row;
    if (r != NULL && (!xlsx_address(r, &given, &col) || given != row))
        m->disorder = true;
    m->disorder |= col < m->col;
    m->col = col + 1u;
}

static void
mark_cell(struct marker *m, uint32_t row)
{
    struct xml *xml = &m->patch->xml;
    read_place(m, row);
    uint16_t col = (uint16_t)(m->col - 1);
    put_before(m, cells_before(m, row, col));
    struct patch_mark *mark = m->next < m->end && m->next->row == row && m->next->col == col ? m->next++ : NULL;
    const struct patch_mark *old = find_old(m, row, col);
    long given = style_given(xml_get(xml, "s")), base = restore(m, old, given);
    bool made = old != NULL && strchr("+*", old->before[0]) != NULL && old->before[0] != '\0' && xml->empty;
    m->cells++;
    if (made && mark == NULL) {
        m->dropped++;
        m->row_was_made |= old->before[0] == '*';
        splice_copy(&m->s, m->s.begin);
        splice_drop(&m->s, m->s.end);
        return;
    }
    long style = mark != NULL ? mark_style(m, mark, base, !made ? "" : old->before[0] == '*' ? "*" : "+") : base;
    char number[24];
    snprintf(number, sizeof number, "%ld", style);
    if (style != given)
        splice_attribute(&m->s, "s", style == NO_STYLE ? NULL : number);
}

static void
mark_row(struct marker *m)
{
    struct xml *xml = &m->patch->xml;
    const struct slice *r = xml_get(xml, "r"), *custom = xml_get(xml, "customFormat");
    uint32_t row = m->row + 1;
    bool own;
    if (r != NULL && !xlsx_index(r, &row))
        m->disorder = true;
    m->disorder |= row <= m->row;
    m->row = row;
    m->col = 0;
    m->row_style = custom != NULL && xlsx_boolean(custom, &own) && own ? style_given(xml_get(xml, "s")) : NO_STYLE;
    m->cells = m->dropped = 0;
    m->row_was_made = false;
    put_before(m, rows_before(m, row - 1));
    splice_copy(&m->s, m->s.begin);
    size_t begin = m->s.out.n;
    for (size_t depth = xml->depth; m->status == STATUS_OK && splice_child(&m->s, depth); )
        if (xml_is(xml, "c"))
            mark_cell(m, row - 1);
    const char *rest = cells_before(m, row - 1, LIMIT_COLS);
    if (*rest != '\0')
        splice_append(&m->s, rest);
    else if (m->row_was_made && m->cells == m->dropped) {
        xlsx_cut(&m->s.out, begin);
        splice_drop(&m->s, m->s.end);
    }
}

/* -- the sheet -- */

static void
read_columns(struct marker *m)
{
    struct xml *xml = &m->patch->xml;
    struct sizes *sizes = &m->sheet->sizes;
    for (size_t depth = xml->depth; splice_child(&m->s, depth); ) {
        const struct slice *min = xml_get(xml, "min"), *max = xml_get(xml, "max"), *width = xml_get(xml, "width"), *hidden = xml_get(xml, "hidden");
        uint32_t first, last;
        bool none;
        if (min == NULL || max == NULL || !xlsx_index(min, &first) || !xlsx_index(max, &last) || first == 0 || last > LIMIT_COLS)
            continue;
        if (!arena_room(m->patch->arena, &sizes->wide, sizes->n, &sizes->cap, sizeof *sizes->wide)) {
            fail(m, STATUS_MEMORY);
            return;
        }
        char number[32] = "";
        struct wide *wide = &sizes->wide[sizes->n++];
        *wide = (struct wide){ (uint16_t)(first - 1), (uint16_t)(last - 1), sizes->width, style_given(xml_get(xml, "style")) };
        if (width != NULL && width->n < sizeof number) {
            memcpy(number, width->at, width->n);
            if (!xlsx_number(number, &wide->width))
                wide->width = sizes->width;
        }
        if (hidden != NULL && xlsx_boolean(hidden, &none) && none)
            wide->width = 0;
    }
}

static void
read_defaults(struct marker *m)
{
    static const char *const names[] = { "defaultColWidth", "defaultRowHeight" };
    double *const sizes[] = { &m->sheet->sizes.width, &m->sheet->sizes.height };
    for (size_t i = 0; i < 2; i++) {
        const struct slice *given = xml_get(&m->patch->xml, names[i]);
        char number[32] = "";
        double size;
        if (given == NULL || given->n >= sizeof number)
            continue;
        memcpy(number, given->at, given->n);
        if (xlsx_number(number, &size) && size > 0)
            *sizes[i] = size;
    }
}

static void
mark_rows(struct marker *m)
{
    struct xml *xml = &m->patch->xml;
    for (size_t depth = xml->depth; m->status == STATUS_OK && splice_child(&m->s, depth); )
        if (xml_is(xml, "row"))
            mark_row(m);
    const char *rest = rows_before(m, LIMIT_ROWS);
    if (*rest != '\0')
        splice_append(&m->s, rest);
}

static bool
holds(struct slice element, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= element.n; i++)
        if (memcmp(element.at + i, word, n) == 0)
            return true;
    return false;
}

/* A child behind the cells: where a <legacyDrawing> is, or must come before. */
static void
find_drawing(struct marker *m, bool *found)
{
    static const char *const after[] = { "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
                                         "extLst", "AlternateContent" };
    struct xml *xml = &m->patch->xml;
    struct marked_sheet *sheet = m->sheet;
    bool foreign = xml->space != SPACE_OFFICE, drawing = !foreign && xml_is(xml, "legacyDrawing"), behind = drawing;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        behind |= xml_is(xml, after[i]) && foreign == (i + 1 == sizeof after / sizeof *after);
    if (!behind || *found)
        return;
    *found = drawing;
    if (drawing || sheet->drawing == 0) {
        splice_copy(&m->s, m->s.begin);
        sheet->drawing = sheet->drawing_end = m->s.out.n;
    }
    const struct slice *id = drawing ? xml_relationship(xml) : NULL;
    if (drawing && (id == NULL || (sheet->drawing_id = xlsx_copy(&m->patch->xlsx, id)) == NULL))
        fail(m, id == NULL ? STATUS_UNSUPPORTED : STATUS_MEMORY);
    struct slice element = splice_element(&m->s);
    if (foreign && (holds(element, "<drawing") || holds(element, ":drawing") || holds(element, "egacyDrawing")))     /* no safe place for one more */
        fail(m, fault_set(m->patch->fault, STATUS_UNSUPPORTED, "drawings in alternate content"));
    if (drawing) {
        splice_copy(&m->s, m->s.end);
        sheet->drawing_end = m->s.out.n;
    }
}

static void
mark_children(struct marker *m)
{
    struct xml *xml = &m->patch->xml;
    bool cells = false, found = false;
    for (size_t depth = xml->depth; m->status == STATUS_OK && splice_any(&m->s, depth); ) {
        bool office = xml->space == SPACE_OFFICE;
        if (office && xml_is(xml, "sheetFormatPr"))
            read_defaults(m);
        else if (office && xml_is(xml, "cols"))
            read_columns(m);
        else if (office && xml_is(xml, "sheetData")) {
            mark_rows(m);
            cells = true;
        } else if (cells)
            find_drawing(m, &found);
    }
    if (m->sheet->drawing == 0) {
        splice_copy(&m->s, m->s.begin);
        m->sheet->drawing = m->sheet->drawing_end = m->s.out.n;
    }
    if (m->status == STATUS_OK && (m->next < m->end || (m->made && m->disorder)))
        fail(m, fault_set(m->patch->fault, STATUS_UNSUPPORTED, "cells that are not in order"));
}

enum status
sheet_mark(struct patch *patch, const char *part, const struct patch_marking *marking, struct patch_mark *marks, size_t n,
           const struct patch_mark *old, size_t nold, struct marked_sheet *sheet)
{
    struct marker m = { .patch = patch, .marking = marking, .sheet = sheet, .next = marks, .end = marks + n, .old = old, .old_end = old + nold };
    struct slice bytes, was;
    *sheet = (struct marked_sheet){ .sizes = { .width = 8.43, .height = 14.25 } };
    enum status status = part_get(patch, part, &bytes);
    was = bytes;
    if (status == STATUS_OK && bytes.at == NULL)
        status = fault_set(patch->fault, STATUS_UNSUPPORTED, "%s: missing", part);
    if (status == STATUS_OK)
        status = splice_open(&m.s, patch->arena, &patch->xml, part, bytes, "worksheet", patch->fault);
    if (status == STATUS_OK && (sheet->prefix = splice_prefix(&m.s)) == NULL)
        status = STATUS_MEMORY;
    if (status != STATUS_OK)
        return status;
    mark_children(&m);
    if (m.status == STATUS_OK)
        m.status = splice_finish(&m.s, &bytes);
    sheet->out = m.s.out;
    sheet->was = was;
    return m.status;
}
