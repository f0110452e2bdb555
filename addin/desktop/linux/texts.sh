#!/bin/sh
# SPDX-License-Identifier: MIT
# texts.sh ARCH BUILD TOP FOLDER DIR: 使用说明.txt and 软件安全说明.txt into DIR, filled in; the second has the digests of all files that are
# in TOP/FOLDER by then, as seen from TOP.
set -eu
arch=$1 build=$2 top=$3 folder=$4 into=$5
here=$(cd "$(dirname "$0")" && pwd)
version=$(cat "$here/../../../VERSION")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed "s/@VERSION@/$version/g" "$here/使用说明.txt" >"$into/使用说明.txt"
sh "$here/notices.sh" "$build" --list >"$work/libraries"
(cd "$top" && find "$folder" -type f | LC_ALL=C sort | sed 's|^\./||' | xargs sha256sum) >"$work/sums"
sed -e "s/@VERSION@/$version/g; s/@ARCH@/$arch/g" -e "/@LIBRARIES@/{r $work/libraries" -e 'd}' -e "/@SUMS@/{r $work/sums" -e 'd}' \
    "$here/软件安全说明.txt" >"$into/软件安全说明.txt"
