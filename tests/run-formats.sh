#!/bin/sh
# SPDX-License-Identifier: MIT
# run-formats.sh [PROGRAM] : the samples as OpenDocument and as text (formats.py).
here=$(cd "$(dirname "$0")" && pwd)
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/formats.py" "${1:-$here/../build/nianbao}"
