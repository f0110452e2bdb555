/* SPDX-License-Identifier: MIT */
/* commands_verify: verify. A file that is named is judged whatever it is; in a folder those that we write, by their names or by their
 * stamps, are. Beside a roll-up a folder is that of its inputs instead. */
#include "batch.h"
#include "cli.h"
#include "convert.h"
#include "filing.h"
#include "limits.h"
#include "names.h"
#include "os.h"
#include "progress.h"
#include "read.h"
#include "sha256.h"
#include "sources.h"
#include "verify.h"
#include "wording.h"

enum { STATES = STAMP_NEWER + 2, UNREADABLE = STATES - 1 };      /* enum stamp, and a file that cannot be read */

struct session {
    struct cli *cli;
    struct forms forms;
    struct sources sources;
    bool recheck;                    /* the folders are those of the inputs */
    struct verify_file *files; size_t nfiles, files_cap;        /* what lies in them */
    /* what take changes */
    struct progress progress;
    size_t tally[STATES], passed_over;
    int worst;
};

/* What is left of one file. */
struct outcome {
    struct text out;
    const char *complaint;           /* for stderr; NULL: none */
    size_t state;
    int status;
    bool passed_over;
};

/* -- work -- */

static enum status
read_source(const struct source *source, struct arena *arena, struct book *book, struct fault *fault)
{
    unsigned char *bytes;
    size_t n;
    enum status status = source_read(source, arena, &bytes, &n, fault);
    return status == STATUS_OK ? read_book(arena, bytes, n, book, fault) : status;
}

static int
exit_of(const struct verify_result *result)
{
    const struct recheck *recheck = result->recheck;
    if (result->verification == NULL || result->verification->stamp == STAMP_NONE || result->verification->stamp == STAMP_NEWER)
        return EXIT_UNREADABLE;
    bool others = recheck != NULL && recheck->nchanged + recheck->nmissing + recheck->nfresh > 0;
    return result->verification->stamp == STAMP_CHANGED || others ? EXIT_INVALID : EXIT_VALID;
}

static void
tell(const struct session *session, const struct verify_result *result, struct outcome *outcome)
{
    struct text *out = &outcome->out;
    enum language language = session->cli->options.language;
    if (session->cli->given[OPTION_JSON] != NULL)
        verify_json(result, language, out);
    else
        verify_text(result, &session->forms, language, out);
    outcome->status = exit_of(result);
    outcome->state = result->verification != NULL ? result->verification->stamp : UNREADABLE;
    if (result->verification != NULL)
        return;
    outcome->complaint = fault_sentence(out->arena, result->file, result->fault, language);
    if (outcome->complaint == NULL)
        outcome->complaint = fault_plain(result->fault->status, language);
}

/* Of what was found in a folder: is it neither called like a workbook of ours, nor one? */
static bool
nobody_asked(const struct session *session, size_t i, const struct verify_result *result)
{
    const struct source *source = &session->sources.source[i];
    bool ours = result->verification != NULL && result->verification->stamp != STAMP_NONE;
    return source->found && !ours && name_descent(name_base(source->path)).rank == 0;
}

/* One file, by one of the workers. */
static void *
work(void *context, size_t i, struct arena *arena, struct arena *paper)
{
    const struct session *session = context;
    struct book book = { .arena = arena };
    struct fault fault = { .status = STATUS_OK };
    struct verification verification;
    struct recheck recheck;
    struct verify_result result = { .file = session->sources.source[i].path, .fault = &fault };
    if (read_source(&session->sources.source[i], arena, &book, &fault) == STATUS_OK) {
        if (!verify_book(arena, &book, &verification)
            || (session->recheck && verification.rollup && !verify_inputs(arena, &verification, session->files, session->nfiles, &recheck)))
            fault_set(&fault, STATUS_MEMORY, "%s", "");
        else {
            result.verification = &verification;
            result.recheck = session->recheck && verification.rollup ? &recheck : NULL;
        }
    }
    struct outcome *outcome = arena_alloc(paper, sizeof *outcome);
    if (outcome == NULL)
        return NULL;
    outcome->out = text_new(paper);
    outcome->passed_over = nobody_asked(session, i, &result);
    if (!outcome->passed_over)
        tell(session, &result, outcome);
    return outcome;
}

/* -- take -- */

static bool
take(void *context, size_t i, void *result)
{
    static const struct outcome lost = { .state = UNREADABLE, .status = EXIT_UNREADABLE };
    struct session *session = context;
    const struct outcome *outcome = result != NULL ? result : &lost;
    int status = outcome->status;
    session->passed_over += outcome->passed_over;
    session->tally[outcome->state] += !outcome->passed_over;
    if (!outcome->passed_over)
        progress_clear(&session->progress);
    if (result == NULL)
        cli_complain_fault(session->cli, session->sources.source[i].path, &(struct fault){ .status = STATUS_MEMORY });
    else if (outcome->complaint != NULL)
        cli_complain_line(outcome->complaint);
    if (result != NULL && !cli_print(session->cli, &outcome->out))
        status = EXIT_OUTPUT;
    session->worst = status > session->worst ? status : session->worst;
    progress_step(&session->progress, i + 1);
    return true;
}

/* -- before and after -- */

static bool
is_rollup(const char *path)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct book book = { .arena = arena };
    struct fault fault = { .status = STATUS_OK };
    struct source source = { .path = path };
    bool is = arena != NULL && read_source(&source, arena, &book, &fault) == STATUS_OK && book_property(&book, FILING_COVERED) != NULL;
    arena_free(arena);
    return is;
}

/* Is there a roll-up among the files that are named, and a folder? */
static bool
wants_recheck(const struct cli *cli)
{
    bool folder = false, rollup = false;
    for (size_t i = 0; i < cli->noperands; i++)
        folder |= os_is_directory(cli->operands[i]);
    for (size_t i = 0; i < cli->noperands && folder && !rollup; i++)
        rollup = !os_is_directory(cli->operands[i]) && is_rollup(cli->operands[i]);
    return rollup;
}

/* The digest of a file that lies in a folder of inputs. One that cannot be read has none, and is known by its name alone. */
static bool
add_file(struct session *session, const char *path, struct arena *scratch)
{
    struct arena *arena = session->cli->arena;
    unsigned char *bytes;
    size_t n;
    arena_reset(scratch);
    if (!arena_room(arena, &session->files, session->nfiles, &session->files_cap, sizeof *session->files))
        return false;
    struct verify_file *file = &session->files[session->nfiles++];
    *file = (struct verify_file){ .path = path };
    if (os_read_file(scratch, path, &bytes, &n, NULL) == STATUS_OK)
        sha256_hex(bytes, n, file->sha256);
    return true;
}

/* A document that a roll-up takes for no report is not a new one either. */
static bool
is_aside(const struct session *session, const struct source *source, struct arena *scratch)
{
    const struct run run = { .forms = &session->forms };
    struct job job;
    if (!name_is_document(source->path))
        return false;
    arena_reset(scratch);
    run_read(&run, source, scratch, &job);
    return job.aside;
}

/* What lies in the folders, but for the files that are verified. */
static bool
add_files(struct session *session, const struct sources *found)
{
    struct ids verified = { .n = 0 };
    struct os_id id;
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool ok = scratch != NULL;
    for (size_t i = 0; ok && i < session->sources.n; i++)
        ok = !os_identify(session->sources.source[i].path, &id) || ids_add(session->cli->arena, &verified, id);
    for (size_t i = 0; ok && i < found->n; i++) {
        const struct source *source = &found->source[i];
        if (source->fault != NULL)
            cli_complain_fault(session->cli, source->path, source->fault);
        else if (!source->bare && !(os_identify(source->path, &id) && ids_have(&verified, id)) && !is_aside(session, source, scratch))
            ok = add_file(session, source->path, scratch);
    }
    arena_free(scratch);
    verify_sort(session->files, session->nfiles);
    return ok;
}

static bool
gather(struct session *session)
{
    struct cli *cli = session->cli;
    struct sources inputs = { .except = NULL };
    bool ok = true;
    session->recheck = wants_recheck(cli);
    session->sources.all = true;
    for (size_t i = 0; i < cli->noperands && ok; i++) {
        bool folder = os_is_directory(cli->operands[i]);
        ok = sources_add(cli->arena, folder && session->recheck ? &inputs : &session->sources, cli->operands[i]);
    }
    return ok && add_files(session, &inputs);
}

static void
print_tally(struct session *session)
{
    struct text out = text_new(session->cli->arena);
    const size_t *tally = session->tally;
    bool english = session->cli->options.language == LANGUAGE_EN;
    text_printf(&out, english ? "\n%zu as written, %zu changed, %zu not ours, %zu of a newer version, %zu unreadable"
                              : "\n一致 %zu 个，已改动 %zu 个，不是本程序写的 %zu 个，由更新的版本写成 %zu 个，读不了 %zu 个",
                tally[STAMP_INTACT], tally[STAMP_CHANGED], tally[STAMP_NONE], tally[STAMP_NEWER], tally[UNREADABLE]);
    if (session->passed_over > 0)
        text_printf(&out, english ? "; %zu other spreadsheets passed over" : "；另有 %zu 个别的表格文件，没有看", session->passed_over);
    text_puts(&out, english ? "\n" : "。\n");
    cli_print(session->cli, &out);
}

static int
stopped(struct session *session, size_t done)
{
    if (os_interrupted()) {
        cli_complain(session->cli, (struct wording){ "已停，没有核对完。", "Stopped before the end." }, "", "");
        return EXIT_INTERRUPTED;
    }
    cli_complain_fault(session->cli, session->sources.source[done].path, &(struct fault){ .status = STATUS_MEMORY });
    return session->worst > EXIT_UNREADABLE ? session->worst : EXIT_UNREADABLE;
}

int
command_verify(struct cli *cli)
{
    struct session session = { .cli = cli, .worst = EXIT_VALID };
    if (!cli_forms(cli, &session.forms))
        return EXIT_USAGE;
    if (!gather(&session)) {
        cli_complain_fault(cli, cli->operands[0], &(struct fault){ .status = STATUS_MEMORY });
        return EXIT_UNREADABLE;
    }
    size_t n = session.sources.n;
    os_catch_interrupt();
    session.progress = progress_new(n, cli->options.language);
    size_t done = batch_run(&(struct batch){ .n = n, .work = work, .take = take, .context = &session });
    progress_clear(&session.progress);
    if (n > 1 && cli->given[OPTION_JSON] == NULL)
        print_tally(&session);
    return done < n ? stopped(&session, done) : session.worst;
}
