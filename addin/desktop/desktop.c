/* SPDX-License-Identifier: MIT */
/* desktop: one run of dropped files and folders, and the text of its window: a verdict for every file, the most serious findings with
 * their cells and the names of row and column, and what was written. Nothing here knows a platform. Outputs lie beside each input;
 * where that is not allowed, in the folder the user chooses. */
#include <string.h>

#include "cli.h"
#include "convert.h"
#include "desktop.h"
#include "limits.h"
#include "lines.h"
#include "names.h"
#include "window.h"
#include "wording.h"

enum {
    SHOWN_FINDINGS = 5,          /* in a window; the rest is in the summary */
    SHOWN_FILES = 8              /* likewise: a window must fit on a screen of 768 lines */
};

/* A text as the window shows it, and the same without bounds for the clipboard. Terse: a window of several files, a line or two for
 * each, and only what must be corrected. */
struct page { struct text text; bool terse; size_t most_findings, most_files, findings, files, left; };

struct desk {
    struct arena *arena;
    struct run run;
    struct page shown, full;
    struct window_result result;
    size_t verdicts[VERDICT_UNREADABLE + 1], counts[SEVERITY_COUNT];
    bool ask_identity, ask_folder, worst_shown;
    int status;
};

/* -- words -- */

/* The same sentence for a file and for a folder, with the name instead of the whole path. */
static const char *
unreadable_sentence(struct arena *arena, const struct source *source, const struct report *report)
{
    const char *name = name_base(source->path);
    const char *said = source->bare
        ? wording_fill(arena, "这个文件夹里没有表格文件：“{what}”。请拖入装有年报表格（.xlsx、.xls、.et）的文件夹，或者直接拖入表格文件。",
                       &(struct slot_text){ "what", name }, 1)
        : fault_sentence(arena, name, &report->fault, LANGUAGE_ZH);
    return said != NULL ? said : fault_plain(STATUS_MEMORY, LANGUAGE_ZH);
}

static void
put_finding(struct text *out, const struct finding *finding, size_t number, bool hint)
{
    text_printf(out, "%zu.【%s】", number, severity_word(finding->severity, LANGUAGE_ZH));
    line_put(out, finding->message);
    text_putc(out, '\n');
    if (!hint)
        return;
    text_puts(out, "　　");
    line_put(out, finding->hint);
    text_putc(out, '\n');
}

static const char *
hint_of(const struct finding *finding)
{
    return finding->hint != NULL ? finding->hint : "";
}

/* As many as the page may still hold. What to do about them is said once for those that follow each other. */
static void
put_findings(struct page *page, const struct report *report)
{
    const struct finding **findings;
    struct text *out = &page->text;
    size_t i = 0, n = page->terse ? report->counts[SEVERITY_ERROR] : report->nfindings;
    if (!findings_sorted(out->arena, report, &findings)) {
        out->failed = true;
        return;
    }
    for (; i < n && page->findings < page->most_findings; i++, page->findings++) {
        const char *hint = hint_of(findings[i]);
        bool last = i + 1 == n || page->findings + 1 == page->most_findings || strcmp(hint, hint_of(findings[i + 1])) != 0;
        put_finding(out, findings[i], i + 1, last && !page->terse && *hint != '\0');
    }
    if (i > 0 && i < n)
        text_printf(out, "……另有 %zu 项没有列在这里，见摘要。\n", n - i);
}

/* Why the names have a number. */
static void
put_obstacle(struct text *out, const struct job *job)
{
    const struct slot_text slots[] = { { "what", name_base(job->spared) }, { "why", name_base(job->report.outputs[0]) } };
    const char *said = wording_fill(out->arena, wording_text(obstacle_wording(job->obstacle), LANGUAGE_ZH), slots, 2);
    line_put(out, said != NULL ? said : fault_plain(STATUS_MEMORY, LANGUAGE_ZH));
    text_putc(out, '\n');
}

/* The names of what was written; a number in them is explained. */
static void
put_outputs(struct page *page, const struct job *job, const char *folder)
{
    const struct report *report = &job->report;
    struct text *out = &page->text;
    if (job->obstacle != OBSTACLE_NONE)
        put_obstacle(out, job);
    if (page->terse)
        return;
    text_puts(out, folder != NULL ? "已写到您选的文件夹：" : "已写在原文件旁边：");
    for (size_t i = 0; i < report->noutputs; i++) {
        text_puts(out, i > 0 ? "、" : "");
        line_put(out, name_base(report->outputs[i]));
    }
    text_putc(out, '\n');
}

static void
put_counts(struct text *out, const size_t *counts)
{
    text_printf(out, "必须改 %zu 项，请核实 %zu 项，提示 %zu 项", counts[SEVERITY_ERROR], counts[SEVERITY_WARNING], counts[SEVERITY_NOTE]);
}

/* The name and the verdict: of one file in full, of several on one line. */
static void
put_verdict(struct page *page, const struct source *source, const struct report *report)
{
    static const char *const words[] = { [VERDICT_PASS] = "【通过】", [VERDICT_FAIL] = "【待改】", [VERDICT_UNREADABLE] = "【读不了】" };
    struct text *out = &page->text;
    bool unreadable = report->verdict == VERDICT_UNREADABLE;
    text_puts(out, page->files > 0 && !page->terse ? "\n" : "");
    if (page->terse || unreadable)
        text_puts(out, words[report->verdict]);
    if (unreadable)                              /* the sentence has the name */
        line_put(out, unreadable_sentence(out->arena, source, report));
    else {
        text_puts(out, "《");
        line_put(out, name_base(source->path));
        text_puts(out, page->terse ? "》" : "》\n");
        if (page->terse)
            put_counts(out, report->counts);
        else
            line_put(out, verdict_sentence(report));
    }
    text_putc(out, '\n');
}

static void
put_file(struct page *page, const struct job *job, const char *folder)
{
    const struct report *report = &job->report;
    if (page->files == page->most_files) {
        page->left++;
        return;
    }
    put_verdict(page, job->source, report);
    page->files++;
    if (report->verdict == VERDICT_UNREADABLE)
        return;
    put_findings(page, report);
    if (job->failure.path == NULL)
        put_outputs(page, job, folder);
    else {
        text_puts(&page->text, "【没有写成】“");
        line_put(&page->text, name_base(job->failure.path));
        text_puts(&page->text, "”没有写成：请检查磁盘空间和文件夹的写入权限，或者把文件复制到桌面再试。\n");
    }
}

static void
finish_page(struct page *page, const char *folder, bool written)
{
    struct text *out = &page->text;
    if (page->left > 0)
        text_printf(out, "……另有 %zu 个文件没有列在这里，点“复制结果”可以贴到别处看全。\n", page->left);
    text_puts(out, "\n");
    if (page->terse && written)
        text_puts(out, folder != NULL ? "结果写在您选的文件夹里。" : "结果写在各原文件旁边。");
    text_puts(out, "没有改动您的原文件。");
}

/* "待改：必须改 3 项，请核实 1 项"; of several files how many passed. */
static const char *
headline(const struct desk *desk, size_t total)
{
    struct text out = text_new(desk->arena);
    const size_t *n = desk->verdicts;
    size_t done = n[VERDICT_PASS] + n[VERDICT_FAIL] + n[VERDICT_UNREADABLE];
    if (total > 1) {
        text_printf(&out, "共 %zu 个文件：通过 %zu 个，待改 %zu 个，读不了 %zu 个", total, n[VERDICT_PASS], n[VERDICT_FAIL], n[VERDICT_UNREADABLE]);
        if (done < total)
            text_printf(&out, "，已取消 %zu 个", total - done);
    } else if (n[VERDICT_UNREADABLE] > 0)
        text_puts(&out, "这个文件读不了");
    else if (done == 0)
        text_puts(&out, "已取消");
    else {
        text_puts(&out, n[VERDICT_PASS] > 0 ? "通过：" : "待改：");
        put_counts(&out, desk->counts);
    }
    return out.failed ? "内存不够" : out.at;
}

/* -- the run -- */

/* Ask for what the file does not say, until the question is put away. */
static void
identify(struct desk *desk, struct job *job)
{
    const struct report *report = &job->report;
    if (!desk->ask_identity || report->verdict == VERDICT_UNREADABLE || (report->unit != NULL && report->year != 0))
        return;
    job->options.unit = report->unit;
    job->options.year = report->year;
    desk->ask_identity = window_ask_identity(job->arena, name_base(job->source->path), &job->options.unit, &job->options.year);
    if (desk->ask_identity)
        run_judge(&desk->run, job);
}

/* Where nothing may be written beside the input, into another folder, for this file and those that follow. */
static void
write_job(struct desk *desk, struct job *job)
{
    run_write(&desk->run, job);
    if (job->failure.path == NULL || !desk->ask_folder)
        return;
    const char *folder = window_ask_folder(desk->arena, name_base(job->source->path));
    desk->ask_folder = false;
    if (folder == NULL)
        return;
    desk->run.folder = folder;
    run_write(&desk->run, job);
}

/* What the buttons open: the outputs of the first file to be corrected, else of the first file. */
static void
note_outputs(struct desk *desk, const struct source *source, const struct report *report)
{
    struct window_result *result = &desk->result;
    const char *last = report->noutputs > 0 ? report->outputs[0] : source->path;
    bool first = result->file == NULL, worse = report->verdict == VERDICT_FAIL && !desk->worst_shown;
    if (report->noutputs > 0 && (result->workbook == NULL || worse)) {
        result->workbook = arena_text(desk->arena, report->outputs[0], strlen(report->outputs[0]));
        result->summary = arena_text(desk->arena, report->outputs[1], strlen(report->outputs[1]));
        desk->worst_shown = report->verdict == VERDICT_FAIL;
        first = true;
    }
    if (first)
        result->file = arena_text(desk->arena, last, strlen(last));
}

static void
note_result(struct desk *desk, const struct job *job)
{
    const struct report *report = &job->report;
    int status = job->failure.path != NULL ? EXIT_OUTPUT : report->verdict == VERDICT_UNREADABLE ? EXIT_UNREADABLE
               : report->verdict == VERDICT_FAIL ? EXIT_INVALID : EXIT_VALID;
    desk->status = status > desk->status ? status : desk->status;
    desk->verdicts[report->verdict]++;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        desk->counts[i] += report->counts[i];
    put_file(&desk->shown, job, desk->run.folder);
    put_file(&desk->full, job, desk->run.folder);
    note_outputs(desk, job->source, report);
}

static void
judge_source(struct desk *desk, const struct source *source)
{
    struct job job = { .source = source, .report = { .verdict = VERDICT_UNREADABLE, .fault = { .status = STATUS_MEMORY } } };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    if (arena != NULL) {
        run_read(&desk->run, source, arena, &job);
        identify(desk, &job);
        write_job(desk, &job);
    }
    note_result(desk, &job);
    arena_free(arena);
}

static void
judge_all(struct desk *desk, const struct sources *sources)
{
    struct window_progress *progress = window_progress_new(desk->arena, sources->n);
    for (size_t i = 0; i < sources->n; i++) {
        if (!window_progress_step(progress, desk->arena, i, name_base(sources->source[i].path))) {
            desk->status = EXIT_OUTPUT;          /* of the rest */
            break;
        }
        judge_source(desk, &sources->source[i]);
    }
    window_progress_close(progress);
}

/* All inputs, shortcuts followed. False: out of memory. */
static bool
gather(struct desk *desk, const char **files, size_t n, struct sources *sources)
{
    for (size_t i = 0; i < n; i++) {
        const char *path = window_target(desk->arena, files[i]);
        if (path == NULL || !sources_add(desk->arena, sources, path))
            return false;
    }
    return run_keep(&desk->run, sources);
}

static int
show_trouble(struct arena *arena, const char *headline, const char *text)
{
    window_show(arena, &(struct window_result){ .headline = headline, .text = text, .full = text });
    return EXIT_UNREADABLE;
}

static int
judge_files(struct arena *arena, const char **files, size_t n)
{
    struct forms forms;
    struct fault fault = { .status = STATUS_OK };
    struct sources sources = { .source = NULL };
    struct desk desk = {
        .arena = arena, .run = { .arena = arena, .forms = &forms, .write = true }, .ask_identity = true, .ask_folder = true,
        .shown = { .text = text_new(arena), .most_findings = SHOWN_FINDINGS, .most_files = SHOWN_FILES },
        .full = { .text = text_new(arena), .most_findings = SIZE_MAX, .most_files = SIZE_MAX },
    };
    if (forms_load(arena, NULL, &forms, &fault) != STATUS_OK)
        return show_trouble(arena, "程序本身不完整，请重新下载", fault.where);
    if (!gather(&desk, files, n, &sources))
        return show_trouble(arena, "内存不够", fault_plain(STATUS_MEMORY, LANGUAGE_ZH));
    desk.shown.terse = sources.n > 1;
    judge_all(&desk, &sources);
    struct window_result *result = &desk.result;
    finish_page(&desk.shown, desk.run.folder, result->workbook != NULL);
    finish_page(&desk.full, desk.run.folder, result->workbook != NULL);
    result->good = desk.status == EXIT_VALID && desk.verdicts[VERDICT_PASS] == sources.n;
    result->headline = headline(&desk, sources.n);
    result->text = desk.shown.text.failed ? fault_plain(STATUS_MEMORY, LANGUAGE_ZH) : desk.shown.text.at;
    result->full = desk.full.text.failed ? result->text : desk.full.text.at;
    window_show(arena, result);
    return desk.status;
}

int
desktop_main(const char **files, size_t n)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    int status = EXIT_UNREADABLE;
    os_setup();
    if (arena != NULL)
        status = n > 0 || window_welcome(arena, &files, &n) ? judge_files(arena, files, n) : EXIT_VALID;
    arena_free(arena);
    return status;
}
