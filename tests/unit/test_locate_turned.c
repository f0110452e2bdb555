/* SPDX-License-Identifier: MIT */
/* Tables that are one wide row in the law and were cut or turned: a table for each group, a row or a column for each group. */
#include "arena.h"
#include "limits.h"
#include "locate.h"
#include "test.h"

static struct arena *arena;
static struct forms forms;
static const struct table *table;       /* of 2021, with groups of columns and without row labels */

static struct sheet *
new_sheet(struct book *book)
{
    *book = (struct book){ .arena = arena };
    return book_add_sheet(book, "甲", false);
}

/* Text, or a number: one more than the leaf's index. */
static void
put(struct sheet *sheet, bool down, uint32_t line, uint32_t at, const char *text, size_t leaf)
{
    struct cell cell = { .row = down ? at : line, .col = (uint16_t)(down ? line : at), .kind = text ? CELL_TEXT : CELL_NUMBER, .number = (double)leaf + 1, .text = text };
    CHECK(sheet_add_cell(arena, sheet, &cell));
}

/* The group of a leaf's column, and the index of its first leaf in *next, or of the next group's. */
static const struct node *
group_of(const struct block *block, size_t leaf, size_t *next)
{
    const struct node *group = block->column_leaf[leaf]->parent;
    *next = leaf + group->nchildren;
    return group;
}

/* A run for each group, its word before it, its numbers behind it; or one run for all, the words at the heads of the lines. */
static void
fill(struct sheet *sheet, bool down, bool each)
{
    const struct block *block = &table->blocks[0];
    uint32_t line = 0;
    for (size_t leaf = 0, next; leaf < block->ncolumn_leaves; leaf = next) {
        const struct node *group = group_of(block, leaf, &next);
        if (each)
            put(sheet, down, line++, 1, group->label.text, 0);
        for (size_t i = leaf; i < next && (each || leaf == 0); i++)
            put(sheet, down, line, (uint32_t)(1 + i - leaf), block->column_leaf[i]->label.text, 0);
        line += each || leaf == 0;
        if (!each)
            put(sheet, down, line, 0, group->label.text, 0);
        for (size_t i = leaf; i < next; i++)
            put(sheet, down, line, (uint32_t)(1 + i - leaf), NULL, i);
        line += each ? 2 : 1;
    }
}

static struct placement *
found_in(struct book *book)
{
    struct placement **found;
    size_t n;
    sheet_finish(&book->sheets[0]);
    CHECK_INT(locate(arena, book, &forms, &found, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++)
        if (strcmp(found[i]->table->id, table->id) == 0 && found[i]->complete)
            return found[i];
    return NULL;
}

static void
check_found(struct book *book)
{
    const struct placement *p = found_in(book);
    CHECK(p != NULL);
    for (size_t i = 0; p && i < table->nslots; i++) {
        const struct cell *cell = sheet_cell(&book->sheets[0], p->places[i].row, p->places[i].col);
        CHECK(p->places[i].found && cell);
        CHECK_INT(cell ? (long)cell->number : 0, (long)i + 1);
    }
}

int
main(void)
{
    struct fault fault;
    arena = arena_new(LIMIT_MEMORY);
    CHECK_INT(forms_load(arena, NULL, &forms, &fault), STATUS_OK);
    const struct form *form = forms_for_year(&forms, 2023);
    for (size_t t = 0; t < form->ntables; t++)
        if (form->tables[t].nblocks == 1 && form->tables[t].blocks[0].row_depth == 0)
            table = &form->tables[t];
    CHECK(table != NULL);
    for (int way = 0; table && way < 4; way++) {
        struct book book;
        fill(new_sheet(&book), way & 1, way & 2);
        check_found(&book);
    }
    struct book book;                                       /* a group that stands there twice is not guessed at */
    struct sheet *sheet = new_sheet(&book);
    fill(sheet, false, false);
    const struct node *group = table->blocks[0].column_leaf[0]->parent;
    put(sheet, false, 4, 0, group->label.text, 0);
    for (size_t i = 0; i < group->nchildren; i++)
        put(sheet, false, 4, (uint32_t)(1 + i), NULL, 70 + i);
    CHECK(found_in(&book) == NULL);
    arena_free(arena);
    return test_summary();
}
