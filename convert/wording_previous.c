/* SPDX-License-Identifier: MIT */
/* wording_previous: what is said when a report is compared with last year's. */
#include <string.h>

#include "names.h"
#include "previous.h"
#include "text.h"
#include "wording.h"

/* A number beside the one that the finding is about: by its column when they share the row, by its row when they share the column. */
static void
put_name(struct text *out, const struct slot *slot, const struct slot *beside)
{
    bool same_row = strcmp(slot->row->path_key, beside->row->path_key) == 0;
    bool same_column = strcmp(slot->column->path_key, beside->column->path_key) == 0;
    if (!same_row)
        text_puts(out, slot->row->brief);
    if (!same_row && !same_column)
        text_putc(out, ' ');
    if (same_row || !same_column)
        text_puts(out, slot->column->brief);
}

char *
tie_words(const struct report *report, const struct finding *finding)
{
    const struct tie *tie = finding->tie;
    const struct slot *now = finding->values[0]->slot, *slots = now->table->form->slots;
    struct text out = text_new(report->arena);
    char number[DECIMAL_TEXT];
    struct decimal last;
    text_puts(&out, report->language == LANGUAGE_EN ? "last year: " : "上一年度");
    for (size_t i = 0; i < tie->nlast; i++) {
        text_puts(&out, i > 0 ? "＋" : "");
        put_name(&out, &slots[tie->last[i]], now);
        if (previous_number(report->previous, &slots[tie->last[i]], &last))
            text_printf(&out, " %s", decimal_text(last, number));
    }
    for (size_t i = 0; i < finding->nterms; i++) {
        text_puts(&out, i < tie->nplus ? "＋" : "－");
        put_name(&out, finding->terms[i]->slot, now);
        text_printf(&out, " %s", decimal_text(finding->terms[i]->number, number));
    }
    if (tie->nlast + finding->nterms > 1)
        text_printf(&out, "＝%s", decimal_text(finding->expected, number));
    return out.failed ? NULL : out.at;
}

char *
leap_words(const struct report *report, const struct finding *finding)
{
    const struct value *value = finding->values[0];
    char now[DECIMAL_TEXT], before[DECIMAL_TEXT], place[ADDRESS_SIZE];
    struct text out = text_new(report->arena);
    struct decimal last = { 0 };
    const char *pattern = report->language == LANGUAGE_EN ? "%s %s: %s 万元, while it was %s 万元 last year; it may be in 元 instead of 万元."
                                                          : "%s %s：填的是 %s 万元，上一年度是 %s 万元，相差太多，单位可能是元。";
    if (!previous_number(report->previous, value->slot, &last))
        return NULL;
    text_printf(&out, pattern, value->slot->table->brief, value->sheet ? sheet_cell_address(value->sheet, value->row, value->col, place) : "",
                decimal_text(value->number, now), decimal_text(last, before));
    return out.failed ? NULL : out.at;
}

static const struct wording remarks[] = {
    [REMARK_NONE] = { "没有上年数据，未核对结转。", "No report of last year was found: what was carried over is not checked." },
    [REMARK_YEAR] = { "给出的上年报告“{file}”是 {its} 年度的，不是 {due} 年度的，没有使用。",
                      "“{file}”, given as last year's, is of {its} and not of {due}: not used." },
    [REMARK_NO_YEAR] = { "给出的上年报告“{file}”没有写明年度，当作上一年度的使用，请确认。",
                         "“{file}” does not say its year; it is taken for last year's." },
    [REMARK_UNIT] = { "给出的上年报告“{file}”写的单位是“{unit}”，与本报告的单位“{mine}”不同，仍用来核对，请确认是不是同一单位（或者它的前身）。",
                      "“{file}” is of unit {unit}, this report of {mine}; it is used all the same." },
    [REMARK_FAILING] = { "上年报告“{file}”本身还有必须改的地方，据它核对的结果请斟酌。", "“{file}”, of last year, has errors itself: what is concluded from it may be wrong." },
    [REMARK_UNREADABLE] = { "给出的上年报告“{file}”读不了，没有使用。{why}", "“{file}”, given as last year's, cannot be read: not used. {why}" },
    [REMARK_TWICE] = { "给出的上年报告“{file}”和另一份完全相同，只计一次。", "“{file}” is the same as another one: counted once." },
    [REMARK_MERGED] = { "给出了 {n} 份上年报告，按各数之和核对：{units}。", "{n} reports of last year are added up: {units}." },
};

/* "甲局、乙局". */
static const char *
units_of(const struct report *report, enum language language)
{
    struct text out = text_new(report->arena);
    for (size_t i = 0; i < report->previous->n; i++) {
        const struct predecessor *it = report->previous->from[i];
        text_printf(&out, "%s%s", i == 0 ? "" : language == LANGUAGE_EN ? ", " : "、", it->unit != NULL ? it->unit : name_base(it->file));
    }
    return out.failed ? NULL : out.at;
}

char *
remark_sentence(const struct report *report, const struct remark *remark, enum language language)
{
    const struct predecessor *it = remark->about;
    char its[DECIMAL_TEXT], due[DECIMAL_TEXT], n[DECIMAL_TEXT];
    bool why = remark->kind == REMARK_UNREADABLE, merged = remark->kind == REMARK_MERGED;
    const struct slot_text slots[] = {
        { "file", it != NULL ? name_base(it->file) : "" }, { "unit", it != NULL && it->unit != NULL ? it->unit : "" },
        { "mine", report->unit != NULL ? report->unit : "" },
        { "its", decimal_text((struct decimal){ (it != NULL ? it->year : 0) * DECIMAL_ONE }, its) },
        { "due", decimal_text((struct decimal){ (report->year - 1) * DECIMAL_ONE }, due) },
        { "n", decimal_text((struct decimal){ (int64_t)report->previous->n * DECIMAL_ONE }, n) },
        { "why", why ? fault_sentence(report->arena, it->file, &it->fault, language) : "" },
        { "units", merged ? units_of(report, language) : "" },
    };
    return wording_fill(report->arena, wording_text(remarks[remark->kind], language), slots, sizeof slots / sizeof *slots);
}
