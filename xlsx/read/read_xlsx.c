/* SPDX-License-Identifier: MIT */
/* read_xlsx: .xlsx and .xlsm, transitional and strict: ECMA-376 part 1, 12.3.23 (workbook part), 18.2 (workbook), and the parts it
 * relates to (xlsx_*.c). Where relationships are missing the conventional names are tried. Left out: chart, dialog and macro sheets,
 * everything but cells, merged ranges, number formats and custom properties. Defined names and external links are not followed. */
#include "number_format.h"
#include "read.h"
#include "xlsx_parts.h"

/* A <sheet> of the workbook; its cells are read when the workbook part has been. */
struct tab { const char *name, *id; bool hidden; };

struct workbook {
    const char *part;
    struct relationships relationships;
    struct tab *tabs;
    size_t ntabs, cap;
    bool related;               /* some tab says to which part it relates */
};

static bool
is_true(const struct slice *s)
{
    bool value;
    return s != NULL && xlsx_boolean(s, &value) && value;
}

static enum status
add_tab(struct xlsx *x, struct workbook *w, struct tab tab)
{
    if (tab.name == NULL || tab.id == NULL || !arena_room(x->arena, &w->tabs, w->ntabs, &w->cap, sizeof *w->tabs))
        return STATUS_MEMORY;
    w->tabs[w->ntabs++] = tab;
    w->related = w->related || *tab.id != '\0';
    return STATUS_OK;
}

static enum status
read_tabs(struct xlsx *x, struct workbook *w)
{
    struct xml *xml = &x->xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); ) {
        if (!xml_is(xml, "sheet"))
            continue;
        const struct slice *name = xml_get(xml, "name"), *id = xml_relationship(xml), *state = xml_get(xml, "state");
        if (name == NULL)
            return xml_damaged(xml, "a sheet without a name");
        if (w->ntabs == LIMIT_SHEETS)
            return fault_set(x->fault, STATUS_TOO_BIG, "more than %d sheets", LIMIT_SHEETS);
        const struct tab tab = { xlsx_copy(x, name), id != NULL ? xlsx_copy(x, id) : "", state != NULL && !slice_is(state, "visible") };
        enum status status = add_tab(x, w, tab);
        if (status != STATUS_OK)
            return status;
    }
    return xml->status;
}

static enum status
scan_workbook(struct xlsx *x, const char *part, void *out)
{
    struct xml *xml = &x->xml;
    enum status status = xlsx_open(x, part, "workbook");
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (xml_is(xml, "workbookPr"))
            x->book->date1904 = is_true(xml_get(xml, "date1904"));
        else if (xml_is(xml, "sheets"))
            status = read_tabs(x, out);
    }
    return status != STATUS_OK ? status : xml->status;
}

/* Whether the date system is that of 1904; of each sheet its name behind a letter that says whether it is hidden, and its id. */
static void
tell_workbook(const struct xlsx *x, const void *out, struct text *words)
{
    const struct workbook *w = out;
    xlsx_put_word(words, x->book->date1904 ? "y" : "n");
    for (size_t i = 0; i < w->ntabs; i++) {
        text_putc(words, w->tabs[i].hidden ? 'h' : 'v');
        xlsx_put_word(words, w->tabs[i].name);
        xlsx_put_word(words, w->tabs[i].id);
    }
}

static enum status
take_workbook(struct xlsx *x, const char *words, void *out)
{
    enum status status = STATUS_OK;
    x->book->date1904 = *xlsx_word(&words) == 'y';
    while (status == STATUS_OK && *words != '\0') {
        const char *name = xlsx_word(&words), *id = xlsx_word(&words);
        status = add_tab(x, out, (struct tab){ name + 1, id, *name == 'h' });
    }
    return status;
}

static enum status
read_workbook(struct xlsx *x, struct workbook *w)
{
    static const struct seen_reader reader = { SEEN_WORKBOOK, scan_workbook, tell_workbook, take_workbook };
    enum status status = xlsx_relationships(x, w->part, &w->relationships);
    return status == STATUS_OK ? xlsx_seen_read(x, &reader, w->part, w) : status;
}

/* The part that holds the i-th sheet: *part is NULL for a sheet without cells (chart, dialog, macro; a module of Basic relates to nothing,
 * beside sheets that relate to a part). */
static enum status
sheet_part(struct xlsx *x, const struct workbook *w, size_t i, const char **part)
{
    *part = NULL;
    if (*w->tabs[i].id == '\0' && w->related)
        return STATUS_OK;
    for (size_t j = 0; j < w->relationships.n; j++) {
        const struct relationship *r = &w->relationships.items[j];
        if (strcmp(r->id, w->tabs[i].id) == 0) {
            *part = r->type == RELATION_SHEET ? r->target : NULL;
            return STATUS_OK;
        }
    }
    if (w->relationships.n > 0)
        return fault_set(x->fault, STATUS_DAMAGED, "%s: sheet \"%s\" relates to nothing", w->part, w->tabs[i].name);
    struct text name = text_new(x->arena);
    text_printf(&name, "xl/worksheets/sheet%zu.xml", i + 1);
    *part = name.at;
    return name.failed ? STATUS_MEMORY : STATUS_OK;
}

static enum status
read_sheets(struct xlsx *x, const struct workbook *w)
{
    for (size_t i = 0; i < w->ntabs; i++) {
        const char *part;
        enum status status = sheet_part(x, w, i, &part);
        if (status == STATUS_OK && part != NULL) {
            struct sheet *sheet = book_add_sheet(x->book, w->tabs[i].name, w->tabs[i].hidden);
            status = sheet != NULL ? xlsx_sheet(x, part, sheet) : STATUS_MEMORY;
        }
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* Read a part that cells refer to: the related one, or the one of the conventional name, or none. */
static enum status
read_related(struct xlsx *x, const struct relationships *relationships, enum relation type, const char *usual,
             enum status (*read)(struct xlsx *x, const char *part))
{
    const struct relationship *r = xlsx_related(relationships, type);
    const char *part = r != NULL ? r->target : usual;
    return r != NULL || zip_find(x->zip, part) != NULL ? read(x, part) : STATUS_OK;
}

static enum status
read_package(struct xlsx *x)
{
    struct relationships package;
    struct workbook w = { .part = "xl/workbook.xml" };
    enum status status = xlsx_relationships(x, "", &package);
    if (status != STATUS_OK)
        return status;
    const struct relationship *main = xlsx_related(&package, RELATION_MAIN);
    if (main != NULL)
        w.part = main->target;
    size_t length = strlen(w.part);
    if (length >= 4 && strcmp(w.part + length - 4, ".bin") == 0)
        return fault_set(x->fault, STATUS_XLSB, "%s", w.part);
    if (main == NULL && zip_find(x->zip, w.part) == NULL)
        return fault_set(x->fault, STATUS_DAMAGED, "no workbook part");
    status = read_workbook(x, &w);
    if (status == STATUS_OK)
        status = read_related(x, &w.relationships, RELATION_STRINGS, "xl/sharedStrings.xml", xlsx_strings);
    if (status == STATUS_OK)
        status = read_related(x, &w.relationships, RELATION_STYLES, "xl/styles.xml", xlsx_styles);
    if (status == STATUS_OK)
        status = read_related(x, &package, RELATION_PROPERTIES, "docProps/custom.xml", xlsx_properties);
    return status == STATUS_OK ? read_sheets(x, &w) : status;
}

enum status
read_xlsx(struct arena *arena, struct zip *zip, const struct interest *interest, struct book *book, struct fault *fault)
{
    *book = (struct book){ .arena = arena, .kind = FILE_XLSX };
    struct xlsx *x = arena_alloc(arena, sizeof *x);
    if (x == NULL || number_format_begin(book) != STATUS_OK)
        return STATUS_MEMORY;
    x->arena = arena;
    x->zip = zip;
    x->interest = interest;
    x->book = book;
    x->fault = fault;
    x->value = text_new(arena);
    x->formula = text_new(arena);
    return read_package(x);
}
