/* SPDX-License-Identifier: MIT */
/* html_table: the table model of HTML (4.9.12, "forming a table"): which place a cell takes, what it spans, and where the rows of a head
 * and a foot go. Spans end with their group of rows, as there. */
#include <string.h>

#include "html_parts.h"
#include "limits.h"
#include "xlsx_parts.h"

static struct html_table *
innermost(struct page *page)
{
    return &page->tables[page->ntables - 1];
}

static struct sheet *
sheet_of(struct page *page)
{
    return &page->book->sheets[innermost(page)->sheet];
}

static enum status
too_big(struct page *page, const char *what, int limit)
{
    return fault_set(page->fault, STATUS_TOO_BIG, "html: more than %d %s", limit, what);
}

/* -- running text in cells -- */

/* Give lines [said, n) to the running text, but for those that are nothing but links. */
static bool
say(struct page *page, struct html_table *table)
{
    cell_break(table);
    char *s = table->lines.text.at + table->said, *end = table->lines.text.at + table->lines.text.n;
    for (char *stop; s < end; s = stop + (stop < end)) {
        for (stop = s; stop < end && *stop != '\n' && *stop != LINK_END; )
            stop++;
        char last = *stop;
        *stop = '\0';
        bool said = (stop < end ? last : table->lines.gap) == LINK_END || book_add_paragraph(page->book, s);
        *stop = last;
        if (!said)
            return false;
    }
    table->said = table->lines.text.n;
    return true;
}

/* A sentence, not a label: that has no full stop. */
static bool
is_prose(const struct text *text)
{
    return text->n > LIMIT_LABEL_TEXT || strstr(text->at, "。") != NULL;
}

/* -- tables -- */

enum status
html_table_open(struct page *page)
{
    if (page->book->nsheets == LIMIT_SHEETS)
        return too_big(page, "tables", LIMIT_SHEETS);
    if (page->cell > 0) {
        struct html_table *outer = &page->tables[page->cell - 1];
        outer->layout = true;
        if (!say(page, outer))
            return STATUS_MEMORY;
    }
    if (!arena_room(page->arena, &page->tables, page->ntables, &page->tables_cap, sizeof *page->tables)
        || book_add_sheet(page->book, "", false) == NULL)
        return STATUS_MEMORY;
    struct html_table *table = &page->tables[page->ntables++];
    struct html_table old = *table;             /* of a table that was closed: its memory serves again */
    *table = (struct html_table){ .sheet = page->book->nsheets - 1, .outer = page->cell, .taken = old.taken, .taken_cap = old.taken_cap,
                                  .groups = old.groups, .groups_cap = old.groups_cap, .lines = old.lines };
    if (table->lines.text.at == NULL)
        table->lines.text = text_new(page->arena);
    return STATUS_OK;
}

/* Where row `row` goes when heads stand above and feet below. */
static uint32_t
moved(const struct row_group *groups, size_t n, uint32_t row)
{
    size_t low = 0, high = n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(groups[middle].first <= row ? &low : &high) = middle;
    }
    return groups[low].n + (row - groups[low].first);
}

/* Give each group its place (kept in `n`), and move what is in it. */
static void
order_rows(struct page *page)
{
    struct html_table *table = innermost(page);
    struct sheet *sheet = sheet_of(page);
    bool ordered = true;
    for (size_t i = 1; i < table->ngroups && ordered; i++)
        ordered = table->groups[i - 1].place <= table->groups[i].place;
    if (ordered)
        return;
    uint32_t next = 0;
    for (int place = ROWS_HEAD; place <= ROWS_FOOT; place++)
        for (size_t i = 0; i < table->ngroups; i++)
            if (table->groups[i].place == (enum row_place)place) {
                uint32_t n = table->groups[i].n;
                table->groups[i].n = next;
                next += n;
            }
    for (size_t i = 0; i < sheet->ncells; i++)
        sheet->cells[i].row = moved(table->groups, table->ngroups, sheet->cells[i].row);
    for (size_t i = 0; i < sheet->nmerges; i++) {
        struct area *area = &sheet->merges[i];
        uint32_t height = area->row2 - area->row;
        area->row = moved(table->groups, table->ngroups, area->row);
        area->row2 = area->row + height;
    }
}

/* A table of one cell that stands alone in a cell is only a box around what that cell says. */
static bool
unbox(struct page *page)
{
    const struct html_table *table = innermost(page);
    const struct sheet *sheet = sheet_of(page);
    if (table->outer == 0 || sheet->ncells != 1 || table->rows != 1 || sheet->cells[0].kind != CELL_TEXT)
        return true;
    struct html_table *outer = &page->tables[table->outer - 1];
    if (outer->lines.text.n > 0 || strlen(sheet->cells[0].text) > LIMIT_LABEL_TEXT)
        return true;
    text_puts(&outer->lines.text, sheet->cells[0].text);
    outer->layout = false;
    return !outer->lines.text.failed;
}

enum status
html_table_close(struct page *page)
{
    if (page->ntables == 0)
        return STATUS_OK;
    enum status status = html_group_end(page);
    if (status == STATUS_OK) {
        order_rows(page);
        sheet_finish(sheet_of(page));
        status = unbox(page) ? STATUS_OK : STATUS_MEMORY;
        page->cell = innermost(page)->outer;
        page->ntables--;
    }
    return status;
}

/* -- rows -- */

enum status
html_group(struct page *page, enum row_place place)
{
    if (page->ntables == 0)
        return STATUS_OK;
    enum status status = html_group_end(page);
    struct html_table *table = innermost(page);
    if (status != STATUS_OK)
        return status;
    if (!arena_room(page->arena, &table->groups, table->ngroups, &table->groups_cap, sizeof *table->groups))
        return STATUS_MEMORY;
    table->groups[table->ngroups++] = (struct row_group){ place, table->rows, 0 };
    table->group_merges = sheet_of(page)->nmerges;
    return STATUS_OK;
}

enum status
html_group_end(struct page *page)
{
    enum status status = html_row_end(page);
    if (page->ntables == 0 || innermost(page)->ngroups == 0 || status != STATUS_OK)
        return status;
    struct html_table *table = innermost(page);
    struct sheet *sheet = sheet_of(page);
    struct row_group *group = &table->groups[table->ngroups - 1];
    group->n = table->rows - group->first;
    if (group->n == 0) {
        table->ngroups--;
        return STATUS_OK;
    }
    size_t n = table->group_merges;
    for (size_t i = n; i < sheet->nmerges; i++) {
        struct area area = sheet->merges[i];
        if (area.row2 >= table->rows)
            area.row2 = table->rows - 1;
        if (area.row < area.row2 || area.col < area.col2)
            sheet->merges[n++] = area;
    }
    sheet->nmerges = table->group_merges = n;
    for (size_t i = 0; i < table->ntaken; i++)
        if (table->taken[i] > table->rows)
            table->taken[i] = table->rows;
    return STATUS_OK;
}

enum status
html_row(struct page *page)
{
    if (page->ntables == 0)
        return STATUS_OK;
    enum status status = html_row_end(page);
    struct html_table *table = innermost(page);
    bool grouped = table->ngroups > 0 && table->groups[table->ngroups - 1].n == 0;
    if (status == STATUS_OK && !grouped)
        status = html_group(page, ROWS_BODY);
    if (status != STATUS_OK)
        return status;
    if (table->rows == LIMIT_ROWS)
        return too_big(page, "rows", LIMIT_ROWS);
    table->rows++;
    table->col = 0;
    table->row_open = true;
    return STATUS_OK;
}

enum status
html_row_end(struct page *page)
{
    enum status status = html_cell_end(page);
    if (page->ntables > 0)
        innermost(page)->row_open = false;
    return status;
}

/* -- cells -- */

/* The columns that the next cell of the row takes are taken up to row `until`. */
static enum status
take(struct page *page, uint32_t cols, uint32_t until)
{
    struct html_table *table = innermost(page);
    while (table->col < table->ntaken && table->taken[table->col] >= table->rows)
        table->col++;
    if (table->col + cols > LIMIT_HTML_COLS)
        return too_big(page, "columns", LIMIT_HTML_COLS);
    for (uint32_t i = table->col; i < table->col + cols; i++) {
        if (i == table->ntaken) {
            if (!arena_room(page->arena, &table->taken, table->ntaken, &table->taken_cap, sizeof *table->taken))
                return STATUS_MEMORY;
            table->taken[table->ntaken++] = 0;
        }
        if (table->taken[i] < until)
            table->taken[i] = until;
    }
    return STATUS_OK;
}

enum status
html_cell(struct page *page, uint32_t rows, uint32_t cols)
{
    if (page->ntables == 0)
        return STATUS_OK;
    enum status status = html_cell_end(page);
    if (status == STATUS_OK && !innermost(page)->row_open)
        status = html_row(page);
    struct html_table *table = innermost(page);
    uint32_t row = table->rows - 1;
    if (status == STATUS_OK)
        status = take(page, cols, row + rows);
    if (status != STATUS_OK)
        return status;
    table->area = (struct area){ row, row + rows - 1, table->col, (uint16_t)(table->col + cols - 1) };
    table->col = (uint16_t)(table->col + cols);
    lines_clear(&table->lines);
    table->said = 0;
    table->spoken = table->layout = table->exact = false;
    table->number = table->error = NULL;
    page->cell = page->ntables;
    if (rows == 1 && cols == 1)
        return STATUS_OK;
    struct sheet *sheet = sheet_of(page);
    if (sheet->nmerges == LIMIT_MERGES)
        return too_big(page, "merged cells in a table", LIMIT_MERGES);
    return sheet_add_merge(page->arena, sheet, table->area) ? STATUS_OK : STATUS_MEMORY;
}

/* Add what the open cell holds: its text, unless a spreadsheet program says more. */
static bool
add_cell(struct page *page, const struct html_table *table)
{
    struct cell cell = { .row = table->area.row, .col = table->area.col, .kind = CELL_TEXT };
    const char *s = table->lines.text.at;
    size_t n = table->lines.text.n, from = 0, to = 0, used;
    for (size_t i = 0; i < n; i += used)
        if (!is_space(utf8_decode(s + i, n - i, &used))) {
            from = to > 0 ? from : i;
            to = i + used;
        }
    if (to == 0 && table->error == NULL)
        return true;
    cell.text = table->error != NULL ? table->error : arena_text(page->arena, s + from, to - from);
    if (cell.text == NULL)
        return false;
    if (table->error != NULL)
        cell.kind = CELL_ERROR;
    else if (table->exact && (xlsx_number(table->number != NULL ? table->number : cell.text, &cell.number))) {
        cell.kind = CELL_NUMBER;
        cell.text = NULL;
    }
    return sheet_add_cell(page->arena, sheet_of(page), &cell);
}

enum status
html_cell_end(struct page *page)
{
    if (page->ntables == 0 || page->cell != page->ntables)
        return STATUS_OK;
    struct html_table *table = innermost(page);
    struct text *text = &table->lines.text;
    page->cell = table->outer;
    if (text->failed || ((table->layout || is_prose(text)) && !say(page, table)))
        return STATUS_MEMORY;
    for (size_t i = 0; i < text->n; i++)
        if (text->at[i] == LINK_END)
            text->at[i] = '\n';
    if (text->n > LIMIT_CELL_TEXT)              /* too long for a cell: it is running text now */
        return STATUS_OK;
    return add_cell(page, table) ? STATUS_OK : STATUS_MEMORY;
}
