/* SPDX-License-Identifier: MIT */
/* identify: see identify.h. A cover says it in labelled cells: “单位名称：某局”, or the label in one cell and the name in the next; else
 * a title says it (title.c). Which words make a label is the form's (`cover` of its definition). */
#include "identify.h"

#include <string.h>

#include "label.h"
#include "names.h"
#include "text.h"
#include "title.h"

/* -- labels -- */

struct said { char unit[TITLE_BYTES + 1]; int year, file_year; };

static void
take_unit(const struct form *form, struct said *said, char *name)
{
    if (!*said->unit && title_is_unit(form, name))
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
    return next && title_squeeze(next->text ? next->text : number_text(next->number, number), false, out) && *out;
}

/* What a label at the beginning of the text is given: what follows it, or where nothing does, what the next cell says. */
static bool
given(const char *s, const char **labels, size_t n, const struct hint *hint, char *value)
{
    return title_labelled(s, labels, n, value) && (*value || (hint && beside(hint->sheet, hint->cell, value)));
}

/* `hint` NULL: a line of the running text, which has nothing beside it. */
static void
from_label(const struct form *form, const char *text, const struct hint *hint, struct said *said)
{
    char s[TITLE_BYTES + 1], value[TITLE_BYTES + 1];
    if (!title_squeeze(text, true, s))
        return;
    size_t length;
    for (const char *at = s; at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL)        /* several labels may share a line */
        if (!*said->unit && given(at, form->unit_labels, form->nunit_labels, hint, value))
            take_unit(form, said, value);
        else if (!said->year && given(at, form->year_labels, form->nyear_labels, hint, value))
            said->year = title_digits(value, &length);
}

/* -- titles -- */

/* What was read of the titles of a book. */
struct reading {
    struct arena *arena;
    const struct form *form;
    struct said said;
    int newest;
    struct identity *identity;
};

/* Keep a text with a year, for the tables below it. */
static bool
keep(struct reading *reading, struct title title)
{
    struct identity *identity = reading->identity;
    if (!arena_room(reading->arena, &identity->titles, identity->ntitles, &identity->titles_cap, sizeof *identity->titles))
        return false;
    identity->titles[identity->ntitles++] = title;
    bool hidden = title.sheet && title.sheet->hidden;
    if (title.of_report && !hidden && title.year > reading->newest)
        reading->newest = title.year;
    return true;
}

/* The unit of the first title, or of the line above it; of several years the newest, since last year's sheet may lie beside. What is
 * hidden only dates the tables below it. */
static bool
from_title(struct reading *reading, const struct hint *hint)
{
    char s[TITLE_BYTES + 1], above[TITLE_BYTES + 1];
    const struct form *form = reading->form;
    const struct cell *c = hint->cell;
    if (!title_squeeze(c->text, false, s))
        return true;
    int year = hint->year ? title_year(s, false) : 0;
    bool title = hint->title && title_is(form, s), of_report = title || (year && title_is_year(s));
    if ((year || (hint->year && title_is_last_year(s))) && !keep(reading, (struct title){ hint->sheet, c, 0, c->text, year, of_report }))
        return false;
    if (hint->sheet->hidden || !title)
        return true;
    title_split(form, s);
    const struct cell *up = *s || c->row == 0 ? NULL : sheet_cell(hint->sheet, c->row - 1, c->col);
    take_unit(form, &reading->said, s);
    if (up && up->kind == CELL_TEXT && title_squeeze(up->text, false, above) && !title_is_year(above))
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
        char line[TITLE_BYTES + 1];
        if (i + k >= book->nparagraphs || !title_squeeze(book->paragraphs[i + k], false, line) || length + strlen(line) > TITLE_BYTES)
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
    char first[TITLE_BYTES + 1], plain[TITLE_BYTES + 1];
    size_t length;
    if (!join_lines(book, i, 1, first))
        return 0;
    title_cut_year(first, false);
    for (size_t n = 1; n <= MOST && join_lines(book, i, n, title); n++) {
        if (!title_is(form, title))
            continue;
        strcpy(plain, title);
        title_cut_year(plain, false);
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
    char line[TITLE_BYTES + 1];
    if (!year && join_lines(book, i + n, 1, line) && title_is_year(line))
        year = title_year(line, false);
    for (size_t k = 1; k <= ABOVE && k <= i && (!*unit || !year); k++) {
        if (!join_lines(book, i - k, 1, line) || strlen(line) > UNIT_BYTES || title_has_stop(line))
            break;
        int said = title_cut_year(line, false);
        year = year ? year : said;
        if (!*unit && title_is_unit(form, line))
            strcpy(unit, line);
        else if (!said)
            break;
    }
    return year;
}

/* A year in prose is no title's: only lines that are titles tell the report's, and those that may be a table's tell that table's. */
static bool
from_text(struct reading *reading, const struct book *book)
{
    const struct form *form = reading->form;
    char title[TITLE_BYTES + 1];
    size_t n;
    for (size_t i = 0; i < book->nparagraphs; i += n > 0 ? n : 1) {
        from_label(form, book->paragraphs[i], NULL, &reading->said);
        n = title_lines(form, book, i, title);
        int year = n == 0 && join_lines(book, i, 1, title) && !title_has_stop(title) ? title_year(title, false) : 0;
        if (n > 0) {
            size_t length;
            const char *word = title_word(form, title, &length);
            year = title_year(title, false);
            if (word && word[length] != '(')         /* “…报告（某局）”; else what follows (的公告) is no name */
                title[word - title] = '\0';
            title_split(form, title);
            year = around_title(form, book, i, n, year, title);
            take_unit(form, &reading->said, title);
        }
        bool last = n == 0 && !year && join_lines(book, i, 1, title) && title_is_last_year(title);
        if ((year || last) && !keep(reading, (struct title){ .paragraph = i, .text = book->paragraphs[i], .year = year, .of_report = n > 0 }))
            return false;
    }
    return true;
}

/* -- the whole -- */

static bool
from_file(struct arena *arena, const struct form *form, const char *file, struct said *said)
{
    char s[TITLE_BYTES + 1];
    const char *stem = name_stem(arena, file);
    if (!stem)
        return false;
    if (!title_squeeze(stem, false, s))
        return true;
    said->file_year = title_split(form, s);
    take_unit(form, said, s + strspn(s, "0123456789._-()[]#+ "));          /* “03-某局”, “20240115某局” */
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
identify(struct arena *arena, const struct hint_words *words, const struct book *book, const char *file, struct identity *identity)
{
    const struct form *form = words->form;
    struct reading reading = { .arena = arena, .form = form, .identity = identity };
    struct said *said = &reading.said;
    struct hints hints;
    *identity = (struct identity){ 0 };
    if (!hints_find(arena, words, book, &hints))
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
        if (t->sheet == p->sheet && t->year && t->cell->row <= p->range.row && t->cell->col >= from && t->cell->col <= to &&
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
        if (!t->sheet && t->year && t->paragraph < p->sheet->before && (t->of_report || is_table_title(p->table, t->text)))
            return t->year;
    }
    return 0;
}

int
table_year(const struct identity *identity, const struct placement *p)
{
    char s[TITLE_BYTES + 1];
    int year = year_above(identity, p, p->range.col, p->range.col2);
    if (!year)
        year = year_above(identity, p, 0, p->range.col2);
    if (!year)
        year = year_before(identity, p);
    if (!year && !p->sheet->table && title_squeeze(p->sheet->name, false, s))
        year = title_year(s, true);
    return year;
}

/* Does the title stand between the two, above the one and below the other? */
static bool
between(const struct title *t, const struct placement *first, const struct placement *p)
{
    if (t->sheet)
        return t->sheet == p->sheet && t->cell->row <= p->range.row && (!first || first->sheet != p->sheet || t->cell->row > first->range.row2);
    return t->paragraph < p->sheet->before && (!first || t->paragraph >= first->sheet->before);
}

int
table_year_again(const struct identity *identity, const struct placement *first, const struct placement *placement, int year)
{
    const struct title *nearest = NULL;
    for (size_t i = identity->ntitles; i-- > 0 && !(nearest && nearest->sheet);) {
        const struct title *t = &identity->titles[i];
        if (between(t, first, placement) && (!nearest || t->sheet))         /* a heading on the sheet is nearer than the running text */
            nearest = t;
    }
    return !nearest ? 0 : nearest->year ? nearest->year : year ? year - 1 : 0;
}
