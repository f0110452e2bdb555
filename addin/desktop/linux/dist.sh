#!/bin/sh
# SPDX-License-Identifier: MIT
# dist.sh ARCH BUILD OXT TARGZ: the archive to unpack and use. The same input gives the same bytes: names sorted, times those of the release.
set -eu
arch=$1 build=$2 oxt=$3 target=$4
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
version=$(cat "$root/VERSION")
name=nianbao-$version-linux-$arch
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
top=$work/$name
mkdir -p "$top/menus" "$top/空白表" "$(dirname "$target")"

put() { install -m "$1" "$2" "$3"; }
put 755 "$build/nianbao" "$top/nianbao"
for file in nianbao-drop install.sh uninstall.sh; do put 755 "$here/$file" "$top/$file"; done
put 644 "$oxt" "$top/nianbao.oxt"
put 644 "$here/nianbao.desktop" "$top/nianbao.desktop"
put 644 "$here/../icon.svg" "$top/nianbao.svg"
for file in "$here"/menus/*; do put 644 "$file" "$top/menus/$(basename "$file")"; done
for file in "$root"/templates/*.xlsx; do put 644 "$file" "$top/空白表/$(basename "$file")"; done
sh "$here/notices.sh" "$build" >"$top/第三方许可.txt"
put 644 "$root/LICENSE" "$top/LICENSE"
sh "$here/texts.sh" "$arch" "$build" "$top" . "$top"
chmod 644 "$top"/*.txt
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(sh "$here/epoch.sh")" --format=gnu -cf - "$name" | gzip -9n >"$target.tmp"
mv "$target.tmp" "$target"
