#!/bin/sh
# SPDX-License-Identifier: MIT
# run-hostile.sh PROGRAM [--update] : workbooks made to do harm (hostile.py). Each is refused with its line (golden/hostile.txt) or read as
# what it is, in little time and memory; nothing is fetched; what looks like a formula never becomes one.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
update=${2:-}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'FAIL %s\n' "$*" >&2; }
# judge NAME COMMAND...: the command succeeds
judge() { name=$1; shift; if "$@"; then ok; else bad "$name"; fi; }

mkdir "$work/in" "$work/out"
/usr/bin/python3 -B "$here/hostile.py" "$work/in" >"$work/list" || exit 2
cd "$work/in" || exit 2
truncate -s 129M 太大.xlsx
echo "太大.xlsx	too-big" >>"$work/list"

# bounded COMMAND...: within ten seconds of processor time and 400 MB of addresses
bounded() { (ulimit -t 10; ulimit -v 400000; exec "$@"); }

while IFS='	' read -r file codes; do
    bounded "$program" check --json "$file" >"$work/json" 2>"$work/stderr"
    status=$?
    code=$(sed -n 's/.*"verdict":"unreadable".*"error":{"code":"\([a-z-]*\)".*/\1/p' "$work/json")
    case $codes in
    other) continue ;;
    read) if [ "$status" = 0 ]; then ok; else bad "$file: status $status $code"; fi ;;
    *)
        [ "$status" = 2 ] && ok || bad "$file: status $status"
        case " $codes " in *" ${code:-none} "*) ok ;; *) bad "$file: '$code', not one of $codes" ;; esac
        bounded "$program" "$file" >/dev/null 2>"$work/stderr"
        [ "$(wc -l <"$work/stderr")" = 1 ] && ok || bad "$file: not one line: $(head -3 "$work/stderr")"
        cat "$work/stderr" >>"$work/lines"
        ;;
    esac
done <"$work/list"
if [ "$update" = --update ]; then
    cp "$work/lines" "$here/golden/hostile.txt"
elif diff -u "$here/golden/hostile.txt" "$work/lines" >&2; then ok; else bad "the sentences are not those of golden/hostile.txt"; fi
judge "an unreadable file has outputs" test -z "$(ls | grep -E '摘要|待改|通过')"

# No entity, relationship or link is fetched: no socket, and nothing is opened that is not the program's own.
for file in 外部实体.xlsx 外部实体.docx 关系在外面.xlsx 关系走出去.xlsx 关系是绝对路径.xlsx 像公式.xlsx; do
    strace -f -qq -e trace=socket,connect,open,openat,execve -o "$work/trace" "$program" check "$file" >/dev/null 2>&1
    judge "$file: a socket" test "$(grep -cE 'socket|connect' "$work/trace")" = 0
    judge "$file: a file" test "$(grep -cE 'hostname|x\.dtd' "$work/trace")" = 0
    judge "$file: a program" test "$(grep -c execve "$work/trace")" = 1
done

# Text is text: in the cleaned workbook, in CSV, in a roll-up.
bounded "$program" convert -o "$work/out" 像公式.xlsx >/dev/null 2>&1
bounded "$program" rollup -o "$work/out/汇总.xlsx" 像公式.xlsx >/dev/null 2>&1
cat >"$work/formulas.py" <<'EOF'
import re
import sys
import zipfile
bad = 0
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    bad += sum("calc" in f or "127.0.0.1" in f for part in parts.values() for f in re.findall(r"<f[ >].*?</f>", part))
    bad += sum("127.0.0.1" in part for name, part in parts.items() if name.endswith(".rels"))
    bad += any("externalLink" in name or "vba" in name for name in parts)
    bad += not any("calc" in part for part in parts.values())
sys.exit(bad)
EOF
judge "a text has become a formula" /usr/bin/python3 "$work/formulas.py" "$work"/out/像公式.待改.xlsx "$work"/out/汇总.xlsx
for kind in "check --csv" "check --csv=values" "rollup --csv -o $work/out/二.xlsx"; do
    # shellcheck disable=SC2086
    bounded "$program" $kind 像公式.xlsx >"$work/csv" 2>/dev/null
    judge "$kind" /usr/bin/python3 -c 'import csv, re, sys
sys.exit(any(re.match(r"[=+@\t\r\n＝＋＠－]|-(?![\d.]+$)", field) for row in csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")) for field in row))' "$work/csv"
done

# A thousand findings, every one of them with its place.
bounded "$program" convert -o "$work/out" 一千张表.xlsx >/dev/null 2>&1
judge "a thousand findings" test $? = 1
judge "are all in the summary" test "$(grep -c 表出现了两次 "$work/out/一千张表.摘要.txt")" = 900
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
