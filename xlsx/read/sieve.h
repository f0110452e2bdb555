/* SPDX-License-Identifier: MIT */
/* sieve: the cells of one sheet while it is read. Of a sheet that grows very large, only what somebody has an interest in is kept: rows
 * far from every text that matters to him are read and checked like all others, counted (sheet.passed), and forgotten. */
#ifndef NIANBAO_SIEVE_H
#define NIANBAO_SIEVE_H

#include "read.h"

struct sieve;

/* `interest` NULL: everything is kept. NULL: out of memory. */
struct sieve *sieve_new(struct arena *arena, struct sheet *sheet, const struct interest *interest);

/* As sheet_add_cell. */
bool sieve_add_cell(struct sieve *sieve, const struct cell *cell);

/* A copy of a text for the cell that is added next. NULL: out of memory. */
const char *sieve_text(struct sieve *sieve, const char *s, size_t n);

/* A row came after one below it when some had been forgotten: the sheet has to be read anew, with no interest. */
bool sieve_failed(const struct sieve *sieve);

#endif
