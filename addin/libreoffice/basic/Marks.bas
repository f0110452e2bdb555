' SPDX-License-Identifier: MIT
' Marks: what the program answered, shown in the document: fill and annotation of cells, the sheet of findings, formulas. What a cell looked
' like before is kept in hidden columns of that sheet, below the findings, so that marks can be taken away (Clearing) after saving and
' opening again; the cell itself is kept as a reference, which follows when rows or columns are put in.
Option Explicit

Const ERROR_FILL = 16762830         ' FFC7CE
Const WARNING_FILL = 16771996       ' FFEB9C
Const FIRST_ROW = 4                 ' of the findings; above: verdict, advice, a blank row, headings
Const HIDDEN_COLUMN = 7             ' first of the hidden columns; a row for each marked cell under a row that says whose marks these are

Function MarksSheet() As String
    MarksSheet = "年报校验"
End Function

' -- to put --

' The outcome in words; `first` is the cell of the first finding, else of the verdict.
Function PutMarks(document As Object, records, first As Object) As String
    Dim sheet As Object, i As Long, findings As Long, row As Long, missed As Long, cell As Object, stayed
    stayed = TakeStayed(document)
    sheet = NewSheet(document)
    row = PutStayed(sheet, HIDDEN_COLUMN, FIRST_ROW + CountLines(records) + 1, stayed)
    first = sheet.getCellByPosition(0, 0)
    For i = 0 To UBound(records)
        Select Case records(i)(0)
        Case "verdict"
            PutMarks = records(i)(2)
            sheet.getCellByPosition(0, 0).String = PutMarks
        Case "mark"
            cell = CellOf(document, records(i)(2), records(i)(3))
            If Writable(cell) Then
                MarkCell(document, cell, records(i)(1), records(i)(4), sheet, row)
                row = row + 1
            Else
                missed = missed + 1
            End If
        Case "line"
            cell = CellOf(document, records(i)(3), records(i)(4))
            PutFinding(sheet, FIRST_ROW + findings, records(i), cell)
            If Not IsNull(cell) And first.Spreadsheet.Name = MarksSheet() Then first = cell
            findings = findings + 1
        End Select
    Next i
    FinishSheet(sheet, findings)
    If findings > 0 Then PutMarks = PutMarks & Chr(10) & "各项列在“" & MarksSheet() & "”表里。"
    If missed > 0 Then PutMarks = PutMarks & Chr(10) & "另有 " & missed & " 格所在的表受保护，没有标色和加批注。"
End Function

Function CountLines(records) As Long
    Dim i As Long
    For i = 0 To UBound(records)
        If records(i)(0) = "line" Then CountLines = CountLines + 1
    Next i
End Function

' The cell by sheet and address in Excel's notation; Null when there is none.
Function CellOf(document As Object, sheet As String, address As String) As Object
    Dim i As Long, title As String
    If sheet = "" Then Exit Function
    For i = 0 To document.Sheets.Count - 1
        title = document.Sheets.getByIndex(i).Name
        If title = sheet Or (Len(sheet) = 31 And Left(title, 31) = sheet) Then     ' the copy cuts longer names
            CellOf = document.Sheets.getByIndex(i).getCellRangeByName(address).getCellByPosition(0, 0)
            Exit Function
        End If
    Next i
End Function

Function Writable(cell As Object) As Boolean
    If IsNull(cell) Then Exit Function
    Writable = Not (cell.Spreadsheet.isProtected() And cell.CellProtection.IsLocked)
End Function

Sub MarkCell(document As Object, cell As Object, severity As String, note As String, sheet As Object, row As Long)
    Dim text As String, fill As Long
    text = cell.Annotation.String
    fill = IIf(severity = "error", ERROR_FILL, WARNING_FILL)
    note = NoteHead() & IIf(note = "", "见“" & MarksSheet() & "”表。", note)        ' the first cell of a long finding has it
    KeepLook(cell, sheet.getCellByPosition(HIDDEN_COLUMN, row), fill, note)
    SetFill(document, cell, fill)
    If text <> "" Then note = note & Divider() & text
    cell.Spreadsheet.Annotations.insertNew(cell.CellAddress, note)
    Widen(cell.Annotation.AnnotationShape)
End Sub

' Sentences want more room than LibreOffice gives a note; the height follows.
Sub Widen(shape As Object)
    Dim size As New com.sun.star.awt.Size
    size.Width = 8000
    size.Height = 500
    shape.Size = size
End Sub

Function IsOurFill(fill As Long) As Boolean
    IsOurFill = fill = ERROR_FILL Or fill = WARNING_FILL
End Function

Sub PutFinding(sheet As Object, row As Long, record, cell As Object)
    Dim severity As Object, place As Object
    severity = sheet.getCellByPosition(0, row)
    severity.String = record(2)
    If record(1) = "error" Then severity.CellBackColor = ERROR_FILL
    If record(1) = "warning" Then severity.CellBackColor = WARNING_FILL
    place = sheet.getCellByPosition(1, row)
    If IsNull(cell) Then
        place.String = record(5)
    Else
        place.Formula = "=HYPERLINK(" & Literal("#" & LinkTo(cell)) & ";" & Literal(record(5)) & ")"
        place.CharColor = 353217
        place.CharUnderline = 1
    End If
    sheet.getCellByPosition(2, row).String = record(6)
End Sub

' In Excel's notation, which LibreOffice follows too.
Function LinkTo(cell As Object) As String
    Dim address
    address = Split(cell.AbsoluteName, ".")
    LinkTo = "'" & Replace(cell.Spreadsheet.Name, "'", "''") & "'!" & Replace(address(UBound(address)), "$", "")
End Function

Function Literal(text As String) As String
    Literal = """" & Replace(text, """", """""") & """"
End Function

' -- the sheet of findings --

' What makes rows high comes before the texts: so redoing makes them as high again.
Function NewSheet(document As Object) As Object
    Dim sheet As Object, widths, i As Long
    widths = Array(1900, 5200, 17500)
    document.Sheets.insertNewByName(MarksSheet(), document.Sheets.Count)
    sheet = document.Sheets.getByName(MarksSheet())
    For i = 0 To 2
        sheet.Columns.getByIndex(i).Width = widths(i)
        sheet.Columns.getByIndex(i).IsTextWrapped = (i > 0)
    Next i
    sheet.getCellByPosition(0, 1).String = "按住 Ctrl 单击“位置”就到那一格。改好以后再点“校验”；“清除标记”去掉底色、批注和这张表。"
    sheet.getCellRangeByName("A4:C4").setDataArray(Array(Array("程度", "位置", "问题和办法")))
    NewSheet = sheet
End Function

Sub FinishSheet(sheet As Object, findings As Long)
    Dim i As Long, rule As New com.sun.star.table.BorderLine2
    For i = HIDDEN_COLUMN To HIDDEN_COLUMN + KeptColumns() - 1
        sheet.Columns.getByIndex(i).IsVisible = False
    Next i
    With sheet.getCellRangeByName("A1")
        .CharHeightAsian = 13
        .CharHeight = 13
        .CharWeightAsian = 150
        .CharWeight = 150
    End With
    sheet.getCellRangeByName("A2").CharColor = 8421504
    rule.Color = 12566463
    rule.OuterLineWidth = 18
    With sheet.getCellRangeByPosition(0, FIRST_ROW - 1, 2, FIRST_ROW - 1 + findings)
        .VertJustify = 1
        .TopBorder = rule
        .BottomBorder = rule
        .LeftBorder = rule
        .RightBorder = rule
        .Rows.OptimalHeight = True
    End With
    With sheet.getCellRangeByName("A4:C4")
        .CellBackColor = 15921906
        .CharWeightAsian = 150
        .CharWeight = 150
    End With
End Sub

' -- totals --

Function AnyFill(document As Object, records) As Boolean
    Dim i As Long
    For i = 0 To UBound(records)
        If records(i)(0) = "fill" Then AnyFill = AnyFill Or Writable(CellOf(document, records(i)(1), records(i)(2)))
    Next i
End Function

Function PutFills(document As Object, records, first As Object) As String
    Dim parser As Object, i As Long, filled As Long, missed As Long, cell As Object, said As String
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.FormulaConvention = com.sun.star.sheet.AddressConvention.XL_A1
    parser.CompileEnglish = True
    For i = 0 To UBound(records)
        If records(i)(0) = "fill" Then
            cell = CellOf(document, records(i)(1), records(i)(2))
            If Writable(cell) Then
                FillCell(document, cell, parser.parseFormula(Separated(records(i)(3)), cell.CellAddress))
                If filled = 0 Then first = cell
                filled = filled + 1
            Else
                missed = missed + 1
            End If
        ElseIf records(i)(0) = "unfilled" Then
            If Val(records(i)(1)) > 0 Then said = Chr(10) & "另有 " & records(i)(1) & " 格合计没有填：要加的数里有写成文本的，公式加不进去。请先改成数字。"
        End If
    Next i
    If missed > 0 Then said = said & Chr(10) & "另有 " & missed & " 格合计所在的表受保护，没有填。"
    If filled > 0 Then
        document.calculate()
        PutFills = "已在 " & filled & " 格空着的合计里填上公式，请核对。" & said
    ElseIf said = "" Then
        PutFills = "没有空着的合计。"
    Else
        PutFills = "没有填合计。" & said
    End If
End Function

' A formula as English LibreOffice has it: semicolons between arguments, but for the commas in names of sheets.
Function Separated(formula As String) As String
    Dim parts, i As Long
    parts = Split(formula, "'")
    For i = 0 To UBound(parts) Step 2
        parts(i) = Join(Split(parts(i), ","), ";")
    Next i
    Separated = Join(parts, "'")
End Function

Sub FillCell(document As Object, cell As Object, tokens)
    If document.NumberFormats.getByKey(cell.NumberFormat).Type And com.sun.star.util.NumberFormat.TEXT Then SetFormat(document, cell, 0)
    cell.setTokens(tokens)
End Sub
