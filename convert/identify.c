/* SPDX-License-Identifier: MIT */
/* Titles look like “朔州市科技局 2020 年政府信息公开工作年度报告”, with the unit before or after the year, with spaces and line breaks
 * anywhere. A cover says it in labelled cells: “单位名称：某局”, or the label in one cell and the name in the next. */
#include "identify.h"

#include <string.h>

#include "label.h"
#include "text.h"

enum { TITLE = 600 };            /* bytes; a longer text is prose */

/* The text without spaces, full-width folded; false when too long for a title. */
static bool
squeeze(const char *s, char *out)
{
    size_t left = strlen(s), n = 0, used;
    for (; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        if (is_space(cp) || cp < 0x20)
            continue;
        if (n + 5 > TITLE)
            return false;
        n += utf8_encode(cp, out + n);
    }
    out[n] = '\0';
    return true;
}

/* Four digits of a year at s, ASCII or Chinese; *length in bytes. 0: none, or no year between 2008 (the first 条例) and 2099. */
static int
four_digits(const char *s, size_t *length)
{
    static const char ideographs[] = "〇一二三四五六七八九";
    int year = 0;
    size_t left = strlen(s), at = 0;
    for (int i = 0; i < 4; i++) {
        size_t used;
        uint32_t cp = utf8_decode(s + at, left - at, &used);
        int digit = cp >= '0' && cp <= '9' ? (int)cp - '0' : -1;
        for (int v = 0, at2 = 0; digit < 0 && v < 10 && at < left; v++, at2 += 3)
            if (strncmp(s + at, ideographs + at2, 3) == 0)
                digit = v;
        if (digit < 0 && at < left && (strncmp(s + at, "○", 3) == 0 || strncmp(s + at, "零", 3) == 0))
            digit = 0;
        if (digit < 0)
            return 0;
        year = year * 10 + digit;
        at += used;
    }
    *length = at;
    return year >= 2008 && year <= 2099 ? year : 0;
}

/* Find "2020年" (or, when `bare`, "2020" alone) in squeezed text. *from..*to is what to cut out. */
static int
find_year(const char *s, bool bare, size_t *from, size_t *to)
{
    for (size_t i = 0; s[i]; i++) {
        size_t n;
        if ((s[i] & 0xC0) == 0x80 || (i > 0 && s[i] >= '0' && s[i] <= '9' && s[i - 1] >= '0' && s[i - 1] <= '9'))
            continue;
        int year = four_digits(s + i, &n);
        if (!year || (s[i + n] >= '0' && s[i + n] <= '9'))
            continue;
        bool nian = strncmp(s + i + n, "年", 3) == 0;
        size_t after = i + n + (nian ? 3 : 0);
        if ((!nian && !bare) || (nian && s[after] >= '0' && s[after] <= '9'))
            continue;                       /* 2021年1月20日 is a date */
        *from = i;
        *to = after + (nian && strncmp(s + after, "年度", 6) != 0 && strncmp(s + after, "度", 3) == 0 ? 3 : 0);
        return year;
    }
    return 0;
}

int
year_in(const char *text)
{
    char s[TITLE + 1];
    size_t from, to;
    return squeeze(text, s) ? find_year(s, false, &from, &to) : 0;
}

/* The title word in the text ("政府信息公开工作年度报告"), the longest first; NULL: it is no title. */
static const char *
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

static void cut(char *s, size_t from, size_t to) { memmove(s + from, s + to, strlen(s + to) + 1); }

/* Characters that are no part of a name at its ends. */
static void
trim(char *s)
{
    static const char *const edges[] = { "《", "》", "(", ")", "_", "-", "—", ":", ",", "、", "。", "关于", "的", "+", ".", "\"", "“", "”",
                                         "【", "】", "[", "]" };
    for (bool again = true; again;) {
        again = false;
        size_t n = strlen(s);
        for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
            size_t k = strlen(edges[i]);
            if (n >= k && strncmp(s, edges[i], k) == 0) {
                cut(s, 0, k);
                n -= k;
                again = true;
            }
            if (n >= k && n > 0 && strcmp(s + n - k, edges[i]) == 0) {
                s[n -= k] = '\0';
                again = true;
            }
        }
    }
}

/* A sentence that mentions a report (“应等于上一年度报告的…”) is no title: no stop in it, and nothing but a bracket behind the title words. */
static bool
is_title(const struct form *form, const char *s)
{
    static const char *const stops[] = { "。", ";", ",", "“", "?", "!" };
    size_t length;
    const char *word = title_word(form, s, &length);
    for (size_t i = 0; word && i < sizeof stops / sizeof *stops; i++)
        if (strstr(s, stops[i]))
            return false;
    if (!word)
        return false;
    const char *rest = word + length;
    return *rest == '\0' || *rest == '(' || *rest == '-' || *rest == '_' || (*rest >= '0' && *rest <= '9') || strncmp(rest, "》", 3) == 0 ||
           strncmp(rest, "表", 3) == 0 || strncmp(rest, "附", 3) == 0 || strncmp(rest, "统计", 6) == 0;
}

/* What is left of a title without the year and the title words: the unit. "" when nothing is. */
static int
split_title(const struct form *form, char *s)
{
    size_t from, to, length;
    int year = find_year(s, true, &from, &to);
    if (year)
        cut(s, from, to);
    char *word = (char *)(uintptr_t)title_word(form, s, &length);
    if (word) {
        trim(word + length);
        *word = '\0';                       /* what follows (（2020年度）, 附表) is no name */
    }
    char *colon = strrchr(s, ':');
    if (colon)
        cut(s, 0, (size_t)(colon + 1 - s));  /* “附件：某局…” */
    trim(s);
    return year;
}

/* Is the text the printed title of the table, as people write it? */
static bool
is_table_title(const struct table *table, const char *text)
{
    struct label_key printed, written;
    label_key(table->title.text, &printed);
    label_key(text, &written);
    return label_likeness(&printed, &written) >= LABEL_ALIKE;
}

int
table_year(const struct form *form, const struct placement *p)
{
    char s[TITLE + 1];
    for (size_t i = sheet_row(p->sheet, p->range.row); i-- > 0;) {
        const struct cell *c = &p->sheet->cells[i];
        int year = c->kind == CELL_TEXT && squeeze(c->text, s) ? year_in(c->text) : 0;
        if (year && (is_title(form, s) || is_table_title(p->table, c->text)))
            return year;
    }
    size_t from, to;
    return squeeze(p->sheet->name, s) ? find_year(s, true, &from, &to) : 0;
}

/* Does the squeezed cell begin with one of the labels, alone or before a colon? What follows the colon in *rest. */
static bool
labelled(const char *s, const char **labels, size_t n, const char **rest)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(labels[i]);
        if (strncmp(s, labels[i], k) != 0)
            continue;
        *rest = s + k + (s[k] == ':' ? 1 : 0);
        if (s[k] == '\0' || s[k] == ':')
            return true;
    }
    return false;
}

/* The text of the cell right of c, past its merge; false when it has none. */
static bool
beside(const struct sheet *sheet, const struct cell *c, char *out)
{
    const struct area *m = sheet_merge(sheet, c->row, c->col);
    uint16_t last = m ? m->col2 : c->col;
    for (const struct cell *next = c + 1; next < sheet->cells + sheet->ncells && next->row == c->row; next++) {
        if (next->col <= last)
            continue;
        char number[32];
        return squeeze(next->text ? next->text : number_text(next->number, number), out) && *out;
    }
    return false;
}

/* A unit's name: two ideographs at least, and no unit of measure (“单位：万元”). */
static bool
is_name(const struct form *form, char *s)
{
    trim(s);
    for (size_t i = 0; i < form->nunits; i++)
        if (strcmp(s, form->units[i].word) == 0)
            return false;
    return strlen(s) >= 6 && (unsigned char)s[0] >= 0xE4 && (unsigned char)s[0] <= 0xE9;
}

struct said { char unit[TITLE + 1]; int year, file_year; };

static void
from_labels(const struct form *form, const struct sheet *sheet, struct said *id)
{
    char s[TITLE + 1], value[TITLE + 1];
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *c = &sheet->cells[i];
        const char *rest;
        size_t from, to;
        if (c->kind != CELL_TEXT || strlen(c->text) > TITLE || !squeeze(c->text, s))
            continue;
        bool unit = !*id->unit && labelled(s, form->unit_labels, form->nunit_labels, &rest);
        bool year = !unit && !id->year && labelled(s, form->year_labels, form->nyear_labels, &rest);
        if (!unit && !year)
            continue;
        if (*rest)
            strcpy(value, rest);
        else if (!beside(sheet, c, value))
            continue;
        if (year)
            id->year = find_year(value, true, &from, &to);
        else if (is_name(form, value))
            strcpy(id->unit, value);
    }
}

/* The unit of the first title; of several years the newest, since last year's sheet may lie beside. */
static void
from_titles(const struct form *form, const struct sheet *sheet, struct said *id, int *newest)
{
    char s[TITLE + 1];
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *c = &sheet->cells[i];
        if (c->kind != CELL_TEXT || strlen(c->text) > TITLE || !squeeze(c->text, s) || !is_title(form, s))
            continue;
        int year = year_in(c->text);
        split_title(form, s);
        *newest = year > *newest ? year : *newest;
        if (!*id->unit && strlen(s) <= 150 && is_name(form, s))
            strcpy(id->unit, s);
    }
}

static void
from_file(const struct form *form, const char *file, struct said *id)
{
    char s[TITLE + 1];
    const char *base = strrchr(file, '/');
    if (!squeeze(base ? base + 1 : file, s))
        return;
    char *dot = strchr(s, '.');
    if (dot)
        *dot = '\0';
    id->file_year = split_title(form, s);
    if (!*id->unit && is_name(form, s))
        strcpy(id->unit, s);
}

bool
identify(struct arena *arena, const struct form *form, const struct book *book, const char *file, struct identity *identity)
{
    struct said said = { 0 };
    int newest = 0;
    for (size_t i = 0; i < book->nsheets; i++)
        if (!book->sheets[i].hidden)
            from_labels(form, &book->sheets[i], &said);
    for (size_t i = 0; i < book->nsheets; i++)
        if (!book->sheets[i].hidden)
            from_titles(form, &book->sheets[i], &said, &newest);
    from_file(form, file, &said);
    *identity = (struct identity){ .year = said.year ? said.year : newest ? newest : said.file_year, .file_year = said.file_year };
    identity->unit = *said.unit ? arena_text(arena, said.unit, strlen(said.unit)) : NULL;
    return !*said.unit || identity->unit;
}
