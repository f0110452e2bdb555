/* SPDX-License-Identifier: MIT */
/* rollup_entry: one input of a roll-up: whether it counts, and how its fate is called. */
#include "rollup_choose.h"

bool
entry_counts(const struct entry *entry)
{
    return entry->fate == FATE_COUNTED || entry->fate == FATE_COUNTED_FAILING;
}

bool
entry_unnamed(const struct entry *entry)
{
    return entry_counts(entry) && !entry->named && entry->member == SIZE_MAX;
}

void
entry_set_aside(struct entry *entry, enum fate fate, size_t with)
{
    entry->fate = fate;
    entry->with = with;
}

struct entry **
entries_counting(const struct rollup *rollup, size_t *n)
{
    struct entry **list = arena_array(rollup->arena, rollup->nentries + 1, sizeof *list);
    *n = 0;
    for (size_t i = 0; list != NULL && i < rollup->nentries; i++)
        if (entry_counts(&rollup->entries[i]))
            list[(*n)++] = &rollup->entries[i];
    return list;
}

const char *
fate_word(enum fate fate)
{
    static const char *const words[] = {
        [FATE_COUNTED] = "已计入", [FATE_COUNTED_FAILING] = "已计入，待更正", [FATE_LEFT_OUT] = "未计入：待更正",
        [FATE_OLDER] = "未计入：另有较新的一份", [FATE_SAME] = "未计入：与另一份完全相同", [FATE_OTHER_FORM] = "未计入：格式或年度不同",
        [FATE_UNREADABLE] = "未计入：读不了", [FATE_NOT_COUNTED] = "未计入：名单写明不计", [FATE_PARENT] = "未计入：本地区的总报告，用来比较",
        [FATE_COVERED] = "未计入：另一份汇总里已有",
    };
    return words[fate];
}

const char *
fate_code(enum fate fate)
{
    static const char *const codes[] = {
        [FATE_COUNTED] = "counted", [FATE_COUNTED_FAILING] = "failing", [FATE_LEFT_OUT] = "left-out", [FATE_OLDER] = "older",
        [FATE_SAME] = "same", [FATE_OTHER_FORM] = "other-form", [FATE_UNREADABLE] = "unreadable", [FATE_NOT_COUNTED] = "not-counted",
        [FATE_PARENT] = "parent", [FATE_COVERED] = "covered",
    };
    return codes[fate];
}
