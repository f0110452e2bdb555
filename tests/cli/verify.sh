#!/bin/sh
# SPDX-License-Identifier: MIT
# verify: as written, changed and where, not ours, of a newer version; folders; a roll-up and its inputs.
. "$(dirname "$0")/lib"
tamper=$HERE/tamper.py
code() { grep -o '校验码 [2-9A-Z]*-[2-9A-Z]*' "$1"; }
# part IN OUT PART FROM TO: a copy with one text of one part replaced
part() {
    /usr/bin/python3 - "$@" <<'PYTHON'
import sys, zipfile
old, new, part, before, after = sys.argv[1:]
with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
    for name in source.namelist():
        data = source.read(name)
        if name == part:
            assert before.encode() in data, before
            data = data.replace(before.encode(), after.encode(), 1)
        target.writestr(name, data)
PYTHON
}

fresh verify pass.xlsx:年报.xlsx fail.xlsx:待改/年报.xlsx pass.xls:旧.xls
expect "convert" 1 convert 年报.xlsx 待改/年报.xlsx
expect "as written" 0 verify 年报.校验通过.xlsx 待改/年报.待改.xlsx
ok "says so" says "【一致】年报.校验通过.xlsx"
ok "totals" last "一致 2 个，已改动 0 个"
ok "the code is the one on the cover" sh -c '"$1" cells 年报.校验通过.xlsx | grep -qF "$(sed -n "s/.*校验码 \([^（]*\)（.*/\1/p" "$2" | head -1)"' - "$PROGRAM" "$OUT"
expect "one file" 0 verify 年报.校验通过.xlsx
ok "one line" lines 1 "$OUT"
expect "in English" 0 verify --lang en 年报.校验通过.xlsx
ok "is English" says "[as written]"

expect "not ours" 2 verify 年报.xlsx
ok "says so" says "【不是本程序写的】"
expect "an old workbook" 2 verify --json 旧.xls
ok "state" says '"state":"not-ours"'
echo "no workbook" > 坏.xlsx
expect "unreadable" 2 verify --json 坏.xlsx
ok "state" says '"state":"unreadable","error":{"code":"'
expect "not there" 2 verify 没有.xlsx
expect "no file" 2 verify

part 年报.校验通过.xlsx 新版.xlsx docProps/custom.xml nianbao.stamp/1 nianbao.stamp/2
expect "newer" 2 verify 新版.xlsx
ok "says so" says "【由更新的版本写成】"
part 年报.校验通过.xlsx 旧版.xlsx docProps/custom.xml nianbao.stamp/1 nianbao.stamp/0
expect "a version that never was" 1 verify 旧版.xlsx
part 年报.校验通过.xlsx 无印.xlsx docProps/custom.xml nianbao.schema x.schema
expect "the schema taken away" 1 verify 无印.xlsx
ok "says what" says "改动的是程序留下的记录"

ok "100 changes of each at random places" /usr/bin/python3 "$tamper" "$PROGRAM" 年报.校验通过.xlsx 待改/年报.待改.xlsx
/usr/bin/python3 - <<'END'
import re, zipfile
with zipfile.ZipFile("年报.校验通过.xlsx") as book, zipfile.ZipFile("显示的数.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
    for name in book.namelist():
        data = book.read(name).decode("utf-8", "surrogateescape")
        if name == "xl/worksheets/sheet3.xml":
            data = re.sub(r"(</f><v>)[0-9]+(</v>)", r"\g<1>98765\2", data, count=1)
        out.writestr(name, data.encode("utf-8", "surrogateescape"))
END
expect "another result beside a formula" 1 verify 显示的数.xlsx
ok "what is shown now" says "→ 98765"
part 年报.校验通过.xlsx 改.xlsx xl/worksheets/sheet3.xml 'SUM(D5:I5)' 'SUM(D5:H5)'
expect "a formula" 1 verify 改.xlsx 年报.校验通过.xlsx
ok "where, and whose" says "'三、依申请公开'!J5："
ok "from what to what" says "（公式 =SUM(D5:I5)） → =SUM(D5:H5)（“一、新收”行、“总计”列）"
expect "JSON" 1 verify --json 改.xlsx
ok "a line" lines 1 "$OUT"
ok "schema" says '{"schema":"nianbao.verify/1","program":"nianbao '
ok "the change" says '{"sheet":"三、依申请公开","cell":"J5","key":"requests.received.total","before":"=SUM(D5:I5)"'

fresh nowhere
cp "$HERE/../../samples/洪泽区2023.xlsx" 年报.xlsx
/usr/bin/python3 -B "$HERE/mend.py" 年报.xlsx 三、依申请公开 C13=某
expect "a report without one of the rows" 1 convert 年报.xlsx
expect "the hidden sheet of the clerk's own workbook" 0 cells 年报.待改.xlsx
ok "says that its numbers are nowhere" grep -q '^nianbao	F1	.*|-|-|-|-|-|-|-|D14|||' "$OUT"

fresh folder pass.xlsx:a/年报.xlsx fail.xlsx:b/年报.xlsx
expect "convert" 1 convert .
cp a/年报.校验通过.xlsx 收到.xlsx
cp a/年报.xlsx b/别的.校验通过.xlsx
expect "a folder" 2 verify .
ok "ours, by name or by stamp; others are passed over" last "一致 3 个，已改动 0 个，不是本程序写的 1 个，由更新的版本写成 0 个，读不了 0 个；另有 2 个"
mkdir empty
expect "an empty folder" 2 verify empty

fresh rollup pass.xlsx:in/a/年报.xlsx fail.xlsx:in/b/年报.xlsx
got=0
printf '全称,联系人,电话\n没有报的局,李四,13900000000\n' > 名单.csv
"$PROGRAM" rollup -o 汇总.xlsx --roster 名单.csv in > "$OUT" 2> "$ERR" < /dev/null || got=$?
if ! complains "还没有"; then
    expect "a roll-up" 0 verify 汇总.xlsx
    expect "and its inputs" 0 verify 汇总.xlsx in
    ok "all the same" says "2 份没有变，0 份后来改过，0 份找不到；文件夹里另有 0 份新的"
    ok "100 changes of it" /usr/bin/python3 "$tamper" "$PROGRAM" 汇总.xlsx
    printf x >> in/a/年报.xlsx
    mv in/b/年报.xlsx in/b/更正.xlsx
    expect "one changed, one moved" 1 verify 汇总.xlsx in
    ok "counts" says "1 份没有变，1 份后来改过，0 份找不到；文件夹里另有 0 份新的"
    ok "names it" says "后来改过：in/a/年报.xlsx"
    rm in/b/更正.xlsx
    cp "$BOOKS/pass.xls" in/新.xls
    expect "one missing, one new" 1 verify --json 汇总.xlsx in
    ok "names them" says '"inputs":{"same":0,"changed":["in/a/年报.xlsx"],"missing":["in/b/年报.xlsx"],"new":["in/新.xls"]}'
fi
done_testing
