/* SPDX-License-Identifier: MIT */
/* draft: building a workbook to be written. Texts are copied into the draft's arena, except those inside a style. Places, sizes
 * and lengths are judged where they are written (write.c). */
#include <string.h>

#include "draft.h"

bool
draft_init(struct arena *arena, struct draft *draft)
{
    *draft = (struct draft){ .book = { .arena = arena, .kind = FILE_XLSX } };
    if (!arena_room(arena, &draft->styles, 0, &draft->styles_cap, sizeof *draft->styles))
        return false;
    draft->nstyles = 1;
    return true;
}

static bool
same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_style(const struct style *a, const struct style *b)
{
    return a->size == b->size && a->bold == b->bold && a->wrap == b->wrap && a->shrink == b->shrink && a->border == b->border && a->unlocked == b->unlocked
        && a->indent == b->indent && a->align == b->align && a->color == b->color && a->fill == b->fill
        && same_text(a->font, b->font) && same_text(a->number_format, b->number_format);
}

uint16_t
draft_style(struct draft *draft, const struct style *style)
{
    for (size_t i = 0; i < draft->nstyles; i++)
        if (same_style(&draft->styles[i], style))
            return (uint16_t)i;
    if (draft->nstyles > UINT16_MAX)
        return 0;
    if (!arena_room(draft->book.arena, &draft->styles, draft->nstyles, &draft->styles_cap, sizeof *draft->styles))
        return 0;
    draft->styles[draft->nstyles] = *style;
    return (uint16_t)draft->nstyles++;
}

size_t
draft_sheet(struct draft *draft, const char *name, bool hidden)
{
    if (!arena_room(draft->book.arena, &draft->pages, draft->npages, &draft->pages_cap, sizeof *draft->pages))
        return SIZE_MAX;
    if (book_add_sheet(&draft->book, name, hidden) == NULL)
        return SIZE_MAX;
    return draft->npages++;
}

/* Copy a text in place; NULL stays NULL. */
static bool
own(struct draft *draft, const char **text)
{
    if (*text == NULL)
        return true;
    *text = arena_text(draft->book.arena, *text, strlen(*text));
    return *text != NULL;
}

/* Add an item to a list of a page. The list's three members follow one naming, so its name is enough. */
#define ADD(draft, page, list, ...) \
    (arena_room((draft)->book.arena, &(page)->list, (page)->n##list, &(page)->list##_cap, sizeof *(page)->list) \
     && ((page)->list[(page)->n##list++] = __VA_ARGS__, true))

static bool
add_cell(struct draft *draft, size_t sheet, struct cell cell)
{
    if (!own(draft, &cell.text) || !own(draft, &cell.formula))
        return false;
    cell.computed = cell.formula != NULL;
    return sheet_add_cell(draft->book.arena, &draft->book.sheets[sheet], &cell);
}

bool
draft_text(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *text, uint16_t style)
{
    struct page *page = &draft->pages[sheet];
    if (text == NULL || *text == '\0')
        return ADD(draft, page, blanks, (struct blank){ row, col, style });
    return add_cell(draft, sheet, (struct cell){ .row = row, .col = col, .kind = CELL_TEXT, .format = style, .text = text });
}

bool
draft_number(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, double number, const char *formula, uint16_t style)
{
    return add_cell(draft, sheet, (struct cell){ .row = row, .col = col, .kind = CELL_NUMBER, .format = style, .number = number,
        .formula = formula });
}

bool
draft_formula_text(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *formula, const char *result, uint16_t style)
{
    return add_cell(draft, sheet, (struct cell){ .row = row, .col = col, .kind = CELL_TEXT, .format = style, .text = result,
        .formula = formula });
}

bool
draft_merge(struct draft *draft, size_t sheet, struct area area, const char *text, uint16_t style)
{
    bool several = area.row != area.row2 || area.col != area.col2;      /* Excel refuses to merge one cell */
    if (several && !sheet_add_merge(draft->book.arena, &draft->book.sheets[sheet], area))
        return false;
    for (uint32_t row = area.row; row <= area.row2; row++)
        for (uint32_t col = area.col; col <= area.col2; col++)
            if (!draft_text(draft, sheet, row, (uint16_t)col, row == area.row && col == area.col ? text : NULL, style))
                return false;
    return true;
}

/* The entry that begins with a column, found or new: there is only one. */
static struct width *
width_of(struct draft *draft, size_t sheet, uint16_t col, uint16_t col2)
{
    struct page *page = &draft->pages[sheet];
    for (size_t i = 0; i < page->nwidths; i++)
        if (page->widths[i].col == col)
            return &page->widths[i];
    return ADD(draft, page, widths, (struct width){ .col = col, .col2 = col2 }) ? &page->widths[page->nwidths - 1] : NULL;
}

bool
draft_width(struct draft *draft, size_t sheet, uint16_t col, uint16_t col2, double width)
{
    struct width *it = width_of(draft, sheet, col, col2);
    if (it != NULL)
        it->width = width;
    return it != NULL;
}

/* The button stands over the next column, which keeps its width. */
bool
draft_group(struct draft *draft, size_t sheet, uint16_t col, uint16_t col2, double width)
{
    for (uint16_t c = col; c <= col2; c++) {
        struct width *it = width_of(draft, sheet, c, c);
        if (it == NULL)
            return false;
        it->width = width;
        it->grouped = true;
    }
    struct width *next = width_of(draft, sheet, (uint16_t)(col2 + 1), (uint16_t)(col2 + 1));
    if (next != NULL) {
        next->width = next->width > 0 ? next->width : width;
        next->collapsed = true;
    }
    return next != NULL;
}

bool
draft_height(struct draft *draft, size_t sheet, uint32_t row, double height)
{
    struct page *page = &draft->pages[sheet];
    return ADD(draft, page, heights, (struct height){ row, height });
}

bool
draft_note(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *text)
{
    struct page *page = &draft->pages[sheet];
    return own(draft, &text) && ADD(draft, page, notes, (struct note){ row, col, text });
}

bool
draft_link(struct draft *draft, size_t sheet, uint32_t row, uint16_t col, const char *target)
{
    struct page *page = &draft->pages[sheet];
    return own(draft, &target) && ADD(draft, page, links, (struct link){ row, col, target });
}

/* Does the rule say of the next cells in the same rows what `last` says of its own? */
static bool
continues(const struct input_rule *last, const struct input_rule *rule)
{
    return rule->area.row == last->area.row && rule->area.row2 == last->area.row2 && rule->area.col == last->area.col2 + 1
        && rule->input == last->input && strcmp(rule->title, last->title) == 0 && strcmp(rule->prompt, last->prompt) == 0
        && strcmp(rule->refusal, last->refusal) == 0;
}

bool
draft_input(struct draft *draft, size_t sheet, struct input_rule rule)
{
    struct page *page = &draft->pages[sheet];
    struct input_rule *last = page->ninputs > 0 ? &page->inputs[page->ninputs - 1] : NULL;
    if (last != NULL && continues(last, &rule)) {
        last->area.col2 = rule.area.col2;
        return true;
    }
    return own(draft, &rule.title) && own(draft, &rule.prompt) && own(draft, &rule.refusal) && ADD(draft, page, inputs, rule);
}

bool
draft_condition(struct draft *draft, size_t sheet, struct condition condition)
{
    struct page *page = &draft->pages[sheet];
    return own(draft, &condition.formula) && ADD(draft, page, conditions, condition);
}

bool
draft_chart(struct draft *draft, size_t sheet, struct chart chart)
{
    struct page *page = &draft->pages[sheet];
    bool ok = own(draft, &chart.title);
    for (size_t i = 0; ok && i < chart.nseries; i++)
        ok = own(draft, &chart.series[i].name);
    return ok && ADD(draft, page, charts, chart);
}

/* A 0 stays behind the last one. */
bool
draft_break(struct draft *draft, size_t sheet, uint32_t row)
{
    struct page *page = &draft->pages[sheet];
    if (!arena_room(draft->book.arena, &page->breaks, page->nbreaks + 1, &page->breaks_cap, sizeof *page->breaks))
        return false;
    page->breaks[page->nbreaks++] = row;
    return true;
}

bool
draft_name(struct draft *draft, const char *name, const char *formula)
{
    struct name made = { name, formula };
    return own(draft, &made.name) && own(draft, &made.formula) && ADD(draft, draft, names, made);
}
