/* SPDX-License-Identifier: MIT */
/* callback: the door through which the add-in calls Excel (MdCallBack12; Microsoft, "Excel4v/Excel12v", and the source file XLCALL.CPP
 * of the SDK for its prototype). Checks number, count and time of every call, and makes the n-th one fail when a test wants it. */
#include <stdio.h>

#include "fail.h"
#include "host.h"

struct host host;

static const struct { const char *name; int number, least, most; enum from from; int (*play)(int, struct oper **, struct oper *); } calls[] = {
#define ROW(name, number, least, most, from) { #name, number, least, most, from, call_##name },
    CALLS(ROW)
#undef ROW
};

enum { NCALLS = sizeof calls / sizeof *calls };

const char *
call_text(int number)
{
    static char text[64];
    for (size_t i = 0; i < NCALLS; i++)
        if (calls[i].number == number)
            return calls[i].name;
    snprintf(text, sizeof text, "%s %d", number & CALL_COMMAND ? "command" : number & CALL_SPECIAL ? "special" : "function", number & 0x3fff);
    return text;
}

static bool
allowed(enum from from)
{
    switch (host.mode) {
    case MODE_OUTSIDE: return false;
    case MODE_LOADING: case MODE_COMMAND: return true;
    case MODE_FUNCTION: return from == FROM_ANYWHERE || from == FROM_ALWAYS;
    case MODE_MACRO_FUNCTION: return from != FROM_COMMAND;
    case MODE_FREEING: return from == FROM_ALWAYS;
    }
    return false;
}

static int
make_trouble(struct oper *res)
{
    host.troubled = true;
    switch (host.trouble) {
    case TROUBLE_FAILED: return RET_FAILED;
    case TROUBLE_ABORT: host.aborted = true; return RET_ABORT;
    case TROUBLE_BAD_FUNCTION: return RET_BAD_FUNCTION;
    case TROUBLE_ERROR_VALUE: give_error(res, ERROR_NA); return RET_SUCCESS;
    case TROUBLE_NIL: if (res != NULL) res->type = OPER_NIL; return RET_SUCCESS;
    case TROUBLE_EMPTY_TEXT: give_text(res, L""); return RET_SUCCESS;
    case TROUBLE_KINDS: break;
    }
    return RET_FAILED;
}

int
call_excel(int number, int n, struct oper **args, struct oper *res)
{
    size_t i = 0;
    while (i < NCALLS && calls[i].number != number)
        i++;
    if (i == NCALLS) {
        fail("unknown call: %s (%#x) with %d arguments", call_text(number), (unsigned)number, n);
        return RET_BAD_FUNCTION;
    }
    if (!allowed(calls[i].from)) {
        fail("%s was called where Excel refuses it", calls[i].name);
        return calls[i].from == FROM_COMMAND ? RET_BAD_FUNCTION : RET_FAILED;
    }
    if (n < calls[i].least || n > calls[i].most) {
        fail("%s was called with %d arguments", calls[i].name, n);
        return RET_BAD_COUNT;
    }
    if (calls[i].from == FROM_ALWAYS)
        return calls[i].play(n, args, res);
    if (host.aborted) {
        fail("%s was called after an abort", calls[i].name);
        return RET_ABORT;
    }
    host.calls++;
    for (int k = 0; k < n; k++)
        if (!oper_sound(args[k]))
            return RET_BAD_OPER;
    bool silent = host.trouble == TROUBLE_NIL || host.trouble == TROUBLE_EMPTY_TEXT;     /* no command says it was done and did not */
    if (host.trouble_at >= 0 && host.trouble_at-- == 0 && !(silent && number & CALL_COMMAND))
        return make_trouble(res);
    return calls[i].play(n, args, res);
}

__declspec(dllexport) int __stdcall MdCallBack12(int number, int n, struct oper **args, struct oper *res);

int __stdcall
MdCallBack12(int number, int n, struct oper **args, struct oper *res)
{
    return call_excel(number, n, args, res);
}
