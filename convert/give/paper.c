/* SPDX-License-Identifier: MIT */
/* paper: sheets with sizes. No library gives wrapped rows their height, and a program only does it when a person edits the row:
 * heights are computed from the widths of the texts (an East Asian character is as wide as its size) and of the columns. */
#include <string.h>

#include "paper.h"
#include "text.h"

#define POINTS_OF_WIDTH 5.8          /* one character of column width: 8 pixels of 3/4 point for 宋体 11, and some caution */
#define MARGIN 5.0                   /* what a cell keeps free of text, left and right together */
#define LINE 1.4                     /* a line of text, in sizes */
#define ROW_HEIGHT_LIMIT 409.0       /* Excel's */

enum { CLIP = 8000 };                /* characters of one cell: below Excel's 32,767 UTF-16 units, above any real text */

const struct style look_title = { .font = "黑体", .size = 16, .bold = true, .align = ALIGN_CENTER, .wrap = true };
const struct style look_text = { .size = 10, .wrap = true, .align = ALIGN_LEFT };
const struct style look_head = { .font = "黑体", .size = 10, .wrap = true, .border = true, .align = ALIGN_CENTER };
const struct style look_cell = { .size = 10, .wrap = true, .border = true, .align = ALIGN_LEFT };
const struct style look_center = { .size = 10, .wrap = true, .border = true, .align = ALIGN_CENTER };
const struct style look_small = { .size = 8, .color = INK_GREY, .border = true, .align = ALIGN_LEFT, .shrink = true };

bool
paper_begin(struct paper *paper, struct draft *draft, const char *name, bool hidden, const double *widths, uint16_t cols)
{
    *paper = (struct paper){ .draft = draft, .sheet = draft_sheet(draft, name, hidden), .widths = widths, .cols = cols };
    if (paper->sheet == SIZE_MAX)
        return false;
    for (uint16_t c = 0; c < cols; c++)
        if (!draft_width(draft, paper->sheet, c, c, widths[c]))
            return false;
    return true;
}

struct area
paper_cell(uint32_t row, uint16_t col)
{
    return (struct area){ row, row, col, col };
}

struct area
paper_area(uint32_t row, uint16_t col, uint16_t col2)
{
    return (struct area){ row, row, col, col2 };
}

const char *
paper_clip(struct arena *arena, const char *text, size_t n)
{
    size_t length = strlen(text), i = 0, used;
    for (; i < length && n > 0; i += used, n--)
        utf8_decode(text + i, length - i, &used);
    if (i == length)
        return text;
    struct text out = text_new(arena);
    text_put(&out, text, i);
    text_puts(&out, "…");
    return out.failed ? NULL : out.at;
}

/* Lines that one paragraph takes. A broken line may end a character early, before punctuation. */
static size_t
lines_of(struct arena *arena, const char *s, size_t n, size_t room)
{
    const char *copy = arena_text(arena, s, n);
    size_t width = copy != NULL ? text_width(copy) : n;
    if (width <= room)
        return 1;
    room -= room > 8 ? 2 : 0;
    return (width + room - 1) / room;
}

double
paper_text_height(struct arena *arena, const char *text, double width, const struct style *look)
{
    double size = look->size != 0 ? look->size : 11, room = (width * POINTS_OF_WIDTH - MARGIN) / (size / 2);
    size_t lines = 0;
    for (const char *s = text; ; s++) {
        size_t n = strcspn(s, "\n");
        lines += look->wrap ? lines_of(arena, s, n, room > 2 ? (size_t)room : 2) : 1;
        s += n;
        if (*s == '\0')
            break;
    }
    return (double)lines * size * LINE + 6;
}

bool
paper_height(struct paper *paper, uint32_t row, double points)
{
    while (paper->rows <= row) {
        if (!arena_room(paper->draft->book.arena, &paper->heights, paper->rows, &paper->rows_cap, sizeof *paper->heights))
            return false;
        paper->rows++;
    }
    if (points > ROW_HEIGHT_LIMIT)
        points = ROW_HEIGHT_LIMIT;
    if (points > paper->heights[row])
        paper->heights[row] = points;
    return true;
}

static bool
fit(struct paper *paper, struct area area, const char *text, const struct style *look)
{
    double width = 0;
    for (uint16_t c = area.col; c <= area.col2 && c < paper->cols; c++)
        width += paper->widths[c];
    double height = paper_text_height(paper->draft->book.arena, text, width, look);
    if (area.row == area.row2)
        return paper_height(paper, area.row, height);
    if (!arena_room(paper->draft->book.arena, &paper->talls, paper->ntalls, &paper->talls_cap, sizeof *paper->talls))
        return false;
    paper->talls[paper->ntalls++] = (struct tall){ area, height };
    return paper_height(paper, area.row2, 0);
}

bool
paper_text(struct paper *paper, struct area area, const char *text, const struct style *look)
{
    uint16_t style = draft_style(paper->draft, look);
    const char *clipped = paper_clip(paper->draft->book.arena, text, CLIP);
    return style != 0 && clipped != NULL && fit(paper, area, clipped, look) && draft_merge(paper->draft, paper->sheet, area, clipped, style);
}

bool
paper_number(struct paper *paper, struct area area, double number, const char *formula, const struct style *look)
{
    uint16_t style = draft_style(paper->draft, look);
    return style != 0 && fit(paper, area, "0", look) && draft_merge(paper->draft, paper->sheet, area, NULL, style)
        && draft_number(paper->draft, paper->sheet, area.row, area.col, number, formula, style);
}

bool
paper_link(struct paper *paper, uint32_t row, uint16_t col, const char *sheet, const char *address)
{
    struct text target = text_new(paper->draft->book.arena);
    text_puts(&target, "internal:'");
    for (; *sheet != '\0'; sheet++) {
        if (*sheet == '\'')
            text_putc(&target, '\'');
        text_putc(&target, *sheet);
    }
    text_printf(&target, "'!%s", address);
    return !target.failed && draft_link(paper->draft, paper->sheet, row, col, target.at);
}

bool
paper_note(struct paper *paper, struct area area, const char *text)
{
    const char *clipped = paper_clip(paper->draft->book.arena, text, CLIP);
    return clipped != NULL && draft_note(paper->draft, paper->sheet, area.row, area.col, clipped);
}

struct page *
paper_page(const struct paper *paper)
{
    return &paper->draft->pages[paper->sheet];
}

bool
paper_finish(struct paper *paper, uint16_t cols, const char *footer)
{
    for (size_t i = 0; i < paper->ntalls; i++) {
        const struct tall *tall = &paper->talls[i];
        double height = 0;
        for (uint32_t r = tall->area.row; r <= tall->area.row2; r++)
            height += paper->heights[r];
        double more = (tall->height - height) / (tall->area.row2 - tall->area.row + 1);
        for (uint32_t r = tall->area.row; r <= tall->area.row2 && more > 0; r++)
            if (!paper_height(paper, r, paper->heights[r] + more))
                return false;
    }
    for (uint32_t r = 0; r < paper->rows; r++)
        if (paper->heights[r] > 0 && !draft_height(paper->draft, paper->sheet, r, paper->heights[r]))
            return false;
    struct page *page = paper_page(paper);
    page->has_print_area = true;
    page->print_area = (struct area){ 0, (uint32_t)(paper->rows > 0 ? paper->rows - 1 : 0), 0, (uint16_t)(cols - 1) };
    page->footer = footer;
    return true;
}
