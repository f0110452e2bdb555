#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_samples.py [--check] [--office] : the workbooks of samples/, made from the published reports in tests/data/reports.

The same run gives the same bytes. 宿迁市2023.xls is saved by LibreOffice, whose bytes are not the same twice: it is written only with
--office and kept in the repository. --check compares instead of writing. make_samples.py --cases DIR writes the workbooks of
tests/golden/ (inputs that are not kept) into DIR."""
import os
import random
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "judge"))
from forms import FORMS, TABLES                     # noqa: E402
from reports import load, random_report             # noqa: E402
from sheets import office_convert, xls_bytes, xlsx_bytes   # noqa: E402
import workbooks                                    # noqa: E402
from workbooks import Book, Options, Painter, build, formulas       # noqa: E402

SAMPLES = os.path.join(HERE, "..", "samples")

# How 朔州市科技局 printed its labels.
SEED = {
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": "(本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和)",
    "（一）予以公开": "(一) 予以公开", "（三）不予公开": "(三) 不予公开", "（四）无法提供": "(四) 无法提供", "（五）不予处理": "(五) 不予处理",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)",
    "（六）其他处理": "(六) 其他处理", "（七）总计": "(七) 总计",
    "结果维持": "结果\n维持", "结果纠正": "结果\n纠正", "其他结果": "其他\n结果", "尚未审结": "尚\n未\n审\n结",
}


class Printed(Painter):
    """Labels as one particular report printed them."""
    labels = SEED

    def label(self, sheet, row, column, text, rows=1, columns=1):
        text = self.labels.get(text, text)
        if self.labels is SEED and text[:1].isdigit():
            text = text.replace(".", ". ", 1)
        if self.labels is SEED and text == "总计" and sheet.cells.get((row, column - 1)) == "尚\n未\n审\n结":
            text = "总\n计"
        super().label(sheet, row, column, text, rows, columns)


def one_sheet(report, labels=None, head=None, **chosen):
    """Title, then the three tables one under the other."""
    options, book = Options(random.Random(1), **chosen), Book(report)
    painter = Printed(book, report, options)
    painter.labels = labels or {}
    sheet = book.add(workbooks.Sheet("年度报告"))
    sheet.put(0, 0, head or "%s%d年政府信息公开工作年度报告" % (report.unit, report.year))
    row = 2
    for table in TABLES:
        sheet.put(row, 0, FORMS[report.forms[table]].title[table])
        row = getattr(painter, table)(sheet, row + 1, 0) + 1
    workbooks.expect(book, options)
    return book


def three_sheets(report, labels=None, **chosen):
    options, book = Options(random.Random(1), **chosen), Book(report)
    painter = Printed(book, report, options)
    painter.labels = labels or {}
    for table, name in zip(TABLES, ("二、主动公开", "三、依申请公开", "四、复议诉讼")):
        sheet = book.add(workbooks.Sheet(name))
        sheet.put(0, 0, "%s%d年政府信息公开工作年度报告" % (report.unit, report.year))
        sheet.put(1, 0, FORMS[report.forms[table]].title[table])
        getattr(painter, table)(sheet, 2, 0)
    if options.formulas:
        formulas(book)
    workbooks.expect(book, options)
    return book


def suqian_slips():
    """宿迁市2023 as a tired clerk might type it."""
    report = load("suqian_shi_2023")
    report.raw.update({
        "requests.granted.natural_person": "1157",           # 1175 with two digits swapped
        "requests.refused.third_party.total": "83",          # 38
        "requests.carried_out.natural_person": "",           # forgotten: 118
        "requests.unavailable.not_held.enterprise": "74件",
        "requests.other.other.legal_services": "约1",        # not a number
        "disputes.reconsideration.total": "404",             # 440
        "disclosure.fees.amount": "592372449元",
    })
    return report


def shuyang_dispute():
    report = load("shuyang_fgj_2023")
    report.raw["disputes.reconsideration.total"] = "0"
    return report


def shanghai():
    return load("shanghai_bgt_2019")


def samples():
    """file name -> Book, in a fixed order."""
    noisy = load("suqian_shi_2023")
    noisy.raw.update({"disclosure.normative_documents.repealed": "４８９", "disclosure.licensing.decisions": "1,808,595",
                      "disclosure.coercion.decisions": "20163件", "disclosure.fees.amount": "59237.2449 万元"})
    shuyang = load("shuyang_fgj_2023")
    shuyang.raw = {key: " " if text == "" else text for key, text in shuyang.raw.items()}
    return {
        "朔州市科技局2020.xlsx": one_sheet(load("shuozhou_kjj_2020"), SEED, "朔州市科技局 2020 年政府信息公开工作 年度报告",
                                     first_column=True, tall_total=True),
        "洪泽区2023.xlsx": three_sheets(load("hongze_qu_2023"), {"2.其他法律行政法规禁止公开": "2.其他法律行政止公开"}, vertical=True),
        "上海市政府办公厅2019.xlsx": one_sheet(shanghai(), {"本年新制作数量": "本年新\n制作数量"}, grid5=True),
        "沭阳县发改局2023.xlsx": three_sheets(shuyang, {"行政规范性文件": "规范性文件"}),
        "宿迁市2023.xls": three_sheets(load("suqian_shi_2023"), formulas=True),
        "宿迁市2023多处笔误.xlsx": three_sheets(suqian_slips()),
        "沭阳县发改局2023表四总计漏填.xlsx": three_sheets(shuyang_dispute(), {"行政规范性文件": "规范性文件"}, note=True),
        "宿迁市2023手工录入.xlsx": build("noisy", noisy, random.Random(20), cover=True),
    }


# Inputs of tests/golden/: built when they are needed.

def cases():
    rng = random.Random(7)
    base = load("suqian_shi_2023")

    def changed(report=base, **values):
        copy = report.copy()
        copy.raw.update({key.replace("__", "."): text for key, text in values.items()})
        return copy

    untouched = base.copy()
    untouched.raw = {key: "" for key in untouched.raw}
    zero = base.copy()
    zero.raw = {key: "0" for key in zero.raw}
    nameless = three_sheets(base)
    for sheet in nameless.sheets:
        del sheet.cells[0, 0]
    units = changed(load("shuozhou_kjj_2020"), **{
        "disclosure__licensing__previous_items": "22（其中修订 16 件）", "disclosure__licensing__change": "增10",
        "disclosure__other_services__change": "减2", "disclosure__procurement__amount": "251000元"})
    bare = changed(load("shuozhou_kjj_2020"), disclosure__procurement__amount="180774.8")
    trouble = changed(requests__granted__natural_person="见附件", requests__received__research="#REF!",
                      disputes__reconsideration__upheld="=?", requests__carried_in__enterprise="3.5", requests__carried_out__other_org="-1")
    two = build("legal", base, rng, older=True)
    without = three_sheets(base)
    without.sheets.pop()
    missing_row = build("legal", base, rng, drop="refused.internal_affairs")
    twice = build("legal", base, rng, twice="granted")
    return {"blank-template": three_sheets(untouched), "all-zero": three_sheets(zero), "no-year-no-unit": nameless,
            "units-in-cells": three_sheets(units), "money-without-unit": three_sheets(bare), "cells-without-numbers": three_sheets(trouble),
            "two-years": two, "table-missing": without, "row-missing": missing_row, "row-twice": twice,
            "random-2025": build("onesheet", random_report(rng, 2025), rng)}


def data(name, book):
    return xls_bytes(book.sheets) if name.endswith(".xls") else xlsx_bytes(book.sheets)


def write_office_xls(path, book):
    with tempfile.TemporaryDirectory() as directory:
        source = os.path.join(directory, os.path.splitext(os.path.basename(path))[0] + ".xlsx")
        with open(source, "wb") as out:
            out.write(xlsx_bytes(book.sheets))
        os.mkdir(os.path.join(directory, "out"))
        office_convert([source], "xls:MS Excel 97", os.path.join(directory, "out"))
        shutil.copy(os.path.join(directory, "out", os.path.basename(path)), path)


def main(arguments):
    if "--cases" in arguments:
        directory = arguments[arguments.index("--cases") + 1]
        for name, book in cases().items():
            with open(os.path.join(directory, name + ".xlsx"), "wb") as out:
                out.write(data(name, book))
        return 0
    differing = []
    for name, book in samples().items():
        path = os.path.join(SAMPLES, name)
        if name.endswith(".xls"):
            if "--office" in arguments:
                write_office_xls(path, book)
            continue
        want = data(name, book)
        if "--check" in arguments:
            if not os.path.exists(path) or open(path, "rb").read() != want:
                differing.append(name)
        else:
            with open(path, "wb") as out:
                out.write(want)
    for name in differing:
        print("%s is not what make_samples.py writes" % name, file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
