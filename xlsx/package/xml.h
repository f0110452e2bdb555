/* SPDX-License-Identifier: MIT */
/* xml: a strict pull scanner over a source of bytes: one event at a time, in a window that slides over the part. What an event points
 * to is valid until the next one. Elements of namespaces that a workbook's cells do not live in are passed over by xml_child. */
#ifndef NIANBAO_XML_H
#define NIANBAO_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "limits.h"
#include "status.h"
#include "text.h"

/* Where bytes come from: `read` fills all of `room`, fewer bytes only at the end. */
struct xml_source {
    enum status (*read)(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault);
    void *from;
};

enum xml_event { XML_FAILED, XML_START, XML_END, XML_TEXT, XML_FINISHED };

/* A namespace, as far as it matters here: of Office Open XML (SPACE_CHOICE: markup compatibility, where one of several branches
 * counts), then of OpenDocument. */
enum xml_space {
    SPACE_FOREIGN, SPACE_OFFICE, SPACE_RELATIONSHIP, SPACE_CHOICE,
    SPACE_ODF, SPACE_TABLE, SPACE_TEXT, SPACE_STYLE, SPACE_NUMBER, SPACE_META, SPACE_MANIFEST, SPACE_CALCEXT, SPACE_DRAWING
};

struct slice { const char *at; size_t n; };

struct xml_attribute { struct slice name, value; bool coded; };         /* name with its prefix; coded: value not yet decoded */

struct xml {
    /* The event. */
    struct slice name;                      /* XML_START: without the prefix */
    enum xml_space space;                   /* XML_START */
    struct slice text;                      /* XML_TEXT: a piece of text, never empty */
    struct xml_attribute *attributes;       /* LIMIT_XML_ATTRIBUTES */
    size_t nattributes;
    size_t depth;                           /* elements open; at XML_START with the new one, at XML_END without the old one */
    enum status status;                     /* of XML_FAILED */

    /* The scanner's own. */
    struct arena *arena;
    const char *part;
    struct fault *fault;
    struct xml_source source;
    unsigned char *window;                  /* valid UTF-8 in [at, end), and *end is NUL */
    unsigned char *at, *end;
    size_t cap;
    uint64_t passed;                        /* bytes in front of the window */
    struct slice ahead;                     /* bytes of UTF-16 that were read before it was known */
    unsigned char rest[4];                  /* the beginning of a character that is not all there */
    size_t nrest;
    uint8_t encoding;
    bool drained;                           /* the source is at its end */
    bool empty;                             /* the element just started is <a/> */
    bool rooted;                            /* the root element has begun */
    char *names;                            /* of the open elements, one after another */
    size_t names_cap, *name_ends;           /* by depth */
    struct xml_binding { struct slice prefix; size_t depth; enum xml_space space; } *bindings;
    size_t nbindings, bindings_cap;
    enum xml_space default_space;
};

/* Begin to scan a part; `part` names it in faults. A struct that starts as zero bytes may be used for one part after another and keeps
 * its window. */
enum status xml_open(struct xml *xml, struct arena *arena, const char *part, struct xml_source source, struct fault *fault);

/* The next event. */
enum xml_event xml_next(struct xml *xml);

/* Bytes of a part in UTF-8 that lie before what comes next: where the last event ends. */
static inline size_t
xml_position(const struct xml *xml)
{
    return (size_t)(xml->passed + (uint64_t)(xml->at - xml->window));
}

/* The root element, which must be called `name`. */
enum status xml_root(struct xml *xml, const char *name);

/* The next child of the element that is open at `depth`, whatever of its last child has been read. False at its end, and on failure
 * (xml->status). */
bool xml_child(struct xml *xml, size_t depth);

/* Open an element without prefix and attributes, whose start tag the caller takes himself. False: too deep, or out of memory. */
bool xml_enter(struct xml *xml, const char *name);

/* The character that the reference at p ("&lt;", "&#x4E2D;"), of n bytes at most, stands for, its length in *used; 0: none. */
uint32_t xml_reference(const unsigned char *p, size_t n, size_t *used);

/* Append the text of the element just started to `out`, without that of its children, and read to its end. */
enum status xml_content(struct xml *xml, struct text *out);

/* The same with the text of its children. */
enum status xml_content_deep(struct xml *xml, struct text *out);

/* The value of the attribute `name` of a namespace, or NULL; and that of r:id. */
const struct slice *xml_get_in(const struct xml *xml, enum xml_space space, const char *name);
const struct slice *xml_relationship(const struct xml *xml);

/* Record a fault of the part at the place reached; returns STATUS_DAMAGED. */
enum status xml_damaged(struct xml *xml, const char *what);

static inline bool
slice_is(const struct slice *slice, const char *s)
{
    return slice->n == strlen(s) && memcmp(slice->at, s, slice->n) == 0;
}

/* The started element is called `name`. */
static inline bool
xml_is(const struct xml *xml, const char *name)
{
    return slice_is(&xml->name, name);
}

/* The value of the attribute without prefix called `name`, or NULL. (Inline: `name` is a constant, and cells are many.) */
static inline const struct slice *
xml_get(const struct xml *xml, const char *name)
{
    for (size_t i = 0; i < xml->nattributes; i++)
        if (slice_is(&xml->attributes[i].name, name))
            return &xml->attributes[i].value;
    return NULL;
}

/* Is it a character of XML (2.2)? */
static inline bool
xml_is_char(uint32_t cp)
{
    return cp < 0x20 ? cp == '\t' || cp == '\n' || cp == '\r' : cp < 0xD800 || (cp > 0xDFFF && cp < 0xFFFE) || (cp > 0xFFFF && cp <= 0x10FFFF);
}

/* -- between xml.c, xml_window.c, xml_space.c and who looks into the window himself; false: xml->status tells why -- */

/* Begin the window; move what is not yet scanned to its front and read on (also false when there is nothing more). */
bool xml_window_open(struct xml *xml);
bool xml_window_more(struct xml *xml);

/* What each byte is in markup, sets of these; *_STOP: where a text or a quoted value ends, or is more than its bytes; a NUL ends all. */
enum { NAME = 1, NAME_START = 2, BLANK = 4, TEXT_STOP = 8, QUOTE2_STOP = 16, QUOTE1_STOP = 32 };
extern const unsigned char xml_class[256];

/* The namespace of a prefix ("" is the default one); false: not declared. */
bool xml_space_of(const struct xml *xml, struct slice prefix, enum xml_space *space);

/* Note the namespaces that the element just started declares; forget those of the elements that ended. */
bool xml_space_bind(struct xml *xml);
void xml_space_unbind(struct xml *xml);

#endif
