/* SPDX-License-Identifier: MIT */
/* Last year: the ties of the legal forms, which report is found, what is found by it, and every allocation that can fail on the way. The
 * numbers are set by hand; whole workbooks are judged by tests/judge. */
#include "check_previous.h"
#include "comparison.h"
#include "lexicon.h"
#include "previous.h"
#include "test.h"
#include "wording.h"

enum { BUDGET = 64 << 20 };

static struct sheet sheet = { .name = "甲 乙" };

static void
zero_section(struct arena *arena, const struct table *table, struct section *section)
{
    struct placement *placement = arena_alloc(arena, sizeof *placement);
    *placement = (struct placement){ .table = table, .sheet = &sheet, .range = { 2, 19, 0, 3 } };
    *section = (struct section){ .table = table, .placement = placement, .values = arena_array(arena, table->nslots, sizeof *section->values) };
    for (size_t i = 0; i < table->nslots; i++)
        section->values[i] = (struct value){ .slot = &table->form->slots[table->first + i], .origin = ORIGIN_GIVEN, .has = true, .raw = "0",
                                             .sheet = &sheet, .row = (uint32_t)i, .col = 3 };
}

/* A report of a form whose numbers are all 0. */
static void
zero_report(struct report *report, struct arena *arena, const struct forms *forms, const char *unit, int year)
{
    const struct form *form = forms_for_year(forms, year);
    *report = (struct report){ .arena = arena, .file = "今年.xlsx", .unit = unit, .year = year, .form = form, .nsections = form->ntables,
                               .verdict = VERDICT_PASS, .bytes = (const unsigned char *)unit, .nbytes = strlen(unit) };
    report->sections = arena_array(arena, form->ntables, sizeof *report->sections);
    for (size_t i = 0; i < form->ntables; i++)
        zero_section(arena, &form->tables[i], &report->sections[i]);
}

static void
set(const struct report *report, const char *key, double number)
{
    struct value *value = (struct value *)report_value(report, key);
    CHECK(value != NULL);
    if (value != NULL)
        value->number.micros = (int64_t)(number * (double)DECIMAL_ONE);
}

static struct predecessors
predecessors_of(struct arena *arena, const struct report *reports, size_t n, bool chosen)
{
    const struct lexicon *lexicon;
    struct predecessors all = { .at = arena_array(arena, n, sizeof *all.at), .n = n, .chosen = chosen };
    CHECK_INT(lexicon_load(arena, &lexicon, NULL), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        struct predecessor it;
        CHECK(predecessor_take(arena, lexicon, &reports[i], (int64_t)i, &it) && predecessor_keep(arena, &it, &all.at[i]));
    }
    CHECK(predecessors_index(arena, lexicon, &all));
    return all;
}

/* "carry-over warning requests.carried_in.total 3 5;…" */
static const char *
findings_of(const struct report *report)
{
    struct text out = text_new(report->arena);
    for (size_t i = 0; i < report->nfindings; i++) {
        const struct finding *f = &report->findings[i];
        char found[DECIMAL_TEXT], expected[DECIMAL_TEXT];
        text_printf(&out, "%s %s %s", f->rule, severity_code(f->severity), f->nvalues > 0 ? f->values[0]->slot->key : f->cells[0]);
        if (f->numbers)
            text_printf(&out, " %s %s", decimal_text(f->found, found), decimal_text(f->expected, expected));
        text_puts(&out, ";");
    }
    return out.at;
}

static void
test_ties(const struct forms *forms)
{
    static const struct { const char *form, *table; size_t ties, leaps; bool repeated; } want[] = {
        { "2019", "disclosure", 5, 1, false }, { "2019", "requests", 7, 0, true }, { "2019", "disputes", 3, 0, false },
        { "2021", "disclosure", 2, 1, false }, { "2021", "requests", 7, 0, true }, { "2021", "disputes", 3, 0, false },
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct table *table = form_table(forms_find(forms, want[i].form), want[i].table);
        CHECK_INT(table->nties, want[i].ties);
        CHECK_INT(table->nleaps, want[i].leaps);
        CHECK_INT(table->repeated != NULL, want[i].repeated);
    }
    const struct form *form = forms_find(forms, "2021");
    const struct table *requests = form_table(form, "requests");
    for (size_t i = 0; i < requests->nties; i++)
        CHECK_INT(requests->ties[i].severity, form->slots[requests->ties[i].now].derived ? SEVERITY_WARNING : SEVERITY_NOTE);
}

static void
test_findings(struct arena *arena, const struct forms *forms)
{
    struct report last, now;
    zero_report(&last, arena, forms, "某局", 2022);
    zero_report(&now, arena, forms, "某局", 2023);
    set(&last, "requests.carried_out.total", 5);
    set(&last, "requests.carried_out.enterprise", 5);
    set(&now, "requests.carried_in.total", 3);
    set(&now, "requests.carried_in.enterprise", 5);
    set(&last, "disclosure.regulations.in_force", 10);
    set(&now, "disclosure.regulations.made", 3);
    set(&now, "disclosure.regulations.repealed", 1);
    set(&now, "disclosure.regulations.in_force", 11);
    set(&last, "disputes.direct_suit.pending", 2);
    set(&now, "disputes.direct_suit.total", 1);
    set(&last, "disputes.reconsideration.pending", 2);
    set(&now, "disputes.reconsideration.total", 2);
    set(&last, "disclosure.fees.amount", 25.1);
    set(&now, "disclosure.fees.amount", 25100);
    struct predecessors all = predecessors_of(arena, &last, 1, true);
    CHECK(check_previous(&now, &all));
    CHECK_STR(findings_of(&now), "in-force warning disclosure.regulations.in_force 11 12;unit-unclear warning disclosure.fees.amount;"
              "carry-over warning requests.carried_in.total 3 5;pending-carried note disputes.direct_suit.total 1 2;");
    CHECK_INT(now.nanchors, 7);
    for (size_t i = 0; i < now.nanchors; i++)
        if (strcmp(now.anchors[i].value->slot->key, "requests.carried_in.total") == 0)
            CHECK_INT(now.anchors[i].expected.micros, 5 * DECIMAL_ONE);
    CHECK(wording_findings(&now));
    CHECK(strstr(now.findings[0].message, "上一年度现行有效 10＋制发 3－废止 1＝12") != NULL);
    CHECK(strstr(now.findings[1].message, "填的是 25100 万元，上一年度是 25.1 万元") != NULL);
    set(&now, "disclosure.fees.amount", 25099);
    now.nfindings = 0;
    CHECK(check_previous(&now, &all));
    CHECK(strstr(findings_of(&now), "unit-unclear") == NULL);
}

static void
test_repeated(struct arena *arena, const struct forms *forms)
{
    struct report last, now;
    zero_report(&last, arena, forms, "某局", 2022);
    zero_report(&now, arena, forms, "某局", 2023);
    struct predecessors all = predecessors_of(arena, &last, 1, true);
    CHECK(check_previous(&now, &all));
    CHECK_STR(findings_of(&now), "");                                    /* all zero in both years is nothing to ask about */
    set(&last, "requests.granted.total", 1);
    set(&now, "requests.granted.total", 1);
    all = predecessors_of(arena, &last, 1, true);
    CHECK(check_previous(&now, &all));
    CHECK_STR(findings_of(&now), "same-as-last-year warning '甲 乙'!A3:D20;");
}

/* From the form of 2019 to that of 2021: what both have, and the row that became three. */
static void
test_forms_change(struct arena *arena, const struct forms *forms)
{
    struct report last, now;
    struct comparison comparison;
    zero_report(&last, arena, forms, "某局", 2020);
    zero_report(&now, arena, forms, "某局", 2021);
    set(&last, "requests.carried_out.total", 4);
    set(&last, "requests.other.total", 7);
    set(&last, "disclosure.regulations.public_total", 9);
    set(&now, "requests.other.other.total", 6);
    set(&now, "disclosure.regulations.in_force", 1);
    struct predecessors all = predecessors_of(arena, &last, 1, true);
    CHECK(check_previous(&now, &all));
    CHECK_STR(findings_of(&now), "carry-over warning requests.carried_in.total 0 4;");
    CHECK(comparison_make(arena, &now, &comparison));
    size_t sums = 0;
    for (size_t i = 0; i < comparison.n; i++) {
        const struct comparison_line *line = &comparison.lines[i];
        if (line->value == NULL && ++sums > 0) {
            CHECK_INT(line->now.micros, 6 * DECIMAL_ONE);
            CHECK_INT(line->last.micros, 7 * DECIMAL_ONE);
        } else if (strstr(line->slot->key, ".in_force") != NULL || strncmp(line->slot->key, "requests.other.", 15) == 0)
            CHECK(!line->has_last);
    }
    CHECK_INT(sums, 1);
}

static void
test_search(struct arena *arena, const struct forms *forms)
{
    static const struct { const char *unit; int year; const char *want; } cases[] = {
        { "沭阳县科技局", 2023, "沭阳县科学技术局" }, { "沭阳县科学技术局", 2024, "沭阳县科技局" }, { "泗阳县科技局", 2023, NULL },
        { "沭阳县科技局", 2022, NULL }, { "宿迁市政府", 2023, "宿迁市" }, { "沭阳县科技局", 0, NULL },
    };
    struct report reports[4], now;
    zero_report(&reports[0], arena, forms, "沭阳县科学技术局", 2022);
    zero_report(&reports[1], arena, forms, "宿迁市", 2022);
    zero_report(&reports[2], arena, forms, "沭阳县科技局", 2023);
    zero_report(&reports[3], arena, forms, "泗阳县教育局", 2022);
    struct predecessors all = predecessors_of(arena, reports, 4, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zero_report(&now, arena, forms, cases[i].unit, cases[i].year != 0 ? cases[i].year : 2023);
        now.year = cases[i].year;
        CHECK(previous_find(&now, &all));
        CHECK_STR(previous_known(&now) ? now.previous->from[0]->unit : NULL, cases[i].want);
        CHECK_INT(now.previous->nremarks, cases[i].want == NULL);
    }
}

static void
test_chosen(struct arena *arena, const struct forms *forms)
{
    struct report reports[3], now;
    struct decimal sum;
    zero_report(&reports[0], arena, forms, "甲局", 2022);
    zero_report(&reports[1], arena, forms, "乙局", 2022);
    zero_report(&reports[2], arena, forms, "丙局", 2021);
    set(&reports[0], "requests.carried_out.total", 2);
    set(&reports[1], "requests.carried_out.total", 3);
    zero_report(&now, arena, forms, "丁局", 2023);
    struct predecessors all = predecessors_of(arena, reports, 3, true);
    CHECK(previous_find(&now, &all));
    CHECK_INT(now.previous->n, 2);
    CHECK_INT(now.previous->nremarks, 2);
    CHECK(previous_number(now.previous, report_value(&now, "requests.carried_out.total")->slot, &sum));
    CHECK_INT(sum.micros, 5 * DECIMAL_ONE);
    all = predecessors_of(arena, reports, 1, true);
    CHECK(previous_find(&now, &all));
    CHECK_INT(now.previous->remarks[0].kind, REMARK_UNIT);
    CHECK(strstr(remark_sentence(&now, &now.previous->remarks[0], LANGUAGE_ZH), "“甲局”") != NULL);
    all = predecessors_of(arena, &reports[2], 1, true);
    CHECK(previous_find(&now, &all) && !previous_known(&now));
    CHECK(strstr(remark_sentence(&now, &now.previous->remarks[0], LANGUAGE_ZH), "2021 年度的，不是 2022 年度的") != NULL);
    reports[0].verdict = VERDICT_FAIL;
    all = predecessors_of(arena, reports, 1, true);
    zero_report(&now, arena, forms, "甲局", 2023);
    CHECK(check_previous(&now, &all));
    CHECK_INT(now.previous->remarks[0].kind, REMARK_FAILING);
    CHECK_INT(now.nanchors, 0);                                          /* nobody knows which of its numbers is wrong */
}

static void
test_percent(void)
{
    static const struct { int64_t now, last; const char *want; } cases[] = {
        { 12, 10, "20.0%" }, { 0, 10, "-100.0%" }, { 12, 0, "—" }, { 1001, 1000, "0.1%" }, { 2, 3, "-33.3%" }, { 3, -3, "200.0%" },
        { 99999999999, 1, "9999999999800.0%" }, { 10000, 10001, "0.0%" },
    };
    char out[PERCENT_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(comparison_percent((struct decimal){ cases[i].now * DECIMAL_ONE }, (struct decimal){ cases[i].last * DECIMAL_ONE }, out),
                  cases[i].want);
}

/* Every allocation that fails is an end with false, and nothing worse. */
static void
test_memory(struct arena *arena, const struct forms *forms)
{
    struct report last;
    zero_report(&last, arena, forms, "甲局", 2022);
    set(&last, "requests.carried_out.total", 2);
    struct predecessors all = predecessors_of(arena, &last, 1, true);
    for (long n = 0;; n++) {
        struct arena *small = arena_new(BUDGET);
        struct report now;
        struct comparison comparison;
        zero_report(&now, small, forms, "乙局", 2023);
        arena_fail_after(small, n);
        bool ok = check_previous(&now, &all) && wording_findings(&now) && comparison_make(small, &now, &comparison);
        arena_free(small);
        if (ok) {
            CHECK(n > 10);
            break;
        }
    }
}

int
main(void)
{
    struct arena *arena = arena_new(256u << 20);
    struct forms forms;
    struct fault fault;
    CHECK_INT(forms_load(arena, NULL, &forms, &fault), STATUS_OK);
    test_ties(&forms);
    test_findings(arena, &forms);
    test_repeated(arena, &forms);
    test_forms_change(arena, &forms);
    test_search(arena, &forms);
    test_chosen(arena, &forms);
    test_percent();
    test_memory(arena, &forms);
    arena_free(arena);
    return test_summary();
}
