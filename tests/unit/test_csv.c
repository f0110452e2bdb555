/* SPDX-License-Identifier: MIT */
#include "csv.h"
#include "os.h"
#include "sample_report.h"

static const struct { const char *in, *want; } fields[] = {
    { "", "" }, { "年报", "年报" }, { "a b", "a b" }, { "a,b", "\"a,b\"" }, { "a\"b", "\"a\"\"b\"" }, { "\"", "\"\"\"\"" }, { "a\r\nb", "\"a\r\nb\"" },
    { "=1+1", "'=1+1" }, { "@x", "'@x" }, { "+x", "'+x" }, { "-x", "'-x" }, { "\tx", "'\tx" }, { "=\"a\",1", "\"'=\"\"a\"\",1\"" },
    { "-2", "-2" }, { "-21.83", "-21.83" }, { "+173", "+173" }, { "-", "'-" }, { "-1.", "'-1." }, { "-1.2.3", "'-1.2.3" }, { "-1+2", "'-1+2" },
};

static void
test_fields(struct arena *arena)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct text out = text_new(arena), line = text_new(arena);
        csv_field(&out, true, fields[i].in);
        CHECK_STR(out.at, fields[i].want);
        csv_field(&line, true, "x");
        csv_field(&line, false, fields[i].in);
        csv_end(&line);
        CHECK(line.n == out.n + 4 && memcmp(line.at, "x,", 2) == 0 && memcmp(line.at + 2, out.at, out.n) == 0);
        CHECK_STR(line.at + line.n - 2, "\r\n");
    }
}

static size_t
count(const char *s, char c)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += *s == c;
    return n;
}

static void
test_findings(struct arena *arena)
{
    struct report report;
    struct text out = text_new(arena);
    sample_report(&report, arena);
    sample_finding(&report, 0, 2, SEVERITY_NOTE, "两格, 空白");
    report.findings[0].numbers = true;
    report.findings[0].found = (struct decimal){ -DECIMAL_ONE / 2 };
    report.findings[0].explained = "=说明";
    csv_findings(&out, &report);
    CHECK_STR(out.at, "\"年\"\"报.xlsx\",某局,2023,2021,blank,note,'甲 乙'!D1:D2,,-0.5,0,0,\"两格, 空白\",,'=说明\r\n");
    report = (struct report){ .arena = arena, .file = "x.xlsx", .verdict = VERDICT_UNREADABLE, .fault.status = STATUS_EMPTY, .error_message = "空的" };
    out = text_new(arena);
    csv_findings(&out, &report);
    CHECK_STR(out.at, "x.xlsx,,,,empty,unreadable,,,,,,空的,,\r\n");
    struct text head = text_new(arena);
    csv_findings_head(&head);
    CHECK_INT(count(head.at, ','), count(out.at, ','));
    CHECK_INT(strncmp(head.at, "\xEF\xBB\xBF", 3) == 0, os_text_is_dos);
}

static void
test_values(struct arena *arena)
{
    struct report report;
    struct text head = text_new(arena), out = text_new(arena), other = text_new(arena);
    sample_report(&report, arena);
    report.sections[1].values[0].has = false;
    csv_values_head(&head, report.form);
    csv_values(&out, &report, report.form);
    CHECK_INT(count(head.at, ','), 7 + report.form->nslots);
    CHECK_INT(count(out.at, ','), 7 + report.form->nslots);
    static const char want[] = "\"年\"\"报.xlsx\",某局,2023,2021,fail,0,0,0,0,1,2,0,1,2,0,1,2,0,,1,2,0,";      /* ten numbers of table 二 */
    CHECK(strncmp(out.at, want, sizeof want - 1) == 0);

    struct form another = *report.form;              /* a table of the form, in a report of another: not mixed */
    report.form = &another;
    csv_values(&other, &report, report.sections[0].table->form);
    CHECK_INT(count(other.at, ','), count(out.at, ','));
    CHECK(strstr(other.at, "fail,0,0,0,,,,") != NULL && strspn(strstr(other.at, "0,0,0,") + 5, ",") == another.nslots);
}

int
main(void)
{
    struct arena *arena = arena_new(16 << 20);
    test_fields(arena);
    test_findings(arena);
    test_values(arena);
    arena_free(arena);
    return test_summary();
}
