#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""judge.py PROGRAM [--seed N] [--count N] [--convert N] [--office] [--keep DIR]

Makes reports (published, random, with slips), lays each out in every way the judge knows, lets PROGRAM check them, and compares every
value and every finding with the calculator, which knows the form only from tests/data/keys-*.tsv. A part of the books is converted too:
the cleaned workbook must show every value under the legal label, and must be judged as its input was."""
import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

import openpyxl

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")]
import make_samples                                  # noqa: E402
from calculator import calculate, text_of            # noqa: E402
from cleaned import Cleaned                          # noqa: E402
from forms import FORMS, TABLES                      # noqa: E402
from reports import load_all, other_form, random_report, spoil   # noqa: E402
from sheets import office_convert, openpyxl_bytes, xls_bytes, xlsx_bytes   # noqa: E402
from workbooks import build, file_name               # noqa: E402

ARITHMETIC = ("row-total", "closed-total", "balance", "dispute-total")
CELLS = ("not-a-number", "cell-error", "formula-no-value", "not-whole", "negative")
STRUCTURE = ("table-missing", "row-missing", "column-missing", "row-duplicate", "table-duplicate", "form-mismatch", "table-empty")
TRAPS = ("subtotal_rows", "subtotal_column", "grid5", "first_column", "vertical", "low_header", "note", "cover", "hidden", "tall_total", "signatures", "text",
         "blank_rows", "blank_column", "serial", "remarks")


class Case:
    def __init__(self, name, file, book, chosen):
        self.name, self.file, self.book, self.chosen = name, file, book, chosen
        self.forms = {t: (None if chosen.get("drop") == t else f) for t, f in book.report.forms.items()}
        self.raw = {key: book.report.raw[key] for key in book.where}
        self.answer = calculate(self.raw, self.forms)

    def verdict(self):
        arithmetic, cells = self.answer.errors()
        hard = [rule for rule in self.book.structure if rule in STRUCTURE]
        return "fail" if arithmetic or cells or hard else "pass"


class Judge:
    def __init__(self, program, show=25):
        self.program, self.passed, self.failed, self.left, self.kinds = program, 0, 0, show, {}

    def report(self, case, problems):
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        for problem in problems:
            kind = problem.split(":")[0]
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if self.left > 0:
            self.left -= 1
            print("FAIL %s (%s)" % (case.name, case.file), file=sys.stderr)
            for problem in problems[:6]:
                print("     " + problem, file=sys.stderr)

    def run(self, arguments):
        done = subprocess.run([self.program] + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        lines = [line for line in done.stdout.decode("utf-8").split("\n") if line]
        return done.returncode, [json.loads(line) for line in lines], done.stderr.decode("utf-8", "replace")


# Cases

def write(book, path, rng, kind):
    """kind: own, openpyxl, xls. Unusual but lawful packages come from our own writer."""
    if kind == "xls":
        data = xls_bytes(book.sheets)
    elif kind == "openpyxl":
        data = openpyxl_bytes(book.sheets)
    else:
        data = xlsx_bytes(book.sheets, {
            "inline": rng.random() < 0.3, "prefix": rng.choice(["", "", "", "x"]), "absolute": rng.random() < 0.3, "stored": rng.random() < 0.1,
            "base": rng.choice(["xl/worksheets/sheet%d.xml", "xl/worksheets/sheet%d.xml", "xl/pages/p%d.xml"]),
            "dimension": rng.choice([None, None, "A1", "A1:A1", "A1:Z90"])})
    with open(path, "wb") as out:
        out.write(data)


def traps(rng):
    chosen = {name: True for name in TRAPS if rng.random() < 0.12}
    place = rng.random()
    if place < 0.15:
        chosen["cover"] = True
    elif place < 0.25:
        chosen["file_name"] = True
        chosen.pop("cover", None)
    if rng.random() < 0.12:
        chosen["older"] = True
    return chosen


def damage(rng, report):
    """Something of the legal table is left out or stands twice."""
    rows = [row for _, row, _ in FORMS[report.forms["requests"]].request_rows()]
    return rng.choice([{"drop": rng.choice(rows)}, {"drop": rng.choice(["research", "enterprise", "other_org", "total"])},
                       {"drop": rng.choice(TABLES)}, {"twice": rng.choice(rows)}])


def make_reports(rng, count):
    published = list(load_all().items())
    for number in range(count):
        if number < len(published):
            yield published[number]
        elif number % 5 == 0:
            name, report = rng.choice(published)
            yield name + "-slips", spoil(rng, report.copy(), rng.randrange(1, 4))
        else:
            report = random_report(rng)
            if rng.random() < 0.1:
                other_form(rng, report)
            yield "random", spoil(rng, report, rng.choice([0, 0, 1, 1, 2, 5]))


def make_cases(rng, count, directory):
    cases = []
    for number, (name, report) in enumerate(make_reports(rng, count)):
        for layout in ("legal", "onesheet", "noisy", "formulas", "legal"):
            chosen = traps(rng) if number >= 5 else {}
            if number >= 5 and rng.random() < 0.06:
                chosen.update(damage(rng, report))
            if chosen.get("drop") and layout == "noisy":
                chosen.pop("first_column", None)
            book = build(layout, report, rng, **chosen)
            kind = rng.choice(["own", "own", "own", "openpyxl", "xls"])
            awkward = any(raw == "=?" or raw.startswith("#") for raw in report.raw.values())
            if layout == "formulas" or awkward and kind == "openpyxl" or "=?" in report.raw.values():
                kind = "own"
            at = os.path.join(directory, "k%05d" % len(cases))
            os.mkdir(at)
            stem = file_name(book, chosen.get("file_name")) or "k%05d" % len(cases)
            path = os.path.join(at, stem + (".xls" if kind == "xls" else ".xlsx"))
            write(book, path, rng, kind)
            cases.append(Case("%s/%s/%s %s" % (name, layout, kind, " ".join("%s=%s" % pair for pair in sorted(chosen.items()))), path, book, chosen))
    return cases


def sample_cases():
    """The committed workbooks of samples/, as make_samples.py says they are."""
    here = os.path.realpath(make_samples.SAMPLES)
    return [Case("samples/" + name, os.path.join(here, name), book, {}) for name, book in make_samples.samples().items()]


# Comparing one answer of the program

def arithmetic(findings):
    return {(f["rule"], frozenset(f["keys"]), f.get("found"), f.get("expected"), f.get("difference"))
            for f in findings if f["rule"] in ARITHMETIC}


def cell_errors(findings):
    out = {}
    for finding in findings:
        if finding["rule"] in CELLS:
            out.setdefault(finding["rule"], set()).update(finding["keys"])
    return {(rule, frozenset(keys)) for rule, keys in out.items()}


def keys_of(findings, *rules):
    return {key for f in findings if f["rule"] in rules for key in f.get("keys", [])}


def show(items):
    items = sorted(str(item) for item in items)
    return "; ".join(items[:3]) + (" … %d" % len(items) if len(items) > 3 else "")


def compare_values(case, got):
    problems, want = [], case.answer
    empty = {t for t in want.cells.get("table-empty", ())}
    for key, value in want.values.items():
        entry = got["values"].get(key)
        if want.origin[key] == "missing":
            if entry is not None and (entry.get("origin") != "missing" or "value" in entry):
                problems.append("missing key has a value: %s %s" % (key, entry))
            continue
        if entry is None:
            problems.append("no such value: " + key)
            continue
        if entry.get("value") != value and not (key.split(".")[0] in empty and case.book.missing):
            problems.append("value: %s is %s, not %s (written %r)" % (key, entry.get("value"), value, case.raw[key]))
        if key.split(".")[0] in empty:
            continue                         # nothing says which of the empty rows was meant
        sheet, row, column = case.book.where[key]
        ref = sheet.ref(row, column).rsplit("!", 1)[1]
        if entry.get("sheet") != sheet.name or entry.get("cell") != ref:
            problems.append("place: %s at %s!%s, not %s!%s" % (key, entry.get("sheet"), entry.get("cell"), sheet.name, ref))
        elif value is not None and entry.get("origin") != want.origin[key]:
            problems.append("origin: %s is %s, not %s" % (key, entry.get("origin"), want.origin[key]))
    extra = set(got["values"]) - set(want.values)
    extra = {key for key in extra if case.forms.get(key.split(".")[0]) or got["values"][key].get("origin") != "missing"}
    if extra:
        problems.append("unknown keys: " + show(extra))
    return problems


def compare_findings(case, got):
    problems, findings = [], got["findings"]
    errors = [f for f in findings if f["severity"] == "error"]
    want_arithmetic, want_cells = case.answer.errors()
    want_cells = {pair for pair in want_cells if pair[0] != "table-empty"}
    have_arithmetic, have_cells = arithmetic(errors), cell_errors(errors)
    for label, want, have in (("arithmetic", want_arithmetic, have_arithmetic), ("cells", want_cells, have_cells)):
        if want - have:
            problems.append("%s not found: %s" % (label, show(want - have)))
        if have - want:
            problems.append("%s not expected: %s" % (label, show(have - want)))
    structure = {rule: count for rule, count in case.book.structure.items() if rule in STRUCTURE}
    if "table-empty" in case.answer.cells:
        structure["table-empty"] = len(case.answer.cells["table-empty"])
    for rule in STRUCTURE:
        have = sum(f["rule"] == rule for f in errors)
        if have != structure.get(rule, 0):
            problems.append("structure: %d %s, not %d" % (have, rule, structure.get(rule, 0)))
    known = set(ARITHMETIC + CELLS + STRUCTURE)
    problems += ["other error: %s %s" % (f["rule"], f.get("message")) for f in errors if f["rule"] not in known]
    return problems + compare_notes(case, got) + compare_terms(case, errors)


def compare_terms(case, errors):
    want = {finding.tuple(): finding for finding in case.answer.findings}
    problems = []
    for f in errors:
        expected = want.get((f["rule"], frozenset(f["keys"]), f.get("found"), f.get("expected"), f.get("difference")))
        if expected is None or f["rule"] not in ARITHMETIC:
            continue
        if f["rule"] != "balance" and set(f.get("terms", [])) != set(expected.terms):
            problems.append("terms: %s %s has %s" % (f["rule"], show(expected.keys), show(f.get("terms", []))))
        cells = {case.book.where[key][0].ref(*case.book.where[key][1:]).replace("'", "") for key in f["keys"]}
        if {cell.replace("'", "") for cell in f["cells"]} != cells:
            problems.append("cells: %s has %s, not %s" % (f["rule"], f["cells"], show(cells)))
        if not f.get("message") or not f.get("path"):
            problems.append("words: %s without message or path" % f["rule"])
    return problems


def compare_notes(case, got):
    """Warnings and notes the calculator knows of; others are the program's own."""
    problems, findings, cells = [], got["findings"], case.answer.cells
    empty = cells.get("table-empty", set())
    for rules, want in ((("blank",), cells.get("blank", set())), (("total-filled",), cells.get("total-filled", set())),
                        (("change-below-zero",), cells.get("change-below-zero", set())),
                        (("published-over-total",), cells.get("published-over-total", set()))):
        have = keys_of(findings, *rules)
        have = {key for key in have if key.split(".")[0] not in empty and case.answer.values[key] is not None}
        want = {key for key in want if key.split(".")[0] not in empty and case.answer.values[key] is not None}
        rows = rules[0] in ("change-below-zero", "published-over-total")
        if rows:
            have, want = ({key.rsplit(".", 1)[0] for key in keys} for keys in (have, want))
        if have != want:
            problems.append("%s: not found %s, not expected %s" % (rules[0], show(want - have), show(have - want)))
    unit = keys_of(findings, "unit-text")
    want = cells.get("unit-text", set()) | cells.get("unit-converted", set())
    if not want <= unit:
        problems.append("unit-text: not found %s" % show(want - unit))
    converted = {key for f in findings if f["rule"] == "unit-text" and f["severity"] == "warning" for key in f["keys"]}
    if cells.get("unit-converted", set()) != converted:
        problems.append("unit-text warning: %s, not %s" % (show(converted), show(cells.get("unit-converted", set()))))
    for rule in ("table-ignored", "row-unknown"):
        expected = case.book.structure.get(rule, 0)
        if expected is not None and bool(expected) != any(f["rule"] == rule for f in findings):
            problems.append("note: %s expected %s" % (rule, bool(expected)))
    return problems


def compare_suspects(case, got):
    """Each suspect alone must make every judgeable equation of its table hold."""
    problems = []
    for suspect in got.get("suspects", []):
        raw = dict(case.raw)
        for change in suspect["changes"]:
            now = got["values"][change["key"]].get("value")
            if change["from"] != now:
                problems.append("suspect: from %s, but the value is %s" % (change["from"], now))
            raw[change["key"]] = change["to"]
        tables = {change["key"].split(".")[0] for change in suspect["changes"]}
        left = [f for f in calculate(raw, case.forms).findings if f.keys[0].split(".")[0] in tables]
        if left:
            problems.append("suspect: %s leaves %s" % (suspect["changes"], left[0].tuple()))
    return problems


def compare(case, got):
    problems = []
    if got.get("schema") != "nianbao.report/1":
        problems.append("schema: %s" % got.get("schema"))
    if got.get("error"):
        return ["unreadable: %s" % got["error"]]
    if got["verdict"] != case.verdict():
        problems.append("verdict: %s, not %s" % (got["verdict"], case.verdict()))
    if got["year"] != case.book.year:
        problems.append("year: %s, not %s" % (got["year"], case.book.year))
    if got["unit"] != case.book.unit:
        problems.append("unit: %s, not %s" % (got["unit"], case.book.unit))
    for severity in ("error", "warning", "note"):
        if got["counts"][severity] != sum(f["severity"] == severity for f in got["findings"]):
            problems.append("counts: %s" % severity)
    for table, form in case.forms.items():
        told = got["tables"].get(table, {}).get("form")
        if form and table != "disputes" and told != form:
            problems.append("form: %s is read as %s, not %s" % (table, told, form))
    with open(case.file, "rb") as data:
        if got["sha256"] != hashlib.sha256(data.read()).hexdigest():
            problems.append("sha256: not that of the input, or the input was changed")
    return problems + compare_values(case, got) + compare_findings(case, got) + compare_suspects(case, got)


def check(judge, cases):
    """`check --json` of all cases in batches."""
    answers = {}
    for start in range(0, len(cases), 200):
        batch = cases[start:start + 200]
        status, lines, errors = judge.run(["check", "--json"] + [case.file for case in batch])
        by_file = {line["file"]: line for line in lines}
        if [line["file"] for line in lines] != [case.file for case in batch]:
            print("FAIL one JSON line per input, in input order: %d lines for %d files; %s" % (len(lines), len(batch), errors[-300:]), file=sys.stderr)
            judge.failed += 1
        if status != max(0 if case.verdict() == "pass" else 1 for case in batch) and not judge.failed:
            print("FAIL exit status %d" % status, file=sys.stderr)
            judge.failed += 1
        for case in batch:
            got = by_file.get(case.file)
            answers[case.file] = got
            judge.report(case, ["no answer: nothing came back"] if got is None else compare(case, got))
    return answers


# Converting

def same_judgement(case, first, second):
    problems = []
    if second.get("error"):
        return ["again unreadable: %s" % second["error"]]
    if first["verdict"] != second["verdict"]:
        problems.append("again verdict: %s, was %s" % (second["verdict"], first["verdict"]))
    if (first["unit"], first["year"]) != (second["unit"], second["year"]):
        problems.append("again unit or year: %s %s" % (second["unit"], second["year"]))
    for key, entry in first["values"].items():
        other = second["values"].get(key, {})
        if entry.get("value") != other.get("value"):
            problems.append("again value: %s is %s, was %s" % (key, other.get("value"), entry.get("value")))
    def all_errors(report):
        errors = [f for f in report["findings"] if f["severity"] == "error"]
        rest = {(f["rule"], frozenset(f.get("keys", []))) for f in errors if f["rule"] in STRUCTURE}
        return arithmetic(errors) | cell_errors(errors) | rest
    if all_errors(first) != all_errors(second):
        gone, come = all_errors(first) - all_errors(second), all_errors(second) - all_errors(first)
        problems.append("again errors: gone %s, new %s" % (show(gone), show(come)))
    return problems


def compare_cleaned(case, got, book):
    problems, cleaned = [], Cleaned(book, case.forms)
    for key, value in case.answer.values.items():
        if case.answer.origin[key] == "missing":
            continue
        if key not in cleaned.place:
            problems.append("cleaned: no cell for " + key)
            continue
        have = cleaned.value[key]
        derived = FORMS[case.forms[key.split(".")[0]]].by_name[key].derived
        if key.split(".")[0] in case.answer.cells.get("table-empty", ()):
            if have is not None and not (derived and have == 0):
                problems.append("cleaned: %s of an empty table is %r: nobody could tell it was empty" % (key, have))
            continue
        number = isinstance(have, (int, float)) and not isinstance(have, bool)
        if value is None and number or value is not None and (not number or text_of(Decimal(repr(have))) != value):
            problems.append("cleaned value: %s is %r, not %s" % (key, have, value))
        formula = isinstance(cleaned.content[key], str) and cleaned.content[key].startswith("=")
        right, wrong = key in case.answer.right, key in case.answer.wrong
        if right and not wrong and not formula and key not in case.answer.open:
            problems.append("cleaned: the total %s is right or was blank, but is no formula" % key)
        if formula and not right and case.answer.origin[key] == "given":
            problems.append("cleaned: %s became a formula, though nothing says that the typed number is right" % key)
        if got["verdict"] == "pass" and cleaned.comment[key] is not None:
            problems.append("cleaned: a passing workbook has a comment at " + key)
    return problems


def compare_own(case, got, book):
    """What is given back of a failing .xlsx is that file: every cell as it was, and marks where errors are."""
    problems, before, now = [], openpyxl.load_workbook(case.file), openpyxl.load_workbook(book)
    if now.sheetnames != before.sheetnames + ["校验结果", "nianbao"]:
        return ["own: sheets are %s" % now.sheetnames]
    for page in before:
        for line in page.iter_rows():
            for cell in line:
                if now[page.title][cell.coordinate].value != cell.value:
                    problems.append("own: %s!%s is %r" % (page.title, cell.coordinate, now[page.title][cell.coordinate].value))
    for finding in got["findings"]:
        for place in finding["cells"] if finding["severity"] == "error" and finding.get("keys") else ():
            sheet, _, address = place.rpartition("!")
            sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
            if ":" in address:
                continue
            page = now[sheet]
            corner = next((a.coord.split(":")[0] for a in page.merged_cells.ranges if address in a), address)
            if page[corner].fill.fgColor.rgb != "FFFFC7CF" or page[corner].comment is None and len(finding["cells"]) <= 12:
                problems.append("own: %s is not marked" % place)
    return problems


def convert(judge, cases, answers, directory):
    for case in cases:
        out = os.path.join(directory, os.path.basename(os.path.dirname(case.file)))
        os.makedirs(out)
        case.out = out
    done = {}
    for case in cases:
        status, lines, _ = judge.run(["convert", "--json", "-o", case.out, case.file])
        done[case.file] = (status, lines[0] if len(lines) == 1 else None)
    again = {}
    books = [f for case in cases for f in outputs(case, ".xlsx")]
    if books:
        _, lines, _ = judge.run(["check", "--json"] + books)
        again = {line["file"]: line for line in lines}
    for case in cases:
        judge.report(case, judge_conversion(case, done[case.file], answers.get(case.file), again))


def outputs(case, ending):
    return sorted(os.path.join(case.out, name) for name in os.listdir(case.out) if name.endswith(ending))


def judge_conversion(case, done, checked, again):
    status, got = done
    if got is None or checked is None or got.get("error"):
        return ["convert: no answer, status %d" % status]
    problems = []
    if status != (0 if case.verdict() == "pass" else 1):
        problems.append("convert: status %d" % status)
    books, texts = outputs(case, ".xlsx"), outputs(case, ".txt")
    stem = os.path.splitext(os.path.basename(case.file))[0]
    ending = ".校验通过.xlsx" if got["verdict"] == "pass" else ".待改.xlsx"
    if [os.path.basename(f) for f in books + texts] != [stem + ending, stem + ".摘要.txt"]:
        return problems + ["convert: outputs are %s" % (books + texts)]
    if sorted(os.path.abspath(f) for f in got["outputs"]) != sorted(books + texts):
        problems.append("convert: outputs told are %s" % got["outputs"])
    with open(texts[0], encoding="utf-8") as lines:
        if not lines.readline().startswith("没有改动您的文件"):
            problems.append("summary: first line")
    own = got["verdict"] == "fail" and case.file.endswith(".xlsx")
    problems += compare_own(case, got, books[0]) if own else compare_cleaned(case, got, books[0])
    return problems + (same_judgement(case, checked, again[books[0]]) if books[0] in again else ["again: not read"])


def through_office(rng, judge, cases, directory):
    """A part of the books saved again by LibreOffice, as .xlsx and .xls: formulas with its cached values, its own merges and styles."""
    chosen = [case for case in cases if "=?" not in case.raw.values() and not case.chosen.get("file_name")]
    chosen = rng.sample(chosen, min(40, len(chosen)))
    again = []
    for number, target in enumerate(("xls:MS Excel 97", "xlsx:Calc MS Excel 2007 XML")):
        part = chosen[number::2]
        out = os.path.join(directory, "office-" + target[:4].strip(":"))
        os.mkdir(out)
        office_convert([case.file for case in part if case.file], target, out)
        for case in part:
            other = Case(case.name + " by LibreOffice " + target, case.file, case.book, case.chosen)
            other.file = os.path.join(out, os.path.splitext(os.path.basename(case.file))[0] + "." + target.split(":")[0])
            again.append(other)
    check(judge, again)


# Last year

def next_year(rng, last):
    """A report of the year after, which agrees with last year's in some things."""
    now = random_report(rng, last.year + 1)
    now.unit = last.unit
    same_form = now.forms == last.forms
    for key in now.keys("requests"):
        if key.row_key == "carried_in" and rng.random() < 0.6:
            now.raw[key.name] = last.raw[key.name.replace("carried_in", "carried_out")]
    for row in ("regulations", "normative_documents"):
        name = "disclosure.%s.in_force" % row
        if name in now.raw and name in last.raw and rng.random() < 0.6:
            made, repealed = (int(now.raw["disclosure.%s.%s" % (row, column)]) for column in ("made", "repealed"))
            now.raw[name] = str(max(0, int(last.raw[name]) + made - repealed))
    if same_form and rng.random() < 0.3:
        now.raw.update({key.name: last.raw[key.name] for key in now.keys("requests")})
    return now


def number_in(report, key):
    """A number of a made report; None where its form does not have it."""
    return Decimal(re.sub("万元$", "", report.raw[key])) if key in report.raw else None


def items(last, now):
    """上一年项目数量 is last year's with last year's change."""
    keys = [key.name for key in now.keys("disclosure") if key.column_key == "previous_items" and key.name in last.raw]
    return {key for key in keys if number_in(now, key) != number_in(last, key) + number_in(last, key.replace("previous_items", "change"))}


def pending(last, now):
    """What was 尚未审结 is in this year's 总计."""
    keys = [key.name for key in now.keys("disputes") if key.column_key == "total"]
    return {key for key in keys if number_in(now, key) < number_in(last, key.replace(".total", ".pending"))}


def leaps(last, now):
    keys = [key.name for key in now.keys("disclosure") if key.kind == "money" and key.name in last.raw]
    return {key for key in keys if 0 < number_in(last, key) * 1000 <= number_in(now, key)}


def compare_years(last, now, got):
    problems = []
    carried = {key.name for key in now.keys("requests") if key.row_key == "carried_in"
               and now.raw[key.name] != last.raw[key.name.replace("carried_in", "carried_out")]}
    for severity, want in (("warning", {k for k in carried if k.endswith(".total")}), ("note", {k for k in carried if not k.endswith(".total")})):
        have = {key for f in got["findings"] if f["rule"] == "carry-over" and f["severity"] == severity for key in f["keys"]}
        if have != want:
            problems.append("carry-over %s: %s, not %s" % (severity, show(have), show(want)))
    want = set()
    for row in ("regulations", "normative_documents"):
        name = "disclosure.%s.in_force" % row
        if name in now.raw and name in last.raw:
            made, repealed = (int(now.raw["disclosure.%s.%s" % (row, column)]) for column in ("made", "repealed"))
            if int(now.raw[name]) != int(last.raw[name]) + made - repealed:
                want.add(name)
    have = {key for key in keys_of(got["findings"], "in-force") if key.endswith(".in_force")}
    if have != want:
        problems.append("in-force: %s, not %s" % (show(have), show(want)))
    for rule, keys in (("previous-items", items(last, now)), ("pending-carried", pending(last, now)), ("unit-unclear", leaps(last, now))):
        if keys_of(got["findings"], rule) != keys:
            problems.append("%s: %s, not %s" % (rule, show(keys_of(got["findings"], rule)), show(keys)))
    same = now.forms == last.forms and all(now.raw[key.name] == last.raw[key.name] for key in now.keys("requests"))
    if same != any(f["rule"] == "same-as-last-year" for f in got["findings"]):
        problems.append("same-as-last-year: expected %s" % same)
    return problems


def compare_sheet(last, now, path):
    """与上年对比 of the cleaned workbook, line by line: this year, last year, change, change in percent."""
    want = []
    for table in TABLES:
        for key in now.keys(table):
            want.append((number_in(now, key.name), number_in(last, key.name)))
            if key.name == "requests.other.other.total" and "requests.other.total" in last.raw:      # one row became three
                parts = [name for name in now.raw if name.startswith("requests.other.") and name.endswith(".total")]
                want.append((sum(number_in(now, name) for name in parts), number_in(last, "requests.other.total")))
    sheet = openpyxl.load_workbook(path, data_only=True)["与上年对比"]
    have = [[cell.value for cell in row[3:7]] for row in sheet.iter_rows(min_row=4)]
    if len(have) != len(want):
        return ["comparison: %d lines, not %d" % (len(have), len(want))]
    problems = []
    for line, (this, before) in zip(have, want):
        known = before is not None
        right = [float(this), float(before) if known else None, float(this - before) if known else None,
                 None if not known else "—" if before == 0 else float(this - before) / float(before)]
        if any(x != y and (not isinstance(y, float) or not isinstance(x, (int, float)) or abs(x - y) > 1e-9 * max(1, abs(y)))
               for x, y in zip(line, right)):
            problems.append("comparison: %s, not %s" % (line, right))
    return problems


def by_last_year(got):
    rules = ("carry-over", "in-force", "previous-items", "pending-carried", "same-as-last-year", "unit-unclear")
    return [(f["rule"], f["severity"], f["keys"], f.get("found"), f.get("expected")) for f in got["findings"] if f["rule"] in rules]


def convert_again(judge, case, files, answer, directory):
    """The cleaned workbook shows the comparison, and is judged as its input was, with and without last year."""
    judge.run(["convert", "--json", "--previous", files[0], "-o", directory, files[1]])
    stem = os.path.splitext(os.path.basename(files[1]))[0]
    made = [os.path.join(directory, name) for name in os.listdir(directory) if name.startswith(stem + ".") and name.endswith(".xlsx")]
    if len(made) != 1:
        return None, ["again: %d workbooks" % len(made)]
    problems = []
    for extra in ([], ["--previous", files[0]]):
        _, lines, _ = judge.run(["check", "--json"] + extra + made)
        if lines[0]["verdict"] != answer["verdict"] or {k: v.get("value") for k, v in lines[0]["values"].items()} != \
                {k: v.get("value") for k, v in answer["values"].items()}:
            problems.append("again: another verdict or other values")
        if extra and by_last_year(lines[0]) != by_last_year(answer):
            problems.append("again: other findings")
    return made[0], problems


def years(judge, rng, count, directory):
    for number in range(count):
        last = random_report(rng, rng.randrange(2019, 2025))
        now, files = next_year(rng, last), []
        for report in (last, now):
            files.append(os.path.join(directory, "y%04d-%d.xlsx" % (number, report.year)))
            write(build(rng.choice(["legal", "onesheet"]), report, rng), files[-1], rng, "own")
        _, lines, errors = judge.run(["check", "--json", "--previous", files[0], files[1]])
        case = Case("%d after %d" % (now.year, last.year), files[1], build("legal", now, rng), {})
        if len(lines) != 1:
            judge.report(case, ["years: no answer: " + errors[-200:]])
            continue
        judge.report(case, compare_years(last, now, lines[0]))
        path, problems = convert_again(judge, case, files, lines[0], os.path.join(directory, "out"))
        judge.report(case, problems + (compare_sheet(last, now, path) if path and "待改" not in path else []))      # a marked workbook has no such sheet


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40, help="reports; each is laid out five times")
    parser.add_argument("--convert", type=int, default=20, help="books that are converted too")
    parser.add_argument("--office", action="store_true", help="LibreOffice saves some of them again")
    parser.add_argument("--show", type=int, default=25, help="failures shown in full")
    parser.add_argument("--keep", help="leave the workbooks in this directory")
    chosen = parser.parse_args()
    judge, rng = Judge(os.path.abspath(chosen.program), chosen.show), random.Random(chosen.seed)
    directory = chosen.keep or tempfile.mkdtemp(prefix="nianbao-judge-")
    os.makedirs(directory, exist_ok=True)
    try:
        for name in ("in", "out"):
            os.makedirs(os.path.join(directory, name))
        cases = make_cases(rng, chosen.count, os.path.join(directory, "in"))
        answers = check(judge, cases)
        check(judge, sample_cases())
        if chosen.office:
            through_office(rng, judge, cases, directory)
        years(judge, rng, max(10, chosen.count // 10), directory)
        convert(judge, rng.sample(cases, min(chosen.convert, len(cases))), answers, os.path.join(directory, "out"))
    finally:
        if not chosen.keep:
            shutil.rmtree(directory, ignore_errors=True)
    for kind, count in sorted(judge.kinds.items(), key=lambda pair: -pair[1]):
        print("%6d %s" % (count, kind), file=sys.stderr)
    print("%d passed, %d failed" % (judge.passed, judge.failed))
    return 1 if judge.failed else 0


if __name__ == "__main__":
    sys.exit(main())
