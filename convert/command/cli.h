/* SPDX-License-Identifier: MIT */
/* cli: the command line. Here and in the files of the commands, and nowhere else, something is printed. One table of options and
 * one of commands is what is parsed and what --help says. Memory belongs to cli->arena. */
#ifndef NIANBAO_CLI_H
#define NIANBAO_CLI_H

#include "form.h"
#include "passed.h"
#include "report.h"
#include "text.h"

enum exit_status { EXIT_VALID, EXIT_INVALID, EXIT_UNREADABLE, EXIT_OUTPUT, EXIT_USAGE = EXIT_UNREADABLE, EXIT_INTERRUPTED = 130 };

enum option_id {
    OPTION_OUTPUT, OPTION_FORMS, OPTION_UNIT, OPTION_YEAR, OPTION_JSON, OPTION_CSV, OPTION_ROSTER, OPTION_PREVIOUS, OPTION_TEXT, OPTION_ONLY_VALID,
    OPTION_FORCE, OPTION_STRICT, OPTION_LANG, OPTION_HELP, OPTION_VERSION, OPTION_COUNT
};

struct cli {
    struct arena *arena;
    struct options options;
    const char *given[OPTION_COUNT];     /* the option's argument, "" when it has none; NULL: not given */
    const char **previous; size_t nprevious;     /* each --previous, in order */
    const char **operands; size_t noperands;
    bool color;
    bool cut;                            /* something could not be printed */
};

struct command {
    const char *name;
    int (*run)(struct cli *cli);
    unsigned options;                    /* set of 1u << enum option_id */
    const char *output;                  /* what -o names: "DIR" */
    const char *operands;                /* "FILE|DIR..." */
    size_t least, most;                  /* operands */
    struct wording says, example;
};

extern const struct command commands[];
extern const size_t commands_count;

/* The whole program; its exit status. */
int cli_main(int argc, char **argv);

/* A text to stdout; it must end at a character. False when the text failed for want of memory (said so). */
bool cli_print(struct cli *cli, const struct text *text);

/* One line on stderr, whatever characters a file's name in it has. */
void cli_complain_line(const char *line);

/* One line on stderr; {what} and {why} of the wording are replaced. */
void cli_complain(struct cli *cli, struct wording wording, const char *what, const char *why);

/* What is known of the file that cannot be read, on stderr. */
void cli_complain_fault(struct cli *cli, const char *file, const struct fault *fault);

/* What of the folders was not judged, on stderr: files that are not read, and documents without a table (job.aside), all by name with --json. */
void cli_tell_passed(struct cli *cli, const struct passed *others, const struct passed *aside);

/* Is there what every --previous names? False after saying of one that it is not. */
bool cli_previous(struct cli *cli);

/* Load the forms; false after saying why not. */
bool cli_forms(struct cli *cli, struct forms *forms);

/* The form of an id; NULL after saying which there are. */
const struct form *cli_form(struct cli *cli, const struct forms *forms, const char *id);

/* The commands. */
int command_convert(struct cli *cli);
int command_check(struct cli *cli);
int command_rollup(struct cli *cli);
int command_template(struct cli *cli);
int command_forms(struct cli *cli);
int command_rules(struct cli *cli);
int command_cells(struct cli *cli);
int command_marks(struct cli *cli);
int command_verify(struct cli *cli);

#endif
