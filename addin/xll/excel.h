/* SPDX-License-Identifier: MIT */
/* excel: what this add-in uses of Excel's documented C API, in declarations of our own. Every group names the page of Microsoft's
 * documentation that its numbers or its layout follow. */
#ifndef NIANBAO_EXCEL_H
#define NIANBAO_EXCEL_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/* -- values: "Data Types Used by Excel"; their numbers, which it does not print, and the layout: XLCALL.H of the Excel 2013 XLL SDK -- */

enum {
    XL_NUMBER = 0x0001, XL_TEXT = 0x0002, XL_BOOLEAN = 0x0004, XL_REF = 0x0008, XL_ERROR = 0x0010, XL_MULTI = 0x0040,
    XL_MISSING = 0x0080, XL_NIL = 0x0100, XL_HERE = 0x0400, XL_INTEGER = 0x0800,
    XL_KIND = 0x0FFF,            /* the bits that say what it is */
    XL_FREED_BY_DLL = 0x4000     /* Excel hands it to xlAutoFree12: "Memory Management in Excel" */
};

enum {
    XL_NULL = 0, XL_DIV0 = 7, XL_VALUE = 15, XL_REFERENCE = 23, XL_NAME = 29, XL_NUM = 36, XL_NA = 42, XL_GETTING_DATA = 43
};

enum { XL_TEXT_MOST = 32767 };   /* UTF-16 units */

/* Rows and columns count from 0, both ends inside. */
struct xl_area { int32_t row, row2, col, col2; };
struct xl_areas { uint16_t n; struct xl_area area[1]; };        /* n of them */

struct xl {
    union {
        double number;
        wchar_t *text;           /* its length, then as many units; no NUL */
        int32_t boolean, error, integer;
        struct { uint16_t n; struct xl_area area; } here;       /* XL_HERE: on the sheet that is current */
        struct { struct xl_areas *areas; uintptr_t sheet; } ref;
        struct { struct xl *items; int32_t rows, cols; } multi;
    };
    uint32_t type;
};

_Static_assert(sizeof(wchar_t) == 2 && sizeof(struct xl_area) == 16 && offsetof(struct xl_areas, area) == 4, "layout of references");
_Static_assert(sizeof(struct xl) == 32 && offsetof(struct xl, type) == 24, "layout of values");

/* -- the callback: "Excel4v/Excel12v", "Calling into Excel from the DLL or XLL"; its name as XLCALL.CPP of the SDK looks it up -- */

#define XL_CALLBACK_NAME "MdCallBack12"
typedef int (__stdcall xl_callback)(int function, int n, struct xl **arguments, struct xl *result);

/* "Excel4/Excel12", return values. After ABORT and UNCALCED only xlFree may be called, and control goes back at once. */
enum { XL_SUCCESS = 0, XL_ABORT = 1, XL_UNCALCED = 64 };

/* -- functions of the C API alone, and the two bits: "Calling into Excel from the DLL or XLL" -- */

enum { XL_ONLY = 0x4000, XL_COMMAND = 0x8000 };

enum {
    XL_FREE = 0 | XL_ONLY, XL_COERCE = 2 | XL_ONLY, XL_SET = 3 | XL_ONLY, XL_SHEET_ID = 4 | XL_ONLY, XL_SHEET_NAME = 5 | XL_ONLY,
    XL_GET_NAME = 9 | XL_ONLY
};

/* -- functions: [MS-XLS] 2.5.198.17 Ftab, and xlf* of XLCALL.H, which "Excel4/Excel12" refers to; what they take and give: "Excel 4.0 Macro
 *    Functions Reference", for those of the add-in "Essential and Useful C API XLM Functions" -- */

enum {
    XL_SET_NAME = 88, XL_CALLER = 89, XL_ACTIVE_CELL = 94, XL_SELECTION = 95, XL_REGISTER = 149, XL_ADD_MENU = 152,
    XL_DELETE_MENU = 158, XL_COUNTA = 169, XL_GET_BAR = 182, XL_GET_CELL = 185, XL_GET_DOCUMENT = 188, XL_GET_NOTE = 191,
    XL_UNREGISTER = 201, XL_GET_WORKBOOK = 268
};

/* -- commands: [MS-XLS] 2.5.198.4 Cetab, and xlc* of XLCALL.H; "Excel 4.0 Macro Functions Reference" -- */

enum {
    XL_ALIGNMENT = 43 | XL_COMMAND, XL_COLUMN_WIDTH = 47 | XL_COMMAND, XL_PATTERNS = 84 | XL_COMMAND, XL_FORMULA = 96 | XL_COMMAND,
    XL_SELECT = 109 | XL_COMMAND, XL_ALERT = 118 | XL_COMMAND, XL_ECHO = 141 | XL_COMMAND, XL_NOTE = 154 | XL_COMMAND,
    XL_ON_ERROR = 165 | XL_COMMAND, XL_WORKBOOK_SELECT = 291 | XL_COMMAND, XL_WORKBOOK_INSERT = 354 | XL_COMMAND,
    XL_WORKBOOK_DELETE = 385 | XL_COMMAND, XL_WORKBOOK_NAME = 386 | XL_COMMAND
};

/* -- "Excel 4.0 Macro Functions Reference": GET.CELL, GET.DOCUMENT, GET.WORKBOOK, ADD.COMMAND, COLUMN.WIDTH, WORKBOOK.INSERT, ALERT,
 *    PATTERNS, NOTE -- */

enum { CELL_NUMBER_FORMAT = 7, CELL_PATTERN = 13, CELL_HAS_NOTE = 46, CELL_HAS_FORMULA = 48, CELL_BACK = 63, CELL_FORE = 64 };
enum {
    DOCUMENT_FOLDER = 2, DOCUMENT_TYPE = 3, DOCUMENT_FIRST_ROW = 9, DOCUMENT_LAST_ROW = 10,
    DOCUMENT_FIRST_COL = 11, DOCUMENT_LAST_COL = 12, DOCUMENT_ACTIVE_SHEET = 76, DOCUMENT_ACTIVE_BOOK = 88
};
enum { DOCUMENT_IS_WORKSHEET = 1 };      /* of DOCUMENT_TYPE */
enum { WORKBOOK_SHEETS = 1 };
enum { BAR_WORKSHEET = 10 };
enum { WIDTH_HIDE = 1 };                 /* type_num */
enum { INSERT_WORKSHEET = 1 };
enum { ALERT_NOTE = 2, ALERT_WARNING = 3 };
enum { PATTERN_NONE = 0, PATTERN_SOLID = 1 };
enum { NOTE_CHUNK = 255 };               /* characters that NOTE and GET.NOTE take at once */

/* -- "xlfRegister (Form 1)": kinds, and letters of the type text -- */

enum { REGISTER_FUNCTION = 1, REGISTER_COMMAND = 2 };
#define TYPE_COMMAND "J"                 /* returns an int */
/* U: a value or a reference. '#': may ask what a macro sheet may, and reads old values of cells that are not computed yet, never
 * XL_UNCALCED. '!': volatile, so that the next calculation mends that. */
#define TYPE_OF_REFERENCE "UU#!"
#define TYPE_OF_NOTHING "U#!"

#endif
