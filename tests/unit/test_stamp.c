/* SPDX-License-Identifier: MIT */
/* The stamp: what counts as a change and what is only another way to save the same. */
#include "test.h"

#include "draft.h"
#include "stamp.h"

struct book_cell { uint32_t row; enum cell_kind kind; double number; const char *text, *formula; };

static const struct book_cell written[] = {
    { 0, CELL_TEXT, 0, "标题", NULL }, { 1, CELL_NUMBER, 0.1, NULL, NULL }, { 2, CELL_NUMBER, 3, NULL, "SUM(A1:A2)" },
    { 3, CELL_TEXT, 0, "行一\n行二", NULL }, { 4, CELL_NUMBER, 1, NULL, "IF(A1=\"a b\",'x'!B1,0)" },
};
enum { CELLS = sizeof written / sizeof *written };

/* One cell as another program saved it: or, with the row after the last, one more cell. */
static const struct { struct book_cell cell; enum stamp want; } cases[] = {
    { { 0, CELL_TEXT, 0, "标题", NULL }, STAMP_INTACT },
    { { 0, CELL_TEXT, 0, "标 题", NULL }, STAMP_CHANGED },
    { { 1, CELL_NUMBER, 0.10000000000000002, NULL, NULL }, STAMP_INTACT },           /* LibreOffice keeps 15 digits */
    { { 1, CELL_NUMBER, 0.1000001, NULL, NULL }, STAMP_CHANGED },
    { { 1, CELL_TEXT, 0, "0.1", NULL }, STAMP_CHANGED },
    { { 2, CELL_NUMBER, 4, NULL, "SUM(A1:A2)" }, STAMP_INTACT },                      /* another cached value */
    { { 2, CELL_NUMBER, 3, NULL, "sum($A$1:A2)" }, STAMP_INTACT },
    { { 2, CELL_NUMBER, 3, NULL, "SUM(A1:A3)" }, STAMP_CHANGED },
    { { 2, CELL_NUMBER, 3, NULL, NULL }, STAMP_CHANGED },
    { { 2, CELL_FORMULA, 0, "", "SUM(A1:A2)" }, STAMP_INTACT },
    { { 3, CELL_TEXT, 0, "行一\r\n行二", NULL }, STAMP_INTACT },
    { { 3, CELL_TEXT, 0, "行一\r行\t二", NULL }, STAMP_INTACT },               /* LibreOffice, by way of .xls and .ods */
    { { 3, CELL_TEXT, 0, "行一行二", NULL }, STAMP_CHANGED },
    { { 4, CELL_NUMBER, 1, NULL, "IF( A1=\"a b\", x!B1, 0)" }, STAMP_INTACT },
    { { 4, CELL_NUMBER, 1, NULL, "IF(A1=\"A b\",'x'!B1,0)" }, STAMP_CHANGED },
    { { 5, CELL_TEXT, 0, "", NULL }, STAMP_INTACT },
    { { 5, CELL_NUMBER, 0, NULL, NULL }, STAMP_CHANGED },
};

/* The workbook with one cell replaced or added. */
static void
make_book(struct arena *arena, struct book *book, const struct book_cell *other)
{
    *book = (struct book){ .arena = arena };
    struct sheet *sheet = book_add_sheet(book, "表", false);
    for (size_t i = 0; i <= CELLS; i++) {
        const struct book_cell *it = other != NULL && other->row == i ? other : i < CELLS ? &written[i] : NULL;
        if (it == NULL)
            continue;
        struct cell cell = { .row = it->row, .kind = (uint8_t)it->kind, .number = it->number, .text = it->text, .formula = it->formula,
                             .computed = it->formula != NULL };
        CHECK(sheet_add_cell(arena, sheet, &cell));
    }
    sheet_finish(sheet);
}

static void
copy_properties(struct book *to, const struct book *from)
{
    for (size_t i = 0; i < from->nproperties; i++)
        CHECK(book_add_property(to, from->properties[i].name, from->properties[i].value));
}

static void
test_code(struct arena *arena, const struct form *form)
{
    struct slot slot = { .key = "a.b.c" };
    struct table table = { .id = "a", .nslots = 1 };
    struct value value = { .slot = &slot, .has = true, .number = { 4 * DECIMAL_ONE } };
    struct section section = { .table = &table, .values = &value };
    struct report report = { .arena = arena, .unit = "某局", .year = 2020, .form = form, .sections = &section, .nsections = 1 };
    const char *code = stamp_code(&report);
    CHECK_INT(strlen(code), 9);
    CHECK_INT(code[4], '-');
    CHECK_INT(strcspn(code, "01ILO"), 9);
    value.raw = "四";
    value.origin = ORIGIN_FILLED;
    CHECK_STR(stamp_code(&report), code);            /* the number is the same */
    value.number.micros++;
    CHECK(strcmp(stamp_code(&report), code) != 0);
    value.number.micros--;
    report.year++;
    CHECK(strcmp(stamp_code(&report), code) != 0);
}

/* Whatever a workbook depends on changes its origin, and nothing else does. */
static void
test_origin(struct arena *arena, const struct book *stamped, const struct report *as)
{
    static struct form form = { .digest = "b" };
    static const struct table table = { .form = &form };
    static struct section section = { .table = &table };
    struct report other[] = { *as, *as, *as, *as, *as, *as };
    char origin[STAMP_ORIGIN], origins[sizeof other / sizeof *other][STAMP_ORIGIN];
    CHECK(stamp_origin_of(as, origin));
    CHECK_STR(stamp_origin(stamped), origin);
    other[0].bytes = (const unsigned char *)"a";
    other[0].nbytes = 1;
    other[1].file = "a/年报2.xlsx";
    other[2].unit = "某局";
    other[3].year = 2020;
    other[4].form = &form;
    other[5].sections = &section;
    other[5].nsections = 1;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        CHECK(stamp_origin_of(&other[i], origins[i]) && strcmp(origins[i], origin) != 0);
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(origins[i], origins[j]) != 0);
    }
    other[1].file = "b/年报.xlsx";
    other[1].verdict = VERDICT_FAIL;
    CHECK(stamp_origin_of(&other[1], origins[1]));
    CHECK_STR(origins[1], origin);
    struct book book;
    make_book(arena, &book, NULL);
    CHECK(stamp_origin(&book) == NULL);
}

int
main(void)
{
    struct arena *arena = arena_new(16 << 20);
    struct form form = { .id = "2021" };
    struct report report = { .arena = arena, .file = "a/年报.xlsx", .form = &form, .verdict = VERDICT_PASS };
    struct book ours, book;
    make_book(arena, &ours, NULL);
    CHECK_INT(stamp_check(&ours), STAMP_NONE);
    struct draft draft = { .book = ours };
    CHECK(stamp_put(&draft, &report, stamp_code(&report)));
    ours = draft.book;
    CHECK_INT(stamp_check(&ours), STAMP_INTACT);
    CHECK_STR(book_property(&ours, "nianbao.verdict"), "pass");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_book(arena, &book, &cases[i].cell);
        copy_properties(&book, &ours);
        if (stamp_check(&book) != cases[i].want)
            printf("case %zu:\n", i);
        CHECK_INT(stamp_check(&book), cases[i].want);
    }
    make_book(arena, &book, NULL);
    CHECK(book_add_property(&book, "nianbao.schema", "nianbao.stamp/2"));
    CHECK_INT(stamp_check(&book), STAMP_NEWER);
    make_book(arena, &book, NULL);
    CHECK(book_add_property(&book, "nianbao.schema", STAMP_SCHEMA));
    CHECK_INT(stamp_check(&book), STAMP_CHANGED);     /* without a digest */
    test_code(arena, &form);
    test_origin(arena, &ours, &report);
    arena_free(arena);
    return test_summary();
}
