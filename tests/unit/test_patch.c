/* SPDX-License-Identifier: MIT */
/* Tests of splice, zip_write and marked: what is changed is changed where it stands, and every allocation may fail. */
#include "form.h"
#include "give.h"
#include "os.h"
#include "splice.h"
#include "test.h"
#include "zip_write.h"

static const char sample[] = "samples/宿迁市2023多处笔误.xlsx";

#define NS " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define XNS " xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

/* Each <c> gets s="7" or loses it; <row> gets a child behind. */
static void
splice_one(const char *in, const char *value, const char *want)
{
    struct arena *arena = arena_new(1 << 20);
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    struct splice s;
    struct slice out = { "", 0 };
    CHECK_INT(splice_open(&s, arena, xml, "a", (struct slice){ in, strlen(in) }, "row", NULL), STATUS_OK);
    for (size_t depth = xml->depth; splice_child(&s, depth); )
        splice_attribute(&s, "s", value);
    splice_append(&s, value != NULL ? "<z/>" : "");
    CHECK_INT(splice_finish(&s, &out), STATUS_OK);
    CHECK_STR(out.at, want);
    arena_free(arena);
}

static void
test_splice(void)
{
    splice_one("<row" NS "><c  r = 'A1' s='1'\n/> t<!-- <c> --><d xmlns=\"\"/></row >\n", "7", "<row" NS "><c  r = 'A1' s='7'\n/> t<!-- <c> --><d xmlns=\"\"/><z/></row >\n");
    splice_one("<row" NS "><c r='a>\"b'>1</c></row>", "7", "<row" NS "><c s=\"7\" r='a>\"b'>1</c><z/></row>");
    splice_one("\xEF\xBB\xBF<x:row" XNS " />", "7", "\xEF\xBB\xBF<x:row" XNS " ><z/></x:row>");
    splice_one("<row" NS "><c r=\"A1\" s=\"1\" t=\"s\"/><c s=\"2\"/></row>", NULL, "<row" NS "><c r=\"A1\" t=\"s\"/><c/></row>");
    splice_one("<?xml version='1.0'?>\r\n<row" NS "><c a='&lt;&amp;' s='&#49;'/>&#x4E2D;\r\n</row>", "7",
               "<?xml version='1.0'?>\r\n<row" NS "><c a='&lt;&amp;' s='7'/>&#x4E2D;\r\n<z/></row>");
}

static void
test_text(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct text out = text_new(arena);
    tag_put_text(&out, "a<&>\"_x0041_ _x\x01\xEF\xBF\xBE中");
    CHECK_STR(out.at, "a&lt;&amp;&gt;&quot;_x005F_x0041_ _x_x0001__xFFFE_中");
    struct slice element = tag_with(arena, (struct slice){ "<xf fillId=\"0\"/>", 16 }, "fillId", "12");
    CHECK_STR(element.at, "<xf fillId=\"12\"/>");
    CHECK_STR(tag_with(arena, element, "applyFill", "1").at, "<xf applyFill=\"1\" fillId=\"12\"/>");
    arena_free(arena);
}

static void
test_zip(void)
{
    struct arena *arena = arena_new(1 << 22);
    struct zip_item items[] = { { .name = "甲.xml", .name_n = 7 }, { .name = "b", .name_n = 1 } };
    unsigned char *bytes, out[8];
    size_t n, got;
    struct zip zip;
    CHECK_INT(zip_item_pack(arena, &items[0], "<a/>", 4, NULL), STATUS_OK);
    CHECK_INT(zip_item_pack(arena, &items[1], "", 0, NULL), STATUS_OK);
    CHECK_INT(zip_write(arena, items, 2, &bytes, &n, NULL), STATUS_OK);
    CHECK_INT(zip_open(&zip, arena, bytes, n, NULL), STATUS_OK);
    CHECK_INT(zip.nmembers, 2);
    CHECK_INT(zip_start(&zip, zip_find(&zip, "甲.xml"), NULL), STATUS_OK);
    CHECK_INT(zip_read(&zip, out, sizeof out, &got, NULL), STATUS_OK);
    CHECK(got == 4 && memcmp(out, "<a/>", 4) == 0);
    arena_free(arena);
}

/* The n-th request fails, for every n until none does: the workbook is whole or not there, and the same each time. */
static void
test_memory(void)
{
    struct arena *arena = arena_new((size_t)64 << 20), *own = arena_new((size_t)64 << 20);
    struct forms forms;
    struct report report;
    struct marked marked = { 0 }, first = { 0 };
    unsigned char *bytes;
    size_t n;
    long failing = 0;
    CHECK_INT(forms_load(arena, NULL, &forms, NULL), STATUS_OK);
    CHECK_INT(os_read_file(arena, sample, &bytes, &n, NULL), STATUS_OK);
    report_make(&report, arena, &forms, &(struct options){ 0 }, sample, bytes, n);
    CHECK_INT(give_marked(arena, &report, &first), UNMARKED_NO_MATTER);
    CHECK(first.bytes != NULL && !first.macros);
    for (; failing < 100000; failing += 1 + failing / 16) {
        arena_reset(own);
        arena_fail_after(own, failing);
        enum unmarked unmarked = give_marked(own, &report, &marked);
        if (marked.bytes != NULL)
            break;
        CHECK_INT(unmarked, UNMARKED_TOO_BIG);
    }
    CHECK(failing > 100 && marked.n == first.n && memcmp(marked.bytes, first.bytes, first.n) == 0);
    arena_free(own);
    arena_free(arena);
}

int
main(void)
{
    test_splice();
    test_text();
    test_zip();
    test_memory();
    return test_summary();
}
