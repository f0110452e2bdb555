/* SPDX-License-Identifier: MIT */
/* patch_drawing: the boxes of comments, which Excel wants as VML (ECMA-376 part 4, 14 and 19.4; [MS-OI29500] 2.1.1792). What Excel writes there
 * need not be well-formed, so shapes are found as bytes: from "<v:shape" to "</v:shape>", whatever the prefix, a comment's by its row and
 * column. Numbers of shapes come in blocks of 1,024; a drawing names the blocks that are its own, and no two drawings share one. */
#include <stdio.h>
#include <stdlib.h>

#include "patch_parts.h"

#define SHAPE_ID "_x0000_s"
#define BOX_TYPE "_x0000_t202"
#define BOX_TYPE_ELEMENT "<v:shapetype%s id=\"" BOX_TYPE "\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">" \
    "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
#define MAP "<o:shapelayout%s v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\""
#define MAP_END "\"/></o:shapelayout>"

/* The prefixes of our elements, declared by the drawing as a whole or else by each of them. */
static const char spaces[] = " xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\""
                             " xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

enum {
    BLOCK = 1024,               /* shapes */
    BOX_WIDTH = 260,            /* pixels */
    BOX_COLUMNS = 40,           /* half-width characters of 9 points in it */
    LINE = 16,                  /* pixels */
    LINES_MAX = 40,             /* taller than a screen; the box scrolls by hand */
    STEPS_MAX = 256             /* columns or rows under a box */
};

static const char *
find(struct slice in, const char *word)
{
    size_t n = strlen(word);
    const char *end = in.at + in.n;
    for (const char *at = in.at; (size_t)(end - at) >= n && (at = memchr(at, word[0], (size_t)(end - at) - n + 1)) != NULL; at++)
        if (memcmp(at, word, n) == 0)
            return at;
    return NULL;
}

static struct slice
from(struct slice in, const char *at)
{
    return (struct slice){ at, in.n - (size_t)(at - in.at) };
}

/* -- numbers of shapes -- */

/* The largest block that an idmap of the drawing names. */
static unsigned long
last_block(struct slice vml)
{
    unsigned long last = 0;
    const char *map = find(vml, "idmap"), *close = map != NULL ? find(from(vml, map), ">") : NULL;
    const char *data = close != NULL ? find((struct slice){ map, (size_t)(close - map) }, "data=") : NULL;
    for (const char *at = data != NULL ? data + 6 : close; at != NULL && at < close && *at != data[5]; at++) {
        unsigned long block = 0;
        for (; at < close && *at >= '0' && *at <= '9' && block < 100000; at++)
            block = block * 10 + (unsigned long)(*at - '0');
        last = block > last ? block : last;
        if (*at == data[5])
            break;
    }
    return last;
}

/* A block that no drawing of the package has. */
static enum status
free_block(struct patch *patch, unsigned long *block)
{
    *block = 0;
    for (size_t i = 0; i < patch->zip.nmembers; i++) {
        const struct zip_member *member = &patch->zip.members[i];
        const char *name = arena_text(patch->arena, member->name, member->name_n);
        struct slice vml;
        if (name == NULL)
            return STATUS_MEMORY;
        if (member->name_n < 4 || strcmp(name + member->name_n - 4, ".vml") != 0)
            continue;
        enum status status = part_get(patch, name, &vml);
        if (status != STATUS_OK)
            return status;
        unsigned long last = vml.at != NULL ? last_block(vml) : 0;
        *block = last > *block ? last : *block;
    }
    for (size_t i = 0; i < patch->nparts; i++) {
        unsigned long last = patch->parts[i].removed ? 0 : strstr(patch->parts[i].name, ".vml") != NULL ? last_block(patch->parts[i].bytes) : 0;
        *block = last > *block ? last : *block;
    }
    ++*block;
    return STATUS_OK;
}

/* The largest number that a shape of the drawing has. */
static unsigned long
last_shape(struct slice vml)
{
    unsigned long last = 0;
    for (const char *at = vml.at; (at = find(from(vml, at), SHAPE_ID)) != NULL; ) {
        unsigned long number = 0;
        for (at += sizeof SHAPE_ID - 1; at < vml.at + vml.n && *at >= '0' && *at <= '9' && number < 100000000; at++)
            number = number * 10 + (unsigned long)(*at - '0');
        last = number > last ? number : last;
    }
    return last;
}

/* -- boxes -- */

/* Where a box ends that is so many pixels wide and high: column and row, and pixels into them. */
struct corner { unsigned long col, row; unsigned x, y; };

static unsigned
column_pixels(const struct sizes *sizes, unsigned long col)
{
    double width = sizes->width;
    for (size_t i = 0; i < sizes->n; i++)
        if (col >= sizes->wide[i].col && col <= sizes->wide[i].col2)
            width = sizes->wide[i].width;
    return width <= 0 ? 0 : width < 255 ? (unsigned)(width * 7 + 5) : 255 * 7 + 5;
}

static struct corner
corner_of(const struct sizes *sizes, unsigned long col, unsigned long row, unsigned width, unsigned height)
{
    unsigned line = sizes->height < 409 ? (unsigned)(sizes->height * 4 / 3) + 1 : 546, pixels;
    struct corner corner = { col, row + height / line, width, height % line };
    for (int steps = 0; steps < STEPS_MAX && corner.x >= (pixels = column_pixels(sizes, corner.col)); steps++) {
        corner.x -= pixels;
        corner.col++;
    }
    return corner;
}

static unsigned
lines_of(const char *note)
{
    unsigned lines = 3;             /* the words around it */
    size_t column = 0, used, n = strlen(note);
    for (const char *s = note; *s != '\0'; s += used) {
        char one[5] = "";
        utf8_encode(utf8_decode(s, n - (size_t)(s - note), &used), one);
        column += text_width(one);
        if (*s == '\n' || column > BOX_COLUMNS) {
            lines++;
            column = *s == '\n' ? 0 : text_width(one);
        }
    }
    return lines < LINES_MAX ? lines : LINES_MAX;
}

static void
put_box(struct text *out, const struct sizes *sizes, const struct box *box, unsigned long number, const char *declared)
{
    enum { LEFT = 15, TOP = 2 };
    unsigned long col = box->col + 1ul, row = box->row;
    unsigned height = lines_of(box->note) * LINE + 12;
    if (col + 4 >= LIMIT_COLS)
        col = LIMIT_COLS - 8;
    if (row + LINES_MAX * 2 >= LIMIT_ROWS)
        row = LIMIT_ROWS - LINES_MAX * 2;
    struct corner corner = corner_of(sizes, col, row, LEFT + BOX_WIDTH, TOP + height);
    text_printf(out, "<v:shape%s id=\"" SHAPE_ID "%lu\" type=\"#" BOX_TYPE "\" style=\"position:absolute;margin-left:0;margin-top:0;width:%upt;"
                     "height:%upt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">", declared, number, BOX_WIDTH * 3 / 4, height * 3 / 4);
    text_puts(out, "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
                   "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
                   "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>");
    text_printf(out, "<x:Anchor>%lu, %d, %lu, %d, %lu, %u, %lu, %u</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%lu</x:Row><x:Column>%u</x:Column>"
                     "</x:ClientData></v:shape>", col, LEFT, row, TOP, corner.col, corner.x, corner.row, corner.y, (unsigned long)box->row, box->col);
}

/* -- the drawing -- */

int
box_compare(const void *a, const void *b)
{
    const struct box *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->col > y->col) - (x->col < y->col);
}

/* The number behind a word; one that is too large when there is none. */
static unsigned long
number_behind(struct slice shape, const char *word)
{
    const char *at = find(shape, word);
    return at != NULL ? strtoul(at + strlen(word), NULL, 10) : LIMIT_ROWS;
}

static bool
is_box_of(struct slice shape, const struct box *boxes, size_t n)
{
    unsigned long row = number_behind(shape, ":Row>"), col = number_behind(shape, ":Column>");
    struct box box = { (uint32_t)row, (uint16_t)col, NULL };
    return n > 0 && row < LIMIT_ROWS && col < LIMIT_COLS && find(shape, "\"Note\"") != NULL
        && bsearch(&box, boxes, n, sizeof box, box_compare) != NULL;
}

/* The next shape; *end is behind it. NULL: there is none. */
static const char *
next_shape(struct slice vml, const char **end)
{
    enum { PREFIX = 20 };
    for (const char *at = vml.at; (at = find(from(vml, at), ":shape")) != NULL; at++) {
        const char *tag = at;
        char close[PREFIX + 12];
        while (tag > vml.at && at - tag < PREFIX && tag[-1] != '<' && tag[-1] != '/' && tag[-1] != '>')
            tag--;
        if (tag == vml.at || tag[-1] != '<' || strchr(" \t\r\n", at[sizeof ":shape" - 1]) == NULL)
            continue;
        snprintf(close, sizeof close, "</%.*s:shape>", (int)(at - tag), tag);
        if ((*end = find(from(vml, at), close)) == NULL)
            return NULL;
        *end += strlen(close);
        return tag - 1;
    }
    return NULL;
}

/* Copy the drawing without those boxes; is any object left? */
static bool
put_others(struct text *out, struct slice vml, const struct box *gone, size_t ngone)
{
    for (const char *shape, *end; (shape = next_shape(vml, &end)) != NULL; vml = from(vml, end)) {
        bool goes = is_box_of((struct slice){ shape, (size_t)(end - shape) }, gone, ngone);
        text_put(out, vml.at, (size_t)((goes ? shape : end) - vml.at));
    }
    text_put(out, vml.at, vml.n);
    return !out->failed && find((struct slice){ out->at, out->n }, "ClientData") != NULL;
}

/* A new drawing: only its head. */
static enum status
begin_drawing(struct patch *patch, size_t n, struct text *out, unsigned long *number)
{
    unsigned long block;
    enum status status = free_block(patch, &block);
    *number = block * BLOCK + 1;
    text_printf(out, "<xml%s>" MAP "%lu", spaces, "", block);
    for (unsigned long more = block + 1; more <= (*number + n) / BLOCK; more++)
        text_printf(out, ",%lu", more);
    text_printf(out, MAP_END BOX_TYPE_ELEMENT, "");
    return status;
}

/* One that is there: all but its end, with a number for n more shapes, and what they must declare. */
static enum status
continue_drawing(struct patch *patch, size_t n, struct text *out, unsigned long *number, const char **declared)
{
    struct slice vml = { out->at, out->n };
    const char *end = NULL, *map = find(vml, "idmap"), *data = map != NULL ? find(from(vml, map), "data=\"") : NULL;
    for (const char *at = vml.at; (at = find(from(vml, at), "</xml>")) != NULL; at++)
        end = at;
    const char *root = find(vml, "<xml"), *inside = root != NULL ? find(from(vml, root), ">") : NULL;
    if (end == NULL || inside == NULL || (map != NULL && data == NULL))
        return fault_set(patch->fault, STATUS_UNSUPPORTED, "a drawing that is written in an unknown way");
    struct slice head = { root, (size_t)(inside - root) };
    *declared = find(head, "xmlns:v=\"urn:schemas-microsoft-com:vml\"") != NULL && find(head, "xmlns:o=\"urn:schemas-microsoft-com:office:office\"") != NULL
        && find(head, "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"") != NULL ? "" : spaces;
    unsigned long last = last_shape(vml), block = last_block(vml), fresh = 0;
    enum status status = STATUS_OK;
    *number = last / BLOCK == block ? last + 1 : block * BLOCK + 1;
    if (map == NULL || last / BLOCK > block || (*number + n) / BLOCK != block) {
        status = free_block(patch, &fresh);
        *number = fresh * BLOCK + 1;
    }
    struct text now = text_new(patch->arena);
    const char *split = map != NULL ? data + sizeof "data=\"" - 1 : inside + 1;
    text_put(&now, vml.at, (size_t)(split - vml.at));
    if (map == NULL)
        text_printf(&now, MAP, *declared);
    for (unsigned long more = fresh; fresh > 0 && more <= (*number + n) / BLOCK; more++)
        text_printf(&now, map != NULL ? "%lu," : more > fresh ? ",%lu" : "%lu", more);
    text_puts(&now, map == NULL ? MAP_END : "");
    text_put(&now, split, (size_t)(end - split));
    if (find(vml, "id=\"" BOX_TYPE "\"") == NULL)
        text_printf(&now, BOX_TYPE_ELEMENT, *declared);
    *out = now;
    return status;
}

enum status
drawing_change(struct patch *patch, const struct sizes *sizes, const struct box *gone, size_t ngone, const struct box *boxes, size_t nboxes,
               struct slice *vml)
{
    struct text out = text_new(patch->arena);
    struct slice tail = { "</xml>", 6 };
    unsigned long number = 0;
    enum status status = STATUS_OK;
    const char *declared = "";
    bool left = vml->at != NULL && put_others(&out, *vml, gone, ngone);
    if (!left && nboxes == 0) {
        *vml = (struct slice){ NULL, 0 };
        return out.failed ? STATUS_MEMORY : STATUS_OK;
    }
    if (nboxes > 0) {
        if (out.n > 0) {
            for (const char *at = out.at; (at = find(from((struct slice){ out.at, out.n }, at), "</xml>")) != NULL; at++)
                tail = from((struct slice){ out.at, out.n }, at);
            status = continue_drawing(patch, nboxes, &out, &number, &declared);
        } else
            status = begin_drawing(patch, nboxes, &out, &number);
        for (size_t i = 0; i < nboxes; i++)
            put_box(&out, sizes, &boxes[i], number + (unsigned long)i, declared);
        text_put(&out, tail.at, tail.n);
    }
    *vml = (struct slice){ out.at, out.n };
    return status != STATUS_OK ? status : out.failed ? STATUS_MEMORY : STATUS_OK;
}
