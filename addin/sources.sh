#!/bin/sh
# SPDX-License-Identifier: MIT
# sources.sh DIR PACKAGE...: Debian's source packages, unpacked as DIR/PACKAGE. They come from the mirror that this machine's own apt
# sources name, the suite of security updates included when they name it; apt verifies them. Nothing of the machine's apt is changed:
# lists, cache and sources are private; keys and proxies are the machine's. DIR/stamp names what is there.
set -eu
dir=$1
shift
[ "$(cat "$dir/stamp" 2>/dev/null)" != "$*" ] || exit 0
rm -rf "$dir"
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
apt=$dir/apt
# shellcheck disable=SC1091
release=$(. /etc/os-release && echo "$VERSION_CODENAME")

# Debian's own entries of one apt source file, as deb-src: of this release, with the component main.
deb_src() {
    case $1 in
    *.list) awk -v release="$release" '
        $1 == "deb" {
            i = 2
            if ($i ~ /^\[/) while ($(i++) !~ /\]$/) continue
            if (index(" " $0 " ", " main ") && $(i + 1) ~ "^" release "(-updates|-security|/updates)?/?$") { sub(/^[ \t]*deb/, "deb-src"); print }
        }' "$1" ;;
    *.sources) awk -v release="$release" '
        function suits(line,  n, words, i) {
            n = split(line, words)
            for (i = 2; i <= n; i++) if (words[i] ~ "^" release "(-updates|-security|/updates)?/?$") return 1
            return 0
        }
        function flush_stanza() { if (binary && suite && main && !off) printf "%s\n", stanza; stanza = ""; binary = suite = main = off = 0 }
        /^[ \t]*$/ { flush_stanza(); next }
        /^#/ { next }
        tolower($1) == "types:" { binary = / deb( |$)/; $0 = "Types: deb-src" }
        tolower($1) == "suites:" { suite = suits($0) }
        tolower($1) == "components:" { main = index($0 " ", " main ") }
        tolower($1) == "enabled:" { off = tolower($2) == "no" }
        { stanza = stanza $0 "\n" }
        END { flush_stanza() }' "$1" ;;
    esac
}

mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    if [ -f "$file" ]; then deb_src "$file" >"$apt/sources/$(basename "$file")"; fi
done
find "$apt/sources" -size 0 -delete
[ -n "$(ls "$apt/sources")" ] || { echo "sources.sh: no apt source of $release found in /etc/apt" >&2; exit 1; }
grep -rq -e -security -e /updates "$apt/sources" || echo "sources.sh: this machine's apt sources name no security updates" >&2
cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "";
CONF
export APT_CONFIG="$apt/apt.conf"
cd "$dir"
apt-get update -q=2
for package; do
    apt-get source -q=2 --only-source --download-only "$package"
    dpkg-source -q --no-check --no-copy -x "$package"_*.dsc "$package"
done
rm -rf "$apt"
echo "$*" >stamp
