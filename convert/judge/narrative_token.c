/* SPDX-License-Identifier: MIT */
/* A paragraph as tokens. First the years: "2021年", "去年" and "上一年度" all become 上年, so that one saying covers them. Then at each
 * place the longest word, of the form or of every report; else a number with its unit; else text that nobody knows. */
#include "narrative_scan.h"

#include <string.h>

#include "lexicon.h"
#include "text.h"

#define OTHER_YEAR "\001"               /* stands for a year that is no neighbour of the report's */

/* A text on its way: bytes, and for each its place in the original. */
struct plain { char *s; size_t n, *from; };

static bool
begins(const struct plain *plain, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at <= plain->n && plain->n - at >= n && memcmp(plain->s + at, word, n) == 0;
}

static bool
any_begins(const struct plain *plain, size_t at, const char *const *words, size_t *n)
{
    for (; *words != NULL; words++)
        if (begins(plain, at, *words)) {
            *n = strlen(*words);
            return true;
        }
    return false;
}

/* -- Chinese numerals -- */

/* The value of a numeral's character at s (a digit, or 10, 100, 1000, 10^4, 10^8); -1: it is none. Each has three bytes. */
static int64_t
numeral(const char *s, size_t n)
{
    static const struct { const char *characters; int64_t value; } numerals[] = {
        { "零〇○", 0 }, { "一壹", 1 }, { "二两贰", 2 }, { "三叁", 3 }, { "四肆", 4 }, { "五伍", 5 }, { "六陆", 6 }, { "七柒", 7 }, { "八捌", 8 },
        { "九玖", 9 }, { "十拾", 10 }, { "百佰", 100 }, { "千仟", 1000 }, { "万", 10000 }, { "亿", 100000000 }
    };
    for (size_t i = 0; n >= 3 && i < sizeof numerals / sizeof *numerals; i++)
        for (const char *c = numerals[i].characters; *c != '\0'; c += 3)
            if (memcmp(c, s, 3) == 0)
                return numerals[i].value;
    return -1;
}

/* "一百零五" at s: its value, and the bytes in *used; -1: none, or too large. "二〇二三", digit by digit, too. */
static int64_t
numerals(const char *s, size_t n, size_t *used)
{
    int64_t sum = 0, section = 0, digit = 0, value;
    size_t i = 0;
    bool digits_only = true;
    for (; (value = numeral(s + i, n - i)) >= 0 && i < 60; i += 3) {
        digits_only &= value < 10;
        if (value < 10)
            digit = digits_only ? digit * 10 + value : value;
        else if (value < 10000) {
            section += (digit == 0 ? 1 : digit) * value;
            digit = 0;
        } else {
            sum = (sum + section + digit) * value;
            section = digit = 0;
        }
        if (sum + section + digit > INT64_C(99999999999))
            return -1;
    }
    *used = i;
    return i > 0 ? sum + section + digit : -1;
}

/* -- years -- */

/* "2023年", "二〇二三年度" at s[at]: the year, and the bytes in *used; 0: none. */
static int
year_at(const struct plain *plain, size_t at, size_t *used)
{
    static const char *const ends[] = { "年度", "年", NULL };
    const char *s = plain->s + at;
    size_t left = plain->n - at, n = 0, end = 0;
    int64_t year = 0;
    if (at > 0 && plain->s[at - 1] >= '0' && plain->s[at - 1] <= '9')
        return 0;
    while (n < left && n < 5 && s[n] >= '0' && s[n] <= '9')
        year = year * 10 + (s[n++] - '0');
    if (n == 0 && (year = numerals(s, left < 12 ? left : 12, &n)) < 0)
        return 0;
    if (year < 1980 || year > 2099 || !any_begins(plain, at + n, ends, &end))
        return 0;
    *used = n + end;
    return (int)year;
}

static const char *
year_word(const struct reading *reading, int year)
{
    int difference = year - reading->year;
    return difference == 0 ? "本年" : difference == -1 ? "上年" : difference == 1 ? "下年" : OTHER_YEAR;
}

static bool
replace_years(const struct reading *reading, struct arena *scratch, const struct plain *in, struct plain *out)
{
    *out = (struct plain){ .s = arena_raw(scratch, 2 * in->n + 1), .from = arena_array(scratch, 2 * in->n + 2, sizeof *out->from) };
    if (out->s == NULL || out->from == NULL)
        return false;
    for (size_t i = 0, used; i < in->n; i += used) {
        const char *word = in->s + i;
        int year = year_at(in, i, &used);
        const struct saying *saying = year != 0 ? NULL : sayings_find(reading->common, word, in->n - i);
        size_t n = used = year == 0 ? 1 : used;
        if (year != 0)
            n = strlen(word = year_word(reading, year));
        else if (saying != NULL && (saying->kind == SAYING_PREVIOUS_YEAR || saying->kind == SAYING_THIS_YEAR || saying->kind == SAYING_NEXT_YEAR)) {
            word = saying->kind == SAYING_PREVIOUS_YEAR ? "上年" : saying->kind == SAYING_THIS_YEAR ? "本年" : "下年";
            n = strlen(word);
            used = saying->n;
        }
        for (size_t k = 0; k < n; k++) {
            out->s[out->n] = word[k];
            out->from[out->n++] = in->from[i];
        }
    }
    out->s[out->n] = '\0';
    out->from[out->n] = in->from[in->n];
    return true;
}

/* -- numbers -- */

/* The unit that the text goes on with. */
static size_t
unit_at(const struct reading *reading, const struct plain *plain, size_t at, struct token *token, int64_t *numerator, int64_t *denominator)
{
    size_t longest = 0;
    *numerator = *denominator = 1;
    token->unit = UNIT_NONE;
    if (begins(plain, at, "%")) {
        token->unit = UNIT_PERCENT;
        return 1;
    }
    for (size_t i = 0; i < reading->form->nunits; i++) {
        const struct unit *unit = &reading->form->units[i];
        size_t n = strlen(unit->word);
        if (unit->kind == KIND_CHANGE || n <= longest || !begins(plain, at, unit->word))
            continue;
        longest = n;
        token->unit = unit->kind == KIND_MONEY ? UNIT_MONEY : UNIT_COUNT;
        *numerator = unit->kind == KIND_MONEY ? unit->numerator : 1;
        *denominator = unit->kind == KIND_MONEY ? unit->denominator : 1;
    }
    const struct saying *saying = sayings_find(reading->common, plain->s + at, plain->n - at);
    if (saying != NULL && saying->kind == SAYING_UNIT && saying->n > longest) {
        longest = saying->n;
        token->unit = UNIT_COUNT;
    }
    return longest;
}

/* "1,573,179.5" at s: bytes; its value and the size of its last digit in millionths. 0: no number, or none that can be held. */
static size_t
digits_at(const struct plain *plain, size_t at, struct decimal *number, int64_t *last)
{
    char digits[40];
    const char *s = plain->s + at;
    size_t n = 0, i = 0, left = plain->n - at;
    *last = DECIMAL_ONE;
    for (; i < left && n < sizeof digits - 8; i++) {
        bool comma = s[i] == ',' && i > 0 && left - i > 3 && plain->from[at + i + 1] == plain->from[at + i] + 1 &&
                     strspn(s + i + 1, "0123456789") == 3;          /* a full-width comma joins nothing */
        if (!comma && (s[i] < '0' || s[i] > '9'))
            break;
        if (!comma)
            digits[n++] = s[i];
    }
    if (n > 0 && left - i > 1 && s[i] == '.' && s[i + 1] >= '0' && s[i + 1] <= '9') {
        digits[n++] = s[i++];
        for (; i < left && s[i] >= '0' && s[i] <= '9' && n < sizeof digits - 1; i++) {
            digits[n++] = s[i];
            *last = *last > 1 ? *last / 10 : 1;
        }
    }
    return n > 0 && decimal_parse(digits, n, number) ? i : 0;
}

static bool
scale(struct token *token, int64_t last, int64_t numerator, int64_t denominator)
{
    struct decimal slack;
    if (!decimal_scale(token->number, numerator, denominator, &token->number) ||
        !decimal_scale((struct decimal){ last }, numerator, denominator, &slack))
        return false;
    token->slack = slack.micros;
    return true;
}

/* A number at plain[at]: the bytes it takes with its unit. 0: none. */
static size_t
number_at(const struct reading *reading, const struct plain *plain, size_t at, struct token *token)
{
    static const char *const vague[] = { "余", "多", NULL }, *const vaguer[] = { "以上", "左右", "以内", "余", "多", NULL };
    int64_t last = DECIMAL_ONE, numerator, denominator, value;
    size_t used = digits_at(plain, at, &token->number, &last), more = 0, unit;
    bool chinese = used == 0, rounded = false;
    token->vague = false;
    if (chinese && (value = numerals(plain->s + at, plain->n - at, &used)) >= 0)
        token->number = (struct decimal){ value * DECIMAL_ONE };
    if (used == 0 || begins(plain, at + used, "年") || begins(plain, at + used, "号"))
        return 0;
    if (any_begins(plain, at + used, vague, &more)) {
        token->vague = true;
        used += more;
    }
    unit = unit_at(reading, plain, at + used, token, &numerator, &denominator);
    if (token->unit == UNIT_NONE || (token->unit == UNIT_MONEY && begins(plain, at + used, "万") && !begins(plain, at + used, "万元"))) {
        bool ten_thousand = begins(plain, at + used, "万");
        size_t behind = ten_thousand ? unit_at(reading, plain, at + used + strlen("万"), token, &numerator, &denominator) : 0;
        if (ten_thousand && token->unit == UNIT_COUNT) {             /* 1.2万件 */
            rounded = true;
            numerator = 10000;
            unit = 3 + behind;
        } else
            unit = unit_at(reading, plain, at + used, token, &numerator, &denominator);
    }
    if (chinese && token->unit == UNIT_NONE && token->number.micros != 0)
        return 0;
    rounded |= token->unit == UNIT_MONEY || token->unit == UNIT_PERCENT;
    if (!scale(token, last, numerator, denominator))
        return 0;
    token->slack = rounded ? token->slack : 0;
    token->vague |= any_begins(plain, at + used + unit, vaguer, &more);
    return used + unit;
}

/* "3月15日" at plain[at]: bytes; *part tells whether it is neither the first nor the last of the year. 0: no date. */
static size_t
date_at(const struct plain *plain, size_t at, bool *part)
{
    struct decimal number[2] = { { 0 }, { 0 } };
    int64_t last, value[2];
    static const char *const ends[] = { "月", "日" };
    size_t i = at;
    for (size_t k = 0; k < 2; k++) {
        size_t used = digits_at(plain, i, &number[k], &last);
        value[k] = number[k].micros / DECIMAL_ONE;
        if (used == 0 && (value[k] = numerals(plain->s + i, plain->n - i, &used)) < 0)
            used = 0;
        if (used == 0 || !begins(plain, i + used, ends[k])) {
            value[k] = 0;
            if (k == 0)
                return 0;
            break;
        }
        i += used + 3;
    }
    *part = !((value[0] == 1 && value[1] <= 1) || (value[0] == 12 && (value[1] == 0 || value[1] == 31)));
    if (value[0] == 1 && value[1] == 0)
        *part = !begins(plain, i, "至") && !begins(plain, i, "到") && !begins(plain, i, "-") && !begins(plain, i, "—");
    return i - at;
}

/* -- names of bodies -- */

/* For each byte at which the name of a body begins, how long it is, and whether it is the report's own. NULL: out of memory. */
struct body { uint16_t n; bool own; };

static struct body *
find_bodies(const struct reading *reading, struct arena *scratch, const struct plain *plain)
{
    enum { LEAST = 9 };                 /* bytes: shorter ones are part of other words */
    static const char *const ends[] = { "局", "委", "厅", "办", "室", "会", "心", "队", NULL };
    struct body *bodies = arena_array(scratch, plain->n + 1, sizeof *bodies);
    for (size_t i = 0, n; bodies != NULL && reading->lexicon != NULL && i < plain->n; i++) {
        const struct word *word = any_begins(plain, i, ends, &n) ? lexicon_word(reading->lexicon, plain->s, i + n) : NULL;
        if (word == NULL || word->n < LEAST)
            continue;
        bool own = reading->unit != NULL && strstr(reading->unit, word->s) != NULL;
        for (size_t k = 0; k < word->nothers && reading->unit != NULL; k++)
            own |= strstr(reading->unit, word->others[k]->s) != NULL;
        bodies[i + n - word->n] = (struct body){ (uint16_t)word->n, own };
    }
    return bodies;
}

/* -- tokens -- */

static size_t
mark_at(const struct plain *plain, size_t at, struct token *token)
{
    static const struct { const char *mark; enum token_kind kind; bool semicolon; } marks[] = {
        { "。", TOKEN_STOP, false }, { "!", TOKEN_STOP, false }, { "?", TOKEN_STOP, false }, { "\n", TOKEN_STOP, false },
        { "\r", TOKEN_STOP, false }, { "\t", TOKEN_STOP, false }, { "|", TOKEN_STOP, false }, { ".", TOKEN_STOP, false }, { ";", TOKEN_STOP, true },
        { ",", TOKEN_COMMA, false }, { ":", TOKEN_COLON, false }, { "(", TOKEN_OPEN, false }, { ")", TOKEN_CLOSE, false },
        { OTHER_YEAR, TOKEN_OTHER_YEAR, false }
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (begins(plain, at, marks[i].mark)) {
            token->kind = marks[i].kind;
            token->semicolon = marks[i].semicolon;
            return strlen(marks[i].mark);
        }
    return 0;
}

/* 《…》, and "第二十条", of which no number is a count. */
static size_t
aside_at(const struct plain *plain, size_t at)
{
    enum { LONGEST = 400 };
    struct decimal number;
    int64_t last;
    size_t used = 0;
    if (begins(plain, at, "《"))
        for (size_t i = at + 3; i < plain->n && i < at + LONGEST; i++)
            if (begins(plain, i, "》"))
                return i + 3 - at;
    if (!begins(plain, at, "第"))
        return 0;
    if ((used = digits_at(plain, at + 3, &number, &last)) == 0 && numerals(plain->s + at + 3, plain->n - at - 3, &used) < 0)
        return 0;
    return used > 0 ? 3 + used : 0;
}

/* The token at plain[at]; the bytes it takes. */
static size_t
token_at(const struct reading *reading, const struct plain *plain, const struct body *bodies, size_t at, struct token *token)
{
    bool part;
    size_t used = mark_at(plain, at, token), left = plain->n - at;
    if (used > 0)
        return used;
    token->kind = TOKEN_TEXT;
    const struct saying *own = sayings_find(reading->own, plain->s + at, left);
    const struct saying *common = sayings_find(reading->common, plain->s + at, left);
    const struct saying *saying = common != NULL && (own == NULL || common->n > own->n) ? common : own;
    if (bodies[at].n > 0 && (saying == NULL || saying->n <= bodies[at].n)) {
        token->kind = bodies[at].own ? TOKEN_SAYING : TOKEN_BODY;
        return bodies[at].n;
    }
    if ((used = aside_at(plain, at)) > 0 && (saying == NULL || saying->n <= used))
        return used;
    if (saying != NULL && saying->kind != SAYING_UNIT) {
        token->kind = saying->kind == SAYING_NOISE ? TOKEN_TEXT : TOKEN_SAYING;
        token->saying = saying;
        return saying->n;
    }
    if ((used = date_at(plain, at, &part)) > 0) {
        token->kind = part ? TOKEN_PART_YEAR : TOKEN_SAYING;
        return used;
    }
    if ((used = number_at(reading, plain, at, token)) > 0) {
        token->kind = TOKEN_NUMBER;
        return used;
    }
    utf8_decode(plain->s + at, left, &used);
    return used;
}

bool
narrative_tokens(const struct reading *reading, struct arena *scratch, const char *text, struct tokens *tokens)
{
    struct plain folded, plain;
    if (!sayings_plain(scratch, text, strlen(text), &folded.s, &folded.n, &folded.from) || !replace_years(reading, scratch, &folded, &plain))
        return false;
    const struct body *bodies = find_bodies(reading, scratch, &plain);
    if (bodies == NULL)
        return false;
    for (size_t i = 0, used; i < plain.n; i += used) {
        struct token token = { .at = plain.from[i] };
        used = token_at(reading, &plain, bodies, i, &token);
        token.end = plain.from[i + used];
        const struct token *before = tokens->n > 0 ? &tokens->at[tokens->n - 1] : NULL;
        if (before != NULL && (before->kind == TOKEN_NUMBER || before->kind == TOKEN_CLOSE) && (plain.s[i] == '+' || plain.s[i] == '='))
            token.kind = TOKEN_COMMA;                           /* 新收8件＋结转2件＝10件 */
        if (!arena_room(scratch, &tokens->at, tokens->n, &tokens->cap, sizeof *tokens->at))
            return false;
        tokens->at[tokens->n++] = token;
    }
    return true;
}
