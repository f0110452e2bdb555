/* SPDX-License-Identifier: MIT */
/* roster: the list as people keep it: a title above the head or none, columns in any order and under their usual names, cells merged
 * over several rows (类型, 截止日期), lines that part the list. A list is small and decides who is called missing, so what cannot be read
 * in it is refused with its row and nothing is guessed. */
#include "roster.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "form.h"
#include "limits.h"
#include "os.h"
#include "read.h"
#include "roster_parts.h"
#include "sniff.h"
#include "text.h"

static enum status
no_memory(struct roster_list *list)
{
    return fault_set(list->fault, STATUS_MEMORY, "%s", "");
}

/* -- cells -- */

/* The text without line breaks, and without blanks at its ends. NULL: out of memory. */
static const char *
tidy(struct roster_list *list, const char *s)
{
    struct text *out = &list->text;
    size_t kept = 0, used;
    out->n = 0;
    for (size_t left = strlen(s); left > 0; s += used, left -= used) {
        uint32_t cp = utf8_decode(s, left, &used);
        if ((cp < ' ' && cp != '\t') || cp == 0x7F || cp == 0xFEFF || (is_space(cp) && out->n == 0))
            continue;
        text_put(out, s, used);
        kept = is_space(cp) ? kept : out->n;
    }
    return out->failed ? NULL : kept > 0 ? arena_text(list->arena, out->at, kept) : "";
}

/* What is in a cell, or in the merged cell that covers it. NULL: nothing. */
static const struct cell *
covering(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    const struct area *merge = sheet_merge(sheet, row, col);
    return merge != NULL ? sheet_cell(sheet, merge->row, merge->col) : sheet_cell(sheet, row, col);
}

/* "" for an empty cell. NULL: refused, or out of memory. */
static const char *
cell_text(struct roster_list *list, const struct cell *cell)
{
    char number[32];
    const char *text = "";
    if (cell != NULL && (cell->kind == CELL_ERROR || cell->kind == CELL_FORMULA)) {
        fault_set(list->fault, STATUS_UNSUPPORTED, "第 %u 行：%s", (unsigned)cell->row + 1,
                  cell->kind == CELL_ERROR ? "有一格是错误值，请改好" : "有一格是没有算出结果的公式，请在表格软件里打开、保存一次");
        return NULL;
    }
    if (cell != NULL)
        text = cell->kind == CELL_TEXT ? cell->text : cell->kind == CELL_NUMBER ? number_text(cell->number, number)
                                                                                : cell->number != 0 ? "是" : "否";
    const char *copy = tidy(list, text);
    if (copy == NULL)
        no_memory(list);
    else if (strlen(copy) > LIMIT_LABEL_TEXT) {
        fault_set(list->fault, STATUS_UNSUPPORTED, "第 %u 行：有一格文字太长", (unsigned)cell->row + 1);
        return NULL;
    }
    return copy;
}

static bool
is_any(const char *s, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(s, *words) == 0)
            return true;
    return false;
}

/* -- members -- */

/* Add the names in a cell, which stand apart by blanks or punctuation, to the others. */
static bool
split_others(struct roster_list *list, struct member *member, size_t *cap, const char *s)
{
    static const char between[] = ",;/|、";              /* 、 is the only one that is no ASCII, folded */
    size_t used;
    for (size_t left = strlen(s); left > 0;) {
        struct text *name = &list->text;
        name->n = 0;
        for (; left > 0; s += used, left -= used) {
            uint32_t cp = utf8_decode(s, left, &used), folded = fold_width(cp);
            if (cp == 0x3001 || is_space(cp) || (folded < 0x80 && strchr(between, (int)folded) != NULL))
                break;
            text_put(name, s, used);
        }
        const char *other = name->failed ? NULL : arena_text(list->arena, name->at, name->n);
        if (other == NULL || !arena_room(list->arena, &member->others, member->nothers, cap, sizeof *member->others))
            return false;
        if (*other != '\0')
            member->others[member->nothers++] = other;
        if (left > 0) {
            s += used;
            left -= used;
        }
    }
    return true;
}

static enum status
parse_counted(struct roster_list *list, uint32_t row, const char *s, bool *counted)
{
    static const char *const yes[] = { "", "是", "计入", "√", "✓", "✔", "Y", "y", "yes", "1", "对", NULL };
    static const char *const no[] = { "否", "不", "不计入", "不计", "不是", "×", "✗", "✕", "X", "x", "N", "n", "no", "0", NULL };
    *counted = is_any(s, yes);
    if (!*counted && !is_any(s, no))
        return fault_set(list->fault, STATUS_UNSUPPORTED, "第 %u 行：是否计入写的是“%s”，请写“是”或“否”", (unsigned)row + 1, s);
    return STATUS_OK;
}

/* The last second of a day, which may be counted on from another month's beginning; 0: it is of no year that reports are of. */
static int64_t
end_of_day(struct tm *tm, int year, int month, int day)
{
    *tm = (struct tm){ .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = 23, .tm_min = 59, .tm_sec = 59, .tm_isdst = -1 };
    time_t time = mktime(tm);
    return time > 0 && tm->tm_year + 1900 >= YEAR_LEAST && tm->tm_year + 1900 <= YEAR_MOST ? (int64_t)time : 0;
}

/* 0: there is no such day. */
static int64_t
due_of_date(int year, int month, int day)
{
    struct tm tm;
    int64_t due = year <= YEAR_MOST && month <= 12 && day <= 31 ? end_of_day(&tm, year, month, day) : 0;
    return due != 0 && tm.tm_year == year - 1900 && tm.tm_mon == month - 1 && tm.tm_mday == day ? due : 0;
}

/* A date as a number: 20260131, or of days as spreadsheets count them. */
static int64_t
due_of_number(double number, bool date1904)
{
    enum { DAYS_1904 = 1462, DAY_1970 = 25569, DAYS = 100000 };
    struct tm tm;
    if (number >= 1e7 && number < 1e8)
        return due_of_date((int)number / 10000, (int)number / 100 % 100, (int)number % 100);
    number += date1904 ? DAYS_1904 : 0;
    return number >= DAY_1970 && number < DAYS ? end_of_day(&tm, 1970, 1, 1 + (int)number - DAY_1970) : 0;
}

/* "2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", "20260131"; a time of day behind it is not looked at. *numbers: how many. */
static int64_t
due_of_text(const char *s, int *numbers)
{
    int number[3] = { 0 };
    for (*numbers = 0; *numbers < 3 && *s >= '0' && *s <= '9'; ++*numbers) {
        char *end;
        long value = strtol(s, &end, 10);
        if (end - s > 8)
            return 0;
        number[*numbers] = (int)value;
        s = end;
        for (size_t i = 0; i < 6; i++) {
            static const char *const marks[] = { "-", "/", ".", "年", "月", "日" };
            if (strncmp(s, marks[i], strlen(marks[i])) == 0) {
                s += strlen(marks[i]);
                break;
            }
        }
    }
    s += strspn(s, "0123456789:");
    if (*s != '\0' && strcmp(s, "前") != 0)
        return 0;
    if (*numbers == 1 && number[0] >= 10000000)
        return due_of_number(number[0], false);
    return *numbers == 3 ? due_of_date(number[0], number[1], number[2]) : 0;
}

static enum status
parse_due(struct roster_list *list, uint32_t row, const struct cell *cell, const char *text, int64_t *due)
{
    int numbers = 0;
    const char *colon = strchr(text, ':'), *end = colon != NULL ? colon : text + strlen(text);
    while (colon != NULL && end > text && *end != ' ')           /* a time of day, after a blank */
        end--;
    const char *date = arena_text(list->scratch, text, end > text ? (size_t)(end - text) : strlen(text));
    const char *s = date != NULL ? lexicon_plain(list->scratch, date) : NULL;
    if (s == NULL)
        return no_memory(list);
    if (*s == '\0')
        return STATUS_OK;
    *due = cell->kind == CELL_NUMBER ? due_of_number(cell->number, list->book->date1904) : due_of_text(s, &numbers);
    if (*due != 0)
        return STATUS_OK;
    return fault_set(list->fault, STATUS_UNSUPPORTED, "第 %u 行：截止日期“%s”%s，请写成 2026-01-31 这样", (unsigned)row + 1, text,
                     numbers == 2 ? "没有写年份" : "不是日期");
}

/* Take one cell. A text that is there already stays. */
static enum status
take_cell(struct roster_list *list, uint32_t row, const struct roster_column *column, struct member *member, size_t *others_cap)
{
    const struct cell *cell = column->field == FIELD_NAME ? sheet_cell(list->sheet, row, column->col) : covering(list->sheet, row, column->col);
    const char *text = cell_text(list, cell), **into[FIELD_COUNT] = {
        [FIELD_NAME] = &member->name, [FIELD_CODE] = &member->code, [FIELD_KIND] = &member->kind, [FIELD_MERGED] = &member->merged,
        [FIELD_CONTACT] = &member->contact, [FIELD_PHONE] = &member->phone,
    };
    if (text == NULL)
        return list->fault->status;
    if (column->field == FIELD_OTHERS)
        return split_others(list, member, others_cap, text) ? STATUS_OK : no_memory(list);
    if (column->field == FIELD_COUNTED)
        return parse_counted(list, row, text, &member->counted);
    if (column->field == FIELD_DUE)
        return member->due == 0 ? parse_due(list, row, cell, text, &member->due) : STATUS_OK;
    if (**into[column->field] == '\0')
        *into[column->field] = text;
    return STATUS_OK;
}

static bool
is_blank(const char *s)
{
    size_t used;
    for (size_t left = strlen(s); left > 0; s += used, left -= used)
        if (!is_space(utf8_decode(s, left, &used)))
            return false;
    return true;
}

/* A line that parts the list: merged over several columns; or a remark below it, with nothing in the columns of the list. */
static bool
is_divider(const struct roster_list *list, uint32_t row)
{
    bool empty = true;
    for (size_t i = 0; i < list->ncolumns; i++) {
        const struct roster_column *column = &list->columns[i];
        const struct area *merge = sheet_merge(list->sheet, row, column->col);
        if (column->field == FIELD_NAME && merge != NULL && (merge->col2 > merge->col || merge->row < row))
            return true;
        const struct cell *cell = sheet_cell(list->sheet, row, column->col);
        empty = empty && (cell == NULL || (cell->kind == CELL_TEXT && is_blank(cell->text)));
    }
    return empty;
}

/* "1.", "2、", "（3）" before a name. */
static const char *
without_number(const char *s)
{
    static const char *const marks[] = { ".", "、", "．", ")", "）", "," };
    const char *at = s + (strncmp(s, "（", 3) == 0 ? 3 : *s == '(');
    size_t digits = strspn(at, "0123456789");
    for (size_t i = 0; digits > 0 && i < sizeof marks / sizeof *marks; i++)
        if (strncmp(at + digits, marks[i], strlen(marks[i])) == 0) {
            at += digits + strlen(marks[i]);
            return at + strspn(at, " \t");
        }
    return s;
}

static enum status
take_row(struct roster_list *list, uint32_t row)
{
    struct roster *roster = list->roster;
    struct member member = { .name = "", .code = "", .kind = "", .merged = "", .contact = "", .phone = "", .counted = true };
    size_t others_cap = 0;
    if (is_divider(list, row))
        return STATUS_OK;
    for (size_t i = 0; i < list->ncolumns; i++) {
        enum status status = take_cell(list, row, &list->columns[i], &member, &others_cap);
        if (status != STATUS_OK)
            return status;
    }
    if (list->numbered)
        member.name = without_number(member.name);
    const char *plain = lexicon_plain(list->scratch, member.name);
    if (plain == NULL)
        return no_memory(list);
    if (*plain == '\0' && list->numbered)
        return STATUS_OK;
    if (*plain == '\0')
        return fault_set(list->fault, STATUS_UNSUPPORTED, "第 %u 行：没有写单位全称", (unsigned)row + 1);
    if (roster->n == LIMIT_MEMBERS)
        return fault_set(list->fault, STATUS_UNSUPPORTED, "单位太多：最多 %d 个", LIMIT_MEMBERS);
    if (!arena_room(list->arena, &roster->members, roster->n, &list->cap, sizeof *roster->members)
        || !arena_room(list->scratch, &list->rows, roster->n, &list->rows_cap, sizeof *list->rows))
        return no_memory(list);
    list->rows[roster->n] = row;
    roster->members[roster->n++] = member;
    return STATUS_OK;
}

static enum status
read_list(struct roster_list *list)
{
    enum status status = roster_head(list);
    for (size_t at = status == STATUS_OK ? sheet_row(list->sheet, list->first) : 0; status == STATUS_OK && at < list->sheet->ncells;) {
        uint32_t row = list->sheet->cells[at].row;
        status = take_row(list, row);
        while (at < list->sheet->ncells && list->sheet->cells[at].row == row)
            at++;
    }
    if (status == STATUS_OK && list->roster->n == 0)
        status = fault_set(list->fault, STATUS_UNSUPPORTED, "名单里一个单位也没有");
    return status == STATUS_OK ? roster_index(list->arena, list->scratch, list->roster, list->rows, list->fault) : status;
}

static enum status
parse(struct arena *arena, struct arena *scratch, const unsigned char *bytes, size_t n, struct roster *roster, struct fault *fault)
{
    struct book book;
    *roster = (struct roster){ .n = 0 };
    if (n == 0)
        return fault_set(fault, STATUS_EMPTY, "%s", "");
    enum status status = sniff(bytes, n) == FILE_TEXT ? roster_text(scratch, bytes, n, &book, fault)
                                                      : read_book(scratch, bytes, n, &book, fault);
    if (status == STATUS_OK)
        status = lexicon_load(arena, &roster->lexicon, fault);
    struct roster_list list = { .arena = arena, .scratch = scratch, .text = text_new(scratch), .book = &book, .roster = roster, .fault = fault };
    return status == STATUS_OK ? read_list(&list) : status;
}

enum status
roster_parse(struct arena *arena, const unsigned char *bytes, size_t n, struct roster *roster, struct fault *fault)
{
    struct fault unseen = { .status = STATUS_OK };
    struct arena *scratch = arena_new(2 * LIMIT_MEMORY);         /* a list as long as LIMIT_MEMBERS, with all its columns */
    fault = fault != NULL ? fault : &unseen;
    enum status status = scratch != NULL ? parse(arena, scratch, bytes, n, roster, fault) : fault_set(fault, STATUS_MEMORY, "%s", "");
    arena_free(scratch);
    return status;
}

enum status
roster_read(struct arena *arena, const char *path, struct roster *roster, struct fault *fault)
{
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct arena *file = arena_new(LIMIT_MEMORY);
    enum status status = file != NULL ? os_read_file(file, path, &bytes, &n, fault) : fault_set(fault, STATUS_MEMORY, "%s", "");
    if (status == STATUS_OK)
        status = roster_parse(arena, bytes, n, roster, fault);
    arena_free(file);
    return status;
}
