# SPDX-License-Identifier: MIT
"""rollup_stream.py OUT FOLDER: what a script of an office does to roll up workbooks of one layout: openpyxl's read-only mode, exact sums by the
place of each number, a row per workbook, the rows that do not add up, written with XlsxWriter row by row: the quickest way that Python has."""
import os
import sys
from decimal import Decimal

import openpyxl
import xlsxwriter

from judge import judge

out, folder = sys.argv[1:]
book = xlsxwriter.Workbook(os.path.join(out, "sums.xlsx"), {"constant_memory": True})
frame, red = book.add_format({"border": 1}), book.add_format({"border": 1, "bg_color": "#FFC7CE"})
details, sums = book.add_worksheet("units"), {}
for row, path in enumerate(sorted(os.path.join(top, name) for top, _, names in os.walk(folder) for name in names)):
    source = openpyxl.load_workbook(path, read_only=True)
    sheets = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in source.worksheets]
    look = red if judge(rows for _, rows in sheets) else frame
    details.write(row, 0, path, look)
    column = 0
    for title, rows in sheets:
        for r, cells in enumerate(rows):
            for c, value in enumerate(cells):
                if isinstance(value, (int, float)):
                    column += 1
                    details.write_number(row, column, value, look)
                    sums[title, r, c] = sums.get((title, r, c), 0) + Decimal(repr(value))
totals = book.add_worksheet("sums")
for row, ((title, r, c), value) in enumerate(sums.items()):
    totals.write_row(row, 0, [title, r, c, float(value)], frame)
book.close()
