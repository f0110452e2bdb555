#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""dist.py VERSION BUILD SETUP OUT: the portable zip. BUILD holds the programs, the add-ins of Excel and, in src, the sources of the libraries
in them; SETUP, the installer, is given beside the zip. The same input gives the same bytes: sorted names, one date."""
import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
LICENCES = {"libxlsxwriter": "BSD-2-Clause（其中 md5：公有领域）", "libyaml": "MIT", "libdeflate": "MIT",
            "libxml2": "MIT（其中 hash.c、list.c：ISC）", "libmd": "BSD-3-Clause（SHA-256 部分）"}
PACKAGES = {"zlib": "libz-mingw-w64-dev", "mingw-w64": "mingw-w64-common"}          # whose libraries are linked as they are
DATE = (2024, 1, 1, 0, 0, 0)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def libraries(source):
    lines = [f"  {name} {output('dpkg-parsechangelog', '-l', source / name / 'debian/changelog', '-S', 'Version')}  {licence}"
             for name, licence in LICENCES.items()]
    zlib, mingw = (output("dpkg-query", "-W", "-f=${Version}", package) for package in PACKAGES.values())
    lines.append(f"  zlib {zlib}  zlib")
    lines.append(f"  mingw-w64 {mingw} 的运行库  公有领域、ZPL-2.1、gdtoa 等的许可；GCC 的运行库  GPL-3+，带运行库例外条款")
    return "\n".join(lines)


def licences(source):
    """Of all that is linked in, but for GCC's, whose exception asks for nothing."""
    papers = {name: source / name / "debian/copyright" for name in LICENCES}
    papers |= {name: pathlib.Path("/usr/share/doc", package, "copyright") for name, package in PACKAGES.items()}
    return "\n\n".join(f"==== {name} ====\n\n{paper.read_text()}" for name, paper in papers.items())


def guide(version):
    """The page in one file: its pictures inside."""
    page = (HERE / "使用说明.html").read_text().replace("@VERSION@", version)
    return re.sub(r'src="([^"]+)"', lambda m: 'src="data:image/png;base64,' + base64.b64encode((HERE / m[1]).read_bytes()).decode() + '"', page)


def notepad(text):
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def main(version, build, setup, out):
    build, setup = pathlib.Path(build), pathlib.Path(setup)
    top = HERE.parent.parent
    files = {name: (build / name).read_bytes() for name in ("nianbao.exe", "nianbao-win32.exe")}
    for form in sorted((top / "templates").glob("*.xlsx")):
        files[f"{form.stem}年格式空白表.xlsx"] = form.read_bytes()
    for name in ("nianbao64.xll", "nianbao32.xll"):
        files[f"插件/{name}"] = (build / name).read_bytes()
    files["插件/怎样启用.txt"] = notepad((top / "addin/xll/怎样启用.txt").read_text().replace("@VERSION@", version))
    files["使用说明.html"] = guide(version).encode()
    files["LICENSE.txt"] = notepad((top / "LICENSE").read_text())
    files["第三方许可证.txt"] = notepad(licences(build / "src"))
    listed = files | {setup.name: setup.read_bytes()}
    sums = "\n".join(f"  {hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(listed.items()))
    safety = (HERE / "软件安全说明.txt").read_text().replace("@VERSION@", version)
    files["软件安全说明.txt"] = notepad(safety.replace("@LIBRARIES@", libraries(build / "src")).replace("@SUMS@", sums))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"年报校验-{version}/{name}", DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3              # else unzip takes names for those of a DOS code page
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


main(*sys.argv[1:])
