/* SPDX-License-Identifier: MIT */
/* ods_formula: from OpenFormula (ODF 1.2 part 2, 5.8: references in square brackets, arguments parted by semicolons) to the way Excel
 * writes. "[.B5:.B7]" becomes B5:B7, "[$'a b'.J8]" 'a b'!J8; strings stay. What else differs (arrays, unions, references to other
 * files) is not turned: such a formula is only known to be one. */
#include "grid.h"
#include "ods_parts.h"

static bool
is_name(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

/* What is behind the prefix that names the grammar ("of:="). NULL: another grammar than ours. */
static const char *
body_of(const char *s, const char *end)
{
    static const char *const grammars[] = { "of:=", "oooc:=", "=" };
    for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++) {
        size_t n = strlen(grammars[i]);
        if ((size_t)(end - s) > n && memcmp(s, grammars[i], n) == 0)
            return s + n;
    }
    return NULL;
}

/* Bytes up to the end of what is quoted at s; a doubled quote opens again. 0: it does not end. */
static size_t
quoted(const char *s, const char *end)
{
    for (const char *p = s + 1; p < end; p++)
        if (*p == *s && (p + 1 == end || p[1] != *s))
            return (size_t)(p + 1 - s);
        else if (*p == *s)
            p++;
    return 0;
}

/* The sheet in front of the dot at *s ("$'a b'", "Sheet1", or nothing), which moves behind the dot. False: not understood. */
static bool
put_sheet(struct text *out, struct arena *arena, const char **s, const char *end)
{
    const char *p = *s;
    struct text name = text_new(arena);
    p += p < end && *p == '$';
    if (p < end && *p == '\'') {
        size_t n = quoted(p, end);
        for (size_t i = 1; i + 1 < n; i += p[i] == '\'' ? 2 : 1)
            text_putc(&name, p[i]);
        if (n == 0)
            return false;
        p += n;
    } else {
        for (; p < end && is_name(*p); p++)
            text_putc(&name, *p);
    }
    if (p == end || *p != '.')
        return false;
    *s = p + 1;
    if (name.n > 0) {
        const char *place = a1_quoted(arena, name.at, "");
        if (place == NULL)
            out->failed = true;
        else
            text_puts(out, place);
    }
    return true;
}

/* The reference in brackets at *s, which moves behind it. */
static bool
put_reference(struct text *out, struct arena *arena, const char **s, const char *end)
{
    const char *p = *s + 1;
    for (int i = 0; i < 2; i++) {
        if (!put_sheet(out, arena, &p, end))
            return false;
        const char *from = p;
        while (p < end && (is_name(*p) || *p == '$'))
            p++;
        text_put(out, from, (size_t)(p - from));
        if (p == end || p == from || (*p != ':' && *p != ']') || (i == 1 && *p == ':'))
            return false;
        if (*p == ']')
            break;
        text_putc(out, *p++);
    }
    *s = p + 1;
    return true;
}

bool
ods_formula(struct arena *arena, const struct slice *written, const char **formula)
{
    const char *end = written->at + written->n, *s = body_of(written->at, end);
    struct text out = text_new(arena);
    *formula = NULL;
    while (s != NULL && s < end) {
        size_t n = 1;
        if (*s == '[') {
            if (!put_reference(&out, arena, &s, end))
                return !out.failed;
            continue;
        }
        if (*s == '"') {
            n = quoted(s, end);
            text_put(&out, s, n);
        } else if (strchr("{}~|!#'", *s) != NULL) {
            n = 0;
        } else {
            text_putc(&out, *s == ';' ? ',' : *s);
        }
        if (n == 0)
            return !out.failed;
        s += n;
    }
    if (s != NULL)
        *formula = out.at;
    return !out.failed;
}
