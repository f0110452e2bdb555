/* SPDX-License-Identifier: MIT */
/* xlsx_seen: parts that have been read before. Workbooks filled in from one blank have one styles part, to the byte, and the same sheets
 * and relationships; in a small package they are half of what there is to scan. A part is told by its reader, its name and its bytes as they
 * lie in the archive: only of equal bytes anything is taken over, so the result is what reading would have given. What was read is kept
 * as words that its reader writes and understands. Each reader has a list of its own, so that parts that are never the same again (programs
 * number the times that a workbook was saved) take no place from others. A place is taken once, filled, and shown when it is whole.
 * Of the sheets, which differ in their numbers, those passages are known again that nobody asks for: views, columns, how to print. */
#include <stdatomic.h>

#include "xlsx_parts.h"

enum {
    PARTS = 24,                 /* a reader */
    NAME_MOST = 128,            /* bytes */
    PACKED_MOST = 8192,         /* the styles of an office's workbook have one to four thousand */
    WORDS_MOST = 6144,
    PASSAGES = 48               /* some six a workbook */
};

struct seen_part {
    atomic_bool whole;
    struct zip_member member;   /* its name and header are those of one package only */
    char name[NAME_MOST];
    unsigned char packed[PACKED_MOST];
    char words[WORDS_MOST];
};

struct seen {
    struct seen_parts {
        atomic_size_t n;        /* places taken; may be more than there are */
        struct seen_part parts[PARTS];
    } as[SEEN_KINDS];
    atomic_size_t npassages;    /* likewise */
    struct seen_passage {
        atomic_bool whole;
        size_t root, n;         /* bytes up to the end of the root's tag, and of the passage, which follow them */
        char bytes[PASSAGE_MOST];
    } passages[PASSAGES];
};

struct seen *
seen_new(struct arena *arena)
{
    return arena_alloc(arena, sizeof(struct seen));
}

static bool
is_same(const struct seen_part *part, const struct zip_member *member, const unsigned char *packed)
{
    const struct zip_member *m = &part->member;
    return atomic_load(&part->whole) && m->crc == member->crc && m->packed == member->packed && m->size == member->size
        && m->method == member->method && m->flags == member->flags && m->name_n == member->name_n
        && memcmp(part->name, member->name, m->name_n) == 0 && memcmp(part->packed, packed, (size_t)m->packed) == 0;
}

static const struct seen_part *
find(const struct seen_parts *seen, const struct zip_member *member, const unsigned char *packed)
{
    size_t n = atomic_load(&seen->n);
    for (size_t i = 0; i < n && i < PARTS; i++)
        if (is_same(&seen->parts[i], member, packed))
            return &seen->parts[i];
    return NULL;
}

static bool
has_place(const struct seen_parts *seen, const struct zip_member *member)
{
    return member->packed <= PACKED_MOST && member->name_n <= NAME_MOST && atomic_load(&seen->n) < PARTS;
}

static void
keep(struct seen_parts *seen, const struct zip_member *member, const unsigned char *packed, const struct text *words)
{
    size_t taken = words->failed || words->n >= WORDS_MOST ? PARTS : atomic_fetch_add(&seen->n, 1);
    if (taken >= PARTS)
        return;
    struct seen_part *part = &seen->parts[taken];
    part->member = *member;
    memcpy(part->name, member->name, member->name_n);
    memcpy(part->packed, packed, (size_t)member->packed);
    if (words->n > 0)
        memcpy(part->words, words->at, words->n);           /* a NUL follows: the place was zeroes */
    atomic_store(&part->whole, true);
}

enum status
xlsx_seen_read(struct xlsx *x, const struct seen_reader *reader, const char *part, void *out)
{
    struct seen_parts *seen = x->interest != NULL && x->interest->seen != NULL ? &x->interest->seen->as[reader->as] : NULL;
    const struct zip_member *member = zip_find(x->zip, part);
    const unsigned char *packed;
    if (seen == NULL || member == NULL || member->size > x->zip->allowance || zip_raw(x->zip, member, &packed, NULL) != STATUS_OK)
        return reader->read(x, part, out);
    const struct seen_part *known = find(seen, member, packed);
    if (known != NULL) {
        x->zip->allowance -= member->size;
        return reader->take(x, known->words, out);
    }
    enum status status = reader->read(x, part, out);
    if (status == STATUS_OK && has_place(seen, member)) {
        struct text words = text_new(x->arena);
        reader->tell(x, out, &words);
        keep(seen, member, packed, &words);
    }
    return status;
}

void
xlsx_put_word(struct text *words, const char *word)
{
    text_put(words, word, strlen(word) + 1);
}

const char *
xlsx_word(const char **words)
{
    const char *word = *words;
    *words += strlen(word) + 1;
    return word;
}

/* -- passages of sheets -- */

/* What stands below the root depends on nothing but the root's tag: on the namespaces declared there. */
static const struct seen_passage *
find_passage(struct xlsx *x, const struct seen *seen, size_t root)
{
    const struct xml *xml = &x->xml;
    size_t left = (size_t)(xml->end - xml->at), n = atomic_load(&seen->npassages);
    n = n < PASSAGES ? n : PASSAGES;
    for (size_t i = 0; i < n; i++, x->passage++) {              /* a workbook's come in one order */
        const struct seen_passage *p = &seen->passages[x->passage % n];
        if (atomic_load(&p->whole) && p->root == root && p->n <= left && memcmp(xml->at, p->bytes + root, p->n) == 0
            && memcmp(xml->window, p->bytes, root) == 0)
            return p;
    }
    return NULL;
}

void
xlsx_passage(struct xlsx *x, size_t root, struct passage *passage)
{
    struct xml *xml = &x->xml;
    struct seen *seen = x->interest != NULL ? x->interest->seen : NULL;
    passage->n = 0;
    if (seen == NULL || root == 0 || xml->empty || xml->passed > 0)
        return;
    const struct seen_passage *known = find_passage(x, seen, root);
    if (known != NULL) {
        xml->at += known->n;
        x->passage++;
    } else if (root < PASSAGE_MOST && atomic_load(&seen->npassages) < PASSAGES) {
        size_t left = (size_t)(xml->end - xml->at), room = PASSAGE_MOST - root;
        passage->root = root;
        passage->begin = xml_position(xml);
        passage->n = left < room ? left : room;
        memcpy(passage->bytes, xml->at, passage->n);            /* references are decoded where they lie */
    }
}

void
xlsx_passage_end(struct xlsx *x, const struct passage *passage, const char *end)
{
    enum { LEAST = 32 };
    const struct xml *xml = &x->xml;
    if (passage->n == 0 || xml->passed > 0 || *end != '<')
        return;
    size_t n = (size_t)((const unsigned char *)end - xml->window) - passage->begin;
    size_t taken = n < LEAST || n > passage->n ? PASSAGES : atomic_fetch_add(&x->interest->seen->npassages, 1);
    if (taken >= PASSAGES)
        return;
    struct seen_passage *p = &x->interest->seen->passages[taken];
    p->root = passage->root;
    p->n = n;
    memcpy(p->bytes, xml->window, p->root);
    memcpy(p->bytes + p->root, passage->bytes, n);
    atomic_store(&p->whole, true);
}
