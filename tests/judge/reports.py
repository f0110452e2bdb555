# SPDX-License-Identifier: MIT
"""Reports as key -> text: the published ones of tests/data/reports, random consistent ones, and slips put into them."""
import json
import os

from forms import APPLICANTS, DATA, FORMS, OUTCOMES, TABLES, form_of_year

REPORTS = os.path.join(DATA, "reports")
UNITS = ["朔州市科技局", "沭阳县发展和改革局", "宿迁市人民政府", "某某区教育局", "青山县卫生健康委员会", "上海市政府办公厅", "东湖区应急管理局"]


class Report:
    def __init__(self, unit, year, forms, raw):
        self.unit, self.year, self.forms, self.raw = unit, year, dict(forms), dict(raw)
        self.numbers_as_text = set()      # keys written as text cells though they are plain numbers

    def copy(self):
        other = Report(self.unit, self.year, self.forms, self.raw)
        other.numbers_as_text = set(self.numbers_as_text)
        return other

    def keys(self, table):
        return FORMS[self.forms[table]].table(table)


def load(name):
    """One published report, as printed."""
    with open(os.path.join(REPORTS, name + ".json"), encoding="utf-8") as lines:
        data = json.load(lines)
    forms = {"disclosure": data["format"], "requests": data["section3_layout"], "disputes": form_of_year(data["year"])}
    raw = {}
    for key in FORMS[forms["disclosure"]].table("disclosure"):
        raw[key.name] = data["section2"][key.row[0]][key.row[1]][key.column[-1]]
    rows = FORMS[forms["requests"]].request_rows()
    for (_, _, keys), numbers in zip(rows, data["section3"], strict=True):
        for key, number in zip(keys, numbers, strict=True):
            raw[key.name] = number
    for key, number in zip(FORMS[forms["disputes"]].table("disputes"), data["section4"], strict=True):
        raw[key.name] = number
    return Report(data["agency"].split("（")[0], data["year"], forms, raw)


def load_all():
    names = sorted(f[:-5] for f in os.listdir(REPORTS) if f.endswith(".json"))
    return {name: load(name) for name in names}


def random_report(rng, year=None):
    """A report in which every equation holds."""
    year = year or rng.choice([2019, 2020, 2021, 2022, 2023, 2024, 2025])
    form = FORMS[form_of_year(year)]
    raw = {}
    for key in form.table("disclosure"):
        if key.kind == "money":
            raw[key.name] = rng.choice(["0", "12.5", "59237.2449", "7730.28", "96171.6", "0.01", str(rng.randrange(10000))])
            if form.name == "2019":
                raw[key.name] += "万元"
        elif key.kind == "change":
            raw[key.name] = str(rng.randrange(0, 5))
        else:
            raw[key.name] = str(rng.choice([0, 0, 1, rng.randrange(20), rng.randrange(3000000)]))
        if key.column_key == "public_total":
            raw[key.name] = str(int(raw[key.name]) + 3000000)
    requests(rng, form, raw)
    scale = rng.choice([1, 3, 300])
    for group in form.groups():
        numbers = [rng.randrange(scale) for _ in OUTCOMES]
        for key, number in zip(group, numbers + [sum(numbers)]):
            raw[key.name] = str(number)
    return Report(rng.choice(UNITS), year, {table: form.name for table in TABLES}, raw)


def requests(rng, form, raw):
    rows = form.request_rows()
    scale, busy = rng.choice([2, 5, 40, 5000]), rng.choice([0.1, 0.4, 1.0])
    grid = {row: [0] * 7 for _, row, _ in rows}
    for path, row, _ in rows:
        if path[0].startswith("三、") and row != "closed_total":
            for column in range(6):
                if rng.random() < busy:
                    grid[row][column] = rng.randrange(scale)
                grid["closed_total"][column] += grid[row][column]
    for column in range(6):
        grid["carried_out"][column] = rng.randrange(scale) if rng.random() < busy else 0
        both = grid["closed_total"][column] + grid["carried_out"][column]
        grid["carried_in"][column] = rng.randrange(both + 1) if rng.random() < busy else 0
        grid["received"][column] = both - grid["carried_in"][column]
    for _, row, keys in rows:
        grid[row][6] = sum(grid[row][:6])
        for key, number in zip(keys, grid[row]):
            raw[key.name] = str(number)


# Slips. Each takes (rng, report) and changes it.

def whole(text):
    return text.isdecimal()


def keys_where(report, condition):
    return [key for table in TABLES for key in report.keys(table) if key.name in report.raw and condition(key)]


def slip_bump(rng, report):
    key = rng.choice(keys_where(report, lambda k: k.table != "disclosure" and whole(report.raw[k.name])))
    report.raw[key.name] = str(max(0, int(report.raw[key.name]) + rng.choice([1, 1, 2, 5, 10, -1])))


def slip_two_columns(rng, report):
    """+k in one applicant column, -k in another: the totals stay."""
    rows = FORMS[report.forms["requests"]].request_rows()
    _, _, keys = rng.choice(rows)
    pair = [key.name for key in rng.sample(keys[:6], 2)]
    if all(whole(report.raw[key]) for key in pair):
        step = 1 + int(report.raw[pair[1]]) // 2
        report.raw[pair[0]] = str(int(report.raw[pair[0]]) + step)
        report.raw[pair[1]] = str(max(0, int(report.raw[pair[1]]) - step))


def slip_zero_total(rng, report):
    group = rng.choice(FORMS[report.forms["disputes"]].groups())
    report.raw[group[4].name] = "0"


def slip_text(rng, report):
    key = rng.choice(keys_where(report, lambda k: True))
    report.raw[key.name] = rng.choice(["约3", "若干", "3 4", "²", "3 或 4", "见附件", "--3", "+-3", "3+4", "三", "5件/年", "不详", "1.2.3", "10（2）3"])


def slip_error(rng, report):
    key = rng.choice(keys_where(report, lambda k: True))
    report.raw[key.name] = rng.choice(["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])


def slip_no_value(rng, report):
    key = rng.choice(keys_where(report, lambda k: True))
    report.raw[key.name] = "=?"


def slip_decimal(rng, report):
    key = rng.choice(keys_where(report, lambda k: k.kind != "money" and whole(report.raw[k.name])))
    report.raw[key.name] += rng.choice([".5", ".25", ".1"])


def slip_negative(rng, report):
    key = rng.choice(keys_where(report, lambda k: k.kind == "count"))
    report.raw[key.name] = "-%d" % rng.randrange(1, 9)


def slip_blank(rng, report):
    for key in keys_where(report, lambda k: not k.derived):
        if report.raw[key.name] == "0" and rng.random() < 0.7:
            report.raw[key.name] = rng.choice(["", "", "", "/", "-", "—", "——", "无", " ", "　"])


def slip_blank_any(rng, report):
    for key in rng.sample(keys_where(report, lambda k: True), 4):
        report.raw[key.name] = ""


def slip_blank_column(rng, report):
    column = rng.choice(APPLICANTS)
    for key in report.keys("requests"):
        if key.column_key == column and key.name in report.raw:
            report.raw[key.name] = ""


def slip_blank_totals(rng, report):
    share = rng.choice([0.3, 1.0])
    for key in keys_where(report, lambda k: k.derived):
        if rng.random() < share:
            report.raw[key.name] = rng.choice(["", "", "", "/"])


def slip_writing(rng, report):
    """The same number in other words; no value changes."""
    for key in keys_where(report, lambda k: whole(report.raw[k.name]) and rng.random() < 0.1):
        text = report.raw[key.name]
        ways = ["".join(chr(ord(c) + 0xFEE0) for c in text), text + " ", "　" + text, "\u00a0" + text]
        if key.kind != "money":
            ways += [text + "件", text + " 件", text + "（其中网上 %d 件）" % int(text), "{:,}".format(int(text)), "{:,}".format(int(text)).replace(",", "，")]
        if key.kind == "change":
            ways += ["增" + text, "增加" + text, "+" + text, "＋" + text, "增 " + text + " 项"]
        report.raw[key.name] = rng.choice(ways)
        report.numbers_as_text.add(key.name)


def slip_change_sign(rng, report):
    keys = keys_where(report, lambda k: k.kind == "change")
    if keys:
        report.raw[rng.choice(keys).name] = rng.choice(["减2", "减少2", "-2", "－2", "−2", "减 3", "-13"])


def slip_money(rng, report):
    for key in keys_where(report, lambda k: k.kind == "money"):
        report.raw[key.name] = rng.choice(["21.83 万元", "251000元", "184719元", "160.5964万元", "１２.5万元", "1,276.5534 万元", "2 亿元", "70487 元"])


def slip_empty_table(rng, report):
    for key in report.keys(rng.choice(TABLES)):
        report.raw[key.name] = ""


def slip_over(rng, report):
    for key in report.keys("disclosure"):
        if key.column_key == "published" and rng.random() < 0.5:
            report.raw[key.name] = str(6000000 + rng.randrange(9))


SLIPS = [slip_bump, slip_bump, slip_bump, slip_two_columns, slip_zero_total, slip_text, slip_error, slip_no_value, slip_decimal, slip_negative,
         slip_blank, slip_blank, slip_blank_any, slip_blank_column, slip_blank_totals, slip_writing, slip_writing, slip_change_sign, slip_money,
         slip_empty_table, slip_over]


def other_form(rng, report):
    """Table 二 or 三 (or both) on the form of another year: mixed files are real."""
    donor = random_report(rng, 2020 if report.year >= 2021 else 2023)
    for table in rng.choice([["requests"], ["disclosure"], ["requests", "disclosure"]]):
        for key in report.keys(table):
            report.raw.pop(key.name, None)
        report.forms[table] = donor.forms[table]
        for key in report.keys(table):
            report.raw[key.name] = donor.raw[key.name]


def spoil(rng, report, slips):
    for _ in range(slips):
        rng.choice(SLIPS)(rng, report)
    return report
