# SPDX-License-Identifier: MIT
"""years.py DIR: reports of two years for the tests of --previous, made from published ones; what was carried over is known:

  last.xlsx      宿迁市 2023 as published (121 carried over, 118 of them 自然人)
  now.xlsx       宿迁市 2024: 121 carried in; everything else as last year, one request more
  slip.xlsx      宿迁市 2023 with 3512 in 三 一 总计, where the columns add up to 3511
  off.xlsx       the same as now.xlsx, 120 carried in, under 自然人
  older.xlsx     宿迁市 2022
  other.xlsx     沭阳县发展和改革局 2023 (passes; nothing carried over)
  failing.xlsx   洪泽区 2023 (fails)
  failing-now.xlsx   洪泽区 2024
  2020.xlsx      朔州市科技局 2020, with the form of 2019, and 2021.xlsx the year after, with that of 2021"""
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from forms import FORMS, TABLES        # noqa: E402
from reports import Report, load       # noqa: E402
from sheets import xlsx_bytes          # noqa: E402
from workbooks import build            # noqa: E402


def after(last, year):
    now = last.copy()
    now.year = year
    for key in now.keys("requests"):
        if key.row_key == "carried_in":
            now.raw[key.name] = last.raw[key.name.replace("carried_in", "carried_out")]
    for key in now.keys("requests"):
        if key.row_key == "received":
            column = key.column_key
            terms = [int(now.raw["requests.%s.%s" % (row, column)]) for row in ("closed_total", "carried_out", "carried_in")]
            now.raw[key.name] = str(terms[0] + terms[1] - terms[2])
    for row in ("regulations", "normative_documents"):
        name = "disclosure.%s." % row
        if name + "in_force" in now.raw:
            now.raw[name + "in_force"] = str(int(last.raw[name + "in_force"]) + int(now.raw[name + "made"]) - int(now.raw[name + "repealed"]))
    return now


def new_form(last):
    """The year after, with the form of 2021: zeros, but for what is carried over."""
    forms = {table: "2021" for table in TABLES}
    now = Report(last.unit, 2021, forms, {key.name: "0" for key in FORMS["2021"].keys})
    for row in ("received", "granted", "closed_total"):
        for column in ("natural_person", "total"):
            now.raw["requests.%s.%s" % (row, column)] = "3"
    now.raw["requests.other.other.natural_person"] = now.raw["requests.other.other.total"] = "2"
    for column in ("natural_person", "total"):
        now.raw["requests.received." + column] = now.raw["requests.closed_total." + column] = "5"
    return now


def main(folder):
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(7)
    last = load("suqian_shi_2023")
    now = after(last, 2024)
    now.raw["disclosure.regulations.in_force"] = str(int(last.raw["disclosure.regulations.in_force"]) + 2)
    off = now.copy()
    for row, step in (("carried_in", -1), ("received", 1)):
        for column in ("natural_person", "total"):
            key = "requests.%s.%s" % (row, column)
            off.raw[key] = str(int(off.raw[key]) + step)
    slip = last.copy()
    slip.raw["requests.received.total"] = "3512"
    older = last.copy()
    older.year = 2022
    failing = load("hongze_qu_2023")
    failing_now = failing.copy()
    failing_now.year = 2024
    shuozhou = load("shuozhou_kjj_2020")
    books = {"last": last, "slip": slip, "now": now, "off": off, "older": older, "other": load("shuyang_fgj_2023"), "failing": failing,
             "failing-now": failing_now, "2020": shuozhou, "2021": new_form(shuozhou)}
    for name, report in books.items():
        with open(os.path.join(folder, name + ".xlsx"), "wb") as file:
            file.write(xlsx_bytes(build("legal", report, rng).sheets))


main(sys.argv[1])
