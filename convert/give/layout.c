/* SPDX-License-Identifier: MIT */
/* layout: a table of a form laid out as the law prints it (附件 of 国办公开办函〔2019〕60号 and 〔2021〕30号): the title over the full
 * width; block by block the caption, the header (corner beside the column tree) and the rows. The rows' labels take the same
 * number of columns in every block; a label without parts below it spans what is left of its label columns or header rows. */
#include <string.h>

#include "layout.h"
#include "text.h"

struct press {                       /* a layout being made */
    struct arena *arena;
    struct layout *layout;
    uint16_t labels;                 /* label columns */
};

static struct area
area_of(size_t row, size_t rows, size_t col, size_t cols)
{
    return (struct area){ (uint32_t)row, (uint32_t)(row + rows - 1), (uint16_t)col, (uint16_t)(col + cols - 1) };
}

static bool
print(const struct press *press, enum role role, struct area area, const char *text, const struct node *node)
{
    struct layout *layout = press->layout;
    if (!arena_room(press->arena, &layout->labels, layout->nlabels, &layout->labels_cap, sizeof *layout->labels))
        return false;
    layout->labels[layout->nlabels++] = (struct printed){ role, area, text != NULL ? text : "", node };
    return true;
}

/* The columns that leaves [leaf, leaf + n) of a block take; the last one stretches when the form says so. */
static struct area
columns_of(const struct press *press, const struct block *block, size_t leaf, size_t n)
{
    bool last = leaf + n == block->ncolumn_leaves;
    size_t first = press->labels + leaf;
    return area_of(0, 1, first, last && block->stretch ? press->layout->cols - first : n);
}

static bool
print_columns(const struct press *press, const struct block *block, const struct node *nodes, size_t n, size_t row, size_t depth)
{
    for (size_t i = 0; i < n; i++) {
        const struct node *node = &nodes[i];
        struct area area = columns_of(press, block, node->leaf, node->nleaves);
        area.row = (uint32_t)row;
        area.row2 = (uint32_t)(node->nchildren > 0 ? row : row + depth - 1);
        if (!print(press, ROLE_COLUMN, area, node->label.text, node)
            || !print_columns(press, block, node->children, node->nchildren, row + 1, depth - 1))
            return false;
    }
    return true;
}

/* `row` is the row of the block's first leaf. */
static bool
print_rows(const struct press *press, const struct node *nodes, size_t n, size_t row, size_t col)
{
    for (size_t i = 0; i < n; i++) {
        const struct node *node = &nodes[i];
        size_t cols = node->nchildren > 0 ? 1 : press->labels - col;
        if (!print(press, ROLE_ROW, area_of(row + node->leaf, node->nleaves, col, cols), node->label.text, node)
            || !print_rows(press, node->children, node->nchildren, row, col + 1))
            return false;
    }
    return true;
}

/* What a narrow block leaves empty at the right, so that the frame closes. */
static bool
print_rest(const struct press *press, const struct block *block, size_t row, size_t rows)
{
    size_t used = press->labels + block->ncolumn_leaves, cols = press->layout->cols;
    return block->stretch || used == cols || print(press, ROLE_FILLER, area_of(row, rows, used, cols - used), NULL, NULL);
}

static bool
print_header(const struct press *press, const struct block *block)
{
    struct layout *layout = press->layout;
    size_t row = layout->rows, heading = block->heading.text != NULL, rows = heading + block->column_depth;
    struct area over = columns_of(press, block, 0, block->ncolumn_leaves);
    over.row = over.row2 = (uint32_t)row;
    layout->rows += (uint32_t)rows;
    return (press->labels == 0 || print(press, ROLE_CORNER, area_of(row, rows, 0, press->labels), block->corner.text, NULL))
        && (!heading || print(press, ROLE_HEADING, over, block->heading.text, NULL))
        && print_columns(press, block, block->columns, block->ncolumns, row + heading, block->column_depth)
        && print_rest(press, block, row, rows);
}

static bool
print_body(const struct press *press, const struct block *block)
{
    struct layout *layout = press->layout;
    size_t first = layout->rows, slot = block->first - layout->table->first;
    layout->rows += (uint32_t)block->nrow_leaves;
    if (block->row_depth > 0 && !print_rows(press, block->rows, block->nrows, first, 0))
        return false;
    for (size_t r = 0; r < block->nrow_leaves; r++) {
        if (block->row_depth == 0 && press->labels > 0 && !print(press, ROLE_FILLER, area_of(first + r, 1, 0, press->labels), NULL, NULL))
            return false;
        for (size_t c = 0; c < block->ncolumn_leaves; c++, slot++) {
            layout->slots[slot] = columns_of(press, block, c, 1);
            layout->slots[slot].row = layout->slots[slot].row2 = (uint32_t)(first + r);
        }
        if (!print_rest(press, block, first + r, 1))
            return false;
    }
    return true;
}

bool
layout_table(struct arena *arena, const struct table *table, struct layout *layout)
{
    struct press press = { arena, layout, 0 };
    size_t numbers = 0;
    *layout = (struct layout){ .table = table, .sheet = table->sheet };
    for (size_t i = 0; i < table->nblocks; i++) {
        const struct block *block = &table->blocks[i];
        if (block->row_depth > press.labels)
            press.labels = (uint16_t)block->row_depth;
        if (block->ncolumn_leaves > numbers)
            numbers = block->ncolumn_leaves;
    }
    layout->cols = (uint16_t)(press.labels + numbers);
    layout->slots = arena_array(arena, table->nslots, sizeof *layout->slots);
    if (layout->slots == NULL || !print(&press, ROLE_TITLE, area_of(0, 1, 0, layout->cols), table->title.text, NULL))
        return false;
    layout->rows = 1;
    for (size_t i = 0; i < table->nblocks; i++) {
        const struct block *block = &table->blocks[i];
        if (block->caption.text != NULL
            && !print(&press, ROLE_CAPTION, area_of(layout->rows++, 1, 0, layout->cols), block->caption.text, NULL))
            return false;
        if (!print_header(&press, block))
            return false;
        if (i == 0)
            layout->header_rows = layout->rows;
        if (!print_body(&press, block))
            return false;
    }
    return true;
}

/* What begins at the new row or below moves down; what began above and reaches over it grows. */
static void
make_room(struct area *area, uint32_t row)
{
    area->row2 += area->row2 >= row;
    area->row += area->row >= row;
}

void
layout_insert(struct layout *layout, uint32_t row)
{
    for (size_t i = 0; i < layout->nlabels; i++)
        make_room(&layout->labels[i].area, row);
    for (size_t i = 0; i < layout->table->nslots; i++)
        make_room(&layout->slots[i], row);
    layout->rows++;
}

const struct equation *
layout_sum(const struct layout *layout, size_t slot)
{
    for (size_t i = 0; i < layout->table->nequations; i++) {
        const struct equation *equation = &layout->table->equations[i];
        if (equation->relation == RELATION_SUM && equation->left[0] == layout->table->first + slot)
            return equation;
    }
    return NULL;
}

static bool
reaches(const struct equation *equation, const size_t *slots, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (slots[i] - equation->table->first >= equation->table->nslots)
            return true;
    return false;
}

bool
layout_reaches(const struct equation *equation)
{
    return reaches(equation, equation->left, equation->nleft) || reaches(equation, equation->right, equation->nright);
}

/* -- formulas -- */

static const struct layout *
layout_of(const struct layouts *layouts, const struct table *table)
{
    size_t i = 0;
    while (layouts->at[i].table != table)
        i++;
    return &layouts->at[i];
}

/* Lengthen a range by a cell beside or below it. */
static bool
extend(struct area *range, const struct area *cell)
{
    if (cell->row == range->row && cell->row == range->row2 && cell->col == range->col2 + 1)
        range->col2 = cell->col;
    else if (cell->col == range->col && cell->col == range->col2 && cell->row == range->row2 + 1)
        range->row2 = cell->row;
    else
        return false;
    return true;
}

/* Some slots as "D4:I4,J6", neighbours as one range. */
static void
put_ranges(struct text *out, const struct layouts *layouts, const struct equation *equation, const size_t *slots, size_t n)
{
    const struct slot *all = equation->table->form->slots;
    const char *home = layout_of(layouts, equation->table)->sheet;
    for (size_t i = 0, next; i < n; i = next) {
        const struct layout *layout = layout_of(layouts, all[slots[i]].table);
        const struct area *cells = layout->slots, *first = &cells[slots[i] - layout->table->first];
        struct area range = { first->row, first->row, first->col, first->col };
        for (next = i + 1; next < n && all[slots[next]].table == layout->table; next++)
            if (!extend(&range, &cells[slots[next] - layout->table->first]))
                break;
        char address[A1_SIZE];
        const char *here = a1_area(range, address);
        if (strcmp(layout->sheet, home) != 0 && (here = a1_quoted(out->arena, layout->sheet, address)) == NULL)
            out->failed = true;
        else
            text_printf(out, "%s%s", i > 0 ? "," : "", here);
    }
}

/* Their sum; of none it is 0. */
static void
put_sum(struct text *out, const struct layouts *layouts, const struct equation *equation, const size_t *slots, size_t n)
{
    text_puts(out, n > 0 ? "SUM(" : "0");
    put_ranges(out, layouts, equation, slots, n);
    text_puts(out, n > 0 ? ")" : "");
}

const char *
layout_formula(struct arena *arena, const struct layouts *layouts, const struct equation *sum)
{
    struct text out = text_new(arena);
    put_sum(&out, layouts, sum, sum->right, sum->nright);
    return out.failed ? NULL : out.at;
}

bool
layout_equation(struct arena *arena, const struct layouts *layouts, const struct equation *equation, struct equation_text *out)
{
    struct text members = text_new(arena), difference = text_new(arena), right = text_new(arena);
    text_puts(&difference, "ROUND(");
    put_sum(&difference, layouts, equation, equation->left, equation->nleft);
    text_puts(&difference, "-");
    put_sum(&difference, layouts, equation, equation->right, equation->nright);
    text_puts(&difference, ",6)");
    put_ranges(&members, layouts, equation, equation->left, equation->nleft);
    text_puts(&members, equation->nleft > 0 && equation->nright > 0 ? "," : "");
    put_ranges(&right, layouts, equation, equation->right, equation->nright);
    text_puts(&members, right.at);
    *out = (struct equation_text){ difference.at, members.at, right.at };
    return !difference.failed && !members.failed && !right.failed;
}
