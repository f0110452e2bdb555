#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""checks.py PROGRAM [COUNT] : what the check cells of the blank workbooks say, with LibreOffice told to recalculate everything.
COUNT variants of each legal form (40), and half as many of two invented ones, are filled in and spoilt as clerks do it: wrong digits, blanks, totals deleted or typed over, texts,
errors, dates, decimals; and every text of TEXTS in every kind of cell. For each of them every line of the sheet 校验, the cell beside the
table and the count at the top are compared with what `check --json` says of the same file: its numbers put into the equations, which
are made here a second time from the keys alone, the tables that it calls empty, and its findings, all of them and no others."""
import collections
import datetime
import json
import os
import random
import re
import sys
import zipfile
from decimal import Decimal

import openpyxl
from trial import TESTS, expect, judge, run  # first: it knows where the others are
from cleaned import Cleaned
from forms import APPLICANTS, FORMS, OUTCOMES, TABLES
from reports import random_report
from sheets import office_convert

EVEN, UNEVEN, NO_NUMBER, UNFILLED = "平", "不平 差 ", "有的不是数字", "还没填"
BATCH = 40                        # files of one call of LibreOffice, whose memory grows with them

# -- the equations, a second time --

Equation = collections.namedtuple("Equation", "table rule relation left right")


def legal_equations(form):
    """Of the two legal forms, from their keys."""
    found = []
    rows = {row: [key.name for key in keys] for _, row, keys in form.request_rows()}
    results = [row for path, row, _ in form.request_rows() if path[0].startswith("三、") and row != "closed_total"]
    for names in rows.values():
        found.append(Equation("requests", "row-total", "sum", [names[6]], names[:6]))
    for c in range(7):
        found.append(Equation("requests", "closed-total", "sum", [rows["closed_total"][c]], [rows[row][c] for row in results]))
        found.append(Equation("requests", "balance", "=", [rows["closed_total"][c], rows["carried_out"][c]],
                              [rows["received"][c], rows["carried_in"][c]]))
    for group in form.groups():
        names = [key.name for key in group]
        found.append(Equation("disputes", "dispute-total", "sum", [names[4]], names[:4]))
    for _, _, lines in form.blocks():
        for _, keys in lines:
            names = {key.column_key: key.name for key in keys}
            if "change" in names:
                found.append(Equation("disclosure", "change-below-zero", "<=", [], [names["previous_items"], names["change"]]))
            if "published" in names and "public_total" in names:
                found.append(Equation("disclosure", "published-over-total", "<=", [names["published"]], [names["public_total"]]))
    return found


def foreign_equations():
    """Of tests/forms/foreign: three levels both ways, numbers of two tables in one equation."""
    rows = ["wet.may", "wet.june", "wet.july", "dry"]
    columns = ["in.river.east", "in.river.west", "in.rain", "all"]

    def water(row, column):
        return "water.%s.%s" % (row, column)
    found = [Equation("water", "all", "sum", [water(row, "all")], [water(row, c) for c in columns[:3]]) for row in rows]
    found.append(Equation("water", "dry", "sum", ["water.dry.in.rain"], [water(row, "in.rain") for row in rows[:3]] + ["power.turbine"]))
    found.append(Equation("water", "same", "=", ["water.farm.litres", "water.town.litres"], ["power.turbine", "power.bypass"]))
    found += [Equation("water", "least", "<=", [], [water(row, c) for row in rows]) for c in columns]
    found += [Equation("water", "least", "<=", [water(row, columns[0])], [water(row, c) for c in columns[1:3]]) for row in rows]
    return found


def example_equations():
    rows, columns = ["planned", "held.onsite", "held.online", "held_total"], ["officials", "staff", "public", "total"]

    def name(row, column):
        return "training.%s.%s" % (row, column)
    found = [Equation("training", "training-total", "sum", [name(row, "total")], [name(row, c) for c in columns[:3]]) for row in rows]
    found += [Equation("training", "held-total", "sum", [name("held_total", c)], [name(row, c) for row in rows[1:3]]) for c in columns]
    return found + [Equation("training", "over-budget", "<=", ["training.spent"], ["training.budget"])]


# -- what a cell holds --

class Formula:
    """A formula that a clerk typed, and what it gives (None: an error)."""

    def __init__(self, text, value):
        self.text, self.value = text, value


KEPT = object()                   # the template's own formula
TEXTS = ["12", "12件", "１２", "/", "abc", "无", "约3", "—", " ", "1 2", "平", "12 件", "1,234", "1，234", "1 234", "12,34", "1234,567", "0,012", ",123",
         "1,234,567", "1 234,567", "12（含转办3件）", "(5)", "12(注)(再注)", "12件(注)", "件12", "12件次", "12人次", "12 件 次", "12件件", "-5", "+5", "－5", "- 5", "−5",
         "增10", "增加10", "减 10", "减少10件", "增-5", "+-5", "1.5", "１．５", "1.", "1..2", ".5", "12.000000", "1.1234567", "1.12345600", "1e5", "5%", "¥5", "1/2",
         "2023-1-1", "1:30", "TRUE", "007", "12345678901", "12345678901.123456", "1234567890.12345", "1000000000000", "000000000000000000012", "25.1万元", "251000元",
         "0.001元", "3 亿元", "12元件", "1\n2", "12\n件", "\u200b12", "12\ufeff", "１，２３４", "//", "----", "―", "0", "０", "零", "5个", "5|", "5)", "'12", "　12　",
         "\t7", "1 234 567 件", "9" * 30, "12*3", "12×3÷4", "1_000", "", "#", "３件"]

# What random texts are put together from.
PIECES = list("0123456789") * 2 + [",", "，", " ", " ", "　", ".", "．", "-", "－", "+", "增", "减", "增加", "减少", "件", "人次", "个", "元", "万元", "亿元", "(", ")", "（", "）",
                                   "注", "/", "—", "无", "\t", "\n", "\u00a0", "\u200e", "\u200f", "\u061c", "\u202a", "\u202c", "\u2066", "\u2069", "\u200b", "\ufeff",
                                   "\u2028", "e", "%", "'", '"', "&", "<", "5", "１", "1,234", "1 234"]


def random_text(rng):
    kind = rng.randrange(4)
    if kind == 0:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 9)))
    if kind == 1:                                             # a number with a remark, short, just short enough, too long
        remark = rng.choice(["注", "n", "转"]) * rng.choice([1, 20, 60, 64, 190, 195, 196, 197, 198, 199, 230, 1200])
        return "%d%s（%s）" % (rng.randrange(100), rng.choice(["", "件", " "]), remark)
    if kind == 2:                                             # a number in between marks that nobody sees
        marks = ["\u200e", "\u200f", "\u061c", "\u202a", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069", "\u200c", "\u200d", "\u2029", " "]
        return "".join(rng.choice(marks) for _ in range(3)) + str(rng.randrange(5000)) + "".join(rng.choice(marks) for _ in range(2))
    return "%s%d%s%d%s" % (rng.choice(["", "+", "-", "增", "减少"]), rng.randrange(1200), rng.choice(["", ".", ",", " ", "，", "\u2009"]), rng.randrange(1200),
                           rng.choice(["", "件", "元", "万元", "人", "（注）"]))


# What clerks compute over a total, pasted out of a workbook of their own: a number, a text, an error.
OVER_TOTALS = [("=0", 0), ("=3+4", 7), ("=SUM(0,0)", 0), ('=""', None), ('="12件"', None), ('="/"', None), ("=1/0", None), ("=NA()", None)]


def decimal(number):
    return Decimal(format(number, ".15g"))


class Told:
    """What `check --json` says of a file."""

    def __init__(self, report):
        self.values = {key: Decimal(value["value"]) if value.get("value") is not None else None for key, value in report["values"].items()}
        self.empty = {table for table, place in report["tables"].items() for f in report["findings"]
                      if f["rule"] == "table-empty" and f["cells"][0].split("!")[0].strip("'") == place["sheet"]}

    def difference(self, equation):
        sides = [[self.values[key] for key in side] for side in (equation.left, equation.right)]
        return None if None in sides[0] + sides[1] else sum(sides[0], Decimal(0)) - sum(sides[1], Decimal(0))

    def says(self, equation):
        if equation.table in self.empty:
            return UNFILLED
        difference = self.difference(equation)
        if difference is None:
            return NO_NUMBER
        return EVEN if difference == 0 or (equation.relation == "<=" and difference < 0) else difference


def right_total(equations, typed, key):
    """The sum that a total should be, of the numbers alone."""
    first = next((e for e in equations if e.relation == "sum" and e.left[0] == key), None)
    if first is None or (typed[key] is not KEPT and typed[key] is not None):
        return decimal(typed[key]) if isinstance(typed[key], (int, float)) else Decimal(0)
    return sum((right_total(equations, typed, term) for term in first.right), Decimal(0))


# -- spoiling --

def spoil(rng, typed, inputs, totals, equations):
    """One thing that clerks do."""
    def some(keys, most):
        return rng.sample(keys, min(len(keys), rng.randint(1, most))) if keys else []
    kind = rng.randrange(26)
    if kind <= 2:
        for key in some(inputs, 1):
            number = typed[key] if isinstance(typed[key], (int, float)) and not isinstance(typed[key], bool) else 0
            typed[key] = number + rng.choice([1, 9, 10, 100, -1])
    elif kind == 3:
        typed.update((key, None) for key in some(inputs, 12))
    elif kind in (4, 5):
        typed.update((key, None) for key in some(totals, 6))
    elif kind == 6:
        typed.update((key, None) for key in totals)
    elif kind in (7, 8):
        for key in some(totals, 5):
            right = right_total(equations, dict(typed, **{key: None}), key)
            typed[key] = float(right) if right % 1 else int(right)
    elif kind in (9, 10):
        for key in some(totals, 3):
            typed[key] = rng.choice([0, 1, 7, 12, 3.5])
    elif kind == 11:
        for key in some(inputs, 5):
            typed[key] = rng.choice([0.1, 0.2, 0.3, 1.5, 0.000001, 12.345678, 0.0000001, 25.1 / 3, 59237.2449])
    elif kind in (12, 13):
        for key in some(inputs + totals, 3):
            typed[key] = rng.choice(TEXTS)
    elif kind == 14:
        for key in some(inputs + totals, 1):
            typed[key] = rng.choice(["#REF!", "#N/A", Formula("=1/0", None)])
    elif kind == 15:
        for key in some(inputs, 3):
            typed[key] = -rng.randrange(1, 30)
    elif kind == 16:
        for key in some(inputs, 2):
            typed[key] = rng.choice([True, False, datetime.date(2024, 3, 4), 10 ** 11, 99999999999, Formula("=3+4", 7)])
    elif kind == 17:
        tables = sorted({key.split(".")[0] for key in inputs})
        gone = rng.choice(tables)
        blank = rng.choice([None, None, "/"])
        typed.update((key, blank) for key in inputs if key.split(".")[0] == gone)
    elif kind == 18:
        typed.update((key, 0) for key in inputs)
    elif kind == 19:
        for key in some(totals, 4):
            typed[key] = Formula(*rng.choice(OVER_TOTALS))
    elif kind in (20, 21, 22):
        for key in some(inputs + totals, 6):
            typed[key] = random_text(rng)
    elif kind == 23:                                          # a table of which nothing is left but formulas
        gone = rng.choice(sorted({key.split(".")[0] for key in inputs}))
        typed.update((key, None) for key in inputs if key.split(".")[0] == gone)
        typed.update((key, Formula(*rng.choice(OVER_TOTALS))) for key in totals if key.split(".")[0] == gone and rng.random() < 0.5)
    elif kind == 24:
        for key in some(inputs + totals, 4):
            typed[key] = rng.choice([10 ** 11 - 1, 10 ** 11 - 0.5, 1e15, 123456789012, 0.1 + 0.2, -0.0, 1e-7, 2.0, 1234567.891234, 99999999999.99])
    else:
        one = rng.choice(inputs).rsplit(".", 1)[0]
        typed.update((key, None) for key in inputs if key.startswith(one + "."))


FORMATS = ["General", "0.00", "#,##0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "@", "# ?/?", '"¥"#,##0.00', "[$¥-804]#,##0.00", "0%", "0.00E+00", "[h]:mm"]
DATES = ["yyyy-mm-dd", "m/d/yyyy", 'm"月"d"日"', 'yyyy"年"m"月"', "d-mmm", "mmm-yy", "yyyy/m/d h:mm", '[$-804]yyyy"年"m"月"d"日"', "dd"]
SPECIAL = [
    ("formats", lambda typed, inputs, totals: typed.update((key, (n % 7, FORMATS[n % len(FORMATS)])) for n, key in enumerate(inputs))),
    ("untouched", lambda typed, inputs, totals: typed.update((key, None) for key in inputs)),
    ("all blank", lambda typed, inputs, totals: typed.update((key, None) for key in inputs + totals)),
    ("all zero", lambda typed, inputs, totals: typed.update((key, 0) for key in inputs)),
    ("all zero typed", lambda typed, inputs, totals: typed.update((key, 0) for key in inputs + totals)),
    ("totals alone", lambda typed, inputs, totals: typed.update([(key, None) for key in inputs] + [(key, 3) for key in totals])),
    ("dashes", lambda typed, inputs, totals: typed.update((key, "/") for key in inputs)),
    ("as texts", lambda typed, inputs, totals: typed.update((key, "3") for key in inputs)),
    ("as it was", lambda typed, inputs, totals: None),
    ("no totals", lambda typed, inputs, totals: typed.update((key, None) for key in totals)),
    ("totals of nothing", lambda typed, inputs, totals: typed.update([(key, None) for key in inputs] + [(key, 0) for key in totals])),
    ("one total of nothing", lambda typed, inputs, totals: typed.update([(key, None) for key in inputs] + [(totals[-1], 0)])),
    ("formulas over nothing", lambda typed, inputs, totals: typed.update([(key, None) for key in inputs] + [(key, Formula("=0", 0)) for key in totals])),
    ("numbers computed over nothing", lambda typed, inputs, totals: typed.update([(key, None) for key in inputs] + [(key, Formula("=3+4", 7)) for key in totals])),
    ("errors computed over nothing", lambda typed, inputs, totals: typed.update([(key, None) for key in inputs] + [(key, Formula("=1/0", None)) for key in totals])),
    ("texts alone", lambda typed, inputs, totals: typed.update((key, "无") for key in inputs)),
    ("dates", lambda typed, inputs, totals: typed.update((key, (45000 + n, DATES[n % len(DATES)])) for n, key in enumerate(inputs))),
] + [("texts %d" % n, lambda typed, inputs, totals, n=n: typed.update((key, TEXTS[(n + i * 7) % len(TEXTS)]) for i, key in enumerate(inputs))) for n in range(0, 80, 20)] \
  + [("texts and totals %d" % n, lambda typed, inputs, totals, n=n: typed.update((key, TEXTS[(n + i * 11) % len(TEXTS)]) for i, key in enumerate(inputs + totals)))
     for n in range(0, 80, 20)] \
  + [("text %d" % n, lambda typed, inputs, totals, n=n: typed.update((key, TEXTS[(n + i) % len(TEXTS)]) for i, key in enumerate(inputs) if i % 9 == n % 9)) for n in range(9)]


def texts(file):
    """(sheet, cell) -> text of every formula that gives one."""
    found = {}
    with zipfile.ZipFile(file) as package:
        names = re.findall(r'<sheet name="([^"]*)"', package.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, 1):
            xml = package.read("xl/worksheets/sheet%d.xml" % number).decode()
            for cell, text in re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*t="str"[^>]*><f[^>]*>[^<]*</f><v>([^<]*)</v>', xml):
                found[name, cell] = text
    return found


# -- one form --

class Job:
    def __init__(self, name, year, equations, forms=None):
        self.name, self.year, self.equations, self.forms = name, year, equations, forms
        self.derived = {e.left[0] for e in equations if e.relation == "sum"}
        self.place, self.keys = {}, []

    def arguments(self):
        return ["--forms", self.forms] if self.forms else []

    def make(self, program, directory):
        self.file = os.path.join(directory, "template-%s.xlsx" % self.name)
        status, _, errors = run(program, "template", self.name, "-o", self.file, *self.arguments())
        expect(status == 0, "template %s: %s" % (self.name, errors))
        expect(os.path.getsize(self.file) < 60000, "template %s: %d bytes" % (self.name, os.path.getsize(self.file)))
        status, out, _ = run(program, "check", "--json", self.file, *self.arguments())
        self.report = json.loads(out)
        empty = [f for f in self.report["findings"] if f["rule"] == "table-empty"]
        expect(status == 1 and len(empty) == len(self.report["tables"]), "an untouched template %s: table-empty %d" % (self.name, len(empty)))
        for key, value in self.report["values"].items():
            column, row = openpyxl.utils.cell.coordinate_from_string(value["cell"])
            self.place[key] = (value["sheet"], row, openpyxl.utils.column_index_from_string(column))
        self.keys = list(self.place)
        if self.name in FORMS:
            legal = Cleaned(self.file, {table: self.name for table in TABLES}).place
            expect(legal == self.place, "template %s: other cells than the law's labels say" % self.name)
        self.lines()
        self.guards()

    def lines(self):
        """The lines of 校验: row -> (sheet and cell of the check, equations that it may be for)."""
        book = openpyxl.load_workbook(self.file)
        page = book["校验"]
        self.line = {}
        for row in range(4, page.max_row + 1):
            if page.cell(row, 4).value is None:
                break
            sheet, address = page.cell(row, 4).value[1:].rsplit("!", 1)
            where = page.cell(row, 5).hyperlink.location.rsplit("!", 1)
            first = (where[0].strip("'"), where[1])
            self.line[row] = (sheet.strip("'"), address, first)
            expect(page.cell(row, 2).value and page.cell(row, 1).value, "%s: 校验 line %d has no words" % (self.name, row))
        expect(len(self.line) == len(self.equations), "%s: %d lines for %d equations" % (self.name, len(self.line), len(self.equations)))
        expect(all(page.cell(row, column).protection.locked for row in self.line for column in range(1, 6)) and page.protection.sheet,
               "%s: 校验 is not protected" % self.name)

    def first_place(self, equation):
        for key in equation.left + equation.right:
            if key.split(".")[0] == equation.table:
                sheet, row, column = self.place[key]
                return sheet, openpyxl.utils.get_column_letter(column) + str(row)
        return None

    def guards(self):
        """Every input has a prompt; totals are locked; every check cell has colours, and stands outside the print area."""
        book = openpyxl.load_workbook(self.file)
        for key in self.keys:
            sheet, row, column = self.place[key]
            cell = book[sheet].cell(row, column)
            rules = [r for r in book[sheet].data_validations.dataValidation if cell.coordinate in r.sqref]
            expect(cell.protection.locked == (key in self.derived), "%s %s: locked %s" % (self.name, key, cell.protection.locked))
            if key not in self.derived:
                expect(rules and rules[0].prompt and "填" in rules[0].prompt and rules[0].type in ("whole", "decimal"), "%s %s: no prompt" % (self.name, key))
        for sheet, address, _ in self.line.values():
            page = book[sheet]
            rules = [rule for area in page.conditional_formatting if address in area.sqref for rule in area.rules]
            expect(len(rules) == 3, "%s %s!%s: %d colours" % (self.name, sheet, address, len(rules)))
            inside = any(address in area for area in page.print_area) if not isinstance(page.print_area, str) else \
                openpyxl.worksheet.cell_range.CellRange(page.print_area.split("!")[-1].replace("$", "")).issuperset(openpyxl.worksheet.cell_range.CellRange(address))
            expect(not inside, "%s %s!%s is printed" % (self.name, sheet, address))
        cover = book["封面"]
        for line in cover.iter_rows():
            for cell in line:
                if not cell.protection.locked:
                    expect(any(cell.coordinate in r.sqref and r.prompt for r in cover.data_validations.dataValidation), "%s 封面!%s: no prompt" % (self.name, cell.coordinate))

    def base(self, rng):
        """Numbers that balance, the totals by formula."""
        typed = {key: KEPT if key in self.derived else rng.choice([0, 0, 1, 2, rng.randrange(100)]) for key in self.keys}
        if self.name in FORMS:
            raw = random_report(rng, int(self.year)).raw
            for key in self.keys:
                if key not in self.derived:
                    text = raw[key].replace("万元", "")
                    typed[key] = float(text) if "." in text else int(text)
        return typed

    def variants(self, rng, count, directory):
        self.book = openpyxl.load_workbook(self.file)
        self.book["封面"]["B3"], self.book["封面"]["B5"] = "某某局", int(self.year)
        self.kept = {key: (self.slot(key).value, self.slot(key).number_format) for key in self.keys}
        inputs, totals = [k for k in self.keys if k not in self.derived], [k for k in self.keys if k in self.derived]
        self.made = []
        for n in range(count):
            typed = self.base(rng)
            name = "spoilt"
            if n < len(SPECIAL):
                name, change = SPECIAL[n]
                change(typed, inputs, totals)
            else:
                for _ in range(rng.choice([1, 1, 2, 3, 5])):
                    spoil(rng, typed, inputs, totals, self.equations)
            file = os.path.join(directory, "%s-%03d.xlsx" % (self.name, n))
            self.write(typed, file)
            self.made.append((name, typed, file))

    def slot(self, key):
        sheet, row, column = self.place[key]
        return self.book[sheet].cell(row, column)

    def write(self, typed, file):
        for key, value in typed.items():
            cell = self.slot(key)
            cell.value, cell.number_format = self.kept[key]
            if isinstance(value, str):
                cell.value, cell.data_type = value, "e" if value.startswith("#") else "s"
            elif isinstance(value, tuple):
                cell.value, cell.number_format = value
            elif value is not KEPT:
                cell.value = value.text if isinstance(value, Formula) else value
        self.book.save(file)

    def judge(self, program, again):
        files = [os.path.join(again, os.path.basename(file)) for _, _, file in self.made]
        _, out, _ = run(program, "check", "--json", *self.arguments(), *files)
        for (name, _, file), copy, line in zip(self.made, files, out.rstrip("\n").split("\n"), strict=True):
            self.compare("%s (%s)" % (os.path.basename(file), name), copy, json.loads(line))

    def compare(self, name, copy, report):
        told = Told(report)
        book = texts(copy)
        said, wanted = collections.defaultdict(list), collections.defaultdict(list)
        for row, (where, address, first) in self.line.items():
            result = book["校验", "D%d" % row]
            expect(result == book[where, address], "%s: 校验 line %d says %s, the table %s" % (name, row, result, book[where, address]))
            if isinstance(result, str) and result.startswith(UNEVEN):
                result = Decimal(result[len(UNEVEN):])
            said[first].append(str(result.normalize() if isinstance(result, Decimal) else result))
        answers = {}
        for index, equation in enumerate(self.equations):
            answers[index] = answer = told.says(equation)
            wanted[self.first_place(equation)].append(str(answer.normalize() if isinstance(answer, Decimal) else answer))
        wrong = [(place, sorted(said[place]), sorted(wanted[place])) for place in wanted if sorted(said[place]) != sorted(wanted[place])]
        expect(not wrong, "%s: check cells (place, say, should): %s" % (name, wrong[:3]))
        everything = [text for texts in said.values() for text in texts]
        even, open_ = everything.count(EVEN), everything.count(NO_NUMBER) + everything.count(UNFILLED)
        words = "全部 %d 条勾稽关系：%d 条平，%d 条不平" % (len(everything), even, len(everything) - even - open_)
        if open_:
            words += "，%d 条还不能核对" % open_
        expect(book["校验", "A1"] == words, "%s: the count says %s, should %s" % (name, book["校验", "A1"], words))
        self.against_findings(name, answers, report)

    def against_findings(self, name, answers, report):
        """Every 不平 is a finding with that difference, and there are no others."""
        found = collections.Counter()
        ids = {equation.rule for equation in self.equations}
        for finding in report["findings"]:
            if finding["rule"] in ids:
                found[finding["rule"], frozenset(finding["keys"]), Decimal(finding["difference"])] += 1
            expect(finding["rule"] not in ("row-unknown", "row-duplicate", "table-duplicate", "column-missing", "column-unknown", "row-missing", "table-missing"),
                   "%s: the reader stumbles: %s" % (name, finding["message"]))
        said = collections.Counter()
        for index, answer in answers.items():
            equation = self.equations[index]
            if isinstance(answer, Decimal):
                said[equation.rule, frozenset(equation.left if equation.relation == "sum" else equation.left + equation.right), answer] += 1
        expect(found == said, "%s: the program finds %s, the check cells %s" % (name, list(found - said)[:2], list(said - found)[:2]))
        for table, place in report["tables"].items():
            expect(place["range"] == self.report["tables"][table]["range"], "%s: %s is %s" % (name, table, place["range"]))


def test(program, directory, count):
    folder = os.path.join(TESTS, "forms")
    jobs = [Job("2019", "2020", legal_equations(FORMS["2019"])), Job("2021", "2024", legal_equations(FORMS["2021"])),
            Job("foreign-1", "2051", foreign_equations(), os.path.join(folder, "foreign")),
            Job("example", "2091", example_equations(), os.path.join(folder, "example"))]
    again = os.path.join(directory, "again")
    os.makedirs(again)
    for number, job in enumerate(jobs):
        job.make(program, directory)
        job.variants(random.Random(100 + number), count if job.name in FORMS else count // 2, directory)
    files = [file for job in jobs for _, _, file in job.made]
    for first in range(0, len(files), BATCH):
        office_convert(files[first:first + BATCH], "xlsx:Calc MS Excel 2007 XML", again)
    for job in jobs:
        job.judge(program, again)


if __name__ == "__main__":
    sys.exit(judge(test, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else len(SPECIAL) + 8))
