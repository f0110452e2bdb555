# SPDX-License-Identifier: MIT
"""What a workbook holds, as a list of steps that write it again: every cell, format, merged range, comment, validation, conditional format,
width and print setting that openpyxl finds, each one step with constants. bare.py makes a C program of it, peers/same.py and peers/same.js
take it with another library: so all of them write the same sheets as `nianbao convert`."""
import json
import zipfile
from xml.etree import ElementTree

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries


def area_of(text):
    """Zero-based first row, first column, last row, last column."""
    k, r, k2, r2 = range_boundaries(text.split("!")[-1])
    return [r - 1, k - 1, r2 - 1, k2 - 1]


def rgb(color):
    return color.rgb[2:] if color is not None and color.type == "rgb" else None


class Plan:
    """formats: list of dicts; sheets: list of {name, hidden, steps, page}; properties: [name, value]; text: the summary beside the workbook."""

    def __init__(self, path):
        book = openpyxl.load_workbook(path)
        self.formats, self.places = [], {}
        self.sheets = [self.sheet(*pair) for pair in zip(book.worksheets, openpyxl.load_workbook(path, data_only=True).worksheets, strict=True)]
        self.properties = properties(path)

    def format(self, look):
        key = json.dumps(look, sort_keys=True)
        if key not in self.places:
            self.places[key] = len(self.formats)
            self.formats.append(look)
        return self.places[key]

    def format_of(self, cell):
        if cell.style_id == 0:
            return None                         # as nianbao has it: the default of the workbook
        font, across = cell.font, cell.alignment.horizontal
        return self.format({
            "bold": bool(font.b), "size": float(font.sz or 11), "font": font.name, "color": rgb(font.color), "underline": bool(font.u),
            "fill": rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None, "border": bool(cell.border.left.style),
            "across": across if across in ("left", "center", "right") else None, "middle": cell.alignment.vertical == "center",
            "indent": int(cell.alignment.indent), "wrap": bool(cell.alignment.wrap_text),
            "number": cell.number_format if cell.number_format != "General" else None})

    def tint(self, rule):
        return self.format({"bold": bool(rule.dxf.font and rule.dxf.font.b), "color": rgb(rule.dxf.font.color) if rule.dxf.font else None,
                            "fill": rgb(rule.dxf.fill.bgColor) if rule.dxf.fill else None, "tint": True})

    def sheet(self, sheet, results):
        steps = [["column", size.min - 1, size.max - 1, round(float(size.width) - 0.7109375, 7)] for size in sheet.column_dimensions.values()]
        merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell):
                    steps += self.cell(cell, merged.get((cell.row, cell.column)), results[cell.coordinate].value)
        steps += [["row", row - 1, float(size.height)] for row, size in sheet.row_dimensions.items() if size.height]
        for rule in sheet.data_validations.dataValidation:
            steps += [["validation", *area_of(area), validation(rule)] for area in str(rule.sqref).split()]
        for area, rules in sheet.conditional_formatting._cf_rules.items():
            steps += [["condition", *area_of(str(area.sqref).split()[0]), str(area.sqref), "=" + rule.formula[0], self.tint(rule)] for rule in rules]
        return {"name": sheet.title, "hidden": sheet.sheet_state != "visible", "steps": steps, "page": page(sheet)}

    def cell(self, cell, area, result):
        look, value, r, k = self.format_of(cell), cell.value, cell.row - 1, cell.column - 1
        if area is not None:
            yield ["merge", r, k, area.max_row - 1, area.max_col - 1, look]
        if cell.hyperlink and cell.hyperlink.location:
            yield ["link", r, k, cell.hyperlink.location, look]
        if value is None:
            if cell.has_style and area is None:
                yield ["blank", r, k, look]
        elif isinstance(value, str) and value.startswith("="):
            yield ["formula", r, k, value, "" if result is None else result, look]
        elif isinstance(value, str):
            yield ["text", r, k, value, look]
        else:
            yield ["number", r, k, float(value), look]
        if cell.comment:
            yield ["comment", r, k, cell.comment.text]


def validation(rule):
    """Its kind, the formula of a custom one or the bounds of a number (most: None if there is no other), and what it tells people."""
    bounds = [json.loads(bound) if rule.type in ("whole", "decimal") and bound is not None else None for bound in (rule.formula1, rule.formula2)]
    return {"kind": rule.type or "any", "formula": str(rule.formula1) if rule.formula1 is not None else None, "least": bounds[0], "most": bounds[1],
            "input_title": rule.promptTitle, "input_message": rule.prompt, "error_title": rule.errorTitle, "error_message": rule.error}


def page(sheet):
    margins, footer, area = sheet.page_margins, sheet.oddFooter, sheet.print_area
    frozen = area_of(sheet.freeze_panes) if sheet.freeze_panes else None
    fit = sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    return {"margins": [margins.left, margins.right, margins.top, margins.bottom], "center": bool(sheet.print_options.horizontalCentered),
            "landscape": sheet.page_setup.orientation == "landscape",
            "fit": (1 if sheet.page_setup.fitToHeight is None else int(sheet.page_setup.fitToHeight)) if fit else None,
            "freeze": frozen[:2] if frozen else None, "area": area_of(area if isinstance(area, str) else area[0]) if area else None,
            "repeat": [int(row.strip("$")) - 1 for row in sheet.print_title_rows.split(":")] if sheet.print_title_rows else None,
            "footer": "".join(code + part.text for code, part in (("&L", footer.left), ("&C", footer.center), ("&R", footer.right)) if part.text) or None}


def properties(path):
    """The custom document properties, which this openpyxl does not know."""
    with zipfile.ZipFile(path) as package:
        if "docProps/custom.xml" not in package.namelist():
            return []
        root = ElementTree.fromstring(package.read("docProps/custom.xml"))
    return [[item.get("name"), "".join(item.itertext())] for item in root]


def write(workbook, summary, target):
    """The plan of a workbook and of the text beside it, as JSON."""
    with open(summary, encoding="utf-8") as file:
        plan = {**vars(Plan(workbook)), "text": file.read()}
    del plan["places"]
    with open(target, "w", encoding="utf-8") as out:
        json.dump(plan, out, ensure_ascii=False)
