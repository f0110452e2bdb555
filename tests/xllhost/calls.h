/* SPDX-License-Identifier: MIT */
/* calls: the functions of Excel that this host plays, with their numbers, written down a second time. Sources: functions, [MS-XLS]
 * 2.5.198.17 Ftab; commands, [MS-XLS] 2.5.198.4 Cetab; both in hexadecimal as printed there; the C API's own (xlFree ...), Microsoft,
 * "C API functions that can be called only from a DLL or XLL". Counts of arguments: the same tables and the Excel 4 macro reference.
 * CALL(name, number, fewest arguments, most arguments, from where) */
#ifndef XLLHOST_CALLS_H
#define XLLHOST_CALLS_H

enum { CALL_SPECIAL = 0x4000, CALL_COMMAND = 0x8000 };

enum from {
    FROM_ANYWHERE,       /* worksheet functions too */
    FROM_MACRO,          /* functions registered with '#', and commands */
    FROM_COMMAND,        /* commands only */
    FROM_ALWAYS          /* even in xlAutoFree12 and after an abort */
};

#define CALLS(CALL) \
    CALL(free,              CALL_SPECIAL | 0x00,    1, 255, FROM_ALWAYS) \
    CALL(stack,             CALL_SPECIAL | 0x01,    0, 0,   FROM_ANYWHERE) \
    CALL(coerce,            CALL_SPECIAL | 0x02,    1, 2,   FROM_ANYWHERE) \
    CALL(set,               CALL_SPECIAL | 0x03,    1, 2,   FROM_COMMAND) \
    CALL(sheet_id,          CALL_SPECIAL | 0x04,    0, 1,   FROM_ANYWHERE) \
    CALL(sheet_name,        CALL_SPECIAL | 0x05,    1, 1,   FROM_ANYWHERE) \
    CALL(abort,             CALL_SPECIAL | 0x06,    0, 1,   FROM_ANYWHERE) \
    CALL(instance,          CALL_SPECIAL | 0x07,    0, 0,   FROM_ANYWHERE) \
    CALL(window,            CALL_SPECIAL | 0x08,    0, 0,   FROM_ANYWHERE) \
    CALL(name,              CALL_SPECIAL | 0x09,    0, 0,   FROM_ANYWHERE) \
    CALL(instance_pointer,  CALL_SPECIAL | 0x13,    0, 0,   FROM_ANYWHERE) \
    CALL(set_name,          0x0058,                 1, 2,   FROM_ANYWHERE) \
    CALL(caller,            0x0059,                 0, 0,   FROM_ANYWHERE) \
    CALL(active_cell,       0x005E,                 0, 0,   FROM_MACRO) \
    CALL(selection,         0x005F,                 0, 0,   FROM_MACRO) \
    CALL(get_formula,       0x006A,                 1, 1,   FROM_MACRO) \
    CALL(get_name,          0x006B,                 1, 2,   FROM_MACRO) \
    CALL(register,          0x0095,                 3, 255, FROM_COMMAND) \
    CALL(add_menu,          0x0098,                 2, 4,   FROM_COMMAND) \
    CALL(add_command,       0x0099,                 3, 5,   FROM_COMMAND) \
    CALL(delete_menu,       0x009E,                 2, 3,   FROM_COMMAND) \
    CALL(delete_command,    0x009F,                 3, 4,   FROM_COMMAND) \
    CALL(counta,            0x00A9,                 1, 255, FROM_ANYWHERE) \
    CALL(get_bar,           0x00B6,                 0, 4,   FROM_MACRO) \
    CALL(get_cell,          0x00B9,                 1, 2,   FROM_MACRO) \
    CALL(get_document,      0x00BC,                 1, 2,   FROM_MACRO) \
    CALL(get_note,          0x00BF,                 0, 3,   FROM_MACRO) \
    CALL(unregister,        0x00C9,                 1, 2,   FROM_COMMAND) \
    CALL(volatile,          0x00ED,                 0, 1,   FROM_ANYWHERE) \
    CALL(get_workbook,      0x010C,                 1, 2,   FROM_MACRO) \
    CALL(column_width,      CALL_COMMAND | 0x002F,  0, 5,   FROM_COMMAND) \
    CALL(alignment,         CALL_COMMAND | 0x002B,  0, 8,   FROM_COMMAND) \
    CALL(format_number,     CALL_COMMAND | 0x002A,  1, 1,   FROM_COMMAND) \
    CALL(clear,             CALL_COMMAND | 0x0034,  0, 1,   FROM_COMMAND) \
    CALL(formula_goto,      CALL_COMMAND | 0x003F,  0, 2,   FROM_COMMAND) \
    CALL(patterns,          CALL_COMMAND | 0x0054,  0, 13,  FROM_COMMAND) \
    CALL(formula,           CALL_COMMAND | 0x0060,  1, 2,   FROM_COMMAND) \
    CALL(select,            CALL_COMMAND | 0x006D,  0, 2,   FROM_COMMAND) \
    CALL(alert,             CALL_COMMAND | 0x0076,  1, 3,   FROM_COMMAND) \
    CALL(message,           CALL_COMMAND | 0x007A,  1, 2,   FROM_COMMAND) \
    CALL(echo,              CALL_COMMAND | 0x008D,  0, 1,   FROM_COMMAND) \
    CALL(format_font,       CALL_COMMAND | 0x0096,  0, 14,  FROM_COMMAND) \
    CALL(note,              CALL_COMMAND | 0x009A,  0, 4,   FROM_COMMAND) \
    CALL(error,             CALL_COMMAND | 0x00A5,  1, 2,   FROM_COMMAND) \
    CALL(workbook_select,   CALL_COMMAND | 0x0123,  0, 3,   FROM_COMMAND) \
    CALL(workbook_activate, CALL_COMMAND | 0x0124,  0, 2,   FROM_COMMAND) \
    CALL(workbook_insert,   CALL_COMMAND | 0x0162,  0, 1,   FROM_COMMAND) \
    CALL(workbook_hide,     CALL_COMMAND | 0x017F,  0, 2,   FROM_COMMAND) \
    CALL(workbook_unhide,   CALL_COMMAND | 0x0180,  1, 1,   FROM_COMMAND) \
    CALL(workbook_delete,   CALL_COMMAND | 0x0181,  0, 1,   FROM_COMMAND) \
    CALL(workbook_name,     CALL_COMMAND | 0x0182,  2, 2,   FROM_COMMAND)

#endif
