/* SPDX-License-Identifier: MIT */
/* run_faults: the n-th call of a command fails, in every way there is; then the n-th allocation. Whatever happens, the accounts are
 * level, the numbers of the workbook stay, and 清除标记 gives the workbook back as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "runs.h"
#include "wide.h"

enum { ALLOCATIONS = 10 };       /* the first of a command, which fail: all of ours; libxlsxwriter, behind them in an export, does not bear it */
enum { STEP = 10 };              /* every so many calls, unless XLLHOST_STEP says otherwise; each kind of trouble begins at another */

static const char *const trouble_names[TROUBLE_KINDS] = { "xlretFailed", "xlretAbort", "xlretInvXlfn", "#N/A", "nil", "an empty text" };

static void
start_over(const struct desk *from)
{
    desk_close(&host.desk);
    host.desk = desk_copy(from);
}

/* After a command broke off: no number of the user's is lost. Where Excel still listened and did not make things up, clearing works. */
static void
look_after(const struct desk *from, const struct desk *clean, const wchar_t *command, bool honest)
{
    host.trouble_at = host.addin.fail_after = -1;
    if (command != COMMAND_FILL)
        expect(desk_same_numbers(from, &host.desk), "numbers of the workbook changed");
    if (!honest || (command != COMMAND_CHECK && command != COMMAND_CLEAR))
        return;
    addin_command(COMMAND_CLEAR);
    expect(desk_same(clean, &host.desk), "清除标记 after that leaves traces");
}

static void
fault_command(const struct desk *from, const struct desk *clean, const wchar_t *command, const char *name, long step)
{
    start_over(from);
    host.calls = 0;
    addin_command(command);
    long calls = host.calls;
    size_t total = host.addin.total;
    start_over(from);
    addin_command(command);
    long allocations = (long)(host.addin.total - total);
    for (int trouble = 0; trouble < TROUBLE_KINDS; trouble++)
        for (long n = trouble * 3 % step; n < calls; n += step) {
            scene("%s, call %ld of %ld gives %s, %s", utf8(command), n, calls, trouble_names[trouble], name);
            start_over(from);
            host.trouble = (enum trouble_kind)trouble;
            host.trouble_at = n;
            addin_command(command);
            look_after(from, clean, command, trouble == TROUBLE_FAILED || trouble == TROUBLE_BAD_FUNCTION || trouble == TROUBLE_ERROR_VALUE);
        }
    for (long n = 0; n < allocations && n < ALLOCATIONS; n++) {
        scene("%s, allocation %ld of %ld fails, %s", utf8(command), n, allocations, name);
        start_over(from);
        host.addin.fail_after = n;
        addin_command(command);
        look_after(from, clean, command, true);
    }
    printf("%s: %ld calls, %ld allocations\n", utf8(command), calls, allocations);
}

static void
fault_function(const struct desk *from, const wchar_t *function, int n, long step)
{
    struct oper cell = { .here = { 1, { 4, 4, 3, 3 } }, .type = OPER_HERE }, *argument = &cell;
    start_over(from);
    addin_command(COMMAND_FILL);                 /* another workbook than before, or the last answer will do */
    host.calls = 0;
    addin_done(addin_function(function, n, &argument));
    long calls = host.calls;
    printf("%s: %ld calls\n", utf8(function), calls);
    for (int trouble = 0; trouble < TROUBLE_KINDS; trouble++)
        for (long k = trouble * 3 % step; k < calls; k += step) {
            scene("%s, call %ld gives %s", utf8(function), k, trouble_names[trouble]);
            start_over(from);
            if (k % 2 == 0)
                addin_done(addin_function(function, n, &argument));
            addin_command(COMMAND_FILL);
            host.trouble = (enum trouble_kind)trouble;
            host.trouble_at = k;
            struct oper *result = addin_function(function, n, &argument);
            host.trouble_at = -1;
            expect(result != NULL, "%s returned nothing", utf8(function));
            addin_done(result);
        }
}

void
run_faults(const char *name)
{
    static const wchar_t *const commands[] = { COMMAND_CHECK, COMMAND_FILL, COMMAND_CLEAR, COMMAND_EXPORT, COMMAND_ABOUT };
    static const char *const names[] = { "check", "fill", "clear", "export", "about" };
    struct desk kept = desk_copy(&host.desk);
    const char *step = getenv("XLLHOST_STEP"), *only = getenv("XLLHOST_ONLY");
    long every = step != NULL ? atol(step) : STEP;
    bool functions = only == NULL || strcmp(only, "functions") == 0;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (only != NULL && strcmp(names[i], only) != 0)
            continue;
        start_over(&kept);
        if (commands[i] == COMMAND_CLEAR)
            addin_command(COMMAND_CHECK);
        struct desk from = desk_copy(&host.desk);
        fault_command(&from, &kept, commands[i], name, every);
        desk_close(&from);
    }
    if (functions) {
        fault_function(&kept, FUNCTION_CHECK, 1, every);
        fault_function(&kept, FUNCTION_EXPECTED, 1, every);
        fault_function(&kept, FUNCTION_VERDICT, 0, every);
    }
    start_over(&kept);
    desk_close(&kept);
}
