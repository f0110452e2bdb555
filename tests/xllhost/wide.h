/* SPDX-License-Identifier: MIT */
/* wide: UTF-16 texts of the host's own memory, and references as text. */
#ifndef XLLHOST_WIDE_H
#define XLLHOST_WIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

struct area;

wchar_t *wide(const char *utf8);                         /* NULL for NULL */
wchar_t *wide_n(const wchar_t *text, size_t n);
wchar_t *wide_copy(const wchar_t *text);                 /* NULL for NULL */
wchar_t *wide_join(const wchar_t *a, const wchar_t *b, const wchar_t *c);
wchar_t *wide_take(wchar_t *old, wchar_t *new);          /* disowns old, returns new */
bool wide_same(const wchar_t *a, const wchar_t *b);      /* NULL is "" */
const char *utf8(const wchar_t *text);                   /* for messages: good until the eighth call from now */

/* A formula between its two notations, seen from a cell. NULL: a reference in the wrong notation, or outside of the sheet. */
wchar_t *formula_to_r1c1(const wchar_t *a1, uint32_t row, uint16_t col);
wchar_t *formula_to_a1(const wchar_t *r1c1, uint32_t row, uint16_t col);

bool cell_of_a1(const wchar_t *text, uint32_t *row, uint16_t *col, size_t *used);      /* "$D$5"; used: units read */

#endif
