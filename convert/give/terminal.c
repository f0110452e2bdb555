/* SPDX-License-Identifier: MIT */
/* terminal: the result of one file for a person at a terminal: what was read, what to look at, what was written, and the verdict as
 * the last line; or, for one of many files, a line. Colour is ISO 6429 (SGR), and only when asked for. */
#include "give.h"
#include "lines.h"
#include "suspect.h"
#include "names.h"
#include "previous.h"
#include "wording.h"

enum { RANGES = 6 };             /* of cells behind a finding; the summary has them all */

static const char red[] = "\033[1;31m", amber[] = "\033[33m", grey[] = "\033[2m", green[] = "\033[1;32m", plain[] = "\033[0m";

static void
put_colored(struct text *out, bool color, const char *code, const char *s)
{
    text_puts(out, color ? code : "");
    line_put(out, s);
    text_puts(out, color ? plain : "");
}

static void
put_head(struct text *out, const struct report *report)
{
    bool english = report->language == LANGUAGE_EN;
    line_put(out, report->file);
    text_puts(out, english ? "\n  unit: " : "\n  单位：");
    line_put(out, report->unit != NULL ? report->unit : english ? "not found" : "没有找到");
    text_puts(out, english ? "\n  year: " : "\n  年度：");
    if (report->year != 0)
        text_printf(out, "%d", report->year);
    else
        text_puts(out, english ? "not found" : "没有找到");
    text_puts(out, english ? "\n  tables: " : "\n  表格：");
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        if (i > 0)
            text_puts(out, english ? ", " : "，");
        line_put(out, section->table->brief);
        text_putc(out, ' ');
        if (section->placement != NULL)
            line_put(out, section->table->form->id);
        else
            text_puts(out, english ? "not found" : "没有找到");
    }
    text_puts(out, "\n");
    if (report->previous == NULL)
        return;
    text_puts(out, english ? "  last year: " : "  上年：");
    for (size_t i = 0; i < report->previous->n; i++) {
        text_puts(out, i == 0 ? "" : english ? ", " : "，");
        line_put(out, name_base(report->previous->from[i]->file));
    }
    const struct remark none = { .kind = REMARK_NONE };
    if (report->previous->n == 0)
        line_put(out, remark_sentence(report, &none, report->language));
    text_putc(out, '\n');
}

static void
put_finding(struct text *out, const struct finding *finding, enum language language, bool color)
{
    static const char *const colors[] = { [SEVERITY_ERROR] = red, [SEVERITY_WARNING] = amber, [SEVERITY_NOTE] = grey };
    bool english = language == LANGUAGE_EN;
    text_puts(out, color ? colors[finding->severity] : "");
    text_printf(out, english ? "[%s] " : "【%s】", severity_word(finding->severity, language));
    text_puts(out, color ? plain : "");
    line_put(out, finding->message);
    text_putc(out, '\n');
    if (finding->ncells > 0) {
        text_puts(out, english ? "    at: " : "    位置：");
        line_places(out, finding, RANGES, language);
        text_putc(out, '\n');
    }
    if (finding->hint != NULL && *finding->hint != '\0') {
        text_puts(out, "    ");
        line_put(out, finding->hint);
        text_putc(out, '\n');
    }
    if (finding->explained != NULL) {
        text_puts(out, english ? "    explained: " : "    本单位说明：");
        line_put(out, finding->explained);
        text_putc(out, '\n');
    }
}

/* A lead, with the findings of its cause. */
static void
put_lead(struct text *out, const struct report *report, const struct finding *lead, bool color)
{
    bool english = report->language == LANGUAGE_EN;
    text_puts(out, color ? red : "");
    text_printf(out, english ? "[%s] " : "【%s】", lead_word(report->language));
    text_puts(out, color ? plain : "");
    line_put(out, lead->message);
    text_puts(out, "\n    ");
    line_put(out, lead->hint);
    text_putc(out, '\n');
    for (size_t i = 0; i < report->nfindings; i++) {
        if (!lead_covers(report, lead, &report->findings[i]))
            continue;
        text_puts(out, "    · ");
        line_put(out, report->findings[i].message);
        text_putc(out, '\n');
    }
}

void
give_line(const struct report *report, bool color, struct text *out)
{
    bool english = report->language == LANGUAGE_EN, pass = report->verdict == VERDICT_PASS;
    const char *separator = english ? ": " : "：";
    put_colored(out, color, pass ? green : red, english ? (pass ? "[pass]" : "[fail]") : pass ? "【通过】" : "【待改】");
    text_puts(out, english ? " " : "");
    line_put(out, report->file);
    for (size_t i = 0; i < SEVERITY_NOTE; i++) {
        if (report->counts[i] == 0)
            continue;
        text_printf(out, english ? "%s%s %zu" : "%s%s %zu 项", separator, severity_word((enum severity)i, report->language), report->counts[i]);
        separator = english ? ", " : "，";
    }
    text_putc(out, '\n');
}

void
give_terminal(const struct report *report, bool color, struct text *out)
{
    static const struct wording written = { "已写出：", "written: " }, there = { "没有变化，没有重写：", "unchanged, not written again: " };
    const struct finding **findings;
    put_head(out, report);
    if (!findings_sorted(out->arena, report, &findings)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < report->nleads; i++)
        put_lead(out, report, &report->leads[i], color);
    for (size_t i = 0; i < report->nfindings; i++)
        if (suspect_of(report, findings[i]) == NULL)
            put_finding(out, findings[i], report->language, color);
    for (size_t i = 0; i < report->noutputs; i++) {
        text_puts(out, wording_text(report->unchanged ? there : written, report->language));
        line_put(out, report->outputs[i]);
        text_putc(out, '\n');
    }
    if (report->unmarked != UNMARKED_NO_MATTER) {
        line_put(out, unmarked_sentence(report->unmarked, report->language));
        text_putc(out, '\n');
    }
    put_colored(out, color, report->verdict == VERDICT_PASS ? green : red, verdict_sentence(report));
    text_putc(out, '\n');
}
