#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pages.py PROGRAM SAMPLE...: every report as a web page in the styles of sites and programs, as a web archive and as SpreadsheetML must
give the same values, verdict and errors as the workbook. With soffice, what LibreOffice makes of it, too."""
import base64
import html
import json
import os
import quopri
import shutil
import subprocess
import sys
import tempfile

import openpyxl

NBSP = "\u00a0"


def program_cells(program, path):
    """(sheet, row, column) -> (kind, text) as the program reads the workbook."""
    out = subprocess.run([program, "cells", path], capture_output=True, check=True).stdout.decode()
    cells = {}
    for line in out.splitlines():
        sheet, address, kind, text = line.split("\t")[:4]
        if sheet != "正文":
            row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
            text = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "").replace("\\\\", "\\")
            cells[sheet, row, column] = (kind, text)
    return cells


def load(program, path):
    """The visible sheets: name, rows, columns, cells, merged ranges."""
    book = openpyxl.load_workbook(path)
    cells = program_cells(program, path)
    sheets = []
    for sheet in book.worksheets:
        own = {(r, c): v for (name, r, c), v in cells.items() if name == sheet.title}
        if sheet.sheet_state == "visible" and own:
            merges = {(m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1) for m in sheet.merged_cells.ranges}
            rows = max([r for r, _ in own] + [r + h - 1 for (r, _), (h, _) in merges.items()])
            columns = max([c for _, c in own] + [c + w - 1 for (_, c), (_, w) in merges.items()])
            sheets.append((sheet.title, rows, columns, own, merges))
    return sheets


def places(sheet):
    """Row by row: the cells that HTML has, as (row, column, height, width, (kind, text) or None)."""
    _, rows, columns, cells, merges = sheet
    covered = {(r + i, c + j) for (r, c), (h, w) in merges.items() for i in range(h) for j in range(w)} - set(merges)
    return [[(r, c, *merges.get((r, c), (1, 1)), cells.get((r, c))) for c in range(1, columns + 1) if (r, c) not in covered]
            for r in range(1, rows + 1)]


def table(sheet, cell, attributes=""):
    """An HTML table; `cell` gives attributes and content."""
    out = ["<table%s>" % attributes]
    for row in places(sheet):
        out.append(" <tr>")
        for _, _, height, width, value in row:
            own, content = cell(value)
            spans = (' rowspan="%d"' % height if height > 1 else "") + (" colspan=%d" % width if width > 1 else "")
            out.append("  <td%s%s>%s</td>" % (spans, own, content))
        out.append(" </tr>")
    return "\n".join(out + ["</table>"])


def plain(value):
    return "", html.escape(value[1]).replace("\n", "<br>") if value else "&nbsp;"


def pasted(value):
    """As Word pastes: a paragraph, labels cut into spans anywhere."""
    if not value:
        return " style='border:solid windowtext 1.0pt'", "<p class=MsoNormal><span lang=EN-US style='font-size:9.0pt'><o:p>&nbsp;</o:p></span></p>"
    lines = []
    for line in value[1].split("\n"):
        cut = [line[:2], line[2:5], line[5:]]
        lines.append("<p class=MsoNormal align=center\n style='text-align:center'>"
                     + "".join("<span style='font-family:宋体'>%s</span>" % html.escape(s) for s in cut if s) + "<span lang=EN-US><o:p></o:p></span></p>")
    return " width=64 valign=center", "\n".join(lines)


def excel(value):
    if not value:
        return " class=xl66", ""
    kind, text = value
    if kind == "number":
        return ' class=xl65 align=right x:num="%s"' % text, "*** shown otherwise ***"
    return " class=xl66 x:str", html.escape(text).replace("\n", "<br>\n  ")


EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=%s"><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"0";} --></style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>1</x:Name></x:ExcelWorkbook></xml><![endif]--></head><body>
<table border=0><tr><td></td></tr></table>
%s
</body></html>"""


def excel_page(sheets, charset):
    end = "<![if supportMisalignedColumns]>\n <tr height=0 style='display:none'><td width=72></td></tr>\n <![endif]></table>"
    return EXCEL % (charset, "\n".join(table(s, excel).replace("</table>", end) for s in sheets))


def site(sheets, cell, head):
    """A page of a site: scripts, menus, the report inside a layout table."""
    return ("<!DOCTYPE html>\n<html><head>%s<title>年报</title><script>var a = '<table><tr><td>1';</script></head><body>"
            "<ul><li><a href=#>首页</a></li><li><a href='x'>某某局2012年政府信息公开工作年度报告</a></li></ul>"
            "<div style='display: none'><table><tr><td>自然人</td></tr></table></div>"
            "<TABLE width=100%%><TR><TD class=menu>%s</TD><TD><!-- <table> -->%s</TD></TR></TABLE></body></html>"
            % (head, "<br>".join(["导航"] * 3), "\n<p>&emsp;&emsp;如下表。</p>\n".join(table(s, cell, " border=1") for s in sheets)))


def mht(parts):
    """Parts: (encoding, charset, bytes)."""
    out = b'From: <Saved by somebody>\r\nSubject: =?utf-8?B?5bm05oql?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----=_x"\r\n\r\n'
    for i, (encoding, charset, data) in enumerate(parts):
        body = quopri.encodestring(data).replace(b"\n", b"\r\n") if encoding == "quoted-printable" else base64.encodebytes(data)
        out += (b'------=_x\r\nContent-Type: text/html%s\r\nContent-Transfer-Encoding: %s\r\nContent-Location: file:///C:/x.files/sheet%03d.htm\r\n\r\n'
                % (b'; charset="%s"' % charset.encode() if charset else b"", encoding.encode(), i)) + body + b"\r\n"
    return out + b"------=_x--\r\n"


def xmlss(sheets, encoding):
    """As Excel 2003 saves: covered cells are left out, and a jump has ss:Index."""
    out = ['<?xml version="1.0" encoding="%s"?><?mso-application progid="Excel.Sheet"?>' % encoding,
           '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
           '<Styles><Style ss:ID="n"><NumberFormat ss:Format="Fixed"/></Style></Styles>']
    for sheet in sheets:
        out.append('<Worksheet ss:Name="%s"><Table>' % html.escape(sheet[0]))
        for number, row in enumerate(places(sheet), 1):
            if not any(value or height > 1 or width > 1 for _, _, height, width, value in row):
                continue
            out.append('<Row ss:Index="%d">' % number)
            for _, column, height, width, value in row:
                kind = {"number": "Number", "boolean": "Boolean", "error": "Error"}.get(value[0], "String") if value else None
                text = html.escape(value[1]).replace("\n", "&#10;") if value else ""
                if kind == "String" and len(text) > 4:
                    text = '<B xmlns="http://www.w3.org/TR/REC-html40">%s<Font>%s</Font></B>' % (text[:1], text[1:]) if "&" not in text else text
                out.append('<Cell ss:Index="%d" ss:StyleID="n" ss:MergeAcross="%d" ss:MergeDown="%d">%s</Cell>'
                           % (column, width - 1, height - 1, '<Data ss:Type="%s">%s</Data>' % (kind, text) if value else ""))
            out.append("</Row>")
        out.append("</Table></Worksheet>")
    return "".join(out + ["</Workbook>"]).encode(encoding)


def styles(sheets):
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=%s" />'
    yield "plain.html", ("<h1>年报</h1>\n" + "\n".join(table(s, plain) for s in sheets)).encode()
    yield "pasted.htm", site(sheets, pasted, meta % "gb2312").encode("gb18030")
    yield "undeclared.html", site(sheets, plain, "").encode("gb18030")
    yield "utf16.htm", site(sheets, pasted, meta % "utf-16").encode("utf-16")
    yield "xhtml.html", ('<?xml version="1.0" encoding="UTF-8"?>\n' + site(sheets, plain, "")).encode("utf-8-sig")
    yield "excel.xls", excel_page(sheets, "gb2312").encode("gb18030")
    yield "archive.mht", mht([("quoted-printable", "gbk", excel_page([s], "gb2312").encode("gb18030")) for s in sheets])
    yield "browser.mhtml", mht([("base64", "", site(sheets, pasted, meta % "utf-8").encode())])
    yield "xmlss.xls", xmlss(sheets, "UTF-8")
    yield "xmlss-gbk.xml", xmlss(sheets, "gb2312" if all(s == s.encode("gb2312", "ignore").decode("gb2312") for s in [str(sheets)]) else "gb18030")


def answer(program, path):
    out = subprocess.run([program, "check", "--json", path], capture_output=True, check=False).stdout
    report = json.loads(out)
    values = {key: v.get("value") for key, v in report.get("values", {}).items()}
    errors = sorted((f["rule"], tuple(f["keys"]), f.get("found", ""), f.get("expected", "")) for f in report.get("findings", [])
                    if f["severity"] == "error")
    return {"verdict": report["verdict"], "values": values, "errors": errors}


def office(path, folder):
    """What LibreOffice makes of it."""
    for kind in ("html", "xml:MS Excel 2003 XML"):
        subprocess.run(["timeout", "-k", "5", "120", "soffice", "-env:UserInstallation=file://" + folder + "/profile", "--headless",
                        "--convert-to", kind, "--outdir", folder, path], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        made = os.path.join(folder, os.path.splitext(os.path.basename(path))[0] + "." + kind.split(":")[0])
        yield made


def main():
    program, passed, failed = os.path.abspath(sys.argv[1]), 0, 0
    with tempfile.TemporaryDirectory() as work:
        for sample in sys.argv[2:]:
            want = answer(program, sample)
            sheets = load(program, sample)
            paths = []
            for name, data in styles(sheets):
                paths.append(os.path.join(work, os.path.splitext(os.path.basename(sample))[0] + "-" + name))
                with open(paths[-1], "wb") as file:
                    file.write(data)
            if os.environ.get("PAGES_OFFICE") and shutil.which("soffice"):
                paths += office(sample, work)
            for path in paths:
                got = answer(program, path)
                if got == want:
                    passed += 1
                    continue
                failed += 1
                print("FAIL", os.path.basename(path), got["verdict"], want["verdict"])
                print("    values:", [(k, got["values"].get(k), v) for k, v in want["values"].items() if got["values"].get(k) != v][:6])
                print("    errors:", [e for e in got["errors"] if e not in want["errors"]][:3], [e for e in want["errors"] if e not in got["errors"]][:3])
                if os.environ.get("PAGES_KEEP"):
                    shutil.copy(path, os.environ["PAGES_KEEP"])
    print("%d passed, %d failed" % (passed, failed))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
