#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""recalc.py PROGRAM : what a spreadsheet program makes of our workbooks. LibreOffice, told to recalculate everything on loading,
opens every cleaned workbook of samples/ and of the golden cases, and some with the sheet 与上年对比, and saves it again:
  every formula gives what we had cached; no formula gives an error; the copy reads as the original and still verifies;
  the PDF has a page for every sheet, on A4.
What people type into the blank templates is in checks.py."""
import json
import os
import re
import subprocess
import sys

import openpyxl
from trial import TESTS, expect, judge, make_inputs, run  # first: it knows where the others are
from sheets import office_convert


def check(program, files):
    _, out, _ = run(program, "check", "--json", *files)
    return [json.loads(line) for line in out.splitlines()]


def judgement(report):
    errors = sorted((f["rule"], sorted(f["keys"]), f.get("found"), f.get("expected")) for f in report["findings"] if f["severity"] == "error")
    return report["verdict"], report["unit"], report["year"], {k: v.get("value") for k, v in report["values"].items()}, json.dumps(errors)


def formulas(file):
    """(sheet, cell) -> cached value, of every formula; and the visible sheets."""
    live, cached = openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)
    found = {}
    for page in live:
        for line in page.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    found[page.title, cell.coordinate] = cached[page.title][cell.coordinate].value
    return found, [page.title for page in live if page.sheet_state == "visible"]


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) < 1e-6
    return (a or "") == (b or "")


def cleaned_workbooks(program, directory):
    """Convert everything; give the cleaned workbooks back."""
    made = os.path.join(directory, "made")
    inputs = os.path.join(directory, "in")
    make_inputs(inputs)
    status, _, errors = run(program, "convert", "-o", made, inputs)
    expect(status == 1, "convert of all samples: status %d %s" % (status, errors))
    found = []
    for folder, _, names in os.walk(made):
        found += [os.path.join(folder, name) for name in names if name.endswith(".xlsx")]
    return sorted(found)


def compared_workbooks(program, directory):
    """The same of reports that are compared with last year's: they have the sheet 与上年对比."""
    inputs, made = os.path.join(directory, "years"), os.path.join(directory, "compared")
    subprocess.run([sys.executable, os.path.join(TESTS, "cli", "years.py"), inputs], check=True)
    files = [os.path.join(inputs, name + ".xlsx") for name in ("off", "failing-now", "2021")]
    status, _, errors = run(program, "convert", "--previous", inputs, "-o", made, *files)
    expect(status == 1, "convert of three years: status %d %s" % (status, errors))
    found = sorted(os.path.join(made, name) for name in os.listdir(made) if name.endswith(".xlsx"))
    cleaned = [file for file in found if file.endswith(".校验通过.xlsx")]        # the others are the clerks' own, without the sheet
    expect(cleaned, "none of three years passes")
    for file in cleaned:
        ours, visible = formulas(file)
        live = [place for place in ours if place[0] == "与上年对比"]
        expect("与上年对比" in visible and len(live) > 300, "%s: %d formulas on 与上年对比" % (os.path.basename(file), len(live)))
    return found


def recalculated(program, books, directory):
    out = os.path.join(directory, "again")
    os.makedirs(out)
    office_convert(books, "xlsx:Calc MS Excel 2007 XML", out)
    old = os.path.join(directory, "old")
    os.makedirs(old)
    office_convert(books, "xls:MS Excel 97", old)
    for book, report in zip(books, check(program, books), strict=True):
        name = os.path.basename(book)
        ours, _ = formulas(book)
        if name.endswith(".待改.xlsx") and None in ours.values():
            continue                            # the clerk's own workbook, with formulas that nobody has calculated: here they are
        copy = os.path.join(out, name)
        theirs = openpyxl.load_workbook(copy, data_only=True)
        wrong = [(place, value, theirs[place[0]][place[1]].value) for place, value in ours.items()
                 if not same(value, theirs[place[0]][place[1]].value)]
        expect(not wrong, "%s: %d of %d formulas recalculate to something else: %s" % (name, len(wrong), len(ours), wrong[:3]))
        expect(not [v for v in ours.values() if isinstance(v, str) and v.startswith("#")], "%s: a formula gives an error" % name)
        expect(judgement(check(program, [copy])[0]) == judgement(report), "%s: saved again by LibreOffice it is judged otherwise" % name)
        as_xls = os.path.join(old, os.path.splitext(name)[0] + ".xls")
        expect(judgement(check(program, [as_xls])[0]) == judgement(report), "%s: saved as .xls it is judged otherwise" % name)
        for file, words in ((book, "as written"), (copy, "saved again")):
            status, told, errors = run(program, "verify", file)
            expect("还没有" in errors or status == 0, "%s: verify %s: status %d %s" % (name, words, status, told))


def templates(program, directory):
    """Blank workbooks with last year's numbers: what is carried over is there, its totals are live, and nothing else is read."""
    out = os.path.join(directory, "blank")
    os.makedirs(out)
    last = os.path.join(directory, "years", "last.xlsx")
    want = check(program, [last])[0]["values"]
    for form in ("2019", "2021"):
        file = os.path.join(directory, form + ".xlsx")
        run(program, "template", form, "--previous", last, "-o", file)
        office_convert([file], "xlsx:Calc MS Excel 2007 XML", out)
        before, after = check(program, [file, os.path.join(out, form + ".xlsx")])
        for answer in (before, after):
            have = {key: value["value"] for key, value in answer["values"].items() if ".carried_in." in key}
            expect(have == {key: want[key.replace("carried_in", "carried_out")]["value"] for key in have} and len(have) == 7,
                   "template %s: 上年结转 is %s" % (form, have))
            others = {key for key, value in answer["values"].items() if value["origin"] == "given" and value["value"] != "0"} - set(have)
            rules = {f["rule"] for f in answer["findings"]} - {"form-mismatch", "table-empty", "balance", "blank", "total-filled"}
            expect(not others and not rules and answer["verdict"] == "fail", "template %s: %s %s" % (form, sorted(others)[:3], rules))


def rendered(books, directory):
    out = os.path.join(directory, "pdf")
    os.makedirs(out)
    office_convert(books, "pdf", out)
    for book in books:
        name = os.path.splitext(os.path.basename(book))[0]
        info = subprocess.run(["pdfinfo", os.path.join(out, name + ".pdf")], stdout=subprocess.PIPE).stdout.decode()
        pages = int(re.search(r"Pages:\s*(\d+)", info)[1])
        _, visible = formulas(book)
        most = len(visible) + (12 if name.endswith("待改") else 6)          # the clerk's own sheets print as they did
        expect(len(visible) <= pages <= most, "%s: %d pages for %d sheets" % (name, pages, len(visible)))
        expect("A4" in info, "%s: not on A4" % name)
        text = subprocess.run(["pdftotext", "-layout", os.path.join(out, name + ".pdf"), "-"], stdout=subprocess.PIPE).stdout.decode()
        expect("###" not in text, "%s: a column is too narrow for its number" % name)
        legal = [page for page in visible if page[:1] in "二三四"]
        first = {"二": "信息内容", "三": "申请人情况", "四": "复议后起诉"}
        expect(all(first[page[:1]] in text for page in legal), "%s: a table is not on the paper" % name)


def test(program, directory):
    books = cleaned_workbooks(program, directory) + compared_workbooks(program, directory)
    expect(len(books) >= 15, "only %d cleaned workbooks" % len(books))
    recalculated(program, books, directory)
    rendered(books, directory)
    templates(program, directory)


if __name__ == "__main__":
    sys.exit(judge(test, sys.argv[1]))
