/* SPDX-License-Identifier: MIT */
/* read_mht: a web archive (.mht, .mhtml) as Excel, WPS and browsers save it: MIME (RFC 2045, 2046) with the page and its parts (RFC 2557).
 * All parts that are HTML are read, in order, into one book: Excel writes one for each sheet, browsers one for each frame. Left out: Excel's
 * strip of tabs, encoded words in headers, and other kinds of parts. A part without its last boundary ends with the file. */
#include <string.h>

#include "bytes.h"
#include "charset.h"
#include "html_parts.h"
#include "limits.h"
#include "number_format.h"
#include "read.h"

struct span { const char *at, *end; };

enum { PARAMETER = 128 };           /* bytes of a parameter; a boundary has 70 at most (RFC 2046, 5.1.1) */

/* The line at *s without its end, and *s behind it. */
static struct span
next_line(struct span *s)
{
    const char *end = memchr(s->at, '\n', (size_t)(s->end - s->at));
    struct span line = { s->at, end != NULL ? end : s->end };
    s->at = end != NULL ? end + 1 : s->end;
    if (line.end > line.at && line.end[-1] == '\r')
        line.end--;
    return line;
}

static bool
begins(struct span s, const char *word)
{
    for (; *word != '\0'; word++, s.at++)
        if (s.at == s.end || lower(*s.at) != *word)
            return false;
    return true;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct span
trimmed(struct span s)
{
    while (s.at < s.end && is_blank(*s.at))
        s.at++;
    while (s.at < s.end && is_blank(s.end[-1]))
        s.end--;
    return s;
}

/* -- headers -- */

struct headers { struct span type, encoding, location; };

/* The headers at the beginning of an entity, folded lines included; *entity is then its body. */
static struct headers
read_headers(struct span *entity)
{
    static const char type[] = "content-type:", encoding[] = "content-transfer-encoding:", location[] = "content-location:";
    struct headers headers = { { "", "" }, { "", "" }, { "", "" } };
    headers.type.end = headers.type.at;
    headers.encoding.end = headers.encoding.at;
    headers.location.end = headers.location.at;
    while (entity->at < entity->end) {
        struct span line = next_line(entity);
        if (line.at == line.end)
            break;
        while (entity->at < entity->end && (*entity->at == ' ' || *entity->at == '\t'))
            line.end = next_line(entity).end;
        if (begins(line, type))
            headers.type = trimmed((struct span){ line.at + sizeof type - 1, line.end });
        else if (begins(line, encoding))
            headers.encoding = trimmed((struct span){ line.at + sizeof encoding - 1, line.end });
        else if (begins(line, location))
            headers.location = trimmed((struct span){ line.at + sizeof location - 1, line.end });
    }
    return headers;
}

/* The parameter `name` ("boundary=") of a header. */
static bool
parameter(struct span header, const char *name, char value[PARAMETER])
{
    for (struct span s = header; s.at < s.end; s.at++) {
        if (*s.at != ';' || !begins(trimmed((struct span){ s.at + 1, s.end }), name))
            continue;
        const char *p = trimmed((struct span){ s.at + 1, s.end }).at + strlen(name);
        bool quoted = p < s.end && *p == '"';
        size_t n = 0;
        for (p += quoted; p < s.end && (quoted ? *p != '"' : *p != ';' && !is_blank(*p)) && n < PARAMETER - 1; p++)
            value[n++] = *p;
        value[n] = '\0';
        return n > 0;
    }
    return false;
}

/* -- bodies -- */

static size_t
from_quoted_printable(struct span s, char *out)
{
    size_t n = 0;
    for (const char *p = s.at; p < s.end; p++) {
        int high = s.end - p > 2 ? hex_digit(p[1]) : -1, last = s.end - p > 2 ? hex_digit(p[2]) : -1;
        const char *behind = p + 1;
        while (*p == '=' && behind < s.end && is_blank(*behind) && *behind != '\n')
            behind++;
        if (*p == '=' && high >= 0 && last >= 0) {
            out[n++] = (char)(high << 4 | last);
            p += 2;
        } else if (*p == '=' && (behind == s.end || *behind == '\n')) {
            p = behind;                         /* the line goes on */
        } else {
            out[n++] = *p;
        }
    }
    return n;
}

static size_t
from_base64(struct span s, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = 0;
    uint32_t bits = 0;
    for (unsigned have = 0; s.at < s.end && *s.at != '='; s.at++) {
        const char *digit = *s.at != '\0' ? strchr(digits, *s.at) : NULL;
        if (digit == NULL)
            continue;
        bits = (bits << 6 | (uint32_t)(digit - digits)) & 0xFFFFFF;
        have += 6;
        if (have < 8)
            continue;
        have -= 8;
        out[n++] = (char)(bits >> have & 0xFF);
    }
    return n;
}

static enum status
read_page(struct page *page, const struct headers *headers, struct span body)
{
    static const char tabs[] = "tabstrip.htm";
    char charset[PARAMETER];
    const char *label = parameter(headers->type, "charset=", charset) ? charset : NULL;
    size_t n = (size_t)(body.end - body.at), named = (size_t)(headers->location.end - headers->location.at);
    if (named >= sizeof tabs - 1 && begins((struct span){ headers->location.end - (sizeof tabs - 1), headers->location.end }, tabs))
        return STATUS_OK;
    bool base64 = begins(headers->encoding, "base64");
    if (!base64 && !begins(headers->encoding, "quoted-printable"))
        return html_read_page(page, (const unsigned char *)body.at, n, label);
    char *bytes = arena_raw(page->arena, n + 1);
    if (bytes == NULL)
        return STATUS_MEMORY;
    n = base64 ? from_base64(body, bytes) : from_quoted_printable(body, bytes);
    return html_read_page(page, (const unsigned char *)bytes, n, label);
}

/* -- entities -- */

/* A multipart entity that is being read. */
struct multipart { struct span rest; char boundary[PARAMETER]; };

/* The line is a boundary of it; *last: the one behind all parts. */
static bool
is_boundary(const struct multipart *m, struct span line, bool *last)
{
    size_t n = strlen(m->boundary), length = (size_t)(line.end - line.at);
    if (length < n + 2 || memcmp(line.at, "--", 2) != 0 || memcmp(line.at + 2, m->boundary, n) != 0)
        return false;
    struct span behind = trimmed((struct span){ line.at + 2 + n, line.end });
    *last = behind.end - behind.at == 2 && memcmp(behind.at, "--", 2) == 0;
    return *last || behind.at == behind.end;
}

/* The next part: from behind a boundary to the next one. False: there is none. */
static bool
next_part(struct multipart *m, struct span *part)
{
    bool last = false;
    while (m->rest.at < m->rest.end && !is_boundary(m, next_line(&m->rest), &last))
        continue;
    if (last || m->rest.at == m->rest.end)
        return false;
    *part = (struct span){ m->rest.at, m->rest.at };
    while (m->rest.at < m->rest.end) {
        struct span before = m->rest, line = next_line(&m->rest);
        if (is_boundary(m, line, &last)) {
            m->rest = before;
            break;
        }
        part->end = m->rest.at;
    }
    return true;
}

static enum status
read_entity(struct page *page, struct span entity)
{
    struct multipart open[LIMIT_MIME_DEPTH];
    size_t depth = 0;
    enum status status = STATUS_OK;
    for (;;) {
        struct headers headers = read_headers(&entity);
        if (begins(headers.type, "multipart/")) {
            if (depth == LIMIT_MIME_DEPTH)
                return fault_set(page->fault, STATUS_TOO_BIG, "mht: more than %d parts inside one another", LIMIT_MIME_DEPTH);
            if (!parameter(headers.type, "boundary=", open[depth].boundary))
                return fault_set(page->fault, STATUS_DAMAGED, "mht: no boundary");
            open[depth++].rest = entity;
        } else if (begins(headers.type, "text/html") || begins(headers.type, "application/xhtml+xml")) {
            status = read_page(page, &headers, entity);
        }
        while (status == STATUS_OK && depth > 0 && !next_part(&open[depth - 1], &entity))
            depth--;
        if (status != STATUS_OK || depth == 0)
            return status;
    }
}

enum status
read_mht(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    *book = (struct book){ .arena = arena, .kind = FILE_MHT };
    struct page page = { .arena = arena, .book = book, .fault = fault };
    const char *text = (const char *)bytes;
    enum status status = number_format_begin(book);
    if (status == STATUS_OK)
        status = read_entity(&page, (struct span){ text, text + n });
    return status == STATUS_OK ? html_finish(&page) : status;
}
