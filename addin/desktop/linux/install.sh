#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh: puts the unpacked folder's program into the home of the user who runs it. No root, no network, nothing started by itself.
# Every file and folder it makes is named in ~/.local/share/nianbao/installed, which uninstall.sh takes away again.
set -eu
from=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
config=${XDG_CONFIG_HOME:-$HOME/.config}
home=$data/nianbao
list=$home/installed

if [ -x "$home/uninstall.sh" ]; then sh "$home/uninstall.sh" --quiet; fi

# new_folder PATH: and those above it; only what was not there is ours
new_folder() {
    [ ! -d "$1" ] || return 0
    new_folder "$(dirname "$1")"
    mkdir "$1"
    folders="$1
${folders:-}"
}

# ours PATH: will be taken away by uninstall.sh
ours() { printf '%s\n' "$1" >>"$list"; }

put() {
    new_folder "$(dirname "$2")"
    cp "$1" "$2"
    chmod "$3" "$2"
    ours "$2"
}

# entry FROM TO MODE: a desktop entry with the whole path of the program, quoted as the Desktop Entry Specification asks
entry() {
    new_folder "$(dirname "$2")"
    # shellcheck disable=SC2016
    command=$(printf '%s' "$home/nianbao-drop" | sed 's/["`$\\]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
    while IFS= read -r line; do
        case $line in
        'Exec='*) printf 'Exec="%s" %%F\n' "$command" ;;
        'Icon='*) printf 'Icon=%s\n' "$home/nianbao.svg" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$1" >"$2"
    chmod "$3" "$2"
    ours "$2"
}

# script PATH: the same program under the name that a menu of scripts shows
script() {
    new_folder "$(dirname "$1")"
    rm -f "$1"
    ln -s "$home/nianbao-drop" "$1"
    ours "$1"
}

here() { command -v "$1" >/dev/null 2>&1; }

# default_of TYPE: the desktop entry that a double click on such a file starts, by those who say it: most desktops ask GIO.
default_of() {
    if here gio; then LC_ALL=C gio mime "$1" 2>/dev/null | sed -n '1s/.*: \([^ ]*\.desktop\)$/\1/p'
    elif here xdg-mime; then xdg-mime query default "$1" 2>/dev/null || true; fi
}

# defaults: a line "TYPE=ENTRY" for each type of ours that has one
defaults() {
    sed -n 's/^MimeType=//p' "$from/nianbao.desktop" | tr ';' '\n' | while IFS= read -r type; do
        entry=$(default_of "$type")
        if [ -n "$type" ] && [ -n "$entry" ]; then printf '%s=%s\n' "$type" "$entry"; fi
    done
}

# keep_defaults LINES: an entry in the home comes before those of the system, so that where nobody ever chose a double click would start
# us. Say what has been the default until now, and where it was said, for uninstall.sh.
keep_defaults() {
    lines=$(printf '%s\n' "$1" | grep -vxF "$(defaults)" || true)
    [ -n "$lines" ] || return 0
    chosen=$config/mimeapps.list
    if [ ! -e "$chosen" ]; then
        new_folder "$config"
        printf '[Default Applications]\n' >"$chosen"
    elif ! grep -qxF '[Default Applications]' "$chosen"; then printf '\n[Default Applications]\n' >>"$chosen"; fi
    printf '%s\n' "$lines" >"$home/defaults"
    ours "$home/defaults"
    sed '/^\[Default Applications\]$/r '"$home/defaults" "$chosen" >"$home/chosen"
    cat "$home/chosen" >"$chosen"
    rm "$home/chosen"
}

# unopkg_program: LibreOffice's own tool for extensions
unopkg_program() {
    if here unopkg; then echo unopkg; return; fi
    for tool in /opt/libreoffice*/program/unopkg; do if [ -x "$tool" ]; then echo "$tool"; return; fi; done
}

# The folder that the desktop shows.
desktop_folder() {
    folder=$(xdg-user-dir DESKTOP 2>/dev/null) || folder=
    for folder in "$folder" "$HOME/桌面" "$HOME/Desktop"; do
        if [ -d "$folder" ] && [ "$folder" != "$HOME" ]; then printf '%s' "$folder"; return; fi
    done
}

new_folder "$home"
before=$(defaults)
for name in nianbao nianbao-drop uninstall.sh; do put "$from/$name" "$home/$name" 755; done
for name in nianbao.svg nianbao.oxt 使用说明.txt 软件安全说明.txt LICENSE; do put "$from/$name" "$home/$name" 644; done
entry "$from/nianbao.desktop" "$data/applications/nianbao.desktop" 644
put "$from/nianbao.svg" "$data/icons/hicolor/scalable/apps/nianbao.svg" 644
desktop=$(desktop_folder)
if [ -n "$desktop" ]; then
    entry "$from/nianbao.desktop" "$desktop/年报校验.desktop" 755
    if here gio; then gio set "$desktop/年报校验.desktop" metadata::trusted true 2>/dev/null || true; fi
fi
if here nautilus; then script "$data/nautilus/scripts/年报校验"; fi
if here caja; then script "$config/caja/scripts/年报校验"; fi
if here nemo; then entry "$from/menus/nemo.nemo_action" "$data/nemo/actions/nianbao.nemo_action" 644; fi
if here dolphin; then
    entry "$from/menus/dolphin.desktop" "$data/kio/servicemenus/nianbao.desktop" 755
    entry "$from/menus/dolphin.desktop" "$data/kservices5/ServiceMenus/nianbao.desktop" 755
fi
if here dde-file-manager; then
    entry "$from/menus/deepin.desktop" "$data/deepin/dde-file-manager/oem-menuextensions/nianbao.desktop" 644
fi
if here update-desktop-database; then update-desktop-database -q "$data/applications" || true; fi
keep_defaults "$before"
unopkg=$(unopkg_program) extended=
if [ -n "$unopkg" ] && timeout 60 "$unopkg" add --force --suppress-license "$home/nianbao.oxt" </dev/null >/dev/null 2>&1; then
    extended=1
    printf '%s\n' "$unopkg" >"$home/extended"
    ours "$home/extended"
fi
ours "$list"
printf '%s' "${folders:-}" >>"$list"

echo "已安装到 $home。"
if [ -n "$desktop" ]; then echo "桌面上有了“年报校验”图标：把年报表格拖上去就行。第一次双击时如果系统询问，请选“允许启动”或“信任”。"
else echo "没有找到桌面文件夹。请在开始菜单里找“年报校验”，或者在表格上点右键，用“年报校验”打开。"; fi
if [ -n "$extended" ]; then echo "LibreOffice 里有了“年报”菜单：关闭 LibreOffice 再打开就能看到。"
else echo "要在 LibreOffice 里用“年报”菜单：双击 $home/nianbao.oxt，按提示安装。"; fi
echo "卸载：sh $home/uninstall.sh"
