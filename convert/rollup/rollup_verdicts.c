/* SPDX-License-Identifier: MIT */
/* rollup_verdicts: the sheet 校验情况: what is wrong with whose report and what they say of it, the most serious first; and where the report of the
 * whole area, when there is one, differs from the sum. Notes are left to the units' own workbooks. */
#include <stdlib.h>

#include "limits.h"
#include "rollup_workbook.h"
#include "wording.h"

enum { COL_UNIT, COL_VERDICT, COL_SEVERITY, COL_PLACE, COL_MESSAGE, COL_EXPLAINED, COL_FILE, COLS };
static const struct column columns[COLS] = {
    { "报送单位", 30 }, { "结论", 8 }, { "级别", 8 }, { "位置", 20 }, { "问题", 60 }, { "说明", 28 }, { "文件", 44 },
};

/* -- the order of the units -- */

struct standing { const struct entry *entry; size_t index, errors, warnings; };

static int
by_gravity(const void *a, const void *b)
{
    const struct standing *x = a, *y = b;
    if (x->errors != y->errors)
        return x->errors > y->errors ? -1 : 1;
    if (x->warnings != y->warnings)
        return x->warnings > y->warnings ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Entries that count, or would if they were right. */
static bool
sort(struct rollup_book *book, size_t **order, size_t *n)
{
    const struct rollup *rollup = book->rollup;
    struct standing *places = arena_array(book->arena, rollup->nentries + 1, sizeof *places);
    *order = arena_array(book->arena, rollup->nentries + 1, sizeof **order);
    *n = 0;
    if (places == NULL || *order == NULL)
        return false;
    for (size_t i = 0; i < rollup->nentries; i++) {
        const struct entry *entry = &rollup->entries[i];
        if (entry_counts(entry) || entry->fate == FATE_LEFT_OUT)
            places[(*n)++] = (struct standing){ entry, i, entry->errors, book->warnings[i] };
    }
    qsort(places, *n, sizeof *places, by_gravity);
    for (size_t i = 0; i < *n; i++)
        (*order)[i] = places[i].index;
    return true;
}

/* -- rows -- */

static bool
shown(const struct filing_finding *finding)
{
    return finding->severity != SEVERITY_NOTE || finding->explained != NULL;
}

static void
put_unit(struct list *list, size_t index, bool failing)
{
    const struct entry *entry = &list->book->rollup->entries[index];
    uint32_t row = list->book->rows[index];
    list_text(list, COL_UNIT, entry->name, row == 0 ? (failing ? LOOK_RED : LOOK_CELL) : failing ? LOOK_RED_LINK : LOOK_LINK);
    if (row != 0)
        list_link_row(list, COL_UNIT, DETAILS_SHEET, row);
    list_text(list, COL_VERDICT, verdict_word(entry->verdict), failing ? LOOK_RED_CENTER : LOOK_CENTER);
}

static void
put_file(struct list *list, const struct entry *entry)
{
    list_text(list, COL_FILE, entry->file, LOOK_LINK);
    list_link_file(list, COL_FILE, list->filing->path);
}

static bool
give_finding(struct list *list, size_t index, const struct filing_finding *finding, struct row *row)
{
    static const enum look looks[] = { [SEVERITY_ERROR] = LOOK_RED_CENTER, [SEVERITY_WARNING] = LOOK_AMBER, [SEVERITY_NOTE] = LOOK_GREY };
    const struct entry *entry = &list->book->rollup->entries[index];
    list_row(list);
    put_unit(list, index, entry->verdict != VERDICT_PASS);
    list_text(list, COL_SEVERITY, severity_word(finding->severity, LANGUAGE_ZH), looks[finding->severity]);
    list_text(list, COL_PLACE, finding->place, LOOK_CELL);
    list_text(list, COL_MESSAGE, finding->message, LOOK_CELL);
    list_text(list, COL_EXPLAINED, finding->explained != NULL ? finding->explained : "", LOOK_CELL);
    put_file(list, entry);
    return list_give(list, row);
}

/* A unit of which there is nothing to say. */
static bool
give_clean(struct list *list, size_t index, struct row *row)
{
    static const uint16_t empty[] = { COL_SEVERITY, COL_PLACE, COL_MESSAGE, COL_EXPLAINED };
    list_row(list);
    put_unit(list, index, false);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        list_text(list, empty[i], "", LOOK_CELL);
    put_file(list, &list->book->rollup->entries[index]);
    return list_give(list, row);
}

static bool
next_of_units(struct list *list, struct row *row)
{
    for (; list->entry < list->norder && list->rows < LIMIT_LIST_ROWS; list->entry++, list->filing = NULL, list->part = 0) {
        size_t index = list->order[list->entry];
        if (list->filing == NULL && !list_take(list, index))
            return false;
        bool fresh = list->part == 0;            /* nothing has been said of it yet */
        for (size_t i = list->part; i < list->filing->nfindings; i++)
            if (shown(&list->filing->findings[i])) {
                list->part = i + 1;
                return give_finding(list, index, &list->filing->findings[i], row);
            }
        if (fresh) {
            list->part = SIZE_MAX;
            return give_clean(list, index, row);
        }
    }
    return list_end(row);
}

/* -- the report of the whole area: rows before those of the units -- */

static bool
give_difference(struct list *list, const struct difference *difference, struct row *row)
{
    const struct rollup *rollup = list->book->rollup;
    const struct entry *entry = &rollup->entries[rollup->parent];
    struct text place = text_new(list->scratch);
    list_row(list);
    slot_words(&place, &rollup->form->slots[difference->slot]);
    list_text(list, COL_UNIT, entry->name, LOOK_CELL);
    list_text(list, COL_VERDICT, "总报告", LOOK_CENTER);
    list_text(list, COL_SEVERITY, severity_word(difference->severity, LANGUAGE_ZH), difference->severity == SEVERITY_NOTE ? LOOK_GREY : LOOK_AMBER);
    list_text(list, COL_PLACE, place.failed ? NULL : place.at, LOOK_CELL);
    list_text(list, COL_MESSAGE, difference_words(rollup, difference, list->scratch, LANGUAGE_ZH), LOOK_CELL);
    list_text(list, COL_EXPLAINED, "", LOOK_CELL);
    list_text(list, COL_FILE, entry->file, LOOK_LINK);
    list_link_file(list, COL_FILE, list->filing->path);
    return list_give(list, row);
}

static bool
next(void *context, struct row *row)
{
    struct list *list = context;
    const struct rollup *rollup = list->book->rollup;
    if (list->rows >= rollup->ndifferences) {
        list->filing = list->rows == rollup->ndifferences ? NULL : list->filing;
        return next_of_units(list, row);
    }
    if (list->rows == 0 && !list_take(list, rollup->parent))
        return false;
    return give_difference(list, &rollup->differences[list->rows], row);
}

bool
rollup_verdicts(struct rollup_book *book)
{
    struct text remark = text_new(book->arena);
    size_t *order, n, failing = 0, warned = 0;
    if (!sort(book, &order, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        failing += book->rollup->entries[order[i]].verdict != VERDICT_PASS;
        warned += book->warnings[order[i]] > 0;
    }
    text_printf(&remark, "共 %zu 份：待更正 %zu 份，有“请核实”的 %zu 份。必须改的在前；提示见各单位自己的校验结果。", n, failing, warned);
    if (book->rollup->parent != SIZE_MAX)
        text_printf(&remark, "本地区的总报告“%s”没有加进去，与各单位之和%s。", book->rollup->entries[book->rollup->parent].name,
                    book->rollup->ndifferences > 0 ? "不同的各格列在最前" : "各格相同");
    if (remark.failed)
        return false;
    struct list *list = list_sheet(book, VERDICTS_SHEET, VERDICTS_SHEET, remark.at, columns, COLS, next);
    if (list == NULL)
        return false;
    list->order = order;
    list->norder = n;
    book->draft.pages[book->draft.npages - 1].tab_color = failing > 0 ? 0xC00000 : 0;
    return true;
}
