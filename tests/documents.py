#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""documents.py PROGRAM [--seed N] [--count N] [--office] [--keep DIR]

Word documents of the published reports and of random ones, right and with slips, in several styles, beside the same report as .xlsx: both
must give the same values, verdict and errors. What the program reads of a document's cells is compared with python-docx; with --office
LibreOffice opens the documents and saves them again, and writes some of its own."""
import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "judge"))
from forms import FORMS, TABLES                                   # noqa: E402
from reports import load_all, random_report, spoil                # noqa: E402
from sheets import STAMP, Sheet, office_convert, xlsx_bytes       # noqa: E402
from workbooks import Book, Options, Painter                      # noqa: E402

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HEADS = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
         "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
PROSE = ["本机关认真贯彻《中华人民共和国政府信息公开条例》，2018年以来持续推进主动公开，上一年度报告所列问题已经整改。",
         "（一）予以公开方面，依法办理；（三）不予公开方面，严格把关。该部分以表格形式报告。表格如下："]

# Styles: what a document is like. Each has the tables of the legal annex between headings and prose.
STYLES = {
    "legal": {},
    "runs": {"split": True, "noise": True},
    "tracked": {"tracked": True, "split": True},
    "layout": {"layout": True, "controls": True},
    "controls": {"controls": True, "fields": True, "boxed": True, "namespace": STRICT, "prefix": "ns0"},
    "pieces": {"pieces": True},
    "captions": {"pieces": True, "captions": True},
    "pages": {"pages": True},
    "headed": {"pages": True, "headed": True},
    "unnumbered": {"unnumbered": True, "title": 3},
    "one": {"one": True, "title": 2},
    "halves": {"turned": "halves"},
    "thirds": {"turned": "thirds"},
    "rows": {"turned": "rows"},
    "columns": {"turned": "columns"},
    "column": {"turned": "column"},
    "older": {"older": "附：上年度报表"},
    "archive": {"older": "附件：{}年度报表"},
}
GROUPS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


class Document:
    """Paragraphs and tables as WordprocessingML. Of what is printed nothing depends on the style."""

    def __init__(self, rng, **style):
        self.rng, self.out, self.style = rng, [], style
        self.p = style.get("prefix", "w")

    def get(self, name):
        return self.style.get(name)

    def tag(self, name, content="", **attributes):
        listed = "".join(' %s:%s="%s"' % (self.p, key, value) for key, value in attributes.items())
        return "<%s:%s%s>%s</%s:%s>" % (self.p, name, listed, content, self.p, name)

    def text(self, text, name="t"):
        parts = [escape(part) for part in text.split("\n")]
        return self.tag("br").join(self.tag(name, part).replace(">", ' xml:space="preserve">', 1) if part else "" for part in parts)

    def run(self, text, properties="", name="t"):
        return self.tag("r", (self.tag("rPr", properties) if properties else "") + self.text(text, name))

    def runs(self, text):
        """The text in one run, or cut and wrapped as programs cut and wrap it."""
        rng = self.rng
        pieces = [text]
        if self.get("split") and len(text) > 1:
            cuts = sorted({rng.randrange(1, len(text)) for _ in range(rng.randrange(4))})
            pieces = [text[a:b] for a, b in zip([0] + cuts, cuts + [len(text)])]
        out = []
        for piece in pieces:
            run = self.run(piece, rng.choice(["", self.tag("b"), self.tag("vanish", val="0"), self.tag("rFonts", hint="eastAsia")]))
            way = rng.randrange(12)
            if self.get("split") and way == 0:
                run = self.tag("proofErr", type="spellStart") + run + self.tag("bookmarkStart", id="1")
            elif self.get("split") and way == 1:
                run = self.run("不打印", self.tag("vanish")) + run
            elif self.get("fields") and way < 4:
                run = "".join(self.tag("r", self.tag("fldChar", fldCharType=kind)) + more for kind, more in
                              [("begin", self.run(" = 1 + 1 ", "", "instrText")), ("separate", run), ("end", "")])
            elif self.get("fields") and way == 4:
                run = self.tag(rng.choice(["hyperlink", "smartTag", "fldSimple"]), run)
            elif self.get("controls") and way < 8:
                run = self.tag("sdt", self.tag("sdtPr", self.tag("alias", val="数")) + self.tag("sdtContent", run))
            elif self.get("tracked") and way < 4:
                run = self.tag("del", self.run("9", "", "delText")) + self.tag("ins", run)
            elif self.get("tracked") and way == 4:
                run = self.tag("moveFrom", self.run("8")) + self.tag("moveTo", run)
            out.append(run)
        return "".join(out)

    def paragraph(self, text, properties=""):
        return self.tag("p", (self.tag("pPr", properties) if properties else "") + (self.runs(text) if text else ""))

    def cell_paragraphs(self, text):
        lines = str(text).split("\n") if self.rng.random() < 0.7 else [str(text)]
        if self.get("tracked") and len(lines) == 1 and len(text) > 1 and self.rng.random() < 0.3:
            cut = self.rng.randrange(1, len(text))           # a paragraph mark that was deleted
            return self.paragraph(text[:cut], self.tag("rPr", self.tag("del"))) + self.paragraph(text[cut:])
        return "".join(self.paragraph(line) for line in lines)

    def cell(self, text, span, merge):
        properties = self.tag("tcW", w="900", type="dxa")
        if span > 1:
            properties += self.tag("gridSpan", val=span)
        if merge:
            properties += self.tag("vMerge", val="restart") if merge == "restart" else self.tag("vMerge")
        cell = self.tag("tc", self.tag("tcPr", properties) + self.cell_paragraphs(text))
        return self.tag("sdt", self.tag("sdtContent", cell)) if self.get("controls") and self.rng.random() < 0.1 else cell

    def table(self, sheet, first=0, last=None):
        """Rows first..last of a sheet, with its merges."""
        last = max(row for row, _ in sheet.cells) if last is None else last
        width = 1 + max([column for _, column in sheet.cells] + [m[3] for m in sheet.merges])
        start = {(m[0], m[1]): m for m in sheet.merges}
        above = {(row, m[1]): m for m in sheet.merges for row in range(m[0] + 1, m[2] + 1)}
        rows = []
        for row in range(first, last + 1):
            cells, column = [], 0
            while column < width:
                merge = start.get((row, column)) or above.get((row, column))
                goes_on = merge is not None and (row, column) != merge[:2]
                content = "" if goes_on else sheet.cells.get((row, column), "")
                kind = None if merge is None or merge[0] == merge[2] else "continue" if goes_on else "restart"
                cells.append(self.cell(getattr(content, "text", content), merge[3] - merge[1] + 1 if merge else 1, kind))
                column = merge[3] + 1 if merge else column + 1
            rows.append(self.tag("tr", self.tag("trPr", self.tag("ins") if self.get("tracked") and row % 5 == 0 else "") + "".join(cells)))
            if self.get("tracked") and row % 7 == 3:
                rows.append(self.tag("tr", self.tag("trPr", self.tag("del")) + self.cell("7", width, None)))
            elif self.get("controls") and row % 6 == 2:
                rows[-1] = self.tag("sdt", self.tag("sdtContent", rows[-1]))
        grid = self.tag("tblGrid", self.tag("gridCol", w="900") * width)
        return self.tag("tbl", self.tag("tblPr", self.tag("tblW", w="0", type="auto")) + grid + "".join(rows))

    def boxed(self, text):
        """A text box, twice as Word writes it: once for new readers, once for old ones."""
        content = self.tag("txbxContent", self.tag("p", self.run(text)))
        return self.tag("p", self.tag("r", '<mc:AlternateContent xmlns:mc="%s"><mc:Choice Requires="wps"><x:a xmlns:x="urn:x">%s</x:a></mc:Choice>'
                                      '<mc:Fallback>%s</mc:Fallback></mc:AlternateContent>' % (CHOICE, content, self.tag("pict", content))))

    def bytes(self):
        body = "".join(self.out)
        if self.get("layout"):
            body = self.tag("tbl", self.tag("tr", self.tag("tc", body + self.tag("p"))))
        space = self.get("namespace") or TRANSITIONAL
        strict = space == STRICT
        main = "word/document.xml" if not strict else "parts/正文.xml"
        relation = ("http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships") + "/officeDocument"
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        members = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/%s" ContentType="%s"/></Types>' % (main, kind),
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="%s" '
            'Target="%s"/></Relationships>' % (relation, main),
            main: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<%s:document xmlns:%s="%s"><%s:body>%s</%s:body></%s:document>'
            % (self.p, self.p, space, self.p, body, self.p, self.p)}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name, STAMP), content.encode(), zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def sheets_of(report, rng, noise):
    """Each legal table on a sheet of its own, from the first row on."""
    book = Book(report)
    traps = {trap: noise and rng.random() < 0.4 for trap in ("grid5", "first_column", "vertical", "tall_total", "low_header", "note")}
    painter = Painter(book, report, Options(rng, noise=noise, text=True, **traps))
    sheets = {}
    for table in TABLES:
        sheets[table] = book.add(Sheet(table))
        getattr(painter, table)(sheets[table], 0, 0)
    return book, sheets


def workbook(report):
    """The same report as .xlsx, every number a text, as in a document."""
    options, book = Options(random.Random(1)), Book(report)
    painter = Painter(book, report, options)
    report.numbers_as_text = set(report.raw)
    for table in TABLES:
        sheet = book.add(Sheet(table))
        sheet.put(0, 0, "%s%d年政府信息公开工作年度报告" % (report.unit, report.year))
        sheet.put(1, 0, FORMS[report.forms[table]].title[table])
        getattr(painter, table)(sheet, 2, 0)
    return xlsx_bytes(book.sheets)


def blocks(sheet):
    """First and last row of each block of table 二."""
    tops = [row for (row, column), text in sorted(sheet.cells.items()) if column == 0 and str(text).replace(" ", "").startswith("第二十条")]
    ends = tops[1:] + [1 + max(row for row, _ in sheet.cells)]
    return [(top, end - 1) for top, end in zip(tops, ends)]


def stacked(sheets):
    """All tables as one, with their titles."""
    whole, top = Sheet("一"), 0
    for table in TABLES:
        sheet = sheets[table]
        whole.put(top, 0, HEADS[1 + TABLES.index(table)])
        whole.merge(top, 0, 1, 15)
        for (row, column), content in sheet.cells.items():
            whole.put(top + 1 + row, column, content)
        whole.merges += [(top + 1 + r1, c1, top + 1 + r2, c2) for r1, c1, r2, c2 in sheet.merges]
        top += 2 + max(row for row, _ in sheet.cells)
    return whole


def cut(document, sheet, rows):
    """A table on two pages, its header repeated or not."""
    half = rows + (1 + max(row for row, _ in sheet.cells) - rows) // 2
    while any(m[0] < half <= m[2] and m[1] > 0 for m in sheet.merges):
        half += 1
    lower = Sheet("下")
    top = half - rows if document.get("headed") else half
    for (row, column), content in sheet.cells.items():
        if row >= half or (document.get("headed") and row < rows):
            lower.put(row - top if row >= half else row, column, content)
    for r1, c1, r2, c2 in sheet.merges:
        if document.get("headed") and r2 < rows:
            lower.merges.append((r1, c1, r2, c2))
        elif r2 >= half:
            lower.merge(max(r1, half) - top, c1, r2 - max(r1, half) + 1, c2 - c1 + 1)
    upper = Sheet("上")
    upper.cells = {place: content for place, content in sheet.cells.items() if place[0] < half}
    for r1, c1, r2, c2 in sheet.merges:
        if r1 < half:
            upper.merge(r1, c1, min(r2, half - 1) - r1 + 1, c2 - c1 + 1)
    document.out += [document.table(upper), document.paragraph(""), document.table(lower)]


def turned(sheet, how):
    """Table 四 cut in pieces, or turned: its fifteen numbers, and how people lay them out."""
    bottom = max(row for row, _ in sheet.cells)
    numbers = [[sheet.cells.get((bottom, 5 * g + i)) for i in range(5)] for g in range(3)]
    if how == "halves":
        return [grid([["行政复议"] + [None] * 4, OUTCOMES, numbers[0]], [(0, 0, 1, 5)]),
                grid([["行政诉讼"] + [None] * 9, ["未经复议直接起诉"] + [None] * 4 + ["复议后起诉"] + [None] * 4, OUTCOMES * 2, numbers[1] + numbers[2]],
                     [(0, 0, 1, 10), (1, 0, 1, 5), (1, 5, 1, 5)])]
    if how == "thirds":
        return [grid([[group] + [None] * 4, OUTCOMES, line], [(0, 0, 1, 5)]) for group, line in zip(GROUPS, numbers)]
    if how == "rows":
        return [grid([["类别", None] + OUTCOMES, ["行政复议", None] + numbers[0], ["行政诉讼", GROUPS[1]] + numbers[1], [None, GROUPS[2]] + numbers[2]],
                     [(0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 2, 1)])]
    if how == "columns":
        return [grid([[None, "行政复议", "行政诉讼", None], [None] + GROUPS] + [[label] + [n[i] for n in numbers] for i, label in enumerate(OUTCOMES)],
                     [(0, 0, 2, 1), (0, 2, 1, 2)])]
    rows = [[GROUPS[0], None, OUTCOMES[i], numbers[0][i]] for i in range(5)]
    rows += [["行政诉讼", GROUPS[1 + i // 5], OUTCOMES[i % 5], numbers[1 + i // 5][i % 5]] for i in range(10)]
    merges = [(0, 0, 5, 2), (5, 0, 10, 1), (5, 1, 5, 1), (10, 1, 5, 1)]
    return [grid(rows, merges)]


def grid(rows, merges):
    sheet = Sheet("四")
    for r, row in enumerate(rows):
        for c, content in enumerate(row):
            if not any(top <= r < top + h and left <= c < left + w and (r, c) != (top, left) for top, left, h, w in merges):
                sheet.put(r, c, content)
    for merge in merges:
        sheet.merge(*merge)
    return sheet


def document_of(report, rng, style):
    """The report as a document."""
    options = dict(STYLES[style])
    if options.get("unnumbered"):
        options["noise"] = False
    document = Document(rng, **options)
    book, sheets = sheets_of(report, rng, bool(options.get("noise")))
    if options.get("unnumbered"):
        for sheet in sheets.values():
            sheet.cells = {place: strip_number(text) for place, text in sheet.cells.items()}
    title = {None: ["%s%d年政府信息公开工作年度报告" % (report.unit, report.year)],
             2: [report.unit, "%d年政府信息公开工作年度报告" % report.year],
             3: [report.unit, "（%d年度）" % report.year, "政府信息公开", "工作年度报告"]}[options.get("title")]
    if options.get("boxed"):
        document.out.append(document.boxed(title[0]))
    else:
        document.out += [document.paragraph(line) for line in title]
    for number, head in enumerate(HEADS):
        document.out.append(document.paragraph(head[2:] if options.get("unnumbered") else head))
        document.out.append(document.paragraph(rng.choice(PROSE)))
        table = TABLES[number - 1] if 1 <= number <= 3 else None
        if options.get("one"):
            if number == 1:
                document.out.append(document.table(stacked(sheets)))
        elif table == "disclosure" and options.get("pieces"):
            for first, last in blocks(sheets[table]):
                if options.get("captions"):
                    document.out.append(document.paragraph(sheets[table].cells[first, 0]))
                    first += 1
                document.out.append(document.table(sheets[table], first, last) + document.paragraph(""))
        elif table == "requests" and options.get("pages"):
            cut(document, sheets[table], 3)
        elif table == "disputes" and options.get("turned"):
            for piece in turned(sheets[table], options["turned"]):
                document.out.append(document.table(piece) + document.paragraph(rng.choice(["", "（续）"])))
        elif table:
            document.out.append(document.table(sheets[table]))
        document.out.append(document.paragraph(""))
    if options.get("older"):                                 # last year's tables behind this year's
        document.out.append(document.paragraph(options["older"].format(report.year - 1)))
        _, sheets = sheets_of(random_report(rng, max(report.year - 1, 2019)), rng, False)
        for number, table in enumerate(TABLES):
            document.out += [document.paragraph(HEADS[1 + number]), document.table(sheets[table])]
    return document.bytes()


def strip_number(text):
    """A label whose number Word makes."""
    if not isinstance(text, str):
        return text
    for mark in ("、", "）", "."):
        head, found, rest = text.partition(mark)
        if found and rest and not rest[0].isdigit() and len(head) <= 3 and head.strip("（一二三四五六七八九1234567890") == "":
            return rest
    return text


# Comparing

def essence(line):
    """What must be the same, whatever the file."""
    data = json.loads(line)
    if data["verdict"] == "unreadable":
        return {"unreadable": data["error"]}
    values = {key: (v.get("value"), v["origin"], "".join(v.get("raw", "").split())) for key, v in data["values"].items()}
    errors = sorted((f["rule"], f["keys"], f.get("found"), f.get("expected")) for f in data["findings"] if f["severity"] == "error")
    forms = {name: table["form"] for name, table in data["tables"].items()}
    return {"unit": data["unit"], "year": data["year"], "verdict": data["verdict"], "values": values, "errors": errors, "tables": forms,
            "rules": sorted({f["rule"] for f in data["findings"]} - {"text-number", "tracked-changes", "table-ignored"})}


def judge(program, files):
    done = subprocess.run([program, "check", "--json"] + files, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    return [json.loads(line) and line for line in done.stdout.decode().split("\n") if line]


def differences(want, got):
    out = []
    for name in want:
        if want[name] == got.get(name):
            continue
        if isinstance(want[name], dict) and isinstance(got.get(name), dict):
            keys = [key for key in want[name] if want[name][key] != got[name].get(key)]
            out.append("%s: %d differ, %s: %s, not %s" % (name, len(keys), keys[0], got[name].get(keys[0]), want[name][keys[0]]))
        else:
            out.append(("%s: %s, not %s" % (name, got.get(name), want[name]))[:300])
    return out or (["%s" % got][:300] if want != got else [])


def cells_of(program, path):
    """Table and place -> text, as the program reads them."""
    done = subprocess.run([program, "cells", path], stdout=subprocess.PIPE, check=True, timeout=60)
    cells = {}
    for line in done.stdout.decode().split("\n"):
        fields = line.split("\t")
        if len(fields) == 4 and fields[0] != "正文":
            place = fields[1].split()
            cells[int(fields[0].split()[1]), int(place[1]) - 1, int(place[3]) - 1] = fields[3].replace("\\n", "\n").replace("\\t", "\t")
    return cells


def misplaced(line, cells):
    """Values that do not stand where they are said to stand: the number of a table, its row and column, as a person counts them."""
    wrong = []
    for key, value in json.loads(line)["values"].items():
        place = value["cell"] if value["cell"].startswith("表 ") else "%s %s" % (value["sheet"], value["cell"])
        words = place.split()
        table, row, column = int(words[1]), int(words[3]), int(words[5])
        if cells.get((table, row - 1, column - 1), "") != value["raw"]:
            wrong.append("%s: %s" % (key, place))
    return wrong[:1]


def cells_of_python_docx(path):
    """The same as python-docx reads them: tables in document order, merged cells once."""
    import docx
    from docx.table import Table
    w = "{%s}" % TRANSITIONAL
    document, cells = docx.Document(path), {}
    for number, element in enumerate(document.element.body.iter(w + "tbl"), 1):
        table, seen = Table(element, document), set()
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if cell._tc in seen:
                    continue
                seen.add(cell._tc)
                text = cell.text.strip()
                if text:
                    cells[number, r, c] = text
    return cells


def converted(program, folder, documents, tally):
    """The workbook made of a document is judged as the document."""
    done = subprocess.run([program, "convert", "--json", "--force", "-o", os.path.join(folder, "out")] + documents, stdout=subprocess.PIPE, timeout=60)
    for line in done.stdout.decode().split("\n"):
        if line:
            data, want = json.loads(line), essence(line)
            got = essence(judge(program, [data["outputs"][0]])[0])
            kept = ("unit", "year", "verdict", "errors", "tables")
            tally.note("%s converted" % data["file"], differences({k: want[k] for k in kept}, {k: got[k] for k in kept}))


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def note(self, name, problems):
        if problems:
            self.failed += 1
            print("FAIL %s: %s" % (name, "; ".join(problems[:4])), file=sys.stderr)
        else:
            self.passed += 1


def cases(rng, count):
    for name, report in load_all().items():
        yield name, report
    for number in range(count):
        report = random_report(rng)
        if number % 2:
            spoil(rng, report, 1 + number % 3)
        report.raw = {key: text.replace("=?", "约1") for key, text in report.raw.items()}       # no document has a formula without a value
        yield "random%d" % number, report


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=4)
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    rng, tally = random.Random(arguments.seed), Tally()
    with tempfile.TemporaryDirectory(prefix="nianbao-documents-") as scratch:
        folder = arguments.keep or scratch
        os.makedirs(folder, exist_ok=True)
        made = []
        for name, report in cases(rng, arguments.count):
            files = {"xlsx": os.path.join(folder, name + ".xlsx")}
            with open(files["xlsx"], "wb") as out:
                out.write(workbook(report))
            for style in STYLES:
                files[style] = os.path.join(folder, "%s-%s.docx" % (name, style))
                with open(files[style], "wb") as out:
                    out.write(document_of(report, rng, style))
            lines = dict(zip(files, judge(arguments.program, list(files.values())), strict=True))
            want = essence(lines["xlsx"])
            for style in STYLES:
                tally.note("%s as %s" % (name, style), differences(want, essence(lines[style])))
                tally.note("%s as %s: every number is text" % (name, style), ["text-number"] if "text-number" in lines[style] else [])
                tally.note("%s as %s: places" % (name, style), misplaced(lines[style], cells_of(arguments.program, files[style])))
                ignored = "table-ignored" in lines[style]
                tally.note("%s as %s: other years" % (name, style), [] if ignored == (style in ("older", "archive")) else ["table-ignored: %s" % ignored])
                has_note = "tracked-changes" in lines[style]
                tally.note("%s as %s: revisions" % (name, style), [] if has_note == (style == "tracked") else ["tracked-changes: %s" % has_note])
            converted(arguments.program, folder, [files[style] for style in ("tracked", "pages")], tally)
            made.append(files)
        for files in made:
            for style in ("legal", "runs", "pieces", "one"):
                mine, theirs = cells_of(arguments.program, files[style]), cells_of_python_docx(files[style])
                if style != "runs":                          # python-docx reads hidden text and not what is in links
                    tally.note("%s: cells" % files[style], [] if mine == theirs else ["%s" % sorted(set(mine.items()) ^ set(theirs.items()))[:2]])
        if arguments.office:
            office(arguments.program, folder, made[:5], tally)
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return tally.failed != 0


def office(program, folder, made, tally):
    """LibreOffice opens the documents and saves them again."""
    again = os.path.join(folder, "again")
    os.makedirs(again, exist_ok=True)
    styles = [style for style in STYLES if not STYLES[style].get("controls")]       # LibreOffice repeats the text of some content controls
    office_convert([files[style] for files in made for style in styles], "docx", again)
    for files in made:
        for style in styles:
            path = os.path.join(again, os.path.basename(files[style]))
            want, got = (essence(line) for line in judge(program, [files["xlsx"], path]))
            tally.note("%s, saved by LibreOffice" % path, differences(want, got))


if __name__ == "__main__":
    sys.exit(main())
