#!/bin/sh
# SPDX-License-Identifier: MIT
# run-extension.sh OXT PROGRAM: the LibreOffice extension, installed into a profile of its own and used, without a screen, on every sample
# and every golden input; what it shows is compared with what PROGRAM says (tests/extension). LibreOffice installs no extension as root: then
# all this is done as nobody. One to two minutes.
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
cp "$1" "$work/nianbao.oxt"
cp "$2" "$work/nianbao"
/usr/bin/python3 "$root/addin/libreoffice/extension.py" "$(cat "$root/VERSION")" "$(dirname "$1")/../linux" "$work/again.oxt" || exit 2
cp "$root"/samples/*.xls* "$work/samples"
cp -r "$here/extension" "$root/addin/libreoffice/basic" "$work"
/usr/bin/python3 "$here/make_samples.py" --cases "$work/cases" || exit 2
# The machine's name can be another one for a test.
printf '#!/bin/sh\n[ -f "%s/machine" ] && exec cat "%s/machine"\nexec /bin/uname "$@"\n' "$work" "$work" >"$work/bin/uname"
chmod 755 "$work/bin/uname" "$work/nianbao"
as=
if [ "$(id -u)" = 0 ]; then
    chown -R nobody "$work"
    as='runuser -u nobody --'
fi
cd "$work" || exit 2
# bounded SECONDS COMMAND...
bounded() {
    seconds=$1
    shift
    $as timeout -k 5 "$seconds" "$@" </dev/null
}
# A fresh profile makes the first start end early.
bounded 60 "$program" "$profile" --headless --norestore --terminate_after_init >/dev/null 2>&1
bounded 60 unopkg add --suppress-license "$profile" "$work/nianbao.oxt" >"$work/unopkg.log" 2>&1 || { cat "$work/unopkg.log"; exit 1; }
PATH=$work/bin:$PATH
$as timeout -k 5 300 "$program" "$profile" --headless --norestore --nologo "--accept=pipe,name=$pipe;urp" </dev/null >"$work/office.log" 2>&1 &
office=$!
bounded 280 /usr/bin/python3 extension/drive.py "$pipe" "$work"
