# SPDX-License-Identifier: MIT
"""The arithmetic of the form, computed a second time and without the program: key -> text in, expected values and error findings out.

Rules: how a cell is read, what a blank counts as, and row-total, closed-total, balance, dispute-total."""
import re
from decimal import Decimal

from forms import APPLICANTS, FORMS, OUTCOMES

BLANKS = {"", "/", "-", "--", "—", "——", "无"}
COUNT_UNITS = {"件", "项", "个", "条", "份", "次", "宗", "起", "人次"}
MONEY_UNITS = {"万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}
NUMBER = re.compile(r"(增加|减少|增|减|\+|-)?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([^\d(]*)(\(.*\))?$", re.ASCII)


class Cell:
    """What a cell says: number (Decimal or None), and which of blank / trouble applies."""

    def __init__(self, number=None, blank=False, rule=None, converted=False, noted=False):
        self.number, self.blank, self.rule, self.converted, self.noted = number, blank, rule, converted, noted


def text_of(number):
    """'4', '-2', '21.83': the decimal string of the JSON."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def read(raw, kind):
    """One cell as written -> Cell. `raw` is text; '#REF!' and '=?' stand for an error cell and a formula saved without a value."""
    if raw.startswith("#"):
        return Cell(rule="cell-error")
    if raw == "=?":
        return Cell(rule="formula-no-value")
    if re.search(r"[0-9０-９]\s+[0-9０-９]", raw):
        return Cell(rule="not-a-number")         # two numbers
    folded = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in raw if not c.isspace() and c not in "\u200b\ufeff")
    folded = folded.replace("−", "-")
    if folded in BLANKS:
        return Cell(blank=True)
    match = NUMBER.match(folded)
    if not match:
        return Cell(rule="not-a-number")
    sign, digits, unit, remark = match.groups()
    if sign in ("增", "增加", "减", "减少") and kind != "change":
        return Cell(rule="not-a-number")
    factor = Decimal(1)
    if unit:
        if kind == "money" and unit in MONEY_UNITS:
            factor = MONEY_UNITS[unit]
        elif kind == "money" or unit not in COUNT_UNITS:
            return Cell(rule="not-a-number")
    number = Decimal(digits.replace(",", "")) * factor
    if sign in ("减", "减少", "-"):
        number = -number
    return Cell(number, converted=factor != 1, noted=bool(unit or remark or sign in ("增", "增加", "减", "减少")))


class Finding:
    """One arithmetic error."""

    def __init__(self, rule, keys, terms, found, expected):
        self.rule, self.keys, self.terms, self.found, self.expected = rule, tuple(keys), tuple(terms), found, expected

    def tuple(self):
        return (self.rule, frozenset(self.keys), text_of(self.found), text_of(self.expected), text_of(self.found - self.expected))


class Answer:
    def __init__(self):
        self.values = {}         # key -> decimal text, or None where there is no number
        self.origin = {}         # key -> given, blank, filled
        self.findings = []       # Finding
        self.cells = {}          # rule -> set of keys: not-a-number, cell-error, formula-no-value, not-whole, negative, blank, …
        self.judged = 0
        self.wrong = set()       # derived keys with a number that one of its sums contradicts
        self.right = set()       # derived keys with a number that one of its sums gives
        self.open = set()        # derived keys of which a sum could not be judged

    def add(self, rule, key):
        self.cells.setdefault(rule, set()).add(key)

    def errors(self):
        """Every expected error finding but the structural ones: arithmetic tuples, and (rule, keys) for cells."""
        arithmetic = {finding.tuple() for finding in self.findings}
        cells = {(rule, frozenset(keys)) for rule, keys in self.cells.items()
                 if rule in ("not-a-number", "cell-error", "formula-no-value", "not-whole", "negative", "table-empty")}
        return arithmetic, cells


def total(numbers, keys):
    """Sum of the keys, or None when one of them has no number."""
    result = Decimal(0)
    for key in keys:
        if numbers.get(key) is None:
            return None
        result += numbers[key]
    return result


class Calculator:
    """Judges one table at a time: the values of `form` in `raw` (key -> text; a key that is absent is missing)."""

    def __init__(self, raw, forms):
        self.raw, self.forms, self.answer, self.numbers = raw, forms, Answer(), {}
        self.filled_already = set()      # blank totals that have taken their sum

    def run(self):
        for table, form in self.forms.items():
            if form is not None:
                self.read_table(FORMS[form], table)
        if self.forms.get("requests"):
            self.requests(FORMS[self.forms["requests"]])
        if self.forms.get("disputes"):
            for group in FORMS[self.forms["disputes"]].groups():
                names = [key.name for key in group]
                self.sum("dispute-total", names[4], names[:4])
        if self.forms.get("disclosure"):
            self.disclosure(FORMS[self.forms["disclosure"]])
        for key in self.filled_already:      # a computed total stands in the cleaned workbook: it may be below zero like any other
            self.number_rules(key, "count", self.numbers[key])
        for key, number in self.numbers.items():
            self.answer.values[key] = None if number is None else text_of(number)
        return self.answer

    def read_table(self, form, table):
        given = False
        for key in form.table(table):
            if key.name not in self.raw:
                self.numbers[key.name], self.answer.origin[key.name] = None, "missing"
                continue
            cell = read(self.raw[key.name], key.kind)
            given = given or not cell.blank
            self.numbers[key.name] = Decimal(0) if cell.blank else cell.number
            self.answer.origin[key.name] = "given" if not cell.blank else "filled" if key.derived else "blank"
            if cell.rule:
                self.answer.add(cell.rule, key.name)
            elif cell.blank:
                self.answer.add("total-filled" if key.derived else "blank", key.name)
            else:
                self.cell_rules(key, cell)
        if not given:
            for key in form.table(table):
                if self.answer.origin[key.name] != "missing":
                    self.answer.origin[key.name] = "blank"
                self.answer.cells.get("total-filled", set()).discard(key.name)
            self.answer.add("table-empty", table)

    def number_rules(self, name, kind, number):
        if number is not None and kind != "money" and number != number.to_integral_value():
            self.answer.add("not-whole", name)
        if number is not None and kind == "count" and number < 0:
            self.answer.add("negative", name)

    def cell_rules(self, key, cell):
        self.number_rules(key.name, key.kind, cell.number)
        if cell.noted:
            self.answer.add("unit-converted" if cell.converted else "unit-text", key.name)

    def sum(self, rule, key, terms):
        """A sum with a total that is given is judged; a blank total takes the sum."""
        expected = total(self.numbers, terms)
        if self.answer.origin.get(key) == "filled" and key not in self.filled_already:
            self.numbers[key] = expected
            self.filled_already.add(key)
            self.answer.judged += expected is not None
            (self.answer.open if expected is None else self.answer.right).add(key)
            return
        if expected is None:
            self.answer.open.add(key)
        if expected is None or self.numbers.get(key) is None:
            return
        self.answer.judged += 1
        if self.numbers[key] != expected:
            self.answer.findings.append(Finding(rule, [key], terms, self.numbers[key], expected))
            self.answer.wrong.add(key)
        else:
            self.answer.right.add(key)

    def requests(self, form):
        rows = form.request_rows()
        leaves = [names for path, row, names in rows if path[0].startswith("三、") and row != "closed_total"]
        by_row = {row: [key.name for key in keys] for _, row, keys in rows}
        # A blank 三（七） of a single column is computed before the 总计 of its row needs it.
        for column in range(6):
            key = by_row["closed_total"][column]
            if self.answer.origin.get(key) == "filled":
                self.numbers[key] = total(self.numbers, [names[column].name for names in leaves])
                self.filled_already.add(key)
                if self.numbers[key] is not None:
                    self.answer.right.add(key)
        for row, names in by_row.items():
            self.sum("row-total", names[6], names[:6])
        computed = set(self.filled_already)
        for column in range(7):
            key = by_row["closed_total"][column]
            terms = [names[column].name for names in leaves]
            if key in computed and column < 6:
                self.answer.judged += self.numbers[key] is not None
                continue
            if key in computed and self.numbers[key] is None:
                self.filled_already.discard(key)         # not along its row: then along its column
            self.sum("closed-total", key, terms)
        for column in range(7):
            self.balance([by_row[row][column] for row in ("closed_total", "carried_out")],
                         [by_row[row][column] for row in ("received", "carried_in")])

    def balance(self, left, right):
        found, expected = total(self.numbers, left), total(self.numbers, right)
        if found is None or expected is None:
            return
        self.answer.judged += 1
        if found != expected:
            self.answer.findings.append(Finding("balance", left + right, right, found, expected))

    def disclosure(self, form):
        """Warnings inside one year (not errors)."""
        for _, _, rows in form.blocks():
            for _, keys in rows:
                n = {key.column_key: self.numbers.get(key.name) for key in keys}
                names = {key.column_key: key.name for key in keys}
                if n.get("previous_items") is not None and n.get("change") is not None and n["previous_items"] + n["change"] < 0:
                    self.answer.add("change-below-zero", names["change"])
                if n.get("published") is not None and n.get("public_total") is not None and n["published"] > n["public_total"]:
                    self.answer.add("published-over-total", names["published"])


def calculate(raw, forms):
    """raw: key -> text. forms: table -> form name or None (the table is missing)."""
    return Calculator(raw, forms).run()


assert len(APPLICANTS) == 6 and len(OUTCOMES) == 4
