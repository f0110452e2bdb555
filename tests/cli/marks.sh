#!/bin/sh
# SPDX-License-Identifier: MIT
# marks: what the add-ins show in the open workbook, against what check says of the same file.
. "$(dirname "$0")/lib"

kind() { grep "^$1	" "$OUT"; }                  # the records of a kind
count() { test "$(kind "$2" | wc -l)" -eq "$1"; }   # there are N of a KIND
words() { grep -o "\"severity\":\"$1\"" "$WORK/json" | wc -l; }
ranks() { kind line | cut -f 2 | sed 's/error/1/; s/warning/2/; s/note/3/'; }
# fields N KIND: every record of the kind has N fields
fields() { kind "$2" | awk -F '\t' -v n="$1" 'NF != n { bad = 1; print } END { exit bad }'; }

fresh marks fail.xlsx:a.xlsx pass.xlsx:b.xlsx warn.xlsx:c.xlsx
for book in "1 fail a" "0 pass b" "0 pass c"; do
    # shellcheck disable=SC2086
    set -- $book
    before=$(cksum "$3.xlsx")
    "$PROGRAM" check --json "$3.xlsx" > "$WORK/json" 2> /dev/null
    expect "$3" "$1" marks "$3.xlsx"
    ok "$3: the verdict is the first record" sh -c 'head -n 1 "$1" | grep -q "^verdict	$2	【"' sh "$OUT" "$2"
    ok "$3: every finding is a line" count "$(grep -o '"rule":' "$WORK/json" | wc -l)" line
    for severity in error warning note; do
        ok "$3: $severity" test "$(kind line | cut -f 2 | grep -c "^$severity$")" -eq "$(words $severity)"
    done
    ok "$3: the most serious first" test "$(ranks)" = "$(ranks | sort)"
    ok "$3: marks have five fields" fields 5 mark
    ok "$3: lines have seven fields" fields 7 line
    ok "$3: fills have four fields" fields 4 fill
    ok "$3: no note is marked" not grep -q '^mark	note' "$OUT"
    ok "$3: a cell is marked once" test -z "$(kind mark | cut -f 3,4 | sort | uniq -d)"
    ok "$3: the last record says what cannot be filled" sh -c 'tail -n 1 "$1" | grep -q "^unfilled	[0-9]*$"' sh "$OUT"
    ok "$3: nothing is complained of" test ! -s "$ERR"
    ok "$3: the file is untouched" test "$before" = "$(cksum "$3.xlsx")"
    cp "$OUT" "$WORK/$3.marks"
done
cp "$WORK/a.marks" "$OUT"
ok "a wrong total is marked with its note" grep -q '^mark	error	[^	]*	[A-Z]*[0-9]*	【必须改】.*\\n' "$OUT"
ok "and nothing is written" holds . a.xlsx b.xlsx c.xlsx

# Blank totals of a report: shown as formulas, gone when they are filled.
expect "the sample with blank totals" 0 marks "$HERE/../../samples/上海市政府办公厅2019.xlsx"
ok "its blank totals" count 22 fill
ok "as sums over its own cells" not sh -c 'grep "^fill	" "$1" | grep -v "^fill	年度报告	[A-Z]*[0-9]*	SUM([A-Z0-9:,]*)$"' sh "$OUT"
ok "a sum" says 'fill	年度报告	J29	SUM(D29:I29)'
ok "a sum down a column" says 'fill	年度报告	F48	SUM(F29:F47)'

printf 'not a workbook\n' > text.xlsx
expect "unreadable" 2 marks text.xlsx
ok "says why, on one line" sh -c 'grep -q "^verdict	unreadable	《text.xlsx》" "$1" && [ "$(wc -l < "$1")" -eq 2 ]' sh "$OUT"
expect "a file that is not there" 2 marks none.xlsx
ok "says so" says 'verdict	unreadable	'
expect "one file only" 2 marks a.xlsx b.xlsx
expect "and at least one" 2 marks
done_testing
