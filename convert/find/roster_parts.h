/* SPDX-License-Identifier: MIT */
/* roster_parts: what the files of the roster share. Memory belongs to the arena given. */
#ifndef NIANBAO_ROSTER_PARTS_H
#define NIANBAO_ROSTER_PARTS_H

#include "grid.h"
#include "roster.h"
#include "text.h"

/* What a column of the list says; as in struct member. */
enum field { FIELD_NAME, FIELD_OTHERS, FIELD_CODE, FIELD_KIND, FIELD_COUNTED, FIELD_MERGED, FIELD_DUE, FIELD_CONTACT, FIELD_PHONE, FIELD_COUNT };

/* A column; its head is the index in the table of heads. */
struct roster_column { uint16_t col; size_t head; enum field field; };

/* The list while it is read. */
struct roster_list {
    struct arena *arena, *scratch;               /* of the roster; of what is needed to read it */
    struct text text;                            /* for one cell after the other; in scratch */
    const struct book *book;
    const struct sheet *sheet;
    struct roster_column *columns; size_t ncolumns, columns_cap;
    uint32_t first;                              /* row of the first member */
    bool numbered;                               /* a list without a head, whose lines may begin with a number */
    struct roster *roster; size_t cap;
    uint32_t *rows; size_t rows_cap;             /* per member */
    struct fault *fault;
};

/* Find the list in the book: its sheet, its columns, the row of its first member. Refuses when there is none. */
enum status roster_head(struct roster_list *list);

/* A text (UTF-8 or GB18030) as a book of one sheet: lines as rows, cells divided by tabs where the first line has one, else by commas
 * (RFC 4180). What is wrong with it is STATUS_UNSUPPORTED. */
enum status roster_text(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);

#endif
