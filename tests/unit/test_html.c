/* SPDX-License-Identifier: MIT */
/* Texts with tables: web pages, web archives, SpreadsheetML; and how each is told from the others. Each case is the file and the cells,
 * merged ranges and paragraphs it must give. */
#include <stdlib.h>

#include "limits.h"
#include "read.h"
#include "sniff.h"
#include "test.h"
#include "text.h"

static void
put_book(struct text *out, const struct book *book)
{
    static const char kinds[] = "ntbef";
    char address[A1_SIZE], number[32];
    for (size_t s = 0; s < book->nsheets; s++) {
        const struct sheet *sheet = &book->sheets[s];
        text_printf(out, "[%s%s%s]", sheet->name, sheet->table ? "" : " sheet", sheet->hidden ? " hidden" : "");
        for (size_t i = 0; i < sheet->ncells; i++) {
            const struct cell *cell = &sheet->cells[i];
            text_printf(out, " %s%c=%s", a1(cell->row, cell->col, address), kinds[cell->kind],
                        cell->text != NULL ? cell->text : number_text(cell->number, number));
            if (cell->format > 0)
                text_printf(out, "{%s}", book->formats[cell->format]);
            text_puts(out, cell->computed ? "!" : "");
        }
        for (size_t i = 0; i < sheet->nmerges; i++)
            text_printf(out, " %s", a1_area(sheet->merges[i], address));
    }
    for (size_t i = 0; i < book->nparagraphs; i++)
        text_printf(out, "|%s", book->paragraphs[i]);
}

/* The book that a block of just n bytes gives, or the status; with an arena that fails after some requests when that is not negative. */
static enum status
read_text(const char *bytes, size_t n, long fail_after, char *out, size_t room)
{
    struct arena *arena = arena_new(LIMIT_MEMORY), *other = arena_new(LIMIT_MEMORY);
    unsigned char *copy = malloc(n > 0 ? n : 1);
    struct book book;
    struct fault fault = { 0 };
    memcpy(copy, bytes, n);
    arena_fail_after(arena, fail_after);
    enum status status = read_book(arena, copy, n, &book, &fault);
    struct text text = text_new(other);
    if (status == STATUS_OK)
        put_book(&text, &book);
    else
        text_puts(&text, status_code(status));
    snprintf(out, room, "%s", text.at);
    free(copy);
    arena_free(arena);
    arena_free(other);
    return status;
}

static void
check_read(int line, const char *bytes, size_t n, const char *want)
{
    char got[4000];
    enum status status = read_text(bytes, n, -1, got, sizeof got);
    test_str(__FILE__, line, got, want);
    for (long i = 0; status == STATUS_OK && i < 10000; i++)         /* every allocation fails once */
        if (read_text(bytes, n, i, got, sizeof got) == STATUS_OK)
            break;
        else
            test_str(__FILE__, line, got, "out-of-memory");
}

#define READ(bytes, want) check_read(__LINE__, bytes, sizeof bytes - 1, want)
#define TABLE(rows) "<table>" rows "</table>"

static void
test_tables(void)
{
    READ(TABLE("<tr><td>a<td>b<tr><th>c</th><td>d"), "[表 1] A1t=a B1t=b A2t=c B2t=d");
    READ(TABLE("<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td>e"), "[表 1] A1t=a B1t=b B2t=c C2t=d A3t=e B1:C1 A1:A2");
    READ(TABLE("<tr><td>a<td rowspan=0>b<td>c<tr><td>d<td>e<tr><td>f"), "[表 1] A1t=a B1t=b C1t=c A2t=d C2t=e A3t=f B1:B3");
    READ(TABLE("<tbody><tr><td rowspan=9>a<td>b</tbody><tbody><tr><td>c"), "[表 1] A1t=a B1t=b A2t=c");
    READ(TABLE("<tr><td rowspan=70000>a<td>b<tr><td>c"), "[表 1] A1t=a B1t=b B2t=c A1:A2");
    READ(TABLE("<tr><td colspan=0>a<td colspan=-3>b<td colspan='x'>c<td colspan=' 2 '>d"), "[表 1] A1t=a B1t=b C1t=c D1t=d D1:E1");
    READ(TABLE("<tfoot><tr><td>f<tbody><tr><td rowspan=2>b<td>x<tr><td>y<thead><tr><td>h"), "[表 1] A1t=h A2t=b B2t=x B3t=y A4t=f A2:A3");
    READ(TABLE("<td>a<td>b</table><table><tr><td>&nbsp; </td><td>　</td></tr>") TABLE("<tr><td>c"), "[表 1] A1t=a B1t=b[表 2] A1t=c");
    READ(TABLE("<tr><td>a<div>b<td>c<span>d<td>e</tr>"), "[表 1] A1t=a\nb B1t=cd C1t=e");
    READ(TABLE("<caption>题</caption><tr><td>a</td>外</tr>"), "[表 1] A1t=a|题|外");
}

static void
test_text(void)
{
    READ(TABLE("<tr><td>&nbsp<td>一&nbsp二&nbsp;三&nbsp<td>&nbs<td>5&nbsp"), "[表 1] B1t=一\xC2\xA0二\xC2\xA0三 C1t=&nbs D1t=5");
    READ(TABLE("<tr><td>  一、 \n本年  <b>新</b>收<br>数&nbsp;量 <p>x</p><p>y</p>"), "[表 1] A1t=一、 本年 新收\n数\xC2\xA0量\nx\ny");
    READ(TABLE("<tr><td><p><span>三、</span><span>本年度</span><o:p></o:p></p>"), "[表 1] A1t=三、本年度");
    READ(TABLE("<tr><td>&lt;&#x4E2D;&hellip;&amp;<td>a<!-- x --><script>b</script><style>c</style><template>d</template>e"),
         "[表 1] A1t=<中…& B1t=ae");
    READ(TABLE("<tr><td>a<span style='color:red; DISPLAY : none'>b</span><span hidden>c</span><tr style='display:none'><td>d<tr><td>e"),
         "[表 1] A1t=a A2t=e");
    READ(TABLE("<tr><td><del>7</del><ins>5</ins><td><comment>批注</comment>6"), "[表 1] A1t=5 B1t=6");
    READ(TABLE("<tr><td><input value=7><td><input type=hidden value=8><td><select><option>9</select>"), "[表 1] A1t=7");
    READ(TABLE("<tr><td><![if !supportLists]>1.<![endif]>甲<!--[if gte mso 9]><td>x<![endif]-->乙"), "[表 1] A1t=1.甲乙");
    READ("<html><title>题</title><h1>甲<br>乙</h1><p>丙 丁<p>戊<br><br>己</p><ul><li><a href=x>连接</a></li><li><a href=x>链</a>接</li></ul>"
         "<a name=x>书签</a></html>",
         "|题|甲\n乙|丙 丁|戊|己|链接|书签");
}

static void
test_nested(void)
{
    READ(TABLE("<tr><td>前<table><tr><td>内</table>后<td>旁"), "[表 1] A1t=前\n后 B1t=旁[表 2] A1t=内|前|后");
    READ(TABLE("<tr><td><a href=x>去年年报</a><br>前 <a href=x>链</a><ul><li><a href=x>指南</a></ul><table><tr><td>内</table><a href=x>更多</a>"),
         "[表 1] A1t=去年年报\n前 链\n指南\n更多[表 2] A1t=内|前 链");
    READ(TABLE("<tr><td><p><table><tr><td>5</table></p><td>甲<table><tr><td>6</table>"), "[表 1] A1t=5 B1t=甲[表 2] A1t=5[表 3] A1t=6|甲");
    READ(TABLE("<tr><td>这是一句话。<td>标题"), "[表 1] A1t=这是一句话。 B1t=标题|这是一句话。");
    READ("<html><frameset><frame src=a.files/sheet001.htm></frameset></html>", "unsupported");
}

static void
test_excel(void)
{
#define EXCEL "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
    READ(EXCEL TABLE("<tr><td x:num=\"12.34\">12<td x:num>7<td x:str>8<td x:num>x<td x:err=\"#REF!\">#REF!<tr style='display:none'><td>a"),
         "[表 1] A1n=12.34 B1n=7 C1t=8 D1t=x E1e=#REF! A2t=a");
}

static void
test_charsets(void)
{
    READ("<meta charset=gb2312><table><td>\xC4\xEA", "[表 1] A1t=年");
    READ("<table><td>\xC4\xEA\xB1\xA8", "[表 1] A1t=年报");
    READ("\xEF\xBB\xBF  <!-- x --><table><td>年", "[表 1] A1t=年");
    READ("\xFF\xFE<\0t\0a\0b\0l\0e\0>\0<\0t\0d\0>\0\x74\x5E", "[表 1] A1t=年");
    READ("\xFE\xFF\0<\0t\0a\0b\0l\0e\0>\0<\0t\0d\0>\x5E\x74", "[表 1] A1t=年");
}

static void
test_archives(void)
{
#define HEAD "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b=\"\r\n\r\n"
    READ(HEAD "x\r\n--b=\r\nContent-Type: text/html;\r\n charset=gbk\r\nContent-Transfer-Encoding: QUOTED-PRINTABLE\r\n\r\n"
         "<table><td>=C4=\r\n=EA=3D=\r\n1\r\n--b=--\r\n<table><td>2", "[表 1] A1t=年=1");
    READ("From: <Saved by x>\n" HEAD "--b=\nContent-Type: image/png\n\n<table><td>0\n--b=\nContent-Type: multipart/alternative; boundary=c\n\n--c\n"
         "Content-Type: text/plain\n\n<table><td>1\n--c\nContent-type: text/html\nContent-Transfer-Encoding: base64\n\nPHRhYmxl\nPjx0ZD4y\n--c--\n"
         "--b=\nContent-Type: text/html\n\n<table><td>3\n", "[表 1] A1t=2[表 2] A1t=3");
    READ(HEAD "--b=\nContent-Type: text/html\nContent-Location: x/tabstrip.htm\n\n<table><td>1\n--b=--", "");
    READ("MIME-Version: 1.0\nContent-Type: text/html\n\n<table><td>1", "[表 1] A1t=1");
    READ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table><td>1", "damaged");
}

#define SS "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" " \
           "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
#define SHEET(rows) "<Worksheet ss:Name=\"甲&amp;乙\"><Table>" rows "</Table></Worksheet>"

static void
test_xmlss(void)
{
    READ(SS SHEET("<Row><Cell><Data ss:Type=\"Number\">1.5</Data></Cell><Cell ss:Index=\"4\"><Data ss:Type=\"String\">a&#10;b</Data></Cell></Row>"
                  "<Row ss:Index=\"3\" ss:Span=\"2\"><Cell><Data ss:Type=\"Boolean\">1</Data></Cell></Row>"
                  "<Row><Cell><Data ss:Type=\"Error\">#REF!</Data></Cell><Cell ss:Formula=\"=RC[-1]\"/></Row>") "</Workbook>",
         "[甲&乙 sheet] A1n=1.5 D1t=a\nb A3b=1 A6e=#REF! B6f=0!");
    READ(SS SHEET("<Row><Cell ss:MergeAcross=\"1\" ss:MergeDown=\"2\"><Data ss:Type=\"String\"><B xmlns=\"http://www.w3.org/TR/REC-html40\">年<Font>报</Font>"
                  "</B>表</Data><Comment><ss:Data>注</ss:Data></Comment></Cell><Cell ss:Formula=\"=1\"><Data ss:Type=\"Number\">1</Data></Cell></Row>")
         "</Workbook>", "[甲&乙 sheet] A1t=年报表 C1n=1! A1:B3");
    READ(SS "<Styles><Style ss:ID=\"s2\"><NumberFormat ss:Format=\"Short Date\"/></Style><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"0.0&quot;元&quot;\"/>"
         "</Style></Styles>" SHEET("<Row><Cell ss:StyleID=\"s1\"><Data ss:Type=\"Number\">2</Data></Cell><Cell ss:StyleID=\"s2\">"
         "<Data ss:Type=\"DateTime\">2020-01-31T12:00:00.000</Data></Cell></Row>") "</Workbook>",
         "[甲&乙 sheet] A1n=2{0.0\"元\"} B1n=43861.5{m/d/yy}");
    READ(SS "<Worksheet ss:Name=\"a\"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>",
         "[a sheet hidden]");
    READ("<?xml version=\"1.0\" encoding=\"gb2312\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet Name=\"\xC4\xEA\"/>"
         "</Workbook>", "[年 sheet]");
    READ(SS SHEET("<Row><Cell ss:Index=\"0\"/></Row>") "</Workbook>", "damaged");
    READ(SS SHEET("<Row><Cell ss:Index=\"16385\"/></Row>") "</Workbook>", "damaged");
    READ(SS SHEET("<Row><Cell ss:MergeAcross=\"99999\"/></Row>") "</Workbook>", "damaged");
    READ(SS SHEET("<Row><Cell><Data ss:Type=\"Number\">x</Data></Cell></Row>") "</Workbook>", "damaged");
    READ(SS "<Worksheet ss:Name=\"a\">", "damaged");
}

static void
check_sniff(const char *text, enum file_kind want)
{
    CHECK_INT(sniff((const unsigned char *)text, strlen(text)), want);
}

static void
test_sniff(void)
{
    check_sniff("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", FILE_HTML);
    check_sniff("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">", FILE_HTML);
    check_sniff("  \n<!-- x --><div><p>x</p><table>", FILE_HTML);
    check_sniff("表<table><tr>", FILE_HTML);
    check_sniff("<p>x", FILE_TEXT);
    check_sniff("a < b, c", FILE_TEXT);
    check_sniff("Subject: x\r\nMime-Version: 1.0\r\n\r\n", FILE_MHT);
    check_sniff("Subject: x\r\n\r\n<p>", FILE_TEXT);
    check_sniff("<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"x\"><table>", FILE_XML);
    check_sniff("<?xml version=\"1.0\"?><ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">", FILE_XMLSS);
    check_sniff("<?xml version=\"1.0\"?><Workbook xmlns=\"other\">", FILE_XML);
}

/* `head`, then `piece` again and again up to n bytes; each in no time. */
static void
check_many(const char *head, const char *piece, size_t n, const char *want)
{
    char *bytes = malloc(n + strlen(head) + strlen(piece) + 1), out[100];
    size_t at = strlen(head);
    memcpy(bytes, head, at + 1);
    for (size_t length = strlen(piece); at < n; at += length)
        memcpy(bytes + at, piece, length);
    read_text(bytes, at, -1, out, sizeof out);
    if (want != NULL)
        CHECK_STR(out, want);
    free(bytes);
}

static void
test_hostile(void)
{
    enum { MUCH = 1 << 20 };
    check_many("<html>", "<table>", MUCH, "too-big");
    check_many("<html>", "<div>", MUCH, "too-big");
    check_many("<html>", "<a>", MUCH, "");
    check_many("<html>", "<b><i></b>", MUCH, "");
    check_many("<html><table><tr>", "<td rowspan=65534 colspan=1000>", MUCH, "too-big");
    check_many("<html><a ", "b=\"", MUCH, "");
    check_many("<html><!--", "<!--", MUCH, "");
    check_many("<html>", "<![", MUCH, NULL);          /* whatever it gives, at once */
    check_many("<html><table><tr><td>x", " ", LIMIT_HTML + 1, "too-big");
    char many[6000] = "<html><table><tr><td ";
    for (size_t i = 0; i < 500; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "b%zu ", i);
    check_many(many, "bb ", MUCH, "too-big");
}

int
main(void)
{
    test_tables();
    test_text();
    test_nested();
    test_excel();
    test_charsets();
    test_archives();
    test_xmlss();
    test_sniff();
    test_hostile();
    return test_summary();
}
