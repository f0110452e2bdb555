/* SPDX-License-Identifier: MIT */
/* patch_package: ECMA-376 part 2: parts (9.1), content types (10.1.2), relationships (9.3), as members of a zip archive. New relationships
 * have absolute targets, new parts an Override: nothing depends on where a part lies or on what others are like. */
#include <stdlib.h>

#include "bytes.h"
#include "patch_parts.h"

#define TYPES "[Content_Types].xml"
#define RELATIONS_TYPE "application/vnd.openxmlformats-package.relationships+xml"
#define EMPTY_RELATIONS "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"

static struct part *
find_part(const struct patch *patch, const char *name)
{
    for (size_t i = 0; i < patch->nparts; i++)
        if (strcmp(patch->parts[i].name, name) == 0)
            return &patch->parts[i];
    return NULL;
}

enum status
part_get(struct patch *patch, const char *name, struct slice *bytes)
{
    const struct part *part = find_part(patch, name);
    const struct zip_member *member = zip_find(&patch->zip, name);
    *bytes = (struct slice){ NULL, 0 };
    if (part != NULL) {
        *bytes = part->removed ? *bytes : part->bytes;
        return STATUS_OK;
    }
    if (member == NULL)
        return STATUS_OK;
    enum status status = zip_start(&patch->zip, member, patch->fault);
    unsigned char *out = status == STATUS_OK ? arena_raw(patch->arena, (size_t)member->size + 1) : NULL;
    if (status != STATUS_OK || out == NULL)
        return status != STATUS_OK ? status : STATUS_MEMORY;
    status = zip_read(&patch->zip, out, (size_t)member->size, &bytes->n, patch->fault);
    out[bytes->n] = '\0';
    bytes->at = (const char *)out;
    return status;
}

/* Room for a part under the name that its member has. */
static enum status
change_part(struct patch *patch, const char *name, struct slice bytes, bool removed)
{
    struct part *part = find_part(patch, name);
    if (part == NULL) {
        const char *copy = arena_copy(patch->arena, name);
        if (copy == NULL || !arena_room(patch->arena, &patch->parts, patch->nparts, &patch->parts_cap, sizeof *patch->parts))
            return STATUS_MEMORY;
        part = &patch->parts[patch->nparts++];
        part->name = copy;
    }
    part->bytes = bytes;
    part->removed = removed;
    return STATUS_OK;
}

enum status
part_put(struct patch *patch, const char *name, struct slice bytes)
{
    return change_part(patch, name, bytes, false);
}

enum status
part_change(struct patch *patch, const char *name, struct slice was, struct slice bytes)
{
    bool same = was.n == bytes.n && memcmp(was.at, bytes.at, was.n) == 0;
    return same ? STATUS_OK : part_put(patch, name, bytes);
}

enum status
part_remove(struct patch *patch, const char *name)
{
    return change_part(patch, name, (struct slice){ "", 0 }, true);
}

const char *
part_free_name(struct patch *patch, const char *before, const char *after)
{
    for (unsigned i = 1; i <= LIMIT_ZIP_MEMBERS; i++) {
        struct text name = text_new(patch->arena);
        text_printf(&name, "%s%u%s", before, i, after);
        if (name.failed)
            break;
        if (zip_find(&patch->zip, name.at) == NULL && find_part(patch, name.at) == NULL)
            return name.at;
    }
    return NULL;
}

/* Does the package say what relationships are? Nearly all do; else each part of them has its own type. */
static enum status
relations_known(struct patch *patch, bool *known)
{
    struct xml *xml = &patch->xlsx.xml;
    enum status status = xlsx_open(&patch->xlsx, TYPES, "Types");
    *known = false;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        const struct slice *extension = xml_get(xml, "Extension");
        *known |= extension != NULL && extension->n == 4 && lower(extension->at[0]) == 'r' && lower(extension->at[1]) == 'e';
    }
    return status != STATUS_OK ? status : xml->status;
}

static enum status
open_part(struct patch *patch, const char *name, struct slice bytes, const char *root, struct splice *s)
{
    return splice_open(s, patch->arena, &patch->xml, name, bytes, root, patch->fault);
}

static enum status
close_part(struct patch *patch, const char *name, struct splice *s)
{
    struct slice bytes;
    enum status status = splice_finish(s, &bytes);
    return status == STATUS_OK ? part_put(patch, name, bytes) : status;
}

/* -- relationships -- */

/* The number of "rId12"; 0: it is called otherwise. */
static unsigned long
number_of(const struct slice *id)
{
    char digits[10] = "";
    if (id == NULL || id->n < 4 || id->n > 3 + sizeof digits - 1 || memcmp(id->at, "rId", 3) != 0)
        return 0;
    memcpy(digits, id->at + 3, id->n - 3);
    return strtoul(digits, NULL, 10);
}

enum status
relation_add(struct patch *patch, const char *part, const char *type, const char *target, const char **id)
{
    const char *rels = xlsx_relationships_of(patch->arena, part);
    struct slice bytes;
    struct splice s;
    unsigned long last = 0;
    bool known = true;
    enum status status = rels != NULL ? part_get(patch, rels, &bytes) : STATUS_MEMORY;
    if (status == STATUS_OK && bytes.at == NULL)
        status = relations_known(patch, &known);
    if (status == STATUS_OK && !known)
        status = type_add(patch, rels, RELATIONS_TYPE);
    if (status == STATUS_OK && bytes.at == NULL)
        bytes = (struct slice){ EMPTY_RELATIONS, sizeof EMPTY_RELATIONS - 1 };
    if (status == STATUS_OK)
        status = open_part(patch, rels, bytes, "Relationships", &s);
    if (status != STATUS_OK)
        return status;
    for (size_t depth = patch->xml.depth; splice_child(&s, depth); ) {
        unsigned long number = number_of(xml_get(&patch->xml, "Id"));
        last = number > last ? number : last;
    }
    struct text name = text_new(patch->arena), element = text_new(patch->arena);
    const char *prefix = splice_prefix(&s);
    text_printf(&name, "rId%lu", last + 1);
    text_printf(&element, "<%sRelationship Id=\"%s\" Type=\"%s\" Target=\"/%s\"/>", prefix != NULL ? prefix : "", name.at, type, target);
    splice_append(&s, element.at);
    if (name.failed || element.failed || prefix == NULL)
        return STATUS_MEMORY;
    *id = name.at;
    return close_part(patch, rels, &s);
}

/* Leave out the children whose attribute has that value; how many are left. */
static enum status
remove_children(struct patch *patch, const char *name, const char *root, const char *attribute, const char *value, size_t *left)
{
    struct slice bytes;
    struct splice s;
    *left = 0;
    enum status status = part_get(patch, name, &bytes);
    if (status == STATUS_OK)
        status = bytes.at != NULL ? open_part(patch, name, bytes, root, &s) : STATUS_OK;
    if (status != STATUS_OK || bytes.at == NULL)
        return status;
    for (size_t depth = patch->xml.depth; splice_child(&s, depth); ) {
        const struct slice *given = xml_get(&patch->xml, attribute);
        bool gone = given != NULL && slice_is(given, value);
        *left += !gone;
        if (!gone)
            continue;
        splice_copy(&s, s.begin);
        splice_element(&s);
        splice_drop(&s, s.end);
    }
    return close_part(patch, name, &s);
}

enum status
relation_remove(struct patch *patch, const char *part, const char *id)
{
    const char *rels = xlsx_relationships_of(patch->arena, part);
    size_t left;
    enum status status = rels != NULL ? remove_children(patch, rels, "Relationships", "Id", id, &left) : STATUS_MEMORY;
    if (status == STATUS_OK && left == 0)
        status = type_remove(patch, rels);
    return status == STATUS_OK && left == 0 ? part_remove(patch, rels) : status;
}

/* -- content types -- */

enum status
type_add(struct patch *patch, const char *part, const char *type)
{
    struct slice bytes;
    struct splice s;
    enum status status = part_get(patch, TYPES, &bytes);
    if (status == STATUS_OK)
        status = open_part(patch, TYPES, bytes, "Types", &s);
    if (status != STATUS_OK)
        return status;
    for (size_t depth = patch->xml.depth; splice_child(&s, depth); )
        continue;
    const char *prefix = splice_prefix(&s);
    struct text element = text_new(patch->arena);
    text_printf(&element, "<%sOverride PartName=\"/%s\" ContentType=\"%s\"/>", prefix != NULL ? prefix : "", part, type);
    splice_append(&s, element.at);
    return element.failed || prefix == NULL ? STATUS_MEMORY : close_part(patch, TYPES, &s);
}

enum status
type_remove(struct patch *patch, const char *part)
{
    struct text name = text_new(patch->arena);
    size_t left;
    text_printf(&name, "/%s", part);
    return name.failed ? STATUS_MEMORY : remove_children(patch, TYPES, "Types", "PartName", name.at, &left);
}
