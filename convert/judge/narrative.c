/* SPDX-License-Identifier: MIT */
/* The text of a report compared with its tables. The text is the paragraphs of a document, cells with prose outside the tables of a
 * workbook, or another file. What the words say is narrative_scan.c's; here it is seen whether the tables hold the same. */
#include "narrative_scan.h"

#include <string.h>

#include "charset.h"
#include "check.h"
#include "lexicon.h"
#include "limits.h"
#include "read.h"
#include "sheets.h"
#include "text.h"

enum { QUOTE_BEFORE = 36, QUOTE_BEHIND = 24, PERCENT_SLACK = 100000 };        /* 0.1 of a percentage point, in millionths of one */

struct collation {
    struct report *report;
    struct reading reading;
    struct arena *scratch;
    bool area;                          /* the report is of a whole area */
    const struct topic *topic;          /* of the heading above */
    struct statements told;             /* those compared before, in earlier paragraphs */
    size_t bytes;                       /* of text read */
};

/* -- the tables' numbers -- */

static bool
sum_of(const struct collation *c, const struct addends *addends, struct decimal *sum)
{
    const struct report *report = c->report;
    size_t found = 0;
    *sum = (struct decimal){ 0 };
    for (size_t s = 0; s < report->nsections; s++) {
        const struct section *section = &report->sections[s];
        if (section->table->form != c->reading.form || section->placement == NULL || section->empty)
            continue;
        for (size_t i = 0; i < addends->n; i++) {
            size_t slot = addends->slots[i] - section->table->first;
            if (addends->slots[i] < section->table->first || slot >= section->table->nslots)
                continue;
            if (!section->values[slot].has || !decimal_add(*sum, section->values[slot].number, sum))
                return false;
            found++;
        }
    }
    return found == addends->n;
}

/* 100 * part / whole to two decimals. False: the whole is nothing. */
static bool
percentage(struct decimal part, struct decimal whole, struct decimal *percent)
{
    if (whole.micros <= 0 || part.micros < 0)
        return false;
    double ratio = 10000 * (decimal_double(part) / decimal_double(whole));
    *percent = (struct decimal){ (int64_t)(ratio + 0.5) * (DECIMAL_ONE / 100) };
    return true;
}

static bool
is_near(struct decimal a, struct decimal b, int64_t slack)
{
    return a.micros - b.micros <= slack && b.micros - a.micros <= slack;
}

/* What the tables say of a statement; *agrees: that it is so, in one of the meanings it may have. False: they cannot tell. */
static bool
look_up(const struct collation *c, const struct statement *statement, struct decimal *expected, bool *agrees)
{
    bool known = false;
    *agrees = false;
    for (size_t i = 0; i < statement->nany; i++) {
        struct decimal sum, whole, value;
        if (!sum_of(c, &statement->any[i], &sum)) {
            if (i == 0)
                return false;
            continue;
        }
        for (size_t w = 0; w < (statement->percent ? statement->topic->nwhole : 1); w++) {
            value = sum;
            if (statement->percent && (!sum_of(c, &statement->topic->whole[w], &whole) || !percentage(sum, whole, &value)))
                continue;
            int64_t slack = statement->percent && statement->slack < PERCENT_SLACK ? PERCENT_SLACK : statement->slack;
            *agrees |= is_near(statement->number, value, slack) ||
                       is_near((struct decimal){ statement->number.micros + statement->more.micros }, value, slack);
            *expected = known ? *expected : value;
            known = true;
        }
    }
    return known;
}

/* -- findings -- */

/* Up to n characters further on, or back. */
static const char *
ahead(const char *at, const char *end, size_t n)
{
    while (at < end && (n > 0 || (*at & 0xC0) == 0x80))
        n -= (*at++ & 0xC0) != 0x80;
    return at;
}

static const char *
back(const char *at, const char *begin, size_t n)
{
    while (at > begin && n > 0)
        n -= (*--at & 0xC0) != 0x80;
    return at;
}

/* The statement's sentence without line breaks; of a long one what stands around the number. NULL: out of memory. */
static const char *
quote(struct arena *arena, const char *text, const struct statement *statement)
{
    const char *begin = text + statement->from, *end = text + statement->to;
    const char *from = back(text + statement->at, begin, QUOTE_BEFORE), *to = ahead(text + statement->at, end, QUOTE_BEHIND);
    struct text out = text_new(arena);
    text_puts(&out, from > begin ? "……" : "");
    for (size_t used; from < to; from += used) {
        uint32_t cp = utf8_decode(from, (size_t)(to - from), &used);
        if (!is_space(cp))
            text_put(&out, from, used);
    }
    text_puts(&out, to < end ? "……" : "");
    return out.failed ? NULL : out.at;
}

static bool
add_finding(struct collation *c, const char *text, const char *place, const struct statement *statement, struct decimal expected)
{
    struct report *report = c->report;
    bool elsewhere = statement->told_of != OF_NOBODY && (report->unit == NULL || (statement->told_of == OF_AREA) != c->area);
    struct finding *f = finding_add(report, "narrative", elsewhere ? SEVERITY_NOTE : SEVERITY_WARNING, NULL);
    if (f == NULL)
        return false;
    for (size_t s = 0; s < report->nsections; s++) {
        struct section *section = &report->sections[s];
        for (size_t i = 0; i < statement->any[0].n; i++) {
            size_t slot = statement->any[0].slots[i];
            bool here = section->table->form == c->reading.form && slot >= section->table->first && slot < section->table->first + section->table->nslots;
            if (here && !finding_add_value(report, f, &section->values[slot - section->table->first]))
                return false;
            f->section = here ? section : f->section;
        }
    }
    f->numbers = decimal_sub(statement->number, expected, &f->difference);
    f->found = statement->number;
    f->expected = expected;
    f->percent = statement->percent;
    f->place = place;
    f->quote = quote(report->arena, text, statement);
    return f->quote != NULL;
}

static bool
same_addends(const struct addends *a, const struct addends *b)
{
    return a->n == b->n && memcmp(a->slots, b->slots, a->n * sizeof *a->slots) == 0;
}

/* Was the same said of the same before? */
static bool
is_repeated(const struct statements *all, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (all->at[k].percent == all->at[i].percent && all->at[k].number.micros == all->at[i].number.micros &&
            same_addends(&all->at[k].any[0], &all->at[i].any[0]))
            return true;
    return false;
}

static bool
compare_text(struct collation *c, const char *text, const char *place)
{
    size_t n = strlen(text), before = c->told.n;
    if (n > LIMIT_NARRATIVE - c->bytes || before > LIMIT_STATED)
        return true;
    c->bytes += n;
    if (!narrative_scan(&c->reading, c->scratch, text, &c->topic, &c->told))
        return false;
    arena_reset(c->scratch);
    for (size_t i = before; i < c->told.n && i <= LIMIT_STATED; i++) {
        struct decimal expected;
        bool agrees;
        if (is_repeated(&c->told, i) || !look_up(c, &c->told.at[i], &expected, &agrees))
            continue;
        c->report->narrative.stated++;
        c->report->narrative.agreed += agrees;
        if (!agrees && !add_finding(c, text, place, &c->told.at[i], expected))
            return false;
    }
    return true;
}

/* -- the texts -- */

static bool
in_table(const struct report *report, const struct sheet *sheet, const struct cell *cell)
{
    const struct placement *at[2];
    for (size_t i = 0; i < report->nsections + report->nignored; i++) {
        const struct section *s = i < report->nsections ? &report->sections[i] : NULL;
        at[0] = s != NULL ? s->placement : report->ignored[i - report->nsections];
        for (size_t r = 0; r <= (s != NULL ? s->nrepeats : 0); r++) {
            at[1] = r == 0 ? at[0] : s->repeats[r - 1];
            if (at[1] != NULL && at[1]->sheet == sheet && cell->row >= at[1]->range.row && cell->row <= at[1]->range.row2 &&
                cell->col >= at[1]->range.col && cell->col <= at[1]->range.col2)
                return true;
        }
    }
    return false;
}

static bool
compare_cell(struct collation *c, const struct sheet *sheet, const struct cell *cell)
{
    char address[ADDRESS_SIZE];
    const char *place = sheet_place(c->report->arena, sheet, sheet_cell_address(sheet, cell->row, cell->col, address));
    return place != NULL && compare_text(c, cell->text, place);
}

static bool
compare_paragraph(struct collation *c, const struct book *book, size_t i)
{
    struct text place = text_new(c->report->arena);
    text_printf(&place, c->report->language == LANGUAGE_EN ? "paragraph %zu of the text" : "正文第 %zu 段", i + 1);
    return !place.failed && compare_text(c, book->paragraphs[i], place.at);
}

static bool
compare_book(struct collation *c, const struct book *book)
{
    for (size_t i = 0; i < book->nparagraphs; i++)
        if (!compare_paragraph(c, book, i))
            return false;
    for (size_t s = 0; s < book->nsheets; s++) {
        const struct sheet *sheet = &book->sheets[s];
        bool passed_over = sheet->hidden || sheets_ours(sheet->name);
        c->topic = NULL;
        for (size_t i = 0; i < sheet->ncells && !passed_over; i++)
            if (sheet->cells[i].kind == CELL_TEXT && !in_table(c->report, sheet, &sheet->cells[i]) && !compare_cell(c, sheet, &sheet->cells[i]))
                return false;
    }
    return true;
}

bool
narrative_is_prose(const char *s)
{
    return strstr(s, "。") != NULL || (strlen(s) >= 45 && strstr(s, "，") != NULL);
}

static size_t
prose_of(const struct report *report, const struct book *book)
{
    size_t n = 0;
    for (size_t i = 0; i < book->nparagraphs; i++)
        n += narrative_is_prose(book->paragraphs[i]);
    for (size_t s = 0; s < book->nsheets; s++) {
        const struct sheet *sheet = &book->sheets[s];
        bool passed_over = sheet->hidden || sheets_ours(sheet->name);
        for (size_t i = 0; i < sheet->ncells && !passed_over; i++)
            n += sheet->cells[i].kind == CELL_TEXT && narrative_is_prose(sheet->cells[i].text) && !in_table(report, sheet, &sheet->cells[i]);
    }
    return n;
}

/* -- all of it -- */

static bool
compare_form(struct collation *c, const struct form *form, const struct book *text)
{
    c->reading.form = form;
    if (sayings_of_form(c->report->arena, form, &c->reading.own) != STATUS_OK)
        return false;
    c->told.n = c->bytes = 0;
    c->topic = NULL;
    return compare_book(c, &c->report->book) && (text == NULL || compare_book(c, text));
}

static bool
is_first_of_form(const struct report *report, size_t section)
{
    for (size_t i = 0; i < section; i++)
        if (report->sections[i].table->form == report->sections[section].table->form)
            return false;
    return true;
}

static bool
begin(struct collation *c, struct report *report)
{
    char *unit = report->unit != NULL ? lexicon_plain(report->arena, report->unit) : NULL;
    *c = (struct collation){ .report = report, .reading = { .arena = report->arena, .unit = unit, .year = report->year } };
    if (lexicon_load(report->arena, &c->reading.lexicon, NULL) != STATUS_OK || sayings_load(report->arena, &c->reading.common, NULL) != STATUS_OK)
        return false;
    c->area = unit != NULL && lexicon_government(c->reading.lexicon, unit, strlen(unit)) > 0;
    c->scratch = arena_new(LIMIT_MEMORY);
    return c->scratch != NULL && (unit != NULL || report->unit == NULL);
}

bool
narrative(struct report *report, const struct options *options)
{
    struct collation c;
    report->narrative.texts = prose_of(report, &report->book) + (options->text != NULL ? prose_of(report, options->text) : 0);
    if (report->narrative.texts == 0)
        return true;
    bool ok = begin(&c, report);
    for (size_t i = 0; i < report->nsections && ok; i++)
        if (report->sections[i].table->form->narrative != NULL && is_first_of_form(report, i))
            ok = compare_form(&c, report->sections[i].table->form, options->text);
    arena_free(c.scratch);
    if (report->narrative.stated == 0 && report->book.nparagraphs == 0 && options->text == NULL)
        report->narrative.texts = 0;            /* notes below a table, and not the text of the report */
    return ok;
}

enum status
narrative_read(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    const char *text;
    size_t left;
    enum status status = read_book(arena, bytes, n, book, fault);
    if ((status != STATUS_UNSUPPORTED && status != STATUS_NOT_A_WORKBOOK) || fault->kind != FILE_TEXT)
        return status;
    *book = (struct book){ .arena = arena, .kind = FILE_TEXT };         /* prose alone */
    if ((status = charset_decode(arena, bytes, n, NULL, &text, &left, fault)) != STATUS_OK)
        return status;
    while (left > 0) {
        const char *end = memchr(text, '\n', left);
        size_t length = end != NULL ? (size_t)(end - text) : left;
        const char *line = arena_text(arena, text, length);
        if (line == NULL || !book_add_paragraph(book, line))
            return fault_set(fault, STATUS_MEMORY, "%s", "");
        length += end != NULL;
        text += length;
        left -= length;
    }
    return STATUS_OK;
}
