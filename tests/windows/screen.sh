# SPDX-License-Identifier: MIT
# screen.sh: for a test that is sourced from, with $pictures, a folder: a home, a prefix of wine and a screen of its own, and hands and
# eyes that wait for what is to be seen, never for a time. $exe is the program, $c the drive C:.
work=$(mktemp -d) || exit 2
export HOME="$work/home" WINEPREFIX="$work/prefix" WINEDEBUG=-all LC_ALL=C.UTF-8 WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=;mshtml="
export NIANBAO_CONSOLE=0
mkdir -p "$HOME/Desktop" "$pictures"
rm -f "$pictures"/*.png
. tests/check.sh
program='' mounted=''
done_text='没有改动您的原文件'           # of every result

finish() {
    timeout 10 wineserver -k
    kill "$screen" 2>/dev/null
    [ -z "$mounted" ] || umount "$mounted"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

Xvfb -displayfd 3 -screen 0 1024x768x24 3>"$work/display" >/dev/null 2>&1 & screen=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$work/display" ] && break; sleep 0.3; done
DISPLAY=:$(cat "$work/display")
export DISPLAY
timeout 60 wineboot -i >/dev/null 2>&1
c=$WINEPREFIX/drive_c
for helper in hold open clip hand; do
    x86_64-w64-mingw32-gcc -std=c11 -O2 -Wall -Wextra -Werror -municode -mwindows -o "$c/$helper.exe" "tests/windows/$helper.c" || exit 2
done
{
    echo 'REGEDIT4'
    for font in "MS Shell Dlg" "MS Shell Dlg 2" Tahoma "Segoe UI"; do
        printf '\n[HKEY_CURRENT_USER\\Software\\Wine\\Fonts\\Replacements]\n"%s"="Noto Sans CJK SC"\n' "$font"
    done
} >"$c/fonts.reg"
wine regedit 'C:\fonts.reg' >/dev/null 2>&1

# window TEXT [BUTTON]: the window that shows TEXT, as soon as there is one; its number in $w, its texts in $work/read; the button pressed
window() {
    wine 'C:\hand.exe' "$@" >"$work/hand"
    status=$?
    tr -d '\r' <"$work/hand" >"$work/read"
    w=$(sed -n 1p "$work/read")
    [ $status = 0 ] || { cat "$work/read"; false; }
}
says() { grep -qF -- "$1" "$work/read" || { cat "$work/read"; false; }; }
rows() { [ "$(grep -o '^【[^】]*】《[^》]*》' "$work/read" | tr '\n' ' ')" = "$1 " ] || { cat "$work/read"; false; }; }
keys() { timeout 5 xdotool windowfocus --sync "$w" "$@" >/dev/null 2>&1; }           # keys XDOTOOL-WORD...: for that window
# closes KEY: the key closes that window; pressed again when it was lost on the way, as by a person
closes() {
    for _ in $(seq 10); do
        keys key "$1"
        for _ in $(seq 30); do
            xdotool getwindowname "$w" >/dev/null 2>&1 || return 0
            sleep 0.1
        done
    done
    return 1
}
# see NAME: a picture of that window, at rest if it ever is, that is not of one colour. Cut out of the screen: asked for a window that has
# just gone, import would wait for somebody to click on another.
see() {
    before='' drawn=0
    for _ in $(seq 50); do
        eval "$(xdotool getwindowgeometry --shell "$w" 2>/dev/null)"
        import -silent -window root -crop "${WIDTH:-1}x${HEIGHT:-1}+${X:-0}+${Y:-0}" +repage "$pictures/$1.png" || return 1
        now=$(identify -format '%k %#' "$pictures/$1.png")
        [ "${now%% *}" -gt 8 ] && drawn=$((drawn + 1)) && { [ "$now" = "$before" ] || [ $drawn = 5 ]; } && return
        before=$now
        sleep 0.1
    done
    return 1
}
# start WORD...: the program as the Explorer starts it; ends STATUS: it ends with that, which it cannot while a window is open
start() {
    (timeout -k 2 60 wine "${program:-$exe}" "$@" >/dev/null 2>&1; echo $? >"$work/status") &
    started=$!
}
ends() {
    wait "$started"
    [ "$(cat "$work/status")" = "$1" ] && return
    cat "$work/status"
    wine taskkill /f /im nianbao.exe /im old.exe        # no later check shall see its window
    return 1
}
# opened PATH: the last thing that was opened, soon
opened() {
    for _ in $(seq 200); do
        [ -s "$c/opened.txt" ] && [ "$(tail -n 1 "$c/opened.txt")" = "$1" ] && return 0
        sleep 0.1
    done
    cat "$c/opened.txt"
    false
}
# copied TEXT: what the clipboard has, as soon as that has the text, in $work/clip
copied() { wine 'C:\clip.exe' "$1" | tr -d '\r' >"$work/clip" && [ -s "$work/clip" ]; }
# close_folder FOLDER: nothing can be written to it; root can write wherever it is not mounted read-only
close_folder() {
    if [ "$(id -u)" != 0 ]; then find "$1" -type d -exec chmod 555 {} +; return; fi
    cp -R "$1" "$work/closing"
    mount -t tmpfs -o size=1m tmpfs "$1" && mounted=$1 && cp -R "$work/closing/." "$1" && mount -o remount,ro "$1"
}
