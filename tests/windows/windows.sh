#!/bin/sh
# SPDX-License-Identifier: MIT
# windows.sh NIANBAO.EXE NIANBAO: every button of every window, pressed under wine on a screen of its own; small programs stand for Excel,
# the editor and the Explorer. Pictures of the windows stay in build/windows/pictures. Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/../.." || exit 2
case $1 in /*) exe=$1 ;; *) exe=$PWD/$1 ;; esac
case $2 in /*) linux=$2 ;; *) linux=$PWD/$2 ;; esac
pictures=$PWD/build/windows/pictures
. tests/windows/screen.sh
mkdir -p "$c/in"

# What a machine with Excel has in its registry.
{
    echo 'REGEDIT4'
    for kind in .xlsx .txt; do printf '\n[HKEY_CLASSES_ROOT\\%s]\n@="opened"\n' "$kind"; done
    for verb in 'opened\shell\open' 'Folder\shell\open' 'Folder\shell\explore'; do
        printf '\n[HKEY_CLASSES_ROOT\\%s\\command]\n@="C:\\\\open.exe \\"%%1\\""\n' "$verb"
    done
    printf '\n[-HKEY_CLASSES_ROOT\\Folder\\shell\\open\\ddeexec]\n'          # else wine's own Explorer is asked first
} >"$c/opened.reg"
wine regedit 'C:\opened.reg' >/dev/null 2>&1

cp samples/宿迁市2023多处笔误.xlsx "$c/in/年报.xlsx"
cp samples/朔州市科技局2020.xlsx "$c/in/fine.xlsx"

# -- the buttons of the result --

start 'C:\in\年报.xlsx'
check "result: shown" window "$done_text"
check "result: seen" see result
check "打开工作簿: there" window "$done_text" 打开工作簿
check "打开工作簿" opened 'C:\in\年报.待改.xlsx'
check "打开摘要: there" window "$done_text" 打开摘要
check "打开摘要" opened 'C:\in\年报.摘要.txt'
check "打开文件夹: there" window "$done_text" 打开文件夹
check "打开文件夹" opened 'C:\in'
check "复制结果: there" window "$done_text" 复制结果
check "复制结果" copied 年报.待改.xlsx
"$linux" check --json "$c/in/年报.xlsx" >"$work/json"
check "复制结果: the headline first" sh -c 'head -n 1 "$0" | grep -q "^待改：必须改 [0-9]* 项"' "$work/clip"
check "复制结果: every finding" /usr/bin/python3 -c 'import json, sys
text = open(sys.argv[1], encoding="utf-8").read()
missing = [f["message"] for f in json.load(open(sys.argv[2], encoding="utf-8"))["findings"] if f["message"] not in text]
sys.exit("\n".join(missing) or 0)' "$work/clip" "$work/json"
check "复制结果: the outputs" grep -q '年报.待改.xlsx、年报.摘要.txt' "$work/clip"
check "关闭: there" window "$done_text" 关闭
check "关闭: status 1" ends 1

# -- many files --

mkdir "$c/lots" "$c/甲" "$c/乙"
for i in 1 2 3 4 5 6 7 8; do cp "$c/in/fine.xlsx" "$c/lots/$i.xlsx"; done
cp "$c/in/年报.xlsx" "$c/lots/a.xlsx"
cp "$c/in/年报.xlsx" "$c/lots/b.xlsx"
cp "$c/in/年报.xlsx" "$c/lots/d.xlsx"
echo none >"$c/lots/c.xlsx"
echo none >"$c/lots/说明.pdf"
start 'C:\lots'
check "many: shown" window "$done_text"
check "many: seen" see lots
check "many: the unreadable one is said" says '【读不了】《c.xlsx》'
check "many: the worst first" rows "【读不了】《c.xlsx》 【待改】《a.xlsx》 【待改】《b.xlsx》 【待改】《d.xlsx》 $(for i in 1 2 3 4; do printf '【通过】《%s.xlsx》 ' $i; done | sed 's/ $//')"
check "many: five lines, the likely cells first" test "$(grep -c '^【先查】\|^[0-9]\.【必须改】' "$work/read")" = 5
check "many: where the rest of the findings is" says '……另有 1 项没有列在这里，见摘要。'
check "many: where all of them are" says '《d.xlsx》必须改 8 项，请核实 1 项，提示 2 项（8 项见摘要）'
check "many: the others are counted" says '……另有 4 个文件没有列在这里：通过 4 个。'
check "many: what was not read" says '文件夹里另有 1 个文件没有读：说明.pdf。'
check "many: whose outputs are opened" says '按钮打开的是《a.xlsx》的结果。'
check "many: Escape" closes Escape
check "many: status 2" ends 2

cp "$c/in/fine.xlsx" "$c/甲/年报.xlsx"
cp "$c/in/fine.xlsx" "$c/乙/年报.xlsx"
start 'C:\甲\年报.xlsx' 'C:\乙\年报.xlsx'
check "one name in two folders: shown" window "$done_text" 关闭
check "one name in two folders" rows '【通过】《甲\年报.xlsx》 【通过】《乙\年报.xlsx》'
check "one name in two folders: where the results are" says '结果写在各原文件旁边。'
check "one name in two folders: status 0" ends 0

# -- a folder that cannot be written to: only its files go elsewhere --

mkdir -p "$c/closed/一" "$c/closed/二"
cp "$c/in/fine.xlsx" "$c/closed/一/只读.xlsx"
cp "$c/in/fine.xlsx" "$c/closed/二/只读.xlsx"
close_folder "$c/closed"
rm "$c/甲"/*.*.*
start 'C:\closed\一\只读.xlsx' 'C:\甲\年报.xlsx' 'C:\closed\二\只读.xlsx'
check "a closed folder: asks" window 的文件夹不能写入
check "a closed folder: Return" closes Return
check "a closed folder: shown" window "$done_text" 关闭
check "a closed folder: says where" says '结果：1 个写在原文件旁边，2 个写在您选的文件夹里。'
check "a closed folder: asked once, status 0" ends 0
check "a closed folder: the others stay beside" test -s "$c/甲/年报.校验通过.xlsx"
desktop() { find -L "$c/users" "$HOME" -name '只读*.校验通过*.xlsx' -exec basename {} \; | sort -u | tr '\n' ' '; }
check "a closed folder: on the desktop, each by its own name" test "$(desktop)" = '只读.校验通过(2).xlsx 只读.校验通过.xlsx '

# -- paths that Excel cannot open --

deep=$(printf '很长的文件夹名%.0s' 1 2 3 4 5 6 7 8 9 10 11)           # 77 characters
mkdir -p "$c/$deep/$deep/$deep"
cp "$c/in/fine.xlsx" "$c/$deep/$deep/$deep/年报.xlsx"
: >"$c/opened.txt"
start "C:\\$deep\\$deep\\$deep\\年报.xlsx"
check "a long path: shown" window "$done_text" 打开工作簿
check "a long path: by the short names of its folders" sh -c 'for _ in $(seq 200); do [ -s "$0" ] && break; sleep 0.1; done
    cat "$0"; grep -q "~.*年报.校验通过.xlsx$" "$0" && [ "$(wc -m <"$0")" -lt 219 ]' "$c/opened.txt"
check "a long path: Escape" closes Escape
check "a long path: status 0" ends 0

# -- a shortcut that leads nowhere --

echo nonsense >"$c/in/坏的.lnk"
start 'C:\in\坏的.lnk'
check "a broken shortcut: shown" window "$done_text" 关闭
check "a broken shortcut" says '【读不了】《坏的.lnk》：这个快捷方式指向的文件找不到'
check "a broken shortcut: status 2" ends 2

# -- silent --

quiet() { wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\nianbao' 2>/dev/null | grep 'QuietUninstallString.*nianbao.exe" --uninstall --silent'; }
check "--install --silent" timeout 20 wine "$exe" --install --silent
check "--install --silent: how to remove it silently" quiet
check "--uninstall /S" timeout 20 wine "$exe" --uninstall /S
check "--uninstall /S: gone" test -z "$(quiet)"

# -- a result that is open in Excel --

program=C:\\hold.exe
start read 'C:\in\年报.待改.xlsx' "$exe" 'C:\in\年报.xlsx'
program=
check "open in Excel: shown" window "$done_text" 复制结果
check "open in Excel: says so" says '“年报.待改.xlsx”正在别的程序（多半是 Excel 或 WPS）里打开，没有覆盖；这次的结果写在“年报.待改(2).xlsx”。'
check "open in Excel: copied" copied '这次的结果写在“年报.待改(2).xlsx”。'
check "open in Excel: seen" see held
check "open in Excel: 关闭" window "$done_text" 关闭
check "open in Excel: status 1" ends 1

# -- without task dialogs --

sed 's/TaskDialogIndirect/TaskDialogIndirecx/' "$exe" >"$c/old.exe"
: >"$c/opened.txt"
program=C:\\old.exe
start 'C:\in\fine.xlsx'
check "message box: shown" window "$done_text"
check "message box: seen" see message-box
check "message box: Return" closes Return
check "message box: opens the workbook" opened 'C:\in\fine.校验通过.xlsx'
check "message box: status 0" ends 0
start
check "message box: welcome" window '点“确定”选择文件'
check "message box: welcome seen" see message-box-welcome
check "message box: Escape" closes Escape
check "message box: nothing was done" ends 0
program=

# -- files to choose --

rm "$c/in/fine.校验通过.xlsx"
start
check "welcome" window 选择文件
check "files to choose: Return" closes Return
check "files to choose: shown" window 请选择年报表格
check "files to choose: seen" see choose
keys key ctrl+a type --delay 30 'C:\in\fine.xlsx'
check "files to choose: typed" window 'C:\in\fine.xlsx'
check "files to choose: Return" closes Return
check "files to choose: converted" window "$done_text" 关闭
check "files to choose: status 0" ends 0
check "files to choose: written" test -s "$c/in/fine.校验通过.xlsx"

# -- the right-click verb: a process for each file, one window --

cp "$c/in/fine.xlsx" "$c/in/second.xlsx"
for file in 年报 second; do
    wine "$exe" --gather "C:\\in\\$file.xlsx" >/dev/null 2>&1 & others="${others:-} $!"
done
start --gather 'C:\in\fine.xlsx'
check "three selected files: shown" window "$done_text"
check "three selected files: seen" see gathered
check "three selected files: one result" says '共 3 个文件：通过 2 个，待改 1 个，读不了 0 个'
check "three selected files: one window" test "$(xdotool search --onlyvisible --name '^年报校验$' | wc -l)" = 1
check "three selected files: Escape" closes Escape
# shellcheck disable=SC2086
wait "$started" $others
check "three selected files: no second window" test -z "$(xdotool search --onlyvisible --name '^年报校验$')"

# -- a cancelled run --

n=300
mkdir "$c/many"
for i in $(seq $n); do cp "$c/in/fine.xlsx" "$c/many/$i.xlsx"; done
start 'C:\many'
check "progress: shown" window 正在校验第
check "progress: seen" see progress
check "progress: 取消" window 正在校验第 '取消(&C)'
check "cancelled: shown" window 已取消 复制结果
check "cancelled: copied" copied "共 $n 个文件"
check "cancelled: seen" see cancelled
check "cancelled: Escape" closes Escape
check "cancelled: status 3" ends 3
done_files=$(find "$c/many" -name '*.摘要.txt' | wc -l)
check "cancelled: some were done, some were not" test "$done_files" -gt 0 -a "$done_files" -lt $n
check "cancelled: says how many" sh -c 'head -n 1 "$0" | grep -q "^共 $2 个文件：通过 $1 个，.*，已取消 $(($2 - $1)) 个$"' "$work/clip" "$done_files" $n
check "cancelled: whole pairs" test "$(find "$c/many" -name '*.校验通过.xlsx' -size +1k | wc -l)" = "$done_files"
check "cancelled: nothing unfinished" test -z "$(find "$c/many" -name '.nianbao*')"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
