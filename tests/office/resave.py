#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""resave.py PROGRAM : saving our workbooks again without a change is no change. LibreOffice saves every cleaned workbook of samples/, of the
golden cases and of a file full of difficult texts as .xlsx, and some as .ods and by way of it and of .xls; `nianbao verify` must say that they are as written.
In between, as .xls, they have another form and cannot be judged. After one digit is changed in the saved copy, verify names the cell."""
import json
import os
import re
import sys

import openpyxl
from trial import SAMPLES, expect, judge, make_inputs, run  # first: it knows where the others are
from sheets import office_convert
from tamper import Book

XLSX = "xlsx:Calc MS Excel 2007 XML"
DIFFICULT = ["约3\t件", "两\n行", "三\r\n行", "  空格  ", "\u3000全角\u3000", "=1+1", "'撇号", "emoji 😀👨‍👩‍👧", "_x000D_ _x0041_", "a|b\\c\\p", "<&>\"'", "é e\u0301",
             "\u200b零宽\ufeff", "长" * 9000, "😀" * 7000, "1e5x", "00123号", "TRUE吗", "2024-01-01前", "行尾\n", "\u2028分行\u2029", "，" * 300 + " " * 300 + "。"]


def verify(program, *books):
    status, out, _ = run(program, "verify", "--json", *books)
    return status, [json.loads(line) for line in out.splitlines() if line.startswith("{")]


def difficult(file):
    """A report with difficult texts where numbers are due, and in a remark that is carried nowhere."""
    book = openpyxl.load_workbook(os.path.join(SAMPLES, "洪泽区2023.xlsx"))
    numbers = [cell for page in book for line in page.iter_rows() for cell in line if isinstance(cell.value, (int, float))]
    for cell, text in zip(numbers[30:], DIFFICULT):
        cell.value = text.replace("_x", "_x005F_x")          # openpyxl does not escape it
        cell.data_type = "s"
    book.save(file)


def make_books(program, directory):
    inputs, made = os.path.join(directory, "in"), os.path.join(directory, "made")
    make_inputs(inputs)
    difficult(os.path.join(inputs, "difficult.xlsx"))
    run(program, "convert", "-o", made, inputs)
    run(program, "rollup", "-o", os.path.join(made, "汇总.xlsx"), inputs)
    expect(os.path.exists(os.path.join(made, "汇总.xlsx")), "no roll-up")
    return sorted(os.path.join(made, name) for name in os.listdir(made) if name.endswith(".xlsx"))


def as_written(program, books, words):
    status, answers = verify(program, *books)
    expect(len(answers) == len(books), "%s: %d answers for %d books" % (words, len(answers), len(books)))
    for answer in answers:
        expect(answer["state"] == "as-written", "%s: %s" % (words, json.dumps(answer, ensure_ascii=False)[:800]))
    expect(status == 0, "%s: status %d" % (words, status))


def saved(books, target, directory):
    os.makedirs(directory)
    office_convert(books, target, directory)
    return [os.path.join(directory, os.path.splitext(os.path.basename(book))[0] + "." + target.split(":")[0]) for book in books]


def another_form(program, books, state):
    status, answers = verify(program, *books)
    expect(status == 2 and {answer["state"] for answer in answers} == {state}, "%s: status %d %s" % (books[0], status, answers[:2]))


def one_digit(program, file, directory):
    """The first number of more than one digit in a saved copy."""
    book = Book(file)
    for name, part in book.sheets:
        found = [(match, text) for match, kind, text in book.cells(part) if kind == "number" and re.fullmatch("[0-9]{2,}", text)]
        if found and name != "nianbao":
            match, text = found[-1]
            book.replace(part, match, "<v>%d</v>" % (int(text) + 1))
            copy = os.path.join(directory, "digit-" + os.path.basename(file))
            book.save(copy)
            status, (answer,) = verify(program, copy)
            changes = [(c.get("sheet"), c.get("cell"), c.get("before"), c.get("now")) for c in answer.get("changes", [])]
            expect(status == 1 and changes == [(name, match[1], text, str(int(text) + 1))], "%s: a digit changed: %s" % (copy, answer))
            return


def test(program, directory):
    books = make_books(program, directory)
    expect(len(books) >= 16, "only %d workbooks" % len(books))
    as_written(program, books, "as written")
    again = saved(books, XLSX, os.path.join(directory, "again"))
    as_written(program, again, "saved again")
    some = [i for i, book in enumerate(books) if i % 5 == 0 or re.match("difficult|汇总", os.path.basename(book))]
    as_written(program, saved([again[i] for i in some], XLSX, os.path.join(directory, "twice")), "saved twice")
    books = [books[i] for i in some]
    ods = saved(books, "ods", os.path.join(directory, "ods"))
    as_written(program, ods, "saved as .ods")
    as_written(program, saved(ods, XLSX, os.path.join(directory, "from-ods")), "by way of .ods")
    xls = saved(books, "xls:MS Excel 97", os.path.join(directory, "xls"))
    another_form(program, xls, "not-ours")
    as_written(program, saved(xls, XLSX, os.path.join(directory, "from-xls")), "by way of .xls")
    for file in again:
        one_digit(program, file, directory)


if __name__ == "__main__":
    sys.exit(judge(test, sys.argv[1]))
