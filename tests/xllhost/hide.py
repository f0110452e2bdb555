#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""hide.py IN.xlsx OUT.xlsx [others]: in front of every sheet a hidden copy of it, in which each number is one more. Who takes a hidden sheet
for one that is shown reads the wrong numbers. With "others" every sheet but the first is hidden itself, so that nothing can be marked
there, and has quotes in its name."""
import sys

import openpyxl


def copies(book):
    for sheet in list(book.worksheets):
        copy = book.copy_worksheet(sheet)
        copy.sheet_state = 'hidden'
        for cells in copy.iter_rows():
            for cell in cells:
                if isinstance(cell.value, (int, float)):
                    cell.value += 1
        book.move_sheet(copy, book.index(sheet) - book.index(copy))
    book.active = 1


def others(book):
    for sheet in book.worksheets[1:]:
        sheet.sheet_state, sheet.title = 'hidden', f'“{sheet.title}"'
    book.active = 0


book = openpyxl.load_workbook(sys.argv[1])
(others if 'others' in sys.argv[3:] else copies)(book)
book.save(sys.argv[2])
