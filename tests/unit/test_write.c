/* SPDX-License-Identifier: MIT */
/* One draft with everything in it. What arrives in a spreadsheet program is tested by reading it back with other readers
 * (tests/office); with an argument the workbook is left there. */
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "draft.h"
#include "os.h"
#include "read.h"
#include "test.h"

static bool
fill_cover(struct draft *draft)
{
    uint16_t title = draft_style(draft, &(struct style){ .font = "黑体", .size = 16, .bold = true, .align = ALIGN_CENTER });
    uint16_t wrapped = draft_style(draft, &(struct style){ .wrap = true, .border = true, .align = ALIGN_LEFT, .indent = true });
    uint16_t blue = draft_style(draft, &(struct style){ .color = 0x0000FF });
    size_t sheet = draft_sheet(draft, "封面", false);
    if (sheet == SIZE_MAX)
        return false;
    draft->pages[sheet].tab_color = 0x70AD47;
    draft->pages[sheet].footer = "&L校验码 1234-5678&R第 &P 页";
    return draft_merge(draft, sheet, (struct area){ 0, 0, 0, 3 }, "政府信息公开工作年度报告", title)
        && draft_merge(draft, sheet, (struct area){ 1, 1, 0, 0 }, "一格", title)
        && draft_text(draft, sheet, 2, 0, "=1+1 <b> & \"文字\"", wrapped)
        && draft_text(draft, sheet, 3, 0, "第一行\n第二行\x01_x000D_\r\xEF\xBF\xBF", wrapped)
        && draft_text(draft, sheet, 4, 0, "  前后有空格  ", 0)
        && draft_text(draft, sheet, 5, 0, "到三、总计", blue)
        && draft_link(draft, sheet, 5, 0, "internal:'三、依申请公开'!B3")
        && draft_width(draft, sheet, 0, 3, 22.5) && draft_height(draft, sheet, 0, 40);
}

static bool
fill_table(struct draft *draft)
{
    uint16_t input = draft_style(draft, &(struct style){ .border = true, .unlocked = true, .align = ALIGN_CENTER });
    uint16_t money = draft_style(draft, &(struct style){ .border = true, .unlocked = true, .number_format = "0.00####\"万元\"" });
    uint16_t total = draft_style(draft, &(struct style){ .border = true, .fill = 0xD9D9D9, .bold = true });
    uint16_t red = draft_style(draft, &(struct style){ .fill = 0xFFC7CE, .color = 0x9C0006 });
    size_t sheet = draft_sheet(draft, "三、依申请公开", false);
    struct page *page = &draft->pages[sheet];
    page->landscape = page->protect = page->show_zero_off = page->has_print_area = true;
    page->print_area = (struct area){ 0, 9, 0, 4 };
    page->repeat_rows = page->freeze_row = 2;
    page->freeze_col = 1;
    return draft_text(draft, sheet, 0, 0, "项目", total) && draft_text(draft, sheet, 0, 1, "件数", total)
        && draft_number(draft, sheet, 1, 1, 4, NULL, input) && draft_number(draft, sheet, 1, 2, 25.1, NULL, money)
        && draft_number(draft, sheet, 2, 1, 4, "SUM(B2:B2)", total)
        && draft_formula_text(draft, sheet, 2, 2, "IF(B3=B2,\"相符\",\"不符\")", "相符", total)
        && draft_text(draft, sheet, 1, 3, NULL, input)
        && draft_note(draft, sheet, 2, 1, "总计应为 5，与各列之和相差 1。\n请先核对“自然人”一列，再核对其余各列；如果只有这一处不符，多半是总计算错了。")
        && draft_note(draft, sheet, 1, 2, "短批注")
        && draft_input(draft, sheet, (struct input_rule){ { 1, 1, 1, 1 }, INPUT_WHOLE, "件数", "请填整数，没有填 0。", "只能填 0 或正整数。" })
        && draft_input(draft, sheet, (struct input_rule){ { 1, 1, 3, 3 }, INPUT_SIGNED_WHOLE, NULL, NULL, "只能填整数。" })
        && draft_input(draft, sheet, (struct input_rule){ { 1, 1, 2, 2 }, INPUT_AMOUNT,
            "很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题", "单位：万元", "只能填数字。" })
        && draft_condition(draft, sheet, (struct condition){ { 2, 2, 1, 1 }, "$B$3<>$B$2", red });
}

static bool
fill(struct draft *draft)
{
    draft->title = "政府信息公开工作年度报告";
    draft->author = "年报";
    draft->active = 2;
    size_t hidden = draft_sheet(draft, "stamp", true);
    return draft_text(draft, hidden, 0, 0, "requests.total", 0) && fill_cover(draft) && fill_table(draft)
        && book_add_property(&draft->book, "nianbao.form", "2021") && book_add_property(&draft->book, "nianbao.说明", "<摘要>");
}

static void
everything(const char *keep)
{
    unsigned char *bytes[2];
    size_t n[2];
    struct arena *arenas[2];
    for (int run = 0; run < 2; run++) {
        struct draft draft;
        struct fault fault = { 0 };
        arenas[run] = arena_new((size_t)16 << 20);
        CHECK(draft_init(arenas[run], &draft) && fill(&draft));
        CHECK_INT(write_xlsx(arenas[run], &draft, &bytes[run], &n[run], &fault), STATUS_OK);
        CHECK_STR(fault.where, "");
    }
    CHECK_INT(n[0], n[1]);
    CHECK(memcmp(bytes[0], bytes[1], n[0]) == 0);
    CHECK(memcmp(bytes[0], "PK\003\004", 4) == 0);
    if (keep != NULL)
        CHECK_INT(os_write_file(keep, bytes[0], n[0], true, NULL, NULL), STATUS_OK);
    arena_free(arenas[0]);
    arena_free(arenas[1]);
}

static void
styles(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct draft draft;
    CHECK(draft_init(arena, &draft));
    CHECK_INT(draft_style(&draft, &(struct style){ 0 }), 0);
    CHECK_INT(draft_style(&draft, &(struct style){ .bold = true }), 1);
    CHECK_INT(draft_style(&draft, &(struct style){ .font = "黑体" }), 2);
    char font[] = "黑体";
    CHECK_INT(draft_style(&draft, &(struct style){ .font = font }), 2);
    CHECK_INT(draft_style(&draft, &(struct style){ .bold = true }), 1);
    arena_free(arena);
}

/* What Excel would refuse is refused before the library sees (and prints) it. */
static void
refused(void)
{
    enum { LONG = 40000 };
    static char text[LONG];
    static const struct { const char *sheet; bool hidden; size_t text, property, footer; double number; } cases[] = {
        { "ok", false, 32767, 255, 255, 1 }, { "a/b", false, 1, 1, 1, 1 }, { "", false, 1, 1, 1, 1 }, { "'a", false, 1, 1, 1, 1 },
        { "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", false, 1, 1, 1, 1 }, { "另一张", false, 1, 1, 1, 1 },
        { "ok", true, 1, 1, 1, 1 }, { "ok", false, 32768, 1, 1, 1 }, { "ok", false, 1, 256, 1, 1 }, { "ok", false, 1, 1, 256, 1 },
        { "ok", false, 1, 1, 1, NAN }, { "ok", false, 1, 1, 1, INFINITY },
    };
    memset(text, 'x', sizeof text - 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new((size_t)16 << 20);
        struct draft draft;
        struct fault fault = { 0 };
        unsigned char *bytes;
        size_t n;
        const char *end = text + sizeof text - 1;
        CHECK(draft_init(arena, &draft));
        size_t sheet = draft_sheet(&draft, cases[i].sheet, cases[i].hidden);
        CHECK(draft_sheet(&draft, "另一张", true) == 1);
        CHECK(draft_text(&draft, sheet, 0, 0, end - cases[i].text, 0));
        CHECK(draft_number(&draft, sheet, 0, 1, cases[i].number, NULL, 0));
        CHECK(book_add_property(&draft.book, "p", end - cases[i].property));
        draft.pages[sheet].footer = end - cases[i].footer;
        CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, &fault), i == 0 ? STATUS_OK : STATUS_OUTPUT);
        CHECK_INT(fault.where[0] != '\0', i != 0);
        arena_free(arena);
    }
}

/* -- rows from a source, folded columns, a filter, charts, page breaks -- */

enum { ROWS = 5000, HEAD = 2 };

struct counter { uint32_t at, begun, fails; char text[32]; struct cell cells[3]; struct link link; };

static bool
begin(void *context)
{
    struct counter *counter = context;
    counter->at = 0;
    counter->begun++;
    return true;
}

static bool
next(void *context, struct row *row)
{
    struct counter *counter = context;
    if (counter->fails > 0 && counter->at == counter->fails)
        return false;
    *row = (struct row){ .ncells = 0 };
    if (counter->at == ROWS)
        return true;
    snprintf(counter->text, sizeof counter->text, "<第\x01%u行>", (unsigned)counter->at);
    counter->cells[0] = (struct cell){ .col = 0, .kind = CELL_TEXT, .text = counter->text };
    counter->cells[1] = (struct cell){ .col = 1, .kind = CELL_TEXT, .text = "", .format = 1 };
    counter->cells[2] = (struct cell){ .col = 3, .kind = CELL_NUMBER, .number = counter->at++ + 0.25 };
    counter->link = (struct link){ .col = 0, .target = "../a b%23.xlsx" };
    *row = (struct row){ counter->cells, 3, &counter->link, 1, 20 };
    return true;
}

static bool
fill_long(struct draft *draft, const struct row_source *source)
{
    bool ok = draft_init(draft->book.arena, draft) && draft_style(draft, &(struct style){ .border = true }) == 1;
    size_t before = draft_sheet(draft, "图", false), sheet = draft_sheet(draft, "长表", false);
    ok = ok && draft_text(draft, before, 0, 0, "甲", 0) && draft_number(draft, before, 0, 1, 3, NULL, 0) && draft_text(draft, before, 1, 0, "乙", 0)
        && draft_number(draft, before, 1, 1, 5, NULL, 0) && draft_break(draft, before, 1)
        && draft_chart(draft, before, (struct chart){ CHART_BARS, 0, 3, 400, 300, "甲和乙", { 0, 1, 0, 0 }, { { "今年", { 0, 1, 1, 1 } } }, 1 })
        && draft_chart(draft, before, (struct chart){ CHART_COLUMNS, 20, 3, 400, 300, "<两年>", { 0, 1, 0, 0 },
                                                      { { "今年", { 0, 1, 1, 1 } }, { "去年", { 0, 1, 1, 1 } } }, 2 });
    ok = ok && draft_merge(draft, sheet, (struct area){ 0, 0, 0, 3 }, "标题", 1) && draft_text(draft, sheet, 1, 3, "件数", 1)
        && draft_number(draft, sheet, 1, 1, 1, "SUM(D3:D9)", 1) && draft_height(draft, sheet, 0, 30);
    for (uint16_t c = 0; ok && c < 4; c++)
        ok = draft_width(draft, sheet, c, c, 12);
    struct page *page = &draft->pages[sheet];
    page->source = source;
    page->source_row = HEAD;
    page->has_filter = true;
    page->filter = (struct area){ 1, 1, 0, 3 };
    page->repeat_cols = 1;
    page->scale = 60;
    return ok && draft_group(draft, sheet, 1, 2, 12);
}

static void
long_sheet(void)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct counter counter = { 0 };
    struct row_source source = { begin, next, &counter };
    struct draft draft = { .book.arena = arena };
    struct fault fault = { 0 };
    struct book book;
    unsigned char *bytes;
    size_t n;
    CHECK(fill_long(&draft, &source));
    CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, &fault), STATUS_OK);
    CHECK_STR(fault.where, "");
    CHECK_INT(counter.begun, 1);
    CHECK_INT(read_book(arena, bytes, n, &book, NULL), STATUS_OK);
    const struct sheet *sheet = &book.sheets[1];
    CHECK_INT(sheet->ncells, 3 + 2 * ROWS);
    CHECK_STR(sheet_cell(sheet, 0, 0)->text, "标题");
    CHECK(sheet_merge(sheet, 0, 3) != NULL);
    CHECK_STR(sheet_cell(sheet, 1, 1)->formula, "SUM(D3:D9)");
    CHECK_STR(sheet_cell(sheet, HEAD, 0)->text, "<第\x01""0行>");
    CHECK_STR(sheet_cell(sheet, HEAD + ROWS - 1, 0)->text, "<第\x01""4999行>");
    CHECK(sheet_cell(sheet, HEAD + 7, 1) == NULL && sheet_cell(sheet, HEAD + 7, 3)->number == 7.25);
    counter.fails = 100;
    draft = (struct draft){ .book.arena = arena };
    CHECK(fill_long(&draft, &source));
    CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, &fault), STATUS_OUTPUT);
    arena_free(arena);
}

/* The temporary files that rows from a source go to do not fit: the parts are cut, and that is noticed. Without such rows there are none. */
static void
full_disk(void)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct draft draft;
    struct fault fault = { 0 };
    unsigned char *bytes;
    size_t n;
    bool filled = draft_init(arena, &draft) && draft_sheet(&draft, "长表", false) == 0;
    for (uint32_t row = 0; row < 5000; row++)
        filled = filled && draft_number(&draft, 0, row, 0, 1, NULL, 0);
    CHECK(filled);
    os_setup();
    struct rlimit limit;
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 50000, limit.rlim_max }), 0);
    CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, &fault), STATUS_OK);
    struct counter counter = { 0 };
    struct row_source source = { begin, next, &counter };
    struct draft rows = { .book.arena = arena };
    CHECK(fill_long(&rows, &source));
    CHECK_INT(write_xlsx(arena, &rows, &bytes, &n, &fault), STATUS_OUTPUT);
    CHECK(fault.where[0] != '\0');
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
    CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, &fault), STATUS_OK);
    arena_free(arena);
}

/* Every request for memory fails once. */
static void
out_of_memory(void)
{
    enum status status = STATUS_MEMORY;
    long n;
    for (n = 0; status == STATUS_MEMORY && n < 1000; n++) {
        struct arena *arena = arena_new((size_t)16 << 20);
        struct draft draft;
        unsigned char *bytes;
        size_t size;
        arena_fail_after(arena, n);
        if (draft_init(arena, &draft) && fill_cover(&draft))
            status = write_xlsx(arena, &draft, &bytes, &size, NULL);
        arena_free(arena);
    }
    CHECK_INT(status, STATUS_OK);
    CHECK(n > 20);
}

int
main(int argc, char **argv)
{
    everything(argc > 1 ? argv[1] : NULL);
    styles();
    refused();
    long_sheet();
    full_disk();
    out_of_memory();
    return test_summary();
}
