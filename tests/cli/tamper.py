#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""tamper.py PROGRAM BOOK... : 100 changes at random places of each stamped workbook, each in a copy of its own, by editing its XML as a person's
program would. `nianbao verify` must find every one and say what was changed where, from what to what. (openpyxl 3.0 loses custom
properties, so it cannot be used here.)"""
import html
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.S)
HIDDEN = "nianbao"


class Book:
    def __init__(self, file):
        with zipfile.ZipFile(file) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        rels = dict(re.findall(r'Id="(\w+)"[^>]*?Target="([^"]+)"', self.text("xl/_rels/workbook.xml.rels")))
        self.sheets = [(html.unescape(name), rels[rel].lstrip("/") if rels[rel].startswith("/") else "xl/" + rels[rel])
                       for name, rel in re.findall(r'<sheet name="([^"]*)"[^>]*?r:id="(\w+)"', self.text("xl/workbook.xml"))]
        self.strings = [html.unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S)))
                        for item in re.findall(r"<si>(.*?)</si>", self.text("xl/sharedStrings.xml"), re.S)]

    def text(self, part):
        return self.parts[part].decode("utf-8")

    def put(self, part, text):
        self.parts[part] = text.encode("utf-8")

    def cells(self, sheet):
        """(match, kind, what is shown) of every cell that has something or could have."""
        for match in CELL.finditer(self.text(sheet)):
            inner = match[3] or ""
            formula = re.search(r"<f[^>]*>(.*?)</f>", inner, re.S)
            value = re.search(r"<v>(.*?)</v>", inner, re.S)
            inline = re.search(r"<is><t[^>]*>(.*?)</t></is>", inner, re.S)
            if formula:
                yield match, "formula", "=" + html.unescape(formula[1])
            elif 't="s"' in match[2]:
                yield match, "text", self.strings[int(value[1])]
            elif inline:
                yield match, "text", html.unescape(inline[1])
            elif value:
                yield match, "number", "%.15g" % float(value[1])
            else:
                yield match, "empty", None

    def replace(self, sheet, match, inner, attributes=""):
        style = re.search(r's="\d+"', match[2])
        text = self.text(sheet)
        cell = '<c r="%s" %s %s>%s</c>' % (match[1], style[0] if style else "", attributes, inner)
        self.put(sheet, text[:match.start()] + cell + text[match.end():])

    def put_text(self, sheet, match, text):
        self.replace(sheet, match, '<is><t xml:space="preserve">%s</t></is>' % html.escape(text), 't="inlineStr"')

    def save(self, file):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)


def shown(text):
    return text if text is None else text.replace("\r", "")


def pick(rng, book, kind, hidden=False):
    found = [(name, part, match, text) for name, part in book.sheets if (name == HIDDEN) == hidden
             for match, have, text in book.cells(part) if have == kind and text != ""]
    return rng.choice(found) if found else None


# Each of these changes one thing, and gives the change that verify must tell; None: there is nothing of that kind.

def digit(rng, book):
    place = pick(rng, book, "number")
    if place is None:
        return None
    name, part, match, text = place
    at = rng.choice([i for i, c in enumerate(text) if c.isdigit()])
    now = "%.15g" % float(text[:at] + str((int(text[at]) + rng.randint(1, 9)) % 10) + text[at + 1:])
    if now == text:
        return None
    book.replace(part, match, "<v>%s</v>" % now)
    return {"sheet": name, "cell": match[1], "before": text, "now": now}


def label(rng, book):
    name, part, match, text = pick(rng, book, "text")
    at = rng.randrange(len(text))
    now = text[:at] + rng.choice(["某", " ", "x", "|", "\\", "😀", "\n"]) + text[at + rng.randint(0, 1):]
    if shown(now) == shown(text):
        return None
    book.put_text(part, match, now)
    return {"sheet": name, "cell": match[1], "before": shown(text), "now": shown(now)}


def formula(rng, book):
    place = pick(rng, book, "formula")
    if place is None:
        return None
    name, part, match, text = place
    now = rng.choice([text + "+1", text.replace(":", ",", 1), "=1"])
    book.replace(part, match, "<f>%s</f><v>%d</v>" % (html.escape(now[1:]), rng.randrange(9)))
    return {"sheet": name, "cell": match[1], "before": text, "now": now} if now != text else None


def result(rng, book):
    found = [(name, part, match) for name, part in book.sheets for match, kind, _ in book.cells(part) if kind == "formula" and "<v>" in match[3]
             and 't="str"' not in match[2]]
    if not found:
        return None
    name, part, match = rng.choice(found)
    text = "%.15g" % float(re.search(r"<v>(.*?)</v>", match[3])[1])
    now = "%.15g" % (float(text) + rng.choice([1, -1, 0.01, 1000]))
    book.replace(part, match, re.sub(r"<v>.*?</v>", "<v>%s</v>" % now, match[3]))
    return {"sheet": name, "cell": match[1], "before": text, "now": now}


def overwritten(rng, book):
    place = pick(rng, book, "formula")
    if place is None:
        return None
    name, part, match, text = place
    book.replace(part, match, "<v>6</v>")
    return {"sheet": name, "cell": match[1], "before": text, "now": "6"}


def as_text(rng, book):
    place = pick(rng, book, "number")
    if place is None:
        return None
    name, part, match, text = place
    book.put_text(part, match, text)
    return {"sheet": name, "cell": match[1], "before": text, "now": "'" + text}


def removed(rng, book):
    name, part, match, text = pick(rng, book, rng.choice(["number", "text"])) or pick(rng, book, "text")
    book.replace(part, match, "")
    return {"sheet": name, "cell": match[1], "before": shown(text), "now": None}


def added(rng, book):
    place = pick(rng, book, "empty")
    if place is None:
        return None
    name, part, match, _ = place
    book.replace(part, match, "<v>7</v>")
    return {"sheet": name, "cell": match[1], "before": None, "now": "7"}


def sheet_renamed(rng, book):
    name, _ = rng.choice([sheet for sheet in book.sheets if sheet[0] != HIDDEN])
    now = name + "2"
    book.put("xl/workbook.xml", book.text("xl/workbook.xml").replace('<sheet name="%s"' % html.escape(name), '<sheet name="%s"' % html.escape(now)))
    return {"is": "renamed", "sheet": now, "before": name, "now": now}


def sheet_tags(book):
    return re.findall(r"<sheet [^>]*/>", book.text("xl/workbook.xml"))


def put_tags(book, tags):
    text = re.sub(r"<sheets>.*</sheets>", lambda _: "<sheets>%s</sheets>" % "".join(tags), book.text("xl/workbook.xml"), flags=re.S)
    book.put("xl/workbook.xml", text)


def sheet_removed(rng, book):
    tags, (name, _) = sheet_tags(book), rng.choice([sheet for sheet in book.sheets if sheet[0] != HIDDEN])
    put_tags(book, [tag for tag in tags if 'name="%s"' % html.escape(name) not in tag])
    return {"is": "removed", "sheet": name, "before": name, "now": None}


def sheet_added(rng, book):
    tags = sheet_tags(book)
    part = book.parts["[Content_Types].xml"].decode().replace(
        "</Types>", '<Override PartName="/xl/worksheets/new.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
    book.put("[Content_Types].xml", part)
    book.put("xl/_rels/workbook.xml.rels", book.text("xl/_rels/workbook.xml.rels").replace(
        "</Relationships>", '<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/new.xml"/></Relationships>'))
    book.put("xl/worksheets/new.xml", '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
             '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>')
    tags.insert(rng.randint(0, len(tags)), '<sheet name="新表" sheetId="999" r:id="rId999"/>')
    put_tags(book, tags)
    return {"is": "added", "sheet": "新表", "before": None, "now": "新表"}


def sheet_moved(rng, book):
    tags = sheet_tags(book)
    visible = len(tags) - 1
    at, to = rng.sample(range(visible), 2)
    tag = tags.pop(at)
    tags.insert(to, tag)
    put_tags(book, tags)
    if abs(at - to) == 1:
        return {"is": "moved"}                   # either of the two
    return {"is": "moved", "sheet": book.sheets[at][0], "before": str(at + 1), "now": str(to + 1)}


def hidden(rng, book):
    name, part, match, text = pick(rng, book, "text", hidden=True)
    book.put_text(part, match, text + "1")
    return {"stamp": "changed"}


def copied(rng, book):
    part = dict(book.sheets)[HIDDEN]
    match, text = [(match, text) for match, kind, text in book.cells(part) if text and text.startswith("#%s|A1" % book.sheets[0][0])][0]
    at = rng.randrange(len(text))
    book.put_text(part, match, text[:at] + "某" + text[at:])
    return {"stamp": "changed"}


def property_changed(rng, book):
    part = "docProps/custom.xml"
    found = [m for m in re.finditer(r"<vt:lpwstr[^>]*>(.*?)</vt:lpwstr>", book.text(part))]
    match = rng.choice(found[1:])                # the first says which schema
    book.put(part, book.text(part)[:match.start(1)] + match[1][:-1] + ("0" if match[1][-1] != "0" else "1") + book.text(part)[match.end(1):])
    return {"stamp": "changed"}


CHANGES = [digit, label, formula, digit, overwritten, as_text, removed, added, digit, label, sheet_renamed, digit, sheet_removed, sheet_added,
           sheet_moved, result, hidden, copied, property_changed, removed]


def told(answer, want):
    if answer["state"] != "changed":
        return False
    if want.get("sheet") == "封面" and (want.get("now") or "\0").startswith(want.get("before") or ""):
        want = dict(want, now="…")               # names that people fill in are not told
    if want.get("sheet") == "应报未报" and "is" not in want:
        want = {"is": "changed", "sheet": "应报未报"}
    if "stamp" in want:
        return answer.get("stamp") == "changed"
    one = answer["changes"][0] if len(answer["changes"]) == 1 else {}
    return "stamp" not in answer and all(one.get(key) == value for key, value in want.items())


def tampered(file, rng, folder, count):
    wants = []
    while len(wants) < count:
        book = Book(file)
        want = CHANGES[len(wants) % len(CHANGES)](rng, book)
        if want is None and CHANGES[len(wants) % len(CHANGES)] in (formula, overwritten, added, result):
            want = digit(rng, book)              # a roll-up or a clerk's own workbook may have none
        if want is None:
            continue
        book.save(os.path.join(folder, "%03d.xlsx" % len(wants)))
        wants.append(want)
    return wants


def main(program, files):
    bad = 0
    for file in files:
        with tempfile.TemporaryDirectory(prefix="nianbao-tamper-") as folder:
            wants = tampered(file, random.Random(2025), folder, 100)
            paths = [os.path.join(folder, "%03d.xlsx" % i) for i in range(len(wants))]
            done = subprocess.run([program, "verify", "--json", *paths], stdout=subprocess.PIPE, timeout=300)
            answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
            bad += done.returncode != 1 or len(answers) != len(wants)
            for path, want, answer in zip(paths, wants, answers):
                if not told(answer, want):
                    bad += 1
                    print("%s %s: want %s, got %s" % (os.path.basename(file), os.path.basename(path), want, json.dumps(answer, ensure_ascii=False)[:600]))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
