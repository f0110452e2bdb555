/* SPDX-License-Identifier: MIT */
/* harness: from the bytes of the fuzzer to a target, and what the targets share (fuzz.h). */
#include <string.h>
#include <zlib.h>

#include "fuzz.h"
#include "give.h"
#include "limits.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    FUZZ_HOLDS(arena != NULL);
    fuzz_one(arena, bytes, n);
    FUZZ_HOLDS(arena_used(arena) <= LIMIT_MEMORY);
    arena_free(arena);
    return 0;
}

/* -- a book -- */

static void
check_text(const char *text)
{
    FUZZ_HOLDS(text != NULL && utf8_valid(text, strlen(text)));
}

static void
check_cell(const struct book *book, const struct sheet *sheet, size_t i)
{
    const struct cell *cell = &sheet->cells[i], *before = cell - 1;
    FUZZ_HOLDS(cell->row < LIMIT_ROWS && cell->col < LIMIT_COLS && cell->format < book->nformats);
    FUZZ_HOLDS(i == 0 || before->row < cell->row || (before->row == cell->row && before->col < cell->col));
    FUZZ_HOLDS(sheet_cell(sheet, cell->row, cell->col) == cell);
    if (cell->formula != NULL)
        check_text(cell->formula);
    switch ((enum cell_kind)cell->kind) {
    case CELL_TEXT:
    case CELL_ERROR:
        check_text(cell->text);
        FUZZ_HOLDS(cell->text[0] != '\0' && strlen(cell->text) <= LIMIT_CELL_TEXT);
        break;
    case CELL_BOOLEAN:
        FUZZ_HOLDS(cell->number == 0 || cell->number == 1);
        break;
    case CELL_NUMBER:
        FUZZ_HOLDS(cell->number - cell->number == 0);       /* finite */
        break;
    case CELL_FORMULA:
        FUZZ_HOLDS(cell->computed);
        break;
    }
}

static void
check_sheet(const struct book *book, const struct sheet *sheet)
{
    check_text(sheet->name);
    for (size_t i = 0; i < sheet->ncells; i++)
        check_cell(book, sheet, i);
    FUZZ_HOLDS(sheet->nmerges <= LIMIT_MERGES);
    for (size_t i = 0; i < sheet->nmerges; i++) {
        struct area area = sheet->merges[i];
        FUZZ_HOLDS(area.row <= area.row2 && area.col <= area.col2 && area.row2 < LIMIT_ROWS && area.col2 < LIMIT_COLS);
        FUZZ_HOLDS(sheet_merge(sheet, area.row, area.col) != NULL);
    }
}

void
fuzz_check_book(const struct book *book)
{
    FUZZ_HOLDS(book->nformats > 0);
    for (size_t i = 0; i < book->nformats; i++)
        check_text(book->formats[i]);
    for (size_t i = 0; i < book->nsheets; i++)
        check_sheet(book, &book->sheets[i]);
    for (size_t i = 0; i < book->nproperties; i++) {
        check_text(book->properties[i].name);
        check_text(book->properties[i].value);
    }
    for (size_t i = 0; i < book->nparagraphs; i++) {
        check_text(book->paragraphs[i]);
        FUZZ_HOLDS(book->paragraphs[i][0] != '\0');
    }
}

void
fuzz_check_read(enum status status, const struct book *book)
{
    if (status == STATUS_OK)
        fuzz_check_book(book);
    else
        FUZZ_HOLDS(status < STATUS_COUNT && status != STATUS_OUTPUT && status != STATUS_NOT_FOUND);
}

/* -- a file -- */

const struct forms *
fuzz_forms(void)
{
    static struct forms forms;
    static struct arena *arena;
    if (arena == NULL) {
        arena = arena_new(LIMIT_MEMORY);
        FUZZ_HOLDS(arena != NULL && forms_load(arena, NULL, &forms, NULL) == STATUS_OK);
    }
    return &forms;
}

/* All that is written of a report is well-formed text. */
static void
give_texts(const struct report *report)
{
    static void (*const give[])(const struct report *report, bool color, struct text *out) = { give_terminal, give_line };
    struct text out = text_new(report->arena);
    give_json(report, &out);
    if (report->verdict != VERDICT_UNREADABLE)
        give_summary(report, &out);
    for (size_t i = 0; report->verdict != VERDICT_UNREADABLE && i < sizeof give / sizeof *give; i++)
        give[i](report, true, &out);
    if (!out.failed)
        check_text(out.at);
}

void
fuzz_whole(struct arena *arena, const char *name, const unsigned char *bytes, size_t n)
{
    struct options options = { .language = LANGUAGE_ZH };
    struct report report, again;
    struct fault fault = { .status = STATUS_OK };
    unsigned char *written;
    size_t nwritten;
    report_make(&report, arena, fuzz_forms(), &options, name, bytes, n);
    give_texts(&report);
    if (report.verdict == VERDICT_UNREADABLE) {
        FUZZ_HOLDS(report.fault.status != STATUS_OK && report.error_message != NULL);
        return;
    }
    fuzz_check_book(&report.book);
    if (n % 4 != 0)                             /* ten times as dear as all the rest: not for every input */
        return;
    enum status status = give_workbook(&report, &written, &nwritten, &fault);
    if (status != STATUS_OK) {
        FUZZ_HOLDS(status == STATUS_MEMORY);
        return;
    }
    report_make(&again, arena, fuzz_forms(), &options, "again.xlsx", written, nwritten);
    if (again.verdict == VERDICT_UNREADABLE && again.fault.status == STATUS_MEMORY)
        return;
    FUZZ_HOLDS(again.verdict == report.verdict);
}

/* -- a package (APPNOTE 4.3) -- */

static void
put(struct text *out, uint64_t value, int size)
{
    for (; size > 0; size--, value >>= 8)
        text_putc(out, (char)value);
}

/* What a local header and an entry of the directory have in common. */
static void
put_head(struct text *out, const struct fuzz_part *part)
{
    put(out, 20, 2);
    put(out, 0, 8);                             /* flags, method, time */
    put(out, crc32(0, part->bytes, (uInt)part->n), 4);
    put(out, part->n, 4);
    put(out, part->n, 4);
    put(out, strlen(part->name), 2);
    put(out, 0, 2);
}

unsigned char *
fuzz_package(struct arena *arena, const struct fuzz_part *parts, size_t *n)
{
    struct text out = text_new(arena), directory = text_new(arena);
    size_t count = 0;
    for (; parts[count].name != NULL; count++) {
        const struct fuzz_part *part = &parts[count];
        text_puts(&directory, "PK\1\2");
        put(&directory, 20, 2);
        put_head(&directory, part);
        put(&directory, 0, 10);
        put(&directory, out.n, 4);
        text_puts(&directory, part->name);
        text_puts(&out, "PK\3\4");
        put_head(&out, part);
        text_puts(&out, part->name);
        text_put(&out, part->bytes, part->n);
    }
    size_t at = out.n;
    text_put(&out, directory.at, directory.n);
    text_puts(&out, "PK\5\6");
    put(&out, 0, 4);
    put(&out, count, 2);
    put(&out, count, 2);
    put(&out, directory.n, 4);
    put(&out, at, 4);
    put(&out, 0, 2);
    FUZZ_HOLDS(!out.failed && !directory.failed);
    *n = out.n;
    return (unsigned char *)out.at;
}

enum status
fuzz_feed_read(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault)
{
    struct fuzz_feed *feed = from;
    (void)fault;
    *got = feed->n < room ? feed->n : room;
    memcpy(out, feed->at, *got);
    feed->at += *got;
    feed->n -= *got;
    return STATUS_OK;
}
