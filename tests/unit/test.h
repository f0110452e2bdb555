/* SPDX-License-Identifier: MIT */
/* test: three checks and a count, included once by each unit test. A failed check prints its place and goes on. */
#ifndef NIANBAO_TEST_H
#define NIANBAO_TEST_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int test_passed, test_failed;

static bool
test_note(bool ok)
{
    if (ok)
        test_passed++;
    else
        test_failed++;
    return ok;
}

static inline void
test_str(const char *file, int line, const char *got, const char *want)
{
    if (!test_note(got == want || (got != NULL && want != NULL && strcmp(got, want) == 0)))
        printf("%s:%d: got \"%s\", want \"%s\"\n", file, line, got != NULL ? got : "(null)", want != NULL ? want : "(null)");
}

static inline void
test_int(const char *file, int line, long long got, long long want)
{
    if (!test_note(got == want))
        printf("%s:%d: got %lld, want %lld\n", file, line, got, want);
}

static inline void
test_true(const char *file, int line, bool ok, const char *what)
{
    if (!test_note(ok))
        printf("%s:%d: got false, want %s\n", file, line, what);
}

#define CHECK(cond) test_true(__FILE__, __LINE__, (cond), #cond)
#define CHECK_STR(got, want) test_str(__FILE__, __LINE__, (got), (want))
#define CHECK_INT(got, want) test_int(__FILE__, __LINE__, (long long)(got), (long long)(want))

/* The last line of a test and its exit status. */
static inline int
test_summary(void)
{
    printf("%d passed, %d failed\n", test_passed, test_failed);
    return test_failed != 0;
}

#endif
