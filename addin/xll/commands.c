/* SPDX-License-Identifier: MIT */
/* The commands of the menu 年报. Each reads the workbook that is in front as it stands, does its work with the screen still and
 * Excel's own questions off, goes back to where the user was, and says in one window what was done. */
#include <stdlib.h>
#include <string.h>

#include "addin.h"
#include "convert.h"
#include "limits.h"
#include "lines.h"
#include "marker.h"
#include "names.h"
#include "text.h"
#include "wording.h"

enum {
    WINDOW = 250,                /* UTF-16 units of a window */
    SHOWN = 8,                   /* cells named in it */
    PLENTY = 32 << 20            /* bytes; several times what writing a workbook takes */
};

struct desk {
    struct excel excel;
    struct arena *arena;
    const struct forms *forms;
    struct live live;
    struct report report;
    struct marks marks;
    struct xl *front;            /* the sheet that was in front, to go back to; NULL: go nowhere */
    struct text said;
    bool serious;                /* something was not done */
};

/* -- beginning and end -- */

/* The screen still, and no questions of Excel's. False: it would ask. */
static bool
still(struct desk *desk, bool on)
{
    struct xl yes = xl_boolean(!on);
    excel_do(&desk->excel, XL_ECHO, 1, &yes);
    return excel_do(&desk->excel, XL_ON_ERROR, 1, &yes);
}

static void
regret(struct desk *desk, const char *sentence)
{
    desk->serious = true;
    text_puts(&desk->said, sentence);
}

static bool
begin(struct addin *addin, struct desk *desk)
{
    *desk = (struct desk){ .excel = { .callback = addin->callback }, .arena = arena_new(LIMIT_MEMORY) };
    desk->forms = desk->arena != NULL ? addin_forms(addin) : NULL;
    if (desk->arena == NULL)
        return false;
    desk->said = text_new(desk->arena);
    if (desk->forms == NULL || !still(desk, true)) {
        regret(desk, "Excel 现在忙，或者内存不足，什么都没有做。请稍后再试。");
        return false;
    }
    const char *front = excel_get_text(&desk->excel, desk->arena, XL_GET_DOCUMENT, DOCUMENT_ACTIVE_SHEET, NULL);
    desk->front = front != NULL ? xl_text(desk->arena, front) : NULL;
    return true;
}

static void
say(struct desk *desk)
{
    bool failed = desk->said.failed || desk->arena == NULL;
    struct xl *text = failed ? NULL : xl_text(desk->arena, desk->said.at);
    struct xl type = xl_number(desk->serious ? ALERT_WARNING : ALERT_NOTE);
    if (text != NULL && text->text[0] > WINDOW) {
        text->text[0] = WINDOW;
        text->text[WINDOW] = L'…';
    }
    if (text != NULL && text->text[0] > 0)
        excel_do(&desk->excel, XL_ALERT, 2, text, &type);
}

static void
end(struct desk *desk)
{
    if (desk->front != NULL)
        excel_do(&desk->excel, XL_WORKBOOK_SELECT, 1, desk->front);
    still(desk, false);
    say(desk);
    arena_free(desk->arena);
}

/* -- reading -- */

static bool
read_workbook(struct desk *desk)
{
    const char *name = excel_get_text(&desk->excel, desk->arena, XL_GET_DOCUMENT, DOCUMENT_ACTIVE_BOOK, NULL);
    if (name == NULL) {
        regret(desk, "没有打开的工作簿。");
        return false;
    }
    if (live_read(&desk->live, &desk->excel, desk->arena, name, true) && live_report(&desk->live, desk->forms, &desk->report)
        && marks_make(desk->arena, &desk->report, &desk->marks))
        return true;
    regret(desk, desk->live.too_big ? "工作簿太大，没有校验。请把年报的几张表单独存为一个工作簿再校验。"
                 : desk->live.refused ? "读不到工作簿的内容，没有校验。请先结束单元格的编辑，关闭“受保护的视图”，再试一次。"
                 : "内存不足，没有校验。请关闭一些窗口再试。");
    return false;
}

static bool
is_readable(struct desk *desk)
{
    if (desk->report.verdict == VERDICT_UNREADABLE)
        regret(desk, desk->report.error_message);
    return desk->report.verdict != VERDICT_UNREADABLE;
}

/* -- 校验 -- */

static void
go_to_first(struct desk *desk)
{
    for (size_t i = 0; i < desk->marks.nlines; i++) {
        struct spot at = desk->marks.lines[i].at;
        if (at.sheet != NULL && marker_visit(&desk->excel, desk->arena, desk->live.name, at.sheet->name)
            && marker_select(&desk->excel, live_sheet(&desk->live, at.sheet), at.row, at.col)) {
            desk->front = NULL;
            return;
        }
    }
}

static void
check(struct desk *desk)
{
    struct marked marked;
    if (!read_workbook(desk))
        return;
    bool clear = marker_clear(&desk->excel, desk->arena, desk->live.name);
    if (!is_readable(desk))
        return;
    bool put = clear && marker_put(&desk->live, &desk->marks, &marked);
    text_puts(&desk->said, desk->marks.verdict);
    if (put)
        go_to_first(desk);
    if (!clear || !marked.listed)
        regret(desk, "\n没有加上工作表“年报校验”，也没有作标记：工作簿的结构可能受保护，或者有单元格正在编辑，"
                     "或者上次作了标记的工作表隐藏了（请先取消隐藏），或者已经有一张不是在这里生成的“年报校验”（请先改名）。");
    else if (!put)
        regret(desk, "\n标记没有作完。");
    else if (marked.unfilled != NULL || marked.unnoted != NULL) {
        const char *undone = marked.unnoted == NULL ? "底色" : marked.unfilled == NULL ? "批注" : "底色和批注";
        regret(desk, "\n工作表“");
        text_printf(&desk->said, "%s”受保护，没有加%s；各项问题请看工作表“年报校验”。",
                    marked.unfilled != NULL ? marked.unfilled : marked.unnoted, undone);
    }
}

/* -- 填充合计 -- */

/* The terms in R1C1, relative to the cell: neighbours in one row or column are a range. */
static bool
put_terms(struct text *out, const struct mark_fill *fill)
{
    for (size_t i = 0, next; i < fill->nterms; i = next) {
        const struct spot *first = &fill->terms[i], *last = first;
        for (next = i + 1; next < fill->nterms; last = &fill->terms[next++]) {
            const struct spot *spot = &fill->terms[next];
            bool right = spot->row == first->row && spot->row == last->row && spot->col == last->col + 1;
            bool below = spot->col == first->col && spot->col == last->col && spot->row == last->row + 1;
            if (spot->sheet != first->sheet || (!right && !below))
                break;
        }
        struct text address = text_new(out->arena);
        text_printf(&address, "R[%ld]C[%d]", (long)first->row - (long)fill->at.row, first->col - fill->at.col);
        if (last != first)
            text_printf(&address, ":R[%ld]C[%d]", (long)last->row - (long)fill->at.row, last->col - fill->at.col);
        const char *place = address.failed ? NULL : first->sheet == fill->at.sheet ? address.at
                          : a1_quoted(out->arena, first->sheet->name, address.at);
        if (place == NULL)
            return false;
        text_printf(out, "%s%s", i > 0 ? "," : "", place);
    }
    return true;
}

/* Nothing, or nothing but spaces: "/" and "无" are somebody's answer. */
static bool
is_blank(struct desk *desk, struct xl *at)
{
    struct xl value;
    bool blank = excel_call(&desk->excel, XL_COERCE, &value, 1, at);
    const char *text = xl_is(&value, XL_TEXT) ? xl_narrow(desk->arena, &value) : xl_is(&value, XL_NIL) ? "" : NULL;
    excel_free(&desk->excel, &value);
    for (size_t used; blank && text != NULL && *text != '\0'; text += used)
        blank = is_space(utf8_decode(text, strlen(text), &used));
    return blank && text != NULL;
}

static bool
fill_cell(struct desk *desk, const struct mark_fill *fill)
{
    struct xl_areas areas;
    struct text formula = text_new(desk->arena);
    struct xl at = xl_cell(live_sheet(&desk->live, fill->at.sheet), fill->at.row, fill->at.col, &areas);
    bool computed = true, asked = excel_get_boolean(&desk->excel, XL_GET_CELL, CELL_HAS_FORMULA, &at, &computed);
    text_puts(&formula, "=SUM(");
    bool put = put_terms(&formula, fill);
    text_puts(&formula, ")");
    return put && !formula.failed && asked && !computed && is_blank(desk, &at)
        && excel_do(&desk->excel, XL_FORMULA, 2, xl_text(desk->arena, formula.at), &at);
}

static void
name_cell(struct desk *desk, struct text *cells, size_t *n, struct spot at)
{
    char address[A1_SIZE];
    const char *place = a1_quoted(desk->arena, at.sheet->name, a1(at.row, at.col, address));
    if (++*n <= SHOWN && place != NULL)
        text_printf(cells, "%s%s", *n > 1 ? "、" : "", place);
    else if (*n == SHOWN + 1)
        text_puts(cells, "等");
}

static void
fill(struct desk *desk)
{
    struct text filled = text_new(desk->arena), left = text_new(desk->arena);
    size_t nfilled = 0, nleft = 0;
    if (!read_workbook(desk) || !is_readable(desk))
        return;
    for (size_t i = 0; i < desk->marks.nfills; i++) {
        const struct mark_fill *f = &desk->marks.fills[i];
        bool done = fill_cell(desk, f);
        name_cell(desk, done ? &filled : &left, done ? &nfilled : &nleft, f->at);
    }
    if (nfilled == 0 && nleft == 0 && desk->marks.unfilled == 0)
        text_puts(&desk->said, "没有空着的合计格。");
    if (nfilled > 0)
        text_printf(&desk->said, "已用公式填上 %zu 格合计：%s。\n", nfilled, filled.at);
    if (nleft > 0)
        text_printf(&desk->said, "有 %zu 格没有填（不是空格，或者受保护）：%s。\n", nleft, left.at);
    if (desk->marks.unfilled > 0)
        text_printf(&desk->said, "有 %zu 格没有填：要加的数里有写成文字的，公式会漏掉它们，请先改成数字。", desk->marks.unfilled);
    desk->serious = nleft > 0 || desk->marks.unfilled > 0;
}

/* -- 导出校验版 -- */

/* libxlsxwriter, which writes the workbook, does not survive being without memory: see first that there is plenty. */
static bool
has_plenty(void)
{
    void *plenty = malloc(PLENTY);
    free(plenty);
    return plenty != NULL;
}

static void
export(struct desk *desk)
{
    if (!read_workbook(desk) || !is_readable(desk))
        return;
    if (!desk->live.saved) {
        regret(desk, "这个工作簿还没有保存过，不知道导出到哪里。请先保存，再导出。");
        return;
    }
    if (strstr(desk->live.path, "://") != NULL) {
        regret(desk, "这个工作簿在网上（如 OneDrive）。请另存到本机的文件夹，再导出。");
        return;
    }
    struct source source = { .path = desk->live.path, .folder = "" };
    struct sources sources = { .source = &source, .n = 1 };
    struct run run = { .arena = desk->arena, .forms = desk->forms, .write = true };
    if (!has_plenty() || !run_keep(&run, &sources)) {
        regret(desk, fault_plain(STATUS_MEMORY, LANGUAGE_ZH));
        return;
    }
    struct job job = { .source = &source, .arena = desk->arena, .report = desk->report };
    run_write(&run, &job);
    if (job.failure.path != NULL) {
        regret(desk, "没有导出。");
        text_puts(&desk->said, fault_sentence(desk->arena, job.failure.path, &job.failure.fault, LANGUAGE_ZH));
        return;
    }
    text_printf(&desk->said, "%s\n已写在工作簿旁边：", desk->marks.verdict);
    for (size_t i = 0; i < job.report.noutputs; i++)
        text_printf(&desk->said, "\n%s", name_base(job.report.outputs[i]));
}

/* -- 清除标记, 关于 -- */

static void
clear(struct desk *desk)
{
    const char *name = excel_get_text(&desk->excel, desk->arena, XL_GET_DOCUMENT, DOCUMENT_ACTIVE_BOOK, NULL);
    if (name == NULL)
        regret(desk, "没有打开的工作簿。");
    else if (!marker_clear(&desk->excel, desk->arena, name))
        regret(desk, "工作表“年报校验”没有删掉，标记可能没有清完：工作表或者工作簿的结构可能受保护，"
                     "或者有标记的工作表隐藏了（请先取消隐藏），或者那张表不是在这里生成的。");
    else
        text_puts(&desk->said, "标记已清除。");
}

static void
about(struct desk *desk)
{
    text_puts(&desk->said, ADDIN_NAME "\n校验政府信息公开工作年度报告的表格：");
    for (size_t i = 0; i < desk->forms->n; i++)
        text_printf(&desk->said, "\n%s", desk->forms->form[i]->name);
    text_puts(&desk->said, "\n数据只在本机，不上传。");
}

static void
run_command(struct addin *addin, void work(struct desk *))
{
    struct desk desk;
    if (begin(addin, &desk))
        work(&desk);
    end(&desk);
}

void command_check(struct addin *addin) { run_command(addin, check); }
void command_fill(struct addin *addin) { run_command(addin, fill); }
void command_export(struct addin *addin) { run_command(addin, export); }
void command_clear(struct addin *addin) { run_command(addin, clear); }
void command_about(struct addin *addin) { run_command(addin, about); }
