/* SPDX-License-Identifier: MIT */
/* html: libxml2's parser of HTML, asked for events. It repairs what is not closed and knows references and raw text; what a table is made
 * of is decided by who is called (read_html.c). Its time is linear but for four things, which are bounded here: the depth of the open
 * elements, end tags that are looked for among them in vain, attributes of a tag, and different names. Its memory is its own and not the
 * arena's: a tag, a comment, the names met and those of the open elements. */
#include <string.h>

#include "html.h"
#include "libxml2.h"
#include "limits.h"

struct reading {
    const struct libxml2 *library;
    htmlParserCtxtPtr parser;
    const char *page;           /* what is not yet read of it */
    size_t n;
    const struct html_events *events;
    void *to;
    size_t steps;               /* through open elements, in vain */
    const unsigned char *last;  /* where the last error was, and how many before were there too */
    size_t turns;
    enum status status;
    struct fault *fault;
};

static void
stop_unless_ok(struct reading *r, enum status status)
{
    if (status == STATUS_OK || r->status != STATUS_OK)
        return;
    r->status = status;
    r->library->stop(r->parser);
}

static void
on_start(void *to, const xmlChar *name, const xmlChar **attributes)
{
    static const char *const none[] = { NULL };
    struct reading *r = to;
    if (r->status != STATUS_OK)
        return;
    if (r->parser->nameNr > LIMIT_HTML_DEPTH) {
        stop_unless_ok(r, fault_set(r->fault, STATUS_TOO_BIG, "html: more than %d elements inside one another", LIMIT_HTML_DEPTH));
        return;
    }
    stop_unless_ok(r, r->events->start(r->to, (const char *)name, attributes != NULL ? (const char *const *)attributes : none));
}

static void
on_end(void *to, const xmlChar *name)
{
    struct reading *r = to;
    if (r->status == STATUS_OK)
        stop_unless_ok(r, r->events->end(r->to, (const char *)name));
}

static void
on_text(void *to, const xmlChar *s, int n)
{
    struct reading *r = to;
    if (r->status == STATUS_OK)
        stop_unless_ok(r, r->events->text(r->to, (const char *)s, (size_t)n));
}

/* Where memory runs out the library may go on for ever, in a loop whose every turn is an error at the same place, unless it is told to
 * stop. That frees its buffers: not while it is at work on them (an error without a parser), then only the state says that this is the end.
 * Behind it the page is empty; but looking for a name the library waits for more of it, or for the end of the tag. */
static void
on_error(void *to, xmlErrorPtr error)
{
    static const xmlChar tag_end[] = ">", nothing[] = "";
    struct reading *r = to;
    htmlParserCtxtPtr parser = r->parser;
    const xmlChar *at = parser != NULL && parser->input != NULL ? parser->input->cur : NULL;
    r->turns = at != NULL && at == r->last ? r->turns + 1 : 0;
    r->last = at;
    r->steps += parser != NULL ? (size_t)parser->nameNr : 0;
    if (r->status == STATUS_OK && (error->code == XML_ERR_NO_MEMORY || r->turns > 2 * LIMIT_HTML_DEPTH))
        r->status = STATUS_MEMORY;
    if (r->status == STATUS_OK && r->steps > LIMIT_HTML_STEPS)
        r->status = fault_set(r->fault, STATUS_TOO_BIG, "html: too many end tags without a beginning");
    if (r->status == STATUS_OK || at == NULL)
        return;
    if (parser->nameTab == NULL)
        parser->nameNr = 0;             /* it could not grow and is lost */
    if (error->ctxt == NULL) {
        parser->instate = XML_PARSER_EOF;
        if (error->domain == XML_FROM_BUFFER) {         /* the page's could not grow: it is nothing from now on, and no base is asked for more */
            parser->input->base = NULL;
            parser->input->cur = nothing;
        }
        return;
    }
    r->library->stop(parser);
    if (error->code == XML_ERR_NAME_REQUIRED) {
        parser->input->base = parser->input->cur = tag_end;
        parser->input->end = tag_end + 1;
    }
}

/* Behind the next `mark`; NULL: there is none. */
static const char *
behind_mark(const char *s, const char *end, const char *mark)
{
    size_t n = strlen(mark);
    while ((s = memchr(s, *mark, (size_t)(end - s))) != NULL && ((size_t)(end - s) < n || memcmp(s, mark, n) != 0))
        s++;
    return s != NULL ? s + n : NULL;
}

/* Where "<![" … ">" begins outside comments, and in *behind where it ends; `end`: nowhere. */
static const char *
condition(const char *s, const char *end, const char **behind)
{
    *behind = end;
    while ((s = behind_mark(s, end, "<!")) != NULL) {
        const char *mark = s - 2;
        bool comment = end - s > 1 && memcmp(s, "--", 2) == 0, found = s < end && *s == '[';
        if (comment || found)
            s = behind_mark(s, end, comment ? "-->" : ">");
        if (s == NULL)
            break;
        if (found) {
            *behind = s;
            return mark;
        }
    }
    return end;
}

/* HTML reads "&nbsp" without a semicolon as the blank, libxml2 as text. */
static size_t
with_blanks(char *page, size_t n)
{
    static const char name[] = "&nbsp", blank[] = "\xC2\xA0";
    char *out = page, *end = page + n;
    for (const char *s = page, *behind; s < end; s = behind) {
        bool bare = false;
        for (behind = s; !bare && (behind = behind_mark(behind, end, name)) != NULL; )
            bare = behind == end || *behind != ';';
        size_t kept = (size_t)((bare ? behind - (sizeof name - 1) : end) - s);
        memmove(out, s, kept);
        out += kept;
        if (!bare)
            break;
        memcpy(out, blank, sizeof blank - 1);
        out += sizeof blank - 1;
    }
    return (size_t)(out - page);
}

/* A copy of the page without <![if …]>, <![endif]> and the like, which Word and Excel write and libxml2 takes for text; with a byte order mark,
 * which says that it is UTF-8 and needs no conversion, so that the library has one buffer only. */
static char *
without_conditions(struct arena *arena, const char *page, size_t *n)
{
    static const char mark_of_utf8[] = "\xEF\xBB\xBF";
    char *copy = arena_raw(arena, *n + sizeof mark_of_utf8), *out = copy;
    if (copy == NULL)
        return NULL;
    memcpy(out, mark_of_utf8, sizeof mark_of_utf8 - 1);
    out += sizeof mark_of_utf8 - 1;
    for (const char *s = page, *end = page + *n, *behind; s < end; s = behind) {
        const char *mark = condition(s, end, &behind);
        memcpy(out, s, (size_t)(mark - s));
        out += mark - s;
    }
    *n = with_blanks(copy, (size_t)(out - copy));
    return copy;
}

/* The next bytes of the page, unless what is being read of it gets too much: a tag, however long, is read in steps. */
static int
on_more(void *from, char *out, int room)
{
    struct reading *r = from;
    if (r->parser->maxatts > 4 * LIMIT_HTML_ATTRIBUTES)          /* room for names and values, doubled when it is short */
        r->status = fault_set(r->fault, STATUS_TOO_BIG, "html: more than %d attributes in a tag", LIMIT_HTML_ATTRIBUTES);
    else if (r->library->count_names(r->parser->dict) > LIMIT_HTML_NAMES)
        r->status = fault_set(r->fault, STATUS_TOO_BIG, "html: more than %d names of elements and attributes", LIMIT_HTML_NAMES);
    if (r->status != STATUS_OK)
        return 0;
    size_t n = r->n < (size_t)room ? r->n : (size_t)room;
    memcpy(out, r->page, n);
    r->page += n;
    r->n -= n;
    return (int)n;
}

static enum status
parse(struct reading *r)
{
    r->library->report(r, on_error);
    r->parser = r->library->new_parser();
    if (r->parser == NULL) {
        r->library->report(NULL, NULL);
        return STATUS_MEMORY;
    }
    *r->parser->sax = (xmlSAXHandler){ .startElement = on_start, .endElement = on_end, .characters = on_text,
                                       .ignorableWhitespace = on_text };
    r->parser->userData = r;
    r->library->read(r->parser, on_more, NULL, r, NULL, NULL,
                     HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET | HTML_PARSE_NOWARNING);
    if (r->status == STATUS_OK && r->parser->errNo == XML_ERR_NO_MEMORY)
        r->status = STATUS_MEMORY;
    if (r->status == STATUS_OK && r->n > 0)
        r->status = fault_set(r->fault, STATUS_DAMAGED, "html: not all of the page could be read");
    r->library->free_parser(r->parser);
    r->library->report(NULL, NULL);
    return r->status;
}

enum status
html_read(struct arena *arena, const char *page, size_t n, const struct html_events *events, void *to, struct fault *fault)
{
    struct libxml2 library;
    if (n > LIMIT_HTML)
        return fault_set(fault, STATUS_TOO_BIG, "html: more than %d bytes", LIMIT_HTML);
    if (!libxml2_load(&library))
        return fault_set(fault, STATUS_UNSUPPORTED, "libxml2");
    const char *copy = without_conditions(arena, page, &n);
    struct reading reading = { .library = &library, .page = copy, .n = n, .events = events, .to = to, .fault = fault };
    enum status status = copy != NULL ? parse(&reading) : STATUS_MEMORY;
    return status == STATUS_MEMORY ? fault_set(fault, status, "%s", "") : status;
}
