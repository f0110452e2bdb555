/* SPDX-License-Identifier: MIT */
/* One draft with everything in it. What arrives in a spreadsheet program is tested by reading it back with other readers
 * (tests/office); with an argument the workbook is left there. */
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "draft.h"
#include "os.h"
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

/* The library's temporary files do not fit: the parts are cut, and that is noticed. */
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
    CHECK_INT(write_xlsx(arena, &draft, &bytes, &n, &fault), STATUS_OUTPUT);
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
    full_disk();
    out_of_memory();
    return test_summary();
}
