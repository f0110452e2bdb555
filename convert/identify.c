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

/* Four digits of a year at s, ASCII or Chinese; *length in bytes. 0: none, or no year of a report. */
static int
four_digits(const char *s, size_t *length)
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

/* -- texts worth a closer look -- */

/* The characters of a text, each as one of 64 bits, full-width folded, without spaces. A word whose bits are not all there is not in it. */
static uint64_t
characters(const char *s)
{
    uint64_t set = 0;
    for (size_t left = strlen(s), used; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        if (cp > ' ')
            set |= UINT64_C(1) << ((cp * UINT32_C(2654435761)) >> 26);
    }
    return set;
}

static bool
has_one(uint64_t set, const uint64_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((set & words[i]) == words[i])
            return true;
    return false;
}

static bool
sets_of(struct arena *arena, const char **words, size_t n, uint64_t **sets)
{
    *sets = arena_array(arena, n, sizeof **sets);
    for (size_t i = 0; *sets && i < n; i++)
        (*sets)[i] = characters(words[i]);
    return *sets != NULL;
}

/* Texts that may hold a label of the cover, the words of a title, a year: nearly all others are labels of the tables and nothing else. */
struct hints {
    struct hint { const struct sheet *sheet; const struct cell *cell; bool label, title, year; } *at;
    size_t n, cap;
};

static bool
hints_find(struct arena *arena, const struct form *form, const struct book *book, struct hints *hints)
{
    uint64_t *units, *years, *titles, nian = characters("年");
    *hints = (struct hints){ 0 };
    if (!sets_of(arena, form->unit_labels, form->nunit_labels, &units) || !sets_of(arena, form->year_labels, form->nyear_labels, &years) ||
        !sets_of(arena, form->title_words, form->ntitle_words, &titles))
        return false;
    for (size_t i = 0; i < book->nsheets; i++) {
        struct hint hint = { .sheet = &book->sheets[i] };
        const char *last = NULL;                            /* a column of “/” is one text */
        for (size_t k = 0; k < hint.sheet->ncells; k++) {
            hint.cell = &hint.sheet->cells[k];
            if (hint.cell->kind != CELL_TEXT || strlen(hint.cell->text) > TITLE)
                continue;
            if (hint.cell->text != last) {
                uint64_t set = characters(last = hint.cell->text);
                hint.label = has_one(set, units, form->nunit_labels) || has_one(set, years, form->nyear_labels);
                hint.title = has_one(set, titles, form->ntitle_words);
                hint.year = has_one(set, &nian, 1);
            }
            if (!hint.label && !hint.title && !hint.year)
                continue;
            if (!arena_room(arena, &hints->at, hints->n, &hints->cap, sizeof *hints->at))
                return false;
            hints->at[hints->n++] = hint;
        }
    }
    return true;
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

/* `hint` NULL: a line of the running text, which has nothing beside it. */
static void
from_label(const struct form *form, const char *text, const struct hint *hint, struct said *said)
{
    char s[TITLE + 1], value[TITLE + 1];
    if (!squeeze(text, true, s))
        return;
    size_t length;
    for (const char *at = s; at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL) {      /* several labels may share a line */
        if (!*said->unit && labelled(at, form->unit_labels, form->nunit_labels, value) && (*value || (hint && beside(hint->sheet, hint->cell, value))))
            take_unit(form, said, value);
        else if (!said->year && labelled(at, form->year_labels, form->nyear_labels, value) && (*value || (hint && beside(hint->sheet, hint->cell, value))))
            said->year = four_digits(value, &length);
    }
}

/* What was read of the titles of a book. */
struct reading {
    struct arena *arena;
    const struct form *form;
    struct said said;
    int newest;
    struct identity *identity;
};

/* The unit of the first title, or of the line above it; of several years the newest, since last year's sheet may lie beside. What is
 * hidden only dates the tables below it. */
static bool
from_title(struct reading *reading, const struct hint *hint)
{
    char s[TITLE + 1], above[TITLE + 1];
    size_t from, to;
    const struct form *form = reading->form;
    struct identity *identity = reading->identity;
    const struct cell *c = hint->cell;
    if (!squeeze(c->text, false, s))
        return true;
    int year = hint->year ? find_year(s, false, &from, &to) : 0;
    bool title = hint->title && is_title(form, s), of_report = title || (year && is_year_alone(s));
    if (year && !arena_room(reading->arena, &identity->titles, identity->ntitles, &identity->titles_cap, sizeof *identity->titles))
        return false;
    if (year)
        identity->titles[identity->ntitles++] = (struct title){ hint->sheet, c, 0, c->text, year, of_report };
    if (hint->sheet->hidden)
        return true;
    if (of_report && year > reading->newest)
        reading->newest = year;
    if (!title)
        return true;
    split_title(form, s);
    const struct cell *up = *s || c->row == 0 ? NULL : sheet_cell(hint->sheet, c->row - 1, c->col);
    take_unit(form, &reading->said, s);
    if (up && up->kind == CELL_TEXT && squeeze(up->text, false, above) && !is_year_alone(above))
        take_unit(form, &reading->said, above);
    return true;
}

/* -- the running text -- */

/* So many lines from the i-th on as one. False: too long for a title. */
static bool
join_lines(const struct book *book, size_t i, size_t n, char *out)
{
    size_t length = 0;
    for (size_t k = 0; k < n; k++, length += strlen(out + length)) {
        char line[TITLE + 1];
        if (i + k >= book->nparagraphs || !squeeze(book->paragraphs[i + k], false, line) || length + strlen(line) > TITLE)
            return false;
        strcpy(out + length, line);
    }
    return true;
}

/* How many lines from the i-th on are a title, its words beginning in the first of them; 0: none. Titles are set on several lines,
 * the words too (政府信息公开 / 工作年度报告). */
static size_t
title_lines(const struct form *form, const struct book *book, size_t i, char *title)
{
    enum { MOST = 3 };
    char first[TITLE + 1], plain[TITLE + 1];
    size_t from, to, length;
    if (!join_lines(book, i, 1, first))
        return 0;
    if (find_year(first, false, &from, &to))
        cut(first, from, to);
    for (size_t n = 1; n <= MOST && join_lines(book, i, n, title); n++) {
        if (!is_title(form, title))
            continue;
        strcpy(plain, title);
        if (find_year(plain, false, &from, &to))
            cut(plain, from, to);
        const char *word = title_word(form, plain, &length);
        return word && (size_t)(word - plain) < strlen(first) ? n : 0;
    }
    return 0;
}

/* What a title of n lines from the i-th on leaves open may stand on the lines around it: the year below or above, the unit above. */
static int
around_title(const struct form *form, const struct book *book, size_t i, size_t n, int year, char *unit)
{
    enum { ABOVE = 3 };
    char line[TITLE + 1];
    size_t from, to;
    if (!year && join_lines(book, i + n, 1, line) && is_year_alone(line))
        year = find_year(line, false, &from, &to);
    for (size_t k = 1; k <= ABOVE && k <= i && (!*unit || !year); k++) {
        if (!join_lines(book, i - k, 1, line) || strlen(line) > NAME || has_stop(line))
            break;
        int said = find_year(line, false, &from, &to);
        if (said)
            cut(line, from, to);
        year = year ? year : said;
        if (!*unit && is_name(form, line))
            strcpy(unit, line);
        else if (!said)
            break;
    }
    return year;
}

static bool
add_line(struct reading *reading, const struct book *book, size_t i, int year, bool of_report)
{
    struct identity *identity = reading->identity;
    if (!arena_room(reading->arena, &identity->titles, identity->ntitles, &identity->titles_cap, sizeof *identity->titles))
        return false;
    identity->titles[identity->ntitles++] = (struct title){ .paragraph = i, .text = book->paragraphs[i], .year = year, .of_report = of_report };
    if (of_report && year > reading->newest)
        reading->newest = year;
    return true;
}

/* A year in prose is no title's: only lines that are titles tell the report's, and those that may be a table's tell that table's. */
static bool
from_text(struct reading *reading, const struct book *book)
{
    const struct form *form = reading->form;
    char title[TITLE + 1];
    size_t from, to, n;
    for (size_t i = 0; i < book->nparagraphs; i += n > 0 ? n : 1) {
        from_label(form, book->paragraphs[i], NULL, &reading->said);
        n = title_lines(form, book, i, title);
        int year = n == 0 && join_lines(book, i, 1, title) && !has_stop(title) ? find_year(title, false, &from, &to) : 0;
        if (n > 0) {
            size_t length;
            const char *word = title_word(form, title, &length);
            year = find_year(title, false, &from, &to);
            if (word && word[length] != '(')         /* “…报告（某局）”; else what follows (的公告) is no name */
                title[word - title] = '\0';
            split_title(form, title);
            year = around_title(form, book, i, n, year, title);
            take_unit(form, &reading->said, title);
        }
        if (year && !add_line(reading, book, i, year, n > 0))
            return false;
    }
    return true;
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
    struct reading reading = { .arena = arena, .form = form, .identity = identity };
    struct said *said = &reading.said;
    struct hints hints;
    *identity = (struct identity){ 0 };
    if (!hints_find(arena, form, book, &hints))
        return false;
    for (size_t i = 0; i < hints.n; i++)
        if (hints.at[i].label && !hints.at[i].sheet->hidden)
            from_label(form, hints.at[i].cell->text, &hints.at[i], said);
    if (!from_text(&reading, book))
        return false;
    for (size_t i = 0; i < hints.n; i++)
        if (!from_title(&reading, &hints.at[i]))
            return false;
    if (!from_file(arena, form, file, said))
        return false;
    identity->year = said->year ? said->year : reading.newest ? reading.newest : said->file_year;
    identity->file_year = said->file_year;
    identity->unit = *said->unit ? printed(arena, said->unit) : NULL;
    return !*said->unit || identity->unit;
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

/* The nearest title with a year above the table, in columns from..to. */
static int
year_above(const struct identity *identity, const struct placement *p, uint16_t from, uint16_t to)
{
    for (size_t i = identity->ntitles; i-- > 0;) {
        const struct title *t = &identity->titles[i];
        if (t->sheet == p->sheet && t->cell->row <= p->range.row && t->cell->col >= from && t->cell->col <= to &&
            (t->of_report || is_table_title(p->table, t->text)))
            return t->year;
    }
    return 0;
}

/* The nearest title with a year in the running text in front of the table. */
static int
year_before(const struct identity *identity, const struct placement *p)
{
    for (size_t i = identity->ntitles; i-- > 0;) {
        const struct title *t = &identity->titles[i];
        if (!t->sheet && t->paragraph < p->sheet->before && (t->of_report || is_table_title(p->table, t->text)))
            return t->year;
    }
    return 0;
}

int
table_year(const struct identity *identity, const struct placement *p)
{
    char s[TITLE + 1];
    size_t from, to;
    int year = year_above(identity, p, p->range.col, p->range.col2);
    if (!year)
        year = year_above(identity, p, 0, p->range.col2);
    if (!year)
        year = year_before(identity, p);
    if (!year && !p->sheet->table && squeeze(p->sheet->name, false, s))
        year = find_year(s, true, &from, &to);
    return year;
}
