/* SPDX-License-Identifier: MIT */
/* workbook_compare: the sheet 与上年对比 of the cleaned workbook. This year's numbers are those of its tables, so that they follow when
 * somebody mends one there. */
#include "comparison.h"
#include "previous.h"
#include "workbook.h"

/* "'三、依申请公开'!J8", where the value's number stands; NULL, with *ok, when it has none there. */
static const char *
place_of(const struct workbook *workbook, const struct value *value, bool *ok)
{
    const char *sheet, *place;
    struct area area;
    char cell[A1_SIZE];
    if (value == NULL || !value->has || !workbook_place(workbook, value, &sheet, &area))
        return NULL;
    place = a1_quoted(workbook->arena, sheet, a1(area.row, area.col, cell));
    *ok = *ok && place != NULL;
    return place;
}

bool
compare_write(struct workbook *workbook)
{
    struct comparison comparison;
    struct paper paper;
    bool ok = true;
    if (!previous_known(workbook->report))
        return true;
    if (!comparison_make(workbook->arena, workbook->report, &comparison))
        return false;
    for (size_t i = 0; i < comparison.n; i++)
        if (comparison.lines[i].has_now)
            comparison.lines[i].formula = place_of(workbook, comparison.lines[i].value, &ok);
    return ok && comparison_sheet(workbook->arena, &workbook->draft, &comparison, workbook->footer, &paper);
}
