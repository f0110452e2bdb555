/* SPDX-License-Identifier: MIT */
/* play_addin: what an add-in registers and puts into menus ("xlfRegister (Form 1)", "xlfUnregister", "xlfSetName" of Microsoft's
 * documentation; ADD.MENU and its kin of the Excel 4 macro function reference). Registration texts are checked here, the prototypes behind
 * them by calling through them. */
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

/* Number of arguments that a type text names: "UU#" is one. Negative: letters that are unknown. */
static int
count_types(struct entry *entry)
{
    int n = -1;
    for (const wchar_t *at = entry->types; *at != L'\0'; at++)
        switch (*at) {
        case L'A': case L'B': case L'E': case L'I': case L'J': case L'L': case L'M': case L'N': case L'Q': case L'U': n++; break;
        case L'C': case L'D': case L'F': case L'G': case L'H': n++; break;
        case L'%': if (at[1] == L'\0' || wcschr(L"CDFG", at[1]) == NULL) return -1; break;
        case L'#': entry->macro = true; break;
        case L'!': entry->vol = true; break;
        case L'$': entry->safe = true; break;
        default: return -1;
        }
    return n;
}

static bool
entry_check(struct entry *entry, int n, struct oper **args)
{
    wchar_t *arguments = n > 4 ? taken_text(args[4]) : NULL;
    int named = arguments != NULL && *arguments != L'\0';
    for (const wchar_t *at = arguments; at != NULL && *at != L'\0'; at++)
        named += *at == L',';
    disown(arguments);
    bool good = expect(entry->proc != NULL, "registers %s, which is not exported", entry->name);
    good &= expect(entry->nargs >= 0, "registers %s as “%s”", entry->name, utf8(entry->types));
    good &= expect(!(entry->macro && entry->safe), "registers %s as macro and as thread safe", entry->name);
    good &= expect(entry->shown != NULL && *entry->shown != L'\0', "registers %s without a name", entry->name);
    good &= expect(entry->command || named == entry->nargs, "registers %s with %d arguments, and names %d", entry->name, entry->nargs, named);
    good &= expect(!entry->command || wcscmp(entry->types, L"A") == 0 || wcscmp(entry->types, L"I") == 0 || wcscmp(entry->types, L"J") == 0,
                   "registers the command %s as “%s”", entry->name, utf8(entry->types));
    good &= expect(n <= 10 + entry->nargs + 1, "registers %s with %d help texts for %d arguments", entry->name, n - 10, entry->nargs);
    for (int i = 0; i < n; i++)
        good &= expect(args[i] == NULL || (args[i]->type & OPER_KINDS) != OPER_TEXT || *args[i]->text <= 255, "registers %s with a text longer than 255", entry->name);
    return good;
}

int
call_register(int n, struct oper **args, struct oper *res)
{
    wchar_t *module = taken_text(args[0]), *procedure = taken_text(args[1]);
    double kind = 1;
    struct entry *entry = &host.entries[host.nentries];
    *entry = (struct entry){ .types = taken_text(args[2]), .shown = n > 3 ? taken_text(args[3]) : NULL, .id = 1000 + (double)host.nentries };
    if (!expect(module != NULL && procedure != NULL && entry->types != NULL && wcscmp(module, host.module_path) == 0, "registers without module, procedure or types"))
        return RET_FAILED;
    snprintf(entry->name, sizeof entry->name, "%s", utf8(procedure));
    entry->proc = GetProcAddress(host.module, entry->name);
    if (n > 5 && !missing(args[5]))
        taken_number(args[5], &kind);
    entry->command = kind == 2;
    entry->nargs = count_types(entry);
    disown(module);
    disown(procedure);
    if (!entry_check(entry, n, args) || host.nentries + 1 == sizeof host.entries / sizeof *host.entries) {
        give_error(res, ERROR_VALUE);
        return RET_SUCCESS;
    }
    host.nentries++;
    host.macro_names++;
    give_number(res, entry->id);
    return RET_SUCCESS;
}

int
call_unregister(int n, struct oper **args, struct oper *res)
{
    double id;
    (void)n;
    if (!taken_number(args[0], &id))
        return RET_FAILED;
    for (size_t i = 0; i < host.nentries; i++)
        if (host.entries[i].id == id) {
            disown(host.entries[i].types);
            disown(host.entries[i].shown);
            host.entries[i] = host.entries[--host.nentries];
            give_boolean(res, true);
            return RET_SUCCESS;
        }
    fail("unregisters %g, which is not registered", id);
    give_boolean(res, false);
    return RET_SUCCESS;
}

int
call_set_name(int n, struct oper **args, struct oper *res)
{
    wchar_t *name = taken_text(args[0]);
    if (name == NULL)
        return RET_FAILED;
    host.macro_names -= n < 2 || missing(args[1]);
    disown(name);
    give_boolean(res, true);
    return RET_SUCCESS;
}

/* -- menus -- */

int
call_add_menu(int n, struct oper **args, struct oper *res)
{
    double bar;
    struct oper *menu = args[1];
    (void)n;
    if (!taken_number(args[0], &bar) || !expect(bar == 1 || bar == 10, "ADD.MENU to bar %g", bar))
        return RET_FAILED;
    if (!expect(menu != NULL && (menu->type & OPER_KINDS) == OPER_MANY && menu->many.rows >= 2 && menu->many.cols == 5,
                "ADD.MENU without rows of command, macro, shortcut key, status text and help"))
        return RET_FAILED;
    expect(host.menu == NULL, "ADD.MENU while the menu is there");
    host.menu = taken_text(&menu->many.items[0]);
    if (!expect(host.menu != NULL, "ADD.MENU without a title"))
        return RET_FAILED;
    for (int32_t row = 1; row < menu->many.rows && host.nitems < 16; row++) {
        struct menu_item *item = &host.items[host.nitems++];
        item->text = taken_text(&menu->many.items[row * menu->many.cols]);
        item->macro = taken_text(&menu->many.items[row * menu->many.cols + 1]);
        expect(item->text != NULL && (wcscmp(item->text, L"-") == 0 || (item->macro != NULL && addin_entry(item->macro) != NULL)),
               "menu item “%s” runs “%s”, which is no command", utf8(item->text), utf8(item->macro));
    }
    give_number(res, 12);
    return RET_SUCCESS;
}

int
call_delete_menu(int n, struct oper **args, struct oper *res)
{
    wchar_t *name = taken_text(args[1]);
    bool there = host.menu != NULL && name != NULL && wcscmp(name, host.menu) == 0;
    (void)n;
    disown(name);
    if (!there) {
        give_error(res, ERROR_VALUE);
        return RET_SUCCESS;
    }
    host.menu = wide_take(host.menu, NULL);
    for (; host.nitems > 0; host.nitems--) {
        disown(host.items[host.nitems - 1].text);
        disown(host.items[host.nitems - 1].macro);
    }
    give_boolean(res, true);
    return RET_SUCCESS;
}

int
call_get_bar(int n, struct oper **args, struct oper *res)
{
    wchar_t *name = n > 1 ? taken_text(args[1]) : NULL;
    if (n == 0)
        give_number(res, 10);
    else if (host.menu != NULL && name != NULL && wcscmp(name, host.menu) == 0)
        give_number(res, 12);
    else
        give_error(res, ERROR_NA);
    disown(name);
    return RET_SUCCESS;
}

int
call_add_command(int n, struct oper **args, struct oper *res)
{
    (void)n, (void)args;
    fail("ADD.COMMAND is not played");
    give_error(res, ERROR_VALUE);
    return RET_SUCCESS;
}

int
call_delete_command(int n, struct oper **args, struct oper *res)
{
    (void)n, (void)args;
    fail("DELETE.COMMAND is not played");
    give_error(res, ERROR_VALUE);
    return RET_SUCCESS;
}
