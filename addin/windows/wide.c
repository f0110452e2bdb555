/* SPDX-License-Identifier: MIT */
/* wide: conversions by MultiByteToWideChar and WideCharToMultiByte. Left out: unpaired surrogates in names, which become U+FFFD. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "text.h"
#include "wide.h"

static wchar_t *
widen(struct arena *arena, const char *text)
{
    int n = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    wchar_t *out = n > 0 ? arena_array(arena, (size_t)n, sizeof *out) : NULL;
    if (out != NULL)
        MultiByteToWideChar(CP_UTF8, 0, text, -1, out, n);
    return out;
}

wchar_t *
wide_text(struct arena *arena, const char *text)
{
    struct text out = text_new(arena);
    for (; *text != '\0'; text++) {
        text_puts(&out, *text == '\n' ? "\r" : "");
        text_putc(&out, *text);
    }
    return out.failed ? NULL : widen(arena, out.at);
}

wchar_t *
wide_path(struct arena *arena, const char *path)
{
    wchar_t *out = widen(arena, path);
    for (wchar_t *c = out; c != NULL && *c != L'\0'; c++)
        if (*c == L'/')
            *c = L'\\';
    return out;
}

char *
narrow_text(struct arena *arena, const wchar_t *text)
{
    int n = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *out = n > 0 ? arena_alloc(arena, (size_t)n) : NULL;
    if (out != NULL)
        WideCharToMultiByte(CP_UTF8, 0, text, -1, out, n, NULL, NULL);
    return out;
}

char *
narrow_path(struct arena *arena, const wchar_t *path)
{
    char *out = narrow_text(arena, path);
    for (char *c = out; c != NULL && *c != '\0'; c++)
        if (*c == '\\')
            *c = '/';
    return out;
}

wchar_t *
wide_join(struct arena *arena, const wchar_t *folder, const wchar_t *name)
{
    size_t n = wcslen(folder), m = wcslen(name);
    wchar_t *out = arena_array(arena, n + m + 2, sizeof *out);
    if (out == NULL)
        return NULL;
    wmemcpy(out, folder, n);
    out[n] = L'\\';
    wmemcpy(out + n + 1, name, m);
    return out;
}
