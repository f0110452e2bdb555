/* SPDX-License-Identifier: MIT */
/* rules: those that every form shares. A form's own stand in its definition. */
#ifndef NIANBAO_RULES_H
#define NIANBAO_RULES_H

#include "form.h"

/* The rules that every form shares, in the order in which they are listed. */
extern const struct rule shared_rules[];
extern const size_t shared_rules_count;

/* The rule of an id: the form's own, else a shared one; NULL when there is none. */
const struct rule *rule_find(const struct form *form, const char *id);

#endif
