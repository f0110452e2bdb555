/* SPDX-License-Identifier: MIT */
/* patch_comments: the comments of a sheet, ECMA-376 part 1, 18.7: a note of ours stands between two words of ours. A comment of somebody
 * else's gets it as a run of text behind its own and loses that run again; a comment that holds nothing else goes. The comments that stand
 * for threaded ones (their authors are called "tc=…") are not touched: Excel writes them anew. */
#include <stdlib.h>

#include "patch_parts.h"

#define COMMENTS_TYPE SHEET_TYPES "comments+xml"
#define DRAWING_TYPE "application/vnd.openxmlformats-officedocument.vmlDrawing"
#define EMPTY_COMMENTS "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" \
    "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors></authors><commentList></commentList></comments>"

/* A piece of a comment's text: <t>, or <r> with a <t>, and what it holds. */
struct piece { size_t begin, end, t, t_end, from, to; bool run, has; struct slice kept; };

struct commenter {
    struct patch *patch;
    const struct patch_marking *marking;
    struct splice s;
    const char *prefix;
    size_t author, nauthors;                /* ours */
    bool author_kept;                       /* somebody's comment has it */
    bool *threads; size_t threads_cap;      /* by author */
    struct box *boxes; size_t nboxes;       /* notes that have no comment yet */
    struct box *gone; size_t ngone, gone_cap;
    size_t kept;                            /* comments that stay */
    struct piece *pieces; size_t npieces, pieces_cap;       /* of the comment being read */
    size_t text_end;
    enum status status;
};

/* -- authors -- */

static void
read_authors(struct commenter *c)
{
    struct xml *xml = &c->patch->xml;
    c->author = SIZE_MAX;
    for (size_t depth = xml->depth; splice_child(&c->s, depth); c->nauthors++) {
        struct text name = text_new(c->patch->arena);
        if (!arena_room(c->patch->arena, &c->threads, c->nauthors, &c->threads_cap, sizeof *c->threads)
            || xml_content(xml, &name) != STATUS_OK || name.failed) {
            c->status = xml->status != STATUS_OK ? xml->status : STATUS_MEMORY;
            return;
        }
        c->threads[c->nauthors] = strncmp(name.at, "tc=", 3) == 0;
        if (strcmp(name.at, c->marking->author) == 0)
            c->author = c->nauthors;
    }
    if (c->author != SIZE_MAX || c->nboxes == 0)
        return;
    struct text author = text_new(c->patch->arena);
    c->author = c->nauthors;
    text_printf(&author, "<%sauthor>%s</%sauthor>", c->prefix, c->marking->author, c->prefix);
    splice_append(&c->s, author.at);
}

/* -- the text of a comment -- */

/* The <t> just started, in a piece. */
static void
read_t(struct commenter *c, struct piece *piece)
{
    piece->has = true;
    piece->t = c->s.begin;
    piece->from = c->s.end;
    bool empty = c->patch->xml.empty;
    splice_element(&c->s);
    piece->to = empty ? piece->from : c->s.begin;
    piece->t_end = c->s.end;
}

static void
read_text(struct commenter *c)
{
    struct xml *xml = &c->patch->xml;
    c->npieces = 0;
    c->text_end = 0;
    for (size_t depth = xml->depth; splice_child(&c->s, depth); ) {
        struct piece piece = { .begin = c->s.begin, .run = xml_is(xml, "r") };
        if (!piece.run && !xml_is(xml, "t")) {
            c->text_end = c->text_end != 0 ? c->text_end : c->s.begin;
            continue;
        }
        if (!piece.run)
            read_t(c, &piece);
        else
            for (size_t run = xml->depth; splice_child(&c->s, run); )
                if (xml_is(xml, "t") && !piece.has)
                    read_t(c, &piece);
        piece.end = c->s.end;
        if (!arena_room(c->patch->arena, &c->pieces, c->npieces, &c->pieces_cap, sizeof piece)) {
            c->status = STATUS_MEMORY;
            return;
        }
        c->pieces[c->npieces++] = piece;
    }
    if (c->text_end == 0 && c->s.from.at[c->s.end - 2] != '/')
        c->text_end = c->s.begin;
}

static const char *
find(const char *at, size_t n, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= n; i++)
        if (memcmp(at + i, word, length) == 0)
            return at + i;
    return NULL;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Bytes of the white space right before `end`, which may be written as a reference. */
static size_t
blank_before(const char *at, const char *end)
{
    static const char feed[] = "&#10;";
    size_t n = sizeof feed - 1;
    if ((size_t)(end - at) >= n && memcmp(end - n, feed, n) == 0)
        return n;
    return end > at && is_blank(end[-1]) ? 1 : 0;
}

/* What a piece holds besides our note; *inside: the note goes on in the next one. */
static bool
keep_rest(struct commenter *c, struct piece *piece, bool *inside)
{
    const char *at = c->s.from.at + piece->from, *end = c->s.from.at + piece->to;
    struct text kept = text_new(c->patch->arena);
    piece->kept = (struct slice){ at, piece->to - piece->from };
    if (!piece->has)
        return true;
    for (bool any = false;; any = true) {
        const char *word = *inside ? c->marking->end : c->marking->begin, *next = find(at, (size_t)(end - at), word);
        if (!*inside && next == NULL && !any)
            return true;
        if (!*inside) {
            const char *stop = next != NULL ? next : end;
            while (next != NULL && blank_before(at, stop) > 0)
                stop -= blank_before(at, stop);
            text_put(&kept, at, (size_t)(stop - at));
        }
        if (next == NULL)
            break;
        at = next + strlen(word);
        *inside = !*inside;
    }
    piece->kept = (struct slice){ kept.at, kept.n };
    return !kept.failed;
}

/* Take our note out of the pieces. False: there was none. */
static bool
cut(struct commenter *c, bool *empty)
{
    bool inside = false, any = false;
    *empty = true;
    for (size_t i = 0; i < c->npieces; i++) {
        struct piece *piece = &c->pieces[i];
        if (!keep_rest(c, piece, &inside))
            c->status = STATUS_MEMORY;
        any |= piece->kept.n != piece->to - piece->from;
        for (size_t k = 0; k < piece->kept.n; k++)
            *empty &= is_blank(piece->kept.at[k]);
    }
    return any;
}

/* -- a comment -- */

static struct box *
box_at(const struct commenter *c, uint32_t row, uint16_t col)
{
    for (size_t i = 0; i < c->nboxes; i++)
        if (c->boxes[i].row == row && c->boxes[i].col == col)
            return &c->boxes[i];
    return NULL;
}

static void
put_note(struct commenter *c, struct text *out, const char *gap, const char *note)
{
    text_printf(out, "<%st xml:space=\"preserve\">%s%s\n", c->prefix, gap, c->marking->begin);
    tag_put_text(out, note);
    text_printf(out, "\n%s</%st>", c->marking->end, c->prefix);
}

/* Write the pieces anew, with a note behind them. A plain text becomes a run when it gets company, and is one no longer when it is alone. */
static void
write_pieces(struct commenter *c, const char *note)
{
    struct splice *s = &c->s;
    size_t left = 0;
    for (size_t i = 0; i < c->npieces; i++)
        left += c->pieces[i].kept.n > 0;
    for (size_t i = 0; i < c->npieces; i++) {
        const struct piece *piece = &c->pieces[i];
        bool alone = left == 1 && note == NULL, changed = piece->kept.n != piece->to - piece->from;
        bool plain_run = piece->run && piece->has && s->from.at[piece->t - 1] == '>' && piece->t - piece->begin == strlen(c->prefix) + 3;
        if (piece->kept.n == 0 && changed) {
            splice_copy(s, piece->begin);
            splice_drop(s, piece->end);
            continue;
        }
        splice_copy(s, piece->begin);
        if (alone && plain_run && c->npieces > 1)
            splice_drop(s, piece->t);
        else if (!piece->run && note != NULL)
            text_printf(&s->out, "<%sr>", c->prefix);
        if (changed) {
            splice_copy(s, piece->from);
            text_put(&s->out, piece->kept.at, piece->kept.n);
            splice_drop(s, piece->to);
        }
        splice_copy(s, piece->has ? piece->t_end : piece->end);
        if (alone && plain_run && c->npieces > 1)
            splice_drop(s, piece->end);
        else if (!piece->run && note != NULL)
            text_printf(&s->out, "</%sr>", c->prefix);
        splice_copy(s, piece->end);
    }
    if (note == NULL)
        return;
    splice_copy(s, c->text_end);
    text_printf(&s->out, "<%sr>", c->prefix);
    put_note(c, &s->out, "\n\n", note);
    text_printf(&s->out, "</%sr>", c->prefix);
}

static void
change_comment(struct commenter *c)
{
    struct xml *xml = &c->patch->xml;
    const struct slice *ref = xml_get(xml, "ref"), *id = xml_get(xml, "authorId");
    size_t begin = c->s.begin;
    uint32_t row, author = 0;
    uint16_t col;
    bool empty;
    if (ref == NULL || !xlsx_address(ref, &row, &col) || (id != NULL && !xlsx_index(id, &author))) {
        c->status = fault_set(c->patch->fault, STATUS_UNSUPPORTED, "%s: a comment without a place", xml->part);
        return;
    }
    c->npieces = c->text_end = 0;
    for (size_t depth = xml->depth; splice_child(&c->s, depth); )
        if (xml_is(xml, "text"))
            read_text(c);
    size_t end = c->s.end;
    struct box *box = box_at(c, row, col);
    bool had = cut(c, &empty);
    if (had && empty) {                         /* ours: it goes, and comes again with the others */
        splice_copy(&c->s, begin);
        splice_drop(&c->s, end);
        if (!arena_room(c->patch->arena, &c->gone, c->ngone, &c->gone_cap, sizeof *c->gone)) {
            c->status = STATUS_MEMORY;
            return;
        }
        c->gone[c->ngone++] = (struct box){ row, col, NULL };
        return;
    }
    c->kept++;
    c->author_kept |= author == c->author;
    bool thread = author < c->nauthors && c->threads[author], note = box != NULL && !thread && c->text_end != 0;
    if (had || note)
        write_pieces(c, note ? box->note : NULL);
    if (box != NULL)
        *box = c->boxes[--c->nboxes];           /* it has one now, or cannot have one */
}

static void
change_list(struct commenter *c)
{
    struct xml *xml = &c->patch->xml;
    struct text added = text_new(c->patch->arena);
    char address[A1_SIZE];
    for (size_t depth = xml->depth; c->status == STATUS_OK && splice_child(&c->s, depth); )
        if (xml_is(xml, "comment"))
            change_comment(c);
    if (c->nboxes > 0)
        qsort(c->boxes, c->nboxes, sizeof *c->boxes, box_compare);
    for (size_t i = 0; i < c->nboxes; i++) {
        const char *x = c->prefix;
        text_printf(&added, "<%scomment ref=\"%s\" authorId=\"%zu\"><%stext><%sr><%srPr><%ssz val=\"9\"/><%srFont val=\"宋体\"/>"
                            "<%scharset val=\"134\"/></%srPr>", x, a1(c->boxes[i].row, c->boxes[i].col, address), c->author, x, x, x, x, x, x, x);
        put_note(c, &added, "", c->boxes[i].note);
        text_printf(&added, "</%sr></%stext></%scomment>", x, x, x);
    }
    if (added.failed)
        c->status = STATUS_MEMORY;
    else if (c->nboxes > 0)
        splice_append(&c->s, added.at);
}

/* Nobody has our author any more: when it is the last one, no other changes its number. */
static enum status
drop_author(struct commenter *c, const char *part, struct slice *bytes)
{
    struct xml *xml = &c->patch->xml;
    size_t n = 0;
    if (c->author == SIZE_MAX || c->author + 1 != c->nauthors || c->author_kept || c->nboxes > 0 || c->ngone == 0)
        return STATUS_OK;
    enum status status = splice_open(&c->s, c->patch->arena, xml, part, *bytes, "comments", c->patch->fault);
    for (size_t depth = xml->depth; status == STATUS_OK && splice_child(&c->s, depth); )
        if (xml_is(xml, "authors"))
            for (size_t authors = xml->depth; splice_child(&c->s, authors); ) {
                bool ours = n++ == c->author;
                size_t begin = c->s.begin;
                splice_element(&c->s);
                splice_copy(&c->s, ours ? begin : c->s.end);
                splice_drop(&c->s, c->s.end);
            }
    return status == STATUS_OK ? splice_finish(&c->s, bytes) : status;
}

/* -- the part -- */

static enum status
change_comments(struct commenter *c, const char *part, struct slice *bytes)
{
    struct xml *xml = &c->patch->xml;
    enum status status = splice_open(&c->s, c->patch->arena, xml, part, *bytes, "comments", c->patch->fault);
    if (status == STATUS_OK && (c->prefix = splice_prefix(&c->s)) == NULL)
        status = STATUS_MEMORY;
    if (status != STATUS_OK)
        return status;
    bool list = false;
    for (size_t depth = xml->depth; c->status == STATUS_OK && splice_child(&c->s, depth); ) {
        if (xml_is(xml, "authors"))
            read_authors(c);
        else if (xml_is(xml, "commentList")) {
            list = c->nauthors > 0 || c->author == 0;
            change_list(c);
        }
    }
    if (c->status == STATUS_OK && !list)
        return fault_set(c->patch->fault, STATUS_UNSUPPORTED, "%s: comments without authors", part);
    status = c->status == STATUS_OK ? splice_finish(&c->s, bytes) : c->status;
    return status == STATUS_OK ? drop_author(c, part, bytes) : status;
}

static const struct relationship *
relation_of(const struct relationships *relationships, const char *id)
{
    for (size_t i = 0; id != NULL && i < relationships->n; i++)
        if (strcmp(relationships->items[i].id, id) == 0)
            return &relationships->items[i];
    return NULL;
}

/* The part that a relationship leads to, `now` instead of it; `now.at` NULL: none. A new one is called before1after; *id is its relationship. */
static enum status
replace_part(struct patch *patch, const char *sheet, const struct relationship *r, struct slice was, struct slice now, const char *const names[2], const char *kind,
             const char *type, const char **id)
{
    if (r == NULL && now.at == NULL)
        return STATUS_OK;
    if (r != NULL && now.at != NULL)
        return part_change(patch, r->target, was, now);
    const char *part = r != NULL ? r->target : part_free_name(patch, names[0], names[1]);
    struct text relation = text_new(patch->arena);
    text_printf(&relation, OFFICE_RELATIONS "/%s", kind);
    if (part == NULL || relation.failed)
        return STATUS_MEMORY;
    enum status status = r != NULL ? relation_remove(patch, sheet, r->id) : relation_add(patch, sheet, relation.at, part, id);
    if (status == STATUS_OK)
        status = r != NULL ? type_remove(patch, part) : type_add(patch, part, type);
    if (status == STATUS_OK)
        status = r != NULL ? part_remove(patch, part) : part_put(patch, part, now);
    return status;
}

/* Let the sheet's element name the drawing that is there now, if there was or is one. */
static enum status
name_drawing(struct patch *patch, struct marked_sheet *sheet, bool there, const char *id)
{
    struct text out = text_new(patch->arena);
    if (there == (sheet->drawing_id != NULL))
        return STATUS_OK;
    text_put(&out, sheet->out.at, sheet->drawing);
    if (there)
        text_printf(&out, "<%slegacyDrawing xmlns:r=\"" OFFICE_RELATIONS "\" r:id=\"%s\"/>", sheet->prefix, id);
    text_put(&out, sheet->out.at + sheet->drawing_end, sheet->out.n - sheet->drawing_end);
    sheet->out = out;
    return out.failed ? STATUS_MEMORY : STATUS_OK;
}

static enum status
change_drawing(struct commenter *c, const char *part, const struct relationships *relationships, struct marked_sheet *sheet)
{
    static const char *const names[] = { "xl/drawings/vmlDrawing", ".vml" };
    const struct relationship *drawing = relation_of(relationships, sheet->drawing_id);
    struct slice vml = { NULL, 0 }, was;
    const char *id = NULL;
    enum status status = STATUS_OK;
    if (sheet->drawing_id != NULL && drawing == NULL)
        return fault_set(c->patch->fault, STATUS_UNSUPPORTED, "%s: a drawing that is not there", part);
    if (drawing != NULL)
        status = part_get(c->patch, drawing->target, &vml);
    if (status == STATUS_OK && drawing != NULL && vml.at == NULL)
        status = fault_set(c->patch->fault, STATUS_UNSUPPORTED, "%s: a drawing that is not there", part);
    was = vml;
    if (status == STATUS_OK)
        status = drawing_change(c->patch, &sheet->sizes, c->gone, c->ngone, c->boxes, c->nboxes, &vml);
    if (status == STATUS_OK)
        status = replace_part(c->patch, part, drawing, was, vml, names, "vmlDrawing", DRAWING_TYPE, &id);
    return status == STATUS_OK ? name_drawing(c->patch, sheet, vml.at != NULL, id) : status;
}

enum status
sheet_comment(struct patch *patch, const char *part, const struct patch_marking *marking, const struct patch_mark *marks, size_t n,
              struct marked_sheet *sheet)
{
    static const char *const names[] = { "xl/comments", ".xml" };
    struct commenter c = { .patch = patch, .marking = marking, .author = SIZE_MAX };
    struct relationships relationships;
    struct slice bytes = { NULL, 0 }, was;
    const char *id;
    enum status status = xlsx_relationships(&patch->xlsx, part, &relationships);
    c.boxes = arena_array(patch->arena, n + 1, sizeof *c.boxes);
    if (status != STATUS_OK || c.boxes == NULL)
        return status != STATUS_OK ? status : STATUS_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (*marks[i].note != '\0')
            c.boxes[c.nboxes++] = (struct box){ marks[i].row, marks[i].col, marks[i].note };
    const struct relationship *comments = xlsx_related(&relationships, RELATION_COMMENTS);
    if (comments != NULL)
        status = part_get(patch, comments->target, &bytes);
    if (status == STATUS_OK && comments != NULL && bytes.at == NULL)
        return fault_set(patch->fault, STATUS_UNSUPPORTED, "%s: comments that are not there", part);
    if (comments == NULL && c.nboxes > 0)
        bytes = (struct slice){ EMPTY_COMMENTS, sizeof EMPTY_COMMENTS - 1 };
    was = bytes;
    if (status == STATUS_OK && bytes.at != NULL)
        status = change_comments(&c, comments != NULL ? comments->target : "comments", &bytes);
    if (c.ngone > 0)
        qsort(c.gone, c.ngone, sizeof *c.gone, box_compare);
    if (status == STATUS_OK && (c.nboxes > 0 || c.ngone > 0)) {
        if (c.kept + c.nboxes == 0)
            bytes.at = NULL;
        status = change_drawing(&c, part, &relationships, sheet);
    }
    if (status == STATUS_OK)
        status = replace_part(patch, part, comments, was, bytes, names, "comments", COMMENTS_TYPE, &id);
    return status == STATUS_OK ? part_change(patch, part, sheet->was, (struct slice){ sheet->out.at, sheet->out.n }) : status;
}
