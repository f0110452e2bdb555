/* SPDX-License-Identifier: MIT */
/* Where the law prints each label and number, checked against the annexes, and the formulas made from it. From the root. */
#include "test.h"

#include "form_file.h"
#include "layout.h"

struct place { const char *text, *want; };      /* a label (or the key of a number) and its cells */

static const struct place disclosure[] = {
    { "二、主动公开政府信息情况", "A1:D1" }, { "第二十条第（一）项", "A2:D2" }, { "信息内容", "A3" }, { "本年制发件数", "B3" },
    { "现行有效件数", "D3" }, { "行政规范性文件", "A5" }, { "第二十条第（五）项", "A6:D6" }, { "本年处理决定数量", "B7:D7" },
    { "本年收费金额（单位：万元）", "B14:D14" }, { "disclosure.regulations.in_force", "D4" }, { "disclosure.fees.amount", "B15:D15" },
};
static const struct place disclosure_2019[] = {
    { "第二十条第（八）项", "A14:D14" }, { "行政事业性收费", "A16" }, { "", "D15" }, { "disclosure.fees.change", "C16" },
};
static const struct place requests[] = {
    { "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "A2:C4" }, { "申请人情况", "D2:J2" }, { "自然人", "D3:D4" },
    { "法人或其他组织", "E3:I3" }, { "商业企业", "E4" }, { "总计", "J3:J4" }, { "一、本年新收政府信息公开申请数量", "A5:C5" },
    { "三、本年度办理结果", "A7:A28" }, { "（一）予以公开", "B7:C7" }, { "（三）不予公开", "B9:B16" }, { "1.属于国家秘密", "C9" },
    { "四、结转下年度继续办理", "A29:C29" }, { "requests.received.natural_person", "D5" }, { "requests.carried_out.total", "J29" },
};
static const struct place disputes[] = {
    { "行政复议", "A2:E2" }, { "行政诉讼", "F2:O2" }, { "结果维持", "A3:A4" }, { "复议后起诉", "K3:O3" },
    { "disputes.reconsideration.upheld", "A5" }, { "disputes.suit_after_reconsideration.total", "O5" },
};

static const struct table_case {
    const char *path, *table;
    unsigned rows, cols, header_rows;
    const struct place *places;
    size_t nplaces;
} tables[] = {
    { "templates/2021.yaml", "disclosure", 15, 4, 3, disclosure, sizeof disclosure / sizeof *disclosure },
    { "templates/2019.yaml", "disclosure", 19, 4, 3, disclosure_2019, sizeof disclosure_2019 / sizeof *disclosure_2019 },
    { "templates/2021.yaml", "requests", 29, 10, 4, requests, sizeof requests / sizeof *requests },
    { "templates/2021.yaml", "disputes", 5, 15, 4, disputes, sizeof disputes / sizeof *disputes },
};

static const char *
address(const struct area *area, char out[A1_SIZE])
{
    return area->row == area->row2 && area->col == area->col2 ? a1(area->row, area->col, out) : a1_area(*area, out);
}

/* The cells of the first label of that text, else of the number of that key. */
static const char *
find(const struct layout *layout, const char *text, char out[A1_SIZE])
{
    const struct form *form = layout->table->form;
    for (size_t i = 0; i < layout->nlabels; i++)
        if (strcmp(layout->labels[i].text, text) == 0)
            return address(&layout->labels[i].area, out);
    const struct slot *slot = form_slot(form, text);
    return slot != NULL ? address(&layout->slots[slot - form->slots - (ptrdiff_t)layout->table->first], out) : "nowhere";
}

/* Labels and numbers cover the whole rectangle, each cell once. */
static void
check_cover(const struct layout *layout)
{
    size_t covered = 0;
    for (size_t i = 0; i < layout->nlabels + layout->table->nslots; i++) {
        const struct area *a = i < layout->nlabels ? &layout->labels[i].area : &layout->slots[i - layout->nlabels];
        CHECK(a->row2 < layout->rows && a->col2 < layout->cols);
        covered += (size_t)(a->row2 - a->row + 1) * (size_t)(a->col2 - a->col + 1);
    }
    CHECK_INT(covered, (size_t)layout->rows * layout->cols);
}

static const char *
formula_of(struct arena *arena, const struct layouts *layouts, const struct layout *layout, const char *key)
{
    const struct form *form = layout->table->form;
    const struct equation *sum = layout_sum(layout, (size_t)(form_slot(form, key) - form->slots) - layout->table->first);
    return sum != NULL ? layout_formula(arena, layouts, sum) : NULL;
}

static void
test_formulas(struct arena *arena)
{
    static const struct { const char *key, *want; } cases[] = {
        { "requests.granted.total", "SUM(D7:I7)" },
        { "requests.closed_total.natural_person", "SUM(D7:D27)" },
        { "requests.granted.natural_person", NULL },
    };
    const struct form *form = form_of_file(arena, "templates/2021.yaml");
    const struct table *table = form_table(form, "requests");
    struct layout layout;
    const struct layouts layouts = { &layout, 1 };
    CHECK(layout_table(arena, table, &layout));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(formula_of(arena, &layouts, &layout, cases[i].key), cases[i].want);
    const struct equation *balance = &table->equations[table->nequations - 7];
    struct equation_text text;
    CHECK(!layout_reaches(balance));
    CHECK(layout_equation(arena, &layouts, balance, &text));
    CHECK_STR(text.difference, "ROUND(SUM(D28:D29)-SUM(D5:D6),6)");
    CHECK_STR(text.members, "D28:D29,D5:D6");
    layout_insert(&layout, 7);                       /* below （一）予以公开, inside 三 */
    char cell[A1_SIZE];
    CHECK_STR(find(&layout, "三、本年度办理结果", cell), "A7:A29");
    CHECK_STR(find(&layout, "（一）予以公开", cell), "B7:C7");
    CHECK(layout_equation(arena, &layouts, balance, &text));
    CHECK_STR(text.members, "D29:D30,D5:D6");
    CHECK_STR(formula_of(arena, &layouts, &layout, "requests.closed_total.research"), "SUM(F7,F9:F28)");
}

/* A sum and a relation that reach into another table. */
static void
test_reaching(struct arena *arena)
{
    const struct form *form = form_of_file(arena, "tests/forms/foreign/foreign.yaml");
    struct layout at[2];
    const struct layouts layouts = { at, 2 };
    for (size_t i = 0; i < 2; i++)
        CHECK(layout_table(arena, &form->tables[i], &at[i]));
    CHECK_STR(formula_of(arena, &layouts, &at[0], "water.dry.in.rain"), "SUM(F5:F7,乙!A3)");
    for (size_t i = 0; i < form->tables[0].nequations; i++) {
        const struct equation *equation = &form->tables[0].equations[i];
        struct equation_text text;
        bool same = strcmp(equation->rule->id, "same") == 0;
        CHECK(layout_equation(arena, &layouts, equation, &text));
        CHECK_INT(layout_reaches(equation), same || strcmp(equation->rule->id, "dry") == 0);
        CHECK_STR(same ? text.difference : "", same ? "ROUND(SUM(D12,D11)-SUM(乙!A3:B3),6)" : "");
        CHECK_STR(same ? text.members : "", same ? "D12,D11,乙!A3:B3" : "");
    }
}

int
main(void)
{
    struct arena *arena = arena_new(64 << 20);
    char cell[A1_SIZE];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const struct table_case *it = &tables[i];
        struct layout layout;
        CHECK(layout_table(arena, form_table(form_of_file(arena, it->path), it->table), &layout));
        CHECK_INT(layout.rows, it->rows);
        CHECK_INT(layout.cols, it->cols);
        CHECK_INT(layout.header_rows, it->header_rows);
        for (size_t p = 0; p < it->nplaces; p++)
            CHECK_STR(find(&layout, it->places[p].text, cell), it->places[p].want);
        check_cover(&layout);
    }
    const struct form *other = form_of_file(arena, "tests/forms/2027.yaml");
    for (size_t t = 0; t < other->ntables; t++) {
        struct layout layout;
        CHECK(layout_table(arena, &other->tables[t], &layout));
        check_cover(&layout);
    }
    test_formulas(arena);
    test_reaching(arena);
    arena_free(arena);
    return test_summary();
}
