#!/bin/sh
# SPDX-License-Identifier: MIT
# run-office.sh [PROGRAM] : our workbooks in LibreOffice (tests/office). Three minutes.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../build/nianbao}
export PYTHONDONTWRITEBYTECODE=1
passed=0 failed=0
for script in recalc resave checks; do
    last=$(/usr/bin/python3 "$here/office/$script.py" "$program" | tail -n 1)
    case $last in
        *" passed, "*" failed") passed=$((passed + ${last%% *})) last=${last#*, } failed=$((failed + ${last%% *})) ;;
        *) failed=$((failed + 1)) ;;
    esac
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
