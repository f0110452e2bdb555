#!/bin/sh
# SPDX-License-Identifier: MIT
# run-unit.sh DIR: every unit test in DIR (test_*), run from the root of the tree; the counts of all.
set -u
dir=${1:-build/obj}
passed=0 failed=0
for test in "$dir"/test_*; do
    [ -x "$test" ] && [ -f "$test" ] || continue
    case $test in *.*) continue ;; esac
    out=$("$test" 2>&1)
    status=$?
    last=$(printf '%s\n' "$out" | tail -n 1)
    p=$(printf '%s\n' "$last" | sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p')
    f=$(printf '%s\n' "$last" | sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p')
    if [ -z "$p" ] || { [ "$status" != 0 ] && [ "$f" = 0 ]; }; then
        f=$((${f:-0} + 1))
        echo "$test stopped with status $status" >&2
    fi
    [ "$f" = 0 ] || printf '%s: %s\n' "$test" "$out" >&2
    passed=$((passed + ${p:-0})) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
