/* SPDX-License-Identifier: MIT */
/* text_spread: tables whose cells only single blanks part, as they are copied out of a page or a PDF: "一、本年新收 21 0 0 0 0 0 21". A
 * blank may also stand in a sentence or a label, so a text is read like that only where it has many numbers in such rows and next to none
 * otherwise. Rows, and the short lines around them, are written anew with two blanks for one, which text_records reads. What a row's
 * numbers are is for whoever knows the labels: a row with too few of them is not filled up. */
#include <string.h>

#include "text_records.h"

enum {
    MOST_BYTES = 4 << 20,       /* of a text that may be a report */
    ROW_NUMBERS = 2,            /* on end, at the end of a line that is a row */
    ALL_NUMBERS = 30,           /* of a text that is read so: less than any of its forms has */
    SHORT = 180,                /* bytes of a line that may be a header: sixty characters */
    AROUND = 8                  /* lines between a row and a header, or a label alone */
};

struct spread_line { const char *at, *end; bool row, plain; };

/* One field of a line, and the blanks behind it; blanks: how many there are. */
static const char *
take_word(const char *s, const char *end, const char **behind, size_t *blanks)
{
    size_t used;
    for (*behind = s; *behind < end && !is_space(utf8_decode(*behind, (size_t)(end - *behind), &used)); *behind += used)
        continue;
    s = *behind;
    for (*blanks = 0; s < end && is_space(utf8_decode(s, (size_t)(end - s), &used)); s += used)
        ++*blanks;
    return s;
}

/* *numbers: how many numbers the line ends with, parted by one blank. “某局 2020 年…” is a title. */
static struct spread_line
classify(const char *s, const char *end, size_t *numbers)
{
    static const char stop[] = "。", year[] = "年";
    struct spread_line line = { .at = s, .end = end };
    bool single = true, sentence = false, title = false;
    size_t blanks, words = 0;
    const char *behind;
    for (const char *p = s; p < end; p++)
        sentence = sentence || *p == ',' || *p == '|' || *p == '\t' || (end - p >= 3 && memcmp(p, stop, 3) == 0);
    *numbers = 0;
    for (const char *word = take_word(s, s, &behind, &blanks); word < end; words++) {
        const char *next = take_word(word, end, &behind, &blanks);
        title = title || (*numbers > 0 && behind - word >= 3 && memcmp(word, year, 3) == 0);
        if (behind > word)
            *numbers = text_is_number(word, (size_t)(behind - word)) ? *numbers + 1 : 0;
        single = single && (blanks < 2 || next == end || behind == word);
        word = next;
    }
    line.row = !sentence && single && *numbers >= ROW_NUMBERS;
    line.plain = !sentence && single && !title && words > 0 && end - s <= SHORT;
    return line;
}

static struct spread_line *
split(struct arena *arena, const char *s, const char *end, size_t *count, size_t *numbers)
{
    struct spread_line *lines = NULL;
    size_t cap = 0, more;
    for (*count = *numbers = 0; s < end; s++) {
        const char *stop = s;
        while (stop < end && *stop != '\n' && *stop != '\r' && *stop != '\f')
            stop++;
        if (!arena_room(arena, &lines, *count, &cap, sizeof *lines))
            return NULL;
        lines[*count] = classify(s, stop, &more);
        *numbers += lines[(*count)++].row ? more : 0;
        s = stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n');
    }
    return lines;
}

size_t
text_parted_numbers(const char *s, size_t n)
{
    struct text_records records = { .at = s, .end = s + n, .delimiter = text_delimiter(s, n) };
    struct record record;
    size_t numbers = 0;
    while (records.delimiter != '\0' && text_record(&records, &record))
        numbers += record.kind == RECORD_ROW && record.fields > 1 ? record.numbers : 0;
    return numbers;
}

static void
put_line(const struct spread_line *line, bool spread, struct text *out)
{
    size_t blanks;
    const char *behind;
    for (const char *word = line->at, *next; spread && word < line->end; word = next) {
        next = take_word(word, line->end, &behind, &blanks);
        text_put(out, word, (size_t)(behind - word));
        text_puts(out, next < line->end && behind > word ? "  " : "");
    }
    if (!spread)
        text_put(out, line->at, (size_t)(line->end - line->at));
    text_putc(out, '\n');
}

/* Is there a row among the lines around line i? */
static bool
is_near_row(const struct spread_line *lines, size_t n, size_t i)
{
    size_t end = i + AROUND < n ? i + AROUND + 1 : n;
    for (size_t k = i > AROUND ? i - AROUND : 0; k < end; k++)
        if (lines[k].row)
            return true;
    return false;
}

bool
text_spread(struct arena *arena, const char **s, size_t *n)
{
    size_t count, numbers;
    if (*n > MOST_BYTES)
        return true;
    struct spread_line *lines = split(arena, *s, *s + *n, &count, &numbers);
    if (lines == NULL || numbers < ALL_NUMBERS || text_parted_numbers(*s, *n) * 4 > numbers)
        return lines != NULL || *n == 0;
    struct text out = text_new(arena);
    for (size_t i = 0; i < count; i++)
        put_line(&lines[i], lines[i].row || (lines[i].plain && is_near_row(lines, count, i)), &out);
    *s = out.at;
    *n = out.n;
    return !out.failed;
}
