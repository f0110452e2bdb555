#!/bin/sh
# SPDX-License-Identifier: MIT
# Where outputs go, what they may replace, and that inputs stay as they are.
. "$(dirname "$0")/lib"

fresh names pass.xlsx:年报.xlsx
before=$(cksum 年报.xlsx)
expect "passing" 0 年报.xlsx
ok "both outputs" holds . 年报.xlsx 年报.校验通过.xlsx 年报.摘要.txt
ok "input unchanged" test "$before" = "$(cksum 年报.xlsx)"
ok "verdict last" last "【通过】"
first=$(cksum 年报.校验通过.xlsx 年报.摘要.txt)
sleep 1
expect "again" 0 年报.xlsx
ok "same bytes, no second pair" test "$first" = "$(cksum 年报.校验通过.xlsx 年报.摘要.txt)"
ok "and no other" holds . 年报.xlsx 年报.校验通过.xlsx 年报.摘要.txt
cp "$BOOKS/fail.xlsx" 年报.xlsx
expect "failing now" 1 年报.xlsx
ok "other verdict is removed" holds . 年报.xlsx 年报.待改.xlsx 年报.摘要.txt
ok "verdict last" last "【待改】"
expect "check writes nothing" 1 check -o elsewhere 年报.xlsx
ok "nothing written" holds . 年报.xlsx 年报.待改.xlsx 年报.摘要.txt

echo "一句话" >> 年报.摘要.txt
edited=$(cksum 年报.摘要.txt)
expect "edited summary" 1 年报.xlsx
ok "says why it is numbered" complains '“年报.摘要.txt”有人改过（或者设成了只读，或者不是本程序写的），没有覆盖；这次的结果写在“年报.待改(2).xlsx”。'
ok "in one line" lines 1 "$ERR"
ok "numbered" holds . 年报.xlsx 年报.待改.xlsx 年报.摘要.txt '年报.待改(2).xlsx' '年报.摘要(2).txt'
ok "edited summary is kept" test "$edited" = "$(cksum 年报.摘要.txt)"
expect "again" 1 年报.xlsx
ok "number two is replaced" holds . 年报.xlsx 年报.待改.xlsx 年报.摘要.txt '年报.待改(2).xlsx' '年报.摘要(2).txt'

fresh foreign fail.xlsx:年报.xlsx pass.xlsx:年报.待改.xlsx
foreign=$(cksum 年报.待改.xlsx)
expect "a foreign file of the output's name" 1 年报.xlsx
ok "is kept" test "$foreign" = "$(cksum 年报.待改.xlsx)"
ok "numbered" holds . 年报.xlsx 年报.待改.xlsx '年报.待改(2).xlsx' '年报.摘要(2).txt'
cp "$BOOKS/pass.xlsx" 年报.xlsx
expect "passing now" 0 年报.xlsx
ok "foreign file of the other verdict is kept" test "$foreign" = "$(cksum 年报.待改.xlsx)"

fresh self fail.xlsx:年报.xlsx
expect "make a 待改" 1 年报.xlsx
rm 年报.xlsx 年报.摘要.txt
input=$(cksum 年报.待改.xlsx)
expect "convert it itself" 1 年报.待改.xlsx
ok "says why it is numbered" complains '“年报.待改.xlsx”是这次要核对的文件'
ok "input unchanged" test "$input" = "$(cksum 年报.待改.xlsx)"
ok "numbered" holds . 年报.待改.xlsx '年报.待改(2).xlsx' '年报.摘要(2).txt'
ln -s 年报.待改.xlsx 甲.xlsx
cp "$BOOKS/fail.xlsx" 年报.xlsx
expect "an input by another name" 1 年报.xlsx 甲.xlsx
ok "is not replaced" test "$input" = "$(cksum 年报.待改.xlsx)"

fresh corrected pass.xlsx:年报.待改.xlsx
expect "a corrected 待改" 0 年报.待改.xlsx
ok "passes under its own name" holds . 年报.待改.xlsx 年报.校验通过.xlsx 年报.摘要.txt

fresh twins pass.xlsx:a/年报.xlsx fail.xlsx:b/年报.xlsx pass.xls:a/年报.xls
expect "one folder for all" 1 -o out/deep a/年报.xlsx b/年报.xlsx a/年报.xls
ok "no two share an output" holds out/deep 年报.校验通过.xlsx 年报.摘要.txt '年报.待改(2).xlsx' '年报.摘要(2).txt' '年报.校验通过(3).xlsx' \
    '年报.摘要(3).txt'
ok "inputs alone" holds a 年报.xlsx 年报.xls
ok "batch says its sum last" last "共 3 个文件：通过 2 个，待改 1 个"
(cd out/deep && cksum ./*) > "$WORK/first"
expect "again" 1 -o out/deep a/年报.xlsx b/年报.xlsx ./a/../a/年报.xls
ok "the same names and bytes" test "$(cat "$WORK/first")" = "$(cd out/deep && cksum ./*)"

fresh unreadable pass.xlsx:好.xlsx
echo 不是表格 > 坏.xlsx
expect "unreadable" 2 坏.xlsx
ok "one line on stderr" lines 1 "$ERR"
ok "nothing on stdout" lines 0 "$OUT"
ok "no output" holds . 好.xlsx 坏.xlsx
expect "a name with a line break" 2 'a
b.xlsx'
ok "is one line too" lines 1 "$ERR"
expect "does not stop the others" 2 坏.xlsx 没有.xlsx 好.xlsx
ok "others are converted" holds . 好.xlsx 坏.xlsx 好.校验通过.xlsx 好.摘要.txt
ok "counted" last "读不了 2 个"

fresh strict warn.xlsx:年报.xlsx
expect "a warning" 0 check 年报.xlsx
expect "strict" 1 check --strict 年报.xlsx
ok "only the status changes" last "【通过】"
done_testing
