/* SPDX-License-Identifier: MIT */
/* grid: building and looking up the workbook in memory, and the ways to write an address and a number. Addresses follow the A1
 * style of ECMA-376 part 1, 18.17.2.3; a sheet name is quoted as Excel does, or where Excel might. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "grid.h"
#include "text.h"

struct sheet *
book_add_sheet(struct book *book, const char *name, bool hidden)
{
    const char *copy = arena_copy(book->arena, name);
    if (copy == NULL || !arena_room(book->arena, &book->sheets, book->nsheets, &book->cap, sizeof *book->sheets))
        return NULL;
    struct sheet *sheet = &book->sheets[book->nsheets++];
    *sheet = (struct sheet){ .name = copy, .hidden = hidden, .before = book->nparagraphs };
    return sheet;
}

struct sheet *
book_add_table(struct book *book)
{
    char name[32];
    snprintf(name, sizeof name, "表 %zu", book->nsheets + 1);
    struct sheet *sheet = book_add_sheet(book, name, false);
    if (sheet != NULL)
        sheet->table = true;
    return sheet;
}

bool
sheet_add_cell(struct arena *arena, struct sheet *sheet, const struct cell *cell)
{
    bool full = sheet->ncells == sheet->cap;
    if (sheet->ncells == UINT32_MAX || (full && !arena_room_raw(arena, &sheet->cells, sheet->ncells, &sheet->cap, sizeof *sheet->cells)))
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
    const char *name_copy = arena_copy(book->arena, name);
    const char *value_copy = arena_copy(book->arena, value);
    if (name_copy == NULL || value_copy == NULL)
        return false;
    if (!arena_room(book->arena, &book->properties, book->nproperties, &book->properties_cap, sizeof *book->properties))
        return false;
    book->properties[book->nproperties++] = (struct property){ name_copy, value_copy };
    return true;
}

/* Where the text begins without the blanks around it; its length in *n. */
static const char *
trimmed(const char *text, size_t *n)
{
    size_t left = strlen(text), used;
    for (; left > 0 && is_space(utf8_decode(text, left, &used)); left -= used)
        text += used;
    *n = 0;
    for (size_t i = 0; i < left; i += used)
        if (!is_space(utf8_decode(text + i, left - i, &used)))
            *n = i + used;
    return text;
}

bool
sheet_add_text(struct arena *arena, struct sheet *sheet, uint32_t row, uint16_t col, const char *text)
{
    size_t n;
    text = trimmed(text, &n);
    if (n == 0)
        return true;
    struct cell cell = { .row = row, .col = col, .kind = CELL_TEXT, .text = arena_text(arena, text, n) };
    return cell.text != NULL && sheet_add_cell(arena, sheet, &cell);
}

bool
book_add_paragraph(struct book *book, const char *text)
{
    size_t n;
    text = trimmed(text, &n);
    if (n == 0)
        return true;
    const char *copy = arena_text(book->arena, text, n);
    if (copy == NULL || !arena_room(book->arena, &book->paragraphs, book->nparagraphs, &book->paragraphs_cap, sizeof *book->paragraphs))
        return false;
    book->paragraphs[book->nparagraphs++] = copy;
    return true;
}

/* -- order: cells by row, then column; merged ranges by block of columns, then row -- */

static int
compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Index of the first of n sorted items whose key is `key` or more. */
static inline size_t
lower_bound(const void *items, size_t n, size_t size, uint64_t (*key_of)(const void *item), uint64_t key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_of((const char *)items + middle * size) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint64_t
place(uint32_t row, uint16_t col)
{
    return (uint64_t)row << 16 | col;
}

static uint64_t
cell_key(const void *item)
{
    const struct cell *cell = item;
    return place(cell->row, cell->col);
}

static int
compare_cells(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int order = compare(cell_key(x), cell_key(y));
    return order != 0 ? order : compare(x->order, y->order);
}

/* Columns are halved again and again: block 1 is all of them, the halves of block b are 2b and 2b + 1, block COLUMNS + c is column c
 * alone. A merged range belongs to the smallest block that holds it, and so crosses the middle of that block: of all ranges in a
 * block at most one is in any row. Whatever covers a cell belongs to one of the 17 blocks around its column. */
enum { COLUMNS = UINT16_MAX + 1 };

static uint32_t
block_of(const struct area *area)
{
    uint32_t first = COLUMNS + area->col, last = COLUMNS + area->col2;
    for (; first != last; last /= 2)
        first /= 2;
    return first;
}

static uint64_t
block_row(uint32_t block, uint32_t row)
{
    return (uint64_t)block << 32 | row;
}

static uint64_t
merge_key(const void *item)
{
    const struct area *area = item;
    return block_row(block_of(area), area->row);
}

/* Of two that begin at one place the larger comes first, and stays. */
static int
compare_merges(const void *a, const void *b)
{
    const struct area *x = a, *y = b;
    int order = compare(merge_key(x), merge_key(y));
    if (order == 0)
        order = compare(place(y->row2, y->col2), place(x->row2, x->col2));
    return order != 0 ? order : compare(x->col, y->col);
}

static void
finish_merges(struct sheet *sheet)
{
    struct area *merges = sheet->merges;
    size_t n = 0;
    if (sheet->nmerges > 1)
        qsort(merges, sheet->nmerges, sizeof *merges, compare_merges);
    for (size_t i = 0; i < sheet->nmerges; i++)
        if (n == 0 || merges[n - 1].row2 < merges[i].row || block_of(&merges[n - 1]) != block_of(&merges[i]))
            merges[n++] = merges[i];
    sheet->nmerges = n;
}

/* Put the cells from `late` on, which were added last, in their order among those before, which are sorted. */
static void
insert_cells(struct cell *cells, size_t late, size_t n)
{
    for (size_t i = late; i < n; i++) {
        const struct cell cell = cells[i];
        size_t low = 0, high = i;               /* it comes behind all before low, and before all from high on */
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (compare_cells(&cells[middle], &cell) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        memmove(&cells[low + 1], &cells[low], (i - low) * sizeof *cells);
        cells[low] = cell;
    }
}

static void
finish_cells(struct sheet *sheet)
{
    enum { MOVES = 1 << 17 };                   /* at most, of cells; more are sorted sooner */
    struct cell *cells = sheet->cells;
    size_t n = 0, late = 1;
    while (late < sheet->ncells && cell_key(&cells[late - 1]) < cell_key(&cells[late]))
        late++;
    if (late >= sheet->ncells)
        return;
    if (sheet->ncells - late <= MOVES / sheet->ncells)
        insert_cells(cells, late, sheet->ncells);
    else
        qsort(cells, sheet->ncells, sizeof *cells, compare_cells);
    for (size_t i = 0; i < sheet->ncells; i++) {
        if (n > 0 && cell_key(&cells[n - 1]) == cell_key(&cells[i]))
            n--;
        cells[n] = cells[i];
        cells[n].order = (uint32_t)n;       /* so that cells added from here on are later than all */
        n++;
    }
    sheet->ncells = n;
}

void
sheet_finish(struct sheet *sheet)
{
    finish_merges(sheet);
    finish_cells(sheet);
}

/* -- looking up -- */

static size_t
cell_from(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    return lower_bound(sheet->cells, sheet->ncells, sizeof *sheet->cells, cell_key, place(row, col));
}

const struct cell *
sheet_cell(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    size_t i = cell_from(sheet, row, col);
    return i < sheet->ncells && cell_key(&sheet->cells[i]) == place(row, col) ? &sheet->cells[i] : NULL;
}

size_t
sheet_row(const struct sheet *sheet, uint32_t row)
{
    return cell_from(sheet, row, 0);
}

const struct area *
sheet_merge(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    for (uint32_t block = COLUMNS + col; block > 0 && sheet->nmerges > 0; block /= 2) {
        size_t after = lower_bound(sheet->merges, sheet->nmerges, sizeof *sheet->merges, merge_key, block_row(block, row) + 1);
        const struct area *area = &sheet->merges[after > 0 ? after - 1 : 0];
        if (row >= area->row && row <= area->row2 && col >= area->col && col <= area->col2)
            return area;
    }
    return NULL;
}

const struct sheet *
book_sheet_named(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->nsheets; i++)
        if (strcmp(book->sheets[i].name, name) == 0)
            return &book->sheets[i];
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

/* Write the decimal digits of a number at `out`, and a NUL; returns the end. */
static char *
put_digits(char *out, uint64_t number)
{
    char digits[20];
    size_t n = sizeof digits;
    do
        digits[--n] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    memcpy(out, digits + n, sizeof digits - n);
    out += sizeof digits - n;
    *out = '\0';
    return out;
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
    return put_digits(out, row + UINT64_C(1));
}

const char *
a1(uint32_t row, uint16_t col, char out[A1_SIZE])
{
    put_address(out, row, col);
    return out;
}

void
area_widen(struct area *area, uint32_t row, uint16_t col)
{
    area->row = row < area->row ? row : area->row;
    area->row2 = row > area->row2 ? row : area->row2;
    area->col = col < area->col ? col : area->col;
    area->col2 = col > area->col2 ? col : area->col2;
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

static bool
needs_quotes(const char *sheet, size_t n)
{
    bool quote = n == 0 || is_digit(*sheet) || *sheet == '.' || like_address(sheet);
    for (size_t i = 0, used; i < n && !quote; i += used)
        quote = !plain(utf8_decode(sheet + i, n - i, &used));
    return quote;
}

char *
a1_quoted(struct arena *arena, const char *sheet, const char *address)
{
    size_t n = strlen(sheet), m = strlen(address), doubled = 0;
    bool quote = needs_quotes(sheet, n);
    for (const char *s = sheet; (s = strchr(s, '\'')) != NULL; s++)
        doubled++;
    char *text = arena_raw(arena, n + doubled + 2u * quote + 1 + m + 1), *out = text;
    if (text == NULL)
        return NULL;
    if (quote)
        *out++ = '\'';
    for (; *sheet != '\0'; sheet++) {
        if (*sheet == '\'')
            *out++ = '\'';
        *out++ = *sheet;
    }
    if (quote)
        *out++ = '\'';
    *out++ = '!';
    memcpy(out, address, m + 1);
    return text;
}

/* "12", "3～20": counted from 1. */
static void
put_span(char out[32], uint32_t first, uint32_t last)
{
    if (first == last)
        snprintf(out, 32, "%u", (unsigned)first + 1);
    else
        snprintf(out, 32, "%u～%u", (unsigned)first + 1, (unsigned)last + 1);
}

/* The table put together with others that all rows of the area are in: its rows are counted from its own first. 0: none. */
static size_t
piece_of(const struct sheet *sheet, struct area *area)
{
    size_t i = 0;
    if (sheet->starts == NULL)
        return 0;
    while (area->row >= sheet->starts[i + 1])
        i++;
    if (area->row2 >= sheet->starts[i + 1])
        return 0;
    area->row -= sheet->starts[i];
    area->row2 -= sheet->starts[i];
    return sheet->first + i + 1;
}

const char *
sheet_address(const struct sheet *sheet, struct area area, char out[ADDRESS_SIZE])
{
    if (!sheet->table)
        return a1_area(area, out);
    char rows[32], cols[32], table[32] = "";
    size_t number = piece_of(sheet, &area);
    if (number > 0)
        snprintf(table, sizeof table, "表 %zu ", number);
    put_span(rows, area.row, area.row2);
    put_span(cols, area.col, area.col2);
    snprintf(out, ADDRESS_SIZE, "%.16s第 %.24s 行第 %.12s 列", table, rows, cols);
    return out;
}

const char *
sheet_cell_address(const struct sheet *sheet, uint32_t row, uint16_t col, char out[ADDRESS_SIZE])
{
    return sheet_address(sheet, (struct area){ row, row, col, col }, out);
}

char *
sheet_place(struct arena *arena, const struct sheet *sheet, const char *address)
{
    if (!sheet->table)
        return a1_quoted(arena, sheet->name, address);
    static const char table[] = "表 ";
    size_t n = strlen(sheet->name), m = strlen(address);
    if (sheet->starts != NULL && strncmp(address, table, sizeof table - 1) == 0)
        return arena_text(arena, address, m);
    char *text = arena_raw(arena, n + 1 + m + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, sheet->name, n);
    text[n] = ' ';
    memcpy(text + n + 1, address, m + 1);
    return text;
}

const char *
number_text(double number, char out[32])
{
    if (fabs(number) < 1e15 && number == (double)(int64_t)number) {     /* whole: no exponent, and no "-0" */
        *out = '-';
        put_digits(out + (number < 0), (uint64_t)fabs(number));
        return out;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, number);
        if (strtod(out, NULL) == number)
            break;
    }
    return out;
}
