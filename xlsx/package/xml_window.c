/* SPDX-License-Identifier: MIT */
/* xml_window: bytes of a part become checked UTF-8 in the scanner's window. XML 1.0 (fifth edition) 2.2 (characters) and 4.3.3 and
 * appendix F (encodings); Open Packaging Conventions allow UTF-8 and UTF-16 only. Bytes that are no characters of XML make a part
 * damaged: a replacement character in a label or a name would be a change in silence. */
#include "bytes.h"
#include "xml.h"

enum encoding { UTF8, UTF16LE, UTF16BE };

enum {
    WINDOW = 128 << 10,         /* zlib gives this much per call at its best speed; most parts of a report are smaller */
    RAW = 4096                  /* bytes of UTF-16 taken at once */
};

/* The highest bit of a byte is set where one of eight is not ASCII, or a control character, DEL apart; behind the first such one it may
 * be set elsewhere too. */
static inline uint64_t
odd8(const unsigned char *p)
{
    uint64_t x = le64(p);
    return (x | (x - UINT64_C(0x2020202020202020))) & UINT64_C(0x8080808080808080);
}

static inline bool
plain32(const unsigned char *p)
{
    return (odd8(p) | odd8(p + 8) | odd8(p + 16) | odd8(p + 24)) == 0;
}

/* How many bytes in front of the first odd one of eight. */
static inline size_t
plain8(const unsigned char *p)
{
    uint64_t odd = odd8(p);
    return odd != 0 ? (size_t)__builtin_ctzll(odd) / 8 : 8;
}

/* A character from U+1000 to U+CFFF: nearly all of Chinese. */
static bool
cjk(const unsigned char *p)
{
    return p[0] > 0xE0 && p[0] < 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* Bytes that the character beginning with `lead` takes. */
static size_t
char_size(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* How many of the n bytes are whole characters that XML allows. */
static size_t
checked(const unsigned char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        while (n - i >= 32 + 8 && plain32(p + i))
            i += 32;
        for (size_t plain = 8; plain == 8 && n - i >= 8; i += plain)
            plain = plain8(p + i);
        while (n - i >= 3 && cjk(p + i))
            i += 3;
        if (i < n && (n - i < 8 || plain8(p + i) == 0)) {
            size_t used = 1;
            uint32_t cp = p[i] < 0x80 ? p[i] : utf8_decode((const char *)p + i, n - i, &used);
            if (used < char_size(p[i]) || (p[i] >= 0x80 && used == 1) || !xml_is_char(cp))
                return i;
            i += used;
        }
    }
    return n;
}

static bool
failed(struct xml *xml, enum status status)
{
    xml->status = status;
    return false;
}

/* Fill `out` behind the *n bytes that are there, and count those. */
static bool
fetch(struct xml *xml, unsigned char *out, size_t room, size_t *n)
{
    size_t ahead = xml->ahead.n < room - *n ? xml->ahead.n : room - *n, got;
    memcpy(out + *n, xml->ahead.at, ahead);
    xml->ahead.at += ahead;
    xml->ahead.n -= ahead;
    *n += ahead;
    enum status status = xml->source.read(xml->source.from, out + *n, room - *n, &got, xml->fault);
    if (status != STATUS_OK)
        return failed(xml, status);
    xml->drained = got < room - *n;
    *n += got;
    return true;
}

/* Lengthen the window by the n bytes behind `end`, which are UTF-8. */
static bool
accept_utf8(struct xml *xml, size_t n)
{
    size_t good = checked(xml->end, n);
    xml->nrest = n - good;
    bool sound = xml->nrest == 0 || (!xml->drained && xml->nrest < sizeof xml->rest && xml->nrest < char_size(xml->end[good]));
    if (!sound) {
        xml->at = xml->end + good;
        return failed(xml, xml_damaged(xml, "bytes that are not a character"));
    }
    memcpy(xml->rest, xml->end + good, xml->nrest);
    xml->end += good;
    return true;
}

static bool
take_utf8(struct xml *xml)
{
    size_t n = xml->nrest;
    memcpy(xml->end, xml->rest, n);
    return fetch(xml, xml->end, xml->cap - (size_t)(xml->end - xml->window) - 1, &n) && accept_utf8(xml, n);
}

static uint32_t
unit(const struct xml *xml, const unsigned char *p)
{
    bool little = xml->encoding == UTF16LE;
    return (uint32_t)p[little] << 8 | p[!little];
}

/* Fill the window behind `end` from UTF-16. A unit of it never takes more than three bytes. */
static bool
take_utf16(struct xml *xml)
{
    unsigned char raw[RAW];
    size_t room = xml->cap - (size_t)(xml->end - xml->window) - 1;
    size_t want = room / 3 * 2 < sizeof raw ? room / 3 * 2 : sizeof raw;
    size_t n = xml->nrest, i = 0;
    memcpy(raw, xml->rest, n);
    if (!fetch(xml, raw, want, &n))
        return false;
    while (n - i >= 2) {
        uint32_t cp = unit(xml, raw + i);
        size_t size = cp >= 0xD800 && cp <= 0xDBFF ? 4 : 2;
        if (n - i < size)
            break;
        if (size == 4) {
            uint32_t low = unit(xml, raw + i + 2);
            cp = low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00) : 0;
        }
        if (!xml_is_char(cp))
            break;
        xml->end += utf8_encode(cp, (char *)xml->end);
        i += size;
    }
    xml->nrest = n - i;
    if (xml->nrest >= sizeof xml->rest || (xml->drained && xml->nrest > 0)) {
        xml->at = xml->end;
        return failed(xml, xml_damaged(xml, "units that are not a character"));
    }
    memcpy(xml->rest, raw + i, xml->nrest);
    return true;
}

bool
xml_window_more(struct xml *xml)
{
    if (xml->drained || xml->status != STATUS_OK)
        return false;
    size_t kept = (size_t)(xml->end - xml->at);
    xml->passed += (uint64_t)(xml->at - xml->window);
    memmove(xml->window, xml->at, kept);
    if (kept > xml->cap / 2) {
        if (xml->cap >= LIMIT_XML_TAG)
            return failed(xml, xml_damaged(xml, "an endless tag"));
        if (!arena_room(xml->arena, &xml->window, xml->cap, &xml->cap, 1))
            return failed(xml, STATUS_MEMORY);
    }
    xml->at = xml->window;
    xml->end = xml->window + kept;
    bool taken = xml->encoding == UTF8 ? take_utf8(xml) : take_utf16(xml);
    *xml->end = '\0';
    return taken;
}

/* What is kept from one part to the next, and is written before it is read: a scanner that had it in itself would be zeroed for nothing. */
static bool
get_room(struct xml *xml)
{
    xml->attributes = arena_raw(xml->arena, LIMIT_XML_ATTRIBUTES * sizeof *xml->attributes);
    xml->name_ends = arena_raw(xml->arena, (LIMIT_XML_DEPTH + 1) * sizeof *xml->name_ends);
    unsigned char *window = arena_raw(xml->arena, WINDOW);
    if (xml->attributes == NULL || xml->name_ends == NULL || window == NULL)
        return false;
    xml->name_ends[0] = 0;
    xml->window = window;
    xml->cap = WINDOW;
    return true;
}

/* Tell the encoding by its mark, or by how "<?" is written. The first bytes are read to where UTF-8 is scanned. */
bool
xml_window_open(struct xml *xml)
{
    enum { HEAD = 4 };
    size_t n = 0, mark = 0;
    if (xml->window == NULL && !get_room(xml))
        return failed(xml, STATUS_MEMORY);
    unsigned char *head = xml->at = xml->end = xml->window;
    xml->ahead = (struct slice){ "", 0 };
    xml->nrest = 0;
    if (!fetch(xml, head, xml->cap - 1, &n))
        return false;
    if (n < HEAD)
        return failed(xml, xml_damaged(xml, "not an XML part"));
    if (memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        mark = 3;
    else if (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0)
        mark = 2;
    if (mark == 2 || head[1] == 0 || head[0] == 0)
        xml->encoding = head[0] == 0xFF || head[1] == 0 ? UTF16LE : UTF16BE;
    else
        xml->encoding = UTF8;
    if (xml->encoding == UTF8) {
        if (mark > 0)
            memmove(head, head + mark, n - mark);
        bool accepted = accept_utf8(xml, n - mark);
        *xml->end = '\0';
        return accepted;
    }
    xml->ahead = (struct slice){ (const char *)head + mark, n - mark };
    xml->window = arena_raw(xml->arena, xml->cap);
    if (xml->window == NULL)
        return failed(xml, STATUS_MEMORY);
    xml->at = xml->end = xml->window;
    xml->drained = false;
    return xml_window_more(xml);
}
