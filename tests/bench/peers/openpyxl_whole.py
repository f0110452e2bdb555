# SPDX-License-Identifier: MIT
"""openpyxl_whole.py OUT|- FILE...: with openpyxl alone: read each workbook, judge the row totals of the wide table, write it again with styles."""
import os
import sys

import openpyxl

from judge import judge

out, files = sys.argv[1], sys.argv[2:]
wrong = 0
for path in files:
    book = openpyxl.load_workbook(path)
    wrong += judge([row for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets)
    if out != "-":
        book.save(os.path.join(out, os.path.basename(path)))
print(wrong)
