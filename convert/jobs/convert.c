/* SPDX-License-Identifier: MIT */
/* convert: where outputs go and what they may replace. Workbook and summary are a pair with one number: number n is
 * taken when both places are free or hold an output of ours that nobody changed (the stamp of the workbook, the seal of the
 * summary). Files are known by identity, not by name, so that no spelling of a path leads to an input. */
#include <string.h>

#include "convert.h"
#include "give.h"
#include "limits.h"
#include "names.h"
#include "notepad.h"
#include "read.h"
#include "seal.h"
#include "stamp.h"
#include "threads.h"
#include "turns.h"

enum { NUMBERS = 10000 };        /* pairs of one stem in one folder */

/* A place for an output. */
struct target {
    const char *path;
    bool there;                  /* something of ours that may be replaced */
    const char *origin;          /* of a workbook there: what it was made from; NULL: unknown */
    unsigned char *old; size_t nold;
};

static bool
kept(const struct run *run, const struct os_id *id)
{
    lock_hold(run->lock);
    bool have = ids_have(&run->kept, *id);
    lock_release(run->lock);
    return have;
}

/* Within the room that run_keep has made. */
static bool
keep(struct run *run, const char *path)
{
    struct os_id id;
    if (!os_identify(path, &id))
        return true;
    lock_hold(run->lock);
    bool ok = ids_add(run->arena, &run->kept, id);
    lock_release(run->lock);
    return ok;
}

bool
run_keep(struct run *run, struct sources *sources)
{
    size_t twins = 0;
    run->sources = sources;
    if (!run->write)
        return true;
    if (!turns_arrange(sources, run->folder))
        return false;
    for (size_t i = 0; i < sources->n; i++)
        twins += sources->source[i].twin;
    if (!ids_room(run->arena, &run->kept, sources->n + 2 * twins))
        return false;
    for (size_t i = 0; i < sources->n; i++)
        if (!keep(run, sources->source[i].path))
            return false;
    return true;
}

/* Is it ours and as we wrote it? Its stamp may say from what. */
static bool
workbook_intact(struct arena *arena, struct target *target)
{
    struct book book = { .arena = arena };
    if (read_book(arena, target->old, target->nold, &book, NULL) != STATUS_OK || stamp_check(&book) != STAMP_INTACT)
        return false;
    target->origin = stamp_origin(&book);
    return true;
}

/* What keeps an output from being put at target->path? */
static enum obstacle
find_obstacle(const struct run *run, struct arena *arena, struct target *target, enum product product)
{
    struct os_id id;
    target->origin = NULL;
    target->there = os_file_exists(target->path);
    if (!target->there)
        return OBSTACLE_NONE;
    if (!os_identify(target->path, &id))         /* a dangling link: not ours */
        return OBSTACLE_CHANGED;
    if (kept(run, &id))
        return OBSTACLE_KEPT;
    bool read = os_read_file(arena, target->path, &target->old, &target->nold, NULL) == STATUS_OK;
    bool intact = read && (product == PRODUCT_SUMMARY ? seal_intact(target->old, notepad_strip(target->old, target->nold))
                                                      : workbook_intact(arena, target));
    if ((intact || !read) && os_file_held(target->path))
        return OBSTACLE_HELD;
    return intact ? OBSTACLE_NONE : OBSTACLE_CHANGED;
}

bool
run_may_replace(const struct run *run, const char *path)
{
    struct target target = { .path = path };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    bool ok = arena != NULL && find_obstacle(run, arena, &target, PRODUCT_PASS) == OBSTACLE_NONE;
    arena_free(arena);
    return ok;
}

/* What one input gives back. */
struct products {
    unsigned char *workbook; size_t nworkbook;
    struct text summary;
};

static enum status
write_target(const struct target *target, const void *bytes, size_t n, bool *exists, struct failure *failure)
{
    enum status status = os_write_file(target->path, bytes, n, target->there, exists, &failure->fault);
    failure->path = status != STATUS_OK ? target->path : NULL;
    return status;
}

/* Write workbook and summary; when the second fails, put back what was there before the first. */
static enum status
write_pair(const struct target *workbook, const struct target *summary, const struct products *products, bool *exists,
           struct failure *failure)
{
    enum status status = write_target(workbook, products->workbook, products->nworkbook, exists, failure);
    if (status != STATUS_OK)
        return status;
    status = write_target(summary, products->summary.at, products->summary.n, exists, failure);
    if (status != STATUS_OK && workbook->there)
        os_write_file(workbook->path, workbook->old, workbook->nold, true, NULL, NULL);
    else if (status != STATUS_OK)
        os_remove_file(workbook->path);
    return status;
}

static bool
fill_target(struct arena *arena, struct target *target, const char *folder, const char *stem, enum product product, unsigned number)
{
    char *name = name_product(arena, stem, product, number);
    target->path = name != NULL ? name_join(arena, folder, name) : NULL;
    return target->path != NULL;
}

/* The pair is there: protect it from the input's twins, and take away what an earlier run left under the names of the other verdicts. */
static enum status
finish_pair(struct run *run, struct arena *scratch, struct job *job, const struct target *workbook, const struct target *summary,
            struct target others[PRODUCTS], enum product mine)
{
    struct report *report = &job->report;
    for (enum product product = 0; product < PRODUCTS; product++)
        if (product != mine && product != PRODUCT_SUMMARY && find_obstacle(run, scratch, &others[product], product) == OBSTACLE_NONE
            && others[product].there)
            os_remove_file(others[product].path);
    report->outputs[report->noutputs++] = workbook->path;
    report->outputs[report->noutputs++] = summary->path;
    if (!job->source->twin || (keep(run, workbook->path) && keep(run, summary->path)))
        return STATUS_OK;
    job->failure.path = workbook->path;
    return fault_set(&job->failure.fault, STATUS_MEMORY, "%s", "");
}

static enum product
product_of(const struct report *report, const struct marked *marked)
{
    return report->verdict == VERDICT_PASS ? PRODUCT_PASS : marked->bytes != NULL && marked->macros ? PRODUCT_FAIL_MACROS : PRODUCT_FAIL;
}

/* Is the pair that is there the one we would write? */
static bool
made_already(const struct run *run, const struct report *chinese, const struct target *workbook, const struct target *summary,
             const struct products *products)
{
    char origin[STAMP_ORIGIN];
    return !run->force && workbook->there && summary->there && workbook->origin != NULL && stamp_origin_of(chinese, origin) &&
           strcmp(workbook->origin, origin) == 0 && summary->nold == products->summary.n &&
           memcmp(summary->old, products->summary.at, summary->nold) == 0;
}

/* The first obstacle is the one that is told. True: there is one. */
static bool
note_obstacle(struct job *job, enum obstacle obstacle, const char *path)
{
    if (job->obstacle == OBSTACLE_NONE) {
        job->obstacle = obstacle;
        job->spared = path;
    }
    return obstacle != OBSTACLE_NONE;
}

/* Find the first number that is free and write there, unless it is there already. */
static enum status
place_pair(struct run *run, struct arena *scratch, const char *folder, const char *stem, struct job *job, const struct report *chinese,
           enum product mine, struct products *products)
{
    struct report *report = &job->report;
    struct failure *failure = &job->failure;
    struct target workbook, summary, others[PRODUCTS];
    report->outputs = arena_array(report->arena, 2, sizeof *report->outputs);
    if (report->outputs == NULL)
        return fault_set(&failure->fault, STATUS_MEMORY, "%s", "");
    for (unsigned number = 1; number < NUMBERS; number++) {
        bool exists = false;
        if (!fill_target(report->arena, &workbook, folder, stem, mine, number) ||
            !fill_target(report->arena, &summary, folder, stem, PRODUCT_SUMMARY, number))
            return fault_set(&failure->fault, STATUS_MEMORY, "%s", "");
        for (enum product product = 0; product < PRODUCTS; product++)
            if (!fill_target(report->arena, &others[product], folder, stem, product, number))
                return fault_set(&failure->fault, STATUS_MEMORY, "%s", "");
        if (note_obstacle(job, find_obstacle(run, scratch, &workbook, mine), workbook.path) ||
            note_obstacle(job, find_obstacle(run, scratch, &summary, PRODUCT_SUMMARY), summary.path))
            continue;
        report->unchanged = made_already(run, chinese, &workbook, &summary, products);
        enum status status = STATUS_OK;
        if (!report->unchanged && products->workbook == NULL)
            status = give_workbook(chinese, &products->workbook, &products->nworkbook, &failure->fault);
        if (!report->unchanged && status == STATUS_OK)
            status = write_pair(&workbook, &summary, products, &exists, failure);
        if (status == STATUS_OK)
            return finish_pair(run, scratch, job, &workbook, &summary, others, mine);
        if (!exists)             /* else someone else was faster: the next number */
            return status;
        note_obstacle(job, os_file_held(failure->path) ? OBSTACLE_HELD : OBSTACLE_CHANGED, failure->path);
    }
    return fault_set(&failure->fault, STATUS_OUTPUT, "%u names are taken", NUMBERS - 1u);
}

static void
write_outputs(struct run *run, struct job *job, const struct report *chinese, const struct marked *marked)
{
    struct arena *arena = job->arena;
    struct failure *failure = &job->failure;
    struct products products = { .workbook = marked->bytes, .nworkbook = marked->n, .summary = text_new(arena) };
    enum product mine = product_of(&job->report, marked);
    struct target first;
    const char *folder = source_folder(job->source, run->folder, arena), *stem = name_stem(arena, job->source->path);
    struct arena *scratch = arena_new(LIMIT_MEMORY);        /* what is there already must not cost the input its memory */
    *failure = (struct failure){ .path = job->source->path };
    if (chinese->verdict != VERDICT_UNREADABLE)
        give_summary(chinese, &products.summary);
    if (os_text_is_dos)
        notepad_dress(&products.summary);
    if (chinese->verdict == VERDICT_UNREADABLE || scratch == NULL || folder == NULL || stem == NULL || products.summary.failed ||
        !fill_target(arena, &first, folder, stem, mine, 1))
        fault_set(&failure->fault, STATUS_MEMORY, "%s", "");
    else {
        failure->path = first.path;
        if (run->folder != NULL && !os_make_folders(folder))
            fault_set(&failure->fault, STATUS_OUTPUT, "%s", folder);
        else if (place_pair(run, scratch, folder, stem, job, chinese, mine, &products) == STATUS_OK)
            failure->path = NULL;
    }
    arena_free(scratch);
}

void
run_judge(const struct run *run, struct job *job)
{
    report_make(&job->report, job->arena, run->forms, &job->options, job->source->path, job->bytes, job->n);
}

void
run_read(const struct run *run, const struct source *source, struct arena *arena, struct job *job)
{
    struct fault fault = { .status = STATUS_OK };
    *job = (struct job){ .source = source, .arena = arena, .options = run->options };
    if (source_read(source, arena, &job->bytes, &job->n, &fault) == STATUS_OK)
        run_judge(run, job);
    else
        report_unreadable(&job->report, arena, &job->options, source->path, &fault);
    const struct fault *trouble = &job->report.fault;
    bool text = (trouble->kind == FILE_TEXT || trouble->kind == FILE_SUMMARY) && name_is_document(source->path);
    job->aside = source->found && job->report.verdict == VERDICT_UNREADABLE &&
                 ((trouble->status == STATUS_NO_TABLE && file_is_document(trouble->kind)) ||
                  (text && (trouble->status == STATUS_NO_TABLE || trouble->status == STATUS_UNSUPPORTED)));
    job->own = job->aside && text && (trouble->kind == FILE_SUMMARY || seal_intact(job->bytes, notepad_strip(job->bytes, job->n)));
}

/* Workbooks and summaries are Chinese, whatever the messages are. */
static void
write_chinese(struct run *run, struct job *job)
{
    struct report chinese = job->report;
    struct options options = job->options;
    options.language = LANGUAGE_ZH;
    if (job->options.language != LANGUAGE_ZH)
        report_make(&chinese, job->arena, run->forms, &options, job->source->path, job->bytes, job->n);
    struct marked marked = { .bytes = NULL };
    struct arena *own = arena_new(LIMIT_MEMORY);            /* the input once more: in memory of its own */
    job->obstacle = OBSTACLE_NONE;
    job->report.unmarked = chinese.unmarked = own != NULL ? give_marked(own, &chinese, &marked) : UNMARKED_TOO_BIG;
    write_outputs(run, job, &chinese, &marked);
    arena_free(own);
}

void
run_write(struct run *run, struct job *job)
{
    turn_wait(run->sources, job->source, run->lock);
    if (run->write && job->report.verdict != VERDICT_UNREADABLE)
        write_chinese(run, job);
    turn_end(run->sources, job->source, run->lock);
}
