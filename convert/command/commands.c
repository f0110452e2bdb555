/* SPDX-License-Identifier: MIT */
/* commands: the table of commands, and template. */
#include <string.h>

#include "cli.h"
#include "convert.h"
#include "give.h"
#include "lines.h"
#include "predecessors.h"
#include "wording.h"

enum {
    BIT_ALWAYS = 1u << OPTION_LANG | 1u << OPTION_HELP,
    BIT_FORMS = 1u << OPTION_FORMS,
    BIT_JSON = 1u << OPTION_JSON,
    BIT_OUTPUT = 1u << OPTION_OUTPUT,
    BITS_REPORT = BIT_ALWAYS | BIT_FORMS | BIT_JSON | BIT_OUTPUT | 1u << OPTION_UNIT | 1u << OPTION_YEAR | 1u << OPTION_CSV | 1u << OPTION_STRICT
                | 1u << OPTION_PREVIOUS | 1u << OPTION_TEXT,
    BITS_ROLLUP = BIT_ALWAYS | BIT_FORMS | BIT_JSON | BIT_OUTPUT | 1u << OPTION_YEAR | 1u << OPTION_CSV | 1u << OPTION_ROSTER | 1u << OPTION_PREVIOUS
                | 1u << OPTION_ONLY_VALID
};

const struct command commands[] = {
    { "convert", command_convert, BITS_REPORT | 1u << OPTION_FORCE, "DIR", "FILE|DIR...", 1, SIZE_MAX,
      { "核对，并写出整理好的工作簿（.校验通过.xlsx）或标了错的原工作簿（.待改.xlsx）和文字摘要（.摘要.txt），放在原文件旁边",
        "check, and write a clean workbook (.校验通过.xlsx) or the input with marks (.待改.xlsx) and a summary (.摘要.txt) beside the input" },
      { "nianbao convert -o 结果 年报.xlsx", "nianbao convert -o results report.xlsx" } },
    { "check", command_check, BITS_REPORT, "DIR", "FILE|DIR...", 1, SIZE_MAX,
      { "只核对，什么也不写", "the same without writing anything" },
      { "nianbao check 收到的年报/", "nianbao check received/" } },
    { "rollup", command_rollup, BITS_ROLLUP, "OUT.xlsx", "FILE|DIR...", 1, SIZE_MAX,
      { "汇总：各单位的数相加，写出汇总工作簿，旁边是退回清单和公布情况", "add up many reports: a workbook with the sums, and letters to those who have to correct" },
      { "nianbao rollup -o 汇总.xlsx --roster 名单.xlsx 收到的年报/", "nianbao rollup -o sums.xlsx --roster bodies.xlsx received/" } },
    { "verify", command_verify, BIT_ALWAYS | BIT_FORMS | BIT_JSON, NULL, "FILE|DIR...", 1, SIZE_MAX,
      { "写出的工作簿后来改动过没有，改了哪些格；汇总文件加上文件夹：汇总所用的文件变了没有。退出状态：0 一致；1 有改动；2 判断不了",
        "has a workbook changed since it was written, and which cells; a roll-up with a folder: have its inputs. Exit status: 0 as written; "
        "1 changed; 2 cannot be told" },
      { "nianbao verify 年报.校验通过.xlsx", "nianbao verify report.校验通过.xlsx" } },
    { "template", command_template, BIT_ALWAYS | BIT_FORMS | BIT_OUTPUT | 1u << OPTION_PREVIOUS, "FILE", "FORM", 1, 1,
      { "写出一种格式的空白工作簿，供填报；有 --previous 时填好上年结转，表旁列出上年的数",
        "write the blank workbook of a form; with --previous what was carried over is filled in, and last year's numbers stand beside the tables" },
      { "nianbao template 2021 --previous 去年.校验通过.xlsx -o 空白表.xlsx", "nianbao template 2021 --previous last-year.xlsx -o blank.xlsx" } },
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

/* Last year's reports, all that are given: report->previous, NULL when none is. False after saying what is wrong with them. */
static bool
take_previous(struct cli *cli, const struct forms *forms, const struct form *form, struct report *report)
{
    struct predecessors all;
    *report = (struct report){ .arena = cli->arena, .file = "" };
    if (cli->nprevious == 0)
        return true;
    if (!cli_previous(cli))
        return false;
    for (size_t i = 0; i < cli->nprevious; i++)
        if (os_is_directory(cli->previous[i])) {
            cli_complain(cli, (struct wording){ "“{what}”是文件夹；template 的 --previous 后面要写一份报告。",
                                                "{what} is a folder; --previous of template needs a report." }, cli->previous[i], "");
            return false;
        }
    bool ok = predecessors_read(cli->arena, forms, cli->previous, cli->nprevious, true, &all);
    for (size_t i = 0; ok && i < all.n; i++)             /* the newest is last year's */
        report->year = all.at[i].year >= report->year && all.at[i].year != 0 ? all.at[i].year + 1 : report->year;
    if (!ok || !previous_find(report, &all)) {
        cli_complain_fault(cli, cli->previous[0], &(struct fault){ .status = STATUS_MEMORY });
        return false;
    }
    for (size_t i = 0; i < report->previous->nremarks; i++) {
        const char *line = remark_sentence(report, &report->previous->remarks[i], cli->options.language);
        cli_complain_line(line != NULL ? line : status_code(STATUS_MEMORY));
    }
    const struct form *due = report->year != 0 ? forms_for_year(forms, report->year) : NULL;
    if (due != NULL && due != form)
        cli_complain(cli, (struct wording){ "注意：下一年度应当用 {what} 格式，写出的是 {why} 格式。", "Note: next year needs form {what}; this is {why}." }, due->id,
                     form->id);
    return report->previous->n > 0;
}

int
command_template(struct cli *cli)
{
    struct forms forms;
    struct report asked;
    struct fault fault = { .status = STATUS_OK };
    unsigned char *bytes;
    size_t n;
    const char *path = "";
    if (!cli_forms(cli, &forms))
        return EXIT_USAGE;
    const struct form *form = cli_form(cli, &forms, cli->operands[0]);
    if (form == NULL)
        return EXIT_USAGE;
    if (!take_previous(cli, &forms, form, &asked))
        return EXIT_USAGE;
    if (give_template(cli->arena, form, asked.previous, &bytes, &n, &fault) != STATUS_OK ||
        place_template(cli, form, bytes, n, &path, &fault) != STATUS_OK) {
        const char *line = output_sentence(cli->arena, path != NULL ? path : "", &fault, cli->options.language);
        cli_complain_line(line != NULL ? line : status_code(STATUS_MEMORY));
        return EXIT_OUTPUT;
    }
    struct text out = text_new(cli->arena);
    text_printf(&out, "%s\n", path);
    return cli_print(cli, &out) ? EXIT_VALID : EXIT_OUTPUT;
}
