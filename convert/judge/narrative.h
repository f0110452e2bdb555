/* SPDX-License-Identifier: MIT */
/* narrative: the running text of a report against its tables. Every number that the text states of something the tables hold too is
 * found by the words of the form (sayings.h) and compared; what is not surely said of a table's number is left alone. Limits: numbers
 * are paired with words of their own clause, so that a count told over two sentences is not seen. */
#ifndef NIANBAO_NARRATIVE_H
#define NIANBAO_NARRATIVE_H

#include "report.h"

/* Compare the text of the report with its tables: findings `narrative`, and report->narrative. False: out of memory. */
bool narrative(struct report *report, const struct options *options);

/* Is there a sentence in it? */
bool narrative_is_prose(const char *text);

/* The text of another file (options.text): a document, a workbook, or plain text without any table. */
enum status narrative_read(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

#endif
