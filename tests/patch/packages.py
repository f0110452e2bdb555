#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""packages.py FILE WORD OTHER OUT: a workbook with one word of its texts instead of another. packages.py FOLDER: a failing sample made over into packages with what clerks' files hold besides cells. The names say what must happen:
mark-… is marked in place, legal-… is given back in the legal layout."""
import os
import re
import sys
import zipfile

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples", "宿迁市2023多处笔误.xlsx")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
VML = ('<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
       '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>\n<v:shapetype id="_x0000_t202" path="m,l"></v:shapetype><v:shape id="_x0000_s1025" type="#_x0000_t202"><v:textbox><br></v:textbox>\n'
       '<x:ClientData ObjectType="Note"><x:Anchor>1, 1, 1, 1, 3, 3, 3, 3</x:Anchor><x:Row>%d</x:Row>\n<x:Column>%d</x:Column></x:ClientData></v:shape>\n</xml>')


def members(path):
    with zipfile.ZipFile(path) as z:
        return {n: z.read(n) for n in z.namelist()}


def edit(parts, name, pattern, new):
    text, n = re.subn(pattern, lambda _: new, parts[name].decode(), count=1, flags=re.S)
    assert n == 1, (name, pattern)
    parts[name] = text.encode()


def add(parts, name, data, kind=None, of=None, relation=None):
    parts[name] = data if isinstance(data, bytes) else data.encode()
    if kind:
        edit(parts, "[Content_Types].xml", "</Types>", '<Override PartName="/%s" ContentType="%s"/></Types>' % (name, kind))
    if of is not None:
        folder, _, base = of.rpartition("/")
        rels = (folder + "/" if folder else "") + "_rels/%s.rels" % base
        parts.setdefault(rels, (HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>').encode())
        edit(parts, rels, "</Relationships>", '<Relationship Id="rIdOld" Type="%s" Target="/%s"/></Relationships>' % (relation, name))


def sheet_of(parts, title):
    book = parts["xl/workbook.xml"].decode()
    rel = re.search(r'<sheet [^>]*name="[^"]*%s[^"]*"[^>]*r:id="(\w+)"' % title, book)[1]
    tag = next(t for t in re.findall("<Relationship [^>]*>", parts["xl/_rels/workbook.xml.rels"].decode()) if 'Id="%s"' % rel in t)
    target = re.search('Target="([^"]*)"', tag)[1]
    return target[1:] if target.startswith("/") else "xl/" + target


def macros(parts):
    edit(parts, "[Content_Types].xml", re.escape(OFFICE + "spreadsheetml.sheet.main+xml"), "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    add(parts, "xl/vbaProject.bin", bytes(range(256)) * 20, "application/vnd.ms-office.vbaProject", "xl/workbook.xml",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject")


def commented(parts, text, author="张三"):
    """A comment on a cell with a finding, J8, and one on A1."""
    part = sheet_of(parts, "三、")
    add(parts, "xl/comments9.xml", HEAD + '<comments xmlns="%s"><authors><author>%s</author></authors><commentList><comment ref="J8" authorId="0"><text>%s</text>'
        '</comment><comment ref="A1" authorId="0"><text><r><rPr><b/></rPr><t>甲</t></r><r><t> 乙</t></r></text></comment></commentList></comments>'
        % (MAIN, author, text), OFFICE + "spreadsheetml.comments+xml", part, REL + "/comments")
    add(parts, "xl/drawings/old.vml", VML % (7, 9))
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    edit(parts, rels, "</Relationships>", '<Relationship Id="vml" Type="%s/vmlDrawing" Target="../drawings/old.vml"/></Relationships>' % REL)
    edit(parts, "[Content_Types].xml", "<Default ", '<Default Extension="vml" ContentType="%svmlDrawing"/><Default ' % OFFICE)
    edit(parts, part, "</worksheet>", '<legacyDrawing xmlns:q="%s" q:id="vml"/></worksheet>' % REL)


def tail(parts):
    part = sheet_of(parts, "三、")
    edit(parts, part, "</worksheet>", '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
         '<controls/></mc:Choice></mc:AlternateContent><extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x:y xmlns:x="urn:wps"> \u00a0</x:y></ext></extLst></worksheet>')


def bom(parts):
    for name in (sheet_of(parts, "三、"), "xl/styles.xml"):
        parts[name] = b"\xef\xbb\xbf" + parts[name]


def wide(parts):
    name = sheet_of(parts, "三、")
    parts[name] = parts[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def choice(parts):
    edit(parts, sheet_of(parts, "三、"), "</worksheet>", '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x">'
         '<legacyDrawing/></mc:Choice></mc:AlternateContent></worksheet>')


def prefixed(parts):
    for name in ("xl/styles.xml", sheet_of(parts, "三、")):
        text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1p:", parts[name].decode())
        parts[name] = text.replace('xmlns="%s"' % MAIN, 'xmlns:p="%s"' % MAIN).encode()


def own_prefixes(parts):
    """A drawing in which every element declares its own prefixes, as openpyxl writes them."""
    commented(parts, "<t>原来的批注</t>")
    spaces = ''.join(' xmlns:n%d="urn:schemas-microsoft-com:%s"' % (i, s) for i, s in enumerate(("vml", "office:office", "office:excel")))
    text = VML % (7, 9)
    text = re.sub(' xmlns:[^ >]*', '', text).replace("<br>", "")
    for i, prefix in enumerate("vox"):
        text = re.sub(r"(</?)%s:(\w+)" % prefix, r"\1n%d:\2" % i, text).replace(" %s:ext" % prefix, " n%d:ext" % i)
    parts["xl/drawings/old.vml"] = re.sub(r"(<n\d:\w+)", r"\1" + spaces, text).encode()


def drawn(parts, change):
    """Comments whose drawing was written by another hand: `change` makes over its text."""
    commented(parts, "<t>原来的批注</t>")
    text = change(VML % (7, 9))
    assert text != VML % (7, 9)
    parts["xl/drawings/old.vml"] = text.encode()


BUTTON = ('<v:shape id="_x0000_s1026" type="#_x0000_t201"><v:textbox></v:textbox><x:ClientData ObjectType="Button"><x:Anchor>5, 0, 9, 0, 7, 0, 11, 0</x:Anchor>'
          '<x:Row>7</x:Row><x:Column>9</x:Column></x:ClientData></v:shape>')


def other_blocks(parts):
    """A second sheet whose drawing has the blocks of shapes that would come next."""
    commented(parts, "<t>原来的批注</t>")
    part = sheet_of(parts, "四、")
    text = (VML % (0, 0)).replace('data="1"', 'data="2,3"').replace("_s1025", "_s2049")
    add(parts, "xl/drawings/other.vml", text.replace("<br>", ""))
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    parts.setdefault(rels, (HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>').encode())
    edit(parts, rels, "</Relationships>", '<Relationship Id="vml" Type="%s/vmlDrawing" Target="/xl/drawings/other.vml"/></Relationships>' % REL)
    edit(parts, part, "</worksheet>", '<legacyDrawing xmlns:q="%s" q:id="vml"/></worksheet>' % REL)
    add(parts, "xl/comments8.xml", HEAD + '<comments xmlns="%s"><authors><author/></authors><commentList><comment ref="A1" authorId="0"><text><t>乙</t></text></comment>'
        '</commentList></comments>' % MAIN, OFFICE + "spreadsheetml.comments+xml")
    edit(parts, rels, "</Relationships>", '<Relationship Id="notes" Type="%s/comments" Target="/xl/comments8.xml"/></Relationships>' % REL)


def threads(parts):
    """A threaded comment, with the one that stands for it in older programs, and the person."""
    commented(parts, "<t>[线程批注]</t>", "tc={11111111-2222-3333-4444-555555555555}")
    microsoft = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    part = sheet_of(parts, "三、")
    add(parts, "xl/threadedComments/threadedComment1.xml", HEAD + '<ThreadedComments xmlns="%s"><threadedComment ref="J8" dT="2024-01-08T02:00:00.00" '
        'personId="{A0000000-0000-0000-0000-000000000001}" id="{11111111-2222-3333-4444-555555555555}"><text>请核对</text></threadedComment></ThreadedComments>' % microsoft,
        "application/vnd.ms-excel.threadedcomments+xml")
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    edit(parts, rels, "</Relationships>", '<Relationship Id="thread" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
         'Target="../threadedComments/threadedComment1.xml"/></Relationships>')
    add(parts, "xl/persons/person.xml", HEAD + '<personList xmlns="%s"><person displayName="张三" id="{A0000000-0000-0000-0000-000000000001}" userId="z" '
        'providerId="None"/></personList>' % microsoft, "application/vnd.ms-excel.person+xml", "xl/workbook.xml", "http://schemas.microsoft.com/office/2017/10/relationships/person")


def chart_sheet(parts):
    add(parts, "xl/chartsheets/sheet1.xml", '<chartsheet xmlns="%s"/>' % MAIN, OFFICE + "spreadsheetml.chartsheet+xml", "xl/workbook.xml", REL + "/chartsheet")
    edit(parts, "xl/workbook.xml", "</sheets>", '<sheet name="校验结果" sheetId="9" r:id="rIdOld"/></sheets>')


def many_styles(parts):
    edit(parts, "xl/styles.xml", "</cellXfs>", '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 65480 + "</cellXfs>")


def lost_comments(parts):
    commented(parts, "<t>原来的批注</t>")
    del parts["xl/comments9.xml"]


def chain(parts):
    add(parts, "xl/calcChain.xml", HEAD + '<calcChain xmlns="%s"><c r="A1" i="1"/></calcChain>' % MAIN, OFFICE + "spreadsheetml.calcChain+xml", "xl/workbook.xml", REL + "/calcChain")


def own_comparison(parts):
    """A sheet of the clerk's called 与上年对比."""
    add(parts, "xl/worksheets/own.xml", HEAD + '<worksheet xmlns="%s"><sheetData><row r="1"><c r="A1"><v>12</v></c></row></sheetData></worksheet>' % MAIN,
        OFFICE + "spreadsheetml.worksheet+xml", "xl/workbook.xml", REL + "/worksheet")
    edit(parts, "xl/workbook.xml", "</sheets>", '<sheet name="与上年对比" sheetId="99" r:id="rIdOld"/></sheets>')


CASES = {
    "mark-plain": lambda p: None,
    "mark-macros.xlsm": macros,
    "mark-comments": lambda p: commented(p, "<t>原来的批注 &amp; 一句</t>"),
    "mark-comment-runs": lambda p: commented(p, "<r><rPr><b/></rPr><t>张三：</t></r><r><t>待查</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>"),
    "mark-comments-own-prefixes": own_prefixes,
    "mark-drawing-no-map": lambda p: drawn(p, lambda t: re.sub("<o:shapelayout.*?</o:shapelayout>", "", t)),
    "mark-drawing-no-type": lambda p: drawn(p, lambda t: re.sub("<v:shapetype.*?</v:shapetype>", "", t)),
    "mark-drawing-full-block": lambda p: drawn(p, lambda t: t.replace("_s1025", "_s2044")),
    "mark-drawing-button": lambda p: drawn(p, lambda t: t.replace("</xml>", BUTTON + "</xml>")),
    "mark-drawing-lines": lambda p: drawn(p, lambda t: t.replace("\n", "\r\n").replace("<v:shape id", "<v:shape\r\n id").replace("Note\">", "Note\" >")),
    "mark-drawing-other-blocks": other_blocks,
    "mark-threads-persons": threads,
    "mark-chain": chain,
    "mark-thread": lambda p: commented(p, "<t>[线程批注]</t>", "tc={11111111-2222-3333-4444-555555555555}"),
    "mark-tail": tail,
    "mark-bom": bom,
    "mark-prefixed": prefixed,
    "mark-properties": lambda p: add(p, "docProps/custom.xml", HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
                                     'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
                                     'pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0</vt:lpwstr></property></Properties>', OFFICE + "custom-properties+xml", "", REL + "/custom-properties"),
    "mark-own-comparison": own_comparison,
    "mark-own-comparison-table": lambda p: edit(p, "xl/workbook.xml", "三、依申请公开", "与上年对比"),
    "legal-signed": lambda p: add(p, "_xmlsignatures/origin.sigs", b""),
    "legal-shared": lambda p: add(p, "xl/revisions/revisionHeaders.xml", "<headers/>"),
    "legal-utf16": wide,
    "legal-choice": choice,
    "legal-own-sheet": lambda p: edit(p, "xl/workbook.xml", "二、主动公开", "校验结果"),
    "legal-own-sheet-case": lambda p: edit(p, "xl/workbook.xml", "二、主动公开", "NianBao"),
    "legal-own-chart": chart_sheet,
    "legal-many-styles": many_styles,
    "legal-sheet-numbers": lambda p: edit(p, "xl/workbook.xml", 'sheetId="3"', 'sheetId="65534"'),
    "legal-lost-comments": lost_comments,
}


def write(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for i, (part, data) in enumerate(parts.items()):
            z.writestr(zipfile.ZipInfo(part, (2021, 2, 3, 4, 5, 6)), data, zipfile.ZIP_STORED if i % 5 == 1 else zipfile.ZIP_DEFLATED)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    for name, change in CASES.items():
        parts = members(SAMPLE)
        change(parts)
        write(os.path.join(folder, name if "." in name else name + ".xlsx"), parts)


if len(sys.argv) == 2:
    main(sys.argv[1])
else:
    write(sys.argv[4], {n: data.replace(sys.argv[2].encode(), sys.argv[3].encode()) for n, data in members(sys.argv[1]).items()})
