#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""hide.py IN.xlsx OUT.xlsx: in front of every sheet a hidden copy of it, in which each number is one more. Who takes a hidden sheet for
one that is shown reads the wrong numbers."""
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
for sheet in list(book.worksheets):
    copy = book.copy_worksheet(sheet)
    copy.sheet_state = 'hidden'
    for cells in copy.iter_rows():
        for cell in cells:
            if isinstance(cell.value, (int, float)):
                cell.value += 1
    book.move_sheet(copy, book.index(sheet) - book.index(copy))
book.active = 1
book.save(sys.argv[2])
