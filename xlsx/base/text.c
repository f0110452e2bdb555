/* SPDX-License-Identifier: MIT */
/* text: UTF-8 (The Unicode Standard, chapter 3, D92 and table 3-7) and growing strings. Widths follow Unicode Standard Annex #11:
 * W and F are two columns, zero-width and combining characters none; ambiguous ones count one. Emoji sequences are left out. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

struct text
text_new(struct arena *arena)
{
    return (struct text){ .arena = arena, .at = "" };       /* never written: cap is 0 */
}

/* Make room for n more bytes and the NUL. */
static bool
room(struct text *text, size_t n)
{
    if (!text->failed && n < text->cap - text->n)
        return true;
    size_t cap = text->cap > 0 ? text->cap * 2 : 64;
    if (n >= cap - text->n)
        cap = n < SIZE_MAX - text->n ? text->n + n + 1 : SIZE_MAX;
    char *at = text->failed ? NULL : arena_raw(text->arena, cap);
    if (at == NULL) {
        text->failed = true;
        return false;
    }
    memcpy(at, text->at, text->n + 1);
    text->at = at;
    text->cap = cap;
    return true;
}

void
text_put(struct text *text, const char *s, size_t n)
{
    if (n == 0 || !room(text, n))
        return;
    memcpy(text->at + text->n, s, n);
    text->n += n;
    text->at[text->n] = '\0';
}

void
text_puts(struct text *text, const char *s)
{
    text_put(text, s, strlen(s));
}

void
text_putc(struct text *text, char c)
{
    text_put(text, &c, 1);
}

void
text_put_cp(struct text *text, uint32_t cp)
{
    char bytes[4];
    text_put(text, bytes, utf8_encode(cp, bytes));
}

void
text_printf(struct text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t left = text->failed ? 0 : text->cap - text->n;       /* most often it is enough */
    int n = vsnprintf(left > 0 ? text->at + text->n : NULL, left, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < left)
        text->n += (size_t)n;
    else if (n >= 0 && room(text, (size_t)n)) {
        vsnprintf(text->at + text->n, (size_t)n + 1, format, again);
        text->n += (size_t)n;
    } else {
        text->failed = true;
        if (left > 0)
            text->at[text->n] = '\0';
    }
    va_end(again);
}

uint32_t
utf8_decode_any(const char *s, size_t n, size_t *used)
{
    /* By length of the sequence: bits of the first byte that tell it, and the least value that needs this length. */
    static const struct { unsigned char mask, lead; uint32_t least; } forms[] = {
        { 0xE0, 0xC0, 0x80 }, { 0xF0, 0xE0, 0x800 }, { 0xF8, 0xF0, 0x10000 },
    };
    const unsigned char *at = (const unsigned char *)s;
    *used = n > 0;
    if (n > 0 && at[0] < 0x80)
        return at[0];
    for (size_t more = 1; more <= sizeof forms / sizeof *forms && more < n; more++) {
        if ((at[0] & forms[more - 1].mask) != forms[more - 1].lead)
            continue;
        uint32_t cp = at[0] & (unsigned char)~forms[more - 1].mask;
        for (size_t i = 1; i <= more; i++) {
            if ((at[i] & 0xC0) != 0x80)
                return 0xFFFD;
            cp = cp << 6 | (at[i] & 0x3F);
        }
        if (cp < forms[more - 1].least || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
            return 0xFFFD;
        *used = more + 1;
        return cp;
    }
    return 0xFFFD;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp >= 0x800 && cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    size_t more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    uint32_t lead = 0xFF00u >> (more + 1) & 0xFF;
    out[0] = (char)(lead | cp >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (cp >> (6 * (more - i)) & 0x3F));
    return more + 1;
}

size_t
utf8_clip(const char *s, size_t most)
{
    size_t n = 0;
    while (n < most && s[n] != '\0')
        n++;
    while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
        n--;
    return n;
}

bool
utf8_valid(const char *s, size_t n)
{
    for (size_t i = 0, used; i < n; i += used)
        if (utf8_decode(s + i, n - i, &used) == 0xFFFD && used == 1)
            return false;
    return true;
}

struct range { uint32_t first, last; };

static bool
in_ranges(const struct range *ranges, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n && ranges[i].first <= cp; i++)
        if (cp <= ranges[i].last)
            return true;
    return false;
}

size_t
text_width(const char *s)
{
    static const struct range none[] = {
        { 0x0300, 0x036F }, { 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x2064 }, { 0x302A, 0x302D }, { 0x3099, 0x309A },
        { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF }, { 0xE0100, 0xE01EF },
    };
    static const struct range wide[] = {
        { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0xA4CF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF },
        { 0xFE10, 0xFE19 }, { 0xFE30, 0xFE6F }, { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x16FE0, 0x18DFF }, { 0x1AFF0, 0x1B2FF },
        { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD },
    };
    size_t n = strlen(s), width = 0;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = utf8_decode(s + i, n - i, &used);
        if (!in_ranges(none, sizeof none / sizeof *none, cp))
            width += in_ranges(wide, sizeof wide / sizeof *wide, cp) ? 2 : 1;
    }
    return width;
}
