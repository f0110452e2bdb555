/* SPDX-License-Identifier: MIT */
/* roster_text: .csv and .txt as spreadsheet programs save them (RFC 4180: quotes around a cell, "" for a quote in it, line breaks in
 * quotes; tabs, or Chinese commas, instead of commas). Text that is not UTF-8 is GB18030, which Windows programs write on Chinese systems. */
#include <string.h>

#include "codepage.h"
#include "limits.h"
#include "roster_parts.h"
#include "text.h"

enum { GB18030 = 54936 };

static const char unknown_text[] = "文字读不出来：请在表格软件里另存为 .xlsx，或者“CSV UTF-8”";

struct lines {
    struct arena *arena;
    struct sheet *sheet;
    const char *at, *end;
    const char *separator;
    uint32_t row;
    uint16_t col;
    struct fault *fault;
};

/* The text as UTF-8 without a byte order mark. */
static enum status
to_utf8(struct arena *arena, const unsigned char *bytes, size_t n, struct lines *lines)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    size_t mark = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    lines->at = (const char *)bytes + mark;
    lines->end = (const char *)bytes + n;
    if (utf8_valid(lines->at, n - mark))
        return STATUS_OK;
    struct text text = text_new(arena);
    bool known = mark == 0 && memchr(bytes, 0, n) == NULL && codepage_put(GB18030, bytes, n, &text);
    if (text.failed)
        return fault_set(lines->fault, STATUS_MEMORY, "%s", "");
    if (!known || strstr(text.at, replacement) != NULL)
        return fault_set(lines->fault, STATUS_UNSUPPORTED, unknown_text);
    lines->at = text.at;
    lines->end = text.at + text.n;
    return STATUS_OK;
}

static bool
at_text(const char *at, const char *end, const char *text)
{
    size_t n = strlen(text);
    return (size_t)(end - at) >= n && memcmp(at, text, n) == 0;
}

/* Of those in the first line the one that stands first here. */
static const char *
separator_of(const char *at, const char *end)
{
    static const char *const separators[] = { "\t", ",", "，" };
    enum { SEPARATORS = sizeof separators / sizeof *separators };
    size_t best = SEPARATORS;
    while (at < end && (*at == '\r' || *at == '\n'))
        at++;
    for (; at < end && *at != '\r' && *at != '\n'; at++)
        for (size_t i = 0; i < best; i++)
            if (at_text(at, end, separators[i]))
                best = i;
    return best < SEPARATORS ? separators[best] : ",";
}

static bool
at_cell_end(const struct lines *lines)
{
    return lines->at == lines->end || *lines->at == '\r' || *lines->at == '\n' || at_text(lines->at, lines->end, lines->separator);
}

/* The cell that begins here; lines->at is then behind it. Text behind closing quotes is taken too. */
static enum status
read_cell(struct lines *lines, struct text *text)
{
    if (lines->at < lines->end && *lines->at == '"') {
        for (lines->at++;; lines->at++) {
            const char *quote = memchr(lines->at, '"', (size_t)(lines->end - lines->at));
            if (quote == NULL)
                return fault_set(lines->fault, STATUS_UNSUPPORTED, "第 %u 行：引号没有成对", (unsigned)lines->row + 1);
            text_put(text, lines->at, (size_t)(quote - lines->at));
            lines->at = quote + 1;
            if (lines->at == lines->end || *lines->at != '"')
                break;
            text_putc(text, '"');
        }
    }
    const char *from = lines->at;
    while (!at_cell_end(lines))
        lines->at++;
    text_put(text, from, (size_t)(lines->at - from));
    if (text->failed)
        return fault_set(lines->fault, STATUS_MEMORY, "%s", "");
    if (text->n > LIMIT_CELL_TEXT)
        return fault_set(lines->fault, STATUS_UNSUPPORTED, "第 %u 行：有一格文字太长", (unsigned)lines->row + 1);
    return STATUS_OK;
}

static enum status
next_place(struct lines *lines)
{
    if (at_text(lines->at, lines->end, lines->separator)) {
        lines->at += strlen(lines->separator);
        lines->col++;
        return lines->col < LIMIT_COLS ? STATUS_OK
                                       : fault_set(lines->fault, STATUS_UNSUPPORTED, "第 %u 行：列数太多", (unsigned)lines->row + 1);
    }
    if (lines->end - lines->at >= 2 && lines->at[0] == '\r' && lines->at[1] == '\n')
        lines->at++;
    if (lines->at < lines->end)
        lines->at++;
    lines->row++;
    lines->col = 0;
    return lines->row < LIMIT_ROWS ? STATUS_OK : fault_set(lines->fault, STATUS_UNSUPPORTED, "名单太长：超过 %d 行", LIMIT_ROWS);
}

enum status
roster_text(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    struct lines lines = { .arena = arena, .fault = fault };
    *book = (struct book){ .arena = arena, .kind = FILE_TEXT };
    lines.sheet = book_add_sheet(book, "", false);
    enum status status = lines.sheet != NULL ? to_utf8(arena, bytes, n, &lines) : fault_set(fault, STATUS_MEMORY, "%s", "");
    if (status != STATUS_OK)
        return status;
    lines.separator = separator_of(lines.at, lines.end);
    struct text text = text_new(arena);
    while (lines.at < lines.end && status == STATUS_OK) {
        text.n = 0;
        status = read_cell(&lines, &text);
        struct cell cell = { .row = lines.row, .col = lines.col, .kind = CELL_TEXT, .text = arena_text(arena, text.at, text.n) };
        if (status == STATUS_OK && text.n > 0 && (cell.text == NULL || !sheet_add_cell(arena, lines.sheet, &cell)))
            status = fault_set(fault, STATUS_MEMORY, "%s", "");
        if (status == STATUS_OK)
            status = next_place(&lines);
    }
    if (status == STATUS_OK)
        sheet_finish(lines.sheet);
    return status;
}
