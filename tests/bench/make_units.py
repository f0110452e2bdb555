#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_units.py DIR N [--errors PERMILLE] [--seed N] [--by PROGRAM]: N different workbooks of one year under DIR/000/, DIR/001/, … (a thousand in each), and
DIR.json with the exact sum of every leaf and the files in which a total is wrong. A workbook of the judge, as PROGRAM saves it (patterns.py),
is the pattern: its numbers are replaced and the sheets deflated anew, so that a hundred thousand take some minutes."""
import argparse
import io
import json
import os
import random
import re
import struct
import sys
import zipfile
import zlib
from decimal import Decimal
from multiprocessing import Pool

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from forms import FORMS                              # noqa: E402
from reports import random_report                    # noqa: E402
from workbooks import build                          # noqa: E402

from patterns import PATTERNS                        # noqa: E402

FIRST, UNIT, FORM = 700000001, "某某单位某某", FORMS["2021"]
LEAVES = [key.name for key in FORM.keys if not key.derived]
TOTALS = [key.name for key in FORM.keys if key.derived]


class Pattern:
    """The members of a workbook; those with numbers or the unit's name in pieces."""

    def __init__(self, by):
        report = random_report(random.Random(1), 2023)
        report.unit = UNIT
        self.keys = [key.name for key in FORM.keys]
        for number, key in enumerate(self.keys):
            report.raw[key] = str(FIRST + number)
        with zipfile.ZipFile(io.BytesIO(PATTERNS[by](build("legal", report, random.Random(1)).sheets))) as package:
            self.members = [self.member(info.filename.encode(), package.read(info)) for info in package.infolist()]

    def member(self, name, content):
        pieces = re.split(r"(%s|%s|%d\d{3})" % (UNIT, numbered(UNIT), FIRST // 1000), content.decode("utf-8"))
        return name, pieces if len(pieces) > 1 else deflated(content)

    def fill(self, unit, values):
        texts = {UNIT: unit, numbered(UNIT): numbered(unit)}
        texts.update((str(FIRST + number), values[key]) for number, key in enumerate(self.keys))
        out, directory, offset = [], [], 0
        for name, content in self.members:
            if isinstance(content, list):
                content = deflated("".join(texts.get(piece, piece) for piece in content).encode("utf-8"))
            crc, size, packed = content
            head = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 0x5821, crc, len(packed), size, len(name), 0)
            out += [b"PK\3\4", head, name, packed]
            directory += [b"PK\1\2\x14\0", head, b"\0" * 10, struct.pack("<I", offset), name]
            offset += 30 + len(name) + len(packed)
        tail = b"".join(directory)
        return b"".join(out) + tail + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(self.members), len(self.members), len(tail), offset, 0)


def numbered(text):
    """As openpyxl without lxml writes it."""
    return "".join(character if character < "\x7f" else "&#%d;" % ord(character) for character in text)


def deflated(content):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return zlib.crc32(content), len(content), packer.compress(content) + packer.flush()


def make(job):
    """A folder of at most a thousand: its sums in micros, and the files with a wrong total."""
    directory, first, last, errors, seed, by = job
    pattern, rng = Pattern(by), random.Random(seed * 1000003 + first)
    sums, failing = [0] * len(LEAVES), []
    folder = os.path.join(directory, "%03d" % (first // 1000))
    os.makedirs(folder, exist_ok=True)
    for number in range(first, last):
        report, name = random_report(rng, 2023), "第%06d号县财政局" % number
        for place, key in enumerate(LEAVES):
            sums[place] += int(Decimal(report.raw[key]) * 1000000)
        path = os.path.join(folder, "%06d.xlsx" % number)
        if rng.randrange(1000) < errors:
            key = rng.choice(TOTALS)
            report.raw[key] = str(int(report.raw[key]) + 1)
            failing.append(os.path.relpath(path, directory))
        with open(path, "wb") as file:
            file.write(pattern.fill(name, report.raw))
    return sums, failing


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("n", type=int)
    parser.add_argument("--errors", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by", choices=PATTERNS, default="bench")
    chosen = parser.parse_args()
    jobs = [(chosen.directory, first, min(first + 1000, chosen.n), chosen.errors, chosen.seed, chosen.by) for first in range(0, chosen.n, 1000)]
    with Pool() as pool:
        parts = pool.map(make, jobs, chunksize=1)
    sums = {key: sum(part[0][place] for part in parts) for place, key in enumerate(LEAVES)}
    with open(chosen.directory + ".json", "w", encoding="utf-8") as file:
        json.dump({"n": chosen.n, "micros": sums, "failing": sorted(path for part in parts for path in part[1])}, file)


main()
