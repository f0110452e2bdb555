#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bench.py PROGRAM WORK RESULTS.md GROWTH.svg: how fast the program is, beside other people's programs and bare C, all in one run. Its inputs are
made from the forms (seeded). Times are medians of interleaved rounds of whole processes; instructions are callgrind's (they do not depend on
what else the machine does). Peers that are not there are left out and said."""
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS, MANY, FEW = 7, 200, 20
GROWTH_FILES = (1, 10, 100, 1000, 10000)


class Run:
    """One process to its end: seconds, CPU seconds, KB at its peak."""

    def __init__(self, command, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.wall, self.cpu, self.memory = time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss
        if child.returncode not in (0, 1):
            raise SystemExit("bench.py: %s: exit %d" % (" ".join(command[:4]), child.returncode))


def interleaved(commands, folder, rounds=ROUNDS):
    """name -> (median wall, median CPU, peak KB)."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(Run(command, folder))
    return {name: (statistics.median(run.wall for run in all_), statistics.median(run.cpu for run in all_), max(run.memory for run in all_))
            for name, all_ in runs.items()}


def instructions(command, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, check=False)
    for line in result.stderr.decode("utf-8", "replace").splitlines():
        if "Collected :" in line:
            return int(line.rsplit(":", 1)[1])
    raise SystemExit("bench.py: callgrind gave no count for %s" % command[0])


class Bench:
    def __init__(self, program, work):
        self.program, self.work, self.out = os.path.abspath(program), os.path.abspath(work), os.path.join(os.path.abspath(work), "out")
        self.lines, self.missing = [], []
        os.makedirs(self.work, exist_ok=True)

    def path(self, *names):
        return os.path.join(self.work, *names)

    def make(self, name, script, *arguments):
        if not os.path.exists(self.path(name)):
            subprocess.run([sys.executable, "-B", os.path.join(HERE, script), *arguments], check=True)
        return self.path(name)

    def units(self, n):
        folder = self.make("units-%d.json" % n, "make_units.py", self.path("units-%d" % n), str(n))[:-len(".json")]
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
        for name in ("sheetjs.js", "exceljs.js", "judge.js"):
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

    def start(self):
        with open(self.path("empty.c"), "w", encoding="utf-8") as file:
            file.write("int main(void) { return 0; }\n")
        empty = self.compile(self.path("empty.c"))
        commands = {"an empty dynamic program": [empty], "nianbao --version": [self.program, "--version"]}
        static = os.path.join(os.path.dirname(self.program), "linux", "amd64", "nianbao")
        if os.path.exists(static):
            commands["nianbao --version, the static program that is shipped"] = [static, "--version"]
        self.table("Start of the process", "an empty dynamic program", interleaved(commands, self.out, 41))
        self.say("", "Instructions: %s. libxlsxwriter, which names libcrypto, is loaded when the first workbook is written."
                 % ", ".join("%s %.2f M" % (name, instructions(command, self.out) / 1e6) for name, command in commands.items()))

    def batch(self):
        few, _ = self.units(50)
        more, files = self.units(MANY)
        count = [instructions([self.program, "check", folder], self.out) for folder in (few, more)]
        self.say("", "### One workbook of %.1f KB in a running batch" % (os.path.getsize(files[0]) / 1024), "",
                 "%.2f M instructions a file (`check`, %d files less 50)." % ((count[1] - count[0]) / 1e6 / (MANY - 50), MANY))
        results = interleaved({"nianbao check": [self.program, "check", more], **self.peers(files, "-")}, self.out, 3)
        self.table("%d workbooks checked, per file" % MANY, "nianbao check", results, MANY)
        results = interleaved({"nianbao convert": [self.program, "convert", "-o", self.out, more], **self.peers(files, self.out)}, self.out, 3)
        self.table("%d workbooks converted, per file" % MANY, "nianbao convert", results, MANY)
        results = interleaved({"nianbao convert": [self.program, "convert", "-o", self.out, *files[:FEW]], **self.converters(files[:FEW])}, self.out, 3)
        self.table("%d workbooks beside programs that only read and write, per file" % FEW, "nianbao convert", results, FEW)

    def single(self):
        _, files = self.units(MANY)
        source = files[0]
        Run([self.program, "convert", "-o", self.out, source], self.out)
        made = [os.path.join(self.out, name) for name in os.listdir(self.out) if name.endswith(".xlsx")][0]
        subprocess.run([sys.executable, "-B", os.path.join(HERE, "bare.py"), made, self.path("bare.c")], check=True)
        bare = self.compile(self.path("bare.c"), "-lxlsxwriter")
        ours = [self.program, "convert", "-o", self.out, source]
        floor = [bare, os.path.join(self.out, "bare.xlsx")]
        results = interleaved({"nianbao convert": ours, "the same sheets written by bare libxlsxwriter": floor, "nianbao check": [self.program, "check", source],
                               **self.peers([source], self.out), **self.converters([source])}, self.out)
        self.table("One workbook, whole process (ssconvert and soffice judge nothing)", "nianbao convert", results)
        count = [instructions(command, self.out) / 1e6 for command in (ours, floor, [self.program, "check", source])]
        self.say("", "Instructions: convert %.1f M, bare libxlsxwriter %.1f M (%.2f times), check %.1f M." % (count[0], count[1], count[0] / count[1], count[2]))

    def large(self):
        folder = os.path.dirname(self.make(os.path.join("large", "junk.xlsx"), "make_large.py", self.path("large")))
        self.say("", "### Large sheets beside a report, `check`", "", "| sheet | file MB | G instructions | CPU s | peak MB |", "|---|---|---|---|---|")
        for name, what in (("empty.xlsx", "1,048,576 styled empty rows, 85 MB of XML"), ("junk.xlsx", "200,000 x 10 cells, 93 MB of XML")):
            command = [self.program, "check", os.path.join(folder, name)]
            _, cpu, memory = interleaved({name: command}, self.out, 3)[name]
            self.say("| %s | %.1f | %.2f | %.2f | %.0f |" % (what, os.path.getsize(command[-1]) / 1e6, instructions(command, self.out) / 1e9, cpu, memory / 1024))

    def growth(self, picture):
        lines = []
        for n in GROWTH_FILES:
            folder, _ = self.units(n)
            wall, _, memory = interleaved({"n": [self.program, "check", folder]}, self.out, 3)["n"]
            lines.append((n, wall, memory / 1024))
        self.say("", "### Growth with the number of files, `check`", "", "| files | s | files a second | peak MB |", "|---|---|---|---|")
        self.say(*("| %d | %.3f | %.0f | %.0f |" % (n, wall, n / wall, memory) for n, wall, memory in lines))
        draw(picture, lines)


def draw(path, lines):
    """Time and memory over the number of files, both axes logarithmic."""
    from math import log10
    width, height, left, bottom = 640, 360, 60, 40
    least, most = log10(lines[0][0]), log10(lines[-1][0])

    def x(n):
        return left + (width - left - 20) * (log10(n) - least) / (most - least)

    def y(value):
        return height - bottom - (height - bottom - 20) * (log10(value) + 3) / 6
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">' % (width, height),
           '<rect width="100%" height="100%" fill="white"/>']
    for power in range(-3, 4):
        out.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="8" y="%.1f">%g</text>' % (left, width - 20, y(10 ** power), y(10 ** power), y(10 ** power) + 4, 10.0 ** power))
    for n, _, _ in lines:
        out.append('<text x="%.1f" y="%d" text-anchor="middle">%d</text>' % (x(n), height - 20, n))
    for place, color, name in ((1, "#b00020", "seconds"), (2, "#1f5fa8", "MB")):
        points = " ".join("%.1f,%.1f" % (x(line[0]), y(max(line[place], 1e-3))) for line in lines)
        out.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/><text x="%.1f" y="%.1f" fill="%s" text-anchor="end">%s</text>'
                   % (points, color, x(lines[-1][0]), y(lines[-1][place]) - 6, color, name))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out + ["</svg>", ""]))


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")][:1]
    return "%s, %d cores, %s" % (model[0] if model else platform.machine(), os.cpu_count(), platform.platform())


def main():
    program, work, results, picture = sys.argv[1:5]
    bench = Bench(program, work)
    version = subprocess.run([program, "--version"], capture_output=True, check=True).stdout.decode().strip().splitlines()[0]
    for step in (bench.start, bench.single, bench.batch, bench.large, lambda: bench.growth(picture)):
        step()
    head = ["# Measured", "", "Made by `make bench`; %s on %s. Times are medians of interleaved rounds of whole processes." % (version, machine())]
    if bench.missing:
        head += ["", "Not there: %s." % "; ".join(sorted(set(bench.missing)))]
    with open(results, "w", encoding="utf-8") as file:
        file.write("\n".join(head + bench.lines + ["", "![growth](%s)" % os.path.basename(picture), ""]))


main()
