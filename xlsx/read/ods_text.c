/* SPDX-License-Identifier: MIT */
/* ods_text: the text of a paragraph: ODF 1.2 part 1, 6.1.1 (spans, links, fields: their text counts), 6.1.2 (white space is collapsed),
 * 6.1.3 to 6.1.5 (text:s, text:tab, text:line-break). Left out: notes, annotations, the pronunciation of ruby, pictures.
 * Paragraphs in what is drawn (10.4.3: text boxes) are running text, tables there are tables.
 * What was deleted between the marks of a change (5.5.7) is not there.
 * A single blank at the end stays: LibreOffice writes what stands there in the cell. */
#include <stdlib.h>

#include "ods_parts.h"
#include "xlsx_parts.h"

static enum status
too_long(struct ods *o)
{
    return fault_set(o->fault, STATUS_TOO_BIG, "%s: a text of more than %d bytes", o->xml.part, LIMIT_CELL_TEXT);
}

/* Append a piece of text; *blank: what is before it ends in white space, or is nothing. */
static enum status
put_piece(struct ods *o, struct text *out, bool *blank)
{
    const struct slice *piece = &o->xml.text;
    if (piece->n > LIMIT_CELL_TEXT || out->n > LIMIT_CELL_TEXT - piece->n)
        return too_long(o);
    for (size_t i = 0, from; i < piece->n; ) {
        for (from = i; i < piece->n && (unsigned char)piece->at[i] > ' '; i++)
            continue;
        text_put(out, piece->at + from, i - from);
        *blank = *blank && i == from;
        for (; i < piece->n && (unsigned char)piece->at[i] <= ' '; i++) {
            if (!*blank)
                text_putc(out, ' ');
            *blank = true;
        }
    }
    return STATUS_OK;
}

/* Append what an element stands for. */
static enum status
put_element(struct ods *o, struct text *out, bool *blank)
{
    uint32_t count = 1;
    char c = ods_is(o, SPACE_TEXT, "s") ? ' ' : ods_is(o, SPACE_TEXT, "tab") ? '\t' : ods_is(o, SPACE_TEXT, "line-break") ? '\n' : '\0';
    if (c == '\0')
        return STATUS_OK;
    const struct slice *c_of = c == ' ' ? xml_get_in(&o->xml, SPACE_TEXT, "c") : NULL;
    if (c_of != NULL && !xlsx_index(c_of, &count))
        return xml_damaged(&o->xml, "a bad number of blanks");
    if (count > LIMIT_CELL_TEXT || out->n > LIMIT_CELL_TEXT - count)
        return too_long(o);
    for (; count > 0; count--)
        text_putc(out, c);
    *blank = c == '\n';
    return STATUS_OK;
}

static int
compare_id(const void *key, const void *item)
{
    const struct slice *id = key;
    const char *deletion = *(const char *const *)item;
    int order = strncmp(id->at, deletion, id->n);
    return order != 0 ? order : -(deletion[id->n] != '\0');
}

bool
ods_change(struct ods *o)
{
    bool start = ods_is(o, SPACE_TEXT, "change-start");
    if (!start && !ods_is(o, SPACE_TEXT, "change-end"))
        return false;
    const struct slice *id = xml_get_in(&o->xml, SPACE_TEXT, "change-id");
    if (id != NULL && o->ndeletions > 0 && bsearch(id, o->deletions, o->ndeletions, sizeof *o->deletions, compare_id) != NULL) {
        if (start)
            o->deleted++;
        else if (o->deleted > 0)
            o->deleted--;
    }
    return true;
}

static bool
is_aside(const struct ods *o)
{
    return (o->xml.space != SPACE_TEXT && o->xml.space != SPACE_DRAWING) || xml_is(&o->xml, "note") || xml_is(&o->xml, "ruby-text") || xml_is(&o->xml, "script");
}

/* A paragraph or table of a text box; *inner: the element just started is one. */
static enum status
read_drawn(struct ods *o, bool *inner)
{
    bool table = ods_is(o, SPACE_TABLE, "table");
    *inner = table || ods_is(o, SPACE_TEXT, "p") || ods_is(o, SPACE_TEXT, "h");
    if (!*inner)
        return STATUS_OK;
    if (table)
        return o->deleted == 0 ? ods_inner_table(o) : STATUS_OK;
    struct text text = text_new(o->arena);
    enum status status = ods_paragraph(o, &text);
    return status != STATUS_OK || book_add_paragraph(o->book, text.n > 0 ? text.at : "") ? status : STATUS_MEMORY;
}

enum status
ods_paragraph(struct ods *o, struct text *out)
{
    struct xml *xml = &o->xml;
    size_t depth = xml->depth, aside = 0;       /* aside: the depth of what is being left out */
    bool blank = true, inner;
    enum status status = STATUS_OK;
    while (status == STATUS_OK)
        switch (xml_next(xml)) {
        case XML_TEXT:
            if (aside == 0 && o->deleted == 0)
                status = put_piece(o, out, &blank);
            break;
        case XML_START:
            if (aside > 0)
                break;
            status = read_drawn(o, &inner);
            if (inner)
                break;
            if (is_aside(o))
                aside = xml->depth;
            else if (!ods_change(o) && o->deleted == 0)
                status = put_element(o, out, &blank);
            break;
        case XML_END:
            if (xml->depth < depth)
                return out->failed ? STATUS_MEMORY : STATUS_OK;
            if (xml->depth < aside)
                aside = 0;
            break;
        case XML_FAILED:
        case XML_FINISHED:
            return xml->status;
        }
    return status;
}
