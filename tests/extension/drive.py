#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""drive.py PIPE WORK: the extension on every workbook of WORK/samples and WORK/cases, and on what stands in its way."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

import openpyxl
from office import Office, content, prop, save

SHEET = "年报校验"
COLORS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
HEAD, DIVIDER = "年报校验\n", "\n――――――――\n"
passed = failed = 0


def check(name, ok, why=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print("FAIL %s: %s" % (name, str(why)[:800]), file=sys.stderr)


def same(name, got, want):
    if got != want and isinstance(got, list) and isinstance(want, list):
        got, want = ([item for item in a if item not in b] for a, b in ((got, want), (want, got)))
    check(name, got == want, "got %.380s, want %.380s" % (got, want))


def unescape(field):
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r") for part in field.split("\\\\"))


class Said:
    """What `nianbao marks` says of a file."""

    def __init__(self, program, path):
        out = subprocess.run([program, "marks", path], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60).stdout
        rows = [[unescape(field) for field in line.split("\t")] for line in out.splitlines()]
        self.verdict, self.sentence = rows[0][1], rows[0][2]
        self.marks = {(r[2], r[3]): (COLORS[r[1]], HEAD + (r[4] or "见“年报校验”表。")) for r in rows if r[0] == "mark"}
        self.lines = [tuple(r[2:]) for r in rows if r[0] == "line"]
        self.fills = {(r[1], r[2]): "=" + r[3] for r in rows if r[0] == "fill"}
        self.all = rows


def facts(program, path):
    return json.loads(subprocess.run([program, "check", "--json", path], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60).stdout)


def shown(path):
    """Marked cells and their notes in a saved workbook."""
    book = openpyxl.load_workbook(path)
    marks = {}
    for sheet in book:
        for row in sheet.iter_rows() if sheet.title != SHEET else ():
            for cell in row:
                color = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
                if color in COLORS.values() or cell.comment:
                    marks[sheet.title, cell.coordinate] = (color, cell.comment.text if cell.comment else "")
    return marks


def listed(path):
    """The findings as they stand on their sheet: word, sheet, cell, place, message."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    found = []
    for row in range(5, sheet.max_row + 1):
        word, place, message = (sheet.cell(row, column).value for column in (1, 2, 3))
        if word is None:
            continue
        where = name = ""
        if str(place).startswith("=HYPERLINK("):
            link, place = place[len('=HYPERLINK("#'):-2].split('","')
            name, where = link.rsplit("!", 1)
            name = name.strip("'").replace("''", "'")
        found.append((word, name, where, place or "", message))
    return sheet["A1"].value, found


def titles(document):
    return document.UndoManager.getAllUndoActionTitles()


class Drive:
    def __init__(self, pipe, work):
        self.work, self.program = work, os.path.join(work, "nianbao")
        self.scratch = os.path.join(work, "scratch")
        os.makedirs(self.scratch)
        self.office = Office(pipe)

    def path(self, name):
        return os.path.join(self.scratch, name)

    def content(self, document):
        return content(document, self.scratch)

    def call(self, command, document):
        return self.office.call("Work." + command, document, *[""] * (command == "ExportDocument"))

    def sample(self, name):
        return os.path.join(self.work, "samples", name)

    def cell(self, document, sheet, address):
        return document.Sheets.getByName(sheet).getCellRangeByName(address)

    # -- one workbook --

    def book(self, path, prepare=None, clear=False):
        name, said = os.path.basename(path), Said(self.program, path)
        document = self.office.open(path)
        if prepare:
            prepare(document)
            document.UndoManager.clear()
            said = Said(self.program, save(document, self.path("prepared.xlsx")))
        before = self.content(document)
        if any(row[0] == "mark" and "没有保存它的结果" in row[4] for row in said.all):          # LibreOffice computes them
            path = save(document, self.path(name))
            said = Said(self.program, path)
        answer = self.call("CheckDocument", document)
        same(name + ": verdict", answer.split("\n")[0], said.sentence)
        if said.verdict == "unreadable":
            same(name + ": nothing is changed", self.content(document), before)
            document.close(True)
            return
        if self.scratch not in path:
            self.marked(name, path, document, said)
        self.undone(name, document, before)
        if clear:
            self.cleared(name, document, before)
        if self.scratch not in path:
            self.filled(name, path, document, said, before)
        document.close(True)

    def marked(self, name, path, document, said):
        saved = save(document, self.path(os.path.splitext(name)[0] + ".xlsx"))          # the year may be in the name
        same(name + ": marks", shown(saved), said.marks)
        same(name + ": findings", listed(saved), (said.sentence, said.lines))
        findings = facts(self.program, path)["findings"]
        same(name + ": as check --json", sorted(f["message"] for f in findings), sorted(line[4].split("\n")[0] for line in said.lines))
        same(name + ": the marked workbook is judged alike", Said(self.program, saved).all, said.all)
        first = next(((line[1], line[2]) for line in said.lines if line[1]), (SHEET, "A1"))
        sheet, selected = document.CurrentController.Selection.AbsoluteName.rsplit(".", 1)
        sheet = re.sub("^[$]?'(.*)'$", r"\1", sheet.lstrip("$")).replace("''", "'")
        same(name + ": the first finding is selected", (sheet, selected.replace("$", "")), first)

    def undone(self, name, document, before):
        same(name + ": one step", len(titles(document)), 1)
        document.UndoManager.undo()
        same(name + ": undone", self.content(document), before)

    def cleared(self, name, document, before):
        document.UndoManager.redo()
        once = self.content(document)
        check(name + ": redone", document.Sheets.hasByName(SHEET))
        self.call("CheckDocument", document)
        same(name + ": twice is once", self.content(document), once)
        self.call("ClearDocument", document)
        same(name + ": cleared", self.content(document), before)
        same(name + ": three steps", len(titles(document)), 3)
        document.UndoManager.undo()
        same(name + ": clearing undone", self.content(document), once)
        for _ in titles(document):
            document.UndoManager.undo()

    def filled(self, name, path, document, said, before):
        steps = titles(document)
        answer = self.call("FillDocument", document)
        same(name + ": totals are told", answer.startswith("已在 %d 格" % len(said.fills)), bool(said.fills))
        if not said.fills:
            same(name + ": no total, no change", titles(document), steps)
            return
        saved = save(document, self.path("filled.xlsx"))
        was, now = openpyxl.load_workbook(save_as_was(self, path)), openpyxl.load_workbook(saved)
        changed = {(sheet.title, cell.coordinate): cell.value for sheet in now for row in sheet.iter_rows() for cell in row
                   if cell.value != was[sheet.title][cell.coordinate].value}
        same(name + ": formulas", changed, said.fills)
        computed, want = openpyxl.load_workbook(saved, data_only=True), facts(self.program, path)["values"]
        numbers = {(value["sheet"], value["cell"]): float(value["value"]) for value in want.values() if value.get("cell") and value.get("value")}
        for sheet, address in said.fills:
            same("%s: %s" % (name, address), computed[sheet][address].value, numbers[sheet, address])
        same(name + ": nothing is left to fill", Said(self.program, saved).fills, {})
        document.UndoManager.undo()
        same(name + ": filling undone", self.content(document), before)

    def checked(self):
        """Workbooks that the program has given back: the clerks' own with marks, and in the legal layout, with conditional formats, which
        `content` has too; one with more marks than LibreOffice keeps steps; and our blank one, filled in."""
        folder = self.path("checked")
        os.makedirs(folder)
        copies = []                             # of another format, so that what has errors comes back in the legal layout
        for path in sorted(glob.glob(self.sample("*.xls*"))):
            copies.append(self.path(os.path.splitext(os.path.basename(path))[0] + ".ods"))
            document = self.office.open(path)
            save(document, copies[-1])
            document.close(True)
        for number, files in enumerate((copies, sorted(glob.glob(self.sample("*.xlsx"))))):
            out = os.path.join(folder, str(number))
            subprocess.run([self.program, "convert", "-o", out, *files], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
            made = sorted(glob.glob(os.path.join(out, "*.待改.xlsx")))
            check("%d: something comes back marked" % number, len(made) >= 2, made)
            for path in made:
                self.book(path, clear=True)
        self.book(shutil.copy(self.sample("宿迁市2023多处笔误.xlsx"), self.path("spoilt.xlsx")), self.spoil, clear=True)
        path = self.path("template.xlsx")
        subprocess.run([self.program, "template", "2021", "-o", path], check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
        self.book(path, self.fill_in, clear=True)

    def spoil(self, document):
        """Texts in place of some hundred numbers, every other one with a note."""
        sheet = document.Sheets.getByName("三、依申请公开")
        for row in range(5, 25):
            for column in range(3, 9):
                cell = sheet.getCellByPosition(column, row)
                cell.String = "多少"
                if column % 2:
                    sheet.Annotations.insertNew(cell.CellAddress, "问过")

    def fill_in(self, document):
        """Without protection: totals are marked too."""
        for sheet in document.Sheets:
            if sheet.isProtected():
                sheet.unprotect("")
        for name, address, number in (("三、依申请公开", "E6", 2), ("四、复议诉讼", "A5", 1), ("四、复议诉讼", "B5", 2), ("四、复议诉讼", "E5", 77)):
            self.cell(document, name, address).Value = number
        self.cell(document, "三、依申请公开", "D5").String = "12件"

    # -- beside the file --

    def export(self, name, ending):
        """Beside the file as the program does it; of an .xlsx the same cells, fills and notes, whether it passes or not."""
        stem = os.path.splitext(name)[0]
        ours, theirs = self.path("ours"), self.path("theirs")
        for folder in (ours, theirs):
            shutil.rmtree(folder, True)
            os.makedirs(folder)
        file = stem + ending
        document = self.office.open(self.sample(name))
        save(document, os.path.join(ours, file))
        document.close(True)
        given = os.path.join(ours, file) if ending == ".xlsx" else self.sample(name)
        shutil.copy(given, theirs)
        given = os.path.basename(given)
        subprocess.run([self.program, "convert", os.path.join(theirs, given)], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
        document = self.office.open(os.path.join(ours, file), ReadOnly=True)
        answer = self.call("ExportDocument", document)
        document.close(True)
        made = sorted(set(os.listdir(ours)) - {file})
        same(file + ": outputs", made, sorted(set(os.listdir(theirs)) - {given}))
        check(file + ": they are told", made and all(os.path.join(ours, one) in answer for one in made), answer)
        for one in made:
            read = cells if one.endswith(".xlsx") else text
            same(file + ": " + one, read(os.path.join(ours, one)), read(os.path.join(theirs, one)))
            same(file + ": others may read it", os.stat(os.path.join(ours, one)).st_mode & 0o777, os.stat(os.path.join(theirs, one)).st_mode & 0o777)

    # -- the document as it stands --

    def edits(self):
        document = self.office.open(self.sample("宿迁市2023手工录入.xlsx"))
        check("passes as it was", "【通过】" in self.call("CheckDocument", document))
        disk = open(self.sample("宿迁市2023手工录入.xlsx"), "rb").read()
        cell, was = self.cell(document, "2-4 表", "D12"), document.URL
        cell.String = "=1+1，不是数字"
        check("an edit is seen", "【待改】" in self.call("CheckDocument", document))
        check("and marked", "=1+1" in cell.Annotation.String and cell.CellBackColor == 0xFFC7CE)
        check("text stays text", cell.Formula.endswith("=1+1，不是数字"), cell.Formula)
        same("the document is still that of its file", (document.URL, document.isModified()), (was, True))
        same("the file is untouched", open(self.sample("宿迁市2023手工录入.xlsx"), "rb").read(), disk)
        document.close(True)
        document = self.office.open(self.sample("宿迁市2023手工录入.xlsx"))
        self.call("ExportDocument", document)
        check("exporting leaves the document as changed as it was", not document.isModified())
        document.close(True)
        for made in glob.glob(self.sample("*.校验通过.xlsx")) + glob.glob(self.sample("*.摘要.txt")):
            os.remove(made)

    def kept(self):
        """What the clerk coloured and noted comes back, whatever happens in between."""
        document = self.office.open(self.sample("洪泽区2023.xlsx"))
        sheet = document.Sheets.getByName("四、复议诉讼")
        colored, noted = sheet.getCellRangeByName("E6"), sheet.getCellRangeByName("O6")
        colored.CellBackColor = 0x00B0F0
        sheet.Annotations.insertNew(noted.CellAddress, "=问过法规科\n第二行")
        noted.Annotation.IsVisible = True
        before = self.content(document)
        self.call("CheckDocument", document)
        check("ours before theirs", noted.Annotation.String.startswith(HEAD) and noted.Annotation.String.endswith(DIVIDER + "=问过法规科\n第二行"), noted.Annotation.String)
        again = self.call("CheckDocument", document)
        same("once", noted.Annotation.String.count("问过法规科"), 1)
        self.call("ClearDocument", document)
        same("cleared with a note and a colour", self.content(document), before)
        self.call("CheckDocument", document)
        for ending in (".ods", ".xlsx", ".xls"):
            other = self.office.open(save(document, self.path("kept" + ending)))
            same(ending + ": checked again after reopening", self.call("CheckDocument", other), again)
            sheet = other.Sheets.getByName("四、复议诉讼")
            sheet.Rows.insertByIndex(1, 2)
            sheet.Name = "甲 '乙'"
            noted, colored = sheet.getCellRangeByName("O8"), sheet.getCellRangeByName("E8")
            same(ending + ": cleared", self.call("ClearDocument", other)[:5], "标记已清除")
            same(ending + ": the colour", colored.CellBackColor, 0x00B0F0)
            same(ending + ": no colour", noted.CellBackColor, -1)
            same(ending + ": the note", (noted.Annotation.String, noted.Annotation.IsVisible), ("=问过法规科\n第二行", True))
            same(ending + ": no other note", sheet.Annotations.Count, 1)
            check(ending + ": no sheet", not other.Sheets.hasByName(SHEET))
            other.close(True)
        sheet = document.Sheets.getByName("四、复议诉讼")
        sheet.getCellRangeByName("E6").CellBackColor = 0xFFFF00
        sheet.Annotations.insertNew(sheet.getCellRangeByName("E6").CellAddress, "我改写了")
        self.call("ClearDocument", document)
        same("what was chosen since stays", (sheet.getCellRangeByName("E6").CellBackColor, sheet.getCellRangeByName("E6").Annotation.String),
             (0xFFFF00, "我改写了"))
        document.close(True)
        other = self.office.open(self.sample("洪泽区2023.xlsx"))
        cell = self.cell(other, "四、复议诉讼", "E6")
        other.CurrentController.select(cell)
        arguments = (prop("Text", "旧"), prop("Author", "张三"), prop("Date", "2020-01-02"))
        self.office.service("com.sun.star.frame.DispatchHelper").executeDispatch(other.CurrentController.Frame, ".uno:InsertAnnotation", "", 0, arguments)
        self.call("CheckDocument", other)
        self.call("ClearDocument", other)
        same("author and date", (cell.Annotation.String, cell.Annotation.Author, cell.Annotation.Date), ("旧", "张三", "2020-01-02"))
        other.close(True)

    def fresh(self):
        """A document with marks, the sheet with three of them (one is only suspected), and what it was before."""
        document = self.office.open(self.sample("洪泽区2023.xlsx"))
        sheet = document.Sheets.getByName("四、复议诉讼")
        sheet.Annotations.insertNew(sheet.getCellRangeByName("O6").CellAddress, "问过法规科")
        before = self.content(document)
        self.call("CheckDocument", document)
        return document, sheet, before

    def left(self):
        """What is done to the sheets between marking and clearing leaves no mark behind."""
        document, sheet, before = self.fresh()
        sheet.protect("")
        for command, word in (("ClearDocument", "还有 3 格"), ("CheckDocument", "受保护"), ("ClearDocument", "还有 3 格")):
            answer = self.call(command, document)
            check("protected since: %s tells" % command, word in answer, answer)
            same("protected since: marks stay", (sheet.getCellRangeByName("E6").CellBackColor, sheet.Annotations.Count), (0xFFC7CE, 3))
        sheet.unprotect("")
        same("protected since: cleared later", (self.call("ClearDocument", document)[:5], self.content(document)), ("标记已清除", before))
        document.close(True)

        def deleted(document):
            document.Sheets.removeByName(SHEET)

        def row_deleted(document):
            document.Sheets.getByName(SHEET).Rows.removeByIndex(5, 1)

        def column_deleted(document):
            document.Sheets.getByName(SHEET).Columns.removeByIndex(1, 1)

        for change in (deleted, row_deleted, column_deleted):
            for again in (False, True):
                document, sheet, before = self.fresh()
                marked = self.content(document)
                change(document)
                if again:
                    self.call("CheckDocument", document)
                    same(change.__name__ + ": marked alike", self.content(document), marked)
                same(change.__name__ + ": cleared", self.call("ClearDocument", document)[:5], "标记已清除")
                same(change.__name__ + ": as before", self.content(document), before)
                document.close(True)
        document, sheet, before = self.fresh()
        document.Sheets.getByName(SHEET).Name = "第一次"
        self.call("CheckDocument", document)
        self.call("ClearDocument", document)
        document.Sheets.removeByName("第一次")
        same("renamed: as before", self.content(document), before)
        self.call("CheckDocument", document)
        document.Sheets.copyByName("四、复议诉讼", "副本", 0)
        self.call("ClearDocument", document)
        copy = document.Sheets.getByName("副本")
        same("a copied sheet: its colour and notes", (copy.getCellRangeByName("E6").CellBackColor, [note.String for note in copy.Annotations]), (-1, ["问过法规科"]))
        document.Sheets.removeByName("副本")
        same("a copied sheet: as before", self.content(document), before)
        same("a copied sheet: nothing is left to clear", self.call("ClearDocument", document), "没有要清除的标记。")
        document.close(True)

    def names(self):
        """Names of sheets that need care: quotes, and longer than a copy in .xlsx may have."""
        document = self.office.open(self.sample("洪泽区2023.xlsx"))
        for name in ("表'四\"甲", "四、" + "很长" * 20):
            document.Sheets.getByIndex(document.Sheets.Count - 1).Name = name
            self.call("CheckDocument", document)
            same(name + ": marked", self.cell(document, name, "E6").CellBackColor, 0xFFC7CE)
            sheet = document.Sheets.getByName(SHEET)
            links = [sheet.getCellByPosition(1, row) for row in range(4, 7)]
            check(name + ": links", all(link.Formula.startswith("=HYPERLINK") and link.getError() == 0 for link in links), links[1].Formula)
            self.call("ClearDocument", document)
        document.close(True)

    def locked(self):
        document = self.office.open(self.sample("洪泽区2023.xlsx"))
        sheet = document.Sheets.getByName("四、复议诉讼")
        sheet.protect("")
        before = self.content(document)
        answer = self.call("CheckDocument", document)
        check("a protected sheet is told", "另有 3 格所在的表受保护" in answer, answer)
        check("and stays", sheet.getCellRangeByName("E6").CellBackColor == -1 and sheet.Annotations.Count == 0)
        check("findings are listed all the same", document.Sheets.getByName(SHEET).getCellRangeByName("C6").String)
        self.call("ClearDocument", document)
        same("cleared", self.content(document), before)
        sheet.unprotect("")
        self.protected_totals()
        document.protect("")
        self.refused("structure protected", document, "结构受保护")
        document.unprotect("")
        document.createInstance("com.sun.star.document.Settings").IsDocumentShared = True
        self.refused("shared", document, "共享")
        document.createInstance("com.sun.star.document.Settings").IsDocumentShared = False
        document.Sheets.insertNewByName(SHEET, 0)
        self.refused("a sheet of that name that is not ours", document, "不是在这里生成的")
        document.close(True)
        document = self.office.open(self.sample("洪泽区2023.xlsx"), ReadOnly=True)
        self.refused("read-only", document, "只读")
        document.close(True)
        for command in ("CheckDocument", "FillDocument", "ClearDocument", "ExportDocument"):
            same("no spreadsheet: " + command, self.call(command, self.office.desktop), "请先打开要校验的表格。")
        document = self.office.open("private:factory/scalc")
        check("an empty document", "没有" in self.call("CheckDocument", document), self.call("CheckDocument", document))
        same("has nothing to clear", self.call("ClearDocument", document), "没有要清除的标记。")
        check("was never saved", "请先保存" in self.call("ExportDocument", document))
        document.close(True)

    def parted(self):
        """A total whose terms are parted by a row that is none of them; its formula has a comma."""
        document = self.office.open(self.sample("沭阳县发改局2023.xlsx"))
        sheet = document.Sheets.getByName("三、依申请公开")
        sheet.Rows.insertByIndex(12, 1)
        self.cell(document, sheet.Name, "C13").String = "小计"
        rows = [row for row in range(30) if "总计" in "".join(sheet.getCellByPosition(column, row).String for column in range(3))]
        total = sheet.getCellByPosition(3, rows[-1])
        was, total.String = total.Value, ""
        answer = self.call("FillDocument", document)
        check("parted terms: two ranges", total.Formula.startswith("=SUM(") and ";" in total.Formula, (answer, total.Formula))
        same("parted terms: their sum", (total.getError(), total.Value), (0, was))
        document.close(True)
        same("commas in names stay", self.office.call("Marks.Separated", "SUM('甲,''乙,'!A1:A2,B3,'丙,'!C4)"), "SUM('甲,''乙,'!A1:A2;B3;'丙,'!C4)")

    def protected_totals(self):
        document = self.office.open(self.sample("沭阳县发改局2023.xlsx"))
        document.Sheets.getByName("三、依申请公开").protect("")
        steps = titles(document)
        answer = self.call("FillDocument", document)
        check("totals of a protected sheet are told", "5 格合计所在的表受保护" in answer, answer)
        same("and nothing is there to undo", titles(document), steps)
        document.close(True)

    def refused(self, name, document, word):
        before = titles(document), document.Sheets.ElementNames, document.isModified()
        answer = self.call("CheckDocument", document)
        check(name + " is told", word in answer, answer)
        same(name + " changes nothing", (titles(document), document.Sheets.ElementNames, document.isModified()), before)

    # -- the program --

    def machines(self):
        document = self.office.open(self.sample("洪泽区2023.xlsx"))
        machine = os.path.join(self.work, "machine")
        with open(machine, "w") as file:
            file.write("Linux loongarch64\n")
        self.refused("another processor", document, "Linux loongarch64")
        os.remove(machine)
        program = glob.glob(os.path.join(self.work, "profile/user/uno_packages/cache/uno_packages/*/*.oxt/program/%s/nianbao" % arch()))[0]
        os.rename(program, program + ".away")
        self.refused("the program is gone", document, "重新安装")
        with open(program, "w") as file:
            file.write("#!/bin/sh\nexit 126\n")
        self.refused("it may not be executed", document, "权限")
        with open(program, "w") as file:
            file.write("#!/bin/sh\nkill -9 $$\n")
        self.refused("it ends early", document, "中途停止")
        os.rename(program + ".away", program)
        os.chmod(program, 0o600)
        check("the right to execute is given back", "【待改】" in self.call("CheckDocument", document))
        document.close(True)
        folder = self.path("closed")
        os.makedirs(folder)
        shutil.copy(self.sample("洪泽区2023.xlsx"), folder)
        document = self.office.open(os.path.join(folder, "洪泽区2023.xlsx"))
        os.chmod(folder, 0o500)
        answer = self.call("ExportDocument", document)
        check("a folder that may not be written", answer.startswith("没有写出校验版") and len(answer) > 12, answer)
        os.chmod(folder, 0o700)
        document.close(True)

    # -- the package --

    def package(self):
        with open(os.path.join(self.work, "nianbao.oxt"), "rb") as file, open(os.path.join(self.work, "again.oxt"), "rb") as again:
            check("the same bytes when made again", file.read() == again.read())
        oxt = zipfile.ZipFile(os.path.join(self.work, "nianbao.oxt"))
        names = oxt.namelist()
        for name in names:
            if name.endswith((".xml", ".xcu", ".xba", ".xlb")):
                ET.fromstring(oxt.read(name))
        check("no complaint about a missing list of dialogs", any(n.endswith("/dialog.xlb") for n in names))
        for arch_name, machine in (("amd64", 62), ("arm64", 183)):
            head = oxt.read("program/%s/nianbao" % arch_name)[:20]
            check(arch_name + " inside", head[:4] == b"\x7fELF" and head[18] == machine)
        addons = ET.fromstring(oxt.read("Addons.xcu"))
        urls = {value.text for p in addons.iter("prop") if p.get("{http://openoffice.org/2001/registry}name") == "URL" for value in p}
        same("five commands", len(urls), 5)
        for command in urls:
            check(command, self.office.scripts.getScript(command))
        for part in ("description.xml", "META-INF/manifest.xml"):
            for _, attributes in ((e.tag, e.attrib) for e in ET.fromstring(oxt.read(part)).iter()):
                for key, value in attributes.items():
                    if key.endswith(("}href", "}full-path")):
                        check("%s: %s" % (part, value), any(n.startswith(value) for n in names))
        for module in glob.glob(os.path.join(self.work, "basic", "*.bas")):
            with open(module) as file:
                check(os.path.basename(module) + " compiles", self.office.compiled(file.read()))
        check("a module that does not compile is noticed", not self.office.compiled("Sub X\nIf Then\nEnd Sub\n"))

    def run(self):
        self.package()
        for path in sorted(glob.glob(os.path.join(self.work, "samples", "*.xls*")) + glob.glob(os.path.join(self.work, "cases", "*.[xo][ld]s*"))):
            self.book(path, clear="samples" in path)
        self.checked()
        for name, ending in (("洪泽区2023.xlsx", ".xlsx"), ("宿迁市2023多处笔误.xlsx", ".xlsx"), ("沭阳县发改局2023.xlsx", ".xlsx"), ("上海市政府办公厅2019.xlsx", ".ods"), ("宿迁市2023.xls", ".xls")):
            self.export(name, ending)
        self.edits()
        self.kept()
        self.left()
        self.names()
        self.parted()
        self.locked()
        self.machines()
        left = [found for found in glob.glob(os.path.join(self.work, "tmp", "**"), recursive=True) if ".nianbao" in found]
        same("no temporary folder is left", left, [])


def save_as_was(drive, path):
    """The workbook as LibreOffice writes it untouched."""
    document = drive.office.open(path)
    saved = save(document, drive.path("was.xlsx"))
    document.close(True)
    return saved


def cells(path):
    """Values, fills and notes. Of what a record says a marked cell looked like, the number of its style is the file's own."""
    book = openpyxl.load_workbook(path)
    return [(s.title, c.coordinate, re.sub(r"^\+?\d+ <fill>", "<fill>", c.value) if isinstance(c.value, str) else c.value, c.fill.fgColor.rgb if c.fill.fill_type == "solid" else None, c.comment.text if c.comment else "")
            for s in book for row in s.iter_rows() for c in row if (c.value is not None or c.comment) and not digest(c.value)]


def text(path):
    with open(path, encoding="utf-8-sig") as file:
        return [line for line in file if not digest(line)]


def digest(value):
    """The copy that is converted has other bytes than the file."""
    words = str(value).replace("：", " ").split()
    return any(len(word) == 64 and set(word) <= set("0123456789abcdef") for word in words)


def arch():
    return "arm64" if os.uname().machine == "aarch64" else "amd64"


drive = Drive(*sys.argv[1:])
try:
    drive.run()
finally:
    drive.office.quit()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
