/* SPDX-License-Identifier: MIT */
/* explained: the sheet 校验结果 of an earlier conversion, as workbook_results.c writes it. People sort, filter and widen it: the two
 * columns are found by their headings, the row by its id. */
#include <string.h>

#include "explained.h"
#include "limits.h"
#include "text.h"
#include "workbook.h"

const char *
finding_id(struct arena *arena, const struct finding *finding)
{
    struct text id = text_new(arena);
    text_puts(&id, finding->rule);
    if (finding->nvalues > 0)
        text_printf(&id, "@%s", finding->values[0]->slot->key);
    else if (finding->section != NULL)
        text_printf(&id, "@%s", finding->section->table->id);
    return id.failed ? NULL : id.at;
}

/* The next cell after `from` that holds exactly this text; NULL: none. */
static const struct cell *
find_text(const struct sheet *sheet, const struct cell *from, const char *text)
{
    const struct cell *end = sheet->cells + sheet->ncells;
    for (const struct cell *cell = from; cell < end; cell++)
        if (cell->kind == CELL_TEXT && strcmp(cell->text, text) == 0)
            return cell;
    return NULL;
}

/* The sheet's headings; false when the book has no such sheet. */
struct results { const struct sheet *sheet; const struct cell *question, *said, *ids; };

static bool
find_results(const struct book *book, struct results *results)
{
    const struct sheet *sheet = book_sheet_named(book, RESULTS_SHEET);
    if (sheet == NULL)
        return false;
    const struct cell *said = find_text(sheet, sheet->cells, RESULTS_EXPLAINED);
    const struct cell *ids = said != NULL ? find_text(sheet, said, RESULTS_ID) : NULL;
    *results = (struct results){ sheet, find_text(sheet, sheet->cells, RESULTS_MESSAGE), said, ids };
    return ids != NULL && ids->row == said->row;
}

static const char *
text_at(const struct sheet *sheet, uint32_t row, const struct cell *heading)
{
    const struct cell *cell = heading != NULL ? sheet_cell(sheet, row, heading->col) : NULL;
    return cell != NULL && cell->kind == CELL_TEXT ? cell->text : NULL;
}

const char *
explained_find(const struct book *book, const char *id)
{
    struct results results;
    if (!find_results(book, &results))
        return NULL;
    const struct cell *here = find_text(results.sheet, results.ids, id);
    return here != NULL && here->col == results.ids->col ? text_at(results.sheet, here->row, results.said) : NULL;
}

static bool
still_found(const struct report *report, const char *id, bool *found)
{
    *found = false;
    for (size_t i = 0; i < report->nfindings && !*found; i++) {
        const char *now = finding_id(report->arena, &report->findings[i]);
        if (now == NULL)
            return false;
        *found = strcmp(now, id) == 0;
    }
    return true;
}

bool
explanations_left(const struct report *report, struct explanation **left, size_t *n)
{
    struct results results;
    size_t cap = 0;
    *left = NULL;
    *n = 0;
    if (!find_results(&report->book, &results))
        return true;
    const struct sheet *sheet = results.sheet;
    for (size_t i = sheet_row(sheet, results.ids->row + 1); i < sheet->ncells && *n < LIMIT_EXPLANATIONS; i++) {
        const struct cell *cell = &sheet->cells[i];
        const char *text = cell->col == results.ids->col && cell->kind == CELL_TEXT ? text_at(sheet, cell->row, results.said) : NULL;
        bool found;
        if (text == NULL)
            continue;
        if (!still_found(report, cell->text, &found))
            return false;
        if (found)
            continue;
        if (!arena_room(report->arena, left, *n, &cap, sizeof **left))
            return false;
        const char *question = text_at(sheet, cell->row, results.question);
        (*left)[(*n)++] = (struct explanation){ cell->text, question != NULL ? question : "", text };
    }
    return true;
}
