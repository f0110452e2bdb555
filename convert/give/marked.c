/* SPDX-License-Identifier: MIT */
/* marked: the clerk's own workbook with marks: what the findings are about is red or amber with a comment, 校验结果 and, when last year's
 * report is known, 与上年对比 stand behind the clerk's sheets, and behind those the hidden sheet, where a row for each mark says how its
 * cell looked before. The result is read back and must be as its stamp says: a workbook that cannot be given back like this is given
 * back in the legal layout. */
#include <string.h>

#include "comparison.h"
#include "give.h"
#include "limits.h"
#include "marks.h"
#include "patch.h"
#include "read.h"
#include "stamp.h"
#include "workbook.h"

#define OWN_PREFIX "nianbao."
#define MARKED_WORD "marked"         /* on the hidden sheet: the head of the rows of marks, and each of them */
#define MARK_WORD "mark"
#define NOTE_AUTHOR "年报校验"
#define NOTE_BEGIN "【年报校验】"
#define NOTE_END "【校验到此】"

enum { COL_WORD, COL_SHEET, COL_CELL, COL_BEFORE };

/* The red and the amber of the cleaned workbook but for one bit that nobody sees: other cells may well have the usual ones. */
enum { MARK_RED = 0xFFC7CF, MARK_AMBER = 0xFFEB9D };

/* -- what an earlier run has left -- */

static const char *
text_at(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    const struct cell *cell = sheet_cell(sheet, row, col);
    return cell != NULL && cell->kind == CELL_TEXT ? cell->text : "";
}

static bool
is_word(const struct cell *cell, const char *word)
{
    return cell->col == COL_WORD && cell->kind == CELL_TEXT && strcmp(cell->text, word) == 0;
}

static const struct cell *
find_word(const struct sheet *sheet, const char *word)
{
    for (size_t i = 0; i < sheet->ncells; i++)
        if (is_word(&sheet->cells[i], word))
            return &sheet->cells[i];
    return NULL;
}

/* "J8"; false: no such place. */
static bool
take_address(const char *s, uint32_t *row, uint16_t *col)
{
    uint32_t c = 0, r = 0;
    for (; *s >= 'A' && *s <= 'Z' && c <= LIMIT_COLS; s++)
        c = c * 26 + (uint32_t)(*s - 'A') + 1;
    for (; *s >= '0' && *s <= '9' && r <= LIMIT_ROWS; s++)
        r = r * 10 + (uint32_t)(*s - '0');
    *row = r - 1;
    *col = (uint16_t)(c - 1);
    return *s == '\0' && c >= 1 && c <= LIMIT_COLS && r >= 1 && r <= LIMIT_ROWS;
}

static bool
take_old(struct arena *arena, const struct sheet *hidden, struct patch_marking *marking)
{
    struct patch_mark *old = arena_array(arena, hidden->ncells + 1, sizeof *old);
    marking->old = old;
    for (size_t i = 0; old != NULL && i < hidden->ncells; i++) {
        uint32_t at = hidden->cells[i].row;
        struct patch_mark *mark = &old[marking->nold];
        if (!is_word(&hidden->cells[i], MARK_WORD) || !take_address(text_at(hidden, at, COL_CELL), &mark->row, &mark->col))
            continue;
        mark->sheet = text_at(hidden, at, COL_SHEET);
        mark->before = text_at(hidden, at, COL_BEFORE);
        marking->nold++;
    }
    return old != NULL;
}

/* -- what to mark -- */

/* The mark of a place, which the first cell of a merged range stands for: two cells of one range share it. NULL: out of memory. */
static bool
add_mark(struct arena *arena, struct patch_marking *marking, const struct mark *mark)
{
    const struct area *merge = sheet_merge(mark->at.sheet, mark->at.row, mark->at.col);
    struct patch_mark new = { .sheet = mark->at.sheet->name, .row = merge != NULL ? merge->row : mark->at.row,
                              .col = merge != NULL ? merge->col : mark->at.col, .color = mark->severity != SEVERITY_ERROR, .note = mark->note };
    struct text both = text_new(arena);
    for (size_t i = 0; i < marking->n; i++) {
        struct patch_mark *there = &marking->marks[i];
        if (strcmp(there->sheet, new.sheet) != 0 || there->row != new.row || there->col != new.col)
            continue;
        text_printf(&both, "%s\n\n%s", there->note, new.note);
        there->color = new.color < there->color ? new.color : there->color;
        there->note = both.at;
        return !both.failed;
    }
    marking->marks[marking->n++] = new;
    return true;
}

static bool
take_marks(struct arena *arena, const struct report *report, struct patch_marking *marking)
{
    struct marks marks;
    if (!marks_make(arena, report, &marks) || (marking->marks = arena_array(arena, marks.nmarks + 1, sizeof *marking->marks)) == NULL)
        return false;
    for (size_t i = 0; i < marks.nmarks; i++)
        if (!add_mark(arena, marking, &marks.marks[i]))
            return false;
    return true;
}

/* -- the sheets behind the clerk's -- */

/* Is it one of an earlier run? A clerk may have a 与上年对比 too: the hidden sheet names it among the others. */
static bool
is_ours(const struct book *book, const struct sheet *sheet)
{
    if (strcmp(sheet->name, COMPARE_SHEET) == 0)
        return book_sheet_named(book, VALUES_SHEET) != NULL && !stamp_private(book, sheet->name);
    return strcmp(sheet->name, RESULTS_SHEET) == 0 || strcmp(sheet->name, VALUES_SHEET) == 0;
}

/* The clerk's sheets, so that the stamp covers them: all that are there but ours of an earlier run. */
static bool
take_sheets(struct draft *draft, const struct book *book)
{
    for (size_t i = 0; i < book->nsheets; i++) {
        const struct sheet *from = &book->sheets[i];
        if (is_ours(book, from))
            continue;
        size_t sheet = draft_sheet(draft, from->name, from->hidden);
        if (sheet == SIZE_MAX)
            return false;
        struct sheet *to = &draft->book.sheets[sheet];
        to->cells = from->cells;
        to->ncells = to->cap = from->ncells;
    }
    return true;
}

static bool
holds_table(const struct report *report, const char *sheet)
{
    for (size_t i = 0; i < report->nsections; i++)
        if (report->sections[i].placement != NULL && strcmp(report->sections[i].placement->sheet->name, sheet) == 0)
            return true;
    return false;
}

/* What the next run and the stamp need to know, on the hidden sheet; the clerk's sheets are the first ones. */
static bool
put_marks(struct draft *draft, const struct report *report, size_t first, size_t sheet, const struct patch_marking *marking)
{
    const struct sheet *hidden = &draft->book.sheets[sheet];
    uint32_t row = 0;
    char address[A1_SIZE];
    for (size_t i = 0; i < hidden->ncells; i++)
        row = hidden->cells[i].row > row ? hidden->cells[i].row : row;
    if (!draft_text(draft, sheet, ++row, COL_WORD, MARKED_WORD, 0))
        return false;
    for (size_t i = 0; i < first; i++) {
        const char *name = draft->book.sheets[i].name;
        if ((!holds_table(report, name) || strcmp(name, COMPARE_SHEET) == 0)      /* not to be taken for ours */
            && (!draft_text(draft, sheet, ++row, COL_WORD, STAMP_PRIVATE, 0) || !draft_text(draft, sheet, row, COL_SHEET, name, 0)))
            return false;
    }
    for (size_t i = 0; i < marking->n; i++) {
        const struct patch_mark *mark = &marking->marks[i];
        if (mark->before == NULL)
            continue;
        row++;
        if (!draft_text(draft, sheet, row, COL_WORD, MARK_WORD, 0) || !draft_text(draft, sheet, row, COL_SHEET, mark->sheet, 0)
            || !draft_text(draft, sheet, row, COL_CELL, a1(mark->row, mark->col, address), 0)
            || !draft_text(draft, sheet, row, COL_BEFORE, mark->before, 0))
            return false;
    }
    return true;
}

/* 与上年对比, in plain numbers: formulas of ours would go into the workbook's list of them. One of an earlier run does not stay as it is. */
static bool
put_comparison(struct workbook *workbook, const struct book *book)
{
    static const struct comparison none = { .remark = "这一次核对没有用上一年度的报告。" };
    const struct sheet *there = book_sheet_named(book, COMPARE_SHEET);
    size_t at = workbook->draft.book.nsheets;
    struct paper paper;
    if (there != NULL && !is_ours(book, there))
        return true;
    if (!compare_write(workbook))
        return false;
    if (workbook->draft.book.nsheets == at)
        return there == NULL || comparison_sheet(workbook->arena, &workbook->draft, &none, workbook->footer, &paper);
    const struct sheet *sheet = &workbook->draft.book.sheets[at];
    for (size_t i = 0; i < sheet->ncells; i++) {
        sheet->cells[i].formula = NULL;
        sheet->cells[i].computed = false;
    }
    return true;
}

/* The draft of what is ours, stamped over all that there is. */
static bool
write_ours(struct workbook *workbook, const struct book *book, const struct patch_marking *marking, size_t *first)
{
    struct draft *draft = &workbook->draft;
    if (!draft_init(workbook->arena, draft) || !take_sheets(draft, book))
        return false;
    *first = draft->book.nsheets;
    if (!footer_make(workbook) || !results_write(workbook) || !put_comparison(workbook, book) || !values_write(workbook)
        || !put_marks(draft, workbook->report, *first, draft->book.nsheets - 1, marking) || !book_add_property(&draft->book, STAMP_LAYOUT, STAMP_OWN))
        return false;
    for (size_t i = *first; i < draft->book.nsheets; i++)
        sheet_finish(&draft->book.sheets[i]);
    return stamp_put(draft, workbook->report, workbook->code);
}

/* -- all of it -- */

static enum status
mark(struct arena *arena, const struct report *report, const struct book *book, struct patch *patch, const struct sheet *hidden,
     struct marked *out)
{
    struct patch_marking marking = { .colors = { MARK_RED, MARK_AMBER }, .author = NOTE_AUTHOR, .begin = NOTE_BEGIN, .end = NOTE_END };
    struct report mine = *report;
    struct workbook workbook = { .arena = arena, .report = &mine, .in_place = true };
    size_t first = 0;
    mine.arena = arena;
    if ((hidden != NULL && !take_old(arena, hidden, &marking)) || !take_marks(arena, report, &marking))
        return STATUS_MEMORY;
    enum status status = patch_mark(patch, &marking);
    if (status == STATUS_OK && !write_ours(&workbook, book, &marking, &first))
        status = STATUS_MEMORY;
    for (size_t i = first; status == STATUS_OK && i < workbook.draft.book.nsheets; i++)
        status = patch_sheet(patch, &workbook.draft, i);
    if (status == STATUS_OK)
        status = patch_properties(patch, &workbook.draft.book, OWN_PREFIX);
    return status == STATUS_OK ? patch_write(patch, &out->bytes, &out->n) : status;
}

/* What was written is what is read. */
static bool
reads_back(const struct marked *marked)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct book book = { .arena = arena };
    bool ok = arena != NULL && read_book(arena, marked->bytes, marked->n, &book, NULL) == STATUS_OK && stamp_check(&book) == STAMP_INTACT;
    arena_free(arena);
    return ok;
}

static const struct sheet *
sheet_called(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->nsheets; i++)
        if (strcmp(book->sheets[i].name, name) == 0)
            return &book->sheets[i];
    return NULL;
}

/* The sheets as the file has them: judging may have emptied one that an add-in has put there, or is called so. */
static enum status
whole_book(struct arena *arena, const struct report *report, struct book *book)
{
    *book = report->book;
    if (sheet_called(book, MARKS_SHEET) == NULL && sheet_called(book, COMPARE_SHEET) == NULL)
        return STATUS_OK;
    *book = (struct book){ .arena = arena };
    return read_book(arena, report->bytes, report->nbytes, book, NULL);
}

enum unmarked
give_marked(struct arena *arena, const struct report *report, struct marked *marked)
{
    const struct sheet *hidden = sheet_called(&report->book, VALUES_SHEET);
    struct fault fault = { .status = STATUS_OK };
    struct book book;
    struct patch *patch;
    *marked = (struct marked){ .bytes = NULL };
    if (report->verdict != VERDICT_FAIL || report->book.kind != FILE_XLSX || report->bytes == NULL)
        return UNMARKED_NO_MATTER;
    if (hidden != NULL && find_word(hidden, MARKED_WORD) == NULL)
        return UNMARKED_NO_MATTER;              /* it is a workbook of ours in the legal layout */
    if (hidden == NULL && sheet_called(&report->book, RESULTS_SHEET) != NULL)
        return UNMARKED_NAMED;                  /* the clerk's own */
    enum status status = patch_open(arena, report->bytes, report->nbytes, &patch, &fault);
    if (status == STATUS_OK && patch_is_signed(patch))
        return UNMARKED_SIGNED;
    if (status == STATUS_OK)
        status = whole_book(arena, report, &book);
    if (status == STATUS_OK) {
        marked->macros = patch_has_macros(patch);
        status = mark(arena, report, &book, patch, hidden, marked);
    }
    if (status == STATUS_OK && reads_back(marked))
        return UNMARKED_NO_MATTER;
    marked->bytes = NULL;
    return status == STATUS_MEMORY || status == STATUS_TOO_BIG ? UNMARKED_TOO_BIG : UNMARKED_UNUSUAL;
}
