#!/bin/sh
# SPDX-License-Identifier: MIT
# Rolling up, as somebody at a terminal sees it; the arithmetic is judged by tests/judge/rollup.py.
. "$(dirname "$0")/lib"

fresh rollup pass.xlsx:d/一.xlsx fail.xlsx:d/二.xlsx warn.xlsx:d/旧表.xlsx
echo 不是表格 > d/坏.xlsx
expect "--help" 0 rollup --help
ok "shows an example" says "nianbao rollup -o 汇总.xlsx --roster"
expect "no -o" 2 rollup d
ok "says what to add" complains "-o 汇总.xlsx"
expect "no workbook" 2 rollup -o 汇总.xls d
expect "no folder" 2 rollup -o 汇总.xlsx nowhere
ok "nothing is written" holds . d/一.xlsx d/二.xlsx d/旧表.xlsx d/坏.xlsx
expect "--only-valid of check" 2 check --only-valid d
expect "no list" 2 rollup --roster nowhere.csv -o 汇总.xlsx d
ok "which is named" complains nowhere.csv
printf '全称\n甲局\n甲局\n' > 名单.csv
expect "a list with a name twice" 2 rollup --roster 名单.csv -o 汇总.xlsx d
ok "says where" complains "第 3 行"

expect "a folder with one that cannot be read" 2 rollup -o out/汇总.xlsx d
ok "what is of another form" says "旧表.xlsx：2019 年度，2019年格式"
ok "what cannot be read" says "坏.xlsx：《坏.xlsx》"
ok "what was written" says "已写出：out/汇总.xlsx"
ok "the verdict" last "2023 年度：计入 1 个单位，待更正 0 个，没有计入 3 个文件"
ok "outputs" holds out 汇总.xlsx 公布情况.txt 退回清单/坏.xlsx.txt
expect "English" 2 rollup --lang en -o out/汇总.xlsx d
ok "speaks it" last "counted 1 units, 0 to be corrected"
ok "and replaces what is there" holds out 汇总.xlsx 公布情况.txt 退回清单/坏.xlsx.txt
echo 请打电话 >> out/公布情况.txt
expect "a text that somebody has changed" 2 rollup -o out/汇总.xlsx d
ok "stays" holds out 汇总.xlsx 公布情况.txt '公布情况(2).txt' 退回清单/坏.xlsx.txt
cp "$BOOKS/warn.xlsx" out/汇总.xlsx
expect "what is no roll-up" 2 rollup -o out/汇总.xlsx d
ok "stays too" cmp "$BOOKS/warn.xlsx" out/汇总.xlsx
ok "and the new one has a number" says "已写出：out/汇总(2).xlsx"
cp d/一.xlsx out/别的.校验通过.xlsx
"$PROGRAM" convert -o out out/别的.校验通过.xlsx > /dev/null
cp out/别的.校验通过.xlsx out/三.xlsx
expect "nor a workbook of ours that is none" 2 rollup -o out/三.xlsx d
ok "is replaced" says "三(2).xlsx"

printf '全称,联系人,电话\n宿迁市人民政府,张三,123456789\n某某局,李四,987654321\n' > 名单.csv
expect "somebody is missing" 2 rollup --roster 名单.csv -o out/汇总.xlsx d
ok "who" says "【未报】某某局"
ok "how many" last "未报 1 个"
ok "no telephone numbers" not grep -rqF 987654321 "$OUT" out/公布情况.txt out/退回清单
expect "one year of several" 2 rollup --year 2019 -o out/年.xlsx d
ok "that one" last "2019 年度：计入 1 个单位"
expect "CSV" 2 rollup --csv -o out/汇总.xlsx d
ok "a line for each" lines 5 "$OUT"
ok "with its fate" says ",other-form,"
expect "without it" 0 rollup -o gut/汇总.xlsx d/一.xlsx d/旧表.xlsx
expect "somebody is missing" 1 rollup --roster 名单.csv -o gut/汇总.xlsx d/一.xlsx
printf '名称，电话\n宿迁市人民政府，1\n' > 名单.txt
expect "a list with Chinese commas" 0 rollup --roster 名单.txt -o gut/汇总.xlsx d/一.xlsx
expect "disk full" 3 rollup -o /dev/full/汇总.xlsx d
rm d/一.xlsx d/二.xlsx d/旧表.xlsx
expect "nothing to read" 2 rollup -o leer/汇总.xlsx d
ok "nothing is written" not test -e leer/汇总.xlsx
done_testing
