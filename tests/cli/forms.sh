#!/bin/sh
# SPDX-License-Identifier: MIT
# Folders of form definitions: what cannot be read there, and how forms are listed and named.
. "$(dirname "$0")/lib"
EXAMPLE=$HERE/../forms/example/example.yaml
fresh forms pass.xlsx:年报.xlsx

# refused NAME WORDS: the folder f with this file in it is refused, naming the file
refused() {
    expect "$1" 2 forms --forms f
    ok "$1: one line" lines 1 "$ERR"
    ok "$1: says what" complains "f/x.yaml$2"
    rm -rf f/x.yaml
}
mkdir f
: > f/x.yaml
refused "an empty file" ": 文件是空的"
mkdir f/x.yaml
refused "a folder" ": 读不出来：不是普通文件"
mkfifo f/x.yaml
refused "a pipe" ": 读不出来：不是普通文件"
ln -s nowhere f/x.yaml
refused "a dangling link" ": 不存在，或者是一个失效的链接"
iconv -f UTF-8 -t GB18030 "$EXAMPLE" > f/x.yaml
refused "GBK" ":1: 不是 UTF-8 编码"
sed 's/^form: /form：/' "$EXAMPLE" > f/x.yaml
refused "a full-width colon" ":3: 不是正确的 YAML：冒号“：”是全角的"
expect "no definition" 2 forms --forms f
ok "says so" complains "f: 里面没有格式文件"
expect "a file in place of the folder" 2 forms --forms 年报.xlsx
ok "says so" complains "年报.xlsx: 不是文件夹"
expect "no folder" 2 forms --forms nowhere
ok "in Chinese" complains "“nowhere”：不存在"

cp "$EXAMPLE" f
expect "forms" 0 forms --forms f
ok "the form before ends" says "2021–2089年度"
ok "the last one does not" says "2090年度起"
expect "in English" 0 forms --forms f --lang en
ok "the form before ends" says "report years 2021–2089"
sed 's/from: 2090/from: 2023, to: 2024/' "$EXAMPLE" > f/example.yaml
expect "a form that ends" 0 forms --forms f
ok "its years" says "2023–2024年度"
ok "and those around it" says "2021–2022年度、2025年度起"
expect "a form whose id is no year" 0 template example --forms f
ok "default name" test -f '政府信息公开工作年度报告（“example”格式）.xlsx'
expect "its rules" 0 rules example --forms f
ok "under its name" says '“example”格式（示例〔2090〕1号）'
done_testing
