/* SPDX-License-Identifier: MIT */
/* ods_styles: styles as far as they say what a cell's number is and whether a table is shown: ODF 1.2 part 1, 16.2 (style:style), 17.17
 * (table properties), 16.27 (data styles). A cell style without a data style shows numbers like its parent. */
#include <stdlib.h>

#include "ods_parts.h"
#include "xlsx_parts.h"

enum { PARENTS = 64 };          /* of a style; real ones have two or three */

static const struct ods_style *
style_of(const struct ods *o, enum ods_family family, const char *name, size_t n)
{
    size_t low = 0, high = o->nstyles;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct ods_style *s = &o->styles[middle];
        int order = s->family != family ? (s->family < family ? -1 : 1) : strncmp(s->name, name, n);
        if (order == 0 && s->name[n] == '\0')
            return s;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int
compare(const void *a, const void *b)
{
    const struct ods_style *x = a, *y = b;
    int order = x->family != y->family ? (x->family < y->family ? -1 : 1) : strcmp(x->name, y->name);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

void
ods_styles_end(struct ods *o)
{
    size_t n = 0;
    if (o->nstyles > 1)
        qsort(o->styles, o->nstyles, sizeof *o->styles, compare);
    for (size_t i = 0; i < o->nstyles; i++) {
        if (n > 0 && o->styles[n - 1].family == o->styles[i].family && strcmp(o->styles[n - 1].name, o->styles[i].name) == 0)
            n--;
        o->styles[n++] = o->styles[i];
    }
    o->nstyles = n;
}

static enum status
add(struct ods *o, const struct ods_style *style)
{
    if (o->nstyles == LIMIT_FORMATS)
        return fault_set(o->fault, STATUS_TOO_BIG, "%s: more than %d styles", o->xml.part, LIMIT_FORMATS);
    if (!arena_room(o->arena, &o->styles, o->nstyles, &o->styles_cap, sizeof *o->styles))
        return STATUS_MEMORY;
    o->styles[o->nstyles] = *style;
    o->styles[o->nstyles].order = o->nstyles;
    o->nstyles++;
    return STATUS_OK;
}

/* A copy of an attribute, NULL when it is not there; false: no memory. */
static bool
keep(struct ods *o, enum xml_space space, const char *name, const char **copy)
{
    const struct slice *value = xml_get_in(&o->xml, space, name);
    *copy = value != NULL ? ods_copy(o, value) : NULL;
    return value == NULL || *copy != NULL;
}

/* The <style:style> just started, if it is of a cell or a table. */
static enum status
read_style(struct ods *o)
{
    struct xml *xml = &o->xml;
    const struct slice *family = xml_get_in(xml, SPACE_STYLE, "family");
    struct ods_style style = { .family = FAMILY_NONE };
    if (family != NULL && slice_is(family, "table-cell"))
        style.family = FAMILY_CELL;
    else if (family != NULL && slice_is(family, "table"))
        style.family = FAMILY_TABLE;
    if (!keep(o, SPACE_STYLE, "name", &style.name) || !keep(o, SPACE_STYLE, "parent-style-name", &style.parent)
        || !keep(o, SPACE_STYLE, "data-style-name", &style.data))
        return STATUS_MEMORY;
    if (style.family == FAMILY_TABLE)
        for (size_t depth = xml->depth; xml_child(xml, depth); ) {
            const struct slice *display = xml_get_in(xml, SPACE_TABLE, "display");
            style.hidden |= display != NULL && slice_is(display, "false");
        }
    if (xml->status != STATUS_OK || style.family == FAMILY_NONE || style.name == NULL)
        return xml->status;
    return add(o, &style);
}

/* The data style just started. */
static enum status
read_number_style(struct ods *o)
{
    struct ods_style style = { .family = FAMILY_DATA, .code = o->ncodes };
    struct text code = text_new(o->arena);
    if (!keep(o, SPACE_STYLE, "name", &style.name))
        return STATUS_MEMORY;
    enum status status = ods_number_style(o, &code);
    if (status == STATUS_OK)
        status = number_format_define(o->arena, &o->formats, o->ncodes, code.n > 0 ? code.at : "General", o->fault);
    if (status != STATUS_OK || style.name == NULL)
        return status;
    o->ncodes++;
    return add(o, &style);
}

enum status
ods_styles(struct ods *o)
{
    struct xml *xml = &o->xml;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (ods_is(o, SPACE_STYLE, "style"))
            status = read_style(o);
        else if (xml->space == SPACE_NUMBER)
            status = read_number_style(o);
    }
    return status != STATUS_OK ? status : xml->status;
}

enum status
ods_format(struct ods *o, const struct slice *style, uint16_t *format)
{
    const struct ods_style *s = style_of(o, FAMILY_CELL, style->at, style->n), *data = NULL;
    *format = 0;
    for (int i = 0; s != NULL && s->data == NULL && i < PARENTS; i++)
        s = s->parent != NULL ? style_of(o, FAMILY_CELL, s->parent, strlen(s->parent)) : NULL;
    if (s != NULL && s->data != NULL)
        data = style_of(o, FAMILY_DATA, s->data, strlen(s->data));
    return data != NULL ? number_format_use(o->book, &o->formats, data->code, format, o->fault) : STATUS_OK;
}

bool
ods_hidden(const struct ods *o, const struct slice *style)
{
    const struct ods_style *s = style_of(o, FAMILY_TABLE, style->at, style->n);
    return s != NULL && s->hidden;
}
