/* SPDX-License-Identifier: MIT */
/* fail: counts and prints. Everything said is UTF-8, at once, so that a crash hides nothing. */
#include "fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct { char scene[512], last[1024]; int passed, failed, said; } run;

enum { SAID_MOST = 200 };

void
scene(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(run.scene, sizeof run.scene, format, list);
    va_end(list);
    *run.last = '\0';
}

static void
say(const char *format, va_list list)
{
    char line[sizeof run.last];
    vsnprintf(line, sizeof line, format, list);
    run.failed++;
    if (strcmp(line, run.last) == 0 || run.said++ >= SAID_MOST)
        return;
    strcpy(run.last, line);
    printf("FAIL %s: %s\n", run.scene, line);
    fflush(stdout);
}

void
fail(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    say(format, list);
    va_end(list);
}

bool
expect(bool good, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (good)
        run.passed++;
    else
        say(format, list);
    va_end(list);
    return good;
}

void
give_up(const char *why)
{
    printf("FAIL %s: %s\n", run.scene, why);
    run.failed++;
    fail_summary();
    exit(2);
}

int
fail_count(void)
{
    return run.failed;
}

void
fail_summary(void)
{
    printf("%d passed, %d failed\n", run.passed, run.failed);
    fflush(stdout);
}
