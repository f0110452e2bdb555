#!/bin/sh
# SPDX-License-Identifier: MIT
# rollup.sh [PROGRAM [FOLDER [N...]]]: rolls up 1,000, 10,000, 100,000 workbooks: time, memory, exact sums, exact list of failing ones; then the
# last number once more in shards, as machines that know nothing of each other would do it: each shard rolled up alone (GNU parallel,
# else xargs), and their roll-ups rolled up. FOLDER keeps what was made for the next time.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "${1:-build/nianbao}")" && pwd)/$(basename "${1:-build/nianbao}")
mkdir -p "${2:-build/bench}" && cd "${2:-build/bench}" || exit 1
shift $(($# > 2 ? 2 : $#))
[ $# -gt 0 ] || set -- 1000 10000 100000
failed=0
measure() { /usr/bin/time -f '%e s, %M KB' "$@" 2> time.txt; status=$?; [ $status -le 1 ] || { cat time.txt; failed=1; }; tail -n 1 time.txt; }
for n; do
    [ -f "units-$n.json" ] || /usr/bin/python3 -B "$here/make_units.py" "units-$n" "$n" || exit 1
    rm -rf out && mkdir out
    printf '%s workbooks, first: ' "$n"
    measure "$program" rollup --json -o out/汇总.xlsx "units-$n" > flat.txt
    tail -n 1 flat.txt && sed '$d' flat.txt > flat.json
    printf '%s workbooks, again: ' "$n"
    measure "$program" rollup --json -o out/汇总.xlsx "units-$n" | tail -n 1
    /usr/bin/python3 -B "$here/compare_rollup.py" "units-$n.json" flat.json || failed=1
done
rm -rf shards && mkdir shards
printf '%s workbooks in shards of 1,000: ' "$n"
if command -v parallel > /dev/null; then
    measure sh -c "ls units-$n | parallel '$program' rollup -o shards/{}/汇总.xlsx units-$n/{} > shards.txt; true"
else
    measure sh -c "ls units-$n | xargs -P $(nproc) -I{} '$program' rollup -o shards/{}/汇总.xlsx units-$n/{} > shards.txt; true"
fi
printf 'their roll-ups rolled up: '
measure "$program" rollup --json -o shards.xlsx shards > flat.txt
tail -n 1 flat.txt && sed '$d' flat.txt > shards.json
/usr/bin/python3 -B "$here/compare_rollup.py" "units-$n.json" shards.json --sums || failed=1
exit $failed
