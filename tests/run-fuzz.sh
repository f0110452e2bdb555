#!/bin/sh
# SPDX-License-Identifier: MIT
# run-fuzz.sh BUILD SEEDS: every input that once broke something, and every seed, through its target. One file a run is slow, all in one
# run stops at the first that crashes: so all at once, and one by one only when that failed.
set -u
build=$1 seeds=$2
here=$(cd "$(dirname "$0")" && pwd)
passed=0 failed=0
for program in "$build"/replay_*; do
    case $program in *.d) continue ;; esac
    target=${program##*/replay_}
    set --
    for file in "$here/fuzz/regress/$target"/* "$seeds/$target"/*; do [ -f "$file" ] && set -- "$@" "$file"; done
    if "$program" "$@" >/dev/null 2>&1; then
        passed=$((passed + $#))
        continue
    fi
    for file in "$@"; do
        if timeout 60 "$program" "$file" >/dev/null 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $target $file" >&2; fi
    done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
