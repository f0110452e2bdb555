/* SPDX-License-Identifier: MIT */
/* summary: the plaintext summary, for pasting into the report and for reading in Notepad. Always Chinese, so the report
 * must be. Depends on the input's bytes alone, and ends in a seal by which a later run knows whether someone wrote into it. */
#include <string.h>

#include "comparison.h"
#include "give.h"
#include "lines.h"
#include "previous.h"
#include "names.h"
#include "seal.h"
#include "suspect.h"
#include "table_text.h"
#include "wording.h"

static void
put_head(struct text *out, const struct report *report)
{
    text_puts(out, SUMMARY_FIRST "\n\n");
    line_put(out, verdict_sentence(report));
    if (report->unmarked != UNMARKED_NO_MATTER)
        text_printf(out, "\n%s", unmarked_sentence(report->unmarked, LANGUAGE_ZH));
    text_puts(out, "\n\n单位：");
    line_put(out, report->unit != NULL ? report->unit : "（没有找到）");
    if (report->year != 0)
        text_printf(out, "\n年度：%d年\n", report->year);
    else
        text_puts(out, "\n年度：（没有找到）\n");
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        line_put(out, section->table->brief);
        text_puts(out, "：");
        if (section->placement == NULL)
            text_puts(out, "没有找到");
        else {
            line_form(out, section->table->form, LANGUAGE_ZH);
            text_puts(out, "，在 ");
            line_put(out, section_place(out->arena, section));
        }
        text_putc(out, '\n');
    }
}

static void
put_heading(struct text *out, const char *heading)
{
    text_printf(out, "\n—— %s ——\n\n", heading);
}

static void
put_line(struct text *out, const char *label, const char *s)
{
    if (s == NULL || *s == '\0')
        return;
    text_printf(out, "   %s", label);
    line_put(out, s);
    text_putc(out, '\n');
}

static void
put_numbers(struct text *out, const struct finding *finding)
{
    char found[DECIMAL_TEXT], expected[DECIMAL_TEXT], difference[DECIMAL_TEXT];
    decimal_text(finding->difference, difference);
    bool less = difference[0] == '-';
    bool text = finding->quote != NULL;
    text_printf(out, "   %s：%s　%s：%s　%s：%s\n", text ? "正文" : "填的", decimal_text(finding->found, found), text ? "表里" : "对照",
                decimal_text(finding->expected, expected), less ? "少" : "多", difference + less);
}

static void
put_finding(struct text *out, const struct finding *finding, size_t number)
{
    text_printf(out, "%zu.【%s】", number, severity_word(finding->severity, LANGUAGE_ZH));
    line_put(out, finding->message);
    text_putc(out, '\n');
    if (finding->ncells > 0) {
        text_puts(out, "   位置：");
        line_places(out, finding, 0, LANGUAGE_ZH);
        text_putc(out, '\n');
    }
    put_line(out, "项目：", finding->path);
    if (finding->numbers)
        put_numbers(out, finding);
    put_line(out, "", finding->hint);
    put_line(out, "依据：", finding->basis);
    put_line(out, "本单位说明：", finding->explained);
}

/* A lead, with the findings of its cause; *number counts them all. */
static void
put_lead(struct text *out, const struct report *report, const struct finding *lead, size_t *number)
{
    text_printf(out, "【%s】", lead_word(LANGUAGE_ZH));
    line_put(out, lead->message);
    text_putc(out, '\n');
    put_line(out, "", lead->hint);
    if (lead->ncells > 0) {
        text_puts(out, "   位置：");
        line_places(out, lead, 0, LANGUAGE_ZH);
        text_putc(out, '\n');
    }
    for (size_t i = 0; i < report->nfindings; i++) {
        const struct finding *finding = &report->findings[i];
        if (!lead_covers(report, lead, finding))
            continue;
        text_printf(out, "   %zu.【%s】", ++*number, severity_word(finding->severity, LANGUAGE_ZH));
        line_put(out, finding->message);
        text_putc(out, '\n');
        put_line(out, "   依据：", finding->basis);
    }
}

static void
put_findings(struct text *out, const struct report *report)
{
    const struct finding **findings;
    if (report->nfindings == 0)
        return;
    if (!findings_sorted(out->arena, report, &findings)) {
        out->failed = true;
        return;
    }
    put_heading(out, "需要看的地方（重要的在前）");
    size_t number = 0;
    for (size_t i = 0; i < report->nleads; i++)
        put_lead(out, report, &report->leads[i], &number);
    for (size_t i = 0; i < report->nfindings; i++)
        if (suspect_of(report, findings[i]) == NULL)
            put_finding(out, findings[i], ++number);
}

static void
put_tables(struct text *out, const struct report *report)
{
    bool none = false, missing = false;
    put_heading(out, "各表");
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (i > 0)
            text_putc(out, '\n');
        table_text(out, section);
        for (size_t j = 0; j < section->table->nslots && section->placement != NULL; j++) {
            missing |= section->values[j].origin == ORIGIN_MISSING;
            none |= section->values[j].origin != ORIGIN_MISSING && !section->values[j].has;
        }
    }
    if (none)
        text_puts(out, "（“?”：这一格读不出数）\n");
    if (missing)
        text_puts(out, "（“-”：表里没有这一格）\n");
}

/* The sum of all values that the key names; false when one of them has no number, or there is none. */
static bool
sum_key(const struct report *report, const char *key, size_t n, struct decimal *sum)
{
    size_t found = 0;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        for (size_t j = 0; j < section->table->nslots; j++) {
            const struct value *value = &section->values[j];
            if (!form_key_matches(value->slot->key, key, n))
                continue;
            if (!value->has || section->empty || !decimal_add(*sum, value->number, sum))
                return false;
            found++;
        }
    }
    return found > 0;
}

/* "{KEY+KEY}": its number into the sentence; false when there is none. */
static bool
put_sum(struct text *out, const struct report *report, const char *keys, size_t n)
{
    struct decimal sum = { 0 };
    bool ok = true;
    for (size_t at = 0; at <= n && ok;) {
        const char *plus = memchr(keys + at, '+', n - at);
        size_t end = plus != NULL ? (size_t)(plus - keys) : n;
        ok = sum_key(report, keys + at, end - at, &sum);
        at = end + 1;
    }
    char number[DECIMAL_TEXT];
    text_puts(out, ok ? decimal_text(sum, number) : "〔没有读到数〕");
    return ok;
}

static bool
put_sentence(struct text *out, const struct report *report, const char *sentence)
{
    bool complete = true;
    for (const char *brace; (brace = strchr(sentence, '{')) != NULL;) {
        size_t n = strcspn(brace + 1, "}");
        text_put(out, sentence, (size_t)(brace - sentence));
        complete &= put_sum(out, report, brace + 1, n);
        sentence = brace + 1 + n + (brace[1 + n] == '}');
    }
    text_puts(out, sentence);
    return complete;
}

/* Is the first number of a sentence one of this table? So a table of another form brings its own sentences. */
static bool
about_table(const char *sentence, const struct table *table)
{
    const char *brace = strchr(sentence, '{');
    size_t n = strlen(table->id);
    return brace != NULL && strncmp(brace + 1, table->id, n) == 0 && brace[1 + n] == '.';
}

static void
put_sentences(struct text *out, const struct report *report)
{
    bool any = false, complete = true;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct table *table = report->sections[i].table;
        for (size_t j = 0; j < table->form->nsentences; j++) {
            if (!about_table(table->form->sentences[j], table))
                continue;
            if (!any)
                put_heading(out, "可以用在报告正文里的句子");
            any = true;
            complete &= put_sentence(out, report, table->form->sentences[j]);
        }
    }
    if (!any)
        return;
    text_putc(out, '\n');
    if (!complete)
        text_puts(out, "（“〔没有读到数〕”的地方，表里没有数可用，请核对后自己填写。）\n");
    if (report->counts[SEVERITY_ERROR] > 0)
        text_puts(out, "（表里还有必须改的地方，改好以后这些数可能会变。）\n");
}

static void
put_comparison(struct text *out, const struct report *report)
{
    struct comparison comparison;
    if (!previous_known(report))
        return;
    if (!comparison_make(out->arena, report, &comparison)) {
        out->failed = true;
        return;
    }
    put_heading(out, "与上年对比");
    comparison_text(out, &comparison);
}

/* What last year's numbers were taken from, and what is to be said of it. */
static void
put_previous(struct text *out, const struct report *report)
{
    const struct previous *previous = report->previous;
    for (size_t i = 0; i < previous->n; i++) {
        const struct predecessor *it = previous->from[i];
        text_puts(out, i == 0 ? "用来核对的上一年度报告：" : "、");
        line_put(out, name_base(it->file));
        text_puts(out, it->unit != NULL ? "（" : "");
        line_put(out, it->unit != NULL ? it->unit : "");
        if (it->unit != NULL && it->year != 0)
            text_printf(out, "，%d年度", it->year);
        text_puts(out, it->unit != NULL ? "）" : "");
    }
    text_puts(out, previous->n > 0 ? "。\n" : "");
    for (size_t i = 0; i < previous->nremarks; i++) {
        line_put(out, remark_sentence(report, &previous->remarks[i], LANGUAGE_ZH));
        text_putc(out, '\n');
    }
}

/* What beside the tables themselves was looked at. */
static void
put_scope(struct text *out, const struct report *report)
{
    bool last = report->previous != NULL, text = report->narrative.stated > 0;
    if (last)
        put_previous(out, report);
    if (text)
        text_printf(out, "核对了报告正文：认出 %zu 个表里也有的数，%zu 个对得上；没有认出的，请自己对照。\n", report->narrative.stated,
                    report->narrative.agreed);
    const char *no_text = report->narrative.texts > 0 ? "正文里没有认出表里也有的数" : "没有提供正文";
    if (!last && !text)
        text_printf(out, "没有核对上一年度的数据（没有提供上一年度的报告），也没有核对报告正文里的数（%s）。\n", no_text);
    else if (!last)
        text_puts(out, "没有核对上一年度的数据（没有提供上一年度的报告）。\n");
    else if (!text)
        text_printf(out, "没有核对报告正文里的数（%s）。\n", no_text);
}

static void
put_checked(struct text *out, const struct report *report)
{
    size_t judged = report->equations_judged, unjudged = report->equations_unjudged;
    put_heading(out, "核对了什么，没有核对什么");
    text_printf(out, "勾稽关系 %zu 项，核对了 %zu 项。\n", judged + unjudged, judged);
    if (unjudged > 0)
        text_printf(out, "有 %zu 项没有核对：其中有的格子没有读到数。\n", unjudged);
    put_scope(out, report);
    text_puts(out, "只核对数字之间是否对得上，不能判断是否属实。请以登记台账为准，不要为凑平而改数。\n\n");
}

void
give_summary(const struct report *report, struct text *out)
{
    put_head(out, report);
    put_findings(out, report);
    put_tables(out, report);
    put_comparison(out, report);
    put_sentences(out, report);
    put_checked(out, report);
    seal_put(out);
}
