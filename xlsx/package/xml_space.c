/* SPDX-License-Identifier: MIT */
/* xml_space: Namespaces in XML 1.0, as much as tells the elements of SpreadsheetML, WordprocessingML, package relationships, content types and custom
 * properties, transitional (ECMA-376 part 4) and strict (part 1), and those of OpenDocument (ODF 1.2 part 1, 1.4), from all others.
 * Prefixes of attributes are looked at only where they are asked for. */
#include "xml.h"

/* All of them are looked through for each declaration: lengths first. */
#define URI(uri) { uri, sizeof uri - 1 }

static enum xml_space
known_space(const struct slice *uri)
{
    static const struct { struct slice uri; enum xml_space space; } known[] = {
        { URI("http://schemas.openxmlformats.org/spreadsheetml/2006/main"), SPACE_OFFICE },
        { URI("http://purl.oclc.org/ooxml/spreadsheetml/main"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/wordprocessingml/2006/main"), SPACE_OFFICE },
        { URI("http://purl.oclc.org/ooxml/wordprocessingml/main"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/officeDocument/2006/math"), SPACE_OFFICE },       /* runs and texts of a formula are named as others */
        { URI("http://purl.oclc.org/ooxml/officeDocument/math"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/markup-compatibility/2006"), SPACE_CHOICE },
        { URI("http://schemas.openxmlformats.org/package/2006/relationships"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/package/2006/content-types"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"), SPACE_OFFICE },
        { URI("http://purl.oclc.org/ooxml/officeDocument/customProperties"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"), SPACE_OFFICE },
        { URI("http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"), SPACE_OFFICE },
        { URI("urn:schemas-microsoft-com:office:spreadsheet"), SPACE_OFFICE },            /* of Excel 2003 */
        { URI("urn:schemas-microsoft-com:office:excel"), SPACE_OFFICE },
        { URI("http://schemas.openxmlformats.org/officeDocument/2006/relationships"), SPACE_RELATIONSHIP },
        { URI("http://purl.oclc.org/ooxml/officeDocument/relationships"), SPACE_RELATIONSHIP },
        { URI("urn:oasis:names:tc:opendocument:xmlns:office:1.0"), SPACE_ODF },
        { URI("urn:oasis:names:tc:opendocument:xmlns:table:1.0"), SPACE_TABLE },
        { URI("urn:oasis:names:tc:opendocument:xmlns:text:1.0"), SPACE_TEXT },
        { URI("urn:oasis:names:tc:opendocument:xmlns:style:1.0"), SPACE_STYLE },
        { URI("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"), SPACE_DRAWING },
        { URI("urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"), SPACE_NUMBER },
        { URI("urn:oasis:names:tc:opendocument:xmlns:meta:1.0"), SPACE_META },
        { URI("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"), SPACE_MANIFEST },
        { URI("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"), SPACE_CALCEXT },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (uri->n == known[i].uri.n && memcmp(uri->at, known[i].uri.at, uri->n) == 0)
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
xml_get_in(const struct xml *xml, enum xml_space space, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < xml->nattributes; i++) {
        const struct slice *full = &xml->attributes[i].name;
        enum xml_space found;
        if (full->n > n && full->at[full->n - n - 1] == ':' && memcmp(full->at + full->n - n, name, n) == 0
            && xml_space_of(xml, (struct slice){ full->at, full->n - n - 1 }, &found) && found == space)
            return &xml->attributes[i].value;
    }
    return NULL;
}

const struct slice *
xml_relationship(const struct xml *xml)
{
    return xml_get_in(xml, SPACE_RELATIONSHIP, "id");
}
