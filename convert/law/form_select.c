/* SPDX-License-Identifier: MIT */
/* Selectors of a definition (templates/README.md): {columns: …}, {rows: …} and {values: …} become lists of numbers, one for every row,
 * column or list that they run along. Refused: names of nothing, a number counted twice, two ways of naming in one statement. */
#include "form_load.h"

#include <string.h>

#include "guess.h"

enum direction { ALONG_ROWS, ALONG_COLUMNS, ONE_LIST };     /* {columns: …}, {rows: …}, {values: …} */
static const char *const selectors[] = { "columns", "rows", "values" };

/* One side of an equation as the file names it. */
struct side {
    const struct doc *list;             /* of names; NULL: the number 0 */
    enum direction direction;
};

/* -- names of rows and columns -- */

struct leaves { struct node **at; size_t n; };

static struct leaves
named_leaves(const struct block *block, enum direction direction)
{
    if (direction == ALONG_ROWS)
        return (struct leaves){ block->column_leaf, block->ncolumn_leaves };
    return (struct leaves){ block->row_leaf, block->nrow_leaves };
}

static struct leaves
other_leaves(const struct block *block, enum direction direction)
{
    return named_leaves(block, direction == ALONG_ROWS ? ALONG_COLUMNS : ALONG_ROWS);
}

/* Most keys differ from a name in the first letter. */
static bool
may_match(const char *key, const char *name)
{
    return *key == *name || *name == '*';
}

/* A group's name stands for all its leaves. */
static bool
is_named(const struct node *leaf, const char *name)
{
    for (const struct node *node = leaf; node; node = node->parent)
        if (node->key && may_match(node->path_key, name) && form_key_matches(node->path_key, name, strlen(name)))
            return true;
    return false;
}

static bool
block_has_name(const struct block *block, enum direction direction, const char *name)
{
    struct leaves leaves = named_leaves(block, direction);
    for (size_t i = 0; i < leaves.n; i++)
        if (is_named(leaves.at[i], name))
            return true;
    return false;
}

static bool
block_has(const struct block *block, const struct side *side)
{
    for (size_t i = 0; side->list && i < side->list->nitems; i++)
        if (!block_has_name(block, side->direction, side->list->items[i].text))
            return false;
    return true;
}

/* Why no block has all the names: false after saying so. */
static bool
refuse_names(const struct selecting *selecting, const struct side *side, const struct doc *doc)
{
    static const char *const what[] = { "列", "行" };
    for (size_t i = 0; side->list && i < side->list->nitems; i++) {
        const struct doc *name = &side->list->items[i];
        struct guess guess = guess_new(name->text);
        bool found = false;
        for (size_t b = 0; b < selecting->table->nblocks && !found; b++) {
            struct leaves leaves = named_leaves(&selecting->table->blocks[b], side->direction);
            found = block_has_name(&selecting->table->blocks[b], side->direction, name->text);
            for (size_t l = 0; l < leaves.n; l++)
                for (const struct node *node = leaves.at[l]; node; node = node->parent)
                    if (node->key && (!node->parent || node->leaf == leaves.at[l]->leaf))
                        guess_offer(&guess, node->path_key);
        }
        if (!found)
            return doc_refuse(selecting->reader, name, "没有叫“%s”的%s%s", name->text, what[side->direction], guess_remark(&guess));
    }
    return doc_refuse(selecting->reader, doc, "这些%s不在同一块里", what[side->direction]);
}

/* -- lists of numbers -- */

static bool
add_index(const struct selecting *selecting, const struct doc *name, struct slots *slots, size_t index)
{
    for (size_t i = 0; i < slots->n; i++)
        if (slots->at[i] == index)
            return doc_refuse(selecting->reader, name, "“%s”里的 %s 数了两次", name->text, selecting->form->slots[index].key);
    slots->at[slots->n++] = index;
    return true;
}

static bool
new_slots(const struct selecting *selecting, const struct doc *doc, size_t most, struct slots *slots)
{
    slots->n = 0;
    slots->at = arena_array(selecting->reader->arena, most, sizeof *slots->at);
    if (!slots->at)
        return doc_no_memory(selecting->reader);
    if (selecting->named + most > FORM_TERMS)
        return doc_refuse(selecting->reader, doc, "太多了：全部勾稽关系加起来最多 %d 项", FORM_TERMS);
    return true;
}

/* The numbers of one side in row or column `along` of a block, in the order in which they are named. */
static bool
pick_crossing(const struct selecting *selecting, const struct side *side, const struct block *block, size_t along, struct slots *slots)
{
    struct leaves leaves = named_leaves(block, side->direction);
    if (!side->list)
        return true;
    if (!new_slots(selecting, side->list, leaves.n, slots))
        return false;
    for (size_t i = 0; i < side->list->nitems; i++)
        for (size_t l = 0; l < leaves.n; l++) {
            size_t row = side->direction == ALONG_ROWS ? along : l, column = side->direction == ALONG_ROWS ? l : along;
            if (is_named(leaves.at[l], side->list->items[i].text)
                && !add_index(selecting, &side->list->items[i], slots, block->first + row * block->ncolumn_leaves + column))
                return false;
        }
    return true;
}

/* Of slots first .. first + n those whose key, without its first `skip` bytes, has this name. */
static bool
pick_keys(const struct selecting *selecting, const struct doc *name, size_t first, size_t n, size_t skip, struct slots *slots)
{
    size_t length = strlen(name->text);
    for (size_t i = first; i < first + n; i++) {
        const char *key = selecting->form->slots[i].key + skip;
        if (may_match(key, name->text) && form_key_matches(key, name->text, length) && !add_index(selecting, name, slots, i))
            return false;
    }
    return true;
}

/* Numbers by key: of this table without its id, else in full. */
static bool
pick_value(const struct selecting *selecting, const struct doc *name, struct slots *slots)
{
    const struct form *form = selecting->form;
    const struct table *table = selecting->table;
    size_t before = slots->n, prefix = strlen(table->id) + 1;
    if (!pick_keys(selecting, name, table->first, table->nslots, prefix, slots)
        || (slots->n == before && !pick_keys(selecting, name, 0, form->nslots, 0, slots)))
        return false;
    if (slots->n > before)
        return true;
    struct guess guess = guess_new(name->text);
    for (size_t i = table->first; i < table->first + table->nslots; i++)
        guess_offer(&guess, form->slots[i].key + prefix);
    return doc_refuse(selecting->reader, name, "没有叫“%s”的数%s", name->text, guess_remark(&guess));
}

static bool
pick_values(const struct selecting *selecting, const struct side *side, struct slots *slots)
{
    if (!side->list)
        return true;
    if (!new_slots(selecting, side->list, selecting->form->nslots, slots))
        return false;
    for (size_t i = 0; i < side->list->nitems; i++)
        if (!pick_value(selecting, &side->list->items[i], slots))
            return false;
    return true;
}

/* -- the sides of a statement -- */

static bool
load_side(struct doc_reader *reader, const struct doc *doc, bool zero_allowed, struct side *side)
{
    *side = (struct side){ .list = NULL };
    if (zero_allowed && doc->kind == DOC_TEXT && strcmp(doc->text, "0") == 0)
        return true;
    if (doc->kind != DOC_MAP || doc->nitems != 1)
        return doc_refuse(reader, doc, "应当是 {columns: […]}、{rows: […]} 或 {values: […]} 之一%s", zero_allowed ? "，或者 0" : "");
    const struct doc *item = &doc->items[0];
    for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
        if (strcmp(item->name, selectors[i]) == 0) {
            const char **names;
            size_t n;
            side->list = item;
            side->direction = (enum direction)i;
            return doc_texts(reader, item, &names, &n);
        }
    struct guess guess = guess_new(item->name);
    for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
        guess_offer(&guess, selectors[i]);
    return doc_refuse(reader, item, "这里没有这个名称%s", guess_remark(&guess));
}

/* The sides of a statement, all of them written in the same way. */
static bool
load_sides(const struct selecting *selecting, const struct doc *doc, const char *const *names, size_t n, struct side *sides)
{
    size_t first = n;                                   /* the first side that names numbers */
    for (size_t i = 0; i < n; i++) {
        const struct doc *it = doc_member(doc, names[i]);
        sides[i] = (struct side){ .list = NULL };
        if (it && !load_side(selecting->reader, it, selecting->zero_allowed && i == 0, &sides[i]))
            return false;
        if (!sides[i].list)
            continue;
        first = first < n ? first : i;
        if (sides[i].direction != sides[first].direction)
            return doc_refuse(selecting->reader, it, "两边要用同一种写法：%s 用了 %s，%s 用了 %s", names[first], selectors[sides[first].direction],
                              names[i], selectors[sides[i].direction]);
    }
    return true;
}

/* Call for the numbers of all sides in every row (or column) of every block that has all the names, or once for lists. */
static bool
expand(const struct selecting *selecting, const struct doc *doc, const struct side *sides, size_t n)
{
    struct slots picked[FORM_SIDES] = { { NULL, 0 } };
    enum direction direction = ONE_LIST;
    for (size_t i = 0; i < n; i++)
        direction = sides[i].list ? sides[i].direction : direction;
    for (size_t i = 0; direction == ONE_LIST && i < n; i++)
        if (!pick_values(selecting, &sides[i], &picked[i]))
            return false;
    if (direction == ONE_LIST)
        return selecting->take(selecting->context, NULL, NULL, picked);

    bool found = false;
    for (size_t b = 0; b < selecting->table->nblocks; b++) {
        const struct block *block = &selecting->table->blocks[b];
        struct leaves along = other_leaves(block, direction);
        size_t having = 0;
        while (having < n && block_has(block, &sides[having]))
            having++;
        found |= having == n;
        for (size_t k = 0; having == n && k < along.n; k++) {
            bool rows = direction == ALONG_ROWS;
            for (size_t i = 0; i < n; i++)
                if (!pick_crossing(selecting, &sides[i], block, k, &picked[i]))
                    return false;
            if (!selecting->take(selecting->context, rows ? along.at[k] : NULL, rows ? NULL : along.at[k], picked))
                return false;
        }
    }
    for (size_t i = 0; !found && i < n; i++) {
        bool somewhere = false;
        for (size_t b = 0; b < selecting->table->nblocks; b++)
            somewhere |= block_has(&selecting->table->blocks[b], &sides[i]);
        if (!somewhere || i + 1 == n)
            return refuse_names(selecting, &sides[i], doc);
    }
    return true;
}

bool
form_select(const struct selecting *selecting, const struct doc *doc, const char *const *names, size_t n)
{
    struct side sides[FORM_SIDES];
    return load_sides(selecting, doc, names, n, sides) && expand(selecting, doc, sides, n);
}
