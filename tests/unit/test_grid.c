/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "grid.h"
#include "test.h"

static void
cells(void)
{
    struct arena *arena = arena_new(1 << 24);
    struct book book = { .arena = arena };
    struct sheet *sheet = book_add_sheet(&book, "表", false);
    /* A fixed shuffle of a 64 x 8 block, each place twice: the later one must stay. */
    for (unsigned pass = 0; pass < 2; pass++)
        for (unsigned i = 0; i < 512; i++) {
            unsigned at = i * 197 % 512;
            struct cell cell = { .row = at / 8 * 3, .col = (uint16_t)(at % 8), .number = at + pass * 1000 };
            CHECK(sheet_add_cell(arena, sheet, &cell));
        }
    sheet_finish(sheet);
    CHECK_INT(sheet->ncells, 512);
    for (unsigned at = 0; at < 512; at++) {
        const struct cell *cell = sheet_cell(sheet, at / 8 * 3, (uint16_t)(at % 8));
        CHECK(cell != NULL && cell == &sheet->cells[at] && cell->number == at + 1000);
    }
    CHECK(sheet_cell(sheet, 1, 0) == NULL);
    CHECK(sheet_cell(sheet, 0, 8) == NULL);
    CHECK(sheet_cell(sheet, UINT32_MAX, UINT16_MAX) == NULL);
    CHECK_INT(sheet_row(sheet, 0), 0);
    CHECK_INT(sheet_row(sheet, 1), 8);
    CHECK_INT(sheet_row(sheet, 3), 8);
    CHECK_INT(sheet_row(sheet, 1000), 512);

    struct cell late = { .row = 3, .col = 0, .number = 7 };     /* added after a finish: still the later one */
    CHECK(sheet_add_cell(arena, sheet, &late));
    sheet_finish(sheet);
    CHECK_INT(sheet->ncells, 512);
    CHECK(sheet_cell(sheet, 3, 0)->number == 7);

    struct sheet *empty = book_add_sheet(&book, "空", true);
    sheet_finish(empty);
    CHECK(sheet_cell(empty, 0, 0) == NULL);
    CHECK_INT(book.nsheets, 2);
    arena_free(arena);
}

/* Rows added in order and, time and again, some more anywhere, few or many: what was written last stays, in its order. */
static void
late_cells(void)
{
    enum { ROWS = 40, COLS = 20 };
    uint32_t state = 7;
    for (unsigned round = 0; round < 100; round++) {
        double want[ROWS][COLS] = { { 0 } };
        size_t seen = 0, wrong = 0;
        unsigned n = 0;
        struct arena *arena = arena_new(1 << 24);
        struct book book = { .arena = arena };
        struct sheet *sheet = book_add_sheet(&book, "a", false);
        for (unsigned pass = 0; pass < 4; pass++) {
            unsigned more = pass == 0 ? ROWS * COLS : round % 2 == 0 ? pass : 50 * pass;
            for (unsigned i = 0; i < more; i++) {
                state = state * 1664525 + 1013904223;
                unsigned at = pass == 0 ? i : (state >> 8) % (ROWS * COLS);
                struct cell cell = { .row = at / COLS, .col = (uint16_t)(at % COLS), .number = ++n };
                if (pass == 0 && state >> 30 == 0)
                    continue;
                want[at / COLS][at % COLS] = cell.number;
                CHECK(sheet_add_cell(arena, sheet, &cell));
            }
            sheet_finish(sheet);
        }
        for (unsigned at = 0; at < ROWS * COLS; at++) {
            const struct cell *cell = sheet_cell(sheet, at / COLS, (uint16_t)(at % COLS));
            double number = want[at / COLS][at % COLS];
            wrong += cell == NULL ? number != 0 : cell->number != number || cell != &sheet->cells[seen];
            seen += cell != NULL;
        }
        CHECK(wrong == 0 && seen == sheet->ncells);
        arena_free(arena);
    }
}

static void
merges_and_properties(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct book book = { .arena = arena };
    struct sheet *sheet = book_add_sheet(&book, "a", false);
    CHECK(sheet_add_merge(arena, sheet, (struct area){ .row = 2, .row2 = 4, .col = 1, .col2 = 3 }));
    CHECK(sheet_add_merge(arena, sheet, (struct area){ .row = 1, .row2 = 1, .col = 1, .col2 = 9 }));
    sheet_finish(sheet);
    CHECK_INT(sheet_merge(sheet, 1, 5)->col2, 9);
    CHECK_INT(sheet_merge(sheet, 2, 1)->col2, 3);
    CHECK_INT(sheet_merge(sheet, 4, 3)->row, 2);
    CHECK(sheet_merge(sheet, 0, 1) == NULL);
    CHECK(sheet_merge(sheet, UINT32_MAX, UINT16_MAX) == NULL);
    CHECK(sheet_merge(sheet, 5, 3) == NULL);
    CHECK(sheet_merge(sheet, 4, 4) == NULL);
    CHECK(book_add_property(&book, "nianbao.form", "2021"));
    CHECK_STR(book_property(&book, "nianbao.form"), "2021");
    CHECK_STR(book_property(&book, "x"), NULL);
    arena_free(arena);
}

/* Places in and out of a hundred ranges of any shape are found as by looking at all of them; ranges that do not overlap all stay. */
static void
merges_of_any_shape(void)
{
    uint32_t state = 1;
    for (unsigned round = 0; round < 200; round++) {
        bool apart = round % 2 == 0;
        struct arena *arena = arena_new(1 << 20);
        struct book book = { .arena = arena };
        struct sheet *sheet = book_add_sheet(&book, "a", false);
        for (unsigned i = 0; i < 100; i++) {
            uint32_t in[4];
            for (unsigned k = 0; k < 4; k++) {
                state = state * 1664525 + 1013904223;
                in[k] = state >> 24;
            }
            struct area area = { .row = in[0], .row2 = in[0] + in[1] % (1u << in[2] % 9), .col = (uint16_t)(in[2] / 2), .col2 = (uint16_t)(in[2] / 2 + in[3]) };
            if (apart)          /* ten by ten fields, one range in each */
                area = (struct area){ i / 10 * 26, i / 10 * 26 + in[0] % 26, (uint16_t)(i % 10 * 26), (uint16_t)(i % 10 * 26 + in[1] % 26) };
            CHECK(sheet_add_merge(arena, sheet, area));
        }
        sheet_finish(sheet);
        CHECK(apart ? sheet->nmerges == 100 : sheet->nmerges < 100);
        size_t wrong = 0;
        for (uint32_t row = 0; row < 300; row += 1 + round % 3)
            for (uint16_t col = 0; col < 300; col++) {
                const struct area *found = sheet_merge(sheet, row, col);
                bool covered = false;
                for (size_t i = 0; i < sheet->nmerges; i++) {
                    const struct area *a = &sheet->merges[i];
                    bool covers = row >= a->row && row <= a->row2 && col >= a->col && col <= a->col2;
                    covered = covered || covers;
                    wrong += found == a && !covers;
                }
                wrong += covered != (found != NULL);
            }
        CHECK_INT(wrong, 0);
        arena_free(arena);
    }
}

static void
addresses(void)
{
    static const struct { uint32_t row; uint16_t col; const char *want; } cells_at[] = {
        { 0, 0, "A1" }, { 7, 9, "J8" }, { 0, 25, "Z1" }, { 0, 26, "AA1" }, { 98, 701, "ZZ99" }, { 0, 702, "AAA1" },
        { 1048575, 16383, "XFD1048576" }, { UINT32_MAX, UINT16_MAX, "CRXP4294967296" },
    };
    static const struct { const char *sheet, *want; } quoted[] = {
        { "依申请公开", "依申请公开!J8" }, { "二、主动公开", "'二、主动公开'!J8" }, { "a b", "'a b'!J8" }, { "Sheet1", "Sheet1!J8" },
        { "it's", "'it''s'!J8" }, { "2020年", "'2020年'!J8" }, { "表1", "表1!J8" }, { "表（一）", "'表（一）'!J8" }, { "a.b_c", "a.b_c!J8" },
        { "A1", "'A1'!J8" }, { "xfd1048576", "'xfd1048576'!J8" }, { "R1C1", "'R1C1'!J8" }, { "rc", "'rc'!J8" }, { "C", "'C'!J8" },
        { "R2", "'R2'!J8" }, { "RCX", "RCX!J8" }, { "ABCD1", "ABCD1!J8" }, { "", "''!J8" }, { "한글", "한글!J8" }, { "ひら", "ひら!J8" },
        { "é", "é!J8" }, { "①", "'①'!J8" }, { "a-b", "'a-b'!J8" }, { "Ｑ１", "Ｑ１!J8" }, { "a\xFF", "'a\xFF'!J8" },
    };
    char out[A1_SIZE];
    for (size_t i = 0; i < sizeof cells_at / sizeof *cells_at; i++)
        CHECK_STR(a1(cells_at[i].row, cells_at[i].col, out), cells_at[i].want);
    CHECK_STR(a1_area((struct area){ .row = 2, .row2 = 19, .col = 0, .col2 = 3 }, out), "A3:D20");
    CHECK_STR(a1_area((struct area){ .row = 5, .row2 = 5, .col = 2, .col2 = 2 }, out), "C6");
    struct area whole = { UINT32_MAX - 1, UINT32_MAX, UINT16_MAX, UINT16_MAX };
    CHECK_STR(a1_area(whole, out), "CRXP4294967295:CRXP4294967296");
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++)
        CHECK_STR(a1_quoted(arena, quoted[i].sheet, "J8"), quoted[i].want);
    arena_fail_after(arena, 0);
    CHECK(a1_quoted(arena, "a", "A1") == NULL);
    arena_free(arena);
}

static void
numbers(void)
{
    static const struct { double number; const char *want; } cases[] = {
        { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { -2, "-2" }, { 0.1, "0.1" }, { 25.1, "25.1" }, { 1573179, "1573179" },
        { 999999999999999, "999999999999999" }, { 1e300, "1e+300" }, { 0.1 + 0.2, "0.30000000000000004" }, { 1.0 / 3, "0.3333333333333333" },
        { 100000000000000, "100000000000000" },
    };
    char out[32];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(number_text(cases[i].number, out), cases[i].want);
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 2000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double number;
        memcpy(&number, &bits, sizeof number);
        CHECK(!isfinite(number) || strtod(number_text(number, out), NULL) == number);
    }
    number_text(NAN, out);
    number_text(INFINITY, out);
}

int
main(void)
{
    cells();
    late_cells();
    merges_and_properties();
    merges_of_any_shape();
    addresses();
    numbers();
    return test_summary();
}
