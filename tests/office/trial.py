# SPDX-License-Identifier: MIT
"""What the tests of this folder share: where the others' modules are, the program, its inputs, counts, and a folder that is gone afterwards."""
import os
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SAMPLES = os.path.join(TESTS, "..", "samples")
sys.path[:0] = [TESTS, os.path.join(TESTS, "judge"), os.path.join(TESTS, "cli")]
from make_samples import cases                    # noqa: E402
from sheets import xlsx_bytes                     # noqa: E402

passed = failed = 0


def expect(condition, words):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print("FAIL " + words, file=sys.stderr)


def run(program, *arguments):
    done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")


def make_inputs(directory):
    """A new folder with the samples and the golden cases."""
    os.makedirs(directory)
    for name in os.listdir(SAMPLES):
        if name.endswith((".xlsx", ".xls")):
            shutil.copy(os.path.join(SAMPLES, name), directory)
    for name, book in cases().items():
        with open(os.path.join(directory, name + ".xlsx"), "wb") as out:
            out.write(xlsx_bytes(book.sheets))


def judge(test, program, *arguments):
    """Call a test with a folder of its own, and print the counts. Gives the exit status."""
    directory = tempfile.mkdtemp(prefix="nianbao-office-")
    try:
        test(os.path.abspath(program), directory, *arguments)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0
