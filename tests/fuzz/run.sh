#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD SEEDS SECONDS TARGET...: each target under libFuzzer for that long. What it finds new is kept in BUILD/corpus for the next
# run; what crashes, hangs or takes too much memory in BUILD/crashes. Last line: N passed, N failed (a target each).
set -u
build=$1 seeds=$2 seconds=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
passed=0 failed=0
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:quarantine_size_mb=16:malloc_context_size=6
for target in "$@"; do
    mkdir -p "$build/corpus/$target" "$build/crashes/$target" "$seeds/$target" "$here/regress/$target"
    dictionary=$build/$target.dict              # libFuzzer wants escapes for what is not ASCII
    words=$here/dict/$target.dict
    [ "$target" != cells ] || words=$here/dict/sheet.dict
    [ -f "$words" ] || words=$here/dict/xml.dict
    /usr/bin/python3 -c 'import sys; sys.stdout.write("".join(chr(b) if b < 128 else "\\x%02X" % b for b in sys.stdin.buffer.read()))' \
        <"$words" >"$dictionary"
    case $target in
    zip | package | whole | xls) most=65536 ;;
    number | label) most=512 ;;
    *) most=16384 ;;
    esac
    log=$build/$target.log
    if "$build/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=$most -dict="$dictionary" -print_final_stats=1 \
        -artifact_prefix="$build/crashes/$target/" "$build/corpus/$target" "$seeds/$target" "$here/regress/$target" >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $target"
        grep -E 'not so:|ERROR|SUMMARY|runtime error|Test unit written' "$log" | head -5
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: //p' "$log")
    cover=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    printf '%-8s %s runs, %s edges\n' "$target" "${runs:-0}" "${cover:-0}"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
