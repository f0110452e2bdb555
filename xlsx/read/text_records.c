/* SPDX-License-Identifier: MIT */
/* text_records: RFC 4180, with any of the delimiters that programs use, and lines ended by LF, CRLF, CR or a form feed. A field is quoted
 * when a quote begins it and another one ends it, however many lines lie between; other quotes are what they are. Tables of Markdown
 * (GitHub Flavored Markdown 4.10) are parted by bars, and perhaps stand between bars. Where people part by commas
 * themselves, a comma in brackets belongs to the label: (区分处理的,只计这一情形). */
#include <string.h>

#include "bytes.h"
#include "limits.h"
#include "text_records.h"

enum {
    LOOK = 4 << 20,             /* bytes that tell what parts the fields */
    NUMBER_WORTH = 8,           /* a number tells more than a delimiter, which also stands in sentences */
    FEWEST_NUMBERS = 6          /* of a table that only blanks part: sentences have blanks too */
};

static bool
ends_line(char c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

/* Behind the end of line at s. */
static const char *
next_line(const char *s, const char *end)
{
    return s + (s + 1 < end && s[0] == '\r' && s[1] == '\n' ? 2 : 1);
}

static const char *
skip_blanks(const char *s, const char *end)
{
    size_t used;
    while (s < end && !ends_line(*s) && is_space(utf8_decode(s, (size_t)(end - s), &used)))
        s += used;
    return s;
}

/* -- fields -- */

/* The quote that ends the field whose quote is at s; NULL: it is no quoted field. */
static const char *
closing_quote(const struct text_records *records, const char *s)
{
    const char *end = records->end;
    if (records->delimiter == ' ' || records->delimiter == '|')
        return NULL;
    for (const char *p = s + 1; p < end && p - s <= LIMIT_CELL_TEXT; p++) {
        if (*p != '"')
            continue;
        if (p + 1 < end && p[1] == '"')
            p++;
        else
            return p + 1 == end || p[1] == records->delimiter || ends_line(p[1]) ? p : NULL;
    }
    return NULL;
}

/* Behind the bracket that closes the one at s on the same line; NULL: none opens here, or it stays open, as all others will up to
 * records->shut: no line is looked through twice. */
static const char *
behind_brackets(struct text_records *records, const char *s)
{
    const char *end = records->end, *p = s;
    static const char wide_open[] = "（", wide_close[] = "）";
    enum { WIDE = sizeof wide_open - 1 };
    if ((*s != '(' && (end - s < WIDE || memcmp(s, wide_open, WIDE) != 0)) || (records->shut != NULL && s >= records->open && s < records->shut))
        return NULL;
    for (; p < end && !ends_line(*p); p++) {
        if (*p == ')')
            return p + 1;
        if (end - p >= WIDE && memcmp(p, wide_close, WIDE) == 0)
            return p + WIDE;
    }
    records->open = s;
    records->shut = p;
    return NULL;
}

/* The end of the unquoted field at s; *next is behind what parts it from the next one. */
static const char *
bare_end(struct text_records *records, const char *s, const char **next)
{
    const char *end = records->end, *behind;
    char delimiter = records->delimiter;
    for (; s < end && !ends_line(*s); s++) {
        if (delimiter == ' ') {
            const char *word = skip_blanks(s, end);
            size_t used;
            utf8_decode(s, (size_t)(end - s), &used);
            if (word > s + used) {
                *next = word;
                return s;
            }
        } else if (*s == delimiter) {
            *next = s + 1;
            return s;
        } else if (delimiter == '|' && *s == '\\' && s + 1 < end && !ends_line(s[1])) {
            s++;
        } else if ((delimiter == ',' || delimiter == ';') && (behind = behind_brackets(records, s)) != NULL) {
            s = behind - 1;
        }
    }
    *next = s;
    return s;
}

/* A field as it lies in the text. */
struct raw_field { const char *at, *end; bool quoted, last; };

/* The field at *s, which moves behind it and what parts it from the next. */
static struct raw_field
take_field(struct text_records *records, const char **s)
{
    struct raw_field field = { .at = *s };
    const char *quote = *s < records->end && **s == '"' ? closing_quote(records, *s) : NULL;
    if (quote != NULL) {
        field.at++;
        field.end = quote;
        field.quoted = true;
        *s = quote + 1;
        if (*s < records->end && **s == records->delimiter)
            ++*s;
        else
            field.last = true;
    } else {
        field.end = bare_end(records, *s, s);
        field.last = *s == field.end || (records->delimiter == ' ' && (*s == records->end || ends_line(**s)));
    }
    return field;
}

/* Does a bar begin the line? */
static bool
begins_with_bar(const char *s, const char *end)
{
    s = skip_blanks(s, end);
    return s < end && *s == '|';
}

/* Where the first field of a line begins: behind the indent where blanks part, behind the first bar where bars stand around. */
static const char *
first_field(const struct text_records *records, const char *s)
{
    const char *word = skip_blanks(s, records->end);
    if (records->delimiter == ' ')
        return word;
    return records->barred && begins_with_bar(s, records->end) ? word + 1 : s;
}

/* -- records -- */

bool
text_is_number(const char *s, size_t n)
{
    size_t i = 0, digits = 0, used;
    while (n > 0 && is_space(utf8_decode(s, n, &used))) {
        s += used;
        n -= used;
    }
    while (n > 0 && (unsigned char)s[n - 1] <= ' ')
        n--;
    i += i < n && (s[i] == '-' || s[i] == '+');
    for (; i < n && (is_digit(s[i]) || (s[i] == ',' && digits > 0)); i++)
        digits += is_digit(s[i]);
    if (i < n && s[i] == '.' && digits > 0)
        for (i++; i < n && is_digit(s[i]); i++)
            continue;
    return digits > 0 && i == n;
}

static void
count_field(struct record *record, const struct raw_field *field, bool *rules)
{
    static const char stop[] = "。";
    const char *from = skip_blanks(field->at, field->end);
    record->fields++;
    if (from == field->end)
        return;
    record->filled++;
    record->numbers += text_is_number(field->at, (size_t)(field->end - field->at));
    for (const char *p = from; p < field->end; p++) {
        *rules = *rules && strchr("-: ", *p) != NULL;
        record->sentence = record->sentence || (field->end - p >= 3 && memcmp(p, stop, 3) == 0);
    }
}

/* A row has two fields with something in them, or one with nothing behind it, or begins with a bar. What is only indented is no row,
 * nor is a sentence with commas or blanks in it. */
static enum record_kind
kind_of(const struct text_records *records, const struct record *record, bool rules, bool open_end)
{
    if (record->filled == 0)
        return record->fields > 1 ? RECORD_ROW : RECORD_BLANK;
    if (records->delimiter == '|' && rules && record->filled > 1)
        return RECORD_RULE;
    if (record->sentence && record->numbers == 0 && record->filled == record->fields && records->delimiter != '\t')
        return RECORD_PLAIN;
    return record->filled > 1 || open_end ? RECORD_ROW : RECORD_PLAIN;
}

bool
text_record(struct text_records *records, struct record *record)
{
    if (records->at == records->end)
        return false;
    *record = (struct record){ .at = records->at };
    const char *s = first_field(records, records->at);
    bool rules = true, bar = records->delimiter == '|', barred = bar && begins_with_bar(records->at, records->end), open_end = false;
    for (bool last = false; !last; ) {
        struct raw_field field = take_field(records, &s);
        last = field.last;
        if (bar && last && record->fields > 0 && skip_blanks(field.at, field.end) == field.end)
            break;                              /* behind the last bar */
        count_field(record, &field, &rules);
        open_end = record->fields > 1 && skip_blanks(field.at, field.end) == field.end;
    }
    record->end = s;
    record->open = records->open;
    record->shut = records->shut;
    record->kind = kind_of(records, record, rules, open_end || barred);
    records->at = s < records->end ? next_line(s, records->end) : s;
    return true;
}

/* Put a field: doubled quotes and escaped bars are one; control characters are left out, line ends are LF, as <br> is between bars. */
static void
put_field(struct text *out, const struct raw_field *field, char delimiter)
{
    for (const char *p = field->at; p < field->end; p++) {
        if (*p == '\r' && p + 1 < field->end && p[1] == '\n')
            continue;
        if (delimiter == '|' && field->end - p >= 4 && memcmp(p, "<br>", 4) == 0) {
            text_putc(out, '\n');
            p += 3;
            continue;
        }
        if ((field->quoted && *p == '"') || (delimiter == '|' && *p == '\\' && p + 1 < field->end && p[1] == '|'))
            p++;
        if (*p == '\r' || *p == '\f' || *p == '\v')
            text_putc(out, '\n');
        else if ((unsigned char)*p >= ' ' || *p == '\t' || *p == '\n')
            text_putc(out, *p);
    }
}

bool
text_field(const struct text_records *records, const struct record *record, const char **at, struct text *out)
{
    struct text_records own = { .end = record->end, .delimiter = records->delimiter, .barred = records->barred, .open = record->open, .shut = record->shut };
    const char *s = *at;
    if (s == NULL)
        return false;
    if (s == record->at)
        s = first_field(&own, s);
    struct raw_field field = take_field(&own, &s);
    put_field(out, &field, records->delimiter);
    *at = field.last ? NULL : s;
    return true;
}

/* -- delimiters -- */

char
text_delimiter(const char *s, size_t n)
{
    /* 1,573,179 has commas too */
    static const struct { char c; size_t weight; } candidates[] = { { '\t', 4 }, { '|', 4 }, { ';', 2 }, { ',', 1 }, { ' ', 1 } };
    size_t best = 0;
    char delimiter = '\0';
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        struct text_records records = { .at = s, .end = s + (n < LOOK ? n : LOOK), .delimiter = candidates[i].c };
        struct record record;
        size_t worth = 0, numbers = 0;
        while (text_record(&records, &record))
            if (record.kind == RECORD_ROW && record.fields > 1) {
                worth += NUMBER_WORTH * record.numbers + record.fields - 1;
                numbers += record.numbers;
            }
        worth *= candidates[i].weight;
        if (worth > best && (candidates[i].c != ' ' || numbers >= FEWEST_NUMBERS)) {
            best = worth;
            delimiter = candidates[i].c;
        }
    }
    return delimiter;
}

char
text_stated(const char **s, size_t *n)
{
    static const char word[] = "sep=", known[] = "\t;,|";
    enum { WORD = sizeof word - 1 };
    const char *p = *s, *end = p + *n;
    size_t i = 0;
    bool quoted = p < end && *p == '"';
    for (p += quoted; p < end && i < WORD && lower(*p) == word[i]; p++)
        i++;
    if (i < WORD || end - p < 2 + quoted || memchr(known, *p, sizeof known - 1) == NULL || (quoted && p[1] != '"') || !ends_line(p[1 + quoted]))
        return '\0';
    char stated = *p;
    *s = next_line(p + 1 + quoted, end);
    *n = (size_t)(end - *s);
    return stated;
}

/* As the line below the head of a Markdown table says; else all rows must begin with one, for an empty field may begin some. */
bool
text_barred(const char *s, size_t n)
{
    struct text_records records = { .at = s, .end = s + (n < LOOK ? n : LOOK), .delimiter = '|' };
    struct record record;
    bool all = true;
    while (text_record(&records, &record)) {
        bool barred = begins_with_bar(record.at, record.end);
        if (record.kind == RECORD_RULE)
            return barred;
        all = all && (barred || record.kind != RECORD_ROW);
    }
    return all;
}
