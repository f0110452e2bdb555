#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""compare.py ORIGINAL MARKED...: is a marked workbook the original but for the marks? An own reading of both with expat and zipfile:
every member that is not touched has the same raw bytes and stands at its place; every touched part, less what may have been added, has
the same nodes; and what was added is complete: ids, types, relationships, order of elements, shapes. Prints what is not so."""
import re, struct, sys, zipfile
import xml.etree.ElementTree as ET

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
REL = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
PKG = '{http://schemas.openxmlformats.org/package/2006/relationships}'
TYPES = '{http://schemas.openxmlformats.org/package/2006/content-types}'
MC = '{http://schemas.openxmlformats.org/markup-compatibility/2006}'
SHEETS = (['校验结果', 'nianbao'], ['校验结果', '与上年对比', 'nianbao'])
BEGIN, END = '【年报校验】', '【校验到此】'
COLORS = ('FFFFC7CF', 'FFFFEB9D')
ORDER = [MAIN + n for n in '''sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState
dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter
rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
webPublishItems tableParts extLst'''.split()]


class Bad(Exception):
    pass


def need(truth, what):
    if not truth:
        raise Bad(what)


def raw(path):
    """Members in their order: name, bytes as they lie there."""
    data = open(path, 'rb').read()
    with zipfile.ZipFile(path) as z:
        for i in z.infolist():
            at = i.header_offset
            n, extra = struct.unpack('<HH', data[at + 26:at + 30])
            yield i.filename, data[at + 30 + n + extra:at + 30 + n + extra + i.compress_size], i


def same(a, b, where):
    """The same nodes, in order."""
    need(a.tag == b.tag, f'{where}: {a.tag} is {b.tag}')
    here = f'{where}/{a.tag.rpartition("}")[2]}'
    need(a.attrib == b.attrib, f'{here}: {a.attrib} is {b.attrib}')
    need((a.text or '') == (b.text or '') and (a.tail or '') == (b.tail or ''), f'{here}: {a.text!r} is {b.text!r}')
    need(len(a) == len(b), f'{here}: {len(a)} children are {len(b)}')
    for x, y in zip(a, b):
        same(x, y, here)


def extended(a, b, where, extra):
    """b is a with more children behind, which `extra` must accept."""
    need(len(b) >= len(a), f'{where}: children are gone')
    for x, y in zip(a, b):
        same(x, y, where)
    for y in list(b)[len(a):]:
        need(extra(y), f'{where}: {ET.tostring(y)[:200]}')


class Package:
    def __init__(self, path):
        self.path = path
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self.members = {n: b for n, b, _ in raw(path)}

    def tree(self, name):
        return ET.fromstring(self.zip.read(name))

    def find(self, name):
        low = name.lower()
        return next((n for n in self.names if n.replace('\\', '/').lower() == low), None)

    def rels(self, part):
        folder, _, base = part.replace('\\', '/').rpartition('/')
        name = self.find(f'{folder}/_rels/{base}.rels'.lstrip('/'))
        out = {}
        for r in self.tree(name) if name else ():
            need(r.get('Id') not in out, f'{name}: {r.get("Id")} twice')
            target = r.get('Target')
            if r.get('TargetMode') != 'External':
                steps = [] if target[:1] in '/\\' else folder.split('/') if folder else []
                for s in re.split(r'[/\\]', target):
                    steps = steps[:-1] if s == '..' else steps + [s] if s not in ('', '.') else steps
                target = self.find('/'.join(steps)) or '/'.join(steps)
            out[r.get('Id')] = (r.get('Type').rpartition('/')[2], target)
        return out

    def book(self):
        return next(t for k, t in self.rels('').values() if k == 'officeDocument')

    def sheets(self):
        rels = self.rels(self.book())
        return {s.get('name'): rels[s.get(REL + 'id')][1] for s in self.tree(self.book()).find(MAIN + 'sheets') if s.get(REL + 'id') in rels}

    def styles(self):
        return next(t for k, t in self.rels(self.book()).values() if k == 'styles')


def compare_styles(a, b):
    x, y = a.tree(a.styles()), b.tree(b.styles())
    need([c.tag for c in x] == [c.tag for c in y], 'styles: other lists')
    for p, q in zip(x, y):
        if p.tag in [MAIN + n for n in ('fonts', 'fills', 'borders', 'cellXfs')]:
            extended(p, q, p.tag, lambda e: True)
            if p.get('count') == str(len(p)):
                need(q.get('count') == str(len(q)), f'{p.tag}: count')
            p.attrib.pop('count', None), q.attrib.pop('count', None)
            need(p.attrib == q.attrib, f'{p.tag}: attributes')
        else:
            same(p, q, 'styles')
    lists = {n: y.find(MAIN + n) for n in ('fonts', 'fills', 'borders', 'cellXfs')}
    for xf in lists['cellXfs'][len(x.find(MAIN + 'cellXfs')):]:
        for key, n in (('fontId', 'fonts'), ('fillId', 'fills'), ('borderId', 'borders')):
            need(int(xf.get(key, 0)) < len(lists[n]), f'xf: {key}')
    return [dict(xf.attrib, children=[ET.tostring(c) for c in xf]) for xf in lists['cellXfs']], lists['fills']


def is_marked(xf, fills):
    fill = fills[int(xf.get('fillId', 0))]
    return any(e.get('rgb') in COLORS for e in fill.iter(MAIN + 'fgColor'))


def only_fill(a, b):
    skip = ('fillId', 'applyFill')
    return {k: v for k, v in a.items() if k not in skip} == {k: v for k, v in b.items() if k not in skip}


def letters_of(col):
    return letters_of((col - 1) // 26) + chr(65 + (col - 1) % 26) if col else ''


def number_of(address):
    col = 0
    for l in address.rstrip('0123456789'):
        col = col * 26 + ord(l) - 64
    return col


def compare_sheet(a, b, part, xfs, fills):
    x, y = a.tree(part), b.tree(part)
    if any(e.tag == MAIN + 'legacyDrawing' for e in y) and not any(e.tag == MAIN + 'legacyDrawing' for e in x):
        y.remove(y.find(MAIN + 'legacyDrawing'))
    for e in (x, y):                            # a row or cell without a place follows the one before it
        at = 0
        for row in e.find(MAIN + 'sheetData'):
            at = int(row.get('r', at + 1))
            row.set('r', str(at))
            col = 0
            for c in row:
                col = number_of(c.get('r')) if c.get('r') else col + 1
                c.set('r', f'{letters_of(col)}{at}')
    marked = 0
    rows = {r.get('r'): r for r in x.find(MAIN + 'sheetData')}
    data = y.find(MAIN + 'sheetData')
    for row in list(data):
        old = rows.get(row.get('r'))
        cells = {c.get('r'): c for c in old} if old is not None else {}
        for c in list(row):
            was = cells.get(c.get('r'))
            xf = xfs[int(c.get('s') or 0)]
            if was is None:
                need(is_marked(xf, fills) and len(c) == 0 and set(c.attrib) == {'r', 's'}, f'{part}: {c.attrib} was made')
                row.remove(c)
            elif c.get('s') != was.get('s'):
                before = xfs[int(was.get('s') or 0)]
                need(is_marked(xf, fills) and only_fill(before, xf), f'{part}: {c.attrib} was {was.attrib}')
                c.attrib.pop('s')
                if was.get('s') is not None:
                    c.set('s', was.get('s'))
            else:
                continue
            marked += 1
        if old is None and len(row) == 0:
            data.remove(row)
    for e in (x, y):                            # the order of attributes is nothing
        for c in e.iter(MAIN + 'c'):
            c.attrib = dict(sorted(c.attrib.items()))
    same(x, y, part)
    tags = [e.tag for e in b.tree(part)]
    known = [ORDER.index(t) for t in tags if t in ORDER]
    need(known == sorted(known) or [ORDER.index(e.tag) for e in a.tree(part) if e.tag in ORDER] != sorted(ORDER.index(e.tag) for e in a.tree(part) if e.tag in ORDER), f'{part}: order of elements')
    return marked


def texts(comment):
    return ''.join(t.text or '' for piece in comment.iter(MAIN + 'text') for t in piece.findall(MAIN + 't') + piece.findall(MAIN + 'r/' + MAIN + 't'))


def compare_comments(a, b, sheet):
    """Comments of the original are there with their runs; others are ours, and each has its box."""
    get = lambda p: next((t for k, t in p.rels(sheet).values() if k == 'comments'), None)
    old, new = get(a), get(b)
    was = list(a.tree(old).iter(MAIN + 'comment')) if old else []
    now = list(b.tree(new).iter(MAIN + 'comment')) if new else []
    extended(ET.Element('x') if not old else a.tree(old).find(MAIN + 'authors'), ET.Element('x') if not new else b.tree(new).find(MAIN + 'authors'),
             'authors', lambda e: e.text == '年报校验')
    for x, y in zip(was, now):
        need(x.attrib == y.attrib, 'comment: attributes')
        p, q = texts(x), texts(y)
        need(q == p or q.startswith(p + '\n\n' + BEGIN) and q.endswith(END), f'comment {x.get("ref")}: {q!r}')
        p, q = [ET.tostring(r) for r in x.iter(MAIN + 'rPr')], [ET.tostring(r) for r in y.iter(MAIN + 'rPr')]
        need(p == q, 'comment: runs')
    ours = now[len(was):]
    authors = [e.text for e in b.tree(new).find(MAIN + 'authors')] if new else []
    for c in ours:
        need(authors[int(c.get('authorId'))] == '年报校验' and texts(c).startswith(BEGIN) and texts(c).endswith(END), 'comment of ours')
    need(len({c.get('ref') for c in now}) == len(now) or len({c.get('ref') for c in was}) != len(was), 'two comments on a cell')
    legacy = b.tree(sheet).find(MAIN + 'legacyDrawing')
    if not ours:
        return
    need(legacy is not None, 'no drawing')
    kind, vml = b.rels(sheet)[legacy.get(REL + 'id')]
    need(kind == 'vmlDrawing', 'drawing of another kind')
    text = b.zip.read(vml).decode()
    boxes = re.findall(r'<v:shape (?:(?!</v:shape>).)*?<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>.*?</v:shape>', text, re.S)
    for c in ours:
        row = c.get('ref').lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
        need((str(int(row) - 1), str(number_of(c.get('ref')) - 1)) in boxes, f'no box for {c.get("ref")}')
    ids = re.findall(r'<v:shape [^>]*?\bid="([^"]*)"', text)
    need(len(ids) == len(set(ids)), f'{vml}: an id twice')
    blocks = {int(n) for n in re.search(r'idmap[^>]*?data="([^"]*)"', text).group(1).split(',')}
    numbers = [int(n) for n in re.findall(r'"_x0000_s(\d+)"', text)][-len(ours):]
    need(all(n // 1024 in blocks for n in numbers), f'{vml}: numbers {numbers} outside blocks {blocks}')
    if old:
        kept = a.tree(sheet).find(MAIN + 'legacyDrawing')
        if kept is not None:
            before = a.zip.read(a.rels(sheet)[kept.get(REL + 'id')][1]).decode('utf-8', 'replace')
            for shape in re.findall(r'<v:shape .*?</v:shape>', before, re.S):
                need(shape in text, f'{vml}: a shape is gone')


def compare(original, marked):
    a, b = Package(original), Package(marked)
    sheets, new = a.sheets(), b.sheets()
    need(list(new)[:len(sheets)] == list(sheets) and list(new)[len(sheets):] in SHEETS, f'sheets: {list(new)}')
    rels = lambda p: {p.find(f'{part.rpartition("/")[0]}/_rels/{part.rpartition("/")[2]}.rels'.lstrip('/')) for part in (x.replace('\\', '/') for x in [''] + [p.book()] + list(p.sheets().values()))}
    drawings = {t for s in sheets.values() for k, t in b.rels(s).values() if k in ('comments', 'vmlDrawing')}
    may = {a.find('[Content_Types].xml'), a.book(), a.styles(), a.find('docProps/custom.xml')} | rels(a) | set(sheets.values()) | drawings
    need([n for n in b.names if n in a.members] == [n for n in a.names], 'members are gone, or in another order')
    touched = [n for n in a.names if a.members[n] != b.members[n]]
    for n in touched:
        need(n in may, f'{n} has changed')
    added = [n for n in b.names if n not in a.members]
    for n in added:
        need(re.fullmatch(r'xl/comments\d+\.xml|xl/drawings/vmlDrawing\d+\.vml|xl/worksheets/nianbao\d\.xml|docProps/custom\.xml|(xl/\w+/)?_rels/[^/]*\.rels', n), f'{n} is new')
    xfs, fills = compare_styles(a, b)
    marks = 0
    for name, part in sheets.items():
        need(new[name] == part, f'{name}: another part')
        if a.tree(part).tag == MAIN + 'worksheet':
            marks += compare_sheet(a, b, part, xfs, fills)
            compare_comments(a, b, part)
    for part in [''] + [a.book()] + list(sheets.values()):
        before, now = a.rels(part), b.rels(part)
        need(all(now.get(k) == v for k, v in before.items()), f'{part}: relationships')
        for i, (kind, target) in now.items():
            need(i in before or b.find(target), f'{part}: {target} is not there')
    x, y = a.tree(a.find('[Content_Types].xml')), b.tree(b.find('[Content_Types].xml'))
    extended(x, y, 'types', lambda e: e.tag == TYPES + 'Override' and b.find(e.get('PartName')[1:]) in added)
    named = [e.get('PartName') for e in y if e.tag == TYPES + 'Override']
    ends = {e.get('Extension').lower() for e in y if e.tag == TYPES + 'Default'}
    for n in added:
        need('/' + n in named or n.endswith('.rels') and 'rels' in ends, f'{n} has no type')
    need(len(named) == len(set(named)) or len({e.get('PartName') for e in x}) < len(x), 'a type twice')
    x, y = a.tree(a.book()), b.tree(b.book())
    ids = [s.get('sheetId') for s in y.find(MAIN + 'sheets')]
    need(len(ids) == len(set(ids)), 'a sheetId twice')
    for s in list(y.find(MAIN + 'sheets'))[len(sheets):]:
        y.find(MAIN + 'sheets').remove(s)
    same(x, y, 'workbook')
    if a.find('docProps/custom.xml'):
        extended(a.tree(a.find('docProps/custom.xml')), b.tree(b.find('docProps/custom.xml')), 'properties', lambda e: e.get('name').startswith('nianbao.'))
    pids = [e.get('pid') for e in b.tree(b.find('docProps/custom.xml'))]
    need(len(pids) == len(set(pids)), 'a pid twice')
    return marks, len(touched), len(added)


if __name__ == '__main__':
    bad = 0
    for original, marked in zip(sys.argv[1::2], sys.argv[2::2]):
        try:
            print(marked, *compare(original, marked))
        except Bad as e:
            bad += 1
            print('BAD', marked, e)
    sys.exit(bad > 0)
