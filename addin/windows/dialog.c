/* SPDX-License-Identifier: MIT */
/* dialog: DLGTEMPLATE and DLGITEMTEMPLATE of the Win32 documentation, with a font and without menu, window class and creation data. */
#include "dialog.h"

static const wchar_t font[] = L"MS Shell Dlg";

static WORD *
put_text(WORD *at, const wchar_t *text)
{
    do
        *at++ = (WORD)*text;
    while (*text++ != L'\0');
    return at;
}

static WORD *
put_item(WORD *at, const struct dialog_item *item)
{
    DLGITEMTEMPLATE head = {
        .style = WS_CHILD | WS_VISIBLE | item->style, .x = item->x, .y = item->y, .cx = item->width, .cy = item->height, .id = item->id,
    };
    memcpy(at, &head, sizeof head);
    at += sizeof head / sizeof *at;
    *at++ = 0xFFFF;
    *at++ = (WORD)item->kind;
    at = put_text(at, item->text);
    *at++ = 0;
    return at;
}

const DLGTEMPLATE *
dialog_template(struct arena *arena, const struct dialog *dialog)
{
    DLGTEMPLATE head = {
        .style = WS_POPUP | WS_CAPTION | WS_SYSMENU | DS_SETFONT | DS_CENTER | DS_SETFOREGROUND, .cdit = dialog->nitems,
        .cx = dialog->width, .cy = dialog->height,
    };
    size_t words = sizeof head + wcslen(dialog->title) + wcslen(font) + 8;
    for (WORD i = 0; i < dialog->nitems; i++)
        words += sizeof(DLGITEMTEMPLATE) + wcslen(dialog->items[i].text) + 8;
    WORD *start = arena_array(arena, words, sizeof *start), *at = start;
    if (start == NULL)
        return NULL;
    memcpy(at, &head, sizeof head);
    at += sizeof head / sizeof *at + 2;          /* no menu, the usual class */
    at = put_text(at, dialog->title);
    *at++ = 9;                                   /* points */
    at = put_text(at, font);
    for (WORD i = 0; i < dialog->nitems; i++)
        at = put_item(at + (at - start) % 2, &dialog->items[i]);     /* each begins at a double word */
    return (const DLGTEMPLATE *)(void *)start;
}
