#!/bin/sh
# SPDX-License-Identifier: MIT
# notices.sh BUILD [--list]: copyright and licences of all that is linked into BUILD/nianbao, as Debian's packages state them; with --list
# only their names, versions and licences, one a line.
set -eu
build=$1 src=$1/../src
cross=$(dpkg-query -W -f='${Version}' libc6-dev)
version() { sed -n "s/^$1 //p" "$build/libs/versions"; }
list() {
    cat <<END
libxlsxwriter $(version libxlsxwriter)   写工作簿          BSD-2-Clause（内含 md5：公有领域）
libyaml $(version libyaml)         读格式定义        MIT
zlib $(version zlib)   解压、压缩        Zlib
libdeflate $(version libdeflate)       解压小文件        MIT
libxml2 $(version libxml2)   读网页            MIT（其中 hash.c、list.c：ISC）
libmd $(version libmd)           SHA-256 校验码    BSD-3-Clause
glibc $cross    C 语言库          LGPL-2.1（静态链接；本程序以源码提供，可以换库重新编译）
END
}
if [ "${2:-}" = --list ]; then list; exit 0; fi
cat "$(dirname "$0")/../../../LICENSE"
printf '\nThe program is linked statically with the libraries below, compiled from the source packages of Debian 12,\nunchanged but for the weak symbols of libxml2, of which only the parser of web pages is in it.\n'
for package in libxlsxwriter libyaml zlib libdeflate libxml2 libmd; do
    printf '\n==== %s %s ====\n\n' "$package" "$(version $package)"
    cat "$src/$package/debian/copyright"
done
printf '\n==== glibc %s ====\n\n' "$cross"
cat /usr/share/doc/libc6/copyright
