/* SPDX-License-Identifier: MIT */
/* Names that are of one body and names that are not; areas; lists in every shape they come in; which member a file is from. */
#include <stdlib.h>
#include <time.h>

#include "limits.h"
#include "roster.h"
#include "test.h"
#include "text.h"

/* -- names -- */

static void
test_names(struct arena *arena, const struct lexicon *lexicon)
{
    static const struct { bool same; const char *a, *b; } pairs[] = {
        { true, "宿迁市科技局", "宿迁市科学技术局" }, { true, "科技局", "科学技术局" }, { true, "江苏省科技厅", "江苏省科学技术厅" },
        { true, "宿迁市卫健委", "宿迁市卫生健康委员会" }, { true, "宿迁市卫计委", "宿迁市卫健委" }, { true, "泗阳县卫健局", "泗阳县卫生健康局" },
        { true, "宿迁市住建局", "宿迁市住房和城乡建设局" }, { true, "宿迁市住建局", "宿迁市住房城乡建设局" },
        { true, "重庆市住建委", "重庆市住房和城乡建设委员会" }, { true, "江苏省住建厅", "江苏省住房和城乡建设厅" },
        { true, "宿迁市发改委", "宿迁市发展和改革委员会" }, { true, "宿迁市发改委", "宿迁市发展改革委" },
        { true, "沭阳县发改局", "沭阳县发展和改革局" }, { true, "宿迁市人社局", "宿迁市人力资源和社会保障局" },
        { true, "浙江省人力社保厅", "浙江省人力资源和社会保障厅" }, { true, "宿迁市工信局", "宿迁市工业和信息化局" },
        { true, "宿迁市自规局", "宿迁市自然资源和规划局" }, { true, "宿迁市资规局", "宿迁市自然资源与规划局" },
        { true, "宿迁市环保局", "宿迁市生态环境局" }, { true, "宿迁市交通局", "宿迁市交通运输局" }, { true, "上海市交通委", "上海市交通运输委员会" },
        { true, "宿迁市文广旅局", "宿迁市文化广电和旅游局" }, { true, "宿迁市文广新旅局", "宿迁市文化广电新闻出版和旅游局" },
        { true, "宿迁市市监局", "宿迁市市场监督管理局" }, { true, "宿迁市市场监管局", "宿迁市市监局" }, { true, "宿迁市应急局", "宿迁市应急管理局" },
        { true, "宿迁市医保局", "宿迁市医疗保障局" }, { true, "宿迁市退役军人局", "宿迁市退役军人事务局" },
        { true, "宿迁市审批局", "宿迁市行政审批局" }, { true, "深圳市政数局", "深圳市政务服务和数据管理局" },
        { true, "深圳市政务服务数据管理局", "深圳市政数局" }, { true, "宿迁市国资委", "宿迁市国有资产监督管理委员会" },
        { true, "宿迁市公积金中心", "宿迁市住房公积金管理中心" }, { true, "宿迁市机关事务局", "宿迁市机关事务管理局" },
        { true, "宿迁市政府办", "宿迁市人民政府办公室" }, { true, "宿迁市政府办公室", "宿迁市人民政府办公室" },
        { true, "江苏省政府办公厅", "江苏省人民政府办公厅" }, { true, "宿迁市政府", "宿迁市人民政府" }, { true, "宿迁市", "宿迁市人民政府" },
        { true, "沛县", "沛县人民政府" }, { true, "临河镇政府", "临河镇人民政府" }, { true, "临河镇", "临河镇人民政府" },
        { true, "洪泽湖街道办", "洪泽湖街道办事处" }, { true, "洪泽湖街道", "洪泽湖街道办事处" },
        { true, "宿迁经济技术开发区管委会", "宿迁经济技术开发区管理委员会" }, { true, "苏州工业园区管委会", "苏州工业园区管理委员会" },
        { true, "太湖新城管委会", "太湖新城管理委员会" }, { true, "大兴安岭地区行政公署", "大兴安岭地区" },
        { true, "黄山市农业农村局", "黄山市农业局" }, { true, "宿迁市人防办", "宿迁市人民防空办公室" }, { true, "宿迁市粮储局", "宿迁市粮食和物资储备局" },
        { true, "宿迁市民宗局", "宿迁市民族宗教事务局" }, { true, "宿迁市教体局", "宿迁市教育体育局" }, { true, "宿迁市林草局", "宿迁市林业和草原局" },
        { true, "宿迁市房管局", "宿迁市房管局" }, { true, "宿迁市消防支队", "宿迁市消防救援支队" }, { true, "宿迁市供销社", "宿迁市供销社" },
        { true, "宿迁市 科技局", "宿迁市科技局" }, { true, "宿迁市　科 技 局", "宿迁市科学技术局" }, { true, "宿迁市\n科技局", "宿迁市科技局" },
        { true, "宿迁市城管局（综合执法局）", "宿迁市城管局(综合执法局)" }, { true, "宿迁市科技局（外国专家局）", "宿迁市科学技术局〔外国专家局〕" },
        { true, "宿迁市ＣＢＤ管委会", "宿迁市CBD管委会" }, { true, "", "　" },

        { false, "宿迁市科技局", "泗阳县科技局" }, { false, "宿迁市科技局", "科技局" }, { false, "江苏省宿迁市科技局", "宿迁市科技局" },
        { false, "宿迁市科技局", "宿迁市科学技术协会" }, { false, "宿迁市教育局", "宿迁市教育体育局" }, { false, "宿迁市科技局", "江苏省科技厅" },
        { false, "宿迁市人民政府", "宿迁市人民政府办公室" }, { false, "宿迁市", "宿迁市宿城区" }, { false, "宿迁市政府办", "宿迁市政府研究室" },
        { false, "宿迁市公安局", "宿迁市公安局宿城分局" }, { false, "宿迁市自然资源局", "宿迁市自然资源和规划局" },
        { false, "北京市城市管理委员会", "北京市城市管理综合行政执法局" }, { false, "宿迁市文化和旅游局", "宿迁市文化广电和旅游局" },
        { false, "宿迁市发改委", "宿迁市发改局" }, { false, "宿迁市水利局", "宿迁市水务局" }, { false, "宿迁市统计局", "宿迁市审计局" },
        { false, "宿迁市金融办", "宿迁市金融局" }, { false, "宿迁市住建局", "宿迁市房管局" }, { false, "宿迁市行政审批局", "宿迁市数据局" },
        { false, "临河镇", "临河镇财政所" }, { false, "宿迁经济技术开发区", "宿迁高新技术产业开发区" }, { false, "洪泽湖街道", "洪泽湖镇" },
        { false, "宿迁市民政局", "宿迁市司法局" }, { false, "宿迁市国资委", "宿迁市国资办" }, { false, "宿迁市科技局（外国专家局）", "宿迁市科技局" },
        { false, "市教育局", "县教育局" }, { false, "宿迁市农业农村局", "宿迁市农业农村和水利局" }, { false, "宿迁市信访局", "宿迁市" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *a = roster_folded(lexicon, arena, pairs[i].a), *b = roster_folded(lexicon, arena, pairs[i].b);
        bool same = a != NULL && b != NULL && strcmp(a, b) == 0;
        if (same != pairs[i].same)
            printf("%s (%s), %s (%s)\n", pairs[i].a, a, pairs[i].b, b);
        CHECK_INT(same, pairs[i].same);
    }
}

static void
test_areas(const struct lexicon *lexicon)
{
    static const struct { const char *name, *area, *government; } cases[] = {      /* NULL: none */
        { "宿迁市科技局", "宿迁市", NULL }, { "江苏省宿迁市科技局", "江苏省", NULL }, { "沛县教育局", "沛县", NULL },
        { "城市管理局", NULL, NULL }, { "住房和城乡建设局", NULL, NULL }, { "市场监督管理局", NULL, NULL }, { "民政局", NULL, NULL },
        { "扬州市市场监督管理局", "扬州市", NULL }, { "扬州市城市管理局", "扬州市", NULL }, { "景德镇市教育局", "景德镇市", NULL },
        { "津市市教育局", "津市市", NULL }, { "新市区教育局", "新市区", NULL }, { "济宁市市中区教育局", "济宁市", NULL },
        { "内蒙古自治区教育厅", "内蒙古自治区", NULL }, { "延边朝鲜族自治州教育局", "延边朝鲜族自治州", NULL }, { "锡林郭勒盟教育局", "锡林郭勒盟", NULL },
        { "科尔沁左翼中旗教育局", "科尔沁左翼中旗", NULL }, { "洪泽湖街道办事处", "洪泽湖街道", "洪泽湖街道" }, { "街道办事处", NULL, NULL },
        { "宿迁市", "宿迁市", "宿迁市" }, { "宿迁市人民政府", "宿迁市", "宿迁市" }, { "宿迁市政府", "宿迁市", "宿迁市" },
        { "宿迁市人民政府办公室", "宿迁市", NULL }, { "宿迁市宿城区人民政府", "宿迁市", "宿迁市宿城区" }, { "临河镇人民政府", "临河镇", "临河镇" },
        { "宿迁经济技术开发区管委会", "宿迁经济技术开发区", "宿迁经济技术开发区" }, { "某社区", NULL, NULL }, { "市", NULL, NULL }, { "", NULL, NULL },
        { "乡村振兴局", NULL, NULL }, { "宿迁市乡村振兴局", "宿迁市", NULL }, { "宿迁市市级机关事务管理局", "宿迁市", NULL },
        { "成都市教育局", "成都市", NULL }, { "盐城市城市管理局", "盐城市", NULL }, { "盐城市发展和改革委员会", "盐城市", NULL },
        { "宿迁市民政局", "宿迁市", NULL }, { "宿迁市中医药管理局", "宿迁市", NULL }, { "泗城镇人民政府", "泗城镇", "泗城镇" },
        { "宿迁市政府办公室", "宿迁市", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t ending, n = strlen(cases[i].name);
        size_t area = lexicon_area(lexicon, cases[i].name, n, &ending), government = roster_area(lexicon, cases[i].name);
        size_t want = cases[i].area != NULL ? strlen(cases[i].area) : 0, own = cases[i].government != NULL ? strlen(cases[i].government) : 0;
        if (area != want || government != own)
            printf("%s: ", cases[i].name);
        CHECK_INT(area, want);
        CHECK_INT(government, own);
    }
}

static void
test_bad_lexicons(struct arena *arena)
{
#define REST "areas: [{ends: [市], governments: [政府]}]\nnot_areas: [城市]\nbeside: [年]\n"
    static const struct { const char *yaml, *why; } cases[] = {
        { "schema: nianbao.names/1\nprovincial: {局: 厅}\nnames:\n  甲局: [乙局]\n" REST, NULL },
        { "schema: nianbao.names/2\nprovincial: {局: 厅}\nnames:\n  甲局: [乙局]\n" REST, "t:1: schema: 应当是 nianbao.names/1" },
        { "schema: nianbao.names/1\nprovincial: {局: 厅}\nnames:\n  甲局: [乙局]\n  乙局: []\n" REST, "t:4: names.甲局[0]: “乙局”已经是一个全称" },
        { "schema: nianbao.names/1\nprovincial: {局: 厅}\nnames:\n  甲局: [甲局]\n" REST, "t:4: names.甲局[0]: “甲局”已经是一个全称" },
        { "schema: nianbao.names/1\nprovincial: {局: 厅}\nnames:\n  甲局: 乙局\n" REST, "t:4: names.甲局: 应当是简称的列表：[甲, 乙]，没有就写 []" },
        { "schema: nianbao.names/1\nprovincial: 厅\nnames:\n  甲局: [乙局]\n" REST, "t:2: provincial: 应当是 {局: 厅}" },
        { "schema: nianbao.names/1\nprovincial: {局: []}\nnames:\n  甲局: [乙局]\n" REST, "t:2: provincial.局: 应当是文字" },
        { "schema: nianbao.names/1\nprovincial: {局: 厅}\nnames: []\n" REST, "t:3: names: 应当每行一个“全称: [简称, …]”" },
        { "schema: nianbao.names/1\nprovincial: {局: 厅}\n" REST, "t:1: 缺少“names”" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct lexicon *lexicon;
        struct fault fault = { .where = "" };
        enum status status = lexicon_read(arena, "t", cases[i].yaml, strlen(cases[i].yaml), &lexicon, &fault);
        CHECK_INT(status, cases[i].why != NULL ? STATUS_DEFINITION : STATUS_OK);
        CHECK_STR(fault.where, cases[i].why != NULL ? cases[i].why : "");
    }
}

/* -- lists -- */

/* The members of a list as text: "name|others|code|kind|counted|merged|due|contact|phone;". */
static const char *
shown(struct arena *arena, const struct roster *roster)
{
    struct text out = text_new(arena);
    for (size_t i = 0; i < roster->n; i++) {
        const struct member *m = &roster->members[i];
        text_printf(&out, "%s|", m->name);
        for (size_t k = 0; k < m->nothers; k++)
            text_printf(&out, "%s%s", k > 0 ? "," : "", m->others[k]);
        text_printf(&out, "|%s|%s|%s|%s|", m->code, m->kind, m->counted ? "" : "否", m->merged);
        time_t due = (time_t)m->due;
        char day[32] = "";
        if (m->due != 0)
            strftime(day, sizeof day, "%Y%m%d %H%M%S", localtime(&due));
        text_printf(&out, "%s|%s|%s;", day, m->contact, m->phone);
    }
    return out.at;
}

static void
test_lists(struct arena *arena)
{
#define DUE "20260131 235959"
    static const struct { const char *list, *want; } cases[] = {
        /* the head and its columns */
        { "全称\n甲局\n", "甲局||||||||;" },
        { "\xEF\xBB\xBF全称\r\n甲局\r\n", "甲局||||||||;" },
        { "单位名称,简称\n甲市乙局,乙局\n", "甲市乙局|乙局|||||||;" },
        { "名称,曾用名\n甲局,旧局\n", "甲局|旧局|||||||;" },
        { "单位\n甲局\n", "甲局||||||||;" },
        { "单位 名称（必填）,联系电话\n甲局,1\n", "甲局||||||||1;" },
        { "*全称:,类型*\n甲局,部门\n", "甲局|||部门|||||;" },
        { "电话,联系人,截止日期,并入/更名为,是否计入,类型,统一社会信用代码,简称/曾用名,全称\n1,张三,2026-01-31,,否,部门,X1,旧局,甲局\n",
          "甲局|旧局|X1|部门|否||" DUE "|张三|1;" },
        { "序号,全称,备注\n1,甲局,很好\n2,乙局,\n", "甲局||||||||;乙局||||||||;" },
        { "单位,全称\n甲,甲局\n", "甲局|甲|||||||;" },
        { "全称,简称,曾用名\n甲局,甲,旧甲\n", "甲局|甲,旧甲|||||||;" },
        { "全称,手机,办公电话\n甲局,,2\n", "甲局||||||||2;" },
        { "应报单位名单,,\n联系人,王五,\n全称,联系人,信用代码\n甲局,张三,X\n", "甲局||X|||||张三|;" },
        { "全称\t简称\n甲局\t甲,丙\n", "甲局|甲,丙|||||||;" },
        { "\n\n全称\n\n甲局\n \n　\n乙局\n\n", "甲局||||||||;乙局||||||||;" },
        { "全称,简称\n甲局,\n,\n乙局,\n", "甲局||||||||;乙局||||||||;" },
        { "ＱＱ,全称\n1,甲局\n", "甲局||||||||;" },
        { "全称\r甲局\r乙局", "甲局||||||||;乙局||||||||;" },
        /* without a head */
        { "甲局\n乙局\n", "甲局||||||||;乙局||||||||;" },
        { "甲局", "甲局||||||||;" },
        { "1.甲局\n2、乙局\n（3）丙局\n(4) 丁局\n\n5. 戊局\n", "甲局||||||||;乙局||||||||;丙局||||||||;丁局||||||||;戊局||||||||;" },
        { "1510研究所\n", "1510研究所||||||||;" },
        /* quotes */
        { "全称,简称\n\"甲局\",\"甲,丙\"\n", "甲局|甲,丙|||||||;" },
        { "全称,类型\n\"甲\"\"好\"\"局\",\"部\n门\"\n", "甲\"好\"局|||部门|||||;" },
        { "全称,类型\r\n\"甲局\"x,\"\"\r\n", "甲局x||||||||;" },
        { "全称\n甲\"局\n", "甲\"局||||||||;" },
        /* other names */
        { "全称,简称\n甲局,\"甲、乙，丙,丁;戊；己/庚 辛　壬\"\n", "甲局|甲,乙,丙,丁,戊,己,庚,辛,壬|||||||;" },
        { "全称,简称\n甲局,\"、 ,甲,,\"\n", "甲局|甲|||||||;" },
        /* counted */
        { "全称,是否计入\n甲局,是\n乙局,\n丙局,计入\n丁局,否\n戊局,不计入\n己局,×\n",
          "甲局||||||||;乙局||||||||;丙局||||||||;丁局||||否||||;戊局||||否||||;己局||||否||||;" },
        /* merged */
        { "全称,并入\n甲市科技局,\n乙局,甲市科学技术局\n", "甲市科技局||||||||;乙局|||||甲市科学技术局|||;" },
        /* due */
        { "全称,截止日期\n甲局,2026-01-31\n", "甲局||||||" DUE "||;" }, { "全称,截止时间\n甲局,2026/1/31\n", "甲局||||||" DUE "||;" },
        { "全称,截止日期\n甲局,2026年1月31日\n", "甲局||||||" DUE "||;" }, { "全称,截止日期\n甲局,2026年1月31日前\n", "甲局||||||" DUE "||;" },
        { "全称,截止日期\n甲局,２０２６．１．３１\n", "甲局||||||" DUE "||;" }, { "全称,截止日期\n甲局,20260131\n", "甲局||||||" DUE "||;" },
        { "全称,截止日期\n甲局,2026-01-31 17:00:00\n", "甲局||||||" DUE "||;" },
        { "全称,截止日期\n甲局,2024-2-29\n", "甲局||||||20240229 235959||;" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct roster roster;
        struct fault fault = { .where = "" };
        enum status status = roster_parse(arena, (const unsigned char *)cases[i].list, strlen(cases[i].list), &roster, &fault);
        CHECK_INT(status, STATUS_OK);
        CHECK_STR(fault.where, "");
        if (status == STATUS_OK)
            CHECK_STR(shown(arena, &roster), cases[i].want);
    }
}

static void
test_refusals(struct arena *arena)
{
    static const struct { const char *list, *why; } cases[] = {
        { "\n\n", "名单是空的" },
        { "全称,简称\n", "名单里一个单位也没有" },
        { "简称,电话\n甲,1\n", "第 1 行的表头里没有“全称”（或“单位名称”）这一列" },
        { "名称，电话\n", "名单里一个单位也没有" },
        { "甲局,张三\n乙局,李四\n", "没有认出表头：请在第一行写上列名，至少要有“全称”；只有一列名称的名单可以不写" },
        { "全称,电话\n甲局,1\n,2\n", "第 3 行：没有写单位全称" },
        { "全称\n甲局\n乙局\n\n甲局\n", "第 2 行和第 5 行是同一个单位：“甲局”，请删去一行" },
        { "宿迁市科学技术局\n宿迁市科技局\n", "第 1 行和第 2 行是同一个单位：“宿迁市科技局”，请删去一行" },
        { "全称,是否计入\n甲局,也许\n", "第 2 行：是否计入写的是“也许”，请写“是”或“否”" },
        { "全称,截止日期\n甲局,1月31日\n", "第 2 行：截止日期“1月31日”没有写年份，请写成 2026-01-31 这样" },
        { "全称,截止日期\n甲局,2026年2月30日\n", "第 2 行：截止日期“2026年2月30日”不是日期，请写成 2026-01-31 这样" },
        { "全称,截止日期\n甲局,2023-2-29\n", "第 2 行：截止日期“2023-2-29”不是日期，请写成 2026-01-31 这样" },
        { "全称,截止日期\n甲局,2026-13-01\n", "第 2 行：截止日期“2026-13-01”不是日期，请写成 2026-01-31 这样" },
        { "全称,截止日期\n甲局,尽快\n", "第 2 行：截止日期“尽快”不是日期，请写成 2026-01-31 这样" },
        { "全称,截止日期\n甲局,99999999999999999999-1-1\n", "第 2 行：截止日期“99999999999999999999-1-1”不是日期，请写成 2026-01-31 这样" },
        { "全称,并入\n甲局,丙局\n", "第 2 行：并入（更名）后的“丙局”不在名单里，请给它加一行" },
        { "全称,并入\n甲局,甲局\n", "第 2 行：“甲局”并入（更名为）它自己" },
        { "全称\n\"甲局\n乙局\n", "第 2 行：引号没有成对" },
        { "全称\n\xFF\xFF\n", "文字读不出来：请在表格软件里另存为 .xlsx，或者“CSV UTF-8”" },
        { "\xFF\xFEh\x51hy", "文字读不出来：请在表格软件里另存为 .xlsx，或者“CSV UTF-8”" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct roster roster;
        struct fault fault = { .where = "" };
        CHECK_INT(roster_parse(arena, (const unsigned char *)cases[i].list, strlen(cases[i].list), &roster, &fault), STATUS_UNSUPPORTED);
        CHECK_STR(fault.where, cases[i].why);
    }
    struct roster roster;
    CHECK_INT(roster_parse(arena, NULL, 0, &roster, NULL), STATUS_EMPTY);
    CHECK_INT(roster_parse(arena, (const unsigned char *)"%PDF-1.4", 8, &roster, NULL), STATUS_UNSUPPORTED);
    CHECK_INT(roster_read(arena, "tests/data/rosters/none.csv", &roster, NULL), STATUS_NOT_FOUND);
}

static void
test_files(struct arena *arena)
{
    static const struct { const char *path, *want; } cases[] = {
        { "tests/data/rosters/gb18030.csv", "宿迁市科学技术局|科技局,市科技局|||||" DUE "|张三|0527-1;宿迁市㐀𠀀局||||否||" DUE "|李四|;" },
        { "tests/data/rosters/merged.xlsx", "宿迁市科学技术局|科技局||部门|||" DUE "|张三|13800000001;宿迁市教育局|||部门|||" DUE "|李四|0527-2;"
          "泗阳县人民政府|泗阳||政府|||20260331 235959||;" },
        { "tests/data/rosters/list.xls", "宿迁市民政局||11321300014318201X||||||0527-1;宿迁市扶贫办||||否|宿迁市农业农村局|||;宿迁市农业农村局||||||||;" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct roster roster;
        struct fault fault = { .where = "" };
        enum status status = roster_read(arena, cases[i].path, &roster, &fault);
        CHECK_INT(status, STATUS_OK);
        CHECK_STR(fault.where, "");
        if (status == STATUS_OK)
            CHECK_STR(shown(arena, &roster), cases[i].want);
    }
}

/* -- finding -- */

static const char *const how_words[] = { "", "name", "other", "short", "file", "folder" };

static void
test_find(struct arena *arena)
{
    static const char list[] = "全称,简称/曾用名\n"
        "宿迁市人民政府,\n宿迁市人民政府办公室,\n宿迁市科学技术局,\n宿迁市教育局,宿迁教育\n宿迁市文化广电和旅游局,\n宿迁市公安局,\n"
        "宿迁市公安局宿城分局,\n泗阳县人民政府,\n泗阳县教育局,\n泗阳县科技局,\n泗阳县文旅局,\n宿迁市民政局,\n宿迁市生态环境局,宿迁市老环保局\n"
        "宿迁市城市管理局（宿迁市综合行政执法局）,\n临河镇人民政府,\n洪泽湖街道办事处,\n江苏省宿迁市体育局,体育 运动局\n甲校,共用名\n乙校,共用名\n信访局,\n";
    static const struct { const char *unit, *file, *want, *how; } cases[] = {      /* NULL: nobody */
        /* by the name inside */
        { "宿迁市科学技术局", "a.xlsx", "宿迁市科学技术局", "name" }, { "宿迁市科技局", "a.xlsx", "宿迁市科学技术局", "short" },
        { "宿迁市 教育局", "a.xlsx", "宿迁市教育局", "name" }, { "宿迁教育", "a.xlsx", "宿迁市教育局", "other" },
        { "泗阳县科学技术局", "a.xlsx", "泗阳县科技局", "short" }, { "市科技局", "a.xlsx", "宿迁市科学技术局", "short" },
        { "县科技局", "a.xlsx", "泗阳县科技局", "short" }, { "科技局", "a.xlsx", NULL, "" }, { "民政局", "a.xlsx", "宿迁市民政局", "short" },
        { "江苏省宿迁市科技局", "a.xlsx", "宿迁市科学技术局", "short" }, { "沭阳县科技局", "a.xlsx", NULL, "" },
        { "宿迁市文旅局", "a.xlsx", "宿迁市文化广电和旅游局", "short" }, { "宿迁市文广旅局", "a.xlsx", "宿迁市文化广电和旅游局", "short" },
        { "宿迁市文化和旅游局", "a.xlsx", NULL, "" }, { "泗阳县文化广电和旅游局", "a.xlsx", "泗阳县文旅局", "short" },
        { "泗阳县文旅局", "a.xlsx", "泗阳县文旅局", "name" }, { "宿迁市老环保局", "a.xlsx", "宿迁市生态环境局", "other" },
        { "宿迁市环保局", "a.xlsx", "宿迁市生态环境局", "short" }, { "宿迁市城管局", "a.xlsx", "宿迁市城市管理局（宿迁市综合行政执法局）", "short" },
        { "宿迁市城市管理局", "a.xlsx", "宿迁市城市管理局（宿迁市综合行政执法局）", "short" }, { "宿迁市科技局（本级）", "a.xlsx", "宿迁市科学技术局", "short" },
        { "宿迁市", "a.xlsx", "宿迁市人民政府", "short" }, { "宿迁市政府", "a.xlsx", "宿迁市人民政府", "short" },
        { "宿迁市政府办", "a.xlsx", "宿迁市人民政府办公室", "short" }, { "临河镇", "a.xlsx", "临河镇人民政府", "short" },
        { "洪泽湖街道", "a.xlsx", "洪泽湖街道办事处", "short" }, { "宿迁市体育局", "a.xlsx", "江苏省宿迁市体育局", "short" },
        { "运动局", "a.xlsx", "江苏省宿迁市体育局", "other" }, { "共用名", "a.xlsx", NULL, "" }, { "宿迁市信访局", "a.xlsx", "信访局", "short" },
        { "宿迁市公安局宿城分局", "a.xlsx", "宿迁市公安局宿城分局", "name" }, { "宿迁市公安局宿豫分局", "a.xlsx", NULL, "" },
        /* by the file's name */
        { NULL, "d/宿迁市科技局2023年政府信息公开工作年度报告.xlsx", "宿迁市科学技术局", "file" }, { "本单位", "民政局年报终稿.xlsx", "宿迁市民政局", "file" },
        { NULL, "2023年民政局年报.xlsx", "宿迁市民政局", "file" }, { NULL, "03-教育局.xlsx", NULL, "" }, { NULL, "03-宿迁教育.xlsx", "宿迁市教育局", "file" },
        { NULL, "宿迁市公安局宿城分局年报.xlsx", "宿迁市公安局宿城分局", "file" }, { NULL, "宿迁市公安局宿豫分局年报.xlsx", NULL, "" },
        { NULL, "沭阳县民政局年报.xlsx", NULL, "" }, { NULL, "宿迁市教育局直属小学.xlsx", NULL, "" }, { NULL, "宿迁市２０２３年度.xlsx", "宿迁市人民政府", "file" },
        { NULL, "宿迁市教育局和宿迁市民政局.xlsx", "宿迁市民政局", "file" }, { NULL, "宿迁市教育局、宿迁市民政局.xlsx", NULL, "" },
        { "科技局", "泗阳县科技局.xlsx", "泗阳县科技局", "file" }, { NULL, "年报（泗阳县文广旅局）.xlsx", "泗阳县文旅局", "file" },
        { NULL, "关于报送宿迁市民政局年报的.xlsx", "宿迁市民政局", "file" }, { NULL, "甲校二〇二三年.xlsx", "甲校", "file" },
        /* by the folders */
        { NULL, "各单位/民政局/年报.xlsx", "宿迁市民政局", "folder" }, { "本单位", "宿迁市教育局/民政局/附件/年报.xlsx", "宿迁市民政局", "folder" },
        { NULL, "宿迁市/年报.xlsx", NULL, "" }, { NULL, "临河镇/年报.xlsx", "临河镇人民政府", "folder" }, { NULL, "/05 洪泽湖街道/1.xlsx", "洪泽湖街道办事处", "folder" },
        { "科技局", "2023/泗阳县/1.xlsx", "泗阳县科技局", "folder" }, { "教育局", "02-泗阳县/科室/1.xlsx", "泗阳县教育局", "folder" },
        { "教育局", "沭阳县/1.xlsx", NULL, "" }, { "宿迁市气象局", "民政局/1.xlsx", NULL, "" }, { "气象局", "民政局/1.xlsx", NULL, "" },
        { "", "", NULL, "" }, { NULL, "/", NULL, "" }, { NULL, "民政局//", "宿迁市民政局", "folder" },
    };
    struct roster roster;
    struct fault fault = { .where = "" };
    enum status status = roster_parse(arena, (const unsigned char *)list, strlen(list), &roster, &fault);
    CHECK_STR(fault.where, "");
    for (size_t i = 0; status == STATUS_OK && i < sizeof cases / sizeof *cases; i++) {
        enum recognised how;
        size_t found = roster_find(&roster, arena, cases[i].unit, cases[i].file, &how);
        const char *name = found != SIZE_MAX ? roster.members[found].name : NULL;
        if ((name == NULL) != (cases[i].want == NULL) || strcmp(how_words[how], cases[i].how) != 0)
            printf("%s, %s: ", cases[i].unit, cases[i].file);
        CHECK_STR(name, cases[i].want);
        CHECK_STR(how_words[how], cases[i].how);
    }
}

/* -- many, and little memory -- */

static void
test_limit(void)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct text list = text_new(arena);
    for (int i = 0; i <= LIMIT_MEMBERS; i++)
        text_printf(&list, "第%d中学\n", i);
    struct roster roster;
    struct fault fault = { .where = "" };
    CHECK_INT(roster_parse(arena, (const unsigned char *)list.at, list.n, &roster, &fault), STATUS_UNSUPPORTED);
    CHECK_STR(fault.where, "单位太多：最多 200000 个");
    arena_free(arena);
}

static void
test_no_memory(void)
{
    static const char list[] = "全称,简称,截止日期\n宿迁市文旅局,\"文旅,旅游\",2026-1-31\n宿迁市科技局,,\n";
    enum status status = STATUS_MEMORY;
    for (long n = 0; n < 10000 && status == STATUS_MEMORY; n++) {
        struct arena *arena = arena_new((size_t)16 << 20);
        struct roster roster;
        arena_fail_after(arena, n);
        status = roster_parse(arena, (const unsigned char *)list, strlen(list), &roster, NULL);
        arena_free(arena);
    }
    CHECK_INT(status, STATUS_OK);
}

int
main(void)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    const struct lexicon *lexicon;
    struct fault fault = { .where = "" };
    enum status status = lexicon_load(arena, &lexicon, &fault);
    CHECK_INT(status, STATUS_OK);
    CHECK_STR(fault.where, "");
    if (status == STATUS_OK) {
        test_names(arena, lexicon);
        test_areas(lexicon);
    }
    test_bad_lexicons(arena);
    test_lists(arena);
    test_refusals(arena);
    test_files(arena);
    test_find(arena);
    test_limit();
    test_no_memory();
    arena_free(arena);
    return test_summary();
}
