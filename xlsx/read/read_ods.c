/* SPDX-License-Identifier: MIT */
/* read_ods: OpenDocument spreadsheets and texts, packages (.ods .ots .odt) and flat files (.fods .fodt), after ODF 1.2 and 1.3, part 3
 * (packages; "mimetype" is not believed, 3.4: encryption) and part 1 (2.2: the parts of a package, 3.1: the flat form; 3.7: the body).
 * The tables of a text become sheets named "表 1", "表 2" in their order, and its paragraphs the running text. Tracked changes are read
 * as accepted: what was deleted lies outside of the text, in flat files between marks. Left out: everything but cells, merged ranges,
 * number formats and properties, tables of contents, and what is kept of other files. */
#include <stdlib.h>

#include "ods_parts.h"
#include "read.h"
#include "xlsx_parts.h"
#include "zip.h"

/* -- properties -- */

/* <office:meta>: the properties somebody has defined, as far as they are texts (ODF 1.2 part 1, 4.3.3). */
static enum status
read_meta(struct ods *o)
{
    struct xml *xml = &o->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (!ods_is(o, SPACE_META, "user-defined"))
            continue;
        const struct slice *name = xml_get_in(xml, SPACE_META, "name"), *type = xml_get_in(xml, SPACE_META, "value-type");
        if (name == NULL || (type != NULL && !slice_is(type, "string")))
            continue;
        const char *kept = ods_copy(o, name);
        xlsx_cut(&o->value, 0);
        enum status status = kept != NULL ? xml_content(xml, &o->value) : STATUS_MEMORY;
        if (status == STATUS_OK && o->value.n > 0 && !book_add_property(o->book, kept, o->value.at))
            status = STATUS_MEMORY;
        if (status != STATUS_OK)
            return status;
    }
    return xml->status;
}

/* -- the body -- */

/* <table:calculation-settings>: which day is 0. Of days other than that of 1904 dates are counted from 1899-12-30. */
static enum status
read_settings(struct ods *o)
{
    struct xml *xml = &o->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        const struct slice *day = xml_get_in(xml, SPACE_TABLE, "date-value");
        if (ods_is(o, SPACE_TABLE, "null-date") && day != NULL)
            o->book->date1904 = slice_is(day, "1904-01-01");
    }
    return xml->status;
}

static enum status
read_spreadsheet(struct ods *o)
{
    struct xml *xml = &o->xml;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (ods_is(o, SPACE_TABLE, "table"))
            status = ods_table(o, false);
        else if (ods_is(o, SPACE_TABLE, "calculation-settings"))
            status = read_settings(o);
    }
    return status != STATUS_OK ? status : xml->status;
}

static int
compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The head of a text: what in it was changed while changes were tracked. A change that was inserted and then deleted is deleted. */
static enum status
read_changes(struct ods *o)
{
    struct xml *xml = &o->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (!ods_is(o, SPACE_TEXT, "changed-region"))
            continue;
        o->book->revised = true;
        const struct slice *id = xml_get_in(xml, SPACE_TEXT, "id");
        const char *kept = id != NULL ? ods_copy(o, id) : "";
        if (kept == NULL)
            return STATUS_MEMORY;
        bool deletes = false;
        for (size_t change = xml->depth; xml_child(xml, change); )
            deletes |= ods_is(o, SPACE_TEXT, "deletion");
        if (!deletes)
            continue;
        if (!arena_room(o->arena, &o->deletions, o->ndeletions, &o->deletions_cap, sizeof *o->deletions))
            return STATUS_MEMORY;
        o->deletions[o->ndeletions++] = kept;
    }
    if (o->ndeletions > 1)
        qsort(o->deletions, o->ndeletions, sizeof *o->deletions, compare_ids);
    return xml->status;
}

/* A list of what stands elsewhere: contents, figures, index. */
static bool
is_index(const struct ods *o)
{
    static const char end[] = "-index";
    const struct slice *name = &o->xml.name;
    size_t n = sizeof end - 1;
    return xml_is(&o->xml, "table-of-content") || (name->n > n && memcmp(name->at + name->n - n, end, n) == 0);
}

/* Paragraphs and tables of a text, in sections, lists and text boxes too. */
static enum status
read_text_body(struct ods *o)
{
    struct xml *xml = &o->xml;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (ods_change(o))
            continue;
        if (ods_is(o, SPACE_TABLE, "table")) {
            status = o->deleted == 0 ? ods_table(o, false) : STATUS_OK;
        } else if (ods_is(o, SPACE_TEXT, "p") || ods_is(o, SPACE_TEXT, "h")) {
            xlsx_cut(&o->value, 0);
            status = ods_paragraph(o, &o->value);
            if (status == STATUS_OK && !book_add_paragraph(o->book, o->value.at))
                status = STATUS_MEMORY;
        } else if (ods_is(o, SPACE_TEXT, "tracked-changes")) {
            status = read_changes(o);
        } else if ((xml->space == SPACE_TEXT && !is_index(o)) || xml->space == SPACE_DRAWING) {
            status = read_text_body(o);
        }
    }
    return status != STATUS_OK ? status : xml->status;
}

static enum status
read_body(struct ods *o)
{
    struct xml *xml = &o->xml;
    bool found = false;
    enum status status = STATUS_OK;
    ods_styles_end(o);
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        o->document = ods_is(o, SPACE_ODF, "text");
        if (found || (!o->document && !ods_is(o, SPACE_ODF, "spreadsheet")))
            continue;
        found = true;
        o->book->kind = o->document ? FILE_ODT : FILE_ODS;
        status = o->document ? read_text_body(o) : read_spreadsheet(o);
    }
    if (status != STATUS_OK || xml->status != STATUS_OK)
        return status != STATUS_OK ? status : xml->status;
    return found ? STATUS_OK : fault_set(o->fault, STATUS_UNSUPPORTED, "%s: neither a spreadsheet nor a text", xml->part);
}

/* -- parts -- */

/* Scan a part: of its root's children those that are asked for. Of common and automatic styles of one part both are read, but not the
 * automatic ones of `styles.xml`, which are of headers and footers. */
static enum status
read_part(struct ods *o, const char *part, struct xml_source source)
{
    struct xml *xml = &o->xml;
    bool content = strcmp(part, "styles.xml") != 0;
    enum status status = xml_open(xml, o->arena, part, source, o->fault);
    if (status == STATUS_OK && xml_next(xml) == XML_FAILED)
        status = xml->status;
    if (status == STATUS_OK && xml->space != SPACE_ODF)
        return xml_damaged(xml, "an unknown root element");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (ods_is(o, SPACE_ODF, "meta"))
            status = read_meta(o);
        else if (ods_is(o, SPACE_ODF, "styles") || (content && ods_is(o, SPACE_ODF, "automatic-styles")))
            status = ods_styles(o);
        else if (ods_is(o, SPACE_ODF, "body"))
            status = read_body(o);
    }
    return status != STATUS_OK ? status : xml->status;
}

static enum status
read_member(struct ods *o, struct zip *zip, const char *name)
{
    const struct zip_member *member = zip_find(zip, name);
    if (member == NULL)
        return STATUS_OK;
    enum status status = zip_start(zip, member, o->fault);
    return status == STATUS_OK ? read_part(o, name, (struct xml_source){ zip_read, zip }) : status;
}

/* The manifest tells which members are encrypted. One that cannot be scanned tells nothing. */
static enum status
check_encryption(struct ods *o, struct zip *zip)
{
    static const char name[] = "META-INF/manifest.xml";
    const struct zip_member *member = zip_find(zip, name);
    if (member == NULL || zip_start(zip, member, NULL) != STATUS_OK)
        return STATUS_OK;
    enum xml_event event = XML_FAILED;
    if (xml_open(&o->xml, o->arena, name, (struct xml_source){ zip_read, zip }, NULL) == STATUS_OK)
        while ((event = xml_next(&o->xml)) != XML_FAILED && event != XML_FINISHED)
            if (event == XML_START && ods_is(o, SPACE_MANIFEST, "encryption-data"))
                return fault_set(o->fault, STATUS_ENCRYPTED, "%s", "");
    return event == XML_FAILED && o->xml.status == STATUS_MEMORY ? STATUS_MEMORY : STATUS_OK;
}

/* A new reader, and the format that dates without one have. NULL: no memory. */
static struct ods *
begin(struct arena *arena, struct book *book, struct fault *fault)
{
    *book = (struct book){ .arena = arena, .kind = FILE_ODS };
    struct ods *o = arena_alloc(arena, sizeof *o);
    if (o == NULL || number_format_begin(book) != STATUS_OK)
        return NULL;
    o->arena = arena;
    o->book = book;
    o->fault = fault;
    o->value = text_new(arena);
    if (number_format_define(arena, &o->formats, 0, "yyyy-mm-dd", fault) != STATUS_OK
        || number_format_use(book, &o->formats, 0, &o->date_format, fault) != STATUS_OK)
        return NULL;
    o->ncodes = 1;
    return o;
}

enum status
read_ods(struct arena *arena, struct zip *zip, struct book *book, struct fault *fault)
{
    struct ods *o = begin(arena, book, fault);
    if (o == NULL)
        return STATUS_MEMORY;
    if (zip_find(zip, "content.xml") == NULL)
        return fault_set(fault, STATUS_DAMAGED, "content.xml: missing");
    enum status status = check_encryption(o, zip);
    if (status == STATUS_OK)
        status = read_member(o, zip, "meta.xml");
    if (status == STATUS_OK || status == STATUS_DAMAGED)            /* the file needs nothing of what it says of itself */
        status = read_member(o, zip, "styles.xml");
    return status == STATUS_OK ? read_member(o, zip, "content.xml") : status;
}

/* -- the flat form -- */

struct bytes { const unsigned char *at; size_t left; };

static enum status
read_bytes(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault)
{
    struct bytes *bytes = from;
    (void)fault;
    *got = room < bytes->left ? room : bytes->left;
    memcpy(out, bytes->at, *got);
    bytes->at += *got;
    bytes->left -= *got;
    return STATUS_OK;
}

enum status
read_fods(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    struct bytes source = { bytes, n };
    struct ods *o = begin(arena, book, fault);
    return o != NULL ? read_part(o, "office:document", (struct xml_source){ read_bytes, &source }) : STATUS_MEMORY;
}
