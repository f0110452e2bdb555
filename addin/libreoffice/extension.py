#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""extension.py VERSION BUILD OUT: the .oxt. BUILD holds amd64/nianbao, arm64/nianbao, notices.txt and icon-SIZE.png. The same input gives
the same bytes: sorted names, one date."""
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

HERE = pathlib.Path(__file__).parent
LIBRARY = "Nianbao"
DATE = (2024, 1, 1, 0, 0, 0)
SCRIPT = "vnd.sun.star.script:%s.Doors.%s?language=Basic&location=application"
SHEETS = "com.sun.star.sheet.SpreadsheetDocument"
MENU = {"zh-CN": "年报", "en": "Nianbao"}
COMMANDS = (                    # of Doors; in the order of the menu
    ("Check", {"zh-CN": "校验", "en": "Check"}),
    ("Fill", {"zh-CN": "填充合计", "en": "Fill Totals"}),
    ("Export", {"zh-CN": "导出校验版", "en": "Export Checked Workbook"}),
    ("Clear", {"zh-CN": "清除标记", "en": "Clear Marks"}),
    ("About", {"zh-CN": "关于年报校验", "en": "About Nianbao"}),
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
LIBRARY_HEAD = '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
MODULE_HEAD = '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
CONFIGURATION = ('<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
                 'oor:name="%s" oor:package="org.openoffice.Office%s">%s</oor:component-data>\n')
TOOLBAR = "cn.nianbao.toolbar"


def module(path, version):
    source = path.read_text().replace("@VERSION@", version)
    return (XML + MODULE_HEAD + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name=%s '
            'script:language="StarBasic">%s</script:module>\n' % (quoteattr(path.stem), escape(source)))


def library(modules):
    elements = "".join("<library:element library:name=%s/>" % quoteattr(path.stem) for path in modules)
    return (XML + LIBRARY_HEAD + '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="%s" '
            'library:readonly="false" library:passwordprotected="false">%s</library:library>\n' % (LIBRARY, elements))


def node(name, *content):
    return "<node oor:name=%s oor:op=\"replace\">%s</node>" % (quoteattr(name), "".join(content))


def prop(name, value, kind="xs:string"):
    if isinstance(value, dict):
        values = "".join("<value xml:lang=%s>%s</value>" % (quoteattr(lang), escape(text)) for lang, text in value.items())
    else:
        values = "<value>%s</value>" % escape(value)
    return "<prop oor:name=%s oor:type=%s>%s</prop>" % (quoteattr(name), quoteattr(kind), values)


def command(number, name, title):
    return node("m%d" % number, prop("URL", SCRIPT % (LIBRARY, name)), prop("Title", title), prop("Target", "_self"), prop("Context", SHEETS))


def addons():
    entries = [command(number, name, title) for number, (name, title) in enumerate(COMMANDS, 1)]
    menu = node("cn.nianbao.menu", prop("Title", MENU), prop("Context", SHEETS), '<node oor:name="Submenu">', *entries, "</node>")
    bar = node(TOOLBAR, *entries)
    images = node("cn.nianbao.check", prop("URL", SCRIPT % (LIBRARY, COMMANDS[0][0])), '<node oor:name="UserDefinedImages">',
                  prop("ImageSmallURL", "%origin%/icons/icon-16.png"), prop("ImageBigURL", "%origin%/icons/icon-26.png"), "</node>")
    parts = (("OfficeMenuBar", menu), ("OfficeToolBar", bar), ("Images", images))
    content = "".join('<node oor:name="%s">%s</node>' % part for part in parts)
    return XML + CONFIGURATION % ("Addons", "", '<node oor:name="AddonUI">%s</node>' % content)


def window_state():
    """Else the toolbar floats over the sheet, with pictures alone: words say more."""
    state = node("private:resource/toolbar/addon_" + TOOLBAR, prop("UIName", MENU), prop("Visible", "true", "xs:boolean"),
                 prop("Docked", "true", "xs:boolean"), prop("DockingArea", "0", "xs:int"), prop("DockPos", "0,4"), prop("Style", "2", "xs:int"))
    return XML + CONFIGURATION % ("CalcWindowState", ".UI", '<node oor:name="UIElements"><node oor:name="States">%s</node></node>' % state)


def main(version, build, out):
    build = pathlib.Path(build)
    top = HERE.parent.parent
    modules = sorted((HERE / "basic").glob("*.bas"))
    files = {"%s/%s.xba" % (LIBRARY, path.stem): module(path, version).encode() for path in modules}
    files["%s/script.xlb" % LIBRARY] = library(modules).encode()
    files["%s/dialog.xlb" % LIBRARY] = library([]).encode()         # without it every start complains
    files["Addons.xcu"] = addons().encode()
    files["CalcWindowState.xcu"] = window_state().encode()
    files["description.xml"] = (HERE / "description.xml").read_text().replace("@VERSION@", version).encode()
    for name in ("META-INF/manifest.xml", "description/zh.txt", "description/en.txt"):
        files[name] = (HERE / name).read_bytes()
    files["LICENSE.txt"] = (top / "LICENSE").read_bytes()
    files["program/nianbao.sh"] = (HERE / "nianbao.sh").read_bytes()
    for name in ("amd64/nianbao", "arm64/nianbao", "notices.txt"):
        files["program/" + name] = (build / name).read_bytes()
    for picture in build.glob("icon-*.png"):
        files["icons/" + picture.name] = picture.read_bytes()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o755 if name.startswith("program/") and not name.endswith(".txt") else 0o644) << 16
            archive.writestr(entry, data)


main(*sys.argv[1:])
