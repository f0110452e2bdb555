/* SPDX-License-Identifier: MIT */
/* call: calls into Excel and the values that go either way. What Excel gave is given back with excel_free, once. Texts of ours that
 * Excel is given belong to an arena. */
#ifndef NIANBAO_CALL_H
#define NIANBAO_CALL_H

#include <stdbool.h>

#include "arena.h"
#include "excel.h"

/* One entry from Excel, from its call of ours to our return. */
struct excel {
    xl_callback *callback;       /* NULL: not inside Excel */
    bool halted;                 /* it wants control back: every further call is refused */
};

/* The callback of the program that we are in; NULL: it is not Excel. */
xl_callback *excel_callback(void);

/* Call with n arguments (struct xl *). *result is always fit for excel_free, and nil when there is none. False: Excel could not, or
 * the answer is an error value. An argument that is NULL (no memory) fails the call before Excel sees it. */
bool excel_call(struct excel *excel, int function, struct xl *result, unsigned n, ...);
bool excel_callv(struct excel *excel, int function, struct xl *result, unsigned n, struct xl **arguments);

/* A command: its answer is only whether it was done. */
bool excel_do(struct excel *excel, int function, unsigned n, ...);

void excel_free(struct excel *excel, struct xl *value);

/* -- values for Excel -- */
struct xl xl_number(double number);
struct xl xl_boolean(bool boolean);
struct xl xl_nil(void);
struct xl xl_missing(void);
struct xl *xl_text(struct arena *arena, const char *text);      /* cut at XL_TEXT_MOST; NULL: out of memory */

/* Cells of one sheet; lives as long as `areas`. */
struct xl xl_cells(uintptr_t sheet, struct xl_area area, struct xl_areas *areas);
struct xl xl_cell(uintptr_t sheet, uint32_t row, uint16_t col, struct xl_areas *areas);

/* -- values from Excel -- */
bool xl_is(const struct xl *value, uint32_t kind);              /* false for NULL */
bool xl_is_whole(const struct xl *value, double least, double most);
char *xl_narrow(struct arena *arena, const struct xl *value);   /* UTF-8; NULL: no text, or out of memory */

/* GET.CELL, GET.DOCUMENT and their like: a number that says what, and perhaps of which. */
bool excel_get(struct excel *excel, int function, int what, struct xl *of, struct xl *result);
bool excel_get_number(struct excel *excel, int function, int what, struct xl *of, double *number);
bool excel_get_boolean(struct excel *excel, int function, int what, struct xl *of, bool *boolean);
char *excel_get_text(struct excel *excel, struct arena *arena, int function, int what, struct xl *of);   /* NULL: none */

/* The id of "[book]sheet", into a reference; false: there is no such sheet. */
bool excel_sheet_id(struct excel *excel, struct arena *arena, const char *book, const char *sheet, uintptr_t *id);

/* Select cells of the sheet that is active. */
bool excel_select(struct excel *excel, struct xl *cells);

/* What is selected on the sheet that is active, to go back to. */
struct stay { struct excel *excel; struct xl selection, cell; };
struct stay stay_begin(struct excel *excel);
void stay_end(struct stay *stay);                               /* may be called again */

#endif
