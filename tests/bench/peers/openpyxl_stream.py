# SPDX-License-Identifier: MIT
"""openpyxl_stream.py OUT|- FILE...: read with openpyxl's read-only mode, judge, write with XlsxWriter: the quickest way that Python has."""
import os
import sys

import openpyxl
import xlsxwriter

from judge import judge

out, files = sys.argv[1], sys.argv[2:]
wrong = 0
for path in files:
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    wrong += judge(rows for _, rows in sheets)
    if out != "-":
        copy = xlsxwriter.Workbook(os.path.join(out, os.path.basename(path)))
        frame = copy.add_format({"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        for title, rows in sheets:
            sheet = copy.add_worksheet(title)
            sheet.set_column(0, 12, 12)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value is not None:
                        sheet.write(r, c, value, frame)
        copy.close()
print(wrong)
