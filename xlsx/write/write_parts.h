/* SPDX-License-Identifier: MIT */
/* write_parts: what the files that write a workbook share; nobody else includes it. */
#ifndef NIANBAO_WRITE_PARTS_H
#define NIANBAO_WRITE_PARTS_H

#include "draft.h"
#include "write_library.h"

struct writer {
    struct libxlsxwriter lib;
    struct arena *arena;
    const struct draft *draft;
    lxw_workbook *workbook;
    lxw_format **formats, **tints;      /* by style: for cells, for conditional formats (NULL until used) */
    lxw_error error;                    /* the first one; nothing is begun after it */
    const char *place;                  /* what is being written: a sheet's name or a part of the file */
};

/* Excel's limits, in UTF-16 units. */
enum {
    CELL_UNITS = 32767,         /* the text of a cell or a comment */
    PROPERTY_UNITS = 255        /* a custom property, name or value; a footer */
};

/* Keep the first error. */
void note_error(struct writer *w, lxw_error error);

/* How many UTF-16 units a text has. */
size_t write_units(const char *s);

/* The text as an ST_Xstring (ECMA-376 part 1, 22.9.2.19). NULL stays NULL; a text over `limit` units is an error. */
const char *escaped(struct writer *w, const char *s, size_t limit);

/* The format of a style; NULL, which is an error: there is no such style. */
lxw_format *format_of(struct writer *w, uint16_t style);

/* What the sheet has besides its cells (write_page.c); its charts (write_chart.c). */
void write_page(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page);
void write_charts(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page);

/* Put the draft's names into the package (write_names.c). */
enum status write_names(struct arena *arena, const struct draft *draft, unsigned char **bytes, size_t *n, struct fault *fault);

#endif
