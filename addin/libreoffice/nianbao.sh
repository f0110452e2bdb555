#!/bin/sh
# SPDX-License-Identifier: MIT
# nianbao.sh FOLDER COMMAND: run the program that is made for this machine on the workbook in FOLDER/copy; outputs go to the folder that
# FOLDER/target names, if it is there. FOLDER/out and FOLDER/err get what the program says, FOLDER/status its exit status, or the
# machine's name when there is no program for it. Unpacking an extension loses the right to execute; a copy in FOLDER helps where
# that right cannot be given back.
folder=$1 command=$2
here=$(dirname "$0")
machine=$(uname -s -m)
case $machine in
'Linux x86_64') arch=amd64 ;;
'Linux aarch64') arch=arm64 ;;
*)
    echo "$machine" >"$folder/status"
    exit
    ;;
esac
copy=$folder/copy/$(ls -A "$folder/copy")
set -- "$command"
[ ! -f "$folder/target" ] || set -- "$command" -o "$(cat "$folder/target")"
set -- "$@" "$copy"

# attempt PROGRAM ARGUMENT...
attempt() {
    chmod u+x "$1" 2>/dev/null
    NO_COLOR=1 "$@" </dev/null >"$folder/out" 2>"$folder/err"
}

attempt "$here/$arch/nianbao" "$@"
status=$?
if [ "$status" = 126 ] && cp "$here/$arch/nianbao" "$folder/program"; then
    attempt "$folder/program" "$@"
    status=$?
fi
echo "$status" >"$folder/status"
