# SPDX-License-Identifier: MIT
"""A report laid out as clerks lay it out. Every painter records where it put each key, so that the judge knows the cell as well.

Layouts: legal (one table a sheet, the legal merges), onesheet (all on one sheet, with an offset and things between the tables),
noisy (no merges, labels and numbers as people type them), formulas (right totals are formulas with cached values).
Traps are options: see Options."""
import re

from forms import CORNER, FORMS, TABLES, form_of_year
from reports import random_report
from sheets import Error, Formula, Number, Sheet, address

PLAIN = re.compile(r"-?\d+(\.\d+)?$")
OPTIONS = {
    "merges": True,          # the legal merges
    "noise": False,          # labels as people type them
    "text": False,           # plain numbers stored as text
    "formulas": False,       # right totals are formulas
    "subtotal_rows": False,  # 小计 rows under （三）（四）（五）
    "subtotal_column": False,    # a column 法人或其他组织小计
    "grid5": False,          # table 二 on five grid columns, header spans unlike data spans
    "first_column": False,   # the last 不予处理 label slipped into the first column
    "vertical": False,       # 三、本年度办理结果 one character a line
    "tall_total": False,     # 总计 beside 申请人情况, over all three header rows (as the seed prints it)
    "low_header": False,     # table 四: the labels of 行政复议 one row lower
    "note": False,           # a note row under table 四
    "cover": False,          # a cover sheet names unit and year
    "file_name": False,      # only the file name does
    "hidden": False,         # a hidden sheet with lists for drop-downs
    "older": False,          # last year's tables beside
    "signatures": False,     # who filled it in, between the tables
    "blank_rows": False,     # empty rows between the rows of a table
    "blank_column": False,   # an empty column
    "serial": False,         # a column 序号 before table 三
    "remarks": False,        # a column 备注 behind table 三, with text and numbers
    "drop": None,            # a row key of table 三, a column key of table 三, or a table, that is left out
    "twice": None,           # a row key of table 三 that stands there twice
}
VARIANTS = {
    "总计": ["合计", "总 计", "总\n计"],
    "规章": ["规章(设区的市、自治州人民政府应提供相关数据)", "规 章"],
    "规范性文件": ["规范性文件（行政机关制定发布的决定、公告、通告）"],
    "行政规范性文件": ["规范性文件", "行政规范性\n文件"],
    "现行有效件数": ["现行有效件"],
    "本年增/减": ["本年增／减", "本年增/减(指2020年增加或减少的事项数,减用负值表示,如-8)", "本年增/ 减"],
    "处理决定数量": ["处理决定数量(指2020年办件量)"],
    "本年处理决定数量": ["处理决定数量", "处理决定数量(2023年办件量)"],
    "本年新制作数量": ["本年新\n制作数量"],
    "2.其他法律行政法规禁止公开": ["2.其他法律行政止公开"],
    "3.危及“三安全一稳定”": ["3.危及\"三安全一稳定\"", "3.危及三安全一稳定", "3.危及「三安全一稳定」"],
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": ["（二）部分公开", "(二) 部分公开(区分处理的,只计这一情形,不计其他情形)"],
    "（六）其他处理": ["（六）其他"],
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": [
        "1.申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请", "1.逾期不补正"],
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": [
        "2.申请人逾期未按收费通知要求缴纳费用，行政机关不再处理其政府信息公开申请", "2.逾期不缴费"],
    "2.没有现成信息需要另行制作": ["2.没有现成信息需要另行制\n作"],
    "二、主动公开政府信息情况": ["二、行政机关主动公开政府信息情况", "二、主动公开信息情况"],
    "自然人": ["自 然 人"], "商业企业": ["商 业 企 业", "商业\n企业"], "法律服务机构": ["法 律 服 务 机构"], "社会公益组织": ["社会 公益\n组织"],
    "尚未审结": ["尚 未 审 结"], "结果维持": ["结 果\n维持"], "其他结果": ["其他结\n果"],
}


class Options:
    def __init__(self, rng, **chosen):
        self.rng = rng
        for name, value in {**OPTIONS, **chosen}.items():
            assert name in OPTIONS, name
            setattr(self, name, value)


class Book:
    """Sheets, and what the judge may expect of them."""

    def __init__(self, report):
        self.report, self.sheets, self.where = report, [], {}
        self.unit, self.year = report.unit, report.year
        self.structure = {}      # rule -> how many findings at least
        self.missing = set()     # keys that are not in the book

    def add(self, sheet):
        self.sheets.append(sheet)
        return sheet


def noisy(label, options):
    """The label as somebody typed it."""
    rng = options.rng
    if not options.noise:
        return label
    if label in VARIANTS and rng.random() < 0.5:
        return rng.choice(VARIANTS[label])
    for _ in range(rng.randrange(3)):
        way = rng.randrange(6)
        if way == 0:
            label = label.replace("（", "(").replace("）", ")")
        elif way == 1:
            label = re.sub(r"^(\d)\.", lambda m: m[1] + rng.choice([". ", "、", "．"]), label)
        elif way == 2 and len(label) > 3:
            place = rng.randrange(2, len(label))
            label = label[:place] + rng.choice(["\n", " ", "　"]) + label[place:]
        elif way == 3 and len(label) <= 6:
            label = " ".join(label)
        elif way == 4:
            label = re.sub(r"^[0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), label)
        elif way == 5:
            label = rng.choice([" ", "　", ""]) + label + rng.choice([" ", "\n", "　"])
    return label


class Painter:
    def __init__(self, book, report, options, record=True):
        self.book, self.report, self.options, self.record = book, report, options, record

    def label(self, sheet, row, column, text, rows=1, columns=1):
        sheet.put(row, column, noisy(text, self.options))
        if self.options.merges:
            sheet.merge(row, column, rows, columns)

    def value(self, sheet, row, column, key, columns=1):
        raw = self.report.raw.get(key.name)
        if raw is None:
            return
        text = key.name in self.report.numbers_as_text or (self.options.text and self.options.rng.random() < 0.5)
        if raw.startswith("#"):
            content = Error(raw)
        elif raw == "=?":
            content = Formula("A1+A2")
        elif PLAIN.match(raw) and not text:
            content = Number(raw)
        else:
            content = raw
        sheet.put(row, column, content)
        if self.options.merges:
            sheet.merge(row, column, 1, columns)
        if self.record:
            self.book.where[key.name] = (sheet, row, column)

    def spans(self, columns, header):
        """How many grid columns each cell of a row of table 二 takes, the label first."""
        if self.options.grid5 and self.options.merges:
            return {1: [1, 4], 2: [1, 2, 1] if header else [1, 1, 2], 3: [1, 2, 1, 1] if header else [1, 1, 2, 1]}[columns]
        return {1: [1, 3], 2: [1, 1, 1], 3: [1, 1, 1, 1]}[columns]

    def disclosure(self, sheet, top, left):
        form = FORMS[self.report.forms["disclosure"]]
        row, width = top, 5 if self.options.grid5 and self.options.merges else 4
        for caption, columns, rows in form.blocks():
            self.label(sheet, row, left, caption, 1, width)
            row += 1
            self.spread(sheet, row, left, self.spans(len(columns), True), ["信息内容"] + columns)
            row += 1
            for label, keys in rows:
                self.spread(sheet, row, left, self.spans(len(columns), False), [label] + keys)
                row += 1
        return row

    def spread(self, sheet, row, column, spans, things):
        for thing, span in zip(things, spans, strict=True):
            if isinstance(thing, str):
                self.label(sheet, row, column, thing, 1, span)
            else:
                self.value(sheet, row, column, thing, span)
            column += span

    def requests(self, sheet, top, left):
        form, options = FORMS[self.report.forms["requests"]], self.options
        columns = [n for n, key in enumerate(form.request_rows()[0][2]) if key.column_key != options.drop]
        self.request_header(sheet, top, left, form, columns)
        row, lines = top + 3, []
        for path, row_key, keys in form.request_rows():
            if row_key != options.drop:
                lines.append((path, row_key, keys))
            if row_key == options.twice:
                lines.append((path, None, keys))
            if options.subtotal_rows and row_key in ("refused.administrative_inquiry", "unavailable.unclear", "unprocessed.reconfirmation"):
                lines.append((path[:-1] + ["小计"], row_key.split(".")[0] + ".*", keys))
        self.request_labels(sheet, row, left, [path for path, _, _ in lines])
        for path, row_key, keys in lines:
            self.request_line(sheet, row, left + 3, row_key, [keys[n] for n in columns])
            row += 1
        return row

    def request_header(self, sheet, top, left, form, columns):
        extra = 1 if self.options.subtotal_column else 0
        tall = 1 if self.options.tall_total else 0
        keys = form.request_rows()[0][2]
        self.label(sheet, top, left, CORNER, 3, 3)
        self.label(sheet, top, left + 3, "申请人情况", 1, len(columns) + extra - tall)
        group = [n for n in columns if 1 <= n <= 5]
        column = left + 3
        for n in columns:
            if n in (0, 6):
                if n == 6 and extra:
                    self.label(sheet, top + 2, column, "小计")
                    column += 1
                raised = tall if n == 6 else 0
                self.label(sheet, top + 1 - raised, column, keys[n].column[0], 2 + raised, 1)
            else:
                if n == group[0]:
                    self.label(sheet, top + 1, column, "法人或其他组织", 1, len(group) + extra)
                self.label(sheet, top + 2, column, keys[n].column[1])
            column += 1

    def request_labels(self, sheet, top, left, paths):
        """Label columns: each label once, over its rows; the last one of a path takes the label columns that are left."""
        def run(first, depth):
            last = first
            while last + 1 < len(paths) and len(paths[last + 1]) > depth and paths[last + 1][:depth + 1] == paths[first][:depth + 1]:
                last += 1
            return last - first + 1
        for n, path in enumerate(paths):
            for depth, label in enumerate(path):
                leaf = depth == len(path) - 1
                if not leaf and n > 0 and len(paths[n - 1]) > depth and paths[n - 1][:depth + 1] == path[:depth + 1]:
                    continue
                rows = 1 if leaf else run(n, depth)
                if depth == 0 and not leaf and self.options.vertical:
                    sheet.put(top + n, left, "\n".join(label))
                    if self.options.merges:
                        sheet.merge(top + n, left, rows, 1)
                elif leaf and self.options.first_column and label.startswith("5.要求行政机关"):
                    self.label(sheet, top + n, left, label, 1, 1)
                else:
                    self.label(sheet, top + n, left + depth, label, rows, 3 - depth if leaf else 1)
        if self.options.first_column and self.options.merges:
            self.cut_merges(sheet, top, left, paths)

    def cut_merges(self, sheet, top, left, paths):
        """The row whose label slipped to the first column is not part of the groups' merges: they end above it, as in the seed."""
        slipped = top + next((n for n, path in enumerate(paths) if path[-1].startswith("5.要求行政机关")), len(paths))
        cut = []
        for r1, c1, r2, c2 in sheet.merges:
            if r1 < slipped <= r2 and c1 in (left, left + 1):
                r2 = slipped - 1
            cut.append((r1, c1, r2, c2))
        sheet.merges = [m for m in cut if (m[0], m[1]) != (m[2], m[3])]

    def request_line(self, sheet, row, left, row_key, keys):
        column = left
        for key in keys:
            if key.column_key == "total" and self.options.subtotal_column:
                sheet.put(row, column, Number(str(sum(self.number(k.name) for k in keys if k.column[0].startswith("法人")))))
                column += 1
            if row_key is None:
                sheet.put(row, column, Number("7"))
            elif row_key.endswith(".*"):
                prefix, suffix = "requests." + row_key[:-1], "." + key.column_key
                sheet.put(row, column, Number(str(sum(self.number(k) for k in self.report.raw if k.startswith(prefix) and k.endswith(suffix)))))
            else:
                self.value(sheet, row, column, key)
            column += 1

    def number(self, name):
        return int(self.report.raw[name]) if re.fullmatch(r"\d+", self.report.raw[name], re.ASCII) else 0

    def disputes(self, sheet, top, left):
        form = FORMS[self.report.forms["disputes"]]
        groups = form.groups()
        low = 2 if self.options.low_header else 1
        self.label(sheet, top, left, "行政复议", 1, 5)
        self.label(sheet, top, left + 5, "行政诉讼", 1, 10)
        self.label(sheet, top + 1, left + 5, "未经复议直接起诉", 1, 5)
        self.label(sheet, top + 1, left + 10, "复议后起诉", 1, 5)
        for g, group in enumerate(groups):
            for n, key in enumerate(group):
                row = top + (low if g == 0 else 2)
                self.label(sheet, row, left + 5 * g + n, key.column[-1], 2 if g == 0 and low == 1 else 1, 1)
                self.value(sheet, top + 3, left + 5 * g + n, key)
        if self.options.note:
            sheet.put(top + 4, left, "注：行政复议、行政诉讼数量含上年度结转数量。")
            return top + 5
        return top + 4


def formulas(book):
    """Totals that are right become formulas over their terms, as a careful clerk has them."""
    raw = book.report.raw
    for group_of in ("requests", "disputes"):
        form = FORMS[book.report.forms[group_of]]
        jobs = []
        if group_of == "disputes":
            jobs = [(group[4], group[:4]) for group in form.groups()]
        else:
            rows = form.request_rows()
            jobs = [(keys[6], keys[:6]) for _, _, keys in rows]
            leaves = [keys for path, row, keys in rows if path[0].startswith("三、") and row != "closed_total"]
            closed = [keys for _, row, keys in rows if row == "closed_total"][0]
            jobs += [(closed[n], [keys[n] for keys in leaves]) for n in range(6)]
        for key, terms in jobs:
            if any(k.name not in book.where or not raw[k.name].isdigit() or not raw[k.name].isascii() for k in [key] + terms):
                continue
            if sum(int(raw[t.name]) for t in terms) != int(raw[key.name]):
                continue
            sheet, row, column = book.where[key.name]
            cells = [book.where[k.name][0].cells.get(book.where[k.name][1:]) for k in [key] + terms]
            if all(isinstance(cell, (Number, Formula)) for cell in cells):        # SUM takes no notice of numbers stored as text
                sheet.put(row, column, Formula(sum_of([book.where[t.name][1:] for t in terms]), raw[key.name]))


def sum_of(places):
    """SUM over the places: a range where nothing lies between them."""
    whole = places[-1][0] - places[0][0] + places[-1][1] - places[0][1] + 1 == len(places)
    return "SUM(%s)" % (address(*places[0]) + ":" + address(*places[-1]) if whole else ",".join(address(*place) for place in places))


def titles(report, table, options):
    return noisy(FORMS[report.forms[table]].title[table], options)


def report_title(report, options):
    gap = " " if options.rng.random() < 0.3 else ""
    return options.rng.choice(["%s%s%d%s年政府信息公开工作年度报告", "%s%s%d%s年政府信息公开年度报告"]) % (report.unit, gap, report.year, gap)


def cover(book, options):
    sheet = Sheet("封面")
    sheet.put(1, 1, "政府信息公开工作年度报告")
    sheet.put(3, 1, options.rng.choice(["单位名称", "填报单位：", "单位名称："]))
    sheet.put(3, 2, book.report.unit)
    sheet.put(4, 1, options.rng.choice(["报告年度", "统计年度：", "年度："]))
    sheet.put(4, 2, options.rng.choice([Number(str(book.report.year)), "%d年" % book.report.year, "%d 年度" % book.report.year]))
    sheet.put(6, 1, "填报人")
    sheet.put(6, 2, "张三")
    sheet.put(7, 1, "联系电话")
    sheet.put(7, 2, "0349-2023583")
    book.add(sheet)


def hidden(book):
    sheet = Sheet("字典")
    sheet.hidden = True
    for n, text in enumerate(["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]):
        sheet.put(n, 0, text)
        sheet.put(n, 1, Number(str(n)))
    book.add(sheet)


def paint(painter, table, sheet, top, left):
    return getattr(painter, table)(sheet, top, left)


def tables_of(options):
    return [table for table in TABLES if table != options.drop]


def one_per_sheet(book, report, options, suffix="", record=True, title=True):
    painter = Painter(book, report, options, record)
    names = options.rng.choice([["二、主动公开", "三、依申请公开", "四、复议诉讼"], ["Sheet1", "Sheet2", "Sheet3"], ["表二", "表三", "表四"],
                                ["主动公开政府信息情况", "申请 情况", "复议(诉讼)"]])
    for n, table in enumerate(TABLES):
        if table == options.drop:
            continue
        sheet, row = Sheet(names[n] + suffix), 0
        if title:
            sheet.put(row, 0, report_title(report, options))
            row += 1
        sheet.put(row, 0, titles(report, table, options))
        if options.merges:
            sheet.merge(row, 0, 1, {"disclosure": 4, "requests": 10, "disputes": 15}[table])
        row = paint(painter, table, book.add(sheet), row + 1, 0)
        if options.signatures:
            sheet.put(row, 0, "单位负责人：王五")
            sheet.put(row, 3, "填表人：赵六")
            sheet.put(row + 1, 0, "填表日期：")
            sheet.put(row + 1, 1, Number("45321"))


def one_sheet(book, report, options, title=True):
    painter, rng = Painter(book, report, options), options.rng
    sheet = book.add(Sheet(rng.choice(["Sheet1", "年报", "2-4 表"])))
    row, left = rng.randrange(0, 6), rng.randrange(0, 4)
    if title:
        sheet.put(row, left, report_title(report, options))
        row += 2
    for table in tables_of(options):
        sheet.put(row, left, titles(report, table, options))
        row = paint(painter, table, sheet, row + 1 + rng.randrange(2), left)
        if options.signatures:
            sheet.put(row, left, "填报人：李四")
            sheet.put(row, left + 2, "联系电话：0527-83385522")
            sheet.put(row, left + 3, "填报日期：%d年1月%d日" % (report.year + 1, rng.randrange(1, 31)))
            sheet.put(row + 1, left, "该部分以表格形式报告。表格如下：")
            row += 2
        row += rng.randrange(1, 3)


def spread(book, options):
    """Rows and columns that a person put between or beside those of the tables."""
    rng = options.rng
    for sheet in book.sheets:
        if options.blank_rows:
            cuts = rng.sample(range(4, 30), 3)
            move(book, sheet, lambda row, cuts=cuts: row + sum(row >= cut for cut in cuts), lambda column: column)
        if options.blank_column:
            cut = rng.randrange(8)
            move(book, sheet, lambda row: row, lambda column, cut=cut: column + (column >= cut))
        rows = sorted({w[1] for key, w in book.where.items() if w[0] is sheet and key.startswith("requests.")})
        if options.serial and rows:
            move(book, sheet, lambda row: row, lambda column: column + 1)
            sheet.put(rows[0] - 3, 0, "序号")
            for number, row in enumerate(rows, 1):
                sheet.put(row, 0, Number(str(number)))
        if options.remarks and rows:
            column = 1 + max(w[2] for key, w in book.where.items() if w[0] is sheet and key.startswith("requests."))
            sheet.put(rows[0] - 2, column, "备注")
            sheet.put(rows[2], column, "其中2件为去年")
            sheet.put(rows[4], column, Number("2"))


def move(book, sheet, row_of, column_of):
    sheet.cells = {(row_of(row), column_of(column)): content for (row, column), content in sheet.cells.items()}
    sheet.merges = [(row_of(r1), column_of(c1), row_of(r2), column_of(c2)) for r1, c1, r2, c2 in sheet.merges]
    for key, (where, row, column) in list(book.where.items()):
        if where is sheet:
            book.where[key] = (sheet, row_of(row), column_of(column))


def older(book, options):
    """The tables of one to three years earlier, with their own titles, after this year's (or before)."""
    year = max(2019, book.report.year - options.rng.randrange(1, 4))
    past = random_report(options.rng, year)
    past.unit = book.report.unit
    for table in TABLES:
        past.forms[table] = form_of_year(year)
    sheets = book.sheets
    book.sheets = []
    plain = Options(options.rng)
    one_per_sheet(book, past, plain, "(%d)" % year, record=False)
    book.sheets = sheets + book.sheets if options.rng.random() < 0.5 else book.sheets + sheets
    book.structure["table-ignored"] = 1


def build(layout, report, rng, **chosen):
    """A book of one of the layouts."""
    base = {"legal": {}, "onesheet": {"signatures": True, "note": True},
            "noisy": {"merges": False, "noise": True, "text": True, "first_column": True}, "formulas": {"formulas": True}}[layout]
    options = Options(rng, **{**base, **chosen})
    if report.year == 2019 or options.drop:
        options.older = False        # nothing earlier exists; an incomplete table gives way to a complete one of an earlier year
    if options.drop == "total":
        options.subtotal_column = False
    if options.grid5:
        options.blank_column = False     # nobody could tell an empty column inside uneven spans from a blank cell
    if options.tall_total and not options.merges:
        options.blank_rows = False       # an empty row inside a header without merges cuts it in two
    if options.drop == "requests":
        options.subtotal_rows = options.subtotal_column = options.twice = False
    book = Book(report)
    if options.cover:
        cover(book, options)
    if layout == "onesheet" or (layout == "noisy" and rng.random() < 0.5 and not options.older):
        one_sheet(book, report, options, title=not (options.cover or options.file_name) or options.older)
    else:
        one_per_sheet(book, report, options, title=not (options.cover or options.file_name) or options.older)
    spread(book, options)
    if options.formulas:
        formulas(book)
    if options.hidden:
        hidden(book)
    if options.older:
        older(book, options)
    expect(book, options)
    return book


def expect(book, options):
    present = set(book.where)
    book.missing = {key for key in book.report.raw if key not in present}
    if options.drop in TABLES:
        book.structure["table-missing"] = 1
    elif options.drop:
        columns = {key.column_key for key in FORMS[book.report.forms["requests"]].table("requests")}
        book.structure["column-missing" if options.drop in columns else "row-missing"] = 1
    if options.twice:
        book.structure["row-duplicate"] = 1
    if options.subtotal_rows or options.subtotal_column:
        book.structure["row-unknown"] = 1
    if (options.serial or options.remarks or options.signatures) and "row-unknown" not in book.structure:
        book.structure["row-unknown"] = None     # may be said
    wrong = [t for t in ("disclosure", "requests") if book.report.forms[t] != form_of_year(book.report.year) and t != options.drop]
    if wrong:
        book.structure["form-mismatch"] = len(wrong)


def file_name(book, options_file_name):
    return "%s%d年政府信息公开工作年度报告" % (book.unit, book.year) if options_file_name else None
