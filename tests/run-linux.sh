#!/bin/sh
# SPDX-License-Identifier: MIT
# run-linux.sh BUILD: the programs without shared libraries against BUILD/nianbao, under qemu and in a chroot of an older Debian; the
# archive installed into a private home, used with windows that write down what they were asked, and uninstalled; the packages.
# By hand, after a change of install.sh or menus/: the entry of one and of several selected files in Thunar, PCManFM, Caja, Nautilus
# (with a % in a name), Nemo, Dolphin, and of one file in Peony, and each window with zenity and with kdialog. Debian 12 has all of these.
# SKIP lines say what this machine cannot do: a chroot needs root and a mirror that still has the release.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/..
build=$(cd "$1" && pwd)
version=$(cat "$root/VERSION")
amd64=$build/linux/amd64/nianbao arm64=$build/linux/arm64/nianbao
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1 NO_COLOR=1
. "$here/check.sh"
is() { [ "$1" = "$2" ] || { printf 'got  %s\nwant %s\n' "$1" "$2"; return 1; }; }
has() { printf '%s' "$1" | grep -qF -- "$2" || { printf 'no “%s” in:\n%s\n' "$2" "$1"; return 1; }; }
absent() { if [ -e "$1" ] || [ -h "$1" ]; then echo "there: $1"; return 1; fi; }
skip() { echo "SKIP $*"; }

# convert_all PREFIX OUT [COMMAND...]: all samples by COMMAND PREFIX/nianbao, with what it says
convert_all() {
    prefix=$1 out=$2
    shift 2
    mkdir -p "$out"
    for file in $(cd "$work/in" && ls); do
        "$@" "$prefix/nianbao" convert -o "${out#"$base"}/results" "${inputs:-$work/in}/$file" >"$out/$file.stdout" 2>"$out/$file.stderr"
        echo $? >"$out/$file.status"
        "$@" "$prefix/nianbao" check --json "${inputs:-$work/in}/$file" >"$out/$file.json" 2>&1
        "$@" "$prefix/nianbao" cells "${inputs:-$work/in}/$file" >"$out/$file.cells" 2>&1
    done
    "$@" "$prefix/nianbao" rollup --json -o "${out#"$base"}/results/汇总.xlsx" --roster "${inputs:-$work/in}/名单.csv" "${inputs:-$work/in}/报告.txt" \
        >"$out/rollup.stdout" 2>"$out/rollup.stderr"
    # the folder is part of what is said
    sed -i "s|${out#"$base"}/results|RESULTS|g; s|${inputs:-$work/in}|IN|g" "$out"/*.stdout "$out"/*.stderr "$out"/*.json
}
base=

mkdir "$work/in"
cp "$root"/samples/*.xls* "$work/in"
/usr/bin/python3 "$here/make_codepages.py" "$work/in" || exit 2
/usr/bin/python3 "$here/make_kinds.py" "$build/nianbao" "$work/in" 䶮㐀𠀀区人民政府 || exit 2        # 2 bytes, but not in GBK; 4 bytes

# -- the programs --

for program in "$amd64" "$arm64"; do
    check "$program needs no library" sh -c '! readelf -lW "$1" | grep -E "INTERP|NEEDED"' sh "$program"
done
convert_all "$build" "$work/dynamic"
convert_all "$build/linux/amd64" "$work/amd64"
check 'amd64: the same bytes as the ordinary program' diff -r "$work/dynamic" "$work/amd64"
check 'GB 18030: a name beyond GBK' grep -q '"unit":"䶮㐀𠀀区人民政府"' "$work/amd64/报告.txt.json"
check 'GB 18030: a list of bodies' grep -q 䶮㐀𠀀区人民政府 "$work/amd64/rollup.stdout"
check 'amd64: expected outputs' sh "$here/run-golden.sh" "$amd64"
check 'amd64: unreadable and hostile files' sh "$here/run-bad.sh" "$amd64"
check 'amd64: command line' sh "$here/run-cli.sh" "$amd64"
if command -v qemu-x86_64-static >/dev/null; then
    qemu-x86_64-static -cpu core2duo "$amd64" convert -o "$work/core2" "$work/in/宿迁市2023.xls" "$work/in/宿迁市2023多处笔误.xlsx" >/dev/null
    "$amd64" convert -o "$work/here" "$work/in/宿迁市2023.xls" "$work/in/宿迁市2023多处笔误.xlsx" >/dev/null
    check 'amd64: the same bytes on a processor of 2006' diff -r "$work/here" "$work/core2"
else
    skip 'amd64: there is no qemu-x86_64-static'
fi
if command -v qemu-aarch64-static >/dev/null; then
    mkdir "$work/qemu"
    printf '#!/bin/sh\nexec qemu-aarch64-static -cpu cortex-a53 "%s" "$@"\n' "$arm64" >"$work/qemu/nianbao"
    chmod +x "$work/qemu/nianbao"
    convert_all "$work/qemu" "$work/arm64"
    check 'arm64: the same bytes as the ordinary program' diff -r "$work/dynamic" "$work/arm64"
    check 'arm64: expected outputs' sh "$here/run-golden.sh" "$work/qemu/nianbao"
    check 'arm64: unreadable and hostile files' sh "$here/run-bad.sh" "$work/qemu/nianbao"
else
    skip 'arm64: there is no qemu-aarch64-static'
fi

# -- the archives --

archive=$build/dist/nianbao-$version-linux-amd64.tar.gz
for arch in amd64 arm64; do
    sh "$root/addin/desktop/linux/dist.sh" $arch "$build/linux/$arch" "$build/dist/nianbao-$version.oxt" "$work/again.tar.gz"
    check "$arch: the archive is the same when made again" cmp "$build/dist/nianbao-$version-linux-$arch.tar.gz" "$work/again.tar.gz"
done
mkdir "$work/unpacked"
tar -C "$work/unpacked" -xzf "$archive"
top=$work/unpacked/nianbao-$version-linux-amd64
sed -n '/SHA-256）$/,$p' "$top/软件安全说明.txt" | grep -E '^[0-9a-f]{64}  ' >"$work/sums"
check 'the digests of the security page' sh -c 'cd "$1" && sha256sum -c --quiet "$2" && [ $(wc -l <"$2") -gt 10 ]' sh "$top" "$work/sums"
check 'nothing is left to fill in' sh -c '! grep -rl "@[A-Z]*@" "$1"/*.txt' sh "$top"

# -- windows that are not there: what they are asked is written down, what is pressed comes from $ANSWERS, one line a window --

mkdir -p "$work/bin" "$work/empty"
cat >"$work/bin/zenity" <<'END'
#!/bin/sh
{ echo "== $(basename "$0")"; for word; do printf '%s\n' "$word"; done; } >>"$SAID"
case $* in *--progress*) if [ -n "${CANCEL:-}" ]; then exit 1; fi; cat >/dev/null; exit 0 ;; esac
answer=$(sed -n 1p "$ANSWERS" 2>/dev/null)
sed -i 1d "$ANSWERS" 2>/dev/null
[ -z "$answer" ] || printf '%s\n' "$answer"
case $answer in no) exit 1 ;; esac
END
cp "$work/bin/zenity" "$work/bin/kdialog"
printf '#!/bin/sh\nprintf "%%s\\n" "$1" >>"$OPENED"\n' >"$work/bin/xdg-open"
for manager in nautilus caja nemo dolphin dde-file-manager; do printf '#!/bin/sh\n' >"$work/bin/$manager"; done
printf '#!/bin/sh\necho "$*" >>"$EXTENSIONS"\n' >"$work/bin/unopkg"
chmod +x "$work/bin"/*
mkdir "$work/kde" "$work/bare"
cp "$work/bin/kdialog" "$work/bin/xdg-open" "$work/kde"
cp "$work/bin/xdg-open" "$work/bare"
# Without the machine's own windows, whatever it has.
mkdir "$work/tools"
for tool in sh dash cat sed grep head locale mktemp rm readlink dirname basename sleep find cp mv chmod mkdir rmdir ln env cut tr sort tee; do
    ln -s "$(command -v $tool)" "$work/tools/$tool"
done
export DISPLAY=:none SAID="$work/asked" ANSWERS="$work/answers" OPENED="$work/opened" EXTENSIONS="$work/extensions" LC_ALL=C.UTF-8

# drop FOLDER_OF_WINDOWS ANSWERS FILE...: sets status, asked, opened
drop() {
    : >"$SAID"
    : >"$OPENED"
    printf '%b' "$2" >"$ANSWERS"
    windows=$1
    shift 2
    PATH=$windows:$work/tools "$DROP" "$@" >"$work/drop.log" 2>&1
    status=$?
    sleep 0.2                                   # what it opens outlives it
    asked=$(cat "$SAID") opened=$(cat "$OPENED")
}

# -- installed into a home of its own --

mkdir -p "$work/home dir/桌面"
export HOME="$work/home dir" XDG_DATA_HOME='' XDG_CONFIG_HOME='' XDG_RUNTIME_DIR="$work"
unset XDG_DATA_HOME XDG_CONFIG_HOME
# A workbook program that nobody chose, but that a double click starts.
types=$(sed -n 's/^MimeType=//p' "$top/nianbao.desktop")
mkdir -p "$work/system/applications"
printf '[Desktop Entry]\nType=Application\nName=WPS\nExec=true %%F\nMimeType=%s\n' "$types" >"$work/system/applications/wps-office-et.desktop"
update-desktop-database "$work/system/applications"
export XDG_DATA_DIRS="$work/system"
find "$HOME" | sort >"$work/before"
check 'install.sh' env PATH="$work/bin:$PATH" sh "$top/install.sh"
check 'install.sh again' env PATH="$work/bin:$PATH" sh "$top/install.sh"
data=$HOME/.local/share
check 'the installed program' is "$("$data/nianbao/nianbao" --version)" "nianbao $version"
for entry in "$data/applications/nianbao.desktop" "$HOME/桌面/年报校验.desktop" "$data/kio/servicemenus/nianbao.desktop" \
             "$data/deepin/dde-file-manager/oem-menuextensions/nianbao.desktop"; do
    case $entry in */kio/*) ;; *) check "$entry is valid" desktop-file-validate "$entry" ;; esac
    check "$entry runs the installed program" grep -qxF "Exec=\"$data/nianbao/nianbao-drop\" %F" "$entry"
done
check 'desktop entry may be started' test -x "$HOME/桌面/年报校验.desktop"
workbooks() { LC_ALL=C gio mime application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; }
check 'a double click starts what it did' has "$(workbooks | sed -n 1p)" ': wps-office-et.desktop'
check '“open with” offers the program' has "$(workbooks)" nianbao.desktop
check 'nemo' test -f "$data/nemo/actions/nianbao.nemo_action"
check 'nautilus' test -x "$data/nautilus/scripts/年报校验"
check 'caja' test -x "$HOME/.config/caja/scripts/年报校验"
check 'LibreOffice: once with each install.sh' is "$(cat "$EXTENSIONS")" "add --force --suppress-license $data/nianbao/nianbao.oxt
remove cn.nianbao.libreoffice
add --force --suppress-license $data/nianbao/nianbao.oxt"
check 'blank forms are in the archive' test -f "$top/空白表/2021.xlsx"

# -- dropped --

DROP=$data/nautilus/scripts/年报校验               # a link: the program is found all the same
mkdir "$work/drop"
odd="$work/drop/it's \"年报\" \$HOME \`x\` \\n <b> 😀.xlsx"
cp "$root/samples/宿迁市2023多处笔误.xlsx" "$odd"
drop "$work/bin" '打开工作簿\n打开摘要\n打开文件夹\n' "$odd"
check 'one file: status' is "$status" 1
check 'one file: name' has "$asked" "--text=《it's"
check 'one file: verdict' has "$asked" '【待改】宿迁市人民政府 2023 年度：必须改 8 项'
check 'one file: cells and rows' has "$asked" '表三 J8（“（一）予以公开”行、总计列）：填的是 1191'
check 'one file: what to look at first' has "$asked" '没有核对）

【先查】表三最可能写错的是 D8'
check 'one file: five findings' is "$(grep -c '^    · ' "$SAID")" 20          # in each of the four windows
check 'one file: what to do' has "$asked" '请先查登记台账'
check 'one file: no line is wider than a screen' sh -c '! grep -E "^.{75}" "$1"' sh "$SAID"
check 'one file: a line ends behind a mark' has "$(cat "$SAID")" '现为 1157，
台账上若是 1175）'
check 'one file: both outputs' has "$asked" '.待改.xlsx、'
check 'one file: the rest' has "$asked" '……另有 6 项'
check 'one file: buttons' has "$asked" '--extra-button=打开摘要'
check 'one file: opened' is "$opened" "${odd%.xlsx}.待改.xlsx
${odd%.xlsx}.摘要.txt
$work/drop"
check 'one file: input is unchanged' cmp "$root/samples/宿迁市2023多处笔误.xlsx" "$odd"

cp "$root/templates/2021.xlsx" "$work/drop/1.xlsx"
drop "$work/bin" '某某局\n二三\n２０２３年\n' "$work/drop/1.xlsx"
check 'no unit and year: it asks' is "$(grep -cx -e --entry "$SAID")" 3
check 'no unit and year: verdict' has "$asked" '【待改】某某局 2023 年度'
rm "$work/drop/1."*.*
drop "$work/kde" '\n\n' "$work/drop/1.xlsx"
check 'kdialog: no line is wider than a screen' sh -c '! grep -v "^--" "$1" | grep -E "^(<p align=.*>)?[^<>]{66}"' sh "$SAID"
check 'no unit and year, put away: verdict' has "$asked" '【待改】单位不明'

cp "$root/samples/洪泽区2023.xlsx" "$work/drop/100% 甲.xlsx"
export CAJA_SCRIPT_SELECTED_FILE_PATHS="$work/drop/100% 甲.xlsx
"
drop "$work/bin" '' '100甲.xlsx'
unset CAJA_SCRIPT_SELECTED_FILE_PATHS
check 'a menu of scripts: the name is whole' test -f "$work/drop/100% 甲.待改.xlsx"

cp "$root/samples/宿迁市2023.xls" "$work/drop/-o 年报.xls"
printf 'not a workbook' >"$work/drop/坏.xlsx"
cd "$work/drop" || exit 2
drop "$work/bin" '' '-o 年报.xls' "$odd" 坏.xlsx
check 'many files: status' is "$status" 2
check 'many files: count' has "$asked" '--text=共 3 个文件：通过 1 个，待改 1 个，读不了 1 个'
check 'many files: a verdict each, the worst first' has "$(grep '^【' "$SAID" | tr '\n' ' ')" '【待改】it'
check 'many files: the good one last' has "$(grep '^【' "$SAID" | tail -n 1)" '【通过】-o 年报.xls'
check 'many files: what to look at first' is "$(grep -c '^　　【先查】' "$SAID")" 2
check 'many files: findings' is "$(grep -c '^　　【必须改】' "$SAID")" 1
check 'many files: where the results are' has "$asked" '结果写在原文件旁边。
没有改动您的原文件。'
check 'many files: the unreadable one' has "$asked" '坏.xlsx'
check 'many files: written' test -f '-o 年报.校验通过.xlsx'

mkdir -p "$work/drop/folder/甲" "$work/drop/folder/乙"
cp "$root/samples/宿迁市2023.xls" "$work/drop/folder/甲/年报.xls"
cp "$root/samples/宿迁市2023.xls" "$work/drop/folder/乙/年报.xls"
printf 'letter' >"$work/drop/folder/说明.pdf"
drop "$work/bin" '打开文件夹\n' "$work/drop/folder"
check 'a folder: one name twice' has "$asked" '【通过】甲/年报.xls'
check 'a folder: what was not read' has "$asked" '文件夹里另有 1 个文件没有读：说明.pdf。'
check 'a folder: opened' is "$opened" "$work/drop/folder/乙"
check 'a folder: no empty lines in a row' sh -c '! grep -c "" "$1" | grep -q "^0$" && ! tr "\n" "|" <"$1" | grep -q "|||"' sh "$SAID"
touch "$work/drop/folder/甲/1.odp" "$work/drop/folder/甲/~\$x.doc" "$work/drop/folder/2.log" "$work/drop/folder/乙/3.pdf"
drop "$work/bin" '' "$work/drop/folder"
check 'a folder: the first names of many' has "$asked" '文件夹里另有 4 个文件没有读：2.log、3.pdf、1.odp 等。'
rm "$work/drop/folder/甲"/*.odp "$work/drop/folder/2.log" "$work/drop/folder/乙/3.pdf"
drop "$work/bin" '' "$work/drop/folder"
check 'a folder again: not counted with our own' has "$asked" '文件夹里另有 1 个文件没有读：说明.pdf。'
drop "$work/bin" '打开摘要\n' "$work/drop/folder/甲/年报.xls"
check 'unchanged: opened all the same' is "$opened" "$work/drop/folder/甲/年报.摘要.txt"

two="$work/drop/two
lines.xlsx"
cp "$root/samples/洪泽区2023.xlsx" "$two"
drop "$work/bin" '打开文件夹\n' "$two"
check 'a name of two lines: verdict' has "$asked" '【待改】'
check 'a name of two lines: written' test -f "${two%.xlsx}.待改.xlsx"

drop "$work/bin" "$work/drop/-o 年报.xls\n"
check 'no file: it asks' has "$asked" --file-selection
check 'no file: verdict' has "$asked" '【通过】'

drop "$work/kde" '打开摘要\n' "$work/drop/-o 年报.xls"
check 'kdialog: verdict' has "$asked" '【通过】宿迁市人民政府 2023 年度'
check 'kdialog: opened' is "$opened" "$work/drop/-o 年报.摘要.txt"
drop "$work/bare" '' "$work/drop/-o 年报.xls"
check 'no windows: the summary is opened' is "$opened" "$work/drop/-o 年报.摘要.txt"
drop "$work/bare" '' "$work/drop/坏.xlsx"
check 'no windows: the reason is opened' grep -q 坏.xlsx "$opened"

# A folder that cannot be written; root could, so another user drops the file.
mkdir "$work/shut" "$work/other" "$work/user"
cp "$root/samples/宿迁市2023.xls" "$work/shut/年报.xls"
chmod -R a+rX "$work"
chmod 555 "$work/shut"
chmod 777 "$work/other" "$work/user"
SAID=$work/user/asked ANSWERS=$work/user/answers OPENED=$work/user/opened installed=$DROP
if [ "$(id -u)" = 0 ]; then
    ln -s "$(command -v setpriv)" "$work/tools/setpriv"
    DROP=$work/as-user
    printf '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups "%s" "$@"\n' "$installed" >"$DROP"
    chmod 755 "$DROP"
fi
umask 0
drop "$work/bin" "yes\n$work/other\n" "$work/shut/年报.xls"
umask 022
check 'read-only folder: it asks for another' has "$asked" --directory
check 'read-only folder: verdict' has "$asked" '【通过】'
check 'read-only folder: written there' test -f "$work/other/年报.校验通过.xlsx"
drop "$work/bin" 'no\n' "$work/shut/年报.xls"
check 'read-only folder: refused' is "$status" 3
check 'read-only folder: refused, verdict' has "$asked" '【通过】宿迁市人民政府 2023 年度'
check 'read-only folder: refused, says so' has "$asked" '结果没有写成。'
mkdir "$work/open"
chmod 777 "$work/open"
cp "$root/samples/宿迁市2023.xls" "$work/open/开.xls"
rm "$work/other"/*
umask 0
drop "$work/bin" "yes\n$work/other\n" "$work/open/开.xls" "$work/shut/年报.xls"
umask 022
check 'one of two in a read-only folder: status' is "$status" 0
check 'one of two in a read-only folder: it alone goes elsewhere' is "$(ls "$work/other" | tr '\n' ' ')" '年报.摘要.txt 年报.校验通过.xlsx '
check 'one of two in a read-only folder: the other stays' test -f "$work/open/开.校验通过.xlsx"
check 'one of two in a read-only folder: says where' has "$asked" '结果：1 个写在原文件旁边，1 个写在您选的文件夹。'
chmod 755 "$work/shut"
DROP=$installed

# A program that takes long: a window with a button to stop it.
cp -R "$data/nianbao" "$work/slow"
mv "$work/slow/nianbao" "$work/slow/real"
printf '#!/bin/sh\nsleep 2\nexec "%s" "$@"\n' "$work/slow/real" >"$work/slow/nianbao"
chmod +x "$work/slow/nianbao"
rm "$work/drop/-o 年报."*.*
cp "$root/samples/宿迁市2023.xls" "$work/drop/-o 年报.xls"
DROP=$work/slow/nianbao-drop
drop "$work/bin" '' "$work/drop/-o 年报.xls"
check 'slow: progress' has "$asked" --progress
check 'slow: verdict' has "$asked" '【通过】'
rm -f "$work/drop/-o 年报."[!x]*
export CANCEL=1
drop "$work/bin" '' "$work/drop/-o 年报.xls"
unset CANCEL
sleep 2.2
check 'cancelled: status' is "$status" 3
check 'cancelled: said' has "$asked" 已取消
check 'cancelled: nothing written' absent "$work/drop/-o 年报.校验通过.xlsx"
cd / || exit 2

check 'uninstall.sh' env PATH="$work/bin:$PATH" sh "$data/nianbao/uninstall.sh"
find "$HOME" | sort >"$work/after"
check 'LibreOffice: the extension is taken away' is "$(tail -n 1 "$EXTENSIONS")" 'remove cn.nianbao.libreoffice'
check 'uninstall.sh leaves nothing' diff "$work/before" "$work/after"

# -- the packages --

case $(uname -m) in aarch64) native=arm64 ;; *) native=amd64 ;; esac
for arch in amd64 arm64; do
    package=$build/dist/nianbao_${version}_$arch.deb
    if command -v lintian >/dev/null; then check "$arch: lintian" lintian --allow-root --fail-on error,warning "$package"; else skip "there is no lintian"; fi
    check "$arch: the extension runs the package's program" has "$(dpkg-deb -c "$package")" \
        "./usr/lib/libreoffice/share/extensions/nianbao/program/$arch/nianbao -> ../../../../../../../bin/nianbao"
    sh "$root/addin/desktop/linux/deb.sh" $arch "$build/linux/$arch" "$build/linux/$native/nianbao" "$build/dist/nianbao-$version.oxt" "$work/again.deb"
    check "$arch: the package is the same when made again" cmp "$package" "$work/again.deb"
    rm -rf "$work/package"
    dpkg-deb -x "$package" "$work/package"
    page=$work/package/usr/share/doc/nianbao/软件安全说明.txt
    sed -n '/SHA-256）$/,$p' "$page" | grep -E '^[0-9a-f]{64}  ' >"$work/sums"
    check "$arch: the digests of the package's security page" sh -c 'cd "$1" && sha256sum -c --quiet "$2" && grep -q "  usr/bin/nianbao$" "$2"' sh "$work/package" "$work/sums"
    check "$arch: nothing is left to fill in" sh -c '! grep -l "@[A-Z]*@" "$1"/*.txt' sh "${page%/*}"
    check "$arch: no maintainer scripts" is "$(dpkg-deb --ctrl-tarfile "$package" | tar -t | sort | tr '\n' ' ')" './ ./control ./md5sums '
done
desktop=$root/addin/desktop/linux/nianbao.desktop
check 'desktop-file-validate' desktop-file-validate "$desktop"
check 'takes many files' grep -qx 'Exec=nianbao-drop %F' "$desktop"

# -- older systems --

# old RELEASE: the program and the package in a bare chroot of it, kept in BUILD/chroot for the next time; nothing is mounted in it
old() {
    release=$1 base=$build/chroot/$1
    if [ "$(id -u)" != 0 ]; then skip "$release: a chroot needs root"; return; fi
    if [ ! -f "$base/ready" ]; then
        mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)*\([^ ]*\).*/\2/p' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list \
                     2>/dev/null | head -n 1)
        rm -rf "$base"
        mkdir -p "$base"
        if ! debootstrap --variant=minbase "$release" "$base" "$mirror" >"$work/debootstrap" 2>&1; then
            rm -rf "$base"
            skip "$release: the mirror of this machine does not have it ($(tail -n 1 "$work/debootstrap"))"
            return
        fi
        touch "$base/ready"
    fi
    rm -rf "$base/test"
    mkdir "$base/test"
    cp -R "$work/in" "$base/test/in"
    cp "$archive" "$build/dist/nianbao_${version}_amd64.deb" "$base/test"
    tar -C "$base/test" -xzf "$archive"
    inputs=/test/in
    convert_all "/test/nianbao-$version-linux-amd64" "$base/test/out" chroot "$base"
    check "$release ($(chroot "$base" ldd --version | sed -n '1s/.* //p')): the same bytes" diff -r "$work/dynamic" "$base/test/out"
    check "$release: the package installs" chroot "$base" dpkg --install "/test/nianbao_${version}_amd64.deb"
    check "$release: the package runs" is "$(chroot "$base" nianbao --version)" "nianbao $version"
    check "$release: the link of the extension" has "$(chroot "$base" /usr/lib/libreoffice/share/extensions/nianbao/program/amd64/nianbao --version)" "$version"
    check "$release: the package goes" chroot "$base" dpkg --purge nianbao
    check "$release: install.sh" chroot "$base" env HOME=/test/home sh -c 'mkdir -p ~/Desktop && sh "$1/install.sh" && test -x ~/Desktop/年报校验.desktop' \
        sh "/test/nianbao-$version-linux-amd64"
    check "$release: the installed program without a screen" has "$(chroot "$base" env -u DISPLAY -u WAYLAND_DISPLAY HOME=/test/home \
        /test/home/.local/share/nianbao/nianbao-drop /test/in/宿迁市2023.xls)" '【通过】'
    check "$release: uninstall.sh" chroot "$base" env HOME=/test/home sh -c 'sh ~/.local/share/nianbao/uninstall.sh && test -z "$(find ~ -type f)"'
    rm -rf "$base/test"
}
old bullseye
old buster

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
