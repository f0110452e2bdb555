#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""answers.py <REPORT.json: what the functions of cells have to answer, from `nianbao check --json`. Lines, divided by tabs:
verdict, beginning of the text; check, sheet, range, the cells that are named ("": none, 平); expected, sheet, cell, number or #N/A.
A total is added up from the keys beside it here; one whose terms have other names (…_total) is taken from the report."""
import json
import sys
from decimal import Decimal

SHOWN = 3        # of five that are named


def verdict(report):
    return {'pass': '通过', 'fail': f'待改：必须改 {report["counts"]["error"]} 项', 'unreadable': '读不出：'}[report['verdict']]


def checks(report):
    errors = [f for f in report['findings'] if f['severity'] == 'error' and f['keys']]
    for name, table in report['tables'].items():
        cells = [report['values'][f['keys'][0]].get('cell') for f in errors if f['keys'][0].split('.')[0] == name]
        if None not in cells:
            yield 'check', table['sheet'], table['range'], ','.join(cells[:SHOWN])


def expected(report):
    values, wrong = report['values'], {}
    for finding in report['findings']:
        if 'expected' in finding:
            wrong.setdefault(finding['keys'][0], finding['expected'])
    for key, value in values.items():
        parent, _, last = key.rpartition('.')
        terms = [v.get('value') for k, v in values.items() if k.rpartition('.')[0] == parent and k != key]
        if last == 'total' and not (None in terms and parent.endswith('_total')):      # else its column may give it
            total = '#N/A' if None in terms else str(sum(map(Decimal, terms)))
        elif parent.endswith('_total') and (key in wrong or value.get('value') is not None):
            column = [v.get('value') for k, v in values.items() if k.split('.')[0] == key.split('.')[0] and k.endswith('.' + last)]
            total = None if None in column else wrong.get(key, value.get('value'))
        else:
            continue
        if total is not None and value.get('cell'):
            yield 'expected', value['sheet'], value['cell'], total


def main():
    report = json.load(sys.stdin)
    print('verdict', verdict(report), sep='\t')
    if report['verdict'] != 'unreadable':
        for line in (*checks(report), *expected(report)):
            print(*line, sep='\t')


main()
