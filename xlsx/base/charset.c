/* SPDX-License-Identifier: MIT */
/* charset: which encoding a text is in, and its characters. Names as in the Encoding Standard (WHATWG), 4.2, as far as Chinese files have
 * them; GB2312 and GBK are read as GB18030, which holds both. Where pages declare an encoding: HTML 13.2.3.2, read loosely. Left out: ISO
 * 2022, HZ and UTF-7, whose bytes are read as they stand. */
#include <string.h>

#include "bytes.h"
#include "charset.h"
#include "codepage.h"
#include "text.h"

enum { UTF8 = 65001, UTF16LE = 1200, UTF16BE = 1201, GB18030 = 54936, GBK = 936, UNDECLARED = 0 };     /* Windows' numbers */

/* But UTF-8, which shows itself or is not there. */
static const struct { const char *name; unsigned codepage; } names[] = {
    { "gb18030", GB18030 }, { "gbk", GB18030 }, { "gb2312", GB18030 }, { "gb_2312-80", GB18030 },
    { "gb_2312", GB18030 }, { "x-gbk", GB18030 }, { "chinese", GB18030 }, { "csgb2312", GB18030 }, { "iso-ir-58", GB18030 },
    { "cp936", GB18030 }, { "ms936", GB18030 }, { "windows-936", GB18030 }, { "euc-cn", GB18030 }, { "big5", 950 }, { "big5-hkscs", 950 },
    { "x-x-big5", 950 }, { "cp950", 950 }, { "shift_jis", 932 }, { "euc-kr", 949 }, { "windows-1252", 1252 }, { "iso-8859-1", 1252 },
    { "latin1", 1252 },
};

static bool
same_name(const char *s, size_t n, const char *name)
{
    for (; n > 0 && *name != '\0' && lower(*s) == *name; s++, n--)
        name++;
    return n == 0 && *name == '\0';
}

static unsigned
codepage_of(const char *label)
{
    size_t n = strlen(label);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_name(label, n, names[i].name))
            return names[i].codepage;
    return UNDECLARED;
}

/* -- decoding -- */

static void
put_utf8(struct text *out, const unsigned char *bytes, size_t n)
{
    const char *s = (const char *)bytes;
    size_t from = 0, used;
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = utf8_decode(s + i, n - i, &used);
        if (cp != 0 && (cp != 0xFFFD || used > 1))
            continue;
        text_put(out, s + from, i - from);
        if (cp != 0)
            text_put_cp(out, cp);
        from = i + used;
    }
    text_put(out, s + from, n - from);
}

static uint32_t
unit(const unsigned char *p, bool big)
{
    return big ? (uint32_t)p[0] << 8 | p[1] : le16(p);
}

static void
put_utf16(struct text *out, const unsigned char *bytes, size_t n, bool big)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint32_t cp = unit(bytes + i, big), low = i + 3 < n ? unit(bytes + i + 2, big) : 0;
        if (cp >= 0xD800 && cp < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        if (cp != 0)
            text_put_cp(out, cp);
    }
}

static struct text
decode(struct arena *arena, unsigned codepage, const unsigned char *bytes, size_t n)
{
    struct text out = text_new(arena);
    if (codepage == UTF16LE || codepage == UTF16BE)
        put_utf16(&out, bytes, n, codepage == UTF16BE);
    else if (codepage == UTF8 || !codepage_put(codepage, bytes, n, &out))
        if (codepage != GB18030 || !codepage_put(GBK, bytes, n, &out))      /* a system that knows only the older one */
            put_utf8(&out, bytes, n);
    return out;
}

/* -- choosing -- */

/* A byte order mark, or '<' as UTF-16 writes it; UNDECLARED: neither. */
static unsigned
marked(const unsigned char *bytes, size_t n, size_t *mark)
{
    static const struct { unsigned codepage; size_t n, mark; const char *bytes; } marks[] = {
        { UTF8, 3, 3, "\xEF\xBB\xBF" }, { UTF16LE, 2, 2, "\xFF\xFE" }, { UTF16BE, 2, 2, "\xFE\xFF" },
        { UTF16LE, 2, 0, "<\0" }, { UTF16BE, 2, 0, "\0<" },
    };
    *mark = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (n >= marks[i].n && memcmp(bytes, marks[i].bytes, marks[i].n) == 0) {
            *mark = marks[i].mark;
            return marks[i].codepage;
        }
    return UNDECLARED;
}

/* Characters of three bytes and more, and hardly a byte that is no UTF-8: in no other encoding does text look like that, whatever it
 * declares. (Characters of two prove nothing: "联通" in GBK is well-formed UTF-8.) */
static bool
plainly_utf8(const unsigned char *bytes, size_t n)
{
    size_t long_ones = 0, bad = 0, used;
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = utf8_decode((const char *)bytes + i, n - i, &used);
        long_ones += used >= 3;
        bad += cp == 0xFFFD && used == 1;
    }
    return long_ones > bad * 8;
}

enum status
charset_decode(struct arena *arena, const unsigned char *bytes, size_t n, const char *label, const char **text, size_t *ntext,
               struct fault *fault)
{
    size_t mark;
    unsigned codepage = marked(bytes, n, &mark);
    bytes += mark;
    n -= mark;
    if (codepage == UNDECLARED)
        codepage = plainly_utf8(bytes, n) ? UTF8 : label != NULL ? codepage_of(label) : UNDECLARED;
    bool valid = memchr(bytes, 0, n) == NULL && utf8_valid((const char *)bytes, n);
    if (codepage == UNDECLARED)
        codepage = valid ? UTF8 : GB18030;
    if (codepage == UTF8 && valid) {
        *text = (const char *)bytes;
        *ntext = n;
        return STATUS_OK;
    }
    struct text out = decode(arena, codepage, bytes, n);
    *text = out.at;
    *ntext = out.n;
    return out.failed ? fault_set(fault, STATUS_MEMORY, "%s", "") : STATUS_OK;
}

/* -- what is declared -- */

/* Where `word` begins in s[from..n), in any case; n: nowhere. */
static size_t
find(const char *s, size_t from, size_t n, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = from; i + length <= n; i++)
        if (same_name(s + i, length, word))
            return i;
    return n;
}

/* The value behind `name` and "=" in s[from..to). */
static bool
value_behind(const char *s, size_t from, size_t to, const char *name, char label[CHARSET_LABEL])
{
    size_t at = find(s, from, to, name) + strlen(name), length = 0;
    while (at < to && strchr(" \t\r\n", s[at]) != NULL)
        at++;
    if (at >= to || s[at++] != '=')
        return false;
    while (at < to && strchr(" \t\r\n\"'", s[at]) != NULL)
        at++;
    while (at < to && strchr(" \t\r\n\"';/?>", s[at]) == NULL && length < CHARSET_LABEL - 1)
        label[length++] = s[at++];
    label[length] = '\0';
    return length > 0;
}

bool
charset_declared(const unsigned char *bytes, size_t n, char label[CHARSET_LABEL])
{
    enum { LOOK = 16384 };              /* browsers look at 1,024; pages with long scripts in front are real */
    const char *s = (const char *)bytes;
    if (n > LOOK)
        n = LOOK;
    size_t instruction = find(s, 0, n, "<?xml ");
    if (instruction < n && value_behind(s, instruction, find(s, instruction, n, "?>"), "encoding", label))
        return true;
    for (size_t at = 0; (at = find(s, at, n, "<meta")) < n; at++)
        if (value_behind(s, at, find(s, at, n, ">"), "charset", label))
            return true;
    return false;
}
