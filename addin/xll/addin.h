/* SPDX-License-Identifier: MIT */
/* addin: the add-in in one struct, the only thing here that lasts from call to call, and what Excel may call: commands of the menu
 * 年报 and functions of cells. Every one survives whatever Excel hands it and whatever it refuses. */
#ifndef NIANBAO_ADDIN_H
#define NIANBAO_ADDIN_H

#include "livebook.h"

#define ADDIN_NAME "年报校验 nianbao " NIANBAO_VERSION

enum { REGISTERED = 8 };         /* functions and commands */

/* What functions of cells saw last: as long as the workbook is the same, so is its report. */
struct seen { struct arena *arena; struct live live; struct report report; };

struct addin {
    xl_callback *callback;
    struct arena *arena;         /* of the forms; NULL until they are needed */
    struct forms forms;
    struct seen seen;
    double registered[REGISTERED];       /* ids; 0: none */
};

/* The forms, loaded when first asked for. NULL: out of memory. */
const struct forms *addin_forms(struct addin *addin);

/* -- functions of cells: what they return, Excel hands to function_free or may keep -- */
struct xl *function_check(struct addin *addin, struct xl *range);
struct xl *function_verdict(struct addin *addin);
struct xl *function_expected(struct addin *addin, struct xl *cell);
struct xl *function_name(const struct xl *action);               /* for Excel's list of add-ins */
void function_free(struct xl *value);
void seen_forget(struct seen *seen);

/* -- commands -- */
void command_check(struct addin *addin);
void command_fill(struct addin *addin);
void command_export(struct addin *addin);
void command_clear(struct addin *addin);
void command_about(struct addin *addin);

#endif
