/* SPDX-License-Identifier: MIT */
/* comparison: the lines of 与上年对比, and the sheet. A report's come in the order of its tables; what last year's form did not have stays
 * empty. */
#include "comparison.h"

#include <stdio.h>
#include <string.h>

#include "previous.h"
#include "sheets.h"

enum { COL_TABLE, COL_ROW, COL_COLUMN, COL_NOW, COL_BEFORE, COL_CHANGE, COL_PERCENT, COLS };
static const double widths[COLS] = { 8, 46, 34, 14, 14, 14, 11 };
enum { FIRST_ROW = 3 };

void
row_words(struct text *out, const struct node *row)
{
    const struct node *group = row->parent;
    if (group != NULL && group->parent != NULL)
        text_printf(out, "%s·", group->brief);
    text_puts(out, row->brief);
}

bool
comparison_name(struct arena *arena, struct comparison_line *line, const struct slot *slot)
{
    struct text words = text_new(arena);
    row_words(&words, slot->row);
    line->slot = slot;
    line->table = slot->table->brief;
    line->row = words.at;
    line->column = slot->column->path;
    return !words.failed;
}

/* -- the lines of a report -- */

/* Does a total along the same row count this slot? */
static bool
is_part(const struct table *table, size_t slot)
{
    for (size_t e = 0; e < table->nequations; e++) {
        const struct equation *sum = &table->equations[e];
        for (size_t i = 0; sum->relation == RELATION_SUM && sum->row != NULL && i < sum->nright; i++)
            if (sum->right[i] == table->first + slot)
                return true;
    }
    return false;
}

/* The sum of this year's numbers of a kin. */
static bool
sum_kin(const struct section *section, const struct kin *kin, struct decimal *sum)
{
    const struct table *table = section->table;
    *sum = (struct decimal){ 0 };
    for (size_t i = 0; i < kin->nnow; i++) {
        size_t at = kin->now[i] - table->first;
        if (at >= table->nslots || !section->values[at].has || !decimal_add(*sum, section->values[at].number, sum))
            return false;
    }
    return true;
}

/* The lines of kin whose last number is this one. */
static bool
add_kin(struct arena *arena, const struct report *report, const struct section *section, size_t slot, struct comparison *out)
{
    const struct form *form = section->table->form;
    for (size_t k = 0; k < form->nkin; k++) {
        const struct kin *kin = &form->kin[k];
        struct comparison_line *line = &out->lines[out->n];
        if (kin->now[kin->nnow - 1] != section->table->first + slot || !previous_kin(report->previous, kin, &line->last))
            continue;
        if (!comparison_name(arena, line, &form->slots[kin->now[0]]))
            return false;
        line->row = kin->label;
        line->has_now = sum_kin(section, kin, &line->now);
        line->has_last = true;
        out->n++;
    }
    return true;
}

bool
comparison_make(struct arena *arena, const struct report *report, struct comparison *out)
{
    size_t most = 1;
    for (size_t i = 0; i < report->nsections; i++)
        most += report->sections[i].table->nslots + report->sections[i].table->form->nkin;
    *out = (struct comparison){ .year = report->year, .remark = "上年的格式里没有的项目空着。", .lines = arena_array(arena, most, sizeof *out->lines) };
    for (size_t i = 0; out->lines != NULL && i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        for (size_t v = 0; v < section->table->nslots && section->placement != NULL; v++) {
            const struct value *value = &section->values[v];
            struct comparison_line *line = &out->lines[out->n++];
            if (!comparison_name(arena, line, value->slot))
                return false;
            line->value = value;
            line->part = is_part(section->table, v);
            line->has_now = value->has && !section->empty;
            line->now = value->number;
            line->has_last = previous_number(report->previous, value->slot, &line->last);
            if (!add_kin(arena, report, section, v, out))
                return false;
        }
    }
    return out->lines != NULL;
}

const char *
comparison_percent(struct decimal now, struct decimal last, char out[PERCENT_TEXT])
{
    const int64_t most = INT64_MAX / 4000;           /* thousands of it can be counted */
    int64_t change = now.micros - last.micros, base = last.micros < 0 ? -last.micros : last.micros;
    bool minus = change < 0;
    change = minus ? -change : change;
    if (base == 0)
        return strcpy(out, "—");
    while (change > most || base > most) {
        change /= 10;
        base /= 10;
    }
    base += base == 0;
    int64_t tenths = (change * 2000 / base + 1) / 2;
    snprintf(out, PERCENT_TEXT, "%s%lld.%lld%%", minus && tenths > 0 ? "-" : "", (long long)(tenths / 10), (long long)(tenths % 10));
    return out;
}

/* -- the sheet -- */

static bool
put_head(struct arena *arena, struct paper *paper, const struct comparison *it)
{
    int year = it->year;
    struct text now = text_new(arena), before = text_new(arena);
    struct style head = look_head, title = look_title;
    head.fill = FILL_GREY;
    title.size = 14;
    year != 0 ? text_printf(&now, "本年（%d年）", year) : text_puts(&now, "本年");
    year != 0 ? text_printf(&before, "上年（%d年）", year - 1) : text_puts(&before, "上年");
    const char *heads[COLS] = { "表", "项目", "栏目", now.at, before.at, "增减", "增减比例" };
    if (now.failed || before.failed || !paper_text(paper, paper_area(0, 0, COLS - 1), COMPARE_SHEET, &title) || !paper_height(paper, 0, 30)
        || !paper_text(paper, paper_area(1, 0, COLS - 1), it->remark, &look_text))
        return false;
    for (uint16_t c = 0; c < COLS; c++)
        if (!paper_text(paper, paper_cell(2, c), heads[c], &head))
            return false;
    return paper_height(paper, 2, 24);
}

/* The change in percent is a text where there was nothing. */
static bool
put_change(struct arena *arena, struct paper *paper, uint32_t row, const struct comparison_line *line)
{
    struct style look = look_center, percent = look_center;
    struct text difference = text_new(arena), ratio = text_new(arena);
    struct area area = paper_cell(row, COL_PERCENT);
    struct decimal change;
    char a[A1_SIZE], b[A1_SIZE];
    double now = decimal_double(line->now), before = decimal_double(line->last);
    percent.number_format = "0.0%";
    text_printf(&difference, "ROUND(%s-%s,6)", a1(row, COL_NOW, a), a1(row, COL_BEFORE, b));
    text_printf(&ratio, "IF(%s=0,\"—\",(%s-%s)/%s)", b, a, b, b);
    uint16_t style = draft_style(paper->draft, &percent);
    if (difference.failed || ratio.failed || style == 0 || !decimal_sub(line->now, line->last, &change)
        || !paper_number(paper, paper_cell(row, COL_CHANGE), decimal_double(change), difference.at, &look))
        return false;
    return before == 0 ? draft_formula_text(paper->draft, paper->sheet, area.row, area.col, ratio.at, "—", style)
                       : draft_number(paper->draft, paper->sheet, area.row, area.col, (now - before) / before, ratio.at, style);
}

static bool
put_line(struct arena *arena, struct paper *paper, uint32_t row, const struct comparison_line *line)
{
    struct style look = paper_number_look(line->slot, line->slot->kind != KIND_MONEY);
    struct decimal change;
    bool both = line->has_now && line->has_last && decimal_sub(line->now, line->last, &change);
    if (!paper_text(paper, paper_cell(row, COL_TABLE), line->table, &look_center)
        || !paper_text(paper, paper_cell(row, COL_ROW), line->row, &look_cell)
        || !paper_text(paper, paper_cell(row, COL_COLUMN), line->column, &look_cell))
        return false;
    for (uint16_t c = COL_NOW; !both && c < COLS; c++)
        if (!paper_text(paper, paper_cell(row, c), "", &look_center))
            return false;
    return (!line->has_now || paper_number(paper, paper_cell(row, COL_NOW), decimal_double(line->now), line->formula, &look))
        && (!line->has_last || paper_number(paper, paper_cell(row, COL_BEFORE), decimal_double(line->last), NULL, &look))
        && (!both || put_change(arena, paper, row, line));
}

bool
comparison_sheet(struct arena *arena, struct draft *draft, const struct comparison *it, const char *footer, struct paper *paper)
{
    if (!paper_begin(paper, draft, COMPARE_SHEET, false, widths, COLS) || !put_head(arena, paper, it))
        return false;
    for (size_t i = 0; i < it->n; i++)
        if (!put_line(arena, paper, (uint32_t)(FIRST_ROW + i), &it->lines[i]))
            return false;
    struct page *page = paper_page(paper);
    page->freeze_row = page->repeat_rows = FIRST_ROW;
    page->has_filter = true;
    page->filter = (struct area){ FIRST_ROW - 1, (uint32_t)(FIRST_ROW - 1 + it->n), 0, COLS - 1 };
    return paper_finish(paper, COLS, footer);
}
