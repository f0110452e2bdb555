#!/bin/sh
# SPDX-License-Identifier: MIT
# Walking folders: which files are taken, in which order, and where their outputs go.
. "$(dirname "$0")/lib"
files() { sed -n 's/.*"file":"\([^"]*\)".*/\1/p' "$OUT"; }
took() { want=$(printf '%s\n' "$@"); [ "$(files)" = "$want" ] || { echo "took: $(files)"; return 1; }; }

fresh walk pass.xlsx:d/b.xlsx pass.xls:d/B.XLS pass.xlsx:d/sub/x.et pass.xlsx:d/.hidden.xlsx pass.xlsx:d/.git/c.xlsx 'pass.xlsx:d/~$b.xlsx' \
    pass.xlsx:d/b.pdf pass.xlsx:d/b.待改.xlsx 'pass.xlsx:d/b.校验通过(2).xlsx' pass.xlsx:d/only.待改.xlsx pass.xlsx:d/sub.xlsm
ln -s .. d/sub/loop
ln -s ../sub d/sub/again
expect "walk" 0 check --json d
ok "takes" took d/B.XLS d/b.xlsx d/only.待改.xlsx d/sub.xlsm d/sub/x.et
ok "says what it does not read" complains "另有 1 个文件没有读：b.pdf。"
expect "trailing slash" 0 check --json d/
ok "the same names" took d/B.XLS d/b.xlsx d/only.待改.xlsx d/sub.xlsm d/sub/x.et
expect "into a folder" 0 convert --json -o out d
ok "keeps relative paths" test -f out/sub/x.校验通过.xlsx
expect "into itself" 0 convert --json -o d/out d
find d/out -type f | LC_ALL=C sort > "$WORK/once"
expect "again" 0 convert --json -o d/out d
ok "does not eat its outputs" took d/B.XLS d/b.xlsx d/only.待改.xlsx d/sub.xlsm d/sub/x.et
ok "the same files" test "$(cat "$WORK/once")" = "$(find d/out -type f | LC_ALL=C sort)"
rm -r d/out
expect "beside" 0 d
find d -type f | LC_ALL=C sort > "$WORK/once"
expect "beside, again" 0 d
ok "the same files" test "$(cat "$WORK/once")" = "$(find d -type f | LC_ALL=C sort)"

fresh empty
mkdir -p leer/sub
expect "a folder without spreadsheets" 2 check leer
ok "one line" lines 1 "$ERR"
ok "in Chinese" complains "没有表格或文档"
expect "in JSON too" 2 check --json leer
ok "an object" says '"verdict":"unreadable"'

# Documents: taken like workbooks; those without a table of the report are passed over, but not when they are named.
fresh documents report.docx:d/b.docx report.docx:d/sub/c.DOCM pass.xlsx:d/b.xlsx letter.docx:d/letter.docx letter.docx:d/sub/letter.docx fail.xlsx:d/z.xlsx
expect "documents" 1 check --json d
ok "takes" took d/b.docx d/b.xlsx d/sub/c.DOCM d/z.xlsx
ok "passes over two" complains "2 个文档"
ok "by name" complains "letter.docx、letter.docx。"
ok "one line" lines 1 "$ERR"
rm d/z.xlsx
expect "exit status of the others" 0 check d
ok "counts the others" last "共 3 个文件"
expect "named" 2 check d/letter.docx
ok "is no report" complains "没有找到"
expect "nothing else" 2 check d/sub/letter.docx d/sub
expect "convert" 0 convert -o out d
ok "two of one name" holds out b.校验通过.xlsx b.摘要.txt 'b.校验通过(2).xlsx' 'b.摘要(2).txt' sub/c.校验通过.xlsx sub/c.摘要.txt
expect "again" 0 convert -o out d
ok "the same" holds out b.校验通过.xlsx b.摘要.txt 'b.校验通过(2).xlsx' 'b.摘要(2).txt' sub/c.校验通过.xlsx sub/c.摘要.txt
expect "rolled up" 0 rollup -o sum/汇总.xlsx d
ok "passed over" complains "2 个文档"
"$PROGRAM" cells sum/汇总.xlsx > "$OUT"
ok "and in the register" test "$(grep -c '^报送登记.*未计入：没有年度报告的表' "$OUT")" -eq 2
ok "with its place" says "d/sub/letter.docx"
expect "and verified" 0 verify sum/汇总.xlsx d
expect "only letters" 2 rollup -o none/汇总.xlsx d/sub/letter.docx
mkdir letters && cp d/letter.docx letters
expect "a folder of letters" 2 check letters
expect "a roll-up of letters" 2 rollup -o none/汇总.xlsx letters
done_testing
