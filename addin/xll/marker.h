/* SPDX-License-Identifier: MIT */
/* marker: the marks of a report in the open workbook, and back. A cell's fill before it was marked is kept in hidden columns of the
 * sheet of the findings; its note before is kept in ours, below a line. */
#ifndef NIANBAO_MARKER_H
#define NIANBAO_MARKER_H

#include "livebook.h"
#include "marks.h"

struct marked {
    bool listed;                 /* the sheet of the findings is there */
    const char *unfilled, *unnoted;      /* a sheet, protected it seems, that refused fills, notes; NULL: none */
};

/* Make the sheet of the findings and mark the cells; earlier marks must be gone. False: out of memory, or Excel refused in the middle. */
bool marker_put(struct live *live, const struct marks *marks, struct marked *marked);

/* Give the marked cells back their fills and notes, then remove the sheet of the findings. False: some cell could not be given back (a
 * sheet has been protected since), so that sheet, which knows them, is still there; or it cannot be removed, or is somebody else's. */
bool marker_clear(struct excel *excel, struct arena *arena, const char *book);

/* Go to a sheet, to cells of it; a sheet that is hidden cannot be gone to. */
bool marker_visit(struct excel *excel, struct arena *arena, const char *book, const char *sheet);
bool marker_select(struct excel *excel, uintptr_t sheet, uint32_t row, uint16_t col);

#endif
