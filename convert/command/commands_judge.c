/* SPDX-License-Identifier: MIT */
/* commands_judge: convert and check. Workers judge (and write) one input each and put what is to be said of it on paper; it is
 * printed, counted and forgotten in the order of the inputs. */
#include "batch.h"
#include "cli.h"
#include "convert.h"
#include "csv.h"
#include "give.h"
#include "limits.h"
#include "names.h"
#include "narrative.h"
#include "os.h"
#include "predecessors.h"
#include "progress.h"
#include "threads.h"
#include "wording.h"

/* How results are told. */
enum shape { SHAPE_TEXT, SHAPE_LINES, SHAPE_JSON, SHAPE_FINDINGS, SHAPE_VALUES };

/* What a batch came to. */
struct tally { size_t verdicts[VERDICT_UNREADABLE + 1], counts[SEVERITY_COUNT], unchanged, alone; };

struct session {
    struct cli *cli;
    struct run run;
    struct sources sources;
    struct predecessors predecessors;
    enum shape shape;
    const struct form *head;         /* SHAPE_VALUES: whose values have a column */
    /* what take changes */
    struct progress progress;
    struct tally tally;
    struct passed aside;             /* documents that are no reports */
    int worst;
};

/* What is left of one input. */
struct outcome {
    struct text out;                 /* for stdout */
    const char *complaint;           /* for stderr; NULL: none */
    const char **remarks; size_t nremarks;       /* likewise, about last year's report */
    enum verdict verdict;
    size_t counts[SEVERITY_COUNT];
    bool unchanged;
    bool aside, own;                 /* nothing is to be said of it; nor is it named */
    bool alone;                      /* nothing of last year was found to compare with */
    int status;
};

/* -- work -- */

/* Why a source cannot be read, in words. */
static const char *
unreadable_sentence(const struct session *session, const struct source *source, const struct report *report, struct arena *paper)
{
    static const struct wording bare = {
        "这个文件夹里没有表格或文档：“{what}”。请拖入装有年报表格（.xlsx、.xls、.et、.ods、.docx、网页或文本）的文件夹，或者直接拖入表格文件。",
        "There is no spreadsheet or document in the folder {what}. Name a folder with report tables (.xlsx, .xls, .et, .docx), or the files themselves.",
    };
    enum language language = session->run.options.language;
    const char *line = source->bare
                     ? wording_fill(paper, wording_text(bare, language), &(struct slot_text){ "what", source->path }, 1)
                     : fault_sentence(paper, source->path, &report->fault, language);        /* the report's arena may be used up */
    return line != NULL ? line : fault_plain(STATUS_MEMORY, language);
}

/* Why the outputs have a number. */
static const char *
obstacle_sentence(struct arena *paper, const struct job *job, enum language language)
{
    const struct slot_text slots[] = { { "what", job->spared }, { "why", job->report.outputs[0] } };
    return wording_fill(paper, wording_text(obstacle_wording(job->obstacle), language), slots, 2);
}

static void
put_result(const struct session *session, const struct report *report, struct text *out)
{
    bool readable = report->verdict != VERDICT_UNREADABLE;
    if (session->shape == SHAPE_JSON)
        give_json(report, out);
    else if (session->shape == SHAPE_FINDINGS)
        csv_findings(out, report);
    else if (session->shape == SHAPE_VALUES)
        csv_values(out, report, session->head);
    else if (readable && session->shape == SHAPE_LINES)
        give_line(report, session->cli->color, out);
    else if (readable)
        give_terminal(report, session->cli->color, out);
}

static int
exit_of(const struct session *session, const struct report *report, const struct failure *failure)
{
    if (failure->path != NULL)
        return EXIT_OUTPUT;
    if (report->verdict == VERDICT_UNREADABLE)
        return EXIT_UNREADABLE;
    bool strict = session->run.options.strict && report->counts[SEVERITY_WARNING] > 0;
    return report->verdict == VERDICT_FAIL || strict ? EXIT_INVALID : EXIT_VALID;
}

/* What is to be said of last year's report; that there is none, the summary says. */
static bool
put_remarks(const struct session *session, const struct report *report, struct arena *paper, struct outcome *outcome)
{
    const struct previous *previous = report->previous;
    size_t n = previous != NULL && report->verdict != VERDICT_UNREADABLE ? previous->nremarks : 0;
    outcome->remarks = arena_array(paper, n + 1, sizeof *outcome->remarks);
    for (size_t i = 0; outcome->remarks != NULL && i < n; i++) {
        struct text line = text_new(paper);
        const char *sentence = remark_sentence(report, &previous->remarks[i], session->run.options.language);
        if (previous->remarks[i].kind == REMARK_NONE)
            continue;
        text_printf(&line, session->run.options.language == LANGUAGE_EN ? "%s: %s" : "《%s》：%s", name_base(report->file),
                    sentence != NULL ? sentence : "");
        if (line.failed)
            return false;
        outcome->remarks[outcome->nremarks++] = line.at;
    }
    return outcome->remarks != NULL;
}

/* One input, by one of the workers: what lasts goes to the paper, because the file may use up its arena. */
static void *
work(void *context, size_t i, struct arena *arena, struct arena *paper)
{
    struct session *session = context;
    const struct source *source = &session->sources.source[i];
    enum language language = session->run.options.language;
    struct job job;
    run_read(&session->run, source, arena, &job);
    run_write(&session->run, &job);
    struct report *report = &job.report;
    struct outcome *outcome = arena_alloc(paper, sizeof *outcome);
    if (outcome == NULL)
        return NULL;
    *outcome = (struct outcome){ .out = text_new(paper), .verdict = report->verdict, .unchanged = report->unchanged,
                                 .aside = job.aside, .own = job.own, .alone = report->previous != NULL && !previous_known(report),
                                 .status = job.aside ? EXIT_VALID : exit_of(session, report, &job.failure) };
    if (job.aside)
        return outcome;
    for (size_t s = 0; s < SEVERITY_COUNT; s++)
        outcome->counts[s] = report->counts[s];
    if (report->verdict == VERDICT_UNREADABLE)
        outcome->complaint = report->error_message = unreadable_sentence(session, source, report, paper);
    else if (job.failure.path != NULL) {
        outcome->complaint = output_sentence(paper, job.failure.path, &job.failure.fault, language);
        if (outcome->complaint == NULL)
            outcome->complaint = fault_plain(STATUS_OUTPUT, language);
    } else if (job.obstacle != OBSTACLE_NONE)
        outcome->complaint = obstacle_sentence(paper, &job, language);
    put_result(session, report, &outcome->out);
    return put_remarks(session, report, paper, outcome) ? outcome : NULL;
}

/* -- take -- */

static bool
take(void *context, size_t i, void *result)
{
    struct session *session = context;
    static const struct outcome lost = { .verdict = VERDICT_UNREADABLE, .status = EXIT_UNREADABLE };
    const struct outcome *outcome = result != NULL ? result : &lost;
    int status = outcome->status;
    if (outcome->out.n > 0 || outcome->out.failed || outcome->complaint != NULL || outcome->nremarks > 0 || result == NULL)
        progress_clear(&session->progress);
    if (result == NULL)
        cli_complain_fault(session->cli, session->sources.source[i].path, &(struct fault){ .status = STATUS_MEMORY });
    else if (outcome->complaint != NULL)
        cli_complain_line(outcome->complaint);
    for (size_t r = 0; r < outcome->nremarks; r++)
        cli_complain_line(outcome->remarks[r]);
    if (result != NULL && !cli_print(session->cli, &outcome->out))
        status = EXIT_OUTPUT;
    session->tally.verdicts[outcome->verdict] += !outcome->aside;
    session->aside.own += outcome->aside && outcome->own;
    if (outcome->aside && !outcome->own && !passed_add(session->cli->arena, &session->aside, session->sources.source[i].path))
        return false;
    session->tally.unchanged += outcome->unchanged;
    session->tally.alone += outcome->alone;
    for (size_t s = 0; s < SEVERITY_COUNT; s++)
        session->tally.counts[s] += outcome->counts[s];
    session->worst = status > session->worst ? status : session->worst;
    progress_step(&session->progress, i + 1);
    return true;
}

/* -- before and after -- */

/* The form of the first input that can be read, else the newest. */
static const struct form *
first_form(const struct session *session)
{
    const struct forms *forms = session->run.forms;
    const struct form *form = NULL;
    struct run look = session->run;
    look.write = false;
    look.lock = NULL;                    /* alone, and nobody's turn */
    for (size_t i = 0; i < session->sources.n && form == NULL; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct job job;
        if (arena == NULL)
            break;
        run_read(&look, &session->sources.source[i], arena, &job);
        form = job.report.verdict != VERDICT_UNREADABLE ? job.report.form : NULL;
        arena_free(arena);
    }
    return form != NULL ? form : forms->form[forms->n - 1];
}

static void
print_head(struct session *session)
{
    struct text out = text_new(session->cli->arena);
    if (session->shape == SHAPE_FINDINGS)
        csv_findings_head(&out);
    else if (session->shape == SHAPE_VALUES)
        csv_values_head(&out, session->head);
    cli_print(session->cli, &out);
}

static void
print_tally(struct session *session, size_t n)
{
    struct text out = text_new(session->cli->arena);
    const struct tally *tally = &session->tally;
    bool english = session->run.options.language == LANGUAGE_EN;
    text_printf(&out, english ? "\n%zu files: %zu passed, %zu to be corrected, %zu unreadable; errors %zu, warnings %zu, notes %zu"
                              : "\n共 %zu 个文件：通过 %zu 个，待改 %zu 个，读不了 %zu 个；必须改 %zu 项，请核实 %zu 项，提示 %zu 项",
                n, tally->verdicts[VERDICT_PASS], tally->verdicts[VERDICT_FAIL], tally->verdicts[VERDICT_UNREADABLE],
                tally->counts[SEVERITY_ERROR], tally->counts[SEVERITY_WARNING], tally->counts[SEVERITY_NOTE]);
    if (tally->unchanged > 0)
        text_printf(&out, english ? "; %zu unchanged, not written again" : "；%zu 个没有变化，没有重写", tally->unchanged);
    if (tally->alone > 0)
        text_printf(&out, english ? "; nothing of last year for %zu" : "；%zu 个没有上年数据，未核对结转", tally->alone);
    text_puts(&out, english ? "\n" : "。\n");
    cli_print(session->cli, &out);
}

/* How far it got, when it did not come to the end. */
static int
stopped(struct session *session, size_t done)
{
    static const struct wording writing = { "已停：做完 {what} 个，还有 {why} 个没有做；再运行一次会接着做。",
                                            "Stopped: {what} done, {why} not; run it again to go on." };
    static const struct wording checking = { "已停：做完 {what} 个，还有 {why} 个没有做。", "Stopped: {what} done, {why} not." };
    char have[24], left[24];
    snprintf(have, sizeof have, "%zu", done);
    snprintf(left, sizeof left, "%zu", session->sources.n - done);
    if (!os_interrupted())
        cli_complain_fault(session->cli, session->sources.source[done].path, &(struct fault){ .status = STATUS_MEMORY });
    cli_complain(session->cli, session->run.write ? writing : checking, have, left);
    return os_interrupted() ? EXIT_INTERRUPTED : session->worst > EXIT_UNREADABLE ? session->worst : EXIT_UNREADABLE;
}

static int
judge_all(struct session *session)
{
    size_t n = session->sources.n;
    print_head(session);
    os_catch_interrupt();
    session->progress = progress_new(n, session->run.options.language);
    size_t done = batch_run(&(struct batch){ .n = n, .work = work, .take = take, .context = session });
    progress_clear(&session->progress);
    size_t aside = session->aside.n + session->aside.own;
    if (session->shape == SHAPE_LINES)
        print_tally(session, done - aside);
    cli_tell_passed(session->cli, &session->sources.others, &session->aside);
    if (aside > 0 && aside == done)
        session->worst = EXIT_UNREADABLE;        /* there was nothing else */
    return done < n ? stopped(session, done) : session->worst;
}

static enum shape
choose_shape(const struct cli *cli, size_t n)
{
    const char *csv = cli->given[OPTION_CSV];
    if (csv != NULL)
        return *csv != '\0' ? SHAPE_VALUES : SHAPE_FINDINGS;
    return cli->given[OPTION_JSON] != NULL ? SHAPE_JSON : n > 1 ? SHAPE_LINES : SHAPE_TEXT;
}

/* The text that --text names, which is of one report; false after saying why not. */
static bool
read_text(struct cli *cli, struct session *session)
{
    const char *path = cli->given[OPTION_TEXT];
    struct book *text = arena_alloc(cli->arena, sizeof *text);
    struct fault fault = { .status = STATUS_MEMORY };
    unsigned char *bytes;
    size_t n;
    if (path == NULL)
        return true;
    if (session->sources.n != 1) {
        cli_complain(cli, (struct wording){ "用 --text 时只能有一个输入文件。", "With --text there must be one input." }, "", "");
        return false;
    }
    if (text != NULL && os_read_file(cli->arena, path, &bytes, &n, &fault) == STATUS_OK &&
        narrative_read(cli->arena, bytes, n, text, &fault) == STATUS_OK) {
        session->run.options.text = text;
        return true;
    }
    cli_complain_fault(cli, path, &fault);
    return false;
}

/* Last year's reports, when they are asked for. False: out of memory, or stopped. */
static bool
read_previous(struct session *session)
{
    struct cli *cli = session->cli;
    char others[24];
    size_t n;
    if (cli->nprevious == 0)
        return true;
    if (!predecessors_read(cli->arena, session->run.forms, cli->previous, cli->nprevious, session->sources.n == 1, &session->predecessors))
        return false;
    session->run.options.predecessors = &session->predecessors;
    const struct predecessor *unreadable = predecessors_unreadable(&session->predecessors, &n);
    snprintf(others, sizeof others, "%zu", n);
    if (unreadable != NULL)
        cli_complain(cli, (struct wording){ "--previous 里有 {why} 个文件读不了，没有使用，例如“{what}”。",
                                            "{why} files of --previous cannot be read and are not used, for example {what}." }, unreadable->file, others);
    return true;
}

static int
judge_files(struct cli *cli, bool write)
{
    struct forms forms;
    struct session session = { .cli = cli, .sources = { .except = cli->given[OPTION_OUTPUT] }, .worst = EXIT_VALID };
    if (!cli_forms(cli, &forms) || !cli_previous(cli))
        return EXIT_USAGE;
    session.run = (struct run){ .arena = cli->arena, .forms = &forms, .options = cli->options, .write = write,
                                .force = cli->given[OPTION_FORCE] != NULL, .folder = cli->given[OPTION_OUTPUT], .lock = lock_new() };
    bool memory = session.run.lock != NULL;
    for (size_t i = 0; i < cli->noperands && memory; i++)
        memory = sources_add(cli->arena, &session.sources, cli->operands[i]);
    int status = EXIT_UNREADABLE;
    if (!memory || !read_previous(&session) || !run_keep(&session.run, &session.sources))
        cli_complain_fault(cli, cli->operands[0], &(struct fault){ .status = STATUS_MEMORY });
    else if (read_text(cli, &session)) {
        session.shape = choose_shape(cli, session.sources.n);
        session.head = session.shape == SHAPE_VALUES ? first_form(&session) : NULL;
        status = judge_all(&session);
    }
    lock_free(session.run.lock);
    return status;
}

int
command_convert(struct cli *cli)
{
    return judge_files(cli, true);
}

int
command_check(struct cli *cli)
{
    return judge_files(cli, false);
}
