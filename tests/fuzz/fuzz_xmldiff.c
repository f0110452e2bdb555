/* SPDX-License-Identifier: MIT */
/* Our scanner beside expat: the same events, or both refuse. What may differ, and why, is in the two tables below. */
#define XML_FINISHED EXPAT_FINISHED      /* one name of expat's is one of ours */
#include <expat.h>
#undef XML_FINISHED
#include <string.h>

#include "bytes.h"
#include "fuzz.h"
#include "text.h"
#include "xml.h"

/* One reading of a part: its events as text, and how it ended. */
struct reading {
    struct text events;
    bool accepted;
    bool exotic;                    /* ours: a name has characters outside of ASCII */
    bool doctype;                   /* expat: there is a document type */
    bool colons;                    /* expat: a name that is none in namespaces */
    const char *reason;
    size_t at;                      /* expat: the byte at which it refused */
};

/* -- ours -- */

static bool
is_ascii(const struct slice *name)
{
    for (size_t i = 0; i < name->n; i++)
        if (name->at[i] & '\x80')
            return false;
    return true;
}

static void
note_start(struct reading *ours, const struct xml *xml)
{
    text_puts(&ours->events, "\1<");
    text_put(&ours->events, xml->name.at, xml->name.n);
    ours->exotic |= !is_ascii(&xml->name);
    for (size_t i = 0; i < xml->nattributes; i++) {
        const struct xml_attribute *a = &xml->attributes[i];
        text_putc(&ours->events, '\2');
        text_put(&ours->events, a->name.at, a->name.n);
        text_putc(&ours->events, '\3');
        text_put(&ours->events, a->value.at, a->value.n);
        ours->exotic |= !is_ascii(&a->name);
    }
    text_putc(&ours->events, '\4');
}

static void
read_ours(struct arena *arena, const unsigned char *bytes, size_t n, struct reading *ours, struct fault *fault)
{
    struct fuzz_feed feed = { bytes, n };
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    FUZZ_HOLDS(xml != NULL);
    ours->events = text_new(arena);
    if (xml_open(xml, arena, "", (struct xml_source){ fuzz_feed_read, &feed }, fault) != STATUS_OK)
        return;
    for (;;)
        switch (xml_next(xml)) {
        case XML_START:
            note_start(ours, xml);
            break;
        case XML_END:
            text_puts(&ours->events, "\1>\4");
            break;
        case XML_TEXT:
            text_put(&ours->events, xml->text.at, xml->text.n);
            break;
        case XML_FINISHED:
            ours->accepted = true;
            return;
        case XML_FAILED:
            return;
        }
}

/* -- expat -- */

/* Namespaces in XML: at most one colon, and a name before and behind it. */
static bool
is_qualified(const char *name)
{
    const char *colon = strchr(name, ':');
    if (colon == NULL)
        return true;
    return colon != name && (colon[1] == '_' || colon[1] & '\x80' || (lower(colon[1]) >= 'a' && lower(colon[1]) <= 'z')) && strchr(colon + 1, ':') == NULL;
}

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *theirs = data;
    const char *colon = strchr(name, ':');
    text_puts(&theirs->events, "\1<");
    text_puts(&theirs->events, colon != NULL ? colon + 1 : name);
    theirs->colons |= !is_qualified(name);
    for (; *attributes != NULL; attributes += 2) {
        theirs->colons |= !is_qualified(attributes[0]);
        text_printf(&theirs->events, "\2%s\3", attributes[0]);
        text_puts(&theirs->events, attributes[1]);
    }
    text_putc(&theirs->events, '\4');
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
    (void)name;
    text_puts(&((struct reading *)data)->events, "\1>\4");
}

static void XMLCALL
on_text(void *data, const XML_Char *s, int n)
{
    text_put(&((struct reading *)data)->events, s, (size_t)n);
}

static void XMLCALL
on_doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    ((struct reading *)data)->doctype = true;
}

static void
read_theirs(struct arena *arena, const unsigned char *bytes, size_t n, struct reading *theirs)
{
    XML_Parser parser = XML_ParserCreate(NULL);
    FUZZ_HOLDS(parser != NULL);
    theirs->events = text_new(arena);
    XML_SetUserData(parser, theirs);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    theirs->accepted = XML_Parse(parser, (const char *)bytes, (int)n, XML_TRUE) == XML_STATUS_OK;
    theirs->reason = XML_ErrorString(XML_GetErrorCode(parser));
    theirs->at = (size_t)XML_GetCurrentByteIndex(parser);
    XML_ParserFree(parser);
}

/* -- what may differ -- */

/* We refuse and expat does not. */
static bool
may_refuse(const struct reading *theirs, const struct fault *fault)
{
    static const char *const reasons[] = {
        "an undeclared prefix",             /* Namespaces in XML, which expat is not asked for */
        "elements too deep", "too many attributes", "too many namespaces", "an endless tag",    /* limits.h */
        "another encoding",                 /* packages have UTF-8 and UTF-16 only; expat knows Latin-1 too */
    };
    if (theirs->doctype || theirs->colons)  /* a document type may hide anything */
        return true;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strstr(fault->where, reasons[i]) != NULL)
            return true;
    return false;
}

/* Does the byte lie in a processing instruction or in the XML declaration? (NULs are half of UTF-16.) */
static bool
in_instruction(const unsigned char *bytes, size_t n, size_t at)
{
    bool inside = false;
    unsigned char before = 0;
    for (size_t i = 0; i < n && i <= at + 2; i++) {
        if (bytes[i] == 0)
            continue;
        if (before == '<' && bytes[i] == '?')
            inside = true;
        else if (before == '?' && bytes[i] == '>' && i < at)
            inside = false;
        before = bytes[i];
    }
    return inside;
}

/* Expat refuses and we do not: names outside of ASCII are not looked up in tables, and what stands in a processing instruction or in
 * the XML declaration is passed over. */
static bool
may_accept(const struct reading *ours, const struct reading *theirs, const unsigned char *bytes, size_t n)
{
    return ours->exotic || in_instruction(bytes, n, theirs->at);
}

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct reading ours = { .accepted = false }, theirs = { .accepted = false };
    struct fault fault = { .status = STATUS_OK };
    read_ours(arena, bytes, n, &ours, &fault);
    read_theirs(arena, bytes, n, &theirs);
    if (ours.events.failed || theirs.events.failed)
        return;
    bool same = ours.accepted == theirs.accepted && (!ours.accepted || strcmp(ours.events.at, theirs.events.at) == 0);
    bool allowed = ours.accepted ? !theirs.accepted && may_accept(&ours, &theirs, bytes, n)
                                 : theirs.accepted && may_refuse(&theirs, &fault);
    if (!same && !allowed)
        fprintf(stderr, "ours: %s%s\nexpat: %s at byte %zu\n", ours.accepted ? "accepted" : "refused: ", fault.where,
                theirs.accepted ? "accepted" : theirs.reason, theirs.at);
    FUZZ_HOLDS(same || allowed);
}
