/* SPDX-License-Identifier: MIT */
/* rollup_charts: the sheet 图: what came of the applications, who made them, and the ten units with most of them; each chart beside its numbers.
 * What is shown is found in the sums of the form. */
#include "rollup_workbook.h"

enum { COL_NAME, COL_NOW, COL_BEFORE, COL_GAP, COL_CHART, COLS };
enum { ROWS_LEAST = 20, CHART_WIDTH = 680, CHART_HEIGHT = 390 };      /* a row is 20 pixels high at least */

/* -- what of a form is worth showing -- */

/* The sum of a slot of that relation: along its column (down the rows), or along its row (across the columns). */
static const struct equation *
sum_of(const struct table *table, size_t slot, bool down)
{
    for (size_t i = 0; i < table->nequations; i++) {
        const struct equation *sum = &table->equations[i];
        if (sum->relation == RELATION_SUM && sum->left[0] == slot && (down ? sum->column : sum->row) != NULL && sum->nright > 1)
            return sum;
    }
    return NULL;
}

/* The first slot that both kinds of sums give, and the one that the balance of its column begins with. */
static bool
highlights_in(const struct table *table, struct highlights *out)
{
    for (size_t i = 0; i < table->nslots; i++) {
        size_t slot = table->first + i;
        out->outcomes = sum_of(table, slot, true);
        if (out->outcomes == NULL || sum_of(table, slot, false) == NULL)
            continue;
        for (size_t e = 0; e < table->nequations; e++) {
            const struct equation *balance = &table->equations[e];
            bool here = balance->relation == RELATION_EQUAL && balance->nright > 0 && balance->column == out->outcomes->column;
            if (here && (out->applicants = sum_of(table, balance->right[0], false)) != NULL)
                return true;
        }
    }
    return false;
}

struct highlights
rollup_highlights(const struct form *form)
{
    struct highlights found = { NULL, NULL };
    for (size_t t = 0; t < form->ntables; t++)
        if (highlights_in(&form->tables[t], &found))
            return found;
    return (struct highlights){ NULL, NULL };
}

/* -- the sheet -- */

struct charts { struct rollup_book *book; struct paper paper; uint32_t row; };

/* A line of a chart's numbers. */
struct bar { const char *name; struct sum now, before; };

static bool
put_head(struct charts *charts, const char *title, bool before)
{
    int year = charts->book->rollup->year;
    struct style head = look_head, name = look_title;
    struct text now = text_new(charts->book->arena), then = text_new(charts->book->arena);
    head.fill = FILL_GREY;
    name.size = 12;
    name.align = ALIGN_LEFT;
    year != 0 ? text_printf(&now, "%d年", year) : text_puts(&now, "本年");
    year != 0 ? text_printf(&then, "%d年", year - 1) : text_puts(&then, "上年");
    return !now.failed && !then.failed && paper_text(&charts->paper, paper_area(charts->row, COL_NAME, COL_BEFORE), title, &name)
        && paper_text(&charts->paper, paper_cell(charts->row + 1, COL_NAME), "", &head)
        && paper_text(&charts->paper, paper_cell(charts->row + 1, COL_NOW), now.at, &head)
        && (!before || paper_text(&charts->paper, paper_cell(charts->row + 1, COL_BEFORE), then.at, &head));
}

static bool
put_sum(struct charts *charts, uint32_t row, uint16_t col, struct sum sum)
{
    if (sum.overflow)
        return paper_text(&charts->paper, paper_cell(row, col), "", &look_center);
    return paper_number(&charts->paper, paper_cell(row, col), decimal_double((struct decimal){ sum.micros }), NULL, &look_center);
}

static const char *
text_at(const struct charts *charts, uint32_t row, uint16_t col)
{
    const struct sheet *sheet = &charts->book->draft.book.sheets[charts->paper.sheet];
    for (size_t i = sheet->ncells; i-- > 0;)
        if (sheet->cells[i].row == row && sheet->cells[i].col == col)
            return sheet->cells[i].text;
    return "";
}

static bool
put_chart(struct charts *charts, const char *title, enum chart_kind kind, const struct bar *bars, size_t n, bool before)
{
    uint32_t first = charts->row + 2, last = (uint32_t)(first + n - 1);
    if (n == 0)
        return true;
    if (!put_head(charts, title, before))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (!paper_text(&charts->paper, paper_cell(first + i, COL_NAME), bars[i].name, &look_cell)
            || !put_sum(charts, first + i, COL_NOW, bars[i].now) || (before && !put_sum(charts, first + i, COL_BEFORE, bars[i].before)))
            return false;
    }
    struct chart chart = {
        .kind = (uint8_t)kind, .row = charts->row, .col = COL_CHART, .width = CHART_WIDTH, .height = CHART_HEIGHT, .title = title,
        .names = { first, last, COL_NAME, COL_NAME }, .nseries = before ? 2 : 1,
        .series = { { text_at(charts, first - 1, COL_NOW), { first, last, COL_NOW, COL_NOW } },
                    { before ? text_at(charts, first - 1, COL_BEFORE) : NULL, { first, last, COL_BEFORE, COL_BEFORE } } },
    };
    charts->row += (uint32_t)(n + 3 > ROWS_LEAST ? n + 3 : ROWS_LEAST);
    return draft_chart(&charts->book->draft, charts->paper.sheet, chart);
}

/* -- what is shown -- */

static void
add(struct sum *to, struct sum sum)
{
    to->overflow = to->overflow || sum.overflow || __builtin_add_overflow(to->micros, sum.micros, &to->micros);
}

/* The row's group beside the row of the total: a sibling of it. */
static const struct node *
sibling(const struct node *row, const struct node *total)
{
    while (row->parent != total->parent && row->parent != NULL)
        row = row->parent;
    return row;
}

/* The terms of a sum, those of one group (or each alone, where there is no total to be beside) as one bar. */
static struct bar *
bars_of(const struct rollup *rollup, struct arena *arena, const struct equation *sum, bool rows, size_t *n)
{
    struct bar *bars = arena_array(arena, sum->nright, sizeof *bars);
    const struct slot *slots = rollup->form->slots;
    const struct node *last = NULL;
    *n = 0;
    for (size_t i = 0; bars != NULL && i < sum->nright; i++) {
        const struct slot *term = &slots[sum->right[i]];
        const struct node *node = rows ? sibling(term->row, slots[sum->left[0]].row) : term->column;
        if (node != last)
            bars[(*n)++] = (struct bar){ .name = node->brief };
        last = node;
        add(&bars[*n - 1].now, rollup->sums[sum->right[i]]);
        if (rollup->before != NULL)
            add(&bars[*n - 1].before, rollup->before[sum->right[i]]);
    }
    return bars;
}

static struct bar *
bars_of_units(const struct rollup_book *book, size_t *n)
{
    struct bar *bars = arena_array(book->arena, LARGEST, sizeof *bars);
    *n = bars != NULL ? book->nlargest : 0;
    for (size_t i = 0; i < *n; i++)
        bars[i] = (struct bar){ book->rollup->entries[book->largest[i].entry].name, { book->largest[i].micros, false }, { 0, false } };
    return bars;
}

static bool
put_charts(struct charts *charts, const struct highlights *highlights)
{
    struct rollup_book *book = charts->book;
    const struct slot *slots = book->rollup->form->slots;
    bool before = book->rollup->before != NULL;
    size_t noutcomes, napplicants, nunits;
    const struct bar *outcomes = bars_of(book->rollup, book->arena, highlights->outcomes, true, &noutcomes);
    const struct bar *applicants = bars_of(book->rollup, book->arena, highlights->applicants, false, &napplicants);
    const struct bar *units = bars_of_units(book, &nunits);
    const struct slot *outcome = &slots[highlights->outcomes->left[0]], *applicant = &slots[highlights->applicants->left[0]];
    struct text titles[3] = { text_new(book->arena), text_new(book->arena), text_new(book->arena) };
    const struct node *group = outcome->row->parent != NULL ? outcome->row->parent : outcome->row;
    text_printf(&titles[0], "%s（件）", group->label.text);
    text_printf(&titles[1], "%s：按%s（件）", applicant->row->label.text, applicant->block->heading.text != NULL ? applicant->block->heading.text : "栏目");
    text_printf(&titles[2], "%s：最多的 %zu 个单位（件）", applicant->row->label.text, nunits);
    return outcomes != NULL && applicants != NULL && units != NULL && !titles[0].failed && !titles[1].failed && !titles[2].failed
        && put_chart(charts, titles[0].at, CHART_BARS, outcomes, noutcomes, before)
        && put_chart(charts, titles[1].at, CHART_COLUMNS, applicants, napplicants, before)
        && put_chart(charts, titles[2].at, CHART_BARS, units, nunits, false);
}

bool
rollup_charts(struct rollup_book *book)
{
    static const double widths[COLS] = { 34, 12, 12, 3, 10 };
    struct highlights highlights = rollup_highlights(book->rollup->form);
    struct charts charts = { .book = book, .row = 1 };
    struct style title = look_title;
    title.size = 14;
    if (highlights.outcomes == NULL)
        return true;
    if (!paper_begin(&charts.paper, &book->draft, CHARTS_SHEET, false, widths, COLS)
        || !paper_text(&charts.paper, paper_area(0, COL_NAME, COL_BEFORE), CHARTS_SHEET, &title) || !put_charts(&charts, &highlights)
        || !paper_finish(&charts.paper, COLS, book->footer))
        return false;
    paper_page(&charts.paper)->has_print_area = false;
    return true;
}
