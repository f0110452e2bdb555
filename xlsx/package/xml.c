/* SPDX-License-Identifier: MIT */
/* xml: XML 1.0 (fifth edition) without document types (Open Packaging Conventions, ECMA-376 part 2, forbid them: no entity is ever
 * expanded). Characters of names are checked within ASCII only. Markup compatibility (ECMA-376 part 3) is left to the readers: documents
 * have it (SPACE_CHOICE); in workbooks no writer puts a cell there.
 * Markup is scanned where it lies and begun again when the window ends inside it; a NUL, which is no character of XML, ends the window,
 * so the inner loops look for nothing but their own ends. */
#include <stdio.h>

#include "bytes.h"
#include "xml.h"

const unsigned char xml_class[256] = {
    56, 0, 0, 0, 0, 0, 0, 0, 0, 52, 52, 0, 0, 60, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 16, 0, 0, 0, 56, 32, 0, 0, 0, 0, 0, 1, 1, 0,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 56, 0, 0, 0,
    0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 8, 0, 3,
    0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
};

enum scan { SCAN_DONE, SCAN_MORE, SCAN_BAD };       /* MORE: the window ends here; BAD: xml->status says why */

enum status
xml_damaged(struct xml *xml, const char *what)
{
    unsigned long long byte = xml->passed + (uint64_t)(xml->at - xml->window);
    return fault_set(xml->fault, STATUS_DAMAGED, "%s: %s at byte %llu", xml->part, what, byte);
}

static enum scan
bad(struct xml *xml, const char *what)
{
    xml->status = xml_damaged(xml, what);
    return SCAN_BAD;
}

/* The scanner stopped at p over something it does not know; if that is the end of the window, it may still be all right. */
static enum scan
unless_more(struct xml *xml, const unsigned char *p, const char *what)
{
    return p >= xml->end ? SCAN_MORE : bad(xml, what);
}

enum status
xml_open(struct xml *xml, struct arena *arena, const char *part, struct xml_source source, struct fault *fault)
{
    xml->arena = arena;
    xml->part = part;
    xml->source = source;
    xml->fault = fault;
    xml->status = STATUS_OK;
    xml->depth = xml->nbindings = 0;
    xml->passed = 0;
    xml->drained = xml->empty = xml->rooted = false;
    xml->default_space = SPACE_FOREIGN;
    xml_window_open(xml);
    return xml->status;
}

static inline unsigned char *
skip(unsigned char *p, int what)
{
    while (xml_class[*p] & what)
        p++;
    return p;
}

static inline unsigned char *
skip_to(unsigned char *p, int what)
{
    while (!(xml_class[*p] & what))
        p++;
    return p;
}

/* -- references -- */

uint32_t
xml_reference(const unsigned char *p, size_t n, size_t *used)
{
    static const struct { const char *name; size_t n; uint32_t cp; } named[] = {
        { "amp;", 4, '&' }, { "lt;", 3, '<' }, { "gt;", 3, '>' }, { "quot;", 5, '"' }, { "apos;", 5, '\'' },
    };
    if (n < 4)
        return 0;
    if (p[1] != '#') {
        for (size_t i = 0; i < sizeof named / sizeof *named; i++)
            if (n > named[i].n && memcmp(p + 1, named[i].name, named[i].n) == 0) {
                *used = named[i].n + 1;
                return named[i].cp;
            }
        return 0;
    }
    bool hex = p[2] == 'x';
    uint32_t cp = 0;
    size_t i = hex ? 3 : 2, first = i;
    for (; i < n && p[i] != ';'; i++) {
        int digit = hex_digit((char)p[i]);
        if (digit < 0 || (!hex && digit > 9) || cp > 0x10FFFF)
            return 0;
        cp = cp * (hex ? 16 : 10) + (uint32_t)digit;
    }
    *used = i + 1;
    return i > first && i < n && xml_is_char(cp) ? cp : 0;
}

/* Decode a value where it lies (no reference is shorter than its character); 3.3.3: white space becomes blanks. */
static bool
decode_value(struct slice *value)
{
    unsigned char *s = (unsigned char *)(uintptr_t)value->at, *out = s, *end = s + value->n;
    while (s < end) {
        if (*s == '&') {
            size_t used;
            uint32_t cp = xml_reference(s, (size_t)(end - s), &used);
            if (cp == 0)
                return false;
            out += utf8_encode(cp, (char *)out);
            s += used;
        } else if (*s == '\r' && s + 1 < end && s[1] == '\n') {
            s++;
        } else {
            *out++ = xml_class[*s] & BLANK ? ' ' : *s;
            s++;
        }
    }
    value->n = (size_t)(out - (const unsigned char *)value->at);
    return true;
}

/* -- text -- */

/* 2.4: "]]>" is no text. There is a ']' at p: DONE: one that is; MORE: who knows. */
static enum scan
check_bracket(struct xml *xml, const unsigned char *p)
{
    size_t left = (size_t)(xml->end - p);
    if (left >= 3 && memcmp(p, "]]>", 3) == 0)
        return bad(xml, "]]> outside a CDATA section");
    return left < 3 && !xml->drained && p[left - 1] == ']' ? SCAN_MORE : SCAN_DONE;
}

/* A '&' or CR was met at p: decode in place up to the next tag or as far as the window allows. What is left unread begins at xml->at. */
static enum scan
decode_text(struct xml *xml, unsigned char *p)
{
    enum { REFERENCE_MAX = 12 };
    unsigned char *start = xml->at, *out = p;
    while (*p != '<' && p < xml->end) {
        size_t left = (size_t)(xml->end - p);
        if (*p == '&') {
            size_t used;
            uint32_t cp = xml_reference(p, left, &used);
            if (cp == 0 && left < REFERENCE_MAX && !xml->drained)
                break;
            if (cp == 0)
                return bad(xml, "an unknown entity");
            out += utf8_encode(cp, (char *)out);
            p += used;
        } else if (*p == '\r') {        /* 2.11: CR LF and CR are one LF */
            if (left == 1 && !xml->drained)
                break;
            p += left > 1 && p[1] == '\n';
            p++;
            *out++ = '\n';
        } else {
            enum scan bracket = *p == ']' ? check_bracket(xml, p) : SCAN_DONE;
            if (bracket == SCAN_BAD)
                return bracket;
            if (bracket == SCAN_MORE)
                break;
            *out++ = *p++;
        }
    }
    if (out == start)
        return SCAN_MORE;
    xml->text = (struct slice){ (const char *)start, (size_t)(out - start) };
    xml->at = p;
    return SCAN_DONE;
}

static enum scan
scan_text(struct xml *xml)
{
    unsigned char *p = skip_to(xml->at, TEXT_STOP);
    for (enum scan bracket = SCAN_DONE; *p == ']' && bracket == SCAN_DONE; ) {
        bracket = check_bracket(xml, p);
        if (bracket == SCAN_BAD)
            return bracket;
        if (bracket == SCAN_DONE)
            p = skip_to(p + 1, TEXT_STOP);
    }
    if (*p == '&' || *p == '\r')
        return decode_text(xml, p);
    if (p == xml->at)
        return SCAN_MORE;
    xml->text = (struct slice){ (const char *)xml->at, (size_t)(p - xml->at) };
    xml->at = p;
    return SCAN_DONE;
}

/* -- comments, processing instructions, CDATA -- */

/* What is behind the first `mark` from p on. NULL: the window ends before it. */
static unsigned char *
behind(const struct xml *xml, unsigned char *p, const char *mark)
{
    size_t n = strlen(mark);
    while ((p = memchr(p, mark[0], (size_t)(xml->end - p))) != NULL && (size_t)(xml->end - p) >= n) {
        if (memcmp(p, mark, n) == 0)
            return p + n;
        p++;
    }
    return NULL;
}

/* Only UTF-8 (and its part ASCII) may be declared where the bytes are UTF-8; UTF-16 was told by its bytes. */
static bool
check_declaration(const unsigned char *p, const unsigned char *end)
{
    static const char key[] = "encoding";
    for (; end - p > 16; p++) {
        if (memcmp(p, key, sizeof key - 1) != 0)
            continue;
        p += sizeof key - 1;
        while (p < end && (xml_class[*p] & BLANK || *p == '=' || *p == '"' || *p == '\''))
            p++;
        char name[9] = "";
        for (size_t i = 0; i < sizeof name - 1 && p < end && *p != '"' && *p != '\''; i++, p++)
            name[i] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        return strcmp(name, "utf-8") == 0 || strcmp(name, "utf8") == 0 || strcmp(name, "us-ascii") == 0 || strncmp(name, "utf-16", 6) == 0;
    }
    return true;
}

static enum scan
scan_instruction(struct xml *xml)
{
    unsigned char *end = behind(xml, xml->at + 2, "?>");
    if (end == NULL)
        return SCAN_MORE;
    bool declaration = end - xml->at > 7 && memcmp(xml->at, "<?xml", 5) == 0 && (xml_class[xml->at[5]] & BLANK);
    if (declaration && (xml->passed != 0 || xml->at != xml->window || !check_declaration(xml->at, end)))
        return bad(xml, "a misplaced XML declaration or another encoding than UTF-8 and UTF-16");
    xml->at = end;
    return SCAN_DONE;
}

static enum scan
scan_comment(struct xml *xml)
{
    unsigned char *end = behind(xml, xml->at + 4, "--");
    if (end == NULL)
        return SCAN_MORE;
    if (*end != '>')
        return unless_more(xml, end, "-- inside a comment");
    xml->at = end + 1;
    return SCAN_DONE;
}

/* 2.11 for a text without references: its length when CR LF and CR have become LF. */
static size_t
end_lines(unsigned char *s, size_t n)
{
    unsigned char *out = memchr(s, '\r', n);
    if (out == NULL)
        return n;
    for (const unsigned char *p = out, *end = s + n; p < end; p++) {
        if (*p == '\r' && p + 1 < end && p[1] == '\n')
            p++;
        *out++ = *p == '\r' ? '\n' : *p;
    }
    return (size_t)(out - s);
}

/* "<!": a comment, which gives nothing, or a CDATA section, which is text. */
static enum scan
scan_bang(struct xml *xml)
{
    static const char cdata[] = "<![CDATA[", close[] = "]]>";
    size_t left = (size_t)(xml->end - xml->at), n = sizeof cdata - 1;
    if (left >= 4 && memcmp(xml->at, "<!--", 4) == 0)
        return scan_comment(xml);
    if (left < n)
        return SCAN_MORE;
    if (xml->depth == 0 || memcmp(xml->at, cdata, n) != 0)
        return bad(xml, "a document type or unknown declaration");
    unsigned char *start = xml->at + n, *end = behind(xml, start, close);
    if (end == NULL)
        return SCAN_MORE;
    xml->text = (struct slice){ (const char *)start, end_lines(start, (size_t)(end - start) - (sizeof close - 1)) };
    xml->at = end;
    return SCAN_DONE;
}

/* -- tags -- */

/* The end of the name at p, with its prefix if it has one; *local is where the name proper begins. NULL: not a name. */
static inline unsigned char *
scan_name(unsigned char *p, unsigned char **local)
{
    *local = p;
    if (!(xml_class[*p] & NAME_START))
        return NULL;
    p = skip(p + 1, NAME);
    if (*p != ':')
        return p;
    *local = ++p;
    return xml_class[*p] & NAME_START ? skip(p + 1, NAME) : NULL;
}

/* One attribute at *p, which is moved behind it. */
static enum scan
scan_attribute(struct xml *xml, unsigned char **p)
{
    struct xml_attribute *a = &xml->attributes[xml->nattributes];
    unsigned char *local, *s = scan_name(*p, &local);
    if (s == NULL)
        return unless_more(xml, local, "a malformed tag");
    if (xml->nattributes++ == LIMIT_XML_ATTRIBUTES)
        return bad(xml, "too many attributes");
    a->name = (struct slice){ (const char *)*p, (size_t)(s - *p) };
    a->coded = false;
    if (*s != '=')
        s = skip(s, BLANK);
    if (*s != '=')
        return unless_more(xml, s, "a malformed attribute");
    s = skip(s + 1, BLANK);
    unsigned char quote = *s;
    if (quote != '"' && quote != '\'')
        return unless_more(xml, s, "a malformed attribute");
    int stop = quote == '"' ? QUOTE2_STOP : QUOTE1_STOP;
    a->value.at = (const char *)++s;
    while (s = skip_to(s, stop), *s != quote) {
        if (*s == '<' || *s == '\0')
            return unless_more(xml, s, "a malformed attribute");
        a->coded = true;
        s++;
    }
    a->value.n = (size_t)((const char *)s - a->value.at);
    *p = s + 1;
    return SCAN_DONE;
}

/* A bit of 64 that two equal names share, and other names of one element rarely. */
static inline uint64_t
name_bit(const struct slice *name)
{
    unsigned first = (unsigned char)name->at[0], last = (unsigned char)name->at[name->n - 1];
    return UINT64_C(1) << ((first ^ last << 1 ^ (unsigned)name->n << 2) & 63u);
}

/* Does one of the first n attributes have this name? */
static bool
is_twin(const struct xml *xml, size_t n, const struct slice *name)
{
    for (size_t i = 0; i < n; i++) {
        const struct slice *other = &xml->attributes[i].name;
        if (other->n == name->n && memcmp(other->at, name->at, name->n) == 0)
            return true;
    }
    return false;
}

/* The attributes are whole: no two of one name, values decoded. *binds: there are namespaces among them. */
static bool
finish_attributes(struct xml *xml, bool *binds)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < xml->nattributes; i++) {
        struct xml_attribute *a = &xml->attributes[i];
        uint64_t bit = name_bit(&a->name);
        if ((a->coded && !decode_value(&a->value)) || (seen & bit && is_twin(xml, i, &a->name)))
            return false;
        seen |= bit;
        if (a->name.at[0] == 'x' && a->name.n >= 5 && memcmp(a->name.at, "xmlns", 5) == 0)
            *binds = true;
    }
    return true;
}

/* The name of an element with content is kept to be compared with that of its end tag. */
static bool
push_name(struct xml *xml, const char *name, size_t n)
{
    size_t begin = xml->name_ends[xml->depth - 1];
    while (xml->names_cap - begin < n)
        if (!arena_room(xml->arena, &xml->names, xml->names_cap, &xml->names_cap, 1)) {
            xml->status = STATUS_MEMORY;
            return false;
        }
    for (size_t i = 0; i < n; i++)              /* most names are a letter or two */
        xml->names[begin + i] = name[i];
    xml->name_ends[xml->depth] = begin + n;
    return true;
}

bool
xml_enter(struct xml *xml, const char *name)
{
    if (xml->depth == LIMIT_XML_DEPTH)
        return false;
    xml->depth++;
    xml->nattributes = 0;
    if (push_name(xml, name, strlen(name)))
        return true;
    xml->depth--;
    return false;
}

static enum scan
scan_start(struct xml *xml)
{
    unsigned char *p = xml->at + 1;
    unsigned char *name = p, *local;
    xml->nattributes = 0;
    p = scan_name(name, &local);
    if (p == NULL)
        return unless_more(xml, local, "a malformed tag");
    size_t name_n = (size_t)(p - name);
    xml->name = (struct slice){ (const char *)local, (size_t)(p - local) };
    for (;;) {
        unsigned char *blank = p;
        p = skip(p, BLANK);
        if (*p == '>' || *p == '/')
            break;
        if (p == blank)
            return unless_more(xml, p, "a malformed tag");
        enum scan scan = scan_attribute(xml, &p);
        if (scan != SCAN_DONE)
            return scan;
    }
    xml->empty = *p == '/';
    p += xml->empty;
    if (*p != '>')
        return unless_more(xml, p, "a malformed tag");
    bool binds = false;
    if (xml->depth == LIMIT_XML_DEPTH)
        return bad(xml, "elements too deep");
    if (xml->depth == 0 && xml->rooted)
        return bad(xml, "a second root element");
    if (!finish_attributes(xml, &binds))
        return bad(xml, "two attributes of one name or an unknown entity");
    xml->rooted = true;
    xml->depth++;
    if (!xml->empty && !push_name(xml, (const char *)name, name_n))
        return SCAN_BAD;
    if (binds && !xml_space_bind(xml))
        return SCAN_BAD;
    xml->space = xml->default_space;
    if (local > name && !xml_space_of(xml, (struct slice){ (const char *)name, (size_t)(local - name) - 1 }, &xml->space))
        return bad(xml, "an undeclared prefix");
    xml->at = p + 1;
    return SCAN_DONE;
}

static enum xml_event
leave(struct xml *xml)
{
    xml->empty = false;
    xml->depth--;
    if (xml->nbindings > 0 && xml->bindings[xml->nbindings - 1].depth > xml->depth)
        xml_space_unbind(xml);
    return XML_END;
}

static enum scan
scan_end(struct xml *xml)
{
    if (xml->depth == 0)
        return bad(xml, "an end tag too many");
    size_t begin = xml->name_ends[xml->depth - 1], n = xml->name_ends[xml->depth] - begin;
    unsigned char *p = xml->at + 2;
    const char *name = xml->names + begin;
    if ((size_t)(xml->end - p) <= n)
        return memchr(p, '>', (size_t)(xml->end - p)) != NULL ? bad(xml, "a wrong end tag") : SCAN_MORE;
    for (; n > 0 && *p == (unsigned char)*name; n--, name++)
        p++;
    if (n > 0 || xml_class[*p] & NAME)
        return bad(xml, "a wrong end tag");
    p = skip(p, BLANK);
    if (*p != '>')
        return unless_more(xml, p, "a malformed tag");
    xml->at = p + 1;
    return SCAN_DONE;
}

/* -- events -- */

/* Outside the root element there is only white space between markup. True at the next markup. */
static bool
between(struct xml *xml)
{
    for (;;) {
        xml->at = skip(xml->at, BLANK);
        if (*xml->at == '<')
            return true;
        if (xml->at == xml->end && xml_window_more(xml))
            continue;
        if (xml->at < xml->end)
            bad(xml, "text outside the root element");
        else if (xml->status == STATUS_OK && !xml->rooted)
            bad(xml, "no element");
        return false;
    }
}

/* Scan one piece of markup or text. */
static enum scan
scan(struct xml *xml, enum xml_event *event)
{
    *event = XML_TEXT;
    xml->text.n = 0;
    if (*xml->at != '<')
        return scan_text(xml);
    switch (xml->at[1]) {
    case '!':
        return scan_bang(xml);
    case '?':
        return scan_instruction(xml);
    case '/':
        *event = XML_END;
        return scan_end(xml);
    default:
        *event = XML_START;
        return scan_start(xml);
    }
}

enum xml_event
xml_next(struct xml *xml)
{
    if (xml->status != STATUS_OK)
        return XML_FAILED;
    if (xml->empty)
        return leave(xml);
    for (;;) {
        if (xml->depth == 0 && !between(xml))
            return xml->status == STATUS_OK ? XML_FINISHED : XML_FAILED;
        enum xml_event event;
        switch (scan(xml, &event)) {
        case SCAN_DONE:
            if (event == XML_END)
                return leave(xml);
            if (event == XML_START || xml->text.n > 0)
                return event;
            break;                      /* a comment and the like */
        case SCAN_MORE:
            if (xml_window_more(xml))
                break;
            if (xml->status == STATUS_OK)
                bad(xml, "the part ends inside an element");
            return XML_FAILED;
        case SCAN_BAD:
            return XML_FAILED;
        }
    }
}

enum status
xml_root(struct xml *xml, const char *name)
{
    if (xml_next(xml) == XML_FAILED)
        return xml->status;
    return xml_is(xml, name) && xml->space == SPACE_OFFICE ? STATUS_OK : xml_damaged(xml, "an unknown root element");
}

bool
xml_child(struct xml *xml, size_t depth)
{
    for (;;)
        switch (xml_next(xml)) {
        case XML_START:
            if (xml->depth == depth + 1 && xml->space != SPACE_FOREIGN)
                return true;
            break;
        case XML_END:
            if (xml->depth < depth)
                return false;
            break;
        case XML_TEXT:
            break;
        case XML_FAILED:
        case XML_FINISHED:
            return false;
        }
}

/* Append the text of the element just started; `deep`: that of its children too. */
static enum status
gather(struct xml *xml, struct text *out, bool deep)
{
    size_t depth = xml->depth;
    for (;;)
        switch (xml_next(xml)) {
        case XML_TEXT:
            if (xml->depth != depth && !deep)
                break;
            if (xml->text.n > LIMIT_CELL_TEXT - out->n)
                return fault_set(xml->fault, STATUS_TOO_BIG, "%s: a text of more than %d bytes", xml->part, LIMIT_CELL_TEXT);
            text_put(out, xml->text.at, xml->text.n);
            break;
        case XML_END:
            if (xml->depth < depth)
                return out->failed ? STATUS_MEMORY : STATUS_OK;
            break;
        case XML_START:
            break;
        case XML_FAILED:
        case XML_FINISHED:
            return xml->status;
        }
}

enum status
xml_content(struct xml *xml, struct text *out)
{
    return gather(xml, out, false);
}

enum status
xml_content_deep(struct xml *xml, struct text *out)
{
    return gather(xml, out, true);
}
