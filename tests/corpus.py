#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""corpus.py PROGRAM [--seed N] [--count N] [--keep DIR]

Spreadsheets by many makers (openpyxl, xlsxwriter, xlwt, our own bytes of unusual .xlsx, OpenDocument, SpreadsheetML 2003, web pages, CSV)
with known cells. `cells` must print just these: nothing missing, nothing wrong, nothing extra. Where there is an independent reader
(openpyxl, xlrd) it must find the same, so that the makers are judged too."""
import argparse
import csv
import html
import io
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape, quoteattr

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "judge"))
import openpyxl                                   # noqa: E402
import xlrd                                       # noqa: E402
import xlsxwriter                                 # noqa: E402
import xlwt                                       # noqa: E402
from sheets import address                        # noqa: E402

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXTS = ["总计", "（一）予以公开", "1.属于国家秘密", "本年新\n制作数量", "a & b < c > \"d\" 'e'", "  前后有空格  ", "=1+1", "+86", "@x", "007", "1,234", "12.50 万元",
         "a\tb", "😀𠮷", "é", "TRUE", "#REF!", "-", "/", "0", "\\n", "‘“”’", "　全角　", "长" * 3000, "x" * 9000, "中a" * 5000]
NUMBERS = [0, 1, -1, 12, 59237.2449, 0.1, 1e-7, 123456789012, 1e300, -2.5e-300, 3000000, 0.3, 2 / 3, 1048576, 1e15]
ERRORS = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]


def sheet_of(rng, wild=True):
    """(row, column) -> value: int, float, str, bool, or ("error", text); and merged ranges, empty but for their first cell."""
    cells, merges = {}, []
    for _ in range(rng.randrange(1, 60)):
        place = rng.randrange(40), rng.randrange(30)
        cells[place] = rng.choice([rng.choice(NUMBERS), rng.randrange(10 ** 6), round(rng.uniform(-1e6, 1e6), 4), rng.choice(TEXTS), rng.choice(TEXTS),
                                   rng.random() < 0.5 if wild else 5, ("error", rng.choice(ERRORS)) if wild else 7])
    for top in rng.sample(range(41, 60), 3):
        left, width = rng.randrange(20), rng.randrange(2, 6)
        cells[top * 2, left] = rng.choice(TEXTS)
        merges.append((top * 2, left, top * 2 + rng.randrange(2), left + width - 1))
    if wild and rng.random() < 0.2:
        cells[1048575 if rng.random() < 0.5 else 65535, 255] = "角落"
    return cells, merges


def book_of(rng, **options):
    return {name: sheet_of(rng, **options) for name in rng.sample(["表 1", "依申请公开", "Sheet1", "a & b", "二、主动公开"], rng.randrange(1, 4))}


def line(value):
    """Kind and text, as `cells` prints them."""
    if isinstance(value, bool):
        return "boolean", "TRUE" if value else "FALSE"
    if isinstance(value, tuple):
        return value
    if isinstance(value, (int, float)):
        return "number", float(value)
    return "text", value


def cells_of(program, path):
    done = subprocess.run([program, "cells", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    if done.returncode != 0:
        return done.stderr.decode()
    found = {}
    for text in done.stdout.decode().split("\n")[:-1]:
        sheet, place, kind, value = [field.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r").replace("\0", "\\")
                                     for field in text.split("\t")]
        found[sheet, place] = kind, float(value) if kind == "number" else value
    return found


# -- makers: each gives the bytes of a book --

def by_openpyxl(book, _):
    out = openpyxl.Workbook()
    out.remove(out.active)
    for name, (cells, merges) in book.items():
        sheet = out.create_sheet(name)
        for (row, column), value in cells.items():
            cell = sheet.cell(row + 1, column + 1)
            cell.value = value[1] if isinstance(value, tuple) else value
            if isinstance(value, str):
                cell.data_type = "s"
        for top, left, bottom, right in merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    held = io.BytesIO()
    out.save(held)
    return held.getvalue()


def by_xlsxwriter(book, rng):
    held = io.BytesIO()
    out = xlsxwriter.Workbook(held, {"in_memory": True, "constant_memory": rng.random() < 0.5, "use_zip64": rng.random() < 0.3})
    bold = out.add_format({"bold": True, "num_format": "0.00"})
    for name, (cells, merges) in book.items():
        sheet = out.add_worksheet(name)
        for (row, column), value in sorted(cells.items()):
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, tuple):
                sheet.write_formula(row, column, "=1/0", None, value[1])
            elif isinstance(value, str):
                if len(value) > 4 and rng.random() < 0.3 and value.strip() == value and "\n" not in value:
                    sheet.write_rich_string(row, column, bold, value[:2], value[2:])
                else:
                    sheet.write_string(row, column, value)
            elif rng.random() < 0.3:
                sheet.write_formula(row, column, "=SUM(%s)" % address(row, column + 1), bold, value)
            else:
                sheet.write_number(row, column, value)
        del merges                                           # with constant memory a merged range cannot follow its row
    out.close()
    return held.getvalue()


def by_xlwt(book, rng):
    out = xlwt.Workbook(encoding="utf-8")
    for name, (cells, merges) in book.items():
        sheet = out.add_sheet(name)
        merged = {(top, left): (top, bottom, left, right) for top, left, bottom, right in merges}
        for (row, column), value in cells.items():
            if (row, column) in merged:
                sheet.write_merge(*merged[row, column], value)
            elif isinstance(value, tuple):
                sheet.row(row).set_cell_error(column, {text: code for code, text in xlrd.error_text_from_code.items()}[value[1]])
            else:
                sheet.write(row, column, value)
    del rng
    held = io.BytesIO()
    out.save(held)
    return held.getvalue()


def rels(entries):
    return '<Relationships xmlns="%s">%s</Relationships>' % (PACKAGE, "".join(
        '<Relationship Id="%s" Type="%s" Target="%s"/>' % entry for entry in entries))


def own_cell(rng, tag, place, value, strings, options):
    """One <c>, in one of the ways the format has for its value."""
    where = "" if options["bare"] else ' r="%s"' % place
    style = ' s="1"' if rng.random() < 0.2 else ""
    formula = tag("f", "1+1", rng.choice(["", ' t="shared" si="0"', ' t="array" ref="%s"' % place])) if rng.random() < 0.2 else ""
    if isinstance(value, bool):
        return tag("c", formula + tag("v", str(int(value))), where + style + ' t="b"')
    if isinstance(value, tuple):
        return tag("c", formula + tag("v", value[1]), where + ' t="e"')
    if isinstance(value, (int, float)):
        kind = rng.choice(["", ' t="n"'])
        return tag("c", formula + tag("v", rng.choice(["%r", "%.17g"]) % value), where + style + kind)
    space = ' xml:space="preserve"'
    text = escape(value).replace("_x", "_x005F_x")
    if formula:
        return tag("c", formula + tag("v", text, space), where + ' t="str"')
    cut = rng.randrange(len(text)) if "&" not in text and "_" not in text and rng.random() < 0.3 else 0
    rich = tag("t", text, space) if cut == 0 else (
        tag("r", tag("t", text[:cut], space)) + tag("rPh", tag("t", "ピン"), ' sb="0" eb="1"') + tag("r", tag("rPr", "") + tag("t", text[cut:], space))
        + tag("phoneticPr", "", ' fontId="1"'))
    if rng.random() < 0.5:
        return tag("c", tag("is", rich), where + ' t="inlineStr"')
    strings.append(tag("si", rich))
    return tag("c", tag("v", str(len(strings) - 1)), where + style + ' t="s"')


def by_hand(book, rng):
    """.xlsx as few programs write it: strict, with prefixes, without addresses, values in every way there is, parts at odd places."""
    options = {"bare": rng.random() < 0.3}
    strict, prefix = rng.random() < 0.5, rng.choice(["", "x:", "ns0:"])
    space = STRICT if strict else MAIN
    office = OFFICE.replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml").replace("/2006", "") if strict else OFFICE
    xmlns = ' xmlns%s="%s" xmlns:q="%s"' % (":" + prefix[:-1] if prefix else "", space, office)

    def tag(name, content="", attributes=""):
        return "<%s%s%s>%s</%s%s>" % (prefix, name, attributes, content, prefix, name)

    parts, strings, tabs, related = {}, [], [], []
    folder = rng.choice(["xl/", "", "work/"])
    for number, (name, (cells, merges)) in enumerate(book.items()):
        rows, last = [], -1
        for row in sorted({r for r, _ in cells}):
            inside, at = [], -1
            for column in sorted(c for r, c in cells if r == row):
                while options["bare"] and at + 1 < column:
                    inside.append(tag("c"))
                    at += 1
                inside.append(own_cell(rng, tag, address(row, column), cells[row, column], strings, options))
                at = column
            while options["bare"] and row < 1000 and last + 1 < row:
                rows.append(tag("row"))
                last += 1
            bare = options["bare"] and row < 1000
            rows.append(tag("row", "".join(inside), "" if bare else ' r="%d"' % (row + 1)))
            last = row
        merged = "".join(tag("mergeCell", "", ' ref="%s:%s"' % (address(a, b), address(c, d))) for a, b, c, d in merges)
        part = "sheets/%s%d.xml" % (rng.choice("ab"), number)
        parts[folder + part] = tag("worksheet", tag("dimension", "", ' ref="A1"') + tag("sheetData", "".join(rows)) + tag("mergeCells", merged), xmlns)
        tabs.append(tag("sheet", "", ' name=%s sheetId="%d" q:id="r%d"' % (quoteattr(name), number + 1, number)))
        related.append(("r%d" % number, office + "/worksheet", rng.choice([part, "/" + folder + part])))
    parts[folder + "s.xml"] = tag("sst", "".join(strings), xmlns)
    related.append(("s", office + "/sharedStrings", "s.xml"))
    if rng.random() < 0.3:
        tabs.append(tag("sheet", "", ' name="模块1" sheetId="99" q:id=""'))
    parts[folder + "book.xml"] = tag("workbook", tag("sheets", "".join(tabs)), xmlns)
    parts[folder + "_rels/book.xml.rels"] = rels(related)
    parts["_rels/.rels"] = rels([("a", office + "/officeDocument", folder + "book.xml")])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as package:
        for name, content in parts.items():
            encoding = rng.choice(["utf-8", "utf-8", "utf-16"])
            package.writestr(name, ('<?xml version="1.0" encoding="%s"?>' % encoding + content).encode(encoding))
    return held.getvalue()


URN = "urn:oasis:names:tc:opendocument:xmlns:"


def odf_text(value):
    lines = []
    for text in value.split("\n"):
        text = escape(text).replace("\t", "<text:tab/>")
        lead = len(text) - len(text.lstrip(" "))
        trail = len(text.rstrip(" ")) if text.strip(" ") else lead
        spaces = lambda n: '<text:s text:c="%d"/>' % n if n else ""
        lines.append("<text:p>%s%s%s</text:p>" % (spaces(lead), text[lead:trail].replace("  ", ' <text:s/>'), spaces(len(text) - trail)))
    return "".join(lines)


def odf_cell(value, span):
    if isinstance(value, bool):
        return '<table:table-cell%s office:value-type="boolean" office:boolean-value="%s"><text:p>x</text:p></table:table-cell>' % (span, str(value).lower())
    if isinstance(value, (int, float)):
        return '<table:table-cell%s office:value-type="float" office:value="%r"><text:p>0</text:p></table:table-cell>' % (span, value)
    return '<table:table-cell%s office:value-type="string">%s</table:table-cell>' % (span, odf_text(value))


def by_odf(book, rng):
    tables = []
    for name, (cells, merges) in book.items():
        starts = {(a, b): ' table:number-rows-spanned="%d" table:number-columns-spanned="%d"' % (c - a + 1, d - b + 1) for a, b, c, d in merges}
        covered = {(r, k) for a, b, c, d in merges for r in range(a, c + 1) for k in range(b, d + 1)} - set(starts)
        rows, row, end = [], 0, 1 + max(max(r for r, _ in cells), max([m[2] for m in merges], default=0))
        while row < end:
            if not any(r == row for r, _ in cells) and not any(r == row for r, _ in covered):
                count = 1
                while row + count < end and not any(r == row + count for r, _ in cells) and not any(r == row + count for r, _ in covered):
                    count += 1
                rows.append('<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>' % count)
                row += count
                continue
            inside, column, last = [], 0, max([k for r, k in set(cells) | covered if r == row])
            while column <= last:
                if (row, column) in covered:
                    inside.append("<table:covered-table-cell/>")
                elif (row, column) in cells:
                    inside.append(odf_cell(cells[row, column], starts.get((row, column), "")))
                else:
                    count = 1
                    while (row, column + count) not in cells and (row, column + count) not in covered:
                        count += 1
                    inside.append('<table:table-cell table:number-columns-repeated="%d"/>' % count)
                    column += count - 1
                column += 1
            rows.append("<table:table-row>%s</table:table-row>" % "".join(inside))
            row += 1
        tables.append("<table:table table:name=%s>%s</table:table>" % (quoteattr(name), "".join(rows)))
    spaces = " ".join('xmlns:%s="%s%s:1.0"' % (p, URN, p) for p in ("office", "table", "text"))
    body = "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body>" % "".join(tables)
    if rng.random() < 0.5:
        return ('<?xml version="1.0"?><office:document %s office:mimetype="application/vnd.oasis.opendocument.spreadsheet">%s</office:document>' % (spaces, body)).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office:document-content %s>%s</office:document-content>" % (spaces, body))
        if rng.random() < 0.3:
            package.writestr("meta.xml", "<office:document-meta><broken>")
    return held.getvalue()


def by_xmlss(book, rng):
    sheets = []
    for name, (cells, merges) in book.items():
        spans = {(a, b): ' ss:MergeAcross="%d" ss:MergeDown="%d"' % (d - b, c - a) for a, b, c, d in merges}
        rows = []
        for row in sorted({r for r, _ in cells}):
            inside = []
            for column in sorted(k for r, k in cells if r == row):
                value = cells[row, column]
                kind = "Boolean" if isinstance(value, bool) else "Error" if isinstance(value, tuple) else "String" if isinstance(value, str) else "Number"
                text = str(int(value)) if isinstance(value, bool) else value[1] if isinstance(value, tuple) else value if isinstance(value, str) else repr(value)
                inside.append('<Cell ss:Index="%d"%s><Data ss:Type="%s">%s</Data></Cell>'
                              % (column + 1, spans.get((row, column), ""), kind, escape(text).replace("\n", "&#10;").replace("\t", "&#9;")))
            rows.append('<Row ss:Index="%d">%s</Row>' % (row + 1, "".join(inside)))
        sheets.append("<Worksheet ss:Name=%s><Table>%s</Table></Worksheet>" % (quoteattr(name), "".join(rows)))
    encoding = rng.choice(["utf-8", "utf-16", "gb18030"])
    return ('<?xml version="1.0" encoding="%s"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">%s</Workbook>' % (encoding, "".join(sheets))).encode(encoding)


def by_csv(book, rng):
    (cells, _), = book.values()
    held = io.StringIO()
    delimiter = rng.choice(",;\t")
    out = csv.writer(held, delimiter=delimiter, lineterminator=rng.choice(["\r\n", "\n"]))
    for row in range(1 + max(r for r, _ in cells)):
        out.writerow([cells.get((row, column), "") for column in range(1 + max(k for _, k in cells))])
    return held.getvalue().encode(rng.choice(["utf-8-sig", "utf-8", "gb18030", "utf-16"]))


def csv_book(rng):
    """Rows in plenty, so that it is a table for sure; of texts those that CSV can hold whatever parts it."""
    texts = [t for t in TEXTS if t.strip(" 　\t") == t and len(t) < 100 and t not in ("1,234", "a\tb", "=1+1") and "é" not in t]
    cells = {(row, column): rng.choice([rng.randrange(10 ** 5), rng.choice(texts), rng.choice(NUMBERS[:6])]) for row in range(12) for column in range(5)}
    return {"文本": (cells, [])}


MAKERS = {"openpyxl.xlsx": by_openpyxl, "xlsxwriter.xlsx": by_xlsxwriter, "hand.xlsx": by_hand, "xlwt.xls": by_xlwt, "odf.ods": by_odf, "2003.xml": by_xmlss,
          "text.csv": by_csv}


def expected(book, maker):
    want = {}
    for name, (cells, _) in book.items():
        for (row, column), value in cells.items():
            kind, text = line(value)
            if maker == "text.csv" and kind == "text" and text == "0":
                kind, text = "number", 0.0
            want[name, address(row, column)] = kind, text
    return want


def independent(path):
    """What another reader finds; None: there is none for this kind."""
    found = {}
    if path.endswith(".xlsx"):
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
            for cell in (c for c in sheet._cells.values() if c.value is not None):        # iter_rows goes through 10^8 empty ones
                kind = {"n": "number", "s": "text", "b": "boolean", "e": "error"}[cell.data_type]
                value = float(cell.value) if kind == "number" else str(cell.value).upper() if kind == "boolean" else cell.value
                found[sheet.title, cell.coordinate] = kind, value
        return found
    if path.endswith(".xls"):
        for sheet in xlrd.open_workbook(path, ragged_rows=True).sheets():
            for row in range(sheet.nrows):
                for column in range(sheet.row_len(row)):
                    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
                    if kind in (1, 2, 4, 5):
                        found[sheet.name, address(row, column)] = line([None, value, value, None, bool(value), ("error", xlrd.error_text_from_code.get(value))][kind])
        return found
    return None


def differences(want, got):
    if isinstance(got, str):
        return ["refused: " + got]
    return (["missing %s %.80r" % (place, want[place]) for place in sorted(want.keys() - got.keys())]
            + ["extra %s %.80r" % (place, got[place]) for place in sorted(got.keys() - want.keys())]
            + ["%s: %.80r, not %.80r" % (place, got[place], want[place]) for place in sorted(want.keys() & got.keys()) if want[place] != got[place]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    passed = failed = cells = 0
    with tempfile.TemporaryDirectory(prefix="nianbao-corpus-") as scratch:
        folder = arguments.keep or scratch
        os.makedirs(folder, exist_ok=True)
        for number in range(arguments.count):
            for maker, make in MAKERS.items():
                rng = random.Random("%d %d %s" % (arguments.seed, number, maker))
                book = csv_book(rng) if maker == "text.csv" else book_of(rng, wild=maker != "odf.ods")
                if maker == "xlwt.xls":
                    book = {name: ({place: value for place, value in sheet.items() if place[0] < 65536}, merges) for name, (sheet, merges) in book.items()}
                path = os.path.join(folder, "%d-%s" % (number, maker))
                with open(path, "wb") as out:
                    out.write(make(book, rng))
                want = expected(book, maker)
                cells += len(want)
                wrong = differences(want, cells_of(arguments.program, path))
                theirs = independent(path) if maker not in ("hand.xlsx",) else None
                wrong += ["the other reader: " + text for text in differences(want, theirs)] if theirs is not None else []
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print("FAIL %s: %d cells, %s" % (path, len(wrong), "; ".join(wrong[:2])), file=sys.stderr)
    print("%d cells in %d files" % (cells, passed + failed))
    print("%d passed, %d failed" % (passed, failed))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
