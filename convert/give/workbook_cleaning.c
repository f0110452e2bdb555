/* SPDX-License-Identifier: MIT */
/* workbook_cleaning: the sheet 格式整理记录: every cell whose writing was cleaned, and what of the input is not in this workbook. */
#include <string.h>

#include "text.h"
#include "workbook.h"

enum { COL_PLACE, COL_BEFORE, COL_NOW, COL_WHY, COLS };
static const char *const heads[COLS] = { "原位置", "原来写的", "现在", "原因" };
static const double widths[COLS] = { 24, 28, 14, 44 };

static const struct { enum writing writing; const char *why; } reasons[] = {
    { WRITING_TEXT, "数字存成了文本，改为数值" },
    { WRITING_CONVERTED, "折算为万元，最多留六位小数" },
    { WRITING_UNIT, "格子里带有单位、增减字样或备注，只留数字" },
    { WRITING_NO_UNIT, "没有写单位，按万元读取" },
};
enum { REASONS = sizeof reasons / sizeof *reasons };

struct record {                      /* the sheet, begun with its first line */
    struct workbook *workbook;
    struct paper paper;
    uint32_t row;
    bool begun, left_out;            /* its second part has begun */
};

static bool
begin(struct record *record)
{
    struct style head = look_head;
    if (record->begun)
        return true;
    record->begun = true;
    head.fill = FILL_GREY;
    if (!paper_begin(&record->paper, &record->workbook->draft, CLEANING_SHEET, false, widths, COLS)
        || !paper_text(&record->paper, paper_area(0, 0, COLS - 1), "只整理了写法，没有改动任何数值", &look_title)
        || !paper_height(&record->paper, 0, 34))
        return false;
    for (uint16_t c = 0; c < COLS; c++)
        if (!paper_text(&record->paper, paper_cell(1, c), heads[c], &head))
            return false;
    record->row = 2;
    paper_page(&record->paper)->freeze_row = paper_page(&record->paper)->repeat_rows = 2;
    return paper_height(&record->paper, 1, 24);
}

static bool
put_line(struct record *record, const char *place, const char *before, const char *now, const char *why)
{
    const char *const texts[COLS] = { place, before, now, why };
    if (!begin(record))
        return false;
    for (uint16_t c = 0; c < COLS; c++)
        if (texts[c] == NULL || !paper_text(&record->paper, paper_cell(record->row, c), texts[c], &look_cell))
            return false;
    record->row++;
    return true;
}

static bool
put_left_out(struct record *record, const char *place, const char *what, const char *why)
{
    struct style look = look_cell;
    look.bold = true;
    look.fill = FILL_GREY;
    if (!begin(record))
        return false;
    if (!record->left_out && !paper_text(&record->paper, paper_area(record->row++, 0, COLS - 1), "未带入的内容", &look))
        return false;
    record->left_out = true;
    return put_line(record, place, what, "未带入", why);
}

static const char *
place_of(struct arena *arena, const struct sheet *sheet, uint32_t row, uint16_t col)
{
    char address[ADDRESS_SIZE];
    return sheet_place(arena, sheet, sheet_cell_address(sheet, row, col, address));
}

static bool
put_value(struct record *record, const struct value *value)
{
    struct arena *arena = record->workbook->arena;
    char number[DECIMAL_TEXT] = "";
    struct text why = text_new(arena);
    if (value->origin == ORIGIN_FILLED)
        text_puts(&why, "合计空着，按公式算出");
    for (size_t i = 0; i < REASONS; i++)
        if (value->writing & reasons[i].writing)
            text_printf(&why, "%s%s", why.n > 0 ? "；" : "", reasons[i].why);
    if (why.failed)
        return false;
    if (why.n == 0 || value->sheet == NULL)
        return true;
    if (value->has)
        decimal_text(value->number, number);
    const char *before = value->origin == ORIGIN_FILLED && *value->raw == '\0' ? "（空）" : value->raw;
    return put_line(record, place_of(arena, value->sheet, value->row, value->col), before, number, why.at);
}

/* The blanks of a table in one line. */
static bool
put_blanks(struct record *record, const struct section *section)
{
    struct arena *arena = record->workbook->arena;
    const char **places = arena_array(arena, section->table->nslots + 1, sizeof *places);
    size_t n = 0, dashes = 0;
    if (places == NULL)
        return false;
    for (size_t i = 0; i < section->table->nslots; i++) {
        const struct value *value = &section->values[i];
        char address[ADDRESS_SIZE];
        if (value->origin != ORIGIN_BLANK || value->sheet == NULL)
            continue;
        sheet_cell_address(value->sheet, value->row, value->col, address);
        places[n] = arena_copy(arena, address);
        if (places[n++] == NULL)
            return false;
        dashes += (value->writing & WRITING_DASH) != 0;
    }
    if (n == 0)
        return true;
    const char *words = places_in_words(arena, places, n), *place = words != NULL ? sheet_place(arena, section->placement->sheet, words) : NULL;
    return put_line(record, place, dashes == 0 ? "（空）" : dashes == n ? "“/”“—”“无”等" : "（空），或“/”“—”“无”等", "0", "没有数字的格子按 0 计算");
}

/* Formulas in cells that are not sums: only what they gave is kept. */
static bool
put_formulas(struct record *record, const struct section *section)
{
    const struct value *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < section->table->nslots; i++) {
        const struct value *value = &section->values[i];
        if (!value->computed || value->slot->derived)
            continue;
        first = n++ == 0 ? value : first;
    }
    if (n == 0)
        return true;
    struct text why = text_new(record->workbook->arena);
    text_printf(&why, "只带入公式的结果，共 %zu 格", n);
    return !why.failed && put_left_out(record, place_of(record->workbook->arena, first->sheet, first->row, first->col), "公式", why.at);
}

static bool
put_strays(struct record *record, const struct placement *placement)
{
    for (size_t i = 0; i < placement->nstrays; i++) {
        const struct stray *stray = &placement->strays[i];
        if (stray->repeated && !stray->column)
            continue;
        const char *place = place_of(record->workbook->arena, placement->sheet, stray->row, stray->col);
        if (!put_left_out(record, place, *stray->label ? stray->label : "（没有名称）", stray->column ? "法定格式没有这一列" : "法定格式没有这一行"))
            return false;
    }
    return true;
}

static bool
covers(const struct placement *placement, const struct sheet *sheet, const struct cell *cell)
{
    const struct area *range = &placement->range;
    return placement->sheet == sheet
        && (cell == NULL || (cell->row >= range->row && cell->row <= range->row2 && cell->col >= range->col && cell->col <= range->col2));
}

/* Is this sheet (or, with a cell, this cell) part of a table that was found? */
static bool
used(const struct report *report, const struct sheet *sheet, const struct cell *cell)
{
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (section->placement != NULL && covers(section->placement, sheet, cell))
            return true;
        for (size_t r = 0; r < section->nrepeats; r++)
            if (covers(section->repeats[r], sheet, cell))
                return true;
    }
    for (size_t i = 0; i < report->nignored; i++)
        if (covers(report->ignored[i], sheet, cell))
            return true;
    return false;
}

/* Our own words around a table: its title, and the checks of the template. */
static bool
is_ours(const struct report *report, const struct cell *cell)
{
    const char *text = cell->text != NULL ? cell->text : "";
    if (strncmp(text, CHECKS_LABEL, strlen(CHECKS_LABEL)) == 0 || (cell->computed && cell->kind != CELL_NUMBER))
        return true;                       /* the check cells of our template say 平 by formula */
    for (size_t i = 0; i < report->nsections; i++)
        if (strcmp(report->sections[i].table->title.text, text) == 0)
            return true;
    return false;
}

static bool
put_sheet(struct record *record, const struct sheet *sheet)
{
    const struct report *report = record->workbook->report;
    struct arena *arena = record->workbook->arena;
    if (sheet->ncells == 0 || sheets_ours(sheet->name))      /* ours: made again, or for reading only */
        return true;
    if (!used(report, sheet, NULL))
        return put_left_out(record, place_of(arena, sheet, 0, 0), "整张工作表", "不是本年度的法定表格");
    const struct cell *first = NULL;
    size_t n = 0;
    for (size_t c = 0; c < sheet->ncells; c++) {
        const struct cell *cell = &sheet->cells[c];
        if (used(report, sheet, cell) || is_ours(report, cell))
            continue;
        if (n++ == 0)
            first = cell;
    }
    if (n == 0)
        return true;
    n += sheet->passed;
    struct text what = text_new(arena);
    char number[32];
    text_printf(&what, "%s%s", first->text != NULL ? first->text : number_text(first->number, number), n > 1 ? " 等" : "");
    struct text why = text_new(arena);
    text_printf(&why, "表格以外的内容，共 %zu 格", n);
    return !what.failed && !why.failed && put_left_out(record, place_of(arena, sheet, first->row, first->col), what.at, why.at);
}

bool
cleaning_write(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    struct record record = { .workbook = workbook };
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (section->placement == NULL || section->empty)       /* an empty table is given back as it is */
            continue;
        for (size_t v = 0; v < section->table->nslots; v++)
            if (!put_value(&record, &section->values[v]))
                return false;
        if (!put_blanks(&record, section))
            return false;
    }
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (section->placement != NULL && (!put_formulas(&record, section) || !put_strays(&record, section->placement)))
            return false;
    }
    for (size_t i = 0; i < report->nignored; i++) {
        const struct placement *ignored = report->ignored[i];
        char range[ADDRESS_SIZE];
        if (!put_left_out(&record, sheet_place(workbook->arena, ignored->sheet, sheet_address(ignored->sheet, ignored->range, range)),
                          ignored->table->title.text, "其他年度的表"))
            return false;
    }
    for (size_t i = 0; i < report->book.nsheets; i++)
        if (!put_sheet(&record, &report->book.sheets[i]))
            return false;
    return !record.begun || paper_finish(&record.paper, COLS, workbook->footer);
}
