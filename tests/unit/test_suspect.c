/* SPDX-License-Identifier: MIT */
/* Suspects of reports made by hand, over whatever form 2023 has: every number of the tables that add up is wrong once. The judge in
 * tests/judge/suspects.py does the same with files, two and three wrong cells, and another way of searching. */
#include "suspect.h"

#include "check.h"
#include "sample_report.h"
#include "suspect_parts.h"
#include "wording.h"

/* A report that adds up: leaves of some size, every total blank and then filled. */
static void
good_report(struct report *report, struct arena *arena)
{
    sample_report(report, arena);
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
            struct value *v = &report->sections[s].values[i];
            v->number.micros = (int64_t)(i * i * 7 % 41) * DECIMAL_ONE;
            if (v->slot->derived)
                v->origin = ORIGIN_BLANK;
        }
    fill_totals(report);
}

static struct value *
value_of(const struct report *report, const char *key)
{
    return (struct value *)report_value(report, key);
}

/* 一 of each column is what the balance needs; totals are filled anew, and then count as typed when `typed`. */
static void
settle_totals(struct report *report, bool typed)
{
    static const char *const columns[] = { "natural_person", "enterprise", "research", "public_welfare", "legal_services", "other_org" };
    static const char *const rows[] = { "closed_total", "carried_out", "carried_in", "received" };
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        struct value *v[4];
        for (size_t r = 0; r < 4; r++) {
            char key[80];
            snprintf(key, sizeof key, "requests.%s.%s", rows[r], columns[c]);
            v[r] = value_of(report, key);
        }
        v[3]->number.micros = v[0]->number.micros + v[1]->number.micros - v[2]->number.micros;
    }
    for (int again = 0; again < 2; again++)                /* fill, then say how they came there */
        for (size_t s = 0; s < report->nsections; s++)
            for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
                struct value *v = &report->sections[s].values[i];
                if (v->slot->derived)
                    v->origin = again == 0 ? ORIGIN_BLANK : typed ? ORIGIN_GIVEN : ORIGIN_FILLED;
                if (again == 0 && s + 1 == report->nsections && i + 1 == report->sections[s].table->nslots)
                    fill_totals(report);
            }
}

static void
judge_again(struct report *report, const struct forms *forms)
{
    report->nfindings = report->nsuspects = report->nleads = 0;
    CHECK(check(report, forms) && suspects_find(report) && wording_findings(report) && wording_leads(report));
}

static size_t
arithmetic(const struct report *report)
{
    size_t n = 0;
    for (size_t i = 0; i < report->nfindings; i++)
        n += suspects_explain(&report->findings[i]);
    return n;
}

/* Each number of a table in two equations is wrong once, more and less. */
static void
test_every_cell(struct report *report, const struct forms *forms)
{
    const struct section *section = report_section(report, "requests");
    for (size_t i = 0; i < section->table->nslots; i++)
        for (int64_t by = -1; by <= 100; by += 101) {
            struct value *v = &section->values[i];
            struct decimal right = v->number;
            v->number.micros += by * DECIMAL_ONE;
            if (v->number.micros < 0)
                v->number.micros = DECIMAL_ONE;
            judge_again(report, forms);
            CHECK_INT(report->nsuspects, 1);
            CHECK_INT(report->nleads, 1);
            if (report->nsuspects == 1) {
                const struct suspect *s = &report->suspects[0];
                CHECK(s->likely && s->alternatives == 1 && s->nchanges == 1 && s->changes[0].value == v);
                CHECK_INT(s->changes[0].to.micros, right.micros);
                CHECK_INT(s->nexplains, arithmetic(report));
            }
            v->number = right;
        }
}

static void
test_three_cells(struct report *report, const struct forms *forms)
{
    struct value *v[] = { value_of(report, "requests.received.total"), value_of(report, "requests.granted.research"),
                          value_of(report, "requests.carried_out.enterprise") };
    struct decimal right[3];
    for (size_t i = 0; i < 3; i++) {
        right[i] = v[i]->number;
        v[i]->number.micros += (int64_t)(i * 10 + 3) * DECIMAL_ONE;
    }
    judge_again(report, forms);
    CHECK_INT(report->nsuspects, 1);
    CHECK_INT(report->suspects[0].nchanges, 3);
    for (size_t i = 0; i < 3; i++) {
        bool found = false;
        for (size_t k = 0; k < report->suspects[0].nchanges; k++)
            found |= report->suspects[0].changes[k].value == v[i] && report->suspects[0].changes[k].to.micros == right[i].micros;
        CHECK(found);
        v[i]->number = right[i];
    }
}

/* One equation for five cells: all that may be wrong, a total that was left at 0 first. */
static void
test_one_equation(struct report *report, const struct forms *forms)
{
    struct value *total = value_of(report, "disputes.reconsideration.total");
    struct decimal right = total->number;
    total->number.micros = 0;
    judge_again(report, forms);
    CHECK(report->nsuspects > 0 && report->suspects[0].changes[0].value == total);
    CHECK_STR(report->leads[0].rule, "");
    total->number.micros = right.micros + DECIMAL_ONE;
    judge_again(report, forms);
    CHECK_INT(report->nsuspects, 5);
    CHECK_INT(report->suspects[0].alternatives, 5);
    CHECK(!report->suspects[0].likely);
    CHECK(strstr(report->leads[0].message, "可能写错的是") && !strstr(report->leads[0].message, "最可能"));
    CHECK(strstr(report->leads[0].message, "只看数字分不清"));
    struct text letter = text_new(report->arena);
    for (size_t i = 0; i < report->nfindings; i++)
        wording_lead_cells(&letter, report, &report->findings[i]);
    for (size_t i = 0; i < report->nsuspects; i++) {
        const struct value *v = report->suspects[i].changes[0].value;
        char address[ADDRESS_SIZE];
        CHECK(strstr(letter.at, sheet_cell_address(v->sheet, v->row, v->col, address)) != NULL);
    }
    CHECK(strstr(letter.at, "只看数字分不清是哪一种") != NULL);
    total->number = right;
}

/* In both languages; the letter to the unit has no number. */
static void
test_words(struct report *report, const struct forms *forms)
{
    struct value *v = value_of(report, "requests.granted.research");
    struct text letter = text_new(report->arena);
    struct decimal right = v->number;
    char want[64], number[DECIMAL_TEXT];
    v->number.micros = 777 * DECIMAL_ONE;
    judge_again(report, forms);
    snprintf(want, sizeof want, "现为 777）；若台账上是 %s，则全部对得上。", decimal_text(right, number));
    CHECK(strstr(report->leads[0].message, want) != NULL);
    CHECK_STR(report->leads[0].hint, "请先查登记台账，勿为凑平而改数。");
    CHECK_INT(report->leads[0].ncells, 1);
    for (size_t i = 0; i < report->nfindings; i++)
        wording_lead_cells(&letter, report, &report->findings[i]);
    CHECK(strstr(letter.at, "最可能写错的是 D") != NULL && strstr(letter.at, "777") == NULL);
    for (size_t i = 0; i < report->nfindings; i++) {
        struct text note = text_new(report->arena);
        wording_lead_note(&note, report, &report->findings[i]);
        CHECK((note.n > 0) == (suspect_of(report, &report->findings[i]) != NULL));
        CHECK(note.n == 0 || (strstr(note.at, "最可能写错的是 D") != NULL && strstr(note.at, "777") == NULL));
    }
    report->language = LANGUAGE_EN;
    judge_again(report, forms);
    CHECK(strstr(report->leads[0].message, "most likely wrong is D") != NULL && strstr(report->leads[0].message, "now 777") != NULL);
    report->language = LANGUAGE_ZH;
    v->number = right;
}

/* Totals that follow their terms cannot be wrong alone: any number of the column may be, and last year's report tells which. */
static void
test_following_totals(struct report *report, const struct forms *forms)
{
    struct value *v = value_of(report, "requests.carried_in.enterprise");
    struct decimal right = v->number;
    v->number.micros += 4 * DECIMAL_ONE;
    for (int formulas = 0; formulas < 2; formulas++) {
        for (size_t s = 0; s < report->nsections; s++)
            for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
                struct value *total = &report->sections[s].values[i];
                total->computed = formulas && total->slot->derived;
                total->origin = !total->slot->derived || formulas ? ORIGIN_GIVEN : ORIGIN_BLANK;
            }
        fill_totals(report);
        struct anchor anchor = { v, right };
        for (report->nanchors = 0; report->nanchors < 2; report->nanchors++) {
            report->anchors = &anchor;
            judge_again(report, forms);
            CHECK_INT(report->nsuspects, SUSPECTS_LISTED);
            CHECK(report->suspects[0].alternatives > 10);
            CHECK(report->nanchors == 1 || !report->suspects[0].likely);
            for (size_t i = 0; i < report->nsuspects; i++)
                CHECK(report->suspects[i].typed == 1 && (report->suspects[i].nchanges > 1) == (formulas == 1) && report->suspects[i].changes[0].value->slot->column == v->slot->column);
        }
        CHECK(report->suspects[0].changes[0].value == v && report->suspects[0].changes[0].to.micros == right.micros);
        report->nanchors = 0;
    }
    v->number = right;
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nslots; i++)
            report->sections[s].values[i].computed = false;
}

/* More wrong cells than anyone can find, and a number nobody can read. */
static void
test_cannot_tell(struct report *report, const struct forms *forms)
{
    const struct section *section = report_section(report, "requests");
    struct decimal right[9];
    for (size_t i = 0; i < 9; i++) {
        right[i] = section->values[i * 8].number;
        section->values[i * 8].number.micros += (int64_t)(1 << i) * DECIMAL_ONE;
    }
    judge_again(report, forms);
    CHECK(arithmetic(report) > 0);
    CHECK_INT(report->nsuspects, 0);
    CHECK_INT(report->nleads, 1);
    CHECK(strstr(report->leads[0].message, "分不清是哪几格写错") != NULL);
    for (size_t i = 0; i < 9; i++)
        section->values[i * 8].number = right[i];
    struct value *unread = value_of(report, "requests.granted.research"), *wrong = value_of(report, "requests.carried_in.total");
    struct decimal was = wrong->number;
    unread->has = false;
    wrong->number.micros += 5 * DECIMAL_ONE;
    judge_again(report, forms);
    CHECK(report->nsuspects == 1 && report->suspects[0].changes[0].value == wrong);
    CHECK(strstr(report->leads[0].message, "则能核对的都对得上。") != NULL);
    unread->has = true;
    wrong->number = was;
}

static void
test_no_memory(struct report *report, const struct forms *forms)
{
    struct value *v = value_of(report, "requests.granted.research");
    v->number.micros += DECIMAL_ONE;
    judge_again(report, forms);
    bool done = false;
    for (long at = 0; !done; at++) {
        report->suspects = NULL;
        report->nsuspects = report->suspects_cap = report->nleads = 0;
        arena_fail_after(report->arena, at);
        done = suspects_find(report) && wording_leads(report);
        arena_fail_after(report->arena, -1);
        CHECK(at < 10000);
    }
    CHECK_INT(report->nsuspects, 1);
    v->number.micros -= DECIMAL_ONE;
}

/* Numbers as they were meant and typed: the likelier slip is the cheaper one. */
static void
test_slips(struct report *report)
{
    static const struct { int from, likely, unlikely; } cases[] = {
        { 21, 12, 65 }, { 12, 112, 947 }, { 120, 12, 77 }, { 122, 12, 47 }, { 30, 31, 85 }, { 18, 13, 67 },
    };
    struct value *v = value_of(report, "requests.granted.total");
    struct decimal was = v->number;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct remedy a = { v, { cases[i].likely * DECIMAL_ONE } }, b = { v, { cases[i].unlikely * DECIMAL_ONE } };
        v->number.micros = cases[i].from * DECIMAL_ONE;
        CHECK(slips_cost(&a, 1) < slips_cost(&b, 1));
    }
    v->number = was;
}

/* Four equations without a common cell, of twenty cells each: 160,000 sets, more than may be looked at. */
static bool
count_set(void *context, const struct change *changes, size_t n)
{
    *(long *)context += 1;
    return changes != NULL && n == 4;
}

static void
test_too_many_sets(struct arena *arena)
{
    enum { ROWS = 4, CELLS = 20 };
    struct puzzle_row rows[ROWS];
    long sets = 0;
    struct puzzle puzzle = { .rows = rows, .nrows = ROWS, .ncells = ROWS * CELLS, .work = SEARCH_WORK, .take = count_set, .context = &sets };
    for (size_t i = 0; i < ROWS; i++) {
        rows[i] = (struct puzzle_row){ arena_array(arena, ROWS * CELLS, sizeof *rows[i].of), DECIMAL_ONE };
        for (size_t c = 0; c < CELLS; c++)
            rows[i].of[i * CELLS + c] = 1;
    }
    CHECK_INT(puzzle_solve(arena, &puzzle), PUZZLE_OPEN);
    CHECK(sets > 1000 && sets <= SEARCH_WORK / SET_WORK);
    CHECK(puzzle.work <= 0 && puzzle.work > -SEARCH_WORK / 100);
    sets = 0;
    puzzle.nrows = 2;                                           /* 400 */
    puzzle.work = SEARCH_WORK;
    CHECK_INT(puzzle_solve(arena, &puzzle), PUZZLE_OPEN);       /* none is of four cells */
    CHECK_INT(sets, 400);
}

int
main(void)
{
    struct arena *arena = arena_new(256u << 20);
    struct forms forms;
    struct fault fault;
    struct report report;
    CHECK_INT(forms_load(arena, NULL, &forms, &fault), STATUS_OK);
    good_report(&report, arena);
    settle_totals(&report, true);
    judge_again(&report, &forms);
    CHECK_INT(arithmetic(&report), 0);
    CHECK_INT(report.nsuspects + report.nleads, 0);
    test_every_cell(&report, &forms);
    test_three_cells(&report, &forms);
    test_one_equation(&report, &forms);
    test_words(&report, &forms);
    test_cannot_tell(&report, &forms);
    test_slips(&report);
    test_no_memory(&report, &forms);
    test_following_totals(&report, &forms);
    test_too_many_sets(arena);
    arena_free(arena);
    return test_summary();
}
