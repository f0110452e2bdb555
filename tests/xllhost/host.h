/* SPDX-License-Identifier: MIT */
/* host: a program that plays Excel for one add-in: what it lets the add-in do now, what it handed out, what the add-in registered. There
 * is one, because the add-in's calls come without a context. */
#ifndef XLLHOST_HOST_H
#define XLLHOST_HOST_H

#include "calls.h"
#include "desk.h"
#include "heap.h"
#include "oper.h"

#include <windows.h>             /* last: its macros take names of status.h */

enum mode { MODE_OUTSIDE, MODE_LOADING, MODE_FUNCTION, MODE_MACRO_FUNCTION, MODE_COMMAND, MODE_FREEING };

/* What happens at the n-th call from now (xlFree not counted). */
enum trouble_kind { TROUBLE_FAILED, TROUBLE_ABORT, TROUBLE_BAD_FUNCTION, TROUBLE_ERROR_VALUE, TROUBLE_NIL, TROUBLE_EMPTY_TEXT, TROUBLE_KINDS };

struct entry {                   /* a registered function or command */
    char name[128];              /* as exported */
    wchar_t *types, *shown;
    FARPROC proc;
    bool command, macro, vol, safe;
    int nargs;
    double id;
};

struct menu_item { wchar_t *text, *macro; };

struct host {
    struct desk desk;
    struct heap excel, addin;    /* what the host hands out; what the add-in's malloc gives */
    enum mode mode;
    bool aborted;                /* only xlFree works until the entry returns */
    struct oper_area caller; unsigned caller_page;
    long calls;                  /* since the last reset, xlFree not counted */
    long trouble_at; enum trouble_kind trouble;      /* negative: no trouble */
    bool troubled;               /* it happened: complaints of consequence are not failures */
    HMODULE module;
    wchar_t *module_path;
    struct entry entries[64]; size_t nentries;
    wchar_t *menu; struct menu_item items[16]; size_t nitems;
    wchar_t *alert; int alerts;
    bool screen_off, errors_off, status_text;
    bool warm;                   /* the add-in has loaded what it keeps until xlAutoClose */
    bool refused_uncalced;       /* xlretUncalced was said */
    enum { SAID_NOTHING, SAID_VOLATILE, SAID_NOT_VOLATILE } said_volatile;
    long macro_names;            /* xlfSetName: defined names */
};

extern struct host host;

/* -- handing out values; res NULL: the add-in does not want it -- */
void give_number(struct oper *res, double number);
void give_boolean(struct oper *res, bool value);
void give_error(struct oper *res, int error);
void give_text(struct oper *res, const wchar_t *text);
void give_text_n(struct oper *res, const wchar_t *text, size_t n);
void give_texts(struct oper *res, const wchar_t *const *texts, size_t n);        /* one row */
void give_area(struct oper *res, const struct page *page, struct oper_area area);        /* as reference with its sheet */
bool give_cells(struct oper *res, const struct page *page, struct oper_area area);       /* values; false: too many */
void give_place(struct oper *res, const struct place *place);                    /* one value; NULL: empty */
void release(struct oper *value);                                                /* xlFree */

/* -- taking arguments; complain about what no Excel would bear -- */
bool oper_sound(const struct oper *oper);                                        /* readable, of a known type, lengths right; deep */
bool missing(const struct oper *oper);
wchar_t *taken_text(const struct oper *oper);                                    /* the host's own copy; NULL: no text */
bool taken_number(const struct oper *oper, double *number);                      /* booleans count */
struct page *taken_area(const struct oper *oper, struct oper_area *area);        /* first area of a reference; NULL: none */
wchar_t *book_sheet(const struct page *page);                                    /* "[年报.xlsx]表一", own */
struct page *taken_page(const wchar_t *text);                                    /* of "表一" or "[年报.xlsx]表一" */

/* -- the calls, one per line of CALLS; return a RET_ -- */
#define DECLARE(name, number, least, most, from) int call_##name(int n, struct oper **args, struct oper *res);
CALLS(DECLARE)
#undef DECLARE

int call_excel(int number, int n, struct oper **args, struct oper *res);         /* what MdCallBack12 does */
const char *call_text(int number);

/* -- the add-in (addin.c) -- */
bool addin_load(const wchar_t *path);
void addin_unload(void);
struct entry *addin_entry(const wchar_t *shown);                 /* by name; NULL: none */
bool addin_command(const wchar_t *menu_text);                    /* as chosen in the menu; false: there is none */
struct oper *addin_function(const wchar_t *shown, int n, struct oper **args);    /* as from a cell; release with addin_done */
void addin_done(struct oper *result);
void entry_begin(enum mode mode);
void entry_end(void);                                            /* accounts must be level */

#endif
