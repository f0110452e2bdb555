#!/bin/sh
# SPDX-License-Identifier: MIT
# man.sh PROGRAM: the manual page nianbao(1) from what PROGRAM --help says.
set -eu
"$1" --help --lang en | sed 's/\\/\\\\/g; s/-/\\-/g' | awk '
    function section(name) { part = name; print ".SH " name }
    NR == 1 {
        version = $2
        sub(/:$/, "", version)
        print ".TH NIANBAO 1 \"\" \"nianbao " version "\" \"User Commands\"\n.SH NAME"
        sub(/^[^:]*: /, "")
        sub(/\.$/, "")
        print "nianbao \\- " $0
        next
    }
    /^Usage:/ { section("SYNOPSIS"); next }
    /^Options:/ { section("OPTIONS"); next }
    /^Exit status:/ { section("EXIT STATUS"); sub(/^Exit status: /, "") }
    part == "SYNOPSIS" && /^  [^ ]/ { sub(/^ */, ""); print ".TP\n.B " $0; next }
    part == "OPTIONS" && /^  [^ ]/ { sub(/^ */, ""); i = index($0, "  "); print ".TP\n.B " substr($0, 1, i - 1); $0 = substr($0, i) }
    { sub(/^ +/, ""); if ($0 != "") print }
    END { print ".SH SEE ALSO\n.BR nianbao\\-drop (1)" }'
