# SPDX-License-Identifier: MIT
"""office: a running LibreOffice, its documents, and the extension's Basic functions."""
import os
import time
import xml.etree.ElementTree as ET
import zipfile

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import DisposedException

FUNCTION = "vnd.sun.star.script:Nianbao.%s?language=Basic&location=application"


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def url(path):
    return uno.systemPathToFileUrl(os.path.abspath(path))


class Office:
    def __init__(self, pipe):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for attempt in range(200):
            try:
                self.context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
                break
            except Exception:
                if attempt == 199:
                    raise
                time.sleep(0.2)
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.scripts = self.service("com.sun.star.script.provider.MasterScriptProviderFactory").createScriptProvider("")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def call(self, function, *arguments):
        """What the function gives back."""
        return self.scripts.getScript(FUNCTION % function).invoke(arguments, (), ())[0]

    def open(self, path, **options):
        """Not as a hidden document: LibreOffice 7.4 itself ends when the insertion of a sheet is undone in one."""
        where = path if path.startswith("private:") else url(path)
        return self.desktop.loadComponentFromURL(where, "_blank", 0, tuple(prop(n, v) for n, v in options.items()))

    def quit(self):
        try:
            self.desktop.terminate()
        except DisposedException:
            pass                        # the bridge goes with it

    def compiled(self, source):
        """Does a Basic module compile? Tried in a document of its own."""
        document = self.open("private:factory/scalc", MacroExecutionMode=4)
        document.BasicLibraries.createLibrary("Trial").insertByName("Trial", source + "\nFunction Answer\n    Answer = 42\nEnd Function\n")
        script = document.getScriptProvider().getScript("vnd.sun.star.script:Trial.Trial.Answer?language=Basic&location=document")
        answer = script.invoke((), (), ())[0]
        document.close(True)
        return answer == 42


FILTERS = {".ods": "calc8", ".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97"}


def save(document, path):
    document.storeToURL(url(path), (prop("FilterName", FILTERS[os.path.splitext(path)[1]]),))
    return path


# Of the canonical content: no further than a report may reach.
COLUMNS, ROWS = 64, 200
NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, STYLE, OFFICE, TEXT = NS % "table", NS % "style", NS % "office", NS % "text"
CONDITIONAL = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}conditional-format"


def words(element):
    """The text of a cell or a note, a paragraph a line."""
    return "\n".join("".join(p.itertext()) for p in element.iter(TEXT + "p"))


def styles(root):
    """What each automatic style of a cell or a column says, whatever it is called."""
    made = {}
    for style in root.iter(STYLE + "style"):
        parts = tuple((part.tag, tuple(sorted(part.attrib.items()))) for part in style)
        parent = style.get(STYLE + "parent-style-name")
        made[style.get(STYLE + "name")] = (parent, parts) if parts else parent
    return made


def cell_content(cell, style):
    note = cell.find(OFFICE + "annotation")
    noted = note is not None and (note.get(OFFICE + "display"), words(note), [e.text for e in note if e.tag.startswith("{http://purl.org")])
    own = [p for p in cell if p.tag == TEXT + "p"]
    kept = {k: v for k, v in cell.attrib.items() if "repeated" not in k and not k.endswith("style-name")}
    return kept, "\n".join("".join(p.itertext()) for p in own), noted, style


def content(document, scratch):
    """All that is in the document, a line for each sheet, conditional format, column and cell that is not empty: texts, styles, notes.
    Not what LibreOffice chooses itself: heights of rows, sizes of notes, names of styles."""
    path = save(document, os.path.join(scratch, "content.ods"))
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("content.xml"))
    os.remove(path)
    made, lines = styles(root), []
    for sheet in root.iter(TABLE + "table"):
        name, row, defaults = sheet.get(TABLE + "name"), 0, []
        lines.append(repr((name, sorted((k, v) for k, v in sheet.attrib.items() if not k.endswith("style-name")))))
        lines += sorted(repr((name, [sorted(e.attrib.items()) for e in format.iter()])) for format in sheet.iter(CONDITIONAL))
        for column in sheet.iter(TABLE + "table-column"):
            n = min(int(column.get(TABLE + "number-columns-repeated", 1)), COLUMNS - len(defaults))
            defaults += [column.get(TABLE + "default-cell-style-name", "Default")] * n
            lines += [repr((name, "column", made.get(column.get(TABLE + "style-name")), column.get(TABLE + "visibility")))] * n
        for element in sheet.iter(TABLE + "table-row"):
            n = min(int(element.get(TABLE + "number-rows-repeated", 1)), ROWS - row)
            cells, at = [], 0
            for cell in element:
                m = min(int(cell.get(TABLE + "number-columns-repeated", 1)), COLUMNS - at)
                for i in range(at, at + m):
                    style = cell.get(TABLE + "style-name", defaults[i])
                    cells.append((i, cell.tag, cell_content(cell, made.get(style, style))))
                at += m
            cells = [repr(c) for c in cells if c[2] != ({}, "", False, "Default")]
            lines += [repr((name, r)) + c for r in range(row, row + n) for c in cells]
            row += n
    return lines
