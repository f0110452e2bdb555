#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bare.py WORKBOOK.xlsx BARE.c: a C program (BARE FILE.xlsx, or BARE PREFIX N for N of them) that makes the same sheets with libxlsxwriter and does nothing else: every cell, format, merged
range, comment, validation, conditional format and width that openpyxl finds in WORKBOOK.xlsx is one call with constants. It is the floor
under `nianbao convert`: what a program costs that need not read, find, check or compose anything."""
import sys
import zipfile
from xml.etree import ElementTree

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries

HALIGN = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "justify": "JUSTIFY"}
VALIDATION = {"whole": "INTEGER", "decimal": "DECIMAL", "list": "LIST", "custom": "CUSTOM_FORMULA"}


def c(text):
    """A C string."""
    out = []
    for byte in str(text).encode("utf-8"):
        out.append(chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else "\\%03o" % byte)
    return '"%s"' % "".join(out)


class Program:
    def __init__(self, book, properties):
        self.lines, self.formats = [], {}
        for number, sheet in enumerate(book.worksheets):
            self.sheet(number, sheet)
        for name, value in properties:
            self.call("workbook_set_custom_property_string(book, %s, %s)" % (c(name), c(value)))

    def call(self, text):
        self.lines.append("    %s;" % text)

    def format_of(self, cell):
        if cell.style_id == 0:
            return "NULL"                       # as nianbao has it: the default of the workbook
        key = (cell.font.b, cell.font.sz, cell.font.name, cell.font.color.rgb if cell.font.color and cell.font.color.type == "rgb" else None,
               cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None, cell.border.left.style, cell.alignment.horizontal,
               cell.alignment.vertical, cell.alignment.wrap_text, cell.number_format, cell.font.u)
        return "f[%d]" % self.formats.setdefault(key, len(self.formats))

    def sheet(self, number, sheet):
        self.call("s = workbook_add_worksheet(book, %s)" % c(sheet.title))
        if sheet.sheet_state != "visible":
            self.call("worksheet_hide(s)")
        for letter, size in sheet.column_dimensions.items():
            self.call("worksheet_set_column(s, %d, %d, %r, NULL)" % (size.min - 1, size.max - 1, float(size.width)))
        merged = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                self.cell(cell, merged)
        for row, size in sheet.row_dimensions.items():
            if size.height:
                self.call("worksheet_set_row(s, %d, %r, NULL)" % (row - 1, float(size.height)))
        for rule in sheet.data_validations.dataValidation:
            self.validation(rule)
        for area, rules in sheet.conditional_formatting._cf_rules.items():
            for rule in rules:
                self.condition(str(area.sqref).split()[0], rule)
        self.page(sheet)

    def page(self, sheet):
        self.call("worksheet_set_paper(s, 9)")
        margins = sheet.page_margins
        self.call("worksheet_set_margins(s, %r, %r, %r, %r)" % (margins.left, margins.right, margins.top, margins.bottom))
        if sheet.print_options.horizontalCentered:
            self.call("worksheet_center_horizontally(s)")
        if sheet.page_setup.orientation == "landscape":
            self.call("worksheet_set_landscape(s)")
        if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
            self.call("worksheet_fit_to_pages(s, 1, %d)" % (1 if sheet.page_setup.fitToHeight is None else int(sheet.page_setup.fitToHeight)))
        if sheet.freeze_panes:
            k, r, _, _ = range_boundaries(sheet.freeze_panes)
            self.call("worksheet_freeze_panes(s, %d, %d)" % (r - 1, k - 1))
        if sheet.print_title_rows:
            first, last = (int(row.strip("$")) for row in sheet.print_title_rows.split(":"))
            self.call("worksheet_repeat_rows(s, %d, %d)" % (first - 1, last - 1))
        if sheet.print_area:
            area = sheet.print_area if isinstance(sheet.print_area, str) else sheet.print_area[0]
            k, r, k2, r2 = range_boundaries(area.split("!")[-1])
            self.call("worksheet_print_area(s, %d, %d, %d, %d)" % (r - 1, k - 1, r2 - 1, k2 - 1))
        footer = sheet.oddFooter
        parts = [code + part.text for code, part in (("&L", footer.left), ("&C", footer.center), ("&R", footer.right)) if part.text]
        if parts:
            self.call("worksheet_set_footer(s, %s)" % c("".join(parts)))

    def cell(self, cell, merged):
        if isinstance(cell, MergedCell):
            return
        look, value, r, k = self.format_of(cell), cell.value, cell.row - 1, cell.column - 1
        if (cell.row, cell.column) in merged:
            area = merged[cell.row, cell.column]
            self.call("worksheet_merge_range(s, %d, %d, %d, %d, \"\", %s)" % (r, k, area.max_row - 1, area.max_col - 1, look))
        if cell.hyperlink and cell.hyperlink.location:
            self.call("worksheet_write_url(s, %d, %d, %s, %s)" % (r, k, c("internal:" + cell.hyperlink.location), look))
        if value is None:
            if cell.has_style and (cell.row, cell.column) not in merged:
                self.call("worksheet_write_blank(s, %d, %d, %s)" % (r, k, look))
        elif isinstance(value, str) and value.startswith("="):
            self.call("worksheet_write_formula_num(s, %d, %d, %s, %s, 1)" % (r, k, c(value), look))
        elif isinstance(value, str):
            self.call("worksheet_write_string(s, %d, %d, %s, %s)" % (r, k, c(value), look))
        else:
            self.call("worksheet_write_number(s, %d, %d, %r, %s)" % (r, k, float(value), look))
        if cell.comment:
            self.call("worksheet_write_comment(s, %d, %d, %s)" % (r, k, c(cell.comment.text)))

    def validation(self, rule):
        self.call("memset(&v, 0, sizeof v)")
        self.call("v.validate = LXW_VALIDATION_TYPE_%s" % ("CUSTOM_FORMULA" if rule.type == "custom" else "INTEGER"))
        if rule.type == "custom":
            self.call("v.value_formula = %s" % c("=" + str(rule.formula1)))
        else:
            self.call("v.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO")
        for member, text in (("input_title", rule.promptTitle), ("input_message", rule.prompt), ("error_title", rule.errorTitle), ("error_message", rule.error)):
            if text:
                self.call("v.%s = %s" % (member, c(text)))
        for area in str(rule.sqref).split():
            k, r, k2, r2 = range_boundaries(area)
            self.call("worksheet_data_validation_range(s, %d, %d, %d, %d, &v)" % (r - 1, k - 1, r2 - 1, k2 - 1))

    def condition(self, area, rule):
        k, r, k2, r2 = range_boundaries(area)
        self.call("memset(&q, 0, sizeof q)")
        self.call("q.type = LXW_CONDITIONAL_TYPE_FORMULA")
        self.call("q.value_string = %s" % c("=" + (rule.formula[0] if rule.formula else "TRUE")))
        self.call("q.format = f[0]")
        self.call("worksheet_conditional_format_range(s, %d, %d, %d, %d, &q)" % (r - 1, k - 1, r2 - 1, k2 - 1))

    def text(self):
        head = ["/* Made by bare.py. */", "#include <stdio.h>", "#include <stdlib.h>", "#include <string.h>", "#include <xlsxwriter.h>", "static int", "make(const char *path)", "{",
                "    lxw_workbook *book = workbook_new(path);", "    lxw_worksheet *s;", "    lxw_data_validation v;",
                "    lxw_conditional_format q;", "    memset(&v, 0, sizeof v); memset(&q, 0, sizeof q);", "    lxw_format *f[%d];" % max(1, len(self.formats))]
        for key, place in self.formats.items():
            bold, size, font, color, fill, border, across, down, wrap, code, underline = key
            head.append("    f[%d] = workbook_add_format(book);" % place)
            head += ["    %s;" % line for line in (
                "format_set_bold(f[%d])" % place if bold else "", "format_set_font_size(f[%d], %r)" % (place, float(size or 11)),
                "format_set_font_name(f[%d], %s)" % (place, c(font)) if font else "",
                "format_set_font_color(f[%d], 0x%s)" % (place, color[2:]) if color else "",
                "format_set_bg_color(f[%d], 0x%s)" % (place, fill[2:]) if fill else "",
                "format_set_border(f[%d], LXW_BORDER_THIN)" % place if border else "",
                "format_set_align(f[%d], LXW_ALIGN_%s)" % (place, HALIGN[across]) if across in HALIGN else "",
                "format_set_align(f[%d], LXW_ALIGN_VERTICAL_CENTER)" % place if down == "center" else "",
                "format_set_text_wrap(f[%d])" % place if wrap else "", "format_set_underline(f[%d], 1)" % place if underline else "",
                "format_set_num_format(f[%d], %s)" % (place, c(code)) if code != "General" else "") if line]
        main = ["    return workbook_close(book) != LXW_NO_ERROR;", "}", "int", "main(int argc, char **argv)", "{", "    char path[4096];",
                "    int wrong = 0;", "    for (int i = 0; i < (argc > 2 ? atoi(argv[2]) : 1); i++) {",
                "        snprintf(path, sizeof path, argc > 2 ? \"%s%d.xlsx\" : \"%s\", argv[1], i);", "        wrong |= make(path);", "    }", "    return wrong;", "}", ""]
        return "\n".join(head + self.lines + main)


def properties(path):
    """The custom document properties, which this openpyxl does not know."""
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("docProps/custom.xml"))
    return [(item.get("name"), "".join(item.itertext())) for item in root]


with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write(Program(openpyxl.load_workbook(sys.argv[1]), properties(sys.argv[1])).text())
