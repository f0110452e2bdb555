/* SPDX-License-Identifier: MIT */
/* Tests of sieve: very large sheets, of which only what is near a label may be kept, beside the same sheets kept whole. */
#include "limits.h"
#include "sieve.h"
#include "test.h"

enum { ROWS = 60000, COLS = 5, BEFORE = 3, AFTER = 20, BULKY = LIMIT_CELLS_KEPT / COLS + 10 };

static bool
is_label(void *context, const char *text)
{
    (void)context;
    return text[0] == '!';
}

static bool
is_ours(void *context, const struct sheet *sheet)
{
    (void)context;
    return sheet->name[0] == '!';
}

static const struct interest interest = { .whole = is_ours, .matters = is_label, .before = BEFORE, .after = AFTER };

static bool
labelled(const uint32_t *labels, uint32_t row)
{
    for (; *labels != UINT32_MAX; labels++)
        if (*labels == row)
            return true;
    return false;
}

/* A row with numbers, texts, formulas, and now and then a label in its third column. `bulk`: blanks behind the texts of some rows. */
static bool
add_row(struct sieve *sieve, const uint32_t *labels, uint32_t row, int bulk)
{
    static char text[70000];
    bulk = row >= BULKY && row < BULKY + 200 ? bulk : 0;
    for (uint16_t col = 0; col < COLS; col++) {
        struct cell cell = { .row = row, .col = col, .kind = CELL_NUMBER, .number = row };
        if (col == 3)
            cell.formula = sieve_text(sieve, "A1+B1", 5);
        int n = snprintf(text, sizeof text, "%s%u,%u%*s", col == 2 && labelled(labels, row) ? "!" : "", (unsigned)row, (unsigned)col, bulk, "");
        if (col > 1)
            cell.text = sieve_text(sieve, text, (size_t)n);
        if (col > 1)
            cell.kind = CELL_TEXT;
        if ((col > 1 && cell.text == NULL) || (col == 3 && cell.formula == NULL) || !sieve_add_cell(sieve, &cell))
            return false;
    }
    return true;
}

static bool
near_label(const uint32_t *labels, uint32_t row)
{
    for (; *labels != UINT32_MAX; labels++)
        if (row + BEFORE >= *labels && row <= *labels + AFTER)
            return true;
    return false;
}

/* Is the cell as it was put, with the texts it had? */
static bool
intact(const struct cell *cell)
{
    char text[32];
    const char *at = cell->text != NULL && cell->text[0] == '!' ? cell->text + 1 : cell->text;
    size_t n = (size_t)snprintf(text, sizeof text, "%u,%u", (unsigned)cell->row, (unsigned)cell->col);
    return cell->number == cell->row && (cell->col > 1) == (at != NULL) && (at == NULL || strncmp(at, text, n) == 0)
           && (cell->col == 3) == (cell->formula != NULL) && (cell->formula == NULL || strcmp(cell->formula, "A1+B1") == 0);
}

static void
check_sheet(const uint32_t *labels, uint32_t rows, int bulk, size_t most)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct sheet sheet = { .name = "" };
    struct sieve *sieve = sieve_new(arena, &sheet, &interest);
    bool ok = true;
    for (uint32_t row = 0; row < rows && ok; row++)
        ok = add_row(sieve, labels, row, bulk);
    CHECK(ok && !sieve_failed(sieve));
    CHECK_INT(sheet.ncells + sheet.passed, rows * COLS);
    CHECK(sheet.ncells <= most);
    size_t broken = 0, missing = 0;
    for (size_t i = 0; i < sheet.ncells; i++)
        broken += !intact(&sheet.cells[i]) || (i > 0 && sheet.cells[i].order <= sheet.cells[i - 1].order);
    for (uint32_t row = 0; row < rows; row++)
        if (row <= BEFORE || near_label(labels, row))
            for (uint16_t col = 0; col < COLS; col++)
                missing += sheet_cell(&sheet, row, col) == NULL;
    CHECK_INT(broken, 0);
    CHECK_INT(missing, 0);
    arena_free(arena);
}

static void
test_kept(void)
{
    static const uint32_t none[] = { UINT32_MAX }, top[] = { 1, 5, UINT32_MAX }, far[] = { 30000, 30019, 30040, 59999, UINT32_MAX };
    static const uint32_t edges[] = { 0, 6553, 6554, 6570, 13106, 13107, 13108, UINT32_MAX };
    check_sheet(none, ROWS, 0, LIMIT_CELLS_KEPT);
    check_sheet(top, ROWS, 0, LIMIT_CELLS_KEPT);
    check_sheet(far, ROWS, 0, LIMIT_CELLS_KEPT);
    check_sheet(edges, ROWS, 0, LIMIT_CELLS_KEPT);
    check_sheet(far, ROWS, 300, LIMIT_CELLS_KEPT);
    check_sheet(none, 8000, 60000, LIMIT_CELLS_KEPT);       /* texts that need more than the room they have */
    check_sheet(top, LIMIT_CELLS_KEPT / COLS, 0, LIMIT_CELLS_KEPT);     /* nothing is forgotten yet */
}

static void
test_everything_matters(void)
{
    static uint32_t all[8001];
    for (uint32_t i = 0; i < 8000; i++)
        all[i] = i;
    all[8000] = UINT32_MAX;
    check_sheet(all, 8000, 0, 8000 * COLS);
}

static void
add_rows(struct sieve *sieve, uint32_t row, uint32_t end)
{
    static const uint32_t none[] = { UINT32_MAX };
    while (row < end && add_row(sieve, none, row, 0))
        row++;
    CHECK_INT(row, end);
}

/* Sheets that are wanted whole, and no interest at all; rows that go back. */
static void
test_whole(void)
{
    const char *const names[] = { "!", "" };
    for (size_t i = 0; i < 2; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct sheet sheet = { .name = names[i] };
        struct sieve *sieve = sieve_new(arena, &sheet, i == 0 ? &interest : NULL);
        add_rows(sieve, 0, 10000);
        CHECK_INT(sheet.ncells, 10000 * COLS);
        CHECK_INT(sheet.passed, 0);
        arena_free(arena);
    }
    for (uint32_t rows = 100; rows <= 20000; rows *= 200) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct sheet sheet = { .name = "" };
        struct sieve *sieve = sieve_new(arena, &sheet, &interest);
        add_rows(sieve, 0, rows);
        add_rows(sieve, 50, 51);
        CHECK(sieve_failed(sieve) == (rows == 20000));
        size_t n = sheet.ncells;
        add_rows(sieve, 51, 10051);
        CHECK_INT(sheet.ncells, n + 10000 * COLS);
        arena_free(arena);
    }
}

/* Every allocation fails once, those of the first texts apart: then nothing is read over the end, and it is said. */
static void
test_memory(void)
{
    static const uint32_t labels[] = { 3000, UINT32_MAX };
    const long first_texts = LIMIT_CELLS_KEPT / COLS * 4L;
    bool ok = false;
    size_t failed = 0;
    for (long n = 0; n < first_texts + 1000 && !ok; n += n < 40 ? 1 : n < first_texts - 200 ? 800 : 7) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct sheet sheet = { .name = "" };
        arena_fail_after(arena, n);
        struct sieve *sieve = sieve_new(arena, &sheet, &interest);
        ok = sieve != NULL;
        for (uint32_t row = 0; row < 8000 && ok; row++)
            ok = add_row(sieve, labels, row, 0);
        failed += !ok;
        arena_free(arena);
    }
    CHECK(ok);
    CHECK(failed > 40);
}

int
main(void)
{
    test_kept();
    test_everything_matters();
    test_whole();
    test_memory();
    return test_summary();
}
