#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""suspects.py PROGRAM [--seed N] [--count N] [--reports DIR]

Makes published reports add up, writes wrong numbers into one, two or three cells, and asks PROGRAM which cells are wrong. Every suspect
must mend all equations with numbers that may stand there; no set of fewer cells may do (found here by another way of search); and the
wrong cells must be the first suspect with their right numbers, in at least the share of cases that FLOOR says. What k wrong cells have in
common with fewer wrong cells nobody can know: such cases are counted apart. Cells off by one have twins, other cells off by one that break
the same equations in the same way: nobody finds more of them than one of each set of twins, and the program must find as many. What is
called likely must be right; where one equation has five cells nothing may be. Reports that add up have no suspects."""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__))]
import reports                                       # noqa: E402
from forms import FORMS                              # noqa: E402
from reports import load, random_report              # noqa: E402
from sheets import xlsx_bytes                        # noqa: E402
from workbooks import build                          # noqa: E402

FLOOR = {1: 1.0, 2: 0.99, 3: 0.95}       # of wrong cells in table 三, random numbers
LIKELY = 0.99                            # of the suspects that are called likely, in table 三


def equations(report):
    """(table, {key: 1 or -1}) of everything that must be 0."""
    found = []
    form = FORMS[report.forms["requests"]]
    rows = form.request_rows()
    named = {row: [key.name for key in keys] for _, row, keys in rows}
    leaves = [row for path, row, _ in rows if path[0].startswith("三、") and row != "closed_total"]
    for names in named.values():
        found.append(("requests", {**{name: 1 for name in names[:6]}, names[6]: -1}))
    for column in range(7):
        found.append(("requests", {**{named[row][column]: 1 for row in leaves}, named["closed_total"][column]: -1}))
        found.append(("requests", {named["closed_total"][column]: 1, named["carried_out"][column]: 1,
                                   named["received"][column]: -1, named["carried_in"][column]: -1}))
    for group in FORMS[report.forms["disputes"]].groups():
        found.append(("disputes", {**{key.name: 1 for key in group[:4]}, group[4].name: -1}))
    return found


def settle(report):
    """Leaves as published, blanks 0; totals and 一 as they must be."""
    numbers = {key: int(raw) if raw.isdecimal() else 0 for key, raw in report.raw.items()}
    form = FORMS[report.forms["requests"]]
    rows = form.request_rows()
    named = {row: [key.name for key in keys] for _, row, keys in rows}
    leaves = [row for path, row, _ in rows if path[0].startswith("三、") and row != "closed_total"]
    for column in range(6):
        numbers[named["closed_total"][column]] = sum(numbers[named[row][column]] for row in leaves)
        both = sum(numbers[named[row][column]] for row in ("closed_total", "carried_out"))
        if numbers[named["carried_in"][column]] > both:
            numbers[named["carried_in"][column]] = 0
        numbers[named["received"][column]] = both - numbers[named["carried_in"][column]]
    for names in named.values():
        numbers[names[6]] = sum(numbers[name] for name in names[:6])
    for group in FORMS[report.forms["disputes"]].groups():
        numbers[group[4].name] = sum(numbers[key.name] for key in group[:4])
    for table in ("requests", "disputes"):
        for key in report.keys(table):
            report.raw[key.name] = str(numbers[key.name])
    return report


# Slips: (rng, number) -> another

def near(rng, number):
    return number + rng.choice([-1, 1]) if number else 1


def digits(rng, number):
    text = str(number)
    at = rng.randrange(len(text))
    swapped = text[:at] + text[at:at + 2][::-1] + text[at + 2:]
    return int(rng.choice([swapped, text[:at] + text[at + 1:] or "0", text[:at] + text[at] + text[at:],
                           text[:at] + str(rng.randrange(10)) + text[at + 1:], text + "0", text[:at] + str(rng.randrange(10)) + text[at:]]))


SLIPS = {
    "any": lambda rng, number: rng.randrange(1000),
    "same size": lambda rng, number: rng.randrange(2 * number + 10),
    "one digit": lambda rng, number: rng.randrange(10),
    "near": near,
    "digits": digits,
}


class Case:
    def __init__(self, report, kind, wrong):
        self.report, self.kind, self.wrong = report, kind, wrong       # wrong: key -> right number
        self.numbers = {key: int(raw) for key, raw in report.raw.items() if key.split(".")[0] != "disclosure"}
        self.equations = equations(report)

    def residuals(self, table, changes):
        rest = {}
        for number, (where, terms) in enumerate(self.equations):
            if where == table:
                value = sum(sign * (self.numbers[key] + changes.get(key, 0)) for key, sign in terms.items())
                if value:
                    rest[number] = value
        return rest

    def columns(self, table):
        found = {}
        for number, (where, terms) in enumerate(self.equations):
            for key, sign in terms.items():
                if where == table:
                    found.setdefault(key, {})[number] = sign
        return found

    def can_mend(self, table, size):
        """Is there a set of at most `size` cells? Of a smallest set some cell is alone in one of its equations, which gives its change."""
        columns = self.columns(table)

        def mend(rest, left):
            if not rest:
                return True
            if left == 0 or len(rest) > 3 * left:
                return False
            tried = columns.items() if left > 1 else ((k, c) for k, c in columns.items() if c.keys() == rest.keys())
            for key, column in tried:
                for by in {-rest[number] * sign for number, sign in column.items() if number in rest}:
                    if self.numbers[key] + by < 0:
                        continue
                    then = dict(rest)
                    for number, sign in column.items():
                        then[number] = then.get(number, 0) + sign * by
                    if mend({number: value for number, value in then.items() if value}, left - 1):
                        return True
            return False
        return mend(self.residuals(table, {}), size)


    def twins(self, table, size):
        """How many sets of so many cells, each off by one, break the same equations in the same way?"""
        columns, found = self.columns(table), set()

        def go(rest, chosen):
            if not rest and len(chosen) == size:
                found.add(frozenset(chosen))
            if not rest or len(chosen) == size or sum(map(abs, rest.values())) > 3 * (size - len(chosen)):
                return
            some = min(rest)
            for key, column in columns.items():
                if some not in column or any(key == other for other, _ in chosen):
                    continue
                for by in (1, -1):
                    if self.numbers[key] + by < 0:
                        continue
                    then = dict(rest)
                    for number, sign in column.items():
                        then[number] = then.get(number, 0) + sign * by
                    go({number: value for number, value in then.items() if value}, chosen + [(key, by)])
        go(self.residuals(table, {}), [])
        return len(found)


def corrupt(rng, report, tables, count, kind):
    report, wrong = report.copy(), {}
    keys = [key.name for table in tables for key in report.keys(table)]
    while len(wrong) < count:
        key = rng.choice(keys)
        right = int(report.raw[key])
        typed = SLIPS[kind](rng, right)
        if key not in wrong and typed != right:
            wrong[key] = right
            report.raw[key] = str(typed)
    return Case(report, kind, wrong)


def examine(case, table, suspects, deep):
    """Problems with the suspects of one table, and the fate of the case in it."""
    wrong = {key: right for key, right in case.wrong.items() if key.split(".")[0] == table}
    if not case.residuals(table, {}):
        return (["suspects where all adds up"] if suspects else []), "adds up" if wrong else None
    problems = []
    for changes in suspects:
        by = {key: to - case.numbers[key] for key, to in changes.items()}
        if case.residuals(table, by) or any(to < 0 for to in changes.values()) or any(not step for step in by.values()):
            problems.append("no remedy: %s" % changes)
    if len({len(changes) for changes in suspects}) > 1:
        problems.append("sets of several sizes")
    if not suspects:
        return problems + ["no suspect"] * (table == "requests"), "none"
    size = len(suspects[0])
    if size > len(wrong):
        problems.append("more cells than are wrong: %s" % suspects[0])
    if table == "requests" and (deep or size <= 2) and case.can_mend(table, size - 1):
        problems.append("fewer cells would do than %s" % suspects[0])
    if size < len(wrong):
        return problems, "fewer"
    return problems, "first" if suspects[0] == wrong else "listed" if wrong in suspects else "missed"


def check_near(cases, fates):
    """(passed, failed): are as many found as can be, of cells off by one?"""
    passed = failed = 0
    for count in (2, 3):
        shares = [1 / case.twins("requests", count) for label, wrong, case in cases
                  if label == "表三 near" and wrong == count and not case.can_mend("requests", count - 1)]
        best, fate = sum(shares), fates["表三 near", count]
        spread = 2 * sum(share * (1 - share) for share in shares) ** 0.5           # which of twins is the right one is chance
        ok = fate["first"] >= best - spread - 1
        print("表三 near %d wrong: %d first; of twins nobody knows more than %.1f on average" % (count, fate["first"], best), file=sys.stderr)
        passed, failed = passed + ok, failed + (not ok)
    return passed, failed


def ask(program, cases, directory):
    rng = random.Random(7)
    for number, case in enumerate(cases):
        with open(os.path.join(directory, "s%06d.xlsx" % number), "wb") as out:
            out.write(xlsx_bytes(build("legal", case.report, rng).sheets, {}))
    done = subprocess.run([program, "check", "--json", directory], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return {os.path.basename(answer["file"]): answer for answer in answers}


def make_cases(rng, pool, count):
    for report in pool:
        yield "none", 0, Case(report, "none", {})
    for number in range(count):
        report = pool[number % len(pool)]
        for kind in SLIPS:
            for wrong in (1, 2, 3):
                yield "表三 " + kind, wrong, corrupt(rng, report, ["requests"], wrong, kind)
        yield "表三表四", 3, corrupt(rng, report, ["requests", "disputes"], 3, rng.choice(list(SLIPS)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12, help="of each kind of slip and number of wrong cells")
    parser.add_argument("--reports", help="another directory of published figures")
    chosen = parser.parse_args()
    if chosen.reports:
        reports.REPORTS = chosen.reports
    rng = random.Random(chosen.seed)
    names = sorted(f[:-5] for f in os.listdir(reports.REPORTS) if f.endswith(".json") and "partial" not in f)
    pool = [settle(load(name)) for name in names] + [settle(random_report(rng)) for _ in range(3)]
    cases = list(make_cases(rng, pool, chosen.count))
    directory = tempfile.mkdtemp(prefix="nianbao-suspects-")
    try:
        answers = ask(os.path.abspath(chosen.program), [case for _, _, case in cases], directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    passed, failed, fates, likely = 0, 0, {}, Counter()
    for number, (label, count, case) in enumerate(cases):
        answer, problems = answers["s%06d.xlsx" % number], []
        for table in ("requests", "disputes"):
            suspects = [{c["key"]: int(c["to"]) for c in s["changes"]} for s in answer["suspects"]
                        if s["changes"][0]["key"].startswith(table + ".")]
            found, fate = examine(case, table, suspects, number % 10 == 0)
            problems += found
            called = [s["likely"] for s in answer["suspects"] if s["changes"][0]["key"].startswith(table + ".")]
            if any(called[1:]) or (table == "disputes" and any(called)):
                problems.append("called likely: %s" % suspects)
            likely[fate == "first"] += bool(called and called[0])
            if fate and table == "requests":
                fates.setdefault((label, count), Counter())[fate] += 1
        passed, failed = passed + (not problems), failed + bool(problems)
        for problem in problems:
            print("FAIL s%06d %s %d: %s; wrong was %s" % (number, label, count, problem, case.wrong), file=sys.stderr)
    for (label, count), fate in sorted(fates.items()):
        known = fate.total() - fate["fewer"] - fate["adds up"]
        share = fate["first"] / known if known else 1
        print("%-14s %d wrong: %5.1f %% first of %d; %s" % (label, count, 100 * share, known, dict(fate)), file=sys.stderr)
        if label == "表三 any":
            ok = share >= FLOOR[count] - (1 / known if known < 100 else 0)     # a short run may miss one
            passed, failed = passed + ok, failed + (not ok)
    print("likely: %d right, %d not" % (likely[True], likely[False]), file=sys.stderr)
    right = likely[True] >= LIKELY * likely.total()
    near_passed, near_failed = check_near(cases, fates)
    passed, failed = passed + right + near_passed, failed + (not right) + near_failed
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
