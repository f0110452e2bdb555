/* SPDX-License-Identifier: MIT */
/* patch: somebody else's .xlsx package with marks on some cells and sheets of ours behind theirs, and otherwise as it was: members that
 * are not touched keep their bytes, parts that are keep every element but those that change. What marks put there is known again by its
 * colours and by the words around it in comments, so that the next marks take its place, whatever program has saved the file meanwhile.
 * A package that cannot be changed safely is refused with STATUS_UNSUPPORTED. Memory: the arena. */
#ifndef NIANBAO_PATCH_H
#define NIANBAO_PATCH_H

#include "draft.h"

struct patch;

/* Begin with the bytes of a package, which must outlive the patch. */
enum status patch_open(struct arena *arena, const unsigned char *bytes, size_t n, struct patch **patch, struct fault *fault);

/* With macros, so that a file of it must be called .xlsm. */
bool patch_has_macros(const struct patch *patch);

/* Has it a digital signature, which any change would break? */
bool patch_is_signed(const struct patch *patch);

/* A cell to mark; of a merged range its first. */
struct patch_mark {
    const char *sheet; uint32_t row; uint16_t col;
    uint8_t color;                  /* index into the marking's colors */
    const char *note;               /* "": none */
    const char *before;             /* how the cell looked: set by patch_mark, to be kept for the next time */
};

/* All marks, and what is known of those of the last time. No two are at one place. */
struct patch_marking {
    struct patch_mark *marks; size_t n;
    const struct patch_mark *old; size_t nold;
    uint32_t colors[2];             /* 0xRRGGBB; nobody else's cells have them */
    const char *author;             /* of comments */
    const char *begin, *end;        /* around each note */
};

/* Put the marks there instead of those of the last time. Once. */
enum status patch_mark(struct patch *patch, struct patch_marking *marking);

/* A sheet of a draft: in the place of the sheet of that name, or behind all others. Cells, sizes, merges, links, frozen rows, and how the
 * page is printed; the rest of a draft's sheet is left out. */
enum status patch_sheet(struct patch *patch, const struct draft *draft, size_t sheet);

/* The custom document properties whose names begin so: those of the book instead of those that are there. */
enum status patch_properties(struct patch *patch, const struct book *book, const char *begin);

/* The bytes of the package: the same patch gives the same bytes. */
enum status patch_write(struct patch *patch, unsigned char **bytes, size_t *n);

#endif
