/* SPDX-License-Identifier: MIT */
/* Year and unit from titles, covers and file names. */
#include "identify.h"

#include "test.h"

static const struct { const char *text; int year; } years[] = {
    { "朔州市科技局 2020 年政府信息公开工作年度报告", 2020 }, { "２０２０年度", 2020 }, { "二〇二〇年度报告", 2020 }, { "二○二三年", 2023 },
    { "2021年1月20日", 0 }, { "报告（2021年1月20日），2020年度", 2020 }, { "电话0349-2020年", 2020 }, { "12020年", 0 }, { "1999年", 0 },
    { "截至2020年底", 2020 }, { "", 0 }, { "2020", 0 },
};

struct given { const char *title, *label, *beside, *file, *unit; int year; };
static const struct given books[] = {
    { "朔州市科技局 2020 年政府信息公开工作\n年度报告", "", "", "x.xlsx", "朔州市科技局", 2020 },
    { "2019年上海市人民政府办公厅政府信息公开工作年度报告", "", "", "x.xlsx", "上海市人民政府办公厅", 2019 },
    { "某区人民政府关于2022年政府信息公开年度报告", "", "", "x.xlsx", "某区人民政府", 2022 },
    { "政府信息公开工作年度报告（2023年度）", "填报单位：某县教育局", "", "x.xlsx", "某县教育局", 2023 },
    { "政府信息公开工作年度报告", "单位名称", "某县教育局", "x.xlsx", "某县教育局", 0 },
    { "政府信息公开工作年度报告", "报告年度", "2024年", "dir/某县卫健委2024年年报.xlsx", "某县卫健委", 2024 },
    { "", "单位：万元", "", "某县卫健委_2024.xlsx", "某县卫健委", 2024 },
    { "", "", "", "年报.xlsx", NULL, 0 },
    { "", "", "", "table1.xlsx", NULL, 0 },
    { "", "", "", "2024年政府信息公开年报.xlsx", NULL, 2024 },
};

static bool
put(struct arena *arena, struct sheet *sheet, uint32_t row, uint16_t col, const char *text)
{
    return !*text || sheet_add_cell(arena, sheet, &(struct cell){ .kind = CELL_TEXT, .row = row, .col = col, .text = text });
}

int
main(void)
{
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        CHECK_INT(year_in(years[i].text), years[i].year);
    struct arena *arena = arena_new(64u << 20);
    struct forms forms;
    struct fault fault = { 0 };
    CHECK(forms_load(arena, NULL, &forms, &fault) == STATUS_OK);
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        struct book book = { .arena = arena };
        struct sheet *sheet = book_add_sheet(&book, "Sheet1", false);
        CHECK(put(arena, sheet, 0, 0, books[i].title) && put(arena, sheet, 1, 0, books[i].label) && put(arena, sheet, 1, 1, books[i].beside));
        sheet_finish(sheet);
        struct identity id;
        CHECK(identify(arena, forms.form[forms.n - 1], &book, books[i].file, &id));
        CHECK_STR(id.unit ? id.unit : "(none)", books[i].unit ? books[i].unit : "(none)");
        CHECK_INT(id.year, books[i].year);
    }
    arena_free(arena);
    return test_summary();
}
