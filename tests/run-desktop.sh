#!/bin/sh
# SPDX-License-Identifier: MIT
# run-desktop.sh NIANBAO.EXE SETUP.EXE ZIP: windows, drops and installing as a clerk has them, under wine with a home, a prefix and a
# screen of its own. Pictures of the windows stay in build/desktop, to be looked at. Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 2
exe=$PWD/$1 setup=$PWD/$2 zip=$PWD/$3
pictures=$PWD/build/desktop
work=$(mktemp -d)
export HOME="$work/home" WINEPREFIX="$work/prefix" WINEDEBUG=-all LC_ALL=C.UTF-8 WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=;mshtml="
mkdir -p "$HOME/Desktop" "$pictures"
rm -f "$pictures"/*.png
passed=0 failed=0 mounted=

check() {                               # check NAME COMMAND...
    name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL desktop: $name"; fi
}

finish() {
    timeout 10 wineserver -k
    kill "$screen" 2>/dev/null
    [ -z "$mounted" ] || umount "$mounted"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

Xvfb -displayfd 3 -screen 0 1280x900x24 3>"$work/display" >/dev/null 2>&1 & screen=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$work/display" ] && break; sleep 0.3; done
DISPLAY=:$(cat "$work/display")
export DISPLAY
timeout 60 wineboot -i >/dev/null 2>&1
for font in "MS Shell Dlg" "MS Shell Dlg 2" Tahoma "Segoe UI"; do
    wine reg add 'HKCU\Software\Wine\Fonts\Replacements' /v "$font" /d "Noto Sans CJK SC" /f >/dev/null 2>&1
done
c=$WINEPREFIX/drive_c

# The window that is there after a while; "" when none comes.
window() {
    for _ in $(seq 60); do
        found=$(xdotool search --onlyvisible --name '^年报校验$' 2>/dev/null | head -n 1)
        [ -z "$found" ] || { echo "$found"; return; }
        sleep 0.2
    done
}

# press WINDOW KEY...: the keys, until the window is gone; one that has just come may not listen yet
press() {
    pressed=$1
    shift
    for _ in 1 2 3 4; do
        xdotool windowfocus "$pressed" sleep 0.2 "$@" 2>/dev/null
        for _ in $(seq 10); do
            xdotool search --onlyvisible --name '^年报校验$' 2>/dev/null | grep -qx "$pressed" || return 0
            sleep 0.2
        done
    done
    return 1
}

# see NAME WINDOW: a picture that is not of one colour
see() {
    sleep 0.5
    timeout -k 1 10 import -window "$2" "$pictures/$1.png" && [ "$(identify -format %k "$pictures/$1.png")" -gt 8 ]
}

# drop FILE...: what Explorer does with a drop on the program; its status in $work/status
drop() {
    (NIANBAO_CONSOLE=0 timeout -k 2 40 wine "$exe" "$@" >/dev/null 2>&1; echo $? >"$work/status") &
    dropped=$!
}

status_is() { wait "$dropped"; [ "$(cat "$work/status")" = "$1" ]; }

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

user=$(basename "$(dirname "$(find "$c/users" -maxdepth 2 -name AppData | grep -v Public | head -n 1)")")

mkdir -p "$c/in" "$c/报告 甲𠮷"
cp samples/宿迁市2023多处笔误.xlsx "$c/报告 甲𠮷/待改的.xlsx"
cp samples/朔州市科技局2020.xlsx "$c/报告 甲𠮷/对的.xlsx"
cp samples/朔州市科技局2020.xlsx "$c/in/fine.xlsx"
cp templates/2021.xlsx "$c/in/nameless.xlsx"
echo "no table" >"$c/报告 甲𠮷/不是表格.xlsx"

# -- windows --

drop
w=$(window)
check "a double click shows what the program is for" see welcome "$w"
check "Escape closes it" press "$w" key Escape
check "nothing was done: status 0" status_is 0

drop 'C:\报告 甲𠮷\待改的.xlsx'
w=$(window)
check "one file: the window" see one "$w"
check "one file: closed by Escape" press "$w" key Escape
check "one file: status 1" status_is 1
check "one file: the workbook lies beside" test -s "$c/报告 甲𠮷/待改的.待改.xlsx"
check "one file: the summary lies beside" test -s "$c/报告 甲𠮷/待改的.摘要.txt"

shortcut "$c/in/link.lnk"
drop 'C:\in\link.lnk'
w=$(window)
check "a shortcut as input: the window" see shortcut "$w"
check "a shortcut as input: closed" press "$w" key Escape
check "a shortcut as input: status 0" status_is 0
check "a shortcut as input: its file was converted" test -s "$c/in/fine.校验通过.xlsx"

drop 'C:\in\nameless.xlsx'
w=$(window)
check "no unit and year: two boxes" see identity "$w"
xdotool windowfocus "$w" sleep 0.3 type --delay 40 "Mou ju	2023" 2>/dev/null
check "no unit and year: typed" press "$w" key Return
w=$(window)
check "no unit and year: the result" see identified "$w"
check "no unit and year: closed" press "$w" key Escape
wait "$dropped"
check "what was typed is in the summary" sh -c "grep -q 'Mou ju' '$c/in/nameless.摘要.txt' && grep -q '年度：2023年' '$c/in/nameless.摘要.txt'"

# A folder that cannot be written to; root can write wherever it is not mounted read-only.
mkdir "$c/closed"
[ "$(id -u)" != 0 ] || { mount -t tmpfs -o size=1m tmpfs "$c/closed" && mounted=$c/closed; }
cp "$c/in/fine.xlsx" "$c/closed/只读.xlsx"
if [ -n "$mounted" ]; then mount -o remount,ro "$mounted"; else chmod 555 "$c/closed"; fi
drop 'C:\closed\只读.xlsx'
w=$(window)
check "a read-only folder: another place is offered" see folder "$w"
check "a read-only folder: the desktop is chosen" press "$w" key Return
w=$(window)
check "a read-only folder: the result" see elsewhere "$w"
check "a read-only folder: closed" press "$w" key Escape
check "a read-only folder: status 0" status_is 0
check "a read-only folder: the workbook is on the desktop" test -s "$c/users/$user/Desktop/只读.校验通过.xlsx"

# -- installing: nothing stays --

# What is the user's: files, and the registry without wine's own part and the keys that every Windows has.
state() {
    (cd "$c/users" && find -L . -path './*/Temp/*' -prune -o -print | sort) >"$work/files.$1"
    wine reg export 'HKCU\Software' "$work/registry.$1.reg" /y >/dev/null 2>&1
    iconv -f UTF-16 -t UTF-8 "$work/registry.$1.reg" | tr -d '\r' | awk '/^\[/ { key = $0; next } NF && key !~ /Software\\Wine/ { print key " " $0 }' >"$work/registry.$1"
}
same() { cmp -s "$work/files.$1" "$work/files.$2" && cmp -s "$work/registry.$1" "$work/registry.$2"; }
installed() {
    [ -s "$program" ] && [ "$(find -L "$c/users" -name 年报校验.lnk | sort -u | wc -l)" -ge 2 ] && [ "$(grep -c 'shell.nianbao.command' "$work/registry.$1")" = 5 ]
}
gone() { for _ in $(seq 50); do [ -d "$(dirname "$program")" ] || return 0; sleep 0.2; done; return 1; }
program=$c/users/$user/AppData/Local/nianbao/nianbao.exe

state before
NIANBAO_CONSOLE=1 wine "$exe" --install >/dev/null 2>&1
state installed
check "--install: program, shortcuts, right-click entries" installed installed

link=$(find -L "$c/users" -path '*Desktop/年报校验.lnk' | head -n 1)
(NIANBAO_CONSOLE=0 timeout -k 2 40 wine start /wait /unix "$link" 'C:\报告 甲𠮷\待改的.xlsx' 'C:\报告 甲𠮷\对的.xlsx' 'C:\报告 甲𠮷\不是表格.xlsx' >/dev/null 2>&1) &
w=$(window)
check "a drop of three files on the shortcut: the window" see several "$w"
check "a drop of three files on the shortcut: closed" press "$w" key Escape
check "a drop of three files on the shortcut: converted" test -s "$c/报告 甲𠮷/对的.校验通过.xlsx"

NIANBAO_CONSOLE=1 wine "$program" --uninstall >/dev/null 2>&1
check "--uninstall: the program is gone" gone
state removed
check "--uninstall: everything as before" same before removed

# A machine that has an Excel, of 32 bits.
wine reg add 'HKLM\Software\Microsoft\Office\16.0\Excel\InstallRoot' /v Path /d 'C:\Office\' /f >/dev/null 2>&1
wine reg add 'HKLM\Software\Microsoft\Office\16.0\Outlook' /v Bitness /d x86 /f >/dev/null 2>&1
timeout -k 2 60 wine "$setup" /S /NOADDIN >/dev/null 2>&1
state bare
check "setup /S /NOADDIN: program, shortcuts, right-click entries" installed bare
check "setup /S /NOADDIN: Excel is left alone" sh -c '! grep -q nianbao32.xll "$0"' "$work/registry.bare"
timeout -k 2 60 wine "$setup" /S >/dev/null 2>&1
state setup
check "setup /S: program, shortcuts, right-click entries" installed setup
check "setup /S: Excel loads the add-in" grep -q 'Office.16.0.Excel.Options. "OPEN"=.*nianbao32.xll' "$work/registry.setup"
NIANBAO_CONSOLE=1 wine "$program" --uninstall >/dev/null 2>&1
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
sums() { cd "$c"/zip/* && grep -aE '^  [0-9a-f]{64}  ' 软件安全说明.txt | tr -d '\r' | sed 's/^  //' | sha256sum -c --quiet --strict; }
check "zip: the sums in 软件安全说明 are right" eval "(sums)"

echo "pictures: build/desktop/*.png"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
