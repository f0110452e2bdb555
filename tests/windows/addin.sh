#!/bin/sh
# SPDX-License-Identifier: MIT
# addin.sh NIANBAO.EXE: Excel's add-in is installed where there is an Excel, and leaves no trace: under wine, with made-up keys of Excel
# in the prefix of run-windows.sh, which calls this. The add-ins lie beside the program. Last line: N passed, N failed. Left to real
# Windows: the mark of the web (wine has no streams), and Excel itself.
set -u
exe=$1 built=$(dirname "$1")
work=$(mktemp -d) || exit 2
. "$(dirname "$0")/../check.sh"
c=$WINEPREFIX/drive_c
office='Software\Microsoft\Office'
excel="HKCU\\$office\\16.0\\Excel"
paths='HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe'
no_office() {
    for key in "HKCU\\$office" "HKLM\\$office" "$paths"; do wine reg delete "$key" /f; done >/dev/null 2>&1
}
trap 'no_office; rm -rf "$work"' EXIT
no_office

put() { wine reg add "$1" /v "$2" /d "$3" /f >/dev/null 2>&1; }
# machine KEY VALUE TEXT: of the machine
machine() { put "HKLM\\$office\\$1" "$2" "$3"; }
# state NAME: what is below HKCU's Office, and the user's files
state() {
    rm -f "$work/keys.reg"
    wine reg export "HKCU\\$office" "$work/keys.reg" /y >/dev/null 2>&1
    { [ ! -f "$work/keys.reg" ] || iconv -f UTF-16 -t UTF-8 "$work/keys.reg" | tr -d '\r'
      find -L "$c/users" -path '*/Temp/*' -prune -o -type f -print | sort; } >"$work/$1"
}
same() { diff "$work/$1" "$work/$2"; }
run() { NIANBAO_CONSOLE=1 wine "$program" "$@" >"$work/out" 2>&1; }
lists() { grep -qxF "\"$2\"=\"/R \\\"$(printf %s "$folder\\$3" | sed 's/\\/\\\\/g')\\\"\"" "$work/$1"; }
user=$(basename "$(dirname "$(find "$c/users" -maxdepth 2 -name AppData | grep -v Public | head -n 1)")")
installed=$c/users/$user/AppData/Local/nianbao folder="C:\\users\\$user\\AppData\\Local\\nianbao"

program=$exe
state none
check "no Excel: --install" run --install
check "no Excel: nothing is written" sh -c 'test ! -e "$0/nianbao64.xll" && ! grep -q OPEN "$1"' "$installed" "$work/none"
check "no Excel: --uninstall" run --uninstall
state after
check "no Excel: nothing is left" same none after

# around NAME FILE VALUE: install, install again, uninstall, with an add-in of somebody else
around() {
    put "$excel\\Options" OPEN '/R "C:\other.xll"'
    put "$excel\\Options" OPEN2 '/R "C:\third.xll"'
    put "$excel\\Options" OPEN3 "/R \"$folder\\${2}x\""
    state before
    check "$1: --install" run --install
    check "$1: it says so" grep -q 'Excel 里也有了“年报”菜单' "$work/out"
    check "$1: again" run --install
    state on
    check "$1: the file" cmp "$built/$2" "$installed/$2"
    check "$1: on Excel's list" lists on OPEN1 "$2"
    check "$1: once" test "$(grep -c '^"OPEN.*nianbao..\.xll\\""$' "$work/on")" = 1
    check "$1: --uninstall" run --uninstall
    state after
    check "$1: nothing is left" same before after
}
machine '16.0\Excel\InstallRoot' Path 'C:\Office\'
machine '16.0\Outlook' Bitness x64
around "64 bits" nianbao64.xll
machine '16.0\Outlook' Bitness x86
around "32 bits" nianbao32.xll
wine reg delete "HKLM\\$office\\16.0\\Outlook" /f >/dev/null 2>&1
machine 'ClickToRun\Configuration' Platform x64
around "Click-to-Run" nianbao64.xll
wine reg delete "HKLM\\$office\\ClickToRun" /f >/dev/null 2>&1
wine reg add "$paths" /ve /d "Z:$(printf %s "$built/nianbao-win32.exe" | tr / '\\')" /f >/dev/null 2>&1
around "no word of Office's" nianbao32.xll

# -- not wanted, unticked, in use --

x86_64-w64-mingw32-gcc -std=c11 -O2 -Wall -Wextra -Werror -municode -o "$work/hold.exe" "$(dirname "$0")/hold.c" || exit 2

machine '16.0\Outlook' Bitness x64
state before
check "--no-addin" run --install --silent --no-addin
state on
check "--no-addin: Excel's list is as it was" sh -c '! grep -q "nianbao..\.xll\\\\" "$0"' "$work/on"
check "--no-addin: --uninstall" run --uninstall
check "another word is no installation" sh -c '! NIANBAO_CONSOLE=1 wine "$0" --install --nonsense' "$program"
check "unticked: --install" run --install
wine reg delete "$excel\\Options" /v OPEN1 /f >/dev/null 2>&1
put "$excel\\Add-in Manager" "$folder\\nianbao64.xll" ''
check "unticked: --uninstall" run --uninstall
wine reg delete "$excel\\Add-in Manager" /f >/dev/null 2>&1
state after
check "unticked: nothing is left" same before after
run --install
state on
check "Excel is running: --uninstall" sh -c '! NIANBAO_CONSOLE=1 wine "$0" none "$1/nianbao64.xll" "$2" --uninstall >"$3" 2>&1' \
    "$work/hold.exe" "$installed" "$program" "$work/out"
check "Excel is running: it says so" grep -q '请先关闭“年报校验”和 Excel' "$work/out"
state held
check "Excel is running: all is there" same on held
check "Excel is closed: --uninstall" run --uninstall
state after
check "Excel is closed: nothing is left" same before after

# -- an Excel that was never started, an older one, the zip --

wine reg delete "HKCU\\$office" /f >/dev/null 2>&1
wine reg delete "HKLM\\$office" /f >/dev/null 2>&1
machine '15.0\Excel\InstallRoot' Path 'C:\Office\'
machine '15.0\ClickToRun\Configuration' Platform x86
mkdir -p "$c/zip/插件"
cp "$exe" "$c/zip"
cp "$built"/nianbao??.xll "$c/zip/插件"
program=$c/zip/nianbao.exe
state before
check "never started, from the zip: --install" run --install
state on
check "never started, from the zip: the file" cmp "$built/nianbao32.xll" "$installed/nianbao32.xll"
check "never started, from the zip: the key" grep -qF 'Office\15.0\Excel\Options]' "$work/on"
check "never started, from the zip: on Excel's list" lists on OPEN nianbao32.xll
check "never started, from the zip: --uninstall" run --uninstall
state after
check "never started, from the zip: nothing is left" same before after
rm -r "$c/zip"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
