/* SPDX-License-Identifier: MIT */
/* A roll-up of filings made by hand, for every form: it reads as the report of the whole area with the same sums, says what it was made
 * of, and notices a change of any of its cells, those that never were in memory included. From the root of the repository. */
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <unistd.h>

#include "limits.h"
#include "os.h"
#include "read.h"
#include "rollup.h"
#include "sheets.h"
#include "stamp.h"
#include "test.h"

enum { UNITS = 30 };

static const char out_path[] = "汇总 #1.xlsx";

/* Unit i: leaf k is i * k % 5, money has decimals, every third leaf is 0 everywhere; totals as the unit wrote them are wrong by one in
 * the units that fail. */
static struct filing
make_filing(struct arena *arena, const struct form *form, size_t i, bool fails)
{
    static struct filing_finding finding = { SEVERITY_ERROR, "row-total", "表三!J8", "填的是 5，相加是 4。", "", NULL };
    char name[64], file[64];
    static char digests[4 * UNITS][65];
    snprintf(name, sizeof name, "测试市第%zu局", i);
    snprintf(file, sizeof file, "来/%zu <局>.xlsx", i);
    snprintf(digests[i], sizeof digests[i], "%064zx", i + 1);
    struct filing filing = {
        .file = arena_copy(arena, file), .path = arena_copy(arena, file),
        .name = arena_copy(arena, name), .year = form->year_from, .sha256 = digests[i], .modified = 1700000000 + (int64_t)i,
        .verdict = fails ? VERDICT_FAIL : VERDICT_PASS, .form = form->id, .whole = true, .covered = 1, .nvalues = form->nslots,
        .values = arena_array(arena, form->nslots, sizeof *filing.values), .findings = &finding, .nfindings = fails,
    };
    filing.counts[SEVERITY_ERROR] = fails;
    for (size_t k = 0; k < form->nslots; k++) {
        int64_t number = k % 3 == 0 ? 0 : (int64_t)(i * k % 5);
        bool money = form->slots[k].kind == KIND_MONEY;
        filing.values[k] = (struct filing_value){ number * DECIMAL_ONE + (money ? 100001 : 0), true };
        if (form->slots[k].derived && fails)
            filing.values[k].micros += DECIMAL_ONE;
    }
    return filing;
}

static struct rollup *
gather(const struct forms *forms, const struct form *form, struct arena *arena)
{
    struct rollup_options options = { .output = out_path };
    struct rollup *rollup = rollup_new(forms, &options);
    CHECK(rollup != NULL);
    for (size_t i = 0; i < UNITS; i++) {
        struct filing filing = make_filing(arena, form, i, i % 7 == 3);
        CHECK(rollup_note(rollup, &filing));
    }
    struct filing older = make_filing(arena, form, UNITS, false), unreadable = { .file = "坏.xlsx", .path = "坏.xlsx", .sha256 = "", .trouble = "打不开",
                                                                                 .verdict = VERDICT_UNREADABLE };
    older.name = "测试市第1局";
    older.modified = 1600000000;
    CHECK(rollup_note(rollup, &older) && rollup_note(rollup, &unreadable));
    CHECK(rollup_choose(rollup) && rollup_add(rollup));
    rollup->area = "测试市";
    CHECK_INT(rollup->counted, UNITS);
    return rollup;
}

static void
same_sums(const struct rollup *rollup, const struct report *report)
{
    for (size_t i = 0; i < rollup->form->nslots; i++) {
        const struct value *value = report_value(report, rollup->form->slots[i].key);
        CHECK(value != NULL && value->has);
        if (value != NULL)
            CHECK_INT(value->number.micros, rollup->sums[i].micros);
    }
}

static const struct sheet *
sheet_of(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->nsheets; i++)
        if (strcmp(book->sheets[i].name, name) == 0)
            return &book->sheets[i];
    static const struct sheet none;
    CHECK_STR("(no such sheet)", name);
    return &none;
}

static bool
has_text(const struct sheet *sheet, const char *part)
{
    for (size_t i = 0; i < sheet->ncells; i++)
        if (sheet->cells[i].text != NULL && strstr(sheet->cells[i].text, part) != NULL)
            return true;
    return false;
}

/* Any cell of any sheet, changed and changed back. */
static void
changes_are_noticed(struct book *book)
{
    for (size_t s = 0; s < book->nsheets; s++) {
        struct sheet *sheet = &book->sheets[s];
        for (size_t i = 0; i < sheet->ncells; i += sheet->ncells / 5 + 1) {
            struct cell *cell = &sheet->cells[i], was = *cell;
            cell->number += 1;
            cell->text = was.text != NULL ? "别的" : NULL;
            cell->formula = was.formula != NULL ? "1+1" : NULL;
            CHECK(stamp_check(book) != STAMP_INTACT);
            *cell = was;
        }
    }
    CHECK_INT(stamp_check(book), STAMP_INTACT);
}

static void
round_trip(const struct forms *forms, const struct form *form)
{
    static const struct options options = { .language = LANGUAGE_ZH };
    static const char *const sheets[] = { TOTALS_SHEET, DETAILS_SHEET, VERDICTS_SHEET, REGISTER_SHEET };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct rollup *rollup = gather(forms, form, arena);
    struct fault fault = { .where = "" };
    struct report report;
    struct book book = { .arena = arena };
    unsigned char *bytes = NULL;
    size_t n = 0;
    rollup->before = rollup->sums;
    CHECK_INT(rollup_write(rollup, out_path, &fault), STATUS_OK);
    CHECK_STR(fault.where, "");
    CHECK_INT(os_read_file(arena, out_path, &bytes, &n, NULL), STATUS_OK);
    CHECK_INT(read_book(arena, bytes, n, &book, NULL), STATUS_OK);
    CHECK_STR(book_property(&book, FILING_COVERED), "30");
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        CHECK_STR(book.sheets[i].name, sheets[i]);
    CHECK(has_text(sheet_of(&book, TOTALS_SHEET), "已计入，待更正：4 个单位"));
    CHECK(has_text(sheet_of(&book, TOTALS_SHEET), "读不了 1 份，较旧的版本 1 份"));
    CHECK(has_text(sheet_of(&book, VERDICTS_SHEET), "填的是 5"));
    CHECK(has_text(sheet_of(&book, REGISTER_SHEET), "计入的是 来/1 <局>.xlsx"));
    CHECK(has_text(sheet_of(&book, COMPARE_SHEET), "增减比例"));
    const struct sheet *details = sheet_of(&book, DETAILS_SHEET);
    CHECK(sheet_row(details, 6 + UNITS - 1) < details->ncells && sheet_row(details, 6 + UNITS) == details->ncells);
    changes_are_noticed(&book);
    report_make(&report, arena, forms, &options, out_path, bytes, n);
    CHECK_STR(report.unit, "测试市");
    CHECK_INT(report.year, form->year_from);
    CHECK(report.form == form && report.nsections == form->ntables && report.nignored == 0);
    same_sums(rollup, &report);
    const struct filing *filing = filing_make(arena, &report, out_path, 0);
    CHECK(filing != NULL && filing->rollup);
    CHECK_INT(filing->covered, UNITS);
    CHECK_INT(filing->ninputs, UNITS);
    CHECK_STR(filing->inputs[2].name, "测试市第2局");
    rollup->before = NULL;
    rollup_free(rollup);
    arena_free(arena);
    CHECK(os_remove_file(out_path));
}

int
main(void)
{
    char folder[] = "/tmp/nianbao-test-XXXXXX";
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct forms forms;
    CHECK_INT(forms_load(arena, "tests/forms", &forms, NULL), STATUS_OK);
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 1;
    for (size_t i = 0; i < forms.n; i++)
        round_trip(&forms, forms.form[i]);
    CHECK(rmdir(folder) == 0);
    arena_free(arena);
    return test_summary();
}
