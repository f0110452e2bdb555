#!/bin/sh
# SPDX-License-Identifier: MIT
# run-templates.sh PROGRAM: are the committed blank workbooks what the program makes of the definitions? An untouched one must fail,
# with table-empty for every table.
set -u
program=$1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
say() { if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2" >&2; fi; }
for yaml in templates/*.yaml; do
    form=$(basename "$yaml" .yaml)
    "$program" template "$form" -o "$work/$form.xlsx" >/dev/null && cmp -s "$work/$form.xlsx" "templates/$form.xlsx"
    say $? "templates/$form.xlsx is not current: make templates"
    "$program" check --json "$work/$form.xlsx" >"$work/json"
    [ $? = 1 ]; say $? "$form: an untouched template must fail"
    [ "$(grep -o '"rule":"table-empty"' "$work/json" | wc -l)" = "$(sed -n '/^tables:/,/^[a-z]*:$/p' "$yaml" | grep -c '^  - id: ')" ]
    say $? "$form: table-empty is not said of every table"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
