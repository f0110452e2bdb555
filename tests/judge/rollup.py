#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""rollup.py PROGRAM [--seed N] [--units N] [--long] [--keep DIR]

Makes a folder as a collecting office has it: units of one city and its counties (some named by abbreviations), known slips in some of them,
copies, older versions, last year's form, files that nobody can read, a report of the whole city; a list of who has to report. Lets PROGRAM
roll it up and compares with its own sums (Python's decimal over what it wrote) and its own account of what becomes of every file; the
workbook is read with openpyxl, by the legal labels. Then roll-ups of roll-ups, last year, letters, being killed in the middle."""
import argparse
import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from calculator import calculate, text_of            # noqa: E402
from cleaned import Cleaned                          # noqa: E402
from forms import FORMS, TABLES, form_of_year        # noqa: E402
from reports import Report, random_report, slip_blank, slip_bump, slip_decimal, slip_error, slip_text, slip_writing   # noqa: E402
from sheets import xls_bytes, xlsx_bytes             # noqa: E402
from workbooks import build                          # noqa: E402

YEAR, CITY = 2023, "宿迁市"
COUNTIES = ("沭阳县", "泗阳县", "泗洪县")
# full name, what some files and people call it
BODIES = [("教育局", "教育局"), ("科学技术局", "科技局"), ("公安局", "公安局"), ("民政局", "民政局"), ("司法局", "司法局"), ("财政局", "财政局"),
          ("人力资源和社会保障局", "人社局"), ("自然资源和规划局", "资规局"), ("生态环境局", "环保局"), ("住房和城乡建设局", "住建局"), ("交通运输局", "交通局"),
          ("水利局", "水利局"), ("农业农村局", "农业农村局"), ("商务局", "商务局"), ("卫生健康委员会", "卫健委"), ("应急管理局", "应急局"), ("审计局", "审计局"),
          ("统计局", "统计局"), ("医疗保障局", "医保局"), ("市场监督管理局", "市场监管局"), ("发展和改革委员会", "发改委"), ("退役军人事务局", "退役军人局")]
SHORT = {"科学技术局", "人力资源和社会保障局", "住房和城乡建设局", "卫生健康委员会", "发展和改革委员会", "市场监督管理局", "医疗保障局"}
SLIPS = [slip_bump, slip_bump, slip_bump, slip_decimal, slip_text, slip_error, slip_blank, slip_writing]
LEAVES = {name: [key.name for key in form.keys if not key.derived] for name, form in FORMS.items()}


class Judge:
    passed = failed = 0

    def ok(self, name, condition, why=""):
        if condition:
            self.passed += 1
            return
        self.failed += 1
        print("FAIL %s %s" % (name, str(why)[:600]), file=sys.stderr)

    def same(self, name, got, want):
        self.ok(name, got == want, "got %r, want %r" % (got, want))


def totals(form, sums):
    """All values of a form from the sums of its leaves."""
    values, rows = dict(sums), {row: [key.name for key in keys] for _, row, keys in FORMS[form].request_rows()}
    leaves = [row for path, row, _ in FORMS[form].request_rows() if path[0].startswith("三、") and row != "closed_total"]
    for column in range(6):
        values[rows["closed_total"][column]] = sum((values[rows[row][column]] for row in leaves), Decimal(0))
    for names in rows.values():
        values[names[6]] = sum((values[name] for name in names[:6]), Decimal(0))
    for group in FORMS[form].groups():
        values[group[4].name] = sum((values[key.name] for key in group[:4]), Decimal(0))
    return values


class Unit:
    """One workbook: its report, what the calculator says of it, and where it was written."""

    def __init__(self, report, path, rng, kind="xlsx"):
        self.report, self.path, self.name = report, path, report.unit
        book = build("formulas" if rng.random() < 0.2 else "legal", report, rng)
        raw = {key: report.raw[key] for key in book.where}
        answer = calculate(raw, report.forms)
        arithmetic, cells = answer.errors()
        self.failing, self.values, self.findings = bool(arithmetic or cells), answer.values, answer.findings
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(xls_bytes(book.sheets) if kind == "xls" else xlsx_bytes(book.sheets))

    def leaf(self, key):
        return Decimal(self.values[key]) if self.values.get(key) is not None else Decimal(0)


def add(units, form="2021"):
    return totals(form, {key: sum((unit.leaf(key) for unit in units), Decimal(0)) for key in LEAVES[form]})


def texts(values):
    return {key: text_of(value) for key, value in values.items()}


def consistent(rng, name, year=YEAR):
    report = random_report(rng, year)
    report.unit = name
    for key in report.keys("disclosure"):        # no warnings of their own
        if key.column_key == "change" and rng.random() < 0.3:
            report.raw[key.name] = str(-1)
    return report


class World:
    """The folder, and what has to come of it."""

    def __init__(self, directory, rng, n):
        self.rng, self.folder, self.fates, self.roster = rng, os.path.join(directory, "in"), {}, []
        self.units, self.missing = [], []
        self.make_units(n)
        self.make_rest()
        self.write_roster(os.path.join(directory, "名单.csv"))

    def at(self, *parts):
        return os.path.join(self.folder, *parts)

    def make_units(self, n):
        rng, places = self.rng, [(area, body) for area in (CITY,) + COUNTIES for body in BODIES]
        extra = [("%s第%d中心" % (CITY, i), None) for i in range(max(0, n - len(places) + 4))]
        chosen = places[:3] + rng.sample(places[3:], min(n, len(places) - 4) - 3)
        for number, (area, body) in enumerate(sorted(chosen, key=lambda place: (place[0], place[1][0])) + extra):
            full = area + body[0] if body else area
            short = area + body[1] if body and body[0] in SHORT and rng.random() < 0.5 else full
            report = consistent(rng, short)
            if rng.random() < 0.2:
                for _ in range(rng.randrange(1, 4)):
                    rng.choice(SLIPS)(rng, report)
            kind = "xls" if rng.random() < 0.15 else "xlsx"
            county = area if body else CITY
            unit = Unit(report, self.at(county, "%03d%s年报.%s" % (number, short, kind)), rng, kind)
            unit.full, unit.area = full, county
            self.units.append(unit)
            self.roster.append(full)
            self.fates[unit.path] = "failing" if unit.failing else "counted"
            os.utime(unit.path, (1705000000, 1705000000))
        for area, body in places:
            if area + body[0] not in self.roster and len(self.missing) < 5:
                self.roster.append(area + body[0])
                self.missing.append(area + body[0])

    def make_rest(self):
        rng, first, second = self.rng, self.units[0], self.units[1]
        copy = self.at("青", "副本" + os.path.splitext(first.path)[1])      # 青 comes after all counties
        for folder in ("青", "zz"):
            os.makedirs(self.at(folder))
        shutil.copy(first.path, copy)
        self.fates[copy] = "same"
        older = Unit(consistent(rng, second.report.unit), self.at("aa", "旧.xlsx"), rng)
        os.utime(older.path, (1704000000, 1704000000))
        self.fates[older.path] = "older"
        self.old = Unit(consistent(rng, CITY + "档案局", 2020), self.at("zz", "去年.xlsx"), rng)
        self.fates[self.old.path] = "other-form"
        with open(self.at("zz", "坏一.xlsx"), "w", encoding="utf-8") as file:
            file.write("不是表格")
        with open(self.at("zz", "坏二.xlsx"), "wb") as file, open(self.units[2].path, "rb") as whole:
            file.write(whole.read()[:1500])
        for name in ("坏一.xlsx", "坏二.xlsx"):
            self.fates[self.at("zz", name)] = "unreadable"
        if os.geteuid() != 0:
            shutil.copy(self.units[2].path, self.at("zz", "锁.xlsx"))
            os.chmod(self.at("zz", "锁.xlsx"), 0)
            self.fates[self.at("zz", "锁.xlsx")] = "unreadable"
        self.sums = add(self.units)
        whole = Report(CITY + "人民政府", YEAR, {table: "2021" for table in TABLES}, texts(self.sums))
        self.changed = {"requests.received.enterprise": 2, "disclosure.licensing.decisions": -1}
        for key, by in self.changed.items():
            whole.raw[key] = text_of(self.sums[key] + by)
        self.parent = Unit(whole, self.at("全市.xlsx"), rng)
        self.fates[self.parent.path] = "parent"

    def write_roster(self, path):
        self.list = path
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["单位全称", "联系人", "电话"])
            out.writerows([name, "张三", "13912345678"] for name in self.roster)


class Program:
    def __init__(self, path, directory):
        self.path, self.directory = path, directory

    def run(self, *arguments):
        done = subprocess.run([self.path, *arguments], cwd=self.directory, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")

    def rollup(self, out, *arguments):
        status, text, errors = self.run("rollup", "--json", "-o", out, *arguments)
        return status, json.loads(text) if text else None, errors

    def values(self, file):
        _, text, _ = self.run("check", "--json", file)
        got = json.loads(text)
        return {key: value.get("value") for key, value in got["values"].items()}, got


def given(got):
    return {key: value.get("value") for key, value in got["values"].items()}


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


# Chapters

def flat(judge, world, program):
    """Everything at once."""
    status, got, errors = program.rollup("汇总.xlsx", "--roster", world.list, "in")
    judge.same("status", status, 2)
    judge.same("nothing on stderr", errors, "")
    judge.same("sums", given(got), texts(world.sums))
    judge.same("units", (got["counted"], got["units"], got["year"], got["form"]), (len(world.units),) * 2 + (YEAR, "2021"))
    fates = {os.path.join(program.directory, entry["file"]): entry["fate"] for entry in got["inputs"]}
    judge.same("fates", fates, world.fates)
    judge.same("order", [entry["file"] for entry in got["inputs"]], sorted((entry["file"] for entry in got["inputs"]), key=lambda f: f.encode()))
    judge.same("missing", got["missing"], world.missing)
    judge.same("recognised", sorted(e["unit"] for e in got["inputs"] if e["fate"] in ("counted", "failing")), sorted(u.full for u in world.units))
    judge.same("errors only where they are", {e["errors"] > 0 for e in got["inputs"] if e["fate"] == "counted"}, {False})
    differences = {f["keys"][0]: (f["severity"], f["difference"]) for f in got["findings"] if f["rule"] == "rollup-sum"}
    judge.same("the parent's differences", {key: differences.get(key) for key in world.changed},
               {"requests.received.enterprise": ("warning", "2"), "disclosure.licensing.decisions": ("note", "-1")})
    judge.ok("and no others but totals", all(key in world.changed or FORMS["2021"].by_name[key].derived for key in differences), differences)
    judge.same("outputs", got["outputs"], ["汇总.xlsx", "退回清单", "公布情况.txt"])
    return got


def workbook(judge, world, program):
    """The workbook, as others read it and as an input."""
    file = os.path.join(program.directory, "汇总.xlsx")
    values, report = program.values("汇总.xlsx")
    judge.same("read again", values, texts(world.sums))
    balanced = all(u.findings == [] and not u.failing for u in world.units)
    judge.ok("its verdict", report["verdict"] == "pass" or not balanced, report["verdict"])
    cleaned = Cleaned(file, {table: "2021" for table in TABLES})
    have = {key: text_of(Decimal(repr(value))) for key, value in cleaned.value.items() if isinstance(value, (int, float))}
    if have:
        judge.same("by legal labels", have, texts(world.sums))
    pages = {page.title: page for page in cleaned.cached.worksheets}
    cells = {title: {str(c.value) for row in page.iter_rows() for c in row if c.value is not None} for title, page in pages.items()}
    judge.ok("分单位明细", {u.full for u in world.units} <= cells["分单位明细"], set(pages))
    files = {os.path.relpath(path, program.directory) for path in world.fates}
    judge.ok("报送登记", files <= cells["报送登记"], files - cells.get("报送登记", set()))
    judge.ok("应报未报", set(world.missing) <= cells["应报未报"])
    everywhere = "".join(text for title, texts_ in cells.items() if title != "应报未报" for text in texts_)
    judge.ok("contacts are there alone", "13912345678" not in everywhere and "张三" not in everywhere,
             [title for title, have in cells.items() if "13912345678" in have])


def letters(judge, world, program):
    folder = os.path.join(program.directory, "退回清单")
    failing = [u for u in world.units if u.failing]
    names = set(os.listdir(folder))
    judge.same("a letter for each", {u.full + ".txt" for u in failing} | {os.path.basename(p) + ".txt" for p, f in world.fates.items() if f == "unreadable"}, names)
    for unit in failing:
        text = read_text(os.path.join(folder, unit.full + ".txt"))
        body = re.sub(r"\$?[A-Z]{1,2}\$?\d+|（摘要校验 .*）|\d+ 处|^\d+\. |2023 年度", " ", text, flags=re.M)
        numbers = set(re.findall(r"(?<![\d.])\d[\d.]*", body))
        told = [f for f in unit.findings if f.expected >= 100 and text_of(f.expected) in numbers]
        judge.ok("a letter does not say the number to put in", not told, (unit.full, text))
        judge.ok("it says which cells", re.search(r"![A-Z]+\d+", text) and unit.full in text and "台账" in text, text)
    published = read_text(os.path.join(program.directory, "公布情况.txt"))
    judge.ok("公布情况", "应报 %d 个，按时 %d 个，迟报 0 个，未报 %d 个" % (len(world.roster), len(world.roster) - len(world.missing), len(world.missing)) in published, published)
    judge.ok("待更正", all(u.full in published for u in failing) and all(name in published for name in world.missing), published)
    if not failing:
        return
    # one is edited, one is mended
    edited, mended = os.path.join(folder, failing[0].full + ".txt"), failing[-1]
    with open(edited, "a", encoding="utf-8") as file:
        file.write("请张三打电话\n")
    kept, before = read_bytes(mended.path), (mended.report, mended.values)
    Unit(consistent(world.rng, mended.report.unit), mended.path, world.rng, mended.path.rsplit(".", 1)[1])
    os.utime(mended.path, (1705000000, 1705000000))
    status, got, _ = program.rollup("汇总.xlsx", "--roster", world.list, "in")
    judge.ok("an edited letter stays", read_text(edited).endswith("请张三打电话\n") or failing[0] is mended)
    judge.ok("the new one has a number", os.path.exists(edited[:-4] + "(2).txt") or failing[0] is mended)
    judge.ok("a letter that is settled goes", failing[0] is mended or not os.path.exists(os.path.join(folder, mended.full + ".txt")))
    with open(mended.path, "wb") as file:
        file.write(kept)
    os.utime(mended.path, (1705000000, 1705000000))
    assert before == (mended.report, mended.values)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))


def again(judge, world, program):
    """The same inputs give the same bytes, on one processor too; what is there is replaced, unless somebody has changed it."""
    arguments = ("--roster", world.list, "in")
    first = program.rollup("汇总.xlsx", *arguments), read_bytes(os.path.join(program.directory, "汇总.xlsx"))
    time.sleep(1.1)
    second = program.rollup("汇总.xlsx", *arguments), read_bytes(os.path.join(program.directory, "汇总.xlsx"))
    judge.ok("the same bytes", first == second)
    done = subprocess.run(["taskset", "-c", "0", program.path, "rollup", "--json", "-o", "汇总.xlsx", *arguments], cwd=program.directory,
                          stdout=subprocess.PIPE, check=False)
    judge.same("on one processor", json.loads(done.stdout), first[0][1])
    inside = program.rollup("in/汇总.xlsx", "in")
    twice = program.rollup("in/汇总.xlsx", "in")
    judge.same("the output is no input", (twice[1]["inputs"], twice[1]["values"]), (inside[1]["inputs"], inside[1]["values"]))
    judge.ok("and is replaced", not os.path.exists(world.at("汇总(2).xlsx")))
    shutil.copy(world.units[3].path if world.units[3].path.endswith("xlsx") else world.parent.path, world.at("汇总.xlsx"))
    status, got, _ = program.rollup("in/汇总.xlsx", "in")
    judge.ok("what is no roll-up stays, and is an input", "in/汇总(2).xlsx" in got["outputs"] and "in/汇总.xlsx" in [e["file"] for e in got["inputs"]], got["outputs"])
    shutil.rmtree(world.at("退回清单"))
    for name in ("汇总.xlsx", "汇总(2).xlsx", "公布情况.txt"):
        os.remove(world.at(name))


def only_valid(judge, world, program):
    valid = [u for u in world.units if not u.failing]
    status, got, _ = program.rollup("合格.xlsx", "--only-valid", "in")
    judge.same("--only-valid", (given(got), got["counted"]), (texts(add(valid)), len(valid)))
    judge.same("left out", sorted(os.path.join(program.directory, e["file"]) for e in got["inputs"] if e["fate"] == "left-out"), sorted(u.path for u in world.units if u.failing))
    status, out, _ = program.run("rollup", "--csv", "-o", "合格.xlsx", "in")
    rows = list(csv.DictReader(out.splitlines()))
    summed = {key: sum((Decimal(row[key] or 0) for row in rows if row["fate"] in ("counted", "failing")), Decimal(0)) for key in LEAVES["2021"]}
    judge.same("the CSV adds up", texts(totals("2021", summed)), texts(world.sums))


def shards(judge, world, program):
    """County roll-ups rolled up are the flat one; a roll-up beside its own inputs counts nothing twice."""
    outs = []
    for area in (CITY,) + COUNTIES:
        status, got, _ = program.rollup("分/%s.xlsx" % area, "in/" + area)
        units = [u for u in world.units if u.area == area]
        judge.same("county " + area, given(got), texts(add(units)))
        outs.append("分/%s.xlsx" % area)
    status, got, _ = program.rollup("全.xlsx", *outs)
    judge.same("roll-ups of roll-ups", (given(got), got["units"], got["counted"]), (texts(world.sums), len(world.units), len(outs)))
    judge.same("as an input", program.values("全.xlsx")[0], texts(world.sums))
    status, got, _ = program.rollup("全二.xlsx", "--roster", world.list, *outs)
    judge.same("its units are on the list", got["missing"], world.missing)
    judge.same("with one county's files too", given(program.rollup("全三.xlsx", *outs, "in/" + CITY)[1]), texts(world.sums))
    some = [u.path for u in world.units if u.area == CITY][:2]
    judge.same("with some of its files too", given(program.rollup("全三.xlsx", *outs, *some)[1]), texts(world.sums))
    judge.same("with the roll-up of all too", given(program.rollup("全三.xlsx", *outs, "全.xlsx")[1]), texts(world.sums))
    judge.same("roll-ups of parts that share nothing", given(program.rollup("全三.xlsx", *outs[:2])[1]),
               texts(add([u for u in world.units if u.area in (CITY, COUNTIES[0])])))
    parent = program.rollup("全五.xlsx", *outs, "in/全市.xlsx")[1]
    judge.same("with the report of the whole area", (given(parent), [e["fate"] for e in parent["inputs"]][-1]), (texts(world.sums), "parent"))
    twice = world.at("..", "二", "另一份.xlsx")
    Unit(consistent(world.rng, world.units[0].report.unit), twice, world.rng)
    program.rollup("分/二.xlsx", "二")
    status, got, _ = program.rollup("全六.xlsx", "--roster", world.list, *outs, "分/二.xlsx")
    judge.same("a unit in two roll-ups is said", (status, [t["unit"] in (world.units[0].full, world.units[0].report.unit) for t in got["twice"]], got["units"]),
               (1, [True], len(world.units) + 1))
    red = Cleaned(os.path.join(program.directory, "全六.xlsx"), {}).cached["汇总表"]
    judge.ok("on top", any("加了两次" in str(cell.value) for row in red.iter_rows(max_row=8) for cell in row))
    one = [u.path for u in world.units if u.area == CITY][1:2]
    program.rollup("分/三.xlsx", "二", *one, *[u.path for u in world.units if u.area == COUNTIES[0]][:1])
    status, got, _ = program.rollup("全七.xlsx", "分/三.xlsx", outs[0])
    judge.ok("what is lost with a roll-up is said", status == 1 and any(e.get("lost") for e in got["inputs"]), got["inputs"])
    same = []
    half = sorted(u.path for u in world.units)
    for number, part in enumerate((half[::2], half[1::2])):
        program.rollup("片%d/汇总.xlsx" % number, *part)
        same.append("片%d/汇总.xlsx" % number)
    status, got, _ = program.rollup("全四.xlsx", *same)
    judge.same("shards of one area", (given(got), got["units"]), (texts(world.sums), len(world.units)))


def previous(judge, world, program):
    folder = os.path.join(program.directory, "去年")
    units = [Unit(consistent(world.rng, u.report.unit, YEAR - 1), os.path.join(folder, os.path.basename(u.path)), world.rng,
                  u.path.rsplit(".", 1)[1]) for u in world.units[:10]]
    status, got, _ = program.rollup("比.xlsx", "--previous", "去年", "in")
    judge.same("--previous DIR", {k: v.get("value") for k, v in got["previous"]["values"].items()}, texts(add(units)))
    program.rollup("去年.xlsx", "去年")
    status, got, _ = program.rollup("比二.xlsx", "--previous", "去年.xlsx", *["分/%s.xlsx" % area for area in (CITY,) + COUNTIES])
    judge.same("--previous of roll-ups", (given(got), {k: v.get("value") for k, v in got["previous"]["values"].items()}), (texts(world.sums), texts(add(units))))
    status, got, _ = program.rollup("比.xlsx", "--previous", "去年.xlsx", "in")
    judge.same("--previous FILE", {k: v.get("value") for k, v in got["previous"]["values"].items()}, texts(add(units)))
    status, got, errors = program.rollup("比.xlsx", "--previous", "in", "in")
    judge.ok("no such year", "previous" not in got and "2022" in errors, errors)
    pages = Cleaned(os.path.join(program.directory, "比.xlsx"), {}).cached.sheetnames
    judge.ok("no sheet without it", "与上年对比" not in pages, pages)


def killed(judge, world, program, times):
    """Killed at any time, nothing is half; the next run is as if nothing had been."""
    out = os.path.join(program.directory, "杀", "汇总.xlsx")
    arguments = [program.path, "rollup", "--json", "-o", out, "in"]
    began = time.monotonic()
    subprocess.run(arguments, cwd=program.directory, stdout=subprocess.DEVNULL, check=False)
    length, whole = time.monotonic() - began, read_bytes(out)
    for number in range(times):
        process = subprocess.Popen(arguments, cwd=program.directory, stdout=subprocess.DEVNULL)
        time.sleep(length * (number + 1) / (times + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        judge.ok("killed: whole or as before", read_bytes(out) == whole)
        if number % 2:
            os.remove(out)
            subprocess.run(arguments, cwd=program.directory, stdout=subprocess.DEVNULL, check=False)
            judge.ok("and again", read_bytes(out) == whole)
    subprocess.run(arguments, cwd=program.directory, stdout=subprocess.DEVNULL, check=False)
    judge.ok("nothing is left over", not [n for _, _, names in os.walk(os.path.dirname(out)) for n in names if n.startswith(".nianbao-")])


def small(judge, program):
    """Edges: nothing to read, no name, a decimal that doubles would lose."""
    os.makedirs(os.path.join(program.directory, "空"))
    status, got, errors = program.rollup("无.xlsx", "空")
    judge.same("an empty folder", (status, os.path.exists(os.path.join(program.directory, "无.xlsx"))), (2, False))
    judge.same("no -o", program.run("rollup", "in")[0], 2)
    judge.same("no xlsx", program.run("rollup", "-o", "a.xls", "in")[0], 2)
    judge.same("no place", program.run("rollup", "-o", "/proc/nianbao/a.xlsx", "in")[0], 3)
    rng, units = random.Random(5), []
    for number in range(40):
        report = consistent(rng, "沭阳县第%d镇人民政府" % number)
        report.raw["disclosure.fees.amount"] = "0.%06d" % (number * 7919 + 1) if number % 2 else "99999999.99"
        units.append(Unit(report, os.path.join(program.directory, "金额", "%d.xlsx" % number), rng))
    status, got, _ = program.rollup("金额.xlsx", "金额")
    judge.same("money", got["values"]["disclosure.fees.amount"]["value"], text_of(sum((u.leaf("disclosure.fees.amount") for u in units), Decimal(0))))
    judge.same("all pass", status, 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--long", action="store_true", help="more folders, larger ones too")
    parser.add_argument("--keep", help="leave everything in this directory")
    chosen = parser.parse_args()
    judge = Judge()
    for seed, units in [(chosen.seed, chosen.units)] + ([(seed, 60) for seed in range(2, 8)] + [(9, 1000)] if chosen.long else []):
        directory = chosen.keep or tempfile.mkdtemp(prefix="nianbao-rollup-")
        os.makedirs(directory, exist_ok=True)
        directory = os.path.realpath(directory)
        program = Program(os.path.abspath(chosen.program), directory)
        try:
            world = World(directory, random.Random(seed), units)
            flat(judge, world, program)
            workbook(judge, world, program)
            letters(judge, world, program)
            again(judge, world, program)
            only_valid(judge, world, program)
            shards(judge, world, program)
            previous(judge, world, program)
            killed(judge, world, program, 12 if chosen.long else 4)
            small(judge, program)
        finally:
            if not chosen.keep:
                subprocess.run(["chmod", "-R", "u+rw", directory], check=False)
                shutil.rmtree(directory, ignore_errors=True)
    print("%d passed, %d failed" % (judge.passed, judge.failed))
    return 1 if judge.failed else 0


assert form_of_year(YEAR) == "2021"
if __name__ == "__main__":
    sys.exit(main())
