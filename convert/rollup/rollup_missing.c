/* SPDX-License-Identifier: MIT */
/* rollup_missing: the sheet 应报未报: the list of bodies against what came. Contacts and telephone numbers stand here, at those whom one has to
 * call, and nowhere else. */
#include "limits.h"
#include "rollup_workbook.h"

enum { COL_STATE, COL_UNIT, COL_CODE, COL_KIND, COL_DUE, COL_CONTACT, COL_PHONE, COL_REMARK, COLS };
static const struct column columns[COLS] = {
    { "情况", 14 }, { "单位全称", 34 }, { "统一社会信用代码", 22 }, { "类型", 12 }, { "截止日期", 12 }, { "联系人", 10 }, { "电话", 16 }, { "备注", 44 },
};

/* In the order of the sheet. */
enum state { STATE_MISSING, STATE_NOT_IN, STATE_LATE, STATE_UNEXPECTED, STATE_UNRECOGNISED, STATE_NOT_COUNTED, STATE_MERGED, STATES };
static const char *const states[STATES] = { "未报", "已报，没有计入", "迟报", "名单上没有", "认不出单位", "不计入", "已并入、更名" };

struct item { enum state state; size_t member, entry; const char *came; };       /* SIZE_MAX: none; came: a file that is no report */

struct missing { struct rollup_book *book; struct item *items; size_t n, cap; const char **came; };       /* came: per member */

static bool
add(struct missing *missing, enum state state, size_t member, size_t entry)
{
    if (!arena_room(missing->book->arena, &missing->items, missing->n, &missing->cap, sizeof *missing->items))
        return false;
    missing->items[missing->n++] = (struct item){ state, member, entry, member != SIZE_MAX ? missing->came[member] : NULL };
    return true;
}

/* -- who belongs where -- */

static bool
add_members(struct missing *missing, enum state state)
{
    const struct rollup *rollup = missing->book->rollup;
    for (size_t i = 0; i < rollup->options.roster->n; i++) {
        const struct member *member = &rollup->options.roster->members[i];
        enum state is = *member->merged != '\0' ? STATE_MERGED : !member->counted ? STATE_NOT_COUNTED : !rollup->present[i] ? STATE_MISSING : STATES;
        if (is == state && !add(missing, state, i, SIZE_MAX))
            return false;
    }
    return true;
}

/* Files that are no reports, by the members after whom they, or their folders, are called. */
static bool
find_came(struct missing *missing, const struct passed *passed)
{
    const struct roster *roster = missing->book->rollup->options.roster;
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    enum recognised how;
    for (size_t i = 0; scratch != NULL && i < passed->n; i++) {
        arena_reset(scratch);
        size_t member = roster_find(roster, scratch, NULL, passed->path[i], &how);
        if (member != SIZE_MAX)
            missing->came[member] = passed->path[i];
    }
    arena_free(scratch);
    return scratch != NULL;
}

/* Of a member that came, does a file count, or stand in one that does? */
static bool
mark_in(const struct rollup *rollup, bool *in)
{
    for (size_t i = 0; in != NULL && i < rollup->nentries; i++) {
        const struct entry *entry = &rollup->entries[i];
        if (entry->member != SIZE_MAX && (entry_counts(entry) || entry->fate == FATE_COVERED || entry->fate == FATE_PARENT))
            in[entry->member] = true;
    }
    return in != NULL;
}

static enum state
state_of(const struct rollup *rollup, const struct entry *entry, const bool *in)
{
    if (entry->fate == FATE_SAME || entry->fate == FATE_OLDER)
        return STATES;
    if (entry->member == SIZE_MAX)
        return entry->fate == FATE_PARENT ? STATES : entry->named ? STATE_UNEXPECTED : STATE_UNRECOGNISED;
    if (!member_reports(&rollup->options.roster->members[entry->member]))
        return STATES;                       /* said of the member */
    return !in[entry->member] ? STATE_NOT_IN : entry->late ? STATE_LATE : STATES;
}

static bool
add_entries(struct missing *missing, enum state state, const bool *in)
{
    const struct rollup *rollup = missing->book->rollup;
    for (size_t i = 0; i < rollup->nentries; i++)
        if (state_of(rollup, &rollup->entries[i], in) == state && !add(missing, state, rollup->entries[i].member, i))
            return false;
    return true;
}

static bool
add_all(struct missing *missing)
{
    const struct rollup *rollup = missing->book->rollup;
    bool *in = arena_array(missing->book->arena, rollup->options.roster->n + 1, sizeof *in);
    missing->came = arena_array(missing->book->arena, rollup->options.roster->n + 1, sizeof *missing->came);
    if (!mark_in(rollup, in) || missing->came == NULL || !find_came(missing, &rollup->others) || !find_came(missing, &rollup->aside))
        return false;
    for (enum state state = 0; state < STATES; state++)
        if (!add_members(missing, state) || !add_entries(missing, state, in))
            return false;
    return true;
}

/* -- rows -- */

static void
put_remark(struct text *out, const struct rollup *rollup, const struct item *item)
{
    if (item->state == STATE_MERGED)
        text_printf(out, "→ %s", rollup->options.roster->members[item->member].merged);
    if (item->state == STATE_MISSING && item->came != NULL)
        text_printf(out, "收到过 %s，里面没有读到年度报告的表。", item->came);
    if (item->entry != SIZE_MAX)
        text_printf(out, "%s（%s）", rollup->entries[item->entry].file, fate_word(rollup->entries[item->entry].fate));
}

static bool
next(void *context, struct row *row)
{
    static const struct member nobody = { .name = "", .code = "", .kind = "", .contact = "", .phone = "" };
    struct list *list = context;
    const struct rollup *rollup = list->book->rollup;
    if (list->entry == list->nitems)
        return list_end(row);
    const struct item *item = &list->items[list->entry++];
    const struct member *member = item->member != SIZE_MAX ? &rollup->options.roster->members[item->member] : &nobody;
    bool call = item->state == STATE_MISSING, red = call || item->state == STATE_NOT_IN;
    char due[32];
    list_row(list);
    struct text remark = text_new(list->scratch);
    put_remark(&remark, rollup, item);
    list->failed = remark.failed;
    list_text(list, COL_STATE, states[item->state], red ? LOOK_RED_CENTER : LOOK_CENTER);
    list_text(list, COL_UNIT, member != &nobody ? member->name : rollup->entries[item->entry].name, red ? LOOK_RED : LOOK_CELL);
    list_text(list, COL_CODE, member->code, LOOK_CENTER);
    list_text(list, COL_KIND, member->kind, LOOK_CENTER);
    list_text(list, COL_DUE, arena_copy(list->scratch, time_words(member->due, "%Y-%m-%d", due)), LOOK_CENTER);
    list_text(list, COL_CONTACT, call ? member->contact : "", LOOK_CENTER);
    list_text(list, COL_PHONE, call ? member->phone : "", LOOK_CENTER);
    list_text(list, COL_REMARK, remark.at, LOOK_CELL);
    return list_give(list, row);
}

bool
rollup_missing(struct rollup_book *book)
{
    const struct roster *roster = book->rollup->options.roster;
    struct missing missing = { .book = book };
    struct text remark = text_new(book->arena);
    size_t counts[STATES] = { 0 };
    if (roster == NULL)
        return true;
    if (!add_all(&missing))
        return false;
    for (size_t i = 0; i < missing.n; i++)
        counts[missing.items[i].state]++;
    text_printf(&remark, "名单共 %zu 个单位。", roster->n);
    for (enum state state = 0; state < STATES; state++)
        if (counts[state] > 0)
            text_printf(&remark, "%s %zu 个。", states[state], counts[state]);
    text_puts(&remark, "联系人和电话只在这里。");
    struct list *list = remark.failed ? NULL : list_sheet(book, MISSING_SHEET, MISSING_SHEET, remark.at, columns, COLS, next);
    if (list == NULL)
        return false;
    list->items = missing.items;
    list->nitems = missing.n;
    return true;
}
