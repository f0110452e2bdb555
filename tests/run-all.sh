#!/bin/sh
# SPDX-License-Identifier: MIT
# run-all.sh LAYER...: runs make check-LAYER for each, as many at a time as there are cores, adds up their counts, and says them in the last line.
set -u
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export work
printf '%s\n' "$@" | xargs -P "$(nproc)" -I LAYER sh -c 'make --no-print-directory check-LAYER >"$work/LAYER" 2>&1; echo $? >"$work/LAYER.status"'
passed=0 failed=0
for layer in "$@"; do
    status=$(cat "$work/$layer.status")
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$work/$layer" | tail -n 1)
    p=${last%% *} f=$(printf '%s\n' "$last" | sed -n 's/.*, \([0-9]*\) failed$/\1/p')
    if [ -z "$last" ] || { [ "$status" != 0 ] && [ "$f" = 0 ]; }; then p=${p:-0} f=$((${f:-0} + 1)); fi
    [ "$f" = 0 ] || tail -n 60 "$work/$layer"
    printf '%-12s %6s passed, %s failed\n' "$layer" "$p" "$f"
    passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
