#!/bin/sh
# SPDX-License-Identifier: MIT
# run-bad.sh [PROGRAM] [--update] : inputs that cannot be read and outputs that cannot be written. Each gives its exit status, one line on
# stderr that names the file, the error code in the JSON, no output, and leaves the input as it was. The lines are in golden/unreadable.txt.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../build/nianbao}
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
update=${2:-}
export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d) || exit 2
mounted=
trap '[ -n "$mounted" ] && umount "$work/full"; rm -rf "$work"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'FAIL %s\n' "$*" >&2; }
# expect NAME WANT GOT
expect() { if [ "$2" = "$3" ]; then ok; else bad "$1: $3, not $2"; fi; }
lines() { wc -l <"$1" | tr -d ' '; }

mkdir "$work/in" "$work/good" "$work/none" "$work/out"
/usr/bin/python3 "$here/make_bad.py" "$work/in" >"$work/list" || exit 2
cp "$here"/../samples/*2020.xlsx "$work/good/年报.xlsx"
cp "$work/good/年报.xlsx" "$work/good/其实是xlsx.xls"
echo '不是表格' >"$work/none/说明.txt"
cd "$work/in" || exit 2
ls >"$work/before"
tab=$(printf '\t')
while IFS=$tab read -r file codes; do
    sum=$(cksum <"$file")
    "$program" "$file" >"$work/stdout" 2>"$work/stderr"
    expect "$file: exit status" 2 $?
    expect "$file: lines on stderr" 1 "$(lines "$work/stderr")"
    grep -qF "$file" "$work/stderr" || bad "$file: stderr does not name it: $(cat "$work/stderr")"
    cat "$work/stderr" >>"$work/unreadable.txt"
    "$program" check --json "$file" >"$work/json" 2>/dev/null
    expect "$file: check exit status" 2 $?
    expect "$file: JSON lines" 1 "$(lines "$work/json")"
    code=$(sed -n 's/.*"verdict":"unreadable".*"error":{"code":"\([a-z-]*\)".*/\1/p' "$work/json")
    case " $codes " in *" ${code:-none} "*) ok ;; *) bad "$file: code '$code', not one of $codes" ;; esac
    expect "$file: input" "$sum" "$(cksum <"$file")"
done <"$work/list"
ls | cmp -s - "$work/before" && ok || bad "outputs of unreadable files: $(ls | diff - "$work/before" | head -5)"
if [ "$update" = --update ]; then
    cp "$work/unreadable.txt" "$here/golden/unreadable.txt"
elif diff -u "$here/golden/unreadable.txt" "$work/unreadable.txt" >&2; then ok; else bad "the sentences are not those of golden/unreadable.txt"; fi

# try NAME STATUS COMMAND...: exit status, something on stderr
try() {
    name=$1 want=$2
    shift 2
    "$@" >"$work/stdout" 2>"$work/stderr"
    expect "$name: exit status" "$want" $?
    [ "$want" -lt 2 ] || [ -s "$work/stderr" ] && ok || bad "$name: nothing on stderr"
}
cd "$work" || exit 2
try "xlsx named .xls" 0 "$program" check good/其实是xlsx.xls
try "no such file" 2 "$program" 没有这个文件.xlsx
"$program" check --json 没有这个文件.xlsx 2>/dev/null | grep -q '"code":"not-found"' && ok || bad "no such file: code"
try "directory without workbooks" 2 "$program" none
try "no arguments" 2 "$program" check
try "unknown option" 2 "$program" check --nonsense good/年报.xlsx
try "unknown form" 2 "$program" template 1999
try "one bad file does not stop the others" 2 "$program" convert -o out in/截断.xlsx good/年报.xlsx
[ -f out/年报.校验通过.xlsx ] && [ -f out/年报.摘要.txt ] && ok || bad "the good file of a batch has no outputs: $(ls out)"

# An output that cannot be written: status 3, nothing left behind, not even a temporary file.
nothing_left() { [ -z "$(ls -A "$2" 2>/dev/null)" ] && ok || bad "$1: left behind: $(ls -A "$2")"; }
mkdir full small
try "file size limit" 3 sh -c 'trap "" XFSZ; ulimit -f 2; exec "$0" convert -o small good/年报.xlsx' "$program"
nothing_left "file size limit" small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=8k tmpfs full 2>/dev/null; then
    mounted=1
    try "full disk" 3 "$program" convert -o full good/年报.xlsx
    nothing_left "full disk" full
fi
as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
chmod 755 "$work" good; chmod 755 out
cp good/年报.xlsx good/不许读.xlsx
chmod 000 good/不许读.xlsx
if as_nobody "$program" --version >/dev/null 2>&1; then
    try "unreadable file" 2 as_nobody "$program" check good/不许读.xlsx
    as_nobody "$program" check --json good/不许读.xlsx 2>/dev/null | grep -q '"code":"permission"' && ok || bad "unreadable file: code"
    mkdir closed && chmod 555 closed
    try "closed directory" 3 as_nobody "$program" convert -o closed good/年报.xlsx
    nothing_left "closed directory" closed
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
