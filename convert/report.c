/* SPDX-License-Identifier: MIT */
/* The way of one file: read → identify and locate → choose the year's tables → values → totals → findings → words. */
#include "report.h"

#include <string.h>

#include "check.h"
#include "check_previous.h"
#include "concern.h"
#include "explained.h"
#include "filing.h"
#include "give.h"
#include "locate.h"
#include "narrative.h"
#include "pieces.h"
#include "read.h"
#include "sections.h"
#include "sha256.h"
#include "sheets.h"
#include "suspect.h"
#include "stamp.h"
#include "wording.h"

/* What an add-in, or an earlier conversion, wrote into the workbook about an earlier state of it is no part of it, nor what a roll-up says
 * beside its tables. */
static void
forget_asides(struct book *book)
{
    bool rollup = book_property(book, FILING_COVERED) != NULL, ours = stamp_sheet(book) != NULL;
    for (size_t i = 0; i < book->nsheets; i++)
        if (sheets_alike(book->sheets[i].name, MARKS_SHEET) || (ours && sheets_alike(book->sheets[i].name, COMPARE_SHEET) && !stamp_private(book, book->sheets[i].name))
            || (rollup && sheets_of_rollup(book->sheets[i].name)))
            book->sheets[i].ncells = book->sheets[i].nmerges = 0;
}

/* All tables of the book; those of a document that are pieces of one are joined first. */
static enum status
find_tables(struct report *report, const struct forms *forms, struct candidates *all)
{
    bool joined = false;
    enum status status = locate(report->arena, &report->book, forms, &all->at, &all->n);
    if (status == STATUS_OK)
        status = pieces_join(report->arena, &report->book, forms, all->at, all->n, &joined);
    return joined && status == STATUS_OK ? locate(report->arena, &report->book, forms, &all->at, &all->n) : status;
}

/* From a grid to values: which tables there are, whose they are, and of which year. */
static enum status
find(struct report *report, const struct forms *forms, const struct options *options)
{
    struct candidates all;
    struct identity identity;
    enum status status;
    if (report->book.kind == FILE_TEXT && report->book.nparagraphs > 0 && strcmp(report->book.paragraphs[0], SUMMARY_FIRST) == 0) {
        report->fault.kind = FILE_SUMMARY;
        return fault_set(&report->fault, STATUS_UNSUPPORTED, "%s", "");
    }
    forget_asides(&report->book);
    if ((status = find_tables(report, forms, &all)) != STATUS_OK)
        return status;
    if (all.n == 0)
        return fault_set(&report->fault, STATUS_NO_TABLE, "%s", "");
    if (!identify(report->arena, forms->hints, &report->book, report->file, &identity))
        return STATUS_MEMORY;
    if (!identity.year)
        identity.year = options->year;
    report->unit = identity.unit ? identity.unit : options->unit;
    report->year = years_choose(forms, &all, &identity);
    report->form = years_form(forms, &all, report->year);
    return sections_make(report, forms, &all) ? STATUS_OK : STATUS_MEMORY;
}

/* From values to findings in words. False: out of memory. */
static bool
judge(struct report *report, const struct forms *forms, const struct options *options)
{
    fill_totals(report);
    return check(report, forms) && narrative(report, options) && check_previous(report, options->predecessors) && suspects_find(report) &&
           wording_findings(report) && wording_leads(report);
}

void
report_unreadable(struct report *report, struct arena *arena, const struct options *options, const char *name,
                  const struct fault *fault)
{
    struct report empty = { .arena = arena, .file = name, .language = options->language, .verdict = VERDICT_UNREADABLE, .fault = *fault };
    empty.bytes = report->bytes;
    empty.nbytes = report->nbytes;
    *report = empty;
    report->error_message = fault_sentence(arena, name, fault, options->language);
    if (!report->error_message)
        report->error_message = fault_plain(STATUS_MEMORY, options->language);
}

/* The way from a book that was read, or not (`status`), to the verdict. */
static void
make(struct report *report, const struct forms *forms, const struct options *options, enum status status)
{
    if (status == STATUS_OK)
        status = find(report, forms, options);
    if (status == STATUS_OK && !judge(report, forms, options))
        status = STATUS_MEMORY;
    if (status != STATUS_OK) {
        struct fault fault = report->fault;
        fault.status = status;
        report_unreadable(report, report->arena, options, report->file, &fault);
        return;
    }
    for (size_t i = 0; i < report->nfindings; i++) {
        struct finding *f = &report->findings[i];
        report->counts[f->severity]++;
        const char *id = f->severity == SEVERITY_ERROR ? NULL : finding_id(report->arena, f);
        f->explained = id ? explained_find(&report->book, id) : NULL;
    }
    report->verdict = report->counts[SEVERITY_ERROR] ? VERDICT_FAIL : VERDICT_PASS;
}

void
report_make(struct report *report, struct arena *arena, const struct forms *forms, const struct options *options,
            const char *name, const unsigned char *bytes, size_t n)
{
    *report = (struct report){ .arena = arena, .file = name, .language = options->language, .bytes = bytes, .nbytes = n };
    struct concern concern;
    concern_new(&concern, arena, forms);
    enum status status = read_book_for(arena, bytes, n, &concern.interest, &report->book, &report->fault);
    make(report, forms, options, status);
}

void
report_make_book(struct report *report, struct arena *arena, const struct forms *forms, const struct options *options,
                 const char *name, const struct book *book)
{
    *report = (struct report){ .arena = arena, .file = name, .language = options->language, .book = *book };
    make(report, forms, options, STATUS_OK);
}

const char *
report_sha256(const struct report *report, char out[65])
{
    out[0] = '\0';
    if (report->bytes != NULL)
        sha256_hex(report->bytes, report->nbytes, out);
    return out;
}

const struct section *
report_section(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->nsections; i++)
        if (strcmp(report->sections[i].table ? report->sections[i].table->id : "", id) == 0)
            return &report->sections[i];
    return NULL;
}

const struct value *
report_value(const struct report *report, const char *key)
{
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *s = &report->sections[i];
        for (size_t v = 0; v < s->table->nslots; v++)
            if (strcmp(s->values[v].slot->key, key) == 0)
                return &s->values[v];
    }
    return NULL;
}

char *
section_place(struct arena *arena, const struct section *section)
{
    char range[ADDRESS_SIZE];
    return sheet_place(arena, section->placement->sheet, sheet_address(section->placement->sheet, section->placement->range, range));
}

const char *
value_cell(struct arena *arena, const struct value *value)
{
    char place[ADDRESS_SIZE];
    return value->sheet ? sheet_place(arena, value->sheet, sheet_cell_address(value->sheet, value->row, value->col, place)) : "";
}
