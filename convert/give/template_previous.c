/* SPDX-License-Identifier: MIT */
/* template_previous: last year's numbers in the blank workbook: what the form ties to them alone is filled in; all of them stand to the
 * right of the table, outside its print area, each beside its row (a table of one row: below its columns), and first in the prompts.
 * They are texts that no reader takes for this year's numbers. */
#include "previous.h"
#include "template.h"
#include "text.h"

#define COLUMN_WIDTH 14.0
#define LAST_YEAR "上年"

static const struct style look = { .size = 9, .color = INK_GREY, .align = ALIGN_CENTER, .shrink = true };

/* What last year's reports say a slot must be; false: nothing. */
static bool
carried(const struct template *template, const struct layout *layout, size_t slot, struct decimal *out)
{
    const struct table *table = layout->table;
    *out = (struct decimal){ 0 };
    for (size_t i = 0; template->previous != NULL && i < table->nties; i++) {
        const struct tie *tie = &table->ties[i];
        struct decimal number;
        size_t n = 0;
        if (tie->now != table->first + slot || tie->at_least || tie->nplus + tie->nminus > 0)
            continue;
        while (n < tie->nlast && previous_number(template->previous, &table->form->slots[tie->last[n]], &number) && decimal_add(*out, number, out))
            n++;
        if (n == tie->nlast)
            return true;
        *out = (struct decimal){ 0 };
    }
    return false;
}

/* When nothing was carried over the cells stay blank: a table that has only zeros of ours would no longer be seen to be untouched. */
bool
template_known(const struct template *template, const struct layout *layout, size_t slot, struct decimal *out)
{
    struct decimal other;
    if (!carried(template, layout, slot, out))
        return false;
    for (size_t i = 0; i < layout->table->nslots; i++)
        if (carried(template, layout, i, &other) && other.micros != 0)
            return true;
    return false;
}

/* A slot of the form: what is known of it, or the sum of such. Sums never go in a circle. */
static bool
sum_known(const struct template *template, size_t slot, struct decimal *out)
{
    const struct table *table = template->form->slots[slot].table;
    const struct layout *layout = &template->layouts.at[table - template->form->tables];
    const struct equation *sum = layout_sum(layout, slot - table->first);
    struct decimal term;
    bool any = false;
    if (sum == NULL)
        return template_known(template, layout, slot - table->first, out);
    *out = (struct decimal){ 0 };
    for (size_t i = 0; i < sum->nright; i++)
        if (sum_known(template, sum->right[i], &term)) {
            any = true;
            if (!decimal_add(*out, term, out))
                return false;
        }
    return any;
}

bool
template_total(const struct template *template, const struct layout *layout, size_t slot, struct decimal *out)
{
    return template->previous != NULL && sum_known(template, layout->table->first + slot, out);
}

static bool
last_text(const struct template *template, const struct layout *layout, size_t slot, char out[DECIMAL_TEXT])
{
    struct decimal last;
    if (template->previous == NULL || !previous_number(template->previous, &layout->table->form->slots[layout->table->first + slot], &last))
        return false;
    decimal_text(last, out);
    return true;
}

const char *
template_reminder(const struct template *template, const struct layout *layout, size_t slot)
{
    char number[DECIMAL_TEXT];
    struct text out = text_new(template->draft->book.arena);
    if (!last_text(template, layout, slot, number))
        return "";
    text_printf(&out, LAST_YEAR "：%s", number);
    return out.failed ? NULL : out.at;
}

/* The last column that anything stands in. */
static uint16_t
last_column(const struct paper *paper)
{
    const struct sheet *sheet = &paper->draft->book.sheets[paper->sheet];
    uint16_t last = 0;
    for (size_t i = 0; i < sheet->ncells; i++)
        last = sheet->cells[i].col > last ? sheet->cells[i].col : last;
    return last;
}

static bool
put_text(const struct template *template, struct paper *paper, struct area place, const char *text)
{
    struct text out = text_new(template->draft->book.arena);
    uint16_t style = draft_style(paper->draft, &look);
    text_printf(&out, LAST_YEAR " %s", text);
    return !out.failed && style != 0 && draft_text(paper->draft, paper->sheet, place.row, place.col, out.at, style);
}

bool
template_put_previous(const struct template *template, struct paper *paper, const struct layout *layout)
{
    const struct table *table = layout->table;
    bool below = layout->slots[0].row == layout->slots[table->nslots - 1].row;
    uint16_t shift = (uint16_t)(last_column(paper) + 2 - layout->slots[0].col);
    char number[DECIMAL_TEXT];
    for (size_t i = 0; template->previous != NULL && i < table->nslots; i++) {
        const struct slot *slot = &table->form->slots[table->first + i];
        struct area from = layout->slots[i], to = below ? paper_cell(layout->rows, from.col) : paper_cell(from.row, (uint16_t)(from.col + shift));
        if (!last_text(template, layout, i, number))
            continue;
        if (!put_text(template, paper, to, number))
            return false;
        if (below)
            continue;
        bool head = slot->row == slot->block->row_leaf[0];       /* the row above is the header's */
        if ((head && !put_text(template, paper, paper_cell(to.row - 1, to.col), slot->column->brief))
            || !draft_width(paper->draft, paper->sheet, to.col, to.col, COLUMN_WIDTH))
            return false;
    }
    return true;
}
