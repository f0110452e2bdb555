/* SPDX-License-Identifier: MIT */
/* splice: a part of a package while it is changed. It is read once, tag by tag, and copied: what nobody changes keeps its bytes. Changes
 * go from its beginning to its end. Memory: the arena. */
#ifndef NIANBAO_SPLICE_H
#define NIANBAO_SPLICE_H

#include "text.h"
#include "xml.h"

struct splice {
    struct xml *xml;
    struct slice from;              /* the part, without its byte order mark */
    size_t read;                    /* bytes that the scanner has taken */
    size_t taken;                   /* bytes that are copied or left out */
    size_t begin, end;              /* the tag that was read last */
    struct text out;
};

/* Begin with the root element. STATUS_UNSUPPORTED: not UTF-8. `xml`: a scanner that is free as long as the part is read. */
enum status splice_open(struct splice *s, struct arena *arena, struct xml *xml, const char *part, struct slice bytes, const char *root,
                        struct fault *fault);

/* As xml_child; `any` with elements of all namespaces. False at the end of the parent: the last tag is the one that ends it. */
bool splice_child(struct splice *s, size_t depth);
bool splice_any(struct splice *s, size_t depth);

/* Read to the end of the element just started; where it begins and ends. */
struct slice splice_element(struct splice *s);

/* Copy what lies before a place; leave out what lies before it. */
void splice_copy(struct splice *s, size_t to);
void splice_drop(struct splice *s, size_t to);

/* Before the last tag, or behind the last child of the element that it ends ("<a/>" counts as its own end). */
void splice_before(struct splice *s, const char *content);
void splice_append(struct splice *s, const char *content);

/* Set an attribute of the tag just started; NULL takes it away. */
void splice_attribute(struct splice *s, const char *name, const char *value);

/* "x:" of the tag just read; "" when it has no prefix. NULL: out of memory. */
const char *splice_prefix(const struct splice *s);

/* The part with its changes: after its last tag. */
enum status splice_finish(struct splice *s, struct slice *bytes);

/* Is a part well-formed to its end? */
enum status splice_check(struct arena *arena, struct xml *xml, const char *part, struct slice bytes, struct fault *fault);

/* -- tags as they are written -- */

/* An attribute within its tag: the blanks before it, and the value between its quotes. */
struct tag_range { size_t begin, value, end; };
bool tag_attribute(struct slice tag, const char *name, struct tag_range *range);

/* An element with an attribute of its first tag set. `at` is NULL when out of memory. */
struct slice tag_with(struct arena *arena, struct slice element, const char *name, const char *value);

/* A text as XML 1.0 and ST_Xstring (ECMA-376 part 1, 22.9.2.19) write it. */
void tag_put_text(struct text *out, const char *s);

#endif
