/* SPDX-License-Identifier: MIT */
/* cells: every non-empty cell as it was read, one per line (DESIGN 6). For tests against other readers, and to see what a program
 * that wrote a strange file has put there. Printed as it goes: the text of a large workbook need not fit into memory twice. */
#include <stdlib.h>

#include "cli.h"
#include "os.h"
#include "read.h"

enum { PRINT_BYTES = 1 << 16 };

/* The merged ranges of a sheet, met row by row. */
struct cover {
    struct area *merges; size_t n;       /* by first row */
    size_t next;                         /* the first that begins below the current row */
    struct area *open; size_t nopen;     /* those that reach it */
};

static int
compare_areas(const void *a, const void *b)
{
    const struct area *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static bool
cover_begin(struct arena *arena, const struct sheet *sheet, struct cover *cover)
{
    *cover = (struct cover){ .n = sheet->nmerges };
    cover->merges = arena_array(arena, sheet->nmerges, sizeof *cover->merges);
    cover->open = arena_array(arena, sheet->nmerges, sizeof *cover->open);
    if (cover->merges == NULL || cover->open == NULL)
        return false;
    for (size_t i = 0; i < sheet->nmerges; i++)
        cover->merges[i] = sheet->merges[i];
    qsort(cover->merges, cover->n, sizeof *cover->merges, compare_areas);
    return true;
}

static void
cover_row(struct cover *cover, uint32_t row)
{
    size_t n = 0;
    while (cover->next < cover->n && cover->merges[cover->next].row <= row)
        cover->open[cover->nopen++] = cover->merges[cover->next++];
    for (size_t i = 0; i < cover->nopen; i++)
        if (cover->open[i].row2 >= row)
            cover->open[n++] = cover->open[i];
    cover->nopen = n;
}

/* Is the cell in a merged range, and not its first? */
static bool
covered(const struct cover *cover, const struct cell *cell)
{
    for (size_t i = 0; i < cover->nopen; i++) {
        const struct area *area = &cover->open[i];
        if (cell->col >= area->col && cell->col <= area->col2 && (cell->row != area->row || cell->col != area->col))
            return true;
    }
    return false;
}

static void
put_escaped(struct text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '\t': text_puts(out, "\\t"); break;
        case '\n': text_puts(out, "\\n"); break;
        case '\r': text_puts(out, "\\r"); break;
        case '\\': text_puts(out, "\\\\"); break;
        default: text_putc(out, *s);
        }
    }
}

static void
put_cell(struct text *out, const struct sheet *sheet, const struct cell *cell)
{
    static const char *const kinds[] = {
        [CELL_NUMBER] = "number", [CELL_TEXT] = "text", [CELL_BOOLEAN] = "boolean", [CELL_ERROR] = "error", [CELL_FORMULA] = "formula",
    };
    char address[A1_SIZE], number[32];
    put_escaped(out, sheet->name);
    text_printf(out, "\t%s\t%s\t", a1(cell->row, cell->col, address), kinds[cell->kind]);
    if (cell->kind == CELL_NUMBER)
        text_puts(out, number_text(cell->number, number));
    else if (cell->kind == CELL_BOOLEAN)
        text_puts(out, cell->number != 0 ? "TRUE" : "FALSE");
    else if (cell->kind != CELL_FORMULA)
        put_escaped(out, cell->text);
    text_putc(out, '\n');
}

/* Print what was put and begin anew in the same room. */
static bool
print_lines(struct cli *cli, struct text *out)
{
    bool ok = !out->failed && cli_print(cli, out);
    out->n = 0;
    return ok;
}

static bool
print_sheet(struct cli *cli, const struct sheet *sheet, struct text *out)
{
    struct cover cover;
    if (!cover_begin(cli->arena, sheet, &cover))
        return false;
    for (size_t i = 0; i < sheet->ncells; i++) {
        if (i == 0 || sheet->cells[i].row != sheet->cells[i - 1].row)
            cover_row(&cover, sheet->cells[i].row);
        if (!covered(&cover, &sheet->cells[i]))
            put_cell(out, sheet, &sheet->cells[i]);
        if (out->n > PRINT_BYTES && !print_lines(cli, out))
            return false;
    }
    return print_lines(cli, out);
}

int
command_cells(struct cli *cli)
{
    struct book book = { .arena = cli->arena };
    struct fault fault = { .status = STATUS_OK };
    unsigned char *bytes;
    size_t n;
    const char *path = cli->operands[0];
    if (os_read_file(cli->arena, path, &bytes, &n, &fault) != STATUS_OK || read_book(cli->arena, bytes, n, &book, &fault) != STATUS_OK) {
        cli_complain_fault(cli, path, &fault);
        return EXIT_UNREADABLE;
    }
    struct text out = text_new(cli->arena);
    for (size_t i = 0; i < book.nsheets; i++)
        if (!print_sheet(cli, &book.sheets[i], &out)) {
            cli_complain_fault(cli, path, &(struct fault){ .status = STATUS_MEMORY });
            return EXIT_UNREADABLE;
        }
    return EXIT_VALID;
}
