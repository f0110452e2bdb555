' SPDX-License-Identifier: MIT
' Work: the commands on a document that is open. Each gives back what to tell the clerk and shows nothing itself. What is wrong with the
' workbook is known to the program alone (nianbao marks); here are only the words of the commands.
Option Explicit

' Mark the findings in the document as it stands.
Function CheckDocument(document As Object) As String
    Dim records
    CheckDocument = Obstacle(document, True)
    If CheckDocument = "" Then CheckDocument = Asked(document, records)
    If CheckDocument = "" Then CheckDocument = Changed(document, "校验", records)
End Function

' Write formulas into the blank totals. When there are none to write, there is nothing to undo either.
Function FillDocument(document As Object) As String
    Dim records
    FillDocument = Obstacle(document, False)
    If FillDocument = "" Then FillDocument = Asked(document, records)
    If FillDocument <> "" Then Exit Function
    If AnyFill(document, records) Then
        FillDocument = Changed(document, "填充合计", records)
    Else
        FillDocument = PutFills(document, records, Nothing)
    End If
End Function

' Take the marks away.
Function ClearDocument(document As Object) As String
    ClearDocument = Obstacle(document, True)
    If ClearDocument <> "" Then Exit Function
    If AnyMarks(document) Then
        ClearDocument = Changed(document, "清除标记", Array())
    Else
        ClearDocument = "没有要清除的标记。"
    End If
End Function

' Write the cleaned workbook and the summary beside the document's file; `written` is the workbook's URL, "" when there is none.
Function ExportDocument(document As Object, written As String) As String
    Dim run, folder As String
    written = ""
    ExportDocument = NotASheet(document)
    If ExportDocument <> "" Then Exit Function
    If document.URL = "" Then
        ExportDocument = "这个表格还没有保存过，不知道该把校验版放在哪个文件夹。请先保存。"
    ElseIf Left(document.URL, 7) <> "file://" Then
        ExportDocument = "这个表格不在本机的文件夹里。请先另存到本机，再导出校验版。"
    Else
        folder = FolderOf(document.URL)
        run = RunProgram(document, "convert", folder)
        ExportDocument = Trouble(run)
        If ExportDocument = "" And Val(run(0)) > 1 Then ExportDocument = "没有写出校验版。" & Chr(10) & Trim(run(2))
        If ExportDocument = "" Then ExportDocument = Outputs(run(1), folder, written)
    End If
End Function

' -- why a command cannot be done; "" when it can --

Function NotASheet(document As Object) As String
    NotASheet = "请先打开要校验的表格。"
    If Not IsNull(document) Then
        If document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then NotASheet = ""
    End If
End Function

Function Obstacle(document As Object, sheets As Boolean) As String
    Obstacle = NotASheet(document)
    If Obstacle <> "" Then Exit Function
    If document.isReadonly() Then
        Obstacle = "这个表格是以只读方式打开的，不能在里面标记和填写。请另存一份，在那一份里操作；“导出校验版”可以直接使用。"
    ElseIf document.createInstance("com.sun.star.document.Settings").IsDocumentShared Then
        Obstacle = "这个表格正在共享编辑。请在“工具”菜单里取消“共享工作表”，再操作。"
    ElseIf sheets And document.isProtected() Then
        Obstacle = "工作簿的结构受保护，不能增减“" & MarksSheet() & "”表。请在“工具”菜单里取消“保护工作簿结构”，再操作。"
    ElseIf sheets And Not MarksAreOurs(document) Then
        Obstacle = "工作簿里已有一张“" & MarksSheet() & "”表，不是在这里生成的。请在生成它的程序里清除标记，或者把它改名、删去，再操作。"
    End If
End Function

' Why the program gave no answer.
Function Trouble(run) As String
    Select Case run(0)
    Case "0", "1", "2", "3"
        Trouble = ""
    Case "126"
        Trouble = "校验程序没有运行的权限：这台电脑不允许运行装在个人文件夹里的程序。请系统管理员为所有用户安装本扩展，或改用年报校验的安装包。"
    Case "127"
        Trouble = "扩展里的校验程序不见了，可能被安全软件删去了。请重新安装本扩展。"
    Case ""
        Trouble = "没有能够运行校验程序。" & Chr(10) & run(2)
    Case Else
        If IsNumeric(run(0)) Then
            Trouble = "校验程序中途停止（" & run(0) & "）。" & Chr(10) & run(2)
        Else
            Trouble = "这台电脑是 " & run(0) & "，本扩展里只有 Linux x86_64（海光、兆芯、Intel、AMD）和 Linux aarch64（飞腾、鲲鹏）的校验程序。"
        End If
    End Select
End Function

' Ask the program about the document; `records` is what it answers.
Function Asked(document As Object, records) As String
    Dim run
    run = RunProgram(document, "marks", "")
    Asked = Trouble(run)
    If Asked <> "" Then Exit Function
    records = RecordsOf(run(1))
    If UBound(records) < 0 Then
        Asked = "校验程序没有答复。" & Chr(10) & run(2)
    ElseIf records(0)(1) = "unreadable" Then
        Asked = records(0)(2)
    End If
End Function

' -- a change of the document: one step to undo; one that breaks off is taken back --

Function Changed(document As Object, command As String, records) As String
    Dim undo As Object, first As Object, chosen As Object, stayed As Long
    chosen = document.CurrentController.Selection
    undo = document.UndoManager
    undo.enterUndoContext("年报：" & command)
    document.lockControllers()
    On Error GoTo Broken
    Select Case command
    Case "校验"
        RemoveMarks(document)
        Changed = PutMarks(document, records, first)
    Case "填充合计"
        Changed = PutFills(document, records, first)
    Case "清除标记"
        stayed = RemoveMarks(document)
        Changed = "标记已清除，各格原来的底色和批注已恢复。"
        If stayed > 0 Then Changed = "还有 " & stayed & " 格所在的表受保护，底色和批注没有清除；其余标记已清除。请撤销工作表保护，再点一次“清除标记”。"
    End Select
    document.unlockControllers()
    undo.leaveUndoContext()
    If IsNull(first) Then first = chosen
    ChooseAgain(document, first)
    Exit Function
Broken:
    Changed = command & "没有做成：" & Error$
    document.unlockControllers()
    LeaveAll(undo)
    undo.undo()
End Function

' The context of a command, and that of a look inside it, if it broke off there.
Sub LeaveAll(undo As Object)
    On Error Resume Next
    undo.leaveUndoContext()
    undo.leaveUndoContext()
End Sub

' What was selected may have gone with its sheet.
Sub ChooseAgain(document As Object, cells As Object)
    On Error Resume Next
    document.CurrentController.select(cells)
End Sub

' -- what the program wrote: the last lines it says name them --

Function Outputs(said As String, folder As String, written As String) As String
    Dim lines, i As Long, at As Long, path As String, files As String
    lines = Split(said, Chr(10))
    For i = 0 To UBound(lines)
        at = InStr(lines(i), folder & "/")
        If at > 0 Then
            path = Mid(lines(i), at)
            If Right(path, 5) = ".xlsx" And InStr(path, "/copy/") = 0 Then written = ConvertToURL(path)
            If InStr(path, "/copy/") = 0 Then files = files & Chr(10) & path
        End If
    Next i
    Outputs = lines(UBound(lines) - 1) & Chr(10) & Chr(10) & "已写出：" & files
End Function
