/* SPDX-License-Identifier: MIT */
/* Tests of read_xlsx: small packages made from text, and what is read of them as lines "Sheet!A1 kind value [=formula]". */
#include <stdlib.h>

#include "limits.h"
#include "read.h"
#include "test.h"
#include "text.h"
#include "zip_maker.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"

struct part { const char *name, *content; };

static const struct part package_rels = { "_rels/.rels",
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='a' Type='" RELS "/officeDocument' Target='xl/workbook.xml'/>"
    "<Relationship Id='b' Type='" RELS "/custom-properties' Target='/docProps/custom.xml'/></Relationships>" };
static const struct part workbook = { "xl/workbook.xml",
    "<workbook xmlns='" MAIN "' xmlns:r='" RELS "'><workbookPr/><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>" };
static const struct part workbook_rels = { "xl/_rels/workbook.xml.rels",
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r1' Type='" RELS "/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='" RELS "/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='r3' Type='" RELS "/styles' Target='styles.xml'/></Relationships>" };
static const struct part strings = { "xl/sharedStrings.xml",
    "<sst xmlns='" MAIN "' count='9'><si><t>一</t></si><si><r><t>a </t></r><r><rPr><b/></rPr><t>b</t></r><rPh sb='0' eb='1'><t>no</t></rPh>"
    "<phoneticPr fontId='1'/></si><si/><si><t>_x000D_x_x0041__x005F_x0042_</t></si></sst>" };
static const struct part styles = { "xl/styles.xml",
    "<styleSheet xmlns='" MAIN "'><numFmts count='1'><numFmt numFmtId='176' formatCode='0.00&quot;万元&quot;'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='176'/><xf numFmtId='4'/><xf numFmtId='176'/>"
    "<xf numFmtId='14'/><xf numFmtId='57'/></cellXfs>"
    "</styleSheet>" };
static const struct part properties = { "docProps/custom.xml",
    "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties' "
    "xmlns:vt='http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'>"
    "<property fmtid='f' pid='2' name='stamp'><vt:lpwstr>1 &lt; 2</vt:lpwstr></property><property name='n'><vt:i4>3</vt:i4></property></Properties>" };

static void
dump(const struct book *book, struct text *out)
{
    static const char *const kinds[] = { "number", "text", "boolean", "error", "formula" };
    char at[A1_SIZE], number[32];
    for (size_t i = 0; i < book->nsheets; i++) {
        const struct sheet *sheet = &book->sheets[i];
        for (size_t j = 0; j < sheet->ncells; j++) {
            const struct cell *cell = &sheet->cells[j];
            text_printf(out, "%s!%s %s", sheet->name, a1(cell->row, cell->col, at), kinds[cell->kind]);
            if (cell->kind != CELL_FORMULA)
                text_printf(out, " %s", cell->text != NULL ? cell->text : number_text(cell->number, number));
            if (cell->computed)
                text_printf(out, " =%s", cell->formula != NULL ? cell->formula : "");
            if (cell->format != 0)
                text_printf(out, " [%s]", book->formats[cell->format]);
            text_puts(out, "\n");
        }
        for (size_t j = 0; j < sheet->nmerges; j++)
            text_printf(out, "%s!%s\n", sheet->name, a1_area(sheet->merges[j], at));
    }
}

static bool
all_of_it(void *context, const struct sheet *sheet)
{
    (void)context;
    return sheet != NULL;
}

/* Read a package; what came of it is in `out`. seen: NULL, or what is kept in mind. */
static enum status
read_parts_seen(const struct part *const *parts, size_t n, struct seen *seen, struct text *out, struct fault *fault)
{
    static struct zip_maker zip;
    struct book book;
    memset(&zip, 0, sizeof zip);
    for (size_t i = 0; i < n; i++)
        zip_maker_add(&zip, parts[i]->name, parts[i]->content);
    zip_maker_end(&zip);
    struct interest interest = { .whole = all_of_it, .seen = seen };
    enum status status = read_book_for(out->arena, zip.bytes, zip.n, seen != NULL ? &interest : NULL, &book, fault);
    if (status == STATUS_OK)
        dump(&book, out);
    return status;
}

static enum status
read_parts(const struct part *const *parts, size_t n, struct text *out, struct fault *fault)
{
    return read_parts_seen(parts, n, NULL, out, fault);
}

static enum status
read_sheet(const char *content, struct text *out, struct fault *fault)
{
    static char bytes[8192];
    snprintf(bytes, sizeof bytes, "<worksheet xmlns='" MAIN "'>%s</worksheet>", content);
    struct part sheet = { "xl/worksheets/sheet1.xml", bytes };
    const struct part *parts[] = { &package_rels, &workbook, &workbook_rels, &strings, &styles, &properties, &sheet };
    return read_parts(parts, sizeof parts / sizeof *parts, out, fault);
}

#define DATA(rows) "<sheetData>" rows "</sheetData>"
#define CELL(c) DATA("<row r='1'>" c "</row>")

static const struct { const char *in, *want; } sheets[] = {
    { "", "" },
    { "<dimension ref='A1:XFD1048576'/>" DATA("<row r='1'/><row/>"), "" },
    /* types */
    { CELL("<c r='A1'><v>1</v></c><c r='B1' t='n'><v> -0.5\n</v></c><c r='C1'><v>1E-3</v></c><c r='D1'><v>44197.423726851855</v></c>"),
      "S!A1 number 1\nS!B1 number -0.5\nS!C1 number 0.001\nS!D1 number 44197.423726851855\n" },
    { CELL("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c><c r='D1' t='s'><v/></c>"),
      "S!A1 text 一\nS!B1 text a b\n" },
    { CELL("<c r='A1' t='s'><v>3</v></c>"), "S!A1 text \rxA_x0042_\n" },
    { CELL("<c r='A1' t='inlineStr'><is><t> x </t></is></c><c r='B1' t='inlineStr'><v>y</v></c><c r='C1' t='inlineStr'><is><r><t>p</t></r>"
           "<r><t>q</t></r></is></c><c r='D1' t='inlineStr'><v>1.0</v><is><t>1.</t></is></c><c r='E1' t='inlineStr'><is/></c>"),
      "S!A1 text  x \nS!B1 text y\nS!C1 text pq\nS!D1 text 1.\n" },
    { CELL("<c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>false</v></c><c r='C1' t='e'><v>#REF!</v></c>"),
      "S!A1 boolean 1\nS!B1 boolean 0\nS!C1 error #REF!\n" },
    { CELL("<c r='A1' t='d'><v>2021-01-01T12:00:00</v></c><c r='B1' t='d'><v>1900-01-01</v></c><c r='C1' t='d'><v>06:00:00Z</v></c>"),
      "S!A1 number 44197.5\nS!B1 number 1\nS!C1 number 0.25\n" },
    /* no cells */
    { CELL("<c r='A1'/><c r='B1' s='1'/><c r='C1'><v></v></c><c r='D1' t='str'><v/></c><c r='E1'><v> </v></c>"), "" },
    /* places */
    { DATA("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row><row r='9'><c r='C9'><v>4</v></c><c><v>5</v></c></row>"),
      "S!A1 number 1\nS!C1 number 2\nS!A2 number 3\nS!C9 number 4\nS!D9 number 5\n" },
    { DATA("<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>2</v></c></row><row r='1'><c r='A1'><v>3</v></c></row><row r='2'><c r='B2'><v>4</v></c></row>"),
      "S!A1 number 3\nS!A2 number 2\nS!B2 number 4\n" },
    { CELL("<c r='XFD1048576'><v>1</v></c>"), "S!XFD1048576 number 1\n" },
    /* formulas */
    { CELL("<c r='A1'><f>B1+1</f><v>2</v></c><c r='B1'><f>1</f></c><c r='C1'><f>1</f><v/></c><c r='D1' t='str'><f>\"\"</f><v></v></c>"
           "<c r='E1' t='str'><f>T(&quot;x&quot;)</f><v>x</v></c><c r='F1' t='str'><f>A1</f></c><c r='G1' t='e'><f>1/0</f><v>#DIV/0!</v></c>"),
      "S!A1 number 2 =B1+1\nS!B1 formula =1\nS!C1 formula =1\nS!E1 text x =T(\"x\")\nS!F1 formula =A1\nS!G1 error #DIV/0! =1/0\n" },
    { DATA("<row r='1'><c r='B1'><f t='shared' ref='B1:B2' si='0'>SUM(A1:$C$1,'A1'!B2)&amp;\"A1\"&amp;A1B&amp;LOG10(C1)&amp;T[A1]</f><v>1</v></c></row>"
           "<row r='2'><c r='C2'><f t='shared' si='0'/><v>2</v></c></row>"),
      "S!B1 number 1 =SUM(A1:$C$1,'A1'!B2)&\"A1\"&A1B&LOG10(C1)&T[A1]\n"
      "S!C2 number 2 =SUM(B2:$C$1,'A1'!C3)&\"A1\"&A1B&LOG10(D2)&T[A1]\n" },
    { DATA("<row r='1'><c r='A1'><f t='shared' si='3'>$A:A+1:$1+Z1</f><v>1</v></c><c r='B1'><f t='shared' si='3'/><v>1</v></c></row>"
           "<row r='2'><c r='A2'><f t='shared' si='3'/><v>1</v></c><c r='C2'><f t='shared' si='4'/><v>1</v></c></row>"),
      "S!A1 number 1 =$A:A+1:$1+Z1\nS!B1 number 1 =$A:B+1:$1+AA1\nS!A2 number 1 =$A:A+2:$1+Z2\nS!C2 number 1 =\n" },
    { CELL("<c r='A1'><f t='array' ref='A1:A2'>B1:B2*2</f><v>2</v></c>"), "S!A1 number 2 =B1:B2*2\n" },
    /* rows and cells as most programs write them */
    { DATA("<row r='2' ht='9' x:d='1'><c r='B2' s='1'><v>12345678901234567</v></c><c r='C2' t='n'><v>12345678</v></c><c r='D2'><v>123456789012345</v></c></row>\n"
           "<row r='3' ht='9' x:d='1'><c r='A3' t='s'><v>1</v></c></row><row r='5' ht='9' x:d='1'/><row r='6' ht='9'/><row r='7' ht='9'/>"
           "<row r='9' ht='9'><c r='A9'><v>0.25</v></c><c r='AA9' s='1'/><c r='AB9'><v>0</v></c></row><row r='10' ht='9'><c><v>1</v></c></row>"),
      "S!B2 number 12345678901234568 [0.00\"万元\"]\nS!C2 number 12345678\nS!D2 number 123456789012345\nS!A3 text a b\nS!A9 number 0.25\n"
      "S!AB9 number 0\nS!A10 number 1\n" },
    { CELL("<c r='A1' t='inlineStr'><is><t>x y</t></is></c><c r='B1' t='inlineStr'><is><t></t></is></c><c r='C1' t='inlineStr'><is><t>a_x0042_</t></is></c>"
           "<c r='D1' t='inlineStr'><is><t>1 &lt; 2]</t></is></c><c r='E1' t='inlineStr'><is><t>中</t></is></c>"),
      "S!A1 text x y\nS!C1 text aB\nS!D1 text 1 < 2]\nS!E1 text 中\n" },
    { CELL("<c r='A1' t='inlineStr'><is><t>&#24180;2023&#x5E74;&#31532;</t></is></c><c r='B1' s='1' t='n'></c><c r='C1' t='inlineStr'><is><t>&#20108;"
           "&#12288;a&#65533;&#128;&#0019977;</t></is></c><c r='D1' t='inlineStr'><is><t>&#19968;&amp;&#95;x0042_</t></is></c><c r='E1' t='s'></c>"
           "<c r='F1' t='inlineStr'><is><t>&#24180;_x0042_&#24180;</t></is></c><c r='G1' t='inlineStr'><is><t>&#128512;&#10;&#39033;</t></is></c>"),
      "S!A1 text 年2023年第\nS!C1 text 二　a�\xC2\x80""三\nS!D1 text 一&B\nS!F1 text 年B年\nS!G1 text 😀\n项\n" },
    /* formats, merges, foreign elements */
    { CELL("<c r='A1' s='1'><v>1</v></c><c r='B1' s='2'><v>1</v></c><c r='C1' s='3'><v>1</v></c><c r='D1' s=''><v>1</v></c><c r='E1' s='99'><v>1</v></c>"),
      "S!A1 number 1 [0.00\"万元\"]\nS!B1 number 1 [#,##0.00]\nS!C1 number 1 [0.00\"万元\"]\nS!D1 number 1\nS!E1 number 1\n" },
    { CELL("<c r='A1' s='4'><v>1</v></c><c r='B1' s='5'><v>1</v></c>"), "S!A1 number 1 [m/d/yy]\nS!B1 number 1 [yyyy\"年\"m\"月\"]\n" },
    { DATA("") "<mergeCells count='2'><mergeCell ref='B2:A1'/><mergeCell ref='A3:D20'/></mergeCells>", "S!A3:D20\nS!A1:B2\n" },
    { DATA("") "<mergeCells count='6'><mergeCell ref='A1:B2'/><mergeCell ref='A3:XFD4'/> <mergeCell ref='c5:D5'/><mergeCell ref='D7:C7'/>"
      "<mergeCell ref='A9:B8'/><mergeCell ref='A10'/></mergeCells>", "S!A3:XFD4\nS!A1:B2\nS!A8:B9\nS!C5:D5\nS!C7:D7\nS!A10\n" },
    { DATA("") "<mergeCells count='2'><mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'></mergeCell><mergeCell ref='A3:B3' x:d='1'/></mergeCells>",
      "S!A1:B1\nS!A2:B2\nS!A3:B3\n" },
    { "<x:sheetData xmlns:x='other'><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>"
      CELL("<x:c xmlns:x='other' r='A1'><v>1</v></x:c><c r='B1'><v>2</v><extLst><ext><v>3</v></ext></extLst></c>"), "S!B1 number 2\n" },
};

/* The same with attributes in double quotes and something behind it: what is written as most programs write it is read in another way. */
static enum status
read_plain_sheet(const char *in, struct text *out, struct fault *fault)
{
    struct text plain = text_new(out->arena);
    for (; *in != '\0'; in++)
        text_putc(&plain, (char)(*in == '\'' ? '"' : *in));
    text_printf(&plain, "<!--%500s-->", "");
    return read_sheet(plain.at, out, fault);
}

static void
test_plain_sheet(const char *in, const char *want)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct text out = text_new(arena);
    struct fault fault = { 0 };
    CHECK_INT(read_plain_sheet(in, &out, &fault), STATUS_OK);
    CHECK_STR(out.at, want);
    arena_free(arena);
}

static void
test_sheets(void)
{
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (strchr(sheets[i].in, '"') == NULL)
            test_plain_sheet(sheets[i].in, sheets[i].want);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text out = text_new(arena);
        struct fault fault = { 0 };
        CHECK_INT(read_sheet(sheets[i].in, &out, &fault), STATUS_OK);
        CHECK_STR(fault.where, "");
        CHECK_STR(out.at, sheets[i].want);
        arena_free(arena);
    }
}

static const struct { const char *in; enum status want; const char *where; } refused[] = {
    { CELL("<c r='A1' t='s'><v>4</v></c>"), STATUS_DAMAGED, "A1: a shared string" },
    { CELL("<c r='A1' t='s'><v>x</v></c>"), STATUS_DAMAGED, "A1" },
    { CELL("<c r='A1'><v>x</v></c>"), STATUS_DAMAGED, "xl/worksheets/sheet1.xml: A1: not a number" },
    { CELL("<c r='A1'><v>1e999</v></c>"), STATUS_DAMAGED, "A1: not a number" },
    { CELL("<c r='A1'><v>0x10</v></c>"), STATUS_DAMAGED, "A1: not a number" },
    { CELL("<c r='A1'><v>1 2</v></c>"), STATUS_DAMAGED, "A1: not a number" },
    { CELL("<c r='A1' t='b'><v>2</v></c>"), STATUS_DAMAGED, "A1: not a boolean" },
    { CELL("<c r='A1' t='d'><v>2021-13-01</v></c>"), STATUS_DAMAGED, "A1: not a date" },
    { CELL("<c r='A1' t='x'><v>1</v></c>"), STATUS_DAMAGED, "type" },
    { CELL("<c r='A1' t='inlineStr'><is><t>&#24180</t></is></c>"), STATUS_DAMAGED, "entity" },
    { CELL("<c r='A1' t='inlineStr'><is><t>&#55296;</t></is></c>"), STATUS_DAMAGED, "entity" },
    { CELL("<c r='A1' t='inlineStr'><is><t>&#65535;</t></is></c>"), STATUS_DAMAGED, "entity" },
    { CELL("<c r='A1' t='inlineStr'><is><t>&#24180;&#0;</t></is></c>"), STATUS_DAMAGED, "entity" },
    { CELL("<c r='A0'><v>1</v></c>"), STATUS_DAMAGED, "address" },
    { CELL("<c r='XFE1'/>"), STATUS_DAMAGED, "address" },
    { CELL("<c r='A1048577'/>"), STATUS_DAMAGED, "address" },
    { CELL("<c r='XFD1'/><c/>"), STATUS_DAMAGED, "outside" },
    { DATA("<row r='0'/>"), STATUS_DAMAGED, "row" },
    { DATA("<row r='1048576'/><row><c/></row>"), STATUS_DAMAGED, "outside" },
    { DATA("") "<mergeCells><mergeCell ref='A1:'/></mergeCells>", STATUS_DAMAGED, "merged" },
    { DATA("") "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A0:B1'/></mergeCells>", STATUS_DAMAGED, "merged" },
    { DATA("") "<mergeCells><mergeCell ref='A1:XFE1'/></mergeCells>", STATUS_DAMAGED, "merged" },
    { DATA("") "<mergeCells><mergeCell ref='A1:B2'/><mergeCell/></mergeCells>", STATUS_DAMAGED, "merged" },
    { CELL("<c r='A1'><f t='shared' si='99999999'/></c>"), STATUS_DAMAGED, "shared formula" },
    { "<sheetData><row>", STATUS_DAMAGED, "sheet1.xml" },
};

static void
test_refused(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text out = text_new(arena);
        struct fault fault = { 0 };
        CHECK_INT(read_sheet(refused[i].in, &out, &fault), refused[i].want);
        if (strstr(fault.where, refused[i].where) == NULL)
            CHECK_STR(fault.where, refused[i].where);
        if (strchr(refused[i].in, '"') == NULL)
            CHECK_INT(read_plain_sheet(refused[i].in, &out, &fault), refused[i].want);
        arena_free(arena);
    }
}

/* What stands in <si> and <is>, and the text that it is; NULL: damaged. */
#define RUN(about, text) "<r><rPr>" about "</rPr><t>" text "</t></r>"
static const struct { const char *in, *want; } texts[] = {
    { "<t>中 a</t>", "中 a" },
    { "<t xml:space=\"preserve\">  a 中 </t>", "  a 中 " },
    { "<t xml:space='preserve'> a</t>", " a" },
    { "<t>a\r\nb\rc\td\n</t>", "a\nb\nc\td\n" },
    { "<t>x<![CDATA[<a>\r\n]]>y<!-- no -->z</t>", "x<a>\nyz" },
    { "<t>中</t><phoneticPr fontId=\"1\" type=\"noConversion\"/>", "中" },
    { "<r><t>东京</t></r><rPh sb=\"0\" eb=\"2\"><t>no</t></rPh><phoneticPr fontId=\"1\"/>", "东京" },
    { "<t>😀a]]b]</t>", "😀a]]b]" },
    { "<t>a]]></t>", NULL },
    /* runs */
    { RUN("<b val=\"true\"/><sz val=\"14\"/><rFont val=\"宋体 >\"/>", "第") "<r><rPr><i/></rPr><t xml:space=\"preserve\"> 1 </t></r>" RUN("", "号"), "第 1 号" },
    { "<r><t></t></r><r><t>年</t></r><r><t>&#24180;</t></r><r><t></t></r>", "年年" },
    { "<r><t>a</t></r><t>b</t>", "ab" },
    { "<t>a</t><r><t>b</t></r>", "ab" },
    { "<r><t>_x00</t></r><r><t>41_</t></r>", "_x0041_" },
    { "<r><t>a</t></r><r><t>_x0041_</t></r>", "aA" },
    { "<r><t>a</t></r><r><t>&#95;x0041_</t></r><r><t>]</t></r>", "aA]" },
    { RUN("<t>no</t>", "a") "<r><rPr><color theme=\"1\" tint=\"-0.2\"/><x:y xmlns:x=\"u\"/><z xmlns=\"u\"/></rPr><t>b</t></r>", "ab" },
    { RUN("<b/>", "a") RUN("<i/>", "b") RUN("<b/>", "c") RUN("<u/>", "d") RUN("<sz val=\"9\"/>", "e") RUN("<v/>", "f") RUN("<b/>", "g") RUN("<i/>", "h"), "abcdefgh" },
    { RUN("<b/>", "a") RUN("<b/><y:b/>", "b"), NULL },
    { RUN("<b/>", "a") "<r><rPr><b/></rPr x><t>b</t></r>", NULL },
    { RUN("<b val=\"&lt;\"/> ", "a"), "a" },
    { RUN("<b val=\"<\"/>", "a"), NULL },
    { RUN("<b val=\"&no;\"/>", "a"), NULL },
    { RUN("<b val=1/>", "a"), NULL },
    { RUN("<b val=\"1\" val=\"2\"/>", "a"), NULL },
    { RUN("<b val/>", "a"), NULL },
    { RUN("< b/>", "a"), NULL },
    { RUN("<b 1=\"2\"/>", "a"), NULL },
    { RUN("<y:b/>", "a"), NULL },
    { RUN("<b>", "a"), NULL },
    { RUN("</b>", "a"), NULL },
    { "<r><rPr></r><t>a</t></rPr>", NULL },
    { "<r><t>a</r></t>", NULL },
    /* references */
    { "<t>&#24180;2023&#x5E74;&#31532;&#8220;a&#183;</t>", "年2023年第“a·" },
    { "<t>&#0024180;&#65;&#128512;&#x1F600;&#99999;&#55295;&#57344;&#65533;</t>", "年A😀😀\xF0\x98\x9A\x9F\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBD" },
    { "<t>&lt;&gt;&amp;&quot;&apos;&#10;&#9;&#13;&#93;&#93;></t>", "<>&\"'\n\t\r]]>" },
    { "<t>年&#95;x0041_</t>", "年A" },
    { "<t>&#24180;_x0041_&#24180;</t>", "年A年" },
    { "<t>&amp;#24180;</t>", "&#24180;" },
    { "<t>&#55296;</t>", NULL },
    { "<t>&#57343;</t>", NULL },
    { "<t>&#65534;</t>", NULL },
    { "<t>&#65535;</t>", NULL },
    { "<t>&#1114112;</t>", NULL },
    { "<t>&#24180&#24180;</t>", NULL },
    { "<t>&#2418a;</t>", NULL },
    { "<t>&#:4180;</t>", NULL },
    { "<t>&#/4180;</t>", NULL },
    { "<t>&24180;;</t>", NULL },
    { "<t>&#;</t>", NULL },
    { "<t>&#0;</t>", NULL },
    { "<t>&nbsp;</t>", NULL },
    { "<t>a & b</t>", NULL },
};

/* Read such a text behind `pad` blanks that are another one, as most programs write it (plain) or not. */
static enum status
read_text_of(const char *in, bool shared, bool plain, int pad, struct text *out)
{
    struct text table = text_new(out->arena), sheet = text_new(out->arena);
    const char *other = plain ? "" : " ";
    text_printf(&table, "<sst xmlns='" MAIN "'><si><t>%*s</t></si>", pad, "");
    text_printf(&table, "<si%s>%s</si><!--%400s--></sst>", other, shared ? in : "", "");
    text_puts(&sheet, "<worksheet xmlns='" MAIN "'><sheetData><row r=\"1\">");
    if (shared)
        text_puts(&sheet, "<c r=\"B1\" t=\"s\"><v>1</v></c>");
    else
        text_printf(&sheet, "<c r=\"A1\" t=\"inlineStr\"><is><t>%*s</t></is></c><c r=\"B1\" t=\"inlineStr\"><is%s>%s</is></c>", pad, "", other, in);
    text_printf(&sheet, "</row></sheetData><!--%400s--></worksheet>", "");
    const struct part strings_part = { "xl/sharedStrings.xml", table.at }, sheet_part = { "xl/worksheets/sheet1.xml", sheet.at };
    const struct part *parts[] = { &package_rels, &workbook, &workbook_rels, &strings_part, &styles, &properties, &sheet_part };
    struct fault fault = { 0 };
    return read_parts(parts, sizeof parts / sizeof *parts, out, &fault);
}

static void
test_text(const char *in, const char *want, int pad)
{
    for (int way = 0; way < 4; way++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text out = text_new(arena), line = text_new(arena);
        text_printf(&line, "S!B1 text %s\n", want != NULL ? want : "");
        CHECK_INT(read_text_of(in, way & 1, way & 2, pad, &out), want != NULL ? STATUS_OK : STATUS_DAMAGED);
        if (want != NULL) {
            const char *last = strstr(out.at, "S!B1");
            CHECK_STR(last != NULL ? last : "no cell", line.at);
        }
        arena_free(arena);
    }
}

static void
test_texts(void)
{
    enum { WINDOW = 128 << 10};         /* of the scanner */
    struct arena *arena = arena_new(LIMIT_MEMORY);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_text(texts[i].in, texts[i].want, 1);
        for (int before = 100 + (int)i % 41; before < 500; before += 41)        /* its border is at every place of one or another */
            test_text(texts[i].in, texts[i].want, WINDOW - before);
    }
    for (int n = 675; n < 690; n++) {       /* as long as what is put together may be, and longer */
        struct text in = text_new(arena), want = text_new(arena);
        text_printf(&in, "<r><t>%*s</t></r><r><t>", n % 5, "");
        text_printf(&want, "%*s", n % 5, "");
        for (int i = 0; i < n; i++) {
            text_puts(&in, i % 9 == 0 ? "年" : "&#24180;");
            text_puts(&want, "年");
        }
        text_puts(&in, "</t></r><r><t>a</t></r>");
        text_puts(&want, "a");
        test_text(in.at, want.at, 1);
    }
    arena_free(arena);
}

/* Packages that are not as Excel makes them. */
static void
test_package(void)
{
    static const struct part root = { "_RELS\\.rels",
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='x' Type='" STRICT "/officeDocument' Target='../a%20b/./book.xml'/></Relationships>" };
    static const struct part book = { "a b/book.xml",
        "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:q='" STRICT "'><x:workbookPr date1904='1'/><x:sheets>"
        "<x:sheet name='二' q:id='r2' state='hidden'/><x:sheet name='chart' q:id='r3'/><x:sheet name='一' q:id='r1'/></x:sheets></x:workbook>" };
    static const struct part book_rels = { "a b/_rels/book.xml.rels",
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='r3' Type='" STRICT "/chartsheet' Target='c.xml'/>"
        "<Relationship Id='r1' Type='" STRICT "/worksheet' Target='/s/1.xml'/>"
        "<Relationship Id='r2' Type='" STRICT "/worksheet' Target='../s/2.xml'/>"
        "<Relationship Id='r9' Type='" STRICT "/styles' Target='http://example.com/' TargetMode='External'/></Relationships>" };
    static const struct part one = { "s/1.xml", "<worksheet xmlns='" MAIN "'>" CELL("<c t='d'><v>1904-01-02</v></c>") "</worksheet>" };
    static const struct part two = { "S/2.XML", "<worksheet xmlns='" MAIN "'>" CELL("<c><v>2</v></c>") "</worksheet>" };
    static const struct part sheet1 = { "xl/worksheets/sheet1.xml", "<worksheet xmlns='" MAIN "'>" CELL("<c><v>3</v></c>") "</worksheet>" };
    static const struct part binary = { "xl/workbook.bin", "" }, document = { "word/document.xml", "" }, other = { "readme.txt", "" };
    static const struct part wrong = { "xl/worksheets/sheet1.xml", "<chartsheet xmlns='" MAIN "'/>" };
    static const struct { const struct part *parts[6]; enum status status; enum file_kind kind; const char *want; } packages[] = {
        { { &root, &book, &book_rels, &one, &two }, STATUS_OK, FILE_XLSX, "二!A1 number 2\n一!A1 number 1\n" },
        { { &workbook, &sheet1 }, STATUS_OK, FILE_XLSX, "S!A1 number 3\n" },
        { { &root, &book, &book_rels, &one }, STATUS_DAMAGED, FILE_XLSX, "" },
        { { &package_rels, &sheet1 }, STATUS_DAMAGED, FILE_XLSX, "" },
        { { &workbook, &wrong }, STATUS_DAMAGED, FILE_XLSX, "" },
        { { &sheet1 }, STATUS_DAMAGED, FILE_XLSX, "" },
        { { &binary }, STATUS_XLSB, FILE_XLSB, "" },
        { { &document }, STATUS_DAMAGED, FILE_DOCX, "" },
        { { &other }, STATUS_NOT_A_WORKBOOK, FILE_ZIP, "" },
    };
    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text out = text_new(arena);
        struct fault fault = { 0 };
        size_t n = 0;
        while (packages[i].parts[n] != NULL)
            n++;
        CHECK_INT(read_parts(packages[i].parts, n, &out, &fault), packages[i].status);
        CHECK_INT(fault.kind, packages[i].kind);
        CHECK_STR(out.at, packages[i].want);
        arena_free(arena);
    }
}

static const char sample[] = "<worksheet xmlns='" MAIN "'>"
    CELL("<c t='s' s='1'><v>1</v></c><c><f t='shared' si='0'>A1</f><v>2</v></c><c><f t='shared' si='0'/></c><c t='d'><v>2020-02-02</v></c>"
         "<c r='F1' t='inlineStr'><is><t>x_x0041_&amp;</t></is></c>") "<mergeCells><mergeCell ref='A1:B1'/></mergeCells></worksheet>";

static void
build(struct zip_maker *zip, const char *content)
{
    struct part sheet = { "xl/worksheets/sheet1.xml", content };
    const struct part *const parts[] = { &package_rels, &workbook, &workbook_rels, &strings, &styles, &properties, &sheet };
    memset(zip, 0, sizeof *zip);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        zip_maker_add(zip, parts[i]->name, parts[i]->content);
    zip_maker_end(zip);
}

static enum status
read_once(const unsigned char *bytes, size_t n, long fail_after, struct book *book, struct arena **arena)
{
    *arena = arena_new(LIMIT_MEMORY);
    arena_fail_after(*arena, fail_after);
    return read_book(*arena, bytes, n, book, NULL);
}

/* Every allocation fails once, every length is cut off once, every byte of a part is broken once. */
static void
test_hostile(void)
{
    static struct zip_maker zip;
    struct book book;
    struct arena *arena;
    enum status status = STATUS_MEMORY;
    build(&zip, sample);
    for (long n = 0; n < 1000 && status == STATUS_MEMORY; n++) {
        status = read_once(zip.bytes, zip.n, n, &book, &arena);
        CHECK(status == STATUS_MEMORY || status == STATUS_OK);
        if (status == STATUS_OK)
            CHECK_STR(book_property(&book, "stamp"), "1 < 2");
        arena_free(arena);
    }
    CHECK_INT(status, STATUS_OK);
    for (size_t n = 0; n < zip.n; n++) {
        unsigned char *cut = malloc(n + (n == 0));      /* its own block, so that reading over its end is seen */
        memcpy(cut, zip.bytes, n);
        CHECK(read_once(cut, n, -1, &book, &arena) != STATUS_OK);
        arena_free(arena);
        free(cut);
    }
    for (size_t i = 0; i < sizeof sample - 1; i++)
        for (const char *c = "<>\"'&/ 0\x80"; *c != '\0'; c++) {
            char broken[sizeof sample];
            memcpy(broken, sample, sizeof sample);
            broken[i] = *c;
            build(&zip, broken);
            status = read_once(zip.bytes, zip.n, -1, &book, &arena);
            CHECK(status == STATUS_OK || status == STATUS_DAMAGED);
            arena_free(arena);
        }
}

static const struct { const char *bytes; size_t n; enum status status; enum file_kind kind; } others[] = {
    { "", 0, STATUS_EMPTY, FILE_UNKNOWN },
    { "%PDF-1.7", 8, STATUS_UNSUPPORTED, FILE_PDF },
    { "Rar!\x1A\x07\x01", 7, STATUS_UNSUPPORTED, FILE_RAR },
    { "7z\xBC\xAF\x27\x1C", 6, STATUS_UNSUPPORTED, FILE_7Z },
    { "\x89PNG\r\n\x1A\n", 8, STATUS_UNSUPPORTED, FILE_IMAGE },
    { " \n<HTML><table>", 15, STATUS_OK, FILE_HTML },
    { "\xEF\xBB\xBF<?xml version='1.0'?>", 24, STATUS_UNSUPPORTED, FILE_XML },
    { "a\r\nb\r\n", 6, STATUS_UNSUPPORTED, FILE_TEXT },
    { "\1\2\3\4", 4, STATUS_NOT_A_WORKBOOK, FILE_UNKNOWN },
    { "PK\3\4\24", 5, STATUS_TRUNCATED, FILE_ZIP },
};

static void
test_others(void)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct book book;
        struct fault fault = { 0 };
        CHECK_INT(read_book(arena, (const unsigned char *)others[i].bytes, others[i].n, &book, &fault), others[i].status);
        CHECK_INT(fault.kind, others[i].kind);
        arena_free(arena);
    }
}

/* Styles are read once, and those of other bytes anew, whatever else is alike. */
static void
test_seen(void)
{
    static const struct part sheet = { "xl/worksheets/sheet1.xml", "<worksheet xmlns='" MAIN "'>"
        CELL("<c r='A1' s='3'><v>1</v></c><c r='B1' s='2'><v>2</v></c><c r='C1' s='9'><v>3</v></c>") "</worksheet>" };
    static const char want[] = "S!A1 number 1 [0.00\"万元\"]\nS!B1 number 2 [#,##0.00]\nS!C1 number 3\n";
    static const struct part other_styles[] = {
        { "xl/styles.xml", "<styleSheet xmlns='" MAIN "'><cellXfs/></styleSheet>" },
        { "xl/styles.xml", "<styleSheet xmlns='" MAIN "'><cellXfs><xf/><xf/><xf numFmtId='9'/><xf numFmtId='1'/></cellXfs></styleSheet>" },
    };
    static const char *const wants[] = { "S!A1 number 1\nS!B1 number 2\nS!C1 number 3\n", "S!A1 number 1 [0]\nS!B1 number 2 [0%]\nS!C1 number 3\n" };
    static const struct part broken = { "xl/styles.xml", "<styleSheet xmlns='" MAIN "'><cellXfs></styleSheet>" };
    struct arena *kept = arena_new(LIMIT_MEMORY);
    struct seen *seen = seen_new(kept);
    CHECK(seen != NULL);
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < 4; i++) {
            struct arena *arena = arena_new(LIMIT_MEMORY);          /* gone before the next workbook is read */
            struct text out = text_new(arena);
            struct fault fault = { 0 };
            const struct part *style = i == 0 ? &styles : i == 3 ? &broken : &other_styles[i - 1];
            const struct part *parts[] = { &package_rels, &workbook, &workbook_rels, &strings, style, &properties, &sheet };
            enum status status = read_parts_seen(parts, sizeof parts / sizeof *parts, seen, &out, &fault);
            CHECK_INT(status, i == 3 ? STATUS_DAMAGED : STATUS_OK);
            CHECK_STR(out.at, i == 0 ? want : i == 3 ? "" : wants[i - 1]);
            arena_free(arena);
        }
    arena_free(kept);
}

/* A workbook of two sheets of its own, in all ways that three parts can be written: with and without a mind the same is read. */
static void
test_seen_mixed(void)
{
#define RELATED "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define RELATE(id, type, to) "<Relationship Id='" id "' Type='" RELS "/" type "' Target='" to "'/>"
#define WORKBOOK(what) "<workbook xmlns='" MAIN "' xmlns:r='" RELS "'>" what "</workbook>"
    static const struct part sheet1 = { "xl/worksheets/sheet1.xml", "<worksheet xmlns='" MAIN "'>" CELL("<c r='A1'><v>1</v></c>") "</worksheet>" };
    static const struct part sheet2 = { "xl/worksheets/sheet2.xml", "<worksheet xmlns='" MAIN "'>" CELL("<c r='A1'><v>2</v></c>") "</worksheet>" };
    static const struct part workbooks[] = {
        { "xl/workbook.xml", WORKBOOK("<sheets><sheet name='甲' r:id='r1'/><sheet name='乙' state='hidden' r:id='r2'/></sheets>") },
        { "xl/workbook.xml", WORKBOOK("<workbookPr date1904='1'/><sheets><sheet name='甲' r:id='r1'/></sheets>") },
        { "xl/workbook.xml", WORKBOOK("<sheets><sheet name='丙'/></sheets>") },
        { "xl/workbook.xml", WORKBOOK("<sheets><sheet name='丁' r:id='r9'/></sheets>") },
        { "xl/workbook.xml", "<styleSheet xmlns='" MAIN "'/>" },
    };
    static const struct part rels[] = {
        { "xl/_rels/workbook.xml.rels", RELATED RELATE("r1", "worksheet", "worksheets/sheet1.xml") RELATE("r2", "worksheet", "worksheets/sheet2.xml") "</Relationships>" },
        { "xl/_rels/workbook.xml.rels", RELATED RELATE("r2", "worksheet", "worksheets/sheet1.xml") RELATE("r1", "worksheet", "/xl/worksheets/sheet2.xml") "</Relationships>" },
        { "xl/_rels/workbook.xml.rels", RELATED RELATE("r1", "worksheet", "worksheets/sheet1.xml") RELATE("r2", "chartsheet", "worksheets/sheet2.xml") "</Relationships>" },
        { "xl/_rels/workbook.xml.rels", RELATED "</Relationships>" },
        { "xl/_rels/workbook.xml.rels", RELATED RELATE("r1", "worksheet", "worksheets/sheet1.xml") RELATE("s", "styles", "workbook.xml") "</Relationships>" },
        { "xl/_rels/workbook.xml.rels", RELATED "<Relationship Id='r1'/></Relationships>" },
    };
    static const struct part packages[] = {
        { "_rels/.rels", RELATED RELATE("a", "officeDocument", "xl/workbook.xml") "</Relationships>" },
        { "_rels/.rels", RELATED RELATE("a", "officeDocument", "xl/workbook.xml") RELATE("b", "custom-properties", "xl/workbook.xml") "</Relationships>" },
        { "_rels/.rels", RELATED RELATE("a", "officeDocument", "xl/worksheets/sheet1.xml") "</Relationships>" },
    };
    enum { WORKBOOKS = sizeof workbooks / sizeof *workbooks, RELATIONS = sizeof rels / sizeof *rels, PACKAGES = sizeof packages / sizeof *packages };
    struct arena *kept = arena_new(LIMIT_MEMORY);
    struct seen *seen = seen_new(kept);
    for (size_t i = 0, read = 0; i < 2 * WORKBOOKS * RELATIONS * PACKAGES; i++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text want = text_new(arena), out = text_new(arena);
        struct fault wanted = { 0 }, fault = { 0 };
        const struct part *parts[] = { &packages[i % PACKAGES], &workbooks[i / PACKAGES % WORKBOOKS], &rels[i / PACKAGES / WORKBOOKS % RELATIONS], &sheet1, &sheet2 };
        enum status status = read_parts(parts, sizeof parts / sizeof *parts, &want, &wanted);
        CHECK_INT(read_parts_seen(parts, sizeof parts / sizeof *parts, seen, &out, &fault), status);
        CHECK_STR(out.at, want.at);
        CHECK_STR(fault.where, wanted.where);
        read += status == STATUS_OK && want.n > 0;
        CHECK(read > i / 10);                            /* many can be read */
        arena_free(arena);
    }
    arena_free(kept);
}

/* Sheets put together from all that may stand around their cells: with and without a mind the same is read, or refused at the same byte. */
static void
test_seen_passages(void)
{
#define WORKSHEET(more) "<worksheet xmlns='" MAIN "'" more ">"
#define VIEW(what) "<sheetViews><sheetView workbookViewId='0' " what "/></sheetViews>"
    static const char *const roots[] = { WORKSHEET(""), WORKSHEET(" xmlns:x='" MAIN "'"), WORKSHEET(" xmlns:x='urn:x'"), WORKSHEET(" xmlns:y='urn:x'"), WORKSHEET(" xmlns:x='urn:&amp;'"),
                                         "<?xml version='1.0'?><!-- x:-->" WORKSHEET("") };
    static const char *const heads[] = {
        "", VIEW("a='1'"), VIEW("a='2'"), VIEW("a='&#38;x'"), VIEW("a='&x38;x'"), VIEW("x:a='1'"), VIEW("a='1' a='2'"),      /* references are decoded in place */
        "<x:sheetViews><x:sheetView workbookViewId='0'/></x:sheetViews>", "<x:mergeCells><x:mergeCell ref='C3:D4'/></x:mergeCells>",
    };
    static const char *const cells[] = { CELL("<c r='A1'><v>1</v></c>"), "<x:sheetData><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData>" };
    static const char *const merges[] = {
        "", "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>", "<sheetProtection sheet='1' objects='1'/><mergeCells><mergeCell ref='E1:F2'/></mergeCells>",
    };
    static const char *const tails[] = {
        "</worksheet>", "<pageMargins left='0.75' right='0.75'/></worksheet>", "<pageMargins left='0.75' right='0.75'/></worksheet >",
        "<pageMargins left='0.75' right='0.75'/></worksheet><!-- -->", "<pageMargins left='0.75' right='0.75'/></worksheet>x", "<pageMargins left='0.75' right='0.75'/>",
        "<headerFooter><oddFooter>&amp;C&amp;P &#24180;</oddFooter></headerFooter></worksheet>", "<headerFooter><oddFooter>]]></oddFooter></headerFooter></worksheet>",
    };
    enum { ROOTS = sizeof roots / sizeof *roots, HEADS = sizeof heads / sizeof *heads, CELLS = sizeof cells / sizeof *cells,
           MERGES = sizeof merges / sizeof *merges, TAILS = sizeof tails / sizeof *tails, ALL = ROOTS * HEADS };
    size_t good = 0;
    for (size_t round = 0; round < CELLS * MERGES; round++) {
        struct arena *kept = arena_new(LIMIT_MEMORY);
        struct seen *seen = seen_new(kept);
        for (size_t i = 0; i < 2 * ALL; i++) {
            struct arena *arena = arena_new(LIMIT_MEMORY);
            struct text want = text_new(arena), out = text_new(arena), part = text_new(arena);
            struct fault wanted = { 0 }, fault = { 0 };
            text_printf(&part, "%s%s%s%s%s", roots[i % ROOTS], heads[i / ROOTS % HEADS], cells[round % CELLS], merges[round / CELLS], tails[i % TAILS]);
            const struct part sheet = { "xl/worksheets/sheet1.xml", part.at };
            const struct part *parts[] = { &package_rels, &workbook, &workbook_rels, &strings, &styles, &properties, &sheet };
            enum status status = read_parts(parts, sizeof parts / sizeof *parts, &want, &wanted);
            CHECK_INT(read_parts_seen(parts, sizeof parts / sizeof *parts, seen, &out, &fault), status);
            CHECK_STR(out.at, want.at);
            CHECK_STR(fault.where, wanted.where);
            good += status == STATUS_OK;
            arena_free(arena);
        }
        arena_free(kept);
    }
    CHECK(good > CELLS * MERGES * ALL / 4 && good < CELLS * MERGES * ALL);
}

/* Document properties, which may be without a name or a value, are those of this workbook and of no other. */
static void
test_seen_properties(void)
{
#define PROPERTIES(what) "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties' " \
    "xmlns:vt='http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'>" what "</Properties>"
#define PROPERTY(name, value) "<property name='" name "'><vt:lpwstr>" value "</vt:lpwstr></property>"
    static const struct part sheet = { "xl/worksheets/sheet1.xml", "<worksheet xmlns='" MAIN "'>" CELL("<c r='A1'><v>1</v></c>") "</worksheet>" };
    static const struct part given[] = {
        { "docProps/custom.xml", PROPERTIES(PROPERTY("", "甲") PROPERTY("stamp", "") PROPERTY("unit", "乙")) },
        { "docProps/custom.xml", PROPERTIES(PROPERTY("unit", "丙")) },
        { "docProps/custom.xml", PROPERTIES("") },
    };
    static const char *const want[] = { "=甲|stamp=|unit=乙|", "unit=丙|", "" };
    struct arena *kept = arena_new(LIMIT_MEMORY);
    struct interest interest = { .whole = all_of_it, .seen = seen_new(kept) };
    for (size_t i = 0; i < 9; i++) {
        static struct zip_maker zip;
        const struct part *parts[] = { &package_rels, &workbook, &workbook_rels, &strings, &styles, &given[i % 3], &sheet };
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text said = text_new(arena);
        struct book book;
        memset(&zip, 0, sizeof zip);
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++)
            zip_maker_add(&zip, parts[j]->name, parts[j]->content);
        zip_maker_end(&zip);
        CHECK_INT(read_book_for(arena, zip.bytes, zip.n, &interest, &book, NULL), STATUS_OK);
        for (size_t j = 0; j < book.nproperties; j++)
            text_printf(&said, "%s=%s|", book.properties[j].name, book.properties[j].value);
        CHECK_STR(said.at, want[i % 3]);
        arena_free(arena);
    }
    arena_free(kept);
}

int
main(void)
{
    test_seen_properties();
    test_seen_mixed();
    test_seen_passages();
    test_sheets();
    test_refused();
    test_texts();
    test_package();
    test_hostile();
    test_others();
    test_seen();
    return test_summary();
}
