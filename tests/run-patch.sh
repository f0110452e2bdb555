#!/bin/sh
# SPDX-License-Identifier: MIT
# run-patch.sh PROGRAM: failing workbooks are given back as they are, with marks: compared member by member and node by node with the
# original by another reader; marked again they are the same; saved by nobody, mended or not.
set -u
PROGRAM=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
MARK=$(dirname "$PROGRAM")/patch/mark
HERE=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 NO_COLOR=1 PYTHONDONTWRITEBYTECODE=1
. "$HERE/check.sh"
ends() { "$@" > /dev/null 2>&1; test $? -eq 1; }

given() { "$PROGRAM" cells "$1" | grep -v -e '^校验结果	' -e '^nianbao	' > "$work/1.txt"; "$PROGRAM" cells "$2" | grep -v -e '^校验结果	' -e '^nianbao	' | cmp "$work/1.txt" -; }

/usr/bin/python3 "$HERE/patch/packages.py" "$work/in" || exit 1
for file in "$work"/in/* "$HERE"/../samples/*.xlsx; do
    base=$(basename "$file") stem=$(basename "${file%.*}") out=$work/out/$(basename "$file") again=$work/again/$(basename "$file")
    "$PROGRAM" -o "$out" "$file" > "$work/said.txt" 2>&1
    [ $? -eq 1 ] || continue                    # it passes, or is no report
    marked=$(echo "$out/$stem".待改.xls?)
    case $base in
    legal-*) check "$base: the legal layout" sh -c '"$1" cells "$2" | grep -q "^封面	"' - "$PROGRAM" "$marked"
             check "$base: says so" grep -q '按统一格式整理' "$work/said.txt" "$out/$stem".摘要.txt
             continue ;;
    *.xlsm) check "$base: the ending" test "${marked##*.}" = xlsm ;;
    *) check "$base: the ending" test "${marked##*.}" = xlsx ;;
    esac
    check "$base: only marks" /usr/bin/python3 "$HERE/patch/compare.py" "$file" "$marked"
    check "$base: as written" "$PROGRAM" verify "$marked"
    check "$base: the same cells" given "$file" "$marked"
    check "$base: opens" /usr/bin/python3 -c 'import openpyxl, sys; openpyxl.load_workbook(sys.argv[1])' "$marked"
    cp "$marked" "$work/$base"
    check "$base: fails again" ends "$PROGRAM" -o "$again" "$work/$base"
    /usr/bin/python3 "$HERE/patch/saved.py" "$marked" "$work/saved.${base##*.}"
    check "$base: saved by another program: fails" ends "$PROGRAM" -o "$again.saved" "$work/saved.${base##*.}"
    check "$base: saved by another program: the same marks" /usr/bin/python3 "$HERE/patch/saved.py" "$marked" "$(echo "$again.saved"/saved.待改.xls?)" same
    check "$base: the same marks again" /usr/bin/python3 "$HERE/patch/compare.py" "$file" "$(echo "$again/$stem".待改.xls?)"
done
# Last year beside it, and then no longer.
plain=$work/in/mark-plain.xlsx marked=$work/last/mark-plain.待改.xlsx
/usr/bin/python3 "$HERE/patch/packages.py" "$HERE/../samples/宿迁市2023手工录入.xlsx" 2023 2022 "$work/last.xlsx"
ends "$PROGRAM" --previous "$work/last.xlsx" -o "$work/last" "$plain"
check "last year: only marks" /usr/bin/python3 "$HERE/patch/compare.py" "$plain" "$marked"
check "last year: as written" "$PROGRAM" verify "$marked"
check "last year: its sheet" sh -c '"$1" cells "$2" | grep -q "^与上年对比	G3	"' - "$PROGRAM" "$marked"
ends "$PROGRAM" -o "$work/none" "$marked"
check "no last year: as written" "$PROGRAM" verify "$work/none/mark-plain.待改.xlsx"
check "no last year: no numbers" sh -c '"$1" cells "$2" | grep "^与上年对比	" | grep -q 没有用上一年度 && ! "$1" cells "$2" | grep -q "^与上年对比	A4"' - "$PROGRAM" "$work/none/mark-plain.待改.xlsx"

/usr/bin/python3 "$HERE/patch/saved.py" "$(echo "$work"/out/mark-chain.xlsx/*.xlsx)" "$work/chain.xlsx" formula
check "a formula in our sheet" ends "$PROGRAM" -o "$work/chain" "$work/chain.xlsx"
check "a formula in our sheet: no list that names it" sh -c 'unzip -p "$1" | grep -q 校验结果 && ! unzip -l "$1" | grep -i calcChain && ! unzip -p "$1" | grep -ai calcChain' - "$work/chain/chain.待改.xlsx"
for file in "$work"/in/mark-*; do
    out=$work/random.xlsx
    for seed in 1 2; do
        check "$(basename "$file") $seed: marks" "$MARK" "$file" "$out" $seed 12
        check "$(basename "$file") $seed: only marks" /usr/bin/python3 "$HERE/patch/compare.py" "$file" "$out"
        check "$(basename "$file") $seed: again" "$MARK" "$out" "$out.again" $seed 12 "$out.old"
        check "$(basename "$file") $seed: the same again" cmp "$out" "$out.again"
        check "$(basename "$file") $seed: no marks" "$MARK" "$out" "$out.again" 0 0 "$out.old"
        check "$(basename "$file") $seed: as it was" /usr/bin/python3 "$HERE/patch/restored.py" "$file" "$out.again"
    done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
