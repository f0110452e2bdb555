/* SPDX-License-Identifier: MIT */
/* workbook_cover: the sheet 封面. What people wrote on the cover of the input (a credit code, names, a date) is carried over from
 * cell to cell and goes nowhere else. */
#include <string.h>

#include "previous.h"
#include "text.h"
#include "workbook.h"

#define CREDIT_CODE "统一社会信用代码"

/* Lines that people fill in. */
static const struct { const char *label, *format; } signatures[] = {
    { "填报人", NULL }, { "审核人", NULL }, { "负责人签字", NULL }, { "盖章", NULL }, { "日期", "yyyy\"年\"m\"月\"d\"日\"" },
};
enum { SIGNATURES = sizeof signatures / sizeof *signatures };

static const struct style label_look = { .font = "黑体", .border = true, .align = ALIGN_CENTER, .wrap = true };
static const struct style value_look = { .border = true, .align = ALIGN_LEFT, .wrap = true, .indent = true };

bool
cover_begin(struct paper *paper, struct draft *draft)
{
    static const double widths[] = { 22, 62 };
    return paper_begin(paper, draft, COVER_SHEET, false, widths, 2);
}

/* What stands beside a label on the input's cover; NULL: nothing. */
static const struct cell *
kept(const struct book *book, const char *label)
{
    const struct sheet *sheet = book_sheet_named(book, COVER_SHEET);
    for (size_t c = 0; sheet != NULL && c + 1 < sheet->ncells; c++) {
        const struct cell *cell = &sheet->cells[c], *next = cell + 1;
        if (cell->kind == CELL_TEXT && strcmp(cell->text, label) == 0 && next->row == cell->row && next->col == cell->col + 1)
            return next;
    }
    return NULL;
}

static bool
put_label(struct paper *paper, uint32_t row, const char *label, double height)
{
    return paper_text(paper, paper_cell(row, 0), label, &label_look) && paper_height(paper, row, height);
}

static bool
put_line(struct paper *paper, uint32_t row, const char *label, const char *text, const struct style *look)
{
    return put_label(paper, row, label, 26) && paper_text(paper, paper_cell(row, 1), text, look);
}

/* A line that people fill in, with what they had written before. */
static bool
put_kept(struct paper *paper, uint32_t row, const char *label, const char *format, double height, const struct report *report, bool unlocked)
{
    struct style look = value_look;
    const struct cell *cell = report != NULL ? kept(&report->book, label) : NULL;
    look.number_format = format;
    look.unlocked = unlocked;
    if (!put_label(paper, row, label, height))
        return false;
    if (cell != NULL && cell->kind == CELL_NUMBER)
        return paper_number(paper, paper_cell(row, 1), cell->number, NULL, &look);
    return paper_text(paper, paper_cell(row, 1), cell != NULL && cell->kind == CELL_TEXT ? cell->text : "", &look);
}

static bool
put_signatures(struct paper *paper, uint32_t row, const struct report *report, bool unlocked)
{
    for (uint32_t i = 0; i < SIGNATURES; i++)
        if (!put_kept(paper, row + i, signatures[i].label, signatures[i].format, 34, report, unlocked))
            return false;
    return true;
}

static bool
put_title(struct paper *paper, const struct form *form, const char *what)
{
    struct style title = look_title, about = look_text;
    title.size = 20;
    about.align = ALIGN_CENTER;
    return paper_text(paper, paper_area(0, 0, 1), form->title, &title) && paper_height(paper, 0, 72)
        && paper_text(paper, paper_area(1, 0, 1), what, &about) && paper_height(paper, 1, 40);
}

/* Links to the other sheets, from `row` on. */
static bool
put_contents(struct paper *paper, uint32_t row)
{
    static const struct style look = { .size = 10, .color = INK_LINK, .align = ALIGN_LEFT };
    const struct book *book = &paper->draft->book;
    if (!paper_text(paper, paper_cell(row, 0), "本文件各表（点击打开）：", &look_text))
        return false;
    for (size_t i = 0; i < book->nsheets; i++) {
        if (i == paper->sheet || book->sheets[i].hidden)
            continue;
        if (!paper_text(paper, paper_cell(row, 1), book->sheets[i].name, &look) || !paper_link(paper, row, 1, book->sheets[i].name, "A1"))
            return false;
        row++;
    }
    return true;
}

static const char *
verdict_words(const struct workbook *workbook)
{
    const size_t *counts = workbook->report->counts;
    struct text out = text_new(workbook->arena);
    if (workbook->report->verdict == VERDICT_PASS)
        text_puts(&out, "通过");
    else
        text_printf(&out, "待改：必须改 %zu 项", counts[SEVERITY_ERROR]);
    if (counts[SEVERITY_WARNING] > 0 || counts[SEVERITY_NOTE] > 0 || workbook->report->verdict != VERDICT_PASS)
        text_printf(&out, "%s请核实 %zu 项，提示 %zu 项", workbook->report->verdict == VERDICT_PASS ? "：" : "，",
                    counts[SEVERITY_WARNING], counts[SEVERITY_NOTE]);
    return out.failed ? NULL : out.at;
}

bool
cover_write(struct workbook *workbook, struct paper *paper)
{
    const struct report *report = workbook->report;
    const struct form *form = report->form;
    bool pass = report->verdict == VERDICT_PASS;
    struct style verdict = value_look, year = value_look;
    verdict.bold = true;
    verdict.fill = pass ? 0 : FILL_RED;
    year.number_format = "0\"年\"";
    const char *words = verdict_words(workbook);
    if (words == NULL || form->nunit_labels == 0 || form->nyear_labels == 0)
        return false;
    uint32_t row = 2;
    if (!put_title(paper, form, pass
            ? "本文件由年报核对程序按法定格式整理，您的原文件没有改动。各数之间已全部对上，请核实内容后打印、签字、盖章、报送。"
            : "本文件由年报核对程序按法定格式整理，您的原文件没有改动。还有必须改的地方：请按“校验结果”对照台账改好，再转换一次。")
        || !put_line(paper, row++, form->unit_labels[0], report->unit != NULL ? report->unit : "", &value_look)
        || !put_kept(paper, row++, CREDIT_CODE, "@", 26, report, false))
        return false;
    if (!put_label(paper, row, form->year_labels[0], 26)
        || !(report->year != 0 ? paper_number(paper, paper_cell(row, 1), report->year, NULL, &year)
                               : paper_text(paper, paper_cell(row, 1), "", &year)))
        return false;
    row++;
    if (!put_line(paper, row++, "格式", form->name, &value_look) || !put_line(paper, row++, "校验结论", words, &verdict)
        || !put_line(paper, row++, "校验码", workbook->code, &value_look) || !put_signatures(paper, row, report, false))
        return false;
    row += SIGNATURES;
    if (!paper_text(paper, paper_area(row, 0, 1), "“通过”只说明各数之间对得上，不说明数字属实。\n校验码由单位、年度和全部数字算出，数字不变则不变，"
                    "可与各页页脚核对。", &look_text) || !paper_height(paper, row, 44))
        return false;
    return put_contents(paper, row + 1) && paper_finish(paper, 2, workbook->footer);
}

/* What the blank workbook is, and which of its aids this form has. */
static const char *
template_words(struct arena *arena, const struct form *form)
{
    bool sums = false, checks = false;
    for (size_t t = 0; t < form->ntables; t++)
        for (size_t i = 0; i < form->tables[t].nequations; i++) {
            sums |= form->tables[t].equations[i].relation == RELATION_SUM;
            checks = true;
        }
    struct text out = text_new(arena);
    text_printf(&out, "空白表。白色格子填数%s%s。怎么填见“填报说明”。", sums ? "，灰色格子是合计、自动算出" : "",
                checks ? "；对不对得上，看“" CHECKS_SHEET "”和表边的“" CHECKS_LABEL "”" : "");
    return out.failed ? NULL : out.at;
}

/* A prompt for each line of the blank cover that people fill in. */
static bool
put_prompts(struct paper *paper, const struct form *form)
{
    const struct input_rule rules[] = {
        { paper_cell(2, 1), INPUT_ANY, form->unit_labels[0], "填单位全称，与盖的章一致。", "" },
        { paper_cell(3, 1), INPUT_ANY, CREDIT_CODE, "填十八位代码；没有的可以不填。", "" },
        { paper_cell(4, 1), INPUT_WHOLE, form->year_labels[0], "填四位数字的年份，是报告所统计的年度，不是填报的年度。", "请填四位数字的年份。" },
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (!draft_input(paper->draft, paper->sheet, rules[i]))
            return false;
    for (uint32_t i = 0; i < SIGNATURES; i++) {
        struct input_rule rule = { paper_cell(6 + i, 1), INPUT_ANY, signatures[i].label, "可以在这里填，也可以打印后手写。", "" };
        if (!draft_input(paper->draft, paper->sheet, rule))
            return false;
    }
    return true;
}

bool
cover_template(struct paper *paper, const struct form *form, const struct previous *previous)
{
    const char *words = template_words(paper->draft->book.arena, form);
    struct style input = value_look, code = value_look, year = value_look;
    input.unlocked = code.unlocked = year.unlocked = true;
    code.number_format = "@";
    const struct predecessor *last = previous != NULL ? previous->from[0] : NULL;
    const char *unit = last != NULL && last->unit != NULL && previous->n == 1 ? last->unit : "";
    if (words == NULL || form->nunit_labels == 0 || form->nyear_labels == 0 || !put_title(paper, form, words)
        || !put_line(paper, 2, form->unit_labels[0], unit, &input) || !put_line(paper, 3, CREDIT_CODE, "", &code)
        || !put_line(paper, 4, form->year_labels[0], "", &year)
        || (last != NULL && last->year != 0 && !paper_number(paper, paper_cell(4, 1), last->year + 1, NULL, &year)) || !put_line(paper, 5, "格式", form->name, &value_look)
        || !put_signatures(paper, 6, NULL, true) || !put_contents(paper, 7 + SIGNATURES))
        return false;
    paper_page(paper)->protect = true;
    return put_prompts(paper, form) && paper_finish(paper, 2, "&C第&P页 共&N页");
}
