#!/bin/sh
# SPDX-License-Identifier: MIT
# run-cli.sh [PROGRAM]: every script of tests/cli, each a chapter of how the command line behaves; the counts of all.
set -u
PROGRAM=${1:-build/nianbao}
PROGRAM=$(cd "$(dirname "$PROGRAM")" && pwd)/$(basename "$PROGRAM")
export PROGRAM PYTHONDONTWRITEBYTECODE=1
passed=0 failed=0
for script in tests/cli/*.sh; do
    out=$(sh "$script" 2>&1)
    status=$?
    p=$(printf '%s\n' "$out" | sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' | tail -n 1)
    f=$(printf '%s\n' "$out" | sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' | tail -n 1)
    if [ -z "$p" ] || { [ "$status" != 0 ] && [ "$f" = 0 ]; }; then f=$((${f:-0} + 1)); fi
    [ "$f" = 0 ] || printf '%s\n%s\n' "$script" "$out" | grep -v '^ok ' >&2
    passed=$((passed + ${p:-0})) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
