/* SPDX-License-Identifier: MIT */
/* xlsx_package: parts and relationships. ECMA-376 part 2: 9.1 (part names; compared without regard to ASCII case), 9.3 (relationships),
 * annex on mapping to zip. [Content_Types].xml is not asked: relationships tell every part we read. Left out: interleaved parts. */
#include <stdio.h>

#include "bytes.h"
#include "xlsx_parts.h"

static enum relation
relation_of(const struct slice *uri)
{
    static const char *const roots[] = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    };
    static const struct { const char *name; enum relation relation; } known[] = {
        { "officeDocument", RELATION_MAIN }, { "worksheet", RELATION_SHEET }, { "sharedStrings", RELATION_STRINGS },
        { "styles", RELATION_STYLES }, { "custom-properties", RELATION_PROPERTIES }, { "customProperties", RELATION_PROPERTIES },
        { "comments", RELATION_COMMENTS }, { "calcChain", RELATION_CHAIN },
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        size_t n = strlen(roots[i]);
        if (uri->n < n || memcmp(uri->at, roots[i], n) != 0)
            continue;
        struct slice name = { uri->at + n, uri->n - n };
        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            if (slice_is(&name, known[j].name))
                return known[j].relation;
    }
    return RELATION_OTHER;
}

/* One segment of a path: "." stays, ".." goes up but never out of the package. */
static void
put_segment(struct text *path, const char *s, size_t n)
{
    if (n == 0 || (n == 1 && s[0] == '.'))
        return;
    if (n == 2 && memcmp(s, "..", 2) == 0) {
        const char *slash = strrchr(path->at, '/');
        xlsx_cut(path, slash != NULL ? (size_t)(slash - path->at) : 0);
        return;
    }
    if (path->n > 0)
        text_putc(path, '/');
    text_put(path, s, n);
}

static void
put_path(struct text *path, const char *s, size_t n)
{
    for (size_t i = 0, begin = 0; i <= n; i++)
        if (i == n || s[i] == '/' || s[i] == '\\') {
            put_segment(path, s + begin, i - begin);
            begin = i + 1;
        }
}

/* The member that `target` means in the relationships of `part`. NULL: no memory. */
static const char *
resolve(struct xlsx *x, const char *part, const struct slice *target)
{
    struct text plain = text_new(x->arena), path = text_new(x->arena);
    for (size_t i = 0, n; i < target->n; i += n) {
        const char *s = target->at + i, *next = memchr(s + 1, '%', target->n - i - 1);
        bool coded = *s == '%' && target->n - i > 2 && hex_digit(s[1]) >= 0 && hex_digit(s[2]) >= 0;
        n = coded ? 3 : next != NULL ? (size_t)(next - s) : target->n - i;
        if (coded)
            text_putc(&plain, (char)(hex_digit(s[1]) << 4 | hex_digit(s[2])));
        else
            text_put(&plain, s, n);
    }
    const char *folder_end = strrchr(part, '/');
    if (folder_end != NULL && plain.at[0] != '/' && plain.at[0] != '\\')
        put_path(&path, part, (size_t)(folder_end - part));
    put_path(&path, plain.at, plain.n);
    return plain.failed || path.failed ? NULL : path.at;
}

const char *
xlsx_copy(struct xlsx *x, const struct slice *s)
{
    return arena_text(x->arena, s->at, s->n);
}

enum status
xlsx_open(struct xlsx *x, const char *part, const char *root)
{
    const struct zip_member *member = zip_find(x->zip, part);
    if (member == NULL)
        return fault_set(x->fault, STATUS_DAMAGED, "%s: missing", part);
    enum status status = zip_start(x->zip, member, x->fault);
    if (status == STATUS_OK)
        status = xml_open(&x->xml, x->arena, part, (struct xml_source){ zip_read, x->zip }, x->fault);
    return status == STATUS_OK ? xml_root(&x->xml, root) : status;
}

const char *
xlsx_relationships_of(struct arena *arena, const char *part)
{
    struct text name = text_new(arena);
    const char *slash = strrchr(part, '/');
    size_t folder = slash != NULL ? (size_t)(slash - part) + 1 : 0;
    text_put(&name, part, folder);
    text_printf(&name, "_rels/%s.rels", part + folder);
    return name.failed ? NULL : name.at;
}

static enum status
add_relationship(struct xlsx *x, struct relationships *relationships, struct relationship relationship)
{
    if (relationship.id == NULL || relationship.target == NULL
        || !arena_room(x->arena, &relationships->items, relationships->n, &relationships->cap, sizeof relationship))
        return STATUS_MEMORY;
    relationships->items[relationships->n++] = relationship;
    return STATUS_OK;
}

/* The relationships of a part, for their reader. */
struct of_part { const char *part; struct relationships *relationships; };

static enum status
read_relationships(struct xlsx *x, const char *rels, void *out)
{
    const char *part = ((struct of_part *)out)->part;
    struct relationships *relationships = ((struct of_part *)out)->relationships;
    struct xml *xml = &x->xml;
    enum status status = xlsx_open(x, rels, "Relationships");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        const struct slice *id = xml_get(xml, "Id"), *type = xml_get(xml, "Type"), *target = xml_get(xml, "Target");
        const struct slice *mode = xml_get(xml, "TargetMode");
        if (!xml_is(xml, "Relationship") || (mode != NULL && slice_is(mode, "External")))
            continue;
        if (id == NULL || type == NULL || target == NULL)
            return xml_damaged(xml, "a relationship without id, type or target");
        if (relationships->n == LIMIT_RELATIONSHIPS)
            return fault_set(x->fault, STATUS_TOO_BIG, "%s: more than %d relationships", rels, LIMIT_RELATIONSHIPS);
        status = add_relationship(x, relationships, (struct relationship){ relation_of(type), xlsx_copy(x, id), resolve(x, part, target) });
    }
    return status != STATUS_OK ? status : xml->status;
}

/* Of each its type as a letter before its id, and its target. */
static void
tell_relationships(const struct xlsx *x, const void *out, struct text *words)
{
    const struct relationships *relationships = ((const struct of_part *)out)->relationships;
    (void)x;
    for (size_t i = 0; i < relationships->n; i++) {
        text_putc(words, (char)('A' + relationships->items[i].type));
        xlsx_put_word(words, relationships->items[i].id);
        xlsx_put_word(words, relationships->items[i].target);
    }
}

static enum status
take_relationships(struct xlsx *x, const char *words, void *out)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && *words != '\0') {
        const char *id = xlsx_word(&words), *target = xlsx_word(&words);
        status = add_relationship(x, ((struct of_part *)out)->relationships, (struct relationship){ (enum relation)(*id - 'A'), id + 1, target });
    }
    return status;
}

enum status
xlsx_relationships(struct xlsx *x, const char *part, struct relationships *relationships)
{
    static const struct seen_reader reader = { SEEN_RELATIONSHIPS, read_relationships, tell_relationships, take_relationships };
    *relationships = (struct relationships){ 0 };
    const char *rels = xlsx_relationships_of(x->arena, part);
    if (rels == NULL)
        return STATUS_MEMORY;
    if (zip_find(x->zip, rels) == NULL)
        return STATUS_OK;
    return xlsx_seen_read(x, &reader, rels, &(struct of_part){ part, relationships });
}

const struct relationship *
xlsx_related(const struct relationships *relationships, enum relation type)
{
    for (size_t i = 0; i < relationships->n; i++)
        if (relationships->items[i].type == type)
            return &relationships->items[i];
    return NULL;
}
