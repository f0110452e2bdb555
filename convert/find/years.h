/* SPDX-License-Identifier: MIT */
/* years: which of the tables that were found are this year's. */
#ifndef NIANBAO_YEARS_H
#define NIANBAO_YEARS_H

#include "identify.h"
#include "report.h"

/* All tables of a book, where one fits both forms once for each. */
struct candidates { struct placement **at; size_t n; };

/* Give every table the year that it says, or the book says, and choose the report's among them; 0: nothing says one. At least one table. */
int years_choose(const struct forms *forms, const struct candidates *all, const struct identity *identity);

/* The form in force in the year; of no year (0) the form of most tables. */
const struct form *years_form(const struct forms *forms, const struct candidates *all, int year);

#endif
