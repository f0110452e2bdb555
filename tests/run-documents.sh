#!/bin/sh
# SPDX-License-Identifier: MIT
# run-documents.sh [PROGRAM] [long] : reports as documents beside the same reports as workbooks (documents.py). Short: some seconds; long:
# more reports, and LibreOffice opens and saves the documents again.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../build/nianbao}
export PYTHONDONTWRITEBYTECODE=1
if [ "${2:-}" = long ]; then set -- --count 40 --seed 2025 --office; else set -- --count 3; fi
exec /usr/bin/python3 "$here/documents.py" "$program" "$@"
