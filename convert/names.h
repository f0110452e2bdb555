/* SPDX-License-Identifier: MIT */
/* names: which files are ours to read and how their outputs are called. Pure functions on strings; names are UTF-8, folders end at
 * '/'. Results live in the arena given, NULL: out of memory. */
#ifndef NIANBAO_NAMES_H
#define NIANBAO_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* The last part of a path; points into it. The bytes before it are its folder ("" or ending in '/'). */
const char *name_base(const char *path);

/* folder/name with one slash between; `folder` "" gives the name alone. */
char *name_join(struct arena *arena, const char *folder, const char *name);

/* The i-th of the endings of the files that are read, in small letters (".xlsx"); NULL: there are no more. */
const char *name_ending(size_t i);

/* Named as a file of a kind that is read, and not as a summary of ours; and as a document, which in a folder need not be a report. */
bool name_is_input(const char *name);
bool name_is_document(const char *name);

/* What the outputs of an input are named after: the base without its ending and without suffixes of ours ("年报.待改(2).xlsx" →
 * "年报"), cut at a character so that every output name fits into a folder entry. */
char *name_stem(struct arena *arena, const char *path);

/* PRODUCT_FAIL_MACROS: a workbook with macros, which Excel opens under no other ending. */
enum product { PRODUCT_PASS, PRODUCT_FAIL, PRODUCT_SUMMARY, PRODUCT_FAIL_MACROS, PRODUCTS };

/* "年报.待改.xlsx", from number 2 on "年报.待改(2).xlsx". */
char *name_product(struct arena *arena, const char *stem, enum product product, unsigned number);

/* Named as an output of ours. */
bool name_is_product(const char *name);

/* Where a file's name comes from: 0 for an original, more for what we make of it (first what a clerk corrects, then what passed). Of
 * the spreadsheets of one folder with one stem only those of the lowest rank are inputs, so that walking it again finds the same. */
struct descent { size_t stem; unsigned long rank; };     /* the stem is the first bytes of the base */
struct descent name_descent(const char *base);

#endif
