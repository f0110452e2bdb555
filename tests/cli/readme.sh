#!/bin/sh
# SPDX-License-Identifier: MIT
# readme.sh: the commands that README.md and 使用说明.md show are run as they stand, from the root of the tree.
. "$(dirname "$0")/lib"
ROOT=$HERE/../..
cp -r "$ROOT/samples" "$WORK/samples" && mkdir -p "$WORK/build" && ln -s "$PROGRAM" "$WORK/build/nianbao"
cp "$BOOKS/pass.xlsx" "$WORK/年报.xlsx"
cp "$BOOKS/pass.xlsx" "$WORK/去年.校验通过.xlsx"
sed -n 's/^\(build\/nianbao [^#]*\).*/\1/p' "$ROOT/README.md" > "$WORK/commands"
grep -o '`build/nianbao [^`]*`' "$ROOT/使用说明.md" | tr -d '`' >> "$WORK/commands"
ok "there are commands to run" test "$(wc -l < "$WORK/commands")" -ge 8
while read -r line; do
    (cd "$WORK" && eval "$line") > "$OUT" 2> "$ERR" < /dev/null
    status=$?
    ok "$line (status $status)" test "$status" -le 1
    ok "and complains of nothing, but says what it does not read" not grep -qv '个文件没有读：.*\.json' "$ERR"
done < "$WORK/commands"
done_testing
