/* SPDX-License-Identifier: MIT */
/* Which cells and sheets of a stamped workbook are not as they were written; and which files of a roll-up. */
#include "test.h"

#include "draft.h"
#include "limits.h"
#include "read.h"
#include "sha256.h"
#include "sheets.h"
#include "verify.h"

static struct form form = { .id = "2021" };

/* A stamped workbook, through its bytes as another would read it: A1 and C1 of 甲 are values with keys. */
static void
write_book(struct arena *arena, const char *longest, struct book *book)
{
    struct draft draft;
    struct report report = { .arena = arena, .file = "年报.xlsx", .unit = "某局", .year = 2023, .form = &form, .verdict = VERDICT_FAIL };
    unsigned char *bytes;
    size_t n;
    CHECK(draft_init(arena, &draft));
    size_t first = draft_sheet(&draft, "甲", false), second = draft_sheet(&draft, "乙|", false), third = draft_sheet(&draft, "丙", false);
    CHECK(draft_number(&draft, first, 0, 0, 5, NULL, 0) && draft_text(&draft, first, 0, 1, "a|b\\c\\p\nd\te", 0)
          && draft_number(&draft, first, 0, 2, 8, "SUM(A1,A2)", 0) && draft_number(&draft, first, 1, 0, 3, NULL, 0)
          && draft_text(&draft, second, 0, 0, "标题", 0) && draft_text(&draft, second, 4, 30, longest, 0)
          && draft_number(&draft, third, 0, 0, 21.83, NULL, 0));
    size_t hidden = draft_sheet(&draft, VALUES_SHEET, true);
    CHECK(draft_text(&draft, hidden, 0, 0, "key", 0) && draft_text(&draft, hidden, 0, STAMP_PLACES, "#甲|A1|-|C1|", 0)
          && draft_text(&draft, hidden, 1, 0, "t.a", 0) && draft_text(&draft, hidden, 1, 1, "5", 0)
          && draft_text(&draft, hidden, 2, 0, "t.none", 0)
          && draft_text(&draft, hidden, 3, 0, "t.sum", 0) && draft_text(&draft, hidden, 3, 1, "8", 0));
    for (size_t i = 0; i < draft.book.nsheets; i++)
        sheet_finish(&draft.book.sheets[i]);
    CHECK(stamp_put(&draft, &report, stamp_code(&report)));
    CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, NULL), STATUS_OK);
    *book = (struct book){ .arena = arena };
    CHECK_INT(read_book(arena, bytes, n, book, NULL), STATUS_OK);
}

/* A text of about n bytes. */
static const char *
long_text(struct arena *arena, size_t n)
{
    struct text out = text_new(arena);
    while (out.n < n)
        text_puts(&out, "长 ");
    return out.at;
}

static struct verification
verified(struct arena *arena, const struct book *book)
{
    struct verification it;
    CHECK(verify_book(arena, book, &it));
    return it;
}

static struct cell *
cell_at(struct book *book, size_t sheet, uint32_t row, uint16_t col)
{
    return (struct cell *)sheet_cell(&book->sheets[sheet], row, col);
}

/* The only change there is. */
static void
check_change(struct arena *arena, const struct book *book, struct change want)
{
    struct verification it = verified(arena, book);
    CHECK_INT(it.stamp, STAMP_CHANGED);
    CHECK(it.cells && !it.stamp_touched);
    CHECK_INT(it.nchanges, 1);
    if (it.nchanges != 1)
        return;
    CHECK_INT(it.changes[0].kind, want.kind);
    CHECK_STR(it.changes[0].sheet, want.sheet);
    CHECK_STR(it.changes[0].cell, want.cell);
    CHECK_STR(it.changes[0].key, want.key);
    CHECK_STR(it.changes[0].before, want.before);
    CHECK_STR(it.changes[0].now, want.now);
    CHECK_STR(it.changes[0].value, want.value);
}

static void
test_cells(struct arena *arena)
{
    struct book book;
    write_book(arena, "长", &book);
    struct verification it = verified(arena, &book);
    CHECK_INT(it.stamp, STAMP_INTACT);
    CHECK(!it.cells && !it.stamp_touched && it.nchanges == 0);
    CHECK_INT(strlen(it.code), 9);
    CHECK_STR(it.unit, "某局");
    CHECK_STR(it.form, "2021");
    CHECK_STR(it.verdict, "fail");
    CHECK_INT(it.year, 2023);

    struct cell *number = cell_at(&book, 0, 0, 0), *text = cell_at(&book, 0, 0, 1), *formula = cell_at(&book, 0, 0, 2);
    struct cell saved = *number;
    number->number = 6;
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "A1", .key = "t.a", .before = "5", .now = "6" });
    *number = (struct cell){ .kind = CELL_TEXT, .text = "5" };
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "A1", .key = "t.a", .before = "5", .now = "'5" });
    *number = saved;
    saved = *text;
    text->text = "a|b";
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "B1", .before = "a|b\\c\\p\nde", .now = "a|b" });
    text->text = "a|b\\c\\p\r\nde";
    CHECK_INT(verified(arena, &book).stamp, STAMP_INTACT);
    text->text = "";
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "B1", .before = "a|b\\c\\p\nde" });
    *text = saved;
    formula->number = 9;
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "C1", .key = "t.sum", .before = "8", .now = "9" });
    formula->formula = NULL;
    formula->computed = false;
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "C1", .key = "t.sum", .before = "=SUM(A1,A2)", .now = "9", .value = "8" });
    formula->formula = "SUM(A1,A2)";
    CHECK(sheet_add_cell(arena, &book.sheets[0], &(struct cell){ .row = 99, .col = 27, .kind = CELL_BOOLEAN, .number = 1 }));
    check_change(arena, &book, (struct change){ .sheet = "甲", .cell = "AB100", .now = "TRUE" });
}

static void
swap_sheets(struct book *book, size_t a, size_t b)
{
    struct sheet sheet = book->sheets[a];
    book->sheets[a] = book->sheets[b];
    book->sheets[b] = sheet;
}

static void
test_sheets(struct arena *arena)
{
    struct book book;
    write_book(arena, "长", &book);
    swap_sheets(&book, 1, 2);
    swap_sheets(&book, 0, 1);
    check_change(arena, &book, (struct change){ .kind = CHANGE_SHEET_MOVED, .sheet = "丙", .cell = "", .before = "3", .now = "1" });
    write_book(arena, "长", &book);
    book.sheets[1].name = "丁";
    check_change(arena, &book, (struct change){ .kind = CHANGE_SHEET_RENAMED, .sheet = "丁", .cell = "", .before = "乙|", .now = "丁" });
    write_book(arena, "长", &book);
    swap_sheets(&book, 2, 3);
    book.nsheets--;
    struct verification it = verified(arena, &book);
    CHECK(it.nchanges == 1 && it.changes[0].kind == CHANGE_SHEET_REMOVED);
    write_book(arena, "长", &book);
    CHECK(book_add_sheet(&book, "空", false) != NULL);
    check_change(arena, &book, (struct change){ .kind = CHANGE_SHEET_ADDED, .sheet = "空", .cell = "", .now = "空" });
}

/* What is not in the lists: the stamp, and the sheet on which they lie. */
static void
test_stamp(struct arena *arena)
{
    struct book book;
    write_book(arena, "长", &book);
    for (size_t i = 0; i < book.nproperties; i++) {
        const char *saved = book.properties[i].value;
        book.properties[i].value = "x";
        CHECK(verified(arena, &book).stamp != STAMP_INTACT);
        book.properties[i].value = saved;
    }
    struct property last = book.properties[book.nproperties - 1];       /* another order is no change */
    book.properties[book.nproperties - 1] = book.properties[0];
    book.properties[0] = last;
    CHECK_INT(verified(arena, &book).stamp, STAMP_INTACT);
    struct cell *copy = cell_at(&book, 3, 0, STAMP_COPY);
    const char *lists[] = { copy->text, "", "#甲|A1:6|" };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        copy->text = lists[i];                       /* the copy alone, which counts as its digest */
        struct verification of_copy = verified(arena, &book);
        CHECK(of_copy.stamp_touched == (i > 0) && !of_copy.cells);
    }
    copy->text = lists[0];
    cell_at(&book, 3, 1, 1)->text = "6";
    struct verification it = verified(arena, &book);
    CHECK(it.stamp == STAMP_CHANGED && it.stamp_touched && !it.cells);
    cell_at(&book, 0, 0, 0)->number = 6;             /* the copy is as it was: it still says which cell */
    it = verified(arena, &book);
    CHECK(it.stamp_touched && it.cells && it.nchanges == 1);
    cell_at(&book, 3, 0, STAMP_COPY)->text = "#甲|A1:6|";
    it = verified(arena, &book);
    CHECK(it.stamp_touched && it.cells && it.nchanges == 0);
    book.nproperties = 0;
    it = verified(arena, &book);
    CHECK(it.stamp == STAMP_CHANGED && it.stamp_touched);        /* the hidden sheet is still there */
    book.nsheets = 3;
    CHECK_INT(verified(arena, &book).stamp, STAMP_NONE);
    CHECK(book_add_property(&book, "nianbao.schema", "nianbao.stamp/12"));
    CHECK_INT(verified(arena, &book).stamp, STAMP_NEWER);
}

/* A copy of several cells, and a workbook too large for one. */
static void
test_long(struct arena *arena)
{
    struct book book;
    write_book(arena, long_text(arena, 60000), &book);
    CHECK(cell_at(&book, 3, 0, STAMP_COPY + 2) != NULL);
    cell_at(&book, 2, 0, 0)->number = 21.84;
    check_change(arena, &book, (struct change){ .sheet = "丙", .cell = "A1", .before = "21.83", .now = "21.84" });

    struct draft draft;
    struct report report = { .arena = arena, .file = "年报.xlsx", .form = &form };
    const char *text = long_text(arena, 60000);
    CHECK(draft_init(arena, &draft));
    size_t sheet = draft_sheet(&draft, "甲", false);
    CHECK(draft_sheet(&draft, VALUES_SHEET, true) != SIZE_MAX);
    for (uint32_t row = 0; row < LIMIT_STAMP_COPY / 60000 + 1; row++)
        CHECK(draft_text(&draft, sheet, row, 0, text, 0));
    CHECK(stamp_put(&draft, &report, stamp_code(&report)));
    CHECK(sheet_cell(stamp_sheet(&draft.book), 0, STAMP_COPY) == NULL);
    CHECK_INT(verified(arena, &draft.book).stamp, STAMP_INTACT);
    draft.book.sheets[0].cells[3].text = "x";
    struct verification it = verified(arena, &draft.book);
    CHECK(it.stamp == STAMP_CHANGED && it.cells && !it.stamp_touched && it.nchanges == 0);
}

/* What is there of persons is neither copied nor told. */
static void
test_persons(struct arena *arena)
{
    struct draft draft;
    struct report report = { .arena = arena, .file = "年报.xlsx", .form = &form };
    CHECK(draft_init(arena, &draft));
    size_t cover = draft_sheet(&draft, COVER_SHEET, false), missing = draft_sheet(&draft, MISSING_SHEET, false);
    CHECK(draft_sheet(&draft, VALUES_SHEET, true) != SIZE_MAX);
    CHECK(draft_text(&draft, cover, 0, 0, "填报人", 0) && draft_text(&draft, missing, 0, 0, "13900000000", 0));
    CHECK(stamp_put(&draft, &report, stamp_code(&report)));
    CHECK(strstr(sheet_cell(stamp_sheet(&draft.book), 0, STAMP_COPY)->text, "139") == NULL);
    CHECK_INT(verified(arena, &draft.book).stamp, STAMP_INTACT);
    draft.book.sheets[missing].cells[0].text = "13900000001";
    check_change(arena, &draft.book, (struct change){ .kind = CHANGE_SHEET_CONTENT, .sheet = MISSING_SHEET, .cell = "" });
    draft.book.sheets[missing].cells[0].text = "13900000000";
    draft.book.sheets[cover].cells[0].text = "填报人：张三";
    check_change(arena, &draft.book, (struct change){ .sheet = COVER_SHEET, .cell = "A1", .before = "填报人", .now = "…" });
    draft.book.sheets[cover].cells[0].text = "审核人";
    check_change(arena, &draft.book, (struct change){ .sheet = COVER_SHEET, .cell = "A1", .before = "填报人", .now = "审核人" });
    draft.book.sheets[cover].cells[0].text = "填报人";
    CHECK(sheet_add_cell(arena, &draft.book.sheets[cover], &(struct cell){ .col = 1, .kind = CELL_TEXT, .text = "张三" }));
    check_change(arena, &draft.book, (struct change){ .sheet = COVER_SHEET, .cell = "B1", .now = "…" });
}

/* Lists that nobody wrote do no harm. */
static void
test_hostile(struct arena *arena)
{
    static const char *const lists[] = { "", "|", "A1:5|", "#甲|:5|:6|", "#甲|A0:1|", "#甲|A99999999999999999999:1|ZZZZZZ1:1|", "#甲|A1|", "#甲|A1:5",
                                         "#甲|XFD1048576:1|:2|A1\\", "#甲|A1'\\", "#|#|#", "#甲|BAAAA1:1|CRXP1:1|:2|" };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct book book;
        write_book(arena, "长", &book);
        char digest[65];
        cell_at(&book, 3, 0, STAMP_COPY)->text = lists[i];
        cell_at(&book, 3, 0, STAMP_PLACES)->text = lists[i];
        sha256_hex(lists[i], strlen(lists[i]), digest);
        for (size_t p = 0; p < book.nproperties; p++)
            if (strcmp(book.properties[p].name, "nianbao.cells") == 0)
                book.properties[p].value = digest;
        struct verification it = verified(arena, &book);
        CHECK(it.stamp == STAMP_CHANGED && it.stamp_touched);
    }
}

static void
test_inputs(struct arena *arena)
{
    struct verify_input inputs[] = { { "11", "收到/甲/年报.xlsx" }, { "22", "收到/乙/年报.xlsx" }, { "33", "丙.xlsx" }, { "44", "丁.xlsx" } };
    struct verify_file files[] = { { "in/丁2.xlsx", "44" }, { "in/甲/年报.xlsx", "99" }, { "in/乙/年报.xlsx", "98" }, { "in/丁.xlsx", "44" },
                                   { "in/别的/年报.xlsx", "97" } };
    struct verification it = { .inputs = inputs, .ninputs = 4 };
    struct recheck recheck;
    verify_sort(files, 5);
    CHECK(verify_inputs(arena, &it, files, 5, &recheck));
    CHECK_INT(recheck.same, 1);
    CHECK_INT(recheck.nchanged, 2);
    CHECK_STR(recheck.changed[0], "收到/甲/年报.xlsx");
    CHECK_INT(recheck.nmissing, 1);
    CHECK_STR(recheck.missing[0], "丙.xlsx");
    CHECK_INT(recheck.nfresh, 1);
    CHECK_STR(recheck.fresh[0], "in/别的/年报.xlsx");
}

int
main(void)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    test_cells(arena);
    test_sheets(arena);
    test_stamp(arena);
    test_long(arena);
    test_persons(arena);
    test_hostile(arena);
    test_inputs(arena);
    arena_free(arena);
    return test_summary();
}
