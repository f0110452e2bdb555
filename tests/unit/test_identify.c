/* SPDX-License-Identifier: MIT */
/* Year and unit from titles, covers and file names. */
#include "identify.h"
#include "title.h"

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

/* Lines of a document, ended by NULL. */
static const struct { const char *lines[8], *unit; int year; } texts[] = {
    { { "某县教育局2023年政府信息公开工作年度报告", "一、总体情况" }, "某县教育局", 2023 },
    { { "某县教育局", "2023年政府信息公开工作年度报告" }, "某县教育局", 2023 },
    { { "附件1", "某市某县教育局", "2023年度", "政府信息公开工作年度报告" }, "某市某县教育局", 2023 },
    { { "某县教育局2023年度", "政府信息公开", "工作年度报告" }, "某县教育局", 2023 },
    { { "某县教育局", "政府信息公开工作年度报告", "（2023年度）" }, "某县教育局", 2023 },
    { { "某县教育局关于2023年", "政府信息公开工作年度报告的公告" }, "某县教育局", 2023 },
    { { "政府信息公开工作年度报告（某县教育局）", "2023年" }, "某县教育局", 2023 },
    { { "填报单位：某县教育局", "政府信息公开年报", "2023年收到申请3件。" }, "某县教育局", 0 },
    { { "2023年，本机关认真公开。", "上一年度报告，即2022年政府信息公开工作年度报告，已经整改。" }, NULL, 0 },
    { { "根据2022年政府信息公开工作年度报告，", "某局办理。", "某县教育局2023年政府信息公开工作年度报告" }, "某县教育局", 2023 },
    { { "首页 > 信息公开 > 政府信息公开年报", "首页", "政府信息公开指南", "政府信息公开年报", "某县教育局2023年政府信息公开工作年度报告" }, "某县教育局", 2023 },
    { { "2022年度工作计划", "二、主动公开政府信息情况" }, NULL, 0 },
};

static void
test_texts(struct arena *arena, const struct hint_words *hints)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct book book = { .arena = arena };
        struct identity id;
        for (size_t k = 0; texts[i].lines[k]; k++)
            CHECK(book_add_paragraph(&book, texts[i].lines[k]));
        CHECK(identify(arena, hints, &book, "x.docx", &id));
        CHECK_STR(id.unit ? id.unit : "(none)", texts[i].unit ? texts[i].unit : "(none)");
        CHECK_INT(id.year, texts[i].year);
    }
}

/* Of the titles in front of a table the nearest says its year; prose does not. */
static void
test_table_years(struct arena *arena, const struct hint_words *hints)
{
    static const struct { const char *line; int year; } steps[] = {
        { "2023年没有标题", 0 }, { "某局2022年政府信息公开工作年度报告", 2022 }, { "2021年完成。", 2022 }, { "某局2023年政府信息公开工作年度报告", 2023 },
        { "2020年主动公开政府信息情况", 2020 },
    };
    struct book book = { .arena = arena };
    struct identity id;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        CHECK(book_add_paragraph(&book, steps[i].line) && book_add_table(&book));
    CHECK(identify(arena, hints, &book, "x.docx", &id));
    CHECK_INT(id.year, 2023);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        CHECK_INT(table_year(&id, &(struct placement){ .table = &hints->form->tables[0], .sheet = &book.sheets[i] }), steps[i].year);
}

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
        CHECK(identify(arena, forms.hints, &book, books[i].file, &id));
        CHECK_STR(id.unit ? id.unit : "(none)", books[i].unit ? books[i].unit : "(none)");
        CHECK_INT(id.year, books[i].year);
    }
    test_texts(arena, forms.hints);
    test_table_years(arena, forms.hints);
    arena_free(arena);
    return test_summary();
}
