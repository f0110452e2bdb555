/* SPDX-License-Identifier: MIT */
#include "give.h"
#include "json_writer.h"
#include "sample_report.h"

static void
test_strings(struct arena *arena)
{
    static const struct { const char *in, *want; } cases[] = {
        { "", "\"\"" }, { "年报", "\"年报\"" }, { "a\"b\\c/", "\"a\\\"b\\\\c/\"" }, { "\n\r\t\b\f", "\"\\n\\r\\t\\b\\f\"" },
        { "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" }, { "a\xff\xe5\xb9", "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"" }, { NULL, "null" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text out = text_new(arena);
        struct json json = { .out = &out };
        json_string(&json, cases[i].in);
        CHECK_STR(out.at, cases[i].want);
    }
}

static void
test_commas(struct arena *arena)
{
    struct text out = text_new(arena);
    struct json json = { .out = &out };
    json_open(&json, '{');
    json_key(&json, "a");
    json_open(&json, '[');
    json_int(&json, -1);
    json_int(&json, 2);
    json_open(&json, '{');
    json_close(&json, '}');
    json_close(&json, ']');
    json_member_some(&json, "left out", "");
    json_member_some(&json, "left out", NULL);
    json_member(&json, "b", NULL);
    json_member_int(&json, "c", 3);
    json_close(&json, '}');
    CHECK_STR(out.at, "{\"a\":[-1,2,{}],\"b\":null,\"c\":3}");
}

static bool
has(const struct text *out, const char *piece)
{
    return strstr(out->at, piece) != NULL;
}

static void
test_report(struct arena *arena)
{
    struct report report;
    struct text out = text_new(arena);
    sample_report(&report, arena);
    sample_finding(&report, 1, 2, SEVERITY_ERROR, "多");
    report.findings[0].numbers = true;
    report.findings[0].found = (struct decimal){ 5 * DECIMAL_ONE };
    report.findings[0].expected = (struct decimal){ 6500000 };
    report.findings[0].difference = (struct decimal){ -1500000 };
    report.sections[0].values[1] = (struct value){ .slot = report.sections[0].values[1].slot, .origin = ORIGIN_MISSING };
    report.sections[0].values[2].has = false;
    report.sections[0].values[2].raw = "约3";
    report.sections[0].values[3].origin = ORIGIN_BLANK;
    report.sections[0].values[3].raw = "";
    report.sections[2].placement = NULL;
    give_json(&report, &out);
    CHECK(!out.failed && out.at[out.n - 1] == '\n' && strchr(out.at, '\n') == out.at + out.n - 1);
    CHECK(utf8_valid(out.at, out.n));
    CHECK(has(&out, "{\"schema\":\"nianbao.report/1\",\"program\":\"nianbao " NIANBAO_VERSION "\",\"file\":\"年\\\"报.xlsx\",\"sha256\":\"ba7816bf"));
    CHECK(has(&out, "\",\"unit\":\"某局\",\"year\":2023,\"verdict\":\"fail\",\"counts\":{\"error\":1,\"warning\":0,\"note\":0},\"tables\":{"
                    "\"disclosure\":{\"form\":\"2021\",\"sheet\":\"甲 乙\",\"range\":\"A3:D20\"},\"requests\":"));
    CHECK(!has(&out, "\"disputes\":{"));
    CHECK(has(&out, "\"values\":{\"disclosure.regulations.made\":{\"value\":\"0\",\"raw\":\"x\",\"sheet\":\"甲 乙\",\"cell\":\"D1\",\"origin\":\"given\"},"
                    "\"disclosure.regulations.repealed\":{\"origin\":\"missing\"},"
                    "\"disclosure.regulations.in_force\":{\"raw\":\"约3\",\"sheet\":\"甲 乙\",\"cell\":\"D3\",\"origin\":\"given\"},"));
    CHECK(has(&out, "{\"value\":\"0\",\"raw\":\"\",\"sheet\":\"甲 乙\",\"cell\":\"D4\",\"origin\":\"blank\"}"));
    CHECK(has(&out, "\"disputes.suit_after_reconsideration.total\":{"));
    CHECK(has(&out, "\"findings\":[{\"rule\":\"blank\",\"severity\":\"error\",\"keys\":[\"requests.received.natural_person\","
                    "\"requests.received.enterprise\"],\"cells\":[\"'甲 乙'!D1\",\"'甲 乙'!D2\"],\"found\":\"5\",\"expected\":\"6.5\","
                    "\"difference\":\"-1.5\",\"message\":\"多\"}],\"suspects\":[],\"outputs\":[]}\n"));
}

static void
test_unreadable(struct arena *arena)
{
    struct report report = { .arena = arena, .file = "x", .verdict = VERDICT_UNREADABLE, .fault = { .status = STATUS_ENCRYPTED },
                             .error_message = "打不开" };
    struct text out = text_new(arena);
    give_json(&report, &out);
    CHECK_STR(out.at, "{\"schema\":\"nianbao.report/1\",\"program\":\"nianbao " NIANBAO_VERSION "\",\"file\":\"x\",\"unit\":null,\"year\":null,"
                      "\"verdict\":\"unreadable\",\"counts\":{\"error\":0,\"warning\":0,\"note\":0},\"tables\":{},\"values\":{},\"findings\":[],"
                      "\"outputs\":[],\"error\":{\"code\":\"encrypted\",\"message\":\"打不开\"}}\n");
}

int
main(void)
{
    struct arena *arena = arena_new(16 << 20);
    test_strings(arena);
    test_commas(arena);
    test_report(arena);
    test_unreadable(arena);
    arena_free(arena);
    return test_summary();
}
