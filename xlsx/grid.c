/* SPDX-License-Identifier: MIT */
/* grid: building and looking up the workbook in memory, and the ways to write an address and a number. Addresses follow the A1
 * style of ECMA-376 part 1, 18.17.2.3; a sheet name is quoted as Excel does, or where Excel might. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "text.h"

struct sheet *
book_add_sheet(struct book *book, const char *name, bool hidden)
{
    const char *copy = arena_text(book->arena, name, strlen(name));
    if (copy == NULL || !arena_room(book->arena, &book->sheets, book->nsheets, &book->cap, sizeof *book->sheets))
        return NULL;
    struct sheet *sheet = &book->sheets[book->nsheets++];
    *sheet = (struct sheet){ .name = copy, .hidden = hidden };
    return sheet;
}

bool
sheet_add_cell(struct arena *arena, struct sheet *sheet, const struct cell *cell)
{
    if (sheet->ncells == UINT32_MAX || !arena_room(arena, &sheet->cells, sheet->ncells, &sheet->cap, sizeof *sheet->cells))
        return false;
    struct cell *added = &sheet->cells[sheet->ncells];
    *added = *cell;
    added->order = (uint32_t)sheet->ncells++;
    return true;
}

bool
sheet_add_merge(struct arena *arena, struct sheet *sheet, struct area area)
{
    if (!arena_room(arena, &sheet->merges, sheet->nmerges, &sheet->merges_cap, sizeof *sheet->merges))
        return false;
    sheet->merges[sheet->nmerges++] = area;
    return true;
}

bool
book_add_property(struct book *book, const char *name, const char *value)
{
    const char *name_copy = arena_text(book->arena, name, strlen(name));
    const char *value_copy = arena_text(book->arena, value, strlen(value));
    if (name_copy == NULL || value_copy == NULL)
        return false;
    if (!arena_room(book->arena, &book->properties, book->nproperties, &book->properties_cap, sizeof *book->properties))
        return false;
    book->properties[book->nproperties++] = (struct property){ name_copy, value_copy };
    return true;
}

/* The place of a cell as one number that orders by row, then column. */
static uint64_t
place(uint32_t row, uint16_t col)
{
    return (uint64_t)row << 16 | col;
}

static int
compare_cells(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    uint64_t at = place(x->row, x->col), other = place(y->row, y->col);
    if (at != other)
        return at < other ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static int
compare_areas(const void *left, const void *right)
{
    const struct area *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->col > b->col) - (a->col < b->col);
}

void
sheet_finish(struct sheet *sheet)
{
    struct cell *cells = sheet->cells;
    size_t n = 0;
    bool sorted = true;
    if (sheet->nmerges > 1)
        qsort(sheet->merges, sheet->nmerges, sizeof *sheet->merges, compare_areas);
    for (size_t i = 0; i < sheet->nmerges; i++) {
        uint32_t height = sheet->merges[i].row2 - sheet->merges[i].row;
        sheet->tallest_merge = height > sheet->tallest_merge ? height : sheet->tallest_merge;
    }
    for (size_t i = 1; i < sheet->ncells && sorted; i++)
        sorted = place(cells[i - 1].row, cells[i - 1].col) < place(cells[i].row, cells[i].col);
    if (sorted)
        return;
    qsort(cells, sheet->ncells, sizeof *cells, compare_cells);
    for (size_t i = 0; i < sheet->ncells; i++) {
        if (n > 0 && place(cells[n - 1].row, cells[n - 1].col) == place(cells[i].row, cells[i].col))
            n--;
        cells[n] = cells[i];
        cells[n].order = (uint32_t)n;       /* so that cells added from here on are later than all */
        n++;
    }
    sheet->ncells = n;
}

/* Index of the first cell at `at` or after. */
static size_t
lower_bound(const struct sheet *sheet, uint64_t at)
{
    size_t low = 0, high = sheet->ncells;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (place(sheet->cells[mid].row, sheet->cells[mid].col) < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const struct cell *
sheet_cell(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    size_t i = lower_bound(sheet, place(row, col));
    if (i == sheet->ncells || sheet->cells[i].row != row || sheet->cells[i].col != col)
        return NULL;
    return &sheet->cells[i];
}

size_t
sheet_row(const struct sheet *sheet, uint32_t row)
{
    return lower_bound(sheet, place(row, 0));
}

const struct area *
sheet_merge(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    /* Sorted by their first row: none that begins more than the tallest above can reach down to here. */
    uint32_t first = row > sheet->tallest_merge ? row - sheet->tallest_merge : 0;
    size_t low = 0, high = sheet->nmerges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sheet->merges[middle].row < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < sheet->nmerges && sheet->merges[low].row <= row; low++) {
        const struct area *area = &sheet->merges[low];
        if (row <= area->row2 && col >= area->col && col <= area->col2)
            return area;
    }
    return NULL;
}

const char *
book_property(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->nproperties; i++)
        if (strcmp(book->properties[i].name, name) == 0)
            return book->properties[i].value;
    return NULL;
}

/* Write an address at `out`; returns its end. At most 4 letters, 10 digits and the NUL. */
static char *
put_address(char *out, uint32_t row, uint16_t col)
{
    unsigned left = col + 1u;
    char letters[4];
    size_t n = sizeof letters;
    for (; left > 0; left = (left - 1) / 26)
        letters[--n] = (char)('A' + (left - 1) % 26);
    memcpy(out, letters + n, sizeof letters - n);
    out += sizeof letters - n;
    return out + snprintf(out, 11, "%llu", row + 1ull);
}

const char *
a1(uint32_t row, uint16_t col, char out[A1_SIZE])
{
    put_address(out, row, col);
    return out;
}

const char *
a1_area(struct area area, char out[A1_SIZE])
{
    char *end = put_address(out, area.row, area.col);
    if (area.row == area.row2 && area.col == area.col2)
        return out;
    *end = ':';
    put_address(end + 1, area.row2, area.col2);
    return out;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A character that may stand in an unquoted sheet name. Beyond ASCII: letters, not punctuation, symbols or private use. */
static bool
plain(uint32_t cp)
{
    static const struct { uint32_t first, last; } others[] = {
        { 0x0080, 0x00A9 }, { 0x00AB, 0x00B4 }, { 0x00B6, 0x00B9 }, { 0x00BB, 0x00BF }, { 0x00D7, 0x00D7 }, { 0x00F7, 0x00F7 },
        { 0x2000, 0x2E7F }, { 0x2FF0, 0x303F }, { 0x30A0, 0x30A0 }, { 0x30FB, 0x30FB }, { 0x3200, 0x33FF }, { 0xE000, 0xF8FF },
        { 0xFE00, 0xFE6F }, { 0xFEFF, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 }, { 0xFFE0, 0xFFFF },
        { 0x1D000, 0x1FFFF }, { 0xE0000, 0x10FFFF },
    };
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9') || cp == '_' || cp == '.';
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cp >= others[i].first && cp <= others[i].last)
            return false;
    return true;
}

/* "A1", "xfd9", "R", "C3", "R1C1": Excel would read the unquoted name as an address. */
static bool
like_address(const char *s)
{
    size_t letters = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    size_t digits = strspn(s + letters, "0123456789");
    if (letters >= 1 && letters <= 3 && digits > 0 && s[letters + digits] == '\0')
        return true;
    if (*s == 'R' || *s == 'r') {
        s++;
        s += strspn(s, "0123456789");
        if (*s == '\0')
            return true;
    }
    if (*s != 'C' && *s != 'c')
        return false;
    s++;
    return s[strspn(s, "0123456789")] == '\0';
}

char *
a1_quoted(struct arena *arena, const char *sheet, const char *address)
{
    struct text text = text_new(arena);
    size_t n = strlen(sheet);
    bool quote = n == 0 || is_digit(*sheet) || *sheet == '.' || like_address(sheet);
    for (size_t i = 0, used; i < n && !quote; i += used)
        quote = !plain(utf8_decode(sheet + i, n - i, &used));
    if (quote)
        text_putc(&text, '\'');
    for (size_t i = 0; i < n; i++) {
        if (sheet[i] == '\'')
            text_putc(&text, '\'');
        text_putc(&text, sheet[i]);
    }
    if (quote)
        text_putc(&text, '\'');
    text_putc(&text, '!');
    text_puts(&text, address);
    return text.failed ? NULL : text.at;
}

const char *
number_text(double number, char out[32])
{
    if (number == 0)
        return strcpy(out, "0");            /* not "-0" */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, number);
        if (strtod(out, NULL) == number)
            break;
    }
    return out;
}
