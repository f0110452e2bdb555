/* SPDX-License-Identifier: MIT */
/* stamp_list: lists of cells, put and taken apart. A list holds what a person can change and leaves out what a spreadsheet program does by
 * itself when it saves: formats, cached values, the spelling of formulas, tabs, which way lines end, digits past the fifteenth. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stamp.h"

/* What stands behind a backslash for '|', for a backslash and for a control character; and back. */
static char
swap(char c)
{
    return c == '|' ? 'p' : c == 'p' ? '|' : c == '\\' ? c : (char)(c ^ 0x20);
}

void
stamp_put_part(struct text *list, const char *s)
{
    for (size_t n; *s != '\0'; s += n) {
        for (n = 0; (unsigned char)s[n] >= 0x20 && s[n] != '|' && s[n] != '\\'; n++)
            continue;
        text_put(list, s, n);
        if (n > 0)
            continue;
        n = 1;
        if (*s == '\t' || (*s == '\r' && s[1] == '\n'))
            continue;
        text_putc(list, '\\');
        text_putc(list, swap(*s == '\r' ? '\n' : *s));
    }
}

char *
stamp_next(char **list)
{
    char *item = *list, *from = item, *to = item;
    if (*item == '\0')
        return NULL;
    for (; *from != '\0' && *from != '|'; from++)
        *to++ = *from == '\\' && from[1] != '\0' ? swap(*++from) : *from;
    *list = *from == '|' ? from + 1 : from;
    *to = '\0';
    return item;
}

void
stamp_put_sheet(struct text *list, struct stamp_place *place, const char *name)
{
    place->after = false;
    text_putc(list, '#');
    stamp_put_part(list, name);
    text_putc(list, '|');
}

void
stamp_put_place(struct text *list, struct stamp_place *place, uint32_t row, uint16_t col)
{
    char address[A1_SIZE];
    if (!place->after || place->row != row || place->col + 1 != col)
        text_puts(list, a1(row, col, address));
    *place = (struct stamp_place){ true, row, col };
}

void
stamp_put_nowhere(struct text *list, struct stamp_place *place)
{
    text_putc(list, STAMP_NOWHERE);
    place->after = false;
}

char *
stamp_take_place(char *item, struct stamp_place *place)
{
    size_t letters = strspn(item, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), digits = strspn(item + letters, "0123456789");
    unsigned long col = 0, row = strtoul(item + letters, NULL, 10);
    if (*item != STAMP_NOWHERE && letters == 0 && place->after && place->col < UINT16_MAX) {
        place->col++;
        return item;
    }
    for (size_t i = 0; i < letters && i < 4; i++)
        col = col * 26 + (unsigned long)(item[i] - 'A' + 1);
    if (letters == 0 || letters > 4 || digits == 0 || col > UINT16_MAX + 1ul || row == 0 || row > UINT32_MAX)
        return NULL;
    *place = (struct stamp_place){ true, (uint32_t)(row - 1), (uint16_t)(col - 1) };
    return item + letters + digits;
}

/* A formula without spaces, $ and quotes, in capitals; texts within it as they are. */
static void
put_formula(struct text *list, const char *s)
{
    bool text = false;
    char part[2] = "";
    for (; *s != '\0'; s++) {
        if (*s == '"')
            text = !text;
        else if (!text && strchr(" $'\t\r\n", *s) != NULL)
            continue;
        *part = !text && *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
        stamp_put_part(list, part);
    }
}

/* As "%.15g" would, and faster for what most numbers are. */
static void
put_number(struct text *list, double number)
{
    char digits[32];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    if (number >= 0 && number < 1e15 && number == (double)(int64_t)number) {
        int64_t rest = (int64_t)number;
        do
            digits[--at] = (char)('0' + rest % 10);
        while ((rest /= 10) > 0);
    } else {
        at = 0;
        snprintf(digits, sizeof digits, "%.15g", number);
    }
    text_puts(list, digits + at);
}

void
stamp_put_cell(struct text *list, struct stamp_place *place, const struct cell *cell)
{
    static const char kinds[] = {
        [CELL_NUMBER] = STAMP_NUMBER, [CELL_TEXT] = STAMP_TEXT, [CELL_BOOLEAN] = STAMP_BOOLEAN, [CELL_ERROR] = STAMP_ERROR,
        [CELL_FORMULA] = STAMP_FORMULA,
    };
    /* LibreOffice saves #REF! as =#REF! */
    bool error = cell->formula != NULL && cell->kind == CELL_ERROR && strcmp(cell->formula, cell->text) == 0;
    bool formula = !error && (cell->formula != NULL || cell->computed);
    if (!formula && cell->text != NULL && *cell->text == '\0')
        return;
    stamp_put_place(list, place, cell->row, cell->col);
    text_putc(list, kinds[formula ? CELL_FORMULA : cell->kind]);
    if (formula)
        put_formula(list, cell->formula != NULL ? cell->formula : "");
    else if (cell->text != NULL)
        stamp_put_part(list, cell->text);
    else
        put_number(list, cell->number);
    text_putc(list, '|');
}

void
stamp_put_result(struct text *list, struct stamp_place *place, const struct cell *cell)
{
    struct cell shown = *cell;
    shown.formula = NULL;
    shown.computed = false;
    if (shown.text == NULL || *shown.text != '\0') {
        stamp_put_cell(list, place, &shown);
        return;
    }
    stamp_put_place(list, place, cell->row, cell->col);
    text_printf(list, "%c|", STAMP_TEXT);
}
