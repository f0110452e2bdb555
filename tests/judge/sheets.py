# SPDX-License-Identifier: MIT
"""Sheets in memory and four ways to write them: our own bytes (any detail of the XML can be chosen), openpyxl, xlwt, LibreOffice."""
import io
import os
import subprocess
import tempfile
import zipfile
from xml.sax.saxutils import escape

STAMP = (2024, 1, 1, 0, 0, 0)


class Formula:
    """A formula and its cached value (a text of digits; None: saved without one)."""

    def __init__(self, text, value=None):
        self.text, self.value = text, value


class Number:
    """A cell that holds a number; `text` are its digits."""

    def __init__(self, text):
        self.text = text


class Error:
    def __init__(self, text):
        self.text = text


class Sheet:
    """cells: (row, column) from 0 -> str, Number, Formula or Error."""

    def __init__(self, name):
        self.name, self.cells, self.merges, self.hidden = name, {}, [], False

    def put(self, row, column, content):
        if content is not None and content != "":
            self.cells[row, column] = content

    def merge(self, row, column, rows, columns):
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))

    def ref(self, row, column):
        quoted = self.name if not any(c in " '()-·" for c in self.name) and not self.name[:1].isdigit() else "'%s'" % self.name.replace("'", "''")
        return "%s!%s" % (quoted, address(row, column))


def address(row, column):
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return "%s%d" % (letters, row + 1)


# Our own bytes

def sheet_xml(sheet, strings, style):
    """One worksheet part. style: dict(inline, prefix, dimension): how an unusual but lawful producer would write it."""
    p = style.get("prefix", "")
    p = p + ":" if p else ""
    rows = {}
    for (row, column), content in sheet.cells.items():
        rows.setdefault(row, []).append((column, content))
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<%sworksheet xmlns%s="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
           % (p, ":" + p[:-1] if p else "")]
    if style.get("dimension"):
        out.append('<%sdimension ref="%s"/>' % (p, style["dimension"]))
    out.append('<%scols><%scol min="1" max="3" width="20" customWidth="1"/><%scol min="4" max="20" width="12" customWidth="1"/></%scols>' % (p, p, p, p))
    out.append("<%ssheetData>" % p)
    for row in sorted(rows):
        out.append('<%srow r="%d">' % (p, row + 1))
        for column, content in sorted(rows[row], key=lambda pair: pair[0]):
            out.append(cell_xml(p, address(row, column), content, strings, style))
        out.append("</%srow>" % p)
    out.append("</%ssheetData>" % p)
    if sheet.merges:
        out.append('<%smergeCells count="%d">' % (p, len(sheet.merges)))
        for r1, c1, r2, c2 in sheet.merges:
            out.append('<%smergeCell ref="%s:%s"/>' % (p, address(r1, c1), address(r2, c2)))
        out.append("</%smergeCells>" % p)
    out.append("</%sworksheet>" % p)
    return "".join(out)


def cell_xml(p, ref, content, strings, style):
    ref += '" s="1'
    if isinstance(content, Number):
        return '<%sc r="%s"><%sv>%s</%sv></%sc>' % (p, ref, p, content.text, p, p)
    if isinstance(content, Error):
        return '<%sc r="%s" t="e"><%sv>%s</%sv></%sc>' % (p, ref, p, content.text, p, p)
    if isinstance(content, Formula):
        value = "" if content.value is None else "<%sv>%s</%sv>" % (p, content.value, p)
        return '<%sc r="%s"><%sf>%s</%sf>%s</%sc>' % (p, ref, p, escape(content.text), p, value, p)
    text = escape(content)
    if style.get("inline"):
        return '<%sc r="%s" t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>' % (p, ref, p, p, text, p, p, p)
    index = strings.setdefault(content, len(strings))
    return '<%sc r="%s" t="s"><%sv>%d</%sv></%sc>' % (p, ref, p, index, p, p)


def xlsx_bytes(sheets, style=None):
    """An .xlsx with fixed times: the same sheets give the same bytes."""
    style = style or {}
    strings, parts, base = {}, [], style.get("base", "xl/worksheets/sheet%d.xml")
    for number, sheet in enumerate(sheets, 1):
        parts.append((base % number, sheet_xml(sheet, strings, style)))
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    workbook = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook %s xmlns:r="%s"><sheets>' % (ns, office)]
    relations = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">']
    types = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Default Extension="xml" ContentType="application/xml"/>'
             '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>']
    for number, sheet in enumerate(sheets, 1):
        state = ' state="hidden"' if sheet.hidden else ""
        workbook.append('<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>' % (escape(sheet.name, {'"': "&quot;"}), number, state, number))
        target = "/" + base % number if style.get("absolute") else (base % number)[3:]
        relations.append('<Relationship Id="rId%d" Type="%s/worksheet" Target="%s"/>' % (number, office, target))
        types.append('<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' % (base % number))
    workbook.append("</sheets></workbook>")
    relations.append('<Relationship Id="rId900" Type="%s/styles" Target="styles.xml"/>' % office)
    types.append('<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>')
    if strings:
        relations.append('<Relationship Id="rId901" Type="%s/sharedStrings" Target="sharedStrings.xml"/>' % office)
        types.append('<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>')
        items = "".join('<si><t xml:space="preserve">%s</t></si>' % escape(text) for text in strings)
        parts.append(("xl/sharedStrings.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst %s count="%d" uniqueCount="%d">%s</sst>'
                      % (ns, len(strings), len(strings), items)))
    parts.append(("xl/styles.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet %s><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
                  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
                  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/>'
                  '<top style="thin"/><bottom style="thin"/><diagonal/></border></borders>'
                  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
                  '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
                  '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
                  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>' % ns))
    first = [("[Content_Types].xml", "".join(types) + "</Types>"),
             ("_rels/.rels", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
              '<Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % office),
             ("xl/workbook.xml", "".join(workbook)), ("xl/_rels/workbook.xml.rels", "".join(relations) + "</Relationships>")]
    return zip_bytes(first + parts, zipfile.ZIP_STORED if style.get("stored") else zipfile.ZIP_DEFLATED)


def zip_bytes(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in members:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type, info.external_attr, info.create_system = method, 0o600 << 16, 0
            archive.writestr(info, text)
    return out.getvalue()


# Other people's writers

def openpyxl_bytes(sheets):
    import openpyxl
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), content in sheet.cells.items():
            cell = page.cell(row + 1, column + 1)
            if isinstance(content, Number):
                cell.value = float(content.text) if "." in content.text else int(content.text)
            elif isinstance(content, Formula):
                cell.value = "=" + content.text
            elif isinstance(content, Error):
                cell.value = content.text
            else:
                cell.value, cell.data_type = content, "s"
        for r1, c1, r2, c2 in sheet.merges:
            page.merge_cells(start_row=r1 + 1, start_column=c1 + 1, end_row=r2 + 1, end_column=c2 + 1)
        if sheet.hidden:
            page.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls_bytes(sheets):
    """BIFF8 by xlwt, values only (a formula becomes its value: xlwt writes no cached ones)."""
    import xlwt
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        merged = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in sheet.merges}
        for (row, column), content in sheet.cells.items():
            if isinstance(content, Formula):
                content = Number(content.value)
            if isinstance(content, Number):
                content = float(content.text)
            elif isinstance(content, Error):
                page.row(row).set_cell_error(column, {"#N/A": "#N/A!"}.get(content.text, content.text))     # xlwt's own spelling
                continue
            page.write(row, column, content)
        for (r1, c1), (r2, c2) in merged.items():
            page.merge(r1, r2, c1, c2)
        if sheet.hidden:
            page.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def office_convert(files, target, directory):
    """LibreOffice, in a profile of its own that recalculates on loading, converts all files at once into directory."""
    with tempfile.TemporaryDirectory(prefix="nianbao-office-") as profile:
        os.makedirs(os.path.join(profile, "user"))
        with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w", encoding="utf-8") as out:
            out.write(RECALCULATE)
        command = ["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--norestore", "--convert-to", target, "--outdir", directory]
        done = subprocess.run(command + list(files), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    extension = target.split(":")[0]
    missing = [f for f in files if not os.path.exists(os.path.join(directory, os.path.splitext(os.path.basename(f))[0] + "." + extension))]
    if missing:
        raise RuntimeError("LibreOffice did not convert %s: %s" % (missing[:3], done.stdout.decode("utf-8", "replace")[-500:]))
