/* SPDX-License-Identifier: MIT */
/* explained: the sheet 校验结果 of an earlier conversion, as workbook_results.c writes it. People sort, filter and widen it: the two
 * columns are found by their headings, the row by its id. */
#include <string.h>

#include "explained.h"
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

const char *
explained_find(const struct book *book, const char *id)
{
    for (size_t i = 0; i < book->nsheets; i++) {
        const struct sheet *sheet = &book->sheets[i];
        if (strcmp(sheet->name, RESULTS_SHEET) != 0)
            continue;
        const struct cell *said = find_text(sheet, sheet->cells, RESULTS_EXPLAINED);
        const struct cell *ids = said != NULL ? find_text(sheet, said, RESULTS_ID) : NULL;
        const struct cell *here = ids != NULL && ids->row == said->row ? find_text(sheet, ids, id) : NULL;
        const struct cell *found = here != NULL && here->col == ids->col ? sheet_cell(sheet, here->row, said->col) : NULL;
        if (found != NULL && found->kind == CELL_TEXT)
            return found->text;
    }
    return NULL;
}
