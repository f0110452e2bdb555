' SPDX-License-Identifier: MIT
' Looks: fill, number format and note of a cell, changed so that undoing brings the cell back and nothing else. What LibreOffice undoes of
' attributes set on a cell object are whole areas, with their conditional formats, which come back broken or not at all (7.4); of the
' menu's command, the cursor on the cell, it is the attributes of that cell. So the commands are used here. Each stands in an undo context
' of its own: a command may have LibreOffice cut the innermost open one to as many actions as it keeps steps (100, its first ones lost).
Option Explicit

Sub SetFill(document As Object, cell As Object, fill As Long)
    document.UndoManager.enterUndoContext("年报")
    If PutCursor(document, cell) Then
        Dispatch(document, ".uno:BackgroundColor", Array("BackgroundColor", fill))
    Else
        cell.CellBackColor = fill
    End If
    document.UndoManager.leaveUndoContext()
End Sub

' No fill of its own. No command does that: it is set unseen by the undo manager, which has "transparent" to take back.
Sub DropFill(document As Object, cell As Object)
    document.UndoManager.enterUndoContext("年报")
    If PutCursor(document, cell) Then
        Dispatch(document, ".uno:BackgroundColor", Array("BackgroundColor", -1))
        document.UndoManager.lock()
        cell.setPropertyToDefault("CellBackColor")
        document.UndoManager.unlock()
    Else
        cell.setPropertyToDefault("CellBackColor")
    End If
    document.UndoManager.leaveUndoContext()
End Sub

Sub SetFormat(document As Object, cell As Object, format As Long)
    document.UndoManager.enterUndoContext("年报")
    If PutCursor(document, cell) Then
        Dispatch(document, ".uno:NumberFormatValue", Array("NumberFormatValue", format))
    Else
        cell.NumberFormat = format
    End If
    document.UndoManager.leaveUndoContext()
End Sub

' Author and date can be given by the command only.
Sub PutNote(document As Object, cell As Object, text As String, author As String, day As String)
    document.UndoManager.enterUndoContext("年报")
    document.CurrentController.select(cell)
    Dispatch(document, ".uno:InsertAnnotation", Array("Text", text, "Author", author, "Date", day))
    document.UndoManager.leaveUndoContext()
End Sub

Sub DropNote(cell As Object)
    Dim notes As Object, i As Long, at As Object
    notes = cell.Spreadsheet.Annotations
    For i = notes.Count - 1 To 0 Step -1
        at = notes.getByIndex(i).Position
        If at.Column = cell.CellAddress.Column And at.Row = cell.CellAddress.Row Then notes.removeByIndex(i)
    Next i
End Sub

' The cursor without a selection on this cell alone; it cannot go to a hidden sheet.
Function PutCursor(document As Object, cell As Object) As Boolean
    Dim address, at As Object
    If Not cell.Spreadsheet.IsVisible Then Exit Function
    address = Split(cell.AbsoluteName, ".")
    document.CurrentController.setActiveSheet(cell.Spreadsheet)
    Dispatch(document, ".uno:TableDeselectAll", Array())
    Dispatch(document, ".uno:GoToCell", Array("ToPoint", address(UBound(address))))
    at = document.CurrentController.Selection
    If Not HasUnoInterfaces(at, "com.sun.star.sheet.XCellRangeAddressable") Then Exit Function
    at = at.RangeAddress
    PutCursor = at.Sheet = cell.CellAddress.Sheet And at.StartColumn = cell.CellAddress.Column And at.StartRow = cell.CellAddress.Row
End Function

' `given`: name, value, name, value...
Sub Dispatch(document As Object, url As String, given)
    Dim properties(), i As Long
    If UBound(given) > 0 Then ReDim properties((UBound(given) - 1) / 2)
    For i = 0 To UBound(properties)
        properties(i) = CreateUnoStruct("com.sun.star.beans.PropertyValue")
        properties(i).Name = given(2 * i)
        properties(i).Value = given(2 * i + 1)
    Next i
    CreateUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(document.CurrentController.Frame, url, "", 0, properties)
End Sub
