/* SPDX-License-Identifier: MIT */
/* read_text: tables in plain text (.csv .tsv .txt), in any encoding that charset.c knows. What parts the fields is found from the text
 * (text_records.c). There are two kinds of file:
 * a table as Excel shows a .csv: no line is a sentence, and most are rows. It is one sheet, "文本", a record a row, however long;
 * a report as text: rows that follow one another are a table, "表 1", "表 2" and so on; the other lines are the paragraphs. A table goes on
 * over a short line that nothing parts, if a row follows at once: so a merged row is pasted. It ends at an empty line, unless its rows
 * are all set apart by one. A single row is a paragraph. Where only blanks part, an empty field leaves no trace (sheet.counted).
 * What reads as a number and is written as a program would write it is a number, all else is text: formulas too. There are no merged
 * ranges, so fields may have moved to the left: that is for whoever looks for the labels (convert/find/locate.c). A text without a table is
 * not read. */
#include <stdlib.h>
#include <string.h>

#include "charset.h"
#include "limits.h"
#include "number_format.h"
#include "read.h"
#include "text_records.h"
#include "xlsx_parts.h"

enum {
    SENTENCE = 180,             /* bytes of a line that is surely no title: sixty characters */
    LONE_LINES = 25             /* on end inside a table, labels whose empty cells an editor has cut off: rows of the longest table */
};

struct reader {
    struct arena *arena;
    struct book *book;
    struct fault *fault;
    struct text_records records;
    struct text value;          /* scratch: a field */
    struct record *lines;       /* of a report */
    size_t nlines;
};

static bool
is_prose(const struct record *record)
{
    return record->kind == RECORD_PLAIN && (record->sentence || record->end - record->at > SENTENCE);
}

/* -- cells -- */

/* Leave `lead` and `trail` bytes out. */
static void
strip(struct text *value, size_t lead, size_t trail)
{
    value->n -= lead + trail;
    memmove(value->at, value->at + lead, value->n);
    value->at[value->n] = '\0';
}

/* White space around a field that blanks or bars part is no part of it. */
static void
trim(struct text *value)
{
    size_t lead = 0;
    if (value->n == 0)
        return;
    while (value->n > 0 && (unsigned char)value->at[value->n - 1] <= ' ')
        value->n--;
    while (lead < value->n && (unsigned char)value->at[lead] <= ' ')
        lead++;
    strip(value, lead, 0);
}

/* What only says how a text is to be looked at: ="007", which keeps programs from reading a number; **bold** of Markdown. */
static void
undress(struct text *value, bool markdown)
{
    size_t n = value->n;
    if (n > 2 && memcmp(value->at, "=\"", 2) == 0 && strchr(value->at + 2, '"') == value->at + n - 1)
        strip(value, 2, 1);
    else if (markdown && n > 4 && memcmp(value->at, "**", 2) == 0 && memcmp(value->at + n - 2, "**", 2) == 0)
        strip(value, 2, 2);
}

static bool
is_blank(const struct text *value)
{
    size_t i = 0, used;
    while (i < value->n && is_space(utf8_decode(value->at + i, value->n - i, &used)))
        i += used;
    return i == value->n;
}

static enum status
add_cell(struct reader *r, struct sheet *sheet, uint32_t row, uint32_t col)
{
    struct text *value = &r->value;
    struct cell cell = { .row = row, .col = (uint16_t)col, .kind = CELL_TEXT };
    char number[32];
    if (value->failed)
        return STATUS_MEMORY;
    if (r->records.delimiter == ' ' || r->records.delimiter == '|')
        trim(value);
    undress(value, r->records.delimiter == '|');
    if (is_blank(value))
        return STATUS_OK;
    if (row >= LIMIT_ROWS || col >= LIMIT_COLS)
        return fault_set(r->fault, STATUS_TOO_BIG, "more than %d rows or %d columns", LIMIT_ROWS, LIMIT_COLS);
    if (value->n > LIMIT_CELL_TEXT)
        return fault_set(r->fault, STATUS_TOO_BIG, "line %lu: a field of more than %d bytes", (unsigned long)row + 1, LIMIT_CELL_TEXT);
    if (text_is_number(value->at, value->n)) {
        cell.number = strtod(value->at, NULL);
        if (strcmp(number_text(cell.number, number), value->at) == 0)
            cell.kind = CELL_NUMBER;
    }
    if (cell.kind == CELL_TEXT && (cell.text = arena_text(r->arena, value->at, value->n)) == NULL)
        return STATUS_MEMORY;
    return sheet_add_cell(r->arena, sheet, &cell) ? STATUS_OK : STATUS_MEMORY;
}

static enum status
add_row(struct reader *r, struct sheet *sheet, const struct record *record, uint32_t row)
{
    const char *at = record->at;
    enum status status = STATUS_OK;
    for (uint32_t col = 0; status == STATUS_OK && at != NULL; col++) {
        xlsx_cut(&r->value, 0);
        if (text_field(&r->records, record, &at, &r->value))
            status = add_cell(r, sheet, row, col);
    }
    return status;
}

/* -- a table -- */

static enum status
read_table(struct reader *r)
{
    struct sheet *sheet = book_add_sheet(r->book, "文本", false);
    struct record record;
    uint32_t row = 0;
    enum status status = sheet != NULL ? STATUS_OK : STATUS_MEMORY;
    if (sheet != NULL)
        sheet->counted = r->records.delimiter == ' ';
    while (status == STATUS_OK && text_record(&r->records, &record)) {
        if (record.kind != RECORD_RULE)
            status = add_row(r, sheet, &record, row);
        row += row < LIMIT_ROWS;
    }
    if (status == STATUS_OK)
        sheet_finish(sheet);
    return status;
}

/* -- a report -- */

static enum status
read_lines(struct reader *r)
{
    struct record record;
    for (size_t cap = 0; text_record(&r->records, &record); ) {
        if (!arena_room(r->arena, &r->lines, r->nlines, &cap, sizeof *r->lines))
            return STATUS_MEMORY;
        r->lines[r->nlines++] = record;
    }
    return STATUS_OK;
}

/* The line after i, and how many empty ones are between. nlines: none. */
static size_t
line_after(const struct reader *r, size_t i, size_t *empty)
{
    size_t next = i + 1;
    while (next < r->nlines && r->lines[next].kind == RECORD_BLANK)
        next++;
    *empty = next - i - 1;
    return next;
}

/* The row after line i that belongs to the same table, over short lines; nlines: the table ends. */
static size_t
row_after(const struct reader *r, size_t i, size_t apart)
{
    size_t empty;
    for (int lone = 0; lone <= LONE_LINES; lone++) {
        i = line_after(r, i, &empty);
        if (i == r->nlines || empty > apart || is_prose(&r->lines[i]))
            break;
        if (r->lines[i].kind != RECORD_PLAIN)
            return i;
    }
    return r->nlines;
}

/* The last line of the table that begins with line i; i: it is a single row. */
static size_t
table_end(const struct reader *r, size_t i)
{
    size_t apart, next = line_after(r, i, &apart), last = i;
    if (next == r->nlines || apart > 1 || r->lines[next].kind == RECORD_PLAIN)
        apart = 0;
    while ((next = row_after(r, last, apart)) < r->nlines)
        last = next;
    return last;
}

static enum status
add_table(struct reader *r, size_t first, size_t last)
{
    if (r->book->nsheets == LIMIT_SHEETS)
        return fault_set(r->fault, STATUS_TOO_BIG, "more than %d tables", LIMIT_SHEETS);
    struct sheet *sheet = book_add_table(r->book);
    enum status status = sheet != NULL ? STATUS_OK : STATUS_MEMORY;
    uint32_t row = 0;
    for (size_t i = first; status == STATUS_OK && i <= last; i++)
        if (r->lines[i].kind == RECORD_ROW || r->lines[i].kind == RECORD_PLAIN)
            status = add_row(r, sheet, &r->lines[i], row++);
    if (status != STATUS_OK)
        return status;
    sheet->counted = r->records.delimiter == ' ';
    sheet_finish(sheet);
    return STATUS_OK;
}

/* A line that is in no table: as it is, or its fields with blanks between; a heading of Markdown without its marks. */
static enum status
add_paragraph(struct reader *r, const struct record *line)
{
    const char *at = line->at, *from = at;
    bool markdown = r->records.delimiter == '|';
    if (line->end - line->at > LIMIT_CELL_TEXT)
        return fault_set(r->fault, STATUS_TOO_BIG, "a line of more than %d bytes", LIMIT_CELL_TEXT);
    while (markdown && from < line->end && (*from == '#' || *from == ' '))
        from++;
    xlsx_cut(&r->value, 0);
    if (line->kind != RECORD_ROW) {
        text_put(&r->value, from, (size_t)(line->end - from));
        undress(&r->value, markdown);
    } else {
        while (text_field(&r->records, line, &at, &r->value))
            text_putc(&r->value, ' ');
    }
    return !r->value.failed && book_add_paragraph(r->book, r->value.at) ? STATUS_OK : STATUS_MEMORY;
}

static enum status
read_report(struct reader *r)
{
    enum status status = read_lines(r);
    for (size_t i = 0; status == STATUS_OK && i < r->nlines; i++) {
        size_t last = r->lines[i].kind == RECORD_ROW ? table_end(r, i) : i;
        status = last > i ? add_table(r, i, last) : add_paragraph(r, &r->lines[i]);
        i = last;
    }
    return status;
}

/* -- which of the two -- */

/* No line is a sentence, and most are rows. False in *any: no two rows follow one another. */
static bool
is_table(const struct reader *r, bool *any)
{
    struct text_records records = r->records;
    struct record record;
    size_t rows = 0, others = 0;
    bool prose = false, before = false;
    *any = false;
    while (text_record(&records, &record)) {
        bool row = record.kind == RECORD_ROW;
        *any = *any || (row && before);
        before = row || (before && record.kind != RECORD_PLAIN);
        rows += row;
        others += record.kind == RECORD_PLAIN;
        prose = prose || is_prose(&record);
    }
    return !prose && others <= rows;
}

enum status
read_txt(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    struct reader r = { .arena = arena, .book = book, .fault = fault, .value = text_new(arena) };
    const char *text;
    size_t ntext;
    bool any, table;
    *book = (struct book){ .arena = arena, .kind = FILE_TEXT };
    if (number_format_begin(book) != STATUS_OK)
        return STATUS_MEMORY;
    enum status status = charset_decode(arena, bytes, n, NULL, &text, &ntext, fault);
    if (status != STATUS_OK)
        return status;
    if (!text_unbox(arena, &text, &ntext) || !text_unstack(arena, &text, &ntext) || !text_spread(arena, &text, &ntext))
        return STATUS_MEMORY;
    char stated = text_stated(&text, &ntext);
    r.records = (struct text_records){ .at = text, .end = text + ntext, .delimiter = stated != '\0' ? stated : text_delimiter(text, ntext) };
    r.records.barred = r.records.delimiter == '|' && text_barred(text, ntext);
    if (r.records.delimiter == '\0')
        return fault_set(fault, STATUS_UNSUPPORTED, "%s", "");
    table = is_table(&r, &any);
    if (!any)
        return fault_set(fault, STATUS_UNSUPPORTED, "%s", "");
    return table ? read_table(&r) : read_report(&r);
}
