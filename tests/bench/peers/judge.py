# SPDX-License-Identifier: MIT
"""What a script of an office does with such a workbook: in every row that ends in seven numbers, the last must be the sum of the six before."""


def judge(sheets):
    wrong = 0
    for rows in sheets:
        for row in rows:
            numbers = [value for value in row if isinstance(value, (int, float))]
            if len(numbers) == 7:
                wrong += sum(numbers[:6]) != numbers[6]
    return wrong
