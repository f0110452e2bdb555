/* SPDX-License-Identifier: MIT */
#include "status.h"
#include "test.h"
#include "text.h"

static void
decoding(void)
{
    static const struct { const char *s; size_t n; uint32_t cp; size_t used; } cases[] = {
        { "", 0, 0xFFFD, 0 }, { "A", 1, 'A', 1 }, { "\0", 1, 0, 1 }, { "\xC3\xA9", 2, 0xE9, 2 }, { "年", 3, 0x5E74, 3 },
        { "\xF0\x9F\x98\x80", 4, 0x1F600, 4 }, { "\xF4\x8F\xBF\xBF", 4, 0x10FFFF, 4 }, { "\xEF\xBF\xBD", 3, 0xFFFD, 3 },
        { "\x80", 1, 0xFFFD, 1 }, { "\xC0\x80", 2, 0xFFFD, 1 }, { "\xC1\xBF", 2, 0xFFFD, 1 }, { "\xE0\x9F\xBF", 3, 0xFFFD, 1 },
        { "\xED\xA0\x80", 3, 0xFFFD, 1 }, { "\xF0\x8F\xBF\xBF", 4, 0xFFFD, 1 }, { "\xF4\x90\x80\x80", 4, 0xFFFD, 1 },
        { "\xF8\x88\x80\x80\x80", 5, 0xFFFD, 1 }, { "\xFF", 1, 0xFFFD, 1 }, { "\xE5\xB9", 2, 0xFFFD, 1 }, { "\xE5\xB9" "A", 3, 0xFFFD, 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t used;
        CHECK_INT(utf8_decode(cases[i].s, cases[i].n, &used), cases[i].cp);
        CHECK_INT(used, cases[i].used);
        CHECK_INT(utf8_valid(cases[i].s, cases[i].n), cases[i].n == 0 || cases[i].cp != 0xFFFD || cases[i].used == 3);
    }
    size_t wrong = 0;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        char bytes[4];
        size_t n = utf8_encode(cp, bytes), used;
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        wrong += utf8_decode(bytes, n, &used) != (surrogate ? 0xFFFD : cp) || used != n;
    }
    CHECK_INT(wrong, 0);
}

static void
widths(void)
{
    static const struct { const char *s; size_t width; } cases[] = {
        { "", 0 }, { "abc", 3 }, { "年报", 4 }, { "二、主动公开", 12 }, { "１２", 4 }, { "e\xCC\x81", 1 }, { "（一）a", 7 }, { "\xEF\xBD\xB1", 1 },
        { "\xEF\xBB\xBF年", 2 }, { "\xF0\xA0\x80\x80", 2 }, { "\xF0\x9F\x98\x80", 2 }, { "한글", 4 }, { "\xE3\x80\x80", 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(text_width(cases[i].s), cases[i].width);
}

static void
folding(void)
{
    static const uint32_t spaces[] = { ' ', '\t', '\n', '\r', 0xA0, 0x3000, 0x2000, 0x200B, 0x200E, 0x202C, 0x202F, 0x205F, 0x2060, 0xFEFF };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        CHECK(is_space(spaces[i]));
    CHECK(!is_space('a') && !is_space(0) && !is_space(0x2010) && !is_space(0x3001));
    CHECK_INT(fold_width(0xFF11), '1');
    CHECK_INT(fold_width(0xFF01), '!');
    CHECK_INT(fold_width(0xFF5E), '~');
    CHECK_INT(fold_width(0xFF5F), 0xFF5F);
    CHECK_INT(fold_width(0x3000), 0x3000);
}

static void
building(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct text text = text_new(arena);
    CHECK_STR(text.at, "");
    text_puts(&text, "二、");
    text_putc(&text, 'x');
    text_put_cp(&text, 0x5E74);
    text_put_cp(&text, 0xD800);
    text_put(&text, "ab", 1);
    text_printf(&text, "[%d %s]", 42, "年");
    text_puts(&text, "");
    CHECK_STR(text.at, "二、x年\xEF\xBF\xBD" "a[42 年]");
    for (int i = 0; i < 1000; i++)
        text_printf(&text, "%d,", i);
    CHECK_INT(text.n, strlen(text.at));
    CHECK_STR(text.at + text.n - 4, "999,");
    CHECK(!text.failed);
    arena_fail_after(arena, 0);
    for (int i = 0; i < 10000; i++)
        text_putc(&text, 'x');
    CHECK(text.failed);
    CHECK_INT(text.n, strlen(text.at));
    arena_free(arena);
}

static void
faults(void)
{
    struct fault fault = { .kind = FILE_XLS };
    CHECK_INT(fault_set(&fault, STATUS_DAMAGED, "%s: byte %d", "表", 8), STATUS_DAMAGED);
    CHECK_STR(fault.where, "表: byte 8");
    CHECK_INT(fault.kind, FILE_XLS);
    CHECK_INT(fault_set(NULL, STATUS_EMPTY, "x"), STATUS_EMPTY);
    for (int pad = 0; pad < 4; pad++) {                         /* a cut text ends in a whole character */
        fault_set(&fault, STATUS_DAMAGED, "%.*s%s%s", pad, "aaaa", "年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年",
            "年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年");
        CHECK(utf8_valid(fault.where, strlen(fault.where)));
        CHECK(strlen(fault.where) > 150);
    }
    CHECK_STR(status_code(STATUS_OK), "ok");
    CHECK_STR(status_code(STATUS_NOT_A_WORKBOOK), "not-a-workbook");
    CHECK_STR(status_code(STATUS_COUNT), "unknown");
}

int
main(void)
{
    decoding();
    widths();
    folding();
    building();
    faults();
    return test_summary();
}
