#!/bin/sh
# SPDX-License-Identifier: MIT
# run-office.sh [PROGRAM] : our workbooks in LibreOffice (tests/office). About a minute.
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONDONTWRITEBYTECODE=1
exec /usr/bin/python3 "$here/office/recalc.py" "${1:-$here/../build/nianbao}"
