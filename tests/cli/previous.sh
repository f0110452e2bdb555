#!/bin/sh
# SPDX-License-Identifier: MIT
# Last year's reports: --previous of check, convert and template. Which numbers must be found is judged by tests/judge.
. "$(dirname "$0")/lib"

Y=$WORK/years
/usr/bin/python3 -B "$HERE/years.py" "$Y" || exit 1
cd "$Y" || exit 1

expect "a file" 0 check --previous last.xlsx now.xlsx
ok "nothing to say" says "必须改 0 项，请核实 0 项，提示 0 项"
ok "nothing on stderr" lines 0 "$ERR"
expect "one too few" 0 check --previous last.xlsx off.xlsx
ok "the total" says "填的是 120，上一年度报告的“四、结转下年度”是 121，少了 1"
ok "and the column, as a note" says "填的是 117，上一年度报告的“四、结转下年度”是 118，少了 1"
expect "--strict" 1 check --strict --previous last.xlsx off.xlsx
expect "JSON" 0 check --json --previous last.xlsx off.xlsx
ok "names it" says '"previous":{"file":"last.xlsx","year":2023,"unit":"宿迁市人民政府"}'
ok "the finding" says '{"rule":"carry-over","severity":"warning","keys":["requests.carried_in.total"]'
ok "its numbers" says '"found":"120","expected":"121","difference":"-1"'
expect "without it" 0 check --json off.xlsx
ok "no member" not says '"previous"'
expect "English" 0 check --lang en --previous=last.xlsx off.xlsx
ok "speaks it" says "found 120, last year's report carried 121 over"

expect "another year" 0 check --previous older.xlsx off.xlsx
ok "says so" complains "“older.xlsx”是 2022 年度的，不是 2023 年度的，没有使用"
ok "is not used" says "请核实 0 项"
expect "the same year" 0 check --previous now.xlsx off.xlsx
ok "says so" complains "是 2024 年度的，不是 2023 年度的"
expect "another unit" 0 check --previous other.xlsx off.xlsx
ok "says so" complains "仍用来核对"
ok "is used" says "是 0，多了 120"
expect "a failing one" 1 check --previous failing.xlsx failing-now.xlsx
ok "says so" complains "本身还有必须改的地方"
ok "a table used again" says "表三的每一个数都和上一年度报告相同"
echo 不是表格 > bad.xlsx
expect "an unreadable one" 0 check --previous bad.xlsx off.xlsx
ok "says so" complains "“bad.xlsx”读不了，没有使用"
expect "none" 2 check --previous nowhere.xlsx off.xlsx
ok "is named" complains nowhere.xlsx

expect "after a merger" 0 check --json --previous last.xlsx --previous other.xlsx off.xlsx
ok "both are named" says '"also":["'
ok "and said" complains "按各数之和核对"
ok "the sum" says '"found":"120","expected":"121"'
expect "the same file twice" 0 check --previous last.xlsx --previous last.xlsx now.xlsx
ok "counts once" says "请核实 0 项"
ok "says so" complains "只计一次"

expect "a folder" 0 check --previous . off.xlsx
ok "the finding" says "填的是 120"
expect "many at once" 1 check --json --previous . off.xlsx failing-now.xlsx other.xlsx
ok "each has its own" test "$(grep -o '"previous":{"file":"[^"]*"' "$OUT" | LC_ALL=C sort | tr -d '\n')" = \
   '"previous":{"file":"./failing.xlsx""previous":{"file":"./last.xlsx"'
ok "what cannot be read" complains "有 1 个文件读不了"
expect "several, and one file" 1 check --json --previous last.xlsx off.xlsx failing-now.xlsx
ok "is for its own unit alone" test "$(grep -c '"previous"' "$OUT")" = 1

expect "the form of 2019, then of 2021" 0 check --json --previous 2020.xlsx 2021.xlsx
ok "is compared" says '"previous":{"file":"2020.xlsx","year":2020'
ok "but never 现行有效" not says in-force

rm -rf mixed && mkdir mixed && mv slip.xlsx mixed/宿迁市.xlsx && "$PROGRAM" mixed > /dev/null 2>&1
cp mixed/宿迁市.待改.xlsx mixed/改.xlsx && rm mixed/宿迁市.待改.xlsx
/usr/bin/python3 -B "$HERE/mend.py" mixed/改.xlsx 表三 J6=3511
expect "what was corrected last year" 0 mixed/改.xlsx
expect "beside what it was made from" 0 check --json --previous mixed off.xlsx
ok "is what counts" grep -qE '"previous":\{"file":"mixed/改[^"]*.xlsx"' "$OUT"
ok "and nothing is wrong with it" lines 0 "$ERR"

rm -rf out
expect "convert" 0 --previous last.xlsx -o out off.xlsx
ok "the summary compares" grep -q "与上年对比" out/off.摘要.txt
ok "and says with what" grep -q "用来核对的上一年度报告：last.xlsx（宿迁市人民政府，2023年度）" out/off.摘要.txt
expect "the stamp" 0 verify out/off.校验通过.xlsx
expect "again" 0 --json --previous last.xlsx -o out off.xlsx other.xlsx
ok "it is not written again" test "$(find out -name '*(2)*' | wc -l)" = 0
/usr/bin/python3 -B "$HERE/mend.py" out/off.校验通过.xlsx 校验结果 K4=更正了去年的报告
expect "what was explained" 0 --json --previous last.xlsx -o out2 out/off.校验通过.xlsx
ok "is kept" says '"explained":"更正了去年的报告"'
expect "in a workbook that is converted without last year" 0 -o out3 out2/off.校验通过.xlsx
ok "it is kept too" "$PROGRAM" verify out3/off.校验通过.xlsx
"$PROGRAM" -o out5 last.xlsx > /dev/null
expect "our own output as last year's" 0 check --previous out5/last.校验通过.xlsx off.xlsx
ok "says the same" says "填的是 120，上一年度报告的“四、结转下年度”是 121"
expect "without" 0 -o out4 off.xlsx
ok "there is no comparison" not grep -q "与上年对比" out4/off.摘要.txt
expect "nothing found" 0 --previous other.xlsx --previous older.xlsx -o out now.xlsx
rm -rf empty && mkdir empty && cp older.xlsx empty
expect "nothing found in a folder" 0 --previous empty -o out now.xlsx
ok "the summary says so" grep -q "没有上年数据，未核对结转" out/now.摘要.txt
ok "stderr does not" lines 0 "$ERR"

expect "a template" 0 template 2021 --previous last.xlsx -o blank.xlsx
expect "does not pass untouched" 1 check --json --previous last.xlsx blank.xlsx
ok "says 上年结转" says '"requests.carried_in.natural_person":{"value":"118"'
ok "and its total" says '"requests.carried_in.total":{"value":"121"'
ok "knows the unit and the year" says '"unit":"宿迁市人民政府","year":2024'
ok "nothing else is there" not says row-unknown
ok "no total is wrong" not says row-total
expect "with nothing carried over" 0 template 2021 --previous other.xlsx -o nothing.xlsx
expect "does not pass untouched" 1 check --json nothing.xlsx
ok "no table of it does" test "$(grep -o '"rule":"table-empty"' "$OUT" | wc -l)" = 3
expect "of the other form" 0 template 2019 --previous last.xlsx -o blank2019.xlsx
ok "says so" complains "下一年度应当用 2021 格式"
expect "of a folder" 2 template 2021 --previous . -o blank.xlsx
ok "says so" complains "是文件夹"
expect "of an unreadable file" 2 template 2021 --previous bad.xlsx -o blank.xlsx
done_testing
