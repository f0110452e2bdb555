/* SPDX-License-Identifier: MIT */
/* What ties this year's numbers to last year's (`previous` of a table), and what a report of another form calls them (`other_forms`):
 * templates/README.md, section 六. Refused: a tie of two numbers, of a number to itself, of money to counts, twice by one rule, and
 * one that would be an error: a report must not fail because of another. */
#include "form_load.h"

#include <string.h>

#include "guess.h"

static const char *const parts_choices[] = { "warning", "note", NULL };
static const enum severity parts_severities[] = { SEVERITY_WARNING, SEVERITY_NOTE };

struct previous { const char *identical; };
static const struct member previous_members[] = {
    { .name = "equations", .want = WANT_LIST },
    { .name = "inequalities", .want = WANT_LIST },
    { .name = "identical", .want = WANT_ID, MEMBER_AT(previous, identical) },
    { .name = "leaps", .want = WANT_LIST },
    { .name = NULL }
};
struct statement { const char *rule; unsigned parts; };
static const struct member tie_members[] = {
    { .name = "rule", .required = true, .want = WANT_ID, MEMBER_AT(statement, rule) },
    { .name = "parts", .want = WANT_CHOICE, MEMBER_AT(statement, parts), .choices = parts_choices },
    { .name = "now", .required = true, .want = WANT_ANY },
    { .name = "last", .required = true, .want = WANT_ANY },
    { .name = "plus", .want = WANT_ANY },
    { .name = "minus", .want = WANT_ANY },
    { .name = NULL }
};
struct leaping { int factor; };
static const struct member leap_members[] = {
    { .name = "now", .required = true, .want = WANT_ANY },
    { .name = "factor", .required = true, .want = WANT_NUMBER, MEMBER_AT(leaping, factor), .least = 2, .most = 1000000 },
    { .name = NULL }
};
static const struct member kin_members[] = {
    { .name = "form", .required = true, .want = WANT_ID, MEMBER_AT(kin, form) },
    { .name = "label", .required = true, .want = WANT_TEXT, MEMBER_AT(kin, label) },
    { .name = "now", .required = true, .want = WANT_LIST },
    { .name = "last", .required = true, MEMBER_TEXTS(kin, last, nlast) },
    { .name = NULL }
};

/* A statement while it becomes ties or leaps. */
struct tying {
    struct doc_reader *reader;
    struct form *form;
    struct table *table;
    const struct doc *doc;
    struct tie tie;
    bool parts;                         /* numbers that are no totals are of severity `part` */
    enum severity part;
    int factor;
    size_t ties, leaps;                 /* room for them */
};

/* -- ties -- */

enum { NOW, LAST, PLUS, MINUS, SIDES };
static const char *const side_names[SIDES] = { "now", "last", "plus", "minus" };
_Static_assert((int)SIDES <= (int)FORM_SIDES, "form_select takes so many");

/* The numbers of the first n sides of the statement. */
static bool
select_numbers(struct tying *tying, size_t n,
               bool (*take)(void *context, const struct node *row, const struct node *column, const struct slots *sides))
{
    const struct selecting selecting = { .reader = tying->reader, .form = tying->form, .table = tying->table, .take = take, .context = tying };
    return form_select(&selecting, tying->doc, side_names, n);
}

static bool
only_number(const struct tying *tying, const struct slots *now)
{
    return now->n == 1 || doc_refuse(tying->reader, doc_member(tying->doc, "now"), "只能是一个数，这里是 %zu 个", now->n);
}

/* One number this year, the others of its kind, and this year's not on both sides. */
static bool
check_tie(const struct tying *tying, const struct slots *sides)
{
    const struct slot *slots = tying->form->slots;
    if (!only_number(tying, &sides[NOW]))
        return false;
    const struct slot *now = &slots[sides[NOW].at[0]];
    for (size_t s = LAST; s < SIDES; s++)
        for (size_t i = 0; i < sides[s].n; i++) {
            const struct doc *at = doc_member(tying->doc, side_names[s]);
            if ((slots[sides[s].at[i]].kind == KIND_MONEY) != (now->kind == KIND_MONEY))
                return doc_refuse(tying->reader, at, "金额和件数不能相比：%s", slots[sides[s].at[i]].key);
            if (s != LAST && &slots[sides[s].at[i]] == now)
                return doc_refuse(tying->reader, at, "%s 两边都有", now->key);
        }
    for (size_t i = 0; i < tying->table->nties; i++)
        if (tying->table->ties[i].rule == tying->tie.rule && tying->table->ties[i].now == sides[NOW].at[0])
            return doc_refuse(tying->reader, tying->doc, "规则“%s”已经说到 %s，不能再说一次", tying->tie.rule->id, now->key);
    return now->table == tying->table
        || doc_refuse(tying->reader, doc_member(tying->doc, "now"), "%s 不在本表，请写到它自己的表里", now->key);
}

static bool
take_tie(void *context, const struct node *row, const struct node *column, const struct slots *sides)
{
    struct tying *tying = context;
    struct table *table = tying->table;
    (void)row, (void)column;
    if (!check_tie(tying, sides))
        return false;
    if (!arena_room(tying->reader->arena, &table->ties, table->nties, &tying->ties, sizeof *table->ties))
        return doc_no_memory(tying->reader);
    struct tie *tie = &table->ties[table->nties++];
    *tie = tying->tie;
    tie->now = sides[NOW].at[0];
    tie->severity = tying->parts && !tying->form->slots[tie->now].derived ? tying->part : tie->rule->severity;
    tie->last = sides[LAST].at, tie->nlast = sides[LAST].n;
    tie->plus = sides[PLUS].at, tie->nplus = sides[PLUS].n;
    tie->minus = sides[MINUS].at, tie->nminus = sides[MINUS].n;
    return true;
}

/* The rule of a comparison with last year: not an error. */
static const struct rule *
load_rule(struct tying *tying, const struct doc *at)
{
    const struct rule *rule = form_load_rule(tying->reader, tying->form, at);
    if (rule && rule->severity == SEVERITY_ERROR) {
        doc_refuse(tying->reader, at, "规则“%s”是 error：和上年的比较只能是 warning 或 note", rule->id);
        return NULL;
    }
    return rule;
}

static bool
load_tie(struct tying *tying, const struct doc *doc, bool at_least)
{
    struct statement statement = { .parts = 0 };
    if (!doc_fill(tying->reader, doc, tie_members, &statement))
        return false;
    tying->doc = doc;
    tying->tie = (struct tie){ .rule = load_rule(tying, doc_member(doc, "rule")), .at_least = at_least };
    tying->parts = doc_member(doc, "parts") != NULL;
    tying->part = parts_severities[statement.parts];
    return tying->tie.rule && select_numbers(tying, SIDES, take_tie);
}

/* -- leaps -- */

static bool
take_leap(void *context, const struct node *row, const struct node *column, const struct slots *sides)
{
    struct tying *tying = context;
    struct table *table = tying->table;
    (void)row, (void)column;
    for (size_t i = 0; i < sides[NOW].n; i++) {
        const struct slot *slot = &tying->form->slots[sides[NOW].at[i]];
        const struct doc *at = doc_member(tying->doc, "now");
        if (slot->kind != KIND_MONEY || slot->table != table)
            return doc_refuse(tying->reader, at, slot->table != table ? "%s 不在本表，请写到它自己的表里" : "%s 不是金额", slot->key);
        if (!arena_room(tying->reader->arena, &table->leaps, table->nleaps, &tying->leaps, sizeof *table->leaps))
            return doc_no_memory(tying->reader);
        table->leaps[table->nleaps++] = (struct leap){ sides[NOW].at[i], tying->factor };
    }
    return true;
}

static bool
load_leap(struct tying *tying, const struct doc *doc)
{
    struct leaping leaping;
    if (!doc_fill(tying->reader, doc, leap_members, &leaping))
        return false;
    tying->doc = doc;
    tying->factor = leaping.factor;
    return select_numbers(tying, LAST, take_leap);
}

/* -- the whole -- */

static bool
load_table(struct tying *tying, const struct doc *doc)
{
    struct previous previous = { .identical = NULL };
    if (!doc_fill(tying->reader, doc, previous_members, &previous))
        return false;
    const struct doc *lists[] = { doc_member(doc, "equations"), doc_member(doc, "inequalities") }, *leaps = doc_member(doc, "leaps");
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; lists[l] && i < lists[l]->nitems; i++)
            if (!load_tie(tying, &lists[l]->items[i], l == 1))
                return false;
    for (size_t i = 0; leaps && i < leaps->nitems; i++)
        if (!load_leap(tying, &leaps->items[i]))
            return false;
    if (previous.identical)
        tying->table->repeated = load_rule(tying, doc_member(doc, "identical"));
    return !previous.identical || tying->table->repeated;
}

/* This form's side of a kin: keys in full, with "*" for a segment. */
static bool
refuse_name(struct doc_reader *reader, const struct form *form, const struct doc *at, const char *name)
{
    struct guess guess = guess_new(name);
    for (size_t i = 0; i < form->nslots; i++)
        guess_offer(&guess, form->slots[i].key);
    return doc_refuse(reader, at, "没有叫“%s”的数%s", name, guess_remark(&guess));
}

static bool
load_now(struct doc_reader *reader, const struct form *form, const struct doc *list, struct kin *kin)
{
    const char **names;
    size_t n;
    if (!doc_texts(reader, list, &names, &n))
        return false;
    kin->now = arena_array(reader->arena, form->nslots, sizeof *kin->now);
    if (!kin->now)
        return doc_no_memory(reader);
    for (size_t i = 0; i < n; i++) {
        size_t before = kin->nnow;
        for (size_t s = 0; s < form->nslots; s++) {
            if (!form_key_matches(form->slots[s].key, names[i], strlen(names[i])))
                continue;
            for (size_t k = 0; k < kin->nnow; k++)
                if (kin->now[k] == s)
                    return doc_refuse(reader, &list->items[i], "%s 数了两次", form->slots[s].key);
            kin->now[kin->nnow++] = s;
        }
        if (kin->nnow == before)
            return refuse_name(reader, form, &list->items[i], names[i]);
    }
    return true;
}

static bool
load_kin(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    form->kin = arena_array(reader->arena, list->nitems, sizeof *form->kin);
    if (!form->kin)
        return doc_no_memory(reader);
    for (; form->nkin < list->nitems; form->nkin++) {
        const struct doc *doc = &list->items[form->nkin];
        struct kin *kin = &form->kin[form->nkin];
        if (!doc_fill(reader, doc, kin_members, kin) || !load_now(reader, form, doc_member(doc, "now"), kin))
            return false;
        if (strcmp(kin->form, form->id) == 0)
            return doc_refuse(reader, doc_member(doc, "form"), "“%s”是本格式自己", kin->form);
        kin->place = doc_place(reader, doc);
        if (!kin->place)
            return doc_no_memory(reader);
    }
    return true;
}

bool
form_load_previous(struct doc_reader *reader, struct form *form, const struct doc *root)
{
    const struct doc *tables = doc_member(root, "tables"), *others = doc_member(root, "other_forms");
    for (size_t t = 0; t < form->ntables; t++) {
        const struct doc *previous = doc_member(&tables->items[t], "previous");
        struct tying tying = { .reader = reader, .form = form, .table = &form->tables[t] };
        if (previous && !load_table(&tying, previous))
            return false;
    }
    return !others || load_kin(reader, form, others);
}
