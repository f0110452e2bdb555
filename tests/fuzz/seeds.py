#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""seeds.py OUT [FILE|DIR...] : what the fuzz targets begin with, made from the samples (or from other files): one folder of OUT per target.
Nothing of it is kept in the repository."""
import glob
import hashlib
import io
import os
import quopri
import random
import struct
import sys
import zipfile
import zlib
from xml.sax.saxutils import escape

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "tests", "judge")]
from documents import STYLES, document_of                          # noqa: E402
from reports import load_all, random_report, spoil                 # noqa: E402
from sheets import Error, Formula, Number, zip_bytes               # noqa: E402
from workbooks import build                                        # noqa: E402

LARGEST = int(os.environ.get("LARGEST", 1 << 18))            # bytes of a seed: the fuzzer cuts longer ones anyway
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


class Out:
    def __init__(self, folder):
        self.folder = folder

    def put(self, target, data):
        data = data.encode() if isinstance(data, str) else data
        if 0 < len(data) <= LARGEST:
            os.makedirs(os.path.join(self.folder, target), exist_ok=True)
            with open(os.path.join(self.folder, target, hashlib.sha256(data).hexdigest()[:16]), "wb") as out:
                out.write(data)


def parts(out, data):
    """A package: as it is, and its parts to the targets that take one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels")) or name == "mimetype"]
        members = [(name, archive.read(name)) for name in names]
    for name, part in members:
        if name.endswith((".xml", ".rels")):
            out.put("xml", part)
            out.put("xmldiff", part)
        if name.startswith("xl/worksheets/sheet"):
            out.put("sheet", part)
            out.put("cells", part.partition(b"<sheetData>")[2].partition(b"</sheetData>")[0])
        elif name == "word/document.xml":
            out.put("docx", part)
        elif name == "content.xml":
            out.put("ods", part)
    out.put("package", b"".join(b"\n@@" + name.encode() + b"\n" + part for name, part in members if "theme" not in name))
    out.put("zip", data)
    out.put("whole", data)


def stream(data):
    """The stream of records in an .xls whose sectors lie in order (as most writers leave it), or nothing."""
    at = data.find(struct.pack("<HHHH", 0x809, 16, 0x600, 5))
    return data[at:] if at >= 0 else b""


def take(out, path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] == b"PK\3\4":
        try:
            parts(out, data)
        except (zipfile.BadZipFile, RuntimeError, zlib.error):      # damaged or encrypted
            out.put("zip", data)
            out.put("whole", data)
    elif data[:4] == b"\xd0\xcf\x11\xe0":
        out.put("xls", data)
        out.put("xls", stream(data))
        out.put("whole", data)
    elif data[:5] == b"<?xml":
        out.put("xml", data)
        out.put("xmldiff", data)


def plain(content):
    return content.value if isinstance(content, Formula) else content.text if isinstance(content, (Number, Error)) else content


def rows(sheet):
    """The sheet as rows of texts."""
    last = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
    return [[plain(sheet.cells.get((row, column), "")) for column in range(last[1] + 1)] for row in range(last[0] + 1)]


def opendocument(sheets):
    """content.xml with a little of everything: types, repeats, spans, a date style, a hidden table."""
    spaces = " ".join('xmlns:%s="%s%s:1.0"' % (p, ODF, {"number": "datastyle"}.get(p, p)) for p in ("office", "table", "text", "style", "number"))
    out = ['<?xml version="1.0" encoding="UTF-8"?><office:document-content %s office:version="1.3"><office:automatic-styles>' % spaces,
           '<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month/></number:date-style>',
           '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>',
           '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>',
           '</office:automatic-styles><office:body><office:spreadsheet>']
    for sheet in sheets:
        out.append('<table:table table:name="%s"%s><table:table-column table:number-columns-repeated="9"/>' %
                   (escape(sheet.name), ' table:style-name="ta1"' if sheet.hidden else ""))
        spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in sheet.merges}
        for row, texts in enumerate(rows(sheet)):
            out.append("<table:table-row>")
            for column, text in enumerate(texts):
                content, span = sheet.cells.get((row, column)), spans.get((row, column))
                out.append("<table:table-cell" + (' table:number-rows-spanned="%d" table:number-columns-spanned="%d"' % span if span else ""))
                if isinstance(content, Formula):
                    out.append(' table:formula="of:=%s"' % escape(content.text, {'"': "&quot;"}))
                if isinstance(content, (Number, Formula)) and text:
                    out.append(' office:value-type="float" office:value="%s"' % text)
                out.append("><text:p>%s</text:p></table:table-cell>" % escape(text))
            out.append('<table:covered-table-cell/><table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="2024-01-02"/>'
                       '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>')
        out.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>')
    return "".join(out) + "</office:spreadsheet></office:body></office:document-content>"


def page(sheets):
    """A saved web page with the tables in it."""
    out = ["<html><head><meta charset='utf-8'></head><body>"]
    for sheet in sheets:
        spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in sheet.merges}
        out.append("<p>%s</p><table>" % escape(sheet.name))
        for row, texts in enumerate(rows(sheet)):
            cells = ("<td%s>%s</td>" % (" rowspan=%d colspan=%d" % spans[row, column] if (row, column) in spans else "", escape(text))
                     for column, text in enumerate(texts))
            out.append("<tr>" + "".join(cells) + "</tr>")
        out.append("</table>")
    return "".join(out) + "</body></html>"


def letter(content):
    """The same as one file of its parts."""
    return (b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="utf-8"\r\n'
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(content.encode()) + b"\r\n--b--\r\n")


def older(sheets):
    """SpreadsheetML 2003."""
    out = ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">']
    for sheet in sheets:
        out.append('<Worksheet ss:Name="%s"><Table>' % escape(sheet.name))
        for texts in rows(sheet):
            out.append("<Row>" + "".join('<Cell><Data ss:Type="String">%s</Data></Cell>' % escape(text) for text in texts) + "</Row>")
        out.append("</Table></Worksheet>")
    return "".join(out) + "</Workbook>"


def made(out):
    """Reports of our own making, in the formats of which there is no sample, and pieces of them."""
    rng = random.Random(6)
    reports = list(load_all().values()) + [spoil(rng, r, 2) or r for r in (random_report(rng) for _ in range(6))]
    for report in reports:
        sheets = build("legal", report, rng).sheets
        content = opendocument(sheets)
        parts(out, zip_bytes([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]))
        for style in STYLES:
            parts(out, document_of(report, rng, style))
        text = "\n\n".join("\n".join("\t".join(row) for row in rows(sheet)) for sheet in sheets)
        for form in (text.encode(), text.encode("gb18030", "replace"), text.encode("utf-16"), text.replace("\t", ",").encode(),
                     text.replace("\t", "|").encode()):
            out.put("text", form)
            out.put("whole", form)
        for form in (page(sheets), page(sheets).replace("utf-8", "gb2312").encode("gb18030"), letter(page(sheets)), older(sheets)):
            out.put("html", form)
            out.put("whole", form)
        texts = [text for sheet in sheets for row in rows(sheet) for text in row if text]
        for text in texts:
            out.put("number", text)
            out.put("label", text + "\n" + rng.choice(texts))


def main(folder, inputs):
    out = Out(folder)
    for path in inputs or [os.path.join(ROOT, "samples")]:
        for file in sorted(glob.glob(os.path.join(path, "**"), recursive=True)) if os.path.isdir(path) else [path]:
            if os.path.isfile(file):
                take(out, file)
    if not inputs:
        made(out)
        for path in glob.glob(os.path.join(ROOT, "templates", "*.yaml")) + glob.glob(os.path.join(ROOT, "tests", "forms", "**", "*.yaml"), recursive=True):
            with open(path, encoding="utf-8") as file:
                out.put("form", file.read())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
