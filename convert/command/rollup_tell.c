/* SPDX-License-Identifier: MIT */
/* rollup_tell: see the header. The text has a line for every input that does not count, or has to be corrected. */
#include "rollup_tell.h"

#include "csv.h"
#include "json_writer.h"
#include "limits.h"
#include "lines.h"
#include "wording.h"

enum { PRINT_BYTES = 1 << 16, NAMES = 20 };

size_t
entries_that(const struct rollup *rollup, bool (*are)(const struct entry *entry))
{
    size_t n = 0;
    for (size_t i = 0; i < rollup->nentries; i++)
        n += are(&rollup->entries[i]);
    return n;
}

bool
entry_failing(const struct entry *entry)
{
    return entry->fate == FATE_COUNTED_FAILING || entry->fate == FATE_LEFT_OUT;
}

static bool
is_out(const struct entry *entry)
{
    return !entry_counts(entry);
}

bool
entry_readable(const struct entry *entry)
{
    return entry->verdict != VERDICT_UNREADABLE;
}

/* -- text -- */

static void
put_why(const struct telling *telling, struct text *out, const struct entry *entry, struct arena *scratch)
{
    const struct rollup *rollup = telling->rollup;
    bool english = telling->cli->options.language == LANGUAGE_EN;
    if (entry->fate == FATE_UNREADABLE) {
        const struct filing *filing = spool_get(rollup->spool, entry->filing, scratch);
        text_puts(out, english ? ": " : "：");
        line_put(out, filing != NULL ? filing->trouble : NULL);
    } else if (entry_failing(entry))
        text_printf(out, english ? ": %s %zu" : "：%s %zu 项", severity_word(SEVERITY_ERROR, telling->cli->options.language), entry->errors);
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
put_entry(const struct telling *telling, struct text *out, const struct entry *entry, struct arena *scratch)
{
    bool english = telling->cli->options.language == LANGUAGE_EN;
    text_printf(out, english ? "[%s] " : "【%s】", english ? fate_code(entry->fate) : fate_word(entry->fate));
    if (entry->fate != FATE_UNREADABLE) {
        line_put(out, entry->name);
        text_puts(out, english ? " " : "　");
    }
    line_put(out, entry->file);
    put_why(telling, out, entry, scratch);
    text_putc(out, '\n');
}

static void
put_missing(const struct telling *telling, struct text *out)
{
    bool english = telling->cli->options.language == LANGUAGE_EN;
    if (telling->nmissing == 0)
        return;
    text_puts(out, english ? "[missing] " : "【未报】");
    for (size_t i = 0; i < telling->nmissing && i < NAMES; i++) {
        text_puts(out, i == 0 ? "" : english ? ", " : "、");
        line_put(out, telling->missing[i]);
    }
    if (telling->nmissing > NAMES)
        text_printf(out, english ? ", … %zu in all" : "……共 %zu 个", telling->nmissing);
    text_putc(out, '\n');
}

static void
put_verdict(const struct telling *telling, struct text *out)
{
    const struct rollup *rollup = telling->rollup;
    bool english = telling->cli->options.language == LANGUAGE_EN;
    line_put(out, rollup->area);
    if (rollup->year != 0)
        text_printf(out, english ? " %d" : " %d 年度", rollup->year);
    text_printf(out, english ? ": counted %zu units" : "：计入 %zu 个单位", rollup->units);
    if (rollup->counted != rollup->units)
        text_printf(out, english ? " (%zu files)" : "（%zu 个文件）", rollup->counted);
    text_printf(out, english ? ", %zu to be corrected, %zu files left out" : "，待更正 %zu 个，没有计入 %zu 个文件", entries_that(rollup, entry_failing),
                entries_that(rollup, is_out));
    if (rollup->options.roster != NULL)
        text_printf(out, english ? ", %zu missing" : "，未报 %zu 个", telling->nmissing);
    text_puts(out, english ? ".\n" : "。\n");
}

static bool
flush(const struct telling *telling, struct text *out, size_t bytes)
{
    if (out->n < bytes && !out->failed)
        return true;
    bool ok = cli_print(telling->cli, out);
    out->n = 0;
    return ok;
}

/* What is in the sum twice, and what is not in it although its file is here. */
static void
put_doubts(const struct telling *telling, struct text *out)
{
    const struct rollup *rollup = telling->rollup;
    bool english = telling->cli->options.language == LANGUAGE_EN;
    for (size_t i = 0; i < rollup->nrepeats; i++) {
        const struct repeat *repeat = &rollup->repeats[i];
        text_puts(out, english ? "[counted twice] " : "【加了两次】");
        line_put(out, repeat->name);
        text_puts(out, english ? ": another version in each of " : "：内容不同的两份，在 ");
        line_put(out, rollup->entries[repeat->first].file);
        text_puts(out, english ? " and " : " 和 ");
        line_put(out, rollup->entries[repeat->second].file);
        text_puts(out, english ? "; roll up the files of the units\n" : " 里。请用各单位的文件重新汇总。\n");
    }
    for (size_t i = 0; i < rollup->nentries; i++) {
        if (rollup->entries[i].lost == 0)
            continue;
        text_puts(out, english ? "[lost] " : "【少计】");
        line_put(out, rollup->entries[i].file);
        text_printf(out, english ? ": left out, and %zu of its reports are nowhere else\n"
                                 : "：没有计入，其中有 %zu 份报告别处没有。请用各单位的文件重新汇总。\n", rollup->entries[i].lost);
    }
}

static bool
tell_text(const struct telling *telling, struct text *out, struct arena *scratch)
{
    const struct rollup *rollup = telling->rollup;
    enum language language = telling->cli->options.language;
    bool ok = true;
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        arena_reset(scratch);
        if (rollup->entries[i].fate != FATE_COUNTED)
            put_entry(telling, out, &rollup->entries[i], scratch);
        ok = flush(telling, out, PRINT_BYTES);
    }
    put_missing(telling, out);
    put_doubts(telling, out);
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
    put_verdict(telling, out);
    return ok && flush(telling, out, 0);
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
    if (entry->lost > 0)
        json_member_int(json, "lost", (long long)entry->lost);
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
    json_member(json, "path", slot_path(scratch, slot));
    if (difference->has)
        json_member(json, "found", decimal_text(theirs, number));
    json_member(json, "expected", decimal_text(ours, number));
    if (difference->has && decimal_sub(theirs, ours, &apart))
        json_member(json, "difference", decimal_text(apart, number));
    json_member(json, "message", difference_words(rollup, difference, scratch, language));
    json_close(json, '}');
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
put_tail(const struct telling *telling, struct json *json, struct arena *scratch)
{
    const struct rollup *rollup = telling->rollup;
    json_member_texts(json, "missing", telling->missing, telling->nmissing);
    json_key(json, "twice");
    json_open(json, '[');
    for (size_t i = 0; i < rollup->nrepeats; i++) {
        json_open(json, '{');
        json_member(json, "unit", rollup->repeats[i].name);
        json_member_texts(json, "files", (const char *[]){ rollup->entries[rollup->repeats[i].first].file, rollup->entries[rollup->repeats[i].second].file }, 2);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_member_texts(json, "no_table", rollup->aside.path, rollup->aside.n);
    json_member_texts(json, "not_read", rollup->others.path, rollup->others.n);
    if (rollup->parent != SIZE_MAX) {
        json_key(json, "parent");
        json_open(json, '{');
        put_file(json, &rollup->entries[rollup->parent]);
        json_close(json, '}');
    }
    json_key(json, "findings");
    json_open(json, '[');
    for (size_t i = 0; i < rollup->ndifferences; i++)
        put_difference(json, rollup, &rollup->differences[i], telling->cli->options.language, scratch);
    json_close(json, ']');
    json_member_texts(json, "outputs", rollup->outputs, rollup->noutputs);
}

static bool
tell_json(const struct telling *telling, struct text *out, struct arena *scratch)
{
    const struct rollup *rollup = telling->rollup;
    struct json json = { .out = out };
    bool ok = true;
    json_open(&json, '{');
    put_head(&json, rollup);
    json_key(&json, "inputs");
    json_open(&json, '[');
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        arena_reset(scratch);
        put_input(&json, rollup, &rollup->entries[i], scratch);
        ok = flush(telling, out, PRINT_BYTES);
    }
    json_close(&json, ']');
    arena_reset(scratch);
    put_tail(telling, &json, scratch);
    json_close(&json, '}');
    text_putc(out, '\n');
    return ok && flush(telling, out, 0);
}

/* -- CSV -- */

static bool
tell_csv(const struct telling *telling, struct text *out, struct arena *scratch)
{
    const struct rollup *rollup = telling->rollup;
    bool ok = true;
    csv_filings_head(out, rollup->form);
    for (size_t i = 0; ok && i < rollup->nentries; i++) {
        arena_reset(scratch);
        const struct filing *filing = spool_get(rollup->spool, rollup->entries[i].filing, scratch);
        if (filing != NULL)
            csv_filing(out, filing, rollup->entries[i].name, fate_code(rollup->entries[i].fate), rollup->form);
        out->failed |= filing == NULL;
        ok = flush(telling, out, PRINT_BYTES);
    }
    return ok && flush(telling, out, 0);
}

/* -- in the shape that was asked for -- */

bool
rollup_tell(const struct telling *telling)
{
    struct cli *cli = telling->cli;
    struct text out = text_new(cli->arena);
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    bool ok = scratch != NULL && (cli->given[OPTION_JSON] != NULL ? tell_json(telling, &out, scratch)
                                : cli->given[OPTION_CSV] != NULL && telling->rollup->form != NULL ? tell_csv(telling, &out, scratch)
                                : tell_text(telling, &out, scratch));
    arena_free(scratch);
    return ok;
}
