/* SPDX-License-Identifier: MIT */
#include "names.h"
#include "test.h"

static void
test_stem(struct arena *arena)
{
    static const struct { const char *in, *want; } cases[] = {
        { "年报.xlsx", "年报" }, { "a/b.c/年报.XLS", "年报" }, { "年报.et", "年报" }, { "年报", "年报" }, { "年报.2023", "年报.2023" },
        { "v1.2 年报", "v1.2 年报" }, { "年报.dat", "年报" }, { ".xlsx", ".xlsx" }, { "a.", "a." },
        { "年报.待改.xlsx", "年报" }, { "年报.校验通过.xlsx", "年报" }, { "年报.待改(2).xlsx", "年报" }, { "年报.待改.校验通过(13).xlsx", "年报" },
        { "年报(2).待改.xlsx", "年报(2)" }, { "年报(2).xlsx", "年报(2)" }, { "年报.摘要.txt", "年报" }, { "年报.待改", "年报" },
        { ".待改.xlsx", ".待改" }, { "年报.待改().xlsx", "年报.待改()" }, { "(2).xlsx", "(2)" }, { "年报待改.xlsx", "年报待改" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(name_stem(arena, cases[i].in), cases[i].want);
}

static void
test_long_stem(struct arena *arena)
{
    char name[512] = "";
    for (int i = 0; i < 83; i++)
        strcat(name, "年");
    strcat(name, ".xlsx");                              /* 254 bytes: a legal name */
    char *stem = name_stem(arena, name);
    CHECK_INT(strlen(stem) % 3, 0);                     /* cut between characters */
    CHECK(strlen(name_product(arena, stem, PRODUCT_PASS, 4294967295u)) <= 255);
    CHECK(strlen(name_product(arena, stem, PRODUCT_PASS, 1)) > 230);
}

static void
test_product(struct arena *arena)
{
    CHECK_STR(name_product(arena, "年报", PRODUCT_PASS, 1), "年报.校验通过.xlsx");
    CHECK_STR(name_product(arena, "年报", PRODUCT_FAIL, 2), "年报.待改(2).xlsx");
    CHECK_STR(name_product(arena, "年报", PRODUCT_SUMMARY, 10), "年报.摘要(10).txt");
    CHECK_STR(name_join(arena, "", "a"), "a");
    CHECK_STR(name_join(arena, "d", "a"), "d/a");
    CHECK_STR(name_join(arena, "d/", "a"), "d/a");
    CHECK_STR(name_join(arena, "/", "a"), "/a");
}

static void
test_spreadsheet(void)
{
    static const struct { const char *name; bool want; } cases[] = {
        { "a.xlsx", true }, { "a.XLSM", true }, { "a.xls", true }, { "a.ET", true }, { "a.xlsb", false }, { "a.ods", true }, { "a", false },
        { "a.fods", true }, { "a.odt", true }, { "a.CSV", true }, { "a.txt", true }, { "a.摘要.txt", false }, { "a.摘要(2).txt", false }, { "a.pdf", false },
        { "xlsx", false }, { "a.xlsx.bak", false }, { "a.xl", false }, { "a.xlsxx", false }, { ".xlsx", false }, { "", false },
        { "a.docx", true }, { "a.DOCM", true }, { "a.doc", false }, { "a.摘要.docx", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(name_is_input(cases[i].name), cases[i].want);
    CHECK(name_is_document("d/a.Docx") && !name_is_document("a.xlsx") && !name_is_document("a.txt.x"));
}

/* Was `name` made from `other`, or from what `other` was made from? */
static bool
stems_from(const char *name, const char *other)
{
    struct descent mine = name_descent(name), theirs = name_descent(other);
    return name_is_input(other) && mine.stem == theirs.stem && memcmp(name, other, mine.stem) == 0 && mine.rank > theirs.rank;
}

static void
test_descent(void)
{
    static const struct { const char *name, *other; bool want; } cases[] = {
        { "年报.待改.xlsx", "年报.xlsx", true }, { "年报.校验通过(2).xlsx", "年报.XLS", true }, { "年报.待改.xlsx", "年报.pdf", false },
        { "年报.待改.xlsx", "别的.xlsx", false }, { "年报.xlsx", "年报.xls", false }, { "年报.xlsx", "年报.待改.xlsx", false },
        { "年报.待改(2).xlsx", "年报.待改.xlsx", true }, { "年报.待改.xlsx", "年报.待改(2).xlsx", false },
        { "年报.校验通过.xlsx", "年报.待改(9).xlsx", true }, { "年报.待改.xlsx", "年报.待改.xlsx", false },
        { "年报.待改.xls", "年报.xlsx", false },         /* a clerk's own file: ours end in .xlsx */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(stems_from(cases[i].name, cases[i].other), cases[i].want);
}

int
main(void)
{
    struct arena *arena = arena_new(1 << 20);
    test_stem(arena);
    test_long_stem(arena);
    test_product(arena);
    test_spreadsheet();
    test_descent();
    arena_free(arena);
    return test_summary();
}
