/* SPDX-License-Identifier: MIT */
/* commands_marks: for the add-ins that run the program: what to show inside the open workbook, of which FILE is a copy. */
#include "cli.h"
#include "convert.h"
#include "marks.h"

int
command_marks(struct cli *cli)
{
    struct forms forms;
    struct sources sources = { .source = NULL };
    struct job job = { .arena = NULL };
    struct marks marks;
    struct text out = text_new(cli->arena);
    const char *path = cli->operands[0];
    if (!cli_forms(cli, &forms))
        return EXIT_USAGE;
    struct run run = { .arena = cli->arena, .forms = &forms, .options = cli->options };
    if (sources_add(cli->arena, &sources, path) && sources.n == 1)
        run_read(&run, &sources.source[0], cli->arena, &job);
    if (job.arena == NULL || !marks_make(cli->arena, &job.report, &marks)) {
        cli_complain_fault(cli, path, &(struct fault){ .status = STATUS_MEMORY });
        return EXIT_UNREADABLE;
    }
    marks_put(&out, &job.report, &marks);
    if (!cli_print(cli, &out))
        return EXIT_OUTPUT;
    enum verdict verdict = job.report.verdict;
    return verdict == VERDICT_PASS ? EXIT_VALID : verdict == VERDICT_FAIL ? EXIT_INVALID : EXIT_UNREADABLE;
}
