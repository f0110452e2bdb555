/* SPDX-License-Identifier: MIT */
/* Titles look like “朔州市科技局 2020 年政府信息公开工作年度报告”, with the unit before or after the year, with spaces and line breaks
 * anywhere. A cover says it in labelled cells: “单位名称：某局”, or the label in one cell and the name in the next. Which words make a
 * title or a label is the form's (`cover` of its definition). */
#include "identify.h"

#include <string.h>

#include "label.h"
#include "names.h"
#include "text.h"

enum { TITLE = 600, NAME = 150 };   /* bytes; a longer title is prose, a longer name no name */

/* The text full-width folded, without spaces; where `gaps` a run of them is one space. False when too long for a title. */
static bool
squeeze(const char *s, bool gaps, char *out)
{
    size_t left = strlen(s), n = 0, used;
    for (; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        if (n + 5 > TITLE)
            return false;
        if (!is_space(cp) && cp >= 0x20)
            n += utf8_encode(cp, out + n);
        else if (gaps && n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    out[n] = '\0';
    return true;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
starts(const char *s, const char *word)
{
    return strncmp(s, word, strlen(word)) == 0;
}

static void
cut(char *s, size_t from, size_t to)
{
    memmove(s + from, s + to, strlen(s + to) + 1);
}

/* -- years -- */

/* Four digits of a year at s, ASCII or Chinese; *length in bytes. 0: none, or no year of a report. */
static int
four_digits(const char *s, size_t *length)
{
    static const char ideographs[] = "〇一二三四五六七八九";
    int year = 0;
    size_t left = strlen(s), at = 0;
    for (int i = 0; i < 4 && at < left; i++) {
        size_t used;
        uint32_t cp = utf8_decode(s + at, left - at, &used);
        int digit = cp >= '0' && cp <= '9' ? (int)cp - '0' : -1;
        for (int v = 0; digit < 0 && v < 10; v++)
            digit = strncmp(s + at, ideographs + 3 * v, 3) == 0 ? v : digit;
        if (starts(s + at, "○") || starts(s + at, "零"))
            digit = 0;
        if (digit < 0)
            return 0;
        year = year * 10 + digit;
        at += used;
    }
    *length = at;
    return year >= YEAR_LEAST && year <= YEAR_MOST ? year : 0;
}

/* Find "2020年" (or, when `bare`, "2020" alone) in squeezed text. *from..*to is what to cut out. A date (2021年1月20日) is none. */
static int
find_year(const char *s, bool bare, size_t *from, size_t *to)
{
    for (size_t i = 0; s[i]; i++) {
        size_t n;
        if ((s[i] & 0xC0) == 0x80 || (i > 0 && is_digit(s[i]) && is_digit(s[i - 1])))
            continue;
        int year = four_digits(s + i, &n);
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
year_in(const char *text)
{
    char s[TITLE + 1];
    size_t from, to;
    return squeeze(text, false, s) ? find_year(s, false, &from, &to) : 0;
}

/* -- titles -- */

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

static bool
has_stop(const char *s)
{
    static const char *const stops[] = { "。", ";", ",", "“", "?", "!" };
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (strstr(s, stops[i]))
            return true;
    return false;
}

/* A sentence that mentions a report (“应等于上一年度报告中…”) is no title: no stop in it, and little behind the title words. */
static bool
is_title(const struct form *form, const char *s)
{
    static const char *const tails[] = { "(", "-", "_", "》", "表", "附", "统计", "的公", "公" };
    size_t length, from, to;
    char plain[TITLE + 1];
    strcpy(plain, s);
    if (find_year(plain, false, &from, &to))
        cut(plain, from, to);
    const char *word = has_stop(s) ? NULL : title_word(form, plain, &length);
    bool ends = word && (word[length] == '\0' || is_digit(word[length]));
    for (size_t i = 0; word && !ends && i < sizeof tails / sizeof *tails; i++)
        ends = starts(word + length, tails[i]);
    return ends;
}

/* "2023年度" and nothing else. */
static bool
is_year_alone(const char *s)
{
    char plain[TITLE + 1];
    size_t from, to;
    strcpy(plain, s);
    if (!find_year(plain, false, &from, &to))
        return false;
    cut(plain, from, to);
    return strcmp(plain, "") == 0 || strcmp(plain, "()") == 0;
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

/* Cut a title down to its unit ("" when it names none); returns its year. */
static int
split_title(const struct form *form, char *s)
{
    size_t from, to, length;
    int year = find_year(s, true, &from, &to);
    if (year)
        cut(s, from, to);
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

/* -- names -- */

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

/* A unit's name: two ideographs at least, no label, no person's, no unit of measure. */
static bool
is_name(const struct form *form, char *s)
{
    trim(s);
    size_t n = strlen(s);
    return n >= 6 && n <= NAME && (unsigned char)s[0] >= 0xE4 && (unsigned char)s[0] <= 0xE9 && !strchr(s, ':') && !has_stop(s) &&
           strcmp(s + n - 3, "人") != 0 && !is_measure(form, s);
}

struct said { char unit[TITLE + 1]; int year, file_year; };

static void
take_unit(const struct form *form, struct said *said, char *name)
{
    if (!*said->unit && is_name(form, name))
        strcpy(said->unit, name);
}

/* The text of the next cell right of c that is not empty, past a merge and a gap or two; false when there is none. */
static bool
beside(const struct sheet *sheet, const struct cell *c, char *out)
{
    const struct area *m = sheet_merge(sheet, c->row, c->col);
    const struct cell *next = NULL;
    for (uint16_t col = (uint16_t)((m ? m->col2 : c->col) + 1), gap = 0; !next && gap < 3; col++, gap++)
        next = sheet_cell(sheet, c->row, col);
    char number[32];
    return next && squeeze(next->text ? next->text : number_text(next->number, number), false, out) && *out;
}

/* Does the text (with gaps) begin with one of the labels, alone or before a colon, “（盖章）” between allowed? Then *value is what the
 * label is given, without gaps, up to the next label on the line. */
static bool
labelled(const char *s, const char **labels, size_t n, char *value)
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

static void
from_labels(const struct form *form, const struct sheet *sheet, struct said *said)
{
    char s[TITLE + 1], value[TITLE + 1];
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *c = &sheet->cells[i];
        if (c->kind != CELL_TEXT || strlen(c->text) > TITLE || !squeeze(c->text, true, s))
            continue;
        size_t length;
        for (const char *at = s; at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL) {      /* several labels may share a line */
            if (!*said->unit && labelled(at, form->unit_labels, form->nunit_labels, value) && (*value || beside(sheet, c, value)))
                take_unit(form, said, value);
            else if (!said->year && labelled(at, form->year_labels, form->nyear_labels, value) && (*value || beside(sheet, c, value)))
                said->year = four_digits(value, &length);
        }
    }
}

/* The unit of the first title, or of the line above it; of several years the newest, since last year's sheet may lie beside. */
static void
from_titles(const struct form *form, const struct sheet *sheet, struct said *said, int *newest)
{
    char s[TITLE + 1], above[TITLE + 1];
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *c = &sheet->cells[i];
        if (c->kind != CELL_TEXT || strlen(c->text) > TITLE || !squeeze(c->text, false, s))
            continue;
        bool title = is_title(form, s);
        int year = title || is_year_alone(s) ? year_in(c->text) : 0;
        *newest = year > *newest ? year : *newest;
        if (!title)
            continue;
        split_title(form, s);
        const struct cell *up = *s || c->row == 0 ? NULL : sheet_cell(sheet, c->row - 1, c->col);
        take_unit(form, said, s);
        if (up && up->kind == CELL_TEXT && squeeze(up->text, false, above) && !is_year_alone(above))
            take_unit(form, said, above);
    }
}

static bool
from_file(struct arena *arena, const struct form *form, const char *file, struct said *said)
{
    char s[TITLE + 1];
    const char *stem = name_stem(arena, file);
    if (!stem)
        return false;
    if (!squeeze(stem, false, s))
        return true;
    said->file_year = split_title(form, s);
    cut(s, 0, strspn(s, "0123456789._-()[]#+ "));          /* “03-某局”, “20240115某局” */
    take_unit(form, said, s);
    return true;
}

/* Brackets of a name as they are printed. */
static const char *
printed(struct arena *arena, const char *name)
{
    struct text out = text_new(arena);
    for (; *name; name++)
        *name == '(' ? text_puts(&out, "（") : *name == ')' ? text_puts(&out, "）") : text_putc(&out, *name);
    return out.failed ? NULL : out.at;
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
    if (!from_file(arena, form, file, &said))
        return false;
    *identity = (struct identity){ .year = said.year ? said.year : newest ? newest : said.file_year, .file_year = said.file_year };
    identity->unit = *said.unit ? printed(arena, said.unit) : NULL;
    return !*said.unit || identity->unit;
}

/* -- the year of one table -- */

/* Is the text the printed title of the table, as people write it? */
static bool
is_table_title(const struct table *table, const char *text)
{
    struct label_key label, written;
    label_key(table->title.text, &label);
    label_key(text, &written);
    return label_likeness(&label, &written) >= LABEL_ALIKE;
}

bool
titles_find(struct arena *arena, const struct form *form, const struct book *book, struct titles *titles)
{
    char s[TITLE + 1];
    *titles = (struct titles){ 0 };
    for (size_t i = 0; i < book->nsheets; i++)
        for (size_t k = 0; k < book->sheets[i].ncells; k++) {
            const struct cell *c = &book->sheets[i].cells[k];
            int year = c->kind == CELL_TEXT && strlen(c->text) <= TITLE ? year_in(c->text) : 0;
            if (!year || !squeeze(c->text, false, s))
                continue;
            if (!arena_room(arena, &titles->at, titles->n, &titles->cap, sizeof *titles->at))
                return false;
            bool any = is_title(form, s) || is_year_alone(s);
            titles->at[titles->n++] = (struct title){ &book->sheets[i], c, year, any };
        }
    return true;
}

/* The nearest title with a year above the table, in columns from..to. */
static int
year_above(const struct titles *titles, const struct placement *p, uint16_t from, uint16_t to)
{
    for (size_t i = titles->n; i-- > 0;) {
        const struct title *t = &titles->at[i];
        if (t->sheet == p->sheet && t->cell->row <= p->range.row && t->cell->col >= from && t->cell->col <= to &&
            (t->of_report || is_table_title(p->table, t->cell->text)))
            return t->year;
    }
    return 0;
}

int
table_year(const struct titles *titles, const struct placement *p)
{
    char s[TITLE + 1];
    size_t from, to;
    int year = year_above(titles, p, p->range.col, p->range.col2);
    if (!year)
        year = year_above(titles, p, 0, p->range.col2);
    if (!year && squeeze(p->sheet->name, false, s))
        year = find_year(s, true, &from, &to);
    return year;
}
