/* SPDX-License-Identifier: MIT */
/* cells: every non-empty cell as it was read, one per line (DESIGN 6). For tests against other readers, and to see what a program
 * that wrote a strange file has put there. Printed as it goes: the text of a large workbook need not fit into memory twice. */
#include <stdio.h>

#include "cli.h"
#include "os.h"
#include "read.h"

/* Is the cell in a merged range, and not its first? What it holds is never shown. */
static bool
covered(const struct sheet *sheet, const struct cell *cell)
{
    const struct area *merge = sheet_merge(sheet, cell->row, cell->col);
    return merge != NULL && (cell->row != merge->row || cell->col != merge->col);
}

static void
print_escaped(const char *s)
{
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '\t': fputs("\\t", stdout); break;
        case '\n': fputs("\\n", stdout); break;
        case '\r': fputs("\\r", stdout); break;
        case '\\': fputs("\\\\", stdout); break;
        default: putchar(*s);
        }
    }
}

static void
print_cell(const struct sheet *sheet, const struct cell *cell)
{
    static const char *const kinds[] = {
        [CELL_NUMBER] = "number", [CELL_TEXT] = "text", [CELL_BOOLEAN] = "boolean", [CELL_ERROR] = "error", [CELL_FORMULA] = "formula",
    };
    char address[A1_SIZE], number[32];
    print_escaped(sheet->name);
    printf("\t%s\t%s\t", a1(cell->row, cell->col, address), kinds[cell->kind]);
    if (cell->kind == CELL_NUMBER)
        fputs(number_text(cell->number, number), stdout);
    else if (cell->kind == CELL_BOOLEAN)
        fputs(cell->number != 0 ? "TRUE" : "FALSE", stdout);
    else if (cell->kind != CELL_FORMULA)
        print_escaped(cell->text);
    putchar('\n');
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
    for (size_t i = 0; i < book.nsheets; i++)
        for (size_t k = 0; k < book.sheets[i].ncells; k++)
            if (!covered(&book.sheets[i], &book.sheets[i].cells[k]))
                print_cell(&book.sheets[i], &book.sheets[i].cells[k]);
    return EXIT_VALID;
}
