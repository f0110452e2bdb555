#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""hostile.py DIR : workbooks made to do harm, written into DIR. Prints a line each, tab between: file, allowed error codes ("read": it
must be read, and as the report that it is)."""
import io
import os
import random
import struct
import sys
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "judge")]
from make_bad import biff, compound                   # noqa: E402
from reports import load                              # noqa: E402
from sheets import Number, Sheet, xls_bytes, xlsx_bytes, zip_bytes   # noqa: E402
from workbooks import build                           # noqa: E402

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MILLION = 1 << 20


class Member:
    """A member of an archive whose directory may say what is not so."""

    def __init__(self, name, data, said=None, at=None):
        self.name, self.data, self.said, self.at = name.encode(), data.encode() if isinstance(data, str) else data, said, at


def archive(members):
    out, directory, starts = bytearray(), bytearray(), {}
    for m in members:
        squeeze = zlib.compressobj(1, zlib.DEFLATED, -15)
        packed = squeeze.compress(m.data) + squeeze.flush()
        size = len(m.data) if m.said is None else m.said
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, zlib.crc32(m.data), len(packed), size, len(m.name), 0)
        start = starts.get(m.at, len(out))
        if m.at is None:
            starts[m.name.decode()] = start
            out += b"PK\3\4" + head + m.name + packed
        directory += b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, start) + m.name
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return bytes(out + directory) + b"PK\5\6" + end


def workbook(sheets=1):
    tabs = "".join('<sheet name="S%d" sheetId="%d" r:id="r%d"/>' % (n, n, n) for n in range(1, sheets + 1))
    return '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (MAIN, OFFICE, tabs)


def relations(targets, mode=""):
    items = "".join('<Relationship Id="r%d" Type="%s/worksheet" Target="%s"%s/>' % (n, OFFICE, t, mode) for n, t in enumerate(targets, 1))
    return '<Relationships xmlns="%s">%s</Relationships>' % (PACKAGE, items)


def sheet(content):
    return '<worksheet xmlns="%s">%s</worksheet>' % (MAIN, content)


def one(content, said=None, **parts):
    """A workbook of one sheet part."""
    members = [Member("xl/workbook.xml", workbook()), Member("xl/worksheets/sheet1.xml", content, said)]
    return archive(members + [Member(name, data) for name, data in parts.items()])


def rows(content):
    return sheet("<sheetData>" + content + "</sheetData>")


def report():
    return build("legal", load("suqian_shi_2023"), random.Random(1)).sheets


def edited(change):
    """The report with its second sheet part, and the others, through change(name, text)."""
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(report()))) as package:
        return zip_bytes([(name, change(name, package.read(name).decode())) for name in package.namelist()])


def in_sheet(before, after):
    return edited(lambda name, text: text.replace(before, after, 1) if name == "xl/worksheets/sheet2.xml" else text)


def twice(same):
    members = [Member("xl/workbook.xml", workbook()), Member("xl/worksheets/sheet1.xml", rows("<row><c><v>1</v></c></row>")),
               Member("XL/worksheets\\sheet1.xml", rows("<row><c><v>%d</v></c></row>" % (1 if same else 2)))]
    return archive(members)


def overlapping():
    """A thousand members that are all the same bytes."""
    names = ["xl/worksheets/sheet%d.xml" % n for n in range(1, 1001)]
    content = rows(" " * MILLION)
    members = [Member("xl/workbook.xml", workbook(1000)), Member("xl/_rels/workbook.xml.rels", relations(n[3:] for n in names))]
    return archive(members + [Member(names[0], content)] + [Member(name, content, at=names[0]) for name in names[1:]])


def opendocument(content, prologue=""):
    spaces = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (p, p) for p in ("office", "table", "text"))
    body = "<office:document-content %s><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"
    return zip_bytes([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", prologue + body % (spaces, content))])


def word(content, prologue=""):
    return zip_bytes([("word/document.xml", prologue + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                       "<w:body>%s</w:body></w:document>" % content)])


def ole_loops():
    data = bytearray(xls_bytes(report()))
    first = struct.unpack("<I", data[48:52])[0]
    directory = 512 * (1 + first)
    siblings = bytes(data[:directory + 128 + 68]) + struct.pack("<II", 1, 1) + bytes(data[directory + 128 + 76:])   # an entry beside itself
    fat = 512 * (1 + struct.unpack("<I", data[76:80])[0])
    chain = bytes(data[:fat + 4 * first]) + struct.pack("<I", first) + bytes(data[fat + 4 * first + 4:])            # the directory follows itself
    difat = bytes(data[:68]) + struct.pack("<II", 0, 0xFFFF) + bytes(data[76:])                                     # a table of tables without end
    return siblings, chain, difat


LAUGHS = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">%s]>' %
          "".join('<!ENTITY %s "%s">' % (chr(98 + n), ("&%s;" % chr(97 + n)) * 10) for n in range(9)))
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY % b SYSTEM "http://127.0.0.1:9/x.dtd">%b;]>'
MERGES = "".join('<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, (1 << 17) + 2))


def refused():
    _, chain, _ = ole_loops()
    bof = (0x809, struct.pack("<HHHHII", 0x600, 5, 0x1FAF, 0x7CD, 0, 0x606))
    number = '<row><c><v>1</v></c></row>'
    inner = one(rows(" " * (100 * MILLION)))
    long_row = "<row>" + "<c><v>1</v></c>" * 16384 + "</row>"
    cell = '<table:table-cell office:value-type="float" office:value="1"%s><text:p>1</text:p></table:table-cell>'
    repeats = ' table:number-columns-repeated="16384"'
    return [
        ("炸弹.xlsx", one(rows(" " * (300 * MILLION))), "too-big"),
        ("炸弹套炸弹.xlsx", zip_bytes([("xl/a.xlsx", inner), ("xl/b.xlsx", inner)]), "damaged"),
        ("重叠成员.xlsx", overlapping(), "too-big"),
        ("大小说少了.xlsx", one(rows(" " * MILLION), 1000), "damaged"),
        ("大小说多了.xlsx", one(rows(number), 200 * MILLION), "damaged"),
        ("大小说成最大.xlsx", one(rows(number), 0xFFFFFFFE), "too-big"),
        ("成员重名.xlsx", twice(False), "damaged"),
        ("两百万格以上.xlsx", one(rows(long_row * 400)), "no-table"),
        ("两百万格都要留.xlsx", one(rows(long_row.replace("<c><v>1</v></c>", '<c t="inlineStr"><is><t>单位名称</t></is></c>', 1) * 400)), "out-of-memory"),
        ("合并太多.xlsx", one(sheet("<mergeCells>" + MERGES + "</mergeCells>")), "too-big"),
        ("嵌套太深.xlsx", one(sheet("<a>" * 100000)), "damaged"),
        ("标签没有尽头.xlsx", one('<worksheet xmlns="%s" a="%s"/>' % (MAIN, "x" * (9 * MILLION))), "damaged"),
        ("注释没有尽头.xlsx", one("<!--" + "x" * (9 * MILLION)), "damaged"),
        ("一格文字太长.xlsx", one(rows('<row><c t="inlineStr"><is><t>%s</t></is></c></row>' % ("字" * MILLION))), "too-big"),
        ("实体膨胀.xlsx", one(LAUGHS + rows('<row><c t="str"><v>&j;</v></c></row>')), "damaged"),
        ("外部实体.xlsx", one(OUTSIDE + rows('<row><c t="str"><v>&a;</v></c></row>')), "damaged"),
        ("实体膨胀.ods", opendocument("<table:table><text:p>&j;</text:p></table:table>", LAUGHS), "damaged"),
        ("外部实体.docx", word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", OUTSIDE), "damaged"),
        ("共享字符串越界.xlsx", one(rows('<row><c t="s"><v>4294967295</v></c></row>')), "damaged"),
        ("共享字符串是负数.xlsx", one(rows('<row><c t="s"><v>-1</v></c></row>')), "damaged"),
        ("关系走出去.xlsx", archive([Member("xl/workbook.xml", workbook()),
                                Member("xl/_rels/workbook.xml.rels", relations(["../../../../../../etc/hostname"]))]), "damaged"),
        ("关系是绝对路径.xlsx", archive([Member("xl/workbook.xml", workbook()),
                                  Member("xl/_rels/workbook.xml.rels", relations(["file:///etc/hostname"]))]), "damaged"),
        ("关系在外面.xlsx", archive([Member("xl/workbook.xml", workbook()), Member("xl/worksheets/sheet1.xml", rows(number)),
                                Member("xl/_rels/workbook.xml.rels", relations(["http://127.0.0.1:9/"], ' TargetMode="External"'))]), "damaged no-table"),
        ("工作表太多.xlsx", archive([Member("xl/workbook.xml", workbook(1025))]), "too-big"),
        ("空字符.xlsx", one(rows('<row><c t="str"><v>a\0b</v></c></row>')), "damaged"),
        ("控制字符.xlsx", one(rows('<row><c t="str"><v>a\x1b[31mb</v></c></row>')), "damaged"),
        ("半个代理.xlsx", one(rows('<row><c t="str"><v>').encode()[:-len("</sheetData></worksheet>")] + b"\xed\xa0\x80</v></c></row></sheetData></worksheet>"),
         "damaged"),
        ("半个代理UTF-16.xlsx", one("\ufeff".encode("utf-16-le") + rows("<row><c t='str'><v>a").encode("utf-16-le") + b"\x00\xd8b\0"), "damaged"),
        ("行数没有尽头.ods", opendocument('<table:table table:name="a"><table:table-row table:number-rows-repeated="4294967295">' + cell % ""
                                   + "</table:table-row></table:table>"), "too-big damaged out-of-memory"),
        ("格数没有尽头.ods", opendocument('<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">' + cell % repeats
                                   + "</table:table-row></table:table>"), "too-big out-of-memory"),
        ("列数没有尽头.docx", word("<w:tbl>" + "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p/></w:tc>' * 3 + "</w:tr></w:tbl>"),
         "too-big damaged no-table"),
        ("表中有表.docx", word("<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100), "damaged too-big"),
        ("目录绕圈.xls", chain, "damaged"),
        ("记录说多了.xls", compound([("Workbook", biff(bof) + b"\x03\x02\xff\xff" + bytes(3000))]), "damaged truncated"),
        ("字符串说多了.xls", compound([("Workbook", biff(bof, (0xFC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF))))]), "damaged truncated no-table"),
        ("合并说多了.xls", compound([("Workbook", biff(bof, (0xE5, struct.pack("<H", 0xFFFF))))]), "damaged truncated no-table"),
    ]


def read():
    siblings, _, difat = ole_loops()
    styled = "".join('<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(200, MILLION))
    return [
        ("尺寸最大.xlsx", in_sheet("<cols>", '<dimension ref="A1:XFD1048576"/><cols>')),
        ("合并说多了.xlsx", in_sheet("<mergeCells count=", '<mergeCells x="2147483648" count=')),
        ("百万空行.xlsx", in_sheet("</sheetData>", styled + "</sheetData>")),
        ("成员重名但相同.xlsx", same_member()),
        ("目录项绕圈.xls", siblings),
        ("扇区表没有尽头.xls", difat),
        ("注释里有实体.xlsx", in_sheet("<sheetData>", "<!-- &lol; <!DOCTYPE x> --><sheetData>")),
    ]


def same_member():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(report()))) as package:
        members = [Member(name, package.read(name)) for name in package.namelist()]
    return archive(members + [members[-1]])


FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1+1", "=HYPERLINK(\"http://127.0.0.1:9/\",\"x\")",
            "{=1+1}", "'=1+1"]


def formulas():
    """The report with texts that look like formulas: for numbers, for labels of unknown rows, for the unit's name, in the sheet's name."""
    sheets = report()
    page = next(s for s in sheets if len(s.cells) > 150)
    numbers = [at for at, content in page.cells.items() if isinstance(content, Number)]
    for at, text in zip(numbers[::7], FORMULAS):
        page.cells[at] = text
    last = max(row for row, _ in page.cells)
    for n, text in enumerate(FORMULAS):
        page.put(last + 1 + n, 0, text)
        page.put(last + 1 + n, 3, Number("7"))
    for other in sheets:
        for at, content in list(other.cells.items()):
            if isinstance(content, str) and "宿迁市" in content and len(content) < 20:
                other.cells[at] = "=cmd|' /C calc'!A0"
    return xlsx_bytes(sheets)


def findings():
    """A thousand tables, nearly all of them once too often."""
    sheets = report()
    last = sheets[-1]
    for n in range(450):
        copy = Sheet("表%d" % n)
        for (row, column), content in last.cells.items():
            copy.put(row, column, content)
            copy.put(row + 20, column, content)
        copy.merges = last.merges + [(r1 + 20, c1, r2 + 20, c2) for r1, c1, r2, c2 in last.merges]
        sheets.append(copy)
    return xlsx_bytes(sheets)


def main(folder):
    made = refused() + [(name, data, "read") for name, data in read()]
    made += [("像公式.xlsx", formulas(), "other"), ("一千张表.xlsx", findings(), "other")]
    for name, data, codes in made:
        with open(os.path.join(folder, name), "wb") as out:
            out.write(data)
        print(name + "\t" + codes)


if __name__ == "__main__":
    main(sys.argv[1])
