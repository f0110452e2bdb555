/* SPDX-License-Identifier: MIT */
/* charset: bytes and what they are declared as, and the text they must give. */
#include "charset.h"
#include "limits.h"
#include "test.h"
#include "text.h"

static void
check_decode(const char *bytes, size_t n, const char *label, const char *want)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    const char *text = NULL;
    size_t ntext = 0;
    CHECK_INT(charset_decode(arena, (const unsigned char *)bytes, n, label, &text, &ntext, NULL), STATUS_OK);
    CHECK(utf8_valid(text, ntext));
    CHECK_STR(arena_text(arena, text, ntext), want);
    arena_free(arena);
}

#define DECODE(bytes, label, want) check_decode(bytes, sizeof bytes - 1, label, want)

static void
test_decode(void)
{
    DECODE("", NULL, "");
    DECODE("年报,1", NULL, "年报,1");
    DECODE("\xEF\xBB\xBF年报", "gbk", "年报");
    DECODE("\xC4\xEA\xB1\xA8", NULL, "年报");
    DECODE("\xC4\xEA\xB1\xA8", "GB2312", "年报");
    DECODE("\xC4\xEA\xB1\xA8", "utf-8", "年报");                     /* declared wrongly, both ways */
    DECODE("年报表", "gb2312", "年报表");
    DECODE("\xC1\xAA\xCD\xA8", "gbk", "联通");                       /* well-formed UTF-8 too */
    DECODE("\x81\x39\xEE\x39\x95\x32\x82\x36", "gb18030", "㐀𠀀");    /* four bytes */
    DECODE("政府信息公开工作\xFF年度报告", NULL, "政府信息公开工作\xEF\xBF\xBD年度报告");       /* one bad byte does not make it GB18030 */
    DECODE("\xC4\xEA\xFF\xFF\xB1\xA8\xB1\xED", NULL, "年\xEF\xBF\xBD\xEF\xBF\xBD报表");
    DECODE("\xA6~\xB3\xF8", "big5", "年報");
    DECODE("caf\xE9", "ISO-8859-1", "café");
    DECODE("\xFF\xFE\x74\x5E\x31\0\x40\xD8\0\xDC", NULL, "年1𠀀");
    DECODE("\xFE\xFF\x5E\x74\0\x31\xD8\0\0\x41", NULL, "年1\xEF\xBF\xBD""A");
    DECODE("<\0a\0>\0", "utf-8", "<a>");
    DECODE("a\0b", NULL, "ab");
    DECODE("\xC4\xEA", "x-nobody-knows", "年");
}

static void
check_declared(const char *page, const char *want)
{
    char label[CHARSET_LABEL] = "";
    bool found = charset_declared((const unsigned char *)page, strlen(page), label);
    CHECK_STR(found ? label : NULL, want);
}

static void
test_declared(void)
{
    check_declared("<html><meta charset=gbk>", "gbk");
    check_declared("<HTML><META CHARSET = \"UTF-8\"/>", "UTF-8");
    check_declared("<meta name=a><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">", "gb2312");
    check_declared("<meta http-equiv='Content-Type' content='text/html;charset=utf-8;x'>", "utf-8");
    check_declared("<?xml version=\"1.0\" encoding='GB18030'?><a/>", "GB18030");
    check_declared("<meta name=a> charset=gbk", NULL);
    check_declared("<meta charset=", NULL);
    check_declared("<meta charset", NULL);
    check_declared("", NULL);
}

int
main(void)
{
    test_decode();
    test_declared();
    return test_summary();
}
