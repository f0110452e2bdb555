/* SPDX-License-Identifier: MIT */
/* xlsx_formula: shared formulas (ECMA-376 part 1, 18.3.1.40): the cells that share one hold no text, theirs is the first one's with its
 * relative references moved. References are A1 references of 18.17.2: columns, rows and cells, alone or as ends of a range. What
 * stands in quotes or square brackets, or is part of a longer name, is no reference. One moved out of the sheet wraps round, as in Excel. */
#include "xlsx_parts.h"

static bool
is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$' || c == '\\'
        || c == '?' || (unsigned char)c >= 0x80;
}

/* One reference: [$]letters[$]digits, one of the two may be missing. */
struct reference {
    bool fixed_col, fixed_row;
    int64_t col, row;           /* from 1; 0: missing */
};

static bool
parse(const char *s, size_t n, struct reference *r)
{
    size_t i = 0;
    *r = (struct reference){ 0 };
    bool dollar = i < n && s[i] == '$';
    i += dollar;
    for (; i < n && ((s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'z') && r->col <= LIMIT_COLS; i++)
        r->col = r->col * 26 + ((s[i] | 0x20) - 'a' + 1);
    if (r->col > 0) {
        r->fixed_col = dollar;
        dollar = i < n && s[i] == '$';
        i += dollar;
    }
    for (; i < n && s[i] >= '0' && s[i] <= '9' && r->row <= LIMIT_ROWS; i++)
        r->row = r->row * 10 + (s[i] - '0');
    r->fixed_row = dollar && r->row > 0;
    if (dollar && r->row == 0)
        return false;
    return i == n && r->col <= LIMIT_COLS && r->row <= LIMIT_ROWS && (r->col > 0 || r->row > 0);
}

static int64_t
moved(int64_t at, int64_t by, int64_t size)
{
    return ((at - 1 + by) % size + size) % size + 1;
}

static void
put(struct text *out, const struct reference *r, int64_t rows, int64_t cols)
{
    if (r->col > 0) {
        char letters[8];
        size_t i = sizeof letters;
        for (int64_t c = r->fixed_col ? r->col : moved(r->col, cols, LIMIT_COLS); c > 0; c = (c - 1) / 26)
            letters[--i] = (char)('A' + (c - 1) % 26);
        text_printf(out, "%s%.*s", r->fixed_col ? "$" : "", (int)(sizeof letters - i), letters + i);
    }
    if (r->row > 0)
        text_printf(out, "%s%lld", r->fixed_row ? "$" : "", (long long)(r->fixed_row ? r->row : moved(r->row, rows, LIMIT_ROWS)));
}

/* The word of n bytes at s is a reference: a cell, or one end of whole columns or rows ("A:A", "3:3"). */
static bool
is_reference(const char *formula, const char *s, size_t n, struct reference *r)
{
    char next = s[n], before = s > formula ? s[-1] : '\0';
    if (next == '(' || next == '!' || next == '[' || !parse(s, n, r))
        return false;
    if (r->col > 0 && r->row > 0)
        return true;
    struct reference other;
    const char *far = s + n + 1;
    size_t far_n = 0;
    if (next == ':') {
        while (is_word(far[far_n]))
            far_n++;
    } else if (before == ':') {
        far = s - 1;
        while (far > formula && is_word(far[-1])) {
            far--;
            far_n++;
        }
    }
    return far_n > 0 && parse(far, far_n, &other) && (other.col > 0) == (r->col > 0) && (other.row > 0) == (r->row > 0);
}

/* Bytes from s on that hold no reference whatever they look like: a string, a quoted sheet name, square brackets. */
static size_t
sealed(const char *s)
{
    char close = *s == '[' ? ']' : *s;
    size_t n = 1, deep = 1;
    for (; s[n] != '\0' && deep > 0; n++) {
        if (s[n] == close)
            deep--;             /* a doubled quote opens again at once */
        else if (s[n] == '[' && close == ']')
            deep++;
    }
    return n;
}

void
xlsx_shift(struct text *out, const char *formula, int64_t rows, int64_t cols)
{
    for (const char *s = formula; *s != '\0'; ) {
        struct reference r;
        size_t n = 1;
        if (*s == '"' || *s == '\'' || *s == '[') {
            n = sealed(s);
        } else if (is_word(*s)) {
            while (is_word(s[n]))
                n++;
            if (is_reference(formula, s, n, &r)) {
                put(out, &r, rows, cols);
                s += n;
                continue;
            }
        }
        text_put(out, s, n);
        s += n;
    }
}
