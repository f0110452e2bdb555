#!/bin/sh
# SPDX-License-Identifier: MIT
# uninstall.sh [--quiet]: takes away what install.sh put there, and nothing else: folders only when they are empty.
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
config=${XDG_CONFIG_HOME:-$HOME/.config}
list=$data/nianbao/installed
[ -f "$list" ] || { echo "没有找到安装记录：$list" >&2; exit 1; }
lines=$(cat "$list")

# What install.sh said about double clicks.
said=$data/nianbao/defaults chosen=$config/mimeapps.list
if [ -f "$said" ] && [ -f "$chosen" ]; then
    kept=$(grep -vxF -f "$said" "$chosen" || true)
    if [ "$kept" = '[Default Applications]' ]; then rm "$chosen"; else printf '%s\n' "$kept" >"$chosen"; fi
fi
# The extension in LibreOffice.
if [ -f "$data/nianbao/extended" ]; then
    timeout 60 "$(cat "$data/nianbao/extended")" remove cn.nianbao.libreoffice </dev/null >/dev/null 2>&1 ||
        echo "LibreOffice 里的“年报校验”扩展没有删掉：请在它的“工具→扩展管理器”里删除。" >&2
fi
printf '%s\n' "$lines" | while IFS= read -r path; do
    if [ -h "$path" ] || [ ! -d "$path" ]; then rm -f "$path"; fi
done
# The list that update-desktop-database keeps: without us, and gone when nobody else is in it.
cache=$data/applications/mimeinfo.cache
if [ -f "$cache" ] && command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$data/applications" || true; fi
if [ -f "$cache" ] && [ "$(grep -c . "$cache")" = 1 ]; then rm -f "$cache"; fi
printf '%s\n' "$lines" | while IFS= read -r path; do
    if [ -d "$path" ] && [ ! -h "$path" ]; then rmdir "$path" 2>/dev/null || true; fi
done
[ "${1:-}" = --quiet ] || echo "已卸载。您的年报文件和核对结果都没有动。"
