/* SPDX-License-Identifier: MIT */
/* title: see title.h. Titles look like “朔州市科技局 2020 年政府信息公开工作年度报告”, with the unit before or after the year, with spaces
 * and line breaks anywhere. */
#include "title.h"

#include <string.h>

#include "bytes.h"
#include "text.h"

bool
title_squeeze(const char *s, bool gaps, char *out)
{
    size_t left = strlen(s), n = 0, used;
    for (; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        if (n + 5 > TITLE_BYTES)
            return false;
        if (cp > 0x3000 && cp < 0xE000 && used == 3) {       /* nearly all: as it lies */
            memcpy(out + n, s, 3);
            n += 3;
        } else if (!is_space(cp) && cp >= 0x20) {
            n += utf8_encode(cp, out + n);
        } else if (gaps && n > 0 && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
    }
    out[n] = '\0';
    return true;
}

static bool
starts(const char *s, const char *word)
{
    for (; *word && *s == *word; word++)
        s++;
    return *word == '\0';
}

static void
cut(char *s, size_t from, size_t to)
{
    memmove(s + from, s + to, strlen(s + to) + 1);
}

/* -- years -- */

static int
digit_of(uint32_t cp)
{
    static const uint32_t ideographs[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };
    if (cp >= '0' && cp <= '9')
        return (int)cp - '0';
    for (int i = 0; i < 10; i++)
        if (ideographs[i] == cp)
            return i;
    return cp == 0x25CB || cp == 0x96F6 ? 0 : -1;           /* ○ and 零 */
}

int
title_digits(const char *s, size_t *length)
{
    enum { UTF8_MOST = 4 };                                 /* the NUL ends a character too */
    int year = 0;
    size_t at = 0, used;
    for (int i = 0; i < 4 && s[at]; i++, at += used) {
        int digit = digit_of(utf8_decode(s + at, UTF8_MOST, &used));
        if (digit < 0)
            return 0;
        year = year * 10 + digit;
    }
    *length = at;
    return year >= YEAR_LEAST && year <= YEAR_MOST ? year : 0;
}

_Static_assert(YEAR_LEAST / 1000 == 2 && YEAR_MOST / 1000 == 2, "may_begin_year looks for a 2");

static bool
may_begin_year(const char *s)
{
    return *s == '2' || starts(s, "二");
}

/* Find "2020年" (or, when `bare`, "2020" alone) in squeezed text. *from..*to is what to cut out. A date (2021年1月20日) is none. */
static int
find_year(const char *s, bool bare, size_t *from, size_t *to)
{
    for (size_t i = 0; s[i]; i++) {
        size_t n;
        if (!may_begin_year(s + i) || (i > 0 && is_digit(s[i]) && is_digit(s[i - 1])))
            continue;
        int year = title_digits(s + i, &n);
        if (!year || is_digit(s[i + n]))
            continue;
        bool nian = starts(s + i + n, "年");
        size_t after = i + n + (nian ? 3 : 0);
        if ((!nian && !bare) || (nian && is_digit(s[after])))
            continue;
        *from = i;
        if (nian && (starts(s + after, "报") || starts(s + after, "度报")))
            *to = i + n;                    /* 2024 年报, 2024 年度报告 */
        else
            *to = after + (nian && starts(s + after, "度") ? 3 : 0);
        return year;
    }
    return 0;
}

int
title_year(const char *s, bool bare)
{
    size_t from, to;
    return find_year(s, bare, &from, &to);
}

int
title_cut_year(char *s, bool bare)
{
    size_t from, to;
    int year = find_year(s, bare, &from, &to);
    if (year)
        cut(s, from, to);
    return year;
}

int
year_in(const char *text)
{
    char s[TITLE_BYTES + 1];
    return title_squeeze(text, false, s) ? title_year(s, false) : 0;
}

/* -- titles -- */

const char *
title_word(const struct form *form, const char *s, size_t *length)
{
    for (size_t i = 0; i < form->ntitle_words; i++) {
        const char *at = strstr(s, form->title_words[i]);
        if (at) {
            *length = strlen(form->title_words[i]);
            return at;
        }
    }
    return NULL;
}

bool
title_has_stop(const char *s)
{
    static const char *const stops[] = { "。", ";", ",", "“", "?", "!", ">", "›", "»" };        /* also a path: 首页 > 年报 */
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (strstr(s, stops[i]))
            return true;
    return false;
}

bool
title_is(const struct form *form, const char *s)
{
    static const char *const tails[] = { "(", "-", "_", "》", "表", "附", "统计", "的公", "公" };
    size_t length;
    char plain[TITLE_BYTES + 1];
    strcpy(plain, s);
    title_cut_year(plain, false);
    const char *word = title_has_stop(s) ? NULL : title_word(form, plain, &length);
    bool ends = word && (word[length] == '\0' || is_digit(word[length]));
    for (size_t i = 0; word && !ends && i < sizeof tails / sizeof *tails; i++)
        ends = starts(word + length, tails[i]);
    return ends;
}

bool
title_is_year(const char *s)
{
    char plain[TITLE_BYTES + 1];
    strcpy(plain, s);
    return title_cut_year(plain, false) && (strcmp(plain, "") == 0 || strcmp(plain, "()") == 0);
}

bool
title_is_last_year(const char *s)
{
    enum { HEADING_BYTES = 90 };
    static const char *const words[] = { "上年度", "上一年度", "去年", "上年数据", "上年报表" };
    bool said = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && !said; i++)
        said = strstr(s, words[i]) != NULL;
    return said && strlen(s) <= HEADING_BYTES && !title_has_stop(s);
}

/* Take edge words and punctuation off both ends of a name; brackets only where they have lost their other half. */
static void
trim(char *s)
{
    static const char *const edges[] = { "《", "》", "_", "-", "—", ":", ",", "、", "。", "关于", "的", "+", ".", "\"", "“", "”", "【", "】",
                                         "[", "]", "报表", "统计表", "附件", " " };
    for (bool again = true; again;) {
        size_t n = strlen(s);
        again = true;
        if (n > 0 && (s[0] == ')' || (s[0] == '(' && (!strchr(s, ')') || s[n - 1] == ')')))) {
            cut(s, 0, 1);
            continue;
        }
        if (n > 0 && (s[n - 1] == '(' || (s[n - 1] == ')' && !strchr(s, '(')))) {
            s[n - 1] = '\0';
            continue;
        }
        again = false;
        for (size_t i = 0; i < sizeof edges / sizeof *edges && !again; i++) {
            size_t k = strlen(edges[i]);
            again = n >= k && (starts(s, edges[i]) || strcmp(s + n - k, edges[i]) == 0);
            if (again && starts(s, edges[i]))
                cut(s, 0, k);
            else if (again)
                s[n - k] = '\0';
        }
    }
}

int
title_split(const struct form *form, char *s)
{
    size_t length;
    int year = title_cut_year(s, true);
    const char *word = title_word(form, s, &length);
    if (word && word == s && word[length] != '\0')
        cut(s, 0, length);                       /* what stands behind may be the unit (“年报_某局”) */
    else if (word)
        s[word - s] = '\0';                      /* what follows (（2020年度）, 附表) is no name */
    char *colon = strrchr(s, ':');
    if (colon)
        cut(s, 0, (size_t)(colon + 1 - s));      /* “附件：某局…” */
    trim(s);
    return year;
}

/* -- labels -- */

bool
title_labelled(const char *s, const char **labels, size_t n, char *value)
{
    for (size_t i = 0; i < n; i++) {
        const char *label = labels[i], *at = s;
        while (*label && (*at == *label || *at == ' ')) {
            label += *at != ' ';
            at++;
        }
        if (*label)
            continue;
        const char *close = *at == '(' ? strchr(at, ')') : NULL;
        at = close ? close + 1 : at;
        at += strspn(at, " ");
        if (*at != ':' && *at != '\0')
            continue;
        at += *at == ':';
        at += strspn(at, " ");
        const char *colon = strchr(at, ':'), *end = at + strlen(at);
        for (const char *p = at; colon && p < colon; p++)
            end = *p == ' ' ? p : end;           /* the last gap before the next colon */
        size_t length = 0;
        for (; at < end; at++)
            if (*at != ' ')
                value[length++] = *at;
        value[length] = '\0';
        return true;
    }
    return false;
}

/* -- units -- */

/* What stands in the menus of web pages, “首页”, “政府信息公开指南”, and headings, “一、总体情况”. */
static bool
is_heading(const char *s)
{
    size_t used;
    utf8_decode(s, strlen(s), &used);
    return starts(s + used, "、") || strstr(s, "首页") || starts(s, "政府信息公开") || starts(s, "法定主动公开");
}

/* Units of measure and nothing else: “单位：件、万元”. */
static bool
is_measure(const struct form *form, const char *s)
{
    static const char *const between[] = { "、", "/", "(", ")", ",", "人民币", "," };
    while (*s) {
        size_t length = 0;
        for (size_t i = 0; i < form->nunits; i++)
            if (starts(s, form->units[i].word) && strlen(form->units[i].word) > length)
                length = strlen(form->units[i].word);
        for (size_t i = 0; length == 0 && i < sizeof between / sizeof *between; i++)
            length = starts(s, between[i]) ? strlen(between[i]) : 0;
        if (length == 0)
            return false;
        s += length;
    }
    return true;
}

bool
title_is_unit(const struct form *form, char *s)
{
    trim(s);
    size_t n = strlen(s);
    return n >= 6 && n <= UNIT_BYTES && (unsigned char)s[0] >= 0xE4 && (unsigned char)s[0] <= 0xE9 && !strchr(s, ':') && !title_has_stop(s) &&
           strcmp(s + n - 3, "人") != 0 && !is_measure(form, s) && !is_heading(s);
}

