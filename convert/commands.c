/* SPDX-License-Identifier: MIT */
/* commands: the table of commands, and those that work on reports: convert, check, template. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "convert.h"
#include "give.h"
#include "limits.h"
#include "lines.h"
#include "wording.h"

enum {
    BIT_ALWAYS = 1u << OPTION_LANG | 1u << OPTION_HELP,
    BIT_FORMS = 1u << OPTION_FORMS,
    BIT_JSON = 1u << OPTION_JSON,
    BIT_OUTPUT = 1u << OPTION_OUTPUT,
    BITS_REPORT = BIT_ALWAYS | BIT_FORMS | BIT_JSON | BIT_OUTPUT | 1u << OPTION_UNIT | 1u << OPTION_YEAR | 1u << OPTION_STRICT
};

const struct command commands[] = {
    { "convert", command_convert, BITS_REPORT, "DIR", "FILE|DIR...", 1, SIZE_MAX,
      { "核对，并写出整理好的工作簿（.校验通过.xlsx 或 .待改.xlsx）和文字摘要（.摘要.txt），放在原文件旁边",
        "check, and write a clean workbook (.校验通过.xlsx or .待改.xlsx) and a summary (.摘要.txt) beside the input" },
      { "nianbao convert -o 结果 年报.xlsx", "nianbao convert -o results report.xlsx" } },
    { "check", command_check, BITS_REPORT, "DIR", "FILE|DIR...", 1, SIZE_MAX,
      { "只核对，什么也不写", "the same without writing anything" },
      { "nianbao check 收到的年报/", "nianbao check received/" } },
    { "template", command_template, BIT_ALWAYS | BIT_FORMS | BIT_OUTPUT, "FILE", "FORM", 1, 1,
      { "写出一种格式的空白工作簿，供填报", "write the blank workbook of a form" },
      { "nianbao template 2021 -o 空白表.xlsx", "nianbao template 2021 -o blank.xlsx" } },
    { "forms", command_forms, BIT_ALWAYS | BIT_FORMS | BIT_JSON, NULL, "", 0, 0,
      { "列出知道的格式和法律依据", "list the known forms with their legal basis" },
      { "nianbao forms", "nianbao forms --lang en" } },
    { "rules", command_rules, BIT_ALWAYS | BIT_FORMS | BIT_JSON, NULL, "[FORM]", 0, 1,
      { "列出核对规则、严重程度和法律依据", "list the rules, their severity and legal basis" },
      { "nianbao rules 2021", "nianbao rules 2021 --json" } },
    { "cells", command_cells, BIT_ALWAYS, NULL, "FILE", 1, 1,
      { "逐行列出文件里读到的每个非空单元格：工作表、地址、类型、内容",
        "every non-empty cell as read, one per line: sheet, address, kind, text" },
      { "nianbao cells 年报.xls", "nianbao cells report.xls" } },
    { "marks", command_marks, BIT_ALWAYS | BIT_FORMS, NULL, "FILE", 1, 1,
      { "供插件用：在打开的工作簿里标哪些格、写什么批注、列哪些问题、填哪些合计",
        "for add-ins: which cells of the open workbook to mark, what to note and list there, which totals to fill in" },
      { "nianbao marks 年报.xlsx", "nianbao marks report.xlsx" } },
};
const size_t commands_count = sizeof commands / sizeof *commands;

/* What a batch came to. */
struct tally { size_t verdicts[VERDICT_UNREADABLE + 1], counts[SEVERITY_COUNT]; };

static void
complain_failure(struct cli *cli, const struct failure *failure)
{
    const char *why = failure->fault.status == STATUS_MEMORY ? status_code(STATUS_MEMORY) : failure->fault.where;
    cli_complain(cli, (struct wording){ "没有写成“{what}”（{why}）。请检查磁盘空间和文件夹的写入权限，或者用 -o 换一个地方。",
                                        "Could not write {what} ({why}). Check free space and permissions, or choose another place with -o." },
                 failure->path, why);
}

/* Why an output was not written over the one that is there. */
static void
complain_obstacle(struct cli *cli, const struct job *job)
{
    cli_complain(cli, obstacle_wording(job->obstacle), job->spared, job->report.outputs[0]);
}

static int
exit_of(const struct cli *cli, const struct job *job)
{
    const struct report *report = &job->report;
    if (job->failure.path != NULL)
        return EXIT_OUTPUT;
    if (report->verdict == VERDICT_UNREADABLE)
        return EXIT_UNREADABLE;
    return report->verdict == VERDICT_FAIL || (cli->options.strict && report->counts[SEVERITY_WARNING] > 0) ? EXIT_INVALID : EXIT_VALID;
}

/* Why a source cannot be read, in words. */
static const char *
unreadable_sentence(struct cli *cli, const struct source *source, const struct report *report)
{
    static const struct wording bare = {
        "这个文件夹里没有表格文件：“{what}”。请拖入装有年报表格（.xlsx、.xls、.et）的文件夹，或者直接拖入表格文件。",
        "There is no spreadsheet in the folder {what}. Name a folder with report tables (.xlsx, .xls, .et), or the files themselves.",
    };
    enum language language = cli->options.language;
    if (source->bare)
        return wording_fill(cli->arena, wording_text(bare, language), &(struct slot_text){ "what", source->path }, 1);
    return fault_sentence(cli->arena, source->path, &report->fault, language);       /* the report's arena may be used up */
}

/* Print one result; the paper is an arena of its own, because a file may have used up that of its report. */
static bool
print_report(struct cli *cli, const struct job *job, bool first)
{
    const struct report *report = &job->report;
    struct arena *paper = arena_new(LIMIT_MEMORY);
    struct text out = text_new(paper);
    bool unreadable = report->verdict == VERDICT_UNREADABLE, json = cli->given[OPTION_JSON] != NULL;
    if (paper == NULL)
        out.failed = true;
    else if (json)
        give_json(report, &out);
    else if (!unreadable) {
        text_puts(&out, first ? "" : "\n");
        give_terminal(report, cli->color, &out);
    }
    if (unreadable)
        cli_complain(cli, (struct wording){ "{what}", NULL }, report->error_message, "");
    else if (job->failure.path != NULL)
        complain_failure(cli, &job->failure);
    else if (job->obstacle != OBSTACLE_NONE)
        complain_obstacle(cli, job);
    bool ok = cli_print(cli, &out);
    arena_free(paper);
    return ok;
}

static int
judge_source(struct cli *cli, struct run *run, const struct source *source, struct tally *tally, bool first)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct job job;
    if (arena == NULL) {
        cli_complain_fault(cli, source->path, &(struct fault){ .status = STATUS_MEMORY });
        return EXIT_UNREADABLE;
    }
    run_read(run, source, arena, &job);
    run_write(run, &job);
    if (job.report.verdict == VERDICT_UNREADABLE)
        job.report.error_message = unreadable_sentence(cli, source, &job.report);
    tally->verdicts[job.report.verdict]++;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        tally->counts[i] += job.report.counts[i];
    int status = print_report(cli, &job, first) ? exit_of(cli, &job) : EXIT_OUTPUT;
    arena_free(arena);
    return status;
}

static void
print_tally(struct cli *cli, const struct tally *tally, size_t n)
{
    struct text out = text_new(cli->arena);
    text_printf(&out, cli->options.language == LANGUAGE_EN
                    ? "\n%zu files: %zu passed, %zu to be corrected, %zu unreadable; errors %zu, warnings %zu, notes %zu\n"
                    : "\n共 %zu 个文件：通过 %zu 个，待改 %zu 个，读不了 %zu 个；必须改 %zu 项，请核实 %zu 项，提示 %zu 项。\n",
                n, tally->verdicts[VERDICT_PASS], tally->verdicts[VERDICT_FAIL], tally->verdicts[VERDICT_UNREADABLE],
                tally->counts[SEVERITY_ERROR], tally->counts[SEVERITY_WARNING], tally->counts[SEVERITY_NOTE]);
    cli_print(cli, &out);
}

static int
judge_files(struct cli *cli, bool write)
{
    struct forms forms;
    struct sources sources = { .except = cli->given[OPTION_OUTPUT] };
    struct tally tally = { .counts = { 0 } };
    if (!cli_forms(cli, &forms))
        return EXIT_USAGE;
    struct run run = { .arena = cli->arena, .forms = &forms, .options = cli->options, .write = write, .folder = cli->given[OPTION_OUTPUT] };
    bool memory = true;
    for (size_t i = 0; i < cli->noperands && memory; i++)
        memory = sources_add(cli->arena, &sources, cli->operands[i]);
    if (!memory || !run_keep(&run, &sources)) {
        cli_complain_fault(cli, cli->operands[0], &(struct fault){ .status = STATUS_MEMORY });
        return EXIT_UNREADABLE;
    }
    int worst = EXIT_VALID;
    for (size_t i = 0; i < sources.n; i++) {
        int status = judge_source(cli, &run, &sources.source[i], &tally, i == 0);
        worst = status > worst ? status : worst;
    }
    if (sources.n > 1 && cli->given[OPTION_JSON] == NULL)
        print_tally(cli, &tally, sources.n);
    return worst;
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

/* -- template -- */

/* "政府信息公开工作年度报告（2021年格式）.xlsx"; from the second on with "(2)". */
static const char *
template_name(struct cli *cli, const struct form *form, unsigned number)
{
    struct text name = text_new(cli->arena);
    text_printf(&name, "%s（", form->title);
    line_form_id(&name, form);
    text_puts(&name, "）");
    if (number > 1)
        text_printf(&name, "(%u)", number);
    text_puts(&name, ".xlsx");
    return name.failed ? NULL : name.at;
}

static bool
holds(struct cli *cli, const char *path, const unsigned char *bytes, size_t n)
{
    unsigned char *there;
    size_t nthere;
    return os_read_file(cli->arena, path, &there, &nthere, NULL) == STATUS_OK && nthere == n && memcmp(there, bytes, n) == 0;
}

/* Write to the file that was named, or else to the first name that is free or holds an untouched template. */
static enum status
place_template(struct cli *cli, const struct form *form, const unsigned char *bytes, size_t n, const char **path, struct fault *fault)
{
    struct run nothing = { .arena = cli->arena };
    *path = cli->given[OPTION_OUTPUT];
    if (*path != NULL)
        return os_write_file(*path, bytes, n, true, NULL, fault);
    for (unsigned number = 1; (*path = template_name(cli, form, number)) != NULL; number++) {
        if (!os_file_exists(*path))
            return os_write_file(*path, bytes, n, false, NULL, fault);
        if (holds(cli, *path, bytes, n))
            return STATUS_OK;
        if (run_may_replace(&nothing, *path))
            return os_write_file(*path, bytes, n, true, NULL, fault);
    }
    return fault_set(fault, STATUS_MEMORY, "%s", "");
}

int
command_template(struct cli *cli)
{
    struct forms forms;
    struct failure failure = { .path = NULL };
    unsigned char *bytes;
    size_t n;
    const char *path = "";
    if (!cli_forms(cli, &forms))
        return EXIT_USAGE;
    const struct form *form = cli_form(cli, &forms, cli->operands[0]);
    if (form == NULL)
        return EXIT_USAGE;
    if (give_template(cli->arena, form, &bytes, &n, &failure.fault) != STATUS_OK ||
        place_template(cli, form, bytes, n, &path, &failure.fault) != STATUS_OK) {
        failure.path = path != NULL ? path : "";
        complain_failure(cli, &failure);
        return EXIT_OUTPUT;
    }
    struct text out = text_new(cli->arena);
    text_printf(&out, "%s\n", path);
    return cli_print(cli, &out) ? EXIT_VALID : EXIT_OUTPUT;
}
