/* SPDX-License-Identifier: MIT */
/* ods_parts: what the readers of the parts of an OpenDocument file share. Internal to read_ods.c and ods_*.c. */
#ifndef NIANBAO_ODS_PARTS_H
#define NIANBAO_ODS_PARTS_H

#include "grid.h"
#include "number_format.h"
#include "text.h"
#include "xml.h"

/* What a style is for. Data styles (number:*) say how a number is shown, and cell styles name them. */
enum ods_family { FAMILY_NONE, FAMILY_CELL, FAMILY_TABLE, FAMILY_DATA };

struct ods_style {
    enum ods_family family;
    const char *name;
    const char *parent, *data;      /* of a cell style: the names of two others; NULL: none */
    bool hidden;                    /* of a table style */
    uint32_t code;                  /* of a data style: its number in `formats` */
    size_t order;                   /* of two styles of one name the later counts */
};

/* A file being read into a book. */
struct ods {
    struct arena *arena;
    struct book *book;
    struct fault *fault;
    struct xml xml;                 /* one part is scanned at a time */
    struct text value;              /* scratch: a text */
    struct ods_style *styles;       /* sorted when the tables begin */
    size_t nstyles, styles_cap;
    struct number_formats formats;
    uint32_t ncodes;
    uint16_t date_format;           /* in the book: what a date without a format gets */
    bool document;                  /* of text, and not a spreadsheet */
    const char **deletions;         /* ids of tracked changes that delete, sorted when the text begins */
    size_t ndeletions, deletions_cap;
    size_t deleted;                 /* deletions that have begun and not ended: a flat file keeps their text where it was */
};

/* The element just started is `name` of that namespace. */
static inline bool
ods_is(const struct ods *o, enum xml_space space, const char *name)
{
    return o->xml.space == space && xml_is(&o->xml, name);
}

/* A copy of a value. NULL: no memory. */
const char *ods_copy(struct ods *o, const struct slice *value);

/* -- ods_styles.c -- */

/* The children of <office:styles> or <office:automatic-styles>, just started. */
enum status ods_styles(struct ods *o);

/* All styles have been read. */
void ods_styles_end(struct ods *o);

/* The index in the book of the number format that a cell style shows (0: none, or no such style); is a table of that style hidden? */
enum status ods_format(struct ods *o, const struct slice *style, uint16_t *format);
bool ods_hidden(const struct ods *o, const struct slice *style);

/* -- ods_number_style.c -- */

/* Append what the data style just started shows as a code of Excel's, and read to its end. */
enum status ods_number_style(struct ods *o, struct text *code);

/* -- ods_text.c -- */

/* Is the element just started the begin or end of a change? Then it is told. */
bool ods_change(struct ods *o);

/* Append the text of the paragraph just started, and read to its end. */
enum status ods_paragraph(struct ods *o, struct text *out);

/* -- ods_value.c: the lexical forms of values -- */

/* The kind and value of the cell just started, as its attributes tell them. */
struct ods_value {
    bool typed;                     /* an attribute gives the value: kind, number, text */
    bool date;
    bool empty_text;                /* it is a text, and no attribute gives one */
    bool error;                     /* what the cell shows is an error */
    enum cell_kind kind;
    double number;
    const char *text;
};
enum status ods_value(struct ods *o, struct ods_value *value);

/* -- ods_formula.c -- */

/* A formula in the way of Excel, without its "="; *formula is NULL when it has something that is not turned. False: no memory. */
bool ods_formula(struct arena *arena, const struct slice *written, const char **formula);

/* -- ods_table.c -- */

/* The table:table just started, as a sheet; `nested`: inside a cell. */
enum status ods_table(struct ods *o, bool nested);

/* The same for one inside a cell or a text box; o->value is kept. */
enum status ods_inner_table(struct ods *o);

#endif
