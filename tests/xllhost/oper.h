/* SPDX-License-Identifier: MIT */
/* oper: the value that Excel and an add-in exchange (XLOPER12), written down a second time, apart from the add-in's own declarations, so
 * that a mistake in either shows. Sources: Microsoft, "Data types used by the C API" and "Excel4/Excel12" of the Excel XLL SDK
 * documentation. Strings begin with their length in UTF-16 units. */
#ifndef XLLHOST_OPER_H
#define XLLHOST_OPER_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

struct oper_area { int32_t row, row2, col, col2; };                     /* from 0, both ends inside */
struct oper_areas { uint16_t count; struct oper_area area[1]; };        /* `count` of them */

struct oper {
    union {
        double number;
        wchar_t *text;
        int32_t boolean, error, integer;
        struct { uint16_t count; struct oper_area area; } here;         /* on the active sheet; count is 1 */
        struct { struct oper_areas *areas; uintptr_t sheet; } there;    /* on any sheet; sheet 0: the active one */
        struct { struct oper *items; int32_t rows, cols; } many;        /* by rows */
        struct { uintptr_t value; int32_t row, col; uint8_t flow; } flow;
        struct { void *data; int32_t size; } big;
    };
    uint32_t type;
};

_Static_assert(sizeof(struct oper) == 32 && offsetof(struct oper, type) == 24, "XLOPER12 has 32 bytes, its type after 24");
_Static_assert(offsetof(struct oper_areas, area) == 4, "XLMREF12");

enum {
    OPER_NUMBER = 0x0001, OPER_TEXT = 0x0002, OPER_BOOLEAN = 0x0004, OPER_THERE = 0x0008, OPER_ERROR = 0x0010, OPER_FLOW = 0x0020,
    OPER_MANY = 0x0040, OPER_MISSING = 0x0080, OPER_NIL = 0x0100, OPER_HERE = 0x0400, OPER_INTEGER = 0x0800, OPER_BIG = 0x0802,
    OPER_KINDS = 0x0fff,
    OPER_EXCEL_FREES = 0x1000,          /* set by the add-in in what it returns */
    OPER_ADDIN_FREES = 0x4000           /* likewise: Excel calls xlAutoFree12 */
};

enum { ERROR_NULL = 0, ERROR_DIV0 = 7, ERROR_VALUE = 15, ERROR_REF = 23, ERROR_NAME = 29, ERROR_NUM = 36, ERROR_NA = 42, ERROR_GETTING = 43 };

enum {
    RET_SUCCESS = 0, RET_ABORT = 1, RET_BAD_FUNCTION = 2, RET_BAD_COUNT = 4, RET_BAD_OPER = 8, RET_STACK = 16, RET_FAILED = 32,
    RET_UNCALCED = 64, RET_NOT_THREAD_SAFE = 128
};

enum { TEXT_MOST = 32767, ROWS_MOST = 1048576, COLS_MOST = 16384 };

#endif
