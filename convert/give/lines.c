/* SPDX-License-Identifier: MIT */
/* lines: pieces of text for people. Cells that touch are put together to rectangles, so that 125 blank cells are a few ranges:
 * first runs along a row, then equal runs of rows below each other. */
#include <string.h>

#include "lines.h"
#include "wording.h"

void
line_put(struct text *out, const char *s)
{
    if (s == NULL) {
        out->failed = true;
        return;
    }
    for (const char *from = s;; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F) {
            text_put(out, from, (size_t)(s - from));
            if (*s == '\0')
                return;
            text_putc(out, ' ');
            from = s + 1;
        }
}

static void
put_spaces(struct text *out, size_t used, size_t width)
{
    for (; used < width; used++)
        text_putc(out, ' ');
}

void
line_field(struct text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '\t': text_puts(out, "\\t"); break;
        case '\n': text_puts(out, "\\n"); break;
        case '\r': text_puts(out, "\\r"); break;
        case '\\': text_puts(out, "\\\\"); break;
        default: text_putc(out, *s);
        }
    }
}

void
line_note(struct text *out, const struct report *report, const struct finding *finding)
{
    text_printf(out, "【%s】%s", severity_word(finding->severity, LANGUAGE_ZH), finding->message);
    if (*finding->hint != '\0')
        text_printf(out, "\n%s", finding->hint);
    wording_lead_note(out, report, finding);
    if (finding->explained != NULL)
        text_printf(out, "\n说明：%s", finding->explained);
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
    struct range { const struct sheet *sheet; struct area area; } *range;
    size_t n, cap;
};

/* Lengthen a range by the next cell of its row, or begin a new one. */
static bool
add_cell(struct arena *arena, struct ranges *ranges, const struct value *value)
{
    struct range *last = ranges->n > 0 ? &ranges->range[ranges->n - 1] : NULL;
    if (last != NULL && last->sheet == value->sheet && last->area.row == value->row && last->area.col2 + 1 == value->col) {
        last->area.col2 = value->col;
        return true;
    }
    if (!arena_room(arena, &ranges->range, ranges->n, &ranges->cap, sizeof *ranges->range))
        return false;
    ranges->range[ranges->n++] = (struct range){ value->sheet, { value->row, value->row, value->col, value->col } };
    return true;
}

static bool
fits_below(const struct range *above, const struct range *range)
{
    return above->sheet == range->sheet && above->area.row2 + 1 == range->area.row && above->area.col == range->area.col
        && above->area.col2 == range->area.col2;
}

/* Put each range under an equal one that ends in the row above. */
static void
stack(struct ranges *ranges)
{
    size_t n = 0;
    for (size_t i = 0; i < ranges->n; i++) {
        struct range range = ranges->range[i];
        size_t above = 0;
        while (above < n && !fits_below(&ranges->range[above], &range))
            above++;
        if (above < n)
            ranges->range[above].area.row2 = range.area.row;
        else
            ranges->range[n++] = range;
    }
    ranges->n = n;
}

static void
put_more(struct text *out, size_t cells, enum language language)
{
    text_printf(out, language == LANGUAGE_EN ? ", … (%zu cells)" : " 等 %zu 格", cells);
}

/* Each sheet is named where its cells begin. */
static void
put_ranges(struct text *out, const struct ranges *ranges, size_t most, size_t cells, enum language language)
{
    const struct sheet *sheet = NULL;
    for (size_t i = 0; i < ranges->n; i++) {
        const struct range *range = &ranges->range[i];
        char address[ADDRESS_SIZE];
        if (most != 0 && i == most) {
            put_more(out, cells, language);
            return;
        }
        if (i > 0)
            text_puts(out, language == LANGUAGE_EN ? ", " : "、");
        sheet_address(range->sheet, range->area, address);
        line_put(out, range->sheet != sheet ? sheet_place(out->arena, range->sheet, address) : address);
        sheet = range->sheet;
    }
}

void
line_places(struct text *out, const struct finding *finding, size_t most, enum language language)
{
    struct ranges ranges = { .range = NULL };
    size_t cells = 0;
    for (size_t i = 0; i < finding->nvalues; i++) {
        const struct value *value = finding->values[i];
        if (value->sheet == NULL || finding->nvalues != finding->ncells)
            continue;
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
line_form_id(struct text *out, const struct form *form)
{
    bool year = form->id[strspn(form->id, "0123456789")] == '\0';
    text_printf(out, year ? "%s年格式" : "“%s”格式", form->id);
}

void
line_form(struct text *out, const struct form *form, enum language language)
{
    if (language == LANGUAGE_EN)
        text_puts(out, form->id);
    else
        line_form_id(out, form);
    text_printf(out, language == LANGUAGE_EN ? " (%s)" : "（%s）", form->name);
}
