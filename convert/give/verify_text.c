/* SPDX-License-Identifier: MIT */
/* verify_text: what is said of a workbook whose stamp was looked at, to people and as one line of JSON, schema nianbao.verify/1: absent
 * members are left out. It never says more than the stamp can prove: that nothing, or what, has changed since. */
#include "verify.h"

#include <string.h>

#include "json_writer.h"
#include "lines.h"
#include "paper.h"
#include "wording.h"

enum {
    LISTED = 50,                 /* changes, and files of one kind, told one by one; JSON has them all */
    SHOWN = 60,                  /* characters of what a cell holds */
    BEFORE = 20                  /* those before the first that differs */
};

static const char *
state_code(const struct verify_result *result)
{
    static const char *const states[] = { [STAMP_NONE] = "not-ours", [STAMP_INTACT] = "as-written", [STAMP_CHANGED] = "changed",
                                          [STAMP_NEWER] = "newer" };
    return result->verification != NULL ? states[result->verification->stamp] : "unreadable";
}

/* -- changes -- */

static const struct slot *
find_slot(const struct forms *forms, const char *form, const char *key)
{
    const struct slot *slot = NULL;
    for (size_t i = 0; i < forms->n && key != NULL; i++)
        if (slot == NULL || (form != NULL && strcmp(forms->form[i]->id, form) == 0)) {
            const struct slot *found = form_slot(forms->form[i], key);
            slot = found != NULL ? found : slot;
        }
    return slot;
}

/* "（“（一）予以公开”行、“总计”列）" */
static void
put_slot(struct text *out, const struct slot *slot, bool english)
{
    const char *row = slot->row->brief != NULL ? slot->row->brief : slot->row->label.text;
    text_puts(out, english ? " (" : "（");
    if (row != NULL && *row != '\0')
        text_printf(out, english ? "row “%s”, " : "“%s”行、", row);
    text_printf(out, english ? "column “%s”)" : "“%s”列）", slot->column->path);
}

/* Bytes that two contents begin with alike and that need not be shown. */
static size_t
alike(const char *a, const char *b)
{
    size_t n = 0, back = 0;
    while (a[n] != '\0' && a[n] == b[n])
        n++;
    for (; n > 0 && (back < BEFORE || ((unsigned char)a[n] & 0xC0) == 0x80); n--)
        back += ((unsigned char)a[n] & 0xC0) != 0x80;
    return n;
}

static void
put_content(struct text *out, const char *content, size_t skip, bool english)
{
    text_puts(out, skip > 0 ? "…" : "");
    line_put(out, content != NULL ? paper_clip(out->arena, content + skip, SHOWN) : english ? "(nothing)" : "（空）");
}

static void
put_cell(struct text *out, const struct change *change, const struct slot *slot, bool english)
{
    size_t skip = change->before != NULL && change->now != NULL ? alike(change->before, change->now) : 0;
    line_put(out, a1_quoted(out->arena, change->sheet, change->cell));
    text_puts(out, english ? ": " : "：");
    if (change->value != NULL && *change->value != '\0')
        text_printf(out, english ? "%s (formula %s)" : "%s（公式 %s）", change->value, change->before);
    else
        put_content(out, change->before, skip, english);
    text_puts(out, " → ");
    put_content(out, change->now, change->value == NULL ? skip : 0, english);
    if (slot != NULL)
        put_slot(out, slot, english);
}

static void
put_sheet(struct text *out, const struct change *change, bool english)
{
    static const struct wording patterns[] = {
        [CHANGE_SHEET_ADDED] = { "工作表“{sheet}”：新增的", "sheet “{sheet}”: added" },
        [CHANGE_SHEET_REMOVED] = { "工作表“{sheet}”：删去了", "sheet “{sheet}”: removed" },
        [CHANGE_SHEET_RENAMED] = { "工作表“{sheet}”：原名“{before}”", "sheet “{sheet}”: was called “{before}”" },
        [CHANGE_SHEET_CONTENT] = { "工作表“{sheet}”：有改动；其中可能有姓名和电话，不留底，所以说不出是哪些格",
                                   "sheet “{sheet}”: changed; it may have persons and telephone numbers, so no copy is kept to say which cells" },
        [CHANGE_SHEET_MOVED] = { "工作表“{sheet}”：原来排第 {before}，现在排第 {now}", "sheet “{sheet}”: was number {before}, is number {now}" },
    };
    const struct slot_text slots[] = { { "sheet", change->sheet }, { "before", change->before }, { "now", change->now } };
    line_put(out, wording_fill(out->arena, wording_text(patterns[change->kind], english ? LANGUAGE_EN : LANGUAGE_ZH), slots, 3));
}

static void
put_changes(struct text *out, const struct verification *it, const struct forms *forms, bool english)
{
    for (size_t i = 0; i < it->nchanges && i < LISTED; i++) {
        const struct change *change = &it->changes[i];
        text_puts(out, "    ");
        if (change->kind == CHANGE_CELL)
            put_cell(out, change, find_slot(forms, it->form, change->key), english);
        else
            put_sheet(out, change, english);
        text_putc(out, '\n');
    }
    if (it->nchanges > LISTED)
        text_printf(out, english ? "    … and %zu more; --json lists all.\n" : "    另有 %zu 处，--json 全部列出。\n", it->nchanges - LISTED);
}

/* What cannot be said by cells. */
static void
put_doubts(struct text *out, const struct verification *it, enum language language)
{
    static const struct wording
        only_stamp = { "各张表没有改动；改动的是程序留下的记录（文件属性或隐藏的工作表）。",
                       "No table has changed; the program's own record has (document properties or the hidden sheet)." },
        both = { "程序留下的记录（文件属性或隐藏的工作表）也改动过。", "The program's own record (document properties or the hidden sheet) has changed too." },
        lost = { "说不出是哪些格：程序留下的记录（文件属性或隐藏的工作表）也改动过。",
                 "Which cells cannot be said: the program's own record (document properties or the hidden sheet) has changed too." },
        no_copy = { "说不出是哪些格：表太大，没有留底。", "Which cells cannot be said: the workbook is too large to carry a copy of them." };
    const struct wording *wording = !it->cells ? &only_stamp : it->nchanges > 0 && it->stamp_touched ? &both
        : it->nchanges > 0 ? NULL : it->stamp_touched ? &lost : &no_copy;
    if (wording != NULL)
        text_printf(out, "    %s\n", wording_text(*wording, language));
}

/* -- a result -- */

/* "校验码 K7QM-2F9D（宿迁市，2023年度，通过）" */
static void
put_identity(struct text *out, const struct verification *it, bool english)
{
    struct wording words = { it->stamp == STAMP_INTACT ? "校验码" : it->stamp_touched ? "记录里的校验码" : "写出时的校验码",
                             it->stamp == STAMP_INTACT ? "Code" : it->stamp_touched ? "Code on record" : "Code when written" };
    bool pass = it->verdict != NULL && strcmp(it->verdict, verdict_code(VERDICT_PASS)) == 0;
    text_printf(out, english ? " %s %s (" : "%s %s（", wording_text(words, english ? LANGUAGE_EN : LANGUAGE_ZH), it->code != NULL ? it->code : "?");
    if (it->unit != NULL) {
        line_put(out, it->unit);
        text_puts(out, english ? ", " : "，");
    }
    if (it->year != 0)
        text_printf(out, english ? "%d, " : "%d年度，", it->year);
    const char *verdict = it->verdict == NULL ? (english ? "verdict not on record" : "结论没有记录")
                        : english ? (pass ? "passed" : "to be corrected") : pass ? "通过" : "待改";
    text_printf(out, english ? "%s)" : "%s）", verdict);
}

static void
put_files(struct text *out, const char *words, const char *const *files, size_t n)
{
    for (size_t i = 0; i < n && i < LISTED; i++) {
        text_printf(out, "    %s", words);
        line_put(out, files[i]);
        text_putc(out, '\n');
    }
    if (n > LISTED)
        text_printf(out, "    %s… %zu\n", words, n);
}

static void
put_recheck(struct text *out, const struct recheck *it, bool english)
{
    text_printf(out, english ? "    Its inputs: %zu the same, %zu changed since, %zu missing; %zu new in the folder.\n"
                             : "    汇总所用的文件：%zu 份没有变，%zu 份后来改过，%zu 份找不到；文件夹里另有 %zu 份新的。\n",
                it->same, it->nchanged, it->nmissing, it->nfresh);
    put_files(out, english ? "changed: " : "后来改过：", it->changed, it->nchanged);
    put_files(out, english ? "missing: " : "找不到：", it->missing, it->nmissing);
    put_files(out, english ? "new: " : "新的：", it->fresh, it->nfresh);
}

void
verify_text(const struct verify_result *result, const struct forms *forms, enum language language, struct text *out)
{
    static const struct wording heads[] = {
        [STAMP_INTACT] = { "【一致】{file}：写出以后没有改动。", "[as written] {file}: unchanged since it was written." },
        [STAMP_CHANGED] = { "【已改动】{file}：", "[changed] {file}: " },
        [STAMP_NONE] = { "【不是本程序写的】{file}：里面没有本程序的记录（另存为 .xls 等别的格式也会失去记录）。",
                         "[not ours] {file}: it has no record of this program (saving in another format such as .xls loses it)." },
        [STAMP_NEWER] = { "【由更新的版本写成】{file}：请用新版的程序核对。", "[newer] {file}: written by a newer version; use that one to verify it." },
    };
    const struct verification *it = result->verification;
    bool english = language == LANGUAGE_EN;
    if (it == NULL)
        return;
    line_put(out, wording_fill(out->arena, wording_text(heads[it->stamp], language), &(struct slot_text){ "file", result->file }, 1));
    if (it->stamp == STAMP_CHANGED && it->nchanges > 0)
        text_printf(out, english ? "changes: %zu." : "%zu 处改动。", it->nchanges);
    else if (it->stamp == STAMP_CHANGED)
        text_puts(out, english ? "it has changed." : "有改动。");
    if (it->stamp == STAMP_INTACT || it->stamp == STAMP_CHANGED)
        put_identity(out, it, english);
    text_putc(out, '\n');
    if (it->stamp == STAMP_CHANGED) {
        put_changes(out, it, forms, english);
        put_doubts(out, it, language);
    }
    if (result->recheck != NULL)
        put_recheck(out, result->recheck, english);
}

/* -- JSON -- */

static void
change_json(struct json *json, const struct change *change)
{
    static const char *const kinds[] = { [CHANGE_SHEET_ADDED] = "added", [CHANGE_SHEET_REMOVED] = "removed", [CHANGE_SHEET_RENAMED] = "renamed",
                                         [CHANGE_SHEET_MOVED] = "moved", [CHANGE_SHEET_CONTENT] = "changed" };
    json_open(json, '{');
    json_member(json, "sheet", change->sheet);
    if (change->kind == CHANGE_CELL)
        json_member(json, "cell", change->cell);
    else
        json_member(json, "is", kinds[change->kind]);
    json_member_some(json, "key", change->key);
    json_member_some(json, "before", change->before);
    json_member_some(json, "value", change->value);
    json_member_some(json, "now", change->now);
    json_close(json, '}');
}

static void
verification_json(struct json *json, const struct verification *it)
{
    json_member_some(json, "code", it->code);
    json_member_some(json, "unit", it->unit);
    if (it->year != 0)
        json_member_int(json, "year", it->year);
    json_member_some(json, "form", it->form);
    json_member_some(json, "verdict", it->verdict);
    json_member_some(json, "version", it->version);
    if (it->stamp != STAMP_CHANGED)
        return;
    json_key(json, "changes");
    json_open(json, '[');
    for (size_t i = 0; i < it->nchanges; i++)
        change_json(json, &it->changes[i]);
    json_close(json, ']');
    if (it->cells && it->nchanges == 0)
        json_member(json, "cells", "unknown");
    if (it->stamp_touched)
        json_member(json, "stamp", "changed");
}

void
verify_json(const struct verify_result *result, enum language language, struct text *out)
{
    struct json json = { .out = out };
    const struct recheck *recheck = result->recheck;
    json_open(&json, '{');
    json_member(&json, "schema", "nianbao.verify/1");
    json_member(&json, "program", "nianbao " NIANBAO_VERSION);
    json_member(&json, "file", result->file);
    json_member(&json, "state", state_code(result));
    if (result->verification != NULL)
        verification_json(&json, result->verification);
    if (recheck != NULL) {
        json_key(&json, "inputs");
        json_open(&json, '{');
        json_member_int(&json, "same", (long long)recheck->same);
        json_member_texts(&json, "changed", recheck->changed, recheck->nchanged);
        json_member_texts(&json, "missing", recheck->missing, recheck->nmissing);
        json_member_texts(&json, "new", recheck->fresh, recheck->nfresh);
        json_close(&json, '}');
    }
    if (result->verification == NULL) {
        const char *message = fault_sentence(out->arena, result->file, result->fault, language);
        json_key(&json, "error");
        json_open(&json, '{');
        json_member(&json, "code", status_code(result->fault->status));
        json_member(&json, "message", message != NULL ? message : fault_plain(result->fault->status, language));
        json_close(&json, '}');
    }
    json_close(&json, '}');
    text_putc(out, '\n');
}
