#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""compare_rollup.py EXPECTED.json ROLLUP.json: the sums and the failing files of `rollup --json` against those that make_units.py noted."""
import json
import sys
from decimal import Decimal

with open(sys.argv[1], encoding="utf-8") as file:
    want = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    got = json.load(file)
wrong = [key for key, micros in want["micros"].items() if Decimal(got["values"][key]["value"]) * 1000000 != micros]
failing = [entry["file"] for entry in got["inputs"] if entry["fate"] == "failing"]
same = len(failing) == len(want["failing"]) and all(a.endswith("/" + b) for a, b in zip(sorted(failing), want["failing"]))
order = [entry["file"] for entry in got["inputs"]]
ok = not wrong and (same or "--sums" in sys.argv) and got["units"] == want["n"] and order == sorted(order)
print("sums %s, units %d of %d, failing files %s" % ("exact" if not wrong else "WRONG: %s" % wrong[:3], got["units"], want["n"],
                                                     "as made" if same else "not compared" if "--sums" in sys.argv else "WRONG"))
sys.exit(not ok)
