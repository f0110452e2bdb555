# SPDX-License-Identifier: MIT
"""Reads a cleaned workbook with openpyxl and nothing but the legal labels: a label that is not character for character where the law
prints it is not found."""
import openpyxl

from forms import CORNER, FORMS

SHEETS = {"disclosure": "二、主动公开", "requests": "三、依申请公开", "disputes": "四、复议诉讼"}


def expanded(page):
    """(row, column) -> value, every cell of a merged area holding the area's value."""
    cells = {(c.row, c.column): c.value for line in page.iter_rows() for c in line if c.value is not None}
    for area in page.merged_cells.ranges:
        value = cells.get((area.min_row, area.min_col))
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                if value is not None:
                    cells[row, column] = value
    return cells


def find(cells, text):
    return min((place for place, value in cells.items() if value == text), default=None)


def path(values):
    """Labels without the repetitions that merges leave."""
    out = []
    for value in values:
        if value is not None and (not out or out[-1] != value):
            out.append(value)
    return tuple(out)


def requests(cells, keys):
    corner, heading = find(cells, CORNER), find(cells, "申请人情况")
    if corner is None or heading is None:
        return {}
    (row0, column0), (top, left) = corner, heading
    columns = {}
    for column in range(left, left + 7):
        columns[path(cells.get((row, column)) for row in range(top + 1, top + 3))] = column
    rows = {}
    for row in range(row0 + 3, row0 + 30):
        rows.setdefault(path(cells.get((row, column)) for column in range(column0, left)), row)
    return {key.name: (rows[tuple(key.row)], columns[tuple(key.column)])
            for key in keys if tuple(key.row) in rows and tuple(key.column) in columns}


def disclosure(cells, keys):
    places, names = {}, {(tuple(key.row), key.column[-1]): key.name for key in keys}
    for (row, column), caption in cells.items():
        if not isinstance(caption, str) or not caption.startswith("第二十条") or column != min(c for r, c in cells if r == row):
            continue
        header = {}
        for at in range(column + 1, column + 6):
            if cells.get((row + 1, at)) is not None:
                header.setdefault(cells[row + 1, at], at)
        line = row + 2
        while isinstance(cells.get((line, column)), str) and not cells[line, column].startswith("第二十条"):
            for label, at in header.items():
                name = names.get(((caption, cells[line, column]), label))
                if name:
                    places[name] = (line, at)
            line += 1
    return places


def disputes(cells, keys):
    start = find(cells, "行政复议")
    if start is None:
        return {}
    top, left = start
    columns = {}
    for column in range(left, left + 15):
        columns[path(cells.get((row, column)) for row in range(top, top + 3))] = column
    return {key.name: (top + 3, columns[tuple(key.column)]) for key in keys if tuple(key.column) in columns}


class Cleaned:
    """The cleaned workbook at `file`: values, formulas, comments by key."""

    def __init__(self, file, forms):
        self.cached, self.live = openpyxl.load_workbook(file, data_only=True), openpyxl.load_workbook(file)
        self.place, self.value, self.content, self.comment = {}, {}, {}, {}
        for table, form in forms.items():
            name = SHEETS[table]
            if form is None or name not in self.cached.sheetnames:
                continue
            cells = expanded(self.cached[name])
            for key, (row, column) in globals()[table](cells, FORMS[form].table(table)).items():
                self.place[key] = (name, row, column)
                self.value[key] = self.cached[name].cell(row, column).value
                self.content[key] = self.live[name].cell(row, column).value
                self.comment[key] = self.live[name].cell(row, column).comment
