#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pretty_json.py < one JSON line of the program: one value and one finding a line, so that a golden can be read and compared.
The program's version is left out: a release changes no golden."""
import json
import sys


def compact(thing):
    return json.dumps(thing, ensure_ascii=False)


def main():
    report = json.load(sys.stdin)
    report.pop("program", None)
    lines = []
    for name, value in report.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join("  %s: %s" % (compact(key), compact(item)) for key, item in value.items())
            lines.append("%s: {\n%s}" % (compact(name), inner))
        elif isinstance(value, list) and value:
            lines.append("%s: [\n%s]" % (compact(name), ",\n".join("  " + compact(item) for item in value)))
        else:
            lines.append("%s: %s" % (compact(name), compact(value)))
    print("{" + ",\n".join(lines) + "}")


main()
