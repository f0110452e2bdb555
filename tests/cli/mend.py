# SPDX-License-Identifier: MIT
"""mend.py FILE SHEET CELL=VALUE...: type values into a workbook, as a clerk does; what its formulas have shown stays."""
import sys

from tamper import Book

book = Book(sys.argv[1])
part = dict(book.sheets)[sys.argv[2]]
for change in sys.argv[3:]:
    cell, value = change.split("=", 1)
    match = next(match for match, _, _ in book.cells(part) if match[1] == cell)
    if value.isdecimal():
        book.replace(part, match, "<v>%s</v>" % value)
    else:
        book.put_text(part, match, value)
book.save(sys.argv[1])
