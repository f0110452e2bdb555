# SPDX-License-Identifier: MIT
"""make_kinds.py PROGRAM FOLDER NAME: one report as a Word document, an OpenDocument workbook, a web page and text, and a list of bodies. Text
and list are in GB 18030; in them and in the document the body is called NAME."""
import pathlib
import random
import sys

import openpyxl

import documents
import formats
import pages


def main():
    folder, name, sample = pathlib.Path(sys.argv[2]), sys.argv[3], formats.ROOT / "samples/洪泽区2023.xlsx"
    report = documents.load_all()["hongze_qu_2023"]
    report.unit = name
    (folder / "报告.docx").write_bytes(documents.document_of(report, random.Random(1), "legal"))
    book = openpyxl.load_workbook(sample, data_only=True)
    formats.put_odf(book, folder / "报告.ods", "spreadsheet")
    page = pages.site(pages.load(sys.argv[1], sample), pages.pasted, '<meta charset="gbk">')
    (folder / "报告.html").write_bytes(page.encode("gb18030"))
    text = name + "2023年政府信息公开工作年度报告\n" + formats.pasted(book, "empty", "", "\t", "")
    (folder / "报告.txt").write_bytes(text.encode("gb18030"))
    (folder / "名单.csv").write_bytes(("全称\n%s\n洪泽区人民政府\n" % name).encode("gb18030"))


main()
