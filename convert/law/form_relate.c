/* SPDX-License-Identifier: MIT */
/* What must hold between the numbers of a form: `sums`, `equations` and `inequalities` (templates/README.md), one equation for every
 * row, column or list that the selectors of a statement run along. Refused: money added to counts, sums that feed themselves. */
#include "form_load.h"

#include "guess.h"

struct relating {
    struct selecting in;
    size_t cap, nequations;             /* cap: of the table's equations; nequations: of the whole form */
};

struct statement { const char *rule; };
static const struct member sum_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, MEMBER_AT(statement, rule) },
    { .name = "total", .required = true, .want = WANT_ANY },
    { .name = "of", .required = true, .want = WANT_ANY },
    { .name = NULL }
};
static const struct member equation_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, MEMBER_AT(statement, rule) },
    { .name = "left", .required = true, .want = WANT_ANY },
    { .name = "right", .required = true, .want = WANT_ANY },
    { .name = NULL }
};
static const struct member inequality_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, MEMBER_AT(statement, rule) },
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

/* -- equations -- */

static bool
check_sum(struct relating *relating, const struct doc *doc, const struct equation *equation)
{
    const struct doc *total = doc_member(doc, "total");
    const struct table *table = relating->in.table;
    if (equation->nleft != 1)
        return doc_refuse(relating->in.reader, total, "一个合计只能是一个数，这里是 %zu 个", equation->nleft);
    const struct slot *slot = &relating->in.form->slots[equation->left[0]];
    if (slot->table != table)
        return doc_refuse(relating->in.reader, total, "合计 %s 不在本表，请写到它自己的表里", slot->key);
    for (size_t i = 0; i < table->nequations; i++)
        if (table->equations[i].rule == equation->rule && table->equations[i].left[0] == equation->left[0])
            return doc_refuse(relating->in.reader, doc, "规则“%s”已经给出了 %s，不能再给一次", equation->rule->id, slot->key);
    return true;
}

static bool
check_terms(struct relating *relating, const struct doc *doc, const struct equation *equation)
{
    const struct slot *slots = relating->in.form->slots;
    bool money = slots[equation->right[0]].kind == KIND_MONEY;
    for (size_t r = 0; r < equation->nright; r++)
        if ((slots[equation->right[r]].kind == KIND_MONEY) != money)
            return doc_refuse(relating->in.reader, doc, "金额和件数不能相加：%s", slots[equation->right[r]].key);
    for (size_t l = 0; l < equation->nleft; l++) {
        if ((slots[equation->left[l]].kind == KIND_MONEY) != money)
            return doc_refuse(relating->in.reader, doc, "金额和件数不能相比：%s", slots[equation->left[l]].key);
        for (size_t r = 0; r < equation->nright; r++)
            if (equation->left[l] == equation->right[r])
                return doc_refuse(relating->in.reader, doc, equation->relation == RELATION_SUM ? "%s 把自己也加进去了" : "%s 两边都有",
                                  slots[equation->left[l]].key);
    }
    return true;
}

static bool
add_equation(struct relating *relating, const struct doc *doc, struct equation equation, struct slots left, struct slots right)
{
    struct table *table = relating->in.table;
    equation.left = left.at;
    equation.nleft = left.n;
    equation.right = right.at;
    equation.nright = right.n;
    if ((equation.relation == RELATION_SUM && !check_sum(relating, doc, &equation)) || !check_terms(relating, doc, &equation))
        return false;
    relating->in.named += left.n + right.n;
    if (++relating->nequations > FORM_EQUATIONS)
        return doc_refuse(relating->in.reader, doc, "太多了：一份格式最多 %d 个勾稽关系", FORM_EQUATIONS);
    if (!arena_room(relating->in.reader->arena, &table->equations, table->nequations, &relating->cap, sizeof *table->equations))
        return doc_no_memory(relating->in.reader);
    table->equations[table->nequations++] = equation;
    if (equation.relation == RELATION_SUM)
        relating->in.form->slots[left.at[0]].derived = true;
    return true;
}

/* -- reading them -- */

const struct rule *
form_load_rule(struct doc_reader *reader, const struct form *form, const struct doc *at)
{
    const struct rule *rule = form_rule(form, at->text);
    if (rule)
        return rule;
    struct guess guess = guess_new(at->text);
    for (size_t i = 0; i < form->nrules; i++)
        guess_offer(&guess, form->rules[i].id);
    doc_refuse(reader, at, "rules 里没有“%s”%s", at->text, guess_remark(&guess));
    return NULL;
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
    struct doc_reader *reader = relating->in.reader;
    struct statement statement;
    if (!doc_fill(reader, doc, grammar->members, &statement))
        return false;
    const struct rule *rule = form_load_rule(reader, relating->in.form, doc_member(doc, "rule"));
    const char *const names[] = { grammar->left, grammar->right };
    struct stating stating = { relating, doc, { .rule = rule, .table = relating->in.table, .relation = grammar->relation } };
    relating->in.zero_allowed = grammar->relation == RELATION_AT_MOST;
    relating->in.take = take_equation;
    relating->in.context = &stating;
    return rule && form_select(&relating->in, doc, names, 2);
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
    struct relating relating = { .in = { .reader = reader, .form = form } };
    for (size_t t = 0; t < form->ntables; t++) {
        relating.in.table = &form->tables[t];
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
