/* SPDX-License-Identifier: MIT */
/* marks: which cells of the workbook a report's findings are about, and how its blank totals are written as formulas over its own
 * cells. A cell with several findings has one note with all of them. */
#include "marks.h"

#include <string.h>

#include "check.h"
#include "lines.h"
#include "suspect.h"
#include "wording.h"

enum {
    NOTED_CELLS = 12,           /* a finding about more cells puts its note on the first only */
    NOTE_FULL = 4000            /* bytes of a note, which nobody reads to its end */
};

static struct spot
spot_of(const struct value *value)
{
    return (struct spot){ value->sheet, value->row, value->col };
}

static bool
same_spot(struct spot a, struct spot b)
{
    return a.sheet == b.sheet && a.row == b.row && a.col == b.col;
}

/* -- cells -- */

static struct mark *
mark_at(struct arena *arena, struct marks *marks, struct spot at)
{
    for (size_t i = 0; i < marks->nmarks; i++)
        if (same_spot(marks->marks[i].at, at))
            return &marks->marks[i];
    if (!arena_room(arena, &marks->marks, marks->nmarks, &marks->marks_cap, sizeof *marks->marks))
        return NULL;
    struct mark *mark = &marks->marks[marks->nmarks++];
    *mark = (struct mark){ at, SEVERITY_NOTE, "" };
    return mark;
}

/* `more`: a further note; "" for none. */
static bool
mark_value(struct arena *arena, struct marks *marks, const struct value *value, enum severity severity, const char *more)
{
    struct mark *mark = mark_at(arena, marks, spot_of(value));
    struct text note = text_new(arena);
    if (mark == NULL)
        return false;
    if (severity < mark->severity)
        mark->severity = severity;
    if (*more == '\0' || strlen(mark->note) > NOTE_FULL)
        return true;
    text_printf(&note, "%s%s%s", mark->note, *mark->note != '\0' ? "\n\n" : "", more);
    text_puts(&note, note.n > NOTE_FULL ? "\n\n…" : "");
    mark->note = note.at;
    return !note.failed;
}

static bool
mark_finding(struct arena *arena, struct marks *marks, const struct report *report, const struct finding *finding)
{
    struct text note = text_new(arena);
    line_note(&note, report, finding);
    for (size_t i = 0; i < finding->nvalues && !note.failed; i++)
        if (finding->values[i]->sheet != NULL
            && !mark_value(arena, marks, finding->values[i], finding->severity, i == 0 || finding->nvalues <= NOTED_CELLS ? note.at : ""))
            return false;
    return !note.failed;
}

/* Cells that may be wrong are to be looked at, whether or not a finding is about them. */
static bool
mark_suspects(struct arena *arena, struct marks *marks, const struct report *report)
{
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
            const struct value *value = &report->sections[s].values[i];
            struct text note = text_new(arena);
            wording_suspect_note(&note, report, value);
            if (note.failed || (note.n > 0 && !mark_value(arena, marks, value, SEVERITY_WARNING, note.at)))
                return false;
        }
    return true;
}

/* -- lines -- */

/* Where a finding leads: its first cell, else the table it is about. */
static struct spot
spot_of_finding(const struct finding *finding)
{
    for (size_t i = 0; i < finding->nvalues; i++)
        if (finding->values[i]->sheet != NULL)
            return spot_of(finding->values[i]);
    const struct placement *placement = finding->section != NULL ? finding->section->placement : NULL;
    if (placement == NULL)
        return (struct spot){ .sheet = NULL };
    return (struct spot){ placement->sheet, placement->range.row, placement->range.col };
}

/* The lead of a finding that is the first of its cause; NULL: none. */
static const struct finding *
lead_of(const struct report *report, const struct finding *finding)
{
    const struct suspect *suspect = suspect_of(report, finding);
    if (suspect == NULL || finding != &report->findings[suspect->explains[0]])
        return NULL;
    for (size_t i = 0; i < report->nleads; i++)
        if (lead_covers(report, &report->leads[i], finding))
            return &report->leads[i];
    return NULL;
}

static bool
make_line(struct arena *arena, const struct report *report, const struct finding *finding, struct mark_line *line)
{
    struct text place = text_new(arena), message = text_new(arena);
    line_places(&place, finding, 3, LANGUAGE_ZH);
    text_puts(&message, finding->message);
    if (*finding->hint != '\0')
        text_printf(&message, "\n%s", finding->hint);
    const struct finding *lead = lead_of(report, finding);
    if (lead != NULL)
        text_printf(&message, "\n%s：%s%s", lead_word(LANGUAGE_ZH), lead->message, lead->hint);
    *line = (struct mark_line){ finding->severity, spot_of_finding(finding), place.at, message.at };
    return !place.failed && !message.failed;
}

/* -- blank totals -- */

/* Is the cell a number for the spreadsheet program too, or nothing? */
static bool
summable(const struct value *value)
{
    const struct cell *cell = value->sheet != NULL ? sheet_cell(value->sheet, value->row, value->col) : NULL;
    return value->sheet != NULL && value->has && (cell == NULL || cell->kind == CELL_NUMBER || value->origin != ORIGIN_GIVEN)
        && !(value->writing & WRITING_CONVERTED);
}

/* The sum that gave a filled total: the first whose terms are all numbers and come to it. */
static const struct equation *
sum_of(const struct report *report, const struct section *section, const struct value *total)
{
    for (size_t i = 0; i < section->table->nequations; i++) {
        const struct equation *e = &section->table->equations[i];
        struct decimal left, right;
        if (e->relation == RELATION_SUM && e->left[0] == (size_t)(total - section->values) + section->table->first
            && equation_sides(report, e, &left, &right) && left.micros == right.micros)
            return e;
    }
    return NULL;
}

/* The terms as "D5:I5,'甲 乙'!C2"; a run of neighbours in one row or column is a range. */
static bool
put_terms(struct text *out, const struct mark_fill *fill)
{
    char address[A1_SIZE];
    for (size_t i = 0, next; i < fill->nterms; i = next) {
        const struct spot *first = &fill->terms[i];
        struct area area = { first->row, first->row, first->col, first->col };
        for (next = i + 1; next < fill->nterms && fill->terms[next].sheet == first->sheet; next++) {
            const struct spot *spot = &fill->terms[next];
            if (area.row == area.row2 && spot->row == area.row && spot->col == area.col2 + 1)
                area.col2++;
            else if (area.col == area.col2 && spot->col == area.col && spot->row == area.row2 + 1)
                area.row2++;
            else
                break;
        }
        const char *here = a1_area(area, address);
        if (first->sheet != fill->at.sheet)
            here = a1_quoted(out->arena, first->sheet->name, address);
        if (here == NULL)
            return false;
        text_printf(out, "%s%s", i > 0 ? "," : "", here);
    }
    return true;
}

static bool
fill_value(struct arena *arena, struct marks *marks, const struct report *report, const struct section *section, const struct value *total)
{
    const struct equation *sum = sum_of(report, section, total);
    struct text formula = text_new(arena);
    struct mark_fill fill = { .at = spot_of(total) };
    struct spot *terms = sum != NULL ? arena_array(arena, sum->nright + 1, sizeof *terms) : NULL;
    if (sum == NULL || terms == NULL)
        return sum == NULL;
    for (; fill.nterms < sum->nright; fill.nterms++) {
        const struct value *term = equation_value(report, sum, sum->right[fill.nterms]);
        if (!summable(term)) {
            marks->unfilled++;
            return true;
        }
        terms[fill.nterms] = spot_of(term);
    }
    fill.terms = terms;
    text_puts(&formula, "SUM(");
    bool put = put_terms(&formula, &fill);
    text_puts(&formula, ")");
    fill.formula = formula.at;
    if (!put || formula.failed || !arena_room(arena, &marks->fills, marks->nfills, &marks->fills_cap, sizeof *marks->fills))
        return false;
    marks->fills[marks->nfills++] = fill;
    return true;
}

/* A total that nobody wrote anything into, be it a dash or a formula. */
static bool
is_vacant(const struct value *total)
{
    return total->origin == ORIGIN_FILLED && total->sheet != NULL && !total->computed && !(total->writing & WRITING_DASH);
}

static bool
fill_section(struct arena *arena, struct marks *marks, const struct report *report, const struct section *section)
{
    for (size_t i = 0; i < section->table->nslots; i++)
        if (is_vacant(&section->values[i]) && !fill_value(arena, marks, report, section, &section->values[i]))
            return false;
    return true;
}

/* -- all of them -- */

bool
marks_make(struct arena *arena, const struct report *report, struct marks *marks)
{
    const struct finding **sorted;
    *marks = (struct marks){ .verdict = report->verdict == VERDICT_UNREADABLE ? report->error_message : verdict_sentence(report) };
    if (marks->verdict == NULL || !findings_sorted(arena, report, &sorted)
        || (marks->lines = arena_array(arena, report->nfindings + 1, sizeof *marks->lines)) == NULL)
        return false;
    for (size_t i = 0; i < report->nfindings; i++)
        if (!make_line(arena, report, sorted[i], &marks->lines[marks->nlines++])
            || (sorted[i]->severity != SEVERITY_NOTE && !mark_finding(arena, marks, report, sorted[i])))
            return false;
    if (!mark_suspects(arena, marks, report))
        return false;
    for (size_t i = 0; i < report->nsections; i++)
        if (!fill_section(arena, marks, report, &report->sections[i]))
            return false;
    return true;
}

static void
put_spot(struct text *out, struct spot spot)
{
    char address[A1_SIZE];
    line_field(out, spot.sheet != NULL ? spot.sheet->name : "");
    text_printf(out, "\t%s\t", spot.sheet != NULL ? a1(spot.row, spot.col, address) : "");
}

void
marks_put(struct text *out, const struct report *report, const struct marks *marks)
{
    text_printf(out, "verdict\t%s\t", verdict_code(report->verdict));
    line_field(out, marks->verdict);
    for (size_t i = 0; i < marks->nmarks; i++) {
        text_printf(out, "\nmark\t%s\t", severity_code(marks->marks[i].severity));
        put_spot(out, marks->marks[i].at);
        line_field(out, marks->marks[i].note);
    }
    for (size_t i = 0; i < marks->nlines; i++) {
        const struct mark_line *line = &marks->lines[i];
        text_printf(out, "\nline\t%s\t%s\t", severity_code(line->severity), severity_word(line->severity, LANGUAGE_ZH));
        put_spot(out, line->at);
        line_field(out, line->place);
        text_putc(out, '\t');
        line_field(out, line->message);
    }
    for (size_t i = 0; i < marks->nfills; i++) {
        text_puts(out, "\nfill\t");
        put_spot(out, marks->fills[i].at);
        line_field(out, marks->fills[i].formula);
    }
    text_printf(out, "\nunfilled\t%zu\n", marks->unfilled);
}
