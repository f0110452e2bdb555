#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh [--quiet] PACKAGE...: install the Debian packages that are missing; with sudo when not root. --quiet: say nothing when none is.
set -eu
quiet=
if [ "${1:-}" = --quiet ]; then quiet=1; shift; fi
look() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
    done
}
look "$@"
if [ -n "$missing" ]; then                  # one at a time: others may be installing for another layer of the tests
    exec 9<"$0"
    flock 9
    look "$@"
fi
if [ -z "$missing" ]; then
    [ -n "$quiet" ] || echo "setup: nothing is missing"
    exit 0
fi
echo "setup: installing$missing" >&2
root=
[ "$(id -u)" = 0 ] || root=sudo
$root apt-get update -q >&2
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
