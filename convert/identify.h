/* SPDX-License-Identifier: MIT */
/* identify: whose report is it, and of which year? From the cover's labels, the title, the sheet's name, at last the file's name. */
#ifndef NIANBAO_IDENTIFY_H
#define NIANBAO_IDENTIFY_H

#include "report.h"

/* The report year a title names ("2020年", "二〇二〇年度", "２０２０ 年"); 0: none. A date ("2021年1月20日") is no report year. */
int year_in(const char *text);

/* The year of one table: the nearest title above it on its sheet, else the name of the sheet; 0: unknown. */
int table_year(const struct form *form, const struct placement *placement);

/* What the book and the name of its file say of unit and year; NULL and 0 when they say nothing. */
struct identity { const char *unit; int year, file_year; };

/* False: out of memory. */
bool identify(struct arena *arena, const struct form *form, const struct book *book, const char *file, struct identity *identity);

#endif
