/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "decimal.h"
#include "test.h"

static void
test_parse(void)
{
    static const struct { const char *in, *want; } cases[] = {
        { "0", "0" }, { "12", "12" }, { "-3", "-3" }, { "+4", "4" }, { "21.83", "21.83" }, { "007", "7" }, { "-0", "0" },
        { "1.500", "1.5" }, { "0.000001", "0.000001" }, { "1.0000010000", "1.000001" }, { "99999999999", "99999999999" },
        { "99999999999.999999", "99999999999.999999" }, { "-99999999999.999999", "-99999999999.999999" },
        { "", NULL }, { "-", NULL }, { "+", NULL }, { "+-1", NULL }, { "1.", NULL }, { ".5", NULL }, { "1.0000001", NULL },
        { "100000000000", NULL }, { "99999999999999999999999", NULL }, { "1e3", NULL }, { "1 ", NULL }, { " 1", NULL }, { "1.2.3", NULL },
        { "1,000", NULL }, { "nan", NULL }, { "0x10", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal d;
        char text[DECIMAL_TEXT];
        bool ok = decimal_parse(cases[i].in, strlen(cases[i].in), &d);
        CHECK_STR(ok ? decimal_text(d, text) : NULL, cases[i].want);
    }
}

static void
test_double(void)
{
    static const struct { double in; const char *want; bool inexact; } cases[] = {
        { 0.0, "0", false }, { -0.0, "0", false }, { 4, "4", false }, { -2, "-2", false }, { 0.1 + 0.2, "0.3", false },
        { 21.83, "21.83", false }, { 59237.2449, "59237.2449", false }, { 1.005, "1.005", false }, { 1e10, "10000000000", false },
        { 99999999999.0, "99999999999", false }, { 12345678901.2345, "12345678901.2345", false },
        { 0.0000005, "0.000001", true }, { 0.0000004, "0", true }, { 1.0 / 3, "0.333333", true }, { 2.0 / 3, "0.666667", true },
        { 1e-30, "0", true }, { 5e-324, "0", true }, { -1.0000005, "-1.000001", true },
        { 1e11, NULL, false }, { 1e300, NULL, false }, { INFINITY, NULL, false }, { -INFINITY, NULL, false }, { NAN, NULL, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal d;
        char text[DECIMAL_TEXT];
        bool inexact, ok = decimal_from_double(cases[i].in, &d, &inexact);
        CHECK_STR(ok ? decimal_text(d, text) : NULL, cases[i].want);
        CHECK_INT(ok && inexact, cases[i].inexact);
        if (ok && !inexact)
            CHECK(decimal_double(d) == (fabs(cases[i].in - 0.3) < 1e-9 ? 0.3 : cases[i].in));
    }
}

static void
test_arithmetic(void)
{
    struct decimal a = { 21830000 }, b = { -5000000 }, c, most = { INT64_MAX };
    char text[DECIMAL_TEXT];
    CHECK(decimal_add(a, b, &c));
    CHECK_STR(decimal_text(c, text), "16.83");
    CHECK(decimal_sub(a, b, &c));
    CHECK_STR(decimal_text(c, text), "26.83");
    CHECK(!decimal_add(most, a, &c));
    CHECK(!decimal_sub((struct decimal){ INT64_MIN }, a, &c));
    CHECK_STR(decimal_text((struct decimal){ INT64_MIN }, text), "-9223372036854.775808");
    CHECK(decimal_whole((struct decimal){ -3 * DECIMAL_ONE }) && !decimal_whole(a));

    struct decimal sum = { 0 }, unit = { 100001 };      /* 0.100001, a hundred thousand times: exact */
    for (int i = 0; i < 100000; i++)
        CHECK(decimal_add(sum, unit, &sum));
    CHECK_STR(decimal_text(sum, text), "10000.1");
}

static void
test_scale(void)
{
    static const struct { const char *in; int64_t numerator, denominator; const char *want; } cases[] = {
        { "251000", 1, 10000, "25.1" }, { "-1", 1, 10000, "-0.0001" }, { "0.01", 1, 10000, "0.000001" }, { "0.001", 1, 10000, NULL },
        { "2.5", 10000, 1, "25000" }, { "7", 6, 4, "10.5" }, { "1", 1, 3, NULL }, { "99999999999", 10000, 1, NULL },
        { "10000000", 10000, 1, NULL }, { "0", 1, 7, "0" }, { "1", 0, 1, NULL }, { "1", 1, 0, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal d;
        char text[DECIMAL_TEXT];
        CHECK(decimal_parse(cases[i].in, strlen(cases[i].in), &d));
        bool ok = decimal_scale(d, cases[i].numerator, cases[i].denominator, &d);
        CHECK_STR(ok ? decimal_text(d, text) : NULL, cases[i].want);
    }
}

int
main(void)
{
    test_parse();
    test_double();
    test_arithmetic();
    test_scale();
    return test_summary();
}
