/* SPDX-License-Identifier: MIT */
/* wide: texts, and formulas in A1 and R1C1 notation (ECMA-376 part 1, 18.17.2.3). A formula is passed over word by word: strings and
 * quoted sheet names stay, words that are references change. */
#include "wide.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "heap.h"
#include "oper.h"

wchar_t *
wide(const char *utf8)
{
    if (utf8 == NULL)
        return NULL;
    int n = MultiByteToWideChar(CP_UTF8, 0, utf8, -1, NULL, 0);
    wchar_t *text = own((size_t)n * sizeof *text);
    MultiByteToWideChar(CP_UTF8, 0, utf8, -1, text, n);
    return text;
}

wchar_t *
wide_n(const wchar_t *text, size_t n)
{
    wchar_t *copy = own((n + 1) * sizeof *copy);
    memcpy(copy, text, n * sizeof *copy);
    return copy;
}

wchar_t *
wide_copy(const wchar_t *text)
{
    return text != NULL ? wide_n(text, wcslen(text)) : NULL;
}

wchar_t *
wide_join(const wchar_t *a, const wchar_t *b, const wchar_t *c)
{
    wchar_t *text = own((wcslen(a) + wcslen(b) + wcslen(c) + 1) * sizeof *text);
    return wcscat(wcscat(wcscpy(text, a), b), c);
}

wchar_t *
wide_take(wchar_t *old, wchar_t *new)
{
    disown(old);
    return new;
}

bool
wide_same(const wchar_t *a, const wchar_t *b)
{
    return wcscmp(a != NULL ? a : L"", b != NULL ? b : L"") == 0;
}

const char *
utf8(const wchar_t *text)
{
    static char said[8][2048];
    static unsigned next;
    char *out = said[next++ % 8];
    if (text == NULL)
        return "(nothing)";
    wchar_t cut[161];
    wcsncpy(cut, text, 160);
    cut[160] = L'\0';
    for (wchar_t *c = cut; *c != L'\0'; c++)
        *c = *c == L'\n' ? L'|' : *c;
    if (WideCharToMultiByte(CP_UTF8, 0, cut, -1, out, sizeof said[0], NULL, NULL) == 0)
        strcpy(out, "?");
    return out;
}

/* -- references -- */

static bool
letter(wchar_t c)
{
    return (c >= L'A' && c <= L'Z') || (c >= L'a' && c <= L'z') || c == L'_' || c == L'.' || c == L'\\' || c > 127;
}

static bool
digit(wchar_t c)
{
    return c >= L'0' && c <= L'9';
}

bool
cell_of_a1(const wchar_t *text, uint32_t *row, uint16_t *col, size_t *used)
{
    const wchar_t *at = text;
    uint32_t c = 0, r = 0;
    at += *at == L'$';
    for (; (*at & ~32) >= L'A' && (*at & ~32) <= L'Z' && *at < 128 && c < COLS_MOST; at++)
        c = c * 26 + (uint32_t)((*at & ~32) - L'A' + 1);
    at += *at == L'$' && c > 0;
    for (; digit(*at) && r <= ROWS_MOST; at++)
        r = r * 10 + (uint32_t)(*at - L'0');
    if (c == 0 || c > COLS_MOST || r == 0 || r > ROWS_MOST || letter(*at) || digit(*at) || *at == L'(' || *at == L'!')
        return false;
    *row = r - 1;
    *col = (uint16_t)(c - 1);
    *used = (size_t)(at - text);
    return true;
}

/* "R", "R5", "R[-2]"; likewise C. */
static bool
half_of_r1c1(const wchar_t **at, wchar_t which, int32_t here, int32_t *there, bool *relative)
{
    const wchar_t *p = *at;
    if ((*p & ~32) != which)
        return false;
    p++;
    *relative = *p == L'[' || !digit(*p);
    int sign = 1;
    int32_t n = 0;
    bool bracket = *p == L'[';
    p += bracket;
    if (bracket && *p == L'-') {
        sign = -1;
        p++;
    }
    for (; digit(*p) && n <= ROWS_MOST; p++)
        n = n * 10 + (*p - L'0');
    if (bracket && *p++ != L']')
        return false;
    *there = *relative ? here + sign * n : n - 1;
    *at = p;
    return true;
}

static bool
cell_of_r1c1(const wchar_t *text, uint32_t row, uint16_t col, wchar_t out[32], size_t *used)
{
    const wchar_t *at = text;
    int32_t r, c;
    bool relative_row, relative_col;
    if (!half_of_r1c1(&at, L'R', (int32_t)row, &r, &relative_row) || !half_of_r1c1(&at, L'C', col, &c, &relative_col)
        || letter(*at) || digit(*at) || *at == L'(' || *at == L'!' || r < 0 || r >= ROWS_MOST || c < 0 || c >= COLS_MOST)
        return false;
    wchar_t letters[4] = L"";
    size_t n = 0;
    for (int32_t rest = c + 1; rest > 0; rest = (rest - 1) / 26) {
        memmove(letters + 1, letters, n++ * sizeof *letters);
        letters[0] = (wchar_t)(L'A' + (rest - 1) % 26);
    }
    swprintf(out, 32, L"%ls%.*ls%ls%d", relative_col ? L"" : L"$", (int)n, letters, relative_row ? L"" : L"$", (int)r + 1);
    *used = (size_t)(at - text);
    return true;
}

static bool
cell_to_r1c1(const wchar_t *text, uint32_t row, uint16_t col, wchar_t out[32], size_t *used)
{
    uint32_t r;
    uint16_t c;
    wchar_t half[2][16] = { L"", L"" };
    if (!cell_of_a1(text, &r, &c, used))
        return false;
    const wchar_t *dollar = wmemchr(text + 1, L'$', *used - 1);
    if (dollar != NULL)
        swprintf(half[0], 16, L"%u", (unsigned)r + 1);
    else if (r != row)
        swprintf(half[0], 16, L"[%d]", (int)r - (int)row);
    if (*text == L'$')
        swprintf(half[1], 16, L"%u", (unsigned)c + 1);
    else if (c != col)
        swprintf(half[1], 16, L"[%d]", (int)c - (int)col);
    swprintf(out, 32, L"R%lsC%ls", half[0], half[1]);
    return true;
}

/* How many units at `at` are a string or a quoted name; 0: none. */
static size_t
quoted(const wchar_t *at)
{
    size_t n = 1;
    if (*at != L'"' && *at != L'\'')
        return 0;
    while (at[n] != L'\0' && (at[n] != *at || at[n + 1] == *at))
        n += at[n] == *at ? 2 : 1;
    return at[n] != L'\0' ? n + 1 : n;
}

static wchar_t *
convert(const wchar_t *in, uint32_t row, uint16_t col, bool to_a1)
{
    wchar_t *out = own((wcslen(in) * 12 + 1) * sizeof *out), *end = out, cell[32];
    uint32_t r;
    uint16_t c;
    for (size_t n; *in != L'\0'; in += n) {
        if ((n = quoted(in)) == 0 && (letter(*in) || *in == L'$')) {
            if (to_a1 ? cell_of_r1c1(in, row, col, cell, &n) : cell_to_r1c1(in, row, col, cell, &n)) {
                end = wcscpy(end, cell) + wcslen(cell);
                continue;
            }
            if (to_a1 && cell_of_a1(in, &r, &c, &n)) {
                disown(out);
                return NULL;
            }
            for (n = 1; letter(in[n]) || digit(in[n]); n++)
                continue;
        }
        else if (n == 0)
            for (n = 1; digit(in[n - 1]) && (digit(in[n]) || in[n] == L'.'); n++)
                continue;
        end = wmemcpy(end, in, n) + n;
    }
    *end = L'\0';
    return out;
}

wchar_t *
formula_to_r1c1(const wchar_t *a1, uint32_t row, uint16_t col)
{
    return convert(a1, row, col, false);
}

wchar_t *
formula_to_a1(const wchar_t *r1c1, uint32_t row, uint16_t col)
{
    return convert(r1c1, row, col, true);
}
