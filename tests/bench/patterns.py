# SPDX-License-Identifier: MIT
"""patterns: one report as other programs save it, every cell with its border, font and format, some 10 KB: what make_units.py fills in."""
import io
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from sheets import Error, Formula, Number, xlsx_bytes        # noqa: E402


def plain(value):
    """What a person would have typed."""
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, (Number, Error)):
        value = value.text
    return int(value) if value is not None and str(value).isdigit() else value


def size(sheet):
    return max(row for row, _ in sheet.cells) + 1, max(col for _, col in sheet.cells) + 1


def by_bench(sheets):
    return xlsx_bytes(sheets, {})


def by_xlsxwriter(sheets):
    import xlsxwriter
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    title = book.add_format({"font_name": "宋体", "font_size": 14, "bold": 1, "border": 1, "align": "center"})
    head = book.add_format({"font_name": "宋体", "bold": 1, "border": 1, "bg_color": "#DDEBF7", "text_wrap": 1})
    number = book.add_format({"num_format": "#,##0_ ;[Red]\\-#,##0\\ ", "border": 1})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        rows, cols = size(sheet)
        for row in range(rows):
            for col in range(cols):
                value = sheet.cells.get((row, col))
                if isinstance(value, Formula):
                    page.write_formula(row, col, "=" + value.text.lstrip("="), number, plain(value) or 0)
                else:
                    page.write(row, col, plain(value), number if isinstance(value, Number) or value is None else head if row else title)
        for merge in sheet.merges:
            page.merge_range(*merge[:4], plain(sheet.cells[merge[0], merge[1]]), head)
        page.set_column(0, cols, 14)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    book.set_properties({"author": "张三", "title": "年报"})
    book.close()
    return out.getvalue()


def by_openpyxl(sheets):
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    book, line, out = openpyxl.Workbook(), Side(style="thin"), io.BytesIO()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        rows, cols = size(sheet)
        for row in range(rows):
            for col in range(cols):
                cell, value = page.cell(row + 1, col + 1), plain(sheet.cells.get((row, col)))
                cell.border = Border(left=line, right=line, top=line, bottom=line)
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                cell.font = Font(name="宋体", size=11 if row else 14, bold=row < 2)
                if isinstance(value, int):
                    cell.number_format = "0"
                elif value is not None and row < 3:
                    cell.fill = PatternFill("solid", fgColor="DDEBF7")
                cell.value = value
            page.row_dimensions[row + 1].height = 24
        for merge in sheet.merges:
            page.merge_cells(start_row=merge[0] + 1, start_column=merge[1] + 1, end_row=merge[2] + 1, end_column=merge[3] + 1)
        for col in range(cols):
            page.column_dimensions[openpyxl.utils.get_column_letter(col + 1)].width = 16
        page.freeze_panes = "A4"
    book.save(out)
    return out.getvalue()


def by_libreoffice(sheets):
    """What openpyxl wrote, saved again."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = os.path.join(folder, "source.xlsx"), os.path.join(folder, "out")
        with open(source, "wb") as file:
            file.write(by_openpyxl(sheets))
        subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(folder, "office"), "--headless", "--convert-to", "xlsx", "--outdir", out, source],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(out, "source.xlsx"), "rb") as file:
            return file.read()


PATTERNS = {"bench": by_bench, "xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl}
if shutil.which("soffice"):
    PATTERNS["libreoffice"] = by_libreoffice
