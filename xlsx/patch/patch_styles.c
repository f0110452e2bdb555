/* SPDX-License-Identifier: MIT */
/* patch_styles: the styles part, ECMA-376 part 1, 18.8: fonts (18.8.23), fills (18.8.21), borders (18.8.5) and the cell styles that name
 * them by index (cellXfs, 18.8.10). New elements are put behind the others, so every index that is in use keeps its meaning, and one that
 * is written as another is that other. Differential and named styles are not touched. */
#include <stdio.h>

#include "patch_parts.h"

enum { STYLES_MAX = 65490 };        /* that Excel opens: cell styles */

static const char *const lists[LOOKS] = { [LOOK_FONT] = "fonts", [LOOK_FILL] = "fills", [LOOK_BORDER] = "borders", [LOOK_XF] = "cellXfs" };

/* Which list the element just started is; LOOKS: none. */
static enum look
list_of(const struct xml *xml)
{
    enum look list = 0;
    while (list < LOOKS && !xml_is(xml, lists[list]))
        list++;
    return list;
}

static bool
add_look(struct patch *patch, struct looks *looks, struct slice element)
{
    if (looks->n >= LIMIT_FORMATS || !arena_room(patch->arena, &looks->items, looks->n, &looks->cap, sizeof element))
        return false;
    looks->items[looks->n++] = element;
    return true;
}

enum status
looks_read(struct patch *patch)
{
    struct slice bytes;
    struct splice s;
    enum status status = part_get(patch, patch->styles, &bytes);
    if (status == STATUS_OK && bytes.at == NULL)
        status = fault_set(patch->fault, STATUS_UNSUPPORTED, "no styles");
    if (status == STATUS_OK)
        status = splice_open(&s, patch->arena, &patch->xml, patch->styles, bytes, "styleSheet", patch->fault);
    if (status != STATUS_OK)
        return status;
    patch->prefix = splice_prefix(&s);
    for (size_t depth = patch->xml.depth; splice_child(&s, depth); ) {
        enum look list = list_of(&patch->xml);
        for (size_t items = patch->xml.depth; list < LOOKS && splice_child(&s, items); )
            if (!add_look(patch, &patch->looks[list], splice_element(&s)))
                return STATUS_MEMORY;
    }
    for (enum look list = 0; list < LOOKS; list++) {
        patch->looks[list].old = patch->looks[list].n;
        if (patch->xml.status == STATUS_OK && patch->looks[list].n == 0)
            return fault_set(patch->fault, STATUS_UNSUPPORTED, "%s: no %s", patch->styles, lists[list]);
    }
    return patch->prefix != NULL ? patch->xml.status : STATUS_MEMORY;
}

/* The list just started: its count, and what is new in it. */
static enum status
write_list(struct patch *patch, struct splice *s, const struct looks *looks)
{
    const struct slice *count = xml_get(&patch->xml, "count");
    char number[24];
    uint32_t n;
    struct text added = text_new(patch->arena);
    if (count != NULL && xlsx_index(count, &n)) {
        snprintf(number, sizeof number, "%zu", n + (looks->n - looks->old));
        splice_attribute(s, "count", number);
    }
    for (size_t depth = patch->xml.depth; splice_any(s, depth); )
        continue;
    for (size_t i = looks->old; i < looks->n; i++)
        text_put(&added, looks->items[i].at, looks->items[i].n);
    splice_append(s, added.failed ? "" : added.at);
    return added.failed ? STATUS_MEMORY : STATUS_OK;
}

enum status
looks_write(struct patch *patch)
{
    struct slice bytes;
    struct splice s;
    enum status status = part_get(patch, patch->styles, &bytes);
    if (status == STATUS_OK)
        status = splice_open(&s, patch->arena, &patch->xml, patch->styles, bytes, "styleSheet", patch->fault);
    if (status != STATUS_OK)
        return status;
    for (size_t depth = patch->xml.depth; status == STATUS_OK && splice_child(&s, depth); ) {
        enum look list = list_of(&patch->xml);
        if (list < LOOKS && patch->looks[list].n > patch->looks[list].old)
            status = write_list(patch, &s, &patch->looks[list]);
    }
    if (status == STATUS_OK)
        status = splice_finish(&s, &bytes);
    return status == STATUS_OK && bytes.n > s.from.n ? part_put(patch, patch->styles, bytes) : status;
}

size_t
look_index(struct patch *patch, enum look list, struct slice element)
{
    struct looks *looks = &patch->looks[list];
    for (size_t i = 0; element.at != NULL && i < looks->n; i++)
        if (looks->items[i].n == element.n && memcmp(looks->items[i].at, element.at, element.n) == 0)
            return i;
    return element.at != NULL && (list != LOOK_XF || looks->n < STYLES_MAX) && add_look(patch, looks, element) ? looks->n - 1 : SIZE_MAX;
}

static size_t
text_index(struct patch *patch, enum look list, const struct text *element)
{
    return element->failed ? SIZE_MAX : look_index(patch, list, (struct slice){ element->at, element->n });
}

/* -- fills -- */

size_t
look_fill(const struct patch *patch, size_t xf)
{
    struct tag_range range;
    uint32_t fill;
    const struct slice *item = &patch->looks[LOOK_XF].items[xf];
    if (xf >= patch->looks[LOOK_XF].n || !tag_attribute(*item, "fillId", &range)
        || !xlsx_index(&(struct slice){ item->at + range.value, range.end - range.value }, &fill) || fill >= patch->looks[LOOK_FILL].n)
        return 0;
    return fill;
}

size_t
look_filled(struct patch *patch, size_t xf, size_t fill)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", fill);
    if (fill == SIZE_MAX || xf >= patch->looks[LOOK_XF].n)
        return SIZE_MAX;
    struct slice element = tag_with(patch->arena, patch->looks[LOOK_XF].items[xf], "fillId", number);
    if (element.at != NULL)
        element = tag_with(patch->arena, element, "applyFill", "1");
    return look_index(patch, LOOK_XF, element);
}

size_t
look_solid(struct patch *patch, uint32_t color)
{
    struct text out = text_new(patch->arena);
    const char *x = patch->prefix;
    text_printf(&out, "<%sfill><%spatternFill patternType=\"solid\"><%sfgColor rgb=\"FF%06X\"/><%sbgColor indexed=\"64\"/></%spatternFill></%sfill>",
                x, x, x, (unsigned)color, x, x, x);
    return text_index(patch, LOOK_FILL, &out);
}

/* Is the colour written in it, in whatever case? */
static bool
has_color(struct slice fill, uint32_t color)
{
    char hex[8];
    snprintf(hex, sizeof hex, "%06X", (unsigned)color);
    for (size_t i = 0; i + 6 <= fill.n; i++) {
        size_t k = 0;
        while (k < 6 && (fill.at[i + k] | 0x20) == (hex[k] | 0x20))
            k++;
        if (k == 6)
            return true;
    }
    return false;
}

bool
look_is(const struct patch *patch, size_t xf, const uint32_t *colors, size_t n)
{
    struct slice fill = patch->looks[LOOK_FILL].items[look_fill(patch, xf)];
    for (size_t i = 0; i < n; i++)
        if (has_color(fill, colors[i]))
            return true;
    return false;
}

/* -- styles of a draft -- */

static size_t
font_of(struct patch *patch, const struct style *style)
{
    struct text out = text_new(patch->arena);
    const char *x = patch->prefix;
    text_printf(&out, "<%sfont>", x);
    if (style->bold)
        text_printf(&out, "<%sb/>", x);
    text_printf(&out, "<%ssz val=\"%d\"/>", x, style->size != 0 ? style->size : 11);
    if (style->color != 0)
        text_printf(&out, "<%scolor rgb=\"FF%06X\"/>", x, (unsigned)style->color);
    text_printf(&out, "<%sname val=\"%s\"/><%scharset val=\"134\"/></%sfont>", x, style->font != NULL ? style->font : "宋体", x, x);
    return text_index(patch, LOOK_FONT, &out);
}

static size_t
border_of(struct patch *patch, const struct style *style)
{
    static const char *const sides[] = { "left", "right", "top", "bottom" };
    struct text out = text_new(patch->arena);
    const char *x = patch->prefix;
    text_printf(&out, "<%sborder>", x);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (style->border)
            text_printf(&out, "<%s%s style=\"thin\"><%scolor auto=\"1\"/></%s%s>", x, sides[i], x, x, sides[i]);
        else
            text_printf(&out, "<%s%s/>", x, sides[i]);
    }
    text_printf(&out, "<%sdiagonal/></%sborder>", x, x);
    return text_index(patch, LOOK_BORDER, &out);
}

size_t
look_of(struct patch *patch, const struct style *style)
{
    static const char *const aligns[] = { [ALIGN_GENERAL] = "general", [ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right" };
    struct text out = text_new(patch->arena);
    const char *x = patch->prefix;
    size_t font = font_of(patch, style), border = border_of(patch, style), fill = style->fill != 0 ? look_solid(patch, style->fill) : 0;
    if (font == SIZE_MAX || border == SIZE_MAX || fill == SIZE_MAX)
        return SIZE_MAX;
    text_printf(&out, "<%sxf numFmtId=\"0\" fontId=\"%zu\" fillId=\"%zu\" borderId=\"%zu\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" "
                      "applyBorder=\"1\" applyAlignment=\"1\"><%salignment horizontal=\"%s\" vertical=\"center\"%s%s/></%sxf>",
                x, font, fill, border, x, aligns[style->align], style->wrap ? " wrapText=\"1\"" : "",
                style->shrink ? " shrinkToFit=\"1\"" : "", x);
    return text_index(patch, LOOK_XF, &out);
}
