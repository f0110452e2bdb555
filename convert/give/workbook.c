/* SPDX-License-Identifier: MIT */
/* workbook: the cleaned workbook: the tables as the law prints them with the clerk's numbers, and beside them the cover,
 * the findings, what was cleaned, and on a hidden sheet the values as they were read. What has no number keeps a text that reads
 * as the same trouble again, so that converting the output gives the same errors. The order of the sheets is the law's. */
#include <string.h>

#include "check.h"
#include "give.h"
#include "lines.h"
#include "stamp.h"
#include "value.h"
#include "workbook.h"
#include "wording.h"

/* What the findings say about one cell. */
struct mark {
    enum severity severity;          /* SEVERITY_NOTE: nothing */
    const char *note;
};

enum {
    NOTED_CELLS = 40,           /* a larger group has its comment on its first cell only */
    NOTE_FULL = 4000            /* bytes of a comment, which nobody reads to its end; Excel's limit is 32,767 characters */
};

static const struct section *
section_of(const struct report *report, const struct value *value)
{
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (value >= section->values && value < section->values + section->table->nslots)
            return section;
    }
    return NULL;
}

bool
workbook_place(const struct workbook *workbook, const struct value *value, const char **sheet, struct area *area)
{
    const struct section *section = section_of(workbook->report, value);
    if (workbook->in_place) {
        *sheet = value->sheet != NULL ? value->sheet->name : NULL;
        *area = (struct area){ value->row, value->row, value->col, value->col };
        return *sheet != NULL;
    }
    if (section == NULL || section->placement == NULL)
        return false;
    *sheet = section->table->sheet;
    *area = workbook->layouts.at[section - workbook->report->sections].slots[value - section->values];
    return true;
}

const char *
places_in_words(struct arena *arena, const char *const *places, size_t n)
{
    struct text out = text_new(arena);
    for (size_t i = 0; i < n && (n <= 3 || i < 2); i++)
        text_printf(&out, "%s%s", i > 0 ? "、" : "", places[i]);
    if (n > 3)
        text_printf(&out, " 等 %zu 格", n);
    return out.failed ? NULL : out.at;
}

/* -- marks -- */

/* `more`: a further note; "" for none. */
static bool
mark_cell(struct arena *arena, struct mark *mark, enum severity severity, const char *more)
{
    if (severity < mark->severity)
        mark->severity = severity;
    if (*more == '\0' || (mark->note != NULL && strlen(mark->note) > NOTE_FULL))       /* 校验结果 has them all */
        return true;
    struct text note = text_new(arena);
    if (mark->note != NULL)
        text_printf(&note, "%s\n\n", mark->note);
    text_puts(&note, more);
    text_puts(&note, note.n > NOTE_FULL ? "\n\n…" : "");
    mark->note = note.at;
    return !note.failed;
}

/* What a finding says of a section: to the marks of its slots and, behind them, that of its title. */
static bool
mark_finding(const struct workbook *workbook, const struct section *section, struct mark *marks, const struct finding *finding)
{
    struct text note = text_new(workbook->arena);
    line_note(&note, workbook->report, finding);
    bool ok = !note.failed;
    if (ok && finding->nvalues == 0 && finding->section == section)
        ok = mark_cell(workbook->arena, &marks[section->table->nslots], finding->severity, note.at);
    for (size_t v = 0; v < finding->nvalues && ok; v++)
        if (section_of(workbook->report, finding->values[v]) == section)
            ok = mark_cell(workbook->arena, &marks[finding->values[v] - section->values], finding->severity,
                           v == 0 || finding->nvalues <= NOTED_CELLS ? note.at : "");
    return ok;
}

/* The marks of a section's slots, and after them that of its title: for findings about the table as a whole. A workbook that passes
 * carries none: it goes to the seal as it is, and 校验结果 says what else there is to say. NULL: no memory. */
static struct mark *
section_marks(const struct workbook *workbook, const struct section *section)
{
    size_t n = section->table->nslots;
    struct mark *marks = arena_array(workbook->arena, n + 1, sizeof *marks);
    if (marks == NULL)
        return NULL;
    for (size_t i = 0; i <= n; i++)
        marks[i].severity = SEVERITY_NOTE;
    if (workbook->report->verdict == VERDICT_PASS)
        return marks;
    for (size_t f = 0; f < workbook->report->nfindings; f++)
        if (workbook->report->findings[f].severity != SEVERITY_NOTE
            && !mark_finding(workbook, section, marks, &workbook->report->findings[f]))
            return NULL;
    for (size_t i = 0; i < n; i++) {                            /* cells that may be wrong, whether or not a finding is about them */
        struct text note = text_new(workbook->arena);
        wording_suspect_note(&note, workbook->report, &section->values[i]);
        if (note.failed || (note.n > 0 && !mark_cell(workbook->arena, &marks[i], SEVERITY_WARNING, note.at)))
            return NULL;
    }
    return marks;
}

static uint32_t
mark_fill(const struct mark *mark, uint32_t otherwise)
{
    return mark->severity == SEVERITY_ERROR ? FILL_RED : mark->severity == SEVERITY_WARNING ? FILL_AMBER : otherwise;
}

/* -- the numbers -- */

/* The sum that a live formula in this slot may show: the first whose terms are all there, when they add up to the number that the
 * report has. NULL: none. */
static const struct equation *
agreeing_sum(const struct report *report, const struct section *section, size_t slot)
{
    const struct table *table = section->table;
    for (size_t i = 0; i < table->nequations; i++) {
        const struct equation *sum = &table->equations[i];
        if (sum->relation != RELATION_SUM || sum->left[0] != table->first + slot)
            continue;
        struct decimal total = { 0 };
        size_t t = 0;
        for (; t < sum->nright; t++) {
            const struct value *term = equation_value(report, sum, sum->right[t]);
            if (term == NULL || !term->has || !decimal_add(total, term->number, &total))
                break;
        }
        if (t == sum->nright)
            return total.micros == section->values[slot].number.micros ? sum : NULL;
    }
    return NULL;
}

static const char *
text_instead(const struct value *value)
{
    if (value->origin == ORIGIN_MISSING)
        return MARK_MISSING;
    return value->trouble == TROUBLE_NO_FORMULA_VALUE ? MARK_NO_FORMULA_VALUE : value->raw;
}

/* The comment on a number. Findings speak of the cells of the input; when this one lay elsewhere there, say where. */
static bool
put_note(struct paper *paper, struct area area, const struct value *value, const char *note)
{
    char address[ADDRESS_SIZE];
    struct text out = text_new(paper->draft->book.arena);
    text_puts(&out, note);
    if (value->sheet != NULL && (value->row != area.row || value->col != area.col))
        text_printf(&out, "\n（以上是原文件里的位置；这一格在原文件是 %s。）", sheet_cell_address(value->sheet, value->row, value->col, address));
    return !out.failed && paper_note(paper, area, out.at);
}

static bool
put_value(const struct workbook *workbook, struct paper *paper, const struct section *section, size_t slot, const struct mark *mark)
{
    const struct layout *layout = &workbook->layouts.at[section - workbook->report->sections];
    const struct value *value = &section->values[slot];
    struct style look = paper_number_look(value->slot, !value->has || decimal_whole(value->number));
    struct area area = layout->slots[slot];
    const struct equation *sum = value->has ? agreeing_sum(workbook->report, section, slot) : NULL;
    const char *formula = sum != NULL ? layout_formula(workbook->arena, &workbook->layouts, sum) : NULL;
    if (sum != NULL && formula == NULL)
        return false;
    bool filled = value->origin == ORIGIN_FILLED && workbook->report->verdict != VERDICT_PASS;
    look.fill = mark_fill(mark, filled ? FILL_GREY : 0);
    if (value->writing & WRITING_NO_UNIT)
        look.number_format = NULL;          /* nobody has said that it is 万元: the question stays open */
    if (mark->note != NULL && !put_note(paper, area, value, mark->note))
        return false;
    bool blank = section->empty && formula == NULL && value->origin == ORIGIN_BLANK;
    if (!value->has && value->origin != ORIGIN_BLANK) {
        look.wrap = true;
        look.shrink = false;
        return paper_text(paper, area, text_instead(value), &look);
    }
    bool put = blank || !value->has ? paper_text(paper, area, "", &look)
                                    : paper_number(paper, area, decimal_double(value->number), formula, &look);
    return put && (value->slot->derived || paper_input(paper, layout, slot, ""));
}

/* A text in a cell of numbers: as a number when it is one. */
static bool
put_written(struct paper *paper, struct area area, const char *text, const struct style *look)
{
    struct decimal number;
    if (decimal_parse(text, strlen(text), &number))
        return paper_number(paper, area, decimal_double(number), NULL, look);
    return paper_text(paper, area, text, look);
}

/* -- rows that are there twice -- */

static const struct block *
block_of(const struct table *table, const struct node *row)
{
    for (size_t i = 0; i < table->nblocks; i++)
        if (row->leaf < table->blocks[i].nrow_leaves && table->blocks[i].row_leaf[row->leaf] == row)
            return &table->blocks[i];
    return NULL;
}

/* The row of a table's leaf on the sheet, by its first number. */
static uint32_t
row_of(const struct layout *layout, const struct block *block, const struct node *leaf)
{
    return layout->slots[block->first - layout->table->first + leaf->leaf * block->ncolumn_leaves].row;
}

static bool
put_repeated(struct paper *paper, const struct layout *layout, const struct stray *stray, uint32_t row)
{
    const struct block *block = block_of(layout->table, stray->like);
    const struct area *like = &layout->slots[block->first - layout->table->first];
    struct style look = look_cell, number = paper_number_look(&layout->table->form->slots[block->first], false);
    uint16_t labels = layout->slots[0].col;
    look.fill = number.fill = FILL_RED;
    if (!paper_text(paper, paper_area(row, (uint16_t)stray->like->depth, (uint16_t)(labels - 1)), stray->label, &look))
        return false;
    for (size_t c = 0; c < block->ncolumn_leaves; c++)
        if (!put_written(paper, paper_area(row, like[c].col, like[c].col2), stray->texts[c], &number))
            return false;
    return true;
}

/* The layout of a section with room for its repeated rows, each below the row that it repeats, so that it is found again. */
static bool
section_layout(struct workbook *workbook, size_t which)
{
    const struct section *section = &workbook->report->sections[which];
    struct layout *layout = &workbook->layouts.at[which];
    uint32_t *rows = workbook->rows[which] = arena_array(workbook->arena, section->placement->nstrays + 1, sizeof *rows);
    if (rows == NULL || !layout_table(workbook->arena, section->table, layout))
        return false;
    for (size_t i = 0; i < section->placement->nstrays; i++) {
        const struct stray *stray = &section->placement->strays[i];
        const struct block *block = stray->repeated && !stray->column ? block_of(section->table, stray->like) : NULL;
        if (block == NULL || block->row_depth == 0)
            continue;
        rows[i] = row_of(layout, block, stray->like) + 1;
        for (size_t k = 0; k < i; k++)
            if (section->placement->strays[k].like == stray->like && rows[k] >= rows[i])
                rows[i] = rows[k] + 1;
        for (size_t k = 0; k < i; k++)
            rows[k] += rows[k] >= rows[i];
        layout_insert(layout, rows[i]);
    }
    return true;
}

/* -- sheets -- */

static bool
section_write(struct workbook *workbook, size_t which)
{
    const struct section *section = &workbook->report->sections[which];
    const struct placement *placement = section->placement;
    const struct layout *layout = &workbook->layouts.at[which];
    const uint32_t *rows = workbook->rows[which];
    struct paper paper;
    const struct mark *marks = section_marks(workbook, section);
    if (marks == NULL || !paper_table(&paper, &workbook->draft, section->table->sheet, layout, mark_fill(&marks[section->table->nslots], 0)))
        return false;
    const char *note = marks[section->table->nslots].note;
    if (note != NULL && !paper_note(&paper, layout->labels[0].area, note))
        return false;
    for (size_t i = 0; i < section->table->nslots; i++)
        if (!put_value(workbook, &paper, section, i, &marks[i]))
            return false;
    for (size_t i = 0; i < placement->nstrays; i++)
        if (rows[i] > 0 && !put_repeated(&paper, layout, &placement->strays[i], rows[i]))
            return false;
    return paper_conditions(&paper, &workbook->layouts, layout) && paper_finish(&paper, layout->cols, workbook->footer);
}

/* A second table of the same kind and year: again, with its own cells as they are. */
static bool
repeat_write(struct workbook *workbook, const struct placement *placement, size_t which)
{
    struct paper paper;
    struct layout layout;
    struct text name = text_new(workbook->arena);
    text_printf(&name, SHEETS_REPEATED, placement->table->sheet, which);
    if (name.failed || !layout_table(workbook->arena, placement->table, &layout)
        || !paper_table(&paper, &workbook->draft, name.at, &layout, FILL_RED))
        return false;
    for (size_t i = 0; i < placement->table->nslots; i++) {
        const struct place *place = &placement->places[i];
        const struct cell *cell = place->found ? sheet_cell(placement->sheet, place->row, place->col) : NULL;
        const struct slot *slot = &placement->table->form->slots[placement->table->first + i];
        struct style look = paper_number_look(slot, false);
        bool number = cell != NULL && cell->kind == CELL_NUMBER;
        const char *text = !place->found ? MARK_MISSING : cell == NULL || cell->kind == CELL_BOOLEAN ? ""
            : cell->kind == CELL_FORMULA ? MARK_NO_FORMULA_VALUE : cell->text;
        if (!(number ? paper_number(&paper, layout.slots[i], cell->number, NULL, &look)
                     : paper_text(&paper, layout.slots[i], text, &look)))
            return false;
    }
    return paper_finish(&paper, layout.cols, workbook->footer);
}

/* Where the values stand in a workbook, as stamp.h has it. */
static const char *
values_places(const struct workbook *workbook)
{
    enum { MOST = 32000 };                      /* characters; a cell takes 32,767 */
    struct text out = text_new(workbook->arena);
    struct stamp_place place = { .after = false };
    const char *last = NULL;
    for (size_t i = 0; i < workbook->report->nsections; i++)
        for (size_t v = 0; v < workbook->report->sections[i].table->nslots; v++) {
            const char *sheet;
            struct area area;
            bool there = workbook_place(workbook, &workbook->report->sections[i].values[v], &sheet, &area);
            if (there && sheet != last)
                stamp_put_sheet(&out, &place, last = sheet);
            if (there)
                stamp_put_place(&out, &place, area.row, area.col);
            else
                stamp_put_nowhere(&out, &place);
            text_putc(&out, '|');
        }
    return out.failed ? NULL : paper_clip(workbook->arena, out.at, MOST);
}

/* What was read, for `verify` and for whoever asks later what the clerk's file said. Left out: what was written when it is the value itself,
 * the origin of what was given. */
bool
values_write(struct workbook *workbook)
{
    static const char *const heads[] = { "key", "value", "raw", "origin" };
    enum { COLS = sizeof heads / sizeof *heads };
    struct draft *draft = &workbook->draft;
    size_t sheet = draft_sheet(draft, VALUES_SHEET, true);
    /* the input is a workbook in place before anything is added to it */
    const struct workbook input = { .arena = workbook->arena, .report = workbook->report, .in_place = true };
    const char *sources = values_places(&input), *places = values_places(workbook);
    uint32_t row = 0;
    if (sheet == SIZE_MAX || sources == NULL || places == NULL || !draft_text(draft, sheet, row, STAMP_SOURCES, sources, 0) ||
        !draft_text(draft, sheet, row, STAMP_PLACES, places, 0))
        return false;
    for (uint16_t c = 0; c < COLS; c++)
        if (!draft_text(draft, sheet, row, c, heads[c], 0))
            return false;
    for (size_t i = 0; i < workbook->report->nsections; i++) {
        const struct section *section = &workbook->report->sections[i];
        for (size_t v = 0; v < section->table->nslots; v++) {
            const struct value *value = &section->values[v];
            char number[DECIMAL_TEXT] = "";
            if (value->has)
                decimal_text(value->number, number);
            const char *raw = paper_clip(workbook->arena, value->raw, 8000);
            const char *texts[COLS] = { value->slot->key, number, raw == NULL || strcmp(raw, number) == 0 ? "" : raw,
                                        value->origin == ORIGIN_GIVEN ? "" : origin_code(value->origin) };
            row++;
            for (uint16_t c = 0; c < COLS; c++)
                if (raw == NULL || (*texts[c] != '\0' && !draft_text(draft, sheet, row, c, texts[c], 0)))
                    return false;
        }
    }
    return true;
}

bool
footer_make(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    struct text footer = text_new(workbook->arena);
    workbook->code = stamp_code(report);
    const char *unit = paper_clip(workbook->arena, report->unit != NULL ? report->unit : "", 60);
    if (workbook->code == NULL || unit == NULL)
        return false;
    text_puts(&footer, "&L");
    for (const char *s = unit; *s != '\0'; s++)
        text_puts(&footer, *s == '&' ? "&&" : (char[2]){ *s });
    if (report->year != 0)
        text_printf(&footer, " %d年度", report->year);
    text_printf(&footer, "&C第&P页 共&N页&R校验码 %s", workbook->code);
    workbook->footer = footer.at;
    return !footer.failed;
}

static bool
sections_layout(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    workbook->layouts = (struct layouts){ arena_array(report->arena, report->nsections, sizeof *workbook->layouts.at), report->nsections };
    workbook->rows = arena_array(report->arena, report->nsections, sizeof *workbook->rows);
    if (workbook->layouts.at == NULL || workbook->rows == NULL)
        return false;
    for (size_t i = 0; i < report->nsections; i++)
        if (report->sections[i].placement != NULL && !section_layout(workbook, i))
            return false;
    return true;
}

static bool
sheets_write(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    struct paper cover;
    if (!sections_layout(workbook) || !cover_begin(&cover, &workbook->draft))
        return false;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (section->placement != NULL && !section_write(workbook, i))
            return false;
        for (size_t r = 0; r < section->nrepeats; r++)
            if (!repeat_write(workbook, section->repeats[r], r + 2))
                return false;
    }
    return compare_write(workbook) && results_write(workbook) && cleaning_write(workbook) && cover_write(workbook, &cover) && values_write(workbook);
}

enum status
give_workbook(const struct report *report, unsigned char **bytes, size_t *n, struct fault *fault)
{
    struct workbook workbook = { .arena = report->arena, .report = report };
    if (!draft_init(report->arena, &workbook.draft) || !footer_make(&workbook) || !sheets_write(&workbook))
        return fault_set(fault, STATUS_MEMORY, "workbook");
    workbook.draft.title = report->form->title;
    workbook.draft.author = "nianbao";
    for (size_t i = 0; i < workbook.draft.book.nsheets; i++)
        sheet_finish(&workbook.draft.book.sheets[i]);
    if (!stamp_put(&workbook.draft, report, workbook.code))
        return fault_set(fault, STATUS_MEMORY, "stamp");
    return write_xlsx(report->arena, &workbook.draft, bytes, n, fault);
}
