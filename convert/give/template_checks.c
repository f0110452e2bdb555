/* SPDX-License-Identifier: MIT */
/* template_checks: beside each table of the blank workbook, outside its print area, a cell per equation says 平 or 不平 while the
 * clerk types. The arithmetic is on the sheet 校验 (template_summary.c); here it is put in words and colours. */
#include <string.h>

#include "sheets.h"
#include "template.h"
#include "text.h"
#include "workbook.h"

#define GAP_WIDTH 2.0
#define SIDE_WIDTH 16.0              /* "有的不是数字" in one line */
#define BELOW_HEIGHT 30.0            /* in two */

static const struct cell *
cell_at(const struct paper *paper, uint32_t row, uint16_t col)
{
    const struct sheet *sheet = &paper->draft->book.sheets[paper->sheet];
    for (size_t i = 0; i < sheet->ncells; i++)
        if (sheet->cells[i].row == row && sheet->cells[i].col == col)
            return &sheet->cells[i];
    return NULL;
}

static bool
is_number_of(const struct layout *layout, size_t slot)
{
    return slot - layout->table->first < layout->table->nslots;
}

/* The first cell of an equation on the sheet of its table; the table's first when all of them lie elsewhere. */
static struct area
first_cell(const struct layout *layout, const struct equation *equation)
{
    for (size_t i = 0; i < equation->nleft + equation->nright; i++) {
        size_t slot = i < equation->nleft ? equation->left[i] : equation->right[i - equation->nleft];
        if (is_number_of(layout, slot))
            return layout->slots[slot - layout->table->first];
    }
    return layout->slots[0];
}

/* Along its row, the check stands beside it; a table of one row would stack all of them there. */
static bool
is_beside(const struct layout *layout, const struct equation *equation)
{
    return equation->row != NULL && layout->slots[0].row != layout->slots[layout->table->nslots - 1].row;
}

/* The columns left of all checks that this rule has below the table, for its label; none (0): it goes to the right. */
static uint16_t
label_columns(const struct layout *layout, const struct rule *rule)
{
    uint16_t least = layout->slots[0].col;
    if (least > 0)
        return least;
    least = layout->cols;
    for (size_t i = 0; i < layout->table->nequations; i++) {
        const struct equation *equation = &layout->table->equations[i];
        if (equation->rule == rule && !is_beside(layout, equation) && first_cell(layout, equation).col < least)
            least = first_cell(layout, equation).col;
    }
    return least;
}

/* The place beside the row: the first free one. */
static bool
place_beside(struct paper *paper, const struct layout *layout, const struct equation *equation, struct area *place)
{
    static const struct style look = { .size = 9, .color = INK_GREY, .align = ALIGN_CENTER };
    *place = paper_cell(first_cell(layout, equation).row, (uint16_t)(layout->cols + 1));
    while (cell_at(paper, place->row, place->col) != NULL)
        place->col2 = ++place->col;
    struct area head = paper_cell(layout->header_rows - 1, place->col);
    return draft_width(paper->draft, paper->sheet, place->col, place->col, SIDE_WIDTH)
        && (cell_at(paper, head.row, head.col) != NULL || paper_text(paper, head, CHECKS_LABEL, &look));
}

/* The place below its column, in a row of its rule: the first row where that label or none stands and the cell is free. */
static bool
place_below(struct paper *paper, const struct layout *layout, const struct equation *equation, struct area *place)
{
    static const struct style look = { .size = 9, .color = INK_GREY, .wrap = true, .align = ALIGN_RIGHT };
    struct text words = text_new(paper->draft->book.arena);
    struct area first = first_cell(layout, equation);
    uint16_t labels = label_columns(layout, equation->rule), at = labels > 0 ? 0 : (uint16_t)(layout->cols + 1);
    const struct cell *label;
    text_printf(&words, CHECKS_LABEL "：%s", equation->rule->title.zh);
    if (words.failed)
        return false;
    *place = paper_area(layout->rows + 1, first.col, first.col2);
    for (;; place->row2 = ++place->row) {
        label = cell_at(paper, place->row, at);
        if ((label == NULL || strcmp(label->text, words.at) == 0) && cell_at(paper, place->row, place->col) == NULL)
            break;
    }
    return paper_height(paper, place->row, BELOW_HEIGHT)
        && (label != NULL || paper_text(paper, paper_area(place->row, at, labels > 0 ? (uint16_t)(labels - 1) : at), words.at, &look));
}

/* Red where an equation breaks: each condition is for one cell, so that the address in its formula stands for itself. */
static bool
redden(struct paper *paper, const struct layout *layout, const size_t *slots, size_t n, const char *formula)
{
    uint16_t style = draft_style(paper->draft, &(struct style){ .color = INK_RED, .fill = FILL_RED });
    for (size_t i = 0; i < n; i++) {
        if (!is_number_of(layout, slots[i]))
            continue;
        struct area area = layout->slots[slots[i] - layout->table->first];
        struct condition condition = { paper_cell(area.row, area.col), formula, style };
        if (style == 0 || !draft_condition(paper->draft, paper->sheet, condition))
            return false;
    }
    return true;
}

static bool
put_check(struct template *template, struct paper *paper, const struct layout *layout, const struct equation *equation, struct area place)
{
    static const struct style look = { .size = 9, .color = INK_GREY, .border = true, .wrap = true, .align = ALIGN_CENTER };
    struct arena *arena = paper->draft->book.arena;
    char cell[A1_SIZE];
    const char *difference = a1_quoted(arena, CHECKS_SHEET, a1(template_check_row(template, equation), CHECKS_DIFFERENCE, cell));
    const char *typed = a1_quoted(arena, CHECKS_SHEET, a1(template_typed_row(template, layout), CHECKS_PICTURE, cell));
    struct text formula = text_new(arena), uneven = text_new(arena);
    if (difference == NULL || typed == NULL)
        return false;
    text_printf(&formula, "IF(%s=0,\"" CHECK_UNFILLED "\",IF(COUNT(%s)=0,\"" CHECK_NO_NUMBER "\",IF(%s%s0,\"" CHECK_EVEN "\",\"" CHECK_UNEVEN "\"&%s)))",
                typed, difference, difference, equation->relation == RELATION_AT_MOST ? "<=" : "=", difference);
    a1(place.row, place.col, cell);
    text_printf(&uneven, "LEFT(%s,2)=\"不平\"", cell);
    uint16_t style = draft_style(paper->draft, &look);
    return !formula.failed && !uneven.failed && style != 0 && draft_merge(paper->draft, paper->sheet, place, "", style)
        && draft_formula_text(paper->draft, paper->sheet, place.row, place.col, formula.at, CHECK_UNFILLED, style)
        && paper_note(paper, place, equation->rule->title.zh) && template_colour(paper, paper_cell(place.row, place.col))
        && redden(paper, layout, equation->left, equation->nleft, uneven.at)
        && (equation->relation == RELATION_SUM || redden(paper, layout, equation->right, equation->nright, uneven.at));
}

bool
template_put_checks(struct template *template, struct paper *paper, const struct layout *layout)
{
    if (!draft_width(paper->draft, paper->sheet, layout->cols, layout->cols, GAP_WIDTH))
        return false;
    for (size_t i = 0; i < layout->table->nequations; i++) {
        const struct equation *equation = &layout->table->equations[i];
        struct check *check = &template->checks[template_check_row(template, equation) - CHECKS_FIRST_ROW];
        check->first = first_cell(layout, equation);
        if (!(is_beside(layout, equation) ? place_beside : place_below)(paper, layout, equation, &check->place)
            || !put_check(template, paper, layout, equation, check->place))
            return false;
    }
    return true;
}
