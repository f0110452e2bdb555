/* SPDX-License-Identifier: MIT */
/* memory STEP FILE...: each request for memory of a whole conversion of each file fails once, with all after it: reading, judging, the
 * workbook marked or cleaned, summary and JSON. It is said, or the answer is the one of an undisturbed run. STEP 1: every request; else so
 * many at the beginning one by one, then in growing steps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "give.h"
#include "limits.h"
#include "os.h"

static unsigned long passed, failed;

static void
check(bool ok, const char *file, long n, const char *what)
{
    passed += ok;
    failed += !ok;
    if (!ok)
        fprintf(stderr, "FAIL %s: request %ld: %s\n", file, n, what);
}

struct given { const char *name; unsigned char *bytes; size_t n; };

/* One conversion in an arena that gives `limit` times (negative: always). *json: what it answers, a copy, or NULL. False: memory ran out. */
static bool
convert(const struct forms *forms, const struct given *input, long limit, char **json)
{
    struct options options = { .language = LANGUAGE_ZH };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct report report;
    struct text line = text_new(arena), summary = text_new(arena);
    struct marked marked;
    unsigned char *workbook;
    size_t n;
    *json = NULL;
    arena_fail_after(arena, limit);
    report_make(&report, arena, forms, &options, input->name, input->bytes, input->n);
    bool memory = report.verdict == VERDICT_UNREADABLE && report.fault.status == STATUS_MEMORY;
    check(report.verdict != VERDICT_UNREADABLE || (report.error_message != NULL && *report.error_message != '\0'), input->name, limit, "nothing is said");
    give_json(&report, &line);
    give_summary(&report, &summary);
    if (report.verdict != VERDICT_UNREADABLE) {
        give_marked(arena, &report, &marked);
        enum status status = give_workbook(&report, &workbook, &n, NULL);
        check(status == STATUS_OK || status == STATUS_MEMORY, input->name, limit, "the workbook fails for another reason");
        memory = memory || status == STATUS_MEMORY;
    }
    if (!line.failed && !memory) {
        *json = malloc(line.n + 1);
        if (*json != NULL)
            memcpy(*json, line.at, line.n + 1);
    }
    memory = memory || line.failed || summary.failed;
    arena_free(arena);
    return !memory;
}

static void
run(const struct forms *forms, const struct given *input, long step)
{
    char *want, *got;
    bool whole = convert(forms, input, -1, &want);
    check(whole && want != NULL, input->name, -1, "no answer at all");
    whole = false;
    for (long n = 0; want != NULL && !whole; n += step == 1 || n < step ? 1 : 1 + n / step) {
        whole = convert(forms, input, n, &got);
        check(!whole || (got != NULL && strcmp(got, want) == 0), input->name, n, "another answer");
        free(got);
    }
    free(want);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct forms forms;
    struct fault fault = { .status = STATUS_OK };
    for (long n = 0, whole = 0; !whole; n += 1 + n / 50) {          /* and the forms themselves */
        struct arena *own = arena_new(LIMIT_MEMORY);
        arena_fail_after(own, n);
        enum status status = forms_load(own, NULL, &forms, &fault);
        whole = status == STATUS_OK;
        check(whole || status == STATUS_MEMORY, "forms", n, "another status");
        arena_free(own);
    }
    if (argc < 3 || forms_load(arena, NULL, &forms, &fault) != STATUS_OK)
        return 2;
    for (int i = 2; i < argc; i++) {
        struct given input = { .name = argv[i] };
        if (os_read_file(arena, argv[i], &input.bytes, &input.n, &fault) != STATUS_OK)
            return 2;
        run(&forms, &input, strtol(argv[1], NULL, 10));
    }
    arena_free(arena);
    printf("%lu passed, %lu failed\n", passed, failed);
    return failed != 0;
}
