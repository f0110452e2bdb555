/* SPDX-License-Identifier: MIT */
/* Tables in text: what parts fields, quotes, what is a table and what a paragraph, encodings, and texts that want too much. */
#include "arena.h"
#include "grid.h"
#include "limits.h"
#include "read.h"
#include "test.h"
#include "text.h"
#include "text_records.h"

static struct arena *arena;
static struct book book;
static struct fault fault;

static enum status
read_bytes(const char *s, size_t n)
{
    memset(&fault, 0, sizeof fault);
    arena_free(arena);
    arena = arena_new(LIMIT_MEMORY);
    return read_book(arena, (const unsigned char *)s, n, &book, &fault);
}

static enum status
read_string(const char *s)
{
    return read_bytes(s, strlen(s));
}

/* All cells of a sheet: "A1=一 B1=#2 …", numbers with '#'. */
static const char *
shown(size_t i)
{
    struct text out = text_new(arena);
    char address[A1_SIZE], number[32];
    for (size_t c = 0; i < book.nsheets && c < book.sheets[i].ncells; c++) {
        const struct cell *cell = &book.sheets[i].cells[c];
        text_printf(&out, "%s%s=%s", c > 0 ? " " : "", a1(cell->row, cell->col, address), cell->kind == CELL_NUMBER ? "#" : "");
        text_puts(&out, cell->kind == CELL_NUMBER ? number_text(cell->number, number) : cell->text);
    }
    return out.at;
}

static void
test_tables(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "甲,1,2\n乙,,3\n", "A1=甲 B1=#1 C1=#2 A2=乙 C2=#3" },
        { "甲\t1\r\n\r\n乙\t2", "A1=甲 B1=#1 A3=乙 B3=#2" },
        { "甲;1\r乙;2\r", "A1=甲 B1=#1 A2=乙 B2=#2" },
        { "甲,1\f乙,2", "A1=甲 B1=#1 A2=乙 B2=#2" },
        { "\"甲,\"\"一\"\"\",\"两\r\n行\"\n乙,2\n", "A1=甲,\"一\" B1=两\n行 A2=乙 B2=#2" },
        { "危及\"三安全\",1\n\"没有完\",2\n\"三\"四,3\n\"五,4", "A1=危及\"三安全\" B1=#1 A2=没有完 B2=#2 A3=\"三\"四 B3=#3 A4=\"五 B4=#4" },
        { "甲(一,二),1\n乙（一,二）,2\n丙(一,3\n", "A1=甲(一,二) B1=#1 A2=乙（一,二） B2=#2 A3=丙(一 B3=#3" },
        { "| 甲 | 1 |\n|---|:-:|\n| 乙\\|丙 | |\n丁 | 2\n", "A1=甲 B1=#1 A3=乙|丙 A4=丁 B4=#2" },
        { "||甲|乙\n规章|1|2|\n|3|4|5|\n", "C1=甲 D1=乙 A2=规章 B2=#1 C2=#2 B3=#3 C3=#4 D3=#5" },
        { " | 甲 | 乙\n:-:|:-:|---\n规章 | 1 | 2\n", "B1=甲 C1=乙 A3=规章 B3=#1 C3=#2" },
        { "=\"007\",=\"8\",=\"\"\n\"=\"\"9\"\"\",=\"甲\"&\"乙\",1\n", "A1=007 B1=#8 A2=#9 B2==\"甲\"&\"乙\" C2=#1" },
        { "| **甲** | **1** |\n|---|---|\n| 乙<br>丙 | ** |\n", "A1=甲 B1=#1 A3=乙\n丙 B3=**" },
        { "甲  1   2\n　乙　丙  3  4\n丁  5  6\n", "A1=甲 B1=#1 C1=#2 A2=乙　丙 B2=#3 C2=#4 A3=丁 B3=#5 C3=#6" },
        { "=cmd|' /C calc'!A0\t1\n=1+1\t2\n", "A1==cmd|' /C calc'!A0 B1=#1 A2==1+1 B2=#2" },
        { "007\t21.830\t+5\t1,573\t-2\n0.5\t１２\t1e5\t123456789012345678\t.5", "A1=007 B1=21.830 C1=+5 D1=1,573 E1=#-2 A2=#0.5 B2=１２ C2=1e5 D2=123456789012345678 E2=.5" },
        { "规章\t1,573,179\t2,000,000\n其他\t3,000\t4,000\n", "A1=规章 B1=1,573,179 C1=2,000,000 A2=其他 B2=3,000 C2=4,000" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(read_string(cases[i].text), STATUS_OK);
        CHECK_INT(book.nsheets, 1);
        CHECK_STR(book.sheets[0].name, "文本");
        CHECK(!book.sheets[0].table && book.nparagraphs == 0);
        CHECK_INT(book.sheets[0].counted, i == 12);
        CHECK_STR(shown(0), cases[i].want);
    }
}

#define PROSE "我局认真贯彻落实《条例》。"

static void
test_reports(void)
{
    static const struct { const char *text; size_t sheets, paragraphs; const char *first, *last; } cases[] = {
        { PROSE "\n\n一、表\n\n甲\t1\n乙\t2\n\n二、表\n丙\t3\n丁\t4\n尾\n", 2, 4, "A1=甲 B1=#1 A2=乙 B2=#2", "A1=丙 B1=#3 A2=丁 B2=#4" },
        { PROSE "\n头\t\n项\n甲\t1\n\t并\t2\n乙\t2\n", 1, 1, "A1=头 A2=项 A3=甲 B3=#1 B4=并 C4=#2 A5=乙 B5=#2", NULL },
        { PROSE "\n\n甲\t1\n\n乙\t2\n\n项\n\n丙\t3\n\n\n" PROSE, 1, 2, "A1=甲 B1=#1 A2=乙 B2=#2 A3=项 A4=丙 B4=#3", NULL },
        { "\t" PROSE "\n单位：某局\t1月\n" PROSE "\n甲\t1\n乙\t2\n", 1, 3, "A1=甲 B1=#1 A2=乙 B2=#2", NULL },
        { "地址,电话,都有。受理5件,答复5件。\n甲,1,2\n乙,3,4\n", 1, 1, "A1=甲 B1=#1 C1=#2 A2=乙 B2=#3 C2=#4", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(read_string(cases[i].text), STATUS_OK);
        CHECK_INT(book.nsheets, cases[i].sheets);
        CHECK_INT(book.nparagraphs, cases[i].paragraphs);
        CHECK(book.nsheets > 0 && book.sheets[0].table);
        CHECK_STR(shown(0), cases[i].first);
        if (cases[i].last != NULL)
            CHECK_STR(shown(book.nsheets - 1), cases[i].last);
    }
    CHECK_STR(book.sheets[0].name, "表 1");
    CHECK_INT(read_string("# 某局报告\n\n**一、总体情况**\n" PROSE "\n\n| 甲 | 1 |\n|---|---|\n| 乙 | 2 |\n"), STATUS_OK);
    CHECK_STR(book.paragraphs[0], "某局报告");
    CHECK_STR(book.paragraphs[1], "一、总体情况");
}

/* Ten rows of a table whose every cell is a line of its own: `cell` is written for 甲, 1, 2, 3, and `row` between rows. */
static const char *
stacked(const char *before, const char *cell, const char *row)
{
    struct text out = text_new(arena);
    text_puts(&out, before);
    for (int i = 0; i < 10; i++)
        for (int c = 0; c < 4; c++)
            text_printf(&out, "%s%s", c == 0 ? "甲" : c == 1 ? "1" : c == 2 ? "2" : "3", c < 3 ? cell : row);
    return out.at;
}

static void
test_stacked(void)
{
    static const struct { const char *before, *cell, *row, *want; } cases[] = {
        { PROSE "\n一、表\n头\n总计\n其他\n项\n", "\n", "\n", "A1=头 B1=总计 C1=其他 D1=项 A2=甲 B2=#1 C2=#2 D2=#3 A3=甲" },
        { PROSE "\n\n总计\n\n其他\n\n总计\n\n5\n\n6\n\n", "\n\n", "\n\n", "A1=其他 B1=总计 A2=#5 B2=#6 A3=甲 B3=#1" },
        { PROSE "\n3.其他\n21.83 万元\n——\n无\n2023年\n", "\n", "\n", "A1=3.其他 B1=21.83 万元 C1=—— D1=无 A2=2023年 A3=甲 B3=#1" },
        { PROSE "\n\n头\n\n\t\n\n项\n\n\n\n\n", "\n\n\t\n\n", "\n\n\n\n\n", "A1=头 B1=项 A2=甲 B2=#1 C2=#2 D2=#3 A3=甲" },
        { PROSE "\n\n乙\n\t\n\t\n9\n\t\n\n丙\n\n\t丁\n\t\n\n", "\n\t\n", "\n\n", "A1=乙 C1=#9 A2=丙 B2=丁 A3=甲 B3=#1" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *own = arena_new(LIMIT_MEMORY), *kept = arena;
        arena = own;
        const char *text = stacked(cases[i].before, cases[i].cell, cases[i].row);
        arena = kept;
        CHECK_INT(read_string(text), STATUS_OK);
        arena_free(own);
        CHECK_INT(book.nsheets, 1);
        CHECK_INT(book.nparagraphs, i < 2 ? 2 : 1);
        CHECK_INT(book.sheets[0].counted, i < 3);
        CHECK(strncmp(shown(0), cases[i].want, strlen(cases[i].want)) == 0);
    }
}

static void
test_encodings(void)
{
    static const char gb[] = "\xB9\xE6\xD5\xC2,1\n\xCF\xEE\xC4\xBF,2\n", le[] = "\xFF\xFE\xC4\x89\t\0001\0\n\0\xE0\x7A\t\0002\0";
    CHECK_INT(read_bytes(gb, sizeof gb - 1), STATUS_OK);
    CHECK_STR(shown(0), "A1=规章 B1=#1 A2=项目 B2=#2");
    CHECK_INT(read_bytes(le, sizeof le - 1), STATUS_OK);
    CHECK_STR(shown(0), "A1=规 B1=#1 A2=章 B2=#2");
    CHECK_INT(read_string("\xEF\xBB\xBF甲,1\n乙,2"), STATUS_OK);
    CHECK_STR(shown(0), "A1=甲 B1=#1 A2=乙 B2=#2");
}

static void
test_refused(void)
{
    CHECK_INT(read_string("不是表格\n"), STATUS_UNSUPPORTED);
    CHECK_INT(read_string("一行\t而已\n没有表\n"), STATUS_UNSUPPORTED);
    CHECK_INT(read_string("说明  一\n\n说明  二\n"), STATUS_UNSUPPORTED);
    CHECK_INT(read_string("\n\n \n"), STATUS_UNSUPPORTED);
    CHECK_INT(read_bytes("甲,1\0\n乙,2\n", 13), STATUS_NOT_A_WORKBOOK);
}

/* What is too long is said; hostile lines take no longer than others. */
static void
test_bounds(void)
{
    enum { BYTES = 1 << 20 };
    static char s[BYTES];
    memset(s, ',', BYTES);
    memcpy(s, "a,1\nb", 5);
    CHECK_INT(read_bytes(s, BYTES), STATUS_OK);             /* a row without anything */
    s[BYTES - 1] = 'x';
    CHECK_INT(read_bytes(s, BYTES), STATUS_TOO_BIG);
    memset(s + 5, 'x', BYTES - 5);
    memcpy(s + 5, ",", 1);
    CHECK_INT(read_bytes(s, BYTES), STATUS_TOO_BIG);
    for (size_t i = 5; i + 1 < BYTES; i += 2)
        memcpy(s + i, "(,", 2);
    CHECK_INT(read_bytes(s, BYTES), STATUS_TOO_BIG);
    for (size_t i = 5; i + 1 < BYTES; i += 2)
        memcpy(s + i, "\",", 2);
    CHECK_INT(read_bytes(s, BYTES), STATUS_TOO_BIG);
    for (size_t i = 4; i + 1 < BYTES; i += 2)
        memcpy(s + i, "\n,", 2);
    CHECK_INT(read_bytes(s, BYTES), STATUS_OK);
}

static void
test_numbers(void)
{
    static const struct { const char *s; bool want; } cases[] = {
        { "0", true }, { " 12 ", true }, { "-3.5", true }, { "1,573,179", true }, { "", false }, { "-", false }, { "3-4", false }, { "1.", true },
        { "12件", false }, { ".5", false }, { ",5", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(text_is_number(cases[i].s, strlen(cases[i].s)), cases[i].want);
    CHECK_INT(text_delimiter("没有", 6), '\0');
}

/* Every allocation fails once. */
static void
test_memory(void)
{
    static const char report[] = PROSE "\n甲\t1\n乙\t2\n";
    enum status status = STATUS_MEMORY;
    long n = 0;
    for (; status == STATUS_MEMORY && n < 100; n++) {
        arena_free(arena);
        arena = arena_new(LIMIT_MEMORY);
        arena_fail_after(arena, n);
        status = read_book(arena, (const unsigned char *)report, sizeof report - 1, &book, &fault);
    }
    CHECK_INT(status, STATUS_OK);
    CHECK(n > 4);
}

/* Tables drawn with lines, as rows between bars. */
static void
test_drawn(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "前\n+----+----+\n| a  | b  |\n+====+====+\n| 甲 | 1  |\n+----+----+\n后\n", "前\n| a | b |\n| 甲 | 1 |\n后\n" },
        { "┌──┬──┐\n│甲│1 │\n│乙│  │\n├──┼──┤\n│丙│2 │\n└──┴──┘\n", "| 甲<br>乙 | 1 |\n| 丙 | 2 |\n" },
        { "┌──┬──┬──┐\n│甲    │3 │\n├──┼──┼──┤\n│乙│1 │2 │\n└──┴──┴──┘\n", "| 甲 |  | 3 |\n| 乙 | 1 | 2 |\n" },
        { "+--+--+\n|a |b |\n+--+--+\n|甲|1 |\n|乙|2 |\n+--+--+\n", "| a | b |\n| 甲 | 1 |\n| 乙 | 2 |\n" },
        { "| a | b |\n+ 不是表 -\n", "| a | b |\n+ 不是表 -\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *s = cases[i].text;
        size_t n = strlen(s);
        CHECK(text_unbox(arena, &s, &n));
        CHECK_STR(s, cases[i].want);
    }
}

/* Many bars make many columns, which are not all looked for: a million of drawn lines are still read at once. */
static void
test_drawn_much(void)
{
    struct text out = text_new(arena);
    for (size_t i = 0; i < 20000; i++) {
        for (size_t k = 0; k < 60; k++)
            text_puts(&out, (i + k) % 7 ? "| " : "|  ");
        text_puts(&out, i % 2 ? "|\n" : "+-+\n");
    }
    const char *s = out.at;
    size_t n = out.n;
    CHECK(!out.failed && text_unbox(arena, &s, &n));
    CHECK(n > 0);
}

#define ROW_OF_TEN " 1 2 3 4 5 6 7 8 9 10\n"

/* Single blanks part, where rows of numbers show it, and a first line says what parts. */
static void
test_spread(void)
{
    CHECK_INT(read_string("某局 2020 年报告\n\n规章 甲 乙\n一、 新收" ROW_OF_TEN "二、结转" ROW_OF_TEN "三、其他" ROW_OF_TEN "这 是 一 句 话。\n"), STATUS_OK);
    CHECK_INT(book.nsheets, 1);
    CHECK_INT(book.sheets[0].ncells, 3 + 12 + 11 + 11);
    CHECK_INT(book.nparagraphs, 2);
    CHECK_STR(book.paragraphs[0], "某局 2020 年报告");
    CHECK_INT(read_string("一、新收" ROW_OF_TEN "二、结转" ROW_OF_TEN), STATUS_UNSUPPORTED);        /* too few to be sure */
    CHECK_INT(read_string("sep=;\r\n甲;1,5\r\n乙;2\r\n"), STATUS_OK);
    CHECK_STR(shown(0), "A1=甲 B1=1,5 A2=乙 B2=#2");
    CHECK_INT(read_string("\"sep=,\"\n甲,1\n乙,2\n"), STATUS_OK);
    CHECK_STR(shown(0), "A1=甲 B1=#1 A2=乙 B2=#2");
    CHECK_INT(read_string("sep=x\n甲;1\n乙;2\n"), STATUS_OK);
    CHECK_STR(shown(0), "A1=sep=x A2=甲 B2=#1 A3=乙 B3=#2");
}

int
main(void)
{
    test_tables();
    test_reports();
    test_stacked();
    test_encodings();
    test_refused();
    test_bounds();
    test_numbers();
    test_drawn();
    test_drawn_much();
    test_spread();
    test_memory();
    arena_free(arena);
    return test_summary();
}
