#!/bin/sh
# SPDX-License-Identifier: MIT
# text.sh: --text, the running text of a report beside its workbook.
. "$(dirname "$0")/lib"
fresh text
cp "$HERE/../../samples/朔州市科技局2020.xlsx" 年报.xlsx
printf '全年共办理政府信息公开申请4件，其中：予以公开2件，不予公开1件。\n' > 正文.txt
printf '全年共办理政府信息公开申请4件，其中：予以公开3件，不予公开1件。\n' > 写错.txt

expect "text that agrees" 0 check --strict --text 正文.txt 年报.xlsx
expect "text that does not" 0 check --text 写错.txt 年报.xlsx
ok "quoted" says "予以公开3件"
ok "with the number of the table" says "表三 J29 是 2"
expect "is a warning" 1 check --strict --text=写错.txt 年报.xlsx
expect "JSON" 0 check --json --text 写错.txt 年报.xlsx
ok "rule, severity and key" says '"rule":"narrative","severity":"warning","keys":["requests.granted.total"]'
ok "found and expected" says '"found":"3","expected":"2","difference":"1"'
iconv -f UTF-8 -t GB18030 写错.txt > 国标.txt
expect "another encoding" 1 check --strict --text 国标.txt 年报.xlsx
expect "the summary" 0 convert -o 结果 --text 写错.txt 年报.xlsx
ok "says what was compared" grep -q '认出 3 个表里也有的数，2 个对得上' 结果/年报.摘要.txt
expect "without text" 0 convert -o 无 年报.xlsx
ok "says so" grep -q '没有提供正文' 无/年报.摘要.txt

cp 年报.xlsx 另一份.xlsx
expect "one input alone" 2 check --text 正文.txt 年报.xlsx 另一份.xlsx
ok "and says so" complains "只能有一个输入文件"
expect "one text alone" 2 check --text 正文.txt --text=写错.txt 年报.xlsx
ok "and says so, too" complains "--text 只能写一次"
expect "no such text" 2 check --text 没有.txt 年报.xlsx
ok "one line" lines 1 "$ERR"
expect "not for a roll-up" 2 rollup -o 汇总.xlsx --text 正文.txt 年报.xlsx
done_testing
