#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh SOURCES OUT TRIPLET: the libraries of nianbao for TRIPLET (x86_64-linux-gnu, aarch64-linux-gnu) as static ones, from the Debian
# source packages in SOURCES: OUT/lib/lib*.a and OUT/include. OUT/versions says what they were made of.
set -eu
src=$(cd "$1" && pwd) out=$2 triplet=$3
flags="-std=gnu11 -O2 -w -fno-asynchronous-unwind-tables -fPIE -fstack-protector-strong -ffunction-sections -fdata-sections -ffile-prefix-map=$src=. -D_FORTIFY_SOURCE=2"
rm -rf "$out"
mkdir -p "$out/include" "$out/lib"

# compile LIBRARY FLAGS FILE...
compile() {
    library=$1 own=$2
    shift 2
    mkdir -p "$out/obj/$library"
    for file; do
        # shellcheck disable=SC2086
        "$triplet-gcc" $flags $own -c "$file" -o "$out/obj/$library/$(basename "$file" .c).o"
    done
    "$triplet-ar" rcsD "$out/lib/lib$library.a" "$out/obj/$library"/*.o
}

# debian_version PACKAGE: as its changelog has it
debian_version() {
    dpkg-parsechangelog -l "$src/$1/debian/changelog" -S Version
}

zlib=$src/zlib
compile z "-D_LARGEFILE64_SOURCE=1 -DHAVE_HIDDEN -DHAVE_UNISTD_H" "$zlib"/*.c
cp "$zlib/zlib.h" "$zlib/zconf.h" "$out/include"

xlsx=$src/libxlsxwriter
compile xlsxwriter "-I$xlsx/include -I$out/include -DUSE_STANDARD_TMPFILE" "$xlsx"/src/*.c "$xlsx/third_party/md5/md5.c"      # zip and temporary files: ours
cp -R "$xlsx/include/." "$out/include"

yaml=$src/libyaml
version=$(debian_version libyaml | sed 's/-.*//')
number() { echo "$version" | cut -d. -f"$1"; }
compile yaml "-I$yaml/include -DYAML_VERSION_STRING=\"$version\" -DYAML_VERSION_MAJOR=$(number 1) -DYAML_VERSION_MINOR=$(number 2)
    -DYAML_VERSION_PATCH=$(number 3)" "$yaml"/src/*.c
cp "$yaml/include/yaml.h" "$out/include"

deflate=$src/libdeflate
case $triplet in aarch64-*) cpu=arm ;; *) cpu=x86 ;; esac
compile deflate "-I$deflate" "$deflate"/lib/deflate_decompress.c "$deflate"/lib/deflate_compress.c "$deflate"/lib/crc32.c "$deflate"/lib/utils.c "$deflate/lib/$cpu/cpu_features.c"
cp "$deflate/libdeflate.h" "$out/include"

mkdir -p "$out/obj"
: >"$out/obj/config.h"                       # what it would say concerns other files of the library
compile md "-DSHA2_UNROLL_TRANSFORM -I$out/obj -I$src/libmd/include" "$src/libmd/src/sha2.c" "$src/libmd/src/sha256hl.c"
cp "$src/libmd/include/sha2.h" "$out/include"

files=$(sh "$(dirname "$0")/../../libxml2.sh" "$src/libxml2" "$out/include")
# shellcheck disable=SC2086
compile xml2 "-DLIBXML_STATIC -DHAVE_PTHREAD_H -DHAVE_UNISTD_H -I$out/include -I$out/include/config -I$src/libxml2" $files

rm -rf "$out/obj"
for package in libxlsxwriter libyaml zlib libdeflate libmd libxml2; do echo "$package $(debian_version $package)"; done >"$out/versions"
