#!/bin/sh
# SPDX-License-Identifier: MIT
# run-all.sh LAYER...: runs make check-LAYER for each, adds up their counts, and says them in the last line.
set -u
passed=0 failed=0
for layer in "$@"; do
    out=$(make --no-print-directory "check-$layer" 2>&1)
    status=$?
    last=$(printf '%s\n' "$out" | grep -E '^[0-9]+ passed, [0-9]+ failed$' | tail -n 1)
    p=${last%% *} f=$(printf '%s\n' "$last" | sed -n 's/.*, \([0-9]*\) failed$/\1/p')
    if [ -z "$last" ] || { [ "$status" != 0 ] && [ "$f" = 0 ]; }; then p=${p:-0} f=$((${f:-0} + 1)); fi
    [ "$f" = 0 ] || printf '%s\n' "$out" | tail -n 60
    printf '%-12s %6s passed, %s failed\n' "$layer" "$p" "$f"
    passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
