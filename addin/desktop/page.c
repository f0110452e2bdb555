/* SPDX-License-Identifier: MIT */
/* page: see page.h. A window must fit on a screen of 768 lines, hence the two limits. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "names.h"
#include "page.h"
#include "suspect.h"

enum { SHOWN_FINDINGS = 5, SHOWN_FILES = 8 };

/* What is to be done about a file, the worst first. */
enum rank { RANK_UNREADABLE, RANK_UNWRITTEN, RANK_FAIL, RANK_PASS };

/* A file among several; the findings are those that must be corrected. A line is a finding, or a lead with those of its cause. */
struct row {
    enum rank rank;
    size_t order;
    enum verdict verdict;
    const char *head, *tail;
    struct told { const char *text; size_t findings; } lines[SHOWN_FINDINGS]; size_t nlines, nfindings;
};

static const char *const verdict_words[] = { [VERDICT_PASS] = "通过", [VERDICT_FAIL] = "待改", [VERDICT_UNREADABLE] = "读不了" };

struct page
page_new(struct arena *arena, const struct sources *sources)
{
    return (struct page){ .arena = arena, .total = sources->n, .sources = sources, .one = text_new(arena), .full = text_new(arena) };
}

static const char *
finished(const struct text *text)
{
    return text->failed ? NULL : text->at;
}

/* -- one file -- */

/* A folder and a shortcut have sentences of their own. */
static const char *
unreadable_sentence(struct arena *arena, const struct job *job, const char *name)
{
    size_t n = strlen(name);
    const char *pattern = NULL;
    if (job->source->bare)
        pattern = "这个文件夹里没有表格或文档：“{what}”。请拖入装有年报表格（.xlsx、.xls、.et、.ods、.docx、网页或文本）的文件夹，或者直接拖入表格文件。";
    else if (n > 4 && (strcmp(name + n - 4, ".lnk") == 0 || strcmp(name + n - 4, ".LNK") == 0))
        pattern = "《{what}》：这个快捷方式指向的文件找不到（可能移走、改名或删除了，也可能快捷方式坏了）。请直接拖入表格文件。";
    return pattern != NULL ? wording_fill(arena, pattern, &(struct slot_text){ "what", name }, 1)
                           : fault_sentence(arena, name, &job->report.fault, LANGUAGE_ZH);
}

static void
put_finding(struct text *out, const struct finding *finding, size_t number)
{
    text_printf(out, "%zu.【%s】", number, severity_word(finding->severity, LANGUAGE_ZH));
    line_put(out, finding->message);
    text_putc(out, '\n');
}

static const char *
hint_of(const struct finding *finding)
{
    return finding->hint != NULL ? finding->hint : "";
}

static void
put_lead(struct text *out, const struct finding *lead)
{
    text_printf(out, "【%s】", lead_word(LANGUAGE_ZH));
    line_put(out, lead->message);
    text_putc(out, '\n');
}

static void
put_hint(struct text *out, const char *hint)
{
    text_puts(out, "　　");
    line_put(out, hint);
    text_putc(out, '\n');
}

/* The leads, each with the findings of its cause, of which `most` are shown. How many there are. */
static size_t
put_leads(struct text *out, const struct report *report, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < report->nleads; i++) {
        const struct finding *lead = &report->leads[i];
        put_lead(out, lead);
        put_hint(out, lead->hint);
        for (size_t k = 0; k < report->nfindings; k++)
            if (lead_covers(report, lead, &report->findings[k]) && n++ < most) {
                text_puts(out, "　　");
                put_finding(out, &report->findings[k], n);
            }
    }
    return n;
}

/* What must be looked at first comes first. What to do about the others is said once for those that follow each other. */
static void
put_findings(struct text *out, const struct report *report, size_t most)
{
    const struct finding **findings;
    if (!findings_sorted(out->arena, report, &findings)) {
        out->failed = true;
        return;
    }
    size_t n = put_leads(out, report, most);
    const char *hint = "";
    for (size_t i = 0; i < report->nfindings; i++) {
        if (suspect_of(report, findings[i]) != NULL || n++ >= most)
            continue;
        if (*hint != '\0' && strcmp(hint, hint_of(findings[i])) != 0)
            put_hint(out, hint);
        hint = hint_of(findings[i]);
        put_finding(out, findings[i], n);
    }
    if (*hint != '\0')
        put_hint(out, hint);
    if (n > most)
        text_printf(out, "……另有 %zu 项没有列在这里，见摘要。\n", n - most);
}

/* Why the names have a number. */
static void
put_obstacle(struct text *out, const struct job *job)
{
    const struct slot_text slots[] = { { "what", name_base(job->spared) }, { "why", name_base(job->report.outputs[0]) } };
    line_put(out, wording_fill(out->arena, wording_text(obstacle_wording(job->obstacle), LANGUAGE_ZH), slots, 2));
    text_putc(out, '\n');
}

/* What is to be known of the outputs besides their names. */
static void
put_trouble(struct text *out, const struct job *job)
{
    if (job->failure.path != NULL) {
        text_puts(out, "【没有写成】“");
        line_put(out, name_base(job->failure.path));
        text_puts(out, "”没有写成：请检查磁盘空间和文件夹的写入权限，或者把文件复制到桌面再试。\n");
    } else if (job->obstacle != OBSTACLE_NONE)
        put_obstacle(out, job);
}

static void
put_outputs(struct text *out, const struct report *report, bool elsewhere)
{
    text_puts(out, elsewhere ? "已写到您选的文件夹：" : "已写在原文件旁边：");
    for (size_t i = 0; i < report->noutputs; i++) {
        text_puts(out, i > 0 ? "、" : "");
        line_put(out, name_base(report->outputs[i]));
    }
    text_putc(out, '\n');
}

static void
put_file(struct text *out, const struct job *job, const char *name, bool elsewhere, size_t most)
{
    const struct report *report = &job->report;
    if (report->verdict == VERDICT_UNREADABLE) {
        text_puts(out, "【读不了】");
        line_put(out, unreadable_sentence(out->arena, job, name));
        text_putc(out, '\n');
        return;
    }
    text_puts(out, "《");
    line_put(out, name);
    text_puts(out, "》\n");
    line_put(out, verdict_sentence(report));
    text_putc(out, '\n');
    put_findings(out, report, most);
    if (report->unmarked != UNMARKED_NO_MATTER) {
        line_put(out, unmarked_sentence(report->unmarked, LANGUAGE_ZH));
        text_putc(out, '\n');
    }
    put_trouble(out, job);
    if (job->failure.path == NULL)
        put_outputs(out, report, elsewhere);
}

static void
put_counts(struct text *out, const size_t *counts)
{
    text_printf(out, "必须改 %zu 项，请核实 %zu 项，提示 %zu 项", counts[SEVERITY_ERROR], counts[SEVERITY_WARNING], counts[SEVERITY_NOTE]);
}

/* -- a row of several -- */

static const char *
row_head(struct arena *arena, const struct job *job, const char *name, bool elsewhere)
{
    struct text out = text_new(arena);
    text_printf(&out, "【%s】", verdict_words[job->report.verdict]);
    if (job->report.verdict == VERDICT_UNREADABLE)           /* the sentence has the name */
        line_put(&out, unreadable_sentence(arena, job, name));
    else {
        text_puts(&out, "《");
        line_put(&out, name);
        text_puts(&out, "》");
        put_counts(&out, job->report.counts);
        text_puts(&out, elsewhere ? "；结果在您选的文件夹里" : "");
    }
    return finished(&out);
}

static const char *
row_tail(struct arena *arena, const struct job *job)
{
    struct text out = text_new(arena);
    put_trouble(&out, job);
    return finished(&out);
}

static bool
add_line(struct row *row, const struct text *text, size_t findings)
{
    row->lines[row->nlines++] = (struct told){ finished(text), findings };
    return !text->failed;
}

/* The leads, then the findings that none of them covers. */
static bool
fill_lines(struct arena *arena, const struct report *report, struct row *row)
{
    const struct finding **sorted;
    size_t covered = 0;
    row->nfindings = report->counts[SEVERITY_ERROR];
    if (row->nfindings > 0 && !findings_sorted(report->arena, report, &sorted))
        return false;
    for (size_t i = 0; i < report->nleads && row->nlines < SHOWN_FINDINGS; i++) {
        struct text out = text_new(arena);
        size_t n = 0;
        for (size_t k = 0; k < report->nfindings; k++)
            n += lead_covers(report, &report->leads[i], &report->findings[k]);
        put_lead(&out, &report->leads[i]);
        if (!add_line(row, &out, n))
            return false;
        covered += n;
    }
    for (size_t i = 0, number = covered; i < row->nfindings && row->nlines < SHOWN_FINDINGS; i++) {
        struct text out = text_new(arena);
        if (suspect_of(report, sorted[i]) != NULL)
            continue;
        put_finding(&out, sorted[i], ++number);
        if (!add_line(row, &out, 1))
            return false;
    }
    return true;
}

static bool
add_row(struct page *page, const struct job *job, const char *name, bool elsewhere)
{
    static const enum rank ranks[] = { [VERDICT_PASS] = RANK_PASS, [VERDICT_FAIL] = RANK_FAIL, [VERDICT_UNREADABLE] = RANK_UNREADABLE };
    enum verdict verdict = job->report.verdict;
    struct row row = { .rank = ranks[verdict], .order = page->n, .verdict = verdict, .tail = "" };
    if (verdict != VERDICT_UNREADABLE) {
        row.rank = job->failure.path != NULL ? RANK_UNWRITTEN : row.rank;
        row.tail = row_tail(page->arena, job);
        if (!fill_lines(page->arena, &job->report, &row))
            return false;
    }
    row.head = row_head(page->arena, job, name, elsewhere);
    if (row.head == NULL || row.tail == NULL || !arena_room(page->arena, &page->rows, page->n, &page->cap, sizeof *page->rows))
        return false;
    page->rows[page->n++] = row;
    return true;
}

void
page_add(struct page *page, const struct job *job, const char *name, bool elsewhere)
{
    const struct report *report = &job->report;
    page->verdicts[report->verdict]++;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        page->counts[i] += report->counts[i];
    if (report->verdict != VERDICT_UNREADABLE)
        ++*(job->failure.path != NULL ? &page->unwritten : elsewhere ? &page->elsewhere : &page->beside);
    if (page->total > 1)
        page->failed |= !add_row(page, job, name, elsewhere);
    else
        put_file(&page->one, job, name, elsewhere, SHOWN_FINDINGS);
    text_puts(&page->full, page->full.n > 0 ? "\n" : "");
    put_file(&page->full, job, name, elsewhere, SIZE_MAX);
}

/* -- the whole -- */

const char *
page_headline(const struct page *page)
{
    struct text out = text_new(page->arena);
    const size_t *n = page->verdicts;
    size_t done = n[VERDICT_PASS] + n[VERDICT_FAIL] + n[VERDICT_UNREADABLE];
    if (page->total > 1) {
        text_printf(&out, "共 %zu 个文件：通过 %zu 个，待改 %zu 个，读不了 %zu 个", page->total, n[VERDICT_PASS], n[VERDICT_FAIL], n[VERDICT_UNREADABLE]);
        if (done < page->total)
            text_printf(&out, "，已取消 %zu 个", page->total - done);
    } else if (n[VERDICT_UNREADABLE] > 0)
        text_puts(&out, "这个文件读不了");
    else if (done == 0)
        text_puts(&out, "已取消");
    else {
        text_puts(&out, n[VERDICT_PASS] > 0 ? "通过：" : "待改：");
        put_counts(&out, page->counts);
    }
    return finished(&out);
}

static int
compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return x->rank != y->rank ? (int)x->rank - (int)y->rank : x->order < y->order ? -1 : 1;
}

/* A row with as many lines as there is still room for. */
static void
put_row(struct text *out, const struct row *row, size_t *room)
{
    size_t shown = row->nlines < *room ? row->nlines : *room, told = 0;
    const char *where = row->rank == RANK_UNWRITTEN ? "用“复制结果”看全" : "见摘要";
    text_puts(out, row->head);
    if (shown == 0 && row->nfindings > 0)
        text_printf(out, "（%zu 项%s）", row->nfindings, where);
    text_putc(out, '\n');
    for (size_t i = 0; i < shown; i++) {
        text_puts(out, row->lines[i].text);
        told += row->lines[i].findings;
    }
    if (shown > 0 && told < row->nfindings)
        text_printf(out, "……另有 %zu 项没有列在这里，%s。\n", row->nfindings - told, where);
    text_puts(out, row->tail);
    *room -= shown;
}

/* Those that have no row here. */
static void
put_rest(struct text *out, const struct row *rows, size_t n)
{
    size_t verdicts[VERDICT_UNREADABLE + 1] = { 0 };
    for (size_t i = 0; i < n; i++)
        verdicts[rows[i].verdict]++;
    text_printf(out, "……另有 %zu 个文件没有列在这里：", n);
    const char *between = "";
    for (size_t i = VERDICT_UNREADABLE + 1; i-- > 0;)
        if (verdicts[i] > 0) {
            text_printf(out, "%s%s %zu 个", between, verdict_words[i], verdicts[i]);
            between = "，";
        }
    text_puts(out, "。点“复制结果”可以贴到别处看全。\n");
}

/* Where the results of several files are. */
static void
put_places(struct text *out, const struct page *page)
{
    const struct { size_t n; const char *all, *some; } places[] = {
        { page->beside, "结果写在各原文件旁边。", "写在原文件旁边" }, { page->elsewhere, "结果写在您选的文件夹里。", "写在您选的文件夹里" },
        { page->unwritten, "结果都没有写成。", "没有写成" },
    };
    size_t sum = page->beside + page->elsewhere + page->unwritten;
    const char *between = "结果：";
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].n == sum && sum > 0)
            text_puts(out, places[i].all);
        else if (places[i].n > 0) {
            text_printf(out, "%s%zu 个%s", between, places[i].n, places[i].some);
            between = "，";
        }
    if (strcmp(between, "，") == 0)
        text_puts(out, "。");
}

static void
put_end(struct text *out, const struct page *page)
{
    passed_unread(out, &page->sources->others, false, LANGUAGE_ZH);
    text_puts(out, page->sources->others.n > 0 ? "\n" : "");
    passed_aside(out, &page->aside, false, LANGUAGE_ZH);
    text_puts(out, page->aside.n > 0 ? "\n\n" : "\n");
    if (page->total > 1)
        put_places(out, page);
    text_puts(out, "没有改动您的原文件。");
}

const char *
page_text(struct page *page)
{
    struct text out = text_new(page->arena);
    size_t room = SHOWN_FINDINGS, shown = page->n < SHOWN_FILES ? page->n : SHOWN_FILES;
    if (page->failed || page->one.failed)
        return NULL;
    text_puts(&out, page->one.at);
    if (page->n > 0)
        qsort(page->rows, page->n, sizeof *page->rows, compare_rows);
    for (size_t i = 0; i < shown; i++)
        put_row(&out, &page->rows[i], &room);
    if (shown < page->n)
        put_rest(&out, page->rows + shown, page->n - shown);
    put_end(&out, page);
    if (page->total > 1 && page->opened != NULL) {
        text_puts(&out, "\n打开工作簿、摘要和文件夹的按钮打开的是《");
        line_put(&out, page->opened);
        text_puts(&out, "》的结果。");
    }
    return finished(&out);
}

const char *
page_full(struct page *page)
{
    put_end(&page->full, page);
    return finished(&page->full);
}
