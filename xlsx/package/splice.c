/* SPDX-License-Identifier: MIT */
/* splice: XML 1.0 as xml.c reads it. A tag has no "<" inside (3.1), so it begins at the last one before its end. */
#include "splice.h"

#include "bytes.h"

static const char mark[] = "\xEF\xBB\xBF";

static enum status
read_part(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault)
{
    struct splice *s = from;
    (void)fault;
    *got = s->from.n - s->read < room ? s->from.n - s->read : room;
    memcpy(out, s->from.at + s->read, *got);
    s->read += *got;
    return STATUS_OK;
}

static void
note_tag(struct splice *s)
{
    s->end = s->begin = xml_position(s->xml);
    while (s->begin > 0 && s->from.at[--s->begin] != '<')
        continue;
}

enum status
splice_open(struct splice *s, struct arena *arena, struct xml *xml, const char *part, struct slice bytes, const char *root, struct fault *fault)
{
    *s = (struct splice){ .xml = xml, .from = bytes, .out = text_new(arena) };
    if (bytes.n < 4 || bytes.at[0] == '\0' || bytes.at[1] == '\0' || memcmp(bytes.at, "\xFF\xFE", 2) == 0 || memcmp(bytes.at, "\xFE\xFF", 2) == 0)
        return fault_set(fault, STATUS_UNSUPPORTED, "%s: not UTF-8", part);
    if (memcmp(bytes.at, mark, sizeof mark - 1) == 0) {
        s->from = (struct slice){ bytes.at + sizeof mark - 1, bytes.n - (sizeof mark - 1) };
        text_puts(&s->out, mark);
    }
    enum status status = xml_open(xml, arena, part, (struct xml_source){ read_part, s }, fault);
    if (status == STATUS_OK)
        status = xml_root(xml, root);
    if (status == STATUS_OK)
        note_tag(s);
    return status;
}

bool
splice_child(struct splice *s, size_t depth)
{
    bool more = xml_child(s->xml, depth);
    note_tag(s);
    return more;
}

bool
splice_any(struct splice *s, size_t depth)
{
    for (;;) {
        enum xml_event event = xml_next(s->xml);
        bool child = event == XML_START && s->xml->depth == depth + 1;
        if (!child && (event == XML_START || event == XML_TEXT || (event == XML_END && s->xml->depth >= depth)))
            continue;
        note_tag(s);
        return child;
    }
}

struct slice
splice_element(struct splice *s)
{
    size_t begin = s->begin;
    for (size_t depth = s->xml->depth; splice_any(s, depth); )
        continue;
    return (struct slice){ s->from.at + begin, s->end - begin };
}

void
splice_copy(struct splice *s, size_t to)
{
    if (to > s->taken)
        text_put(&s->out, s->from.at + s->taken, to - s->taken);
    splice_drop(s, to);
}

void
splice_drop(struct splice *s, size_t to)
{
    if (to > s->taken)
        s->taken = to;
}

void
splice_before(struct splice *s, const char *content)
{
    splice_copy(s, s->begin);
    text_puts(&s->out, content);
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the name of a tag that begins at `at`. */
static size_t
name_length(const char *at, size_t n)
{
    size_t i = 0;
    while (i < n && !is_blank(at[i]) && at[i] != '>' && at[i] != '/')
        i++;
    return i;
}

void
splice_append(struct splice *s, const char *content)
{
    const char *tag = s->from.at + s->begin;
    size_t n = s->end - s->begin;
    if (n < 3 || tag[n - 2] != '/') {
        splice_before(s, content);
        return;
    }
    splice_copy(s, s->end - 2);
    text_printf(&s->out, ">%s</", content);
    text_put(&s->out, tag + 1, name_length(tag + 1, n - 1));
    text_putc(&s->out, '>');
    splice_drop(s, s->end);
}

void
splice_attribute(struct splice *s, const char *name, const char *value)
{
    struct slice tag = { s->from.at + s->begin, s->end - s->begin };
    struct tag_range range;
    bool there = tag_attribute(tag, name, &range);
    if (value == NULL && there) {
        splice_copy(s, s->begin + range.begin);
        splice_drop(s, s->begin + range.end + 1);
    } else if (there) {
        splice_copy(s, s->begin + range.value);
        text_puts(&s->out, value);
        splice_drop(s, s->begin + range.end);
    } else if (value != NULL) {
        splice_copy(s, s->begin + 1 + name_length(tag.at + 1, tag.n - 1));
        text_printf(&s->out, " %s=\"%s\"", name, value);
    }
}

const char *
splice_prefix(const struct splice *s)
{
    const char *name = s->from.at + s->begin + 1;
    name += *name == '/';
    size_t n = name_length(name, s->end - s->begin - 1);
    const char *colon = memchr(name, ':', n);
    return arena_text(s->out.arena, name, colon != NULL ? (size_t)(colon + 1 - name) : 0);
}

enum status
splice_finish(struct splice *s, struct slice *bytes)
{
    if (s->xml->status != STATUS_OK)
        return s->xml->status;
    splice_copy(s, s->from.n);
    *bytes = (struct slice){ s->out.at, s->out.n };
    return s->out.failed ? STATUS_MEMORY : STATUS_OK;
}

enum status
splice_check(struct arena *arena, struct xml *xml, const char *part, struct slice bytes, struct fault *fault)
{
    struct splice s = { .xml = xml, .from = bytes };
    enum status status = xml_open(xml, arena, part, (struct xml_source){ read_part, &s }, fault);
    enum xml_event event = XML_FAILED;
    while (status == STATUS_OK && (event = xml_next(xml)) != XML_FAILED && event != XML_FINISHED)
        continue;
    return status != STATUS_OK ? status : xml->status;
}

bool
tag_attribute(struct slice tag, const char *name, struct tag_range *range)
{
    const char *at = tag.at;
    size_t n = strlen(name);
    for (size_t i = 1 + name_length(at + 1, tag.n - 1); i < tag.n; i++) {
        range->begin = i;
        while (i < tag.n && is_blank(at[i]))
            i++;
        size_t begin = i;
        while (i < tag.n && at[i] != '=' && at[i] != '>' && at[i] != '/' && !is_blank(at[i]))
            i++;
        size_t length = i - begin;
        while (i < tag.n && at[i] != '"' && at[i] != '\'')
            i++;
        if (length == 0 || i == tag.n)
            return false;
        char quote = at[i];
        range->value = ++i;
        while (i < tag.n && at[i] != quote)
            i++;
        range->end = i;
        if (length == n && memcmp(at + begin, name, n) == 0)
            return true;
    }
    return false;
}

struct slice
tag_with(struct arena *arena, struct slice element, const char *name, const char *value)
{
    struct text out = text_new(arena);
    struct tag_range range;
    if (tag_attribute(element, name, &range)) {
        text_put(&out, element.at, range.value);
        text_puts(&out, value);
        text_put(&out, element.at + range.end, element.n - range.end);
    } else {
        size_t n = 1 + name_length(element.at + 1, element.n - 1);
        text_put(&out, element.at, n);
        text_printf(&out, " %s=\"%s\"", name, value);
        text_put(&out, element.at + n, element.n - n);
    }
    return (struct slice){ out.failed ? NULL : out.at, out.n };
}

/* "_x000D_" and the like, which readers take for an escaped character. */
static bool
like_escape(const char *s)
{
    return s[0] == '_' && s[1] == 'x' && hex_digit(s[2]) >= 0 && hex_digit(s[3]) >= 0 && hex_digit(s[4]) >= 0 && hex_digit(s[5]) >= 0
        && s[6] == '_';
}

void
tag_put_text(struct text *out, const char *s)
{
    size_t n = strlen(s), done = 0, used;           /* what stands for itself is put when something else comes */
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = utf8_decode(s + i, n - i, &used);
        const char *name = cp == '&' ? "&amp;" : cp == '<' ? "&lt;" : cp == '>' ? "&gt;" : cp == '"' ? "&quot;" : NULL;
        bool escaped = (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0xFFFE || cp == 0xFFFF || (cp == '_' && like_escape(s + i));
        if (name == NULL && !escaped && cp != 0xFFFD)           /* which may be bytes that are no UTF-8 */
            continue;
        text_put(out, s + done, i - done);
        done = i + used;
        if (escaped)
            text_printf(out, "_x%04X_", (unsigned)cp);
        else if (name != NULL)
            text_puts(out, name);
        else
            text_put_cp(out, cp);
    }
    text_put(out, s + done, n - done);
}
