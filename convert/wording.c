/* SPDX-License-Identifier: MIT */
/* A finding becomes words by filling the placeholders of its rule's sentence. The tone: the cell first, the number second, never
 * blame, and never an invitation to make numbers fit. */
#include "wording.h"

#include <string.h>

#include "check.h"
#include "text.h"

enum {
    LISTED = 5,                 /* places named one by one; the rest is a number */
    QUOTED = 60                 /* bytes of what is written in a cell */
};

const char *
wording_text(struct wording wording, enum language language)
{
    return language == LANGUAGE_EN && wording.en ? wording.en : wording.zh;
}

char *
wording_fill(struct arena *arena, const char *pattern, const struct slot_text *slots, size_t n)
{
    struct text out = text_new(arena);
    while (*pattern) {
        const char *open = strchr(pattern, '{'), *close = open ? strchr(open, '}') : NULL;
        if (!close) {
            text_puts(&out, pattern);
            break;
        }
        text_put(&out, pattern, (size_t)(open - pattern));
        size_t length = (size_t)(close - open - 1), i = 0;
        while (i < n && (strncmp(slots[i].name, open + 1, length) != 0 || slots[i].name[length] != '\0'))
            i++;
        if (i < n)
            text_puts(&out, slots[i].value ? slots[i].value : "");
        else
            text_put(&out, open, length + 2);
        pattern = close + 1;
    }
    return out.failed ? NULL : out.at;
}

const char *
severity_word(enum severity severity, enum language language)
{
    static const char *const words[SEVERITY_COUNT][2] = {
        [SEVERITY_ERROR] = { "必须改", "error" }, [SEVERITY_WARNING] = { "请核实", "warning" }, [SEVERITY_NOTE] = { "提示", "note" }
    };
    return words[severity][language == LANGUAGE_EN];
}

const char *severity_code(enum severity severity) { return severity_word(severity, LANGUAGE_EN); }

const char *
origin_code(enum origin origin)
{
    static const char *const codes[] = { [ORIGIN_GIVEN] = "given", [ORIGIN_BLANK] = "blank", [ORIGIN_FILLED] = "filled",
                                         [ORIGIN_MISSING] = "missing" };
    return codes[origin];
}

const char *
verdict_code(enum verdict verdict)
{
    static const char *const codes[] = { [VERDICT_PASS] = "pass", [VERDICT_FAIL] = "fail", [VERDICT_UNREADABLE] = "unreadable" };
    return codes[verdict];
}

/* -- names -- */

void
wording_name(struct text *out, const struct node *node)
{
    if (!node || !node->label.text || !*node->label.text)
        return;
    if (node->parent && node->parent->key) {
        wording_name(out, node->parent);
        text_puts(out, " ");
    }
    text_puts(out, node->brief ? node->brief : node->label.text);
}

static char *
name_of(struct arena *arena, const struct node *node)
{
    struct text out = text_new(arena);
    wording_name(&out, node);
    return out.failed ? NULL : out.at;
}

static const char *separator(const struct report *report) { return report->language == LANGUAGE_EN ? ", " : "、"; }

/* "C5、C6 等 125 格", or with what is written: "C5 写的是“约3”". */
static char *
list_cells(const struct report *report, const struct finding *f, bool written)
{
    struct text out = text_new(report->arena);
    size_t n = f->nvalues ? f->nvalues : f->ncells;
    bool english = report->language == LANGUAGE_EN;
    for (size_t i = 0; i < n && i < LISTED; i++) {
        char place[ADDRESS_SIZE];
        const struct value *v = f->nvalues ? f->values[i] : NULL;
        if (i > 0)
            text_puts(&out, separator(report));
        const char *bang = f->section && !v ? strrchr(f->cells[i], '!') : NULL;       /* the table says which sheet */
        text_puts(&out, v ? (v->sheet ? sheet_cell_address(v->sheet, v->row, v->col, place) : "") : bang ? bang + 1 : f->cells[i]);
        char number[DECIMAL_TEXT];
        if (v && written && v->origin == ORIGIN_FILLED)
            text_printf(&out, english ? " (computed: %s)" : "（算出来是 %s）", decimal_text(v->number, number));
        else if (v && written)
            text_printf(&out, english ? " “%.*s”" : "（写的是“%.*s”）", (int)utf8_clip(v->raw, QUOTED), v->raw);
    }
    if (n > LISTED)
        text_printf(&out, english ? " … %zu in all" : " 等 %zu 格", n);
    return out.failed ? NULL : out.at;
}

/* "一、新收 8＋二、上年结转 2＝10": one side of an equation with its numbers. */
static char *
side_words(const struct report *report, const struct finding *f, const size_t *slots, size_t n, struct decimal sum)
{
    struct text out = text_new(report->arena);
    char number[DECIMAL_TEXT];
    for (size_t i = 0; i < n; i++) {
        const struct value *v = NULL;
        for (size_t k = 0; k < f->nvalues + f->nterms && !v; k++) {
            const struct value *w = k < f->nvalues ? f->values[k] : f->terms[k - f->nvalues];
            if ((size_t)(w->slot - w->slot->table->form->slots) == slots[i])
                v = w;
        }
        if (!v)
            continue;
        text_puts(&out, i > 0 ? "＋" : "");
        if (v->slot->table != f->equation->table)
            text_printf(&out, "%s ", v->slot->table->brief);
        if (!f->equation->row)
            wording_name(&out, v->slot->row);
        if (!f->equation->row && !f->equation->column && v->slot->row->label.text && *v->slot->row->label.text)
            text_puts(&out, " ");
        if (!f->equation->column)
            wording_name(&out, v->slot->column);
        text_printf(&out, " %s", decimal_text(v->number, number));
    }
    if (n > 1)
        text_printf(&out, "＝%s", decimal_text(sum, number));
    return out.failed ? NULL : out.at;
}

/* "（三）不予公开 总计", "行政复议 总计＋…": the numbers that are summed, or the group that they are. */
static char *
names_of_values(struct arena *arena, const struct finding *f)
{
    const struct node *group = f->nvalues > 1 ? f->values[0]->slot->row->parent : NULL;
    struct text out = text_new(arena);
    for (size_t i = 1; i < f->nvalues; i++)
        group = group != NULL && f->nvalues == group->nleaves && f->values[i]->slot->row->parent == group ? group : NULL;
    for (size_t i = 0; i < (group != NULL ? 1 : f->nvalues); i++) {
        const struct slot *slot = f->values[i]->slot;
        text_puts(&out, i > 0 ? "＋" : "");
        wording_name(&out, group != NULL ? group : slot->row);
        text_puts(&out, *slot->row->path != '\0' ? " " : "");
        wording_name(&out, slot->column);
    }
    return out.failed ? NULL : out.at;
}

/* "三、…申请情况 → （三）不予公开 总计": what a sum is of. */
static const char *
sum_path(struct arena *arena, const struct finding *f)
{
    struct text path = text_new(arena);
    const char *names = names_of_values(arena, f);
    text_printf(&path, "%s → %s", f->section->table->title.text, names != NULL ? names : "");
    return path.failed || names == NULL ? NULL : path.at;
}

/* "（已找到表二 A3:D20、表三 A22:J50）" */
static char *
found_tables(const struct report *report)
{
    struct text out = text_new(report->arena);
    size_t n = 0;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *s = &report->sections[i];
        char area[ADDRESS_SIZE];
        if (!s->placement)
            continue;
        text_puts(&out, n++ > 0 ? separator(report) : report->language == LANGUAGE_EN ? " (found: " : "（已找到");
        text_printf(&out, "%s %s", s->table->brief, sheet_address(s->placement->sheet, s->placement->range, area));
    }
    if (n > 0)
        text_puts(&out, report->language == LANGUAGE_EN ? ")" : "）");
    return out.failed ? NULL : out.at;
}

/* "表三、表四": the tables that add up. */
static char *
tables_with_sums(const struct report *report)
{
    struct text out = text_new(report->arena);
    for (size_t i = 0; i < report->nsections; i++)
        if (table_has_sums(report->sections[i].table))
            text_printf(&out, "%s%s", out.n > 0 ? separator(report) : "", report->sections[i].table->brief);
    return out.failed ? NULL : out.at;
}

/* -- a finding -- */

/* The places of all its values, as value_cell writes them; most stand on one sheet, whose name is quoted once. */
static bool
name_cells(struct report *report, struct finding *f)
{
    const struct sheet *sheet = NULL;
    const char *name = "";
    if (f->ncells > 0)
        return true;
    f->cells = arena_array(report->arena, f->nvalues + 1, sizeof(char *));
    if (!f->cells)
        return false;
    for (size_t i = 0; i < f->nvalues; i++) {
        const struct value *v = f->values[i];
        char place[ADDRESS_SIZE];
        if (!v->sheet)
            continue;
        if (v->sheet != sheet && !(name = sheet_place(report->arena, v->sheet, "")))
            return false;
        sheet = v->sheet;
        size_t n = strlen(name), m = strlen(sheet_cell_address(v->sheet, v->row, v->col, place));
        char *cell = arena_raw(report->arena, n + m + 1);
        if (!cell)
            return false;
        memcpy(cell, name, n);
        memcpy(cell + n, place, m + 1);
        f->cells[f->ncells++] = cell;
    }
    return true;
}

/* "多了 1", "少了 2" (in English the plain difference). */
static const char *
more_or_less(const struct report *report, const struct finding *f, char *out, size_t size)
{
    char number[DECIMAL_TEXT];
    struct decimal d = { f->difference.micros < 0 ? -f->difference.micros : f->difference.micros };
    const char *word = report->language == LANGUAGE_EN ? "" : f->difference.micros > 0 ? "多了 " : "少了 ";
    size_t n = strlen(word);
    if (n + strlen(decimal_text(d, number)) + 1 > size)
        return "";
    memcpy(out, word, n);
    strcpy(out + n, decimal_text(d, number));
    return out;
}

/* A row or column as the law prints it, with what stands above it: "第二十条第（五）项/上一年项目数量". */
static char *
legal_name(struct arena *arena, const struct slot *slot, const struct node *node)
{
    struct text out = text_new(arena);
    const char *caption = slot->block->caption.text;
    text_printf(&out, "%s%s%s", caption ? caption : "", caption ? "/" : "", node->path);
    return out.failed ? NULL : out.at;
}

/* “小计”; what has no label says so. */
static char *
quoted(const struct report *report, const char *label)
{
    struct text out = text_new(report->arena);
    if (label && *label)
        text_printf(&out, "“%s”", label);
    else
        text_puts(&out, report->language == LANGUAGE_EN ? "what has no label there " : "没有名称的这些数");
    return out.failed ? NULL : out.at;
}

/* "三、…申请情况 → 自然人": the table, and the row or column that a relation runs along. */
static const char *
relation_path(struct arena *arena, const struct equation *e)
{
    const struct node *along = e->column ? e->column : e->row;
    struct text path = text_new(arena);
    text_puts(&path, e->table->title.text);
    if (along && *along->path)
        text_printf(&path, " → %s", along->path);
    return path.failed ? NULL : path.at;
}

/* Is there such a placeholder in one of the sentences? What nobody reads is not made. */
struct sentences { const char *message, *hint; };

static bool
want(const struct sentences *s, const char *placeholder)
{
    return strstr(s->message, placeholder) != NULL || strstr(s->hint, placeholder) != NULL;
}

static bool
put_into_words(struct report *report, struct finding *f)
{
    struct arena *arena = report->arena;
    const struct table *table = f->section ? f->section->table : NULL;
    const struct rule *rule = f->equation ? f->equation->rule : rule_find(table ? table->form : report->form, f->rule);
    const struct value *v = f->nvalues ? f->values[0] : NULL;
    const struct equation *e = f->equation;
    bool relation = e && e->relation != RELATION_SUM;
    char number[6][DECIMAL_TEXT], place[ADDRESS_SIZE];
    struct decimal difference = { f->difference.micros < 0 ? -f->difference.micros : f->difference.micros };
    const char *hint = wording_text(rule->hint, report->language);
    struct sentences s = { wording_text(rule->message, report->language), hint ? hint : "" };
    const char *cells = want(&s, "{cells}") ? list_cells(report, f, false) : "", *list = want(&s, "{list}") ? list_cells(report, f, true) : "";
    struct slot_text slots[] = {
        { "table", table ? table->brief : "" }, { "title", table ? table->title.text : "" },
        { "cell", v && v->sheet ? sheet_cell_address(v->sheet, v->row, v->col, place) : "" },
        { "row", want(&s, "{row}") ? name_of(arena, relation ? e->row : v ? v->slot->row : NULL) : "" },
        { "column", want(&s, "{column}") ? name_of(arena, relation ? e->column : v ? v->slot->column : NULL) : "" },
        { "rows", v && want(&s, "{rows}") ? legal_name(arena, v->slot, v->slot->row) : "" },
        { "columns", v && want(&s, "{columns}") ? legal_name(arena, v->slot, v->slot->column) : "" },
        { "found", decimal_text(f->found, number[0]) }, { "expected", decimal_text(f->expected, number[1]) },
        { "difference", decimal_text(difference, number[2]) }, { "more", more_or_less(report, f, number[3], DECIMAL_TEXT) },
        { "n", decimal_text((struct decimal){ (int64_t)(e ? f->nterms : f->nvalues) * DECIMAL_ONE }, number[4]) },
        { "cells", cells }, { "list", list },
        { "left", e && want(&s, "{left}") ? side_words(report, f, e->left, e->nleft, f->found) : "" },
        { "right", !want(&s, "{right}") ? "" : f->tie ? tie_words(report, f) : e ? side_words(report, f, e->right, e->nright, f->expected) : "" },
        { "label", want(&s, "{label}") ? quoted(report, f->path) : "" },
        { "form", table ? table->form->name : "" }, { "due", report->form ? report->form->name : "" },
        { "year", decimal_text((struct decimal){ report->year * DECIMAL_ONE }, number[5]) },
        { "found_tables", want(&s, "{found_tables}") ? found_tables(report) : "" },
        { "tables", want(&s, "{tables}") ? tables_with_sums(report) : "" },
        { "quote", f->quote }, { "place", f->place }, { "percent", f->percent ? "%" : "" },
        { "what", want(&s, "{what}") ? names_of_values(arena, f) : "" },
    };
    f->hint = wording_fill(arena, s.hint, slots, sizeof slots / sizeof *slots);
    f->basis = rule->basis ? rule->basis : "";
    f->message = wording_fill(arena, s.message, slots, sizeof slots / sizeof *slots);
    if (relation)
        f->path = relation_path(arena, e);
    else if (v && f->nvalues == 1)
        f->path = slot_path(arena, v->slot);
    else if (f->quote != NULL)
        f->path = sum_path(arena, f);
    bool path = f->path != NULL || !(v && f->nvalues == 1);
    return cells && list && f->message && f->hint && path && name_cells(report, f);
}

/* Findings of one rule id that say something else in their case. */
static void
special(struct report *report, struct finding *f)
{
    bool english = report->language == LANGUAGE_EN;
    if (f->leap) {
        f->message = leap_words(report, f);
        f->hint = english ? "Say whether it is 元 or 万元." : "请核实是不是把“元”当成了“万元”填写；如属实，请在“说明”里写一句。";
    }
    if (strcmp(f->rule, "form-mismatch") == 0 && f->severity == SEVERITY_NOTE) {
        f->message = english ? "The report year is later than any this program was checked for; a newer form may exist."
                             : "报告年度比本程序核对过的年度晚两年以上，可能已有新的统一格式。";
        f->hint = english ? "Ask the competent office whether a newer form is in force." : "请向主管部门确认现行格式；有新格式时可用 --forms 加入。";
    }
    if (strcmp(f->rule, "narrative") == 0 && f->severity == SEVERITY_NOTE)
        f->hint = english ? "The sentence speaks of a whole area, or of one body, and the table perhaps of another; say in the text whose numbers they are."
                          : "这句话说的范围（整个地区或本机关）和表的范围可能不同；如果是，不用改，最好在正文里写明口径。";
    if (strcmp(f->rule, "unit-text") == 0 && f->severity == SEVERITY_WARNING) {
        struct text out = text_new(report->arena);
        text_puts(&out, f->section->table->brief);
        for (size_t i = 0; i < f->nvalues; i++) {
            char place[ADDRESS_SIZE], number[DECIMAL_TEXT];
            const struct value *v = f->values[i];
            text_printf(&out, english ? "%s %s: “%.*s” is %s in the form's unit" : "%s %s：填的是“%.*s”，表内单位是万元，折合 %s 万元",
                        i > 0 ? (english ? ";" : "；") : "", v->sheet ? sheet_cell_address(v->sheet, v->row, v->col, place) : "",
                        (int)utf8_clip(v->raw, QUOTED), v->raw, decimal_text(v->number, number));
        }
        text_puts(&out, english ? "." : "。");
        f->message = out.at;
        f->hint = english ? "Look at the amount and write it in the form's unit." : "请核对后改成以万元为单位的数。";
    }
}

bool
wording_findings(struct report *report)
{
    for (size_t i = 0; i < report->nfindings; i++) {
        if (!put_into_words(report, &report->findings[i]))
            return false;
        special(report, &report->findings[i]);
    }
    return true;
}

const char *
unmarked_sentence(enum unmarked unmarked, enum language language)
{
    static const struct wording sentences[] = {
        [UNMARKED_NO_MATTER] = { "", "" },
        [UNMARKED_SIGNED] = { "原工作簿有数字签名，加标记会使签名失效，所以“待改”的是按统一格式整理的工作簿。",
                              "The workbook has a digital signature, which marks would break: what is given back has the legal layout." },
        [UNMARKED_NAMED] = { "原工作簿里已有一张叫“校验结果”的工作表，所以“待改”的是按统一格式整理的工作簿；把那张表改个名字，就可以在原文件上加标记。",
                             "The workbook has a sheet 校验结果 of its own: what is given back has the legal layout; under another name it can be marked." },
        [UNMARKED_UNUSUAL] = { "原工作簿的内部写法少见，不敢在上面加标记，所以“待改”的是按统一格式整理的工作簿。",
                               "The workbook is written in an unusual way and was not marked: what is given back has the legal layout." },
        [UNMARKED_TOO_BIG] = { "原工作簿太大，不能在上面加标记，所以“待改”的是按统一格式整理的工作簿。",
                               "The workbook is too big to be marked: what is given back has the legal layout." },
    };
    return wording_text(sentences[unmarked], language);
}

char *
verdict_sentence(const struct report *report)
{
    struct text out = text_new(report->arena);
    bool english = report->language == LANGUAGE_EN;
    const size_t *n = report->counts;
    if (report->verdict == VERDICT_UNREADABLE)
        text_puts(&out, english ? "[unreadable] " : "【读不出】");
    else if (report->verdict == VERDICT_PASS)
        text_puts(&out, english ? "[pass] " : "【通过】");
    else
        text_puts(&out, english ? "[fail] " : "【待改】");
    if (report->verdict == VERDICT_UNREADABLE) {
        text_puts(&out, report->error_message);
    } else {
        text_puts(&out, report->unit ? report->unit : english ? "unknown unit" : "单位不明");
        if (report->year)
            text_printf(&out, english ? " %d" : " %d 年度", report->year);
        text_printf(&out, english ? ": %zu errors, %zu warnings, %zu notes; %zu equations judged" :
                    "：必须改 %zu 项，请核实 %zu 项，提示 %zu 项；核对勾稽关系 %zu 项",
                    n[SEVERITY_ERROR], n[SEVERITY_WARNING], n[SEVERITY_NOTE], report->equations_judged);
        if (report->equations_unjudged)
            text_printf(&out, english ? " (%zu could not be judged)" : "（另有 %zu 项因缺数没有核对）", report->equations_unjudged);
    }
    return out.failed ? NULL : out.at;
}
