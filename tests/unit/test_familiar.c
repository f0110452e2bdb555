/* SPDX-License-Identifier: MIT */
/* Sheets that were laid before: of one that differs in its numbers alone the tables are taken over, of any other they are not; and in
 * every case they are those that are found without any memory. */
#include "familiar.h"
#include "limits.h"
#include "os.h"
#include "read.h"
#include "test.h"

static const char sample[] = "samples/洪泽区2023.xlsx";
static struct arena *arena;
static struct forms forms, plain;       /* plain: without memory */

static bool
is_familiar(const struct book *book, const struct sheet *sheet)
{
    struct memory memory;
    struct sight sight;
    struct image image = { NULL, 0 };
    CHECK(memory_new(&memory, arena, book));
    CHECK_INT(sight_new(&sight, arena, sheet, forms.dictionary, &memory), STATUS_OK);
    CHECK(image_of(&sight, &image));
    CHECK(image.n > 0);
    return familiar_find(forms.familiar, &image) != NULL;
}

static bool
same_place(const struct place *a, const struct place *b)
{
    return a->found == b->found && (!a->found || (a->row == b->row && a->col == b->col));
}

static bool
same_placement(const struct placement *a, const struct placement *b)
{
    bool same = a->table == b->table && a->sheet == b->sheet && a->score == b->score && a->complete == b->complete && a->year == b->year
                && a->nstrays == b->nstrays && a->range.row == b->range.row && a->range.row2 == b->range.row2 && a->range.col == b->range.col
                && a->range.col2 == b->range.col2;
    for (size_t i = 0; i < a->table->nslots && same; i++)
        same = same_place(&a->places[i], &b->places[i]);
    return same;
}

/* With memory and without the same is found. Returns how many tables. */
static size_t
check_same(const struct book *book)
{
    struct placement **with = NULL, **without = NULL;
    size_t n = 0, nwithout = 0;
    CHECK_INT(locate(arena, book, &forms, &with, &n), STATUS_OK);
    CHECK_INT(locate(arena, book, &plain, &without, &nwithout), STATUS_OK);
    CHECK_INT(n, nwithout);
    for (size_t i = 0; i < n && i < nwithout; i++)
        CHECK(same_placement(with[i], without[i]));
    return n;
}

static void
read_sample(struct book *book)
{
    unsigned char *bytes;
    size_t n;
    struct fault fault;
    CHECK_INT(os_read_file(arena, sample, &bytes, &n, &fault), STATUS_OK);
    CHECK_INT(read_book(arena, bytes, n, book, &fault), STATUS_OK);
}

static struct cell *
first_of(struct sheet *sheet, enum cell_kind kind, size_t skip)
{
    for (size_t i = 0; i < sheet->ncells; i++)
        if (sheet->cells[i].kind == kind && skip-- == 0)
            return &sheet->cells[i];
    return NULL;
}

enum { LABEL = 12 };            /* a cell with text that is a label of each sheet that is tried */

/* What makes another sheet of one: every change that laying may see. */
enum change { A_LETTER, ANOTHER_LABEL, TWO_LABELS, NO_LABEL, A_TEXT_FOR_A_NUMBER, NO_NUMBER, A_ROW_LOWER, A_MERGE_LESS, A_MERGE_SHORTER, COUNTED, CHANGES };

static void
make(struct sheet *sheet, enum change change)
{
    struct cell *label = first_of(sheet, CELL_TEXT, LABEL), *next = first_of(sheet, CELL_TEXT, LABEL + 1), *number = first_of(sheet, CELL_NUMBER, 5);
    const char *text = label->text;
    switch (change) {
    case A_LETTER: label->text = arena_text(arena, text, strlen(text) - strlen("字")); break;
    case ANOTHER_LABEL: label->text = next->text; break;
    case TWO_LABELS: label->text = next->text; next->text = text; break;
    case NO_LABEL: label->text = "某"; break;
    case A_TEXT_FOR_A_NUMBER: *number = (struct cell){ .row = number->row, .col = number->col, .kind = CELL_TEXT, .text = "若干" }; break;
    case NO_NUMBER: memmove(number, number + 1, (size_t)(sheet->cells + --sheet->ncells - number) * sizeof *number); break;
    case A_ROW_LOWER: sheet->cells[sheet->ncells - 1].row++; break;
    case A_MERGE_LESS: sheet->nmerges--; break;
    case A_MERGE_SHORTER: sheet->merges[0].col2--; break;
    case COUNTED: sheet->counted = true; break;
    case CHANGES: break;
    }
}

static void
test_changes(size_t s)
{
    struct book book;
    read_sample(&book);
    CHECK(check_same(&book) > 0);
    CHECK(is_familiar(&book, &book.sheets[s]));
    for (size_t i = 0; i < book.sheets[s].ncells; i++)          /* other numbers, and no other change */
        book.sheets[s].cells[i].number += 7;
    CHECK(is_familiar(&book, &book.sheets[s]));
    CHECK(check_same(&book) > 0);
    for (enum change change = 0; change < CHANGES; change++) {
        read_sample(&book);
        make(&book.sheets[s], change);
        CHECK(!is_familiar(&book, &book.sheets[s]));
        check_same(&book);
        check_same(&book);                                      /* now it may be familiar itself */
    }
}

/* A full row below the header, and below that a single number: whether the full one only numbers the columns is told by its numbers. */
static void
test_numbers(void)
{
    enum { FULL = 2, SINGLE = 3 };
    const struct table *table = NULL;
    for (size_t t = 0; t < forms.form[1]->ntables; t++)
        if (forms.form[1]->tables[t].blocks[0].row_depth == 0)
            table = &forms.form[1]->tables[t];
    CHECK(table != NULL);
    for (int counting = 0; table && counting < 2; counting++) {
        const struct block *block = &table->blocks[0];
        struct book book = { .arena = arena };
        struct sheet *sheet = book_add_sheet(&book, "甲", false);
        for (size_t c = 0; c < block->ncolumn_leaves; c++) {
            const struct node *leaf = block->column_leaf[c];
            CHECK(sheet_add_text(arena, sheet, 0, (uint16_t)c, leaf->parent->label.text) && sheet_add_text(arena, sheet, 1, (uint16_t)c, leaf->label.text));
            struct cell cell = { .row = FULL, .col = (uint16_t)c, .kind = CELL_NUMBER, .number = counting ? (double)c + 1 : 3 };
            CHECK(sheet_add_cell(arena, sheet, &cell));
            cell.row = SINGLE;
            CHECK(c > 0 || sheet_add_cell(arena, sheet, &cell));
        }
        sheet_finish(sheet);
        CHECK(check_same(&book) > 0);
        CHECK(!is_familiar(&book, sheet));
    }
}

/* Only so many are kept in mind; the others are found all the same. */
static void
test_many(void)
{
    struct book book;
    for (uint32_t more = 1; more < 200; more++) {
        read_sample(&book);
        for (size_t s = 0; s < book.nsheets; s++)
            book.sheets[s].cells[book.sheets[s].ncells - 1].row += more;
        check_same(&book);
    }
}

int
main(void)
{
    struct fault fault;
    arena = arena_new(LIMIT_MEMORY);
    CHECK_INT(forms_load(arena, NULL, &forms, &fault), STATUS_OK);
    plain = forms;
    forms.familiar = familiar_new(arena);
    struct book book;
    read_sample(&book);
    for (size_t s = 0; s < book.nsheets; s++)
        CHECK(!is_familiar(&book, &book.sheets[s]));
    for (size_t s = 0; s < book.nsheets; s++)
        if (first_of(&book.sheets[s], CELL_TEXT, LABEL + 1) && first_of(&book.sheets[s], CELL_NUMBER, 5) && book.sheets[s].nmerges > 0)
            test_changes(s);
    test_numbers();
    test_many();
    arena_free(arena);
    return test_summary();
}
