/* SPDX-License-Identifier: MIT */
/* What is written and read again, for every form: the blank template is empty and, filled, passes; a failing report keeps its errors;
 * an explanation survives; every allocation may fail. From the root of the repository. */
#include "test.h"

#include "explained.h"
#include "give.h"
#include "lines.h"
#include "read.h"
#include "stamp.h"
#include "workbook.h"

enum { BUDGET = 128 << 20 };

struct file { unsigned char *bytes; size_t n; };

/* One cell to be written over; the rest of the workbook is copied. */
struct change { const char *sheet; uint32_t row; uint16_t col; const char *text; double number; };

static void
put_change(struct draft *draft, size_t sheet, const struct change *change)
{
    if (change->text != NULL)
        CHECK(draft_text(draft, sheet, change->row, change->col, change->text, 0));
    else
        CHECK(draft_number(draft, sheet, change->row, change->col, change->number, NULL, 0));
}

/* The workbook as a person saves it: the same cells, with some changes. */
static struct file
edit(struct arena *arena, struct file file, const struct change *changes, size_t n)
{
    struct book book;
    struct draft draft;
    CHECK_INT(read_book(arena, file.bytes, file.n, &book, NULL), STATUS_OK);
    CHECK(draft_init(arena, &draft));
    for (size_t s = 0; s < book.nsheets; s++) {
        const struct sheet *sheet = &book.sheets[s];
        size_t to = draft_sheet(&draft, sheet->name, sheet->hidden);
        for (size_t m = 0; m < sheet->nmerges; m++)
            CHECK(draft_merge(&draft, to, sheet->merges[m], "", 0));
        for (size_t c = 0; c < sheet->ncells; c++) {
            const struct cell *cell = &sheet->cells[c];
            struct style style = { .number_format = book.formats[cell->format] };
            uint16_t format = cell->format != 0 ? draft_style(&draft, &style) : 0;
            if (cell->kind == CELL_NUMBER)
                CHECK(draft_number(&draft, to, cell->row, cell->col, cell->number, cell->formula, format));
            else if (cell->formula == NULL)
                CHECK(draft_text(&draft, to, cell->row, cell->col, cell->text, format));
        }
        for (size_t i = 0; i < n; i++)
            if (strcmp(changes[i].sheet, sheet->name) == 0)
                put_change(&draft, to, &changes[i]);
    }
    struct file out = { 0 };
    CHECK_INT(write_xlsx(arena, &draft, &out.bytes, &out.n, NULL), STATUS_OK);
    return out;
}

/* A template with its cover and all inputs filled with zeros; `last` is one more change. */
static struct file
filled(struct arena *arena, const struct form *form, struct change last)
{
    struct file file = { 0 };
    struct change *changes = arena_array(arena, form->nslots + 3, sizeof *changes);
    size_t n = 0;
    CHECK_INT(give_template(arena, form, NULL, &file.bytes, &file.n, NULL), STATUS_OK);
    changes[n++] = (struct change){ COVER_SHEET, 2, 1, "某市测试局", 0 };
    changes[n++] = (struct change){ COVER_SHEET, 4, 1, NULL, form->year_from };
    for (size_t t = 0; t < form->ntables; t++) {
        const struct table *table = &form->tables[t];
        struct layout layout;
        CHECK(layout_table(arena, table, &layout));
        for (size_t i = 0; i < table->nslots; i++)
            if (!form->slots[table->first + i].derived)
                changes[n++] = (struct change){ table->sheet, layout.slots[i].row, layout.slots[i].col, NULL, 0 };
    }
    if (last.sheet != NULL)
        changes[n++] = last;
    return edit(arena, file, changes, n);
}

static struct report
judge(struct arena *arena, const struct forms *forms, struct file file)
{
    struct report report;
    report_make(&report, arena, forms, &(struct options){ 0 }, "a.xlsx", file.bytes, file.n);
    return report;
}

static struct file
workbook_of(const struct report *report)
{
    struct file file = { 0 };
    CHECK_INT(give_workbook(report, &file.bytes, &file.n, NULL), STATUS_OK);
    return file;
}

static void
check_same(const struct report *a, const struct report *b)
{
    char x[DECIMAL_TEXT], y[DECIMAL_TEXT];
    CHECK_INT(a->verdict, b->verdict);
    CHECK_INT(a->counts[SEVERITY_ERROR], b->counts[SEVERITY_ERROR]);
    CHECK_STR(a->unit, b->unit);
    CHECK_INT(a->year, b->year);
    CHECK_STR(stamp_code(a), stamp_code(b));
    for (size_t i = 0; i < a->nsections && i < b->nsections; i++)
        for (size_t v = 0; v < a->sections[i].table->nslots; v++) {
            const struct value *p = &a->sections[i].values[v], *q = &b->sections[i].values[v];
            CHECK_STR(p->has ? decimal_text(p->number, x) : "", q->has ? decimal_text(q->number, y) : "");
        }
}

static void
test_form(struct arena *arena, const struct forms *forms, const struct form *form)
{
    struct file blank = { 0 };
    CHECK_INT(give_template(arena, form, NULL, &blank.bytes, &blank.n, NULL), STATUS_OK);
    struct report report = judge(arena, forms, blank);
    CHECK_INT(report.verdict, VERDICT_FAIL);
    for (size_t i = 0; i < report.nsections; i++)
        CHECK(report.sections[i].empty);

    report = judge(arena, forms, filled(arena, form, (struct change){ 0 }));
    CHECK_INT(report.verdict, VERDICT_PASS);
    CHECK_STR(report.form->id, form->id);
    CHECK_STR(report.unit, "某市测试局");
    struct file clean = workbook_of(&report), again = workbook_of(&report);
    CHECK(clean.n == again.n && memcmp(clean.bytes, again.bytes, clean.n) == 0);
    struct report second = judge(arena, forms, clean);
    CHECK_INT(stamp_check(&second.book), STAMP_INTACT);
    check_same(&report, &second);
}

static const struct finding *
find_rule(const struct report *report, const char *rule)
{
    for (size_t i = 0; i < report->nfindings; i++)
        if (strcmp(report->findings[i].rule, rule) == 0)
            return &report->findings[i];
    return NULL;
}

/* A total of numbers in two tables: a live formula in the template, and in the cleaned workbook when it is right. */
static void
test_reaching(struct arena *arena)
{
    static const struct { double total; enum verdict verdict; const char *formula; } cases[] = {
        { 0, VERDICT_PASS, "SUM(F5:F7,乙!A3)" }, { 3, VERDICT_PASS, NULL },
    };
    struct forms forms;
    CHECK_INT(forms_load(arena, "tests/forms/foreign", &forms, NULL), STATUS_OK);
    const struct form *form = forms.form[forms.n - 1];
    test_form(arena, &forms, form);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report report = judge(arena, &forms, filled(arena, form, (struct change){ "甲", 7, 5, NULL, cases[i].total }));
        struct file file = workbook_of(&report);
        struct book book;
        CHECK_INT(report.verdict, cases[i].verdict);
        CHECK_INT(read_book(arena, file.bytes, file.n, &book, NULL), STATUS_OK);
        const struct cell *cell = sheet_cell(&book.sheets[1], 7, 5);
        CHECK(cell != NULL && cell->number == cases[i].total);
        CHECK_STR(cell != NULL ? cell->formula : "", cases[i].formula);
    }
    struct report report = judge(arena, &forms, filled(arena, form, (struct change){ "乙", 2, 0, NULL, 5 }));
    const struct finding *finding = find_rule(&report, "same");
    struct text places = text_new(arena);
    CHECK(finding != NULL);
    if (finding != NULL)
        line_places(&places, finding, 0, LANGUAGE_ZH);
    CHECK_STR(places.at, "甲!D11:D12、乙!A3:B3");
    struct text summary = text_new(arena);
    give_summary(&report, &summary);
    CHECK(strstr(summary.at, "可以用在报告正文里的句子") == NULL);      /* the form has none */
}

/* Each of these in the first cell of 三, which is a term of two sums and of a balance. */
static void
test_trouble(struct arena *arena, const struct forms *forms, const struct form *form)
{
    static const struct { const char *text; double number; const char *shown; bool marked; } cases[] = {
        { NULL, 5, NULL, true }, { "约3", 0, "约3", true }, { "#REF!", 0, "#REF!", true }, { NULL, 2.5, NULL, true }, { NULL, -1, NULL, true },
        { "【公式未计算】", 0, "【公式未计算】", true }, { "【缺】", 0, "【缺】", true }, { "/", 0, NULL, false }, { "０", 0, NULL, false },
    };
    const struct table *table = form_table(form, "requests");
    struct layout layout;
    CHECK(layout_table(arena, table, &layout));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct change change = { table->sheet, layout.slots[0].row, layout.slots[0].col, cases[i].text, cases[i].number };
        struct report first = judge(arena, forms, filled(arena, form, change));
        CHECK_INT(first.verdict, cases[i].marked ? VERDICT_FAIL : VERDICT_PASS);
        struct report second = judge(arena, forms, workbook_of(&first));
        CHECK_INT(stamp_check(&second.book), STAMP_INTACT);
        check_same(&first, &second);
        const struct value *value = &report_section(&second, "requests")->values[0];
        const struct cell *cell = sheet_cell(value->sheet, value->row, value->col);
        CHECK(cell != NULL);
        CHECK_STR(cell != NULL ? cell->text : "nothing", cases[i].shown);
    }
}

/* What is written beside a warning in 校验结果 is there after the next conversion, and after the one that follows. */
static void
test_explained(struct arena *arena, const struct forms *forms, const struct form *form)
{
    const struct table *table = form_table(form, "disclosure");
    struct layout layout;
    CHECK(layout_table(arena, table, &layout));
    struct change change = { table->sheet, layout.slots[1].row, layout.slots[1].col, NULL, 5 };      /* of 0 in all */
    struct report report = judge(arena, forms, filled(arena, form, change));
    CHECK_INT(report.counts[SEVERITY_WARNING], 1);
    struct change explanation = { RESULTS_SHEET, 3, 10, "统计口径不同", 0 };
    struct file file = edit(arena, workbook_of(&report), &explanation, 1);
    for (int i = 0; i < 2; i++) {
        report = judge(arena, forms, file);
        const struct finding *finding = find_rule(&report, "published-over-total");
        CHECK_STR(finding != NULL ? finding->explained : "no finding", "统计口径不同");
        file = workbook_of(&report);
    }
}

/* The conversion itself settles an amount in 元; what was written about it stays in 校验结果 all the same. */
static void
test_settled(struct arena *arena, const struct forms *forms, const struct form *form)
{
    const struct table *table = form_table(form, "disclosure");
    size_t amount = (size_t)(form_slot(form, "disclosure.fees.amount") - form->slots) - table->first;
    struct layout layout;
    CHECK(layout_table(arena, table, &layout));
    struct change change = { table->sheet, layout.slots[amount].row, layout.slots[amount].col, "251000元", 0 };
    struct report report = judge(arena, forms, filled(arena, form, change));
    CHECK(find_rule(&report, "unit-text") != NULL);
    struct change explanation = { RESULTS_SHEET, 3, 10, "已核对", 0 };
    struct file file = edit(arena, workbook_of(&report), &explanation, 1);
    for (int i = 0; i < 2; i++) {
        report = judge(arena, forms, file);
        CHECK(find_rule(&report, "unit-text") == NULL);
        file = workbook_of(&report);
        struct book book;
        CHECK_INT(read_book(arena, file.bytes, file.n, &book, NULL), STATUS_OK);
        CHECK_STR(explained_find(&book, "unit-text@disclosure.fees.amount"), "已核对");
    }
}

/* The n-th allocation fails: a status, nothing else. */
static void
test_memory(const struct forms *forms, struct file file)
{
    enum status status = STATUS_MEMORY;
    for (long n = 0; status != STATUS_OK; n += 1 + n / 3) {
        struct arena *arena = arena_new(BUDGET);
        struct report report = judge(arena, forms, file);
        struct file out;
        arena_fail_after(arena, n);
        status = give_workbook(&report, &out.bytes, &out.n, NULL);
        CHECK(status == STATUS_OK || status == STATUS_MEMORY);
        arena_free(arena);
    }
    status = STATUS_MEMORY;
    for (long n = 0; status != STATUS_OK; n += 1 + n / 3) {
        struct arena *arena = arena_new(BUDGET);
        struct file out;
        arena_fail_after(arena, n);
        status = give_template(arena, forms->form[0], NULL, &out.bytes, &out.n, NULL);
        CHECK(status == STATUS_OK || status == STATUS_MEMORY);
        arena_free(arena);
    }
}

int
main(void)
{
    struct arena *arena = arena_new(BUDGET);
    struct forms forms;
    CHECK_INT(forms_load(arena, "tests/forms", &forms, NULL), STATUS_OK);
    for (size_t i = 0; i < forms.n; i++) {
        struct arena *own = arena_new(BUDGET);
        test_form(own, &forms, forms.form[i]);
        arena_free(own);
    }
    test_reaching(arena);
    const struct form *form = forms_for_year(&forms, 2023);
    test_trouble(arena, &forms, form);
    test_explained(arena, &forms, forms_for_year(&forms, 2020));
    test_settled(arena, &forms, forms_for_year(&forms, 2021));
    struct change change = { form_table(form, "requests")->sheet, 4, 3, "约3", 0 };
    test_memory(&forms, filled(arena, form, change));
    arena_free(arena);
    return test_summary();
}
