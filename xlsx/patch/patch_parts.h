/* SPDX-License-Identifier: MIT */
/* patch_parts: what patch.c and patch_*.c share. */
#ifndef NIANBAO_PATCH_PARTS_H
#define NIANBAO_PATCH_PARTS_H

#include "patch.h"
#include "splice.h"
#include "xlsx_parts.h"

#define OFFICE_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SHEET_TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* A part that is not as it lies in the archive. */
struct part { const char *name; struct slice bytes; bool removed; };

/* The elements of one list of the styles part, as they are written; those from `old` on are new. */
struct looks { struct slice *items; size_t n, cap, old; };

enum look { LOOK_FONT, LOOK_FILL, LOOK_BORDER, LOOK_XF, LOOKS };

struct patch {
    struct arena *arena;
    struct fault *fault;
    struct zip zip;
    struct xlsx xlsx;               /* to read relationships as they are in the archive */
    struct xml xml;                 /* of the part that is being changed */
    struct part *parts; size_t nparts, parts_cap;
    bool macros, is_signed;
    const char *workbook, *styles;  /* parts */
    struct patch_tab { const char *name, *part; } *tabs; size_t ntabs, tabs_cap;       /* worksheets */
    struct looks looks[LOOKS];
    const char *prefix;             /* of the elements of the styles part */
};

/* -- patch_package.c: parts, relationships, content types -- */

/* A part as it is now; `at` NULL: there is none. */
enum status part_get(struct patch *patch, const char *name, struct slice *bytes);

/* Put it there, whether there is one or not; take it away. */
enum status part_put(struct patch *patch, const char *name, struct slice bytes);
enum status part_change(struct patch *patch, const char *name, struct slice was, struct slice bytes);       /* unless it is what it was */
enum status part_remove(struct patch *patch, const char *name);

/* The first of "xl/comments1.xml", "xl/comments2.xml" … that is free; NULL: out of memory. */
const char *part_free_name(struct patch *patch, const char *before, const char *after);

/* A new relationship of a part ("" is the package), and one less. */
enum status relation_add(struct patch *patch, const char *part, const char *type, const char *target, const char **id);
enum status relation_remove(struct patch *patch, const char *part, const char *id);

/* What a part is. */
enum status type_add(struct patch *patch, const char *part, const char *type);
enum status type_remove(struct patch *patch, const char *part);

/* -- patch_styles.c -- */
enum status looks_read(struct patch *patch);
enum status looks_write(struct patch *patch);

/* The index of an element, found or new. SIZE_MAX: out of memory, or there are too many. */
size_t look_index(struct patch *patch, enum look list, struct slice element);

/* The index of the cell style that is like `xf` but for its fill. SIZE_MAX likewise. */
size_t look_filled(struct patch *patch, size_t xf, size_t fill);

/* The fill of a cell style; the index of a plain fill; is it one of these colours? */
size_t look_fill(const struct patch *patch, size_t xf);
size_t look_solid(struct patch *patch, uint32_t color);
bool look_is(const struct patch *patch, size_t xf, const uint32_t *colors, size_t n);

/* The cell style of a draft's style. */
size_t look_of(struct patch *patch, const struct style *style);

/* -- patch_sheet.c -- */

/* What the sheet says of columns and rows, for whoever draws over it. */
struct sizes {
    struct wide { uint16_t col, col2; double width; long style; } *wide; size_t n, cap;     /* style -1: none */
    double width, height;           /* characters, points: of the others */
};

/* A worksheet part whose cells have been marked. */
struct marked_sheet {
    struct slice was;
    struct text out;
    size_t drawing, drawing_end;    /* its <legacyDrawing> there; of no length: where it would stand */
    const char *drawing_id;         /* NULL: none */
    const char *prefix;
    struct sizes sizes;
};

/* Mark the cells of a part; marks, old ones too, are by row and column. */
enum status sheet_mark(struct patch *patch, const char *part, const struct patch_marking *marking, struct patch_mark *marks, size_t n,
                       const struct patch_mark *old, size_t nold, struct marked_sheet *sheet);

/* -- patch_comments.c: the notes of those marks, and the part is put there -- */
enum status sheet_comment(struct patch *patch, const char *part, const struct patch_marking *marking, const struct patch_mark *marks, size_t n,
                          struct marked_sheet *sheet);

/* -- patch_drawing.c: boxes of comments; VML -- */

/* The cells whose boxes go, in their order, and those that get one. `vml` becomes what the drawing then is; `at` NULL: there was none, or
 * no shape is left. */
struct box { uint32_t row; uint16_t col; const char *note; };
int box_compare(const void *a, const void *b);      /* by row and column */
enum status drawing_change(struct patch *patch, const struct sizes *sizes, const struct box *gone, size_t ngone, const struct box *boxes,
                           size_t nboxes, struct slice *vml);

#endif
