/* SPDX-License-Identifier: MIT */
/* Whole files through report_make: a report pasted from text, whose merged labels left its rows ragged; and every allocation that
 * can fail on the way. What the judge in tests/judge does with hundreds of workbooks is not repeated here. */
#include "report.h"

#include <stdlib.h>

#include "draft.h"
#include "os.h"
#include "test.h"

/* A workbook with one sheet whose cells are the tab-separated fields of the file's lines, all texts. */
static bool
paste(struct arena *arena, const char *path, unsigned char **bytes, size_t *n)
{
    struct draft draft;
    struct fault fault = { 0 };
    unsigned char *text;
    size_t length;
    if (os_read_file(arena, path, &text, &length, &fault) != STATUS_OK || !draft_init(arena, &draft) ||
        draft_sheet(&draft, "Sheet1", false) != 0)
        return false;
    uint32_t row = 0;
    uint16_t col = 0;
    for (size_t from = 0, at = 0; at < length; at++) {
        if (text[at] != '\t' && text[at] != '\n')
            continue;
        const char *field = arena_text(arena, (char *)text + from, at - from);
        if (!field || (*field && !draft_text(&draft, 0, row, col, field, 0)))
            return false;
        from = at + 1;
        col = text[at] == '\t' ? (uint16_t)(col + 1) : 0;
        row += text[at] == '\n';
    }
    return write_xlsx(arena, &draft, bytes, n, &fault) == STATUS_OK;
}

static const struct { const char *key, *value; } pasted[] = {
    { "disclosure.normative_documents.public_total", "2" }, { "disclosure.other_services.previous_items", "6" },
    { "disclosure.procurement.amount", "21.83" }, { "requests.received.enterprise", "3" }, { "requests.received.total", "4" },
    { "requests.granted.enterprise", "2" }, { "requests.refused.state_secret.enterprise", "1" },
    { "requests.refused.state_secret.total", "1" }, { "requests.unavailable.not_held.research", "1" },
    { "requests.unprocessed.reconfirmation.total", "0" }, { "requests.other.natural_person", "0" },
    { "requests.closed_total.enterprise", "3" }, { "requests.closed_total.total", "4" }, { "requests.carried_out.total", "0" },
    { "disputes.suit_after_reconsideration.total", "0" },
};

static void
pasted_text(const struct forms *forms, const unsigned char *bytes, size_t n)
{
    struct arena *arena = arena_new(256u << 20);
    struct report report;
    struct options options = { .language = LANGUAGE_ZH };
    report_make(&report, arena, forms, &options, "x.xlsx", bytes, n);
    CHECK_INT(report.verdict, VERDICT_PASS);
    CHECK_STR(report.unit, "朔州市科技局");
    CHECK_INT(report.year, 2020);
    for (size_t i = 0; i < report.nfindings; i++)
        CHECK_STR(report.findings[i].rule, report.findings[i].values[0]->slot->kind == KIND_MONEY ? "unit-text" : "text-number");
    for (size_t i = 0; i < sizeof pasted / sizeof *pasted; i++) {
        char number[DECIMAL_TEXT];
        const struct value *v = report_value(&report, pasted[i].key);
        CHECK(v && v->has && v->origin == ORIGIN_GIVEN);
        if (v)
            CHECK_STR(decimal_text(v->number, number), pasted[i].value);
    }
    for (size_t i = 0; i < report.nsections; i++)
        CHECK(report.sections[i].placement && report.sections[i].placement->complete);
    arena_free(arena);
}

/* Out of memory at every request in turn: always said, never a crash, never a different answer. */
static void
out_of_memory(const struct forms *forms, const unsigned char *bytes, size_t n)
{
    struct options options = { .language = LANGUAGE_ZH };
    long step = 1, at = 0;
    for (bool done = false; !done; at += step, step += at / 300) {
        struct arena *arena = arena_new(256u << 20);
        struct report report;
        arena_fail_after(arena, at);
        report_make(&report, arena, forms, &options, "x.xlsx", bytes, n);
        done = report.verdict == VERDICT_PASS;
        if (!done) {
            CHECK_INT(report.verdict, VERDICT_UNREADABLE);
            CHECK_INT(report.fault.status, STATUS_MEMORY);
            CHECK(report.error_message != NULL);
        }
        arena_free(arena);
        if (at > 1000000)
            break;
    }
    CHECK(at > 100);
}

int
main(void)
{
    struct arena *arena = arena_new(256u << 20);
    struct forms forms;
    struct fault fault = { 0 };
    unsigned char *bytes;
    size_t n;
    CHECK(forms_load(arena, NULL, &forms, &fault) == STATUS_OK);
    bool made = paste(arena, "tests/data/pasted-2020.txt", &bytes, &n);
    CHECK(made);
    if (made) {
        pasted_text(&forms, bytes, n);
        out_of_memory(&forms, bytes, n);
    }
    arena_free(arena);
    return test_summary();
}
