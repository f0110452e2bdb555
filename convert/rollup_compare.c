/* SPDX-License-Identifier: MIT */
/* rollup_compare: the sheet 与上年对比: every number of the form this year and last, and by how much it has changed. */
#include "rollup_workbook.h"

enum { COL_TABLE, COL_ROW, COL_COLUMN, COL_NOW, COL_BEFORE, COL_CHANGE, COL_PERCENT, COLS };
static const double widths[COLS] = { 8, 46, 34, 14, 14, 14, 11 };

static bool
put_head(struct rollup_book *book, struct paper *paper)
{
    int year = book->rollup->year;
    struct text now = text_new(book->arena), before = text_new(book->arena);
    struct style head = look_head, title = look_title;
    head.fill = FILL_GREY;
    title.size = 14;
    year != 0 ? text_printf(&now, "本年（%d年）", year) : text_puts(&now, "本年");
    year != 0 ? text_printf(&before, "上年（%d年）", year - 1) : text_puts(&before, "上年");
    const char *heads[COLS] = { "表", "项目", "栏目", now.at, before.at, "增减", "增减比例" };
    if (now.failed || before.failed || !paper_text(paper, paper_area(0, 0, COLS - 1), COMPARE_SHEET, &title) || !paper_height(paper, 0, 30)
        || !paper_text(paper, paper_area(1, 0, COLS - 1), "上年的格式里没有的项目空着。两年计入的单位可能不同。", &look_text))
        return false;
    for (uint16_t c = 0; c < COLS; c++)
        if (!paper_text(paper, paper_cell(2, c), heads[c], &head))
            return false;
    return paper_height(paper, 2, 24);
}

/* The change in percent is a text where there was nothing. */
static bool
put_change(struct rollup_book *book, struct paper *paper, uint32_t row, double now, double before, double change)
{
    struct style look = look_center, percent = look_center;
    struct text difference = text_new(book->arena), ratio = text_new(book->arena);
    struct area area = paper_cell(row, COL_PERCENT);
    char a[A1_SIZE], b[A1_SIZE];
    percent.number_format = "0.0%";
    text_printf(&difference, "ROUND(%s-%s,6)", a1(row, COL_NOW, a), a1(row, COL_BEFORE, b));
    text_printf(&ratio, "IF(%s=0,\"—\",(%s-%s)/%s)", b, a, b, b);
    uint16_t style = draft_style(&book->draft, &percent);
    if (difference.failed || ratio.failed || style == 0
        || !paper_number(paper, paper_cell(row, COL_CHANGE), change, difference.at, &look))
        return false;
    return before == 0 ? draft_formula_text(&book->draft, paper->sheet, area.row, area.col, ratio.at, "—", style)
                       : draft_number(&book->draft, paper->sheet, area.row, area.col, (now - before) / before, ratio.at, style);
}

static bool
put_slot(struct rollup_book *book, struct paper *paper, uint32_t row, size_t i)
{
    const struct slot *slot = &book->rollup->form->slots[i];
    struct decimal now = { book->rollup->sums[i].micros }, before = { book->rollup->before[i].micros }, change;
    struct style look = paper_number_look(slot, slot->kind != KIND_MONEY);
    struct text words = text_new(book->arena);
    row_words(&words, slot->row);
    bool has = !book->rollup->sums[i].overflow, known = has && !book->rollup->before[i].overflow && decimal_sub(now, before, &change);
    if (words.failed || !paper_text(paper, paper_cell(row, COL_TABLE), slot->table->brief, &look_center)
        || !paper_text(paper, paper_cell(row, COL_ROW), words.at, &look_cell)
        || !paper_text(paper, paper_cell(row, COL_COLUMN), slot->column->path, &look_cell))
        return false;
    for (uint16_t c = COL_NOW; !known && c < COLS; c++)
        if (!paper_text(paper, paper_cell(row, c), "", &look_center))
            return false;
    return (!has || paper_number(paper, paper_cell(row, COL_NOW), decimal_double(now), NULL, &look))
        && (!known || (paper_number(paper, paper_cell(row, COL_BEFORE), decimal_double(before), NULL, &look)
                       && put_change(book, paper, row, decimal_double(now), decimal_double(before), decimal_double(change))));
}

bool
rollup_compare(struct rollup_book *book)
{
    const struct form *form = book->rollup->form;
    struct paper paper;
    if (book->rollup->before == NULL)
        return true;
    if (!paper_begin(&paper, &book->draft, COMPARE_SHEET, false, widths, COLS) || !put_head(book, &paper))
        return false;
    for (size_t i = 0; i < form->nslots; i++)
        if (!put_slot(book, &paper, (uint32_t)(3 + i), i))
            return false;
    struct page *page = paper_page(&paper);
    page->freeze_row = page->repeat_rows = 3;
    page->has_filter = true;
    page->filter = (struct area){ 2, (uint32_t)(2 + form->nslots), 0, COLS - 1 };
    return paper_finish(&paper, COLS, book->footer);
}
