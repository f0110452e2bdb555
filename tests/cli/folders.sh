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
ok "in Chinese" complains "没有表格文件"
expect "in JSON too" 2 check --json leer
ok "an object" says '"verdict":"unreadable"'
done_testing
