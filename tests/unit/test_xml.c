/* SPDX-License-Identifier: MIT */
/* Tests of xml: events as a line of text, whatever the pieces in which the bytes come; what is not well-formed is refused. */
#include "test.h"
#include "xml.h"

#define NS "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define XNS "xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'"

/* Bytes in memory. */
struct memory { const char *at; size_t n; };

static enum status
read_memory(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault)
{
    struct memory *memory = from;
    (void)fault;
    *got = memory->n < room ? memory->n : room;
    memcpy(out, memory->at, *got);
    memory->at += *got;
    memory->n -= *got;
    return STATUS_OK;
}

/* "<a x=1>text</>": foreign elements in brackets. */
static enum status
trace(const char *bytes, size_t n, struct text *out, struct fault *fault)
{
    struct memory memory = { bytes, n };
    struct xml *xml = arena_alloc(out->arena, sizeof *xml);
    if (xml_open(xml, out->arena, "part", (struct xml_source){ read_memory, &memory }, fault) != STATUS_OK)
        return xml->status;
    for (;;)
        switch (xml_next(xml)) {
        case XML_START:
            text_printf(out, xml->space == SPACE_FOREIGN ? "[%.*s" : "<%.*s", (int)xml->name.n, xml->name.at);
            for (size_t i = 0; i < xml->nattributes; i++) {
                const struct xml_attribute *a = &xml->attributes[i];
                if (a->name.at[0] != 'x')
                    text_printf(out, " %.*s=%.*s", (int)a->name.n, a->name.at, (int)a->value.n, a->value.at);
            }
            text_puts(out, ">");
            break;
        case XML_END:
            text_puts(out, "</>");
            break;
        case XML_TEXT:
            text_put(out, xml->text.at, xml->text.n);
            break;
        case XML_FAILED:
            return xml->status;
        case XML_FINISHED:
            return STATUS_OK;
        }
}

static const struct { const char *in, *want; } good[] = {
    { "<a " NS "/>", "<a></>" },
    { "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- - --><a " NS "><b/></a>\n<?end?>", "<a><b></></>" },
    { "<x:a " XNS "><x:b c = '1'\td=\"'\" >t</x:b ></x:a>", "<a><b c=1 d='>t</></>" },
    { "<a " NS "><b xmlns='other'><c/></b><c/></a>", "<a>[b>[c></></><c></></>" },
    { "<a/>", "[a></>" },
    { "<a " NS ">&lt;&amp;&gt;&quot;&apos;&#20013;&#x6587;&#x1F600;</a>", "<a><&>\"'中文\U0001F600</>" },
    { "<a " NS " c='&lt;\t\r\n&#10;x'/>", "<a c=<  \nx></>" },
    { "<a " NS ">1\r\n2\r3\n</a>", "<a>1\n2\n3\n</>" },
    { "<a " NS "><![CDATA[<b>&amp;]]]></a>", "<a><b>&amp;]</>" },
    { "<a " NS "><![CDATA[]]></a>", "<a></>" },
    { "<a " NS "><![CDATA[1\r\n2\r3]]>]]&gt;]]</a>", "<a>1\n2\n3]]>]]</>" },
    { "<a " NS "><!-- <b> - -->t<?b <c>?></a>", "<a>t</>" },
    { "<a " NS ">中文\xF0\x9F\x98\x80</a>", "<a>中文\U0001F600</>" },
};

static void
test_good(void)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct arena *arena = arena_new(1 << 20);
        struct text out = text_new(arena);
        struct fault fault = { 0 };
        CHECK_INT(trace(good[i].in, strlen(good[i].in), &out, &fault), STATUS_OK);
        CHECK_STR(out.at, good[i].want);
        CHECK_STR(fault.where, "");
        arena_free(arena);
    }
}

static const char *const bad[] = {
    "", "text", "   ", "<", "<a", "<a>", "<a></b>", "<a></a", "<a></ab>", "<ab></a>", "</a>", "<a/><b/>", "<a/>x", "x<a/>", "<a><b></a></b>",
    "<a b/>", "<a b=c/>", "<a b='/>", "<a b='<'/>", "<a b='1' b='2'/>", "<a b='1'c='2'/>", "<1/>", "<a/ >", "< a/>", "<a:/>", "<:a/>", "<x:a/>",
    "<a>&amp</a>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>&#;</a>", "<a>&#99999999999999999999;</a>", "<a>& </a>",
    "<a b='&x;'/>", "<a>\x01</a>", "<a>\xC0\x80</a>", "<a>\xED\xA0\x80</a>", "<a>\xFF</a>", "<a>\xE4\xB8</a>", "<a>\xE4\xB8", "<a>\xEF\xBF\xBF</a>",
    "<a><!-- -- --></a>", "<a>]]></a>", "<a>&amp;]]></a>", "<a><!-- </a>", "<a><![CDATA[</a>", "<![CDATA[x]]>", "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "<?xml version='1.0' encoding='GB2312'?><a/>", "<a><?xml version='1.0'?></a>", "<a", "<a>&#x4E2D",
};

static void
test_bad(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct arena *arena = arena_new(1 << 20);
        struct text out = text_new(arena);
        struct fault fault = { 0 };
        enum status status = trace(bad[i], strlen(bad[i]), &out, &fault);
        if (status != STATUS_DAMAGED || strstr(fault.where, "part: ") == NULL)
            printf("%s: %s\n", bad[i], fault.where);
        CHECK_INT(status, STATUS_DAMAGED);
        CHECK(strstr(fault.where, "part: ") != NULL);
        arena_free(arena);
    }
}

/* The same events wherever the window happens to end. */
static void
test_window(void)
{
    static char bytes[40000];
    static const char tail[] = "<b c='&lt;1'>&amp;\r\n中\xF0\x9F\x98\x80<!-- - --><![CDATA[]]]><![CDATA[-- <!-- --> ]] ]>]]><!-- ]]> --></b ></a>";
    static const char want[] = "<b c=<1>&\n中\U0001F600]-- <!-- --> ]] ]></></>";
    for (size_t lead = 32600; lead < 32800; lead++) {
        struct arena *arena = arena_new(1 << 20);
        struct text out = text_new(arena);
        size_t n = (size_t)snprintf(bytes, sizeof bytes, "<a %s>%*s", NS, (int)(lead - strlen("<a >" NS)), "");
        memcpy(bytes + n, tail, sizeof tail - 1);
        CHECK_INT(trace(bytes, n + sizeof tail - 1, &out, NULL), STATUS_OK);
        CHECK_STR(out.at + strlen(out.at) - strlen(want), want);
        CHECK_INT(out.n, lead - strlen("<a >" NS) + strlen("<a>") + strlen(want));
        arena_free(arena);
    }
}

static void
test_utf16(void)
{
    static const char in[] = "<?xml version='1.0' encoding='UTF-16'?><a " NS ">\u4E2D\U0001F600</a>";
    for (int variant = 0; variant < 4; variant++) {         /* both orders, with and without a mark */
        char bytes[512];
        size_t n = 0;
        struct arena *arena = arena_new(1 << 20);
        struct text out = text_new(arena);
        for (size_t i = 0; i < sizeof in - 1 || (variant & 1 && n == 0); ) {
            size_t used = 0;
            uint32_t cp = variant & 1 && n == 0 ? 0xFEFF : utf8_decode(in + i, sizeof in - 1 - i, &used);
            uint32_t units[2] = { cp, 0 };
            if (cp > 0xFFFF) {
                units[0] = 0xD800 + ((cp - 0x10000) >> 10);
                units[1] = 0xDC00 + (cp & 0x3FF);
            }
            for (int j = 0; j < 1 + (cp > 0xFFFF); j++) {
                bytes[n++] = (char)(variant & 2 ? units[j] : units[j] >> 8);
                bytes[n++] = (char)(variant & 2 ? units[j] >> 8 : units[j]);
            }
            i += used;
        }
        CHECK_INT(trace(bytes, n, &out, NULL), STATUS_OK);
        CHECK_STR(out.at, "<a>\u4E2D\U0001F600</>");
        CHECK_INT(trace(bytes, n - 1, &out, NULL), STATUS_DAMAGED);
        memset(bytes + n - 10, 0, 2);                       /* half of the pair, then NUL */
        CHECK_INT(trace(bytes, n, &out, NULL), STATUS_DAMAGED);
        arena_free(arena);
    }
}

static void
test_limits(void)
{
    struct arena *arena = arena_new(64 << 20);
    struct text in = text_new(arena), out = text_new(arena);
    for (int i = 0; i < LIMIT_XML_DEPTH; i++)
        text_puts(&in, "<a>");
    for (int i = 0; i < LIMIT_XML_DEPTH; i++)
        text_puts(&in, "</a>");
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_OK);
    in = text_new(arena);
    for (int i = 0; i <= LIMIT_XML_DEPTH; i++)
        text_puts(&in, "<a>");
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_DAMAGED);
    in = text_new(arena);
    text_puts(&in, "<a");
    for (int i = 0; i <= LIMIT_XML_ATTRIBUTES; i++)
        text_printf(&in, " b%d=''", i);
    text_puts(&in, "/>");
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_DAMAGED);
    in = text_new(arena);
    text_printf(&in, "<a b='%*s'/>", 1 << 20, "");
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_OK);           /* a long tag makes the window grow */
    in = text_new(arena);
    text_printf(&in, "<a><!-- %*s --><![CDATA[%*s]]></a>", 1 << 17, "", 1 << 17, "");
    out = text_new(arena);
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_OK);
    CHECK_INT(out.n, strlen("[a></>") + (1 << 17));
    in = text_new(arena);
    text_puts(&in, "<a");
    for (int i = 0; i < LIMIT_XML_NAMESPACES; i++)
        text_printf(&in, " xmlns:b%d=''", i);
    text_puts(&in, "><b0:a/>");
    size_t n = in.n;
    text_puts(&in, "</a>");
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_OK);
    in.n = n;
    text_puts(&in, "<a xmlns='x'/></a>");           /* one namespace too many */
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_DAMAGED);
    in = text_new(arena);
    text_printf(&in, "<a b='%*s'/>", 5 << 20, "");
    CHECK_INT(trace(in.at, in.n, &out, NULL), STATUS_DAMAGED);
    arena_free(arena);
}

/* Children are found whatever was read of those before them; foreign ones are passed over. */
static void
test_walk(void)
{
    static const char in[] = "<a " NS " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' xmlns:o='other'>"
        "<b k='1'><c><d/></c>x</b><o:b k='2'><b k='3'/></o:b>y<b k='4' o:id='5' r:id='6'>t<o:c>u</o:c>v</b></a>";
    struct arena *arena = arena_new(1 << 20);
    struct text keys = text_new(arena), content = text_new(arena);
    struct memory memory = { in, sizeof in - 1 };
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    CHECK_INT(xml_open(xml, arena, "part", (struct xml_source){ read_memory, &memory }, NULL), STATUS_OK);
    CHECK_INT(xml_root(xml, "a"), STATUS_OK);
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        const struct slice *k = xml_get(xml, "k"), *id = xml_relationship(xml);
        CHECK(xml_is(xml, "b"));
        text_put(&keys, k->at, k->n);
        if (id != NULL) {
            text_put(&keys, id->at, id->n);
            CHECK_INT(xml_content(xml, &content), STATUS_OK);
        }
    }
    CHECK_STR(keys.at, "146");
    CHECK_STR(content.at, "tv");
    CHECK_INT(xml_next(xml), XML_FINISHED);
    arena_free(arena);
}

int
main(void)
{
    test_good();
    test_bad();
    test_window();
    test_utf16();
    test_limits();
    test_walk();
    return test_summary();
}
