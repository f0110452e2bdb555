/* SPDX-License-Identifier: MIT */
/* The suspects in words: a lead for each table that does not add up. It names a cell and what would make all hold, says how sure that
 * is, and sends people to the register: a number that fits need not be true. */
#include "check.h"
#include "suspect.h"
#include "wording.h"

const char *lead_word(enum language language) { return language == LANGUAGE_EN ? "look here first" : "先查"; }

/* "（一）予以公开”行、“自然人”列": what has no label is left out. */
static void
put_labels(struct text *out, const struct slot *slot, bool english)
{
    struct text row = text_new(out->arena), column = text_new(out->arena);
    wording_name(&row, slot->row);
    wording_name(&column, slot->column);
    out->failed |= row.failed || column.failed;
    if (row.n > 0)
        text_printf(out, english ? "row “%s”" : "“%s”行", row.at);
    if (column.n > 0)
        text_printf(out, english ? "%scolumn “%s”" : "%s“%s”列", row.n == 0 ? "" : english ? ", " : "、", column.at);
}

/* What is said of a cell's numbers. */
enum telling { TELL_NONE, TELL_NOW, TELL_BOTH };

/* "D12（“（一）予以公开”行、“自然人”列，现为 3，台账上若是 2）"; of another table than the lead's with its name. */
static void
put_cell(struct text *out, const struct suspect *suspect, const struct remedy *change, enum telling telling, bool english)
{
    const struct value *value = change->value;
    char place[ADDRESS_SIZE], number[DECIMAL_TEXT];
    if (value->slot->table != suspect->section->table)
        text_printf(out, "%s ", value->slot->table->brief);
    text_puts(out, sheet_cell_address(value->sheet, value->row, value->col, place));
    text_puts(out, english ? " (" : "（");
    put_labels(out, value->slot, english);
    if (telling != TELL_NONE && value->origin == ORIGIN_BLANK)
        text_puts(out, english ? ", now blank" : "，现在空着");
    else if (telling != TELL_NONE)
        text_printf(out, english ? ", now %s" : "，现为 %s", decimal_text(value->number, number));
    if (telling == TELL_BOTH)
        text_printf(out, english ? ", if the register says %s" : "，台账上若是 %s", decimal_text(change->to, number));
    text_puts(out, english ? ")" : "）");
}

static bool
changes_so(const struct suspect *suspect, const struct remedy *change)
{
    for (size_t i = 0; i < suspect->typed; i++)
        if (suspect->changes[i].value == change->value && suspect->changes[i].to.micros == change->to.micros)
            return true;
    return false;
}

static bool
in_all(const struct suspect *suspects, size_t n, const struct remedy *change)
{
    for (size_t i = 0; i < n; i++)
        if (!changes_so(&suspects[i], change))
            return false;
    return true;
}

/* The cells of the first of n suspects that all of them have, or those of `one` that not all have: "A、B和 C". How many. */
static size_t
put_cells(struct text *out, const struct suspect *one, const struct suspect *all, size_t n, bool common, enum telling telling, bool english)
{
    size_t total = 0, put = 0;
    for (size_t i = 0; i < one->typed; i++)
        total += in_all(all, n, &one->changes[i]) == common;
    for (size_t i = 0; i < one->typed; i++) {
        if (in_all(all, n, &one->changes[i]) != common)
            continue;
        if (put > 0)
            text_puts(out, put + 1 == total ? (english ? " and " : "和 ") : english ? ", " : "、");
        put_cell(out, one, &one->changes[i], telling, english);
        put++;
    }
    return total;
}

/* "A，加上 B，或者 C": what the n suspects have in common first. */
static void
put_alternatives(struct text *out, const struct suspect *suspects, size_t n, enum telling telling, bool english)
{
    bool common = put_cells(out, suspects, suspects, n, true, telling, english) > 0;
    if (common && n > 1)
        text_puts(out, english ? ", together with " : "，加上 ");
    for (size_t i = 0; i < n && n > 1; i++) {
        text_puts(out, i == 0 ? "" : english ? ", or " : "，或者 ");
        put_cells(out, &suspects[i], suspects, n, false, telling, english);
    }
}

/* Has every cell of the table a number, so that all its equations were judged? */
static bool
all_judged(const struct section *section)
{
    for (size_t i = 0; i < section->table->nslots; i++)
        if (!section->values[i].has)
            return false;
    return true;
}

/* "A；若台账上是 2，则全部对得上": what the n suspects would mend. */
static void
put_ways(struct text *out, const struct suspect *suspects, size_t n, bool english)
{
    bool all = all_judged(suspects->section);
    char number[DECIMAL_TEXT];
    if (n == 1 && suspects->typed == 1) {
        put_cells(out, suspects, suspects, 1, true, TELL_NOW, english);
        text_printf(out, english ? "; if the register says %s, " : "；若台账上是 %s，", decimal_text(suspects->changes[0].to, number));
    } else {
        put_alternatives(out, suspects, n, TELL_BOTH, english);
        if (english)
            text_puts(out, n == 1 ? "; if so in all of them, " : "; if one of these is so, ");
        else
            text_puts(out, n == 1 ? "；几格都是这样，" : "；其中一种属实，");
    }
    if (english)
        text_puts(out, all ? "everything adds up." : "everything that can be checked adds up.");
    else
        text_puts(out, all ? "则全部对得上。" : "则能核对的都对得上。");
}

/* How many suspects of its table are listed from this one on. */
static size_t
listed(const struct report *report, const struct suspect *suspect)
{
    const struct suspect *end = suspect, *last = report->suspects + report->nsuspects;
    while (end < last && end->section == suspect->section)
        end++;
    return (size_t)(end - suspect);
}

/* All that is said of the suspects of one table, of which n are listed. */
static void
put_message(struct text *out, const struct suspect *suspects, size_t n, bool english)
{
    size_t others = suspects->alternatives - n;
    text_puts(out, suspects->section->table->brief);
    if (english)
        text_puts(out, suspects->likely ? ": most likely wrong is " : ": possibly wrong is ");
    else
        text_puts(out, suspects->likely ? "最可能写错的是 " : "可能写错的是 ");
    put_ways(out, suspects, n, english);
    if (others > 0)
        text_printf(out, english ? " %zu other ways are not listed." : "另有 %zu 种可能没有列出。", others);
    if (suspects->commoner)
        text_puts(out, english ? " The first would be the commonest slip, but the numbers alone cannot tell." : "按常见的笔误，第一种更像；只看数字不能断定。");
    else if (suspects->alternatives > 1)
        text_puts(out, english ? " The numbers alone cannot tell which." : "只看数字分不清是哪一种。");
    else if (!suspects->likely)
        text_puts(out, english ? " No other equation confirms it." : "没有别的等式可以印证，只看数字不能断定。");
}

static bool
add_lead(struct report *report, const struct section *section, struct text *message)
{
    bool english = report->language == LANGUAGE_EN;
    report->leads[report->nleads++] = (struct finding){
        .rule = "", .severity = SEVERITY_ERROR, .section = section, .message = message->at, .basis = "",
        .hint = english ? "Look it up in the register first; never change a number to make it fit." : "请先查登记台账，勿为凑平而改数。",
    };
    return !message->failed;
}

/* Where the lead of a table points: the cells of its likeliest suspect. */
static bool
point_to(struct report *report, struct finding *lead, const struct suspect *suspect)
{
    lead->cells = arena_array(report->arena, suspect->typed, sizeof *lead->cells);
    for (size_t i = 0; lead->cells != NULL && i < suspect->typed; i++) {
        const char *cell = value_cell(report->arena, suspect->changes[i].value);
        if (cell == NULL || !finding_add_value(report, lead, suspect->changes[i].value))
            return false;
        lead->cells[lead->ncells++] = cell;
    }
    if (suspect->typed == 1)
        lead->path = slot_path(report->arena, suspect->changes[0].value->slot);
    return lead->cells != NULL && (suspect->typed != 1 || lead->path != NULL);
}

/* A table whose equations cannot tell says so. */
static bool
add_open_lead(struct report *report, const struct section *section)
{
    bool english = report->language == LANGUAGE_EN;
    struct text message = text_new(report->arena);
    size_t n = 0;
    for (size_t i = 0; i < report->nfindings; i++) {
        const struct finding *f = &report->findings[i];
        n += f->section == section && suspects_explain(f) && suspect_of(report, f) == NULL;
    }
    if (n == 0)
        return true;
    text_printf(&message, english ? "%s does not add up in %zu places, and the numbers alone cannot tell which cells are wrong." :
                "%s有 %zu 处对不上，只看数字分不清是哪几格写错。", section->table->brief, n);
    return add_lead(report, section, &message);
}

bool
wording_leads(struct report *report)
{
    report->leads = arena_array(report->arena, report->nsections, sizeof *report->leads);
    if (report->leads == NULL)
        return false;
    for (size_t s = 0; s < report->nsections; s++) {
        struct text message = text_new(report->arena);
        size_t first = 0, n = 0;
        for (size_t i = 0; i < report->nsuspects; i++)
            if (report->suspects[i].section == &report->sections[s] && n++ == 0)
                first = i;
        if (n == 0) {
            if (!add_open_lead(report, &report->sections[s]))
                return false;
            continue;
        }
        put_message(&message, &report->suspects[first], n, report->language == LANGUAGE_EN);
        if (!add_lead(report, &report->sections[s], &message)
            || !point_to(report, &report->leads[report->nleads - 1], &report->suspects[first]))
            return false;
    }
    return true;
}

static void
put_lead_cells(struct text *out, const struct report *report, const struct suspect *suspect)
{
    size_t n = listed(report, suspect);
    text_puts(out, suspect->likely ? "最可能写错的是 " : "可能写错的是 ");
    put_alternatives(out, suspect, n, TELL_NONE, false);
    text_puts(out, suspect->alternatives > n ? "等" : "");
    text_puts(out, n > 1 ? "；只看数字分不清是哪一种，请先查登记台账。" : "，请先查。");
}

void
wording_lead_cells(struct text *out, const struct report *report, const struct finding *finding)
{
    const struct suspect *suspect = suspect_of(report, finding);
    if (suspect != NULL && finding == &report->findings[suspect->explains[0]])
        put_lead_cells(out, report, suspect);
}

void
wording_lead_note(struct text *out, const struct report *report, const struct finding *finding)
{
    const struct suspect *suspect = suspect_of(report, finding);
    if (suspect == NULL || !suspect->likely)
        return;
    text_putc(out, '\n');
    put_lead_cells(out, report, suspect);
}

void
wording_suspect_note(struct text *out, const struct report *report, const struct value *value)
{
    const struct suspect *of = NULL;
    char number[DECIMAL_TEXT];
    for (size_t i = 0; i < report->nsuspects; i++) {
        const struct suspect *suspect = &report->suspects[i];
        for (size_t c = 0; c < suspect->typed; c++) {
            const struct remedy *change = &suspect->changes[c];
            if (change->value != value || (of != NULL && changes_so(of, change)))
                continue;
            if (of == NULL) {
                text_printf(out, "【%s】这一格%s写错：", lead_word(LANGUAGE_ZH), suspect->likely ? "最可能" : "可能");
                text_puts(out, value->origin == ORIGIN_BLANK ? "现在空着" : "现为 ");
                text_puts(out, value->origin == ORIGIN_BLANK ? "" : decimal_text(value->number, number));
            }
            text_printf(out, "%s %s", of == NULL ? "，台账上也许是" : " 或者", decimal_text(change->to, number));
            text_puts(out, suspect->typed > 1 ? "（要和别的格一起看）" : "");
            of = suspect;
        }
    }
    if (of != NULL)
        text_printf(out, "。%s请先查登记台账，勿为凑平而改数。", of->likely ? "" : "只看数字不能断定。");
}
