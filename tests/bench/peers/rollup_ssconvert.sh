#!/bin/sh
# SPDX-License-Identifier: MIT
# rollup_ssconvert.sh OUT FOLDER: ssconvert makes text of each sheet of each workbook, awk adds the numbers by their place and keeps a line per
# workbook, ssconvert makes a workbook of that.
out=$1
find "$2/" -name '*.xlsx' | sort | while IFS= read -r file; do
    rm -f "$out"/sheet-*.csv
    ssconvert -S "$file" "$out/sheet-%n.csv" 2> /dev/null || exit 1
    awk -F, -v file="$file" '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9.]+$/) line = line "," $i } END { print file line }' "$out"/sheet-*.csv
done > "$out/units.csv" || exit 1
awk -F, '{ for (i = 2; i <= NF; i++) sum[i] += $i; print; if (NF > most) most = NF } END { for (i = 2; i <= most; i++) printf ",%.6f", sum[i]; print "" }' \
    "$out/units.csv" > "$out/sums.csv"
ssconvert "$out/sums.csv" "$out/sums.xlsx" 2> /dev/null
