/* SPDX-License-Identifier: MIT */
/* stamp: two digests (SHA-256). "nianbao.cells" is over the list of all non-empty cells of all sheets but the hidden one, in their
 * order; "nianbao.digest" over the other properties of the stamp and the cells of the hidden sheet. A copy of that list lies there too, and
 * counts as its digest, so that the same bytes are not taken twice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "limits.h"
#include "lines.h"
#include "names.h"
#include "paper.h"
#include "previous.h"
#include "sha256.h"
#include "sheets.h"
#include "stamp.h"
#include "wording.h"

#ifndef NIANBAO_VERSION
#define NIANBAO_VERSION "0"
#endif

#define PREFIX "nianbao."
#define SCHEMA_PREFIX "nianbao.stamp/"

enum {
    DIGEST = 65,
    UNIT_CHARACTERS = 60,        /* a property takes 255 */
    COPY_ROW = 0, RESULTS_ROW,   /* of the hidden sheet */
    COPY_UNITS = 16000           /* UTF-16 units in one cell of the copy: LibreOffice may break a longer line after 16,367 */
};

/* -- a list and its digest -- */

enum { PIECE = 1 << 16 };

struct digest {
    struct sha256 sha256;
    struct text list;
    struct stamp_place place;
    size_t taken;                /* bytes of the list that are in the digest */
    size_t most;                 /* bytes of the list that are to be kept; 0: none, or there were more */
};

static struct digest
digest_new(struct arena *arena, size_t most)
{
    struct digest digest = { .list = text_new(arena), .most = most };
    sha256_begin(&digest.sha256);
    return digest;
}

static void
digest_take(struct digest *digest)
{
    sha256_add(&digest->sha256, digest->list.at + digest->taken, digest->list.n - digest->taken);
    digest->taken = digest->list.n;
    if (digest->taken <= digest->most)
        return;
    digest->most = digest->list.n = digest->taken = 0;
}

static bool
digest_end(struct digest *digest, char out[DIGEST])
{
    digest_take(digest);
    sha256_end(&digest->sha256, out);
    return !digest->list.failed;
}

static void
digest_cell(struct digest *digest, const struct cell *cell)
{
    stamp_put_cell(&digest->list, &digest->place, cell);
    if (digest->list.n - digest->taken >= PIECE)
        digest_take(digest);
}

/* The rows that a page has beside its cells: they follow them. */
static bool
digest_rows(struct digest *digest, const struct page *page)
{
    struct row row = { 0 };
    uint32_t at = page->source_row;
    bool ok = page->source->begin(page->source->context);
    for (; ok && (ok = page->source->next(page->source->context, &row)) && row.ncells > 0; at++)
        for (size_t i = 0; i < row.ncells; i++) {
            row.cells[i].row = at;
            digest_cell(digest, &row.cells[i]);
        }
    return ok;
}

static bool
is_ours(const struct sheet *sheet)
{
    return strcmp(sheet->name, VALUES_SHEET) == 0;
}

/* On the hidden sheet. */
static bool
is_copy(const struct cell *cell)
{
    return cell->row == COPY_ROW && cell->col >= STAMP_COPY;
}

/* `pages`: of a book about to be written; NULL: its cells are all there is. Of the hidden sheet without the copy. */
static bool
digest_sheet(struct digest *digest, const struct book *book, const struct page *pages, size_t sheet)
{
    const struct sheet *from = &book->sheets[sheet];
    for (size_t c = 0; c < from->ncells; c++)
        if (!is_ours(from) || !is_copy(&from->cells[c]))
            digest_cell(digest, &from->cells[c]);
    return pages == NULL || pages[sheet].source == NULL || digest_rows(digest, &pages[sheet]);
}

/* A sheet with persons and telephone numbers: they must stay there alone, so the list has nothing but their digest. */
static bool
digest_persons(struct digest *digest, const struct book *book, const struct page *pages, size_t sheet)
{
    struct digest persons = digest_new(book->arena, 0);
    char out[DIGEST];
    if (!digest_sheet(&persons, book, pages, sheet) || !digest_end(&persons, out))
        return false;
    stamp_put_place(&digest->list, &digest->place, 0, 0);
    text_printf(&digest->list, "%c%s|", STAMP_SHEET, out);
    return true;
}

bool
stamp_private(const struct book *book, const char *name)
{
    const struct sheet *hidden = stamp_sheet(book);
    const char *layout = book_property(book, STAMP_LAYOUT);      /* some programs lose it: the rows are there still */
    for (size_t i = 0; hidden != NULL && i < hidden->ncells; i++) {
        const struct cell *word = &hidden->cells[i];
        if (word->col != 0 || word->kind != CELL_TEXT || strcmp(word->text, STAMP_PRIVATE) != 0)
            continue;
        const struct cell *named = sheet_cell(hidden, word->row, 1);
        if (named != NULL && named->kind == CELL_TEXT && strcmp(named->text, name) == 0)
            return true;
    }
    return (layout == NULL || strcmp(layout, STAMP_OWN) != 0) && strcmp(name, MISSING_SHEET) == 0;
}

/* Of the hidden sheet only that it is there. */
static bool
digest_cells(struct digest *digest, const struct book *book, const struct page *pages)
{
    bool ok = true;
    for (size_t i = 0; ok && i < book->nsheets; i++) {
        stamp_put_sheet(&digest->list, &digest->place, book->sheets[i].name);
        ok = is_ours(&book->sheets[i]) || (stamp_private(book, book->sheets[i].name) ? digest_persons : digest_sheet)(digest, book, pages, i);
    }
    return ok;
}

static int
compare_properties(const void *a, const void *b)
{
    const struct property *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->value, y->value);
}

/* All properties of ours but the digest itself, in whatever order they were saved, and the hidden sheet. `copy`: the digest of the copy that
 * lies there, "" when there is none. */
static bool
digest_stamp(const struct book *book, const struct page *pages, const char *copy, char out[DIGEST])
{
    struct digest digest = digest_new(book->arena, 0);
    struct property *properties = arena_array(book->arena, book->nproperties + 1, sizeof *properties);
    size_t n = 0;
    bool ok = properties != NULL;
    for (size_t i = 0; ok && i < book->nproperties; i++)
        if (strncmp(book->properties[i].name, PREFIX, strlen(PREFIX)) == 0 && strcmp(book->properties[i].name, PREFIX "digest") != 0)
            properties[n++] = book->properties[i];
    if (n > 0)
        qsort(properties, n, sizeof *properties, compare_properties);
    for (size_t i = 0; i < n; i++) {
        stamp_put_part(&digest.list, properties[i].name);
        text_putc(&digest.list, '|');
        stamp_put_part(&digest.list, properties[i].value);
        text_putc(&digest.list, '|');
    }
    for (size_t i = 0; ok && i < book->nsheets; i++)
        ok = !is_ours(&book->sheets[i]) || digest_sheet(&digest, book, pages, i);
    text_puts(&digest.list, copy);
    return digest_end(&digest, out) && ok;
}

/* -- the copy -- */

const struct sheet *
stamp_sheet(const struct book *book)
{
    return book_sheet_named(book, VALUES_SHEET);
}

/* Bytes of the list that go into one cell: whole items, unless the first is longer than a cell, so that no cell begins or ends in blanks. */
static size_t
piece(const char *list)
{
    size_t n = 0, whole = 0;
    for (size_t units = 0; list[n] != '\0'; n++) {
        unsigned char byte = (unsigned char)list[n];
        if ((byte & 0xC0) == 0x80)
            continue;
        units += byte >= 0xF0 ? 2 : 1;
        if (units > COPY_UNITS)
            return whole > 0 ? whole : n;
        if (byte == '|')
            whole = n + 1;
    }
    return n;
}

/* Into a row of the hidden sheet, if there is one. */
static bool
put_list(struct draft *draft, uint32_t row, const char *list)
{
    struct book *book = &draft->book;
    const struct sheet *ours = stamp_sheet(book);
    if (ours == NULL)
        return true;
    size_t sheet = (size_t)(ours - book->sheets);
    for (uint16_t col = STAMP_COPY; *list != '\0'; col++) {
        size_t n = piece(list);
        const char *text = arena_text(book->arena, list, n);
        if (text == NULL || !draft_text(draft, sheet, row, col, text, 0))
            return false;
        list += n;
    }
    sheet_finish(&book->sheets[sheet]);
    return true;
}

/* What is in such a row. */
static void
take_list(const struct sheet *sheet, uint32_t row, struct text *list)
{
    for (size_t i = sheet_row(sheet, row); i < sheet->ncells && sheet->cells[i].row == row; i++)
        if (sheet->cells[i].col >= STAMP_COPY && sheet->cells[i].text != NULL)
            text_puts(list, sheet->cells[i].text);
}

/* The copy as one list, and its digest; "" both when there is none. */
static bool
take_copy(const struct sheet *sheet, struct text *list, char digest[DIGEST])
{
    *digest = '\0';
    if (sheet != NULL)
        take_list(sheet, COPY_ROW, list);
    if (list->n > 0)
        sha256_hex(list->at, list->n, digest);
    return !list->failed;
}

bool
stamp_list(struct arena *arena, const struct book *book, char **out)
{
    struct digest digest = digest_new(arena, SIZE_MAX);
    bool ok = digest_cells(&digest, book, NULL) && !digest.list.failed;
    *out = digest.list.at;
    return ok;
}

bool
stamp_copy(struct arena *arena, const struct book *book, char **out)
{
    const char *digest = book_property(book, PREFIX "cells");
    struct text list = text_new(arena);
    char now[DIGEST];
    bool ok = take_copy(stamp_sheet(book), &list, now);
    *out = digest != NULL && list.n > 0 && strcmp(now, digest) == 0 ? list.at : NULL;
    return ok;
}

/* -- what formulas show -- */

static bool
holds_value(const struct report *report, const char *sheet, const struct cell *cell)
{
    for (size_t i = 0; i < report->nsections; i++)
        for (size_t v = 0; v < report->sections[i].table->nslots; v++) {
            const struct value *value = &report->sections[i].values[v];
            if (value->sheet != NULL && value->row == cell->row && value->col == cell->col && strcmp(value->sheet->name, sheet) == 0)
                return true;
        }
    return false;
}

/* The list of cells has formulas without their results, which people see and print. In somebody's own workbook only those where a value is:
 * others may be of the day, or at random. */
static bool
put_results(struct draft *draft, const struct report *report)
{
    const struct book *book = &draft->book;
    const char *layout = book_property(book, STAMP_LAYOUT);
    bool own = layout != NULL && strcmp(layout, STAMP_OWN) == 0;
    struct text list = text_new(book->arena);
    struct stamp_place place = { .after = false };
    for (size_t i = 0; i < book->nsheets; i++) {
        stamp_put_sheet(&list, &place, book->sheets[i].name);
        for (size_t c = 0; c < book->sheets[i].ncells; c++) {
            const struct cell *cell = &book->sheets[i].cells[c];
            if (cell->computed && cell->kind != CELL_FORMULA && (!own || holds_value(report, book->sheets[i].name, cell)))
                stamp_put_result(&list, &place, cell);
        }
    }
    return !list.failed && put_list(draft, RESULTS_ROW, list.at);
}

bool
stamp_results(struct arena *arena, const struct book *book, char **out)
{
    const struct sheet *sheet = stamp_sheet(book);
    struct text list = text_new(arena);
    if (sheet != NULL)
        take_list(sheet, RESULTS_ROW, &list);
    *out = list.at;
    return !list.failed;
}

/* -- the stamp -- */

bool
stamp_origin_of(const struct report *report, char out[STAMP_ORIGIN])
{
    struct text text = text_new(report->arena);
    char sha256[65];
    const char *parts[] = { NIANBAO_VERSION, report_sha256(report, sha256), report->file != NULL ? name_base(report->file) : "",
                            report->unit != NULL ? report->unit : "" };        /* the unit, and the year, may have been given */
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_put(&text, parts[i], strlen(parts[i]) + 1);
    text_printf(&text, "%d %s", report->year, report->form->digest);
    for (size_t i = 0; i < report->nsections; i++)
        text_printf(&text, " %s", report->sections[i].table->form->digest);
    for (size_t i = 0; report->previous != NULL && i < report->previous->n; i++)
        text_printf(&text, " %s %s", report->previous->from[i]->sha256, name_base(report->previous->from[i]->file));
    sha256_hex(text.at, text.n, out);
    return !text.failed;
}

const char *
stamp_origin(const struct book *book)
{
    return book_property(book, PREFIX "source");
}

/* What the report says of itself. */
static bool
put_properties(struct book *book, const struct report *report, const char *code)
{
    char origin[STAMP_ORIGIN], year[16];
    struct text unit = text_new(book->arena);
    const char *clipped = paper_clip(book->arena, report->unit != NULL ? report->unit : "", UNIT_CHARACTERS);
    line_put(&unit, clipped);
    snprintf(year, sizeof year, "%d", report->year);
    return !unit.failed && stamp_origin_of(report, origin)
        && book_add_property(book, PREFIX "schema", STAMP_SCHEMA)
        && book_add_property(book, PREFIX "form", report->form->id)
        && book_add_property(book, PREFIX "verdict", verdict_code(report->verdict))
        && book_add_property(book, PREFIX "version", NIANBAO_VERSION)
        && book_add_property(book, PREFIX "source", origin)
        && book_add_property(book, PREFIX "code", code)
        && (unit.n == 0 || book_add_property(book, PREFIX "unit", unit.at))
        && (report->year == 0 || book_add_property(book, PREFIX "year", year));
}

bool
stamp_put(struct draft *draft, const struct report *report, const char *code)
{
    struct book *book = &draft->book;
    struct digest digest = digest_new(book->arena, LIMIT_STAMP_COPY);
    char cells[DIGEST], itself[DIGEST];
    bool ok = put_properties(book, report, code)
        && digest_cells(&digest, book, draft->pages) && digest_end(&digest, cells)
        && put_list(draft, COPY_ROW, digest.list.n > 0 ? digest.list.at : "") && put_results(draft, report) && book_add_property(book, PREFIX "cells", cells);
    bool copied = digest.list.n > 0 && stamp_sheet(book) != NULL;
    return ok && digest_stamp(book, draft->pages, copied ? cells : "", itself) && book_add_property(book, PREFIX "digest", itself);
}

static bool
differs(const char *stamped, const char *now)
{
    return stamped == NULL || strcmp(stamped, now) != 0;
}

/* A book without a schema is ours all the same when the copy lies on the hidden sheet; but other formats lose their properties by themselves. */
static enum stamp
stamp_of(const struct book *book)
{
    const char *schema = book_property(book, PREFIX "schema");
    const struct sheet *sheet = stamp_sheet(book);
    size_t n = strlen(SCHEMA_PREFIX);
    if (schema == NULL || strncmp(schema, SCHEMA_PREFIX, n) != 0)
        return book->kind == FILE_XLSX && sheet != NULL && sheet_cell(sheet, 0, STAMP_COPY) != NULL ? STAMP_CHANGED : STAMP_NONE;
    return strtol(schema + n, NULL, 10) > strtol(&STAMP_SCHEMA[n], NULL, 10) ? STAMP_NEWER : STAMP_CHANGED;
}

bool
stamp_compare(const struct book *book, struct stamp_state *out)
{
    struct digest digest = digest_new(book->arena, 0);
    struct text list = text_new(book->arena);
    char cells[DIGEST], itself[DIGEST], copy[DIGEST];
    *out = (struct stamp_state){ .stamp = stamp_of(book) };
    if (out->stamp != STAMP_CHANGED)
        return true;
    if (!digest_cells(&digest, book, NULL) || !digest_end(&digest, cells) || !take_copy(stamp_sheet(book), &list, copy) ||
        !digest_stamp(book, NULL, copy, itself))
        return false;
    out->cells = differs(book_property(book, PREFIX "cells"), cells);
    out->itself = differs(book_property(book, PREFIX "digest"), itself) || differs(book_property(book, PREFIX "schema"), STAMP_SCHEMA);
    if (!out->cells && !out->itself)
        out->stamp = STAMP_INTACT;
    return true;
}

enum stamp
stamp_check(const struct book *book)
{
    struct stamp_state state;
    return stamp_compare(book, &state) ? state.stamp : STAMP_CHANGED;
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
            text_puts(&numbers, value->slot->key);
            text_putc(&numbers, '=');
            text_puts(&numbers, value->has ? decimal_text(value->number, number) : "");
            text_putc(&numbers, '\n');
        }
    if (numbers.failed)
        return NULL;
    sha256_hex(numbers.at, numbers.n, digest);
    for (size_t i = 0; i < 8; i++) {
        int byte = hex_digit(digest[2 * i]) << 4 | hex_digit(digest[2 * i + 1]);
        code[i < 4 ? i : i + 1] = letters[(size_t)byte % (sizeof letters - 1)];
    }
    return arena_text(report->arena, code, sizeof code - 1);
}
