/* SPDX-License-Identifier: MIT */
/* read: bytes in, a book out. The format is decided from the bytes, never from a name. */
#ifndef NIANBAO_READ_H
#define NIANBAO_READ_H

#include "grid.h"

/* Read a workbook or document of any supported format into `book` (all memory from `arena`; the text may point into it, never into `bytes`).
 * On any status but STATUS_OK the book must not be used: a broken sheet is a failure, never a shorter sheet. */
enum status read_book(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

/* -- for read_book: one reader per format -- */

/* A package, opened. */
struct zip;
enum status read_xlsx(struct arena *arena, struct zip *zip, struct book *book, struct fault *fault);
bool docx_is(struct arena *arena, struct zip *zip);       /* by its main part, where the names of the members tell nothing */
enum status read_docx(struct arena *arena, struct zip *zip, struct book *book, struct fault *fault);
enum status read_ods(struct arena *arena, struct zip *zip, struct book *book, struct fault *fault);

/* A stream of BIFF records: what is in the OLE container, or the whole of an older file. */
enum status read_xls(struct arena *arena, const unsigned char *stream, size_t n, struct book *book, struct fault *fault);

/* A text with tables in it: .csv, .tsv, or the text of a report. */
enum status read_txt(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

/* OpenDocument in a single XML file. */
enum status read_fods(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

/* Texts: web pages, web archives (MIME), SpreadsheetML of Excel 2003. */
enum status read_html(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);
enum status read_mht(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);
enum status read_xmlss(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

#endif
