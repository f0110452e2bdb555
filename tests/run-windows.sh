#!/bin/sh
# SPDX-License-Identifier: MIT
# run-windows.sh [EXE] [PROGRAM]: the Windows program under wine, against the Linux program: the golden suite, the bad inputs and the command
# line's chapters with the .exe in place of the program; the same bytes from both for difficult names and places; what only Windows has.
# Wine keeps to a home and a prefix of its own under build/. Left to real Windows: the ACLs of folders, shares, scanners, old consoles.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
exe=$root/${1:-build/windows/nianbao.exe}
linux=$root/${2:-build/nianbao}
wine=$root/build/windows/wine
mkdir -p "$wine/home"
export HOME="$wine/home" WINEPREFIX="$wine/prefix" WINEDEBUG=-all LC_ALL=C.UTF-8 NIANBAO_CONSOLE=1 NO_COLOR=1 PYTHONDONTWRITEBYTECODE=1
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=;mshtml="
work=$(mktemp -d) || exit 2
mounted=
trap '[ -n "$mounted" ] && umount "$mounted"; kill "$buttons" 2>/dev/null; wineserver -k; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
mkdir -p "$WINEPREFIX"
wineserver -p                           # stays until the end, so that no limit set for a program befalls it
[ -d "$WINEPREFIX/drive_c/windows" ] || wineboot -i >/dev/null 2>&1
# The windows, in a prefix of their own, meanwhile: they wait more than they work.
sh "$here/windows/windows.sh" "$exe" "$linux" >"$work/buttons" 2>&1 & buttons=$!
. "$here/check.sh"

# add NAME OUTPUT: the counts of another layer
add() {
    p=$(printf '%s\n' "$2" | sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' | tail -n 1)
    f=$(printf '%s\n' "$2" | sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' | tail -n 1)
    [ -n "$p" ] || f=1
    [ "$f" = 0 ] || printf '%s\n%s\n' "$1" "$2" | grep -v '^ok ' >&2
    passed=$((passed + ${p:-0})) failed=$((failed + f))
}
# The text of a file as Linux writes it.
plain() { sed '1s/^\xef\xbb\xbf//; s/\r$//' "$1"; }

# -- the layers of the Linux program: the .exe behind a script that gives summaries their Linux line ends --

# behind EXE: it
behind() {
    cat >"$work/nianbao" <<SCRIPT
#!/bin/sh
wine "$1" "\$@"
status=\$?
find . -maxdepth 3 -name '*.摘要*.txt' -newer "$work/nianbao" -exec sed -i '1s/^\xef\xbb\xbf//; s/\r\$//' {} +
exit \$status
SCRIPT
    chmod +x "$work/nianbao"
    touch -d '1 minute ago' "$work/nianbao"
}
cd "$root" || exit 2
behind "${exe%.exe}-win32.exe"
case $(wine "${exe%.exe}-win32.exe" --version 2>/dev/null) in
nianbao*) add "run-golden.sh, 32 bits" "$(sh tests/run-golden.sh "$work/nianbao" 2>&1)" ;;
*) echo "SKIP 32 bits: this wine knows 64 only (Debian: wine32 of i386)" ;;
esac
behind "$exe"
add run-golden.sh "$(sh tests/run-golden.sh "$work/nianbao" 2>&1)"
add run-bad.sh "$(sh tests/run-bad.sh "$work/nianbao" 2>&1)"
# Wine knows neither the limit of a process on the size of files nor dangling links; the README shows the Linux program.
for script in folders knowledge outputs usage forms failures; do
    chapter=$(PROGRAM=$work/nianbao sh "tests/cli/$script.sh" 2>&1 | grep -v -e '[0-9] passed, ' -e '^not ok file-size limit' -e '^not ok a dangling link')
    case $script in failures) chapter=$(printf '%s\n' "$chapter" | awk '/^not ok one line/ && !n++ { next } { print }') ;; esac
    add "$script.sh" "$chapter
$(printf '%s\n' "$chapter" | grep -c '^ok ') passed, $(printf '%s\n' "$chapter" | grep -c '^not ok ') failed"
done

# -- the same bytes for difficult names --

# same NAME STATUS FILE WORD...: FILE is made of a sample in both worlds, and converted with the words
same() {
    name=$1 want=$2 file=$3
    shift 3
    for world in linux windows; do
        rm -rf "${work:?}/$world"
        mkdir -p "$work/$world/$(dirname "$file")"
        cp "$sample" "$work/$world/$file"
    done
    cd "$work/linux" || exit 2
    "$linux" convert "$@" >"$work/linux.out" 2>&1
    check "$name: status on Linux" test $? = "$want"
    cd "$work/windows" || exit 2
    wine "$exe" convert "$@" >"$work/windows.out" 2>&1
    check "$name: status" test $? = "$want"
    check "$name: what it says" cmp "$work/linux.out" "$work/windows.out"
    (cd "$work/linux" && find . -type f | sort) >"$work/linux.files"
    check "$name: the same files" sh -c 'find . -type f | sort | diff "$0" -' "$work/linux.files"
    while read -r made; do
        case $made in *.txt) plain "$made" >"$work/made" ;; *) cp "$made" "$work/made" ;; esac
        check "$name: $made" cmp "$work/linux/$made" "$work/made"
    done <"$work/linux.files"
}
sample=$root/samples/宿迁市2023多处笔误.xlsx
deep=$(printf '很长的文件夹名%.0s' 1 2 3 4 5 6 7 8 9 10 11)           # 77 characters
same "Chinese" 1 年报.xlsx 年报.xlsx
same "blanks" 1 '年 报  2023 (副本).xlsx' '年 报  2023 (副本).xlsx'
same "signs" 1 "a&b^c%PATH%'+,;=[1]{x}!.xlsx" "a&b^c%PATH%'+,;=[1]{x}!.xlsx"
same "emoji" 1 📊年报🀄️👨‍👩‍👧.xlsx 📊年报🀄️👨‍👩‍👧.xlsx
same "only in GB 18030" 1 㐀䶮𠀀𫝆镕.xlsx 㐀䶮𠀀𫝆镕.xlsx
same "folder" 1 甲/乙/年报.xlsx 甲
same "outputs elsewhere" 1 甲/年报.xlsx -o 结果/📊 甲
same "long path" 1 "$deep/$deep/$deep/$deep/年报.xlsx" "$deep/$deep/$deep/$deep/年报.xlsx"
same "long output path" 1 年报.xlsx -o "$deep/$deep/$deep/$deep" 年报.xlsx
same "folder with long paths" 1 "$deep/$deep/$deep/$deep/年报.xlsx" .
long=$(printf '很长的名字%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14)         # 210 bytes
same "long name" 1 "$long.xlsx" "$long.xlsx"
sample=$root/samples/宿迁市2023.xls
same "xls" 0 年报.xls 年报.xls

# spelt NAME MADE WORD...: paths as Windows spells them; the workbook must come, whatever is said
spelt() {
    name=$1 made=$2
    shift 2
    rm -rf "$work/windows"
    mkdir -p "$work/windows/甲/$deep/$deep/$deep/$deep"
    cp "$sample" "$work/windows/甲/年报.xls"
    cp "$sample" "$work/windows/甲/$deep/$deep/$deep/$deep/年报.xls"
    cd "$work/windows" || exit 2
    check "$name: status" wine "$exe" convert "$@"
    check "$name: workbook" cmp "$work/linux/年报.校验通过.xlsx" "$made"
}
z=$(printf 'Z:%s' "$work/windows" | tr / '\\')
beside=甲/年报.校验通过.xlsx
spelt "backslash" $beside '甲\年报.xls'
spelt "drive" $beside "$z\\甲\\年报.xls"
spelt "prefix" $beside "\\\\?\\$z\\甲\\年报.xls"
spelt "dots" $beside '.\乙\..\甲\.\年报.xls'
spelt "folder" 结果/下/年报.校验通过.xlsx -o '结果\下\' '甲\年报.xls'
spelt "long" "甲/$deep/$deep/$deep/$deep/年报.校验通过.xlsx" "$z\\甲\\$deep\\$deep\\$deep\\$deep\\年报.xls"
spelt "pattern" $beside '甲\*.xls'

for words in "--help" "convert --help" "--version" "forms" "rules 2021" "rules --json" "--nonsense" "cells $root/samples/洪泽区2023.xlsx" \
    "check --json $root/samples/上海市政府办公厅2019.xlsx"; do
    # shellcheck disable=SC2086
    "$linux" $words >"$work/linux.out" 2>&1
    # shellcheck disable=SC2086
    wine "$exe" $words >"$work/windows.out" 2>&1
    check "$words" cmp "$work/linux.out" "$work/windows.out"
done
for form in 2019 2021; do
    wine "$exe" template $form -o "$work/blank.xlsx" >/dev/null
    check "template $form" cmp "$root/templates/$form.xlsx" "$work/blank.xlsx"
done

# The tables of a code page are Windows' own; Chinese ones and Western ones agree in every byte.
mkdir "$work/codepages"
/usr/bin/python3 "$here/make_codepages.py" "$work/codepages"
for page in 936 437 1252; do
    "$linux" cells "$work/codepages/$page.xls" >"$work/linux.out"
    wine "$exe" cells "$work/codepages/$page.xls" >"$work/windows.out"
    check "code page $page" cmp "$work/linux.out" "$work/windows.out"
done

# Every kind of file. Wine knows of GB 18030 what is in GBK.
mkdir "$work/kinds"
/usr/bin/python3 "$here/make_kinds.py" "$linux" "$work/kinds" 镕区人民政府
for kind in docx ods html txt; do
    "$linux" check --json "$work/kinds/报告.$kind" >"$work/linux.out"
    wine "$exe" check --json "$work/kinds/报告.$kind" >"$work/windows.out"
    check "$kind" cmp "$work/linux.out" "$work/windows.out"
    check "$kind: read" grep -q '"verdict":"[^u]' "$work/windows.out"
done
check "text in GBK" grep -q '"unit":"镕区人民政府"' "$work/windows.out"

# A console gets characters, whatever its code page, and colours.
cd "$root/samples" || exit 2
NO_COLOR='' script -qc "wine '$exe' check 宿迁市2023多处笔误.xlsx" /dev/null </dev/null >"$work/windows.out" 2>&1
check "console" grep -q '单位：宿迁市人民政府' "$work/windows.out"
check "console: colours" grep -q "$(printf '\033').*【必须改】" "$work/windows.out"

# -- what is there already --

cd "$work" && rm -rf windows && mkdir windows && cd windows || exit 2
names() { [ "$(find . -type f | sort | tr '\n' ' ')" = "$*" ] || { find . -type f; false; }; }
convert() { wine "$exe" convert "$@" 2>"$work/said"; }
cp "$sample" 年报.xls
check "first" convert 年报.xls
check "byte order mark" sh -c '[ "$(head -c 3 年报.摘要.txt | od -An -tx1)" = " ef bb bf" ]'
check "line ends" sh -c '[ "$(grep -c "" 年报.摘要.txt)" = "$(grep -c "$(printf "\r")\$" 年报.摘要.txt)" ]'
check "again" convert 年报.xls
check "again: replaced" names ./年报.xls ./年报.摘要.txt ./年报.校验通过.xlsx ''
check "Linux replaces it" "$linux" convert 年报.xls
check "replaced on Linux" names ./年报.xls ./年报.摘要.txt ./年报.校验通过.xlsx ''
check "Linux wrote it" sh -c '! grep -q "$(printf "\r")" 年报.摘要.txt'
check "Windows replaces it" convert 年报.xls
check "replaced again" names ./年报.xls ./年报.摘要.txt ./年报.校验通过.xlsx ''
printf '备注\r\n' >>年报.摘要.txt
check "changed summary" convert 年报.xls
check "changed summary stays" names './年报.xls' './年报.摘要(2).txt' './年报.摘要.txt' './年报.校验通过(2).xlsx' './年报.校验通过.xlsx' ''

check "changed summary: says why" sh -c 'grep -q "^“年报.摘要.txt”有人改过.*这次的结果写在“年报.校验通过(2).xlsx”。" "$0"' "$work/said"

# A program of Windows that holds a file while ours runs: shared with nobody, or with readers as Excel does.
mkdir "$work/tools"
x86_64-w64-mingw32-gcc -std=c11 -O2 -Wall -Wextra -Werror -municode -o "$work/tools/hold.exe" "$here/windows/hold.c"
# held MODE FILE WORD...
held() {
    mode=$1 file=$2
    shift 2
    wine "$work/tools/hold.exe" "$mode" "$file" "$exe" convert "$@" 2>"$work/said"
}
for mode in read none; do
    for file in 年报.校验通过.xlsx 年报.摘要.txt; do
        rm -f ./*摘要* ./*校验*
        convert 年报.xls >/dev/null
        check "$file open ($mode)" held $mode $file 年报.xls
        check "$file open ($mode): says why" sh -c 'grep -q "^“$1”正在别的程序.*这次的结果写在“年报.校验通过(2).xlsx”。" "$0"' "$work/said" $file
        check "$file open ($mode): numbered" names './年报.xls' './年报.摘要(2).txt' './年报.摘要.txt' './年报.校验通过(2).xlsx' './年报.校验通过.xlsx' ''
    done
done
check "an output that is open, in English" held read 年报.校验通过.xlsx --lang en 年报.xls
check "an output that is open, in English: says why" grep -q '^年报.校验通过.xlsx is open in another program' "$work/said"
check "no longer open" convert 年报.xls
check "no longer open: says nothing" sh -c '! grep -q 没有覆盖 "$0"' "$work/said"
rm -f ./*摘要* ./*校验*
check "an input that is open" held read 年报.xls 年报.xls
check "an input that is open: outputs" names ./年报.xls ./年报.摘要.txt ./年报.校验通过.xlsx ''
held none 年报.xls 年报.xls >"$work/windows.out" 2>&1
check "an input that nobody may read" test $? = 2
check "an input that nobody may read: says why" grep -q '^《年报.xls》：文件正被别的程序占用' "$work/said"
check "an input that nobody may read: its code" sh -c 'wine "$1" none 年报.xls "$2" check --json 年报.xls | grep -q "\"code\": *\"permission\""' sh "$work/tools/hold.exe" "$exe"

# A folder that nothing can be written to.
mkdir closed && cp 年报.xls closed && chmod 555 closed
[ "$(id -u)" != 0 ] || { mount -t tmpfs -o size=1m tmpfs closed && mounted=$work/windows/closed && cp 年报.xls closed && mount -o remount,ro closed; }
if ! touch closed/x 2>/dev/null; then
    wine "$exe" convert closed/年报.xls >"$work/windows.out" 2>&1
    check "read-only folder" test $? = 3
    check "read-only folder: says so" grep -q '^没有写成“closed/年报.校验通过.xlsx”' "$work/windows.out"
    check "read-only folder: elsewhere" convert -o . closed/年报.xls
fi

# -- the add-in of Excel, the windows --

add addin.sh "$(sh "$here/windows/addin.sh" "$exe" 2>&1)"
wait "$buttons"
add windows.sh "$(cat "$work/buttons")"

# -- the program --

# The start of a command in a console is short: what windows need is loaded with the first of them (windows.mk).
imports() { LC_ALL=C x86_64-w64-mingw32-objdump -p "$1" | sed -n 's/.*DLL Name: //p' | tr A-Z a-z | sort | tr '\n' ' '; }
for program in "$exe" "${exe%.exe}-win32.exe"; do
    check "$program: imports" test "$(imports "$program")" = 'kernel32.dll msvcrt.dll '
    check "$program: size" test "$(wc -c <"$program")" -lt 1500000
    check "$program: no path of this machine" sh -c '! grep -aq -F -e "$1" -e /usr/ "$0"' "$program" "$root"
    check "$program: asInvoker" grep -aq 'level="asInvoker"' "$program"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
