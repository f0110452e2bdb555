/* SPDX-License-Identifier: MIT */
/* A form definition (schema nianbao.form/1; templates/README.md is its specification) from YAML to struct form: the members that
 * each part may have, as tables; trees of rows and columns; the numbers where they cross. Whatever is not understood is refused
 * with its place: a definition decides what is called an error in other people's reports, so nothing in it is skipped or guessed. */
#include "embedded.h"
#include "form_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sayings.h"
#include "sha256.h"
#include "sheets.h"
#include "text.h"
#include "wording.h"

enum { SHEET_CHARACTERS = 27 };     /* Excel's 31 without room for "(99)" */

_Static_assert(sizeof(enum number_kind) == sizeof(unsigned) && sizeof(enum severity) == sizeof(unsigned), "WANT_CHOICE fills unsigned");

static const char *const kinds[] = { "count", "change", "money", NULL };           /* enum number_kind */
static const char *const severities[] = { "error", "warning", "note", NULL };      /* enum severity */

#define AT(type, field) .offset = offsetof(struct type, field)
#define COUNTED(type, field, n) .want = WANT_TEXTS, .offset = offsetof(struct type, field), .count_offset = offsetof(struct type, n)

static const struct member wording_members[] = {
    { .name = "zh", .required = true, .want = WANT_TEXT, AT(wording, zh) },
    { .name = "en", .want = WANT_TEXT, AT(wording, en) },
    { .name = NULL }
};
static const struct member rule_members[] = {
    { .name = "id", .required = true, .want = WANT_ID, AT(rule, id) },
    { .name = "severity", .required = true, .want = WANT_CHOICE, AT(rule, severity), .choices = severities },
    { .name = "title", .required = true, .want = WANT_PART, AT(rule, title), .members = wording_members },
    { .name = "message", .required = true, .want = WANT_PART, AT(rule, message), .members = wording_members },
    { .name = "hint", .want = WANT_PART, AT(rule, hint), .members = wording_members },
    { .name = "basis", .required = true, .want = WANT_TEXT, AT(rule, basis) },
    { .name = NULL }
};
static const struct member row_members[] = {
    { .name = "key", .want = WANT_KEY, AT(node, key) },
    { .name = "label", .required = true, .want = WANT_TEXT, AT(node, label.text) },
    { .name = "variants", COUNTED(node, label.variants, label.nvariants) },
    { .name = "brief", .want = WANT_TEXT, AT(node, brief) },
    { .name = "help", .want = WANT_TEXT, AT(node, help) },
    { .name = "rows", .want = WANT_LIST },
    { .name = NULL }
};
struct column { struct node node; int width; };
static const struct member column_members[] = {
    { .name = "key", .want = WANT_KEY, AT(column, node.key) },
    { .name = "label", .required = true, .want = WANT_TEXT, AT(column, node.label.text) },
    { .name = "variants", COUNTED(column, node.label.variants, node.label.nvariants) },
    { .name = "brief", .want = WANT_TEXT, AT(column, node.brief) },
    { .name = "help", .want = WANT_TEXT, AT(column, node.help) },
    { .name = "kind", .want = WANT_CHOICE, AT(column, node.kind), .choices = kinds },
    { .name = "unit_printed", .want = WANT_FLAG, AT(column, node.unit_printed) },
    { .name = "width", .want = WANT_NUMBER, AT(column, width), .least = 1, .most = 255 },
    { .name = "columns", .want = WANT_LIST },
    { .name = NULL }
};
static const struct member block_members[] = {
    { .name = "caption", .want = WANT_TEXT, AT(block, caption.text) },
    { .name = "caption_variants", COUNTED(block, caption.variants, caption.nvariants) },
    { .name = "corner", .want = WANT_TEXT, AT(block, corner.text) },
    { .name = "corner_variants", COUNTED(block, corner.variants, corner.nvariants) },
    { .name = "heading", .want = WANT_TEXT, AT(block, heading.text) },
    { .name = "heading_variants", COUNTED(block, heading.variants, heading.nvariants) },
    { .name = "columns", .required = true, .want = WANT_LIST },
    { .name = "rows", .want = WANT_LIST },
    { .name = "stretch", .want = WANT_FLAG, AT(block, stretch) },
    { .name = NULL }
};
static const struct member table_members[] = {
    { .name = "id", .required = true, .want = WANT_KEY, AT(table, id) },
    { .name = "title", .required = true, .want = WANT_TEXT, AT(table, title.text) },
    { .name = "variants", COUNTED(table, title.variants, title.nvariants) },
    { .name = "brief", .want = WANT_TEXT, AT(table, brief) },
    { .name = "sheet", .required = true, .want = WANT_TEXT, AT(table, sheet) },
    { .name = "landscape", .want = WANT_FLAG, AT(table, landscape) },
    { .name = "joint", .want = WANT_FLAG, AT(table, joint) },
    { .name = "blocks", .required = true, .want = WANT_LIST },
    { .name = "sums", .want = WANT_LIST },
    { .name = "equations", .want = WANT_LIST },
    { .name = "inequalities", .want = WANT_LIST },
    { .name = "previous", .want = WANT_ANY },
    { .name = NULL }
};
struct words { const char **words; size_t nwords; enum number_kind kind; const char *factor; };
static const struct member unit_members[] = {
    { .name = "kind", .required = true, .want = WANT_CHOICE, AT(words, kind), .choices = kinds },
    { .name = "words", .required = true, COUNTED(words, words, nwords) },
    { .name = "factor", .want = WANT_TEXT, AT(words, factor) },
    { .name = NULL }
};
static const struct member years_members[] = {
    { .name = "from", .required = true, .want = WANT_NUMBER, AT(form, year_from), .least = YEAR_LEAST, .most = YEAR_MOST },
    { .name = "to", .want = WANT_NUMBER, AT(form, year_to), .least = YEAR_LEAST, .most = YEAR_MOST },
    { .name = "checked", .want = WANT_NUMBER, AT(form, year_checked), .least = YEAR_LEAST, .most = YEAR_MOST },
    { .name = NULL }
};
static const struct member cover_members[] = {
    { .name = "title_words", .required = true, COUNTED(form, title_words, ntitle_words) },
    { .name = "unit_labels", .required = true, COUNTED(form, unit_labels, nunit_labels) },
    { .name = "year_labels", .required = true, COUNTED(form, year_labels, nyear_labels) },
    { .name = NULL }
};
static const struct member form_members[] = {
    { .name = "schema", .required = true, .want = WANT_ANY },
    { .name = "form", .required = true, .want = WANT_ID, AT(form, id) },
    { .name = "name", .required = true, .want = WANT_TEXT, AT(form, name) },
    { .name = "title", .required = true, .want = WANT_TEXT, AT(form, title) },
    { .name = "years", .required = true, .want = WANT_PART, .members = years_members },
    { .name = "law", .required = true, COUNTED(form, law, nlaw) },
    { .name = "cover", .required = true, .want = WANT_PART, .members = cover_members },
    { .name = "units", .want = WANT_LIST },
    { .name = "tables", .required = true, .want = WANT_LIST },
    { .name = "rules", .want = WANT_LIST },
    { .name = "instructions", COUNTED(form, instructions, ninstructions) },
    { .name = "sentences", COUNTED(form, sentences, nsentences) },
    { .name = "narrative", .want = WANT_LIST },
    { .name = "other_forms", .want = WANT_LIST },
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
    struct text text = text_new(reader->arena);
    text_puts(&text, a);
    if (*a && *b)
        text_puts(&text, between);
    text_puts(&text, b);
    if (!text.failed)
        return text.at;
    doc_no_memory(reader);
    return NULL;
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

static bool load_children(struct doc_reader *reader, const struct doc *doc, const struct doc *list, struct axis *axis, struct node *node)
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
    static const char arrow[] = " → ";
    const char *tail = join(reader, row->path_key, ".", column->path_key);
    const char *key = tail ? join(reader, table->id, ".", tail) : NULL;
    const char *place = join(reader, block->caption.text ? block->caption.text : "", "/", row->path);
    const char *head = place ? join(reader, table->title.text, arrow, place) : NULL;
    const char *path = head ? join(reader, head, arrow, column->path) : NULL;
    if (!key || !path)
        return false;
    if (form_slot(form, key))
        return doc_refuse(reader, doc, "数“%s”出现两次：另一块里有同样的行键和列键", key);
    form->slots[form->nslots++] = (struct slot){ .key = key, .path = path, .table = table, .block = block, .row = row,
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

static bool
load_tables(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    form->tables = arena_array(reader->arena, list->nitems, sizeof *form->tables);
    if (!form->tables)
        return doc_no_memory(reader);
    for (; form->ntables < list->nitems; form->ntables++)
        if (!load_table(reader, form, &list->items[form->ntables], &form->tables[form->ntables]))
            return false;
    return add_slots(reader, form, list);
}

/* -- the rest -- */

static bool
load_rules(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    if (!list)
        return true;
    form->rules = arena_array(reader->arena, list->nitems, sizeof *form->rules);
    if (!form->rules)
        return doc_no_memory(reader);
    for (; form->nrules < list->nitems; form->nrules++) {
        const struct doc *doc = &list->items[form->nrules];
        struct rule *rule = &form->rules[form->nrules];
        if (!doc_fill(reader, doc, rule_members, rule))
            return false;
        if (form_rule(form, rule->id))
            return doc_refuse(reader, doc_member(doc, "id"), "规则“%s”写了两次", rule->id);
        if (rule_find(form, rule->id))
            return doc_refuse(reader, doc_member(doc, "id"), "“%s”是程序通用规则的编号，请换一个", rule->id);
    }
    return true;
}

/* "10000" or "1/10000"; both parts from 1 to a billion, so that amounts times factor stay within 64 bits. */
static bool
parse_factor(const char *s, int64_t *numerator, int64_t *denominator)
{
    int64_t parts[2] = { 0, 1 };
    for (size_t i = 0; i < 2; i++) {
        size_t digits = strspn(s, "0123456789");
        if (digits == 0 || digits > 9)
            return false;
        parts[i] = strtol(s, NULL, 10);
        s += digits;
        if (parts[i] == 0 || *s != '/')
            break;
        s++;
    }
    *numerator = parts[0];
    *denominator = parts[1];
    return *s == '\0' && parts[0] > 0 && parts[1] > 0;
}

static bool
load_units(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    size_t cap = 0;
    for (size_t i = 0; list && i < list->nitems; i++) {
        const struct doc *doc = &list->items[i];
        struct words words = { .factor = NULL };
        int64_t numerator = 1, denominator = 1;
        if (!doc_fill(reader, doc, unit_members, &words))
            return false;
        if (words.factor && !parse_factor(words.factor, &numerator, &denominator))
            return doc_refuse(reader, doc_member(doc, "factor"), "“%s”应当是 10000 或 1/10000 这样的倍数，不能是 0", words.factor);
        for (size_t w = 0; w < words.nwords; w++) {
            for (size_t u = 0; u < form->nunits; u++)
                if (form->units[u].kind == words.kind && strcmp(form->units[u].word, words.words[w]) == 0)
                    return doc_refuse(reader, &doc_member(doc, "words")->items[w], "单位“%s”写了两次", words.words[w]);
            if (!arena_room(reader->arena, &form->units, form->nunits, &cap, sizeof *form->units))
                return doc_no_memory(reader);
            form->units[form->nunits++] = (struct unit){ words.words[w], words.kind, numerator, denominator };
        }
    }
    return true;
}

static bool
check_years(struct doc_reader *reader, const struct form *form, const struct doc *years)
{
    if (form->year_to && form->year_to < form->year_from)
        return doc_refuse(reader, doc_member(years, "to"), "%d 早于 from 的 %d", form->year_to, form->year_from);
    if (form->year_checked && (form->year_checked < form->year_from || (form->year_to && form->year_checked > form->year_to)))
        return doc_refuse(reader, doc_member(years, "checked"), "%d 不在本格式适用的年度里", form->year_checked);
    return true;
}

/* A title is recognised by its longest word. */
static int
by_length(const void *a, const void *b)
{
    size_t na = strlen(*(const char *const *)a), nb = strlen(*(const char *const *)b);
    return na == nb ? strcmp(*(const char *const *)a, *(const char *const *)b) : (na < nb) - (na > nb);
}

static bool
check_schema(struct doc_reader *reader, const struct doc *root)
{
    static const char known[] = "nianbao.form/1";
    const struct doc *schema = doc_member(root, "schema");
    if (!schema)
        return doc_refuse(reader, root, "缺少“schema: %s”：这不是格式定义文件", known);
    if (schema->kind != DOC_TEXT || strcmp(schema->text, known) != 0)
        return doc_refuse(reader, schema, "应当是 %s；别的写法这个版本读不懂", known);
    return true;
}

static bool
load_form(struct doc_reader *reader, struct form *form, const struct doc *root)
{
    if (!check_schema(reader, root) || !doc_fill(reader, root, form_members, form)
        || !check_years(reader, form, doc_member(root, "years")))
        return false;
    qsort(form->title_words, form->ntitle_words, sizeof *form->title_words, by_length);
    const struct doc *tables = doc_member(root, "tables");
    form->narrative = doc_member(root, "narrative");
    return load_units(reader, form, doc_member(root, "units"))
        && load_rules(reader, form, doc_member(root, "rules"))
        && load_tables(reader, form, tables)
        && form_load_equations(reader, form, tables)
        && form_load_previous(reader, form, root)
        && form_check_wording(reader, form, root)
        && (reader->packed || form_check_narrative(reader, form));       /* what is part of the program was checked with it */
}

static enum status
load(struct doc_reader *reader, const char *digest, struct form **form)
{
    const struct doc *root = doc_parse(reader);
    if (!root)
        return reader->status;
    *form = arena_alloc(reader->arena, sizeof **form);
    if (!*form)
        doc_no_memory(reader);
    else {
        (*form)->source = reader->source;
        memcpy((*form)->digest, digest, sizeof (*form)->digest);
        load_form(reader, *form, root);
    }
    return reader->status;
}

enum status
form_load(struct arena *arena, const char *source, const char *yaml, size_t n, struct form **form, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = source, .yaml = yaml, .n = n, .fault = fault };
    char digest[65];
    sha256_hex(yaml, n, digest);
    return load(&reader, digest, form);
}

enum status
form_load_embedded(struct arena *arena, const struct embedded *file, struct form **form, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = file->name, .packed = file->packed, .fault = fault };
    return load(&reader, file->digest, form);
}
