' SPDX-License-Identifier: MIT
' Program: the native program inside the extension, run on a copy of the open document. The copy has the document's own name, because
' the program looks there too for the year and the unit; it lies in a private folder that is removed whatever happens.
Option Explicit

Const EXTENSION = "cn.nianbao.libreoffice"

' Array(status, what it says, what it complains of): see nianbao.sh. Status "" when nothing could be run. `target`: folder for outputs.
Function RunProgram(document As Object, command As String, target As String)
    Dim files As Object, scratch As Object, folder As String, run
    run = Array("", "", "")
    files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
    scratch = CreateUnoService("com.sun.star.io.TempFile")      ' only its owner may look into the folder it lies in
    folder = scratch.Uri & ".nianbao"
    On Error GoTo Failed
    files.createFolder(folder & "/copy")
    If target <> "" Then WriteText(folder & "/target", target)
    StoreCopy(document, folder & "/copy/" & UrlPart(StemOf(document)) & ".xlsx")
    If GetGUIType() = 1 Then
        run(0) = "Windows"
    Else
        Shell("/bin/sh", 0, Quoted(ProgramFolder() & "nianbao.sh") & " " & Quoted(ConvertFromURL(folder)) & " " & command, True)
        run(0) = Replace(ReadText(folder & "/status"), Chr(10), "")
        If files.exists(folder & "/out") Then run(1) = ReadText(folder & "/out")
        If files.exists(folder & "/err") Then run(2) = ReadText(folder & "/err")
    End If
Leave:
    On Error Resume Next
    files.kill(folder)
    files.kill(scratch.Uri)
    RunProgram = run
    Exit Function
Failed:
    run(2) = Error$
    Resume Leave
End Function

' Unsaved edits included; the document keeps its file and stays as changed as it was.
Sub StoreCopy(document As Object, url As String)
    Dim options(0) As New com.sun.star.beans.PropertyValue
    options(0).Name = "FilterName"
    options(0).Value = "Calc MS Excel 2007 XML"
    document.storeToURL(url, options)
End Sub

Function ProgramFolder() As String
    Dim packages As Object
    packages = GetDefaultContext().getValueByName("/singletons/com.sun.star.deployment.PackageInformationProvider")
    ProgramFolder = ConvertFromURL(packages.getPackageLocation(EXTENSION) & "/program/")
End Function

Function Quoted(path As String) As String
    Quoted = """" & path & """"
End Function

' -- names --

' The document's file name without its ending; the title of one that was never saved.
Function StemOf(document As Object) As String
    Dim path As String, i As Long
    If Left(document.URL, 7) = "file://" Then
        path = ConvertFromURL(document.URL)
        path = Mid(path, Len(FolderOf(document.URL)) + 2)
        For i = Len(path) To 2 Step -1
            If Mid(path, i, 1) = "." Then
                path = Left(path, i - 1)
                Exit For
            End If
        Next i
    Else
        path = Join(Split(document.Title, "/"), "-")
    End If
    StemOf = IIf(path = "", "表格", path)
End Function

' The folder's path of a file's URL, without the last slash.
Function FolderOf(url As String) As String
    Dim path As String, i As Long
    path = ConvertFromURL(url)
    i = Len(path)
    Do While Mid(path, i, 1) <> "/"
        i = i - 1
    Loop
    FolderOf = Left(path, i - 1)
End Function

' A name as the last part of a URL.
Function UrlPart(part As String) As String
    UrlPart = Mid(ConvertToURL("/" & part), Len("file:///") + 1)
End Function

' -- small files in UTF-8 --

Function ReadText(url As String) As String
    Dim files As Object, stream As Object
    files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
    stream = CreateUnoService("com.sun.star.io.TextInputStream")
    stream.setInputStream(files.openFileRead(url))
    stream.setEncoding("UTF-8")
    ReadText = stream.readString(Array(), False)
    stream.closeInput()
End Function

Sub WriteText(url As String, text As String)
    Dim files As Object, stream As Object
    files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
    stream = CreateUnoService("com.sun.star.io.TextOutputStream")
    stream.setOutputStream(files.openFileWrite(url))
    stream.setEncoding("UTF-8")
    stream.writeString(text)
    stream.closeOutput()
End Sub

' -- answers: a record a line, fields between tabs, \t \n \r \\ for what would break them --

Function RecordsOf(text As String)
    Dim lines, records(), n As Long, i As Long, j As Long, fields
    lines = Split(text, Chr(10))
    n = -1
    For i = 0 To UBound(lines)
        If lines(i) <> "" Then
            fields = Split(lines(i), Chr(9))
            For j = 0 To UBound(fields)
                fields(j) = Unescaped(fields(j))
            Next j
            n = n + 1
            ReDim Preserve records(n)
            records(n) = fields
        End If
    Next i
    RecordsOf = records
End Function

Function Unescaped(field As String) As String
    Dim parts, i As Long
    parts = Split(field, "\\")
    For i = 0 To UBound(parts)
        parts(i) = Replace(Replace(Replace(parts(i), "\t", Chr(9)), "\n", Chr(10)), "\r", Chr(13))
    Next i
    Unescaped = Join(parts, "\")
End Function

Function Escaped(text As String) As String
    Escaped = Replace(Replace(Replace(Replace(text, "\", "\\"), Chr(9), "\t"), Chr(10), "\n"), Chr(13), "\r")
End Function
