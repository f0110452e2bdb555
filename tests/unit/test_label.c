/* SPDX-License-Identifier: MIT */
/* Labels as people write them, against the labels the law prints: which are the same row, and which must never be taken for each other. */
#include "label.h"

#include "test.h"

static double
likeness(const char *printed, const char *written)
{
    struct label_key p, w;
    label_key(printed, &p);
    label_key(written, &w);
    return label_likeness(&p, &w);
}

static const struct { const char *printed, *written; } same[] = {
    { "（一）予以公开", "(一) 予以公开" },
    { "（一）予以公开", "一、予以公开" },
    { "（一）予以公开", "予以公开" },
    { "三、本年度办理结果", "三\n、本\n年\n度办\n理\n结果" },
    { "3.危及“三安全一稳定”", "3、危及三安全一稳定" },
    { "3.危及“三安全一稳定”", "3．危及\"三安全一稳定\"" },
    { "2.其他法律行政法规禁止公开", "2.其他法律行政止公开" },
    { "2.没有现成信息需要另行制作", "2.没有现成信息需要另行制\n作" },
    { "规章", "规章(设区的市、自治州人民政府应提供相关数据)" },
    { "本年增/减", "本年增／减" },
    { "本年增/减", "本年增/减(指2020年增加或减少的事项数,减用负值表示,如-8)" },
    { "本年收费金额（单位：万元）", "本年收费金额" },
    { "本年收费金额（单位：万元）", "本年收费金额(单位:万元)" },
    { "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)" },
    { "1.属于国家秘密", "1. 属于国家秘密" },
    { "总计", "总 计" },
    { "商业企业", "商 业\r\n企 业" },
    { "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1、申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请" },
    { "（七）总计", "(七)总计" },
    { "现行有效件数", "现行有效件" },
    { "第二十条第（一）项", "第二十条  第(一)项" },
};

static const struct { const char *printed, *written; } different[] = {
    { "行政许可", "行政处罚" },       { "行政许可", "行政强制" },       { "结果维持", "结果纠正" },
    { "其他", "其他处理" },           { "其他", "其他结果" },           { "3.其他", "（六）其他处理" },
    { "总计", "小计" },               { "7.属于行政执法案卷", "8.属于行政查询事项" },
    { "一、本年新收政府信息公开申请数量", "三、收到和处理政府信息公开申请情况" },
    { "自然人", "法人或其他组织" },   { "规章", "规范性文件" },         { "总计", "12" },
    { "总计", "" },                   { "5.属于三类内部事务信息", "6.属于四类过程性信息" },
};

int
main(void)
{
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        if (likeness(same[i].printed, same[i].written) < LABEL_ALIKE)
            printf("# %s / %s\n", same[i].printed, same[i].written);
        CHECK(likeness(same[i].printed, same[i].written) >= LABEL_ALIKE);
    }
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        if (likeness(different[i].printed, different[i].written) >= LABEL_ALIKE)
            printf("# %s / %s\n", different[i].printed, different[i].written);
        CHECK(likeness(different[i].printed, different[i].written) < LABEL_ALIKE);
    }
    struct label_key key;
    static const struct { const char *text; int ordinal; unsigned n; } ordinals[] = {
        { "（三）不予公开", 3, 4 }, { "12.某项", 12, 2 }, { "十一、某项", 11, 2 }, { "一稳定", 0, 3 }, { "2020年", 0, 5 }, { "3", 0, 1 },
        { "1属于国家秘密", 1, 6 }, { "（一", 0, 1 },
    };
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++) {
        label_key(ordinals[i].text, &key);
        CHECK_INT(key.ordinal, ordinals[i].ordinal);
        CHECK_INT((int)key.n, (int)ordinals[i].n);
    }
    return test_summary();
}
