/* SPDX-License-Identifier: MIT */
/* paper_table: the printed table of a form on a sheet: widths that fit A4, labels, frame, and what guards its cells while a person
 * types: validation with a prompt (ECMA-376 part 1, 18.3.1.32) and conditional formats (18.3.1.18) from the equations. */
#include "paper.h"
#include "text.h"

#define WIDTH_PORTRAIT 102.0         /* characters over an A4 page at the sizes used here, fitted to the page when printed */
#define WIDTH_LANDSCAPE 138.0
#define HEIGHT_PORTRAIT 560.0        /* points that the rows of a short table may spread over */
#define HEIGHT_LANDSCAPE 240.0
#define ROW_LEAST 20.0
#define ROW_MOST 30.0

/* What a group's label needs in its column when it may use about every second of its rows for a line. */
static double
group_width(const struct printed *label)
{
    uint32_t rows = label->area.row2 - label->area.row + 1, lines = rows > 3 ? rows / 2 : 1;
    double width = (double)(text_width(label->text) + lines - 1) / lines + 2;
    return width < 5 ? 5 : width > 16 ? 16 : width;
}

const double *
paper_table_widths(struct arena *arena, const struct layout *layout)
{
    const struct table *table = layout->table;
    uint16_t labels = layout->slots[0].col, numbers = (uint16_t)(layout->cols - labels);
    double total = table->landscape ? WIDTH_LANDSCAPE : WIDTH_PORTRAIT, rest = total;
    double *widths = arena_array(arena, layout->cols, sizeof *widths);
    if (widths == NULL)
        return NULL;
    double number = (labels > 0 ? total * 0.55 : total) / numbers;
    for (uint16_t c = labels; c < layout->cols; c++)
        widths[c] = number < 8 ? 8 : number > 20 ? 20 : number;
    for (size_t i = 0; i < layout->nlabels; i++) {
        const struct printed *label = &layout->labels[i];
        uint16_t col = label->area.col;
        if (label->role == ROLE_ROW && col + 1 < labels && label->node->nchildren > 0 && group_width(label) > widths[col])
            widths[col] = group_width(label);
        if (label->role == ROLE_COLUMN && label->node->nchildren == 0 && label->node->width > 0 && label->area.col2 == col)
            widths[col] = label->node->width;
    }
    for (uint16_t c = 0; c < layout->cols; c++)
        rest -= widths[c];
    if (labels > 0)
        widths[labels - 1] += rest < 18 ? 18 : rest > 40 ? 40 : rest;
    return widths;
}

static struct style
label_look(const struct printed *label)
{
    struct style look = look_head;
    switch (label->role) {
    case ROLE_TITLE:
        return look_title;
    case ROLE_CAPTION:
        look.bold = true;
        break;
    case ROLE_ROW:
        look = label->node->nchildren > 0 ? look_center : look_cell;
        break;
    default:
        break;
    }
    return look;
}

bool
paper_labels(struct paper *paper, const struct layout *layout, uint32_t title_fill)
{
    for (size_t i = 0; i < layout->nlabels; i++) {
        struct style look = label_look(&layout->labels[i]);
        if (layout->labels[i].role == ROLE_TITLE)
            look.fill = title_fill;
        if (!paper_text(paper, layout->labels[i].area, layout->labels[i].text, &look))
            return false;
    }
    return true;
}

bool
paper_table(struct paper *paper, struct draft *draft, const char *name, const struct layout *layout, uint32_t title_fill)
{
    const struct table *table = layout->table;
    const double *widths = paper_table_widths(draft->book.arena, layout);
    if (widths == NULL || !paper_begin(paper, draft, name, false, widths, layout->cols) || !paper_labels(paper, layout, title_fill))
        return false;
    struct page *page = paper_page(paper);
    page->landscape = table->landscape;
    page->freeze_row = page->repeat_rows = table->nblocks == 1 ? layout->header_rows : 1;    /* each block has its own header */
    double height = (table->landscape ? HEIGHT_LANDSCAPE : HEIGHT_PORTRAIT) / layout->rows;
    for (uint32_t r = 1; r < layout->rows; r++)
        if (!paper_height(paper, r, height < ROW_LEAST ? ROW_LEAST : height > ROW_MOST ? ROW_MOST : height))
            return false;
    return paper_height(paper, 0, 40);
}

struct style
paper_number_look(const struct slot *slot, bool whole)
{
    struct style look = { .border = true, .shrink = true, .align = ALIGN_CENTER, .number_format = whole ? "0" : NULL };
    if (slot->kind == KIND_MONEY)
        look.number_format = "General\" 万元\"";
    return look;
}

/* A line more, if there is one. */
static void
put_line(struct text *out, const char *line)
{
    if (line == NULL || *line == '\0')
        return;
    text_puts(out, out->n > 0 ? "\n" : "");
    text_puts(out, line);
}

bool
paper_input(struct paper *paper, const struct layout *layout, size_t slot, const char *reminder)
{
    static const struct { enum input input; const char *rule, *refusal; } kinds[] = {
        [KIND_COUNT] = { INPUT_WHOLE, "填 0 或正整数，没有发生的填 0。", "这里填件数：0 或正整数，不带“件”“项”等字，不写“/”或“无”。没有发生的填 0。" },
        [KIND_CHANGE] = { INPUT_SIGNED_WHOLE, "填整数，减少的填负数，没有变化的填 0。", "这里填整数：增加填正数，减少填负数（例如 -8），不写“增”“减”。没有变化的填 0。" },
        [KIND_MONEY] = { INPUT_AMOUNT, "填金额，单位万元，没有发生的填 0。", "这里填金额数字，单位是万元，不是元（251000 元填 25.1），不带单位。没有发生的填 0。" },
    };
    const struct slot *it = &layout->table->form->slots[layout->table->first + slot];
    struct text prompt = text_new(paper->draft->book.arena);
    put_line(&prompt, reminder);
    put_line(&prompt, kinds[it->kind].rule);
    put_line(&prompt, it->row->help);
    put_line(&prompt, it->column->help);
    struct input_rule rule = { layout->slots[slot], (uint8_t)kinds[it->kind].input, it->row->brief, prompt.at, kinds[it->kind].refusal };
    if (rule.title == NULL || *rule.title == '\0')
        rule.title = layout->table->brief;
    return !prompt.failed && draft_input(paper->draft, paper->sheet, rule);
}

/* Are these the slots of the others, moved? */
static bool
moved_slots(const struct layout *layout, const size_t *from, const size_t *to, size_t n, uint32_t rows, uint32_t cols)
{
    for (size_t i = 0; i < n; i++) {
        const struct area *a = &layout->slots[from[i] - layout->table->first], *b = &layout->slots[to[i] - layout->table->first];
        if (b->row != a->row + rows || b->col != a->col + cols)
            return false;
    }
    return true;
}

/* Is `to` the equation `from`, so many rows lower and columns further? Then its formula is what a spreadsheet makes of the other's there. */
static bool
moved(const struct layout *layout, const struct equation *from, const struct equation *to, uint32_t rows, uint32_t cols)
{
    return !layout_reaches(to) && to->relation == from->relation && to->nleft == from->nleft && to->nright == from->nright
        && moved_slots(layout, from->left, to->left, from->nleft, rows, cols)
        && moved_slots(layout, from->right, to->right, from->nright, rows, cols);
}

/* How many of the n equations from the first on are each the one before it one row lower, or each one column further. */
static size_t
run_of(const struct layout *layout, const struct equation *first, size_t n)
{
    size_t down = 1, right = 1;
    while (down < n && moved(layout, first, first + down, (uint32_t)down, 0))
        down++;
    while (right < n && moved(layout, first, first + right, 0, (uint32_t)right))
        right++;
    return down > right ? down : right;
}

/* A condition on each of the slots and those that it moves to; its formula is for the first. */
static bool
condition_on(struct paper *paper, const struct layout *layout, const size_t *slots, const size_t *last, size_t n, const char *formula, uint16_t style)
{
    for (size_t i = 0; i < n; i++) {
        const struct area *from = &layout->slots[slots[i] - layout->table->first], *to = &layout->slots[last[i] - layout->table->first];
        struct condition condition = { { from->row, to->row, from->col, to->col }, formula, style };
        if (!draft_condition(paper->draft, paper->sheet, condition))
            return false;
    }
    return true;
}

/* Red where an equation breaks. While a cell of it holds a text it is not judged. The formula of a condition may not name other
 * sheets in this part of the file format, so an equation that reaches into another table has none. */
bool
paper_conditions(struct paper *paper, const struct layouts *layouts, const struct layout *layout)
{
    const struct table *table = layout->table;
    uint16_t red = draft_style(paper->draft, &(struct style){ .color = INK_RED, .fill = FILL_RED });
    for (size_t i = 0, run; i < table->nequations; i += run) {
        const struct equation *equation = &table->equations[i];
        struct equation_text it;
        run = 1;
        if (layout_reaches(equation))
            continue;
        run = run_of(layout, equation, table->nequations - i);
        const struct equation *last = equation + (run - 1);
        if (red == 0 || !layout_equation(paper->draft->book.arena, layouts, equation, &it))
            return false;
        struct text formula = text_new(paper->draft->book.arena);
        text_printf(&formula, "AND(COUNT(%s)=COUNTA(%s),%s%s0)", it.members, it.members, it.difference,
                    equation->relation == RELATION_AT_MOST ? ">" : "<>");
        bool both = equation->relation != RELATION_SUM;
        if (formula.failed || !condition_on(paper, layout, equation->left, last->left, equation->nleft, formula.at, red)
            || (both && !condition_on(paper, layout, equation->right, last->right, equation->nright, formula.at, red)))
            return false;
    }
    return true;
}
