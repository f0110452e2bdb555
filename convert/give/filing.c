/* SPDX-License-Identifier: MIT */
/* filing: from a report to what a roll-up keeps of it. Numbers of another form than the report's are not taken. */
#include "filing.h"

#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "sheets.h"
#include "wording.h"

enum { INPUT_WORD, INPUT_DIGEST, INPUT_NAME };       /* columns of an input's row on the hidden sheet of a roll-up */

/* -- findings -- */

/* For the unit: where it does not add up, in words, without a number that would make it. */
static const char *
letter_of(struct arena *arena, const struct report *report, const struct finding *finding)
{
    const struct rule *rule = rule_find(finding->section != NULL ? finding->section->table->form : report->form, finding->rule);
    struct text out = text_new(arena);
    if (!finding->numbers && finding->severity == SEVERITY_ERROR)
        line_put(&out, finding->message);
    else {
        if (finding->path != NULL)
            line_put(&out, finding->path);
        else
            text_puts(&out, finding->section != NULL ? finding->section->table->brief : "");
        text_printf(&out, finding->numbers ? "：没有做到“%s”。" : "：%s。", rule->title.zh);
    }
    if (finding->numbers && *finding->hint != '\0')
        line_put(&out, finding->hint);
    wording_lead_cells(&out, report, finding);
    return out.failed ? NULL : out.at;
}

static bool
take_finding(struct arena *arena, const struct report *report, const struct finding *finding, struct filing_finding *to)
{
    struct text place = text_new(arena), message = text_new(arena);
    line_places(&place, finding, 3, LANGUAGE_ZH);
    line_put(&message, finding->message);
    *to = (struct filing_finding){ finding->severity, finding->rule, place.at, message.at, letter_of(arena, report, finding),
                                 arena_copy(arena, finding->explained) };
    return !place.failed && !message.failed && to->letter != NULL && (finding->explained == NULL || to->explained != NULL);
}

static bool
take_findings(struct arena *arena, const struct report *report, struct filing *filing)
{
    const struct finding **sorted;
    filing->findings = arena_array(arena, report->nfindings + 1, sizeof *filing->findings);
    if (filing->findings == NULL || !findings_sorted(arena, report, &sorted))
        return false;
    for (size_t i = 0; i < report->nfindings; i++)
        if (!take_finding(arena, report, sorted[i], &filing->findings[filing->nfindings++]))
            return false;
    return true;
}

/* -- numbers -- */

static bool
take_values(struct arena *arena, const struct report *report, struct filing *filing)
{
    const struct form *form = report->form;
    filing->values = arena_array(arena, form->nslots, sizeof *filing->values);
    if (filing->values == NULL)
        return false;
    filing->nvalues = form->nslots;
    filing->whole = true;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (section->table->form != form) {
            filing->whole = false;
            continue;
        }
        for (size_t k = 0; k < section->table->nslots; k++)
            filing->values[section->table->first + k] = (struct filing_value){ section->values[k].number.micros, section->values[k].has };
    }
    return true;
}

/* -- roll-ups -- */

static const char *
text_at(struct arena *arena, const struct sheet *sheet, uint32_t row, uint16_t col)
{
    const struct cell *cell = sheet_cell(sheet, row, col);
    return arena_copy(arena, cell != NULL && cell->kind == CELL_TEXT ? cell->text : "");
}

static bool
take_input(struct arena *arena, const struct sheet *sheet, const struct cell *cell, struct filing *filing)
{
    bool rollup = cell->col == INPUT_WORD && cell->kind == CELL_TEXT && strcmp(cell->text, FILING_ROLLUP) == 0;
    if (!rollup && (cell->col != INPUT_WORD || cell->kind != CELL_TEXT || strcmp(cell->text, FILING_INPUT) != 0))
        return true;
    struct filing_input *input = &filing->inputs[filing->ninputs++];
    input->sha256 = text_at(arena, sheet, cell->row, INPUT_DIGEST);
    input->name = text_at(arena, sheet, cell->row, INPUT_NAME);
    input->rollup = rollup;
    return input->sha256 != NULL && input->name != NULL;
}

/* What the hidden sheet of a roll-up says of its inputs. */
static bool
take_inputs(struct arena *arena, const struct book *book, struct filing *filing)
{
    const char *units = book_property(book, FILING_COVERED);
    if (units == NULL)
        return true;
    filing->rollup = true;
    filing->covered = strtoul(units, NULL, 10);
    for (size_t i = 0; i < book->nsheets; i++) {
        const struct sheet *sheet = &book->sheets[i];
        if (!sheets_alike(sheet->name, VALUES_SHEET))
            continue;
        filing->inputs = arena_array(arena, sheet->ncells + 1, sizeof *filing->inputs);
        for (size_t c = 0; c < sheet->ncells; c++)
            if (filing->inputs == NULL || !take_input(arena, sheet, &sheet->cells[c], filing))
                return false;
        break;                                       /* names of sheets are unique */
    }
    return true;
}

struct filing *
filing_make(struct arena *paper, const struct report *report, const char *path, int64_t modified)
{
    struct filing *filing = arena_alloc(paper, sizeof *filing);
    bool readable = report->verdict != VERDICT_UNREADABLE;
    char sha256[65];
    if (filing == NULL)
        return NULL;
    *filing = (struct filing){
        .file = arena_copy(paper, report->file), .path = arena_copy(paper, path), .name = arena_copy(paper, report->unit), .year = report->year,
        .sha256 = arena_copy(paper, report_sha256(report, sha256)), .modified = modified, .verdict = report->verdict, .covered = 1,
        .trouble = readable ? NULL : arena_copy(paper, report->error_message), .form = readable ? arena_copy(paper, report->form->id) : NULL,
    };
    memcpy(filing->counts, report->counts, sizeof filing->counts);
    if (filing->file == NULL || filing->path == NULL || filing->sha256 == NULL || (report->unit != NULL && filing->name == NULL)
        || (readable ? filing->form == NULL : filing->trouble == NULL))
        return NULL;
    if (readable && !(take_values(paper, report, filing) && take_findings(paper, report, filing) && take_inputs(paper, &report->book, filing)))
        return NULL;
    return filing;
}
