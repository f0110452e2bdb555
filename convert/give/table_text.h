/* SPDX-License-Identifier: MIT */
/* table_text: a table of the report as plain text, aligned for fonts in which a Chinese character is two columns wide. */
#ifndef NIANBAO_TABLE_TEXT_H
#define NIANBAO_TABLE_TEXT_H

#include "report.h"
#include "text.h"

void table_text(struct text *out, const struct section *section);

#endif
