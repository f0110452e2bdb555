# SPDX-License-Identifier: MIT
"""same.py OUT PLAN.json FILE...: read with openpyxl's read-only mode, judge, and write with XlsxWriter the same sheets and the same text as
`nianbao convert` (plan.py): the whole job, but for finding the tables and composing what is said, which the plan has ready."""
import json
import os
import sys

import openpyxl
import xlsxwriter

from judge import judge

FORMATS = {"bold": "bold", "size": "font_size", "font": "font_name", "color": "font_color", "fill": "bg_color", "border": "border",
           "across": "align", "indent": "indent", "wrap": "text_wrap", "underline": "underline", "number": "num_format"}
KINDS = {"whole": "integer"}


def look(style):
    members = {FORMATS[member]: value for member, value in style.items() if member in FORMATS and value}
    if style.get("middle"):
        members["valign"] = "vcenter"
    return members


def validation(rule):
    members = {member: rule[member] for member in ("input_title", "input_message", "error_title", "error_message") if rule[member]}
    if rule["kind"] == "custom":
        return {"validate": "custom", "value": "=" + rule["formula"], **members}
    kind = KINDS.get(rule["kind"], rule["kind"])
    if rule["most"] is not None:
        return {"validate": kind, "criteria": "between", "minimum": rule["least"], "maximum": rule["most"], **members}
    return {"validate": kind, "criteria": ">=", "value": rule["least"], **members}


def take(step, sheet, formats):
    name, rest = step[0], step[1:]
    if name in ("text", "number", "formula", "blank", "link", "merge"):
        rest[-1] = None if rest[-1] is None else formats[rest[-1]]
    if name == "text":
        sheet.write_string(*rest)
    elif name == "number":
        sheet.write_number(*rest)
    elif name == "formula":
        sheet.write_formula(*rest[:3], rest[4], rest[3])
    elif name == "blank":
        sheet.write_blank(rest[0], rest[1], None, rest[2])
    elif name == "link":
        sheet.write_url(rest[0], rest[1], "internal:" + rest[2], rest[3])
    elif name == "merge":
        sheet.merge_range(*rest[:4], "", rest[4])
    elif name == "comment":
        sheet.write_comment(*rest)
    elif name == "column":
        sheet.set_column(*rest)
    elif name == "row":
        sheet.set_row(*rest)
    elif name == "validation":
        sheet.data_validation(*rest[:4], validation(rest[4]))
    else:
        sheet.conditional_format(*rest[:4], {"type": "formula", "criteria": rest[5], "format": formats[rest[6]], "multi_range": rest[4]})


def set_page(page, sheet):
    left, right, top, bottom = page["margins"]
    sheet.set_paper(9)
    sheet.set_margins(left, right, top, bottom)
    if page["center"]:
        sheet.center_horizontally()
    if page["landscape"]:
        sheet.set_landscape()
    if page["fit"] is not None:
        sheet.fit_to_pages(1, page["fit"])
    if page["freeze"]:
        sheet.freeze_panes(*page["freeze"])
    if page["repeat"]:
        sheet.repeat_rows(*page["repeat"])
    if page["area"]:
        sheet.print_area(*page["area"])
    if page["footer"]:
        sheet.set_footer(page["footer"])


def write(plan, path):
    book = xlsxwriter.Workbook(path)
    formats = [book.add_format(look(style)) for style in plan["formats"]]
    for one in plan["sheets"]:
        sheet = book.add_worksheet(one["name"])
        if one["hidden"]:
            sheet.hide()
        for step in one["steps"]:
            take(step, sheet, formats)
        set_page(one["page"], sheet)
    for name, value in plan["properties"]:
        book.set_custom_property(name, value)
    book.close()
    with open(path[:-len(".xlsx")] + ".txt", "w", encoding="utf-8") as out:
        out.write(plan["text"])


def main():
    folder, files = sys.argv[1], sys.argv[3:]
    with open(sys.argv[2], encoding="utf-8") as file:
        plan = json.load(file)
    wrong = 0
    for path in files:
        book = openpyxl.load_workbook(path, read_only=True)
        wrong += judge(list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
        write(plan, os.path.join(folder, os.path.basename(path)))
    print(wrong)


main()
