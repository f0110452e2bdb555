/* SPDX-License-Identifier: MIT */
/* Tests of read_docx: bodies of small documents, and what is read of them: "¶" and a paragraph, or table, place, text and merged ranges. */
#include <stdlib.h>

#include "limits.h"
#include "read.h"
#include "test.h"
#include "text.h"
#include "zip_maker.h"

#define MAIN "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT_MAIN "http://purl.oclc.org/ooxml/wordprocessingml/main"
#define STRICT_RELS "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define CHOICE "http://schemas.openxmlformats.org/markup-compatibility/2006"

static void
dump(const struct book *book, struct text *out)
{
    char at[A1_SIZE];
    for (size_t i = 0; i < book->nparagraphs; i++)
        text_printf(out, "¶%s\n", book->paragraphs[i]);
    for (size_t i = 0; i < book->nsheets; i++) {
        const struct sheet *sheet = &book->sheets[i];
        text_printf(out, "%s after %zu\n", sheet->name, sheet->before);
        for (size_t j = 0; j < sheet->ncells; j++)
            text_printf(out, "%s %s\n", a1(sheet->cells[j].row, sheet->cells[j].col, at), sheet->cells[j].text);
        for (size_t j = 0; j < sheet->nmerges; j++)
            text_printf(out, "%s\n", a1_area(sheet->merges[j], at));
    }
    if (book->revised)
        text_puts(out, "revised\n");
}

/* A package of the main part `name`. */
static enum status
read_part(struct arena *arena, const char *name, const char *type, const char *content, struct book *book, struct fault *fault)
{
    static struct zip_maker zip;
    struct text rels = text_new(arena);
    text_printf(&rels, "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                       "<Relationship Id='a' Type='%s/officeDocument' Target='/%s'/></Relationships>", type, name);
    memset(&zip, 0, sizeof zip);
    zip_maker_add(&zip, "_rels/.rels", rels.at);
    if (content != NULL)
        zip_maker_add(&zip, name, content);
    zip_maker_end(&zip);
    return read_book(arena, zip.bytes, zip.n, book, fault);
}

static enum status
read_body(const char *body, struct text *out, struct fault *fault)
{
    struct book book;
    struct text content = text_new(out->arena);
    text_printf(&content, "<w:document xmlns:w='" MAIN "' xmlns:mc='" CHOICE "' xmlns:v='urn:v'><w:body>%s<w:sectPr/></w:body></w:document>", body);
    enum status status = read_part(out->arena, "word/document.xml", RELS, content.at, &book, fault);
    if (status == STATUS_OK)
        dump(&book, out);
    return status;
}

#define R(text) "<w:r><w:t>" text "</w:t></w:r>"
#define P(text) "<w:p>" R(text) "</w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"
#define TCP(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define TBL(rows) "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='1'/></w:tblGrid>" rows "</w:tbl>"
#define SPAN(n) "<w:gridSpan w:val='" n "'/>"
#define RESTART "<w:vMerge w:val='restart'/>"
#define CONTINUE "<w:vMerge/>"
#define HIDDEN(text) "<w:r><w:rPr><w:vanish/></w:rPr><w:t>" text "</w:t></w:r>"
#define FIELD(type) "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define BOX(text) "<w:txbxContent>" P(text) "</w:txbxContent>"

static const struct { const char *in, *want; } bodies[] = {
    { "", "" },
    { P("一") P(" ") "<w:p/>" P("二"), "¶一\n¶二\n" },
    /* runs */
    { "<w:p>" R("a") "<w:proofErr/><w:r><w:tab/><w:t>b</w:t><w:br/><w:t xml:space='preserve'> c</w:t><w:noBreakHyphen/><w:cr/><w:t>d</w:t></w:r></w:p>",
      "¶a\tb\n c-\nd\n" },
    { "<w:p><w:r><w:sym w:font='Wingdings' w:char='221A'/></w:r>" R("x") "<w:r><w:sym/></w:r></w:p>", "¶√x\xEF\xBF\xBD\n" },
    { "<w:p><w:hyperlink>" R("a") "</w:hyperlink><w:smartTag>" R("b") "</w:smartTag><w:fldSimple w:instr='PAGE'>" R("c") "</w:fldSimple></w:p>", "¶abc\n" },
    { "<w:p><w:r><w:ruby><w:rt>" R("pin") "</w:rt><w:rubyBase>" R("字") "</w:rubyBase></w:ruby></w:r></w:p>", "¶字\n" },
    /* hidden text */
    { "<w:p>" R("1") HIDDEN("2") "<w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t>3</w:t></w:r></w:p>", "¶13\n" },
    { "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" R("a") "</w:p>" P("b"), "¶ab\n" },
    { "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs><w:rPr><w:b/></w:rPr></w:pPr>" R("a") "</w:p>" P("b"), "¶a\n¶b\n" },
    /* fields: the result, also of one inside the code of another; one that is never ended hides no more than its paragraph */
    { "<w:p>" FIELD("begin") "<w:r><w:instrText>= 1</w:instrText></w:r>" FIELD("begin") R("no") FIELD("separate") R("no") FIELD("end") FIELD("separate") R("7")
      FIELD("end") R("8") "</w:p>", "¶78\n" },
    { "<w:p>" FIELD("begin") R("no") "</w:p>" P("a"), "¶a\n" },
    { "<w:p>" FIELD("begin") TBL(TR(TC("1"))) "</w:p>", "表 1 after 0\nA1 1\n" },
    /* content controls: their text, but not the prompt of an empty one */
    { "<w:sdt><w:sdtPr><w:alias w:val='no'/><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>" P("a") "</w:sdtContent></w:sdt>", "¶a\n" },
    { "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" R("单击此处") "</w:sdtContent></w:sdt>" R("b") "</w:p>", "¶b\n" },
    { TBL("<w:sdt><w:sdtContent>" TR("<w:sdt><w:sdtContent>" TC("1") "</w:sdtContent></w:sdt>" TC("2")) "</w:sdtContent></w:sdt>"
          "<w:customXml>" TR("<w:customXml>" TC("3") "</w:customXml>") "</w:customXml>"), "表 1 after 0\nA1 1\nB1 2\nA2 3\n" },
    /* one branch of several, the first that gives anything; a text box once, behind what is in front of it */
    { "<w:p>" R("a") "<w:r><mc:AlternateContent><mc:Choice Requires='x'><v:x>" BOX("box") "</v:x></mc:Choice><mc:Fallback>" BOX("box")
      "</mc:Fallback></mc:AlternateContent></w:r>" R("b") "</w:p>", "¶box\n¶ab\n" },
    { "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='x'><v:x>no</v:x></mc:Choice><mc:Fallback><w:t>☐</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
      "¶☐\n" },
    { TBL(TR("<w:tc><w:p>" R("1") "<w:r><w:pict>" BOX("note") "</w:pict></w:r></w:p></w:tc>")), "¶note\n表 1 after 0\nA1 1\n" },
    { TBL(TR("<w:tc><w:p><w:r><w:pict>" BOX("5") "</w:pict></w:r></w:p><w:p/></w:tc>" "<w:tc><w:p><w:r>" BOX("a") BOX("") BOX("b") "</w:r></w:p></w:tc>")
          TR("<w:tc><w:p><w:r><w:txbxContent>" P("c") P("d") "</w:txbxContent></w:r></w:p></w:tc>")),
      "¶5\n¶a\n¶b\n¶c\n¶d\n表 1 after 0\nA1 5\nB1 b\n" },
    /* tables: places, spans, merges */
    { P("x") TBL(TR(TC("a") TC("")  TC("c")) TR("") TR(TC("d"))) P("y") TBL("") TBL(TR(TC("z"))),
      "¶x\n¶y\n表 1 after 1\nA1 a\nC1 c\nA3 d\n表 2 after 2\n表 3 after 2\nA1 z\n" },
    { TBL(TR("<w:trPr><w:gridBefore w:val='2'/></w:trPr>" TCP(SPAN("3"), "a") TC("b")) TR(TCP(SPAN("0"), "c") TCP(SPAN("x"), "d"))),
      "表 1 after 0\nC1 a\nF1 b\nA2 c\nB2 d\nC1:E1\n" },
    { TBL(TR(TCP(RESTART, "a") TCP(SPAN("2") RESTART, "b")) TR(TCP(CONTINUE, "no") TCP(SPAN("2") CONTINUE, "")) TR(TCP(RESTART, "c") TC("d"))
          TR(TCP("<w:vMerge w:val='continue'/>", "") TC("e"))), "表 1 after 0\nA1 a\nB1 b\nA3 c\nB3 d\nB4 e\nB1:C2\nA1:A2\nA3:A4\n" },
    { TBL(TR(TCP(CONTINUE, "a") TC("b")) TR(TCP(CONTINUE, "no") TCP(CONTINUE, "c")) TR(TC("d")) TR(TCP(CONTINUE, "e"))),
      "表 1 after 0\nA1 a\nB1 b\nB2 c\nA3 d\nA4 e\nA1:A2\n" },
    { TBL(TR(TCP(SPAN("2") RESTART, "a")) TR(TCP(CONTINUE, "") TC("1"))), "表 1 after 0\nA1 a\nB2 1\nA1:B1\n" },
    { TBL(TR(TCP("<w:hMerge w:val='restart'/>", "a") TCP("<w:hMerge/>", "no") TC("b")) TR(TCP("<w:hMerge/>", "c"))),
      "表 1 after 0\nA1 a\nC1 b\nA2 c\nA1:B1\n" },
    { TBL(TR("<w:tc>" P("a") P("") P("b") "</w:tc><w:tc/>" TC("　1 "))), "表 1 after 0\nA1 a\n\nb\nC1 1\n" },
    { TR(TC("a")) "<w:tc><w:tcPr>" SPAN("2") "</w:tcPr>" P("b") "</w:tc>", "¶a\n¶b\n" },
    /* nested tables are of their own, numbered as they begin; a cell with one is layout, and running text too */
    { TBL(TR("<w:tc>" P("t") P("u") TBL(TR(TC("1") TC("2"))) P("v") "</w:tc>" TC("w"))) TBL(TR(TC("3"))),
      "¶t\n¶u\n¶v\n表 1 after 0\nA1 t\nu\nv\nB1 w\n表 2 after 2\nA1 1\nB1 2\n表 3 after 3\nA1 3\n" },
    { TBL(TR("<w:tc>" TBL(TR(TC("5"))) "<w:p/></w:tc><w:tc>" P("a") TBL(TR(TC("6"))) "<w:p/></w:tc><w:tc>" TBL(TR(TC("7")) TR("<w:tc/>")) "<w:p/></w:tc>")),
      "¶a\n表 1 after 0\nA1 5\nB1 a\n表 2 after 0\nA1 5\n表 3 after 1\nA1 6\n表 4 after 1\nA1 7\n" },      /* one of a single cell is a box */
    { "<w:p>" R("a") TBL(TR(TC("1"))) R("b") "</w:p>", "¶a\n¶b\n表 1 after 1\nA1 1\n" },
    /* revisions */
    { "<w:p>" R("1") "<w:del><w:r><w:delText>2</w:delText></w:r>" R("2") "</w:del><w:ins>" R("3") "</w:ins></w:p>", "¶13\nrevised\n" },
    { "<w:p><w:moveFrom>" R("1") "</w:moveFrom><w:moveTo>" R("2") "</w:moveTo></w:p>", "¶2\nrevised\n" },
    { "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" R("a") "</w:p>" P("b") TBL(TR("<w:tc><w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>" R("1")
      "</w:p>" P("2") "</w:tc>")), "¶ab\n表 1 after 1\nA1 12\nrevised\n" },
    { TBL(TR(TC("a")) TR("<w:trPr><w:del/></w:trPr>" TC("no")) TR("<w:trPr><w:ins/></w:trPr>" TC("b"))), "表 1 after 0\nA1 a\nA2 b\nrevised\n" },
    { TBL(TR(TC("a") TCP("<w:cellDel/>", "no") TCP("<w:cellIns/>", "b") TCP("<w:cellMerge w:vMerge='rest'/>", "c"))
          TR(TC("d") TC("e") TCP("<w:cellMerge w:vMerge='cont'/>", "no"))), "表 1 after 0\nA1 a\nB1 b\nC1 c\nA2 d\nB2 e\nC1:C2\nrevised\n" },
    { "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>"
      TBL(TR(TCP("<w:tcPrChange><w:tcPr>" SPAN("2") "</w:tcPr></w:tcPrChange>", "1") TC("2"))), "¶a\n表 1 after 1\nA1 1\nB1 2\n" },
    /* what is only referred to is not read, when there is other text */
    { P("a") "<w:altChunk/>", "¶a\n" },
    { "<v:p>no</v:p>" P("a"), "¶a\n" },
};

static const struct { const char *in; enum status want; const char *where; } faults[] = {
    { "<w:altChunk/>", STATUS_UNSUPPORTED, "altChunk" },
    { TBL(TR(TCP(SPAN("2147483647"), "a"))), STATUS_TOO_BIG, "columns" },
    { TBL(TR(TCP(SPAN("99999999999999999999999"), "a"))), STATUS_TOO_BIG, "columns" },
    { TBL(TR(TCP(SPAN("16384"), "a") TC("b"))), STATUS_TOO_BIG, "columns" },
    { TBL(TR("<w:trPr><w:gridBefore w:val='16384'/></w:trPr>" TC("a"))), STATUS_TOO_BIG, "columns" },
    { TBL(TR(TC("a"))) "<w:p>", STATUS_DAMAGED, "end tag" },
};

static void
test_bodies(struct arena *arena)
{
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct text out = text_new(arena);
        CHECK_INT(read_body(bodies[i].in, &out, NULL), STATUS_OK);
        CHECK_STR(out.at, bodies[i].want);
    }
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct text out = text_new(arena);
        struct fault fault = { .status = STATUS_OK };
        CHECK_INT(read_body(faults[i].in, &out, &fault), faults[i].want);
        CHECK(strstr(fault.where, faults[i].where) != NULL);
        CHECK_INT(fault.kind, FILE_DOCX);
    }
}

/* The main part is the one that the package relates to, whatever it is called, transitional or strict, with any prefix. */
static void
test_packages(struct arena *arena)
{
    struct book book;
    struct fault fault = { .status = STATUS_OK };
    static const char strict[] = "<document xmlns='" STRICT_MAIN "'><body><p><r><t>a</t></r></p></body></document>";
    CHECK_INT(read_part(arena, "other/main.xml", STRICT_RELS, strict, &book, &fault), STATUS_OK);
    CHECK_INT(book.nparagraphs, 1);
    CHECK_INT(book.kind, FILE_DOCX);
    static const char prefixed[] = "<x:document xmlns:x='" MAIN "'><x:body><x:tbl><x:tr><x:tc><x:tcPr><x:gridSpan x:val='2'/></x:tcPr></x:tc><x:tc>"
                                   "<x:p><x:r><x:t>a</x:t></x:r></x:p></x:tc></x:tr></x:tbl></x:body></x:document>";
    CHECK_INT(read_part(arena, "word/文.xml", RELS, prefixed, &book, &fault), STATUS_OK);
    CHECK_INT(book.sheets[0].cells[0].col, 2);
    CHECK_INT(read_part(arena, "word/document.xml", RELS, NULL, &book, &fault), STATUS_DAMAGED);
    CHECK_INT(read_part(arena, "word/document.xml", RELS, "<document/>", &book, &fault), STATUS_DAMAGED);
}

/* A text n times. */
static void
repeat(struct text *out, const char *s, int n)
{
    while (n-- > 0)
        text_puts(out, s);
}

static void
test_limits(struct arena *arena)
{
    struct text in = text_new(arena), out = text_new(arena);
    struct fault fault = { .status = STATUS_OK };
    repeat(&in, "<w:tbl><w:tr><w:tc>", LIMIT_XML_DEPTH / 3);
    repeat(&in, "</w:tc></w:tr></w:tbl>", LIMIT_XML_DEPTH / 3);
    CHECK_INT(read_body(in.at, &out, &fault), STATUS_DAMAGED);
    in = text_new(arena);
    repeat(&in, "<w:tbl/>", LIMIT_SHEETS);
    CHECK_INT(read_body(in.at, &out, &fault), STATUS_OK);
    repeat(&in, "<w:tbl/>", 1);
    CHECK_INT(read_body(in.at, &out, &fault), STATUS_TOO_BIG);
    in = text_new(arena);
    text_puts(&in, "<w:p>");
    repeat(&in, R("0123456789ABCDEF"), LIMIT_CELL_TEXT / 16 + 1);
    text_puts(&in, "</w:p>");
    CHECK_INT(read_body(in.at, &out, &fault), STATUS_TOO_BIG);
}

/* Every request for memory fails once. */
static void
test_memory(void)
{
    enum status status = STATUS_MEMORY;
    for (long n = 0; n < 2000 && status == STATUS_MEMORY; n++) {
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct text out = text_new(arena);
        arena_fail_after(arena, n);
        status = read_body(TBL(TR(TCP(SPAN("2"), "a") TC("b"))) P("c"), &out, NULL);
        arena_free(arena);
    }
    CHECK_INT(status, STATUS_OK);
}

int
main(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    test_bodies(arena);
    test_packages(arena);
    test_limits(arena);
    arena_free(arena);
    test_memory();
    return test_summary();
}
