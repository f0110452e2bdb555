/* SPDX-License-Identifier: MIT */
/* commands_rollup: the command rollup. It gathers, chooses and adds (rollup.h), writes the workbook and the letters, and says of every input
 * that does not count, or has to be corrected, what and why. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "csv.h"
#include "json_writer.h"
#include "limits.h"
#include "lines.h"
#include "names.h"
#include "read.h"
#include "rollup.h"
#include "stamp.h"
#include "wording.h"

enum { PRINT_BYTES = 1 << 16, NUMBERS = 10000, NAMES = 20 };

struct session {
    struct cli *cli;
    struct forms forms;
    struct roster roster;
    struct rollup *rollup;
    const char *output, *folder;     /* where the workbook goes; its folder, "" or ending in '/' */
    const char **missing; size_t nmissing;
};

/* -- places -- */

/* Is nothing there, or a roll-up that nobody has changed? `ours`: there is a roll-up, changed or not. */
static bool
may_replace(const char *path, bool *ours)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct book book = { .arena = arena };
    unsigned char *bytes;
    size_t n;
    bool there = os_file_exists(path);
    *ours = there && arena != NULL && os_read_file(arena, path, &bytes, &n, NULL) == STATUS_OK
         && read_book(arena, bytes, n, &book, NULL) == STATUS_OK && book_property(&book, FILING_COVERED) != NULL;
    bool free = !there || (*ours && stamp_check(&book) == STAMP_INTACT && !os_file_held(path));
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
    struct os_id mine, theirs;
    if (strncmp(base, wanted, stem) != 0 || strspn(base + stem, "(0123456789)") != strcspn(base + stem, "."))
        return false;
    const char *folder = arena_text(session->cli->arena, path, (size_t)(base - path));
    bool same = folder != NULL && os_identify(*folder != '\0' ? folder : ".", &theirs)
             && os_identify(*session->folder != '\0' ? session->folder : ".", &mine) && mine.device == theirs.device && mine.file == theirs.file;
    bool ours = false;
    if (same)
        may_replace(path, &ours);
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

static size_t
count(const struct rollup *rollup, bool (*is)(const struct entry *entry))
{
    size_t n = 0;
    for (size_t i = 0; i < rollup->nentries; i++)
        n += is(&rollup->entries[i]);
    return n;
}

static bool
is_failing(const struct entry *entry)
{
    return entry->fate == FATE_COUNTED_FAILING || entry->fate == FATE_LEFT_OUT;
}

static bool
is_out(const struct entry *entry)
{
    return !entry_counts(entry);
}

static bool
is_readable(const struct entry *entry)
{
    return entry->verdict != VERDICT_UNREADABLE;
}

/* -- text -- */

static void
put_why(struct session *session, struct text *out, const struct entry *entry, struct arena *scratch)
{
    const struct rollup *rollup = session->rollup;
    bool english = session->cli->options.language == LANGUAGE_EN;
    if (entry->fate == FATE_UNREADABLE) {
        const struct filing *filing = spool_get(rollup->spool, entry->filing, scratch);
        text_puts(out, english ? ": " : "：");
        line_put(out, filing != NULL ? filing->trouble : NULL);
    } else if (is_failing(entry))
        text_printf(out, english ? ": %s %zu" : "：%s %zu 项", severity_word(SEVERITY_ERROR, session->cli->options.language), entry->errors);
    else if (entry->fate == FATE_OTHER_FORM) {
        text_puts(out, english ? ": " : "：");
        if (entry->year != 0)
            text_printf(out, english ? "%d, " : "%d 年度，", entry->year);
        line_form_id(out, entry->form);
        text_puts(out, entry->whole ? "" : english ? ", tables of two forms" : "，各表格式不一");
    } else if (entry->with != SIZE_MAX) {
        text_puts(out, english ? ": " : "：见 ");
        line_put(out, rollup->entries[entry->with].file);
        text_puts(out, !entry->other_version ? "" : english ? " (another version)" : "（那里是另一个版本）");
    }
}

static void
put_entry(struct session *session, struct text *out, const struct entry *entry, struct arena *scratch)
{
    bool english = session->cli->options.language == LANGUAGE_EN;
    text_printf(out, english ? "[%s] " : "【%s】", english ? fate_code(entry->fate) : fate_word(entry->fate));
    if (entry->fate != FATE_UNREADABLE) {
        line_put(out, entry->name);
        text_puts(out, english ? " " : "　");
    }
    line_put(out, entry->file);
    put_why(session, out, entry, scratch);
    text_putc(out, '\n');
}

static void
put_missing(const struct session *session, struct text *out)
{
    bool english = session->cli->options.language == LANGUAGE_EN;
    if (session->nmissing == 0)
        return;
    text_puts(out, english ? "[missing] " : "【未报】");
    for (size_t i = 0; i < session->nmissing && i < NAMES; i++) {
        text_puts(out, i == 0 ? "" : english ? ", " : "、");
        line_put(out, session->missing[i]);
    }
    if (session->nmissing > NAMES)
        text_printf(out, english ? ", … %zu in all" : "……共 %zu 个", session->nmissing);
    text_putc(out, '\n');
}

static void
put_verdict(const struct session *session, struct text *out)
{
    const struct rollup *rollup = session->rollup;
    bool english = session->cli->options.language == LANGUAGE_EN;
    line_put(out, rollup->area);
    if (rollup->year != 0)
        text_printf(out, english ? " %d" : " %d 年度", rollup->year);
    text_printf(out, english ? ": counted %zu units" : "：计入 %zu 个单位", rollup->units);
    if (rollup->counted != rollup->units)
        text_printf(out, english ? " (%zu files)" : "（%zu 个文件）", rollup->counted);
    text_printf(out, english ? ", %zu to be corrected, %zu files left out" : "，待更正 %zu 个，没有计入 %zu 个文件", count(rollup, is_failing),
                count(rollup, is_out));
    if (rollup->options.roster != NULL)
        text_printf(out, english ? ", %zu missing" : "，未报 %zu 个", session->nmissing);
    text_puts(out, english ? ".\n" : "。\n");
}

static bool
flush(struct session *session, struct text *out, size_t bytes)
{
    if (out->n < bytes && !out->failed)
        return true;
    bool ok = cli_print(session->cli, out);
    out->n = 0;
    return ok;
}

static bool
tell_text(struct session *session, struct text *out, struct arena *scratch)
{
    const struct rollup *rollup = session->rollup;
    enum language language = session->cli->options.language;
    bool ok = true;
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        arena_reset(scratch);
        if (rollup->entries[i].fate != FATE_COUNTED)
            put_entry(session, out, &rollup->entries[i], scratch);
        ok = flush(session, out, PRINT_BYTES);
    }
    put_missing(session, out);
    arena_reset(scratch);
    for (size_t i = 0; i < rollup->ndifferences; i++) {
        text_printf(out, language == LANGUAGE_EN ? "[%s] " : "【%s】", severity_word(rollup->differences[i].severity, language));
        line_put(out, difference_words(rollup, &rollup->differences[i], scratch, language));
        text_putc(out, '\n');
    }
    for (size_t i = 0; i < rollup->noutputs; i++) {
        text_puts(out, language == LANGUAGE_EN ? "written: " : "已写出：");
        line_put(out, rollup->outputs[i]);
        text_putc(out, '\n');
    }
    put_verdict(session, out);
    return ok && flush(session, out, 0);
}

/* -- JSON, schema nianbao.rollup/1 -- */

static void
put_sums(struct json *json, const struct form *form, const struct sum *sums)
{
    char number[DECIMAL_TEXT];
    json_key(json, "values");
    json_open(json, '{');
    for (size_t i = 0; i < form->nslots; i++) {
        json_key(json, form->slots[i].key);
        json_open(json, '{');
        if (!sums[i].overflow)
            json_member(json, "value", decimal_text((struct decimal){ sums[i].micros }, number));
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void
put_file(struct json *json, const struct entry *entry)
{
    json_member(json, "file", entry->file);
    json_member(json, "unit", entry->named || entry->member != SIZE_MAX ? entry->name : NULL);
    json_member_some(json, "sha256", entry->sha256);
    json_member(json, "verdict", verdict_code(entry->verdict));
}

static void
put_input(struct json *json, const struct rollup *rollup, const struct entry *entry, struct arena *scratch)
{
    json_open(json, '{');
    put_file(json, entry);
    json_member(json, "fate", fate_code(entry->fate));
    json_member_int(json, "errors", (long long)entry->errors);
    if (entry->with != SIZE_MAX)
        json_member(json, "with", rollup->entries[entry->with].file);
    if (entry->rollup)
        json_member_int(json, "units", (long long)entry->covered);
    if (entry->late)
        json_member(json, "late", "yes");
    if (entry->fate == FATE_UNREADABLE) {
        const struct filing *filing = spool_get(rollup->spool, entry->filing, scratch);
        json_member_some(json, "message", filing != NULL ? filing->trouble : NULL);
    }
    json_close(json, '}');
}

static void
put_difference(struct json *json, const struct rollup *rollup, const struct difference *difference, enum language language, struct arena *scratch)
{
    const struct slot *slot = &rollup->form->slots[difference->slot];
    char number[DECIMAL_TEXT];
    struct decimal theirs = { difference->micros }, ours = { rollup->sums[difference->slot].micros }, apart;
    json_open(json, '{');
    json_member(json, "rule", "rollup-sum");
    json_member(json, "severity", severity_code(difference->severity));
    json_key(json, "keys");
    json_open(json, '[');
    json_string(json, slot->key);
    json_close(json, ']');
    json_member(json, "path", slot->path);
    if (difference->has)
        json_member(json, "found", decimal_text(theirs, number));
    json_member(json, "expected", decimal_text(ours, number));
    if (difference->has && decimal_sub(theirs, ours, &apart))
        json_member(json, "difference", decimal_text(apart, number));
    json_member(json, "message", difference_words(rollup, difference, scratch, language));
    json_close(json, '}');
}

static void
put_strings(struct json *json, const char *member, const char **texts, size_t n)
{
    json_key(json, member);
    json_open(json, '[');
    for (size_t i = 0; i < n; i++)
        json_string(json, texts[i]);
    json_close(json, ']');
}

static void
put_head(struct json *json, const struct rollup *rollup)
{
    json_member(json, "schema", "nianbao.rollup/1");
    json_member(json, "program", "nianbao " NIANBAO_VERSION);
    json_member(json, "unit", rollup->area);
    if (rollup->year != 0)
        json_member_int(json, "year", rollup->year);
    else
        json_member(json, "year", NULL);
    json_member(json, "form", rollup->form != NULL ? rollup->form->id : NULL);
    if (rollup->form != NULL)
        put_sums(json, rollup->form, rollup->sums);
    json_member_int(json, "counted", (long long)rollup->counted);
    json_member_int(json, "units", (long long)rollup->units);
    if (rollup->before != NULL) {
        json_key(json, "previous");
        json_open(json, '{');
        put_sums(json, rollup->form, rollup->before);
        json_close(json, '}');
    }
}

static void
put_tail(struct session *session, struct json *json, struct arena *scratch)
{
    const struct rollup *rollup = session->rollup;
    put_strings(json, "missing", session->missing, session->nmissing);
    if (rollup->parent != SIZE_MAX) {
        json_key(json, "parent");
        json_open(json, '{');
        put_file(json, &rollup->entries[rollup->parent]);
        json_close(json, '}');
    }
    json_key(json, "findings");
    json_open(json, '[');
    for (size_t i = 0; i < rollup->ndifferences; i++)
        put_difference(json, rollup, &rollup->differences[i], session->cli->options.language, scratch);
    json_close(json, ']');
    put_strings(json, "outputs", rollup->outputs, rollup->noutputs);
}

static bool
tell_json(struct session *session, struct text *out, struct arena *scratch)
{
    const struct rollup *rollup = session->rollup;
    struct json json = { .out = out };
    bool ok = true;
    json_open(&json, '{');
    put_head(&json, rollup);
    json_key(&json, "inputs");
    json_open(&json, '[');
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        arena_reset(scratch);
        put_input(&json, rollup, &rollup->entries[i], scratch);
        ok = flush(session, out, PRINT_BYTES);
    }
    json_close(&json, ']');
    arena_reset(scratch);
    put_tail(session, &json, scratch);
    json_close(&json, '}');
    text_putc(out, '\n');
    return ok && flush(session, out, 0);
}

/* -- CSV -- */

static bool
tell_csv(struct session *session, struct text *out, struct arena *scratch)
{
    const struct rollup *rollup = session->rollup;
    bool ok = true;
    csv_filings_head(out, rollup->form);
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        arena_reset(scratch);
        const struct filing *filing = spool_get(rollup->spool, rollup->entries[i].filing, scratch);
        if (filing != NULL)
            csv_filing(out, filing, rollup->entries[i].name, fate_code(rollup->entries[i].fate), rollup->form);
        out->failed |= filing == NULL;
        ok = flush(session, out, PRINT_BYTES);
    }
    return ok && flush(session, out, 0);
}

/* -- the whole -- */

static bool
tell(struct session *session)
{
    struct cli *cli = session->cli;
    struct text out = text_new(cli->arena);
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool ok = scratch != NULL && (cli->given[OPTION_JSON] != NULL ? tell_json(session, &out, scratch)
                                : cli->given[OPTION_CSV] != NULL && session->rollup->form != NULL ? tell_csv(session, &out, scratch)
                                : tell_text(session, &out, scratch));
    arena_free(scratch);
    return ok;
}

/* Write the workbook to the first of its names that is free, then what lies beside it. */
static enum status
write_outputs(struct session *session, struct fault *fault)
{
    struct rollup *rollup = session->rollup;
    bool ours;
    os_remove_leftovers(*session->folder != '\0' ? session->folder : ".");
    for (unsigned number = 1; number < NUMBERS; number++) {
        session->output = numbered(session->cli->arena, session->cli->given[OPTION_OUTPUT], number);
        if (session->output == NULL)
            return fault_set(fault, STATUS_MEMORY, "%s", "");
        if (may_replace(session->output, &ours))
            break;
    }
    enum status status = rollup->counted > 0 ? rollup_write(rollup, session->output, fault) : STATUS_OK;
    if (status == STATUS_OK && rollup->counted > 0 && !rollup_wrote(rollup, session->output))
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    return status == STATUS_OK ? rollup_letters(rollup, session->folder, fault) : status;
}

static int
exit_of(const struct session *session)
{
    const struct rollup *rollup = session->rollup;
    bool differs = false;
    for (size_t i = 0; i < rollup->ndifferences; i++)
        differs = differs || rollup->differences[i].severity != SEVERITY_NOTE;
    if (count(rollup, is_readable) == 0)
        return EXIT_UNREADABLE;
    return count(rollup, is_failing) > 0 || session->nmissing > 0 || differs ? EXIT_INVALID : EXIT_VALID;
}

static int
finish(struct session *session)
{
    struct fault fault = { .status = STATUS_OK };
    struct rollup *rollup = session->rollup;
    rollup->area = find_area(session);
    if (rollup->area == NULL || !find_missing(session))
        return out_of_memory(session);
    if (count(rollup, is_readable) > 0 && write_outputs(session, &fault) != STATUS_OK) {
        const char *line = output_sentence(session->cli->arena, session->output, &fault, session->cli->options.language);
        cli_complain_line(line != NULL ? line : status_code(fault.status));
        return EXIT_OUTPUT;
    }
    return tell(session) ? exit_of(session) : EXIT_OUTPUT;
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
        status = finish(&session);
    rollup_free(session.rollup);
    return status;
}
