# SPDX-License-Identifier: MIT
"""formats.py PROGRAM: every sample as .ods, .fods, .odt, .csv, .tsv and .txt, written here, must give the values, the verdict and the error
findings of the workbook. Text has no merged cells: what they cover is empty, repeated, or missing, so that the rest moves to the left."""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from xml.sax.saxutils import escape

import openpyxl

ROOT = pathlib.Path(__file__).parent.parent
URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join('xmlns:%s="%s%s:1.0"' % (p, URN, s) for p, s in (
    ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"), ("meta", "meta")))
PROSE = "根据《中华人民共和国政府信息公开条例》的要求，编制本年度报告。"
STYLES = ("empty", "repeated", "missing", "trimmed")


def judge(program, path):
    out = subprocess.run([program, "check", "--json", str(path)], capture_output=True, text=True, check=False).stdout
    report = json.loads(out)
    return {
        "verdict": report["verdict"], "unit": report["unit"], "year": report["year"], "error": report.get("error"),
        "values": {key: (v.get("value"), v["origin"]) for key, v in report.get("values", {}).items()},
        "errors": sorted((f["rule"], f["keys"], f.get("found"), f.get("expected")) for f in report.get("findings", [])
                         if f["severity"] == "error"),
    }


# -- OpenDocument --

def paragraphs(text):
    return "".join("<text:p>%s</text:p>" % escape(line).replace("  ", " <text:s/>") for line in text.split("\n"))


def odf_cell(cell, spans, document):
    span = ' table:number-columns-spanned="%d" table:number-rows-spanned="%d"' % spans if spans else ""
    value = cell.value
    if value is None:
        return "<table:table-cell%s/>" % span
    if isinstance(value, (int, float)) and not document:
        money = "万元" in cell.number_format
        return '<table:table-cell%s%s office:value-type="float" office:value="%r">%s</table:table-cell>' % (
            span, ' table:style-name="money"' if money else "", value, paragraphs(str(value)))
    return '<table:table-cell%s office:value-type="string">%s</table:table-cell>' % (span, paragraphs(str(value)))


def odf_table(sheet, document):
    spans, covered = {}, set()
    for area in sheet.merged_cells.ranges:
        spans[area.min_row, area.min_col] = (area.max_col - area.min_col + 1, area.max_row - area.min_row + 1)
        covered |= {(r, c) for r, c in area.cells} - {(area.min_row, area.min_col)}
    rows = []
    for row in sheet.iter_rows():
        cells = ["<table:covered-table-cell/>" if (c.row, c.column) in covered else odf_cell(c, spans.get((c.row, c.column)), document) for c in row]
        rows.append("<table:table-row>%s</table:table-row>" % "".join(cells))
    return '<table:table table:name="%s">%s<table:table-row table:number-rows-repeated="1000"/></table:table>' % (escape(sheet.title), "".join(rows))


def odf(book, kind):
    document = kind == "text"
    tables = "".join(odf_table(s, document) for s in book.worksheets if s.sheet_state == "visible")
    return ('<office:automatic-styles><number:number-style style:name="N1"><number:number number:decimal-places="2"/>'
            '<number:text> 万元</number:text></number:number-style><style:style style:name="money" style:family="table-cell" '
            'style:data-style-name="N1"/></office:automatic-styles><office:body><office:%s>%s%s</office:%s></office:body>'
            % (kind, paragraphs(PROSE) if document else "", tables, kind))


def put_odf(book, path, kind):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument." + kind, zipfile.ZIP_STORED)
        z.writestr("content.xml", '<?xml version="1.0"?><office:document-content %s>%s</office:document-content>' % (SPACES, odf(book, kind)))


def put_flat(book, path, kind):
    path.write_text('<?xml version="1.0"?>\n<office:document %s>%s</office:document>' % (SPACES, odf(book, kind)), encoding="utf-8")


# -- text --

def grid(sheet, style):
    rows = [["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
    covered = set()
    for area in sheet.merged_cells.ranges:
        first = rows[area.min_row - 1][area.min_col - 1]
        for r, c in area.cells:
            if style == "repeated":
                rows[r - 1][c - 1] = first
            if (r, c) != (area.min_row, area.min_col):
                covered.add((r - 1, c - 1))
    if style == "missing":
        rows = [[v for c, v in enumerate(row) if (r, c) not in covered] for r, row in enumerate(rows)]
    if style == "trimmed":
        rows = [row[:max([i + 1 for i, v in enumerate(row) if v], default=0)] for row in rows]
    return rows


def separated(book, style, delimiter):
    out = io.StringIO()
    for sheet in (s for s in book.worksheets if s.sheet_state == "visible"):
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(grid(sheet, style))
    return out.getvalue()


def pasted(book, style, begin, between, end):
    """A report: prose, then tables, their titles lines of their own."""
    lines = [PROSE, ""]
    for sheet in (s for s in book.worksheets if s.sheet_state == "visible"):
        for row in grid(sheet, style):
            filled = [v for v in row if v]
            title = len(filled) == 1 and filled[0][:1] in "二三四" and "情况" in filled[0]
            lines += ["", filled[0], ""] if title else [begin + between.join(v.replace("\n", " ") for v in row) + end if filled else ""]
    return "\n".join(lines + ["", PROSE, ""])


def copied(book):
    """As browsers copy a page whose cells are paragraphs: two line ends about what is in a cell, a tab between two cells, one more line end
    between two rows."""
    out = PROSE + "\n\n"
    for sheet in (s for s in book.worksheets if s.sheet_state == "visible"):
        for row in grid(sheet, "missing"):
            out += "\t".join("\n\n" + v + "\n\n" if v else "" for v in row) + "\n"
    return out + "\n" + PROSE


def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def drawn(book, bar, dash, corner, ruled, most):
    """Tables drawn with lines; cells of more than `most` places are broken over several lines, if rules tell where a row ends."""
    lines = [PROSE, ""]
    for sheet in (s for s in book.worksheets if s.sheet_state == "visible"):
        rows = []
        for row in grid(sheet, "empty"):
            filled = [v for v in row if v]
            if len(filled) == 1 and ((filled[0][:1] in "二三四" and "情况" in filled[0]) or "报告" in filled[0]):
                lines += [filled[0], ""]
            elif filled:
                rows.append([v.replace("\n", " ") for v in row])
        widths = [min(most, max(wide(row[c]) for row in rows)) + 2 for c in range(len(rows[0]))]
        rule = corner + corner.join(dash * w for w in widths) + corner
        lines.append(rule)
        for number, row in enumerate(rows):
            cells = [cut(v, w - 2) for v, w in zip(row, widths)]
            for i in range(max(map(len, cells))):
                broken = [c[i] if i < len(c) else "" for c in cells]
                lines.append(bar + bar.join(" " + v + " " * (w - 1 - wide(v)) for v, w in zip(broken, widths)) + bar)
            if ruled or number == len(rows) - 1:
                lines.append(rule)
        lines.append("")
    return "\n".join(lines + [PROSE, ""])


def cut(text, width):
    lines = [""]
    for c in text:
        if wide(lines[-1] + c) > width:
            lines.append("")
        lines[-1] += c
    return lines


def texts(book):
    yield "box.txt", drawn(book, "│", "─", "┼", True, 14), "utf-8"
    yield "heavy.txt", drawn(book, "┃", "━", "╋", True, 999), "gb18030"
    yield "ascii.txt", drawn(book, "|", "-", "+", True, 20), "utf-8"
    yield "database.txt", drawn(book, "|", "-", "+", False, 999), "utf-8"
    if all(s.merged_cells.ranges for s in book.worksheets):           # a page has few empty cells
        yield "paragraphs.txt", copied(book), "utf-8"
    for style in STYLES:
        yield "%s.csv" % style, separated(book, style, ","), "utf-8-sig"
        yield "%s.gb.csv" % style, separated(book, style, ","), "gb18030"
        yield "%s.tsv" % style, separated(book, style, "\t"), "utf-16"
        yield "%s.txt" % style, pasted(book, style, "", "\t", ""), "gb18030"
        yield "%s.md.txt" % style, pasted(book, style, "| ", " | ", " |"), "utf-8"


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        for sample in sorted(ROOT.glob("samples/*.xlsx")):
            want = judge(program, sample)
            book = openpyxl.load_workbook(sample, data_only=True)
            made = []
            for put, kind, ending in ((put_odf, "spreadsheet", "ods"), (put_flat, "spreadsheet", "fods"), (put_odf, "text", "odt"),
                                      (put_flat, "text", "fodt")):
                made.append(pathlib.Path(work) / ("%s.%s" % (sample.stem, ending)))
                put(book, made[-1], kind)
            for name, text, encoding in texts(book):
                folder = pathlib.Path(work) / name
                folder.mkdir(exist_ok=True)
                made.append(folder / (sample.stem + "." + name.split(".")[-1]))
                made[-1].write_bytes(text.encode(encoding))
            for path in made:
                got = judge(program, path)
                if got == want:
                    passed += 1
                    continue
                failed += 1
                print("FAIL %s" % path.relative_to(work), file=sys.stderr)
                for part in want:
                    if got[part] != want[part]:
                        print("     %s: %.300s, not %.300s" % (part, got[part], want[part]), file=sys.stderr)
    print("%d passed, %d failed" % (passed, failed))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
