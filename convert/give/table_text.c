/* SPDX-License-Identifier: MIT */
/* table_text: any block of any form. Rows with labels stay rows, groups of rows are lines of their own; a block whose only row has
 * no label (表四) would be one endless line, so each group of its columns becomes a row. Rows have their brief labels, and so have the
 * columns of wide blocks, where long ones are broken too. "?" stands for what is no number, "-" for a cell that is not there. */
#include <string.h>

#include "lines.h"
#include "table_text.h"

enum {
    INDENT = 2,
    GAP = 2,                    /* between columns */
    COLUMN_LEAST = 6,           /* so that neighbouring blocks look alike */
    FEW_COLUMNS = 4,            /* up to here headings stay on one line */
    HEADING_WIDTH = 8           /* else they are broken after four characters */
};

/* The columns [first, first + n) of a block, and how far the labels before them reach. */
struct strip {
    const struct section *section;
    const struct block *block;
    size_t first, n, label_width;
    size_t *widths;             /* of the columns of the block, those of the strip as they are now */
};

static const char *
cell_text(const struct strip *strip, size_t row, size_t column, char out[DECIMAL_TEXT])
{
    const struct block *block = strip->block;
    const struct value *value = &strip->section->values[block->first + row * block->ncolumn_leaves + column - strip->section->table->first];
    if (value->has)
        return decimal_text(value->number, out);
    return value->origin == ORIGIN_MISSING ? "-" : "?";
}

/* Bytes of s that fit into `width` columns, at least one character of them. */
static size_t
fitting(const char *s, size_t width)
{
    size_t n = strlen(s), used, end = 0, columns = 0;
    while (end < n) {
        char one[5] = "";
        utf8_decode(s + end, n - end, &used);
        memcpy(one, s + end, used);
        columns += text_width(one);
        if (columns > width && end > 0)
            break;
        end += used;
    }
    return end;
}

/* The i-th line of a heading, "" after the last. */
static const char *
heading_line(struct text *out, const struct strip *strip, size_t column, size_t line)
{
    const struct node *node = strip->block->column_leaf[column];
    if (strip->n <= FEW_COLUMNS)
        return line == 0 ? node->label.text : "";
    const char *s = node->brief;
    for (; line > 0; line--)
        s += fitting(s, HEADING_WIDTH);
    const char *piece = arena_text(out->arena, s, fitting(s, HEADING_WIDTH));
    out->failed |= piece == NULL;
    return piece != NULL ? piece : "";
}

static size_t
column_width(struct text *out, const struct strip *strip, size_t column)
{
    char number[DECIMAL_TEXT];
    size_t width = text_width(heading_line(out, strip, column, 0));
    for (size_t row = 0; row < strip->block->nrow_leaves; row++) {
        size_t cell = strlen(cell_text(strip, row, column, number));
        width = cell > width ? cell : width;
    }
    return (width > COLUMN_LEAST ? width : COLUMN_LEAST) + GAP;
}

static void
measure(struct text *out, const struct strip *strip)
{
    for (size_t i = strip->first; i < strip->first + strip->n; i++)
        strip->widths[i] = column_width(out, strip, i);
}

static void
put_headings(struct text *out, const struct strip *strip)
{
    const char *corner = strip->block->corner.text;
    if (corner == NULL || text_width(corner) > strip->label_width)
        corner = "";
    for (size_t line = 0, more = 1; more > 0; line++) {
        size_t gap = 0;                             /* kept back, so that no line ends in spaces */
        more = 0;
        if (line == 0 && *corner != '\0')
            line_left(out, corner, strip->label_width);
        else
            gap = strip->label_width;
        for (size_t i = strip->first; i < strip->first + strip->n; i++) {
            const char *piece = heading_line(out, strip, i, line);
            gap += strip->widths[i];
            if (*piece != '\0') {
                line_right(out, piece, gap);
                gap = 0;
            }
            more += *heading_line(out, strip, i, line + 1) != '\0';
        }
        text_putc(out, '\n');
    }
}

static void
put_row(struct text *out, const struct strip *strip, const char *label, size_t indent, size_t row)
{
    char number[DECIMAL_TEXT];
    line_left(out, "", indent);
    line_left(out, label, strip->label_width - indent);
    for (size_t i = strip->first; i < strip->first + strip->n; i++)
        line_right(out, cell_text(strip, row, i, number), strip->widths[i]);
    text_putc(out, '\n');
}

static size_t
labels_width(const struct node *nodes, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++) {
        size_t own = nodes[i].depth * INDENT + text_width(nodes[i].brief), below = labels_width(nodes[i].children, nodes[i].nchildren);
        own = own > below ? own : below;
        width = own > width ? own : width;
    }
    return width;
}

static void
put_rows(struct text *out, const struct strip *strip, const struct node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct node *node = &nodes[i];
        if (node->nchildren == 0) {
            put_row(out, strip, node->brief, node->depth * INDENT, node->leaf);
            continue;
        }
        line_left(out, "", node->depth * INDENT);
        line_put(out, node->brief);
        text_putc(out, '\n');
        put_rows(out, strip, node->children, node->nchildren);
    }
}

static size_t
group_end(const struct block *block, size_t first)
{
    size_t end = first + 1;
    while (end < block->ncolumn_leaves && block->column_leaf[end]->parent == block->column_leaf[first]->parent)
        end++;
    return end;
}

static const char *
group_label(const struct block *block, size_t first)
{
    const struct node *group = block->column_leaf[first]->parent;
    return group != NULL ? group->path : "";
}

static bool
same_headings(const struct block *block, size_t a, size_t b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(block->column_leaf[a + i]->brief, block->column_leaf[b + i]->brief) != 0)
            return false;
    return true;
}

/* A block whose only row has no label: one row for each group of columns. */
static void
put_groups(struct text *out, struct strip strip)
{
    const struct block *block = strip.block;
    for (size_t first = 0; first < block->ncolumn_leaves; first = group_end(block, first)) {
        size_t width = text_width(group_label(block, first));
        strip.label_width = width > strip.label_width ? width : strip.label_width;
    }
    for (size_t first = 0, end, before = 0; first < block->ncolumn_leaves; first = end) {
        size_t last = strip.n;
        end = group_end(block, first);
        strip.first = first;
        strip.n = end - first;
        measure(out, &strip);
        if (first == 0 || last != strip.n || !same_headings(block, before, first, strip.n))
            put_headings(out, &strip);
        put_row(out, &strip, group_label(block, first), 0, 0);
        before = first;
    }
}

void
table_text(struct text *out, const struct section *section)
{
    const struct table *table = section->table;
    size_t label_width = 0;
    line_put(out, table->title.text);
    text_putc(out, '\n');
    if (section->placement == NULL) {
        text_puts(out, "（没有找到这张表）\n");
        return;
    }
    for (size_t i = 0; i < table->nblocks; i++) {
        size_t width = table->blocks[i].row_depth > 0 ? labels_width(table->blocks[i].rows, table->blocks[i].nrows) : 0;
        label_width = width > label_width ? width : label_width;
    }
    for (size_t i = 0; i < table->nblocks; i++) {
        const struct block *block = &table->blocks[i];
        struct strip strip = { section, block, 0, block->ncolumn_leaves, label_width,
                               arena_array(out->arena, block->ncolumn_leaves, sizeof *strip.widths) };
        if (strip.widths == NULL) {
            out->failed = true;
            return;
        }
        if (block->caption.text != NULL) {
            line_put(out, block->caption.text);
            text_putc(out, '\n');
        }
        if (block->row_depth == 0) {
            put_groups(out, strip);
            continue;
        }
        measure(out, &strip);
        put_headings(out, &strip);
        put_rows(out, &strip, block->rows, block->nrows);
    }
}
