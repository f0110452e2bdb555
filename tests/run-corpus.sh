#!/bin/sh
# SPDX-License-Identifier: MIT
# run-corpus.sh [PROGRAM] [COUNT] : spreadsheets by many makers, their cells known (corpus.py).
here=$(cd "$(dirname "$0")" && pwd)
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/corpus.py" "${1:-$here/../build/nianbao}" --count "${2:-5}"
