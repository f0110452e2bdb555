#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh DIR TARGET...: static libraries for Windows from Debian's source packages in DIR/src (addin/sources.sh), in DIR/TARGET/lib with headers in
# DIR/TARGET/include. TARGET: x86_64-w64-mingw32, i686-w64-mingw32. DIR/TARGET/stamp says that all is there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$(cd "$1" && pwd)
shift
src=$dir/src
# Optimized when linked (-flto): for the sake of its unwind tables the linker of 64-bit programs keeps every function that it is given.
flags="-std=gnu11 -O2 -w -flto -ffunction-sections -fdata-sections -ffile-prefix-map=$src=. -D_WIN32_WINNT=0x0601 -D__USE_MINGW_ANSI_STDIO=1"

# compile LIBRARY FLAGS FILE...: into the static library of the target
compile() {
    library=$1 own=$2
    shift 2
    rm -rf "${out:?}/$library"
    mkdir -p "$out/$library" "$out/lib"
    for file; do
        # shellcheck disable=SC2086
        "$target-gcc" $flags $unwind $own -c "$file" -o "$out/$library/$(basename "$file" .c).o"
    done
    rm -f "$out/lib/lib$library.a"
    "$target-gcc-ar" rcsD "$out/lib/lib$library.a" "$out/$library"/*.o
}

build() {
    target=$1 out=$dir/$1
    case $target in i686-*) unwind=-fno-asynchronous-unwind-tables ;; *) unwind= ;; esac      # 64-bit Windows wants them
    mkdir -p "$out/include" "$out/empty"
    xlsx=$src/libxlsxwriter
    compile xlsxwriter "-Os -I$xlsx/include -DUSE_STANDARD_TMPFILE" "$xlsx"/src/*.c "$xlsx"/third_party/md5/md5.c       # zip and temporary files: ours
    cp -R "$xlsx"/include/* "$out/include"
    yaml=$src/libyaml
    version=$(dpkg-parsechangelog -l "$yaml/debian/changelog" -S Version | sed 's/-.*//')
    number() { echo "$version" | cut -d. -f"$1"; }
    compile yaml "-Os -I$yaml/include -DYAML_DECLARE_STATIC -DYAML_VERSION_STRING=\"$version\" -DYAML_VERSION_MAJOR=$(number 1)
        -DYAML_VERSION_MINOR=$(number 2) -DYAML_VERSION_PATCH=$(number 3)" "$yaml"/src/*.c
    cp "$yaml/include/yaml.h" "$out/include"
    deflate=$src/libdeflate
    compile deflate "-Os -I$deflate" "$deflate"/lib/deflate_decompress.c "$deflate"/lib/deflate_compress.c "$deflate"/lib/crc32.c "$deflate"/lib/utils.c "$deflate"/lib/x86/cpu_features.c
    cp "$deflate/libdeflate.h" "$out/include"
    : >"$out/empty/config.h"                # what it would say concerns other files of the library
    compile md "-I$src/libmd/include -I$out/empty" "$src/libmd/src/sha2.c" "$src/libmd/src/sha256hl.c"
    cp "$src/libmd/include/sha2.h" "$out/include"
    files=$(sh "$here/../libxml2.sh" "$src/libxml2" "$out/include")
    # shellcheck disable=SC2086
    compile xml2 "-Os -U__USE_MINGW_ANSI_STDIO -D__USE_MINGW_ANSI_STDIO=0 -DLIBXML_STATIC -DHAVE_WIN32_THREADS -I$out/include -I$out/include/config -I$src/libxml2" $files
}

for target; do
    build "$target"
    touch "$dir/$target/stamp"
done
