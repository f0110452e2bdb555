/* SPDX-License-Identifier: MIT */
/* xlsx_value: the lexical forms of values in SpreadsheetML: ECMA-376 part 1, 18.18.11 (ST_CellType), 22.9.2.19 (ST_Xstring: _xHHHH_),
 * 18.4.4 and 18.4.8 (rich text), XML Schema part 2 (double, boolean), ISO 8601 dates as serial numbers (18.17.4.1). */
#include <math.h>
#include <stdlib.h>

#include "bytes.h"
#include "xlsx_parts.h"

/* -- texts -- */

/* The UTF-16 unit that "_xHHHH_" at s means, or -1. */
static int32_t
escaped_unit(const char *s, size_t n)
{
    int32_t unit = 0;
    if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(s[i]);
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Decode _xHHHH_ from byte `from` on, in place: no character is longer than its escape. NUL and lone surrogates become U+FFFD. */
static void
decode_escapes(struct text *text, size_t from)
{
    char *end = text->at + text->n, *s = memchr(text->at + from, '_', text->n - from), *out = s;
    if (s == NULL)
        return;
    while (s < end) {
        int32_t unit = escaped_unit(s, (size_t)(end - s));
        if (unit < 0) {
            *out++ = *s++;
            continue;
        }
        s += 7;
        uint32_t cp = unit == 0 ? 0xFFFD : (uint32_t)unit;
        if (cp >= 0xD800 && cp <= 0xDBFF) {
            int32_t low = escaped_unit(s, (size_t)(end - s));
            if (low >= 0xDC00 && low <= 0xDFFF) {
                cp = 0x10000 + ((cp - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
                s += 7;
            }
        }
        out += utf8_encode(cp, out);
    }
    *out = '\0';
    text->n = (size_t)(out - text->at);
}

enum status
xlsx_text(struct xlsx *x, struct text *out)
{
    size_t from = out->n;
    enum status status = xml_content(&x->xml, out);
    if (status == STATUS_OK)
        decode_escapes(out, from);
    return status;
}

/* Children of <si> and <is>: t, or r with t in it; rPh (how to pronounce it) is no part of the text. */
enum status
xlsx_rich_text(struct xlsx *x, struct text *out)
{
    struct xml *xml = &x->xml;
    enum status status = STATUS_OK;
    for (size_t depth = xml->depth; status == STATUS_OK && xml_child(xml, depth); ) {
        if (xml_is(xml, "t"))
            status = xlsx_text(x, out);
        else if (xml_is(xml, "r"))
            for (size_t run = xml->depth; status == STATUS_OK && xml_child(xml, run); )
                if (xml_is(xml, "t"))
                    status = xlsx_text(x, out);
    }
    return status != STATUS_OK ? status : xml->status;
}

/* -- numbers -- */

/* The double next to digits / ten. The quotient is wrong by two units in its last place at most; by how much is known from the last 64 bits of
 * what is left, digits * 2^scale - mantissa * ten, as all of it is little more than that. False: at a power of two, where these units change. */
static bool
nearest(uint64_t digits, uint64_t ten, double *number)
{
    const uint64_t hidden = UINT64_C(1) << 52;
    uint64_t bits;
    double quotient = (double)digits / (double)ten;
    memcpy(&bits, &quotient, sizeof bits);
    uint64_t mantissa = (bits & (hidden - 1)) | hidden;
    int scale = 1075 - (int)(bits >> 52);
    if (scale < 0 || mantissa - hidden < 4 || 2 * hidden - mantissa < 4)
        return false;
    int64_t left = (int64_t)((scale < 64 ? digits << scale : 0) - mantissa * ten), half = (int64_t)(ten / 2);
    for (; left > half || (left == half && bits & 1); left -= (int64_t)ten)
        bits++;
    for (; left < -half || (left == -half && bits & 1); left += (int64_t)ten)
        bits--;
    memcpy(number, &bits, sizeof bits);
    return true;
}

/* What fits into a double, and a power of ten that does, give a quotient that is exact but for its own rounding. */
bool
xlsx_decimal(uint64_t digits, unsigned places, double *number)
{
    static const uint64_t tens[] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
        100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
    };
    if (places >= sizeof tens / sizeof *tens)
        return false;
    if (digits >> 53 != 0)
        return nearest(digits, tens[places], number);
    *number = (double)digits / (double)tens[places];
    return true;
}

bool
xlsx_number(const char *s, double *number)
{
    const char *start = s;
    bool negative = *s == '-';
    s += *s == '-' || *s == '+';
    enum { EXACT = 19 };                        /* digits that 64 bits can hold */
    uint64_t digits = 0;
    int ndigits = 0, point = 0, exponent = 0;
    bool any = false, after = false;
    for (; is_digit(*s) || (*s == '.' && !after); s++) {
        if (*s == '.') {
            after = true;
            continue;
        }
        any = true;
        point += after && ndigits <= EXACT;
        if (ndigits <= EXACT) {
            digits = digits * 10 + (uint64_t)(*s - '0');
            ndigits += ndigits > 0 || digits > 0;
        }
    }
    if (!any)
        return false;
    if (*s == 'e' || *s == 'E') {
        s++;
        bool minus = *s == '-';
        s += *s == '-' || *s == '+';
        if (!is_digit(*s))
            return false;
        for (; is_digit(*s); s++)
            exponent = exponent < 10000 ? exponent * 10 + (*s - '0') : exponent;
        exponent = minus ? -exponent : exponent;
    }
    if (*s != '\0')
        return false;
    if (ndigits <= EXACT && exponent <= point && xlsx_decimal(digits, (unsigned)(point - exponent), number))
        *number = negative ? -*number : *number;
    else
        *number = strtod(start, NULL);
    return *number >= -1.7976931348623157e308 && *number <= 1.7976931348623157e308;
}

bool
xlsx_index(const struct slice *s, uint32_t *index)
{
    const char *p = s->at, *end = s->at + s->n;
    if (p == end || end - p > 9)
        return false;
    uint32_t value = 0;
    for (; p < end; p++) {
        if (!is_digit(*p))
            return false;
        value = value * 10 + (uint32_t)(*p - '0');
    }
    *index = value;
    return true;
}

bool
xlsx_boolean(const struct slice *s, bool *value)
{
    *value = slice_is(s, "1") || slice_is(s, "true");
    return *value || slice_is(s, "0") || slice_is(s, "false");
}

/* -- dates -- */

/* Two digits after `before` at *s, which moves on. */
static bool
two_digits(const char **s, char before, int *value)
{
    const char *p = *s;
    if (before != '\0' && *p++ != before)
        return false;
    if (!is_digit(p[0]) || !is_digit(p[1]))
        return false;
    *value = (p[0] - '0') * 10 + (p[1] - '0');
    *s = p + 2;
    return true;
}

/* Days from 1970-01-01 in the Gregorian calendar; counting years from March puts the leap day last. */
static int
days_of(int year, int month, int day)
{
    int y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

/* hh:mm[:ss[.f]] as a part of a day. */
static bool
time_of(const char **s, double *part)
{
    int hour, minute, second = 0;
    double fraction = 0, unit = 0.1;
    if (!two_digits(s, '\0', &hour) || !two_digits(s, ':', &minute))
        return false;
    if (**s == ':' && !two_digits(s, ':', &second))
        return false;
    if (**s == '.')
        for (++*s; is_digit(**s); ++*s, unit /= 10)
            fraction += (**s - '0') * unit;
    *part = (hour * 3600 + minute * 60 + second + fraction) / 86400;
    return hour <= 24 && minute < 60 && second < 60;
}

bool
xlsx_moment(const char *s, int *days, bool *dated, double *part)
{
    int century, year, month, day;
    *part = 0;
    *dated = !(is_digit(s[0]) && is_digit(s[1]) && s[2] == ':');
    if (*dated) {
        if (!two_digits(&s, '\0', &century) || !two_digits(&s, '\0', &year) || !two_digits(&s, '-', &month) || !two_digits(&s, '-', &day)
            || month < 1 || month > 12 || day < 1 || day > 31)
            return false;
        *days = days_of(century * 100 + year, month, day);
    }
    bool timed = *dated && (*s == 'T' || *s == ' ');
    s += timed;
    if ((timed || !*dated) && !time_of(&s, part))
        return false;
    s += *s == 'Z';
    return *s == '\0';
}

bool
xlsx_duration(const char *s, double *days)
{
    static const struct { char name; double seconds; } units[] = { { 'D', 86400 }, { 'H', 3600 }, { 'M', 60 }, { 'S', 1 } };
    bool negative = *s == '-', timed = false;
    double seconds = 0;
    s += negative;
    if (*s++ != 'P')
        return false;
    for (size_t u = 0; *s != '\0'; ) {
        if (*s == 'T' && !timed) {
            timed = true;
            s++;
            continue;
        }
        char digits[32];
        size_t n = strspn(s, "0123456789.");
        double number;
        if (n == 0 || n >= sizeof digits)
            return false;
        memcpy(digits, s, n);
        digits[n] = '\0';
        for (s += n; u < sizeof units / sizeof *units && units[u].name != *s; u++)
            continue;
        if (u == sizeof units / sizeof *units || (u > 0) != timed || !xlsx_number(digits, &number))
            return false;
        seconds += number * units[u++].seconds;
        s++;
    }
    *days = (negative ? -seconds : seconds) / 86400;
    return isfinite(seconds) != 0;
}

bool
xlsx_date(const char *s, bool date1904, double *serial)
{
    int day = 0;
    bool dated;
    double part;
    if (*s == 'P')
        return xlsx_duration(s, serial);
    if (!xlsx_moment(s, &day, &dated, &part))
        return false;
    if (dated) {
        day -= days_of(1899, 12, 30);
        if (date1904)
            day -= 1462;
        else if (day > 0 && day <= 60)
            day--;                              /* Excel's 1900 was a leap year; day 0 is that of times without a date */
    }
    *serial = day + part;
    return day >= 0;
}

/* -- places -- */

bool
xlsx_address(const struct slice *s, uint32_t *row, uint16_t *col)
{
    const char *p = s->at, *end = s->at + s->n;
    uint64_t c = 0, r = 0;
    if (s->n > sizeof "XFD1048576" - 1)
        return false;
    for (unsigned letter; p < end && (letter = (unsigned)(*p | 0x20) - 'a') < 26; p++)
        c = c * 26 + letter + 1;
    for (unsigned digit; p < end && (digit = (unsigned)*p - '0') < 10; p++)
        r = r * 10 + digit;
    if (p != end || c == 0 || c > LIMIT_COLS || r == 0 || r > LIMIT_ROWS)
        return false;
    *col = (uint16_t)(c - 1);
    *row = (uint32_t)r - 1;
    return true;
}
