/* SPDX-License-Identifier: MIT */
/* Tests of what read_xlsx takes as it lies: random rows and cells are read twice, with the elements' names as most programs write them and with a
 * prefix in front of each, which leaves them to the events. Both must see the same cells, or refuse the sheet for the same reason. */
#include <stdlib.h>

#include "limits.h"
#include "read.h"
#include "test.h"
#include "text.h"
#include "zip_maker.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define ONE_OF(list) list[below(sizeof list / sizeof *list)]

static const char workbook[] = "<workbook xmlns='" MAIN "'><sheets><sheet name='S'/></sheets></workbook>";
static const char strings[] = "<sst xmlns='" MAIN "'><si><t>总计</t></si><si><t></t></si><si><t>12</t></si></sst>";
static const char styles[] = "<styleSheet xmlns='" MAIN "'><cellXfs><xf numFmtId='9'/><xf/><xf numFmtId='14'/></cellXfs></styleSheet>";

static uint64_t seed = 1;

/* A random number below n. */
static unsigned
below(size_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((seed >> 33) % n);
}

static bool one_in(unsigned n) { return below(n) == 0; }

/* -- random sheets; '@' stands where a prefix may -- */

static void
put_gap(struct text *out)
{
    static const char *const gaps[] = { "\n", "\r\n\t ", "  ", "<!-- c -->", "x", "<?p?>" };
    if (one_in(6))
        text_puts(out, gaps[one_in(5) ? below(6) : below(3)]);
}

/* Attributes in any order, each after one blank in general. */
static void
put_attributes(struct text *out, const char **attributes, size_t n)
{
    for (; n > 0; n--) {
        size_t i = one_in(4) ? below(n) : 0;
        text_printf(out, "%s%s", one_in(60) ? "\n " : " ", attributes[i]);
        memmove(attributes + i, attributes + i + 1, (n - i - 1) * sizeof *attributes);
    }
    if (one_in(20))
        text_puts(out, " ");
}

static void
put_number(struct text *out)
{
    static const char *const odd[] = { "", " 5 ", "-0", "+1", ".5", "7.", "1E5", "1.25e-7", "1e999", "x", "0x1", "1 2", "00012", "0000000000000000000001.5", "--1", "1.2.3" };
    if (one_in(8))
        text_puts(out, ONE_OF(odd));
    else if (one_in(2))
        text_printf(out, "%u", below(one_in(2) ? 100 : 1 << 30));
    else
        text_printf(out, "%s%u.%0*u%0*u", one_in(4) ? "-" : "", below(one_in(2) ? 10 : 100000), (int)below(9), below(999), (int)below(11), below(1 << 30));
}

static void
put_text(struct text *out)
{
    static const char *const pieces[] = { "a", "中", "号 ", " ", "_", "_x0041_", "x", "]", ">", "\"", "&amp;", "&#24180;", "&#95;", "&#120;", "😀", "\n", "12", "TRUE",
                                          "]]", "\r\n", "é", "<!---->", "<![CDATA[<]]>", "&x;", "]]>" };
    for (unsigned n = below(6); n > 0; n--)
        text_puts(out, pieces[one_in(12) ? below(sizeof pieces / sizeof *pieces) : below(18)]);
}

static void
put_formula(struct text *out)
{
    static const char *const kinds[] = { "t=\"shared\"", "t=\"array\"", "t=\"dataTable\"", "t='shared'" };
    static const char *const indices[] = { "si=\"0\"", "si=\"1\"", "si=\"01\"", "si=\"9999999\"", "si=\"x\"", "si=\"\"" };
    const char *attributes[4];
    size_t n = 0;
    if (one_in(2)) {
        attributes[n++] = kinds[one_in(2) ? 0 : below(4)];
        attributes[n++] = indices[one_in(8) ? below(6) : below(2)];
        if (one_in(2))
            attributes[n++] = one_in(9) ? "ref=\"A1:&lt;\"" : "ref=\"A1:B9\"";
        if (one_in(4))
            attributes[n++] = one_in(3) ? "ca=\"1\" ca=\"1\"" : "ca=\"1\"";
    }
    text_puts(out, "<@f");
    put_attributes(out, attributes, n);
    if (n > 0 && one_in(2)) {
        text_puts(out, "/>");
        return;
    }
    text_puts(out, ">");
    if (!one_in(5))
        text_printf(out, "SUM(A%u:$B$2)&amp;\"x_y\"", below(20) + 1);
    put_text(out);
    text_puts(out, "</@f>");
}

static void
put_inline(struct text *out)
{
    text_puts(out, one_in(9) ? "<@is/>" : "<@is>");
    if (strcmp(out->at + out->n - 2, "/>") == 0)
        return;
    bool runs = one_in(4);
    for (unsigned n = runs ? 1 + below(3) : 1; n > 0; n--) {
        text_puts(out, runs ? one_in(2) ? "<@r><@rPr><@b/><@sz val=\"9\"/></@rPr>" : "<@r>" : "");
        text_puts(out, one_in(4) ? "<@t xml:space=\"preserve\">" : "<@t>");
        put_text(out);
        text_puts(out, runs ? "</@t></@r>" : "</@t>");
    }
    text_puts(out, one_in(9) ? "<@rPh sb=\"0\" eb=\"1\"><@t>p</@t></@rPh></@is>" : "</@is>");
}

static void
put_value(struct text *out, char type)
{
    static const char *const truths[] = { "1", "0", "true", "2", " 1", "" }, *const errors[] = { "#N/A", "#DIV/0!", " #REF!", "", "#VALUE!\n" };
    static const char *const indices[] = { "0", "1", "2", "3", "00", "0000000001", " 1", "1x", "" };
    text_puts(out, "<@v>");
    if (type == 's')
        text_puts(out, indices[one_in(6) ? below(9) : below(3)]);
    else if (type == 'b')
        text_puts(out, truths[one_in(6) ? below(6) : below(2)]);
    else if (type == 'e')
        text_puts(out, errors[one_in(6) ? below(5) : below(2)]);
    else if (type == 'd')
        text_puts(out, "2021-02-03");
    else if (type == 'n')
        put_number(out);
    else
        put_text(out);
    text_puts(out, "</@v>");
}

static void
put_cell(struct text *out, unsigned row, unsigned col)
{
    static const char *const odd[] = { "r=\"XFD9\"", "r=\"a1\"", "r=\"A01\"", "r=\"A0\"", "r=\"XFE1\"", "r=\"A1048577\"", "r=\"A\"", "r=\"5\"", "r=\"A12345678\"" };
    static const char *const given[] = { "s=\"1\"", "s=\"2\"", "s=\"7\"", "s=\"\"", "s=\"0000000001\"", "s=\"12345678901\"", "s=\"x\"" };
    static const char *const types[] = { "n", "s", "str", "inlineStr", "b", "e", "d", "x" };
    static const char *const others[] = { "cm=\"1\"", "vm=\"2\"", "ph=\"true\"", "y:z=\"1\"", "cm='1'", "a=\"&lt;\"", "a:b:c=\"1\"", "1=\"2\"", "s =\"1\"" };
    char place[32], kind[32];
    const char *attributes[5];
    unsigned type = one_in(3) ? 0 : one_in(30) ? below(8) : below(6);
    size_t n = 0;
    snprintf(place, sizeof place, "r=\"%c%u\"", 'A' + (int)col, row);
    snprintf(kind, sizeof kind, "t=\"%s\"", types[type]);
    if (!one_in(8))
        attributes[n++] = one_in(40) ? ONE_OF(odd) : place;
    if (one_in(2))
        attributes[n++] = given[one_in(10) ? below(7) : below(3)];
    if (type > 0 || one_in(6))
        attributes[n++] = kind;
    if (one_in(12))
        attributes[n++] = others[one_in(3) ? below(9) : below(4)];
    if (one_in(60))
        attributes[n++] = place;
    text_puts(out, "<@c");
    put_attributes(out, attributes, n);
    text_puts(out, one_in(5) ? "/>" : ">");
    if (out->at[out->n - 2] == '/')
        return;
    put_gap(out);
    if (one_in(4))
        put_formula(out);
    put_gap(out);
    if (type == 3 && !one_in(8))
        put_inline(out);
    else if (!one_in(8))
        put_value(out, type == 2 || type == 3 ? 'S' : *types[type]);
    else if (one_in(2))
        text_puts(out, "<@v/>");
    put_gap(out);
    text_puts(out, one_in(20) ? "<@extLst><@ext><@v>3</@v></@ext></@extLst></@c>" : "</@c>");
}

static void
put_row(struct text *out, unsigned row)
{
    static const char *const others[] = { "spans=\"1:3\"", "ht=\"14.25\"", "customHeight=\"1\"", "s=\"1\"", "customFormat=\"1\"", "hidden=\"true\"", "x:dy=\"0.25\"",
                                          "collapsed=\"false\"", "outlineLevel=\"0\"", "ht='9'", "spans=\"1:2 3:4\"", "a=\"&#9;\"", "1=\"1\"" };
    char number[24];
    const char *attributes[6];
    size_t n = 0, first = below(8);
    snprintf(number, sizeof number, one_in(40) ? "r=\"0%u\"" : "r=\"%u\"", row);
    if (!one_in(8))
        attributes[n++] = number;
    for (unsigned i = one_in(2) ? 0 : below(5); i > 0; i--)
        attributes[n++] = one_in(40) ? ONE_OF(others) : others[first++ % 9];
    text_puts(out, "<@row");
    put_attributes(out, attributes, n);
    if (one_in(6)) {
        text_puts(out, "/>");
        return;
    }
    text_puts(out, ">");
    put_gap(out);
    for (unsigned col = below(3), cols = col + below(5); col < cols; col++, put_gap(out))
        put_cell(out, row, col);
    text_puts(out, "</@row>");
    put_gap(out);
}

/* Put a character that is wrong, in most places. */
static void
spoil(struct text *out)
{
    static const char wrong[] = ">&\"'/=]_; 1";
    for (int tries = 0; tries < 9; tries++) {
        size_t at = 1 + below(out->n - 1);
        bool prefixed = out->at[at - 1] == '@' || out->at[at + 1] == '@';
        if (!prefixed && out->at[at] != '@' && out->at[at] != '<' && out->at[at] != '\n' && (unsigned char)out->at[at] < 0x80) {
            out->at[at] = wrong[below(sizeof wrong - 1)];
            return;
        }
    }
}

/* -- both ways -- */

static enum status
read_with(struct arena *arena, const char *prefix, const char *rows, struct book *book, struct fault *fault)
{
    static struct zip_maker zip;
    struct text sheet = text_new(arena);
    text_printf(&sheet, "<%sworksheet xmlns%s%.1s='" MAIN "'><%ssheetData>", prefix, *prefix != '\0' ? ":" : "", prefix, prefix);
    for (; *rows != '\0'; rows++)
        if (*rows == '@')
            text_puts(&sheet, prefix);
        else
            text_putc(&sheet, *rows);
    text_printf(&sheet, "</%ssheetData><!--%400s--></%sworksheet>", prefix, "", prefix);
    memset(&zip, 0, sizeof zip);
    zip_maker_add(&zip, "xl/workbook.xml", workbook);
    zip_maker_add(&zip, "xl/sharedStrings.xml", strings);
    zip_maker_add(&zip, "xl/styles.xml", styles);
    zip_maker_add(&zip, "xl/worksheets/sheet1.xml", sheet.at);
    zip_maker_end(&zip);
    return read_book(arena, zip.bytes, zip.n, book, fault);
}

static bool
same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
same_cells(const struct sheet *a, const struct sheet *b)
{
    bool same = a->ncells == b->ncells;
    for (size_t i = 0; i < a->ncells && same; i++) {
        const struct cell *p = &a->cells[i], *q = &b->cells[i];
        same = p->row == q->row && p->col == q->col && p->kind == q->kind && p->computed == q->computed && p->format == q->format
            && memcmp(&p->number, &q->number, sizeof p->number) == 0 && same_text(p->text, q->text) && same_text(p->formula, q->formula);
    }
    return same;
}

/* What is said up to where it was, which depends on the prefixes. */
static bool
same_fault(const struct fault *a, const struct fault *b)
{
    const char *byte = strstr(a->where, " at byte");
    return byte != NULL ? strncmp(a->where, b->where, (size_t)(byte - a->where)) == 0 : strcmp(a->where, b->where) == 0;
}

/* Read the rows both ways; true: they are a sheet. */
static bool
test_rows(const char *rows)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct book plain, other;
    struct fault why = { 0 }, other_why = { 0 };
    enum status status = read_with(arena, "", rows, &plain, &why);
    bool same = read_with(arena, "p:", rows, &other, &other_why) == status;
    if (same)
        same = status == STATUS_OK ? same_cells(&plain.sheets[0], &other.sheets[0]) : same_fault(&why, &other_why);
    CHECK(same);
    if (!same)
        printf("%s\n%s\n%s\n", rows, why.where, other_why.where);
    arena_free(arena);
    return status == STATUS_OK;
}

static void
test_random(void)
{
    size_t good = 0, sheets = 6000;
    for (size_t i = 0; i < sheets; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text rows = text_new(arena);
        unsigned most = i % 500 == 0 ? 700 : 5;             /* more than a window of the scanner, or less */
        for (unsigned row = 1 + below(3), last = row + below(most); row < last; row += 1 + one_in(9))
            put_row(&rows, row);
        if (rows.n > 0 && one_in(8))
            spoil(&rows);
        good += test_rows(rows.at);
        arena_free(arena);
    }
    CHECK(good > sheets / 4 && good < sheets * 9 / 10);
}

/* The border of the window at each place of a cell of each kind. */
static void
test_window(void)
{
    static const char cells[] = "\n <@c r=\"A1\" s=\"1\" t=\"str\">\n<@f t=\"shared\" ref=\"A1:A2\" si=\"0\">A2&amp;\"x\"</@f> <@v>中_文 a]</@v></@c>"
        "<@c cm=\"1\" r=\"B1\"><@f>1+1</@f><@v>-123.456789</@v></@c><@c r=\"C1\" s=\"2\"/><@c><@v>12345678901234567</@v></@c>"
        "<@c r=\"E1\" t=\"b\"><@v>1</@v></@c><@c r=\"F1\" t=\"e\"><@v>#N/A</@v></@c><@c r=\"G1\" t=\"inlineStr\"><@is><@t xml:space=\"preserve\"> &#24180; </@t></@is></@c>"
        "<@c r=\"H1\" t=\"s\"><@v>0</@v></@c> </@row>\n<@row r=\"2\" ht=\"12\" s=\"1\"><@c r=\"A2\" t=\"str\"><@f t=\"shared\" si=\"0\"/><@v></@v></@c></@row>"
        "<@row r=\"3\" ht=\"12\" s=\"1\"/><@row spans=\"1:2\" r=\"4\" />";
    struct arena *arena = arena_new(LIMIT_MEMORY);
    for (int before = 0; before < 1200; before++) {
        struct text rows = text_new(arena);
        text_printf(&rows, "<@row r=\"1\">%*s%s", 128 * 1024 - before, "", cells);
        CHECK(test_rows(rows.at));
    }
    arena_free(arena);
}

/* A number is the double next to it. */
static void
test_numbers(void)
{
    for (int i = 0; i < 400; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text rows = text_new(arena);
        struct book book;
        struct fault fault = { 0 };
        char numbers[20][64];
        text_puts(&rows, "<@row r=\"1\">");
        for (int k = 0; k < 20; k++) {
            double number = (double)below(1u << 31) * (double)below(1u << 31);
            for (int shift = (int)below(30); shift > 0; shift--)
                number /= one_in(2) ? 10 : 7;
            snprintf(numbers[k], sizeof numbers[k], "%.*g", (int)below(21), one_in(5) ? -number : number);
            text_printf(&rows, "<@c><@v>%s</@v></@c>", numbers[k]);
        }
        text_puts(&rows, "</@row>");
        CHECK_INT(read_with(arena, i % 2 == 0 ? "" : "p:", rows.at, &book, &fault), STATUS_OK);
        for (size_t k = 0; k < book.sheets[0].ncells; k++)
            if (!test_note(book.sheets[0].cells[k].number == strtod(numbers[k], NULL)))
                printf("%s is not %.17g\n", numbers[k], book.sheets[0].cells[k].number);
        CHECK_INT((long long)book.sheets[0].ncells, 20);
        arena_free(arena);
    }
}

int
main(void)
{
    test_random();
    test_window();
    test_numbers();
    return test_summary();
}
