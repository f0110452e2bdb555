/* SPDX-License-Identifier: MIT */
/* Number cells as clerks write them, each with what it must become. */
#include "value.h"

#include <string.h>

#include "test.h"

#define C KIND_COUNT
#define S KIND_CHANGE
#define M KIND_MONEY

static const struct {
    const char *text;
    enum number_kind kind;
    const char *want;            /* the number; "blank", "missing", or the trouble */
    unsigned writing;
} texts[] = {
    { "12", C, "12", WRITING_TEXT },
    { "１２", C, "12", WRITING_TEXT },
    { " 12\n", C, "12", WRITING_TEXT },
    { "\xC2\xA0" "0\xE3\x80\x80", C, "0", WRITING_TEXT },
    { "1,573,179", C, "1573179", WRITING_TEXT },
    { "1，573，179", C, "1573179", WRITING_TEXT },
    { "1 573 179", C, "1573179", WRITING_TEXT },
    { "12件", C, "12", WRITING_UNIT },
    { "12 件", C, "12", WRITING_UNIT },
    { "22（其中修订 16 件）", C, "22", WRITING_UNIT },
    { "22件(其中修订16件)", C, "22", WRITING_UNIT },
    { "+5", C, "5", WRITING_TEXT },
    { "-5", C, "-5", WRITING_TEXT },
    { "3.50", C, "3.5", WRITING_TEXT },
    { "增10", S, "10", WRITING_UNIT },
    { "增加 10 项", S, "10", WRITING_UNIT },
    { "减2", S, "-2", WRITING_UNIT },
    { "减少2", S, "-2", WRITING_UNIT },
    { "+173", S, "173", WRITING_TEXT },
    { "－2", S, "-2", WRITING_TEXT },
    { "−2", S, "-2", WRITING_TEXT },
    { "增10", C, "not", 0 },
    { "增-10", S, "not", 0 },
    { "--2", S, "not", 0 },
    { "约3", C, "not", 0 },
    { "3或4", C, "not", 0 },
    { "3 4", C, "not", 0 },
    { "12,34", C, "not", 0 },
    { "1,5731", C, "not", 0 },
    { "3.", C, "not", 0 },
    { ".5", C, "not", 0 },
    { "1e3", C, "not", 0 },
    { "３万", C, "not", 0 },
    { "10份左右", C, "not", 0 },
    { "见附件", C, "not", 0 },
    { "99999999999999999999", C, "not", 0 },
    { "21.83 万元", M, "21.83", WRITING_UNIT },
    { "21.83", M, "21.83", WRITING_TEXT | WRITING_NO_UNIT },
    { "251000元", M, "25.1", WRITING_UNIT | WRITING_CONVERTED },
    { "251,000 元", M, "25.1", WRITING_UNIT | WRITING_CONVERTED },
    { "1.2亿元", M, "12000", WRITING_UNIT | WRITING_CONVERTED },
    { "160.5964万元", M, "160.5964", WRITING_UNIT },
    { "12件", M, "not", 0 },
    { "", C, "blank", 0 }, { " 　", C, "blank", 0 }, { "/", C, "blank", WRITING_DASH }, { "／", C, "blank", WRITING_DASH },
    { "-", C, "blank", WRITING_DASH }, { "—", C, "blank", WRITING_DASH }, { "——", C, "blank", WRITING_DASH }, { "无", C, "blank", WRITING_DASH },
    { "#REF!", C, "error", 0 }, { MARK_MISSING, C, "missing", 0 }, { MARK_NO_FORMULA_VALUE, C, "unsaved", 0 },
};

static const struct unit units[] = {
    { "件", KIND_COUNT, 1, 1 }, { "项", KIND_COUNT, 1, 1 }, { "项", KIND_CHANGE, 1, 1 }, { "份", KIND_COUNT, 1, 1 },
    { "万元", KIND_MONEY, 1, 1 }, { "元", KIND_MONEY, 1, 10000 }, { "亿元", KIND_MONEY, 10000, 1 },
};
static const struct form form = { .units = (struct unit *)(uintptr_t)units, .nunits = sizeof units / sizeof *units };

static const char *
got(const struct value *v, char out[DECIMAL_TEXT])
{
    switch (v->trouble) {
    case TROUBLE_NOT_A_NUMBER: return "not";
    case TROUBLE_CELL_ERROR: return "error";
    case TROUBLE_NO_FORMULA_VALUE: return "unsaved";
    case TROUBLE_NONE: break;
    }
    return v->origin == ORIGIN_BLANK ? "blank" : v->origin == ORIGIN_MISSING ? "missing" : v->has ? decimal_text(v->number, out) : "none";
}

int
main(void)
{
    struct arena *arena = arena_new(1 << 20);
    char number[DECIMAL_TEXT];
    const struct look plain = value_look(NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct slot slot = { .kind = texts[i].kind };
        struct value v = { .slot = &slot };
        struct cell cell = { .kind = CELL_TEXT, .text = texts[i].text };
        CHECK(value_read(arena, &form, &cell, &plain, &v));
        if (strcmp(got(&v, number), texts[i].want) != 0 || v.writing != texts[i].writing)
            printf("# “%s”\n", texts[i].text);
        CHECK_STR(got(&v, number), texts[i].want);
        CHECK_INT((int)v.writing, (int)texts[i].writing);
        CHECK_STR(v.raw, texts[i].text);
    }
    static const struct { double number; enum number_kind kind; const char *format, *want; unsigned writing; } numbers[] = {
        { 12, C, NULL, "12", 0 }, { -3, S, NULL, "-3", 0 }, { 0.1 + 0.2, M, NULL, "0.3", WRITING_NO_UNIT },
        { 21.83, M, "0.00\" 万元\"", "21.83", 0 }, { 251000, M, "0\"元\"", "25.1", WRITING_CONVERTED },
        { 1e300, C, NULL, "not", 0 }, { 59237.2449, M, "0.00##\" 万元\"", "59237.2449", 0 },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const struct look look = value_look(numbers[i].format);
        struct slot slot = { .kind = numbers[i].kind };
        struct value v = { .slot = &slot };
        struct cell cell = { .kind = CELL_NUMBER, .number = numbers[i].number };
        CHECK(value_read(arena, &form, &cell, &look, &v));
        CHECK_STR(got(&v, number), numbers[i].want);
        CHECK_INT((int)v.writing, (int)numbers[i].writing);
    }
    static const struct { double number; const char *format, *raw; } shown[] = {
        { 44989, "yyyy-mm-dd", "2023-03-04" }, { 1, "d/m", "1900-01-01" }, { 59, "m/d/yy", "1900-02-28" }, { 61, "m/d/yy", "1900-03-01" },
        { 45351, "yyyy\"年\"m\"月\"d\"日\"", "2024-02-29" }, { 1.0 / 3, "General", "0.333333333333333" }, { 12345.678901234567, "0.00", "12345.6789012346" },
        { -123456789012.345678, "0", "-123456789012.346" }, { 0.1284722222222222, "h:mm", "0.128472222222222" },
        { 1234567890123456, "0", "1234567890123456" },
    };
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct look look = value_look(shown[i].format);
        struct slot slot = { .kind = C };
        struct value v = { .slot = &slot };
        struct cell cell = { .kind = CELL_NUMBER, .number = shown[i].number };
        CHECK(value_read(arena, &form, &cell, &look, &v));
        CHECK_STR(got(&v, number), "not");
        CHECK_STR(v.raw, shown[i].raw);
    }
    struct slot slot = { .kind = C };
    struct value v = { .slot = &slot };
    CHECK(value_read(arena, &form, NULL, &plain, &v));
    CHECK_STR(got(&v, number), "blank");
    CHECK(v.has);
    v = (struct value){ .slot = &slot };
    CHECK(value_read(arena, &form, &(struct cell){ .kind = CELL_FORMULA, .computed = true }, &plain, &v));
    CHECK_STR(got(&v, number), "unsaved");
    v = (struct value){ .slot = &slot };
    CHECK(value_read(arena, &form, &(struct cell){ .kind = CELL_BOOLEAN, .number = 1 }, &plain, &v));
    CHECK_STR(got(&v, number), "not");
    CHECK_STR(v.raw, "TRUE");
    arena_free(arena);
    return test_summary();
}
