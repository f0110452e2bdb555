/* SPDX-License-Identifier: MIT */
/* form_load: what the three parts of loading a definition share: form_load.c builds the tables and their numbers, form_relate.c
 * what must hold between the numbers, form_words.c looks at the texts that name them. */
#ifndef NIANBAO_FORM_LOAD_H
#define NIANBAO_FORM_LOAD_H

#include "doc.h"
#include "form.h"

/* Bounds on a definition. The legal forms stay below a tenth of each. */
enum {
    FORM_LEAVES = 256,          /* rows or columns of numbers in one block */
    FORM_SLOTS = 4096,          /* numbers of a form */
    FORM_EQUATIONS = 8192,
    FORM_TERMS = 65536          /* numbers named by all equations together */
};

/* The equations of every table, from `sums`, `equations` and `inequalities`. Needs slots and rules. */
bool form_load_equations(struct doc_reader *reader, struct form *form, const struct doc *tables);

/* No two of these rows or columns, which are one level of a table, have labels that nobody could tell apart in a workbook. */
bool form_check_labels(struct doc_reader *reader, const struct doc *list, const struct node *nodes, size_t n);

/* Every {placeholder} of the rules is known, and every {key} of the sentences names numbers of the form. */
bool form_check_wording(struct doc_reader *reader, const struct form *form, const struct doc *root);

#endif
