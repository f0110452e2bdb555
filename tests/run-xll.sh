#!/bin/sh
# SPDX-License-Identifier: MIT
# run-xll.sh [DIR] [PROGRAM]: the XLL under wine, in a program that plays Excel (tests/xllhost), on the samples and the workbooks of
# make_samples.py --cases: marks, findings, fills and exports against those of PROGRAM for the same files. DIR holds nianbao64.xll,
# xllhost.exe, nianbao32.xll and xllhost-win32.exe; the latter two run where wine knows 32 bits, or with the command XLLHOST_WINE32, such as a script
# that starts the wine32 of Debian's i386 in a root of its own (debootstrap --arch=i386) over the same /tmp and build/. XLLHOST_STEP=1 makes every call fail in every way
# (minutes; XLLHOST_ONLY=check, fill, clear, export, about or functions: that part; XLLHOST_TIME: seconds for the host); XLLHOST_BOOKS is a folder of more
# workbooks. Left to real Excel: how it looks, the Add-ins tab, the block of files from the web.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/..
dir=$(cd "${1:-$root/build/windows}" && pwd) || exit 2
program=${2:-$root/build/nianbao}
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
wine=$dir/wine
mkdir -p "$wine/home"
export HOME="$wine/home" WINEPREFIX="$wine/prefix" WINEDEBUG=-all LC_ALL=C.UTF-8 NO_COLOR=1 PYTHONDONTWRITEBYTECODE=1
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=;mshtml="
work=$(mktemp -d) || exit 2
trap 'wineserver -k; rm -rf "$work"' EXIT
[ -d "$WINEPREFIX/drive_c/windows" ] || wineboot -i >/dev/null 2>&1
. "$here/check.sh"

# -- the workbooks, and what the program says of them --

# Unit, year, form, verdict, errors and all values; an error when there are none
values() { "$program" check --csv=values "$1" | cut -d, -f2-6,9- | sed -n 2p | grep . || echo "$1"; }
answers() { "$program" check --json "$1" | /usr/bin/python3 "$here/xllhost/answers.py"; }

mkdir "$work/books" "$work/said" "$work/converted"
cp "$root"/samples/*.xls* "$work/books"
/usr/bin/python3 "$here/make_samples.py" --cases "$work/books" || exit 2
rm -f "$work"/books/*.txt
[ -z "${XLLHOST_BOOKS:-}" ] || cp "$XLLHOST_BOOKS"/*.xls* "$work/books"
/usr/bin/python3 "$here/xllhost/hide.py" "$work/books/沭阳县发改局2023.xlsx" "$work/books/hidden-copies.xlsx" || exit 2
/usr/bin/python3 "$here/xllhost/hide.py" "$work/books/洪泽区2023.xlsx" "$work/books/hidden-others.xlsx" others || exit 2
cd "$work/books" || exit 2
for book in *.xls*; do
    stem=${book%.*}
    "$program" marks "$book" >"$work/said/$stem.marks"
    edits=- edited=- answers=- answered=- faults=-
    case $book in
    hidden-copies.xlsx) ;;                           # a function of a cell cannot know what is hidden
    *) answers=$work/said/$stem.answers; answers "$book" >"$answers" ;;
    esac
    case $book in
    *.xlsx)
        /usr/bin/python3 "$here/xllhost/edits.py" "$book" "$work/edited.xlsx" "$work/said/$stem.edits" || exit 2
        mkdir -p "$work/edited"
        mv "$work/edited.xlsx" "$work/edited/$book"
        "$program" marks "$work/edited/$book" >"$work/said/$stem.edited"
        answers "$work/edited/$book" >"$work/said/$stem.answered"
        edits=$work/said/$stem.edits edited=$work/said/$stem.edited answered=$work/said/$stem.answered ;;
    esac
    [ "$book" != "${XLLHOST_FAULTS:-沭阳县发改局2023表四总计漏填.xlsx}" ] || faults=faults
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$work/books/$book" "$work/said/$stem.marks" "$answers" "$edits" "$edited" "$answered" "$faults"
done >"$work/list"
"$program" convert -o "$work/converted" . >/dev/null 2>&1
rm "$work"/converted/cells-without-numbers*      # a formula without a value: there is none in an open workbook

# -- the add-in --

# run BITS HOST WINE: the last line of the host counts
run() {
    rm -f "$work"/books/*校验* "$work"/books/*待改* "$work"/books/*摘要*
    # shellcheck disable=SC2086
    timeout -k 5 "${XLLHOST_TIME:-300}" $3 "$2" "$dir/nianbao$1.xll" "$work/list" >"$work/out" 2>"$work/err"
    status=$?
    last=$(tail -n 1 "$work/out" | tr -d '\r')
    p=$(printf '%s\n' "$last" | sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p')
    f=$(printf '%s\n' "$last" | sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p')
    [ -n "$f" ] || f=1
    { [ "$status" = 0 ] || [ "$f" != 0 ]; } || f=1
    grep -v -e ' passed, ' "$work/out" | head -n 250
    [ "$status" = 0 ] || printf '%s bits: status %s, %s\n' "$1" "$status" "$(head -c 300 "$work/err")"
    passed=$((passed + ${p:-0})) failed=$((failed + f))
    # What has to be mended is given back as the file with marks; of an open workbook there is no file, and the add-in marks it where it is.
    for made in "$work"/converted/*; do
        other=$work/books/$(basename "$made")
        case $made in
        *.txt) check "export, $1 bits: $(basename "$made")" sh -c 'sed "1s/^\xef\xbb\xbf//; s/\r$//" "$2" | diff "$1" -' - "$made" "$other" ;;
        *.待改.xlsx)
            values "$made" >"$work/a"
            values "$other" >"$work/b"
            check "export, $1 bits: $(basename "$made")" diff "$work/a" "$work/b" ;;
        *) check "export, $1 bits: $(basename "$made")" sh -c '"$3" cells "$1" >"$4/a"; "$3" cells "$2" >"$4/b"; diff "$4/a" "$4/b"' - "$made" "$other" "$program" "$work" ;;
        esac
    done
}
run 64 "$dir/xllhost.exe" wine
if [ -n "${XLLHOST_WINE32:-}" ]; then
    run 32 "$dir/xllhost-win32.exe" "$XLLHOST_WINE32"
elif wine cmd /c exit >/dev/null 2>&1 && [ -e "$WINEPREFIX/drive_c/windows/syswow64/ntdll.dll" ] && wine "$dir/xllhost-win32.exe" >/dev/null 2>&1; [ $? = 2 ]; then
    run 32 "$dir/xllhost-win32.exe" wine
else
    echo "32 bits: built, not run: this wine knows 64 bits only"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
