/* SPDX-License-Identifier: MIT */
/* runs: what is tried with the add-in. */
#ifndef XLLHOST_RUNS_H
#define XLLHOST_RUNS_H

#include <stdbool.h>
#include <wchar.h>

#include "marksfile.h"

struct book_case { wchar_t *path; const char *marks, *answers, *edits, *marks_edited, *answers_edited; bool faults; };   /* answers, edits NULL: none */

void run_registration(void);                     /* after xlAutoOpen: menu, functions */
void run_workbook(const struct book_case *c);    /* every command, in and out of turn; then functions, then faults */

/* run_functions.c: worksheet functions on host.desk with every kind of argument. */
void run_functions(void);

/* run_answers.c: what functions answer, against what the program says. */
void run_answers(const struct book_case *c, const char *name);

/* Make the edits of a file; only_wait: the cells are only about to be calculated. */
void edit(const char *path, bool only_wait);

/* run_faults.c: every call and every allocation fails once, in every command. */
void run_faults(const char *name);

/* -- shared -- */
extern const wchar_t COMMAND_CHECK[], COMMAND_FILL[], COMMAND_EXPORT[], COMMAND_CLEAR[], COMMAND_ABOUT[];
extern const wchar_t FUNCTION_CHECK[], FUNCTION_VERDICT[], FUNCTION_EXPECTED[];

#endif
