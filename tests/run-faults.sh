#!/bin/sh
# SPDX-License-Identifier: MIT
# run-faults.sh PROGRAM FAULTS MEMORY [KILLS]: every call that writes fails once, requests for memory fail, the folder of the outputs goes
# away, and the program is killed again and again while it writes. Nothing is ever half under its own name, and no input changes.
set -u
program=$1 faults=$2 memory=$3 kills=${4:-100}
here=$(cd "$(dirname "$0")" && pwd)
case $program in /*) ;; *) program=$PWD/$program ;; esac
case $faults in /*) ;; *) faults=$PWD/$faults ;; esac
case $memory in /*) ;; *) memory=$PWD/$memory ;; esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'FAIL %s\n' "$*" >&2; }

cd "$work" || exit 2
mkdir in out want
for name in 一 二 三 四 五 六 七 八; do cp "$here/../samples/宿迁市2023多处笔误.xlsx" "in/$name.xlsx"; done
cp in/一.xlsx one.xlsx                       # comes back marked
cp "$here/../samples/宿迁市2023.xls" two.xls     # in the legal layout, through the library
mkdir kinds                                  # the other formats
/usr/bin/python3 -B "$here/make_kinds.py" "$program" "$work/kinds" 某市教育局 || exit 2
rm kinds/名单.csv
before=$(cksum in/* kinds/* one.xlsx two.xls)
"$program" convert -o want in one.xlsx two.xls >/dev/null 2>&1
for file in kinds/*; do "$program" convert -o "want.${file##*.}" "$file" >/dev/null 2>&1; done
"$program" check --forms "$here/../templates" --json one.xlsx >want.json 2>/dev/null

# whole FOLDER: every file of it is one that an undisturbed run writes; names of our own temporary files are the only others
whole() {
    for file in "$1"/*; do
        [ -f "$file" ] || continue
        cmp -s "$file" "${2:-want}/${file#"$1"/}" || { echo "$file is not as it should be"; return 1; }
    done
}

# fail KIND:N[+] [INPUT]: one conversion with that fault. Sets status.
fail() {
    rm -rf out/* out/.nianbao-*
    FAULTS=$1 LD_PRELOAD=$faults "$program" convert -o out "${2:-two.xls}" >stdout 2>stderr
    status=$?
    why=
    case $status in
    0 | 1) [ "$(ls out | wc -l)" = 2 ] || why="status $status, but there are $(ls out | wc -l) outputs" ;;
    2 | 3) [ -s stderr ] || why="status $status, and nothing is said" ;;
    *) why="status $status" ;;
    esac
    case ${2:-} in kinds/*) left=$(whole out "want.${2##*.}") ;; *) left=$(whole out) ;; esac || why=$left
    [ -z "$(ls -A out | grep '^\.nianbao-')" ] || why="a temporary file is left"
    if [ -z "$why" ]; then ok; else bad "$1 ${2:-}: $why"; fi
}

# Each call once, until there is no such call any more; from the n-th realloc on all (no memory for the parts of the workbook).
for kind in create write fsync rename realloc; do
    n=1 refused=0 status=3
    while [ "$n" -lt 20000 ] && { [ "$status" -gt 1 ] || [ "$n" -le 40 ]; }; do
        if [ $kind = realloc ]; then fail "$kind:$n+"; else fail "$kind:$n"; fi
        [ "$status" = 3 ] && refused=$((refused + 1))
        n=$((n + 1 + n / 40))
    done
    [ "$refused" -gt 0 ] && ok || bad "$kind: never refused"
    for n in 1 2 3 4 5 6 7 8; do case $kind in realloc) ;; *) fail "$kind:$n" one.xlsx ;; esac; done
done

# The same of the other formats: the first calls of each kind.
for kind in create write fsync rename; do
    for file in kinds/*; do
        for n in 1 2 3 4 5 6; do fail "$kind:$n" "$file"; done
    done
done

# Memory: the requests of a whole conversion to its arena, in every format.
counts=$("$memory" 60 one.xlsx two.xls kinds/* 2>memory.stderr | tail -n 1)
head -5 memory.stderr >&2
failing=${counts#*passed, }
passed=$((passed + ${counts%% passed*})) failed=$((failed + ${failing% failed}))

# And what libraries ask for themselves; more closely of web pages, where libxml2 alone would go round for ever. 127: the loader, which is
# asked for libxml2, has no memory.
for file in kinds/*; do
    case $file in *.html) step=40 ;; *) step=6 ;; esac
    n=1
    while [ "$n" -lt 4000 ]; do
        FAULTS=malloc:$n+ LD_PRELOAD=$faults timeout 20 "$program" check --json "$file" >stdout 2>stderr
        status=$?
        case $status in 0 | 1) break ;; 2 | 3 | 127) [ -s stderr ] && ok || bad "malloc:$n+ $file: nothing is said" ;; *) bad "malloc:$n+ $file: status $status" ;; esac
        n=$((n + 1 + n / step))
    done
done

# Memory: each request of a reading fails, alone and with all that follow.
n=1
while [ "$n" -lt 100000 ]; do
    whole=yes
    for after in "" +; do
        FAULTS=malloc:$n$after LD_PRELOAD=$faults "$program" check --forms "$here/../templates" --json one.xlsx >stdout 2>stderr
        status=$?
        case $status in
        1) cmp -s stdout want.json && ok || bad "malloc:$n$after: another answer" ;;
        2 | 3) whole=no; [ -s stderr ] && ok || bad "malloc:$n$after: nothing is said" ;;
        *) whole=no; bad "malloc:$n$after: status $status" ;;
        esac
    done
    [ "$whole" = yes ] && [ "$n" -gt 100 ] && break
    n=$((n + 1 + n / 12))
done

# And less and less of it for a conversion: libxlsxwriter does not look at every request it makes, so this is asked of all of it at once.
size=20000 step=97
while [ "$size" -gt 6000 ]; do
    rm -rf out/*
    (ulimit -v $size; exec taskset -c 0 "$program" convert -o out one.xlsx) >stdout 2>stderr
    status=$?
    left=$(whole out) || bad "ulimit -v $size: $left"
    case $status in 1 | 2 | 3) ok ;; 127) break ;; *) bad "ulimit -v $size: status $status" ;; esac
    size=$((size - step))
done

# The folder of the outputs goes away in the middle of a batch, and comes back as a file.
for delay in 005 010 020 030 040 060 080 100 150; do
    rm -rf out stdout stderr
    mkdir out
    "$program" convert --force -o out in >stdout 2>stderr &
    sleep "0.$delay"
    mv out gone 2>/dev/null && [ "$delay" != 020 ] && (: >out) 2>/dev/null
    wait $!
    status=$?
    left=$(whole gone) && case $status in 1 | 2 | 3) ok ;; *) bad "the folder went away: status $status" ;; esac || bad "the folder went away: $left"
    { [ "$status" = 1 ] || [ -s stderr ]; } && ok || bad "the folder went away: nothing is said"
    rm -rf gone out
done
mkdir out

# Killed at any moment.
rm -rf out/* out/.nianbao-*
wrong=0 i=0
while [ "$i" -lt "$kills" ]; do
    i=$((i + 1))
    "$program" convert --force -o out in >/dev/null 2>&1 &
    sleep "0.$(printf '%03d' $((i * 7 % 150)))"
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
    whole out >&2 || wrong=$((wrong + 1))
    [ $((i % 10)) = 0 ] && rm -f out/*
done
[ "$wrong" = 0 ] && ok || bad "$wrong of $kills kills left half a file"
"$program" convert -o out in one.xlsx two.xls >/dev/null 2>&1
[ "$(ls -A out | sort)" = "$(ls -A want | sort)" ] && ok || bad "the next run left: $(ls -A out)"
whole out && ok || bad "the next run"
[ "$before" = "$(cksum in/* kinds/* one.xlsx two.xls)" ] && ok || bad "an input has changed"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
