/* SPDX-License-Identifier: MIT */
/* rollup_workbook: 汇总.xlsx. First one look at every filing (which units count, what they wrote, who is largest), then sheet by sheet, then
 * the stamp, which covers the rows that come from the spool as well. */
#include "rollup_workbook.h"

#include <string.h>

#include "check.h"
#include "limits.h"
#include "os.h"
#include "stamp.h"

/* -- one look at every filing -- */

static void
rank(struct rollup_book *book, size_t entry, const struct filing_value *value)
{
    if (!value->has || value->micros <= 0)
        return;
    size_t at = book->nlargest;
    while (at > 0 && book->largest[at - 1].micros < value->micros)
        at--;
    if (at == LARGEST)
        return;
    size_t last = book->nlargest < LARGEST ? book->nlargest++ : LARGEST - 1;
    memmove(&book->largest[at + 1], &book->largest[at], (last - at) * sizeof *book->largest);
    book->largest[at] = (struct rank){ entry, value->micros };
}

static void
look_at_values(struct rollup_book *book, size_t entry, const struct filing *filing)
{
    for (size_t i = 0; i < filing->nvalues; i++) {
        const struct filing_value *value = &filing->values[i];
        struct sum *sum = &book->written[i];
        if (!value->has)
            continue;
        book->used[i] = book->used[i] || value->micros != 0;
        sum->overflow = sum->overflow || __builtin_add_overflow(sum->micros, value->micros, &sum->micros);
    }
    if (book->ranked < filing->nvalues)
        rank(book, entry, &filing->values[book->ranked]);
}

static bool
look(struct rollup_book *book)
{
    const struct rollup *rollup = book->rollup;
    size_t n = rollup->nentries + 1;
    struct highlights highlights = rollup_highlights(rollup->form);
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    book->units = arena_array(book->arena, n, sizeof *book->units);
    book->rows = arena_array(book->arena, n, sizeof *book->rows);
    book->warnings = arena_array(book->arena, n, sizeof *book->warnings);
    book->used = arena_array(book->arena, rollup->form->nslots, sizeof *book->used);
    book->written = arena_array(book->arena, rollup->form->nslots, sizeof *book->written);
    book->largest = arena_array(book->arena, LARGEST, sizeof *book->largest);
    book->ranked = highlights.applicants != NULL ? highlights.applicants->left[0] : SIZE_MAX;
    bool ok = scratch != NULL && book->units != NULL && book->rows != NULL && book->warnings != NULL && book->used != NULL
        && book->written != NULL && book->largest != NULL;
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        const struct entry *entry = &rollup->entries[i];
        if (!entry_counts(entry) && entry->fate != FATE_LEFT_OUT)
            continue;
        arena_reset(scratch);
        const struct filing *filing = spool_get(rollup->spool, entry->filing, scratch);
        ok = filing != NULL;
        if (ok)
            book->warnings[i] = filing->counts[SEVERITY_WARNING];
        if (ok && entry_counts(entry)) {
            book->units[book->nunits++] = i;
            look_at_values(book, i, filing);
        }
    }
    arena_free(scratch);
    return ok;
}

/* -- the sum, judged; its "bytes" are the register, so that the stamp says what it was made from -- */

static void
judge(struct report *report)
{
    for (size_t s = 0; s < report->nsections; s++) {
        const struct table *table = report->sections[s].table;
        for (size_t i = 0; i < table->nequations; i++) {
            const struct equation *equation = &table->equations[i];
            struct decimal left, right;
            if (!equation_sides(report, equation, &left, &right)
                || (equation->relation == RELATION_AT_MOST ? left.micros <= right.micros : left.micros == right.micros))
                continue;
            report->counts[equation->rule->severity]++;
        }
    }
    report->verdict = report->counts[SEVERITY_ERROR] > 0 ? VERDICT_FAIL : VERDICT_PASS;
}

static bool
make_report(struct rollup_book *book)
{
    const struct rollup *rollup = book->rollup;
    struct text inputs = text_new(book->arena);
    for (size_t i = 0; i < rollup->nentries; i++)
        text_printf(&inputs, "%s %d\n", rollup->entries[i].sha256, (int)rollup->entries[i].fate);
    if (inputs.failed || !rollup_report(rollup, book->arena, &book->report))
        return false;
    book->report.bytes = (const unsigned char *)inputs.at;
    book->report.nbytes = inputs.n;
    judge(&book->report);
    return (book->code = stamp_code(&book->report)) != NULL;
}

/* -- the workbook -- */

static bool
make_looks(struct rollup_book *book)
{
    struct style looks[LOOKS];
    for (size_t i = LOOK_CELL; i < LOOKS; i++)
        looks[i] = look_cell;
    looks[LOOK_CENTER] = looks[LOOK_RED_CENTER] = looks[LOOK_AMBER] = looks[LOOK_GREY] = look_center;
    looks[LOOK_LINK].color = looks[LOOK_RED_LINK].color = INK_LINK;
    looks[LOOK_HASH] = look_small;
    looks[LOOK_RED].fill = looks[LOOK_RED_CENTER].fill = looks[LOOK_RED_LINK].fill = FILL_RED;
    looks[LOOK_AMBER].fill = FILL_AMBER;
    looks[LOOK_GREY].fill = FILL_GREY;
    for (size_t i = LOOK_CELL; i < LOOKS; i++)
        if ((book->looks[i] = draft_style(&book->draft, &looks[i])) == 0)
            return false;
    return true;
}

static bool
make_footer(struct rollup_book *book)
{
    const struct rollup *rollup = book->rollup;
    struct text footer = text_new(book->arena);
    const char *area = paper_clip(book->arena, rollup->area, 60);
    text_puts(&footer, "&L");
    for (const char *s = area != NULL ? area : ""; *s != '\0'; s++)
        text_puts(&footer, *s == '&' ? "&&" : (char[2]){ *s });
    if (rollup->year != 0)
        text_printf(&footer, " %d年度", rollup->year);
    text_printf(&footer, "&C第&P页 共&N页&R校验码 %s", book->code);
    book->footer = footer.at;
    return area != NULL && !footer.failed;
}

static bool
make(struct rollup_book *book)
{
    char units[24];
    snprintf(units, sizeof units, "%zu", book->rollup->units);
    if (!make_report(book) || !make_looks(book) || !make_footer(book)
        || !rollup_totals(book) || !rollup_details(book) || !rollup_verdicts(book) || !rollup_missing(book) || !rollup_register(book)
        || !rollup_charts(book) || !rollup_compare(book) || !rollup_values(book))
        return false;
    book->draft.title = book->rollup->form->title;
    book->draft.author = "nianbao";
    for (size_t i = 0; i < book->draft.book.nsheets; i++)
        sheet_finish(&book->draft.book.sheets[i]);
    return book_add_property(&book->draft.book, FILING_COVERED, units)
        && (book->details == NULL || book_add_property(&book->draft.book, FILING_DETAILS, book->details_sha256))
        && stamp_put(&book->draft, &book->report, book->code);
}

static enum status
make_and_write(struct rollup_book *book, struct fault *fault)
{
    unsigned char *bytes;
    size_t n;
    if (!draft_init(book->arena, &book->draft) || !look(book))
        return fault_set(fault, STATUS_MEMORY, "rollup");
    enum status status = rollup_details_csv(book, fault);
    if (status != STATUS_OK)
        return status;
    status = make(book) ? write_xlsx(book->arena, &book->draft, &bytes, &n, fault) : fault_set(fault, STATUS_MEMORY, "rollup");
    if (status == STATUS_OK)
        status = os_write_file(book->path, bytes, n, true, NULL, fault);
    if (status != STATUS_OK && book->details != NULL)
        os_remove_file(book->details);
    if (status == STATUS_OK && book->details != NULL && !rollup_wrote(book->rollup, book->details))
        status = fault_set(fault, STATUS_MEMORY, "rollup");
    return status;
}

enum status
rollup_write(struct rollup *rollup, const char *path, struct fault *fault)
{
    struct rollup_book book = { .rollup = rollup, .path = path };
    if (rollup->form == NULL)
        return fault_set(fault, STATUS_NO_TABLE, "%s", "");
    book.arena = arena_new(LIMIT_MEMORY);
    enum status status = book.arena != NULL ? make_and_write(&book, fault) : fault_set(fault, STATUS_MEMORY, "rollup");
    lists_free(&book);
    arena_free(book.arena);
    return status;
}
