/* SPDX-License-Identifier: MIT */
/* rollup_compare: the sheet 与上年对比: every number of the form this year and last, and by how much it has changed. */
#include "rollup_workbook.h"

/* Nothing is said of last year's number where this year's is not known. */
static bool
fill_line(struct rollup_book *book, size_t i, struct comparison_line *line)
{
    const struct rollup *rollup = book->rollup;
    struct decimal change;
    line->now = (struct decimal){ rollup->sums[i].micros };
    line->last = (struct decimal){ rollup->before[i].micros };
    line->has_now = !rollup->sums[i].overflow;
    line->has_last = line->has_now && !rollup->before[i].overflow && decimal_sub(line->now, line->last, &change);
    return comparison_name(book->arena, line, &rollup->form->slots[i]);
}

bool
rollup_compare(struct rollup_book *book)
{
    const struct form *form = book->rollup->form;
    struct comparison it = { .year = book->rollup->year, .remark = "上年的格式里没有的项目空着。两年计入的单位可能不同。", .n = form->nslots };
    struct paper paper;
    if (book->rollup->before == NULL)
        return true;
    it.lines = arena_array(book->arena, it.n, sizeof *it.lines);
    for (size_t i = 0; it.lines != NULL && i < it.n; i++)
        if (!fill_line(book, i, &it.lines[i]))
            return false;
    return it.lines != NULL && comparison_sheet(book->arena, &book->draft, &it, book->footer, &paper);
}
