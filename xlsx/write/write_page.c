/* SPDX-License-Identifier: MIT */
/* What a sheet has besides its cells: notes, rules for what is typed, colours under a condition, charts, how it is shown and printed. */
#include <string.h>

#include "text.h"
#include "write_parts.h"

enum {
    PROMPT_UNITS = 255,         /* the prompt or the error message of a validation */
    TITLE_UNITS = 32,           /* their titles */
    NOTE_WIDTH = 260,           /* pixels of a comment box */
    NOTE_COLUMNS = 40,          /* half-width characters of 9 points in it */
    NOTE_LINE = 16,             /* pixels of a line */
    PAPER_A4 = 9
};

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
            note_error(w, w->lib.worksheet_write_comment_opt(out, note->row, note->col, text, &options));
    }
    if (page->nnotes > 0)
        w->lib.worksheet_set_comments_author(out, w->draft->author != NULL ? w->draft->author : "nianbao");
}

/* `escaped` for texts that may be cut: those over `limit` units end in "…". */
static const char *
cut(struct writer *w, const char *s, size_t limit)
{
    const char *whole = escaped(w, s, SIZE_MAX);
    if (whole == NULL || write_units(whole) <= limit)
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
            note_error(w, w->lib.worksheet_data_validation_range(out, area->row, area->col, area->row2, area->col2, &validation));
    }
}

/* The colours and weight of a style, which is all that a conditional format may change. */
static lxw_format *
tint_of(struct writer *w, uint16_t style)
{
    if (format_of(w, style) == NULL || w->tints[style] != NULL)
        return w->error == LXW_NO_ERROR ? w->tints[style] : NULL;
    const struct style *look = &w->draft->styles[style];
    lxw_format *tint = w->tints[style] = w->lib.workbook_add_format(w->workbook);
    if (tint == NULL) {
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    if (look->bold)
        w->lib.format_set_bold(tint);
    if (look->color != 0)
        w->lib.format_set_font_color(tint, look->color);
    if (look->fill != 0)
        w->lib.format_set_bg_color(tint, look->fill);
    return tint;
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
            note_error(w, w->lib.worksheet_conditional_format_range(out, area->row, area->col, area->row2, area->col2, &rule));
    }
}

static bool
continues(const struct width *last, const struct width *width)
{
    return width->col == last->col2 + 1 && width->width == last->width && width->grouped == last->grouped && width->collapsed == last->collapsed;
}

/* Columns side by side that are alike are one. */
static void
set_widths(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    for (size_t i = 0, next; i < page->nwidths; i = next) {
        const struct width *first = &page->widths[i], *last = first;
        for (next = i + 1; next < page->nwidths && continues(last, &page->widths[next]); next++)
            last = &page->widths[next];
        lxw_row_col_options fold = { .hidden = first->grouped, .level = first->grouped, .collapsed = first->collapsed };
        note_error(w, w->lib.worksheet_set_column_opt(out, first->col, last->col2, first->width, NULL, &fold));
    }
}

static void
set_sheet(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    set_widths(w, out, page);
    if (page->freeze_row > 0 || page->freeze_col > 0)
        w->lib.worksheet_freeze_panes(out, page->freeze_row, page->freeze_col);
    if (page->show_zero_off)
        w->lib.worksheet_hide_zero(out);
    if (page->tab_color != 0)
        w->lib.worksheet_set_tab_color(out, page->tab_color);
    if (page->protect)
        w->lib.worksheet_protect(out, NULL, &(lxw_protection){ .format_cells = 1, .format_columns = 1, .format_rows = 1 });
}

static void
set_print(struct writer *w, lxw_worksheet *out, const struct page *page)
{
    if (page->landscape)
        w->lib.worksheet_set_landscape(out);
    w->lib.worksheet_set_paper(out, PAPER_A4);
    w->lib.worksheet_set_margins(out, 0.5, 0.5, 0.6, 0.7);
    w->lib.worksheet_center_horizontally(out);
    if (page->scale != 0)
        w->lib.worksheet_set_print_scale(out, page->scale);
    else
        w->lib.worksheet_fit_to_pages(out, 1, 0);
    if (page->nbreaks > 0)
        note_error(w, w->lib.worksheet_set_h_pagebreaks(out, page->breaks));       /* ends at a 0, which draft_break leaves */
    if (page->repeat_rows > 0)
        note_error(w, w->lib.worksheet_repeat_rows(out, 0, page->repeat_rows - 1));
    if (page->repeat_cols > 0)
        note_error(w, w->lib.worksheet_repeat_columns(out, 0, (lxw_col_t)(page->repeat_cols - 1)));
    if (page->has_print_area) {
        const struct area *area = &page->print_area;
        note_error(w, w->lib.worksheet_print_area(out, area->row, area->col, area->row2, area->col2));
    }
    const char *footer = escaped(w, page->footer, PROPERTY_UNITS);
    if (footer != NULL && w->error == LXW_NO_ERROR)
        note_error(w, w->lib.worksheet_set_footer(out, footer));
}

void
write_page(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page)
{
    write_notes(w, out, page);
    write_inputs(w, out, page);
    write_conditions(w, out, page);
    write_charts(w, out, sheet, page);
    set_sheet(w, out, page);
    set_print(w, out, page);
}
