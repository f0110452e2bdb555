/* SPDX-License-Identifier: MIT */
/* template: the blank workbook of a form. Sheets are protected without a password: inputs are white and open, totals grey formulas. Beside
 * each table a cell per equation says 平 while the clerk types (template_checks.c), and a sheet counts them (template_summary.c), texts
 * read as the program reads them (template_texts.c). Nothing names a year, unless last year's reports do (template_previous.c). */
#include "give.h"
#include "template.h"
#include "text.h"
#include "workbook.h"

/* A cell that people fill in: empty, but for what is known. */
static bool
put_open(const struct template *template, struct paper *paper, const struct layout *layout, size_t slot, const struct style *look)
{
    struct decimal known;
    struct area area = layout->slots[slot];
    const char *reminder = template_reminder(template, layout, slot);
    return reminder != NULL && paper_input(paper, layout, slot, reminder)
        && (template_known(template, layout, slot, &known) ? paper_number(paper, area, decimal_double(known), NULL, look)
                                                            : paper_text(paper, area, "", look));
}

/* A total is blank until a number stands in its sum: so a 0 is one that somebody has typed, and a blank row is not said to be one of
 * zeros. */
static bool
put_total(const struct template *template, struct paper *paper, const struct layout *layout, size_t slot, const struct style *look)
{
    struct arena *arena = paper->draft->book.arena;
    const struct equation *sum = layout_sum(layout, slot);
    struct area area = layout->slots[slot];
    struct text formula = text_new(arena);
    struct decimal total;
    struct equation_text it;
    const char *added = layout_formula(arena, &template->layouts, sum);
    uint16_t style = draft_style(paper->draft, look);
    if (added == NULL || style == 0 || !layout_equation(arena, &template->layouts, sum, &it))
        return false;
    text_printf(&formula, "IF(COUNT(%s)=0,\"\",%s)", it.right, added);
    if (formula.failed)
        return false;
    return template_total(template, layout, slot, &total) ? paper_number(paper, area, decimal_double(total), formula.at, look)
        : paper_text(paper, area, "", look) && draft_formula_text(paper->draft, paper->sheet, area.row, area.col, formula.at, "", style);
}

static bool
put_slots(const struct template *template, struct paper *paper, const struct layout *layout)
{
    const struct table *table = layout->table;
    for (size_t i = 0; i < table->nslots; i++) {
        const struct slot *slot = &table->form->slots[table->first + i];
        struct style look = paper_number_look(slot, false);
        look.unlocked = layout_sum(layout, i) == NULL;
        look.fill = look.unlocked ? 0 : FILL_GREY;
        if (!(look.unlocked ? put_open : put_total)(template, paper, layout, i, &look))
            return false;
    }
    return true;
}

/* Amber where a text stands in place of a number, even one that can be read as a number. */
static bool
put_texts(struct paper *paper, const struct layout *layout)
{
    uint16_t style = draft_style(paper->draft, &(struct style){ .color = INK_AMBER, .fill = FILL_AMBER });
    for (size_t i = 0; i < layout->table->nblocks; i++) {
        const struct block *block = &layout->table->blocks[i];
        const struct area *first = &layout->slots[block->first - layout->table->first];
        const struct area *last = first + block->nrow_leaves * block->ncolumn_leaves - 1;
        struct text test = text_new(paper->draft->book.arena);
        char cell[A1_SIZE];
        a1(first->row, first->col, cell);
        text_printf(&test, "IF(ISTEXT(%s),LEN(%s)>0,COUNT(%s)<COUNTA(%s))", cell, cell, cell, cell);
        struct condition condition = { { first->row, last->row, first->col, last->col }, test.at, style };
        if (test.failed || style == 0 || !draft_condition(paper->draft, paper->sheet, condition))
            return false;
    }
    return true;
}

static bool
put_table(struct template *template, const struct layout *layout)
{
    struct paper paper;
    if (!paper_table(&paper, template->draft, layout->sheet, layout, 0) || !put_slots(template, &paper, layout)
        || !put_texts(&paper, layout) || !template_put_checks(template, &paper, layout)
        || !template_put_previous(template, &paper, layout))
        return false;
    paper_page(&paper)->protect = true;
    if (!paper_finish(&paper, layout->cols, TEMPLATE_FOOTER))
        return false;
    paper_page(&paper)->print_area.row2 = layout->rows - 1;
    return true;
}

static bool
put_tables(struct draft *draft, const struct form *form, const struct previous *previous)
{
    struct template template = { .draft = draft, .form = form, .previous = previous };
    if (!template_lay_out(&template))
        return false;
    for (size_t i = 0; i < template.layouts.n; i++)
        if (!put_table(&template, &template.layouts.at[i]))
            return false;
    return template_put_summary(&template);
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
    return paper_finish(&paper, COLS, TEMPLATE_FOOTER);
}

static bool
template_make(struct draft *draft, const struct form *form, const struct previous *previous)
{
    struct paper cover;
    if (!cover_begin(&cover, draft) || !put_tables(draft, form, previous))
        return false;
    draft->title = form->title;
    draft->author = "nianbao";
    return put_guide(draft, form) && cover_template(&cover, form, previous);
}

enum status
give_template(struct arena *arena, const struct form *form, const struct previous *previous, unsigned char **bytes, size_t *n,
              struct fault *fault)
{
    struct draft draft;
    if (!draft_init(arena, &draft) || !template_make(&draft, form, previous))
        return fault_set(fault, STATUS_MEMORY, "template");
    return write_xlsx(arena, &draft, bytes, n, fault);
}
