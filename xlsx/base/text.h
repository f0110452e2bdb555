/* SPDX-License-Identifier: MIT */
/* text: UTF-8 and growing strings. Everything inside the program is UTF-8; other encodings end at the readers. */
#ifndef NIANBAO_TEXT_H
#define NIANBAO_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

/* A growing string in an arena. `at` is always NUL-terminated ("" when nothing was put). Once out of memory it stays so
 * (`failed`) and ignores what follows: check once at the end. */
struct text {
    struct arena *arena;
    char *at;
    size_t n, cap;
    bool failed;
};

struct text text_new(struct arena *arena);
void text_put(struct text *text, const char *s, size_t n);
void text_puts(struct text *text, const char *s);
void text_putc(struct text *text, char c);
void text_put_cp(struct text *text, uint32_t cp);                       /* one code point as UTF-8 */
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The code point at s[0..n), and its length in *used (at least 1 when n > 0). Bytes that are not UTF-8 give U+FFFD, one byte each. */
uint32_t utf8_decode_any(const char *s, size_t n, size_t *used);

static inline uint32_t
utf8_decode(const char *s, size_t n, size_t *used)
{
    const unsigned char *at = (const unsigned char *)s;
    *used = 1;
    if (n > 0 && at[0] < 0x80)
        return at[0];
    *used = 3;
    if (n > 2 && at[0] > 0xE0 && at[0] < 0xED && (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80)      /* nearly all of Chinese */
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    return utf8_decode_any(s, n, used);
}

/* Write cp (surrogates and values over U+10FFFF as U+FFFD) into out[4]; returns the number of bytes. */
size_t utf8_encode(uint32_t cp, char out[4]);

/* The bytes of s, at most `most`, without the beginning of a character that does not fit. */
size_t utf8_clip(const char *s, size_t most);

/* True if s[0..n) is well-formed UTF-8. */
bool utf8_valid(const char *s, size_t n);

/* Columns that s takes in a terminal or Notepad with a CJK font: East Asian wide and full-width characters count 2. */
size_t text_width(const char *s);

/* White space as clerks type it, and what nobody sees, such as marks of writing direction around a copied number: ASCII blanks, U+00A0,
 * U+061C, U+2000..U+200F, U+2028..U+202F, U+205F, U+2060, U+2066..U+2069, U+3000, U+FEFF. */
static inline bool
is_space(uint32_t cp)
{
    if (cp > 0x3000)                    /* nearly every character there is */
        return cp == 0xFEFF;
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x00A0 || (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F)
        || cp == 0x205F || cp == 0x2060 || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x3000 || cp == 0x061C;
}

/* Full-width ASCII (U+FF01..U+FF5E) to ASCII; other code points unchanged. */
static inline uint32_t
fold_width(uint32_t cp)
{
    return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFF01 + '!' : cp;
}

#endif
