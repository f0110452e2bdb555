#!/bin/sh
# SPDX-License-Identifier: MIT
# libxml2.sh SOURCE OUT: what the parser of HTML alone needs of libxml2. Headers go to OUT/libxml, with all else switched off, and a
# config.h for an ISO C library to OUT/config; the files to compile are printed.
set -eu
source=$1 out=$2
mkdir -p "$out/libxml" "$out/config"
version=$(dpkg-parsechangelog -l "$source/debian/changelog" -S Version | sed 's/[-+].*//')
number=$(echo "$version" | awk -F. '{ print $1 * 10000 + $2 * 100 + $3 }')
cp "$source"/include/libxml/*.h "$out/libxml"
sed -e "s/@VERSION@/$version/; s/@LIBXML_VERSION_NUMBER@/$number/; s/@LIBXML_VERSION_EXTRA@//; s/@MODULE_EXTENSION@//" \
    -e 's/@WITH_THREADS@/1/; s/@WITH_HTML@/1/; s/@WITH_[A-Z0-9_]*@/0/' "$source/include/libxml/xmlversion.h.in" >"$out/libxml/xmlversion.h"
for name in CTYPE ERRNO FLOAT LIMITS MATH STDARG STDINT STDLIB STRING TIME; do echo "#define HAVE_${name}_H 1"; done >"$out/config/config.h"
echo "#define HAVE_VA_COPY 1" >>"$out/config/config.h"
# Its weak names of threads would stay empty in a program without shared libraries.
sed '/^#pragma weak/d' "$source/threads.c" >"$out/config/threads.c"
echo "$out/config/threads.c"
for name in HTMLparser HTMLtree SAX2 buf chvalid dict encoding entities error globals hash list parser parserInternals tree uri valid xmlIO \
    xmlmemory xmlstring; do
    echo "$source/$name.c"
done
