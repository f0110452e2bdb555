/* SPDX-License-Identifier: MIT */
/* template: the blank workbook of a form. Sheets are protected without a password: inputs are white and open, totals grey formulas.
 * Beside each table, outside the print area, a cell per equation says 平 while the clerk types. Nothing names a year. */
#include <string.h>

#include "give.h"
#include "text.h"
#include "workbook.h"

#define FOOTER "&C第&P页 共&N页"

static bool
put_slots(struct paper *paper, const struct layouts *layouts, const struct layout *layout)
{
    const struct table *table = layout->table;
    for (size_t i = 0; i < table->nslots; i++) {
        const struct slot *slot = &table->form->slots[table->first + i];
        struct style look = paper_number_look(slot, false);
        const struct equation *sum = layout_sum(layout, i);
        const char *formula = sum != NULL ? layout_formula(paper->draft->book.arena, layouts, sum) : NULL;
        look.unlocked = sum == NULL;
        look.fill = sum != NULL ? FILL_GREY : 0;
        if (sum == NULL ? !paper_text(paper, layout->slots[i], "", &look) || !paper_input(paper, layout, i)
                        : formula == NULL || !paper_number(paper, layout->slots[i], 0, formula, &look))
            return false;
    }
    return true;
}

/* -- checks -- */

static bool
is_taken(const struct paper *paper, uint32_t row, uint16_t col)
{
    const struct sheet *sheet = &paper->draft->book.sheets[paper->sheet];
    for (size_t i = 0; i < sheet->ncells; i++)
        if (sheet->cells[i].row == row && sheet->cells[i].col == col)
            return true;
    return false;
}

static bool
put_check_label(struct paper *paper, struct area area)
{
    static const struct style look = { .size = 9, .color = INK_GREY, .align = ALIGN_RIGHT };
    return is_taken(paper, area.row, area.col) || paper_text(paper, area, CHECKS_LABEL, &look);
}

/* The first cell of an equation on the sheet of its table; the table's first when all of them lie elsewhere. */
static struct area
first_cell(const struct layout *layout, const struct equation *equation)
{
    for (size_t i = 0; i < equation->nleft + equation->nright; i++) {
        size_t slot = i < equation->nleft ? equation->left[i] : equation->right[i - equation->nleft];
        if (slot - layout->table->first < layout->table->nslots)
            return layout->slots[slot - layout->table->first];
    }
    return layout->slots[0];
}

/* The place of an equation's check: the first free one beside its row, else below its first column. */
static bool
place_check(struct paper *paper, const struct layout *layout, const struct equation *equation, struct area *place)
{
    struct area first = first_cell(layout, equation);
    uint16_t labels = layout->slots[0].col;
    if (equation->row != NULL) {
        *place = paper_cell(first.row, (uint16_t)(layout->cols + 1));
        for (; is_taken(paper, place->row, place->col); place->col2 = ++place->col)
            ;
        return draft_width(paper->draft, paper->sheet, place->col, place->col, 14)
            && put_check_label(paper, paper_cell(layout->header_rows - 1, place->col));
    }
    *place = paper_area(layout->rows + 1, first.col, first.col2);
    for (; is_taken(paper, place->row, place->col); place->row2 = ++place->row)
        ;
    return put_check_label(paper, labels > 0 ? paper_area(place->row, 0, (uint16_t)(labels - 1))
                                             : paper_cell(place->row, (uint16_t)(layout->cols + 1)));
}

static bool
put_check(struct paper *paper, struct area area, const struct equation *equation, const struct equation_text *it)
{
    static const struct style look = { .size = 9, .border = true, .align = ALIGN_CENTER };
    static const struct style looks[] = { { .color = INK_RED, .fill = FILL_RED, .bold = true }, { .fill = FILL_GREEN } };
    struct text formula = text_new(paper->draft->book.arena);
    char cell[A1_SIZE];
    text_printf(&formula, "IF(COUNT(%s)<COUNTA(%s),\"有的不是数字\",IF(%s%s0,\"平\",\"不平 差 \"&%s))", it->members, it->members,
                it->difference, equation->relation == RELATION_AT_MOST ? "<=" : "=", it->difference);
    uint16_t style = draft_style(paper->draft, &look);
    if (formula.failed || style == 0 || !draft_merge(paper->draft, paper->sheet, area, "", style)
        || !draft_formula_text(paper->draft, paper->sheet, area.row, area.col, formula.at, "平", style)
        || !paper_note(paper, area, equation->rule->title.zh))
        return false;
    for (size_t i = 0; i < 2; i++) {
        struct text test = text_new(paper->draft->book.arena);
        text_printf(&test, "%s%s\"平\"", a1(area.row, area.col, cell), i == 0 ? "<>" : "=");
        struct condition condition = { paper_cell(area.row, area.col), test.at, draft_style(paper->draft, &looks[i]) };
        if (test.failed || condition.style == 0 || !draft_condition(paper->draft, paper->sheet, condition))
            return false;
    }
    return true;
}

/* A check per equation that is not a sum: sums are formulas here and cannot break. */
static bool
put_checks(struct paper *paper, const struct layouts *layouts, const struct layout *layout)
{
    for (size_t i = 0; i < layout->table->nequations; i++) {
        const struct equation *equation = &layout->table->equations[i];
        struct equation_text it;
        struct area place;
        if (equation->relation == RELATION_SUM)
            continue;
        if (!layout_equation(paper->draft->book.arena, layouts, equation, &it) || !place_check(paper, layout, equation, &place)
            || !put_check(paper, place, equation, &it))
            return false;
    }
    return true;
}

static bool
put_table(struct draft *draft, const struct layouts *layouts, const struct layout *layout)
{
    struct paper paper;
    if (!paper_table(&paper, draft, layout->table->sheet, layout, 0) || !put_slots(&paper, layouts, layout)
        || !paper_conditions(&paper, layouts, layout) || !put_checks(&paper, layouts, layout))
        return false;
    paper_page(&paper)->protect = true;
    if (!paper_finish(&paper, layout->cols, FOOTER))
        return false;
    paper_page(&paper)->print_area.row2 = layout->rows - 1;
    return true;
}

static bool
put_tables(struct draft *draft, const struct form *form)
{
    struct layouts layouts = { arena_array(draft->book.arena, form->ntables, sizeof *layouts.at), form->ntables };
    if (layouts.at == NULL)
        return false;
    for (size_t i = 0; i < layouts.n; i++)
        if (!layout_table(draft->book.arena, &form->tables[i], &layouts.at[i]))
            return false;
    for (size_t i = 0; i < layouts.n; i++)
        if (!put_table(draft, &layouts, &layouts.at[i]))
            return false;
    return true;
}

/* -- 填报说明 -- */

enum { COL_TABLE, COL_ITEM, COL_HELP, COLS };

static bool
put_helps(struct paper *paper, uint32_t *row, const struct table *table, const struct block *block, const struct node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct node *node = &nodes[i];
        if (node->help != NULL) {
            struct text item = text_new(paper->draft->book.arena);
            text_printf(&item, "%s%s%s", block->caption.text != NULL ? block->caption.text : "", block->caption.text != NULL ? "/" : "", node->path);
            if (item.failed || !paper_text(paper, paper_cell(*row, COL_TABLE), table->brief, &look_center)
                || !paper_text(paper, paper_cell(*row, COL_ITEM), item.at, &look_cell)
                || !paper_text(paper, paper_cell(*row, COL_HELP), node->help, &look_cell))
                return false;
            ++*row;
        }
        if (!put_helps(paper, row, table, block, node->children, node->nchildren))
            return false;
    }
    return true;
}

/* The helps of all tables under a head; nothing when there are none. */
static bool
put_help_table(struct paper *paper, uint32_t *row, const struct form *form)
{
    static const char *const heads[COLS] = { "表", "项目", "怎么填" };
    uint32_t head = *row, first = head + 1;
    *row = first;
    for (size_t t = 0; t < form->ntables; t++)
        for (size_t b = 0; b < form->tables[t].nblocks; b++) {
            const struct table *table = &form->tables[t];
            const struct block *block = &table->blocks[b];
            if (!put_helps(paper, row, table, block, block->columns, block->ncolumns)
                || !put_helps(paper, row, table, block, block->rows, block->nrows))
                return false;
        }
    if (*row == first) {
        *row = head;
        return true;
    }
    for (uint16_t c = 0; c < COLS; c++)
        if (!paper_text(paper, paper_cell(head, c), heads[c], &look_head))
            return false;
    return true;
}

static bool
put_guide(struct draft *draft, const struct form *form)
{
    static const double widths[COLS] = { 8, 34, 52 };
    struct paper paper;
    uint32_t row = 1;
    if (!paper_begin(&paper, draft, GUIDE_SHEET, false, widths, COLS) || !paper_text(&paper, paper_area(0, 0, COL_HELP), GUIDE_SHEET, &look_title)
        || !paper_height(&paper, 0, 34))
        return false;
    for (size_t i = 0; i < form->ninstructions; i++, row++)
        if (!paper_number(&paper, paper_cell(row, COL_TABLE), (double)(i + 1), NULL, &look_center)
            || !paper_text(&paper, paper_area(row, COL_ITEM, COL_HELP), form->instructions[i], &look_cell))
            return false;
    row++;
    if (!put_help_table(&paper, &row, form))
        return false;
    for (size_t i = 0; i < form->nlaw; i++, row++)
        if (!paper_text(&paper, paper_area(row, 0, COL_HELP), form->law[i], &look_text))
            return false;
    return paper_finish(&paper, COLS, FOOTER);
}

static bool
template_make(struct draft *draft, const struct form *form)
{
    struct paper cover;
    if (!cover_begin(&cover, draft) || !put_tables(draft, form))
        return false;
    draft->title = form->title;
    draft->author = "nianbao";
    return put_guide(draft, form) && cover_template(&cover, form);
}

enum status
give_template(struct arena *arena, const struct form *form, unsigned char **bytes, size_t *n, struct fault *fault)
{
    struct draft draft;
    if (!draft_init(arena, &draft) || !template_make(&draft, form))
        return fault_set(fault, STATUS_MEMORY, "template");
    return write_xlsx(arena, &draft, bytes, n, fault);
}
