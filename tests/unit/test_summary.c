/* SPDX-License-Identifier: MIT */
#include "give.h"
#include "sample_report.h"
#include "notepad.h"
#include "seal.h"

static struct text
summary_of(const struct report *report)
{
    struct text out = text_new(report->arena);
    give_summary(report, &out);
    CHECK(!out.failed && utf8_valid(out.at, out.n));
    return out;
}

/* Both pieces, the first one before the second. */
static bool
in_order(const struct text *out, const char *first, const char *second)
{
    const char *a = strstr(out->at, first), *b = strstr(out->at, second);
    return a != NULL && b != NULL && a < b;
}

static bool
has(const struct text *out, const char *piece)
{
    return strstr(out->at, piece) != NULL;
}

static void
test_text(struct arena *arena)
{
    struct report report;
    sample_report(&report, arena);
    sample_finding(&report, 0, 3, SEVERITY_NOTE, "提示的话");
    sample_finding(&report, 1, 1, SEVERITY_ERROR, "一行\n话");
    report.findings[1].numbers = true;
    report.findings[1].found = (struct decimal){ 5 * DECIMAL_ONE };
    report.findings[1].expected = (struct decimal){ 6 * DECIMAL_ONE };
    report.findings[1].difference = (struct decimal){ -DECIMAL_ONE };
    report.findings[1].path = "三 → 总计";
    report.findings[1].hint = "请查台账。";
    struct text out = summary_of(&report);
    CHECK(strncmp(out.at, "没有改动您的文件", strlen("没有改动您的文件")) == 0);
    CHECK(in_order(&out, "【待改】", "单位：某局"));
    CHECK(has(&out, "1.【必须改】一行 话\n   位置：'甲 乙'!D1\n   项目：三 → 总计\n   填的：5　对照：6　少：1\n   请查台账。\n2.【提示】提示的话\n"
                    "   位置：'甲 乙'!D1:D3\n"));
    CHECK(in_order(&out, "二、主动公开政府信息情况\n", "三、收到和处理政府信息公开申请情况\n"));
    CHECK(has(&out, "\n行政诉讼/复议后起诉               1         2         0         1       2\n"));
    CHECK(has(&out, "勾稽关系 42 项，核对了 40 项。\n有 2 项没有核对"));
    CHECK(in_order(&out, "—— 各表 ——", "—— 可以用在报告正文里的句子 ——"));
    CHECK(!has(&out, " \n"));
}

/* The numbers of the sentences, computed here the other way round. */
static void
test_sentences(struct arena *arena)
{
    struct report report;
    char want[128];
    sample_report(&report, arena);
    int64_t refused = 0;
    const struct section *requests = report_section(&report, "requests");
    for (size_t i = 0; i < requests->table->nslots; i++) {
        const char *key = requests->values[i].slot->key;
        size_t n = strlen(key);
        if (strncmp(key, "requests.refused.", 17) == 0 && strcmp(key + n - 6, ".total") == 0)
            refused += requests->values[i].number.micros / DECIMAL_ONE;
    }
    CHECK(refused > 0);
    struct text out = summary_of(&report);
    snprintf(want, sizeof want, "不予公开%lld件", (long long)refused);
    CHECK(has(&out, want));
    CHECK(has(&out, "行政诉讼2件"));                     /* 总计 of the two suits: slots 9 and 14 of 表四 hold 0 and 2 */
    CHECK(!has(&out, "〔没有读到数〕"));
}

static void
test_no_number(struct arena *arena)
{
    struct report report;
    sample_report(&report, arena);
    struct value *value = (struct value *)report_value(&report, "requests.received.total");
    value->has = false;
    report.sections[2].placement = NULL;
    for (size_t i = 0; i < report.sections[2].table->nslots; i++)
        report.sections[2].values[i] = (struct value){ .slot = report.sections[2].values[i].slot, .origin = ORIGIN_MISSING };
    struct text out = summary_of(&report);
    CHECK(has(&out, "本年新收政府信息公开申请〔没有读到数〕件，上年结转"));
    CHECK(has(&out, "行政复议〔没有读到数〕件"));
    CHECK(has(&out, "（没有找到这张表）"));
    CHECK(has(&out, "（“?”：这一格读不出数）"));
}

static void
test_seal(struct arena *arena)
{
    struct report report;
    sample_report(&report, arena);
    struct text out = summary_of(&report), again = summary_of(&report);
    CHECK_STR(out.at, again.at);
    unsigned char *bytes = (unsigned char *)out.at;
    CHECK(seal_intact(bytes, out.n));
    CHECK(!seal_intact(bytes, out.n - 1) && !seal_intact(bytes, 10) && !seal_intact(bytes, 0));
    bytes[100] ^= 1;
    CHECK(!seal_intact(bytes, out.n));
    bytes[100] ^= 1;
    bytes[out.n - 8] ^= 1;                              /* in the seal itself */
    CHECK(!seal_intact(bytes, out.n));
}

/* What Notepad gets, and back. */
static void
test_notepad(struct arena *arena)
{
    struct text out = text_new(arena);
    text_puts(&out, "年报\n\n完\n");
    notepad_dress(&out);
    CHECK_STR(out.at, "\xEF\xBB\xBF年报\r\n\r\n完\r\n");
    unsigned char *bytes = (unsigned char *)out.at;
    size_t n = notepad_strip(bytes, out.n);
    CHECK(n == strlen("年报\n\n完\n") && memcmp(bytes, "年报\n\n完\n", n) == 0);
    CHECK_INT(notepad_strip(bytes, n), n);
    unsigned char lone[] = "a\rb\r";
    CHECK_INT(notepad_strip(lone, 4), 4);
}

/* Running out of memory at any request is said, and nothing breaks. */
static void
test_memory(struct arena *arena)
{
    struct report report;
    sample_report(&report, arena);
    sample_finding(&report, 0, 3, SEVERITY_NOTE, "提示的话");
    bool failed = true;
    for (long n = 0; failed && n < 100000; n += 7) {
        struct arena *paper = arena_new(16 << 20);
        struct text out = text_new(paper);
        arena_fail_after(paper, n);
        give_summary(&report, &out);
        failed = out.failed;
        arena_free(paper);
    }
    CHECK(!failed);
}

int
main(void)
{
    struct arena *arena = arena_new(64 << 20);
    test_text(arena);
    test_sentences(arena);
    test_no_number(arena);
    test_seal(arena);
    test_notepad(arena);
    test_memory(arena);
    arena_free(arena);
    return test_summary();
}
