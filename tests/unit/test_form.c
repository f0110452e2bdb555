/* SPDX-License-Identifier: MIT */
/* Forms as data: the legal ones against the lists of keys (made independently from the law), counts of equations against a count
 * from those lists, a form nobody planned for, and what is refused with which words. Run from the root of the repository. */
#include "test.h"

#include <stdlib.h>

#include "arena.h"
#include "doc.h"
#include "form.h"
#include "os.h"
#include "text.h"

enum { BUDGET = 64 << 20, MAX_COLUMNS = 6 };

struct file { const char *at; size_t n; };

static struct file
read_file(struct arena *arena, const char *path)
{
    unsigned char *bytes = NULL;
    size_t n = 0;
    CHECK_INT(os_read_file(arena, path, &bytes, &n, NULL), STATUS_OK);
    char *text = arena_text(arena, bytes ? (const char *)bytes : "", n);
    return (struct file){ text ? text : "", n };
}

static const struct form *
load(struct arena *arena, const char *path)
{
    struct file file = read_file(arena, path);
    struct fault fault = { 0 };
    struct form *form = NULL;
    if (form_load(arena, path, file.at, file.n, &form, &fault) != STATUS_OK)
        CHECK_STR(fault.where, "");
    return form;
}

/* -- the legal forms -- */

/* Cut a line at its tabs; the fields stay in the line. */
static void
cut(char *line, char *fields[MAX_COLUMNS])
{
    for (int i = 0; i < MAX_COLUMNS; i++) {
        fields[i] = line;
        line += strcspn(line, "\t");
        if (*line)
            *line++ = '\0';
    }
}

static void
check_slot(struct arena *arena, const struct slot *slot, char *fields[MAX_COLUMNS])
{
    static const char *const kinds[] = { "count", "change", "money" };
    char row[400], path[800];
    const char *caption = slot->block->caption.text;
    snprintf(row, sizeof row, "%s%s%s", caption ? caption : "", caption ? "/" : "", slot->row->path);
    snprintf(path, sizeof path, "%s → %s%s%s", fields[1], fields[2], *fields[2] ? " → " : "", fields[3]);
    CHECK_STR(slot->key, fields[0]);
    CHECK_STR(slot->table->title.text, fields[1]);
    CHECK_STR(row, fields[2]);
    CHECK_STR(slot->column->path, fields[3]);
    CHECK_STR(kinds[slot->kind], fields[4]);
    CHECK_INT(slot->derived, *fields[5] != '\0');
    CHECK_STR(slot_path(arena, slot), path);
}

/* Where a slot stands must agree with its index. */
static void
check_places(const struct form *form)
{
    for (size_t i = 0; i < form->nslots; i++) {
        const struct slot *slot = &form->slots[i];
        CHECK(slot->block->first + slot->row->leaf * slot->block->ncolumn_leaves + slot->column->leaf == i);
        CHECK(i >= slot->table->first && i < slot->table->first + slot->table->nslots);
        CHECK(form_slot(form, slot->key) == slot);
    }
}

static size_t
count_rule(const struct form *form, const char *rule)
{
    size_t n = 0;
    for (size_t t = 0; t < form->ntables; t++)
        for (size_t e = 0; e < form->tables[t].nequations; e++)
            n += strcmp(form->tables[t].equations[e].rule->id, rule) == 0;
    return n;
}

/* The terms of the sum that gives a key by a rule, each followed by a blank; "" when there is none. */
static const char *
terms(const struct form *form, const char *rule, const char *total)
{
    static char out[4000];
    out[0] = '\0';
    for (size_t t = 0; t < form->ntables; t++)
        for (size_t e = 0; e < form->tables[t].nequations; e++) {
            const struct equation *equation = &form->tables[t].equations[e];
            if (strcmp(equation->rule->id, rule) != 0 || (equation->nleft && strcmp(form->slots[equation->left[0]].key, total) != 0))
                continue;
            for (size_t i = 0; i < equation->nright; i++)
                snprintf(out + strlen(out), sizeof out - strlen(out), "%s ", form->slots[equation->right[i]].key);
            return out;
        }
    return out;
}

/* What the list of keys says about its own sums: the terms of a derived key, found by spelling alone. */
static void
expect_terms(struct arena *arena, const char *keys, const char *total, bool down, char *out, size_t size)
{
    static const char prefix[] = "requests.", closed[] = "closed_total.";
    const char *column = strrchr(total, '.');
    bool started = false;
    out[0] = '\0';
    char *list = arena_copy(arena, keys);
    for (char *line = strtok(list, "\n"); line; line = strtok(NULL, "\n")) {
        line[strcspn(line, "\t")] = '\0';
        const char *last = strrchr(line, '.');
        if (!last || (!down && (strncmp(line, total, (size_t)(column - total) + 1) != 0 || strcmp(last, column) == 0)))
            continue;
        if (down) {                                 /* every row from granted to the one before closed_total */
            if (strncmp(line, prefix, strlen(prefix)) != 0 || strcmp(last, column) != 0)
                continue;
            started = started || strncmp(line + strlen(prefix), "granted.", 8) == 0;
            if (strncmp(line + strlen(prefix), closed, strlen(closed)) == 0)
                break;
            if (!started)
                continue;
        }
        snprintf(out + strlen(out), size - strlen(out), "%s ", line);
    }
}

static void
check_sums(struct arena *arena, const struct form *form, const char *keys)
{
    char want[4000];
    for (size_t i = 0; i < form->nslots; i++) {
        const struct slot *slot = &form->slots[i];
        const char *along = strncmp(slot->key, "disputes.", 9) == 0 ? "dispute-total" : "row-total";
        bool down = strncmp(slot->key, "requests.closed_total.", 22) == 0;
        bool total = slot->derived && strcmp(strrchr(slot->key, '.'), ".total") == 0;
        if (total)
            expect_terms(arena, keys, slot->key, false, want, sizeof want);
        CHECK_STR(terms(form, along, slot->key), total ? want : "");
        if (down)
            expect_terms(arena, keys, slot->key, true, want, sizeof want);
        CHECK_STR(terms(form, "closed-total", slot->key), down ? want : "");
    }
}

static void
test_legal(struct arena *arena, const char *id, const size_t count[6])
{
    static const char *const rules[] = { "row-total", "closed-total", "balance", "dispute-total", "change-below-zero", "published-over-total" };
    char path[64];
    snprintf(path, sizeof path, "templates/%s.yaml", id);
    const struct form *form = load(arena, path);
    if (!form)
        return;
    snprintf(path, sizeof path, "tests/data/keys-%s.tsv", id);
    const char *keys = read_file(arena, path).at;
    char *text = arena_copy(arena, keys);
    size_t n = 0;
    strtok(text, "\n");                                    /* the head */
    for (char *line; (line = strtok(NULL, "\n")) != NULL && n < form->nslots; n++) {
        char *fields[MAX_COLUMNS];
        cut(line, fields);
        check_slot(arena, &form->slots[n], fields);
    }
    CHECK_INT(form->nslots, n);
    CHECK(strtok(NULL, "\n") == NULL);
    CHECK_STR(form->id, id);
    check_places(form);
    for (size_t i = 0; i < 6; i++)
        CHECK_INT(count_rule(form, rules[i]), count[i]);
    check_sums(arena, form, keys);
    for (size_t i = 1; i < form->ntitle_words; i++)
        CHECK(strlen(form->title_words[i - 1]) >= strlen(form->title_words[i]));
}

static void
test_equations(const struct form *form)
{
    const struct table *requests = form_table(form, "requests"), *disputes = form_table(form, "disputes");
    const struct equation *first = &requests->equations[0], *balance = &requests->equations[requests->nequations - 7];
    CHECK_STR(form->slots[first->left[0]].key, "requests.received.total");
    CHECK_STR(first->row->brief, "一、新收");
    CHECK(first->column == NULL && first->relation == RELATION_SUM && first->table == requests);
    CHECK_STR(balance->rule->id, "balance");
    CHECK(balance->relation == RELATION_EQUAL && balance->row == NULL);
    CHECK_STR(balance->column->path_key, "natural_person");
    CHECK_INT(balance->nleft, 2);
    CHECK_STR(form->slots[balance->left[0]].key, "requests.closed_total.natural_person");
    CHECK_STR(form->slots[balance->left[1]].key, "requests.carried_out.natural_person");
    CHECK_INT(balance->nright, 2);
    CHECK_STR(form->slots[balance->right[0]].key, "requests.received.natural_person");
    CHECK_STR(form->slots[balance->right[1]].key, "requests.carried_in.natural_person");
    CHECK_INT(disputes->blocks[0].row_depth, 0);
    CHECK_INT(disputes->blocks[0].column_depth, 3);
    CHECK_STR(disputes->blocks[0].row_leaf[0]->label.text, "");
    CHECK_INT(requests->blocks[0].row_depth, 3);
    CHECK_INT(requests->blocks[0].column_depth, 2);
    CHECK_INT(form->units[form->nunits - 1].numerator, 10000);
    CHECK(form_rule(form, "balance")->severity == SEVERITY_ERROR);
    CHECK(form_rule(form, "x") == NULL && form_slot(form, "x") == NULL && form_table(form, "x") == NULL);
    CHECK(form_slot(form, "disclosure.fees.amount")->unit_printed);
}

/* -- a form that nobody planned for -- */

static void
test_foreign(struct arena *arena)
{
    const struct form *form = load(arena, "tests/forms/foreign/foreign.yaml");
    if (!form)
        return;
    const struct table *water = form_table(form, "water"), *power = form_table(form, "power");
    const struct block *storage = &water->blocks[0], *use = &water->blocks[1];
    CHECK_INT(form->nslots, 22);
    CHECK_INT(storage->row_depth, 3);
    CHECK_INT(storage->column_depth, 3);
    CHECK_STR(storage->row_leaf[1]->path, "汛期/前汛/六月");
    CHECK_STR(storage->row_leaf[1]->path_key, "wet.june");
    CHECK_INT(storage->rows[0].nleaves, 3);
    CHECK_INT(storage->rows[0].children[1].leaf, 2);
    CHECK(storage->column_leaf[0]->width > 11 && storage->column_leaf[1]->width < 1);
    CHECK(storage->column_leaf[2]->kind == KIND_CHANGE);
    CHECK(!form_slot(form, "water.town.fee")->unit_printed);
    CHECK_STR(use->caption.variants[0], "供水");
    CHECK_STR(water->brief, "甲、蓄水");
    CHECK_STR(slot_path(arena, form_slot(form, "power.turbine")), "乙、发电 → 过机");
    CHECK_INT(count_rule(form, "all"), 4);
    CHECK_STR(terms(form, "all", "water.wet.july.all"), "water.wet.july.in.river.east water.wet.july.in.river.west water.wet.july.in.rain ");
    CHECK_INT(count_rule(form, "dry"), 1);
    CHECK_STR(terms(form, "dry", "water.dry.in.rain"), "water.wet.may.in.rain water.wet.june.in.rain water.wet.july.in.rain power.turbine ");
    CHECK_INT(count_rule(form, "same"), 1);
    CHECK_STR(terms(form, "same", "water.farm.litres"), "power.turbine power.bypass ");
    CHECK_INT(count_rule(form, "least"), 4 + 4);
    const struct equation *least = &water->equations[4 + 1 + 1];
    CHECK(least->relation == RELATION_AT_MOST && least->row == NULL && least->column == storage->column_leaf[0]);
    CHECK_INT(least->nleft, 0);
    CHECK_INT(least->nright, 4);
    CHECK(water->equations[5].row == NULL && water->equations[5].column == NULL);
    CHECK_INT(power->nequations, 0);
    check_places(form);
}

static void
test_next(struct arena *arena)
{
    const struct form *form = load(arena, "tests/forms/2027.yaml");
    if (!form)
        return;
    CHECK_INT(form->nslots, 10 + 27 * 7 + 15 + 3 * 6 + 2);
    CHECK_INT(count_rule(form, "row-total"), 27);
    CHECK_INT(count_rule(form, "platform-total"), 3);
    CHECK_INT(count_rule(form, "replied-over-asked"), 6);
    CHECK_INT(count_rule(form, "spent-over-budget"), 1);
    check_places(form);
}

static void
test_patterns(void)
{
    static const struct { const char *key, *pattern; bool want; } cases[] = {
        { "a.b.c", "a.b.c", true }, { "a.b.c", "a.*.c", true }, { "a.b.c", "*.*.*", true }, { "a.b.c", "a.*", false },
        { "a.b.c", "a.b", false }, { "a.b", "a.b.c", false }, { "a.b", "a.b.", false }, { "a", "*", true }, { "", "*", false }, { "a.b", "*", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(form_key_matches(cases[i].key, cases[i].pattern, strlen(cases[i].pattern)), cases[i].want);
}

/* -- what is refused -- */

/* The example with the first `from` changed to `to`. */
static const struct edit { const char *from, *to, *want; } edits[] = {
#include "test_form_bad.h"
};

static const char *
edited(struct arena *arena, const char *base, const struct edit *edit)
{
    const char *at = strstr(base, edit->from);
    struct text text = text_new(arena);
    CHECK(at != NULL);
    if (at) {
        text_put(&text, base, (size_t)(at - base));
        text_puts(&text, edit->to);
        text_puts(&text, at + strlen(edit->from));
    }
    return text.at;
}

static void
test_refusals(struct arena *arena)
{
    struct file base = read_file(arena, "tests/forms/example/example.yaml");
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        const char *yaml = edited(arena, base.at, &edits[i]);
        struct fault fault = { 0 };
        struct form *form;
        CHECK_INT(form_load(arena, "f", yaml, strlen(yaml), &form, &fault), STATUS_DEFINITION);
        CHECK_STR(fault.where, edits[i].want);
        CHECK(utf8_valid(fault.where, strlen(fault.where)));
        CHECK_INT(form_load(arena, "f", yaml, strlen(yaml), &form, NULL), STATUS_DEFINITION);
    }
}

/* `piece` n times. */
static const char *
repeated(struct arena *arena, const char *piece, size_t n)
{
    struct text text = text_new(arena);
    while (n-- > 0)
        text_puts(&text, piece);
    return text.at;
}

static void
test_hostile(struct arena *arena)
{
    const struct { const char *yaml, *want; } cases[] = {
        { "", "f:1: 文件是空的" },
        { "\n# 空\n", "f:1: 文件是空的" },
        { "- a\n", "f:1: 缺少“schema: nianbao.form/1”：这不是格式定义文件" },
        { "schema: [a\n", "f:2: 不是正确的 YAML。常见原因：缩进不齐、用了制表符、冒号后面少空格、{} 里的英文逗号没有加引号（did not find expected ',' or ']'）" },
        { "# a\nschema: a\xB0\xA1\n", "f:2: 不是 UTF-8 编码；请在编辑器里另存为 UTF-8" },
        { "\xFF\xFE#\n", "f:1: 不是 UTF-8 编码；请在编辑器里另存为 UTF-8" },
        { "schema: \"a\\0b\"\n", "f:1: schema: 文字里不能有换行、制表符等控制字符" },
        { "{[a]: b}\n", "f:1: 冒号前面应当是名称" },
        { "schema: a\n---\nschema: b\n", "f:3: 一个文件只能写一份格式，这里又开始了一份（“---”）" },
        { "a: &a [*a]\n", "f:1: a[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: 层次太深（最多 32 层），或者别名“*…”用到了自己" },
        { "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
          "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
          "f:1: e[0][6][8][7]: 内容太多：一份格式最多 20000 个值（别名“*…”每用一次都算）" },
        { repeated(arena, "#", 256 * 1024 + 1), "f:1: 文件太大：格式文件最多 256 KB" },
        { repeated(arena, "[", 5001), "f:1: 内容太多：一份格式最多 5000 个 [ 和 {" },
        { repeated(arena, "- ", 900), "f:1: [0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: 层次太深（最多 32 层），或者别名“*…”用到了自己" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct form *form;
        CHECK_INT(form_load(arena, "f", cases[i].yaml, strlen(cases[i].yaml), &form, &fault), STATUS_DEFINITION);
        CHECK_STR(fault.where, cases[i].want);
    }
}

/* Blocks, rows and columns beyond the limits. */
static void
test_limits(struct arena *arena)
{
    static const char head[] = "schema: nianbao.form/1\nform: x\nname: x\ntitle: x\nyears: {from: 2010}\nlaw: [x]\n"
        "cover: {title_words: [x], unit_labels: [x], year_labels: [x]}\ntables:\n  - id: t\n    title: t\n    sheet: t\n    blocks:\n";
    const struct { size_t blocks, columns, rows; const char *want; } cases[] = {
        { 1, 256, 16, "" },
        { 1, 257, 1, "f:13: tables[0].blocks[0].columns[256]: 太多了：一块最多 256 行、256 列" },
        { 1, 64, 65, "f:9: tables[0]: 太多了：一份格式最多 4096 个数" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = text_new(arena);
        text_puts(&text, head);
        text_puts(&text, "      - columns: [");
        for (size_t c = 0; c < cases[i].columns; c++)
            text_printf(&text, "{key: c%zu, label: c%zu},", c, c);
        text_puts(&text, "]\n        rows: [");
        for (size_t r = 0; r < cases[i].rows; r++)
            text_printf(&text, "{key: r%zu, label: r%zu},", r, r);
        text_puts(&text, "]\n");
        struct fault fault = { 0 };
        struct form *form;
        CHECK_INT(form_load(arena, "f", text.at, text.n, &form, &fault), *cases[i].want ? STATUS_DEFINITION : STATUS_OK);
        CHECK_STR(fault.where, cases[i].want);
    }
}

static void
test_memory(struct arena *scratch)
{
    struct file file = read_file(scratch, "tests/forms/example/example.yaml");
    for (long n = 0;; n++) {
        struct arena *arena = arena_new(BUDGET);
        struct fault fault = { 0 };
        struct form *form = NULL;
        arena_fail_after(arena, n);
        enum status status = form_load(arena, "f", file.at, file.n, &form, &fault);
        arena_free(arena);
        if (status == STATUS_OK) {
            CHECK(n > 100);
            break;
        }
        CHECK_INT(status, STATUS_MEMORY);
        CHECK_INT(fault.status, STATUS_MEMORY);
    }
}

/* -- all forms together -- */

static void
test_forms(struct arena *arena)
{
    struct forms forms;
    struct fault fault = { 0 };
    CHECK_INT(forms_load(arena, NULL, &forms, &fault), STATUS_OK);
    CHECK_INT(forms.n, 2);
    static const struct { int year; const char *id; } years[] = {
        { 2019, "2019" }, { 2020, "2019" }, { 2021, "2021" }, { 2026, "2021" }, { 2027, "2027" }, { 2040, "2027" },
    };
    CHECK_INT(forms_load(arena, "tests/forms", &forms, &fault), STATUS_OK);
    CHECK_INT(forms.n, 3);
    CHECK(forms_for_year(&forms, 2018) == NULL);
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        CHECK_STR(forms_for_year(&forms, years[i].year)->id, years[i].id);
    CHECK_STR(forms.form[2]->source, "tests/forms/2027.yaml");

    CHECK_INT(forms_load(arena, "templates", &forms, &fault), STATUS_OK);      /* replaces both */
    CHECK_INT(forms.n, 2);
    CHECK_STR(forms.form[1]->source, "templates/2021.yaml");

    CHECK_INT(forms_load(arena, "tests/forms/foreign", &forms, &fault), STATUS_OK);
    CHECK_STR(forms_for_year(&forms, 2059)->id, "foreign-1");
    CHECK_STR(forms_for_year(&forms, 2060)->id, "2021");                      /* is in force again */

    CHECK_INT(forms_load(arena, "tests/forms/overlap", &forms, &fault), STATUS_DEFINITION);
    CHECK_STR(fault.where, "2019.yaml: years: 格式“2019”和“clash”（tests/forms/overlap/clash.yaml）都用于 2019 年度");
    CHECK_INT(forms_load(arena, "tests/forms/twice", &forms, &fault), STATUS_DEFINITION);
    CHECK_STR(fault.where, "tests/forms/twice/b.yaml: form: “twice”和 tests/forms/twice/a.yaml 里的编号相同");
    CHECK_INT(forms_load(arena, "tests/forms/kin", &forms, &fault), STATUS_DEFINITION);
    CHECK_STR(fault.where, "tests/forms/kin/kin.yaml:15: other_forms[0]: 格式“2021”（2021.yaml）里没有叫“requests.received.all”的数");
    CHECK_INT(forms_load(arena, "tests/unit", &forms, &fault), STATUS_DEFINITION);
    CHECK_STR(fault.where, "tests/unit: 里面没有格式文件（*.yaml）");
    CHECK_INT(forms_load(arena, "tests/no-such", &forms, &fault), STATUS_NOT_FOUND);
}

static void
same_numbers(const size_t *a, size_t na, const size_t *b, size_t nb)
{
    CHECK_INT(na, nb);
    for (size_t i = 0; i < na && i < nb; i++)
        CHECK_INT(a[i], b[i]);
}

static void
same_table(const struct table *a, const struct table *b)
{
    CHECK_STR(a->id, b->id);
    CHECK_INT(a->nblocks, b->nblocks);
    CHECK_INT(a->nequations, b->nequations);
    CHECK_INT(a->nties, b->nties);
    CHECK_INT(a->nleaps, b->nleaps);
    for (size_t i = 0; i < a->nequations && i < b->nequations; i++) {
        const struct equation *e = &a->equations[i], *f = &b->equations[i];
        CHECK(e->table == a && f->table == b && e->relation == f->relation);
        CHECK_STR(e->rule->id, f->rule->id);
        CHECK_STR(e->row ? e->row->path : NULL, f->row ? f->row->path : NULL);
        CHECK_STR(e->column ? e->column->path : NULL, f->column ? f->column->path : NULL);
        same_numbers(e->left, e->nleft, f->left, f->nleft);
        same_numbers(e->right, e->nright, f->right, f->nright);
    }
    for (size_t i = 0; i < a->nties && i < b->nties; i++) {
        CHECK_INT(a->ties[i].now, b->ties[i].now);
        same_numbers(a->ties[i].last, a->ties[i].nlast, b->ties[i].last, b->ties[i].nlast);
    }
}

/* What the program holds as constant data is what its definitions say. */
static void
test_embedded(struct arena *arena)
{
    struct forms inside, read;
    CHECK_INT(forms_load(arena, NULL, &inside, NULL), STATUS_OK);
    CHECK_INT(forms_load(arena, "templates", &read, NULL), STATUS_OK);
    CHECK_INT(inside.n, read.n);
    for (size_t f = 0; f < inside.n && f < read.n; f++) {
        const struct form *a = inside.form[f], *b = read.form[f];
        CHECK_STR(a->id, b->id);
        CHECK_STR(a->digest, b->digest);
        CHECK_INT(a->nslots, b->nslots);
        CHECK_INT(a->ntables, b->ntables);
        CHECK_INT(a->nkin, b->nkin);
        CHECK_INT(a->nunits, b->nunits);
        const struct doc *narrative = doc_unpacked(arena, a->narrative);
        CHECK(narrative != NULL && narrative->nitems == b->narrative->nitems);
        for (size_t i = 0; i < a->nslots && i < b->nslots; i++) {
            CHECK_STR(a->slots[i].key, b->slots[i].key);
            CHECK_STR(slot_path(arena, &a->slots[i]), slot_path(arena, &b->slots[i]));
            CHECK_STR(a->slots[i].row->brief, b->slots[i].row->brief);
            CHECK_STR(a->slots[i].column->path, b->slots[i].column->path);
            CHECK_INT(a->slots[i].derived, b->slots[i].derived);
        }
        for (size_t t = 0; t < a->ntables && t < b->ntables; t++)
            same_table(&a->tables[t], &b->tables[t]);
    }
}

static void
test_forms_memory(void)
{
    for (long n = 0;; n += 1 + n / 16) {            /* every early request, then ever fewer */
        struct arena *arena = arena_new(BUDGET);
        struct forms forms;
        arena_fail_after(arena, n);
        enum status status = forms_load(arena, "tests/forms", &forms, NULL);
        arena_free(arena);
        if (status == STATUS_OK)
            break;
        CHECK_INT(status, STATUS_MEMORY);
    }
}

/* The example that templates/README.md prints is the one that is tested. */
static void
test_readme(struct arena *arena)
{
    struct file readme = read_file(arena, "templates/README.md"), example = read_file(arena, "tests/forms/example/example.yaml");
    const char *open = strstr(readme.at, "```yaml\n# ");
    CHECK(open != NULL);
    if (!open)
        return;
    open = strchr(open, '\n') + 1;
    const char *end = strstr(open, "```");
    CHECK(end != NULL);
    CHECK_STR(end ? arena_text(arena, open, (size_t)(end - open)) : NULL, example.at);
}

int
main(void)
{
    struct arena *arena = arena_new(BUDGET);
    test_legal(arena, "2019", (const size_t[]){ 23, 7, 7, 3, 5, 2 });
    test_legal(arena, "2021", (const size_t[]){ 25, 7, 7, 3, 0, 0 });
    const struct form *form = load(arena, "templates/2021.yaml");
    if (form)
        test_equations(form);
    test_foreign(arena);
    test_next(arena);
    test_patterns();
    test_refusals(arena);
    test_hostile(arena);
    test_limits(arena);
    test_memory(arena);
    test_forms(arena);
    test_embedded(arena);
    test_forms_memory();
    test_readme(arena);
    arena_free(arena);
    return test_summary();
}
