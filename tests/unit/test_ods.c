/* SPDX-License-Identifier: MIT */
/* OpenDocument: what a content.xml gives, whole files as packages and flat, and files that want too much. */
#include "arena.h"
#include "grid.h"
#include "limits.h"
#include "read.h"
#include "test.h"
#include "text.h"
#include "zip_maker.h"

#define SPACES \
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"" \
    " xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"" \
    " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"" \
    " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
#define CONTENT(styles, body) \
    "<?xml version=\"1.0\"?><office:document-content" SPACES "><office:automatic-styles>" styles "</office:automatic-styles>" \
    "<office:body>" body "</office:body></office:document-content>"
#define SHEET(rows) "<office:spreadsheet><table:table table:name=\"甲\">" rows "</table:table></office:spreadsheet>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define TEXT(s) "<table:table-cell><t:p>" s "</t:p></table:table-cell>"

static struct arena *arena;
static struct book book;
static struct fault fault;

/* Read a package of a content.xml and perhaps another member. */
static enum status
read_package(const char *content, const char *member, const char *other)
{
    static struct zip_maker zip;
    memset(&zip, 0, sizeof zip);
    memset(&fault, 0, sizeof fault);
    arena_free(arena);
    arena = arena_new(LIMIT_MEMORY);
    zip.stored = true;
    zip_maker_add(&zip, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    zip.stored = false;
    if (content != NULL)
        zip_maker_add(&zip, "content.xml", content);
    if (member != NULL)
        zip_maker_add(&zip, member, other);
    zip_maker_end(&zip);
    return read_book(arena, zip.bytes, zip.n, &book, &fault);
}

static enum status
read_flat(const char *s)
{
    memset(&fault, 0, sizeof fault);
    arena_free(arena);
    arena = arena_new(LIMIT_MEMORY);
    return read_book(arena, (const unsigned char *)s, strlen(s), &book, &fault);
}

/* A cell as "kind:text", "" when it is not there. */
static const char *
shown(size_t sheet, uint32_t row, uint16_t col)
{
    static const char kinds[] = { [CELL_NUMBER] = 'n', [CELL_TEXT] = 't', [CELL_BOOLEAN] = 'b', [CELL_ERROR] = 'e', [CELL_FORMULA] = 'f' };
    static char out[256];
    char number[32];
    const struct cell *cell = sheet < book.nsheets ? sheet_cell(&book.sheets[sheet], row, col) : NULL;
    if (cell == NULL)
        return "";
    snprintf(out, sizeof out, "%c:%s", kinds[cell->kind], cell->text != NULL ? cell->text : number_text(cell->number, number));
    return out;
}

static void
test_values(void)
{
    CHECK_INT(read_package(CONTENT("", SHEET(ROW(
        "<table:table-cell office:value-type=\"float\" office:value=\"1.5\"><t:p>1,50</t:p></table:table-cell>"
        "<table:table-cell office:value-type=\"percentage\" office:value=\"0.25\"><t:p>25%</t:p></table:table-cell>"
        "<table:table-cell office:value-type=\"currency\" office:value=\"-3\"/>"
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><t:p>真</t:p></table:table-cell>"
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2020-01-05\"/>"
        "<table:table-cell office:value-type=\"date\" office:date-value=\"1899-12-30T12:00:00\"/>"
        "<table:table-cell office:value-type=\"time\" office:time-value=\"PT36H30M00S\"/>"
        "<table:table-cell office:value-type=\"string\" office:string-value=\"真的\"><t:p>看到的</t:p></table:table-cell>"
        "<table:table-cell office:value-type=\"string\"><t:p>看到的</t:p></table:table-cell>"
        "<table:table-cell><t:p>没有类型</t:p></table:table-cell>"
        "<table:table-cell office:value-type=\"float\"><t:p>十二</t:p></table:table-cell>"
        "<table:table-cell office:value-type=\"string\"/><table:table-cell/>"))), NULL, NULL), STATUS_OK);
    static const char *const want[] = { "n:1.5", "n:0.25", "n:-3", "b:1", "n:43835", "n:0.5", "n:1.5208333333333333", "t:真的", "t:看到的",
                                        "t:没有类型", "t:十二", "", "" };
    for (uint16_t col = 0; col < sizeof want / sizeof *want; col++)
        CHECK_STR(shown(0, 0, col), want[col]);
    CHECK_STR(book.sheets[0].name, "甲");
    CHECK_STR(book.formats[sheet_cell(&book.sheets[0], 0, 4)->format], "yyyy-mm-dd");
    CHECK_INT(sheet_cell(&book.sheets[0], 0, 0)->format, 0);
}

static void
test_texts(void)
{
    CHECK_INT(read_package(CONTENT("", SHEET(ROW(
        TEXT("一</t:p><t:p>二") TEXT("a<t:s t:c=\"3\"/>b<t:tab/>c<t:line-break/>d") TEXT("  两 \n  头 ")
        TEXT("<t:span>其<t:span>中</t:span></t:span><t:a>：</t:a><t:ruby><t:ruby-base>字</t:ruby-base><t:ruby-text>zi</t:ruby-text></t:ruby>")
        TEXT("<t:note><t:note-body><t:p>注</t:p></t:note-body></t:note>正文<draw:frame><t:p>画</t:p></draw:frame>")
        "<table:table-cell><office:annotation><t:p>批注</t:p></office:annotation><t:p>有批注</t:p></table:table-cell>"
        "<table:table-cell><t:list><t:list-item><t:p>甲</t:p></t:list-item><t:list-item><t:p>乙</t:p></t:list-item></t:list></table:table-cell>"
        TEXT("=1+1")))), NULL, NULL), STATUS_OK);
    static const char *const want[] = { "t:一\n二", "t:a   b\tc\nd", "t:两 头 ", "t:其中：字", "t:正文", "t:有批注", "t:甲\n乙", "t:=1+1" };
    for (uint16_t col = 0; col < sizeof want / sizeof *want; col++)
        CHECK_STR(shown(0, 0, col), want[col]);
}

static void
test_formulas(void)
{
#define FORMULA(f, rest) "<table:table-cell table:formula=\"" f "\" " rest "</table:table-cell>"
    CHECK_INT(read_package(CONTENT("", SHEET(ROW(
        FORMULA("of:=SUM([.B5:.B7];[.$C$1])", "office:value-type=\"float\" office:value=\"7\"><t:p>7</t:p>")
        FORMULA("of:=[$'甲 乙'.J8]&amp;&quot;a;[.B1]&quot;", "office:value-type=\"string\" office:string-value=\"x\">")
        FORMULA("of:=[Sheet1.A1]+1", ">")
        FORMULA("of:=1/0", "office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><t:p>#DIV/0!</t:p>")
        FORMULA("of:=1/0", "office:value-type=\"string\" office:string-value=\"\"><t:p>#REF!</t:p>")
        FORMULA("of:={1;2}", "office:value-type=\"float\" office:value=\"1\">")
        FORMULA("of:=&quot;&quot;", "office:value-type=\"string\" office:string-value=\"\">")))), NULL, NULL), STATUS_OK);
    static const struct { const char *shown, *formula; } want[] = {
        { "n:7", "SUM(B5:B7,$C$1)" }, { "t:x", "'甲 乙'!J8&\"a;[.B1]\"" }, { "f:0", "Sheet1!A1+1" }, { "e:#DIV/0!", "1/0" }, { "e:#REF!", "1/0" },
        { "n:1", NULL },
    };
    for (uint16_t col = 0; col < sizeof want / sizeof *want; col++) {
        const struct cell *cell = sheet_cell(&book.sheets[0], 0, col);
        CHECK_STR(shown(0, 0, col), want[col].shown);
        CHECK(cell != NULL && cell->computed);
        CHECK_STR(cell != NULL ? cell->formula : "", want[col].formula);
    }
    CHECK_STR(shown(0, 0, 6), "");
}

static void
test_places(void)
{
    CHECK_INT(read_package(CONTENT("<style:style style:name=\"h\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>",
        "<office:spreadsheet><table:table table:name=\"甲\"><table:table-header-rows>" ROW(TEXT("一")) "</table:table-header-rows>"
        "<table:table-row table:number-rows-repeated=\"2\"/>"
        "<table:table-row-group><table:table-row-group><table:table-row table:number-rows-repeated=\"2\">"
        "<table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell table:number-columns-repeated=\"3\" office:value-type=\"float\""
        " office:value=\"4\"/></table:table-row></table:table-row-group></table:table-row-group>"
        ROW("<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\"><t:p>并</t:p></table:table-cell>"
            "<table:covered-table-cell/>" TEXT("右"))
        ROW("<table:covered-table-cell table:number-columns-repeated=\"2\"><t:p>盖</t:p></table:covered-table-cell>" TEXT("下"))
        "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
        "</table:table><table:table table:name=\"藏\" table:style-name=\"h\">" ROW(TEXT("x")) "</table:table>"
        "<table:table table:name=\"景\"><table:scenario/>" ROW(TEXT("x")) "</table:table>"
        "<table:table table:name=\"'file:///a.ods'#$Sheet1\">" ROW(TEXT("x")) "</table:table>"
        "<table:dde-links><table:dde-link><table:table table:name=\"d\">" ROW(TEXT("x")) "</table:table></table:dde-link></table:dde-links>"
        "</office:spreadsheet>"), NULL, NULL), STATUS_OK);
    CHECK_INT(book.nsheets, 3);
    CHECK_STR(shown(0, 0, 0), "t:一");
    CHECK_STR(shown(0, 3, 2), "n:4");
    CHECK_STR(shown(0, 4, 4), "n:4");
    CHECK_STR(shown(0, 4, 5), "");
    CHECK_STR(shown(0, 5, 0), "t:并");
    CHECK_STR(shown(0, 5, 2), "t:右");
    CHECK_STR(shown(0, 6, 1), "t:盖");
    CHECK_STR(shown(0, 6, 2), "t:下");
    const struct area *merge = sheet_merge(&book.sheets[0], 7, 1);
    CHECK(merge != NULL && merge->row == 5 && merge->col == 0 && merge->row2 == 7 && merge->col2 == 1);
    CHECK_INT(book.sheets[0].ncells, 12);
    CHECK(!book.sheets[0].hidden && book.sheets[1].hidden && book.sheets[2].hidden);
}

static const char *
format_at(uint16_t col)
{
    const struct cell *cell = sheet_cell(&book.sheets[0], 0, col);
    return cell != NULL ? book.formats[cell->format] : "";
}

static void
test_formats(void)
{
#define NUMBER "office:value-type=\"float\" office:value=\"43835\"/>"
    CHECK_INT(read_package(CONTENT(
        "<number:date-style style:name=\"N1\"><number:year number:style=\"long\"/><number:text>年\"</number:text><number:month number:textual=\"true\"/>"
        "<number:day number:style=\"long\"/></number:date-style>"
        "<number:currency-style style:name=\"N2\"><number:number number:decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/>"
        "<number:currency-symbol>万元</number:currency-symbol></number:currency-style>"
        "<number:percentage-style style:name=\"N3\"><number:number number:decimal-places=\"0\"/><number:text>%</number:text></number:percentage-style>"
        "<number:text-style style:name=\"N4\"><number:text-content/></number:text-style>"
        "<style:style style:name=\"c1\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
        "<style:style style:name=\"c2\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>"
        "<style:style style:name=\"c3\" style:family=\"table-cell\" style:parent-style-name=\"c1\"/>"
        "<style:style style:name=\"c4\" style:family=\"table-cell\" style:data-style-name=\"N3\"/>"
        "<style:style style:name=\"c5\" style:family=\"table-cell\" style:parent-style-name=\"c5\"/>"
        "<style:style style:name=\"c1\" style:family=\"table\"/>",
        SHEET("<table:table-column table:number-columns-repeated=\"2\" table:default-cell-style-name=\"c1\"/><table:table-column/>"
              "<table:table-column table:default-cell-style-name=\"c5\"/>"
              ROW("<table:table-cell " NUMBER "<table:table-cell table:style-name=\"c2\" " NUMBER "<table:table-cell table:style-name=\"c3\" " NUMBER
                  "<table:table-cell " NUMBER "<table:table-cell table:style-name=\"c4\" " NUMBER "<table:table-cell table:style-name=\"common\" " NUMBER))),
        "styles.xml", "<office:document-styles" SPACES "><office:styles><number:text-style style:name=\"N9\"><number:text-content/></number:text-style>"
        "<style:style style:name=\"common\" style:family=\"table-cell\" style:data-style-name=\"N9\"/></office:styles><office:automatic-styles>"
        "<style:style style:name=\"c4\" style:family=\"table-cell\" style:data-style-name=\"N9\"/></office:automatic-styles></office:document-styles>"),
        STATUS_OK);
    CHECK_STR(format_at(0), "yyyy\"年\"mmmdd");
    CHECK_STR(format_at(1), "#,##0.00\"万元\"");
    CHECK_STR(format_at(2), "yyyy\"年\"mmmdd");
    CHECK_STR(format_at(3), "General");
    CHECK_STR(format_at(4), "0\"%\"");
    CHECK_STR(format_at(5), "@");
}

static void
test_documents(void)
{
    CHECK_INT(read_flat("<?xml version=\"1.0\"?>\n<office:document" SPACES "><office:meta><meta:user-defined meta:name=\"章\">印</meta:user-defined>"
        "<meta:user-defined meta:name=\"数\" meta:value-type=\"float\">5</meta:user-defined></office:meta><office:body><office:spreadsheet>"
        "<table:calculation-settings><table:null-date table:date-value=\"1904-01-01\"/></table:calculation-settings><table:table table:name=\"乙\">"
        ROW("<table:table-cell office:value-type=\"date\" office:date-value=\"1904-01-03\"/>")
        "</table:table></office:spreadsheet></office:body></office:document>"), STATUS_OK);
    CHECK_INT(book.kind, FILE_ODS);
    CHECK(book.date1904);
    CHECK_STR(shown(0, 0, 0), "n:2");
    CHECK_STR(book_property(&book, "章"), "印");
    CHECK_STR(book_property(&book, "数"), NULL);
    CHECK_INT(read_package(CONTENT("", "<office:text><t:tracked-changes><t:changed-region><t:deletion><t:p>删去的</t:p></t:deletion></t:changed-region>"
        "</t:tracked-changes><t:table-of-content><t:index-body><t:p>目录</t:p></t:index-body></t:table-of-content><t:h>标题</t:h>"
        "<t:section><t:p> 正<t:change/>文 </t:p></t:section><table:table table:name=\"t\">"
        ROW(TEXT("外") "<table:table-cell><t:p>前</t:p><table:table table:is-sub-table=\"true\">" ROW(TEXT("内")) "</table:table><t:p>后</t:p></table:table-cell>")
        "</table:table><table:table>" ROW(TEXT("三")) "</table:table><t:p/></office:text>"), NULL, NULL), STATUS_OK);
    CHECK_INT(book.kind, FILE_ODT);
    CHECK(book.revised);
    CHECK_INT(book.nparagraphs, 4);
    CHECK_STR(book.paragraphs[0], "标题");
    CHECK_STR(book.paragraphs[1], "正文");
    CHECK_STR(book.paragraphs[2], "前");
    CHECK_STR(book.paragraphs[3], "后");
    CHECK_INT(book.nsheets, 3);
    CHECK_STR(book.sheets[2].name, "表 3");
    CHECK(book.sheets[0].table && book.sheets[1].table);
    CHECK_STR(shown(0, 0, 0), "t:外");
    CHECK_STR(shown(0, 0, 1), "t:前\n后");
    CHECK_STR(shown(1, 0, 0), "t:内");
    CHECK_STR(shown(2, 0, 0), "t:三");
}

/* Flat files keep deleted text where it was, between marks. */
static void
test_changes(void)
{
    CHECK_INT(read_flat("<?xml version=\"1.0\"?>\n<office:document" SPACES "><office:body><office:text><t:tracked-changes>"
        "<t:changed-region t:id=\"c2\"><t:insertion/></t:changed-region><t:changed-region t:id=\"c3\"><t:deletion/><t:insertion/></t:changed-region>"
        "<t:changed-region t:id=\"c10\"><t:deletion/></t:changed-region></t:tracked-changes>"
        "<t:p>新<t:change-start t:change-id=\"c10\"/>旧</t:p><t:p>旧</t:p><t:change-end t:change-id=\"c10\"/><table:table>"
        ROW(TEXT("<t:change-start t:change-id=\"c3\"/>7<t:change-end t:change-id=\"c3\"/>"
                 "<t:change-start t:change-id=\"c2\"/>5<t:change-end t:change-id=\"c2\"/>"))
        "</table:table></office:text></office:body></office:document>"), STATUS_OK);
    CHECK(book.revised);
    CHECK_INT(book.nparagraphs, 1);
    CHECK_STR(book.paragraphs[0], "新");
    CHECK_STR(shown(0, 0, 0), "t:5");
}

/* Text boxes: their paragraphs are running text, their tables tables; a cell that holds nothing else says what the box says. */
static void
test_text_boxes(void)
{
#define BOX(content) "<draw:frame><draw:text-box>" content "</draw:text-box><svg:title xmlns:svg=\"urn:svg\">图</svg:title></draw:frame>"
    CHECK_INT(read_package(CONTENT("", "<office:text>" BOX("<t:p>题</t:p>") "<t:p>文" BOX("<t:p>框</t:p><table:table>" ROW(TEXT("甲")) "</table:table>") "本</t:p>"
        "<table:table>" ROW(TEXT(BOX("<t:p>5</t:p>")) TEXT(BOX("<t:p>章</t:p>") "6") TEXT(BOX("<t:p>一</t:p><t:p>二</t:p>"))) "</table:table></office:text>"),
        NULL, NULL), STATUS_OK);
    CHECK_INT(book.nsheets, 2);
    CHECK_STR(shown(0, 0, 0), "t:甲");
    CHECK_STR(shown(1, 0, 0), "t:5");
    CHECK_STR(shown(1, 0, 1), "t:6");
    CHECK_STR(shown(1, 0, 2), "");
    CHECK_INT(book.nparagraphs, 7);
    CHECK_STR(book.paragraphs[0], "题");
    CHECK_STR(book.paragraphs[1], "框");
    CHECK_STR(book.paragraphs[2], "文本");
}

/* What is refused, and with which status. */
static void
test_refused(void)
{
    static const char encrypted[] = "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"content.xml\">"
                                    "<m:encryption-data/></m:file-entry></m:manifest>";
#define REPEATED(rows, cols) SHEET("<table:table-row table:number-rows-repeated=\"" rows "\"><table:table-cell table:number-columns-repeated=\"" cols \
                                   "\"><t:p>x</t:p></table:table-cell></table:table-row>")
    static const struct { const char *body; enum status want; } bodies[] = {
        { REPEATED("1048576", "16384"), STATUS_MEMORY }, { REPEATED("1048577", "1"), STATUS_TOO_BIG }, { REPEATED("1", "16385"), STATUS_TOO_BIG },
        { REPEATED("999999999", "999999999"), STATUS_TOO_BIG }, { REPEATED("1", "-1"), STATUS_DAMAGED }, { REPEATED("1", "0"), STATUS_DAMAGED },
        { REPEATED("99999999999", "1"), STATUS_DAMAGED }, { "<office:presentation/>", STATUS_UNSUPPORTED }, { "", STATUS_UNSUPPORTED },
        { SHEET(ROW("<table:table-cell office:value-type=\"float\" office:value=\"x\"/>")), STATUS_DAMAGED },
        { SHEET(ROW("<table:table-cell office:value-type=\"date\" office:date-value=\"5.1.2020\"/>")), STATUS_DAMAGED },
        { SHEET(ROW("<table:table-cell office:value-type=\"time\" office:time-value=\"P1Y\"/>")), STATUS_DAMAGED },
        { SHEET(ROW(TEXT("<t:s t:c=\"900000000\"/>"))), STATUS_TOO_BIG }, { SHEET(ROW(TEXT("&lol;"))), STATUS_DAMAGED },
        { SHEET(ROW("<table:covered-table-cell><t:p>x</t:p></table:covered-table-cell>")), STATUS_OK },
        { SHEET(ROW("<table:table-cell table:number-rows-spanned=\"999999999\"/>")), STATUS_OK },
    };
    static char content[1 << 14];
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        snprintf(content, sizeof content, "%s%s%s", "<office:document-content" SPACES "><office:body>", bodies[i].body,
                 "</office:body></office:document-content>");
        CHECK_STR(status_code(read_package(content, NULL, NULL)), status_code(bodies[i].want));
    }
    CHECK_INT(read_package(CONTENT("", SHEET("")), "META-INF/manifest.xml", encrypted), STATUS_ENCRYPTED);
    CHECK_INT(read_package(CONTENT("", SHEET("")), "META-INF/manifest.xml", "<!DOCTYPE x><x/>"), STATUS_OK);
    CHECK_INT(read_package("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" , NULL, NULL), STATUS_DAMAGED);
    CHECK_INT(read_package("<a/>", NULL, NULL), STATUS_DAMAGED);
    CHECK_INT(read_package(NULL, NULL, NULL), STATUS_DAMAGED);
    CHECK_INT(read_flat("<?xml version=\"1.0\"?><office:document" SPACES ">"), STATUS_DAMAGED);
}

/* Groups and tables in cells end with the depth of XML. */
static void
test_deep(void)
{
    static const char group[] = "<table:table-row-group>", nested[] = "<table:table-row><table:table-cell><table:table>";
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    for (int kind = 0; kind < 2; kind++)
        for (int deep = 60; deep <= 300; deep += 240) {
            struct text text = text_new(scratch);
            text_puts(&text, "<office:document-content" SPACES "><office:body><office:spreadsheet><table:table>");
            for (int i = 0; i < deep; i++)
                text_puts(&text, kind == 0 ? group : nested);
            for (int i = 0; i < deep; i++)
                text_puts(&text, kind == 0 ? "</table:table-row-group>" : "</table:table></table:table-cell></table:table-row>");
            text_puts(&text, "</table:table></office:spreadsheet></office:body></office:document-content>");
            CHECK_INT(read_package(text.at, NULL, NULL), deep < 100 ? STATUS_OK : STATUS_DAMAGED);
        }
    arena_free(scratch);
}

/* Every allocation fails once: nothing but STATUS_MEMORY comes of it. */
static void
test_memory(void)
{
    static const char flat[] = "<?xml version=\"1.0\"?><office:document" SPACES "><office:meta><meta:user-defined meta:name=\"章\">印</meta:user-defined>"
        "</office:meta><office:automatic-styles><number:date-style style:name=\"N\"><number:year/></number:date-style>"
        "<style:style style:name=\"c\" style:family=\"table-cell\" style:data-style-name=\"N\"/></office:automatic-styles><office:body>"
        SHEET("<table:table-column table:default-cell-style-name=\"c\"/>"
              ROW("<table:table-cell table:formula=\"of:=[$'a'.B1]\" table:number-rows-spanned=\"2\" office:value-type=\"float\" office:value=\"1\"/>" TEXT("文")))
        "</office:body></office:document>";
    enum status status = STATUS_MEMORY;
    long n = 0;
    for (; status == STATUS_MEMORY && n < 1000; n++) {
        arena_free(arena);
        arena = arena_new(LIMIT_MEMORY);
        arena_fail_after(arena, n);
        status = read_book(arena, (const unsigned char *)flat, sizeof flat - 1, &book, &fault);
    }
    CHECK_INT(status, STATUS_OK);
    CHECK(n > 20);
}

int
main(void)
{
    test_values();
    test_texts();
    test_formulas();
    test_places();
    test_formats();
    test_documents();
    test_changes();
    test_text_boxes();
    test_refused();
    test_deep();
    test_memory();
    arena_free(arena);
    return test_summary();
}
