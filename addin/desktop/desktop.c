/* SPDX-License-Identifier: MIT */
/* desktop: one run of dropped files and folders: each is read, its unit and year are asked for, its outputs are written, and a window
 * shows the page. Nothing here knows a platform. Outputs lie beside each input; where that is not allowed, in the folder the user
 * chooses. */
#include <string.h>

#include "cli.h"
#include "desktop.h"
#include "limits.h"
#include "locate.h"
#include "names.h"
#include "page.h"
#include "read.h"
#include "window.h"

struct desk {
    struct arena *arena;
    struct run run;
    struct sources sources;
    struct page page;
    struct window_result result;
    const char *elsewhere;       /* for outputs that cannot lie beside their input; NULL: not chosen */
    bool ask_identity, ask_folder, worst_shown;
    int status;
};

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

/* Where nothing may be written beside the input, into another folder, which is asked for once. True: it is there. */
static bool
write_job(struct desk *desk, struct job *job)
{
    run_write(&desk->run, job);
    if (job->failure.path == NULL)
        return false;
    if (desk->ask_folder)
        desk->elsewhere = window_ask_folder(desk->arena, name_base(job->source->path));
    desk->ask_folder = false;
    if (desk->elsewhere == NULL)
        return false;
    const struct source *source = job->source;
    struct source twin = *source;
    twin.twin = true;                    /* inputs of other folders may have its name: what is written there stays */
    job->source = &twin;
    desk->run.folder = desk->elsewhere;
    run_write(&desk->run, job);
    desk->run.folder = NULL;
    job->source = source;
    return job->failure.path == NULL;
}

static bool
ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    return n >= m && strcmp(path + n - m, end) == 0;
}

/* The name of an input; where another has the same, behind as many of its folders as tell them apart, between '\\' as in the Explorer. */
static const char *
shown_name(struct desk *desk, const char *path)
{
    const char *from = name_base(path);
    for (size_t i = 0; i < desk->sources.n; i++)
        while (from > path + 1 && strcmp(desk->sources.source[i].path, path) != 0 && ends_in(desk->sources.source[i].path, from - 1))
            for (from--; from > path && from[-1] != '/';)
                from--;
    char *name = arena_copy(desk->arena, from);
    for (char *c = name; c != NULL && *c != '\0'; c++)
        *c = *c == '/' ? '\\' : *c;
    return name != NULL ? name : from;
}

/* What the buttons open: the outputs of the first file to be corrected, else of the first file. */
static void
note_outputs(struct desk *desk, const struct source *source, const struct report *report, const char *name)
{
    struct window_result *result = &desk->result;
    const char *last = report->noutputs > 0 ? report->outputs[0] : source->path;
    bool first = result->file == NULL, worse = report->verdict == VERDICT_FAIL && !desk->worst_shown;
    if (report->noutputs > 0 && (result->workbook == NULL || worse)) {
        result->workbook = arena_copy(desk->arena, report->outputs[0]);
        result->summary = arena_copy(desk->arena, report->outputs[1]);
        desk->worst_shown = report->verdict == VERDICT_FAIL;
        desk->page.opened = name;
        first = true;
    }
    if (first)
        result->file = arena_copy(desk->arena, last);
}

static void
note_result(struct desk *desk, const struct job *job, bool elsewhere)
{
    const struct report *report = &job->report;
    const char *name = shown_name(desk, job->source->path);
    int status = job->failure.path != NULL ? EXIT_OUTPUT : report->verdict == VERDICT_UNREADABLE ? EXIT_UNREADABLE
               : report->verdict == VERDICT_FAIL ? EXIT_INVALID : EXIT_VALID;
    desk->status = status > desk->status ? status : desk->status;
    page_add(&desk->page, job, name, elsewhere);
    note_outputs(desk, job->source, report, name);
}

static void
judge_source(struct desk *desk, const struct source *source)
{
    struct job job = { .source = source, .report = { .verdict = VERDICT_UNREADABLE, .fault = { .status = STATUS_MEMORY } } };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    bool elsewhere = false;
    if (arena != NULL) {
        run_read(&desk->run, source, arena, &job);
        if (job.aside && desk->page.total > 1) {         /* one is told, when there is nothing else */
            run_write(&desk->run, &job);
            desk->page.total--;
            desk->page.failed |= !job.own && !passed_add(desk->page.arena, &desk->page.aside, source->path);
            arena_free(arena);
            return;
        }
        identify(desk, &job);
        elsewhere = write_job(desk, &job);
    }
    note_result(desk, &job, elsewhere);
    arena_free(arena);
}

static void
judge_all(struct desk *desk)
{
    const struct sources *sources = &desk->sources;
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

/* All inputs, shortcuts followed; those that lead nowhere stay what they are. False: out of memory. */
static bool
gather(struct desk *desk, const char **files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *path = window_target(desk->arena, files[i]);
        if (path == NULL || !sources_add(desk->arena, &desk->sources, os_file_exists(path) ? path : files[i]))
            return false;
    }
    return run_keep(&desk->run, &desk->sources);
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
    struct desk desk = {
        .arena = arena, .run = { .arena = arena, .forms = &forms, .write = true }, .ask_identity = true, .ask_folder = true,
    };
    const char *no_memory = fault_plain(STATUS_MEMORY, LANGUAGE_ZH);
    if (forms_load(arena, NULL, &forms, &fault) != STATUS_OK)
        return show_trouble(arena, "程序本身不完整，请重新下载", fault.where);
    forms.familiar = familiar_new(arena);
    forms.seen = seen_new(arena);
    if (!gather(&desk, files, n))
        return show_trouble(arena, "内存不够", no_memory);
    desk.page = page_new(arena, &desk.sources);
    judge_all(&desk);
    struct window_result *result = &desk.result;
    const char *headline = page_headline(&desk.page), *text = page_text(&desk.page), *full = page_full(&desk.page);
    result->good = desk.status == EXIT_VALID && desk.page.verdicts[VERDICT_PASS] == desk.page.total;
    result->headline = headline != NULL ? headline : "内存不够";
    result->text = text != NULL ? text : no_memory;
    result->full = full != NULL ? full : result->text;
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
