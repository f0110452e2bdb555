/* SPDX-License-Identifier: MIT */
/* cli: parsing, help and complaints. Options may stand anywhere before "--"; "-o DIR" and "-oDIR", "--forms DIR" and "--forms=DIR"
 * are the same. A first word that is no command is a file to convert. Left out: bundled and abbreviated options. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "guess.h"
#include "limits.h"
#include "locate.h"
#include "names.h"
#include "os.h"
#include "read.h"
#include "wording.h"

/* An argument in brackets may be left out, and comes in the same word. */
static const struct option { const char *name, *argument; struct wording says; } options[OPTION_COUNT] = {
    [OPTION_OUTPUT] = { "-o", "DIR", { "输出放到这个文件夹，而不是原文件旁边（template：写成这个文件）",
                                       "put outputs into this folder instead of beside the input (template: write this file)" } },
    [OPTION_FORMS] = { "--forms", "DIR", { "另外使用这个文件夹里的格式定义（*.yaml）", "add the form definitions (*.yaml) of this folder" } },
    [OPTION_UNIT] = { "--unit", "NAME", { "文件里没有写单位时，用这个单位名称", "the unit, for files that do not name theirs" } },
    [OPTION_YEAR] = { "--year", "YEAR", { "文件里没有写年度时，用这个年度", "the report year, for files that do not say theirs" } },
    [OPTION_JSON] = { "--json", NULL, { "标准输出只有 JSON，每行一个对象", "JSON on standard output, one object a line" } },
    [OPTION_CSV] = { "--csv", "[=values]", { "标准输出只有 CSV：每个问题一行；--csv=values：每个单位一行，列出全部数",
                                             "CSV on standard output, one finding a line; --csv=values: one unit a line, with all its values" } },
    [OPTION_ROSTER] = { "--roster", "FILE", { "应报单位名单（只有“全称”一列必填）", "the list of the bodies that have to report (only 全称 is needed)" } },
    [OPTION_PREVIOUS] = { "--previous", "FILE|DIR", { "上一年度的报告（或装着它们的文件夹；rollup：汇总表），用来核对结转、与上年对比；合并的单位可以写几次",
                           "last year's report, or a folder of reports (rollup: the roll-up), to compare with; more than once after a merger" } },
    [OPTION_TEXT] = { "--text", "FILE", { "报告正文（.docx、.txt、网页等），和表里的数核对；只能有一个输入文件", "the text of the report (.docx, .txt, HTML …), compared with the tables; for one input alone" } },
    [OPTION_ONLY_VALID] = { "--only-valid", NULL, { "只计入核对通过的", "count only those that pass" } },
    [OPTION_FORCE] = { "--force", NULL, { "没有变化的也重新写出", "write outputs again that have not changed" } },
    [OPTION_STRICT] = { "--strict", NULL, { "有“请核实”时退出状态为 1，其他不变", "a warning gives exit status 1; nothing else changes" } },
    [OPTION_LANG] = { "--lang", "zh|en", { "消息的语言，默认 zh；表格和摘要总是中文", "language of messages, zh unless told; workbooks and summaries stay Chinese" } },
    [OPTION_HELP] = { "--help", NULL, { "显示用法", "show this help" } },
    [OPTION_VERSION] = { "--version", NULL, { "显示版本", "show the version" } },
};

bool
cli_print(struct cli *cli, const struct text *text)
{
    if (text->failed) {
        cli_complain(cli, (struct wording){ "内存不够，结果没有显示。", "Out of memory: the result is not shown." }, "", "");
        return false;
    }
    cli->cut |= !os_print(1, text->at, text->n);
    return true;
}

void
cli_complain_line(const char *line)
{
    for (size_t n; *line != '\0'; line += n) {
        bool control = (unsigned char)*line < 0x20;
        for (n = 1; !control && (unsigned char)line[n] >= 0x20; n++)
            continue;
        os_print(2, control ? " " : line, n);
    }
    os_print(2, "\n", 1);
}

void
cli_complain(struct cli *cli, struct wording wording, const char *what, const char *why)
{
    const char *pattern = wording_text(wording, cli->options.language);
    const char *line = wording_fill(cli->arena, pattern, (struct slot_text[]){ { "what", what }, { "why", why } }, 2);
    cli_complain_line(line != NULL ? line : fault_plain(STATUS_MEMORY, cli->options.language));
}

void
cli_complain_fault(struct cli *cli, const char *file, const struct fault *fault)
{
    const char *line = fault_sentence(cli->arena, file, fault, cli->options.language);
    cli_complain_line(line != NULL ? line : fault_plain(STATUS_MEMORY, cli->options.language));
}

void
cli_tell_passed(struct cli *cli, const struct passed *others, const struct passed *aside)
{
    struct text lines[] = { text_new(cli->arena), text_new(cli->arena) };
    bool all = cli->given[OPTION_JSON] != NULL;
    passed_unread(&lines[0], others, all, cli->options.language);
    passed_aside(&lines[1], aside, all, cli->options.language);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].n > 0 && !lines[i].failed)
            cli_complain_line(lines[i].at);
}

bool
cli_previous(struct cli *cli)
{
    size_t i = 0;
    while (i < cli->nprevious && os_file_exists(cli->previous[i]))
        i++;
    if (i < cli->nprevious)
        cli_complain_fault(cli, cli->previous[i], &(struct fault){ .status = STATUS_NOT_FOUND });
    return i == cli->nprevious;
}

bool
cli_forms(struct cli *cli, struct forms *forms)
{
    struct fault fault = { .status = STATUS_OK };
    const char *folder = cli->given[OPTION_FORMS];
    if (forms_load(cli->arena, folder, forms, &fault) == STATUS_OK) {
        forms->familiar = familiar_new(cli->arena);
        forms->seen = seen_new(cli->arena);
        return true;
    }
    if (fault.status == STATUS_MEMORY)
        cli_complain_line(fault_plain(STATUS_MEMORY, cli->options.language));
    else if (fault.status == STATUS_DEFINITION)
        cli_complain(cli, (struct wording){ "格式定义有误：{why}", "A form definition is wrong: {why}" }, "", fault.where);
    else
        cli_complain(cli, (struct wording){ "读不了格式定义的文件夹“{what}”：{why}", "Cannot read the folder of form definitions {what}: {why}" },
                     folder != NULL ? folder : "", fault.where);
    return false;
}

const struct form *
cli_form(struct cli *cli, const struct forms *forms, const char *id)
{
    struct text known = text_new(cli->arena);
    for (size_t i = 0; i < forms->n; i++) {
        if (strcmp(forms->form[i]->id, id) == 0)
            return forms->form[i];
        text_printf(&known, i > 0 ? ", %s" : "%s", forms->form[i]->id);
    }
    /* a report year, more likely than a form's name */
    const struct form *due = strlen(id) == 4 && strspn(id, "0123456789") == 4 ? forms_for_year(forms, atoi(id)) : NULL;
    if (due != NULL)
        text_printf(&known, cli->options.language == LANGUAGE_EN ? "; report year %s uses %s" : "；%s 年度用 %s", id, due->id);
    cli_complain(cli, (struct wording){ "没有“{what}”这种格式；现有：{why}。", "There is no form {what}; there are: {why}." }, id, known.at);
    return NULL;
}

/* -- parsing -- */

/* What is wrong with the command line; the first thing found is said, once --lang is known. */
struct mistake { struct wording wording; const char *what, *why; };

static void
note(struct mistake *mistake, const char *zh, const char *en, const char *what, const char *why)
{
    if (mistake->wording.zh == NULL)
        *mistake = (struct mistake){ { zh, en }, what, why };
}

/* Does `word` give this option, perhaps with its argument in the same word? NULL: no; else what follows the name. */
static const char *
match_option(const struct option *option, const char *word)
{
    size_t n = strlen(option->name);
    if (strncmp(word, option->name, n) != 0)
        return NULL;
    bool joined = option->argument != NULL && (option->name[1] != '-' || word[n] == '=');
    return word[n] == '\0' || joined ? word + n : NULL;
}

/* Take the option at argv[i]; the number of words it uses. */
static int
take_option(struct cli *cli, char **argv, int i, int argc, struct mistake *mistake)
{
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        const char *rest = match_option(&options[id], argv[i]);
        if (rest == NULL)
            continue;
        if (id == OPTION_TEXT && cli->given[id] != NULL)
            note(mistake, "--text 只能写一次：一份报告只有一份正文。正文分成几个文件的，请先合成一个。",
                 "--text may be given once: a report has one text. If it is in several files, put them into one first.", "", "");
        cli->given[id] = *rest == '=' ? rest + 1 : rest;
        if (options[id].argument == NULL || *options[id].argument == '[' || *rest != '\0')
            return 1;
        if (i + 1 == argc)
            note(mistake, "选项“{what}”后面缺 {why}。", "Option {what} needs {why}.", argv[i], options[id].argument);
        cli->given[id] = i + 1 < argc ? argv[i + 1] : "";
        return 2;
    }
    note(mistake, "没有“{what}”这个选项，请看 nianbao --help。", "There is no option {what}; see nianbao --help.", argv[i], "");
    return 1;
}

/* The option may be given more than once. */
static void
note_previous(struct cli *cli)
{
    const char *given = cli->given[OPTION_PREVIOUS];
    if (given != NULL && (cli->nprevious == 0 || cli->previous[cli->nprevious - 1] != given))
        cli->previous[cli->nprevious++] = given;
}

static void
take_language(struct cli *cli, struct mistake *mistake)
{
    const char *word = cli->given[OPTION_LANG];
    if (word == NULL || strcmp(word, "zh") == 0)
        return;
    if (strcmp(word, "en") == 0)
        cli->options.language = LANGUAGE_EN;
    else
        note(mistake, "--lang 只有 zh 和 en，没有“{what}”。", "--lang is zh or en, not “{what}”.", word, "");
}

static void
check_shape(const struct cli *cli, struct mistake *mistake)
{
    const char *csv = cli->given[OPTION_CSV];
    if (csv != NULL && *csv != '\0' && strcmp(csv, "values") != 0)
        note(mistake, "--csv 后面只能是 =values，没有“{what}”。", "--csv may be followed by =values, not by {what}.", csv, "");
    if (csv != NULL && cli->given[OPTION_JSON] != NULL)
        note(mistake, "--json 和 --csv 只能选一个。", "Choose one of --json and --csv.", "", "");
}

static void
take_identity(struct cli *cli, struct mistake *mistake)
{
    const char *unit = cli->given[OPTION_UNIT], *year = cli->given[OPTION_YEAR];
    cli->options.unit = unit != NULL && *unit != '\0' ? unit : NULL;
    if (year == NULL)
        return;
    if (strlen(year) == 4 && strspn(year, "0123456789") == 4)
        cli->options.year = atoi(year);
    if (cli->options.year < YEAR_LEAST || cli->options.year > YEAR_MOST)
        note(mistake, "年度要写成四位数字，例如 2023，不是“{what}”。", "A year has four digits, such as 2023, not “{what}”.", year, "");
}

/* Sort the words into options and operands; *literal: the first operand came after "--". */
static bool
parse(struct cli *cli, int argc, char **argv, struct mistake *mistake, bool *literal)
{
    bool ended = false;
    *literal = false;
    cli->operands = arena_array(cli->arena, (size_t)argc, sizeof *cli->operands);
    cli->previous = arena_array(cli->arena, (size_t)argc, sizeof *cli->previous);
    if (cli->operands == NULL || cli->previous == NULL)
        return false;
    for (int i = 1; i < argc;) {
        if (!ended && strcmp(argv[i], "--") == 0) {
            ended = true;
            i++;
        } else if (!ended && argv[i][0] == '-' && argv[i][1] != '\0') {
            i += take_option(cli, argv, i, argc, mistake);
            note_previous(cli);
        } else {
            *literal |= ended && cli->noperands == 0;
            cli->operands[cli->noperands++] = argv[i++];
        }
    }
    cli->options.strict = cli->given[OPTION_STRICT] != NULL;
    take_language(cli, mistake);
    check_shape(cli, mistake);
    take_identity(cli, mistake);
    return true;
}

static const struct command *
find_command(const char *name)
{
    for (size_t i = 0; i < commands_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* A word of letters that is no file, but near to a command, is a misspelt command: converting the rest would be wrong. */
static void
check_first_word(const char *word, struct mistake *mistake)
{
    if (word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] != '\0' || os_file_exists(word))
        return;
    struct guess guess = guess_new(word);
    for (size_t i = 0; i < commands_count; i++)
        guess_offer(&guess, commands[i].name);
    if (guess.best != NULL)
        note(mistake, "找不到文件“{what}”。是不是想用 nianbao {why}？", "There is no file {what}. Did you mean nianbao {why}?", word, guess.best);
}

static void
check_use(const struct cli *cli, const struct command *command, struct mistake *mistake)
{
    for (size_t id = 0; id < OPTION_COUNT; id++)
        if (cli->given[id] != NULL && (command->options & 1u << id) == 0)
            note(mistake, "{why} 没有“{what}”这个选项。", "{why} has no option {what}.", options[id].name, command->name);
    if (cli->noperands < command->least)
        note(mistake, "{what} 后面缺 {why}，例子见 nianbao {what} --help。", "{what} needs {why}; see nianbao {what} --help.", command->name,
             command->operands);
    if (cli->noperands > command->most)
        note(mistake, "{what} 后面多了“{why}”，请看 nianbao {what} --help。", "{why} is one word too many for {what}; see nianbao {what} --help.",
             command->name, cli->operands[command->most]);
}

/* -- help -- */

static void
put_usage(struct text *out, const struct command *command)
{
    text_printf(out, "nianbao %s", command->name);
    for (size_t id = 0; id < OPTION_LANG; id++) {
        if ((command->options & 1u << id) == 0)
            continue;
        const char *argument = id == OPTION_OUTPUT ? command->output : options[id].argument;
        text_printf(out, " [%s%s%s]", options[id].name, argument != NULL && *argument != '[' ? " " : "", argument != NULL ? argument : "");
    }
    text_printf(out, *command->operands != '\0' ? " %s" : "%s", command->operands);
    text_putc(out, '\n');
}

static void
put_options(struct text *out, unsigned set, enum language language)
{
    text_puts(out, language == LANGUAGE_EN ? "\nOptions:\n" : "\n选项：\n");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        char name[32];
        const char *argument = options[id].argument;
        snprintf(name, sizeof name, "%s%s%s", options[id].name, argument != NULL && *argument != '[' ? " " : "", argument != NULL ? argument : "");
        if ((set & 1u << id) != 0)
            text_printf(out, "  %-14s %s\n", name, wording_text(options[id].says, language));
    }
}

static void
put_command_help(struct text *out, const struct command *command, enum language language)
{
    put_usage(out, command);
    text_printf(out, "    %s\n", wording_text(command->says, language));
    put_options(out, command->options, language);
    text_printf(out, language == LANGUAGE_EN ? "\nExample:\n  %s\n" : "\n例子：\n  %s\n", wording_text(command->example, language));
}

static void
put_help(struct text *out, enum language language)
{
    bool english = language == LANGUAGE_EN;
    text_puts(out, english ? "nianbao " NIANBAO_VERSION ": checks the tables of the 政府信息公开工作年度报告 and writes a clean workbook.\n\nUsage:\n"
                           : "nianbao " NIANBAO_VERSION "：核对政府信息公开工作年度报告的表格，并另存一份整理好的或标出错处的工作簿。\n\n用法：\n");
    text_printf(out, "  nianbao FILE|DIR...\n      %s\n", english ? "the same as convert" : "等于 nianbao convert");
    for (size_t i = 0; i < commands_count; i++) {
        text_puts(out, "  ");
        put_usage(out, &commands[i]);
        text_printf(out, "      %s\n", wording_text(commands[i].says, language));
    }
    put_options(out, (1u << OPTION_COUNT) - 1, language);
    text_puts(out, english ? "\nExit status: 0 valid, 1 errors found, 2 usage or an input that cannot be read, 3 an output could not be written;\n"
                             "130 stopped by the interrupt key.\n"
                             "Reads"
                           : "\n退出状态：0 通过；1 有必须改的地方；2 用法不对，或者有文件读不了；3 输出没有写成；130 中途停下。\n"
                             "能读的文件：");
    for (size_t i = 0; name_ending(i) != NULL; i++)
        text_printf(out, english || i > 0 ? " %s" : "%s", name_ending(i));
    text_puts(out, english ? ". Inputs are never changed. Every command has --help with an example.\n"
                           : "。原文件从不改动。每个命令都有 --help 和例子。\n");
}

/* -- running -- */

static int
show_help(struct cli *cli, const struct command *command)
{
    struct text out = text_new(cli->arena);
    if (cli->given[OPTION_HELP] == NULL)
        text_puts(&out, "nianbao " NIANBAO_VERSION "\n");
    else if (command != NULL)
        put_command_help(&out, command, cli->options.language);
    else
        put_help(&out, cli->options.language);
    return cli_print(cli, &out) ? EXIT_VALID : EXIT_OUTPUT;
}

/* Choose the command and run it. */
static int
run(struct cli *cli, int argc, char **argv)
{
    struct mistake mistake = { .what = "" };
    bool literal;
    if (!parse(cli, argc, argv, &mistake, &literal)) {
        cli_complain_line("out of memory");
        return EXIT_UNREADABLE;
    }
    const struct command *command = cli->noperands > 0 && !literal ? find_command(cli->operands[0]) : NULL;
    if (command != NULL) {
        cli->operands++;
        cli->noperands--;
    }
    if (mistake.wording.zh == NULL && (cli->given[OPTION_HELP] != NULL || cli->given[OPTION_VERSION] != NULL))
        return show_help(cli, command);
    if (command == NULL && cli->noperands > 0 && !literal)
        check_first_word(cli->operands[0], &mistake);
    if (command == NULL && cli->noperands == 0)
        note(&mistake, "要核对哪个文件？例如：nianbao 年报.xlsx（用法见 nianbao --help）",
             "Which file? For example: nianbao report.xlsx (see nianbao --help)", "", "");
    if (command == NULL)
        command = find_command("convert");
    check_use(cli, command, &mistake);
    if (mistake.wording.zh == NULL)
        return command->run(cli);
    cli_complain(cli, mistake.wording, mistake.what, mistake.why);
    return EXIT_USAGE;
}

int
cli_main(int argc, char **argv)
{
    const char *no_color = getenv("NO_COLOR");
    struct cli cli = { .arena = arena_new(LIMIT_MEMORY), .color = os_terminal_is(1) && (no_color == NULL || *no_color == '\0') };
    os_setup();
    if (cli.arena == NULL) {
        cli_complain_line("out of memory");
        return EXIT_UNREADABLE;
    }
    int status = run(&cli, argc, argv);
    if (cli.cut) {
        cli_complain(&cli, (struct wording){ "结果没有写完：标准输出写不进去（磁盘满了？）。", "The result is not complete: standard output cannot be written (disk full?)." },
                     "", "");
        status = EXIT_OUTPUT;
    }
    arena_free(cli.arena);
    return status;
}
