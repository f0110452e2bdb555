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
#include "identify.h"
#include "locate.h"
#include "narrative.h"
#include "pieces.h"
#include "read.h"
#include "sha256.h"
#include "sheets.h"
#include "suspect.h"
#include "stamp.h"
#include "value.h"
#include "wording.h"

struct candidates { struct placement **at; size_t n; };

/* -- which tables are this year's -- */

static bool
has_table(const struct candidates *all, int year, const char *id)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i]->year == year && !all->at[i]->sheet->hidden && strcmp(all->at[i]->table->id, id) == 0)
            return true;
    return false;
}

static const struct form *
form_of(const struct forms *forms, int year)
{
    const struct form *form = year ? forms_for_year(forms, year) : NULL;
    return form ? form : forms->form[year ? 0 : forms->n - 1];
}

static size_t
tables_of_year(const struct forms *forms, const struct candidates *all, int year, bool *enough)
{
    const struct form *form = form_of(forms, year);
    size_t n = 0;
    for (size_t t = 0; t < form->ntables; t++)
        n += has_table(all, year, form->tables[t].id);
    *enough = 2 * n > form->ntables;
    return n;
}

/* The newest year whose tables are all there, or most of them (a forgotten sheet must not make last year's report pass as this
 * year's); else the year with the most. */
static int
choose_year(const struct forms *forms, const struct candidates *all)
{
    int best = all->at[0]->year;
    bool best_enough;
    size_t most = tables_of_year(forms, all, best, &best_enough);
    for (size_t i = 1; i < all->n; i++) {
        bool enough;
        int year = all->at[i]->year;
        size_t n = tables_of_year(forms, all, year, &enough);
        if (enough != best_enough ? enough : enough || n == most ? year > best : n > most) {
            best = year;
            most = n;
            best_enough = enough;
        }
    }
    return best;
}

/* The year of tables that do not say theirs: the book's. But where last year's tables lie beside and alone name a year, this year's
 * are those without one, and the name of the file tells. */
static void
date_tables(struct candidates *all, const struct identity *identity)
{
    int year = identity->year;
    for (size_t i = 0; i < all->n; i++)
        all->at[i]->year = table_year(identity, all->at[i]);
    for (size_t i = 0; i < all->n && year == identity->year; i++)
        if (!all->at[i]->year && identity->file_year > year && has_table(all, year, all->at[i]->table->id))
            year = identity->file_year;
    for (size_t i = 0; i < all->n; i++)
        if (!all->at[i]->year)
            all->at[i]->year = year;
}

static bool
again(const struct placement *p, const struct placement *q)
{
    return strcmp(p->table->id, q->table->id) == 0 && !placements_overlap(p, q);
}

/* A table that is there twice for one year: a heading between the two, too poor to be a title, may still tell their years apart. */
static void
date_repeats(struct candidates *all, const struct identity *identity)
{
    for (size_t i = 0; i < all->n; i++) {
        struct placement *p = all->at[i], *last = NULL, *twin = NULL;
        for (size_t j = 0; j < i; j++)
            if (again(all->at[j], p)) {
                last = all->at[j];
                twin = !twin && last->year == p->year ? last : twin;
            }
        int year = twin ? table_year_again(identity, last, p, twin->year) : 0;
        if (!year || (twin->year && year > twin->year))          /* “2024年工作打算” */
            continue;
        p->year = year;
        for (size_t j = 0; j < i && !twin->year; j++)
            if (all->at[j] == twin || placements_overlap(all->at[j], twin))
                all->at[j]->year = table_year_again(identity, NULL, all->at[j], 0);
    }
}

/* Is this placement one form's alone (and not one of two that fit equally well)? */
static bool
decided(const struct candidates *all, size_t i)
{
    for (size_t j = 0; j < all->n; j++)
        if (j != i && placements_overlap(all->at[i], all->at[j]))
            return false;
    return true;
}

/* Without a year: the form of most tables. */
static const struct form *
majority_form(const struct forms *forms, const struct candidates *all)
{
    const struct form *best = forms->form[forms->n - 1];
    size_t most = 0;
    for (size_t f = forms->n; f-- > 0;) {
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++)
            n += all->at[i]->table->form == forms->form[f] && decided(all, i);
        if (n > most) {
            most = n;
            best = forms->form[f];
        }
    }
    return best;
}

/* -- sections -- */

/* Fit for the section: visible sheets before hidden ones, then the better fit, then the report's own form. */
static bool
better(const struct report *report, const struct placement *a, const struct placement *b)
{
    if (a->sheet->hidden != b->sheet->hidden)
        return b->sheet->hidden;
    if (a->score > b->score + 1e-6 || a->score < b->score - 1e-6)
        return a->score > b->score;
    return a->table->form == report->form && b->table->form != report->form && placements_overlap(a, b);
}

static bool
add_repeat(struct report *report, struct section *section, const struct placement *p)
{
    for (size_t i = 0; i < section->nrepeats; i++)
        if (placements_overlap(section->repeats[i], p))
            return true;
    if (!arena_room(report->arena, &section->repeats, section->nrepeats, &section->repeats_cap, sizeof(struct placement *)))
        return false;
    section->repeats[section->nrepeats++] = p;
    return true;
}

static bool
choose_placement(struct report *report, const struct candidates *all, const char *id, struct section *section)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct placement *p = all->at[i];
        if (p->year == report->year && strcmp(p->table->id, id) == 0 && (!section->placement || better(report, p, section->placement)))
            section->placement = p;
    }
    for (size_t i = 0; section->placement && i < all->n; i++) {
        const struct placement *p = all->at[i];
        if (p->year == report->year && strcmp(p->table->id, id) == 0 && !p->sheet->hidden && !placements_overlap(p, section->placement) &&
            !add_repeat(report, section, p))
            return false;
    }
    if (section->placement)
        section->table = section->placement->table;
    return true;
}

/* The cell of a place; mostly the one behind the last, which is asked first. */
static const struct cell *
next_cell(const struct sheet *sheet, const struct place *place, const struct cell **last)
{
    const struct cell *next = *last != NULL && *last + 1 < sheet->cells + sheet->ncells ? *last + 1 : NULL;
    if (next == NULL || next->row != place->row || next->col != place->col)
        next = sheet_cell(sheet, place->row, place->col);
    *last = next != NULL ? next : *last;
    return next;
}

static bool
read_values(struct report *report, struct section *section)
{
    const struct table *table = section->table;
    section->values = arena_array(report->arena, table->nslots, sizeof *section->values);
    if (!section->values)
        return false;
    section->empty = section->placement != NULL;
    const struct cell *last = NULL;
    for (size_t i = 0; i < table->nslots; i++) {
        struct value *v = &section->values[i];
        const struct place *place = section->placement ? &section->placement->places[i] : NULL;
        v->slot = &table->form->slots[table->first + i];
        v->origin = ORIGIN_MISSING;
        v->raw = "";
        if (!place || !place->found)
            continue;
        const struct cell *cell = next_cell(section->placement->sheet, place, &last);
        bool general = !cell || cell->format == 0 || cell->format >= report->book.nformats;
        const char *format = general ? NULL : report->book.formats[cell->format];
        v->sheet = section->placement->sheet;
        v->row = place->row;
        v->col = place->col;
        if (!value_read(report->arena, table->form, cell, format, v))
            return false;
        if (v->origin == ORIGIN_GIVEN && !(v->slot->derived && v->computed))
            section->empty = false;
    }
    return true;
}

static bool
make_sections(struct report *report, const struct forms *forms, const struct candidates *all)
{
    const struct form *form = report->form;
    size_t most = form->ntables;
    for (size_t f = 0; f < forms->n; f++)
        most += forms->form[f]->ntables;
    report->sections = arena_array(report->arena, most, sizeof *report->sections);
    if (!report->sections)
        return false;
    for (size_t t = 0; t < form->ntables; t++) {
        struct section *s = &report->sections[report->nsections++];
        s->table = &form->tables[t];
        if (!choose_placement(report, all, form->tables[t].id, s))
            return false;
    }
    for (size_t i = 0; i < all->n; i++) {                  /* tables that the report's form does not have */
        const char *id = all->at[i]->table->id;
        if (all->at[i]->year != report->year || report_section(report, id))
            continue;
        struct section *s = &report->sections[report->nsections++];
        if (!choose_placement(report, all, id, s))
            return false;
    }
    for (size_t i = 0; i < report->nsections; i++)
        if (!read_values(report, &report->sections[i]))
            return false;
    fill_totals(report);
    return true;
}

static bool
note_ignored(struct report *report, const struct candidates *all, int year)
{
    report->ignored = arena_array(report->arena, all->n + 1, sizeof(struct placement *));
    if (!report->ignored)
        return false;
    for (size_t i = 0; i < all->n; i++) {
        const struct placement *p = all->at[i];
        const struct section *s = report_section(report, p->table->id);
        bool used = p->year == year && s && s->placement && (!p->sheet->hidden || placements_overlap(p, s->placement));
        bool twice = report->nignored > 0 && placements_overlap(report->ignored[report->nignored - 1], p);
        if (!used && !twice)
            report->ignored[report->nignored++] = p;
    }
    return true;
}

/* -- the report -- */

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

static enum status
judge(struct report *report, const struct forms *forms, const struct options *options, const char *name)
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
    if (!identify(report->arena, forms->hints, &report->book, name, &identity))
        return STATUS_MEMORY;
    if (!identity.year)
        identity.year = options->year;
    report->unit = identity.unit ? identity.unit : options->unit;
    date_tables(&all, &identity);
    date_repeats(&all, &identity);
    report->year = choose_year(forms, &all);
    report->form = report->year ? form_of(forms, report->year) : majority_form(forms, &all);
    if (!make_sections(report, forms, &all) || !note_ignored(report, &all, report->year) || !check(report, forms) ||
        !narrative(report, options) || !check_previous(report, options->predecessors) || !suspects_find(report) ||
        !wording_findings(report) || !wording_leads(report))
        return STATUS_MEMORY;
    return STATUS_OK;
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

/* What is left to do once the findings stand, or the trouble. */
static void
settle(struct report *report, const struct options *options, enum status status)
{
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
    settle(report, options, status == STATUS_OK ? judge(report, forms, options, name) : status);
}

void
report_make_book(struct report *report, struct arena *arena, const struct forms *forms, const struct options *options,
                 const char *name, const struct book *book)
{
    *report = (struct report){ .arena = arena, .file = name, .language = options->language, .book = *book };
    settle(report, options, judge(report, forms, options, name));
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
