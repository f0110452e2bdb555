/* SPDX-License-Identifier: MIT */
/* lines: pieces of text for people. Cells that touch are put together to rectangles, so that 125 blank cells are a few ranges:
 * first runs along a row, then equal runs of rows below each other. */
#include <string.h>

#include "lines.h"

void
line_put(struct text *out, const char *s)
{
    if (s == NULL) {
        out->failed = true;
        return;
    }
    for (; *s != '\0'; s++)
        text_putc(out, (unsigned char)*s < 0x20 || *s == 0x7F ? ' ' : *s);
}

static void
put_spaces(struct text *out, size_t used, size_t width)
{
    for (; used < width; used++)
        text_putc(out, ' ');
}

void
line_left(struct text *out, const char *s, size_t width)
{
    line_put(out, s);
    put_spaces(out, text_width(s), width);
}

void
line_right(struct text *out, const char *s, size_t width)
{
    put_spaces(out, text_width(s), width);
    line_put(out, s);
}

struct ranges {
    const struct sheet *sheet;
    struct area *area; size_t n, cap;
};

/* Lengthen a range by the next cell of its row, or begin a new one. */
static bool
add_cell(struct arena *arena, struct ranges *ranges, const struct value *value)
{
    struct area *last = ranges->n > 0 ? &ranges->area[ranges->n - 1] : NULL;
    if (last != NULL && last->row == value->row && last->col2 + 1 == value->col) {
        last->col2 = value->col;
        return true;
    }
    if (!arena_room(arena, &ranges->area, ranges->n, &ranges->cap, sizeof *ranges->area))
        return false;
    ranges->area[ranges->n++] = (struct area){ value->row, value->row, value->col, value->col };
    return true;
}

/* Put each range under an equal one that ends in the row above. */
static void
stack(struct ranges *ranges)
{
    size_t n = 0;
    for (size_t i = 0; i < ranges->n; i++) {
        struct area area = ranges->area[i];
        size_t above = 0;
        while (above < n && (ranges->area[above].row2 + 1 != area.row || ranges->area[above].col != area.col ||
                             ranges->area[above].col2 != area.col2))
            above++;
        if (above < n)
            ranges->area[above].row2 = area.row;
        else
            ranges->area[n++] = area;
    }
    ranges->n = n;
}

static void
put_more(struct text *out, size_t cells, enum language language)
{
    text_printf(out, language == LANGUAGE_EN ? ", … (%zu cells)" : " 等 %zu 格", cells);
}

/* The cells of one finding lie in one table, so on one sheet. */
static void
put_ranges(struct text *out, const struct ranges *ranges, size_t most, size_t cells, enum language language)
{
    for (size_t i = 0; i < ranges->n; i++) {
        struct area area = ranges->area[i];
        char address[A1_SIZE];
        if (most != 0 && i == most) {
            put_more(out, cells, language);
            return;
        }
        if (area.row == area.row2 && area.col == area.col2)
            a1(area.row, area.col, address);
        else
            a1_area(area, address);
        if (i > 0)
            text_puts(out, language == LANGUAGE_EN ? ", " : "、");
        line_put(out, i == 0 ? a1_quoted(out->arena, ranges->sheet->name, address) : address);
    }
}

void
line_places(struct text *out, const struct finding *finding, size_t most, enum language language)
{
    struct ranges ranges = { .sheet = NULL };
    size_t cells = 0;
    for (size_t i = 0; i < finding->nvalues; i++) {
        const struct value *value = finding->values[i];
        if (value->sheet == NULL || finding->nvalues != finding->ncells)
            continue;
        ranges.sheet = value->sheet;
        cells++;
        if (!add_cell(out->arena, &ranges, value)) {
            out->failed = true;
            return;
        }
    }
    if (cells > 0) {
        stack(&ranges);
        put_ranges(out, &ranges, most, cells, language);
        return;
    }
    for (size_t i = 0; i < finding->ncells; i++) {
        if (most != 0 && i == most) {
            put_more(out, finding->ncells, language);
            return;
        }
        if (i > 0)
            text_puts(out, language == LANGUAGE_EN ? ", " : "、");
        line_put(out, finding->cells[i]);
    }
}

bool
findings_sorted(struct arena *arena, const struct report *report, const struct finding ***sorted)
{
    size_t n = 0;
    *sorted = arena_array(arena, report->nfindings, sizeof **sorted);
    if (*sorted == NULL)
        return false;
    for (int severity = 0; severity < SEVERITY_COUNT; severity++)
        for (size_t i = 0; i < report->nfindings; i++)
            if (report->findings[i].severity == (enum severity)severity)
                (*sorted)[n++] = &report->findings[i];
    return true;
}

void
line_form(struct text *out, const struct form *form, enum language language)
{
    text_printf(out, language == LANGUAGE_EN ? "%s (%s)" : "%s年格式（%s）", form->id, form->name);
}
