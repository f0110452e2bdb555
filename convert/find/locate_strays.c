/* SPDX-License-Identifier: MIT */
/* What is left over of a table on a sheet: labelled rows and columns with numbers that are not the form's (小计, provincial additions),
 * and legal rows that stand there a second time. */
#include <string.h>

#include "locate_parts.h"
#include "text.h"

bool
try_claims(const struct try *try, uint32_t row)
{
    for (size_t b = 0; b < try->table->nblocks; b++)
        for (size_t r = 0; try->fits[b] && r < try->fits[b]->block->nrow_leaves; r++)
            if (try->fits[b]->rows[r].found && try->fits[b]->rows[r].row == row)
                return true;
    return false;
}

static bool
claimed_column(const struct fit *fit, uint16_t col)
{
    for (size_t c = 0; c < fit->block->ncolumn_leaves; c++)
        if (fit->columns[c].found && col >= fit->columns[c].a && col <= fit->columns[c].b)
            return true;
    return false;
}

static uint32_t
last_row(const struct fit *fit)
{
    uint32_t last = fit->bottom;
    for (size_t r = 0; r < fit->block->nrow_leaves; r++)
        if (fit->rows[r].found && fit->rows[r].row > last)
            last = fit->rows[r].row;
    return last;
}

/* The last text left of the numbers in a row. */
static const struct cell *
row_label(const struct sight *sight, const struct fit *fit, uint32_t row)
{
    const struct cell *label = NULL;
    const struct sheet *sheet = sight->sheet;
    for (size_t i = sight_row_cells(sight, row); i < sheet->ncells && sheet->cells[i].row == row && sheet->cells[i].col < fit->first; i++)
        if (sheet->cells[i].col >= fit->label_from && sheet->cells[i].kind == CELL_TEXT && !numberlike(&sheet->cells[i]))
            label = &sheet->cells[i];
    return label;
}

/* A number, or what stands for one; a blank only fills its cell. */
static bool
says_number(const struct cell *cell)
{
    size_t n = cell->kind == CELL_TEXT ? strlen(cell->text) : 0, i = 0, used;
    while (i < n && is_space(utf8_decode(cell->text + i, n - i, &used)))
        i += used;
    return (cell->kind != CELL_TEXT || i < n) && numberlike(cell);
}

static size_t
numbers_in_row(const struct sight *sight, const struct fit *fit, uint32_t row)
{
    size_t n = 0;
    for (size_t c = 0; c < fit->block->ncolumn_leaves; c++) {
        const struct cell *cell = fit->columns[c].found ? sight_cell(sight, row, fit->columns[c].a) : NULL;
        n += cell && cell->kind != CELL_FORMULA && says_number(cell);    /* a check cell may be a formula without a value */
    }
    return n;
}

/* The row leaf that a left-over row surely repeats. */
static const struct node *
repeats(const struct sight *sight, const struct fit *fit, const struct cell *label)
{
    for (size_t i = sight_row(sight, label->row); i < sight->nwords && sight->words[i].row == label->row; i++)
        for (size_t r = 0; sight->words[i].col == label->col && r < fit->block->nrow_leaves; r++) {
            const struct node *leaf = fit->block->row_leaf[r];
            if (fit->rows[r].found && leaf->label.text &&
                word_likeness(&sight->words[i], &leaf->label) >= SURE_ROW)
                return leaf;
        }
    return NULL;
}

static bool
keep_texts(const struct sight *sight, const struct fit *fit, struct stray *stray)
{
    size_t n = fit->block->ncolumn_leaves;
    stray->texts = arena_array(sight->arena, n, sizeof(char *));
    uint16_t *cols = arena_array(sight->arena, n, sizeof *cols);
    if (!stray->texts || !cols)
        return false;
    struct match match = { .found = true, .row = stray->row, .label = stray->col };
    fit_cells(sight, fit, &match, cols);
    for (size_t c = 0; c < n; c++) {
        const struct cell *cell = cols[c] == UINT16_MAX ? NULL : sight_cell(sight, stray->row, cols[c]);
        char number[32];
        const char *text = !cell ? "" : cell->text ? cell->text : number_text(cell->number, number);
        if (!(stray->texts[c] = arena_text(sight->arena, text, strlen(text))))
            return false;
    }
    return true;
}

static bool
add_stray(const struct sight *sight, struct placement *p, const struct stray *stray)
{
    if (!arena_room(sight->arena, &p->strays, p->nstrays, &p->strays_cap, sizeof *p->strays))
        return false;
    p->strays[p->nstrays++] = *stray;
    return true;
}

/* Has some slot of the table its place in the cell (its row may be cut otherwise than the header)? */
static bool
placed(const struct placement *p, const struct cell *cell)
{
    for (size_t i = 0; i < p->table->nslots; i++)
        if (p->places[i].found && p->places[i].row == cell->row && p->places[i].col == cell->col)
            return true;
    return false;
}

/* The first number of a row under the block's columns. */
static const struct cell *
first_number(const struct sight *sight, const struct fit *fit, uint32_t row)
{
    for (size_t i = sight_row_cells(sight, row); i < sight->sheet->ncells && sight->sheet->cells[i].row == row; i++) {
        const struct cell *c = &sight->sheet->cells[i];
        if (c->col >= fit->first && c->col <= fit->last && c->kind != CELL_FORMULA && says_number(c))
            return c;
    }
    return NULL;
}

/* Rows with numbers, labelled or not, and legal rows once more, between the header and two rows past the last row found. No number inside
 * a table is left out without a word. */
static bool
stray_rows(const struct sight *sight, const struct try *try, const struct fit *fit, struct placement *p)
{
    uint32_t last = last_row(fit);
    size_t half = (fit->columns_found + 1) / 2;
    for (uint32_t row = fit->bottom + 1; row <= last + 2; row++) {
        if (try_claims(try, row))
            continue;
        const struct cell *label = fit->block->row_depth > 0 ? row_label(sight, fit, row) : NULL, *number = first_number(sight, fit, row);
        size_t numbers = numbers_in_row(sight, fit, row);
        struct stray stray = { .row = row, .col = label ? label->col : number ? number->col : 0, .label = label ? label->text : "" };
        stray.like = label ? repeats(sight, fit, label) : NULL;
        stray.repeated = stray.like != NULL;
        if (row > last ? numbers < half || numbers < 2 : !number && !stray.repeated)
            continue;
        if ((stray.repeated && !keep_texts(sight, fit, &stray)) || !add_stray(sight, p, &stray))
            return false;
    }
    return true;
}

/* The last column of the table: blocks differ in width. */
static uint16_t
last_column(const struct try *try)
{
    uint16_t last = 0;
    for (size_t b = 0; b < try->table->nblocks; b++)
        if (try->fits[b] && try->fits[b]->last > last)
            last = try->fits[b]->last;
    return last;
}

/* Columns with numbers among the table's, headed or not, and a headed one right beside it. */
static bool
stray_columns(const struct sight *sight, const struct try *try, const struct fit *fit, struct placement *p)
{
    uint16_t last = last_column(try);
    for (uint16_t col = fit->first; col <= last + 1 && col < UINT16_MAX; col++) {
        const struct cell *label = NULL, *number = NULL;
        if (claimed_column(fit, col))
            continue;
        for (uint32_t row = fit->top; row <= fit->bottom; row++) {
            const struct cell *c = sight_cell(sight, row, col);
            const struct area *m = sight_merge(sight, row, col);
            label = c && c->kind == CELL_TEXT && (!m || m->col2 == col) ? c : label;
        }
        for (size_t r = 0; r < fit->block->nrow_leaves && !number; r++) {
            const struct cell *c = fit->rows[r].found ? sight_cell(sight, fit->rows[r].row, col) : NULL;
            number = c && says_number(c) && !placed(p, c) ? c : NULL;
        }
        const struct cell *at = label ? label : number;
        struct stray stray = { .column = true, .row = at ? at->row : 0, .col = col, .label = label ? label->text : "" };
        if (number && (label || col <= last) && !add_stray(sight, p, &stray))
            return false;
    }
    return true;
}

bool
locate_strays(const struct sight *sight, const struct try *try, const struct fit *fit, struct placement *placement)
{
    return stray_rows(sight, try, fit, placement) && stray_columns(sight, try, fit, placement);
}
