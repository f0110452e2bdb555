/* SPDX-License-Identifier: MIT */
/* roster_head: where the list is in the workbook, and which of its columns is what. */
#include <string.h>

#include "limits.h"
#include "roster_parts.h"

/* How columns are called; of two names for 全称 the first here is it, the other one holds other names. */
static const struct { const char *word; enum field field; } heads[] = {
    { "全称", FIELD_NAME }, { "单位全称", FIELD_NAME }, { "机关全称", FIELD_NAME }, { "机构全称", FIELD_NAME }, { "规范名称", FIELD_NAME },
    { "单位名称", FIELD_NAME }, { "机关名称", FIELD_NAME }, { "行政机关名称", FIELD_NAME }, { "机构名称", FIELD_NAME }, { "部门名称", FIELD_NAME },
    { "填报单位", FIELD_NAME }, { "报送单位", FIELD_NAME }, { "应报单位", FIELD_NAME }, { "名称", FIELD_NAME }, { "单位", FIELD_NAME },
    { "部门", FIELD_NAME }, { "行政机关", FIELD_NAME },
    { "简称", FIELD_OTHERS }, { "单位简称", FIELD_OTHERS }, { "曾用名", FIELD_OTHERS }, { "曾用名称", FIELD_OTHERS }, { "原名", FIELD_OTHERS },
    { "原名称", FIELD_OTHERS }, { "别名", FIELD_OTHERS }, { "其他名称", FIELD_OTHERS }, { "简称/曾用名", FIELD_OTHERS },
    { "简称、曾用名", FIELD_OTHERS }, { "简称或曾用名", FIELD_OTHERS }, { "简称和曾用名", FIELD_OTHERS }, { "加挂牌子", FIELD_OTHERS },
    { "统一社会信用代码", FIELD_CODE }, { "社会信用代码", FIELD_CODE }, { "信用代码", FIELD_CODE }, { "统一信用代码", FIELD_CODE },
    { "机构代码", FIELD_CODE },
    { "类型", FIELD_KIND }, { "单位类型", FIELD_KIND }, { "类别", FIELD_KIND }, { "单位类别", FIELD_KIND },
    { "是否计入", FIELD_COUNTED }, { "计入", FIELD_COUNTED }, { "是否计入汇总", FIELD_COUNTED }, { "计入汇总", FIELD_COUNTED },
    { "是否汇总", FIELD_COUNTED }, { "是否统计", FIELD_COUNTED },
    { "并入/更名为", FIELD_MERGED }, { "并入", FIELD_MERGED }, { "更名为", FIELD_MERGED }, { "并入或更名为", FIELD_MERGED },
    { "并入、更名为", FIELD_MERGED }, { "现名", FIELD_MERGED }, { "现名称", FIELD_MERGED }, { "并入单位", FIELD_MERGED },
    { "截止日期", FIELD_DUE }, { "截止时间", FIELD_DUE }, { "报送期限", FIELD_DUE }, { "报送时限", FIELD_DUE }, { "报送截止日期", FIELD_DUE },
    { "报送截止时间", FIELD_DUE }, { "期限", FIELD_DUE },
    { "联系人", FIELD_CONTACT }, { "经办人", FIELD_CONTACT }, { "联络员", FIELD_CONTACT }, { "联系人姓名", FIELD_CONTACT },
    { "电话", FIELD_PHONE }, { "联系电话", FIELD_PHONE }, { "联系方式", FIELD_PHONE }, { "手机", FIELD_PHONE }, { "手机号", FIELD_PHONE },
    { "手机号码", FIELD_PHONE }, { "办公电话", FIELD_PHONE }, { "电话号码", FIELD_PHONE },
};
enum { HEADS = sizeof heads / sizeof *heads };

/* The index in heads of what a cell says, remarks in brackets and marks apart; HEADS: it is no head. */
static size_t
head_of(struct arena *scratch, const struct cell *cell)
{
    char *s = cell->kind == CELL_TEXT && strlen(cell->text) <= LIMIT_LABEL_TEXT ? lexicon_plain(scratch, cell->text) : NULL;
    if (s == NULL)
        return HEADS;
    s += strspn(s, "*");
    s[strcspn(s, "(*:")] = '\0';
    size_t i = 0;
    while (i < HEADS && strcmp(heads[i].word, s) != 0)
        i++;
    return i;
}

static bool
add_column(struct roster_list *list, uint16_t col, size_t head)
{
    for (size_t i = 0; i < list->ncolumns; i++)
        if (list->columns[i].col == col) {               /* the second row of a head says more */
            list->columns[i] = (struct roster_column){ col, head, heads[head].field };
            return true;
        }
    if (!arena_room(list->scratch, &list->columns, list->ncolumns, &list->columns_cap, sizeof *list->columns))
        return false;
    list->columns[list->ncolumns++] = (struct roster_column){ col, head, heads[head].field };
    return true;
}

/* Take the head at a row: cells from `at` to `end`. False: out of memory. */
static bool
take_head(struct roster_list *list, size_t at, size_t end)
{
    for (; at < end; at++) {
        size_t head = head_of(list->scratch, &list->sheet->cells[at]);
        if (head < HEADS && !add_column(list, list->sheet->cells[at].col, head))
            return false;
    }
    return true;
}

/* Of several columns with names the one whose head comes first is 全称. */
static void
settle_names(struct roster_list *list)
{
    struct roster_column *best = NULL;
    for (size_t i = 0; i < list->ncolumns; i++)
        if (list->columns[i].field == FIELD_NAME && (best == NULL || list->columns[i].head < best->head))
            best = &list->columns[i];
    for (size_t i = 0; i < list->ncolumns; i++)
        if (list->columns[i].field == FIELD_NAME && &list->columns[i] != best)
            list->columns[i].field = FIELD_OTHERS;
}

/* The heads in a row: set of 1u << enum field; *end: the first cell behind the row. */
static unsigned
fields_of(struct roster_list *list, size_t at, size_t *end)
{
    const struct sheet *sheet = list->sheet;
    unsigned fields = 0;
    for (*end = at; *end < sheet->ncells && sheet->cells[*end].row == sheet->cells[at].row; ++*end) {
        size_t head = head_of(list->scratch, &sheet->cells[*end]);
        fields |= head < HEADS ? 1u << heads[head].field : 0;
    }
    return fields;
}

/* Does the row go on with the head: is there no name in the columns of names? (“部门” may be a head, or the 类型 of a member.) */
static bool
goes_on(const struct roster_list *list, uint32_t row)
{
    for (size_t i = 0; i < list->ncolumns; i++) {
        const struct cell *cell = list->columns[i].field == FIELD_NAME ? sheet_cell(list->sheet, row, list->columns[i].col) : NULL;
        if (cell != NULL && head_of(list->scratch, cell) == HEADS)
            return false;
    }
    return true;
}

/* Find the head on the sheet: the first row with a column of names, and the rows of heads right below it. *other: a row with other
 * heads, in case there is none. False: out of memory. */
static bool
find_head(struct roster_list *list, uint32_t *other)
{
    const struct sheet *sheet = list->sheet;
    for (size_t at = 0, end; at < sheet->ncells; at = end) {
        unsigned fields = fields_of(list, at, &end);
        if (fields != 0 && *other == UINT32_MAX)
            *other = sheet->cells[at].row;
        if ((fields & 1u << FIELD_NAME) == 0)
            continue;
        while (fields != 0) {
            if (!take_head(list, at, end))
                return false;
            list->first = sheet->cells[at].row + 1;
            at = end;
            fields = at < sheet->ncells && sheet->cells[at].row == list->first && goes_on(list, list->first) ? fields_of(list, at, &end) : 0;
        }
        settle_names(list);
        return true;
    }
    return true;
}

/* One column and nothing else: names without a head. */
static bool
is_plain(const struct sheet *sheet)
{
    for (size_t i = 1; i < sheet->ncells; i++)
        if (sheet->cells[i].col != sheet->cells[0].col)
            return false;
    return sheet->ncells > 0;
}

enum status
roster_head(struct roster_list *list)
{
    const struct sheet *plain = NULL;
    bool any = false;
    uint32_t other = UINT32_MAX;
    for (size_t i = 0; i < list->book->nsheets && list->ncolumns == 0; i++) {
        list->sheet = &list->book->sheets[i];
        if (list->sheet->hidden || list->sheet->ncells == 0)
            continue;
        if (!find_head(list, &other))
            return fault_set(list->fault, STATUS_MEMORY, "%s", "");
        plain = !any && is_plain(list->sheet) ? list->sheet : plain;
        any = true;
    }
    if (list->ncolumns > 0)
        return STATUS_OK;
    if (other != UINT32_MAX)
        return fault_set(list->fault, STATUS_UNSUPPORTED, "第 %u 行的表头里没有“全称”（或“单位名称”）这一列", (unsigned)other + 1);
    if (!any)
        return fault_set(list->fault, STATUS_UNSUPPORTED, "名单是空的");
    if (plain == NULL)
        return fault_set(list->fault, STATUS_UNSUPPORTED, "没有认出表头：请在第一行写上列名，至少要有“全称”；只有一列名称的名单可以不写");
    list->sheet = plain;
    list->numbered = true;
    if (!arena_room(list->scratch, &list->columns, 0, &list->columns_cap, sizeof *list->columns))
        return fault_set(list->fault, STATUS_MEMORY, "%s", "");
    list->columns[list->ncolumns++] = (struct roster_column){ plain->cells[0].col, 0, FIELD_NAME };
    return STATUS_OK;
}
