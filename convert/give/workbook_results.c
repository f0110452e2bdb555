/* SPDX-License-Identifier: MIT */
/* workbook_results: the sheet 校验结果, where to look first and then all findings, the most serious first, each with a link to its cell. The
 * column 说明 is for people: explained.c finds what they wrote by the last column, the finding's id, and the next conversion keeps it. */
#include <string.h>

#include "explained.h"
#include "text.h"
#include "workbook.h"
#include "wording.h"

enum { COL_NUMBER, COL_SEVERITY, COL_HERE, COL_THERE, COL_ITEM, COL_FOUND, COL_EXPECTED, COL_DIFFERENCE, COL_MESSAGE, COL_BASIS,
       COL_EXPLAINED, COL_ID, COLS };

static const char *const heads[COLS] = { "序号", "级别", "位置", "原文件位置", "项目", "写的是", "对照", "相差", RESULTS_MESSAGE, "依据",
                                         RESULTS_EXPLAINED, RESULTS_ID };
static const double widths[COLS] = { 5, 8, 14, 15, 20, 8, 8, 8, 46, 18, 24, 7 };

/* The first place of a finding about a table, or about the whole file, for the link. */
static void
link_to(const struct workbook *workbook, const struct section *section, const char **sheet, const char **address)
{
    static const char first[] = "A1";
    if (workbook->in_place) {
        const struct placement *placement = section != NULL ? section->placement : NULL;
        char *corner = placement != NULL ? arena_alloc(workbook->arena, A1_SIZE) : NULL;
        *sheet = corner != NULL ? placement->sheet->name : NULL;
        *address = corner != NULL ? a1(placement->range.row, placement->range.col, corner) : NULL;
        return;
    }
    if (section != NULL && section->placement == NULL)
        return;
    *sheet = section != NULL ? section->table->sheet : COVER_SHEET;
    *address = first;
}

/* A finding's places in this workbook, each table named where its cells begin, and the first one's sheet and address for the link. */
static const char *
places_here(const struct workbook *workbook, const struct finding *finding, const char **sheet, const char **address)
{
    const char **places = arena_array(workbook->arena, finding->nvalues + 1, sizeof *places);
    const struct table *table = NULL;
    size_t n = 0;
    if (places == NULL)
        return NULL;
    for (size_t i = 0; i < finding->nvalues; i++) {
        char cell[A1_SIZE];
        const char *name;
        struct area area;
        if (!workbook_place(workbook, finding->values[i], &name, &area))
            continue;
        struct text place = text_new(workbook->arena);
        if (finding->values[i]->slot->table != table)
            text_printf(&place, "%s ", finding->values[i]->slot->table->brief);
        size_t prefix = place.n;
        text_puts(&place, a1(area.row, area.col, cell));
        if (place.failed)
            return NULL;
        if (n == 0) {
            *sheet = name;
            *address = place.at + prefix;
        }
        table = finding->values[i]->slot->table;
        places[n++] = place.at;
    }
    if (n > 0)
        return places_in_words(workbook->arena, places, n);
    link_to(workbook, finding->section, sheet, address);
    return finding->section != NULL ? finding->section->table->brief : "全文件";
}

/* The places in the input; a sheet is named where its cells begin. */
static const char *
places_there(struct arena *arena, const struct finding *finding)
{
    const char **places = arena_array(arena, finding->ncells + 1, sizeof *places);
    if (places == NULL)
        return NULL;
    for (size_t i = 0; i < finding->ncells; i++) {
        const char *mark = strrchr(finding->cells[i], '!');
        size_t sheet = mark != NULL ? (size_t)(mark + 1 - finding->cells[i]) : 0;
        places[i] = finding->cells[i] + (i > 0 && strncmp(finding->cells[i - 1], finding->cells[i], sheet) == 0 ? sheet : 0);
    }
    return places_in_words(arena, places, finding->ncells);
}

/* The path without the table's title, which the place names already. */
static const char *
item_of(const struct finding *finding)
{
    static const char arrow[] = " → ";
    if (finding->path == NULL)
        return finding->section != NULL ? finding->section->table->title.text : "";
    const char *rest = strstr(finding->path, arrow);
    return rest != NULL ? rest + strlen(arrow) : finding->path;
}

static bool
put_numbers(struct paper *paper, uint32_t row, const struct finding *finding)
{
    const struct decimal numbers[] = { finding->found, finding->expected, finding->difference };
    for (uint16_t i = 0; i < 3; i++) {
        struct area area = paper_cell(row, (uint16_t)(COL_FOUND + i));
        if (!(finding->numbers ? paper_number(paper, area, decimal_double(numbers[i]), NULL, &look_center)
                               : paper_text(paper, area, "", &look_center)))
            return false;
    }
    return true;
}

static bool
put_finding(struct workbook *workbook, struct paper *paper, uint32_t row, size_t number, const struct finding *finding)
{
    static const uint32_t fills[] = { [SEVERITY_ERROR] = FILL_RED, [SEVERITY_WARNING] = FILL_AMBER, [SEVERITY_NOTE] = FILL_GREY };
    struct style severity = look_center, place = look_cell, yellow = look_cell;
    const char *sheet = NULL, *address = NULL, *here = places_here(workbook, finding, &sheet, &address);
    const char *there = places_there(workbook->arena, finding), *id = finding_id(workbook->arena, finding);
    struct text message = text_new(workbook->arena);
    text_puts(&message, finding->message);
    if (*finding->hint != '\0')
        text_printf(&message, "\n%s", finding->hint);
    if (here == NULL || there == NULL || id == NULL || message.failed)
        return false;
    severity.fill = fills[finding->severity];
    place.color = sheet != NULL ? INK_LINK : 0;
    yellow.fill = FILL_YELLOW;
    return paper_number(paper, paper_cell(row, COL_NUMBER), (double)number, NULL, &look_center)
        && paper_text(paper, paper_cell(row, COL_SEVERITY), severity_word(finding->severity, LANGUAGE_ZH), &severity)
        && paper_text(paper, paper_cell(row, COL_HERE), here, &place)
        && (sheet == NULL || paper_link(paper, row, COL_HERE, sheet, address))
        && paper_text(paper, paper_cell(row, COL_THERE), there, &look_cell)
        && paper_text(paper, paper_cell(row, COL_ITEM), item_of(finding), &look_cell)
        && put_numbers(paper, row, finding)
        && paper_text(paper, paper_cell(row, COL_MESSAGE), message.at, &look_cell)
        && paper_text(paper, paper_cell(row, COL_BASIS), finding->basis, &look_cell)
        && paper_text(paper, paper_cell(row, COL_EXPLAINED), finding->explained != NULL ? finding->explained : "", &yellow)
        && paper_text(paper, paper_cell(row, COL_ID), id, &look_small);
}

/* Where to look first: no finding, so without an id. */
static bool
put_lead(struct workbook *workbook, struct paper *paper, uint32_t row, const struct finding *lead)
{
    struct style first = look_center, place = look_cell;
    const char *sheet = NULL, *address = NULL, *here = places_here(workbook, lead, &sheet, &address);
    const char *there = places_there(workbook->arena, lead);
    struct text message = text_new(workbook->arena);
    text_printf(&message, "%s\n%s", lead->message, lead->hint);
    if (here == NULL || there == NULL || message.failed)
        return false;
    first.fill = FILL_RED;
    place.color = sheet != NULL ? INK_LINK : 0;
    for (uint16_t c = 0; c < COLS; c++)
        if (!paper_text(paper, paper_cell(row, c), "", c == COL_ID ? &look_small : &look_cell))
            return false;
    return paper_text(paper, paper_cell(row, COL_SEVERITY), lead_word(LANGUAGE_ZH), &first)
        && paper_text(paper, paper_cell(row, COL_HERE), here, &place)
        && (sheet == NULL || paper_link(paper, row, COL_HERE, sheet, address))
        && paper_text(paper, paper_cell(row, COL_THERE), there, &look_cell)
        && paper_text(paper, paper_cell(row, COL_ITEM), item_of(lead), &look_cell)
        && paper_text(paper, paper_cell(row, COL_MESSAGE), message.at, &look_cell);
}

/* An explanation whose question the conversion has settled. */
static bool
put_explanation(struct paper *paper, uint32_t row, const struct explanation *left)
{
    struct style yellow = look_cell;
    yellow.fill = FILL_YELLOW;
    for (uint16_t c = 0; c < COL_ID; c++)
        if (!paper_text(paper, paper_cell(row, c), "", &look_cell))
            return false;
    return paper_text(paper, paper_cell(row, COL_SEVERITY), "已说明", &look_center)
        && paper_text(paper, paper_cell(row, COL_MESSAGE), left->question, &look_cell)
        && paper_text(paper, paper_cell(row, COL_EXPLAINED), left->text, &yellow)
        && paper_text(paper, paper_cell(row, COL_ID), left->id, &look_small);
}

static bool
put_head(struct workbook *workbook, struct paper *paper)
{
    struct style head = look_head, summary = look_text;
    const size_t *counts = workbook->report->counts;
    struct text words = text_new(workbook->arena);
    text_printf(&words, "%s：必须改 %zu 项，请核实 %zu 项，提示 %zu 项。", workbook->report->verdict == VERDICT_PASS ? "通过" : "待改",
                counts[SEVERITY_ERROR], counts[SEVERITY_WARNING], counts[SEVERITY_NOTE]);
    if (workbook->in_place)
        text_puts(&words, RESULTS_IN_PLACE);
    text_puts(&words, "“请核实”的如属实，请在黄色的“说明”栏写明原因，再转换时会保留。“必须改”的要改表里的数，写说明不能代替。");
    head.fill = FILL_GREY;
    if (words.failed || !paper_text(paper, paper_area(0, 0, COL_EXPLAINED), RESULTS_SHEET, &look_title) || !paper_height(paper, 0, 34)
        || !paper_text(paper, paper_area(1, 0, COL_EXPLAINED), words.at, &summary))
        return false;
    for (uint16_t c = 0; c < COLS; c++)
        if (!paper_text(paper, paper_cell(2, c), c == COL_THERE && workbook->in_place ? "单元格" : heads[c], c == COL_ID ? &look_small : &head))
            return false;
    return paper_height(paper, 2, 24);
}

bool
results_write(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    struct paper paper;
    struct explanation *left;
    size_t nleft, number = 0;
    uint32_t row = 3;
    if (!explanations_left(report, &left, &nleft))
        return false;
    if (report->nfindings + nleft == 0)
        return true;
    if (!paper_begin(&paper, &workbook->draft, RESULTS_SHEET, false, widths, COLS) || !put_head(workbook, &paper))
        return false;
    for (size_t i = 0; i < report->nleads; i++)
        if (!put_lead(workbook, &paper, row++, &report->leads[i]))
            return false;
    for (enum severity severity = SEVERITY_ERROR; severity < SEVERITY_COUNT; severity++)
        for (size_t i = 0; i < report->nfindings; i++)
            if (report->findings[i].severity == severity) {
                if (!put_finding(workbook, &paper, row, ++number, &report->findings[i]))
                    return false;
                row++;
            }
    for (size_t i = 0; i < nleft; i++)
        if (!put_explanation(&paper, row++, &left[i]))
            return false;
    struct page *page = paper_page(&paper);
    page->landscape = true;
    page->freeze_row = page->repeat_rows = 3;
    page->tab_color = report->verdict == VERDICT_PASS ? 0 : 0xC00000;
    if (report->verdict != VERDICT_PASS)
        workbook->draft.active = paper.sheet;
    return paper_finish(&paper, COL_ID, workbook->footer);      /* the ids are not printed */
}
