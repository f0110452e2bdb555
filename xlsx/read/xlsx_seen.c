/* SPDX-License-Identifier: MIT */
/* xlsx_seen: styles that have been read before. Workbooks filled in from one blank have one styles part, to the byte, and most of what there
 * is to scan in a small package is that part. It is told by its bytes as they lie in the archive: only of equal bytes anything is
 * taken over, so the result is what reading would have given. A place in the list is taken once, filled, and shown when it is whole. */
#include <stdatomic.h>

#include "xlsx_parts.h"

enum {
    PARTS = 32,
    PACKED_MOST = 8192,         /* bytes; the styles of an office's workbook have one to four thousand */
    STYLES_MOST = 1024,
    CODES_MOST = 2048           /* bytes of number formats, each with its NUL */
};

struct seen_part {
    atomic_bool whole;
    struct zip_member member;   /* name and header are those of one package only */
    size_t nstyles, ncodes, codes_n;
    uint16_t styles[STYLES_MOST];               /* x->formats */
    char codes[CODES_MOST];                     /* book->formats, but for the first, which is there from the beginning */
    unsigned char packed[PACKED_MOST];
};

struct seen {
    atomic_size_t n;            /* places taken; may be more than there are */
    struct seen_part parts[PARTS];
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
        && m->method == member->method && m->flags == member->flags && memcmp(part->packed, packed, (size_t)m->packed) == 0;
}

static bool
take(struct xlsx *x, const struct seen_part *part)
{
    struct book *book = x->book;
    const char *code = arena_text(x->arena, part->codes, part->codes_n);
    const char **codes = arena_array(x->arena, part->ncodes + 1, sizeof *codes);
    uint16_t *styles = arena_array(x->arena, part->nstyles, sizeof *styles);
    if (code == NULL || codes == NULL || styles == NULL)
        return false;
    codes[0] = book->formats[0];
    for (size_t i = 1; i <= part->ncodes; i++, code += strlen(code) + 1)
        codes[i] = code;
    book->formats = codes;
    book->nformats = book->formats_cap = part->ncodes + 1;
    x->formats = memcpy(styles, part->styles, part->nstyles * sizeof *styles);
    x->nformats = x->formats_cap = part->nstyles;
    x->zip->allowance -= part->member.size;
    return true;
}

bool
xlsx_seen_take(struct xlsx *x, const struct zip_member *member)
{
    const struct seen *seen = x->interest != NULL ? x->interest->seen : NULL;
    const unsigned char *packed;
    if (seen == NULL || member->size > x->zip->allowance || zip_raw(x->zip, member, &packed, NULL) != STATUS_OK)
        return false;
    size_t n = atomic_load(&seen->n);
    for (size_t i = 0; i < n && i < PARTS; i++)
        if (is_same(&seen->parts[i], member, packed))
            return take(x, &seen->parts[i]);
    return false;
}

void
xlsx_seen_keep(struct xlsx *x, const struct zip_member *member)
{
    struct seen *seen = x->interest != NULL ? x->interest->seen : NULL;
    const struct book *book = x->book;
    const unsigned char *packed;
    size_t codes_n = 0;
    for (size_t i = 1; i < book->nformats; i++)
        codes_n += strlen(book->formats[i]) + 1;
    if (seen == NULL || member->packed > PACKED_MOST || x->nformats > STYLES_MOST || codes_n > CODES_MOST
        || atomic_load(&seen->n) >= PARTS || zip_raw(x->zip, member, &packed, NULL) != STATUS_OK)
        return;
    size_t taken = atomic_fetch_add(&seen->n, 1);
    if (taken >= PARTS)
        return;
    struct seen_part *part = &seen->parts[taken];
    part->member = *member;
    part->nstyles = x->nformats;
    part->ncodes = book->nformats - 1;
    for (size_t i = 1; i < book->nformats; i++) {
        size_t n = strlen(book->formats[i]) + 1;
        memcpy(part->codes + part->codes_n, book->formats[i], n);
        part->codes_n += n;
    }
    if (part->nstyles > 0)
        memcpy(part->styles, x->formats, part->nstyles * sizeof *part->styles);
    memcpy(part->packed, packed, (size_t)member->packed);
    atomic_store(&part->whole, true);
}
