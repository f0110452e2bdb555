#!/bin/sh
# SPDX-License-Identifier: MIT
# Words of the command line: options, commands, help, and what is said of mistakes.
. "$(dirname "$0")/lib"
fresh usage pass.xlsx:年报.xlsx

expect "no words" 2
ok "one line" lines 1 "$ERR"
ok "nothing on stdout" lines 0 "$OUT"
expect "--help" 0 --help
for command in convert check rollup verify template forms rules cells; do
    ok "help has $command" says "nianbao $command"
done
for command in convert check rollup verify template forms rules cells; do
    expect "$command --help" 0 "$command" --help
    ok "$command has an example" says "例子"
done
expect "English help" 0 --help --lang en
ok "is English" says "Exit status: 0 valid"
expect "version" 0 --version
ok "version line" lines 1 "$OUT"

cp "$HERE/../../templates/2021.xlsx" 年度报告.xlsx
expect "unit and year of last resort" 1 check --json --unit 某局 --year 2023 年度报告.xlsx
ok "they are taken" says '"unit":"某局","year":2023'
rm 年度报告.xlsx
expect "a file that says its own" 0 check --json --unit 某局 --year 2022 年报.xlsx
ok "keeps them" not says 某局
for year in 23 12345 二三 1999; do
    expect "--year $year" 2 check --year "$year" 年报.xlsx
    ok "--year $year: said" complains 年度
done

expect "misspelt command" 2 chekc 年报.xlsx
ok "suggests" complains "nianbao check"
ok "touched nothing" holds . 年报.xlsx
expect "unknown option" 2 check --nope 年报.xlsx
ok "names it" complains "--nope"
expect "option of another command" 2 cells --json 年报.xlsx
expect "check writes nothing to force" 2 check --force 年报.xlsx
expect "a CSV of something else" 2 check --csv=rows 年报.xlsx
ok "names it" complains "rows"
expect "JSON and CSV" 2 check --csv --json 年报.xlsx
expect "option without its argument" 2 check 年报.xlsx -o
expect "bad language" 2 --lang fr 年报.xlsx
expect "check without a file" 2 check
expect "forms with a word" 2 forms x
expect "cells of two files" 2 cells 年报.xlsx 年报.xlsx
expect "unknown form" 2 template 1999
ok "says which there are" complains "2021"
ok "usage errors are one line" lines 1 "$ERR"
expect "no such folder of forms" 2 check --forms nowhere 年报.xlsx

expect "options anywhere" 0 年报.xlsx --json -oout --lang=en
ok "JSON" says '"schema":"nianbao.report/1"'
ok "outputs" holds . 年报.xlsx out/年报.校验通过.xlsx out/年报.摘要.txt
mv 年报.xlsx -- --json
expect "-- ends options" 0 check -- --json
mv -- --json check
expect "a command's name is the command" 2 check
expect "but for --" 0 -- check
expect "and a path" 0 check ./check
done_testing
