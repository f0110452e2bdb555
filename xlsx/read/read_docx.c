/* SPDX-License-Identifier: MIT */
/* read_docx: Word documents (.docx, .docm, .dotx), transitional and strict: ECMA-376 part 1, 17.2 (main document), 17.3 (paragraphs and
 * runs), 17.16 (fields), 17.5 (content controls), 17.13 (revisions), part 3 (markup compatibility). What would be printed if all revisions
 * were accepted: tables are sheets (docx_table.c), everything else is running text. What stands around text and is not known is passed
 * through, so that a text is rather found than lost. Left out: headers, footers, notes, comments, numbers that lists make, hidden text,
 * formulas (OMML), documents that are only referred to. */
#include "bytes.h"
#include "docx_parts.h"
#include "number_format.h"
#include "read.h"

const struct slice *
docx_attribute(const struct xml *xml, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < xml->nattributes; i++) {
        const struct slice *full = &xml->attributes[i].name;
        bool ends = full->n >= n && memcmp(full->at + full->n - n, name, n) == 0;
        if (ends && (full->n == n || full->at[full->n - n - 1] == ':'))
            return &xml->attributes[i].value;
    }
    return NULL;
}

uint32_t
docx_number(const struct xml *xml, const char *name, uint32_t none)
{
    const struct slice *value = docx_attribute(xml, name);
    uint64_t number = 0;
    for (size_t i = 0; value != NULL && i < value->n; i++) {
        if (value->at[i] < '0' || value->at[i] > '9')
            return none;
        number = number * 10 + (uint64_t)(value->at[i] - '0');
        if (number > UINT32_MAX)
            return UINT32_MAX;
    }
    return value != NULL && value->n > 0 ? (uint32_t)number : none;
}

/* An on/off property (17.17.4): there, and not said to be off. */
static bool
is_on(const struct xml *xml)
{
    const struct slice *value = docx_attribute(xml, "val");
    return value == NULL || !(slice_is(value, "0") || slice_is(value, "false") || slice_is(value, "off"));
}

enum status
docx_skip(struct docx *d)
{
    struct xml *xml = &d->package.xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); )
        continue;
    return xml->status;
}

/* -- text -- */

static enum status
put(struct docx *d, const char *s)
{
    size_t n = strlen(s);
    if (d->muted || d->codes != 0)
        return STATUS_OK;
    if (n > LIMIT_CELL_TEXT - d->text.n)
        return fault_set(d->package.fault, STATUS_TOO_BIG, "%s: a text of more than %d bytes", d->package.xml.part, LIMIT_CELL_TEXT);
    text_put(&d->text, s, n);
    d->given += *s > ' ';
    return d->text.failed ? STATUS_MEMORY : STATUS_OK;
}

static enum status
read_text(struct docx *d)
{
    size_t before = d->text.n;
    if (d->muted || d->codes != 0)
        return docx_skip(d);
    enum status status = xml_content(&d->package.xml, &d->text);
    d->given += d->text.n > before;
    return status;
}

static enum status
put_and_skip(struct docx *d, const char *s)
{
    enum status status = put(d, s);
    return status == STATUS_OK ? docx_skip(d) : status;
}

static enum status read_tab(struct docx *d) { return put_and_skip(d, "\t"); }
static enum status read_break(struct docx *d) { return put_and_skip(d, "\n"); }
static enum status read_hyphen(struct docx *d) { return put_and_skip(d, "-"); }

/* A character of a symbol font: its code, mostly one of private use; at least the place is not empty. */
static enum status
read_symbol(struct docx *d)
{
    const struct slice *code = docx_attribute(&d->package.xml, "char");
    uint32_t cp = 0;
    char utf8[5] = "";
    for (size_t i = 0; code != NULL && i < code->n && cp <= UINT16_MAX; i++)
        cp = cp << 4 | (uint32_t)(hex_digit(code->at[i]) & 15);
    utf8[utf8_encode(cp >= ' ' ? cp : 0xFFFD, utf8)] = '\0';
    return put_and_skip(d, utf8);
}

/* -- paragraphs -- */

enum status
docx_tell(struct docx *d)
{
    struct docx_flow *flow = d->flow;
    struct book *book = d->package.book;
    bool ok = true;
    if (!flow->running)             /* a cell that now turns out to be layout: its lines so far */
        for (char *s = d->text.at + flow->told, *end; ok && (end = strchr(s, '\n')) != NULL; s = end + 1) {
            *end = '\0';
            ok = book_add_paragraph(book, s);
            *end = '\n';
            flow->told = (size_t)(end + 1 - d->text.at);
        }
    ok = ok && book_add_paragraph(book, d->text.at + flow->told);
    if (!flow->cell)
        xlsx_cut(&d->text, flow->begin);
    flow->told = d->text.n;
    flow->running = true;
    return ok ? STATUS_OK : STATUS_MEMORY;
}

enum status
docx_end_flow(struct docx *d, struct docx_flow *flow)
{
    enum status status = flow->running ? docx_tell(d) : STATUS_OK;
    xlsx_cut(&d->text, flow->begin);
    return status;
}

/* Codes of fields end with the paragraph at the latest, so that a field that is never ended hides no more than that. */
static enum status
read_paragraph(struct docx *d)
{
    bool outer = d->unmarked;
    d->unmarked = false;
    enum status status = docx_walk(d);
    bool goes_on = d->unmarked;
    d->unmarked = outer;
    d->codes = 0;
    if (status == STATUS_OK && !goes_on && d->flow->running)
        status = docx_tell(d);
    if (status == STATUS_OK && !goes_on && d->flow->cell)
        status = put(d, "\n");
    return status;
}

/* Of a paragraph only its mark matters: deleted or hidden, it parts nothing. */
static enum status
read_paragraph_properties(struct docx *d)
{
    struct xml *xml = &d->package.xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); )
        if (xml_is(xml, "rPr"))
            for (size_t mark = xml->depth; xml_child(xml, mark); ) {
                bool deleted = xml_is(xml, "del") || xml_is(xml, "moveFrom");
                d->unmarked |= deleted || (xml_is(xml, "vanish") && is_on(xml));
                d->package.book->revised |= deleted || xml_is(xml, "ins") || xml_is(xml, "moveTo");
            }
    return xml->status;
}

/* -- what may be muted: runs and content controls -- */

static enum status
read_muted(struct docx *d)
{
    bool muted = d->muted;
    enum status status = docx_walk(d);
    d->muted = muted;
    return status;
}

static enum status
mute_if(struct docx *d, const char *property)
{
    struct xml *xml = &d->package.xml;
    for (size_t depth = xml->depth; xml_child(xml, depth); )
        d->muted |= xml_is(xml, property) && is_on(xml);
    return xml->status;
}

static enum status read_run_properties(struct docx *d) { return mute_if(d, "vanish"); }
static enum status read_control_properties(struct docx *d) { return mute_if(d, "showingPlcHdr"); }

static enum status
read_field(struct docx *d)
{
    const struct slice *type = docx_attribute(&d->package.xml, "fldCharType");
    if (type != NULL && slice_is(type, "begin"))
        d->codes = d->codes << 1 | 1;
    else if (type != NULL && slice_is(type, "separate"))
        d->codes &= ~UINT64_C(1);
    else if (type != NULL && slice_is(type, "end"))
        d->codes >>= 1;
    return docx_skip(d);
}

/* -- revisions -- */

static enum status
read_kept(struct docx *d)
{
    d->package.book->revised = true;
    return docx_walk(d);
}

static enum status
read_dropped(struct docx *d)
{
    d->package.book->revised = true;
    return docx_skip(d);
}

/* -- other flows, other branches, other documents -- */

static enum status
read_text_box(struct docx *d)
{
    struct docx_flow flow = { .begin = d->text.n, .told = d->text.n, .running = true }, *outer = d->flow;
    struct docx_table *table = d->table;
    const struct book *book = d->package.book;
    size_t told = book->nparagraphs;
    d->flow = &flow;
    d->table = NULL;
    enum status status = docx_walk(d);
    if (status == STATUS_OK)
        status = docx_end_flow(d, &flow);
    d->flow = outer;
    d->table = table;
    if (status == STATUS_OK && book->nparagraphs == told + 1)
        docx_boxed(d, book->paragraphs[told]);
    return status;
}

/* Part 3, 7.5: of the branches the first that gives anything counts. */
static enum status
read_alternatives(struct docx *d)
{
    struct xml *xml = &d->package.xml;
    size_t given = d->given;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); )
        if (d->given == given)
            status = docx_walk(d);
    return status != STATUS_OK ? status : xml->status;
}

static enum status
read_chunk(struct docx *d)
{
    d->chunked = true;
    return docx_skip(d);
}

/* -- elements -- */

static enum status
read_element(struct docx *d)
{
    static const struct { const char *name; enum status (*read)(struct docx *d); } known[] = {
        { "t", read_text }, { "r", read_muted }, { "rPr", read_run_properties }, { "p", read_paragraph }, { "pPr", read_paragraph_properties },
        { "tc", docx_cell }, { "tcPr", docx_cell_properties }, { "tr", docx_row }, { "trPr", docx_row_properties }, { "tbl", docx_table },
        { "tab", read_tab }, { "ptab", read_tab }, { "br", read_break }, { "cr", read_break }, { "noBreakHyphen", read_hyphen },
        { "sym", read_symbol }, { "fldChar", read_field }, { "instrText", docx_skip }, { "rt", docx_skip },
        { "sdt", read_muted }, { "sdtPr", read_control_properties }, { "txbxContent", read_text_box }, { "altChunk", read_chunk },
        { "ins", read_kept }, { "moveTo", read_kept }, { "del", read_dropped }, { "moveFrom", read_dropped },
        { "delText", docx_skip }, { "delInstrText", docx_skip },
    };
    const struct xml *xml = &d->package.xml;
    if (xml->space == SPACE_CHOICE && xml_is(xml, "AlternateContent"))
        return read_alternatives(d);
    for (size_t i = 0; xml->space == SPACE_OFFICE && i < sizeof known / sizeof *known; i++)
        if (xml_is(xml, known[i].name))
            return known[i].read(d);
    return STATUS_OK;               /* what is in it comes next */
}

enum status
docx_walk(struct docx *d)
{
    struct xml *xml = &d->package.xml;
    size_t depth = xml->depth;
    for (;;) {
        enum status status = STATUS_OK;
        switch (xml_next(xml)) {
        case XML_START:
            status = read_element(d);
            break;
        case XML_END:
            if (xml->depth < depth)
                return STATUS_OK;
            break;
        case XML_TEXT:
            break;
        case XML_FAILED:
        case XML_FINISHED:
            return xml->status;
        }
        if (status != STATUS_OK)
            return status;
    }
}

/* Begin to scan the main part: the one that the package relates to, else the one of the conventional name. */
static enum status
open_main(struct xlsx *x)
{
    struct relationships relationships;
    enum status status = xlsx_relationships(x, "", &relationships);
    if (status != STATUS_OK)
        return status;
    const struct relationship *main = xlsx_related(&relationships, RELATION_MAIN);
    return xlsx_open(x, main != NULL ? main->target : "word/document.xml", "document");
}

static enum status
read_document(struct docx *d)
{
    struct xlsx *x = &d->package;
    struct docx_flow body = { .running = true };
    d->flow = &body;
    enum status status = open_main(x);
    if (status == STATUS_OK)
        status = docx_walk(d);
    if (status == STATUS_OK)
        status = docx_end_flow(d, &body);
    if (status == STATUS_OK && d->chunked && x->book->nsheets == 0 && x->book->nparagraphs == 0)
        return fault_set(x->fault, STATUS_UNSUPPORTED, "%s: altChunk", x->xml.part);
    return status;
}

static struct docx *
docx_new(struct arena *arena, struct zip *zip, struct book *book, struct fault *fault)
{
    struct docx *d = arena_alloc(arena, sizeof *d);
    if (d == NULL)
        return NULL;
    d->package.arena = arena;
    d->package.zip = zip;
    d->package.book = book;
    d->package.fault = fault;
    d->text = text_new(arena);
    return d;
}

bool
docx_is(struct arena *arena, struct zip *zip)
{
    struct docx *d = docx_new(arena, zip, NULL, NULL);
    return d != NULL && open_main(&d->package) == STATUS_OK;
}

enum status
read_docx(struct arena *arena, struct zip *zip, struct book *book, struct fault *fault)
{
    *book = (struct book){ .arena = arena, .kind = FILE_DOCX };
    struct docx *d = docx_new(arena, zip, book, fault);
    return d != NULL && number_format_begin(book) == STATUS_OK ? read_document(d) : STATUS_MEMORY;
}
