/* SPDX-License-Identifier: MIT */
/* rollup_totals: the sheet 汇总表: what counts and what does not, and below it the tables of the form one under the other on a common grid of
 * columns, so that the sheet is the report of the whole area: it can be printed, published, and given in. */
#include "rollup_workbook.h"
#include "stamp.h"

#define COLUMN_WIDTH 7.4             /* characters of one column of the grid */
#define POINT_PER_WIDTH 6.0          /* points of a character of width, on paper */
#define PAGE_WIDTH 518.0             /* points of A4 between the margins */
#define PAGE_HEIGHT 745.0
#define ROW_LEAST 19.0

enum { GRID_LEAST = 12, NAMED_UNITS = 20 };

struct totals {
    struct rollup_book *book;
    struct paper paper;
    struct layouts layouts;
    uint16_t cols;                   /* of the grid */
    uint32_t row;                    /* the next one */
};

/* -- the grid -- */

/* The column that is squeezed most, of labels alone when there is not enough left for all columns of numbers. */
static uint16_t
squeezed(const struct layout *layout, const double *widths, const uint16_t *spans, uint16_t left)
{
    uint16_t labels = layout->slots[0].col, most = 0, end = labels > 0 && left < layout->cols - labels ? labels : layout->cols;
    for (uint16_t c = 1; c < end; c++)
        if (widths[c] / spans[c] > widths[most] / spans[most] + 1e-9)
            most = c;
    return most;
}

/* The columns of a table take one column of the grid each; what is left goes, one by one, to those that need it most. */
static bool
spread(const struct totals *totals, struct layout *layout)
{
    struct arena *arena = totals->book->arena;
    const double *widths = paper_table_widths(arena, layout);
    uint16_t *spans = arena_array(arena, layout->cols, sizeof *spans), *starts = arena_array(arena, layout->cols + 1u, sizeof *starts);
    if (widths == NULL || spans == NULL || starts == NULL)
        return false;
    for (uint16_t c = 0; c < layout->cols; c++)
        spans[c] = 1;
    for (uint16_t left = (uint16_t)(totals->cols - layout->cols); left > 0; left--)
        spans[squeezed(layout, widths, spans, left)]++;
    for (uint16_t c = 0; c < layout->cols; c++)
        starts[c + 1] = (uint16_t)(starts[c] + spans[c]);
    for (size_t i = 0; i < layout->nlabels + layout->table->nslots; i++) {
        struct area *area = i < layout->nlabels ? &layout->labels[i].area : &layout->slots[i - layout->nlabels];
        *area = (struct area){ area->row + totals->row, area->row2 + totals->row, starts[area->col], (uint16_t)(starts[area->col2 + 1] - 1) };
    }
    return true;
}

static bool
begin(struct totals *totals)
{
    struct rollup_book *book = totals->book;
    const struct form *form = book->rollup->form;
    totals->layouts = (struct layouts){ arena_array(book->arena, form->ntables, sizeof *totals->layouts.at), form->ntables };
    if (totals->layouts.at == NULL)
        return false;
    totals->cols = 1;
    for (size_t i = 0; i < form->ntables; i++) {
        struct layout *layout = &totals->layouts.at[i];
        if (!layout_table(book->arena, &form->tables[i], layout))
            return false;
        layout->sheet = TOTALS_SHEET;
        totals->cols = layout->cols > totals->cols ? layout->cols : totals->cols;
    }
    for (uint16_t most = totals->cols; totals->cols < GRID_LEAST; totals->cols = (uint16_t)(totals->cols + most))
        ;
    double *widths = arena_array(book->arena, totals->cols, sizeof *widths);
    for (uint16_t c = 0; widths != NULL && c < totals->cols; c++)
        widths[c] = COLUMN_WIDTH;
    return widths != NULL && paper_begin(&totals->paper, &book->draft, TOTALS_SHEET, false, widths, totals->cols);
}

/* -- above the tables -- */

/* Columns from..to of twelve. */
static struct area
twelfths(const struct totals *totals, uint16_t from, uint16_t to)
{
    return paper_area(totals->row, (uint16_t)(from * totals->cols / 12), (uint16_t)(to * totals->cols / 12 - 1));
}

static bool
put_title(struct totals *totals)
{
    const struct rollup *rollup = totals->book->rollup;
    struct text title = text_new(totals->book->arena), year = text_new(totals->book->arena);
    text_puts(&title, rollup->area);
    if (rollup->year != 0) {
        text_printf(&title, "%d年", rollup->year);
        text_printf(&year, "%d年", rollup->year);
    }
    text_printf(&title, "%s（汇总）", rollup->form->title);
    struct style left = look_cell;
    if (title.failed || year.failed || rollup->form->nunit_labels == 0 || rollup->form->nyear_labels == 0 || !paper_text(&totals->paper, twelfths(totals, 0, 12), title.at, &look_title)
        || !paper_height(&totals->paper, totals->row, 40))
        return false;
    totals->row++;
    return paper_height(&totals->paper, totals->row, 26)
        && paper_text(&totals->paper, twelfths(totals, 0, 2), rollup->form->unit_labels[0], &look_head)
        && paper_text(&totals->paper, twelfths(totals, 2, 5), rollup->area, &left)
        && paper_text(&totals->paper, twelfths(totals, 5, 7), rollup->form->year_labels[0], &look_head)
        && paper_text(&totals->paper, twelfths(totals, 7, 8), year.at, &look_center)
        && paper_text(&totals->paper, twelfths(totals, 8, 10), "校验码", &look_head)
        && paper_text(&totals->paper, twelfths(totals, 10, 12), totals->book->code, &look_center);
}

/* A line over the full width, linked to another sheet if it is short: LibreOffice does not break a link. */
static bool
put_line(struct totals *totals, const struct text *line, uint32_t color, const char *sheet)
{
    struct style look = look_text;
    look.color = color;
    look.bold = color == INK_RED;
    look.fill = color == INK_RED ? FILL_RED : 0;
    totals->row++;
    if (line->failed)
        return false;
    double width = totals->cols * COLUMN_WIDTH;
    struct arena *arena = totals->book->arena;
    bool fits = paper_text_height(arena, line->at, width, &look) <= paper_text_height(arena, "", width, &look);
    return paper_text(&totals->paper, twelfths(totals, 0, 12), line->at, &look)
        && (sheet == NULL || !fits || paper_link(&totals->paper, totals->row, 0, sheet, "A1"));
}

static bool
put_counted(struct totals *totals)
{
    const struct rollup *rollup = totals->book->rollup;
    struct text line = text_new(totals->book->arena);
    size_t cells = 0, unnamed = 0;
    for (size_t i = 0; i < rollup->nentries; i++) {
        cells += rollup->entries[i].uncounted;
        unnamed += entry_unnamed(&rollup->entries[i]);
    }
    text_printf(&line, "计入 %zu 个单位", rollup->units);
    if (rollup->counted != rollup->units)
        text_printf(&line, "（%zu 份文件）", rollup->counted);
    text_puts(&line, "，各格逐项相加，合计由公式算出。各单位的数见“" DETAILS_SHEET "”。");
    if (cells > 0)
        text_printf(&line, "有 %zu 格没有数字，没有加进去。", cells);
    if (unnamed > 0)
        text_printf(&line, "有 %zu 份没有认出单位名称，按文件名列出，请看有没有重复。", unnamed);
    return put_line(totals, &line, INK_LINK, DETAILS_SHEET);
}

static bool
put_failing(struct totals *totals)
{
    const struct rollup *rollup = totals->book->rollup;
    struct text line = text_new(totals->book->arena), names = text_new(totals->book->arena);
    size_t n = 0;
    for (size_t i = 0; i < rollup->nentries; i++)
        if (rollup->entries[i].fate == FATE_COUNTED_FAILING && ++n <= NAMED_UNITS)
            text_printf(&names, "%s%s", n > 1 ? "、" : "", rollup->entries[i].name);
    if (n == 0)
        return !names.failed;
    text_printf(&line, "已计入，待更正：%zu 个单位，见“" VERDICTS_SHEET "”。", n);
    text_puts(&names, n > NAMED_UNITS ? " 等。" : "。");
    return put_line(totals, &line, INK_RED, VERDICTS_SHEET) && put_line(totals, &names, INK_RED, NULL);
}

/* What is in the sum twice, and what is lost with a roll-up that shares a unit with another. */
static bool
put_doubts(struct totals *totals)
{
    const struct rollup *rollup = totals->book->rollup;
    struct text line = text_new(totals->book->arena);
    size_t lost = 0;
    for (size_t i = 0; i < rollup->nentries; i++)
        lost += rollup->entries[i].lost;
    if (rollup->nrepeats > 0)
        text_printf(&line, "%zu 个单位在两份汇总里都有，内容不同，加了两次：", rollup->nrepeats);
    for (size_t i = 0; i < rollup->nrepeats && i < NAMED_UNITS; i++)
        text_printf(&line, "%s%s", i > 0 ? "、" : "", rollup->repeats[i].name);
    if (rollup->nrepeats > 0)
        text_puts(&line, rollup->nrepeats > NAMED_UNITS ? " 等。" : "。");
    if (lost > 0)
        text_printf(&line, "没有计入的汇总里有 %zu 份报告别处没有。", lost);
    if (line.n == 0)
        return !line.failed;
    text_puts(&line, "请用各单位的文件重新汇总。");
    return put_line(totals, &line, INK_RED, REGISTER_SHEET);
}

static bool
put_left_out(struct totals *totals)
{
    static const struct { enum fate fate; const char *what; } kinds[] = {
        { FATE_UNREADABLE, "读不了" }, { FATE_OTHER_FORM, "格式或年度不同" }, { FATE_LEFT_OUT, "待更正（只要求计入通过的）" },
        { FATE_OLDER, "较旧的版本" }, { FATE_SAME, "完全相同的" }, { FATE_NOT_COUNTED, "名单写明不计的" },
        { FATE_COVERED, "另一份汇总里已有的" }, { FATE_PARENT, "本地区的总报告（用来比较）" },
    };
    const struct rollup *rollup = totals->book->rollup;
    struct text line = text_new(totals->book->arena);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t n = 0;
        for (size_t i = 0; i < rollup->nentries; i++)
            n += rollup->entries[i].fate == kinds[k].fate;
        if (n > 0)
            text_printf(&line, "%s%s %zu 份", line.n > 0 ? "，" : "没有计入的文件：", kinds[k].what, n);
    }
    if (line.n == 0)
        return !line.failed;
    text_puts(&line, "，见“" REGISTER_SHEET "”。");
    return put_line(totals, &line, INK_LINK, REGISTER_SHEET);
}

static bool
put_absent(struct totals *totals)
{
    const struct rollup *rollup = totals->book->rollup;
    const struct roster *roster = rollup->options.roster;
    struct text line = text_new(totals->book->arena);
    size_t due = 0, absent = 0;
    for (size_t i = 0; roster != NULL && i < roster->n; i++) {
        bool expected = member_reports(&roster->members[i]);
        due += expected;
        absent += expected && !rollup->present[i];
    }
    text_printf(&line, "应报 %zu 个，未报 %zu 个，见“" MISSING_SHEET "”。", due, absent);
    return roster == NULL || put_line(totals, &line, INK_LINK, MISSING_SHEET);
}

/* -- the tables -- */

static bool
put_value(struct totals *totals, const struct section *section, const struct layout *layout, size_t slot)
{
    const struct value *value = &section->values[slot];
    struct style look = paper_number_look(value->slot, value->has && decimal_whole(value->number));
    const struct equation *sum = value->has ? layout_sum(layout, slot) : NULL;
    const char *formula = sum != NULL ? layout_formula(totals->book->arena, &totals->layouts, sum) : NULL;
    if (sum != NULL && formula == NULL)
        return false;
    look.fill = sum != NULL ? FILL_GREY : 0;
    if (!value->has)
        return paper_text(&totals->paper, layout->slots[slot], "数太大，没有相加", &look);
    return paper_number(&totals->paper, layout->slots[slot], decimal_double(value->number), formula, &look);
}

static double
height_of(const struct paper *paper, uint32_t from)
{
    double height = 0;
    for (size_t r = from; r < paper->rows; r++)
        height += paper->heights[r];
    return height;
}

/* *page: the row that the page at hand begins with. */
static bool
put_table(struct totals *totals, size_t which, uint32_t *page, double room)
{
    struct layout *layout = &totals->layouts.at[which];
    struct paper *paper = &totals->paper;
    uint32_t first = totals->row += 2;
    if (!spread(totals, layout) || !paper_labels(paper, layout, 0))
        return false;
    for (size_t i = 0; i < layout->table->nslots; i++)
        if (!put_value(totals, &totals->book->report.sections[which], layout, i))
            return false;
    for (uint32_t r = 1; r < layout->rows; r++)
        if (!paper_height(paper, first + r, ROW_LEAST))
            return false;
    totals->row = first + layout->rows - 1;
    if (!paper_height(paper, first, 34) || !paper_height(paper, first - 1, 12) || !paper_conditions(paper, &totals->layouts, layout))
        return false;
    if (height_of(paper, *page) <= room)
        return true;
    *page = first;
    return draft_break(&totals->book->draft, paper->sheet, first);
}

/* Where the numbers stand, in the order of the form. */
static bool
note_places(struct totals *totals)
{
    struct text list = text_new(totals->book->arena);
    struct stamp_place place;
    stamp_put_sheet(&list, &place, TOTALS_SHEET);
    for (size_t t = 0; t < totals->layouts.n; t++)
        for (size_t i = 0; i < totals->layouts.at[t].table->nslots; i++) {
            const struct area *area = &totals->layouts.at[t].slots[i];
            stamp_put_place(&list, &place, area->row, area->col);
            text_putc(&list, '|');
        }
    totals->book->places = list.at;
    return !list.failed;
}

bool
rollup_totals(struct rollup_book *book)
{
    struct totals totals = { .book = book };
    if (!begin(&totals) || !put_title(&totals) || !put_counted(&totals) || !put_failing(&totals) || !put_doubts(&totals) || !put_left_out(&totals) || !put_absent(&totals))
        return false;
    double scale = PAGE_WIDTH / (totals.cols * COLUMN_WIDTH * POINT_PER_WIDTH);
    scale = scale > 1 ? 1 : scale;
    uint32_t page = 0;
    for (size_t i = 0; i < totals.layouts.n; i++)
        if (!put_table(&totals, i, &page, PAGE_HEIGHT / scale))
            return false;
    paper_page(&totals.paper)->tab_color = book->report.verdict == VERDICT_PASS ? 0 : 0xC00000;
    return note_places(&totals) && paper_finish(&totals.paper, totals.cols, book->footer);
}
