#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""restored.py ORIGINAL UNMARKED: after all marks are taken away again every part of the original but the lists that only grow (styles,
workbook, its relationships, types, properties) has the same bytes (<a></a> is <a/>), and nothing hangs on its sheets that did not. A drawing
has the same bytes but for the blocks of numbers and the type of shape that it got."""
import re, sys, zipfile
from xml.etree.ElementTree import canonicalize
a, b = (zipfile.ZipFile(p) for p in sys.argv[1:3])
grows = lambda n: n.lower().replace('\\', '/') in ('[content_types].xml', '_rels/.rels', 'docprops/custom.xml') or 'styles' in n.lower() or 'workbook' in n.lower()
shapes = lambda vml: re.sub(rb'(?s)<\w+:shapelayout.*?</\w+:shapelayout>|<\w+:shapetype.*?</\w+:shapetype>', b'', vml)
alike = lambda n, x, y: x == y or (canonicalize(x) == canonicalize(y) if n.endswith(('.xml', '.rels')) else n.endswith('.vml') and shapes(x) == shapes(y))
bad = [n for n in a.namelist() if not grows(n) and (n not in b.namelist() or not alike(n, a.read(n), b.read(n)))]
bad += [n for n in b.namelist() if n not in a.namelist() and not n.startswith('xl/worksheets/nianbao') and not grows(n)]
bad += [n for n in ('comments', 'vmlDrawing') if b.read('[Content_Types].xml').count(n.encode()) != a.read('[Content_Types].xml').count(n.encode())]
if bad:
    print('BAD', sys.argv[1], bad)
sys.exit(bool(bad))
