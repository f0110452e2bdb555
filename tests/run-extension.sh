#!/bin/sh
# SPDX-License-Identifier: MIT
# run-extension.sh OXT PROGRAM: the LibreOffice extension, installed into a profile of its own and used, without a screen, on every sample
# and every golden input; what it shows is compared with what PROGRAM says (tests/extension); then, beside OXT, the package unpacked and
# the archive's install.sh. LibreOffice installs no extension as root: then all this is done as nobody. One to two minutes. EXTENSION_BOOKS is a folder of
# more workbooks.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/..
work=$(mktemp -d) || exit 2
office=
finish() {
    [ -z "$office" ] || kill "$office" 2>/dev/null
    wait
    rm -rf "$work"
}
trap finish EXIT
export HOME="$work/home" TMPDIR="$work/tmp" LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 NO_COLOR=1
unset DISPLAY XDG_CONFIG_HOME XDG_RUNTIME_DIR
profile=-env:UserInstallation=file://$work/profile
pipe=nianbao$$
program=$(dirname "$(readlink -f "$(command -v soffice)")")/soffice.bin
mkdir "$work/home" "$work/tmp" "$work/bin" "$work/cases" "$work/samples"
version=$(cat "$root/VERSION") arch=$(dpkg --print-architecture)
cp "$1" "$work/nianbao.oxt"
dpkg-deb -x "$(dirname "$1")/nianbao_${version}_$arch.deb" "$work/package"
tar -C "$work" -xzf "$(dirname "$1")/nianbao-$version-linux-$arch.tar.gz"
cp "$2" "$work/nianbao"
/usr/bin/python3 "$root/addin/libreoffice/extension.py" "$version" "$(dirname "$1")/../linux" "$work/again.oxt" || exit 2
cp "$root"/samples/*.xls* "$work/samples"
cp -r "$here/extension" "$root/addin/libreoffice/basic" "$work"
/usr/bin/python3 "$here/make_samples.py" --cases "$work/cases" || exit 2
[ -z "${EXTENSION_BOOKS:-}" ] || cp "$EXTENSION_BOOKS"/*.* "$work/cases"
# The machine's name can be another one for a test.
printf '#!/bin/sh\n[ -f "%s/machine" ] && exec cat "%s/machine"\nexec /bin/uname "$@"\n' "$work" "$work" >"$work/bin/uname"
chmod 755 "$work/bin/uname" "$work/nianbao"
as=
if [ "$(id -u)" = 0 ]; then
    chown -R nobody "$work"
    as='setpriv --reuid=nobody --regid=nogroup --clear-groups'      # it leaves HOME as it is
fi
cd "$work" || exit 2
# bounded SECONDS COMMAND...
bounded() {
    seconds=$1
    shift
    $as timeout -k 5 "$seconds" "$@" </dev/null
}
# A fresh profile makes the first start end early.
warm() { bounded 60 "$program" "$@" --headless --norestore --terminate_after_init >/dev/null 2>&1; }
# drive SCRIPT NAME OPTION...: a LibreOffice with the options, driven by the script; its last line counts
drive() {
    script=$1 name=$2
    shift 2
    $as timeout -k 5 600 "$program" "$@" --headless --norestore --nologo "--accept=pipe,name=$pipe;urp" </dev/null >>"$work/office.log" 2>&1 &
    office=$!
    out=$(bounded 560 /usr/bin/python3 "extension/$script" "$pipe" "$work" ${name:+"$name"})
    wait "$office"
    office=
    count "$(printf '%s\n' "$out" | sed -n '$s/^\([0-9]*\) passed, [0-9]* failed$/\1/p')" "$(printf '%s\n' "$out" | sed -n '$s/^[0-9]* passed, \([0-9]*\) failed$/\1/p')"
}
. "$here/check.sh"
count() { passed=$((passed + ${1:-0})) failed=$((failed + ${2:-1})); }
warm "$profile"
bounded 60 unopkg add --suppress-license "$profile" "$work/nianbao.oxt" >"$work/unopkg.log" 2>&1 || { cat "$work/unopkg.log"; exit 1; }
PATH=$work/bin:$PATH
drive drive.py '' "$profile"

# -- as it is given away --

profile=-env:UserInstallation=file://$work/of-the-package
bundled=-env:BUNDLED_EXTENSIONS=file://$work/package/usr/lib/libreoffice/share/extensions
warm "$profile" "$bundled"
# The next start finds the extension, and ends to be started again.
bounded 60 "$program" "$profile" "$bundled" --headless --norestore --cat samples/洪泽区2023.xlsx >/dev/null 2>&1
drive installed.py package "$profile" "$bundled"
check "package: one program" test "$(find "$work/package" -type f -name nianbao -perm -1)" = "$work/package/usr/bin/nianbao"

warm
bounded 90 sh "nianbao-$version-linux-$arch/install.sh" >"$work/said" 2>&1
check "archive: install.sh" test $? = 0
check "archive: it says so" grep -q 'LibreOffice 里有了“年报”菜单' "$work/said"
drive installed.py archive
check "archive: uninstall.sh" bounded 90 sh "$HOME/.local/share/nianbao/uninstall.sh"
bounded 60 unopkg list >"$work/list" 2>&1
check "archive: no extension is left" sh -c 'grep -q "user" "$0" && ! grep cn.nianbao "$0"' "$work/list"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
