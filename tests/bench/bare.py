#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bare.py PLAN.json BARE.c: a C program (BARE FILE.xlsx, or BARE PREFIX N for N of them) that takes the steps of a plan (plan.py) with libxlsxwriter
and does nothing else. It is the floor under `nianbao convert`: what a program costs that need not read, find, check or compose anything."""
import json
import sys

HEAD = """/* Made by bare.py. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>
static int
make(const char *path)
{
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *s;
    lxw_data_validation v;
    lxw_conditional_format q;
    lxw_format *f[%d];"""
TAIL = """    return workbook_close(book) != LXW_NO_ERROR;
}
int
main(int argc, char **argv)
{
    char path[4096];
    int wrong = 0;
    for (int i = 0; i < (argc > 2 ? atoi(argv[2]) : 1); i++) {
        snprintf(path, sizeof path, argc > 2 ? "%s%d.xlsx" : "%s", argv[1], i);
        wrong |= make(path);
    }
    return wrong;
}
"""
KINDS = {"whole": "INTEGER", "decimal": "DECIMAL", "custom": "CUSTOM_FORMULA", "any": "ANY"}


def c(value):
    """A constant of C."""
    if value is None:
        return "NULL"
    if not isinstance(value, str):
        return repr(value)
    out = []
    for byte in value.encode("utf-8"):
        out.append(chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else "\\%03o" % byte)
    return '"%s"' % "".join(out)


def look(place):
    return "NULL" if place is None else "f[%d]" % place


def call(name, *arguments):
    return "%s(%s)" % (name, ", ".join(arguments))


def numbers(values):
    return ", ".join(c(value) for value in values)


def format_calls(place, style):
    f = "f[%d]" % place
    yield f + " = workbook_add_format(book)"
    for member, function, value in (
            ("bold", "bold", None), ("size", "font_size", style.get("size")), ("font", "font_name", c(style.get("font"))),
            ("color", "font_color", "0x%s" % style["color"]), ("fill", "bg_color", "0x%s" % style["fill"]), ("border", "border", "LXW_BORDER_THIN"),
            ("across", "align", "LXW_ALIGN_%s" % str(style.get("across")).upper()), ("middle", "align", "LXW_ALIGN_VERTICAL_CENTER"),
            ("indent", "indent", style.get("indent")), ("wrap", "text_wrap", None), ("underline", "underline", 1),
            ("number", "num_format", c(style.get("number")))):
        if style.get(member):
            yield "format_set_%s(%s%s)" % (function, f, "" if value is None else ", %s" % value)


def bound_calls(rule):
    if rule["kind"] == "custom":
        yield "v.value_formula = %s" % c("=" + rule["formula"])
    elif rule["most"] is not None:
        yield "v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN"
        yield "v.minimum_number = %s" % c(rule["least"])
        yield "v.maximum_number = %s" % c(rule["most"])
    elif rule["least"] is not None:
        yield "v.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO"
        yield "v.value_number = %s" % c(rule["least"])


def step_calls(step):
    """One step of a sheet as calls of C."""
    name, rest = step[0], step[1:]
    if name == "column":
        yield call("worksheet_set_column", "s", numbers(rest), "NULL")
    elif name == "row":
        yield call("worksheet_set_row", "s", numbers(rest), "NULL")
    elif name == "merge":
        yield call("worksheet_merge_range", "s", numbers(rest[:4]), '""', look(rest[4]))
    elif name == "link":
        yield call("worksheet_write_url", "s", numbers(rest[:2]), c("internal:" + rest[2]), look(rest[3]))
    elif name == "blank":
        yield call("worksheet_write_blank", "s", numbers(rest[:2]), look(rest[2]))
    elif name == "formula":
        kind = "str" if isinstance(rest[3], str) else "num"
        yield call("worksheet_write_formula_" + kind, "s", numbers(rest[:3]), look(rest[4]), c(rest[3]))
    elif name in ("text", "number"):
        yield call("worksheet_write_" + {"text": "string"}.get(name, name), "s", numbers(rest[:3]), look(rest[3]))
    elif name == "comment":
        yield call("worksheet_write_comment", "s", numbers(rest))
    elif name == "validation":
        rule = rest[4]
        yield "memset(&v, 0, sizeof v)"
        yield "v.validate = LXW_VALIDATION_TYPE_%s" % KINDS[rule["kind"]]
        yield from bound_calls(rule)
        for member in ("input_title", "input_message", "error_title", "error_message"):
            yield "v.%s = %s" % (member, c(rule[member]))
        yield call("worksheet_data_validation_range", "s", numbers(rest[:4]), "&v")
    elif name == "condition":
        areas, formula, tint = rest[4:]
        yield "memset(&q, 0, sizeof q)"
        yield "q.type = LXW_CONDITIONAL_TYPE_FORMULA"
        yield "q.value_string = %s" % c(formula)
        yield "q.format = %s" % look(tint)
        if " " in areas:
            yield "q.multi_range = %s" % c(areas)
        yield call("worksheet_conditional_format_range", "s", numbers(rest[:4]), "&q")
    else:
        raise SystemExit("bare.py: no such step: " + name)


def page_calls(page):
    yield "worksheet_set_paper(s, 9)"
    yield call("worksheet_set_margins", "s", numbers(page["margins"]))
    for member, text in (("center", "worksheet_center_horizontally(s)"), ("landscape", "worksheet_set_landscape(s)")):
        if page[member]:
            yield text
    if page["fit"] is not None:
        yield call("worksheet_fit_to_pages", "s", numbers([1, page["fit"]]))
    for member, function in (("freeze", "freeze_panes"), ("repeat", "repeat_rows"), ("area", "print_area")):
        if page[member]:
            yield call("worksheet_" + function, "s", numbers(page[member]))
    if page["footer"]:
        yield call("worksheet_set_footer", "s", c(page["footer"]))


def calls(plan):
    for place, style in enumerate(plan["formats"]):
        yield from format_calls(place, style)
    for sheet in plan["sheets"]:
        yield "s = workbook_add_worksheet(book, %s)" % c(sheet["name"])
        if sheet["hidden"]:
            yield "worksheet_hide(s)"
        for step in sheet["steps"]:
            yield from step_calls(step)
        yield from page_calls(sheet["page"])
    for name, value in plan["properties"]:
        yield call("workbook_set_custom_property_string", "book", c(name), c(value))


with open(sys.argv[1], encoding="utf-8") as file:
    source = json.load(file)
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("\n".join([HEAD % max(1, len(source["formats"])), *("    %s;" % line for line in calls(source)), TAIL]))
