#!/bin/sh
# SPDX-License-Identifier: MIT
# deb.sh ARCH BUILD NATIVE OXT DEB: the package for who administers many desktops. It has no scripts: what must be known about the menu entry
# and the icon is seen by the triggers of other packages. NATIVE is a nianbao that runs here. The extension of LibreOffice is unpacked
# where Debian's LibreOffice looks, with the package's own program; OXT itself is for others.
set -eu
arch=$1 build=$2 native=$3 oxt=$4 target=$5
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
version=$(cat "$root/VERSION")
epoch=$(sh "$here/epoch.sh")
maintainer='nianbao authors <authors@nianbao.invalid>'     # there is nobody to write to (RFC 2606)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
top=$work/top share=$work/top/usr/share
chmod 755 "$work"
umask 022

put() { install -D -m "$1" "$2" "$3"; }
put 755 "$build/nianbao" "$top/usr/bin/nianbao"
put 755 "$here/nianbao-drop" "$top/usr/bin/nianbao-drop"
# Of all who open workbooks the first by name is the default where nobody chose: not we, behind wps-office-et.desktop.
put 644 "$here/nianbao.desktop" "$share/applications/年报校验.desktop"
put 644 "$here/../icon.svg" "$share/icons/hicolor/scalable/apps/nianbao.svg"
put 644 "$here/menus/dolphin.desktop" "$share/kio/servicemenus/nianbao.desktop"
put 644 "$here/menus/dolphin.desktop" "$share/kservices5/ServiceMenus/nianbao.desktop"
put 644 "$here/menus/deepin.desktop" "$share/deepin/dde-file-manager/oem-menuextensions/nianbao.desktop"
put 644 "$here/menus/nemo.nemo_action" "$share/nemo/actions/nianbao.nemo_action"
for file in "$root"/templates/*.xlsx; do put 644 "$file" "$share/nianbao/空白表/$(basename "$file")"; done
put 644 "$oxt" "$share/nianbao/nianbao.oxt"
extension=$top/usr/lib/libreoffice/share/extensions/nianbao
mkdir -p "$extension"
/usr/bin/python3 -m zipfile -e "$oxt" "$extension"
rm -r "$extension"/program/*64 "$extension/program/notices.txt"
mkdir "$extension/program/$arch"
ln -s ../../../../../../../bin/nianbao "$extension/program/$arch/nianbao"
find "$extension" -type f -exec chmod 644 {} +
chmod 755 "$extension/program/nianbao.sh"
mkdir -p "$share/man/man1" "$share/lintian/overrides" "$share/doc/nianbao" "$top/DEBIAN"
sh "$here/man.sh" "$native" | gzip -9n >"$share/man/man1/nianbao.1.gz"
gzip -9nc "$here/nianbao-drop.1" >"$share/man/man1/nianbao-drop.1.gz"
sh "$here/notices.sh" "$build" >"$share/doc/nianbao/copyright"
gzip -9nc >"$share/doc/nianbao/changelog.gz" <<END
nianbao ($version) stable; urgency=medium

  * Release $version.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$epoch")
END
cat >"$share/lintian/overrides/nianbao" <<END
# One program for every desktop of the last ten years, whatever its C library is.
nianbao: statically-linked-binary [usr/bin/nianbao]
# What lintian takes a static position-independent program for.
nianbao: shared-library-lacks-prerequisites [usr/bin/nianbao]
# Built from the sources of Debian 12 with its security updates; see copyright.
nianbao: embedded-library *
END
sh "$here/texts.sh" "$arch" "$build" "$top" usr "$share/doc/nianbao"
cat >"$top/DEBIAN/control" <<END
Package: nianbao
Version: $version
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size "$top/usr" | cut -f1)
Recommends: xdg-utils, zenity | kdialog
Enhances: libreoffice-calc
Section: utils
Priority: optional
Description: check the tables of the annual report on open government
 Reads the statutory Chinese Excel form of the annual report on government
 information disclosure as it was filled in by hand, checks every number
 against the legal form, and writes a cleaned workbook and a summary beside
 the input, which is never changed. Drop files on the desktop icon, or use
 the command nianbao. In LibreOffice Calc a menu does the same in the open
 workbook. It needs no network and no shared library.
END
(cd "$top" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$top/DEBIAN/md5sums"
find "$top" -exec touch -h -d "@$epoch" {} +
mkdir -p "$(dirname "$target")"
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz --build "$top" "$target" >/dev/null
