# SPDX-License-Identifier: MIT
"""books.py DIR: the workbooks that the tests of the command line convert."""
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from documents import Document, document_of       # noqa: E402
from reports import load           # noqa: E402
from sheets import Sheet, xls_bytes, xlsx_bytes   # noqa: E402
from workbooks import build        # noqa: E402


def letter(rng):
    document = Document(rng)
    document.out += [document.paragraph("关于报送材料的函"), document.table(small())]
    return document.bytes()


def small():
    sheet = Sheet("t")
    sheet.put(0, 0, "科室")
    sheet.put(0, 1, "3")
    return sheet


def main(folder):
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(1)
    good = build("legal", load("suqian_shi_2023"), rng).sheets
    bad = build("legal", load("hongze_qu_2023"), rng).sheets
    warned = build("legal", load("shanghai_bgt_2019"), rng).sheets
    odd = Sheet("b\\c")
    odd.put(0, 0, "x\ty\nz\\")
    odd.merge(1, 1, 2, 2)
    odd.put(1, 1, "shown")
    odd.put(2, 2, "covered")
    for name, content in (("pass.xlsx", xlsx_bytes(good)), ("pass.xls", xls_bytes(good)), ("fail.xlsx", xlsx_bytes(bad)),
                          ("warn.xlsx", xlsx_bytes(warned)), ("odd.xlsx", xlsx_bytes([odd])),
                          ("report.docx", document_of(load("suqian_shi_2023"), rng, "legal")), ("letter.docx", letter(rng))):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)


main(sys.argv[1])
