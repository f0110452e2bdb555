/* SPDX-License-Identifier: MIT */
/* patch: ECMA-376 parts 1 and 2: the workbook part (18.2) and the list of its sheets, custom properties (part 1, 22.3), the archive. Refused
 * are packages whose whole is bound to what we would change: strict ones (no VML in them), shared ones with a log of revisions, templates
 * and add-ins, and names that lie twice in the archive. */
#include "patch.h"

#include <stdlib.h>

#include "bytes.h"
#include "patch_parts.h"
#include "zip_write.h"

#define MAIN_TYPE SHEET_TYPES "sheet.main+xml"
#define MACRO_TYPE "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
#define PROPERTIES_PART "docProps/custom.xml"
#define PROPERTIES_TYPE "application/vnd.openxmlformats-officedocument.custom-properties+xml"
#define EMPTY_PROPERTIES "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" \
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" " \
    "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"></Properties>"
#define PROPERTY_SET "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#define TYPES_OF_VALUES "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"

static enum status
refuse(struct patch *patch, const char *why)
{
    return fault_set(patch->fault, STATUS_UNSUPPORTED, "%s", why);
}

/* -- what is there -- */

/* The content type that the package gives the workbook part. */
static enum status
read_types(struct patch *patch)
{
    struct xml *xml = &patch->xlsx.xml;
    struct text name = text_new(patch->arena);
    bool known = false;
    text_printf(&name, "/%s", patch->workbook);
    enum status status = name.failed ? STATUS_MEMORY : xlsx_open(&patch->xlsx, "[Content_Types].xml", "Types");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        const struct slice *part = xml_get(xml, "PartName"), *type = xml_get(xml, "ContentType");
        if (part == NULL || type == NULL || !slice_is(part, name.at))
            continue;
        patch->macros = slice_is(type, MACRO_TYPE);
        known = patch->macros || slice_is(type, MAIN_TYPE);
    }
    if (status == STATUS_OK)
        status = xml->status;
    return status != STATUS_OK || known ? status : refuse(patch, "a workbook of another type");
}

static enum status
add_tab(struct patch *patch, const struct relationships *relationships)
{
    const struct xml *xml = &patch->xlsx.xml;
    const struct slice *name = xml_get(xml, "name"), *id = xml_relationship(xml);
    for (size_t i = 0; name != NULL && id != NULL && i < relationships->n; i++) {
        const struct relationship *r = &relationships->items[i];
        if (!slice_is(id, r->id) || r->type != RELATION_SHEET)
            continue;
        struct patch_tab tab = { xlsx_copy(&patch->xlsx, name), r->target };
        if (tab.name == NULL || !arena_room(patch->arena, &patch->tabs, patch->ntabs, &patch->tabs_cap, sizeof tab))
            return STATUS_MEMORY;
        patch->tabs[patch->ntabs++] = tab;
    }
    return STATUS_OK;
}

static enum status
read_tabs(struct patch *patch)
{
    struct xml *xml = &patch->xlsx.xml;
    struct relationships relationships;
    enum status status = xlsx_relationships(&patch->xlsx, patch->workbook, &relationships);
    const struct relationship *styles = status == STATUS_OK ? xlsx_related(&relationships, RELATION_STYLES) : NULL;
    if (status == STATUS_OK && styles == NULL)
        status = refuse(patch, "no styles");
    if (status != STATUS_OK)
        return status;
    patch->styles = styles->target;
    status = xlsx_open(&patch->xlsx, patch->workbook, "workbook");
    for (size_t i = 0; status == STATUS_OK && i < xml->nattributes; i++)
        if (slice_is(&xml->attributes[i].value, "http://purl.oclc.org/ooxml/spreadsheetml/main"))
            status = refuse(patch, "strict");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); )
        if (xml_is(xml, "sheets"))
            for (size_t sheets = xml->depth; status == STATUS_OK && xml_child(xml, sheets); )
                status = add_tab(patch, &relationships);
    return status != STATUS_OK ? status : xml->status;
}

static bool
same_name(const struct zip_member *a, const struct zip_member *b)
{
    bool same = a->name_n == b->name_n;
    for (size_t i = 0; same && i < a->name_n; i++)
        same = lower(a->name[i]) == lower(b->name[i]);
    return same;
}

static enum status
read_package(struct patch *patch)
{
    struct relationships package;
    for (size_t i = 1; i < patch->zip.nmembers; i++)
        if (same_name(&patch->zip.members[i - 1], &patch->zip.members[i]))
            return refuse(patch, "two members of one name");
    if (zip_find_first(&patch->zip, "xl/revisions/") != NULL)
        return refuse(patch, "a shared workbook");
    patch->is_signed = zip_find_first(&patch->zip, "_xmlsignatures/") != NULL;
    enum status status = xlsx_relationships(&patch->xlsx, "", &package);
    const struct relationship *main = status == STATUS_OK ? xlsx_related(&package, RELATION_MAIN) : NULL;
    if (status == STATUS_OK && main == NULL)
        status = refuse(patch, "no workbook part");
    if (status != STATUS_OK)
        return status;
    patch->workbook = main->target;
    status = read_types(patch);
    return status == STATUS_OK ? read_tabs(patch) : status;
}

enum status
patch_open(struct arena *arena, const unsigned char *bytes, size_t n, struct patch **out, struct fault *fault)
{
    struct patch *patch = *out = arena_alloc(arena, sizeof *patch);
    if (patch == NULL)
        return STATUS_MEMORY;
    patch->arena = patch->xlsx.arena = arena;
    patch->fault = patch->xlsx.fault = fault;
    patch->xlsx.zip = &patch->zip;
    enum status status = zip_open(&patch->zip, arena, bytes, n, fault);
    if (status == STATUS_OK)
        status = read_package(patch);
    return status == STATUS_OK ? looks_read(patch) : status;
}

bool
patch_has_macros(const struct patch *patch)
{
    return patch->macros;
}

bool
patch_is_signed(const struct patch *patch)
{
    return patch->is_signed;
}

/* -- marks -- */

static int
compare_marks(const void *a, const void *b)
{
    const struct patch_mark *x = a, *y = b;
    int order = strcmp(x->sheet, y->sheet);
    if (order == 0)
        order = (x->row > y->row) - (x->row < y->row);
    return order != 0 ? order : (x->col > y->col) - (x->col < y->col);
}

/* Those of one sheet among marks in their order. */
static size_t
marks_of(const struct patch_mark *marks, size_t n, const char *sheet, size_t *count)
{
    size_t first = 0;
    while (first < n && strcmp(marks[first].sheet, sheet) != 0)
        first++;
    for (*count = 0; first + *count < n && strcmp(marks[first + *count].sheet, sheet) == 0; )
        ++*count;
    return first;
}

/* Has an earlier run left marks? Then any cell may have been moved. */
static bool
is_marked(const struct patch *patch, const struct patch_marking *marking)
{
    for (size_t i = 0; i < patch->looks[LOOK_XF].n; i++)
        if (look_is(patch, i, marking->colors, sizeof marking->colors / sizeof *marking->colors))
            return true;
    return marking->nold > 0;
}

enum status
patch_mark(struct patch *patch, struct patch_marking *marking)
{
    bool again = is_marked(patch, marking);
    struct patch_mark *old = arena_array(patch->arena, marking->nold + 1, sizeof *old);
    if (old == NULL)
        return STATUS_MEMORY;
    if (marking->nold > 0) {
        memcpy(old, marking->old, marking->nold * sizeof *old);
        qsort(old, marking->nold, sizeof *old, compare_marks);
    }
    if (marking->n > 0)
        qsort(marking->marks, marking->n, sizeof *marking->marks, compare_marks);
    for (size_t i = 0; i < patch->ntabs; i++) {
        size_t n, nold, first = marks_of(marking->marks, marking->n, patch->tabs[i].name, &n);
        size_t first_old = marks_of(old, marking->nold, patch->tabs[i].name, &nold);
        if (n == 0 && !again)
            continue;
        struct marked_sheet sheet;
        enum status status = sheet_mark(patch, patch->tabs[i].part, marking, marking->marks + first, n, old + first_old, nold, &sheet);
        if (status == STATUS_OK)
            status = sheet_comment(patch, patch->tabs[i].part, marking, marking->marks + first, n, &sheet);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* -- properties -- */

static void
put_property(struct text *out, const char *prefix, const struct property *property, unsigned id)
{
    text_printf(out, "<%sproperty fmtid=\"" PROPERTY_SET "\" pid=\"%u\" name=\"", prefix, id);
    tag_put_text(out, property->name);
    text_puts(out, "\"><vt:lpwstr xmlns:vt=\"" TYPES_OF_VALUES "\">");
    tag_put_text(out, property->value);
    text_printf(out, "</vt:lpwstr></%sproperty>", prefix);
}

static enum status
change_properties(struct patch *patch, const char *part, struct slice bytes, const struct book *book, const char *begin)
{
    struct splice s;
    uint32_t last = 1, id;
    size_t n = strlen(begin);
    enum status status = splice_open(&s, patch->arena, &patch->xml, part, bytes, "Properties", patch->fault);
    if (status != STATUS_OK)
        return status;
    for (size_t depth = patch->xml.depth; splice_child(&s, depth); ) {
        const struct slice *name = xml_get(&patch->xml, "name"), *pid = xml_get(&patch->xml, "pid");
        bool ours = name != NULL && name->n >= n && memcmp(name->at, begin, n) == 0;
        if (!ours && pid != NULL && xlsx_index(pid, &id) && id > last)
            last = id;
        if (ours) {
            splice_copy(&s, s.begin);
            splice_element(&s);
            splice_drop(&s, s.end);
        }
    }
    const char *prefix = splice_prefix(&s);
    struct text properties = text_new(patch->arena);
    for (size_t i = 0; prefix != NULL && i < book->nproperties; i++)
        if (strncmp(book->properties[i].name, begin, n) == 0)
            put_property(&properties, prefix, &book->properties[i], ++last);
    splice_append(&s, properties.failed ? "" : properties.at);
    if (prefix == NULL || properties.failed)
        return STATUS_MEMORY;
    status = splice_finish(&s, &bytes);
    return status == STATUS_OK ? part_put(patch, part, bytes) : status;
}

enum status
patch_properties(struct patch *patch, const struct book *book, const char *begin)
{
    struct relationships package;
    struct slice bytes = { EMPTY_PROPERTIES, sizeof EMPTY_PROPERTIES - 1 };
    enum status status = xlsx_relationships(&patch->xlsx, "", &package);
    if (status != STATUS_OK)
        return status;
    const struct relationship *r = xlsx_related(&package, RELATION_PROPERTIES);
    const char *part = r != NULL ? r->target : PROPERTIES_PART, *id;
    if (r != NULL)
        status = part_get(patch, part, &bytes);
    if (status == STATUS_OK && bytes.at == NULL)
        return refuse(patch, "no document properties where they should be");
    if (status == STATUS_OK && r == NULL && zip_find(&patch->zip, part) != NULL)
        return refuse(patch, "document properties without a relationship");
    if (status == STATUS_OK && r == NULL)
        status = relation_add(patch, "", OFFICE_RELATIONS "/custom-properties", part, &id);
    if (status == STATUS_OK && r == NULL)
        status = type_add(patch, part, PROPERTIES_TYPE);
    return status == STATUS_OK ? change_properties(patch, part, bytes, book, begin) : status;
}

/* -- the archive -- */

static bool
is_xml(const char *name)
{
    size_t n = strlen(name);
    return (n > 4 && strcmp(name + n - 4, ".xml") == 0) || (n > 5 && strcmp(name + n - 5, ".rels") == 0);
}

/* The order of the archive. */
static int
compare_members(const void *a, const void *b)
{
    const struct zip_member *const *x = a, *const *y = b;
    return ((*x)->name > (*y)->name) - ((*x)->name < (*y)->name);
}

static struct part *
part_of(const struct patch *patch, const struct zip_member *member)
{
    for (size_t i = 0; i < patch->nparts; i++)
        if (zip_find(&patch->zip, patch->parts[i].name) == member)
            return &patch->parts[i];
    return NULL;
}

static enum status
pack(struct patch *patch, struct zip_item *item, const struct part *part)
{
    enum status status = STATUS_OK;
    if (is_xml(part->name))     /* never give back what is not well-formed */
        status = splice_check(patch->arena, &patch->xml, part->name, part->bytes, patch->fault);
    return status == STATUS_OK ? zip_item_pack(patch->arena, item, part->bytes.at, part->bytes.n, patch->fault) : status;
}

enum status
patch_write(struct patch *patch, unsigned char **bytes, size_t *nbytes)
{
    enum { FIRST_DAY = 1 << 5 | 1 };     /* 1980-01-01 */
    const struct zip *zip = &patch->zip;
    size_t n = 0;
    enum status status = looks_write(patch);
    struct zip_item *items = arena_array(patch->arena, zip->nmembers + patch->nparts + 1, sizeof *items);
    const struct zip_member **members = arena_array(patch->arena, zip->nmembers + 1, sizeof *members);
    if (items == NULL || members == NULL)
        return STATUS_MEMORY;
    for (size_t i = 0; i < zip->nmembers; i++)
        members[i] = &zip->members[i];
    if (zip->nmembers > 0)
        qsort(members, zip->nmembers, sizeof *members, compare_members);
    for (size_t i = 0; status == STATUS_OK && i < zip->nmembers; i++) {
        const struct part *part = part_of(patch, members[i]);
        if (part != NULL && part->removed)
            continue;
        status = zip_item_of(zip, members[i], &items[n], patch->fault);
        if (status == STATUS_OK && part != NULL)
            status = pack(patch, &items[n], part);
        n++;
    }
    for (size_t i = 0; status == STATUS_OK && i < patch->nparts; i++) {
        const struct part *part = &patch->parts[i];
        if (part->removed || zip_find(zip, part->name) != NULL)
            continue;
        items[n] = (struct zip_item){ .name = part->name, .name_n = strlen(part->name), .date = FIRST_DAY };
        status = pack(patch, &items[n++], part);
    }
    return status == STATUS_OK ? zip_write(patch->arena, items, n, bytes, nbytes, patch->fault) : status;
}
