#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_large.py FOLDER: sheets of the kind that makes readers swell, each beside a whole small report: empty.xlsx (1,048,576 styled
empty rows, 85 MB of XML), cells.xlsx (as many of three empty cells, 92 MB), junk.xlsx (200,000 x 10 cells of numbers, 73 MB), mixed.xlsx (the same of
numbers and texts, 93 MB), kinds.xlsx (140,000 x 10 of all kinds, indented, 73 MB).
make_large.py FILE KIND BYTES: one of so many bytes of XML; KIND: styled (rows of empty cells) or mixed."""
import os
import random
import sys
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from reports import random_report                    # noqa: E402
from sheets import xlsx_bytes                        # noqa: E402
from workbooks import build                          # noqa: E402

HEAD = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
TAIL = "</sheetData></worksheet>"


def empty_rows():
    for row in range(1, 1048577):
        yield '<row r="%d" spans="1:11" s="1" customFormat="1" ht="14.25" customHeight="1"><c r="A%d" s="1"/></row>' % (row, row) \
            if row % 64 == 0 else '<row r="%d" spans="1:11" s="1" customFormat="1" ht="14.25" customHeight="1"/>' % row


def styled_rows():
    for row in range(1, 1048577):
        yield '<row r="%d" spans="1:11" s="1" customFormat="1" ht="14.25" customHeight="1">%s</row>' % (
            row, "".join('<c r="%s%d" s="1"/>' % (column, row) for column in "ABCDEFGHIJK"))


def junk_rows():
    rng = random.Random(1)
    for row in range(1, 200001):
        yield '<row r="%d">%s</row>' % (row, "".join('<c r="%s%d" s="1"><v>%d</v></c>' % (column, row, rng.randrange(10 ** 6)) for column in "ABCDEFGHIJ"))


def mixed_rows(most=200000):
    rng = random.Random(1)
    for row in range(1, most + 1):
        cells = ['<c r="%s%d" s="1"><v>%d</v></c>' % (column, row, rng.randrange(10 ** 9)) for column in "ABCDEFG"]
        cells += ['<c r="%s%d" t="inlineStr"><is><t>%06x</t></is></c>' % (column, row, rng.randrange(1 << 24)) for column in "HIJ"]
        yield '<row r="%d">%s</row>' % (row, "".join(cells))


def empty_cells():
    for row in range(1, 1048577):
        yield '<row r="%d">%s</row>' % (row, "".join('<c r="%s%d" s="1"/>' % (column, row) for column in "ABC"))


def kinds_rows():
    """What is not written in the same way by all programs: order of attributes, white space, formulas, decimals, booleans, errors, Chinese texts."""
    rng = random.Random(1)
    for row in range(1, 140001):
        text = "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(5))
        cells = ['<c r="A%d" t="str"><f>B%d&amp;C%d</f><v>x%d</v></c>' % (row, row, row, rng.randrange(10 ** 5)), '<c r="B%d"><v>%.9f</v></c>' % (row, rng.random()),
                 '<c s="1" r="C%d"><v>%r</v></c>' % (row, rng.random() * 1000), '<c r="D%d" t="b"><v>%d</v></c>' % (row, rng.randrange(2)),
                 '<c r="E%d" t="e"><f>1/0</f><v>#DIV/0!</v></c>' % row, '<c r="F%d" t="inlineStr"><is><t>%s</t></is></c>' % (row, text),
                 '<c t="n"><v>%d</v></c>' % rng.randrange(10), '<c r="H%d" s="1"><f t="shared" si="0"/><v>%d</v></c>' % (row, rng.randrange(100)),
                 '<c r="I%d" s="%d"></c>' % (row, rng.randrange(5)), '<c r="J%d" cm="1"><v>-%d</v></c>' % (row, rng.randrange(10 ** 6))]
        yield '\n  <row r="%d" ht="%s">\n    %s\n  </row>' % (row, rng.choice(("14.25", "15")), "\n    ".join(cells))


def so_many(rows, size):
    """Of the rows as many as make so many bytes."""
    for row in rows:
        if size <= 0:
            return
        size -= len(row)
        yield row


def deflated(name):
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def write(path, rows):
    """A small report, and a last sheet with these rows."""
    book = build("legal", random_report(random.Random(1), 2023), random.Random(1))
    book.sheets[-1:] = book.sheets[-1:] + [type(book.sheets[0])("附表")]
    small = path + ".small"
    with open(small, "wb") as file:
        file.write(xlsx_bytes(book.sheets))
    member = "xl/worksheets/sheet%d.xml" % len(book.sheets)
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            if info.filename != member:
                out.writestr(info, source.read(info))
        with out.open(deflated(member), "w", force_zip64=False) as part:
            part.write(HEAD.encode())
            block = []
            for row in rows:
                block.append(row)
                if len(block) == 4096:
                    part.write("".join(block).encode())
                    block = []
            part.write(("".join(block) + TAIL).encode())
    os.remove(small)


def main():
    if len(sys.argv) == 4:
        os.makedirs(os.path.dirname(sys.argv[1]), exist_ok=True)
        rows = styled_rows() if sys.argv[2] == "styled" else mixed_rows(1048576)
        write(sys.argv[1], so_many(rows, int(sys.argv[3])))
        return
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, rows in (("empty", empty_rows()), ("cells", empty_cells()), ("kinds", kinds_rows()), ("mixed", mixed_rows()), ("junk", junk_rows())):
        write(os.path.join(sys.argv[1], name + ".xlsx"), rows)


main()
