#!/bin/sh
# SPDX-License-Identifier: MIT
# run-golden.sh [PROGRAM] [--update] : samples/ give samples/expected/ (summary and JSON); the workbooks of make_samples.py --cases give
# tests/golden/NAME/ (rc, stdout, stderr of `check`, summary). What is expected is compared; --update writes it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/..
program=${1:-$root/build/nianbao}
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
update=${2:-}
export PYTHONDONTWRITEBYTECODE=1 NO_COLOR=1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# same EXPECTED GOT
same() {
    if [ "$update" = --update ]; then mkdir -p "$(dirname "$1")" && cp "$2" "$1"; fi
    if diff -u "$1" "$2" >"$work/diff" 2>&1; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    printf 'FAIL %s\n' "$1" >&2
    head -40 "$work/diff" >&2
}

mkdir "$work/samples" "$work/cases"
cp "$root"/samples/*.xls* "$work/samples"
cd "$work/samples" || exit 2
for file in *.xls*; do
    stem=${file%.*}
    "$program" convert --json "$file" >"$work/json" 2>"$work/stderr"
    /usr/bin/python3 "$here/pretty_json.py" <"$work/json" >"$work/pretty" || failed=$((failed + 1))
    same "$root/samples/expected/$stem.json" "$work/pretty"
    same "$root/samples/expected/$stem.摘要.txt" "$stem.摘要.txt"
done
cd "$work/cases" || exit 2
/usr/bin/python3 "$here/make_samples.py" --cases . || exit 2
for file in *.xlsx; do
    golden=$here/golden/${file%.xlsx}
    "$program" check "$file" >"$work/stdout" 2>"$work/stderr"
    echo $? >"$work/rc"
    "$program" convert "$file" >/dev/null 2>&1
    for part in rc stdout stderr; do same "$golden/$part" "$work/$part"; done
    same "$golden/summary.txt" "${file%.xlsx}.摘要.txt"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
