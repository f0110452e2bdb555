#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""installed.py PIPE WORK NAME: is the extension there, and does it find in a sample what the program finds?"""
import os
import subprocess
import sys

from office import Office

SHEET = "年报校验"
pipe, work, name = sys.argv[1:]
path = os.path.join(work, "samples", "洪泽区2023.xlsx")
said = subprocess.run([os.path.join(work, "nianbao"), "marks", path], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60).stdout
office = Office(pipe)
try:
    document = office.open(path)
    answer = office.call("Work.CheckDocument", document)
    marked = document.Sheets.hasByName(SHEET)
    document.close(True)
except Exception as error:
    answer, marked = str(error), False
office.quit()
ok = marked and answer.split("\n")[0] == said.split("\n")[0].split("\t")[2]
if not ok:
    print("FAIL %s: %s" % (name, answer), file=sys.stderr)
print("%d passed, %d failed" % (ok, not ok))
sys.exit(not ok)
