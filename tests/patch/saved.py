#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""saved.py MARKED OUT: a marked workbook as openpyxl saves it, which writes drawings with prefixes of its own.
saved.py MARKED AGAIN same: have both the same marks, each once?
saved.py MARKED OUT formula: with a formula in 校验结果, in the list of formulas too."""
import sys
import zipfile

import openpyxl


def marks(path):
    """Cells with our colours or a note, and how often it is there."""
    found = {}
    for sheet in openpyxl.load_workbook(path):
        if isinstance(sheet, openpyxl.chartsheet.Chartsheet) or sheet.title in ("校验结果", "nianbao"):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                note, color = cell.comment.text.count("【年报校验】") if cell.comment else 0, cell.fill.fgColor.rgb
                if note or color in ("FFFFC7CF", "FFFFEB9D"):
                    found[sheet.title, cell.coordinate] = note, color
    return found


def formula(path, out):
    with zipfile.ZipFile(path) as z, zipfile.ZipFile(out, "w") as w:
        for name in z.namelist():
            data = z.read(name)
            if name == "xl/worksheets/nianbao1.xml":
                data = data.replace(b"</row>", b'<c r="Z1"><f>1+1</f><v>2</v></c></row>', 1)
            if name == "xl/calcChain.xml":
                data = data.replace(b"</calcChain>", b'<c r="Z1" i="4"/></calcChain>')
            w.writestr(name, data)


if sys.argv[3:] == ["same"]:
    a, b = marks(sys.argv[1]), marks(sys.argv[2])
    if not a or a != b:
        sys.exit("marks: %s\nare: %s" % (a, b))
elif sys.argv[3:] == ["formula"]:
    formula(*sys.argv[1:3])
else:
    openpyxl.load_workbook(sys.argv[1], keep_vba=sys.argv[1].endswith("m")).save(sys.argv[2])
