/* SPDX-License-Identifier: MIT */
/* The grammar of a number cell: [增|增加|减|减少|+|-] digits [.digits] [unit] [（remark）], after full-width characters, spaces and
 * thousands separators are folded. Anything else is no number: two numbers, two signs, a guess. */
#include "value.h"

#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "text.h"

static const char *const dashes[] = { "", "/", "//", "-", "--", "---", "—", "——", "–", "―", "无" };
static const char *const errors[] = { "#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!" };
static const struct { const char *word; int sign; } sign_words[] = { { "增加", 1 }, { "增", 1 }, { "减少", -1 }, { "减", -1 } };

/* Fold the text for reading: ASCII forms, one kind of minus; spaces go, except that one between two digits stays. False: too long. */
static bool
fold(const char *s, char *out)
{
    size_t left = strlen(s), n = 0, count = 0, used;
    bool gap = false;
    for (; left > 0; s += used, left -= used) {
        uint32_t cp = fold_width(utf8_decode(s, left, &used));
        if (cp == 0x2212 || cp == 0x2010 || cp == 0x2011 || cp == 0xFE63)
            cp = '-';
        if (is_space(cp) || cp < 0x20) {
            gap = n > 0;
            continue;
        }
        bool between = gap && is_digit(out[n - 1]) && cp >= '0' && cp <= '9';
        count += between ? 2 : 1;
        if (count > VALUE_TEXT_MOST)
            return false;
        if (between)
            out[n++] = ' ';
        gap = false;
        n += utf8_encode(cp, out + n);
    }
    out[n] = '\0';
    return true;
}

static bool
one_of(const char *s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*s == *list[i] && strcmp(s, list[i]) == 0)
            return true;
    return false;
}

/* Digits with thousands separators ("1,573,179", "1 573 179"), then decimals. Copies them without separators; the length read, 0
 * when they are not digits grouped by three. */
static size_t
digits(const char *s, char *out)
{
    size_t i = 0, n = 0, group = 0;
    char separator = 0;
    for (; is_digit(s[i]) || ((s[i] == ',' || s[i] == ' ') && is_digit(s[i + 1])); i++) {
        if (is_digit(s[i])) {
            out[n++] = s[i];
            group++;
            continue;
        }
        if ((separator && (s[i] != separator || group != 3)) || group > 3 || group == 0)
            return 0;
        separator = s[i];
        group = 0;
    }
    if (separator && group != 3)
        return 0;
    if (n > 0 && s[i] == '.' && is_digit(s[i + 1])) {
        out[n++] = s[i++];
        while (is_digit(s[i]))
            out[n++] = s[i++];
    }
    out[n] = '\0';
    return n > 0 ? i : 0;
}

/* A remark in brackets up to the end. */
static bool
is_remark(const char *s)
{
    size_t n = strlen(s);
    return n >= 2 && s[0] == '(' && s[n - 1] == ')';
}

/* The unit at s: the longest word of the kind that is followed by the end or a remark. */
static const struct unit *
unit_at(const struct form *form, enum number_kind kind, const char *s, const char **rest)
{
    const struct unit *best = NULL;
    size_t length = 0;
    for (size_t i = 0; i < form->nunits; i++) {
        const struct unit *u = &form->units[i];
        size_t n = strlen(u->word);
        if (u->kind == kind && n > length && strncmp(s, u->word, n) == 0 && (s[n] == '\0' || is_remark(s + n))) {
            best = u;
            length = n;
        }
    }
    *rest = s + length;
    return best;
}

/* Apply a unit found beside the number. */
static bool
apply_unit(const struct unit *unit, struct value *value)
{
    if (unit->numerator == unit->denominator)
        return true;
    value->writing |= WRITING_CONVERTED;
    return decimal_scale(value->number, unit->numerator, unit->denominator, &value->number);
}

/* The folded text as a number: false when it is none. */
static bool
parse(const struct form *form, const char *s, struct value *value)
{
    enum number_kind kind = value->slot->kind;
    int sign = 0;
    for (size_t i = 0; kind == KIND_CHANGE && sign == 0 && i < sizeof sign_words / sizeof *sign_words; i++)
        if (strncmp(s, sign_words[i].word, strlen(sign_words[i].word)) == 0) {
            sign = sign_words[i].sign;
            s += strlen(sign_words[i].word);
            value->writing |= WRITING_UNIT;
        }
    if (sign == 0 && (*s == '+' || *s == '-'))
        sign = *s++ == '-' ? -1 : 1;
    char plain[VALUE_TEXT_MOST + 1];
    size_t n = digits(s, plain);
    if (n == 0 || !decimal_parse(plain, strlen(plain), &value->number))
        return false;
    if (sign < 0)
        value->number.micros = -value->number.micros;
    s += n;
    struct decimal kept;
    if (!decimal_from_double(decimal_double(value->number), &kept, NULL) || kept.micros != value->number.micros)
        return false;                      /* more digits than a workbook keeps */
    const struct unit *unit = unit_at(form, kind, s, &s);
    if (unit || *s)
        value->writing |= WRITING_UNIT;
    if (*s && !is_remark(s))
        return false;
    if (kind == KIND_MONEY && !unit && !value->slot->unit_printed)
        value->writing |= WRITING_NO_UNIT;
    return !unit || apply_unit(unit, value);
}

/* The money unit that a number format shows behind the number ("0.00\" 万元\""), or NULL. */
static const struct unit *
format_unit(const struct form *form, const char *format)
{
    const struct unit *best = NULL;
    for (size_t i = 0; format && i < form->nunits; i++) {
        const struct unit *u = &form->units[i];
        if (u->kind == KIND_MONEY && strstr(format, u->word) && (!best || strlen(u->word) > strlen(best->word)))
            best = u;
    }
    return best;
}

/* Does the format show a date? "3-4" typed into a cell becomes one, and its number means nothing. */
static bool
shows_date(const char *format)
{
    for (; format && *format; format++) {
        if (*format == '"' || *format == '[') {
            const char *end = strchr(format + 1, *format == '"' ? '"' : ']');
            if (!end)
                return false;
            format = end;
        } else if (*format == '\\' && format[1]) {
            format++;
        } else if (strchr("yYdD", *format)) {
            return true;
        }
    }
    return false;
}

struct look
value_look(const char *format)
{
    return (struct look){ format, shows_date(format) };
}

static bool
read_number(const struct form *form, const struct cell *cell, const char *format, struct value *value)
{
    bool inexact = false;
    if (!decimal_from_double(cell->number, &value->number, &inexact))
        return false;
    if (inexact || value->slot->kind != KIND_MONEY)
        return !inexact;                   /* rounding would replace what was typed */
    const struct unit *unit = format_unit(form, format);
    if (!unit && !value->slot->unit_printed)
        value->writing |= WRITING_NO_UNIT;
    return !unit || apply_unit(unit, value);
}

static void
read_text(const struct form *form, const char *text, struct value *value)
{
    char s[4 * VALUE_TEXT_MOST + 1];
    if (!fold(text, s)) {
        value->trouble = TROUBLE_NOT_A_NUMBER;
    } else if (one_of(s, dashes, sizeof dashes / sizeof *dashes)) {
        value->origin = ORIGIN_BLANK;
        value->writing = *s ? WRITING_DASH : 0;
    } else if (strcmp(s, MARK_MISSING) == 0) {
        value->origin = ORIGIN_MISSING;
    } else if (strcmp(s, MARK_NO_FORMULA_VALUE) == 0) {
        value->trouble = TROUBLE_NO_FORMULA_VALUE;
    } else if (one_of(s, errors, sizeof errors / sizeof *errors)) {
        value->trouble = TROUBLE_CELL_ERROR;
    } else if (parse(form, s, value)) {
        value->has = true;
        bool document = value->sheet && value->sheet->table;        /* where every number is text */
        if (!document && !(value->writing & (WRITING_UNIT | WRITING_CONVERTED)))
            value->writing |= WRITING_TEXT;
    } else {
        value->trouble = TROUBLE_NOT_A_NUMBER;
        value->writing = 0;
    }
}

/* A serial number of the 1900 system as people see it, "2023-03-04"; out[32]. */
static const char *
date_text(double serial, char out[32])
{
    long days = serial > 0 && serial < 2958466 ? (long)serial + (serial < 60) - 25569 + 719468 : 0;   /* since 0000-03-01; 1900-02-29 never was */
    long era = days / 146097, day = days % 146097;
    long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    long of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    unsigned long y = (unsigned long)(year + era * 400 + (month >= 10)), m = (unsigned long)(month < 10 ? month + 3 : month - 9);
    snprintf(out, 32, "%04lu-%02lu-%02lu", y % 10000, m % 100, (unsigned long)(of_year - (153 * month + 2) / 5 + 1) % 100);
    return out;
}

/* What stands in the cell, as text; of a number below 10^15 the 15 digits that spreadsheet programs show, and that all of them save. NULL: out of
 * memory. */
static const char *
raw_text(struct arena *arena, const struct cell *cell, bool is_date)
{
    static const char digits[10][2] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };     /* most numbers of a report */
    char number[32];
    const char *raw = cell->text ? cell->text : "";
    if (is_date)
        raw = date_text(cell->number, number);
    else if (cell->kind == CELL_NUMBER && cell->number >= 0 && cell->number < 10 && cell->number == (int)cell->number)
        return digits[(int)cell->number];
    else if (cell->kind == CELL_NUMBER) {
        raw = number_text(cell->number, number);
        if (strlen(raw) > 15 && cell->number < 1e15 && cell->number > -1e15)
            snprintf(number, sizeof number, "%.15g", cell->number);
    } else if (cell->kind == CELL_BOOLEAN)
        return cell->number != 0 ? "TRUE" : "FALSE";
    return arena_copy(arena, raw);
}

bool
value_read(struct arena *arena, const struct form *form, const struct cell *cell, const struct look *look, struct value *value)
{
    value->origin = ORIGIN_GIVEN;
    value->raw = "";
    if (!cell) {
        value->origin = ORIGIN_BLANK;
    } else {
        bool is_date = cell->kind == CELL_NUMBER && look->is_date;
        if (!(value->raw = raw_text(arena, cell, is_date)))
            return false;
        value->computed = cell->computed;
        switch ((enum cell_kind)cell->kind) {
        case CELL_NUMBER:
            value->has = !is_date && read_number(form, cell, look->format, value);
            value->trouble = value->has ? TROUBLE_NONE : TROUBLE_NOT_A_NUMBER;
            break;
        case CELL_TEXT: read_text(form, cell->text, value); break;
        case CELL_BOOLEAN: value->trouble = TROUBLE_NOT_A_NUMBER; break;
        case CELL_ERROR: value->trouble = TROUBLE_CELL_ERROR; break;
        case CELL_FORMULA: value->trouble = TROUBLE_NO_FORMULA_VALUE; break;
        }
    }
    if (value->origin == ORIGIN_BLANK)
        value->has = true;                 /* counts as 0; a blank total is computed later */
    return true;
}
