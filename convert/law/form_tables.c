/* SPDX-License-Identifier: MIT */
/* The tables of a definition: the trees of their rows and columns, and the numbers where these cross. */
#include "form_load.h"

#include <string.h>

#include "sheets.h"
#include "text.h"

enum { SHEET_CHARACTERS = 27 };     /* Excel's 31 without room for "(99)" */

static const struct member row_members[] = {
    { .name = "key", .want = WANT_KEY, MEMBER_AT(node, key) },
    { .name = "label", .required = true, .want = WANT_TEXT, MEMBER_AT(node, label.text) },
    { .name = "variants", MEMBER_TEXTS(node, label.variants, label.nvariants) },
    { .name = "brief", .want = WANT_TEXT, MEMBER_AT(node, brief) },
    { .name = "help", .want = WANT_TEXT, MEMBER_AT(node, help) },
    { .name = "rows", .want = WANT_LIST },
    { .name = NULL }
};
struct column { struct node node; int width; };
static const struct member column_members[] = {
    { .name = "key", .want = WANT_KEY, MEMBER_AT(column, node.key) },
    { .name = "label", .required = true, .want = WANT_TEXT, MEMBER_AT(column, node.label.text) },
    { .name = "variants", MEMBER_TEXTS(column, node.label.variants, node.label.nvariants) },
    { .name = "brief", .want = WANT_TEXT, MEMBER_AT(column, node.brief) },
    { .name = "help", .want = WANT_TEXT, MEMBER_AT(column, node.help) },
    { .name = "kind", .want = WANT_CHOICE, MEMBER_AT(column, node.kind), .choices = form_kinds },
    { .name = "unit_printed", .want = WANT_FLAG, MEMBER_AT(column, node.unit_printed) },
    { .name = "width", .want = WANT_NUMBER, MEMBER_AT(column, width), .least = 1, .most = 255 },
    { .name = "columns", .want = WANT_LIST },
    { .name = NULL }
};
static const struct member block_members[] = {
    { .name = "caption", .want = WANT_TEXT, MEMBER_AT(block, caption.text) },
    { .name = "caption_variants", MEMBER_TEXTS(block, caption.variants, caption.nvariants) },
    { .name = "corner", .want = WANT_TEXT, MEMBER_AT(block, corner.text) },
    { .name = "corner_variants", MEMBER_TEXTS(block, corner.variants, corner.nvariants) },
    { .name = "heading", .want = WANT_TEXT, MEMBER_AT(block, heading.text) },
    { .name = "heading_variants", MEMBER_TEXTS(block, heading.variants, heading.nvariants) },
    { .name = "columns", .required = true, .want = WANT_LIST },
    { .name = "rows", .want = WANT_LIST },
    { .name = "stretch", .want = WANT_FLAG, MEMBER_AT(block, stretch) },
    { .name = NULL }
};
static const struct member table_members[] = {
    { .name = "id", .required = true, .want = WANT_KEY, MEMBER_AT(table, id) },
    { .name = "title", .required = true, .want = WANT_TEXT, MEMBER_AT(table, title.text) },
    { .name = "variants", MEMBER_TEXTS(table, title.variants, title.nvariants) },
    { .name = "brief", .want = WANT_TEXT, MEMBER_AT(table, brief) },
    { .name = "sheet", .required = true, .want = WANT_TEXT, MEMBER_AT(table, sheet) },
    { .name = "landscape", .want = WANT_FLAG, MEMBER_AT(table, landscape) },
    { .name = "joint", .want = WANT_FLAG, MEMBER_AT(table, joint) },
    { .name = "blocks", .required = true, .want = WANT_LIST },
    { .name = "sums", .want = WANT_LIST },
    { .name = "equations", .want = WANT_LIST },
    { .name = "inequalities", .want = WANT_LIST },
    { .name = "previous", .want = WANT_ANY },
    { .name = NULL }
};

/* -- rows and columns -- */

/* The rows or the columns of a block while they are read. */
struct axis {
    const char *name;                       /* "rows", "columns": also the member that holds the next level */
    struct node **leaf; size_t nleaves, cap;
    size_t levels;
};

/* "a between b"; only one of them when the other is "". NULL: out of memory. */
static const char *
join(struct doc_reader *reader, const char *a, const char *between, const char *b)
{
    size_t na = strlen(a), nb = strlen(b), nbetween = na > 0 && nb > 0 ? strlen(between) : 0;
    char *joined = arena_raw(reader->arena, na + nbetween + nb + 1);
    if (joined == NULL) {
        doc_no_memory(reader);
        return NULL;
    }
    memcpy(joined, a, na);
    memcpy(joined + na, between, nbetween);
    memcpy(joined + na + nbetween, b, nb + 1);
    return joined;
}

/* No other node of the axis may have this key, or selectors would be unclear. */
static bool
key_is_new(struct doc_reader *reader, const struct doc *doc, const struct axis *axis, const struct node *node)
{
    for (size_t i = 0; i < axis->nleaves; i++)
        for (const struct node *other = axis->leaf[i]; other; other = other->parent)
            if (other->key && strcmp(other->path_key, node->path_key) == 0)
                return doc_refuse(reader, doc_member(doc, "key"), "键“%s”用了两次（另一处是“%s”）", node->path_key, other->label.text);
    return true;
}

static bool
load_leaf(struct doc_reader *reader, const struct doc *doc, struct axis *axis, struct node *node)
{
    if (!node->key)
        return doc_refuse(reader, doc, "缺少“key”：每一行、每一列数都要有键");
    if (axis->nleaves == FORM_LEAVES)
        return doc_refuse(reader, doc, "太多了：一块最多 %d 行、%d 列", FORM_LEAVES, FORM_LEAVES);
    const struct doc *unit_printed = doc_member(doc, "unit_printed");
    if (unit_printed && node->kind != KIND_MONEY)
        return doc_refuse(reader, unit_printed, "只有金额列（kind: money）才写 unit_printed");
    if (node->kind == KIND_MONEY && !unit_printed)
        node->unit_printed = true;
    if (!arena_room(reader->arena, &axis->leaf, axis->nleaves, &axis->cap, sizeof *axis->leaf))
        return doc_no_memory(reader);
    axis->leaf[axis->nleaves++] = node;
    if (axis->levels <= node->depth)
        axis->levels = node->depth + 1;
    return true;
}

static bool
load_nodes(struct doc_reader *reader, const struct doc *list, struct node *parent, struct axis *axis,
           struct node **nodes, size_t *n);

static bool
load_children(struct doc_reader *reader, const struct doc *doc, const struct doc *list, struct axis *axis, struct node *node)
{
    static const char *const leaf_only[] = { "kind", "unit_printed", "width" };
    for (size_t i = 0; i < sizeof leaf_only / sizeof *leaf_only; i++) {
        const struct doc *member = doc_member(doc, leaf_only[i]);
        if (member)
            return doc_refuse(reader, member, "只能写在最下一级的列上，这一列下面还有 columns");
    }
    return load_nodes(reader, list, node, axis, &node->children, &node->nchildren);
}

static bool
load_node(struct doc_reader *reader, const struct doc *doc, struct node *parent, struct axis *axis, struct node *node)
{
    struct column column = { .width = 0 };
    if (!doc_fill(reader, doc, strcmp(axis->name, "rows") == 0 ? row_members : column_members, &column))
        return false;
    *node = column.node;
    node->width = column.width;
    node->parent = parent;
    node->depth = parent ? parent->depth + 1 : 0;
    node->leaf = axis->nleaves;
    if (!node->brief)
        node->brief = node->label.text;
    node->path = join(reader, parent ? parent->path : "", "/", node->label.text);
    node->path_key = join(reader, parent ? parent->path_key : "", ".", node->key ? node->key : "");
    if (!node->path || !node->path_key || (node->key && !key_is_new(reader, doc, axis, node)))
        return false;
    const struct doc *list = doc_member(doc, axis->name);
    if (!(list ? load_children(reader, doc, list, axis, node) : load_leaf(reader, doc, axis, node)))
        return false;
    node->nleaves = axis->nleaves - node->leaf;
    return true;
}

static bool
load_nodes(struct doc_reader *reader, const struct doc *list, struct node *parent, struct axis *axis,
           struct node **nodes, size_t *n)
{
    *nodes = arena_array(reader->arena, list->nitems, sizeof **nodes);
    if (!*nodes)
        return doc_no_memory(reader);
    *n = list->nitems;
    for (size_t i = 0; i < *n; i++)
        if (!load_node(reader, &list->items[i], parent, axis, &(*nodes)[i]))
            return false;
    return form_check_labels(reader, list, *nodes, *n);
}

/* The one row of a table whose law prints no row label. */
static bool
add_bare_row(struct doc_reader *reader, struct block *block)
{
    block->rows = arena_alloc(reader->arena, sizeof *block->rows);
    block->row_leaf = arena_alloc(reader->arena, sizeof *block->row_leaf);
    if (!block->rows || !block->row_leaf)
        return doc_no_memory(reader);
    block->rows[0] = (struct node){ .label.text = "", .path_key = "", .path = "", .brief = "", .nleaves = 1 };
    block->row_leaf[0] = block->rows;
    block->nrows = block->nrow_leaves = 1;
    return true;
}

/* -- blocks, tables and their numbers -- */

static bool
load_block(struct doc_reader *reader, const struct doc *doc, struct block *block)
{
    if (!doc_fill(reader, doc, block_members, block))
        return false;
    struct axis columns = { .name = "columns" }, rows = { .name = "rows" };
    if (!load_nodes(reader, doc_member(doc, "columns"), NULL, &columns, &block->columns, &block->ncolumns))
        return false;
    block->column_leaf = columns.leaf;
    block->ncolumn_leaves = columns.nleaves;
    block->column_depth = columns.levels;
    const struct doc *list = doc_member(doc, "rows");
    if (!list)
        return add_bare_row(reader, block);
    if (!load_nodes(reader, list, NULL, &rows, &block->rows, &block->nrows))
        return false;
    block->row_leaf = rows.leaf;
    block->nrow_leaves = rows.nleaves;
    block->row_depth = rows.levels;
    return true;
}

static bool
add_slot(struct doc_reader *reader, struct form *form, const struct doc *doc, const struct table *table,
         const struct block *block, const struct node *row, const struct node *column)
{
    const char *tail = join(reader, row->path_key, ".", column->path_key);
    const char *key = tail ? join(reader, table->id, ".", tail) : NULL;
    if (!key)
        return false;
    if (form_slot(form, key))
        return doc_refuse(reader, doc, "数“%s”出现两次：另一块里有同样的行键和列键", key);
    form->slots[form->nslots++] = (struct slot){ .key = key, .table = table, .block = block, .row = row,
        .column = column, .kind = column->kind, .unit_printed = column->unit_printed };
    return true;
}

static bool
add_slots(struct doc_reader *reader, struct form *form, const struct doc *tables)
{
    size_t total = 0;
    for (size_t t = 0; t < form->ntables; t++)
        for (size_t b = 0; b < form->tables[t].nblocks; b++) {
            const struct block *block = &form->tables[t].blocks[b];
            total += block->nrow_leaves * block->ncolumn_leaves;
            if (total > FORM_SLOTS)
                return doc_refuse(reader, &tables->items[t], "太多了：一份格式最多 %d 个数", FORM_SLOTS);
        }
    form->slots = arena_array(reader->arena, total, sizeof *form->slots);
    if (!form->slots)
        return doc_no_memory(reader);
    for (size_t t = 0; t < form->ntables; t++) {
        struct table *table = &form->tables[t];
        const struct doc *blocks = doc_member(&tables->items[t], "blocks");
        table->first = form->nslots;
        for (size_t b = 0; b < table->nblocks; b++) {
            struct block *block = &table->blocks[b];
            block->first = form->nslots;
            for (size_t i = 0; i < block->nrow_leaves * block->ncolumn_leaves; i++)
                if (!add_slot(reader, form, &blocks->items[b], table, block, block->row_leaf[i / block->ncolumn_leaves],
                              block->column_leaf[i % block->ncolumn_leaves]))
                    return false;
        }
        table->nslots = form->nslots - table->first;
    }
    return true;
}

/* What Excel allows as the name of a sheet, and what our own workbooks leave of that. */
static bool
sheet_is_legal(struct doc_reader *reader, const struct doc *doc, const char *sheet)
{
    size_t characters = 0, n = strlen(sheet), used;
    for (size_t i = 0; i < n; i += used, characters++)
        if (utf8_decode(sheet + i, n - i, &used) > 0xFFFF)
            characters++;                               /* Excel counts UTF-16 units */
    if (characters > SHEET_CHARACTERS)
        return doc_refuse(reader, doc, "工作表名太长：最多 %d 个字符，这里有 %zu 个", SHEET_CHARACTERS, characters);
    if (strpbrk(sheet, "[]:*?/\\") || sheet[0] == '\'' || sheet[n - 1] == '\'')
        return doc_refuse(reader, doc, "Excel 的工作表名里不能有 [ ] : * ? / \\，也不能以 ' 开头或结尾");
    if (sheets_ours(sheet) || sheets_alike(sheet, COMPARE_SHEET))
        return doc_refuse(reader, doc, "“%s”是程序自己用的工作表名，请换一个", sheet);
    return !sheets_numbered(sheet) || doc_refuse(reader, doc, "工作表名不能以“(2)”这样的编号结尾：程序用它来区分重复的表");
}

static bool
load_table(struct doc_reader *reader, struct form *form, const struct doc *doc, struct table *table)
{
    if (!doc_fill(reader, doc, table_members, table) || !sheet_is_legal(reader, doc_member(doc, "sheet"), table->sheet))
        return false;
    for (const struct table *other = form->tables; other < table; other++) {
        if (strcmp(other->id, table->id) == 0)
            return doc_refuse(reader, doc_member(doc, "id"), "表“%s”写了两次", table->id);
        if (sheets_alike(other->sheet, table->sheet))
            return doc_refuse(reader, doc_member(doc, "sheet"), "和表“%s”的工作表名相同（Excel 不分大小写）", other->id);
    }
    if (!table->brief)
        table->brief = table->title.text;
    table->form = form;
    const struct doc *blocks = doc_member(doc, "blocks");
    table->blocks = arena_array(reader->arena, blocks->nitems, sizeof *table->blocks);
    if (!table->blocks)
        return doc_no_memory(reader);
    table->nblocks = blocks->nitems;
    for (size_t i = 0; i < table->nblocks; i++)
        if (!load_block(reader, &blocks->items[i], &table->blocks[i]))
            return false;
    return true;
}

bool
form_load_tables(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    form->tables = arena_array(reader->arena, list->nitems, sizeof *form->tables);
    if (!form->tables)
        return doc_no_memory(reader);
    for (; form->ntables < list->nitems; form->ntables++)
        if (!load_table(reader, form, &list->items[form->ntables], &form->tables[form->ntables]))
            return false;
    return add_slots(reader, form, list);
}
