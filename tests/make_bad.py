#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_bad.py DIR : inputs that cannot be read, written into DIR; prints one line each: file, allowed error codes (tab between)."""
import io
import os
import random
import struct
import sys
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "judge"))
from reports import load                             # noqa: E402
from sheets import Number, Sheet, xls_bytes, xlsx_bytes, zip_bytes   # noqa: E402
from workbooks import build                          # noqa: E402


def compound(streams):
    """An OLE compound file (MS-CFB, version 3) with the named streams, each at least 4096 bytes so that none is a mini stream."""
    streams = [(name, data.ljust(4096, b"\0")) for name, data in streams]
    sectors, places = [], []
    for _, data in streams:
        places.append(len(sectors))
        pieces = [data[at:at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors += [[piece, len(sectors) + n + 1] for n, piece in enumerate(pieces)]
        sectors[-1][1] = 0xFFFFFFFE
    directory = [entry("Root Entry", 5, 0xFFFFFFFE, 0, 1 if streams else 0xFFFFFFFF)]
    for n, (name, data) in enumerate(streams):
        right = n + 2 if n + 1 < len(streams) else 0xFFFFFFFF
        directory.append(entry(name, 2, places[n], len(data), 0xFFFFFFFF, right))
    while len(directory) % 4:
        directory.append(entry("", 0, 0, 0, 0xFFFFFFFF))
    first = len(sectors)
    blob = b"".join(directory)
    for at in range(0, len(blob), 512):
        sectors.append([blob[at:at + 512], len(sectors) + 1])
    sectors[-1][1] = 0xFFFFFFFE
    fat_at = len(sectors)
    assert fat_at + 1 <= 128
    chain = [after for _, after in sectors] + [0xFFFFFFFD]
    fat = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))
    header = struct.pack("<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, first, 0,
                         4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_at, *[0xFFFFFFFF] * 108)
    return header + b"".join(piece for piece, _ in sectors) + fat


def entry(name, kind, start, size, child, right=0xFFFFFFFF):
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16sIQQIII", text, len(text) + 2 if text else 0, kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, start, size, 0)


def without_tables():
    sheet = Sheet("考勤表")
    for row in range(20):
        sheet.put(row, 0, "职工%d" % row)
        sheet.put(row, 1, Number(str(row)))
    return [sheet]


def flip(data, at, count):
    return data[:at] + bytes(b ^ 0x5A for b in data[at:at + count]) + data[at + count:]


def biff(*records):
    return b"".join(struct.pack("<HH", code, len(data)) + data for code, data in records)


def xlsb():
    types = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" '
             'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" '
             'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>')
    rels = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/></Relationships>')
    return zip_bytes([("[Content_Types].xml", types), ("_rels/.rels", rels), ("xl/workbook.bin", b"\x83\x01\x00"),
                      ("xl/worksheets/sheet1.bin", b"\x81\x01\x00")])


def doctype():
    body = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="urn:x">&a;</w:document>'
    return zip_bytes([("word/document.xml", body)])


def docx(content):
    types = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
             'ContentType="application/xml"/><Override PartName="/word/document.xml" '
             'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    body = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + content
    body += '</w:body></w:document>'
    return zip_bytes([("[Content_Types].xml", types), ("word/document.xml", body)])


def files():
    """(file name, bytes, allowed codes)."""
    good = xlsx_bytes(build("legal", load("suqian_shi_2023"), random.Random(1)).sheets)
    old = xls_bytes(build("legal", load("suqian_shi_2023"), random.Random(1)).sheets)
    first = good.index(b"PK\x01\x02")
    sheet = good.rindex(b"xl/worksheets/sheet3.xml") - 46      # its entry in the central directory
    member = good.index(b"xl/worksheets/sheet2.xml") + 60
    bof = (0x809, struct.pack("<HHHHII", 0x600, 5, 0x1FAF, 0x7CD, 0, 0x606))
    filepass = (0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    other = "not-a-workbook unsupported"
    broken = "damaged truncated"
    return [
        ("空文件.xlsx", b"", "empty"),
        ("截断.xlsx", good[:len(good) // 2], broken),
        ("少了末尾.xlsx", good[:-10], broken),
        ("文本.xlsx", "单位,年度\n朔州市科技局,2020\n".encode(), "no-table"),
        ("乱码.xlsx", bytes(random.Random(5).randrange(256) for _ in range(5000)), other),
        ("加密.xlsx", compound([("EncryptedPackage", bytes(6000)), ("EncryptionInfo", b"\4\0\4\0\x40\0\0\0<encryption/>")]), "encrypted"),
        ("加密.xls", compound([("Workbook", biff(bof, filepass, (0x0A, b"")))]), "encrypted"),
        ("二进制.xlsb", xlsb(), "xlsb"),
        ("文字.doc", compound([("WordDocument", b"\xec\xa5\xc1\0"), ("1Table", b"")]), other),
        ("没有表.docx", docx("<w:p/>"), "no-table"),
        ("没有正文.docx", zip_bytes([("word/styles.xml", "<x/>")]), "damaged"),
        ("嵌得太深.docx", docx("<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100), "damaged"),
        ("列太多.docx", docx("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2147483647'/></w:tcPr></w:tc></w:tr></w:tbl>"), "too-big"),
        ("表太多.docx", docx("<w:tbl/>" * 2000), "too-big"),
        ("文字太多.docx", docx("<w:p>" + "<w:r><w:t>%s</w:t></w:r>" % ("字" * 1000) * 100 + "</w:p>"), "too-big"),
        ("不在里面.docx", docx("<w:altChunk/>"), "unsupported"),
        ("实体.docx", doctype(), "damaged"),
        ("版式.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", other),
        ("版式.ofd", zip_bytes([("OFD.xml", '<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'), ("Doc_0/Document.xml", "<x/>")]), other),
        ("压缩.zip", zip_bytes([("年报.txt", "年报")]), other),
        ("压缩.rar", b"Rar!\x1a\x07\x01\x00" + bytes(64), other),
        ("压缩.7z", b"7z\xbc\xaf\x27\x1c" + bytes(64), other),
        ("网页.xls", "<html><frameset><frame src='网页.files/sheet001.htm'></frameset></html>".encode(), other),
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64), other),
        ("目录损坏.xlsx", flip(good, first, 46), broken),
        ("目录偏移.xlsx", good[:-6] + struct.pack("<I", 0x7FFFFFF0) + good[-2:], broken),
        ("成员损坏.xlsx", flip(good, member, 40), "damaged"),
        ("校验和不符.xlsx", good[:sheet + 16] + b"\1\2\3\4" + good[sheet + 20:], "damaged"),
        ("半个目录.xls", old[:len(old) // 3], broken),
        ("链条成环.xls", loop(old), broken),
        ("没有表.xlsx", xlsx_bytes(without_tables()), "no-table"),
        ("没有表.xls", xls_bytes(without_tables()), "no-table"),
        ("坏标记.xlsx", broken_xml(good), "damaged"),
    ]


def loop(data):
    """The FAT of an .xls whose first chain points back to its start."""
    fat = 512 * (1 + struct.unpack("<I", data[76:80])[0])
    return data[:fat] + struct.pack("<3I", 1, 2, 0) + data[fat + 12:]


def broken_xml(data):
    """A sheet whose row is closed twice."""
    out = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name)
            out.append((name, text.replace(b"</row>", b"</row></row>", 1) if name.endswith("sheet2.xml") else text))
    return zip_bytes(out)


def main(directory):
    for name, data, codes in files():
        with open(os.path.join(directory, name), "wb") as out:
            out.write(data)
        print(name + "\t" + codes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
