/* SPDX-License-Identifier: MIT */
/* rollup_register: the sheet 报送登记: every input, what became of it and why; of several versions of one unit what has changed. And the hidden
 * sheet that says to the next roll-up what this one was made of (filing.h). */
#include "limits.h"
#include "lines.h"
#include "os.h"
#include "rollup_workbook.h"
#include "stamp.h"
#include "wording.h"

enum { COL_NUMBER, COL_UNIT, COL_FILE, COL_TIME, COL_VERDICT, COL_FATE, COL_HOW, COL_REMARK, COL_DIGEST, COLS };
static const struct column columns[COLS] = {
    { "序号", 7 }, { "报送单位", 28 }, { REGISTER_FILE, 34 }, { "文件时间", 16 }, { "结论", 8 }, { "处理", 20 }, { "怎么认出的", 12 }, { "备注", 52 },
    { REGISTER_DIGEST, 56 },
};

/* -- remarks -- */

enum { CHANGES = 30 };

/* What the version that counts says otherwise than an older one. */
static bool
put_changes(struct list *list, struct text *out, const struct entry *entry)
{
    const struct rollup *rollup = list->book->rollup;
    const struct entry *newest = &rollup->entries[entry->with];
    const struct filing *now = spool_get(rollup->spool, newest->filing, list->scratch);
    size_t n = 0;
    if (now == NULL)
        return false;
    text_printf(out, "计入的是 %s；从本份到那一份：", newest->file);
    for (size_t i = 0; i < now->nvalues && i < list->filing->nvalues; i++) {
        const struct filing_value *a = &list->filing->values[i], *b = &now->values[i];
        char from[DECIMAL_TEXT] = "（无）", to[DECIMAL_TEXT] = "（无）";
        if (a->has == b->has && (!a->has || a->micros == b->micros))
            continue;
        if (++n > CHANGES)
            continue;
        if (a->has)
            decimal_text((struct decimal){ a->micros }, from);
        if (b->has)
            decimal_text((struct decimal){ b->micros }, to);
        text_puts(out, n > 1 ? "；" : "");
        slot_words(out, &rollup->form->slots[i]);
        text_printf(out, " %s→%s", from, to);
    }
    text_printf(out, n > CHANGES ? "；等 %zu 处。" : n > 0 ? "，共 %zu 处。" : "各数相同。", n);
    return true;
}

static bool
put_remark(struct list *list, struct text *out, const struct entry *entry)
{
    const struct rollup *rollup = list->book->rollup;
    const char *other = entry->with != SIZE_MAX ? rollup->entries[entry->with].file : "";
    switch (entry->fate) {
    case FATE_UNREADABLE:
        line_put(out, list->filing->trouble);
        break;
    case FATE_OTHER_FORM:
        line_form_id(out, entry->form);
        text_printf(out, entry->year != 0 ? "，%d年度" : "，没有写年度", entry->year);
        text_puts(out, entry->whole ? "。" : "，各表格式不一。");
        break;
    case FATE_OLDER:
        if (!put_changes(list, out, entry))
            return false;
        break;
    case FATE_SAME: case FATE_COVERED:
        text_printf(out, "见 %s。", other);
        break;
    case FATE_PARENT:
        text_puts(out, "比较结果见“" VERDICTS_SHEET "”。");
        break;
    default:
        break;
    }
    if (entry->lost > 0)
        text_printf(out, "其中有 %zu 份别处没有，也没有计入。", entry->lost);
    if (entry_unnamed(entry))
        text_puts(out, "没有认出单位名称，按文件名列出。");
    if (entry->rollup)
        text_printf(out, "汇总文件，含 %zu 个单位。", entry->covered);
    if (entry->uncounted > 0)
        text_printf(out, "有 %zu 格没有数字，没有加进去。", entry->uncounted);
    if (entry->late)
        text_puts(out, "超过截止日期。");
    return !out->failed;
}

/* -- rows -- */

/* A file of the folders that is no input: nobody shall think that it had come in. */
static bool
give_passed(struct list *list, const char *path, const char *fate, struct row *row)
{
    char when[32];
    list_row(list);
    list_number(list, COL_NUMBER, (double)++list->entry, list->book->looks[LOOK_CENTER]);
    list_text(list, COL_UNIT, "", LOOK_CELL);
    list_text(list, COL_FILE, path, LOOK_LINK);
    list_link_file(list, COL_FILE, path);
    list_text(list, COL_TIME, arena_copy(list->scratch, time_words(os_modified(path), "%Y-%m-%d %H:%M", when)), LOOK_CENTER);
    list_text(list, COL_VERDICT, "", LOOK_CELL);
    list_text(list, COL_FATE, fate, LOOK_CELL);
    for (uint16_t c = COL_HOW; c < COLS; c++)
        list_text(list, c, "", LOOK_CELL);
    return list_give(list, row);
}

static bool
next_passed(struct list *list, struct row *row)
{
    const struct rollup *rollup = list->book->rollup;
    size_t i = list->entry - rollup->nentries;
    list->filing = NULL;
    if (i < rollup->aside.n)
        return give_passed(list, rollup->aside.path[i], "未计入：没有年度报告的表", row);
    i -= rollup->aside.n;
    return i < rollup->others.n ? give_passed(list, rollup->others.path[i], "未计入：不读这种文件", row) : list_end(row);
}

static bool
next(void *context, struct row *row)
{
    struct list *list = context;
    const struct rollup *rollup = list->book->rollup;
    char when[32];
    if (list->rows == LIMIT_LIST_ROWS)
        return list_end(row);
    if (list->entry >= rollup->nentries)
        return next_passed(list, row);
    const struct entry *entry = &rollup->entries[list->entry];
    if (!list_take(list, list->entry))
        return false;
    struct text remark = text_new(list->scratch);
    bool failing = entry->fate == FATE_COUNTED_FAILING || entry->fate == FATE_LEFT_OUT;
    enum look look = failing ? LOOK_RED : LOOK_CELL, center = failing ? LOOK_RED_CENTER : LOOK_CENTER;
    const char *how = rollup->options.roster != NULL && entry->verdict != VERDICT_UNREADABLE ? recognised_word(entry->how) : "";
    if (!put_remark(list, &remark, entry))
        return false;
    list_row(list);
    list_number(list, COL_NUMBER, (double)(list->entry + 1), list->book->looks[center]);
    list_text(list, COL_UNIT, entry->name, look);
    list_text(list, COL_FILE, entry->file, LOOK_LINK);
    list_link_file(list, COL_FILE, list->filing->path);
    list_text(list, COL_TIME, arena_copy(list->scratch, time_words(entry->modified, "%Y-%m-%d %H:%M", when)), LOOK_CENTER);
    list_text(list, COL_VERDICT, verdict_word(entry->verdict), center);
    list_text(list, COL_FATE, fate_word(entry->fate), look);
    list_text(list, COL_HOW, how, LOOK_CENTER);
    list_text(list, COL_REMARK, remark.at, LOOK_CELL);
    list_text(list, COL_DIGEST, entry->sha256, LOOK_HASH);
    list->entry++;
    return list_give(list, row);
}

bool
rollup_register(struct rollup_book *book)
{
    struct text remark = text_new(book->arena);
    size_t passed = book->rollup->aside.n + book->rollup->others.n;
    text_printf(&remark, "共 %zu 份文件。同一单位有几份的，计入文件时间最新的一份；两种格式的数不相加。", book->rollup->nentries);
    if (passed > 0)
        text_printf(&remark, "后面另有 %zu 个文件不是年度报告的表。", passed);
    if (book->rollup->nentries + passed > LIMIT_LIST_ROWS)
        text_printf(&remark, "只列出前 %d 份。", LIMIT_LIST_ROWS);
    return !remark.failed && list_sheet(book, REGISTER_SHEET, REGISTER_SHEET, remark.at, columns, COLS, next) != NULL;
}

/* -- the hidden sheet -- */

enum { VALUE_KEY, VALUE_NUMBER, VALUE_RAW, VALUE_ORIGIN };
enum { INPUT_WORD, INPUT_DIGEST, INPUT_NAME, INPUT_COLS };

static bool
give_input(struct list *list, bool rollup, const char *sha256, const char *name, struct row *row)
{
    list_row(list);
    list_text(list, INPUT_WORD, rollup ? FILING_ROLLUP : FILING_INPUT, LOOK_PLAIN);
    list_text(list, INPUT_DIGEST, sha256, LOOK_PLAIN);
    if (*name != '\0')
        list_text(list, INPUT_NAME, name, LOOK_PLAIN);
    return list_give(list, row);
}

/* An entry that counts, and behind it what it was made of itself: part 0 is the entry. */
static bool
next_input(void *context, struct row *row)
{
    struct list *list = context;
    struct rollup_book *book = list->book;
    for (; list->entry < book->nunits; list->entry++, list->part = 0) {
        const struct entry *entry = &book->rollup->entries[book->units[list->entry]];
        if (list->part == 0) {
            list->part = 1;
            return list_take(list, book->units[list->entry]) && give_input(list, entry->rollup, entry->sha256, entry_unnamed(entry) ? "" : entry->name, row);
        }
        if (list->part <= list->filing->ninputs) {
            const struct filing_input *input = &list->filing->inputs[list->part++ - 1];
            return give_input(list, input->rollup, input->sha256, input->name, row);
        }
    }
    return list_end(row);
}

bool
rollup_values(struct rollup_book *book)
{
    static const char *const heads[] = { "key", "value", "raw", "origin", "sheet", "cell" };
    struct draft *draft = &book->draft;
    const struct rollup *rollup = book->rollup;
    size_t sheet = draft_sheet(draft, VALUES_SHEET, true);
    struct list *list = list_new(book, INPUT_COLS, next_input);
    if (sheet == SIZE_MAX || list == NULL || !draft_text(draft, sheet, 0, STAMP_PLACES, book->places, 0))
        return false;
    for (uint16_t c = 0; c < sizeof heads / sizeof *heads; c++)
        if (!draft_text(draft, sheet, 0, c, heads[c], 0))
            return false;
    for (size_t i = 0; i < rollup->form->nslots; i++) {
        char number[DECIMAL_TEXT];
        uint32_t row = (uint32_t)(i + 1);
        if (!draft_text(draft, sheet, row, VALUE_KEY, rollup->form->slots[i].key, 0)
            || !draft_text(draft, sheet, row, VALUE_NUMBER, sum_text(rollup->sums[i], number), 0)
            || !draft_text(draft, sheet, row, VALUE_ORIGIN, origin_code(ORIGIN_GIVEN), 0))
            return false;
    }
    draft->pages[sheet].source = &list->source;
    draft->pages[sheet].source_row = (uint32_t)(rollup->form->nslots + 1);
    return true;
}
