; SPDX-License-Identifier: MIT
; The installer, for those who prefer one: it puts the program into the user's own folder and lets it install itself, so that there is
; one way to install and one to remove (nianbao.exe --install, --uninstall). /S asks nothing; with /NOADDIN it leaves Excel alone.
; 64 bits: machines of 32 bits use nianbao-win32.exe of the zip, which can install itself too. Excel may have either on any machine.
Target amd64-unicode
SetCompressor /SOLID lzma
SetDateSave off                 ; the same input gives the same bytes
RequestExecutionLevel user
Name "年报校验"
OutFile "${OUT}"
Icon "${WIN}/nianbao.ico"
InstallDir "$LOCALAPPDATA\nianbao"
BrandingText "年报校验 ${VERSION}"
Caption "年报校验 ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "年报校验 nianbao"
VIAddVersionKey /LANG=0 "FileDescription" "年报校验安装程序"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT License"
LoadLanguageFile "${NSISDIR}/Contrib/Language files/SimpChinese.nlf"
Page instfiles
!include FileFunc.nsh

Section
    SetOutPath "$INSTDIR"
    ClearErrors
    File "${WIN}/nianbao.exe"
    File "${WIN}/nianbao64.xll"
    File "${WIN}/nianbao32.xll"
    IfErrors failed
    IfSilent silent
    ExecWait '"$INSTDIR\nianbao.exe" --install' $0         ; it asks about Excel, and says what was done
    StrCmp $0 0 done failed
silent:
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/NOADDIN" $2
    StrCpy $1 "--no-addin"
    IfErrors 0 +2
    StrCpy $1 ""
    nsExec::Exec '"$INSTDIR\nianbao.exe" --install --silent $1'
    Pop $0
    StrCmp $0 0 done
failed:
    DetailPrint "没有装成。“年报校验”或者 Excel 正在运行的话请先关闭再试。"
    SetErrorLevel 1
    Abort
done:
    DetailPrint "装好了。把年报表格拖到桌面上的“年报校验”就可以。"
SectionEnd
