/* SPDX-License-Identifier: MIT */
/* Ten thousand findings: everything is given back whole, in the memory of one input. */
#include "sample_report.h"

#include "give.h"
#include "limits.h"
#include "read.h"

enum { MANY = 10000 };

static size_t
count(const char *text, const char *word)
{
    size_t n = 0;
    for (; (text = strstr(text, word)) != NULL; text++)
        n++;
    return n;
}

int
main(void)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct report report;
    struct book book;
    unsigned char *bytes;
    size_t n;
    sample_report(&report, arena);
    for (size_t i = 0; i < MANY; i++) {
        sample_finding(&report, i % report.nsections, 1 + i % 3, (enum severity)(i % SEVERITY_COUNT), "有一处要改");
        report.findings[i].path = report.findings[i].basis = "";
    }
    void (*const give[])(const struct report *r, struct text *out) = { give_json, give_summary };
    for (size_t i = 0; i < sizeof give / sizeof *give; i++) {
        struct text out = text_new(arena);
        give[i](&report, &out);
        CHECK(!out.failed);
        CHECK_INT(count(out.at, "有一处要改"), MANY);
    }
    struct text out = text_new(arena);
    give_terminal(&report, false, &out);
    CHECK(!out.failed && out.n > 0);
    struct fault fault = { .status = STATUS_OK };
    enum status status = give_workbook(&report, &bytes, &n, &fault);
    CHECK_STR(fault.where, "");
    if (status == STATUS_OK)
        status = read_book(arena, bytes, n, &book, &fault);
    CHECK_INT(status, STATUS_OK);
    size_t told = 0;
    for (size_t s = 0; status == STATUS_OK && s < book.nsheets; s++)
        for (size_t c = 0; c < book.sheets[s].ncells; c++)
            told += book.sheets[s].cells[c].text != NULL && strstr(book.sheets[s].cells[c].text, "有一处要改") != NULL;
    CHECK(told >= MANY);
    arena_free(arena);
    return test_summary();
}
