/* SPDX-License-Identifier: MIT */
/* template_texts: what a cell of the blank workbook counts as, in the formulas of the sheet 校验: a number, "" for a blank, "?" for what is
 * no number. A text is read as value.c reads it ("１２", "12 件", "1,234", "12（含转办3件）", "增10", "—"), with functions that Excel 2007,
 * WPS and LibreOffice share. Each cell takes four steps in hidden cells beside each other, and what a step does is written once, in names
 * whose addresses are relative to the cell that uses them. What no formula sees: a unit that stands in the number format alone (of money;
 * no equation of the legal forms has any), and the dates of formats that CELL does not know. */
#include "sheets.h"
#include "template.h"
#include "text.h"
#include "value.h"

/* The characters that fold() of value.c takes for another: digits and signs of full width, the kinds of minus, and what is_space() of text.h
 * takes for a space. */
static const struct { const char *from, *to; } folds[] = {
    { "０", "0" }, { "１", "1" }, { "２", "2" }, { "３", "3" }, { "４", "4" }, { "５", "5" }, { "６", "6" }, { "７", "7" }, { "８", "8" }, { "９", "9" },
    { "．", "." }, { "，", "," }, { "（", "(" }, { "）", ")" }, { "／", "/" }, { "＋", "+" }, { "－", "-" }, { "＃", "#" },
    { "\u2212", "-" }, { "\u2010", "-" }, { "\u2011", "-" }, { "\uFE63", "-" },
};
static const char *const spaces[] = {
    "\u00A0", "\u061C", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u200B",
    "\u200C", "\u200D", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u202F", "\u205F", "\u2060",
    "\u2066", "\u2067", "\u2068", "\u2069", "\u3000", "\uFEFF",
};
static const int controls[] = { 7, 9, 10, 11, 12, 13 };

static bool
put_name(struct draft *draft, const char *name, const struct text *formula)
{
    return !formula->failed && draft_name(draft, name, formula->at);
}

static void
substitute(struct text *out, size_t n)
{
    while (n-- > 0)
        text_puts(out, "SUBSTITUTE(");
}

/* The text with ASCII forms and single spaces, in two names, since Excel nests 64 functions at most; then without the spaces that are not
 * between two digits, which are marked on their way. No tab nor line feed is in such a text, so they mark. */
static bool
name_folded(struct draft *draft, const char *typed)
{
    struct text seen = text_new(draft->book.arena), wide = text_new(draft->book.arena), out = text_new(draft->book.arena);
    size_t nfolds = sizeof folds / sizeof *folds, nspaces = sizeof spaces / sizeof *spaces, ncontrols = sizeof controls / sizeof *controls;
    substitute(&seen, nspaces + ncontrols);
    text_printf(&seen, "MID(%s,2,32767)", typed);
    for (size_t i = 0; i < ncontrols; i++)
        text_printf(&seen, ",CHAR(%d),\" \")", controls[i]);
    for (size_t i = 0; i < nspaces; i++)
        text_printf(&seen, ",\"%s\",\" \")", spaces[i]);
    text_puts(&wide, "TRIM(");
    substitute(&wide, nfolds);
    text_puts(&wide, "年报显");
    for (size_t i = 0; i < nfolds; i++)
        text_printf(&wide, ",\"%s\",\"%s\")", folds[i].from, folds[i].to);
    text_puts(&wide, ")");
    substitute(&out, 23);
    text_puts(&out, "年报宽");
    for (int digit = 0; digit < 10; digit++)
        text_printf(&out, ",\"%d \",\"%d\"&CHAR(9))", digit, digit);
    for (int digit = 0; digit < 10; digit++)
        text_printf(&out, ",CHAR(9)&\"%d\",CHAR(10)&\"%d\")", digit, digit);
    text_puts(&out, ",CHAR(9),\"\"),\" \",\"\"),CHAR(10),\" \")");
    return put_name(draft, "年报显", &seen) && put_name(draft, "年报宽", &wide) && put_name(draft, "年报文", &out);
}

/* -- units, sign and remark -- */

static size_t
characters(const char *word)
{
    size_t n = 0;
    for (; *word != '\0'; word++)
        n += ((unsigned char)*word & 0xC0) != 0x80;
    return n;
}

static size_t
common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return (size_t)a;
}

/* The length of the unit at the end, and what it changes: behind a tab the factor, behind a line feed the divisor; "" when nothing. */
static bool
name_units(struct draft *draft, const struct form *form, const char *typed)
{
    enum { LONGEST = 8 };
    struct text length = text_new(draft->book.arena), factor = text_new(draft->book.arena);
    size_t open = 0;
    text_puts(&length, "MAX(0");
    for (size_t n = LONGEST; n > 0; n--)                  /* the longest that fits is the one */
        for (size_t i = 0; i < form->nunits; i++) {
            const struct unit *unit = &form->units[i];
            if (characters(unit->word) != n)
                continue;
            size_t common = common_divisor(unit->numerator, unit->denominator);
            text_printf(&length, ",(LEFT(%s)=\"%d\")*EXACT(RIGHT(年报去注,%zu),\"%s\")*%zu", typed, unit->kind, n, unit->word, n);
            if (unit->kind != KIND_MONEY)
                continue;
            text_printf(&factor, "IF(EXACT(RIGHT(年报去注,%zu),\"%s\"),", n, unit->word);
            if (unit->numerator == unit->denominator)
                text_puts(&factor, "\"\",");
            else
                text_printf(&factor, "CHAR(9)&%zu&CHAR(10)&%zu,", (size_t)unit->numerator / common, (size_t)unit->denominator / common);
            open++;
        }
    text_puts(&length, ")");
    text_puts(&factor, "\"\"");
    while (open-- > 0)
        text_puts(&factor, ")");
    return put_name(draft, "年报词长", &length) && put_name(draft, "年报倍数", &factor);
}

/* The number with its sign, but without unit and remark, and then the factor. */
static bool
name_number(struct draft *draft, const struct form *form, const char *folded, const char *typed)
{
    struct text remark = text_new(draft->book.arena), bare = text_new(draft->book.arena), out = text_new(draft->book.arena);
    text_printf(&remark, "IF(RIGHT(%s)=\")\",LEFT(%s,FIND(\"(\",%s&\"(\")-1),%s)", folded, folded, folded, folded);
    text_puts(&bare, "LEFT(年报去注,LEN(年报去注)-年报词长)");
    text_printf(&out, "IF(LEFT(%s)=\"%d\",IF(LEFT(年报去词,2)=\"增加\",\"+\"&MID(年报去词,3,999),IF(LEFT(年报去词)=\"增\",\"+\"&MID(年报去词,2,999),"
                "IF(LEFT(年报去词,2)=\"减少\",\"-\"&MID(年报去词,3,999),IF(LEFT(年报去词)=\"减\",\"-\"&MID(年报去词,2,999),年报去词)))),年报去词)"
                "&IF(LEFT(%s)=\"%d\",年报倍数,\"\")", typed, KIND_CHANGE, typed, KIND_MONEY);
    return put_name(draft, "年报去注", &remark) && name_units(draft, form, typed) && put_name(draft, "年报去词", &bare)
        && put_name(draft, "年报号", &out);
}

/* -- digits -- */

/* The digits of a number and whether they are well written: whole part with separators, decimals, one separator throughout. */
static bool
name_digits(struct draft *draft, const char *number)
{
    const struct { const char *name, *formula; } names[] = {
        { "年报千", "IF(ISNUMBER(FIND(\",\",年报整)),\",\",\" \")" },
        { "年报位", "SUBSTITUTE(年报整,年报千,\"\")" },
        { "年报零位", "RIGHT(REPT(\"0\",15)&年报位,15)" },
        { "年报分组", "MID(年报零位,1,3)&年报千&MID(年报零位,4,3)&年报千&MID(年报零位,7,3)&年报千&MID(年报零位,10,3)&年报千&MID(年报零位,13,3)" },
        { "年报小", "MID(年报正,LEN(年报整)+2,999)" },
        { "年报像数", "AND(LEN(年报位)>0,LEN(年报正)<200,OR(LEN(年报整)=LEN(年报正),LEN(年报小)>0),"
            "LEN(年报余)=0,OR(年报整=年报位,AND(LEFT(年报整)<>年报千,RIGHT(年报分组,LEN(年报整))=年报整)))" },
    };
    struct text sign = text_new(draft->book.arena), whole = text_new(draft->book.arena), rest = text_new(draft->book.arena);
    text_printf(&sign, "MID(LEFT(%s,FIND(CHAR(9),%s&CHAR(9))-1),1+OR(LEFT(%s)=\"+\",LEFT(%s)=\"-\"),999)", number, number, number, number);
    text_puts(&whole, "LEFT(年报正,FIND(\".\",年报正&\".\")-1)");
    substitute(&rest, 10);
    text_puts(&rest, "年报位&年报小");
    for (int digit = 0; digit < 10; digit++)
        text_printf(&rest, ",%d,\"\")", digit);
    if (!put_name(draft, "年报正", &sign) || !put_name(draft, "年报整", &whole) || !put_name(draft, "年报余", &rest))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!draft_name(draft, names[i].name, names[i].formula))
            return false;
    return true;
}

/* What the digits are: "?" when a report cannot hold them, or when they are more than the 15 that a workbook keeps. */
static bool
name_value(struct draft *draft, const char *number)
{
    struct text numerator = text_new(draft->book.arena), denominator = text_new(draft->book.arena), value = text_new(draft->book.arena);
    text_printf(&numerator, "IF(ISNUMBER(FIND(CHAR(9),%s)),VALUE(MID(%s,FIND(CHAR(9),%s)+1,FIND(CHAR(10),%s)-FIND(CHAR(9),%s)-1)),1)",
                number, number, number, number, number);
    text_printf(&denominator, "IF(ISNUMBER(FIND(CHAR(10),%s)),VALUE(MID(%s,FIND(CHAR(10),%s)+1,20)),1)", number, number, number);
    text_puts(&value, "IF(VALUE(年报位)>=10^11,\"?\",IF(OR(VALUE(MID(年报小&\"0000000\",7,200))>0,MOD(年报微,10^MAX(0,LEN(VALUE(年报位))-9))>0,"
              "MOD(MOD(VALUE(年报位),年报除数)*10^6+年报微,年报除数)>0,(VALUE(年报位)+年报微/10^6)*年报乘数/年报除数>=10^11),\"?\",");
    text_printf(&value, "ROUND(IF(LEFT(%s)=\"-\",-1,1)*(VALUE(年报位)+年报微/10^6)*年报乘数/年报除数,6)))", number);
    return put_name(draft, "年报乘数", &numerator) && put_name(draft, "年报除数", &denominator)
        && draft_name(draft, "年报微", "VALUE(LEFT(年报小&\"000000\",6))") && put_name(draft, "年报值", &value);
}

/* A number as it was typed, a blank or a dash, or the number in a text. LibreOffice gives what is computed from a date the format of a
 * date of its own, which CELL knows; of those that people choose it knows few. */
static bool
name_reading(struct draft *draft, const char *folded, const char *typed)
{
    struct text blank = text_new(draft->book.arena), out = text_new(draft->book.arena);
    text_printf(&blank, "OR(%s=\"\",ISNUMBER(FIND(CHAR(9)&%s&CHAR(9),SUBSTITUTE(\"|/|//|-|--|---|—|——|–|―|无|\",\"|\",CHAR(9)))))", folded, folded);
    text_printf(&out, "IF(ISNUMBER(%s),IF(OR(ABS(%s)>=10^11,%s<>ROUND(%s,6)," CHECK_DATE "),\"?\",%s),"
                "IF(年报空,\"\",IF(LEN(%s)>%d,\"?\",IF(年报像数,年报值,\"?\"))))",
                typed, typed, typed, typed, typed, typed, folded, VALUE_TEXT_MOST);
    return put_name(draft, "年报空", &blank) && put_name(draft, "年报数", &out);
}

bool
template_put_names(struct draft *draft, const struct form *form, uint16_t cols)
{
    struct arena *arena = draft->book.arena;
    const char *right[4] = { NULL };
    char cell[A1_SIZE];
    for (uint16_t i = 1; i < 4; i++)
        if ((right[i] = a1_quoted(arena, CHECKS_SHEET, a1(0, (uint16_t)(i * cols), cell))) == NULL)
            return false;
    return name_folded(draft, right[1]) && name_number(draft, form, right[1], right[2])
        && name_digits(draft, right[1]) && name_value(draft, right[1]) && name_reading(draft, right[2], right[3]);
}
