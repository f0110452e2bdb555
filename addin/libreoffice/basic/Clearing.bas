' SPDX-License-Identifier: MIT
' Clearing: the marks taken away again. How a cell looked before stands in a record: a row of cells on the sheet of findings, under the
' words OURS, wherever they have gone and whatever that sheet is called now. Marks without a record (of a copied sheet, of a sheet of
' findings that was deleted) are known by the head of their note. Marks of protected cells stay, and so do their records.
Option Explicit

Const OURS = "nianbao libreoffice 1"
' Columns of a record, from its first cell.
Const KEPT_CELL = 0                 ' the cell
Const KEPT_FILL = 1                 ' its fill: nothing when it was not set, else the number of the colour
Const KEPT_STATE = 2                ' its annotation: "", "hidden" or "shown"
Const KEPT_AUTHOR = 3
Const KEPT_DATE = 4
Const OUR_FILL = 5
Const OUR_NOTE = 6                  ' what stands before the cell's own note, which stays where it is
Const KEPT = 7                      ' columns

Function KeptColumns() As Long
    KeptColumns = KEPT
End Function

' What every note of ours begins with: not those that a checked workbook came with.
Function NoteHead() As String
    NoteHead = "年报校验" & Chr(10)
End Function

' Between our note and the one that was there.
Function Divider() As String
    Divider = Chr(10) & "――――――――" & Chr(10)
End Function

' Is there no sheet of findings, or one that was made here?
Function MarksAreOurs(document As Object) As Boolean
    MarksAreOurs = True
    If document.Sheets.hasByName(MarksSheet()) Then MarksAreOurs = Not IsNull(Signature(document.Sheets.getByName(MarksSheet())))
End Function

Function AnyMarks(document As Object) As Boolean
    AnyMarks = document.Sheets.hasByName(MarksSheet()) Or UBound(KeptRecords(document)) >= 0 Or UBound(Strays(document)) >= 0
End Function

' -- records --

' The cell above a sheet's records; Null: it is none of ours.
Function Signature(sheet As Object) As Object
    Dim search As Object
    search = sheet.createSearchDescriptor()
    search.SearchString = OURS
    search.SearchWords = True
    Signature = sheet.findFirst(search)
End Function

' The first cells of all records in the document.
Function KeptRecords(document As Object)
    Dim found(), i As Long
    For i = 0 To document.Sheets.Count - 1
        AddRecords(document.Sheets.getByIndex(i), found)
    Next i
    KeptRecords = found
End Function

Sub AddRecords(sheet As Object, found)
    Dim top As Object, used As Object, row As Long, cell As Object
    top = Signature(sheet)
    If IsNull(top) Then Exit Sub
    used = sheet.createCursor()
    used.gotoEndOfUsedArea(False)
    For row = top.CellAddress.Row + 1 To used.RangeAddress.EndRow
        cell = sheet.getCellByPosition(top.CellAddress.Column, row)
        If cell.Formula <> "" Then Append(found, cell)
    Next row
End Sub

Sub Append(found, item)
    ReDim Preserve found(UBound(found) + 1)
    found(UBound(found)) = item
End Sub

Function RecordRange(first As Object) As Object
    RecordRange = first.Spreadsheet.getCellRangeByPosition(first.CellAddress.Column, first.CellAddress.Row, first.CellAddress.Column + KEPT - 1, first.CellAddress.Row)
End Function

Function Part(first As Object, column As Long) As Object
    Part = RecordRange(first).getCellByPosition(column, 0)
End Function

' On one line, because even hidden lines make a row high.
Sub KeepText(first As Object, column As Long, text As String)
    Part(first, column).String = Escaped(text)
End Sub

Function KeptText(first As Object, column As Long) As String
    KeptText = Unescaped(Part(first, column).String)
End Function

' Before it is marked with this fill and note.
Sub KeepLook(cell As Object, first As Object, fill As Long, note As String)
    Dim before As Object
    before = cell.Annotation
    first.Formula = "=" & cell.AbsoluteName
    If cell.getPropertyState("CellBackColor") = com.sun.star.beans.PropertyState.DIRECT_VALUE Then Part(first, KEPT_FILL).Value = cell.CellBackColor
    Part(first, OUR_FILL).Value = fill
    KeepText(first, OUR_NOTE, note)
    If before.String = "" Then Exit Sub
    KeepText(first, KEPT_STATE, IIf(before.IsVisible, "shown", "hidden"))
    KeepText(first, KEPT_AUTHOR, before.Author)
    KeepText(first, KEPT_DATE, before.Date)
End Sub

' The records that stay while the sheet of findings is made anew.
Function TakeStayed(document As Object)
    Dim found(), i As Long
    TakeStayed = Array()
    If Not document.Sheets.hasByName(MarksSheet()) Then Exit Function
    AddRecords(document.Sheets.getByName(MarksSheet()), found)
    For i = 0 To UBound(found)
        found(i) = RecordRange(found(i)).getFormulaArray()
    Next i
    document.Sheets.removeByName(MarksSheet())
    TakeStayed = found
End Function

' The row after them.
Function PutStayed(sheet As Object, column As Long, row As Long, stayed) As Long
    Dim i As Long
    sheet.getCellByPosition(column, row).String = OURS
    For i = 0 To UBound(stayed)
        RecordRange(sheet.getCellByPosition(column, row + 1 + i)).setFormulaArray(stayed(i))
    Next i
    PutStayed = row + 2 + UBound(stayed)
End Function

' -- to take away --

' How many cells stay marked because they are protected. The sheet of findings stays with their records.
Function RemoveMarks(document As Object) As Long
    Dim found, i As Long, cell As Object, stayed As String
    found = KeptRecords(document)
    For i = 0 To UBound(found)
        cell = KeptCell(document, found(i))
        If Writable(cell) Then
            RestoreFill(document, cell, found(i))
            RestoreNote(document, cell, found(i))
        End If
        If Writable(cell) Or IsNull(cell) Then
            RecordRange(found(i)).clearContents(1 + 2 + 4 + 16)
        ElseIf InStr(stayed, cell.AbsoluteName & "|") = 0 Then
            stayed = stayed & cell.AbsoluteName & "|"
        End If
    Next i
    If stayed = "" And document.Sheets.hasByName(MarksSheet()) Then document.Sheets.removeByName(MarksSheet())
    found = Strays(document)
    For i = 0 To UBound(found)
        If Writable(found(i)) Then
            ClearStray(document, found(i))
        ElseIf InStr(stayed, found(i).AbsoluteName & "|") = 0 Then
            stayed = stayed & found(i).AbsoluteName & "|"
        End If
    Next i
    RemoveMarks = UBound(Split(stayed, "|"))
    If RemoveMarks < 0 Then RemoveMarks = 0
End Function

' Null when the cell has been deleted since.
Function KeptCell(document As Object, first As Object) As Object
    Dim tokens, at
    tokens = first.getTokens()
    If UBound(tokens) <> 0 Then Exit Function
    at = tokens(0).Data
    If Not IsUnoStruct(at) Then Exit Function
    If at.Sheet >= 0 And at.Column >= 0 And at.Row >= 0 Then KeptCell = document.Sheets.getByIndex(at.Sheet).getCellByPosition(at.Column, at.Row)
End Function

' A colour that was chosen since the marking stays.
Sub RestoreFill(document As Object, cell As Object, first As Object)
    Dim before As Object
    If cell.CellBackColor <> Part(first, OUR_FILL).Value Then Exit Sub
    before = Part(first, KEPT_FILL)
    If before.Type = com.sun.star.table.CellContentType.EMPTY Then
        DropFill(document, cell)
    Else
        SetFill(document, cell, before.Value)
    End If
End Sub

' A note that was rewritten since stays; what was added behind ours stays too.
Sub RestoreNote(document As Object, cell As Object, first As Object)
    Dim note As String, text As String
    note = KeptText(first, OUR_NOTE)
    text = cell.Annotation.String
    If note = "" Or Left(text, Len(note)) <> note Then Exit Sub
    text = Mid(text, Len(note) + 1)
    If Left(text, Len(Divider())) = Divider() Then text = Mid(text, Len(Divider()) + 1)
    DropNote(cell)
    If text = "" Then Exit Sub
    PutNote(document, cell, text, KeptText(first, KEPT_AUTHOR), KeptText(first, KEPT_DATE))
    If KeptText(first, KEPT_STATE) = "shown" Then cell.Annotation.IsVisible = True
End Sub

' -- marks without a record --

' The cells whose notes are ours.
Function Strays(document As Object)
    Dim found(), i As Long, j As Long, notes As Object, at As Object
    For i = 0 To document.Sheets.Count - 1
        notes = document.Sheets.getByIndex(i).Annotations
        For j = 0 To notes.Count - 1
            at = notes.getByIndex(j).Position
            If Left(notes.getByIndex(j).String, Len(NoteHead())) = NoteHead() Then Append(found, document.Sheets.getByIndex(i).getCellByPosition(at.Column, at.Row))
        Next j
    Next i
    Strays = found
End Function

Sub ClearStray(document As Object, cell As Object)
    Dim text As String, author As String, day As String, at As Long
    text = cell.Annotation.String
    author = cell.Annotation.Author
    day = cell.Annotation.Date
    at = InStr(text, Divider())
    If IsOurFill(cell.CellBackColor) Then DropFill(document, cell)
    DropNote(cell)
    If at > 0 Then PutNote(document, cell, Mid(text, at + Len(Divider())), author, day)
End Sub
