/* SPDX-License-Identifier: MIT */
/* form_load: what the parts of loading a definition share: form_load.c reads the whole, form_tables.c the tables and their numbers,
 * form_select.c which numbers a statement names, form_relate.c what must hold between them, form_previous.c what ties them to last
 * year's; form_words.c looks at the texts. */
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

/* Numbers that one side of a statement names, as indexes into form->slots. */
struct slots { size_t *at, n; };

enum { FORM_SIDES = 4 };        /* of a statement */

/* The words of enum number_kind, ending in NULL. */
extern const char *const form_kinds[];

/* The tables with their blocks, rows and columns, and a slot for each number. */
bool form_load_tables(struct doc_reader *reader, struct form *form, const struct doc *list);

/* The equations of every table, from `sums`, `equations` and `inequalities`. Needs slots and rules. */
bool form_load_equations(struct doc_reader *reader, struct form *form, const struct doc *tables);

/* How statements about a table select numbers. */
struct selecting {
    struct doc_reader *reader;
    struct form *form;
    struct table *table;
    bool zero_allowed;          /* the first side may be 0 */
    size_t named;               /* numbers that statements of the form have named before */
    /* takes the numbers that the sides name in one row or column (the other is NULL), or in lists (both are); false: refused */
    bool (*take)(void *context, const struct node *row, const struct node *column, const struct slots *sides);
    void *context;
};

/* The sides of a statement, each a selector under its name: `take` is called for every row or column that they run along, or once for
 * lists. False: refused. */
bool form_select(const struct selecting *selecting, const struct doc *doc, const char *const *names, size_t n);

/* The rule of the form that is named there; NULL after refusing it. */
const struct rule *form_load_rule(struct doc_reader *reader, const struct form *form, const struct doc *at);

/* What ties the numbers to last year's: `previous` of the tables, `other_forms`. Needs equations. */
bool form_load_previous(struct doc_reader *reader, struct form *form, const struct doc *root);

/* No two of these rows or columns, which are one level of a table, have labels that nobody could tell apart in a workbook. */
bool form_check_labels(struct doc_reader *reader, const struct doc *list, const struct node *nodes, size_t n);

/* Every {placeholder} of the rules is known, and every {key} of the sentences names numbers of the form. */
bool form_check_wording(struct doc_reader *reader, const struct form *form, const struct doc *root);

#endif
