#!/bin/sh
# SPDX-License-Identifier: MIT
# cells, template, forms, rules, JSON.
. "$(dirname "$0")/lib"
same() { [ "$(cat "$1")" = "$(printf "$2")" ]; }
json() { /usr/bin/python3 -c 'import json, sys; [json.loads(line) for line in sys.stdin.buffer.read().decode().splitlines()]' < "$OUT"; }
member() { [ "$(/usr/bin/python3 -c "import json, sys; print(json.loads(sys.stdin.readline())$1)" < "$OUT")" = "$2" ]; }

fresh know pass.xlsx:年报.xlsx odd.xlsx:odd.xlsx pass.xls:年报.xls fail.xlsx:坏.xlsx
expect "cells" 0 cells odd.xlsx
ok "escaped, covered cells left out" same "$OUT" 'b\\\\c\tA1\ttext\tx\\ty\\nz\\\\\nb\\\\c\tB2\ttext\tshown\n'
expect "cells of .xls" 0 cells 年报.xls
cut -f 2- "$OUT" > "$WORK/xls"
expect "cells of .xlsx" 0 cells 年报.xlsx
ok "agree" test "$(cat "$WORK/xls")" = "$(cut -f 2- "$OUT")"
expect "cells of nothing" 2 cells nothing.xlsx
ok "one line" lines 1 "$ERR"

expect "template" 0 template 2021
ok "default name" test -f '政府信息公开工作年度报告（2021年格式）.xlsx'
expect "again" 0 template 2021
ok "is not written twice" not test -e '政府信息公开工作年度报告（2021年格式）(2).xlsx'
cp 年报.xlsx '政府信息公开工作年度报告（2021年格式）.xlsx'
expect "beside another file" 0 template 2021
ok "numbered" test -f '政府信息公开工作年度报告（2021年格式）(2).xlsx'
ok "kept" cmp 年报.xlsx '政府信息公开工作年度报告（2021年格式）.xlsx'
cp 年报.xlsx t.xlsx
expect "a named file is replaced" 0 template 2021 -o t.xlsx
ok "by the template" cmp t.xlsx '政府信息公开工作年度报告（2021年格式）(2).xlsx'
expect "an empty template does not pass" 1 check --json t.xlsx
ok "table-empty" says '"rule":"table-empty"'

expect "forms" 0 forms
ok "2019" says 国办公开办函〔2019〕60号
ok "198 values" says "198 个数"
expect "forms as JSON" 0 forms --json
ok "JSON" json
ok "schema" member '["schema"]' nianbao.forms/1
expect "rules" 0 rules
ok "shared rule" says table-missing
ok "rule of a form" says 国办公开办函〔2021〕30号附件表三勾稽关系
expect "rules as JSON" 0 rules 2019 --json --lang en
ok "JSON" json
ok "schema" member '["schema"]' nianbao.rules/1
ok "only 2019" not says '"form":"2021"'

expect "JSON lines" 2 check --json 年报.xlsx 坏.xlsx nothing.xlsx
ok "one object a file" lines 3 "$OUT"
ok "JSON" json
ok "all values" member '["values"].__len__()' 200
ok "file as given" member '["file"]' 年报.xlsx
ok "sha256" member '["sha256"]' "$(sha256sum 年报.xlsx | cut -d' ' -f1)"
expect "JSON of a conversion" 0 convert --json --lang en -o out 年报.xlsx
ok "outputs" member '["outputs"]' "['out/年报.校验通过.xlsx', 'out/年报.摘要.txt']"
ok "the summary stays Chinese" grep -q '^没有改动您的文件' out/年报.摘要.txt
expect "English messages" 1 check --lang en 坏.xlsx
ok "last line" last '[fail]'
done_testing
