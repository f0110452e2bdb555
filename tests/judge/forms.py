# SPDX-License-Identifier: MIT
"""The legal forms as the judge knows them: only tests/data/keys-*.tsv, one line per value. Nothing here comes from templates/."""
import csv
import os

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
TABLES = ("disclosure", "requests", "disputes")
APPLICANTS = ("natural_person", "enterprise", "research", "public_welfare", "legal_services", "other_org")
OUTCOMES = ("upheld", "corrected", "other", "pending")
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


class Key:
    """One value of a form: name, label paths, kind."""

    def __init__(self, line):
        self.name = line["key"]
        self.title = line["table"]
        self.row = [part for part in line["row"].split("/") if part]
        self.column = [line["column"]] if line["column"] == "本年增/减" else line["column"].split("/")
        self.kind = line["kind"]
        self.derived = bool(line["derived"])
        self.table = self.name.split(".")[0]
        parts = self.name.split(".")
        self.row_key, self.column_key = ".".join(parts[1:-1]), parts[-1]


class Form:
    def __init__(self, name):
        self.name = name
        with open(os.path.join(DATA, "keys-%s.tsv" % name), encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            self.keys = [Key(row) for row in rows]
        self.by_name = {key.name: key for key in self.keys}
        self.title = {key.table: key.title for key in self.keys}

    def table(self, table):
        return [key for key in self.keys if key.table == table]

    def blocks(self):
        """Table 二 as [(caption, [column label], [(row label, [key])])], in legal order."""
        blocks = []
        for key in self.table("disclosure"):
            caption, label = key.row
            if not blocks or blocks[-1][0] != caption:
                blocks.append((caption, [], []))
            _, columns, rows = blocks[-1]
            if not rows or rows[-1][0] != label:
                rows.append((label, []))
            if key.column[-1] not in columns:
                columns.append(key.column[-1])
            rows[-1][1].append(key)
        return blocks

    def request_rows(self):
        """Table 三 as [(label path, row key, [seven keys])]."""
        rows = []
        for key in self.table("requests"):
            if not rows or rows[-1][1] != key.row_key:
                rows.append((key.row, key.row_key, []))
            rows[-1][2].append(key)
        return rows

    def groups(self):
        """Table 四: the three groups of five keys."""
        keys = self.table("disputes")
        return [keys[0:5], keys[5:10], keys[10:15]]


FORMS = {name: Form(name) for name in ("2019", "2021")}


def form_of_year(year):
    return "2019" if year <= 2020 else "2021"
