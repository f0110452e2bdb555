#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bench.py PROGRAM WORK RESULTS.md GROWTH.svg SHEETS.svg: how fast the program is, beside other people's programs and bare C, all in one run. Its inputs are
made from the forms (seeded). Times are medians of interleaved rounds of whole processes; instructions are callgrind's (they do not depend on
what else the machine does). Peers that are not there are left out and said."""
import collections
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys

import plan
from patterns import PATTERNS

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS, MANY, FEW, ROLLED = 7, 200, 20, (1000, 10000)
USUAL = "xlsxwriter"             # who wrote the 10 KB workbook of which one is taken, or 200
WHOLE = ("the others write the same sheets and text as nianbao where they say so, else the values with a border; "
         "ssconvert and soffice judge nothing, SheetJS has no borders")
GROWTH_FILES = (1, 10, 100, 1000, 10000, 100000)
GROWTH_BYTES = (10 ** 3, 10 ** 4, 10 ** 5, 10 ** 6, 10 ** 7, 10 ** 8, 2 * 10 ** 8)

# Where instructions go, by file and library; the first that fits.
PARTS = (("inflate, deflate, CRC", r"libz|libdeflate|\?\?\?:.*(flate|crc32|decode_table|huffman)"), ("SHA-256", r"\?\?\?:SHA256"),
         ("libxlsxwriter", r"libxlsxwriter"), ("dynamic linker", r"ld-linux|dl-|elf/"), ("XML", r"xlsx/package/xml"),
         ("cells, strings, parts", r"xlsx/(read|package|grid)"), ("memory", r"xlsx/base/arena|malloc"),
         ("definitions", r"convert/law/(form|doc|guess)"), ("finding tables", r"convert/(find/(locate|sight|familiar|pieces)|law/(label|dictionary))"),
         ("unit and year", r"convert/(find/identify|law/(title|hint))"), ("the rest of nianbao", r"convert/|xlsx/|/nianbao"), ("C library and others", r""))


class Run:
    """One process to its end: seconds, CPU seconds, KB at its peak."""
    launcher = None              # launch.c

    def __init__(self, command, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        said = subprocess.run([self.launcher, *command], capture_output=True, check=True).stdout.split()
        self.wall, self.cpu, self.memory, status = float(said[0]), float(said[1]), int(said[2]), int(said[3])
        if status not in (0, os.path.basename(command[0]) == "nianbao"):        # 1: something is to be corrected
            raise SystemExit("bench.py: %s: exit %d" % (" ".join(command[:4]), status))


def interleaved(commands, folder, rounds=ROUNDS):
    """name -> (median wall, median CPU, peak KB)."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(Run(command, folder))
    return {name: (statistics.median(run.wall for run in all_), statistics.median(run.cpu for run in all_), max(run.memory for run in all_))
            for name, all_ in runs.items()}


def callgrind(command, folder):
    """How many instructions, and part of the work -> how many of them."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    out = folder + ".callgrind"
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out, *command], capture_output=True, check=False)
    count = [int(line.rsplit(":", 1)[1]) for line in result.stderr.decode("utf-8", "replace").splitlines() if "Collected :" in line]
    if not count:
        raise SystemExit("bench.py: callgrind gave no count for %s" % command[0])
    listing = subprocess.run(["callgrind_annotate", "--threshold=100", "--auto=no", out], capture_output=True, check=False).stdout.decode("utf-8", "replace")
    os.remove(out)
    parts = collections.Counter()
    for line in listing.splitlines():
        found = re.match(r"\s*([\d,]+) \([\s\d.]+%\)\s+(.*)", line)
        if found and "PROGRAM TOTALS" not in line:
            parts[next(part for part, pattern in PARTS if re.search(pattern, found.group(2)))] += int(found.group(1).replace(",", ""))
    return count[0], parts


def instructions(command, folder):
    return callgrind(command, folder)[0]


class Bench:
    def __init__(self, program, work):
        self.program, self.work, self.out = os.path.abspath(program), os.path.abspath(work), os.path.join(os.path.abspath(work), "out")
        self.lines, self.missing, self.profiles = [], [], []
        os.makedirs(self.work, exist_ok=True)
        shipped = os.path.join(os.path.dirname(self.program), "linux", "arm64" if platform.machine() == "aarch64" else "amd64", "nianbao")
        self.shipped = shipped if os.path.exists(shipped) else None
        Run.launcher = self.compile(os.path.join(HERE, "launch.c"))
        if not self.shipped:
            self.missing.append("the static program that is shipped")

    def path(self, *names):
        return os.path.join(self.work, *names)

    def make(self, name, script, *arguments):
        if not os.path.exists(self.path(name)):
            subprocess.run([sys.executable, "-B", os.path.join(HERE, script), *arguments], check=True)
        return self.path(name)

    def units(self, n, by="bench"):
        name = "units-%d" % n if by == "bench" else "units-%s-%d" % (by, n)
        folder = self.make(name + ".json", "make_units.py", self.path(name), str(n), "--by", by)[:-len(".json")]
        return folder, sorted(os.path.join(top, file) for top, _, files in os.walk(folder) for file in files)

    def compile(self, source, *libraries):
        target = self.path(os.path.basename(source)[:-2])
        subprocess.run(["cc", "-O2", "-o", target, source, *libraries], check=True)
        return target

    def say(self, *lines):
        self.lines += lines

    # -- peers --

    def node(self):
        """Where SheetJS and exceljs are installed; None without node."""
        if not shutil.which("node") or not shutil.which("npm"):
            self.missing.append("SheetJS, exceljs (no node)")
            return None
        place = self.path("node")
        if not os.path.isdir(os.path.join(place, "node_modules", "exceljs")):
            os.makedirs(place, exist_ok=True)
            done = subprocess.run(["npm", "install", "--silent", "--prefix", place, "xlsx@0.18.5", "exceljs@4.4.0"], capture_output=True, check=False)
            if done.returncode:
                self.missing.append("SheetJS, exceljs (npm cannot install them)")
                return None
        for name in ("sheetjs.js", "exceljs.js", "exceljs_read.js", "same.js", "rollup.js", "judge.js"):
            shutil.copy(os.path.join(HERE, "peers", name), place)
        return place

    def peers(self, files, out):
        """name -> command that reads the files, judges them and writes them to `out` ("-": writes nothing)."""
        python = [sys.executable, "-B"]
        commands = {"openpyxl": [*python, os.path.join(HERE, "peers", "openpyxl_whole.py"), out, *files],
                    "openpyxl read-only + XlsxWriter": [*python, os.path.join(HERE, "peers", "openpyxl_stream.py"), out, *files]}
        place = self.node()
        if place:
            commands["SheetJS"] = ["node", os.path.join(place, "sheetjs.js"), out, *files]
            commands["exceljs"] = ["node", os.path.join(place, "exceljs.js"), out, *files]
        return commands

    def same(self, files):
        """Programs that do the whole job: name -> command that reads the files, judges them and writes the sheets and the text of the plan."""
        python, place = [sys.executable, "-B"], self.node()
        commands = {"openpyxl read-only + XlsxWriter, the same sheets": [*python, os.path.join(HERE, "peers", "same.py"), self.out, self.path("plan.json"), *files]}
        if place:
            commands["exceljs, the same sheets"] = ["node", os.path.join(place, "same.js"), self.out, self.path("plan.json"), *files]
        return commands

    def rollers(self, folder, slow):
        """Programs that roll up a folder of workbooks of one layout."""
        commands = {"openpyxl read-only + XlsxWriter": [sys.executable, "-B", os.path.join(HERE, "peers", "rollup_stream.py"), self.out, folder]}
        place = self.node()
        if place:
            commands["SheetJS"] = ["node", os.path.join(place, "rollup.js"), self.out, folder]
        if slow and shutil.which("ssconvert"):
            commands["ssconvert and awk"] = ["sh", os.path.join(HERE, "peers", "rollup_ssconvert.sh"), self.out, folder]
        return commands

    def bare(self, source):
        """The program that writes the workbook that `convert` writes, and nothing else. plan.json is what it holds."""
        Run([self.program, "convert", "-o", self.out, source], self.out)
        workbook, summary = ([os.path.join(self.out, name) for name in os.listdir(self.out) if name.endswith(end)][0] for end in (".xlsx", ".txt"))
        plan.write(workbook, summary, self.path("plan.json"))
        subprocess.run([sys.executable, "-B", os.path.join(HERE, "bare.py"), self.path("plan.json"), self.path("bare.c")], check=True)
        return self.compile(self.path("bare.c"), "-lxlsxwriter")

    def converters(self, files):
        """Programs that only read and write, and judge nothing."""
        commands = {}
        if shutil.which("ssconvert"):
            commands["ssconvert"] = ["sh", "-c", 'out=$1; shift; for f; do ssconvert "$f" "$out/$(basename "$f")" || exit 1; done', "sh", self.out, *files]
        else:
            self.missing.append("ssconvert")
        if shutil.which("soffice"):
            commands["soffice"] = ["soffice", "-env:UserInstallation=file://" + self.path("office"), "--headless", "--convert-to", "xlsx", "--outdir", self.out, *files]
        else:
            self.missing.append("soffice")
        return commands

    # -- the tables --

    def table(self, title, ours, results, unit=1):
        self.say("", "### " + title, "", "| program | wall ms | CPU ms | peak MB | wall, %s = 1 |" % ours, "|---|---|---|---|---|")
        for name, (wall, cpu, memory) in sorted(results.items(), key=lambda item: item[1][0]):
            self.say("| %s | %.2f | %.2f | %.0f | %.1f |" % (name, wall * 1e3 / unit, cpu * 1e3 / unit, memory / 1024, wall / results[ours][0]))

    def profile(self, what, parts):
        self.profiles.append((what, parts))

    def say_profiles(self):
        """A table of parts, and behind it what was written by hand of how they came to be so."""
        self.say("", "### Where the instructions go", "", "| | %s |" % " | ".join(what for what, _ in self.profiles), "|---|%s" % ("---|" * len(self.profiles)))
        for part, _ in PARTS:
            self.say("| %s | %s |" % (part, " | ".join("%d" % round(parts.get(part, 0)) for _, parts in self.profiles)))
        with open(os.path.join(HERE, "profiles.md"), encoding="utf-8") as file:
            self.say("", file.read().strip())

    def start(self):
        with open(self.path("empty.c"), "w", encoding="utf-8") as file:
            file.write("int main(void) { return 0; }\n")
        empty = self.compile(self.path("empty.c"))
        commands = {"an empty dynamic program": [empty], "nianbao --version": [self.program, "--version"]}
        if self.shipped:
            commands["nianbao --version, the static program that is shipped"] = [self.shipped, "--version"]
        self.table("Start of the process", "an empty dynamic program", interleaved(commands, self.out, 41))
        self.say("", "Instructions: %s. libxlsxwriter, which names libcrypto, is loaded when the first workbook is written."
                 % ", ".join("%s %.2f M" % (name, instructions(command, self.out) / 1e6) for name, command in commands.items()))

    def batch(self):
        self.say("", "### One workbook in a running batch, `check`, %d files less 50" % MANY, "", "| written by | KB | M instructions a file |", "|---|---|---|")
        for by in PATTERNS:
            (more, files), (few, _) = self.units(MANY, by), self.units(50, by)
            all_, less = [callgrind([self.program, "check", folder], self.out) for folder in (more, few)]
            self.say("| %s | %.1f | %.2f |" % ("bench.py (no theme, five styles)" if by == "bench" else by, os.path.getsize(files[0]) / 1024,
                                               (all_[0] - less[0]) / 1e6 / (MANY - 50)))
            if by == USUAL:
                self.profile("one workbook in a batch, K", {part: (n - less[1][part]) / 1e3 / (MANY - 50) for part, n in all_[1].items()})
        more, files = self.units(MANY, USUAL)
        results = interleaved({"nianbao check": [self.program, "check", more], **self.peers(files, "-")}, self.out, 3)
        self.table("%d workbooks checked, per file" % MANY, "nianbao check", results, MANY)
        bare = 'for i in $(seq "$(nproc)"); do "$1" "$2/$i-" $(($3 / $(nproc))) & done; wait'
        floor = "the same by bare libxlsxwriter"
        results = interleaved({"nianbao convert": [self.program, "convert", "-o", self.out, more],
                               floor: ["sh", "-c", bare, "sh", self.bare(files[0]), self.out, str(MANY)],
                               **self.peers(files, self.out), **self.same(files)}, self.out, 3)
        self.say("", "`convert` makes %.0f %% of the workbooks that bare libxlsxwriter makes in the same time (CPU time: %.0f %%), a process on each processor."
                 % tuple(100 * results[floor][k] / results["nianbao convert"][k] for k in (0, 1)))
        self.table("%d workbooks converted, per file (%s)" % (MANY, WHOLE), "nianbao convert", results, MANY)
        results = interleaved({"nianbao convert": [self.program, "convert", "-o", self.out, *files[:FEW]], **self.converters(files[:FEW])}, self.out, 3)
        self.table("%d workbooks beside programs that only read and write, per file" % FEW, "nianbao convert", results, FEW)

    def single(self):
        _, files = self.units(MANY, USUAL)
        source = files[0]
        bare = self.bare(source)
        ours = [self.program, "convert", "-o", self.out, source]
        shipped = {"nianbao convert, the static program that is shipped": [self.shipped, *ours[1:]]} if self.shipped else {}
        floor = [bare, os.path.join(self.out, "bare.xlsx")]
        results = interleaved({**shipped, "nianbao convert": ours, "the same sheets written by bare libxlsxwriter": floor, "nianbao check": [self.program, "check", source],
                               **self.same([source]), **self.peers([source], self.out), **self.converters([source])}, self.out, 15)
        self.table("One workbook of %.1f KB, whole process (%s)" % (os.path.getsize(source) / 1024, WHOLE), "nianbao convert", results)
        runs = [callgrind(command, self.out) for command in (ours, floor, [self.program, "check", source], *shipped.values())]
        count = [run[0] / 1e6 for run in runs]
        for what, run in (("convert, whole process, K", runs[0]), ("check, whole process, K", runs[2])):
            self.profile(what, {part: n / 1e3 for part, n in run[1].items()})
        self.say("", "Instructions: convert %.1f M, bare libxlsxwriter %.1f M (%.2f times), check %.1f M." % (count[0], count[1], count[0] / count[1], count[2]))

    def rollup(self):
        for n in ROLLED:
            folder, _ = self.units(n)
            results = interleaved({"nianbao rollup": [self.program, "rollup", "-o", os.path.join(self.out, "sums.xlsx"), folder],
                                   **self.rollers(folder, n == min(ROLLED))}, self.out, 1)
            self.table("%d workbooks rolled up, per file; one round%s" % (n, "" if n == min(ROLLED) else ", without ssconvert, a process for each file"),
                       "nianbao rollup", results, n)
            self.say("", "In all: `nianbao rollup` %.1f s, %.0f MB." % (results["nianbao rollup"][0], results["nianbao rollup"][2] / 1024))

    def large(self):
        folder = os.path.dirname(self.make(os.path.join("large", "junk.xlsx"), "make_large.py", self.path("large")))
        self.say("", "### Large sheets beside a report, `check`", "", "| sheet | file MB | G instructions | CPU s | peak MB | beyond the file MB |", "|---|---|---|---|---|---|")
        for name, what in (("empty.xlsx", "1,048,576 styled empty rows, 85 MB of XML"), ("cells.xlsx", "1,048,576 rows of three styled empty cells, 92 MB of XML"),
                           ("junk.xlsx", "200,000 x 10 numbers, 73 MB of XML"), ("mixed.xlsx", "200,000 x 10 numbers and texts, 93 MB of XML"),
                           ("kinds.xlsx", "140,000 x 10 cells of all kinds, indented, 73 MB of XML")):
            command = [self.program, "check", os.path.join(folder, name)]
            _, cpu, memory = interleaved({name: command}, self.out, 3)[name]
            size = os.path.getsize(command[-1]) / 1e6
            count, parts = callgrind(command, self.out)
            self.profile(name + ", M", {part: n / 1e6 for part, n in parts.items()})
            self.say("| %s | %.1f | %.2f | %.2f | %.0f | %.0f |" % (what, size, count / 1e9, cpu, memory * 1024 / 1e6, memory * 1024 / 1e6 - size))

    def growth(self, picture):
        lines = []
        for n in GROWTH_FILES:
            folder, _ = self.units(n)
            wall, _, memory = interleaved({"n": [self.program, "check", folder]}, self.out, 3)["n"]
            lines.append((n, wall, memory / 1024))
        self.say("", "### Growth with the number of files, `check`", "", "| files | s | files a second | peak MB |", "|---|---|---|---|")
        self.say(*("| %d | %.3f | %.0f | %.0f |" % (n, wall, n / wall, memory) for n, wall, memory in lines), "", "![growth](%s)" % os.path.basename(picture), "",
                 "The line of time bends where starting the process ends to be most of it (about 10 files) and where all processors are busy (about 100); memory does not "
                 "depend on the number of files but for their names, some 130 bytes each.")
        draw(picture, "files", {"seconds": [(n, wall) for n, wall, _ in lines], "MB": [(n, memory) for n, _, memory in lines]})

    def sheets(self, picture):
        lines = {}
        self.say("", "### Growth with the size of one sheet, `check`", "", "| MB of XML | %s |" % " | ".join(
            "%s: file MB | s | peak MB" % what for what in ("styled empty cells", "numbers and texts")), "|---|---|---|---|---|---|---|")
        for size in GROWTH_BYTES:
            row = []
            for kind in ("styled", "mixed"):
                path = self.make(os.path.join("sheets", "%s-%d.xlsx" % (kind, size)), "make_large.py", self.path("sheets", "%s-%d.xlsx" % (kind, size)), kind, str(size))
                wall, _, memory = interleaved({"n": [self.program, "check", path]}, self.out, 3)["n"]
                row += ["%.2f" % (os.path.getsize(path) / 1e6), "%.3f" % wall, "%.0f" % (memory / 1024)]
                lines.setdefault(kind + ", seconds", []).append((size / 1e6, wall))
                lines.setdefault(kind + ", MB", []).append((size / 1e6, memory / 1024))
            self.say("| %g | %s |" % (size / 1e6, " | ".join(row)))
        self.say("", "![growth](%s)" % os.path.basename(picture), "",
                 "Time bends once, where reading begins to cost more than starting the process does (about 1 MB of XML), and is a straight line from there on. "
                 "Memory of a sheet of empty cells is the file's own. With cells it bends twice: up to 32,768 cells (LIMIT_CELLS_KEPT, 1.5 MB of XML) every one is kept, "
                 "beyond them only what is near a label of some form, so that what still grows is the file, which is held whole.")
        draw(picture, "MB of XML", lines)


def draw(path, what, lines):
    """Curves (name -> points) of seconds and MB, both axes logarithmic."""
    width, height, left, bottom = 640, 360, 60, 40
    places = sorted({place for points in lines.values() for place, _ in points})
    least, most = math.log10(places[0]), math.log10(places[-1])

    def x(n):
        return left + (width - left - 120) * (math.log10(n) - least) / (most - least)

    def y(value):
        return height - bottom - (height - bottom - 20) * (math.log10(max(value, 1e-3)) + 3) / 6
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">' % (width, height),
           '<rect width="100%" height="100%" fill="white"/>', '<text x="%d" y="%d" text-anchor="middle">%s</text>' % (width // 2, height - 4, what)]
    for power in range(-3, 4):
        out.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="8" y="%.1f">%g</text>' % (left, width - 120, y(10 ** power), y(10 ** power), y(10 ** power) + 4, 10.0 ** power))
    for place in places:
        out.append('<text x="%.1f" y="%d" text-anchor="middle">%g</text>' % (x(place), height - 20, place))
    for (name, points), color in zip(lines.items(), ("#b00020", "#1f5fa8", "#e08000", "#208040")):
        curve = " ".join("%.1f,%.1f" % (x(place), y(value)) for place, value in points)
        out.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/><text x="%.1f" y="%.1f" fill="%s">%s</text>'
                   % (curve, color, x(points[-1][0]) + 6, y(points[-1][1]) + 4, color, name))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out + ["</svg>", ""]))


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")][:1]
    return "%s, %d cores, %s" % (model[0] if model else platform.machine(), os.cpu_count(), platform.platform())


def main():
    program, work, results, files, sheets = sys.argv[1:6]
    bench = Bench(program, work)
    version = subprocess.run([program, "--version"], capture_output=True, check=True).stdout.decode().strip().splitlines()[0]
    for step in (bench.start, bench.single, bench.batch, bench.rollup, bench.large, lambda: bench.growth(files), lambda: bench.sheets(sheets), bench.say_profiles):
        step()
    head = ["# Measured", "", "Made by `make bench`; %s on %s. Times are medians of interleaved rounds of whole processes." % (version, machine())]
    if bench.missing:
        head += ["", "Not there: %s." % "; ".join(sorted(set(bench.missing)))]
    with open(results, "w", encoding="utf-8") as file:
        file.write("\n".join(head + bench.lines + [""]))


main()
