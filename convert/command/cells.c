/* SPDX-License-Identifier: MIT */
/* cells: every non-empty cell as it was read, one per line. For tests against other readers, and to see what a program
 * that wrote a strange file has put there. Printed as it goes: the text of a large workbook need not fit into memory twice. */

#include "cli.h"
#include "lines.h"
#include "os.h"
#include "read.h"

enum { PRINT_BYTES = 1 << 16 };

/* Is the cell in a merged range, and not its first? What it holds is never shown; OpenDocument keeps it as content of its own. */
static bool
covered(const struct sheet *sheet, const struct cell *cell)
{
    const struct area *merge = sheet_merge(sheet, cell->row, cell->col);
    return merge != NULL && (cell->row != merge->row || cell->col != merge->col);
}

static void
put_cell(struct text *out, const struct sheet *sheet, const struct cell *cell)
{
    static const char *const kinds[] = {
        [CELL_NUMBER] = "number", [CELL_TEXT] = "text", [CELL_BOOLEAN] = "boolean", [CELL_ERROR] = "error", [CELL_FORMULA] = "formula",
    };
    char address[ADDRESS_SIZE], number[32];
    line_field(out, sheet->name);
    text_printf(out, "\t%s\t%s\t", sheet_cell_address(sheet, cell->row, cell->col, address), kinds[cell->kind]);
    if (cell->kind == CELL_NUMBER)
        text_puts(out, number_text(cell->number, number));
    else if (cell->kind == CELL_BOOLEAN)
        text_puts(out, cell->number != 0 ? "TRUE" : "FALSE");
    else if (cell->kind != CELL_FORMULA)
        line_field(out, cell->text);
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
print_sheet(struct cli *cli, const struct book *book, const struct sheet *sheet, struct text *out)
{
    for (size_t i = 0; i < sheet->ncells; i++) {
        if (book->kind == FILE_ODS || !covered(sheet, &sheet->cells[i]))
            put_cell(out, sheet, &sheet->cells[i]);
        if (out->n > PRINT_BYTES && !print_lines(cli, out))
            return false;
    }
    return print_lines(cli, out);
}

/* The running text, a paragraph a line. */
static bool
print_paragraphs(struct cli *cli, const struct book *book, struct text *out)
{
    for (size_t i = 0; i < book->nparagraphs; i++) {
        text_printf(out, "正文\t第 %zu 段\ttext\t", i + 1);
        line_field(out, book->paragraphs[i]);
        text_putc(out, '\n');
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
    bool ok = print_paragraphs(cli, &book, &out);
    for (size_t i = 0; i < book.nsheets && ok; i++)
        ok = print_sheet(cli, &book, &book.sheets[i], &out);
    if (ok)
        return EXIT_VALID;
    cli_complain_fault(cli, path, &(struct fault){ .status = STATUS_MEMORY });
    return EXIT_UNREADABLE;
}
