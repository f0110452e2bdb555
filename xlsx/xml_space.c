/* SPDX-License-Identifier: MIT */
/* xml_space: Namespaces in XML 1.0, as much as tells the elements of SpreadsheetML, of package relationships, content types and custom properties,
 * transitional (ECMA-376 part 4) and strict (part 1), from all others. Prefixes of attributes are looked at for r:id alone. */
#include "xml.h"

static enum xml_space
known_space(const struct slice *uri)
{
    static const struct { const char *uri; enum xml_space space; } known[] = {
        { "http://schemas.openxmlformats.org/spreadsheetml/2006/main", SPACE_OFFICE },
        { "http://purl.oclc.org/ooxml/spreadsheetml/main", SPACE_OFFICE },
        { "http://schemas.openxmlformats.org/package/2006/relationships", SPACE_OFFICE },
        { "http://schemas.openxmlformats.org/package/2006/content-types", SPACE_OFFICE },
        { "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", SPACE_OFFICE },
        { "http://purl.oclc.org/ooxml/officeDocument/customProperties", SPACE_OFFICE },
        { "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", SPACE_OFFICE },
        { "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes", SPACE_OFFICE },
        { "http://schemas.openxmlformats.org/officeDocument/2006/relationships", SPACE_RELATIONSHIP },
        { "http://purl.oclc.org/ooxml/officeDocument/relationships", SPACE_RELATIONSHIP },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_is(uri, known[i].uri))
            return known[i].space;
    return SPACE_FOREIGN;
}

bool
xml_space_of(const struct xml *xml, struct slice prefix, enum xml_space *space)
{
    for (size_t i = xml->nbindings; i-- > 0; ) {
        const struct slice *bound = &xml->bindings[i].prefix;
        if (bound->n == prefix.n && memcmp(bound->at, prefix.at, prefix.n) == 0) {
            *space = xml->bindings[i].space;
            return true;
        }
    }
    *space = SPACE_FOREIGN;
    return prefix.n == 0;
}

bool
xml_space_bind(struct xml *xml)
{
    enum { XMLNS = 5 };
    for (size_t i = 0; i < xml->nattributes; i++) {
        const struct xml_attribute *a = &xml->attributes[i];
        if (a->name.n < XMLNS || memcmp(a->name.at, "xmlns", XMLNS) != 0 || (a->name.n > XMLNS && a->name.at[XMLNS] != ':'))
            continue;
        size_t skip = a->name.n > XMLNS ? XMLNS + 1 : XMLNS;
        struct slice prefix = { arena_text(xml->arena, a->name.at + skip, a->name.n - skip), a->name.n - skip };
        if (xml->nbindings == LIMIT_XML_NAMESPACES) {
            xml->status = xml_damaged(xml, "too many namespaces");
            return false;
        }
        if (prefix.at == NULL || !arena_room(xml->arena, &xml->bindings, xml->nbindings, &xml->bindings_cap, sizeof *xml->bindings)) {
            xml->status = STATUS_MEMORY;
            return false;
        }
        xml->bindings[xml->nbindings++] = (struct xml_binding){ prefix, xml->depth, known_space(&a->value) };
    }
    xml_space_of(xml, (struct slice){ "", 0 }, &xml->default_space);
    return true;
}

void
xml_space_unbind(struct xml *xml)
{
    while (xml->nbindings > 0 && xml->bindings[xml->nbindings - 1].depth > xml->depth)
        xml->nbindings--;
    xml_space_of(xml, (struct slice){ "", 0 }, &xml->default_space);
}

const struct slice *
xml_relationship(const struct xml *xml)
{
    for (size_t i = 0; i < xml->nattributes; i++) {
        const struct xml_attribute *a = &xml->attributes[i];
        enum xml_space space;
        if (a->name.n > 3 && memcmp(a->name.at + a->name.n - 3, ":id", 3) == 0
            && xml_space_of(xml, (struct slice){ a->name.at, a->name.n - 3 }, &space) && space == SPACE_RELATIONSHIP)
            return &a->value;
    }
    return NULL;
}
