# SPDX-License-Identifier: MIT
# check.sh: sourced by tests that have a folder $work of their own and end with "$passed passed, $failed failed".
passed=0 failed=0

# check NAME COMMAND...: passes when the command succeeds; what it said is shown when not
check() {
    name=$1
    shift
    if "$@" >"$work/why" 2>&1; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    printf 'FAIL %s: %s: %s\n' "${0##*/}" "$name" "$*" >&2
    head -20 "$work/why" >&2
}
