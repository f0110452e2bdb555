# SPDX-License-Identifier: MIT
"""make_codepages.py FOLDER: workbooks of Excel 2 ([MS-XLS] has its records too), one for each code page, with every single byte and every
pair of bytes from 0x80 and 0x30 up in their cells, valid or not. Left out: Vietnamese (1258), whose last letter glibc keeps back for a mark
that could follow, the Korean postal mark A2 E8, which glibc reports as wrong one byte late, and the six pairs of GB 18030 above U+FFFF.
Of GB 18030 there are all fours below U+10000, and some above."""
import struct
import sys

SINGLE = [437, 737, 775, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 869, 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256,
          1257, 10000]
DOUBLE = [932, 936, 949, 950, 54936]
LEFT_OUT = {949: ["a2e8"], 54936: ["fe51", "fe52", "fe53", "fe6c", "fe76", "fe91"]}


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def workbook(codepage, texts):
    out = record(0x0009, struct.pack("<HH", 2, 0x10)) + record(0x0042, struct.pack("<H", codepage))
    for i, text in enumerate(texts):
        out += record(0x0004, struct.pack("<HH3xB", i // 200, i % 200, len(text)) + text)
    return out + record(0x000A, b"")


def main():
    folder = sys.argv[1]
    for codepage in SINGLE:
        texts = [b"a" + bytes([i]) + b" b" for i in range(0x80, 0x100)]
        open(f"{folder}/{codepage}.xls", "wb").write(workbook(codepage, texts))
    for codepage in DOUBLE:
        texts = [b"".join(bytes([lead, trail]) + b" " for trail in range(start, min(start + 70, 256))
                          if bytes([lead, trail]).hex() not in LEFT_OUT.get(codepage, []))
                 for lead in range(0x80, 0x100) for start in range(0x30, 256, 70)]
        if codepage == 54936:
            texts += [b"".join(bytes([lead, second, third, fourth]) + b" " for third in range(start, min(start + 4, 256)) for fourth in b"0123456789")
                      for lead in [*range(0x80, 0x86), 0x90, 0x95, 0xE3, 0xE4, 0xFF] for second in b"/0123456789:" for start in range(0x80, 256, 4)]
        open(f"{folder}/{codepage}.xls", "wb").write(workbook(codepage, texts))


main()
