/* SPDX-License-Identifier: MIT */
/* template_summary: the sheet 校验 of the blank workbook: how many equations are 平, and a line for each. The arithmetic is here too,
 * in hidden columns, with functions that Excel 2007, WPS and LibreOffice share (ISFORMULA is of 2013, and asked so that it may be
 * missing). It follows check.c: a blank total counts as its sum, any other blank as 0; an equation with a cell that is no number (or more
 * exact than a report can be) is not judged, nor is any of a table into which nobody has typed. */
#include <string.h>

#include "sheets.h"
#include "template.h"
#include "text.h"

#define HIDDEN 0.0                   /* the width of a column that nobody sees */

uint32_t
template_check_row(const struct template *template, const struct equation *equation)
{
    size_t row = CHECKS_FIRST_ROW + (size_t)(equation - equation->table->equations);
    for (const struct table *table = template->form->tables; table < equation->table; table++)
        row += table->nequations;
    return (uint32_t)row;
}

/* -- pictures -- */

/* The tables one below the other, in the columns of that picture. */
static bool
take_picture(const struct template *template, struct layouts *pictures)
{
    struct arena *arena = template->draft->book.arena;
    uint32_t down = CHECKS_FIRST_ROW;
    uint16_t right = (uint16_t)(CHECKS_PICTURE + template->cols * (pictures - template->pictures));
    *pictures = (struct layouts){ arena_array(arena, template->layouts.n, sizeof *pictures->at), template->layouts.n };
    for (size_t t = 0; pictures->at != NULL && t < pictures->n; t++) {
        const struct layout *layout = &template->layouts.at[t];
        struct layout *picture = &pictures->at[t];
        *picture = *layout;
        picture->sheet = CHECKS_SHEET;
        picture->slots = arena_array(arena, layout->table->nslots, sizeof *picture->slots);
        for (size_t i = 0; picture->slots != NULL && i < layout->table->nslots; i++)
            picture->slots[i] = paper_cell(down + layout->slots[i].row, (uint16_t)(right + layout->slots[i].col));
        if (picture->slots == NULL)
            return false;
        down += layout->rows;
    }
    return pictures->at != NULL;
}

uint32_t
template_typed_row(const struct template *template, const struct layout *layout)
{
    return template->pictures[PICTURE_READ].at[layout - template->layouts.at].slots[0].row - layout->slots[0].row;
}

bool
template_lay_out(struct template *template)
{
    struct arena *arena = template->draft->book.arena;
    const struct form *form = template->form;
    template->layouts = (struct layouts){ arena_array(arena, form->ntables, sizeof *template->layouts.at), form->ntables };
    for (size_t t = 0; t < form->ntables; t++) {
        if (template->layouts.at == NULL || !layout_table(arena, &form->tables[t], &template->layouts.at[t]))
            return false;
        template->nchecks += form->tables[t].nequations;
        if (template->layouts.at[t].cols > template->cols)
            template->cols = template->layouts.at[t].cols;
    }
    template->checks = arena_array(arena, template->nchecks + 1, sizeof *template->checks);
    for (size_t t = 0, n = 0; template->checks != NULL && t < form->ntables; t++)
        for (size_t i = 0; i < form->tables[t].nequations; i++)
            template->checks[n++].equation = &form->tables[t].equations[i];
    for (size_t i = 0; template->checks != NULL && i < PICTURES; i++)
        if (!take_picture(template, &template->pictures[i]))
            return false;
    return template->checks != NULL;
}

static bool
put_formula(struct paper *paper, struct area at, const struct text *formula)
{
    return !formula->failed && draft_number(paper->draft, paper->sheet, at.row, at.col, 0, formula->at, 0);
}

static bool
put_text_formula(struct paper *paper, struct area at, const struct text *formula)
{
    return !formula->failed && draft_formula_text(paper->draft, paper->sheet, at.row, at.col, formula->at, "", 0);
}

/* What a cell counts as, from what it was read as: a blank total as the first of its sums that has nothing but numbers. */
static bool
put_counted(const struct template *template, struct paper *paper, const struct layout *layout, size_t slot)
{
    struct arena *arena = paper->draft->book.arena;
    size_t t = (size_t)(layout - template->layouts.at), open = 0;
    struct area area = template->pictures[PICTURE_READ].at[t].slots[slot];
    struct text formula = text_new(arena);
    char cell[A1_SIZE];
    text_printf(&formula, "IF(%s<>\"\",%s,", a1(area.row, area.col, cell), cell);
    for (size_t i = 0; i < layout->table->nequations; i++) {
        const struct equation *sum = &layout->table->equations[i];
        struct equation_text it;
        if (sum->relation != RELATION_SUM || sum->left[0] != layout->table->first + slot)
            continue;
        if (!layout_equation(arena, &template->pictures[PICTURE_COUNTED], sum, &it))
            return false;
        text_printf(&formula, "IF(COUNT(%s)=COUNTA(%s),SUM(%s),", it.right, it.right, it.right);
        open++;
    }
    for (text_puts(&formula, open > 0 ? "\"?\")" : "0)"); open > 0; open--)
        text_puts(&formula, ")");
    return put_formula(paper, template->pictures[PICTURE_COUNTED].at[t].slots[slot], &formula);
}

/* From what was typed to what it is read as. The kind of number stands before a text, so that the same names read them all; a number
 * has 0 added, for the sake of LibreOffice's dates. */
static bool
put_number(const struct template *template, struct paper *paper, const struct layout *layout, size_t slot)
{
    static const char *const names[PICTURES] = { [PICTURE_READ] = "年报数", [PICTURE_NUMBER] = "年报号", [PICTURE_FOLDED] = "年报文" };
    struct arena *arena = paper->draft->book.arena;
    size_t t = (size_t)(layout - template->layouts.at);
    struct area area = layout->slots[slot];
    char cell[A1_SIZE];
    const char *x = a1_quoted(arena, layout->sheet, a1(area.row, area.col, cell));
    if (x == NULL || !put_counted(template, paper, layout, slot))
        return false;
    for (size_t i = 0; i < PICTURES; i++) {
        struct text formula = text_new(arena);
        if (i == PICTURE_TYPED)
            text_printf(&formula, "IF(ISTEXT(%s),\"%d\"&%s,IF(COUNTA(%s)=0,\"\",IF(OR(ISLOGICAL(%s),COUNT(%s)=0," CHECK_DATE "),\"??\",%s+0)))",
                        x, layout->table->form->slots[layout->table->first + slot].kind, x, x, x, x, x, x);
        else if (names[i] != NULL)
            text_puts(&formula, names[i]);
        if (i != PICTURE_COUNTED && !put_text_formula(paper, template->pictures[i].at[t].slots[slot], &formula))
            return false;
    }
    return true;
}

/* How many cells of a table say something. A total that is a formula, ours or a clerk's, says nothing of its own (report.c); Excel knows
 * which are since 2013, and before that counts all that are no longer blank. */
static bool
put_typed(const struct template *template, struct paper *paper, const struct layout *layout, struct area all)
{
    struct arena *arena = paper->draft->book.arena;
    const struct layout *read = &template->pictures[PICTURE_READ].at[layout - template->layouts.at];
    struct text count = text_new(arena);
    char range[A1_SIZE], cell[A1_SIZE];
    text_printf(&count, "SUMPRODUCT(--(LEN(%s)>0))", a1_area(all, range));
    for (size_t i = 0; i < layout->table->nslots; i++) {
        if (layout_sum(layout, i) == NULL)
            continue;
        const char *total = a1_quoted(arena, layout->sheet, a1(layout->slots[i].row, layout->slots[i].col, cell));
        if (total == NULL)
            return false;
        text_printf(&count, "-IF(IFERROR(_xlfn.ISFORMULA(%s),FALSE),--(LEN(%s)>0),0)", total, a1(read->slots[i].row, read->slots[i].col, cell));
    }
    return put_formula(paper, paper_cell(template_typed_row(template, layout), CHECKS_PICTURE), &count);
}

static bool
put_pictures(const struct template *template, struct paper *paper)
{
    for (size_t t = 0; t < template->layouts.n; t++) {
        const struct layout *layout = &template->layouts.at[t], *read = &template->pictures[PICTURE_READ].at[t];
        struct area all = read->slots[0];
        for (size_t i = 0; i < layout->table->nslots; i++) {
            if (!put_number(template, paper, layout, i))
                return false;
            all.row2 = read->slots[i].row;
            all.col = read->slots[i].col < all.col ? read->slots[i].col : all.col;
            all.col2 = read->slots[i].col > all.col2 ? read->slots[i].col : all.col2;
        }
        if (!put_typed(template, paper, layout, all))
            return false;
    }
    return draft_width(paper->draft, paper->sheet, CHECKS_DIFFERENCE, (uint16_t)(CHECKS_PICTURE + PICTURES * template->cols - 1), HIDDEN)
        && template_put_names(paper->draft, template->form, template->cols);
}

/* -- lines -- */

static void
put_path(struct text *out, const struct node *node)
{
    if (node->parent != NULL) {
        put_path(out, node->parent);
        text_puts(out, "/");
    }
    text_puts(out, node->brief);
}

/* A row or column by its short name; with the groups it is in when another one of the block has the same name. */
static void
put_node(struct text *out, const struct node *node, struct node *const *leaves, size_t n)
{
    size_t same = 0;
    for (size_t i = 0; i < n; i++)
        same += strcmp(leaves[i]->brief, node->brief) == 0;
    if (same > 1)
        put_path(out, node);
    else
        text_puts(out, node->brief);
}

static void
put_row(struct text *out, const struct slot *slot)
{
    const struct block *block = slot->block;
    if (*slot->row->brief == '\0')
        return;
    text_puts(out, "“");
    if (block->caption.text != NULL)
        text_printf(out, "%s/", block->caption.text);
    put_node(out, slot->row, block->row_leaf, block->nrow_leaves);
    text_puts(out, "”行");
}

static void
put_column(struct text *out, const struct slot *slot)
{
    text_puts(out, "“");
    put_node(out, slot->column, slot->block->column_leaf, slot->block->ncolumn_leaves);
    text_puts(out, "”列");
}

/* Where an equation runs: its row or its column; of a sum the row and column of its total; else all its cells, as many as go in. */
static const char *
place_in_words(struct arena *arena, const struct equation *equation)
{
    enum { CLIP = 120 };
    struct text out = text_new(arena);
    const struct slot *slots = equation->table->form->slots;
    const struct slot *first = &slots[equation->nleft > 0 ? equation->left[0] : equation->right[0]];
    bool sum = equation->relation == RELATION_SUM;
    if (sum || equation->row != NULL)
        put_row(&out, first);
    if (sum || equation->column != NULL || (equation->row != NULL && out.n == 0))
        put_column(&out, first);
    for (size_t i = 0; equation->row == NULL && equation->column == NULL && !sum && i < equation->nleft + equation->nright; i++) {
        const struct slot *slot = &slots[i < equation->nleft ? equation->left[i] : equation->right[i - equation->nleft]];
        text_printf(&out, "%s%s", i > 0 ? "、" : "", slot->table != equation->table ? slot->table->brief : "");
        put_row(&out, slot);
        put_column(&out, slot);
    }
    return out.failed ? NULL : paper_clip(arena, out.at, CLIP);
}

static bool
put_line(const struct template *template, struct paper *paper, const struct check *check, uint32_t row)
{
    static const struct style look_link = { .size = 10, .color = INK_LINK, .border = true, .align = ALIGN_CENTER };
    static const struct style look_result = { .size = 10, .color = INK_GREY, .border = true, .align = ALIGN_CENTER };
    struct arena *arena = paper->draft->book.arena;
    const struct equation *equation = check->equation;
    const struct table *table = equation->table;
    struct equation_text it;
    char cell[A1_SIZE];
    const char *place = place_in_words(arena, equation), *result = a1_quoted(arena, table->sheet, a1(check->place.row, check->place.col, cell));
    struct text difference = text_new(arena), link = text_new(arena);
    uint16_t style = draft_style(paper->draft, &look_result);
    if (place == NULL || result == NULL || style == 0 || !layout_equation(arena, &template->pictures[PICTURE_COUNTED], equation, &it))
        return false;
    text_printf(&link, "查看 %s", a1(check->first.row, check->first.col, cell));
    text_printf(&difference, "IF(COUNT(%s)<COUNTA(%s),\"?\",%s)", it.members, it.members, it.difference);
    return !link.failed && paper_text(paper, paper_cell(row, CHECKS_TABLE), table->brief, &look_center)
        && paper_text(paper, paper_cell(row, CHECKS_PLACE), place, &look_cell)
        && paper_text(paper, paper_cell(row, CHECKS_RULE), equation->rule->title.zh, &look_cell)
        && draft_formula_text(paper->draft, paper->sheet, row, CHECKS_RESULT, result, CHECK_UNFILLED, style)
        && paper_text(paper, paper_cell(row, CHECKS_LINK), link.at, &look_link) && paper_link(paper, row, CHECKS_LINK, table->sheet, cell)
        && put_formula(paper, paper_cell(row, CHECKS_DIFFERENCE), &difference);
}

/* -- the count -- */

/* Red as soon as one does not balance, green when all of them do, amber as long as some cannot be judged. */
static bool
colour_count(struct paper *paper, const char *even, const char *uneven, size_t n)
{
    static const struct style looks[] = { { .color = INK_RED, .fill = FILL_RED }, { .color = INK_GREEN, .fill = FILL_GREEN },
                                          { .color = INK_AMBER, .fill = FILL_AMBER } };
    struct text tests[] = { text_new(paper->draft->book.arena), text_new(paper->draft->book.arena), text_new(paper->draft->book.arena) };
    text_printf(&tests[0], "%s>0", uneven);
    text_printf(&tests[1], "%s=%zu", even, n);
    text_printf(&tests[2], "%s+%s<%zu", even, uneven, n);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct condition condition = { paper_cell(CHECKS_COUNT_ROW, 0), tests[i].at, draft_style(paper->draft, &looks[i]) };
        if (tests[i].failed || condition.style == 0 || !draft_condition(paper->draft, paper->sheet, condition))
            return false;
    }
    return true;
}

static bool
put_count(const struct template *template, struct paper *paper, struct area results)
{
    static const struct style look = { .font = "黑体", .size = 14, .bold = true, .align = ALIGN_CENTER, .wrap = true };
    struct arena *arena = paper->draft->book.arena;
    struct text even = text_new(arena), uneven = text_new(arena), formula = text_new(arena), cached = text_new(arena);
    char range[A1_SIZE];
    size_t n = template->nchecks;
    a1_area(results, range);
    text_printf(&even, "COUNTIF(%s,\"" CHECK_EVEN "\")", range);
    text_printf(&uneven, "COUNTIF(%s,\"不平*\")", range);
    text_printf(&formula, "\"全部 %zu 条勾稽关系：\"&%s&\" 条平，\"&%s&\" 条不平\"&IF(%s+%s<%zu,\"，\"&(%zu-%s-%s)&\" 条还不能核对\",\"\")",
                n, even.at, uneven.at, even.at, uneven.at, n, n, even.at, uneven.at);
    text_printf(&cached, "全部 %zu 条勾稽关系：0 条平，0 条不平，%zu 条还不能核对", n, n);
    uint16_t style = draft_style(paper->draft, &look);
    return !even.failed && !uneven.failed && !formula.failed && !cached.failed && style != 0
        && draft_merge(paper->draft, paper->sheet, paper_area(CHECKS_COUNT_ROW, 0, CHECKS_LINK), "", style)
        && draft_formula_text(paper->draft, paper->sheet, CHECKS_COUNT_ROW, 0, formula.at, cached.at, style)
        && paper_height(paper, CHECKS_COUNT_ROW, 36) && colour_count(paper, even.at, uneven.at, n);
}

bool
template_colour(struct paper *paper, struct area area)
{
    static const struct { const char *begins; struct style look; } looks[] = {
        { CHECK_EVEN, { .color = INK_GREEN, .fill = FILL_GREEN } },
        { "不", { .color = INK_RED, .fill = FILL_RED, .bold = true } },
        { "有", { .color = INK_AMBER, .fill = FILL_AMBER } },
    };
    char cell[A1_SIZE];
    a1(area.row, area.col, cell);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct text test = text_new(paper->draft->book.arena);
        text_printf(&test, "LEFT(%s,1)=\"%s\"", cell, looks[i].begins);
        struct condition condition = { area, test.at, draft_style(paper->draft, &looks[i].look) };
        if (test.failed || condition.style == 0 || !draft_condition(paper->draft, paper->sheet, condition))
            return false;
    }
    return true;
}

bool
template_put_summary(struct template *template)
{
    static const double widths[CHECKS_SEEN] = { 8, 38, 34, 16, 12 };
    static const char *const heads[CHECKS_SEEN] = { "表", "哪一行、哪一列", "勾稽关系", "结果", "位置" };
    static const char help[] = "每条勾稽关系一行，随填随算，不用填。红色是不平，后面是差多少，合计少了的是负数；点“位置”就到那一格。\n"
        "“" CHECK_NO_NUMBER "”：格子里有不是数字的文字、错误值、日期，或者小数超过六位，请改成数字。“" CHECK_UNFILLED "”：那张表里还没有填数。\n"
        "填错了位置的数，请复制过去再删掉原来的，不要剪切或拖动：公式会跟着它走，说的就不准了。";
    struct paper paper;
    uint32_t first = CHECKS_FIRST_ROW, last = CHECKS_FIRST_ROW + (uint32_t)template->nchecks - 1;
    if (template->nchecks == 0)
        return true;
    if (!paper_begin(&paper, template->draft, CHECKS_SHEET, false, widths, CHECKS_SEEN)
        || !put_count(template, &paper, (struct area){ first, last, CHECKS_RESULT, CHECKS_RESULT })
        || !paper_text(&paper, paper_area(CHECKS_HELP_ROW, 0, CHECKS_LINK), help, &look_text))
        return false;
    for (uint16_t c = 0; c < CHECKS_SEEN; c++)
        if (!paper_text(&paper, paper_cell(CHECKS_HEAD_ROW, c), heads[c], &look_head))
            return false;
    for (uint32_t i = 0; i < template->nchecks; i++)
        if (!put_line(template, &paper, &template->checks[i], first + i))
            return false;
    if (!template_colour(&paper, (struct area){ first, last, CHECKS_RESULT, CHECKS_RESULT }) || !put_pictures(template, &paper))
        return false;
    struct page *page = paper_page(&paper);
    page->protect = true;
    page->freeze_row = page->repeat_rows = CHECKS_FIRST_ROW;
    return paper_finish(&paper, CHECKS_SEEN, TEMPLATE_FOOTER);
}
