#!/bin/sh
# SPDX-License-Identifier: MIT
# run-desktop.sh NIANBAO.EXE SETUP.EXE ZIP: windows, drops and installing as a clerk has them, under wine with a home, a prefix and a
# screen of its own. Pictures of the windows stay in build/desktop, to be looked at. Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 2
exe=$PWD/$1 setup=$PWD/$2 zip=$PWD/$3
pictures=$PWD/build/desktop
. tests/windows/screen.sh

# A shortcut to C:\in\fine.xlsx: header, no list of items, a location with a local path (MS-SHLLINK 2.1, 2.3).
shortcut() {
    python3 - "$1" <<'PY'
import struct, sys
path = b"C:\\in\\fine.xlsx\0"
head = struct.pack("<I16sIIQQQIIIHHII", 0x4C, bytes.fromhex("0114020000000000c000000000000046"), 2, 0x20, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0)
volume = struct.pack("<IIII", 17, 3, 0, 16) + b"\0"
info = struct.pack("<IIIIIII", 28 + len(volume) + len(path) + 1, 28, 1, 28, 28 + len(volume), 0, 28 + len(volume) + len(path))
open(sys.argv[1], "wb").write(head + info + volume + path + b"\0" + bytes(4))
PY
}

# What is the user's: files, and the registry without wine's own part and the keys that every Windows has.
state() {
    (cd "$c/users" && find -L . -path './*/Temp/*' -prune -o -print | sort) >"$work/files.$1"
    wine reg export 'HKCU\Software' "$work/registry.$1.reg" /y >/dev/null 2>&1
    iconv -f UTF-16 -t UTF-8 "$work/registry.$1.reg" | tr -d '\r' | awk '/^\[/ { key = $0; next } NF && key !~ /Software\\Wine/ { print key " " $0 }' >"$work/registry.$1"
}
same() { diff "$work/files.$1" "$work/files.$2" && diff "$work/registry.$1" "$work/registry.$2"; }
in_place() {
    [ -s "$installed" ] && [ "$(find -L "$c/users" -name 年报校验.lnk | sort -u | wc -l)" -ge 2 ] && [ "$(grep -c 'shell.nianbao.command' "$work/registry.$1")" = 5 ]
}
gone() { for _ in $(seq 50); do [ -d "$(dirname "$installed")" ] || return 0; sleep 0.2; done; return 1; }

user=$(basename "$(dirname "$(find "$c/users" -maxdepth 2 -name AppData | grep -v Public | head -n 1)")")
installed=$c/users/$user/AppData/Local/nianbao/nianbao.exe
state unpacked

mkdir -p "$c/in" "$c/报告 甲𠮷"
cp samples/宿迁市2023多处笔误.xlsx "$c/报告 甲𠮷/年报.xlsx"
cp samples/朔州市科技局2020.xlsx "$c/报告 甲𠮷/科技局2020.xlsx"
cp samples/朔州市科技局2020.xlsx "$c/in/fine.xlsx"
cp templates/2021.xlsx "$c/in/nameless.xlsx"
echo "no table" >"$c/报告 甲𠮷/不是表格.xlsx"

# pictured NAME: the window says what the picture in 使用说明 shows; else pictures of build/desktop, and their texts, go there
pictured() {
    sed 1d "$work/read" >"$pictures/$1.txt"
    diff "addin/windows/pictures/$1.txt" "$pictures/$1.txt"
}

# -- windows --

start
check "a double click: shown" window 把年报表格拖到这个程序上
check "a double click: seen" see welcome
check "a double click: as in 使用说明" pictured welcome
check "a double click: Escape" closes Escape
check "a double click: nothing was done, status 0" ends 0

start 'C:\报告 甲𠮷\年报.xlsx'
check "one file: shown" window "$done_text"
check "one file: seen" see window
check "one file: as in 使用说明" pictured window
check "one file: Escape" closes Escape
check "one file: status 1" ends 1
check "one file: the workbook lies beside" test -s "$c/报告 甲𠮷/年报.待改.xlsx"
check "one file: the summary lies beside" test -s "$c/报告 甲𠮷/年报.摘要.txt"

shortcut "$c/in/link.lnk"
start 'C:\in\link.lnk'
check "a shortcut as input: shown" window "$done_text"
check "a shortcut as input: seen" see shortcut
check "a shortcut as input: Escape" closes Escape
check "a shortcut as input: status 0" ends 0
check "a shortcut as input: its file was converted" test -s "$c/in/fine.校验通过.xlsx"

start 'C:\in\nameless.xlsx'
check "no unit and year: two boxes" window '单位(&U)：'
check "no unit and year: seen" see identity
keys type --delay 40 "Mou ju	2023"
check "no unit and year: typed" window 'Mou ju'
check "no unit and year: Return" closes Return
check "no unit and year: the result" window "$done_text" 关闭
wait "$started"
check "what was typed is in the summary" sh -c "grep -q 'Mou ju' '$c/in/nameless.摘要.txt' && grep -q '年度：2023年' '$c/in/nameless.摘要.txt'"

mkdir "$c/closed"
cp "$c/in/fine.xlsx" "$c/closed/只读.xlsx"
close_folder "$c/closed"
start 'C:\closed\只读.xlsx'
check "a read-only folder: another place is offered" window 的文件夹不能写入
check "a read-only folder: seen" see folder
check "a read-only folder: the desktop is chosen" closes Return
check "a read-only folder: the result" window "$done_text" 关闭
check "a read-only folder: says where" says 已写到您选的文件夹：只读.校验通过.xlsx
check "a read-only folder: status 0" ends 0
check "a read-only folder: the workbook is on the desktop" test -s "$c/users/$user/Desktop/只读.校验通过.xlsx"

# What wine takes for a server.
share=$WINEPREFIX/dosdevices/unc/server/share
mkdir -p "$share/收集 📁"
cp "$c/in/fine.xlsx" "$share/收集 📁/㐀䶮𠀀.xlsx"
for path in '\\server\share' '\\?\UNC\server\share'; do
    rm -f "$share/收集 📁"/*.*.*
    start "$path\\收集 📁\\㐀䶮𠀀.xlsx"
    check "$path: shown" window "$done_text" 关闭
    check "$path: status 0" ends 0
    check "$path: written" test -s "$share/收集 📁/㐀䶮𠀀.校验通过.xlsx"
done
start '\\server\gone\年报.xlsx'
check "a share that is gone: shown" window "$done_text" 关闭
check "a share that is gone: says so" says '《年报.xlsx》：找不到这个文件'
check "a share that is gone: status 2" ends 2

rm -f "$c/users/$user/Desktop"/只读.*
state used
check "used, not installed: no other file, no key" same unpacked used
check "used, not installed: nothing in %TEMP%" test -z "$(find -L "$c/users" -name '.nianbao*')"

# -- installing: nothing stays --

state before
NIANBAO_CONSOLE=1 wine "$exe" --install >/dev/null 2>&1
state installed
check "--install: program, shortcuts, right-click entries" in_place installed

link=$(find -L "$c/users" -path '*Desktop/年报校验.lnk' | head -n 1)
timeout -k 2 40 wine start /wait /unix "$link" 'C:\报告 甲𠮷\年报.xlsx' 'C:\报告 甲𠮷\科技局2020.xlsx' 'C:\报告 甲𠮷\不是表格.xlsx' >/dev/null 2>&1 & linked=$!
check "a drop of three files on the shortcut: shown" window "$done_text"
check "a drop of three files on the shortcut: seen" see several
check "a drop of three files on the shortcut: as in 使用说明" pictured several
check "a drop of three files on the shortcut: 关闭" window "$done_text" 关闭
wait $linked
check "a drop of three files on the shortcut: converted" test -s "$c/报告 甲𠮷/科技局2020.校验通过.xlsx"

NIANBAO_CONSOLE=1 wine "$installed" --uninstall >/dev/null 2>&1
check "--uninstall: the program is gone" gone
state removed
check "--uninstall: everything as before" same before removed

# A machine that has an Excel, of 32 bits.
wine reg add 'HKLM\Software\Microsoft\Office\16.0\Excel\InstallRoot' /v Path /d 'C:\Office\' /f >/dev/null 2>&1
wine reg add 'HKLM\Software\Microsoft\Office\16.0\Outlook' /v Bitness /d x86 /f >/dev/null 2>&1
timeout -k 2 60 wine "$setup" /S /NOADDIN >/dev/null 2>&1
state bare
check "setup /S /NOADDIN: program, shortcuts, right-click entries" in_place bare
check "setup /S /NOADDIN: Excel is left alone" sh -c '! grep -q nianbao32.xll "$0"' "$work/registry.bare"
timeout -k 2 60 wine "$setup" /S >/dev/null 2>&1
state setup
check "setup /S: program, shortcuts, right-click entries" in_place setup
check "setup /S: Excel loads the add-in" grep -q 'Office.16.0.Excel.Options. "OPEN"=.*nianbao32.xll' "$work/registry.setup"
NIANBAO_CONSOLE=1 wine "$installed" --uninstall >/dev/null 2>&1
check "after setup: the program is gone" gone
state cleaned
check "after setup: everything as before" same before cleaned

# Other times of the same files give the same installer.
mkdir "$work/again"
cp build/windows/nianbao.exe build/windows/nianbao64.xll build/windows/nianbao32.xll build/windows/nianbao.ico "$work/again"
touch -d 2001-02-03 "$work/again"/*
SOURCE_DATE_EPOCH=1704067200 makensis -V1 -INPUTCHARSET UTF8 -DVERSION="$(cat VERSION)" -DWIN="$work/again" -DOUT="$work/again.exe" addin/windows/setup.nsi
check "setup: the same bytes when made again" cmp -s "$setup" "$work/again.exe"

# -- the zip --

mkdir "$c/zip"
(cd "$c/zip" && python3 -m zipfile -e "$zip" .)
check "zip: the program of the build" cmp -s "$exe" "$(find "$c/zip" -name nianbao.exe)"
cp "$setup" "$c"/zip/*
sums() { cd "$c"/zip/* && grep -aE '^  [0-9a-f]{64}  ' 软件安全说明.txt | tr -d '\r' | sed 's/^  //' | sha256sum -c --quiet --strict; }
check "zip: the sums in 软件安全说明 are right" eval "(sums)"
check "zip: and of the installer" grep -aq nianbao-setup.exe "$c"/zip/*/软件安全说明.txt
# A page of A4 in 9 points, the smallest that offices print: 112 columns, 72 lines.
one_page() {
    python3 -c 'import sys, unicodedata
lines = open(sys.argv[1], encoding="utf-8-sig").read().splitlines()
widths = [sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in lines]
sys.exit(len(lines) > 72 or max(widths) > 112 and widths or 0)' "$1"
}
check "zip: 软件安全说明 is one page" one_page "$c"/zip/*/软件安全说明.txt
wkhtmltopdf -q --print-media-type --page-size A4 "$c"/zip/*/使用说明.html "$work/guide.pdf" >/dev/null 2>&1
pdftoppm -r 100 -png "$work/guide.pdf" "$pictures/guide"
check "zip: 使用说明 is one page when printed" test "$(pdfinfo "$work/guide.pdf" | sed -n 's/^Pages: *//p')" = 1

echo "pictures: build/desktop/*.png"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
