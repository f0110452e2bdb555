#!/bin/sh
# SPDX-License-Identifier: MIT
# The words and the form definitions as a C file: sh embed.sh NAMES NARRATIVE FORM... > embedded.c. The same files give the same bytes.
set -eu
export LC_ALL=C
echo '/* Made by convert/embed.sh. */'
echo '#include "embedded.h"'
n=0
for file; do
    [ -s "$file" ] || { echo "embed.sh: $file: empty or not there" >&2; exit 1; }
    echo
    echo "static const unsigned char bytes_$n[] = {"
    od -An -v -tx1 "$file" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
    echo '};'
    n=$((n + 1))
done
echo
echo "const struct embedded embedded_names = { \"${1##*/}\", bytes_0, sizeof bytes_0 };"
echo "const struct embedded embedded_narrative = { \"${2##*/}\", bytes_1, sizeof bytes_1 };"
shift 2
echo 'const struct embedded embedded_forms[] = {'
n=2
for file; do
    echo "    { \"${file##*/}\", bytes_$n, sizeof bytes_$n },"
    n=$((n + 1))
done
echo '};'
echo
echo 'const size_t embedded_forms_count = sizeof embedded_forms / sizeof *embedded_forms;'
