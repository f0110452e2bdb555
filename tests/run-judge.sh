#!/bin/sh
# SPDX-License-Identifier: MIT
# run-judge.sh [PROGRAM] [long] : the independent judge (tests/judge), of single files, of roll-ups and of suspects. Short: some seconds; long: some minutes, with LibreOffice.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../build/nianbao}
export PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 "$here/make_samples.py" --check || exit 1
if [ "${2:-}" = long ]; then
    set -- --seed 2025 --count 700 --convert 200 --office
    rollup=--long suspects='--seed 2025 --count 300'
else
    set -- --seed 1 --count 40 --convert 20
    rollup= suspects=
fi
first=$(/usr/bin/python3 "$here/judge/judge.py" "$program" "$@")
status=$?
# shellcheck disable=SC2086 # no word when it is empty
second=$(/usr/bin/python3 "$here/judge/rollup.py" "$program" $rollup) || status=1
# shellcheck disable=SC2086 # several words
third=$(/usr/bin/python3 "$here/judge/suspects.py" "$program" $suspects) || status=1
printf '%s\n%s\n%s\n' "$first" "$second" "$third" | awk '{ passed += $1; failed += $3 } END { printf "%d passed, %d failed\n", passed, failed }'
exit $status
