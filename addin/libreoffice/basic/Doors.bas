' SPDX-License-Identifier: MIT
' Doors: what the menu and the toolbar call. Only here a box is shown; the work is done, and its outcome told, by Work.
Option Explicit

Const TITLE = "年报校验"
Const VERSION = "@VERSION@"

Sub Check
    Tell(CheckDocument(ThisComponent))
End Sub

Sub Fill
    Tell(FillDocument(ThisComponent))
End Sub

Sub Clear
    Tell(ClearDocument(ThisComponent))
End Sub

Sub Export
    Dim outcome As String, written As String
    outcome = ExportDocument(ThisComponent, written)
    If written = "" Then
        Tell(outcome)
    ElseIf MsgBox(outcome & Chr(10) & Chr(10) & "现在打开校验版工作簿吗？", 4 + 32, TITLE) = 6 Then
        StarDesktop.loadComponentFromURL(written, "_default", 0, Array())
    End If
End Sub

Sub About
    Tell("年报校验 " & VERSION & Chr(10) & "政府信息公开工作年度报告：三张法定表的校验、填合计和整理。" & Chr(10) & Chr(10) _
        & "校验通过只说明数字之间对得上，不说明数字真实。" & Chr(10) & "全部在本机进行，不联网，不改您填的数。" & Chr(10) & "MIT 许可证。")
End Sub

Sub Tell(text As String)
    MsgBox(text, 64, TITLE)
End Sub
