#!/bin/sh
# SPDX-License-Identifier: MIT
# run-judge.sh [PROGRAM] [long] : the independent judge (tests/judge). Short: some seconds; long: some minutes, with LibreOffice.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../build/nianbao}
export PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 "$here/make_samples.py" --check || exit 1
if [ "${2:-}" = long ]; then
    exec /usr/bin/python3 "$here/judge/judge.py" "$program" --seed 2025 --count 1000 --convert 300 --office
fi
exec /usr/bin/python3 "$here/judge/judge.py" "$program" --seed 1 --count 40 --convert 20
