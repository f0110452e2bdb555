/* SPDX-License-Identifier: MIT */
/* What must hold between the numbers of a form: selectors in `sums`, `equations` and `inequalities` (templates/README.md) become
 * lists of numbers, one equation for every row, column or list that a selector runs along. Refused: names of nothing, a number
 * counted twice, money added to counts, sums that feed themselves. */
#include "form_load.h"

#include <string.h>

#include "guess.h"

struct relating {
    struct doc_reader *reader;
    struct form *form;
    struct table *table;
    size_t cap, nequations, nterms;     /* cap: of table->equations; the others: of the whole form */
};

enum direction { ALONG_ROWS, ALONG_COLUMNS, ONE_LIST };     /* {columns: …}, {rows: …}, {values: …} */
static const char *const selectors[] = { "columns", "rows", "values" };

/* One side of an equation as the file names it. */
struct side {
    const struct doc *list;             /* of names; NULL: the number 0 */
    enum direction direction;
};

struct statement { const char *rule; };
static const struct member sum_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, .offset = offsetof(struct statement, rule) },
    { .name = "total", .required = true, .want = WANT_ANY },
    { .name = "of", .required = true, .want = WANT_ANY },
    { .name = NULL }
};
static const struct member equation_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, .offset = offsetof(struct statement, rule) },
    { .name = "left", .required = true, .want = WANT_ANY },
    { .name = "right", .required = true, .want = WANT_ANY },
    { .name = NULL }
};
static const struct member inequality_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, .offset = offsetof(struct statement, rule) },
    { .name = "smaller", .required = true, .want = WANT_ANY },
    { .name = "larger", .required = true, .want = WANT_ANY },
    { .name = NULL }
};
static const struct grammar {
    const char *list, *left, *right;
    enum relation relation;
    const struct member *members;
} grammars[] = {
    { "sums", "total", "of", RELATION_SUM, sum_members },
    { "equations", "left", "right", RELATION_EQUAL, equation_members },
    { "inequalities", "smaller", "larger", RELATION_AT_MOST, inequality_members },
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

/* A group's name stands for all its leaves. */
static bool
is_named(const struct node *leaf, const char *name)
{
    for (const struct node *node = leaf; node; node = node->parent)
        if (node->key && form_key_matches(node->path_key, name, strlen(name)))
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
refuse_names(struct relating *relating, const struct side *side, const struct doc *doc)
{
    static const char *const what[] = { "列", "行" };
    for (size_t i = 0; side->list && i < side->list->nitems; i++) {
        const struct doc *name = &side->list->items[i];
        struct guess guess = guess_new(name->text);
        bool found = false;
        for (size_t b = 0; b < relating->table->nblocks && !found; b++) {
            struct leaves leaves = named_leaves(&relating->table->blocks[b], side->direction);
            found = block_has_name(&relating->table->blocks[b], side->direction, name->text);
            for (size_t l = 0; l < leaves.n; l++)
                for (const struct node *node = leaves.at[l]; node; node = node->parent)
                    if (node->key && (!node->parent || node->leaf == leaves.at[l]->leaf))
                        guess_offer(&guess, node->path_key);
        }
        if (!found)
            return doc_refuse(relating->reader, name, "没有叫“%s”的%s%s", name->text, what[side->direction], guess_remark(&guess));
    }
    return doc_refuse(relating->reader, doc, "这些%s不在同一块里", what[side->direction]);
}

/* -- lists of numbers -- */

static bool
add_index(struct relating *relating, const struct doc *name, struct slots *slots, size_t index)
{
    for (size_t i = 0; i < slots->n; i++)
        if (slots->at[i] == index)
            return doc_refuse(relating->reader, name, "“%s”里的 %s 数了两次", name->text, relating->form->slots[index].key);
    slots->at[slots->n++] = index;
    return true;
}

static bool
new_slots(struct relating *relating, const struct doc *doc, size_t most, struct slots *slots)
{
    slots->n = 0;
    slots->at = arena_array(relating->reader->arena, most, sizeof *slots->at);
    if (!slots->at)
        return doc_no_memory(relating->reader);
    if (relating->nterms + most > FORM_TERMS)
        return doc_refuse(relating->reader, doc, "太多了：全部勾稽关系加起来最多 %d 项", FORM_TERMS);
    return true;
}

/* The numbers of one side in row or column `along` of a block, in the order in which they are named. */
static bool
pick_crossing(struct relating *relating, const struct side *side, const struct block *block, size_t along, struct slots *slots)
{
    struct leaves leaves = named_leaves(block, side->direction);
    if (!side->list)
        return true;
    if (!new_slots(relating, side->list, leaves.n, slots))
        return false;
    for (size_t i = 0; i < side->list->nitems; i++)
        for (size_t l = 0; l < leaves.n; l++) {
            size_t row = side->direction == ALONG_ROWS ? along : l, column = side->direction == ALONG_ROWS ? l : along;
            if (is_named(leaves.at[l], side->list->items[i].text)
                && !add_index(relating, &side->list->items[i], slots, block->first + row * block->ncolumn_leaves + column))
                return false;
        }
    return true;
}

/* Of slots first .. first + n those whose key, without its first `skip` bytes, has this name. */
static bool
pick_keys(struct relating *relating, const struct doc *name, size_t first, size_t n, size_t skip, struct slots *slots)
{
    for (size_t i = first; i < first + n; i++)
        if (form_key_matches(relating->form->slots[i].key + skip, name->text, strlen(name->text))
            && !add_index(relating, name, slots, i))
            return false;
    return true;
}

/* Numbers by key: of this table without its id, else in full. */
static bool
pick_value(struct relating *relating, const struct doc *name, struct slots *slots)
{
    const struct form *form = relating->form;
    const struct table *table = relating->table;
    size_t before = slots->n, prefix = strlen(table->id) + 1;
    if (!pick_keys(relating, name, table->first, table->nslots, prefix, slots)
        || (slots->n == before && !pick_keys(relating, name, 0, form->nslots, 0, slots)))
        return false;
    if (slots->n > before)
        return true;
    struct guess guess = guess_new(name->text);
    for (size_t i = table->first; i < table->first + table->nslots; i++)
        guess_offer(&guess, form->slots[i].key + prefix);
    return doc_refuse(relating->reader, name, "没有叫“%s”的数%s", name->text, guess_remark(&guess));
}

static bool
pick_values(struct relating *relating, const struct side *side, struct slots *slots)
{
    if (!side->list)
        return true;
    if (!new_slots(relating, side->list, relating->form->nslots, slots))
        return false;
    for (size_t i = 0; i < side->list->nitems; i++)
        if (!pick_value(relating, &side->list->items[i], slots))
            return false;
    return true;
}

/* -- equations -- */

static bool
check_sum(struct relating *relating, const struct doc *doc, const struct equation *equation)
{
    const struct doc *total = doc_member(doc, "total");
    const struct table *table = relating->table;
    if (equation->nleft != 1)
        return doc_refuse(relating->reader, total, "一个合计只能是一个数，这里是 %zu 个", equation->nleft);
    const struct slot *slot = &relating->form->slots[equation->left[0]];
    if (slot->table != table)
        return doc_refuse(relating->reader, total, "合计 %s 不在本表，请写到它自己的表里", slot->key);
    for (size_t i = 0; i < table->nequations; i++)
        if (table->equations[i].rule == equation->rule && table->equations[i].left[0] == equation->left[0])
            return doc_refuse(relating->reader, doc, "规则“%s”已经给出了 %s，不能再给一次", equation->rule->id, slot->key);
    return true;
}

static bool
check_terms(struct relating *relating, const struct doc *doc, const struct equation *equation)
{
    const struct slot *slots = relating->form->slots;
    bool money = slots[equation->right[0]].kind == KIND_MONEY;
    for (size_t r = 0; r < equation->nright; r++)
        if ((slots[equation->right[r]].kind == KIND_MONEY) != money)
            return doc_refuse(relating->reader, doc, "金额和件数不能相加：%s", slots[equation->right[r]].key);
    for (size_t l = 0; l < equation->nleft; l++) {
        if ((slots[equation->left[l]].kind == KIND_MONEY) != money)
            return doc_refuse(relating->reader, doc, "金额和件数不能相比：%s", slots[equation->left[l]].key);
        for (size_t r = 0; r < equation->nright; r++)
            if (equation->left[l] == equation->right[r])
                return doc_refuse(relating->reader, doc, equation->relation == RELATION_SUM ? "%s 把自己也加进去了" : "%s 两边都有",
                                  slots[equation->left[l]].key);
    }
    return true;
}

static bool
add_equation(struct relating *relating, const struct doc *doc, struct equation equation, struct slots left, struct slots right)
{
    struct table *table = relating->table;
    equation.left = left.at;
    equation.nleft = left.n;
    equation.right = right.at;
    equation.nright = right.n;
    if ((equation.relation == RELATION_SUM && !check_sum(relating, doc, &equation)) || !check_terms(relating, doc, &equation))
        return false;
    relating->nterms += left.n + right.n;
    if (++relating->nequations > FORM_EQUATIONS)
        return doc_refuse(relating->reader, doc, "太多了：一份格式最多 %d 个勾稽关系", FORM_EQUATIONS);
    if (!arena_room(relating->reader->arena, &table->equations, table->nequations, &relating->cap, sizeof *table->equations))
        return doc_no_memory(relating->reader);
    table->equations[table->nequations++] = equation;
    if (equation.relation == RELATION_SUM)
        relating->form->slots[left.at[0]].derived = true;
    return true;
}

/* Call for the numbers of all sides in every row (or column) of every block that has all the names, or once for lists. */
static bool
expand(struct relating *relating, const struct doc *doc, const struct side *sides, size_t n,
       bool (*take)(void *context, const struct node *row, const struct node *column, const struct slots *sides), void *context)
{
    struct slots picked[FORM_SIDES] = { { NULL, 0 } };
    enum direction direction = ONE_LIST;
    for (size_t i = 0; i < n; i++)
        direction = sides[i].list ? sides[i].direction : direction;
    for (size_t i = 0; direction == ONE_LIST && i < n; i++)
        if (!pick_values(relating, &sides[i], &picked[i]))
            return false;
    if (direction == ONE_LIST)
        return take(context, NULL, NULL, picked);

    bool found = false;
    for (size_t b = 0; b < relating->table->nblocks; b++) {
        const struct block *block = &relating->table->blocks[b];
        struct leaves along = other_leaves(block, direction);
        size_t having = 0;
        while (having < n && block_has(block, &sides[having]))
            having++;
        found |= having == n;
        for (size_t k = 0; having == n && k < along.n; k++) {
            bool rows = direction == ALONG_ROWS;
            for (size_t i = 0; i < n; i++)
                if (!pick_crossing(relating, &sides[i], block, k, &picked[i]))
                    return false;
            if (!take(context, rows ? along.at[k] : NULL, rows ? NULL : along.at[k], picked))
                return false;
        }
    }
    for (size_t i = 0; !found && i < n; i++) {
        bool somewhere = false;
        for (size_t b = 0; b < relating->table->nblocks; b++)
            somewhere |= block_has(&relating->table->blocks[b], &sides[i]);
        if (!somewhere || i + 1 == n)
            return refuse_names(relating, &sides[i], doc);
    }
    return true;
}

/* -- reading them -- */

static bool
load_side(struct doc_reader *reader, const struct doc *doc, bool zero_allowed, struct side *side)
{
    *side = (struct side){ .list = NULL };
    if (zero_allowed && doc->kind == DOC_TEXT && strcmp(doc->text, "0") == 0)
        return true;
    if (doc->kind != DOC_MAP || doc->nitems != 1)
        return doc_refuse(reader, doc, "应当是 {columns: […]}、{rows: […]} 或 {values: […]} 之一%s", zero_allowed ? "，或者 0" : "");
    const struct doc *item = &doc->items[0];
    struct guess guess = guess_new(item->name);
    for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++) {
        if (strcmp(item->name, selectors[i]) == 0) {
            const char **names;
            size_t n;
            side->list = item;
            side->direction = (enum direction)i;
            return doc_texts(reader, item, &names, &n);
        }
        guess_offer(&guess, selectors[i]);
    }
    return doc_refuse(reader, item, "这里没有这个名称%s", guess_remark(&guess));
}

/* The sides of a statement, all of them written in the same way. */
static bool
load_sides(struct doc_reader *reader, const struct doc *doc, const char *const *names, size_t n, bool zero_allowed, struct side *sides)
{
    size_t first = n;                                   /* the first side that names numbers */
    for (size_t i = 0; i < n; i++) {
        const struct doc *it = doc_member(doc, names[i]);
        sides[i] = (struct side){ .list = NULL };
        if (it && !load_side(reader, it, zero_allowed && i == 0, &sides[i]))
            return false;
        if (!sides[i].list)
            continue;
        first = first < n ? first : i;
        if (sides[i].direction != sides[first].direction)
            return doc_refuse(reader, it, "两边要用同一种写法：%s 用了 %s，%s 用了 %s", names[first], selectors[sides[first].direction],
                              names[i], selectors[sides[i].direction]);
    }
    return true;
}

bool
form_select(struct doc_reader *reader, struct form *form, struct table *table, const struct doc *doc, const char *const *names, size_t n,
            bool (*take)(void *context, const struct node *row, const struct node *column, const struct slots *sides),
            void *context)
{
    struct relating relating = { .reader = reader, .form = form, .table = table };
    struct side sides[FORM_SIDES];
    return load_sides(reader, doc, names, n, false, sides) && expand(&relating, doc, sides, n, take, context);
}

const struct rule *
form_load_rule(struct doc_reader *reader, const struct form *form, const struct doc *at)
{
    const struct rule *rule = form_rule(form, at->text);
    struct guess guess = guess_new(at->text);
    for (size_t i = 0; i < form->nrules; i++)
        guess_offer(&guess, form->rules[i].id);
    if (!rule)
        doc_refuse(reader, at, "rules 里没有“%s”%s", at->text, guess_remark(&guess));
    return rule;
}

/* A statement while it becomes equations. */
struct stating { struct relating *relating; const struct doc *doc; struct equation equation; };

static bool
take_equation(void *context, const struct node *row, const struct node *column, const struct slots *sides)
{
    struct stating *stating = context;
    struct equation equation = stating->equation;
    equation.row = row;
    equation.column = column;
    return add_equation(stating->relating, stating->doc, equation, sides[0], sides[1]);
}

static bool
load_equation(struct relating *relating, const struct doc *doc, const struct grammar *grammar)
{
    struct doc_reader *reader = relating->reader;
    struct statement statement;
    if (!doc_fill(reader, doc, grammar->members, &statement))
        return false;
    const struct rule *rule = form_load_rule(reader, relating->form, doc_member(doc, "rule"));
    const char *const names[] = { grammar->left, grammar->right };
    struct side sides[2];
    struct stating stating = { relating, doc, { .rule = rule, .table = relating->table, .relation = grammar->relation } };
    return rule && load_sides(reader, doc, names, 2, grammar->relation == RELATION_AT_MOST, sides)
        && expand(relating, doc, sides, 2, take_equation, &stating);
}

/* -- sums that feed themselves -- */

/* The sum of a derived number that still waits for a number which is not settled; NULL: none waits. */
static const struct equation *
waiting_sum(const struct form *form, const bool *settled, size_t index, size_t *term)
{
    const struct table *table = form->slots[index].table;
    for (size_t e = 0; e < table->nequations; e++) {
        const struct equation *equation = &table->equations[e];
        for (size_t i = 0; equation->relation == RELATION_SUM && equation->left[0] == index && i < equation->nright; i++)
            if (!settled[equation->right[i]]) {
                *term = equation->right[i];
                return equation;
            }
    }
    return NULL;
}

/* Settle every number whose sums are of settled numbers, until nothing changes; what is left is in a circle, or waits for one. */
static bool
check_circles(struct doc_reader *reader, const struct form *form, const struct doc *tables)
{
    bool *settled = arena_array(reader->arena, form->nslots, sizeof *settled);
    if (!settled)
        return doc_no_memory(reader);
    size_t term;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < form->nslots; i++)
            if (!settled[i] && (!form->slots[i].derived || !waiting_sum(form, settled, i, &term)))
                changed = settled[i] = true;
    }
    size_t index = 0;
    while (index < form->nslots && settled[index])
        index++;
    if (index == form->nslots)
        return true;
    for (size_t i = 0; i < form->nslots; i++)           /* that many steps end inside the circle */
        if (waiting_sum(form, settled, index, &term))
            index = term;
    const struct equation *equation = waiting_sum(form, settled, index, &term);
    const struct doc *table = &tables->items[equation->table - form->tables];
    return doc_refuse(reader, doc_member(table, "sums"), "规则“%s”的合计 %s 加上了 %s，而后者又由前者合计出来，成了一个圈",
                      equation->rule->id, form->slots[index].key, form->slots[term].key);
}

bool
form_load_equations(struct doc_reader *reader, struct form *form, const struct doc *tables)
{
    struct relating relating = { .reader = reader, .form = form };
    for (size_t t = 0; t < form->ntables; t++) {
        relating.table = &form->tables[t];
        relating.cap = 0;
        for (size_t g = 0; g < sizeof grammars / sizeof *grammars; g++) {
            const struct doc *list = doc_member(&tables->items[t], grammars[g].list);
            for (size_t i = 0; list && i < list->nitems; i++)
                if (!load_equation(&relating, &list->items[i], &grammars[g]))
                    return false;
        }
    }
    return check_circles(reader, form, tables);
}
