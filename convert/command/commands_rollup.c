/* SPDX-License-Identifier: MIT */
/* commands_rollup: the command rollup. It gathers, chooses and adds (rollup.h), writes the workbook and the letters, and says what came of
 * it (rollup_tell.h). */
#include <stdio.h>
#include <string.h>

#include "limits.h"
#include "names.h"
#include "read.h"
#include "rollup_tell.h"
#include "stamp.h"
#include "wording.h"

enum { NUMBERS = 10000 };

struct session {
    struct cli *cli;
    struct forms forms;
    struct roster roster;
    struct rollup *rollup;
    const char *output, *folder;     /* where the workbook goes; its folder, "" or ending in '/' */
    const char **missing; size_t nmissing;
};

/* -- places -- */

/* Is nothing there, or a roll-up that nobody has changed? `ours`: there is a roll-up, changed or not. `details`: the digest of the text file
 * that it has beside it, "" for none. */
static bool
may_replace(const char *path, bool *ours, char details[65])
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct book book = { .arena = arena };
    unsigned char *bytes;
    size_t n;
    bool there = os_file_exists(path);
    *ours = there && arena != NULL && os_read_file(arena, path, &bytes, &n, NULL) == STATUS_OK
         && read_book(arena, bytes, n, &book, NULL) == STATUS_OK && book_property(&book, FILING_COVERED) != NULL;
    bool free = !there || (*ours && stamp_check(&book) == STAMP_INTACT && !os_file_held(path));
    const char *beside = *ours ? book_property(&book, FILING_DETAILS) : NULL;
    snprintf(details, 65, "%s", beside != NULL ? beside : "");
    arena_free(arena);
    return free;
}

/* "汇总(2).xlsx" of "汇总.xlsx". */
static const char *
numbered(struct arena *arena, const char *path, unsigned number)
{
    struct text out = text_new(arena);
    size_t n = strlen(path) - strlen(".xlsx");
    text_put(&out, path, n);
    if (number > 1)
        text_printf(&out, "(%u)", number);
    text_puts(&out, path + n);
    return out.failed ? NULL : out.at;
}

/* Is a source this output, or one that got a number because it was in the way? */
static bool
is_output(const struct session *session, const char *path)
{
    const char *base = name_base(path), *wanted = name_base(session->cli->given[OPTION_OUTPUT]);
    size_t stem = strlen(wanted) - strlen(".xlsx");
    if (strncmp(base, wanted, stem) != 0 || strspn(base + stem, "(0123456789)") != strcspn(base + stem, "."))
        return false;
    const char *folder = arena_text(session->cli->arena, path, (size_t)(base - path));
    bool same = folder != NULL && os_same_file(*folder != '\0' ? folder : ".", *session->folder != '\0' ? session->folder : ".");
    bool ours = false;
    char details[65];
    if (same)
        may_replace(path, &ours, details);
    return ours;
}

static void
leave_outputs(const struct session *session, struct sources *sources)
{
    size_t n = 0;
    for (size_t i = 0; i < sources->n; i++)
        if (!is_output(session, sources->source[i].path))
            sources->source[n++] = sources->source[i];
    sources->n = n;
}

/* -- gathering -- */

static bool
add_sources(struct session *session, struct sources *sources, const char *const *paths, size_t n)
{
    struct arena *arena = session->cli->arena;
    sources->except = name_join(arena, session->folder, rollup_letters_folder);
    bool ok = sources->except != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = sources_add(arena, sources, paths[i]);
    return ok;
}

static int
out_of_memory(struct session *session)
{
    cli_complain_fault(session->cli, session->output, &(struct fault){ .status = STATUS_MEMORY });
    return EXIT_UNREADABLE;
}

/* Why not all sources could be read. */
static int
stopped(struct session *session, size_t done, size_t n)
{
    char have[24], left[24];
    snprintf(have, sizeof have, "%zu", done);
    snprintf(left, sizeof left, "%zu", n - done);
    if (!os_interrupted())
        return out_of_memory(session);
    cli_complain(session->cli, (struct wording){ "已停：读完 {what} 个，还有 {why} 个没有读；什么也没有写。", "Stopped: {what} read, {why} not; nothing was written." },
                 have, left);
    return EXIT_INTERRUPTED;
}

/* Gather, choose and add; NULL, with a status, when it was stopped. */
static struct rollup *
roll_up(struct session *session, struct sources *sources, const struct rollup_options *options, int *status)
{
    enum language language = session->cli->options.language;
    struct run run = { .arena = session->cli->arena, .forms = &session->forms };      /* letters and workbooks are Chinese */
    struct rollup *rollup = rollup_new(&session->forms, options);
    struct progress progress = progress_new(sources->n, language);
    size_t done = rollup != NULL ? rollup_gather(rollup, &run, sources, &progress) : 0;
    progress_clear(&progress);
    if (done == sources->n && rollup != NULL && rollup_choose(rollup) && rollup_add(rollup))
        return rollup;
    rollup_free(rollup);
    *status = done < sources->n ? stopped(session, done, sources->n) : out_of_memory(session);
    return NULL;
}

/* Last year's sums. */
static int
take_previous(struct session *session, const char *path)
{
    struct sources sources = { .source = NULL };
    struct rollup_options options = { .output = session->output, .year = session->rollup->year != 0 ? session->rollup->year - 1 : 0 };
    int status = EXIT_VALID;
    if (!add_sources(session, &sources, &path, 1))
        return out_of_memory(session);
    struct rollup *last = roll_up(session, &sources, &options, &status);
    if (last == NULL)
        return status;
    char year[12];
    snprintf(year, sizeof year, "%d", options.year);
    if (last->counted == 0)
        cli_complain(session->cli, (struct wording){ "“{what}”里没有 {why} 年度的报告，没有和上一年对比。", "{what} holds no report of {why}: not compared with last year." },
                     path, year);
    else if (!rollup_compare_with(session->rollup, last))
        status = out_of_memory(session);
    rollup_free(last);
    return status;
}

/* -- what is known at the end -- */

/* The area that more than half of the units are of (a vote that the majority wins), else what the output is called. */
static const char *
find_area(const struct session *session)
{
    const struct rollup *rollup = session->rollup;
    struct arena *arena = session->cli->arena;
    const char *area = NULL;
    size_t lead = 0, n = 0, ending;
    if (rollup->parent != SIZE_MAX)
        return rollup->entries[rollup->parent].name;
    for (int round = 0; round < 2; round++)
        for (size_t i = n = 0; i < rollup->nentries; i++) {
            const struct entry *entry = &rollup->entries[i];
            size_t length = entry_counts(entry) ? lexicon_area(rollup->lexicon, entry->name, strlen(entry->name), &ending) : 0;
            bool same = area != NULL && strlen(area) == length && memcmp(area, entry->name, length) == 0;
            n += same;
            if (round == 0 && lead == 0 && length > 0 && (area = arena_text(arena, entry->name, length)) == NULL)
                return NULL;
            if (round == 0)
                lead = lead == 0 ? length > 0 : same ? lead + 1 : entry_counts(entry) ? lead - 1 : lead;
        }
    return n * 2 > rollup->counted ? area : name_stem(arena, session->output);
}

static bool
find_missing(struct session *session)
{
    const struct roster *roster = session->rollup->options.roster;
    if (roster == NULL)
        return true;
    session->missing = arena_array(session->cli->arena, roster->n + 1, sizeof *session->missing);
    for (size_t i = 0; session->missing != NULL && i < roster->n; i++)
        if (member_reports(&roster->members[i]) && !session->rollup->present[i])
            session->missing[session->nmissing++] = roster->members[i].name;
    return session->missing != NULL;
}

/* -- the whole -- */

/* Write the workbook to the first of its names that is free, then what lies beside it. */
static enum status
write_outputs(struct session *session, struct fault *fault)
{
    struct rollup *rollup = session->rollup;
    bool ours, free = false;
    os_remove_leftovers(*session->folder != '\0' ? session->folder : ".");
    for (unsigned number = 1; !free && number < NUMBERS; number++) {
        session->output = numbered(session->cli->arena, session->cli->given[OPTION_OUTPUT], number);
        if (session->output == NULL)
            return fault_set(fault, STATUS_MEMORY, "%s", "");
        free = may_replace(session->output, &ours, rollup->details);
    }
    if (!free)
        return fault_set(fault, STATUS_OUTPUT, "%u names are taken", NUMBERS - 1u);
    enum status status = rollup->counted > 0 ? rollup_write(rollup, session->output, fault) : STATUS_OK;
    if (status == STATUS_OK && rollup->counted > 0 && !rollup_wrote(rollup, session->output))
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    return status == STATUS_OK ? rollup_letters(rollup, session->folder, fault) : status;
}

static int
exit_of(const struct session *session)
{
    const struct rollup *rollup = session->rollup;
    bool differs = rollup->nrepeats > 0;
    for (size_t i = 0; i < rollup->ndifferences; i++)
        differs = differs || rollup->differences[i].severity != SEVERITY_NOTE;
    for (size_t i = 0; i < rollup->nentries; i++)
        differs = differs || rollup->entries[i].lost > 0;
    size_t readable = entries_that(rollup, entry_readable);
    return readable == 0 || readable < rollup->nentries ? EXIT_UNREADABLE
         : entries_that(rollup, entry_failing) > 0 || session->nmissing > 0 || differs ? EXIT_INVALID : EXIT_VALID;
}

static int
finish(struct session *session, const struct sources *sources)
{
    struct fault fault = { .status = STATUS_OK };
    struct rollup *rollup = session->rollup;
    cli_tell_passed(session->cli, &sources->others, &rollup->aside);
    rollup->area = find_area(session);
    if (rollup->area == NULL || !find_missing(session))
        return out_of_memory(session);
    enum status status = entries_that(rollup, entry_readable) > 0 ? write_outputs(session, &fault) : STATUS_OK;
    if (os_interrupted()) {
        cli_complain(session->cli, (struct wording){ "已停：没有写完；再运行一次即可。", "Stopped before all was written; run it again." }, "", "");
        return EXIT_INTERRUPTED;
    }
    if (status != STATUS_OK) {
        const char *line = output_sentence(session->cli->arena, session->output, &fault, session->cli->options.language);
        cli_complain_line(line != NULL ? line : status_code(fault.status));
        return EXIT_OUTPUT;
    }
    const struct telling telling = { session->cli, rollup, session->missing, session->nmissing };
    return rollup_tell(&telling) ? exit_of(session) : EXIT_OUTPUT;
}

static bool
read_roster(struct session *session, const char *path)
{
    struct fault fault = { .status = STATUS_OK };
    if (roster_read(session->cli->arena, path, &session->roster, &fault) == STATUS_OK)
        return true;
    if (fault.status == STATUS_UNSUPPORTED)
        cli_complain(session->cli, (struct wording){ "名单“{what}”：{why}", "The list {what}: {why}" }, path, fault.where);
    else
        cli_complain_fault(session->cli, path, &fault);
    return false;
}

/* Where the workbook goes; false after saying what is wrong with it. */
static bool
take_output(struct session *session)
{
    struct cli *cli = session->cli;
    const char *output = cli->given[OPTION_OUTPUT];
    size_t n = output != NULL ? strlen(output) : 0;
    if (n <= strlen(".xlsx") || strcmp(output + n - strlen(".xlsx"), ".xlsx") != 0 || os_is_directory(output)) {
        cli_complain(cli, (struct wording){ "要用 -o 写明汇总工作簿的名字，例如 -o 汇总.xlsx（现在是“{what}”）。",
                                            "Name the workbook with -o, for example -o sums.xlsx (now “{what}”)." }, output != NULL ? output : "", "");
        return false;
    }
    session->output = output;
    session->folder = arena_text(cli->arena, output, (size_t)(name_base(output) - output));
    return session->folder != NULL;
}

int
command_rollup(struct cli *cli)
{
    struct session session = { .cli = cli };
    struct sources sources = { .source = NULL };
    struct rollup_options options = { .only_valid = cli->given[OPTION_ONLY_VALID] != NULL, .year = cli->options.year };
    const char *roster = cli->given[OPTION_ROSTER], *previous = options.previous = cli->given[OPTION_PREVIOUS];
    int status = EXIT_VALID;
    if (!take_output(&session) || !cli_forms(cli, &session.forms) || (roster != NULL && !read_roster(&session, roster)))
        return EXIT_USAGE;
    if (!cli_previous(cli))
        return EXIT_USAGE;
    options.output = session.output;
    options.roster = roster != NULL ? &session.roster : NULL;
    if (!add_sources(&session, &sources, cli->operands, cli->noperands))
        return out_of_memory(&session);
    if (*session.folder != '\0' && !os_make_folders(session.folder)) {
        cli_complain(cli, (struct wording){ "没有文件夹“{what}”，也建不了。", "There is no folder {what}, and it cannot be made." }, session.folder, "");
        return EXIT_OUTPUT;
    }
    leave_outputs(&session, &sources);
    os_catch_interrupt();
    session.rollup = roll_up(&session, &sources, &options, &status);
    if (session.rollup != NULL && previous != NULL && session.rollup->form != NULL)
        status = take_previous(&session, previous);
    if (session.rollup != NULL && status == EXIT_VALID)
        status = finish(&session, &sources);
    rollup_free(session.rollup);
    return status;
}
