/* SPDX-License-Identifier: MIT */
/* rollup_details: the sheet 分单位明细: a row per unit, a column per number of the form in legal order. Columns in which no unit has anything
 * are folded away. Of more units than a sheet takes the rows go to a text file beside the workbook. */
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "limits.h"
#include "names.h"
#include "os.h"
#include "rollup_workbook.h"
#include "sha256.h"
#include "wording.h"

enum { TITLE_ROW, REMARK_ROW, SUM_ROW, TABLE_ROW, ROW_ROW, COLUMN_ROW, FIRST_ROW };
enum { COL_UNIT, COL_VERDICT, COL_NUMBERS };
enum { NUMBERS = 10000 };                /* names to try */

#define NUMBER_WIDTH 9.5
#define MONEY_WIDTH 15.0
#define CSV_ENDING ".分单位明细"

static bool
too_many(const struct rollup_book *book)
{
    return book->nunits > LIMIT_DETAIL_UNITS;
}

/* -- the head -- */

/* The words over a column: of its row, and of the column itself; the group of an unlabelled row's column stands in the row's place. */
static const char *
words_of_row(const struct slot *slot)
{
    if (*slot->row->brief != '\0')
        return slot->row->brief;
    return slot->column->parent != NULL ? slot->column->parent->path : "";
}

static const char *
words_of_column(const struct slot *slot)
{
    return *slot->row->brief == '\0' ? slot->column->label.text : slot->column->path;
}

/* One line of the head: neighbours with the same words share a cell. */
static bool
put_heads(struct paper *paper, const struct form *form, uint32_t row, const char *(*words)(const struct slot *slot), const struct style *look)
{
    for (size_t i = 0, next; i < form->nslots; i = next) {
        const struct slot *slot = &form->slots[i];
        for (next = i + 1; row != COLUMN_ROW && next < form->nslots && form->slots[next].block == slot->block
                 && strcmp(words(&form->slots[next]), words(slot)) == 0; next++)
            ;
        if (!paper_text(paper, paper_area(row, (uint16_t)(COL_NUMBERS + i), (uint16_t)(COL_NUMBERS + next - 1)), words(slot), look))
            return false;
    }
    return true;
}

static bool
put_tables(struct paper *paper, const struct form *form, const struct style *look)
{
    for (size_t t = 0; t < form->ntables; t++) {
        const struct table *table = &form->tables[t];
        uint16_t first = (uint16_t)(COL_NUMBERS + table->first);
        if (!paper_text(paper, paper_area(TABLE_ROW, first, (uint16_t)(first + table->nslots - 1)), table->title.text, look))
            return false;
    }
    return true;
}

static bool
put_remarks(struct rollup_book *book, struct paper *paper, size_t folded)
{
    struct style title = look_title;
    struct text words = text_new(book->arena), remark = text_new(book->arena);
    title.size = 14;
    title.align = ALIGN_LEFT;
    title.wrap = false;
    text_puts(&words, book->rollup->area);
    if (book->rollup->year != 0)
        text_printf(&words, "%d年", book->rollup->year);
    text_puts(&words, DETAILS_SHEET);
    if (too_many(book))
        text_printf(&remark, "共 %zu 个单位，一张工作表放不下，各单位的数在同一文件夹的“%s”里。", book->nunits, name_base(book->details));
    else
        text_puts(&remark, "红色的行已计入，待更正，见“" VERDICTS_SHEET "”。合计随筛选变化。");
    if (folded > 0)
        text_printf(&remark, "各单位都是 0 的 %zu 列已收起，点列标上方的“+”展开。", folded);
    struct style look = look_text;
    look.wrap = false;
    return !words.failed && !remark.failed && paper_text(paper, paper_cell(TITLE_ROW, 0), words.at, &title)
        && paper_height(paper, TITLE_ROW, 30) && paper_text(paper, paper_cell(REMARK_ROW, 0), remark.at, &look);
}

/* The sum of what is shown. What units wrote as totals is summed as written. */
static bool
put_sums(struct rollup_book *book, struct paper *paper)
{
    const struct form *form = book->rollup->form;
    struct style label = look_head;
    label.fill = FILL_GREY;
    if (!paper_text(paper, paper_area(SUM_ROW, COL_UNIT, COL_VERDICT), "合计", &label))
        return false;
    for (size_t i = 0; i < form->nslots; i++) {
        struct style look = paper_number_look(&form->slots[i], form->slots[i].kind != KIND_MONEY);
        struct area area = paper_cell(SUM_ROW, (uint16_t)(COL_NUMBERS + i));
        struct text formula = text_new(book->arena);
        char first[A1_SIZE], last[A1_SIZE];
        look.fill = FILL_GREY;
        text_printf(&formula, "ROUND(SUBTOTAL(109,%s:%s),6)", a1(FIRST_ROW, area.col, first),
                    a1((uint32_t)(FIRST_ROW + book->nunits - 1), area.col, last));
        if (formula.failed || !(book->written[i].overflow || too_many(book) || book->nunits == 0
                ? paper_text(paper, area, "", &look)
                : paper_number(paper, area, decimal_double((struct decimal){ book->written[i].micros }), formula.at, &look)))
            return false;
    }
    return true;
}

/* Runs of columns without anything; returns how many columns, SIZE_MAX: out of memory. */
static size_t
fold(struct rollup_book *book, const struct paper *paper)
{
    size_t n = book->rollup->form->nslots, folded = 0;
    for (size_t i = 0, next; i < n; i = next + 1) {
        for (next = i; next < n && !book->used[next]; next++)
            ;
        if (next > i && !draft_group(&book->draft, paper->sheet, (uint16_t)(COL_NUMBERS + i), (uint16_t)(COL_NUMBERS + next - 1), NUMBER_WIDTH))
            return SIZE_MAX;
        folded += next - i;
    }
    return folded;
}

/* -- the rows -- */

/* Looks follow one another: slot 0 passing, slot 0 failing, slot 1 … */
static uint16_t *
number_styles(struct rollup_book *book)
{
    const struct form *form = book->rollup->form;
    uint16_t *styles = arena_array(book->arena, 2 * form->nslots, sizeof *styles);
    for (size_t i = 0; styles != NULL && i < 2 * form->nslots; i++) {
        struct style look = paper_number_look(&form->slots[i / 2], form->slots[i / 2].kind != KIND_MONEY);
        look.fill = i % 2 == 1 ? FILL_RED : 0;
        if (look.number_format != NULL && strcmp(look.number_format, "0") == 0)
            look.number_format = NULL;           /* a count with decimals is shown as written */
        styles[i] = draft_style(&book->draft, &look);
        if (styles[i] == 0)
            return NULL;
    }
    return styles;
}

static void
put_numbers(struct list *list, const uint16_t *styles, bool failing)
{
    size_t n = list->book->rollup->form->nslots;
    for (size_t i = 0; i < n && i < list->filing->nvalues; i++) {
        const struct filing_value *value = &list->filing->values[i];
        uint16_t col = (uint16_t)(COL_NUMBERS + i), style = styles[2 * i + failing];
        if (value->has)
            list_number(list, col, decimal_double((struct decimal){ value->micros }), style);
        else
            list_text(list, col, "", failing ? LOOK_RED : LOOK_CELL);
    }
}

static bool
next(void *context, struct row *row)
{
    struct list *list = context;
    struct rollup_book *book = list->book;
    if (list->entry == book->nunits || too_many(book))
        return list_end(row);
    const struct entry *entry = &book->rollup->entries[book->units[list->entry]];
    bool failing = entry->verdict != VERDICT_PASS;
    if (!list_take(list, book->units[list->entry]))
        return false;
    list_row(list);
    list_text(list, COL_UNIT, entry->name, failing ? LOOK_RED : LOOK_CELL);
    list_text(list, COL_VERDICT, failing ? fate_word(entry->fate) : verdict_word(entry->verdict), failing ? LOOK_RED_CENTER : LOOK_CENTER);
    put_numbers(list, list->styles, failing);
    list->entry++;
    return list_give(list, row);
}

static bool
set_page(struct rollup_book *book, struct paper *paper, const struct list *list)
{
    uint16_t last = (uint16_t)(COL_NUMBERS + book->rollup->form->nslots - 1);
    if (!paper_finish(paper, (uint16_t)(last + 1), book->footer))
        return false;
    struct page *page = paper_page(paper);
    page->has_print_area = false;
    page->landscape = true;
    page->freeze_row = page->repeat_rows = page->source_row = FIRST_ROW;
    page->freeze_col = page->repeat_cols = COL_NUMBERS;
    page->scale = 60;
    page->has_filter = true;
    page->filter = (struct area){ COLUMN_ROW, COLUMN_ROW, 0, last };
    page->source = &list->source;
    return true;
}

bool
rollup_details(struct rollup_book *book)
{
    const struct form *form = book->rollup->form;
    size_t cols = COL_NUMBERS + form->nslots;
    struct paper paper;
    struct style head = look_head, small = look_head;
    double *widths = arena_array(book->arena, cols, sizeof *widths);
    struct list *list = widths != NULL ? list_new(book, cols, next) : NULL;
    if (list == NULL || (list->styles = number_styles(book)) == NULL)
        return false;
    for (size_t i = 0; i < cols; i++)
        widths[i] = i == COL_UNIT ? 30 : i == COL_VERDICT ? 15 : form->slots[i - COL_NUMBERS].kind == KIND_MONEY ? MONEY_WIDTH : NUMBER_WIDTH;
    head.fill = small.fill = FILL_GREY;
    small.size = 9;
    if (!paper_begin(&paper, &book->draft, DETAILS_SHEET, false, widths, (uint16_t)cols))
        return false;
    size_t folded = fold(book, &paper);
    if (folded == SIZE_MAX || !put_remarks(book, &paper, folded) || !put_sums(book, &paper) || !put_tables(&paper, form, &head)
        || !put_heads(&paper, form, ROW_ROW, words_of_row, &small) || !put_heads(&paper, form, COLUMN_ROW, words_of_column, &small)
        || !paper_text(&paper, paper_area(TABLE_ROW, COL_UNIT, COL_VERDICT), "", &head)
        || !paper_text(&paper, paper_area(ROW_ROW, COL_UNIT, COL_VERDICT), "", &head)
        || !paper_text(&paper, paper_cell(COLUMN_ROW, COL_UNIT), "报送单位", &head)
        || !paper_text(&paper, paper_cell(COLUMN_ROW, COL_VERDICT), "结论", &head)
        || !paper_height(&paper, TABLE_ROW, 24) || !paper_height(&paper, ROW_ROW, 40) || !paper_height(&paper, COLUMN_ROW, 46))
        return false;
    for (size_t i = 0; i < book->nunits && !too_many(book); i++)
        book->rows[book->units[i]] = (uint32_t)(FIRST_ROW + i);
    return set_page(book, &paper, list);
}

/* -- the text file -- */

struct lines { struct rollup_book *book; struct text text; struct arena *arena, *scratch; size_t next; struct sha256 sha256; };

static void
put_line(struct text *out, const struct entry *entry, const struct filing *filing)
{
    char number[DECIMAL_TEXT];
    csv_field(out, true, entry->file);
    csv_field(out, false, entry->name);
    text_printf(out, entry->year != 0 ? ",%d" : ",", entry->year);
    csv_field(out, false, filing->form);
    csv_field(out, false, verdict_code(entry->verdict));
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        text_printf(out, ",%zu", filing->counts[i]);
    for (size_t i = 0; i < filing->nvalues; i++)
        csv_field(out, false, filing->values[i].has ? decimal_text((struct decimal){ filing->values[i].micros }, number) : "");
    csv_end(out);
}

/* Some lines more. */
static bool
more(void *context, const void **bytes, size_t *n)
{
    enum { PIECE = 64 };
    struct lines *lines = context;
    const struct rollup *rollup = lines->book->rollup;
    arena_reset(lines->arena);
    lines->text = text_new(lines->arena);
    if (lines->next == 0)
        csv_values_head(&lines->text, rollup->form);
    for (size_t end = lines->next + PIECE; lines->next < end && lines->next < lines->book->nunits; lines->next++) {
        const struct entry *entry = &rollup->entries[lines->book->units[lines->next]];
        arena_reset(lines->scratch);
        const struct filing *filing = spool_get(rollup->spool, entry->filing, lines->scratch);
        if (filing == NULL)
            return false;
        put_line(&lines->text, entry, filing);
    }
    *bytes = lines->text.at;
    *n = lines->text.n;
    sha256_add(&lines->sha256, lines->text.at, lines->text.n);
    return !lines->text.failed;
}

/* Is it the text file of the roll-up that is replaced, as it was written? One that is too large to be looked at is not. */
static bool
is_old(const struct rollup *rollup, const char *path)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    unsigned char *bytes;
    size_t n;
    char sha256[65] = "";
    if (arena != NULL && *rollup->details != '\0' && os_read_file(arena, path, &bytes, &n, NULL) == STATUS_OK)
        sha256_hex(bytes, n, sha256);
    arena_free(arena);
    return *sha256 != '\0' && strcmp(sha256, rollup->details) == 0;
}

/* Write the lines to the first of the names that is free. */
static enum status
write_lines(struct rollup_book *book, struct lines *lines, struct fault *fault)
{
    const char *dot = strrchr(name_base(book->path), '.');
    for (unsigned number = 1; number < NUMBERS; number++) {
        struct text path = text_new(book->arena);
        text_put(&path, book->path, dot != NULL ? (size_t)(dot - book->path) : strlen(book->path));
        text_puts(&path, CSV_ENDING);
        if (number > 1)
            text_printf(&path, "(%u)", number);
        text_puts(&path, ".csv");
        if (path.failed)
            break;
        bool there = os_file_exists(path.at), exists = false;
        if (there && !is_old(book->rollup, path.at))
            continue;
        lines->next = 0;
        sha256_begin(&lines->sha256);
        enum status status = os_write_pieces(path.at, more, lines, there, &exists, fault);
        if (exists)
            continue;
        sha256_end(&lines->sha256, book->details_sha256);
        book->details = path.at;
        return status;
    }
    return fault_set(fault, STATUS_MEMORY, "rollup");
}

enum status
rollup_details_csv(struct rollup_book *book, struct fault *fault)
{
    struct lines lines = { .book = book, .arena = arena_new(LIMIT_MEMORY), .scratch = arena_new(LIMIT_MEMORY) };
    enum status status = STATUS_OK;
    if (lines.arena == NULL || lines.scratch == NULL)
        status = fault_set(fault, STATUS_MEMORY, "rollup");
    else if (too_many(book))
        status = write_lines(book, &lines, fault);
    arena_free(lines.arena);
    arena_free(lines.scratch);
    return status;
}
