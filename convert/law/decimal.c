/* SPDX-License-Identifier: MIT */
/* decimal: fixed point with six places in 64 bits. A double is taken at the 15 significant digits that spreadsheets show and keep
 * (ECMA-376 leaves precision open; Excel, WPS and LibreOffice all use 15), so that 0.1+0.2 is 0.3. Left out: exponents, NaN. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "decimal.h"

enum { PLACES = 6 };

static int64_t
power_of_ten(int n)
{
    int64_t power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

bool
decimal_parse(const char *s, size_t n, struct decimal *out)
{
    size_t i = n > 0 && (s[0] == '-' || s[0] == '+');
    bool negative = i == 1 && s[0] == '-';
    int64_t micros = 0;
    size_t start = i;
    for (; i < n && is_digit(s[i]); i++) {
        micros = micros * 10 + (s[i] - '0') * DECIMAL_ONE;
        if (micros >= DECIMAL_LIMIT)
            return false;
    }
    if (i == start)
        return false;
    if (i < n && (s[i] != '.' || ++i == n))
        return false;
    for (int64_t unit = DECIMAL_ONE / 10; i < n; i++, unit /= 10) {
        if (!is_digit(s[i]) || (unit == 0 && s[i] != '0'))
            return false;
        micros += (s[i] - '0') * unit;
    }
    out->micros = negative ? -micros : micros;
    return true;
}

bool
decimal_from_double(double number, struct decimal *out, bool *inexact)
{
    if (inexact != NULL)
        *inexact = false;
    if (!isfinite(number) || fabs(number) >= (double)(DECIMAL_LIMIT / DECIMAL_ONE))
        return false;
    if (number == (double)(int64_t)number) {            /* whole, and of fewer than 15 digits */
        out->micros = (int64_t)number * DECIMAL_ONE;
        return true;
    }
    char digits[32];                                    /* "d.dddddddddddddde±dd": 15 digits and the power of the first */
    snprintf(digits, sizeof digits, "%.14e", fabs(number));
    int64_t mantissa = digits[0] - '0';
    for (int i = 2; i < 16; i++)
        mantissa = mantissa * 10 + (digits[i] - '0');
    int shift = (int)strtol(digits + 17, NULL, 10) - 14 + PLACES;      /* micros = mantissa * 10^shift */
    int64_t divisor = power_of_ten(shift < -16 ? 16 : -shift);
    int64_t micros = shift >= 0 ? mantissa * power_of_ten(shift) : (mantissa + divisor / 2) / divisor;
    if (micros >= DECIMAL_LIMIT)
        return false;
    if (inexact != NULL)
        *inexact = shift < 0 && mantissa % divisor != 0;
    out->micros = number < 0 ? -micros : micros;
    return true;
}

double
decimal_double(struct decimal d)
{
    char text[DECIMAL_TEXT];
    if (decimal_whole(d))
        return (double)(d.micros / DECIMAL_ONE);        /* below 2^53: exact */
    return strtod(decimal_text(d, text), NULL);         /* one rounding; a division would round twice above 2^53 micros */
}

bool
decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    return !__builtin_add_overflow(a.micros, b.micros, &out->micros);
}

bool
decimal_sub(struct decimal a, struct decimal b, struct decimal *out)
{
    return !__builtin_sub_overflow(a.micros, b.micros, &out->micros);
}

bool
decimal_scale(struct decimal d, int64_t numerator, int64_t denominator, struct decimal *out)
{
    if (numerator <= 0 || denominator <= 0)
        return false;
    int64_t common = numerator;                         /* Euclid: in lowest terms the denominator alone decides what is exact */
    for (int64_t rest = denominator, next; rest != 0; rest = next) {
        next = common % rest;
        common = rest;
    }
    int64_t micros;
    if (d.micros % (denominator / common) != 0)
        return false;
    if (__builtin_mul_overflow(d.micros / (denominator / common), numerator / common, &micros))
        return false;
    if (micros <= -DECIMAL_LIMIT || micros >= DECIMAL_LIMIT)
        return false;
    out->micros = micros;
    return true;
}

bool
decimal_whole(struct decimal d)
{
    return d.micros % DECIMAL_ONE == 0;
}

const char *
decimal_text(struct decimal d, char out[DECIMAL_TEXT])
{
    uint64_t size = d.micros < 0 ? 0 - (uint64_t)d.micros : (uint64_t)d.micros;
    char digits[DECIMAL_TEXT], *at = digits + sizeof digits;        /* written from the end */
    *--at = '\0';
    bool point = false, whole = size % DECIMAL_ONE == 0;
    if (whole)
        size /= DECIMAL_ONE;
    for (int place = whole ? PLACES : 0; place <= PLACES || size > 0; place++, size /= 10) {
        if (place == PLACES && point)
            *--at = '.';
        point = point || size % 10 > 0;
        if (point || place >= PLACES)
            *--at = (char)('0' + size % 10);
    }
    if (d.micros < 0)
        *--at = '-';
    return memcpy(out, at, (size_t)(digits + sizeof digits - at));
}
