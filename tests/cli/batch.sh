#!/bin/sh
# SPDX-License-Identifier: MIT
# Many files at once: a line for each and their sum, CSV, what is not done again, and what is left when it is stopped or killed.
. "$(dirname "$0")/lib"
csv() { /usr/bin/python3 -c "import csv, sys; rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8', newline='')));
assert $1" "$OUT"; }
# many FOLDER N: N inputs; no workbook is half, and no temporary file is left
many() { mkdir "$1" && for i in $(seq -w "$2"); do cp "$BOOKS/pass.xlsx" "$1/单位$i.xlsx"; done; }
whole() { /usr/bin/python3 -c 'import sys, zipfile; [zipfile.ZipFile(f).testzip() for f in sys.argv[1:]]' "$1"/*.xlsx &&
          ! ls "$1"/.nianbao-* 2> /dev/null; }
sums() { (cd "$1" && cksum ./*); }

fresh lines fail.xlsx:d/一.xlsx pass.xlsx:d/二.xlsx warn.xlsx:d/三/三.xlsx
echo 不是表格 > d/四.xlsx
mkfifo d/五.xlsx
ln -s nowhere d/六.xlsx
expect "a folder" 2 check d
ok "a line for each that can be read, and the sum" lines 5 "$OUT"
ok "in their order" test "$(sed 's/：.*//' "$OUT" | head -n 3)" = "$(printf '【待改】d/一.xlsx\n【通过】d/三/三.xlsx\n【通过】d/二.xlsx')"
ok "what is wrong with it" says "【待改】d/一.xlsx：必须改 "
ok "what to look at" says "三.xlsx：请核实 1 项"
ok "the sum" last "共 6 个文件：通过 2 个，待改 1 个，读不了 3 个"
ok "one line for each that cannot" lines 3 "$ERR"
ok "which is named" complains "《五.xlsx》"
ok "no bar but on a terminal" not complains "["
expect "one file" 1 check d/一.xlsx
ok "is told in full" says "    位置："
ok "without a sum" not says "共 "
expect "highest status" 3 convert -o /proc/nianbao d
expect "one processor" 2 check --json d
cp "$OUT" "$WORK/all"
taskset -c 0 "$PROGRAM" check --json d > "$OUT" 2> "$ERR"
ok "says the same as all of them" cmp "$OUT" "$WORK/all"
script -qec "'$PROGRAM' check d" /dev/null > "$OUT" < /dev/null
ok "a bar on a terminal" says "] 1/6"

fresh csv fail.xlsx:一.xlsx pass.xlsx:=二.xlsx 'pass.xls:三,"四".xls'
echo 不是表格 > 五.xlsx
expect "CSV" 2 check --csv 一.xlsx =二.xlsx 五.xlsx
ok "errors and what cannot be read" csv "{r['severity'] for r in rows if r['file'] == '一.xlsx'} >= {'error'} and rows[-1]['rule'] == 'unsupported'"
ok "where, and what is there" csv "[(r['found'], r['expected'], r['difference']) for r in rows if r['rule'] == 'dispute-total'] == [('0', '11', '-11'), ('0', '5', '-5')]"
ok "nothing else" not says "共 "
expect "CSV of values" 2 check --csv=values 五.xlsx 一.xlsx =二.xlsx '三,"四".xls'
ok "a line for each" csv "[r['file'] for r in rows] == ['五.xlsx', '一.xlsx', \"'=二.xlsx\", '三,\"四\".xls']"
ok "and what it comes to" csv "[r['verdict'] for r in rows] == ['unreadable', 'fail', 'pass', 'pass'] and int(rows[1]['errors']) > 0"
ok "the keys of the form" test "$(head -n 1 "$OUT" | tr -d '\r' | tr , '\n' | tail -n +9)" = "$(cut -f 1 "$HERE/../data/keys-2021.tsv" | grep '\.')"
ok "with values" csv "all(v != '' for v in rows[2].values()) and list(rows[2].values())[1:] == list(rows[3].values())[1:]"
cp "$HERE"/../../samples/朔州市科技局2020.xlsx 六.xlsx
expect "two forms" 0 check --csv=values =二.xlsx 六.xlsx
ok "the first decides; the other is named" csv "rows[1]['form'] == '2019' and not any(list(rows[1].values())[8:]) and rows[1]['verdict'] == 'pass'"

fresh again pass.xlsx:d/一.xlsx fail.xlsx:d/二.xlsx
expect "first" 1 d
files() { (cd d && ls -i -- *.待改.xlsx *.校验通过.xlsx *.摘要.txt); }
files > "$WORK/first"
expect "again" 1 d
ok "nothing is written" test "$(cat "$WORK/first")" = "$(files)"
ok "and that is said" last "2 个没有变化，没有重写"
cp d/二.摘要.txt d/一.摘要.txt
expect "a summary of something else" 1 d
ok "is replaced" last "1 个没有变化"
files > "$WORK/first"
expect "--force" 1 convert --force d
ok "writes" test "$(cut -d' ' -f1 "$WORK/first" | LC_ALL=C sort)" != "$(files | cut -d' ' -f1 | LC_ALL=C sort)"
ok "and says nothing of it" not last "没有变化"
cp "$BOOKS/pass.xlsx" d/二.xlsx
expect "an input has changed" 0 d
ok "it alone is written" last "1 个没有变化"
ok "in place of what was" holds d 一.xlsx 一.校验通过.xlsx 一.摘要.txt 二.xlsx 二.校验通过.xlsx 二.摘要.txt
rm d/一.摘要.txt
expect "half a pair" 0 d
ok "is written" holds d 一.xlsx 一.校验通过.xlsx 一.摘要.txt 二.xlsx 二.校验通过.xlsx 二.摘要.txt
ok "the other is not" last "1 个没有变化"
mkdir f
{ cat "$HERE/../../templates/2021.yaml"; echo "# changed"; } > f/2021.yaml
expect "another definition" 0 convert --forms f d
ok "all is written" not last "没有变化"
cp d/二.校验通过.xlsx d/一.校验通过.xlsx
expect "an output of something else" 0 d/一.xlsx
ok "is replaced" says "已写出"
cp "$BOOKS/fail.xlsx" d/一.xlsx
expect "other verdict" 1 d/一.xlsx
cp d/二.校验通过.xlsx d/一.校验通过.xlsx
expect "an output of ours that a killed run has left" 1 d/一.xlsx
ok "goes when nothing is written, too" holds d 一.xlsx 一.待改.xlsx 一.摘要.txt 二.xlsx 二.校验通过.xlsx 二.摘要.txt
ok "which is said" says "没有变化，没有重写：d/一.待改.xlsx"

fresh twins
for i in 1 2 3 4; do mkdir -p d; cp "$BOOKS/pass.xlsx" d/$i.xlsx; cp "$BOOKS/pass.xls" d/$i.xls; cp "$BOOKS/fail.xlsx" d/$i.xlsm; done
taskset -c 0 "$PROGRAM" -o one d > /dev/null
for run in first second; do
    rm -rf out
    expect "twins, $run run" 1 -o out d
    ok "the same numbers as on one processor" test "$(sums one)" = "$(sums out)"
done
ok "one pair for each" test "$(ls out | wc -l)" -eq 24

# The program's output goes into a pipe that nobody empties, so it is somewhere in the middle.
fresh stop
many d 30
mkfifo pipe
taskset -c 0 "$PROGRAM" convert --json -o out d > pipe 2> "$ERR" &
exec 3< pipe
IFS= read -r _ <&3
kill -TERM $!
cat <&3 > rest
wait $!
ok "stopped (status 130)" test $? -eq 130
exec 3<&-
done=$(($(wc -l < rest) + 1))
ok "in the middle" test "$done" -lt 30
ok "says how far" complains "已停：做完 $done 个，还有 $((30 - done)) 个没有做；再运行一次会接着做。"
ok "what is done is whole" whole out
ok "and told" test "$(ls out | wc -l)" -eq $((2 * done))
expect "goes on" 0 -o out d
ok "from there" last "$done 个没有变化"

rm -r out
taskset -c 0 "$PROGRAM" convert --json -o out d > pipe 2> "$ERR" &
exec 3< pipe
IFS= read -r _ <&3
kill -KILL $!
cat <&3 > rest
wait $! 2> /dev/null
exec 3<&-
ok "killed in the middle" test "$(ls out | wc -l)" -lt 60
ok "what has its name is whole" /usr/bin/python3 -c 'import sys, zipfile; [zipfile.ZipFile(f).testzip() for f in sys.argv[1:]]' out/*.xlsx
echo rest > out/.nianbao-1-0.tmp
echo held > out/.nianbao-1-1.tmp
echo mine > out/.nianbao.tmp
flock out/.nianbao-1-1.tmp "$PROGRAM" -o out d > "$OUT" 2> "$ERR"
ok "goes on" test $? -eq 0
ok "clears away what was left" not test -e out/.nianbao-1-0.tmp
ok "but not what is being written" test -e out/.nianbao-1-1.tmp
ok "nor what is not ours" test -e out/.nianbao.tmp
rm out/.nianbao*
ok "all is whole" whole out
"$PROGRAM" -o fresh d > "$OUT"
ok "and the same as from one run" test "$(sums fresh)" = "$(sums out)"
done_testing
