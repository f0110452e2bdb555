/* SPDX-License-Identifier: MIT */
/* stamp: the digest is the SHA-256 of all non-empty cells of all sheets in order. It holds what a person can change and leaves out
 * what a spreadsheet program does by itself when it saves: formats, cached values, the spelling of formulas, carriage returns, digits
 * past the fifteenth. */
#include <stdio.h>
#include <string.h>

#include "sha256.h"
#include "stamp.h"
#include "text.h"
#include "wording.h"

#ifndef NIANBAO_VERSION
#define NIANBAO_VERSION "0"
#endif

enum { DIGEST = 65 };

/* Every part ends in NUL, so that "a" "bc" and "ab" "c" differ. */
static void
put(struct text *out, const char *part)
{
    text_put(out, part, strlen(part) + 1);
}

static void
put_text(struct text *out, const char *s)
{
    for (; *s != '\0'; s++)
        if (*s != '\r')
            text_putc(out, *s);
    text_put(out, "", 1);
}

/* A formula without spaces, $ and quotes, in capitals; texts within it as they are. */
static void
put_formula(struct text *out, const char *s)
{
    bool text = false;
    for (; *s != '\0'; s++) {
        if (*s == '"')
            text = !text;
        else if (text)
            text_putc(out, *s);
        else if (strchr(" $'\t\r\n", *s) == NULL)
            text_putc(out, *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s);
    }
    text_put(out, "", 1);
}

static void
put_cell(struct text *out, const char *sheet, const struct cell *cell)
{
    static const char *const kinds[] = {
        [CELL_NUMBER] = "number", [CELL_TEXT] = "text", [CELL_BOOLEAN] = "boolean", [CELL_ERROR] = "error", [CELL_FORMULA] = "formula",
    };
    char address[A1_SIZE], number[32];
    bool formula = cell->formula != NULL || cell->computed;
    if (!formula && cell->text != NULL && *cell->text == '\0')
        return;
    put(out, sheet);
    put(out, a1(cell->row, cell->col, address));
    put(out, kinds[formula ? CELL_FORMULA : cell->kind]);
    if (formula)
        put_formula(out, cell->formula != NULL ? cell->formula : "");
    else if (cell->text != NULL)
        put_text(out, cell->text);
    else {
        snprintf(number, sizeof number, "%.15g", cell->number);
        put(out, number);
    }
}

static bool
digest_of(const struct book *book, char out[DIGEST])
{
    struct text cells = text_new(book->arena);
    for (size_t i = 0; i < book->nsheets; i++)
        for (size_t c = 0; c < book->sheets[i].ncells; c++)
            put_cell(&cells, book->sheets[i].name, &book->sheets[i].cells[c]);
    sha256_hex(cells.at, cells.n, out);
    return !cells.failed;
}

bool
stamp_put(struct book *book, const struct report *report)
{
    char digest[DIGEST];
    return digest_of(book, digest)
        && book_add_property(book, "nianbao.schema", STAMP_SCHEMA)
        && book_add_property(book, "nianbao.form", report->form->id)
        && book_add_property(book, "nianbao.verdict", verdict_code(report->verdict))
        && book_add_property(book, "nianbao.version", NIANBAO_VERSION)
        && book_add_property(book, "nianbao.digest", digest);
}

enum stamp
stamp_check(const struct book *book)
{
    const char *schema = book_property(book, "nianbao.schema"), *digest = book_property(book, "nianbao.digest");
    char now[DIGEST];
    if (schema == NULL)
        return STAMP_NONE;
    if (strcmp(schema, STAMP_SCHEMA) != 0)
        return strncmp(schema, "nianbao.stamp/", 14) == 0 ? STAMP_NEWER : STAMP_NONE;
    return digest != NULL && digest_of(book, now) && strcmp(digest, now) == 0 ? STAMP_INTACT : STAMP_CHANGED;
}

const char *
stamp_code(const struct report *report)
{
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";      /* none that look alike */
    char digest[DIGEST], number[DECIMAL_TEXT], code[] = "....-....";
    struct text numbers = text_new(report->arena);
    text_printf(&numbers, "%s\n%d\n%s\n", report->unit != NULL ? report->unit : "", report->year, report->form->id);
    for (size_t i = 0; i < report->nsections; i++)
        for (size_t v = 0; v < report->sections[i].table->nslots; v++) {
            const struct value *value = &report->sections[i].values[v];
            text_printf(&numbers, "%s=%s\n", value->slot->key, value->has ? decimal_text(value->number, number) : "");
        }
    if (numbers.failed)
        return NULL;
    sha256_hex(numbers.at, numbers.n, digest);
    for (size_t i = 0; i < 8; i++) {
        unsigned byte;
        sscanf(digest + 2 * i, "%2x", &byte);
        code[i < 4 ? i : i + 1] = letters[byte % (sizeof letters - 1)];
    }
    return arena_text(report->arena, code, sizeof code - 1);
}
