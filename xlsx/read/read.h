/* SPDX-License-Identifier: MIT */
/* read: bytes in, a book out. The format is decided from the bytes, never from a name. */
#ifndef NIANBAO_READ_H
#define NIANBAO_READ_H

#include "grid.h"

/* Read a workbook or document of any supported format into `book` (all memory from `arena`; the text may point into it, never into `bytes`).
 * On any status but STATUS_OK the book must not be used: a broken sheet is a failure, never a shorter sheet. */
enum status read_book(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

/* What somebody wants to know of a workbook. Of a sheet that grows very large a reader may leave out cells in rows that are further than
 * `before` rows above and `after` rows below every text that matters to him; sheet.passed counts them. They are read and checked all
 * the same. */
struct interest {
    bool (*whole)(void *context, const struct sheet *sheet);        /* he wants all of it; only its name is known yet */
    bool (*matters)(void *context, const char *text);               /* says the same of the same text again */
    void *context;
    uint32_t before, after;
    struct seen *seen;          /* NULL: nothing is kept in mind */
};

/* For somebody who reads many workbooks: what need not be read again (xlsx_seen.c). Threads may share it. NULL: out of memory. */
struct seen *seen_new(struct arena *arena);

/* The same for him. */
enum status read_book_for(struct arena *arena, const unsigned char *bytes, size_t n, const struct interest *interest, struct book *book,
                          struct fault *fault);

/* -- for read_book: one reader per format; those without an interest keep everything -- */

/* A package, opened. */
struct zip;
enum status read_xlsx(struct arena *arena, struct zip *zip, const struct interest *interest, struct book *book, struct fault *fault);
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
