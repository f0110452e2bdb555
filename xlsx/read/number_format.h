/* SPDX-License-Identifier: MIT */
/* number_format: the number formats of a workbook being read. Files name them by id; some ids need no code because every program knows
 * it. The book gets those that are used. */
#ifndef NIANBAO_NUMBER_FORMAT_H
#define NIANBAO_NUMBER_FORMAT_H

#include "grid.h"

/* Formats by id. Begins as zero bytes. */
struct number_formats {
    struct number_format { const char *code; uint16_t index; } *items;      /* index: in book.formats; 0: not there yet */
    size_t cap;
};

/* Put "General" into a new book. */
enum status number_format_begin(struct book *book);

/* The file says that `id` is this code, which must stay. */
enum status number_format_define(struct arena *arena, struct number_formats *formats, uint32_t id, const char *code, struct fault *fault);

/* The index in the book of the format `id`; it is added when it is new. */
enum status number_format_use(struct book *book, struct number_formats *formats, uint32_t id, uint16_t *index, struct fault *fault);

#endif
