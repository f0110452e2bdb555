#!/bin/sh
# SPDX-License-Identifier: MIT
# run-valgrind.sh PROGRAM UNITS: the program over every sample, and the unit tests that end soon, under valgrind: no error, no leak.
set -u
program=$1 units=$2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
under() {
    valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect "$@" >"$work/out" 2>"$work/err"
    if [ $? = 99 ]; then failed=$((failed + 1)); echo "FAIL $*" >&2; head -30 "$work/err" >&2; else passed=$((passed + 1)); fi
}
for sample in samples/*.xls*; do
    under "$program" convert -o "$work/o" "$sample"
    under "$program" check --json "$sample"
done
for form in 2019 2021; do under "$program" template $form -o "$work/$form.xlsx"; done
under "$program" forms
under "$program" cells samples/宿迁市2023.xls
for test in label value identify report text decimal names json summary form layout; do [ -x "$units/test_$test" ] && under "$units/test_$test"; done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
