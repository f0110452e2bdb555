#!/bin/sh
# SPDX-License-Identifier: MIT
# Outputs that cannot be written: status 3, one line, nothing half-written.
. "$(dirname "$0")/lib"

fresh limit pass.xlsx:年报.xlsx
got=0
(ulimit -f 2; "$PROGRAM" 年报.xlsx > /dev/null 2> "$ERR") || got=$?
ok "file-size limit (status 3)" test "$got" -eq 3
ok "one line" lines 1 "$ERR"
ok "nothing is left" holds . 年报.xlsx
expect "first a pair" 0 年报.xlsx
pair=$(cksum 年报.校验通过.xlsx 年报.摘要.txt)
(ulimit -f 2; "$PROGRAM" 年报.xlsx > /dev/null 2>&1)
ok "the earlier pair stays" test "$pair" = "$(cksum 年报.校验通过.xlsx 年报.摘要.txt)"

expect "a folder that cannot be made" 3 -o /proc/nianbao 年报.xlsx
ok "one line" lines 1 "$ERR"
expect "a file in place of the folder" 3 -o 年报.xlsx/out 年报.xlsx
got=0
"$PROGRAM" check 年报.xlsx > /dev/full 2> "$ERR" || got=$?
ok "full standard output (status 3)" test "$got" -eq 3
ok "one line" lines 1 "$ERR"
got=0
"$PROGRAM" cells 年报.xlsx > /dev/full 2> "$ERR" || got=$?
ok "cells too" test "$got" -eq 3
expect "a device is never replaced" 3 template 2021 -o /dev/full
ok "it is still there" test -c /dev/full
expect "the batch goes on" 3 -o /proc/nianbao 年报.xlsx 没有.xlsx
ok "both are said" lines 2 "$ERR"

mkdir ro
cp 年报.xlsx ro
chmod a-w ro
if ! touch ro/probe 2> /dev/null; then
    expect "a folder without permission to write" 3 ro/年报.xlsx
    ok "one line" lines 1 "$ERR"
fi
chmod u+w ro

# taken FOLDER NAME ENDING: all names of a result are somebody's
taken() {
    mkdir "$1"
    : > "$1/$2$3"
    seq 2 9999 | sed "s|.*|$2(&)$3|" | (cd "$1" && xargs touch)
}
fresh taken pass.xlsx:年报.xlsx
taken sums 汇总 .xlsx
expect "a roll-up without a name left" 3 rollup -o sums/汇总.xlsx 年报.xlsx
ok "says so" complains "9999 names are taken"
ok "the last name is as it was" test ! -s 'sums/汇总(9999).xlsx'
ok "nothing else is written" test ! -e sums/公布情况.txt
taken pairs 年报.校验通过 .xlsx
expect "a report without one" 3 -o pairs 年报.xlsx
ok "says so" complains "9999 names are taken"
ok "the last name is as it was" test ! -s 'pairs/年报.校验通过(9999).xlsx'
done_testing
