/* SPDX-License-Identifier: MIT */
/* Functions of cells. They read the whole workbook that their reference (or their own cell) lies in, since an equation may join its
 * sheets; the report is made again only when something is different. Only a function with the rights of a macro sheet ('#') may ask for
 * sheets, used ranges and formats; in return it reads of cells that are not computed yet what they held before, and is not called again
 * for them ("xlfRegister (Form 1)"). So all are volatile: an answer from old totals lasts until the next calculation (an edit, F9). Nor can
 * a function know which sheets are hidden, as a command can: it takes them for shown. */
#include <stdlib.h>
#include <string.h>

#include "addin.h"
#include "check.h"
#include "limits.h"
#include "lines.h"
#include "text.h"
#include "wording.h"

enum { SHOWN = 5 };              /* findings in one cell */

#define TOO_BIG "工作簿太大，单元格函数不便计算，请用菜单“年报”中的“校验”"

/* -- what is returned -- */

/* Excel only reads them. */
static struct xl value_error = { .error = XL_VALUE, .type = XL_ERROR };
static struct xl not_available = { .error = XL_NA, .type = XL_ERROR };
static struct xl no_memory = { .error = XL_NUM, .type = XL_ERROR };

/* One block: the value and behind it its text. */
static struct xl *
give(const struct xl *value)
{
    size_t units = xl_is(value, XL_TEXT) ? (size_t)value->text[0] + 1 : 0;
    struct xl *given = value != NULL ? malloc(sizeof *given + units * sizeof(wchar_t)) : NULL;
    if (given == NULL)
        return &no_memory;
    *given = *value;
    given->type |= XL_FREED_BY_DLL;
    if (units > 0) {
        given->text = (wchar_t *)(given + 1);
        memcpy(given->text, value->text, units * sizeof(wchar_t));
    }
    return given;
}

static struct xl *
give_text(struct arena *arena, const char *text)
{
    return give(xl_text(arena, text));
}

void
function_free(struct xl *value)
{
    if (value != NULL && value->type & XL_FREED_BY_DLL)
        free(value);
}

struct xl *
function_name(const struct xl *action)
{
    bool asked = xl_is_whole(action, 1, 1) || (xl_is(action, XL_INTEGER) && action->integer == 1);
    struct arena *arena = asked ? arena_new(LIMIT_MEMORY) : NULL;
    struct xl *given = !asked ? &value_error : arena == NULL ? &no_memory : give_text(arena, ADDIN_NAME);
    arena_free(arena);
    return given;
}

/* -- the reference -- */

/* What a function works on. */
struct question {
    struct excel excel;
    struct arena *arena;
    const struct xl_area *areas; unsigned nareas;
    const char *book, *sheet;
    struct seen seen;
    struct xl *trouble;          /* what to return when there is no report */
};

/* "[book]sheet" of a reference, in two. */
static bool
name_sheet(struct question *q, struct xl *reference)
{
    struct xl result;
    char *name = excel_call(&q->excel, XL_SHEET_NAME, &result, 1, reference) ? xl_narrow(q->arena, &result) : NULL;
    char *end = name != NULL && *name == '[' ? strrchr(name, ']') : NULL;
    excel_free(&q->excel, &result);
    if (end == NULL)
        return false;
    *end = '\0';
    q->book = name + 1;
    q->sheet = end + 1;
    return true;
}

static bool
take_reference(struct question *q, struct xl *reference)
{
    if (xl_is(reference, XL_HERE)) {
        q->areas = &reference->here.area;
        q->nareas = 1;
    } else if (xl_is(reference, XL_REF) && reference->ref.areas != NULL) {
        q->areas = reference->ref.areas->area;
        q->nareas = reference->ref.areas->n;
    }
    return q->nareas > 0 && name_sheet(q, reference);
}

static bool
covers(const struct question *q, const struct value *value)
{
    if (value->sheet == NULL || strcmp(value->sheet->name, q->sheet) != 0)
        return false;
    for (unsigned i = 0; i < q->nareas; i++)
        if ((int32_t)value->row >= q->areas[i].row && (int32_t)value->row <= q->areas[i].row2 && value->col >= q->areas[i].col
            && value->col <= q->areas[i].col2)
            return true;
    return false;
}

/* -- the report -- */

void
seen_forget(struct seen *seen)
{
    arena_free(seen->arena);
    *seen = (struct seen){ .arena = NULL };
}

/* Look at the workbook; what was seen before serves when it is the same. Excel may call another function of ours in between, so
 * what was seen is taken out for the while. */
static bool
look(struct addin *addin, struct question *q)
{
    const struct forms *forms = addin_forms(addin);
    struct seen old = addin->seen, new = { .arena = arena_new(LIMIT_MEMORY) };
    const char *name = new.arena != NULL ? arena_text(new.arena, q->book, strlen(q->book)) : NULL;
    addin->seen = (struct seen){ .arena = NULL };
    bool read = forms != NULL && name != NULL && live_read(&new.live, &q->excel, new.arena, name, false);
    bool same = read && old.arena != NULL && old.live.hash == new.live.hash && strcmp(old.live.path, new.live.path) == 0;
    if (same) {
        old.live.excel = &q->excel;
        old.live.scratch = q->arena;
        same = live_same_details(&old.live, &old.report);
    }
    bool made = same || (read && live_report(&new.live, forms, &new.report));
    q->trouble = new.live.too_big ? give_text(q->arena, TOO_BIG) : new.live.refused ? &value_error : &no_memory;
    q->seen = same ? old : new;
    seen_forget(same ? &new : &old);
    if (!made)
        seen_forget(&q->seen);
    return made;
}

static bool
question_begin(struct addin *addin, struct question *q)
{
    *q = (struct question){ .excel = { .callback = addin->callback }, .arena = arena_new(LIMIT_MEMORY), .trouble = &value_error };
    if (q->arena == NULL)
        q->trouble = &no_memory;
    return q->arena != NULL;
}

static struct xl *
question_end(struct addin *addin, struct question *q, struct xl *answer)
{
    if (q->seen.arena != NULL) {
        seen_forget(&addin->seen);
        addin->seen = q->seen;
    }
    arena_free(q->arena);
    return answer;
}

/* -- NB.CHECK -- */

static bool
finding_in(const struct question *q, const struct finding *finding)
{
    for (size_t i = 0; i < finding->nvalues; i++)
        if (covers(q, finding->values[i]))
            return true;
    return false;
}

static bool
any_value_in(const struct question *q, const struct report *report)
{
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nslots; i++)
            if (covers(q, &report->sections[s].values[i]))
                return true;
    return false;
}

static struct xl *
answer_check(const struct question *q, const struct report *report)
{
    struct text out = text_new(q->arena);
    size_t n = 0;
    if (report->verdict == VERDICT_UNREADABLE)
        return give_text(q->arena, report->error_message);
    if (!any_value_in(q, report))
        return give_text(q->arena, "这里没有年报的数");
    for (size_t i = 0; i < report->nfindings; i++) {
        const struct finding *finding = &report->findings[i];
        if (finding->severity != SEVERITY_ERROR || !finding_in(q, finding) || n++ >= SHOWN)
            continue;
        text_puts(&out, n > 1 ? "；" : "");
        line_places(&out, finding, 3, LANGUAGE_ZH);
        text_puts(&out, "：");
        line_put(&out, finding->message);
    }
    if (n > SHOWN)
        text_printf(&out, "；共 %zu 处", n);
    return out.failed ? &no_memory : give_text(q->arena, n > 0 ? out.at : "平");
}

struct xl *
function_check(struct addin *addin, struct xl *range)
{
    struct question q;
    struct xl *answer = NULL;
    if (question_begin(addin, &q) && take_reference(&q, range) && look(addin, &q))
        answer = answer_check(&q, &q.seen.report);
    return question_end(addin, &q, answer != NULL ? answer : q.trouble);
}

/* -- NB.EXPECTED -- */

/* What the right side of a sum comes to. */
static bool
sum_right(const struct report *report, const struct equation *equation, struct decimal *sum)
{
    *sum = (struct decimal){ 0 };
    for (size_t i = 0; i < equation->nright; i++) {
        const struct value *value = equation_value(report, equation, equation->right[i]);
        if (value == NULL || !value->has || !decimal_add(*sum, value->number, sum))
            return false;
    }
    return true;
}

static bool
expected(const struct report *report, const struct value *value, struct decimal *sum)
{
    const struct table *table = value->slot->table;
    for (size_t i = 0; i < table->nequations; i++) {
        const struct equation *e = &table->equations[i];
        if (e->relation == RELATION_SUM && &table->form->slots[e->left[0]] == value->slot && sum_right(report, e, sum))
            return true;
    }
    return false;
}

static struct xl *
answer_expected(const struct question *q, const struct report *report)
{
    struct decimal sum;
    for (size_t s = 0; s < report->nsections; s++)
        for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
            const struct value *value = &report->sections[s].values[i];
            if (covers(q, value)) {
                struct xl number = xl_number(expected(report, value, &sum) ? decimal_double(sum) : 0);
                return expected(report, value, &sum) ? give(&number) : &not_available;
            }
        }
    return &not_available;
}

struct xl *
function_expected(struct addin *addin, struct xl *cell)
{
    struct question q;
    struct xl *answer = NULL;
    if (question_begin(addin, &q) && take_reference(&q, cell) && q.nareas == 1 && q.areas->row == q.areas->row2
        && q.areas->col == q.areas->col2 && look(addin, &q))
        answer = answer_expected(&q, &q.seen.report);
    return question_end(addin, &q, answer != NULL ? answer : q.trouble);
}

/* -- NB.VERDICT -- */

static struct xl *
answer_verdict(const struct question *q, const struct report *report)
{
    struct text out = text_new(q->arena);
    if (report->verdict == VERDICT_PASS)
        text_puts(&out, "通过");
    else if (report->verdict == VERDICT_FAIL)
        text_printf(&out, "待改：必须改 %zu 项", report->counts[SEVERITY_ERROR]);
    else
        text_printf(&out, "读不出：%s", report->error_message);
    return out.failed ? &no_memory : give_text(q->arena, out.at);
}

struct xl *
function_verdict(struct addin *addin)
{
    struct question q;
    struct xl *answer = NULL, caller = xl_nil();
    if (question_begin(addin, &q)) {
        if (excel_call(&q.excel, XL_CALLER, &caller, 0) && take_reference(&q, &caller) && look(addin, &q))
            answer = answer_verdict(&q, &q.seen.report);
        excel_free(&q.excel, &caller);
    }
    return question_end(addin, &q, answer != NULL ? answer : q.trouble);
}
